"""English names of foods and dishes, and what they usually hold: `classes: name; name`.

A name stands here as it is usually made or sold, so a reply that offers it without a word about the kind is taken at
its usual meaning. `none` are names that hold the name of another food and none of it. Classes are those of
`lexicon.CLASSES`; wheat brings gluten, milk is dairy.
"""

from __future__ import annotations

ROWS = """
none: eggplant; nutmeg; butternut; butternut squash; butter bean; butter lettuce; butterhead lettuce; buttercup squash
none: cocoa butter; shea butter; sunflower seed butter; sunflower butter; pumpkin seed butter; apple butter
none: seed butter; coconut; coconut milk; coconut cream; coconut water; coconut oil; coconut yogurt; coconut sugar
none: coconut flake; coconut flour; coconut amino; coconut drink; rice milk; rice drink; rice cream; cream of rice
none: rice bran; hemp milk; hemp seed; pea milk; pea protein; potato milk; tiger nut; tigernut; water chestnut
none: cream of coconut; buckwheat pancake; buckwheat; buckwheat groat; buckwheat flour; kasha; rice noodle; rice pasta
none: rice cake; rice cracker; rice flour; corn tortilla; corn cake; corn flour; chickpea flour; glass noodle
none: milk thistle; cream of tartar; crabapple; crab apple; oyster mushroom; king oyster mushroom; vegetable stock
none: beefsteak tomato; beef tomato; meatless; sun cream; chafing cream; nutritional yeast; dairy alternative
none: milk alternative; plant milk; plant drink; plant-based milk; plant-based yogurt; plant-based cream; vegan cream
none: vegan mayo; vegan mayonnaise; vegan yogurt; vegan butter; vegan milk; vegan honey; egg substitute; egg replacer
none: egg alternative; flax egg; chia egg; vegan egg; aquafaba; vegan gelatin; jackfruit; vegan margarine
none: cauliflower steak; cauliflower rice; zucchini noodle; cauliflower wing; mushroom steak; agar; agar agar; pectin
none: carob; sorbet; kombucha; sunflower seed; pumpkin seed; swiss chard; chili pepper; chili powder; chili flake
none: chili sauce; sweet chili; nut-free
nuts: vegan cheese; almond; hazelnut; walnut; cashew; pecan; pistachio; brazil nut; macadamia; macadamia nut; pine nut
nuts: pinenut; pignoli; filbert; cobnut; hickory nut; nutmeat; almond butter; almond milk; almond drink; almond flour
nuts: almond meal; orzata; ground almond; flaked almond; almond flake; almond oil; almond paste; almond yogurt
nuts: almond cream; almond extract; cashew butter; cashew milk; cashew cream; cashew cheese; hazelnut butter
nuts: hazelnut milk; hazelnut spread; orgeat; walnut oil; walnut butter; pecan butter; pistachio cream
nuts: pistachio butter; pistachio paste; nut milk; nut cheese; nut flour; nut meal; marzipan; marcipan; frangipane
nuts: frangipan; praline; pralines; gianduja; amaretto; amaretti; dukkah; romesco; romesco sauce; nut roast; nut loaf
nuts: nut crust; horchata de almendra; muhammara; ajo blanco
soy wheat: meat substitute; meat alternative; mock duck; plant-based mince
peanuts: pb; pb powder; pb2; powdered peanut; peanut powder; peanut butter; peanutbutter; peanut flour; peanut oil
peanuts: arachis; arachis oil; groundnut oil; groundnut stew; groundnut paste; monkey nut; goober; satay; satay sauce
peanuts: sate sauce; gado gado; peanut sauce; peanut noodle; peanut brittle; peanut cookie; peanut bar; kung pao
peanuts: bamba; peanut puff; peanut curry; peanut stew; reese; maafe; mafe; peanut paste; cracker jack; chikki
peanuts: peanut spread
peanuts wheat: pb&j; pb and j; pbj; peanut butter and jelly; peanut butter sandwich; peanut butter toast
peanuts wheat: peanut butter cookie
peanuts milk: reese's; reeses; reese's pieces; peanut m&m; butterfinger; baby ruth; peanut butter cup; mr tom
peanuts milk: fluffernutter
peanuts milk eggs: snickers; snicker; snickers bar; payday bar; lion bar
peanuts eggs wheat fish: pad thai
peanuts nuts: mixed nut; nut mix; trail mix; studentenfutter; nut bar; nut butter; cocktail nut; roasted nut
peanuts nuts: salted nut; nut spread; nutty granola; nut cluster; nut brittle; nut paste; energy ball; energy bite
peanuts nuts: bliss ball
peanuts nuts milk wheat: clif bar; granola bar; kind bar; protein ball; cereal bar
peanuts nuts soy sesame: bombay mix
nuts milk: gianduia; waldorf salad; toblerone; kinder bueno; snack nut bar; daim; daim bar; butter pecan; almond joy
nuts milk soy: nutella; chocolate hazelnut spread; hazelnut chocolate; ferrero rocher; ferrero; rocher; raffaello
nuts milk soy: nut chocolate
nuts milk eggs: nougat; turron; torrone; spumoni; nougatine; dacquoise
nuts wheat: baklava; baclava; florentine; linzer; linzer torte; granola; muesli; nut muesli; museli; crunchy muesli
nuts wheat milk eggs: bakewell tart; carrot cake; pecan pie; walnut cake; almond croissant; brownie; blondie; stollen
nuts eggs: macaron; macarons; macaroon; amaretti biscuit; financier
nuts milk cheese rennet: pesto; pesto sauce; basil pesto; pesto pasta; green pesto; red pesto; pesto rosso
nuts milk cheese rennet: pesto alla genovese
milk: dairy; whole milk; skim milk; skimmed milk; semi-skimmed milk; milk powder; powdered milk; condensed milk
milk: evaporated milk; buttermilk; chocolate milk; hot chocolate; hot cocoa; cocoa with milk; milk drink; malted milk
milk: goat milk; goat's milk; sheep milk; sheep's milk; raw milk; milk kefir; kefir; ayran; lassi; mango lassi; doogh
milk: filmjolk; ymer; milk tea; chai latte; lactose-free milk; lactose-free yogurt; lactose-free cheese; a2 milk
milk: milk foam; steamed milk; colostrum; milk solid; latte; caffe latte; cappuccino; flat white; cortado; macchiato
milk: cafe au lait; mocha; frappe; frappuccino; matcha latte; pumpkin spice latte; milky coffee; white coffee
milk: coffee with milk; iced latte; galao; affogato; milo; ovaltine; milkshake; milk shake; protein shake; whey shake
milk: recovery shake; casein shake; mass gainer; weight gainer; whey; whey protein; whey isolate; whey powder; casein
milk: caseinate; micellar casein; milk protein; lactose; lactalbumin; curds; curd; quark; skyr; fromage frais
milk: petit suisse; yogurt; yoghurt; yogourt; greek yogurt; greek yoghurt; frozen yogurt; froyo; fruit yogurt
milk: natural yogurt; yogurt drink; actimel; yakult; tzatziki; tsatsiki; raita; labneh; labne; butter; buttery spread
milk: ghee; clarified butter; brown butter; garlic butter; herb butter; salted butter; butterfat; butter oil
milk: beurre blanc; buttercream; cream; heavy cream; whipping cream; whipped cream; double cream; single cream
milk: clotted cream; sour cream; creme fraiche; smetana; half and half; coffee cream; creamer; cream sauce
milk: creamy sauce; alfredo; alfredo sauce; ice cream; icecream; gelato; sundae; soft serve; semifreddo; fudge
milk: caramel; toffee; butterscotch; dulce de leche; fudge sauce; milk chocolate; white chocolate; chocolate bar
milk: chocolate; chocolate spread; kinder chocolate; kinder; milka; ganache; chocolate pudding; rice pudding
milk: panna cotta; mascarpone cream; junket; kulfi; shrikhand; milk pudding; creamed spinach
milk: mashed potato with butter; potato gratin; gratin; dauphinoise; scalloped potato; cheese sauce; fondue; raclette
milk: queso
milk cheese rennet: cheese; cheddar; mozzarella; parmesan; parmigiano; parmigiano reggiano; grana padano; pecorino
milk cheese rennet: gouda; edam; emmental; emmentaler; gruyere; brie; camembert; roquefort; gorgonzola; stilton
milk cheese rennet: blue cheese; feta; halloumi; manchego; provolone; asiago; swiss cheese; monterey jack; pepper jack
milk cheese rennet: colby; havarti; munster; bocconcini; burrata; goat cheese; goat's cheese; chevre; babybel
milk cheese rennet: cheese stick; string cheese; cheese slice; cheese spread; american cheese; grated cheese
milk cheese rennet: hard cheese; white cheese; cheeseboard; cheese ball; taleggio; fontina; comte
milk cheese: cottage cheese; cream cheese; philadelphia; mascarpone; ricotta; paneer; palak paneer; queso fresco
milk cheese: boursin; twarog
milk cheese tomato: caprese; caprese salad; greek salad; shopska; saag paneer; eggplant parmesan; parmigiana
milk meat: butter chicken; tikka masala; chicken tikka masala; korma; stroganoff; beef stroganoff; shepherd's pie
milk meat: cottage pie
milk seafood: chowder; clam chowder; fish pie; lobster bisque; bisque
milk wheat: bechamel; bechamel sauce; white sauce; mornay; roux; mac and cheese; macaroni cheese; mac n cheese
milk wheat: cheese toastie; grilled cheese; cheese sandwich; quesadilla; nachos; cheese straw; garlic bread; naan
milk wheat: naan bread; shortbread; scone; crumble; cobbler; cheesecake; pierogi; pirogi; vareniki; cheese pasta
milk wheat: four cheese pasta; fettuccine alfredo
milk wheat cheese tomato: pizza; margherita; pizza slice; calzone; pizza base with cheese; pepperoni pizza
milk wheat cheese tomato: flatbread pizza; pizzetta
milk wheat cheese: burrito; enchilada; cannelloni; ravioli; tortellini; tortelloni; manicotti; spanakopita; tiropita
milk wheat cheese: borek; boureki
milk wheat meat cheese: lasagne; lasagna; moussaka; cheeseburger; cheese burger; philly cheesesteak; cheesesteak
milk wheat meat cheese: big mac; pastitsio
milk eggs: custard; creme brulee; creme caramel; creme anglaise; flan; eggnog; hollandaise; hollandaise sauce
milk eggs: bearnaise; zabaglione; mousse; chocolate mousse; vanilla pudding; creme patissiere; pastry cream; bavarois
milk eggs: tapioca pudding; lemon curd; parfait; mars bar; milky way; twix; bounty; kitkat; kit kat; m&m; m&ms
milk eggs: maltesers; quest bar; protein bar; protein pudding
milk eggs wheat: pancake; waffle; crepe; cake; cupcake; muffin; brownies; cookie; donut; doughnut; croissant; brioche
milk eggs wheat: challah; pastry; danish pastry; eclair; profiterole; cream puff; tiramisu; pound cake; sponge cake
milk eggs wheat: birthday cake; blini; french toast; quiche; quiche lorraine; clafoutis; yorkshire pudding; popover
milk eggs wheat: bread pudding; banana bread; biscuit; gingerbread; chocolate chip cookie; chocolate cake; lava cake
milk eggs wheat: pain au chocolat; cinnamon roll; cinnamon bun; panettone; trifle; fruit tart; apple tart; tarte tatin
milk eggs wheat: souffle; cheese souffle; dutch baby; kaiserschmarrn; apple pie; pie; tartlet; strudel; apple strudel
milk eggs wheat: fish finger; madeleine; churro; ladyfinger; ladyfingers; oreo; digestive biscuit; protein pancake
milk eggs wheat: protein cookie; cornbread; corn bread
milk eggs wheat pork cheese: carbonara; spaghetti carbonara; pasta carbonara; ham and cheese; croque monsieur
milk eggs wheat pork cheese: croque madame
milk eggs meat wheat: meatball; schnitzel; wiener schnitzel; meatloaf; chicken nugget; nugget; cordon bleu
milk eggs meat wheat: chicken parmesan; breaded chicken
eggs: egg; egg white; egg yolk; yolk; egg powder; liquid egg; boiled egg; hard-boiled egg; soft-boiled egg
eggs: poached egg; fried egg; scrambled egg; scramble; scrambled eggs; omelette; omelet; egg omelette; frittata
eggs: tortilla espanola; shakshuka; egg salad; egg mayo; devilled egg; deviled egg; egg wash; meringue; meringues
eggs: pavlova; albumen; albumin; ovalbumin; egg protein; egg drop soup; mayo; mayonnaise; aioli; tartare sauce
eggs: tartar sauce; remoulade; thousand island dressing; ranch dressing; tamago; huevos rancheros; quail egg; duck egg
eggs: sabayon; marshmallow fluff; kedgeree; avgolemono; coleslaw; potato salad; advocaat; eggs
eggs wheat: egg noodle; egg pasta; fresh pasta; tagliatelle; pappardelle; spaetzle; spatzle; egg sandwich; egg muffin
eggs wheat: egg fried noodle; tempura; batter; battered; breaded; okonomiyaki; egg roll; fritter; wonton; chow mein
eggs wheat: lo mein; matzo ball
eggs soy: egg fried rice; bibimbap
eggs milk wheat pork: eggs benedict; egg benedict
eggs milk fish wheat mustard: caesar dressing; caesar salad; caesar; caesar wrap
eggs milk mustard: ranch; blue cheese dressing
wheat: wheat flour; flour; white flour; plain flour; self-raising flour; wholemeal flour; wholewheat; whole wheat
wheat: wheat germ; wheat bran; semolina; durum; durum wheat; farina; spelt; spelt flour; kamut; einkorn; emmer
wheat: freekeh; triticale; farro; bulgur; bulgar; bulghur; bulgur wheat; cracked wheat; tabbouleh; tabouleh; tabouli
wheat: couscous; cous cous; giant couscous; pearl couscous; fregola; seitan; vital wheat gluten; wheat gluten; gluten
wheat: wheat berry; wheat berries; shredded wheat; weetabix; bran flake; bread; white bread; brown bread
wheat: wholemeal bread; wholegrain bread; whole grain bread; sourdough; sourdough bread; toast; loaf; baguette
wheat: ciabatta; focaccia; pita; pita bread; pitta; pitta bread; flatbread; lavash; bagel; bun; buns; bread roll
wheat: white roll; soft roll
wheat: dinner roll; hot dog bun; burger bun; crouton; croutons; breadcrumb; breadcrumbs; bread crumbs; panko; crumpet
wheat: english muffin; pumpernickel; soda bread; bruschetta; crostini; melba toast; rusk; breadstick; grissini
wheat: pretzel; matzo; matzah; cracker; cream cracker; saltine; ryvita; crispbread; sandwich; panini; toastie
wheat: club sandwich; sub sandwich; wraps; tortilla wrap; flour tortilla; wheat tortilla; tortilla; pasta; spaghetti
wheat: penne; fusilli; macaroni; rigatoni; linguine; farfalle; orzo; vermicelli; angel hair; noodle; ramen; udon; soba
wheat: instant noodle; ramen noodle; wheat noodle; pasta bake; pasta salad; spag bol; gnocchi; dumpling; gyoza
wheat: spring roll; samosa; filo; phyllo; filo pastry; puff pastry; shortcrust; shortcrust pastry; pie crust
wheat: pizza dough; pizza base; dough; cream of wheat; gravy; stuffing; breaded; cereal; breakfast cereal; beer batter
wheat: graham cracker; granola cluster; flapjack
wheat soy: soy sauce; soya sauce; shoyu; teriyaki; teriyaki sauce; ponzu; hoisin; hoisin sauce; dark soy; light soy
wheat soy: sukiyaki; black bean sauce; stir-fry sauce; yakisoba; miso ramen; tonkatsu sauce; soy marinade; kecap manis
wheat fish: worcestershire; worcestershire sauce; worcester sauce; fish and chips; fish cake; fish stick; fish burger
wheat fish: fishcake
wheat fish eggs crustaceans: surimi; crab stick; crabstick; seafood stick; kamaboko; fish ball
wheat meat: burger; hamburger; beef burger; kebab; doner; doner kebab; gyro; gyros; shawarma; meat pie; hot pot noodle
wheat meat: bolognese; spaghetti bolognese; ragu; meat sauce; chicken wrap; chicken sandwich; chicken burger
wheat meat: beef wellington; fajita; chili dog
wheat pork: hot dog; hotdog; ham sandwich; blt; bacon sandwich; sausage roll; corn dog; pork bun; char siu bao
wheat pork: pigs in blankets
gluten: oat; oats; rolled oat; porridge oat; barley; pearl barley; barley malt; malt; malt extract; malt syrup
gluten: malt vinegar; rye; rye bread; rye flour; oat milk; oat drink; oat cream; oat yogurt; oatcake; barley water
gluten: barley soup; scotch broth; orzotto; kvass; horlicks; marmite; oatly; oat latte; oat bar; oat bran; oat flour
gluten: overnight oat; oatmeal cookie dough; brewer's yeast
gluten alcohol: beer; lager; ale; stout; wheat beer; guinness; malt whisky; ipa; shandy; radler
soy: soya; soybean; soy milk; soya milk; soy drink; soy yogurt; soya yogurt; soy cream; soy protein; soy isolate
soy: soy flour; soy mince; tvp; textured vegetable protein; textured soy; tofu; silken tofu; smoked tofu; bean curd
soy: tofu scramble; tofu stir-fry; mapo tofu; tempeh; tempe; edamame; edamame bean; soy nut; soya bean; soybean oil
soy: soy lecithin; natto; yuba; okara; inari; soy curl; vegan mince; vegan burger; veggie burger; plant-based burger
soy: vegan sausage; veggie sausage; vegan nugget; vegan protein powder; miso; miso soup; miso paste; white miso
soy: tamari; gochujang; doenjang; agedashi tofu; impossible burger
soy fish: ramen broth; dashi miso
fish: fish; salmon; smoked salmon; lox; gravlax; tuna; canned tuna; tuna salad; tuna steak; tuna mayo; cod; haddock
fish: pollock; hake; halibut; mackerel; smoked mackerel; herring; kipper; rollmop; sardine; anchovy; anchovies
fish: anchovy paste; sprat; pilchard; trout; sea bass; seabass; sea bream; tilapia; carp; catfish; swordfish; monkfish
fish: flounder; dover sole; plaice; turbot; barramundi; mahi mahi; red snapper; snapper; eel; whitebait; white fish
fish: oily fish; fish fillet; fish stew; fish soup; fish stock; fish broth; fish sauce; nam pla; nuoc mam; garum
fish: fish oil; cod liver oil; fish taco; fish curry; ceviche; sashimi; poke; poke bowl; caviar; roe; taramasalata
fish: bonito; bonito flake; dashi; katsuobushi; bottarga; gefilte fish; nicoise salad; salade nicoise
fish: gentleman's relish; puttanesca; grilled fish; fried fish; baked fish; tuna wrap; tuna sandwich; tuna pasta
fish: salmon bowl
fish seafood: seafood; bouillabaisse; cioppino; seafood stew; seafood pasta; seafood platter; seafood risotto; paella
fish seafood: sushi; maki; nigiri
seafood: frutti di mare; fruits de mer; seafood mix; seafood salad; surf and turf; xo sauce; laksa; gumbo; jambalaya
crustaceans: shrimp; prawn; king prawn; tiger prawn; prawns; crab; crab meat; crabmeat; lobster; crayfish; crawfish
crustaceans: langoustine; scampi; krill; krill oil; shrimp paste; prawn cracker; prawn cocktail; shrimp cocktail
crustaceans: crab cake; soft-shell crab; belacan
crustaceans fish: tom yum; tom yam; thai curry paste; green curry paste; red curry paste; kimchi; som tam
crustaceans fish: thai green curry; thai red curry
molluscs: mussel; moules; moules frites; oyster; clam; scallop; squid; calamari; octopus; cuttlefish; cockle; whelk
molluscs: winkle; abalone; snail; escargot; periwinkle; oyster sauce; oyster stew; vongole; squid ink; limpet
molluscs: sea snail; geoduck; conch
crustaceans molluscs: shellfish
sesame: sesame; sesame seed; sesame oil; toasted sesame oil; sesame paste; tahini; tahina; tehina; hummus; houmous
sesame: humus; hoummos; baba ganoush; baba ghanoush; halva; halvah; halwa; za'atar; zaatar; gomasio; furikake
sesame: everything seasoning; benne; gingelly oil; tahini dressing; tahini sauce; falafel; sesame bar; sesame snap
sesame: sesame chicken; simsim; til oil
sesame wheat: simit; everything bagel; sesame bagel; lahmacun; falafel wrap; falafel pita; koulouri; gevrek
celery: celery; celery stalk; celery salt; celeriac; celery seed; celery juice; mirepoix; bloody mary; stock cube
celery: bouillon cube; soffritto
mustard: mustard; dijon; dijon mustard; mustard seed; mustard oil; wholegrain mustard; honey mustard; piccalilli
mustard: vinaigrette
lupin: lupin; lupin flour; lupini bean; lupin bean; lupine flour; lupin pasta; lupin seed
sulphites: dried apricot; golden raisin; dried mango; wine vinegar; balsamic vinegar; dried fruit mix
sulphites alcohol: wine; red wine; white wine; champagne; prosecco; sangria; mulled wine; sherry; vermouth; cava
sulphites alcohol: cider
alcohol: alcohol; vodka; gin; whisky; whiskey; rum; brandy; tequila; cocktail; liqueur; sake; mirin; cognac; schnapps
alcohol: mojito; aperol; spritz; rum cake; bourbon; margarita cocktail; hard seltzer; mead; martini; negroni; liquor
alcohol: coq au vin; wine sauce; grappa
alcohol eggs milk: irish cream; baileys
honey: honey; honeycomb; manuka honey; honey stick; royal jelly; bee pollen; propolis; honey water; honey gel; beeswax
honey sesame: pasteli
honey nuts wheat: honey nut cheerios; honey granola
gelatin: gelatin; gelatine; jello; jell-o; jelly cube; gummy bear; gummy bears; gummy; gummies; gummi; haribo
gelatin: wine gum; jelly baby; jelly babies; jelly bean; marshmallow; marshmallows; collagen; collagen powder
gelatin: collagen peptide; aspic; isinglass; fruit pastille; bone broth; gummy vitamin; gummy worm; starburst
gelatin: energy chew
gelatin milk: jelly pudding; gelatin dessert
meat: gravy; ribs; rib; spare ribs; spare rib; marrow bone; bone marrow; bone broth
poultry: wings; chicken wing; drumstick; giblets
meat: meat; red meat; beef; ground beef; minced beef; beef mince; mince; steak; sirloin; ribeye; rib eye; t-bone
meat: fillet steak; rump steak; entrecote; roast beef; beef roast; beef stew; goulash; brisket; pastrami; corned beef
meat: beef jerky; jerky; biltong; bresaola; veal; osso buco; oxtail; beef stock; beef broth; consomme; lamb; lamb chop
meat: mutton; hogget; goat meat; venison; bison; elk; deer; kangaroo; horse meat; meat stew; pot roast; short rib
meat: tartare; steak tartare; carpaccio; chili con carne; kofta; kofte; cevapi; cevapcici; bolognese sauce; beef taco
meat: tallow; suet; dripping; beef fat; rendang; birria; barbacoa; sunday roast; cold cut; deli meat; lunch meat
meat: cold cuts; cured meat; meat sauce; meat skewer; meat broth; sausage; sausages; sausage patty; frankfurter
meat offal: liver; liver pate; pate; foie gras; kidney pie; tripe; haggis; sweetbread; offal; liverwurst
poultry: chicken; chicken breast; chicken thigh; chicken wing; chicken soup; chicken broth; chicken stock
poultry: chicken curry; chicken salad; roast chicken; rotisserie chicken; grilled chicken; fried chicken; drumstick
poultry: turkey; turkey breast; turkey bacon; ground turkey; duck breast; roast duck; peking duck; duck confit
poultry: confit duck; goose; quail; pheasant; partridge; poultry; guinea fowl; ostrich; schmaltz; chicken fat
poultry: chicken liver; poussin; capon; hen; chicken rice; jerk chicken; chicken skewer; chicken fajita; kfc
pork: pork; pork chop; pork loin; pork belly; pork tenderloin; pulled pork; pork rib; spare rib; ham; gammon; bacon
pork: back bacon; pancetta; prosciutto; parma ham; serrano; jamon; speck; salami; pepperoni; chorizo; mortadella
pork: coppa; guanciale; nduja; bratwurst; lard; pork scratching; crackling; pork rind; chicharron; black pudding
pork: blood sausage; morcilla; spam; carnitas; schinken; lardo; lardon; lardons; bacon bit; bacon bits; pork mince
pork: ground pork; pork sausage; kielbasa; saveloy; cumberland sausage; pig; suckling pig; pork gelatin; pork roast
pork: roast pork; char siu; cassoulet; choucroute; capicola; soppressata
rabbit: rabbit; rabbit stew; hare
blood: blood cake; blood soup; blutwurst
mushroom: mushroom; champignon; chanterelle; porcini; portobello; shiitake; enoki; morel; truffle; cremini; maitake
mushroom: button mushroom
tomato: tomato; ketchup; passata; salsa; pico de gallo; marinara; gazpacho; cherry tomato; sun-dried tomato
tomato: tomato soup; tomato paste
onion fodmap: onion; shallot; leek; scallion; spring onion; red onion; onion ring; onion powder; french onion soup
onion fodmap: pickled onion
garlic fodmap: garlic; garlic powder; garlic clove; black garlic; wild garlic; toum; garlic sauce
coriander: coriander; cilantro; chimichurri
olive: olive; kalamata; tapenade; green olive; black olive
legume fodmap: lentil; chickpea; kidney bean; black bean; baked bean; dal; daal; dhal; split pea; butter beans
legume fodmap: chili sin carne
fodmap: apple; pear; mango; cherry; watermelon; peach; plum; apricot; nectarine; cauliflower; asparagus; artichoke
fodmap: agave; inulin; chicory root; sorbitol; xylitol; maltitol; sugar-free gum; high fructose corn syrup; dried fig
fodmap: prune; raisin; sauerkraut
tomato meat: meat chili
"""
