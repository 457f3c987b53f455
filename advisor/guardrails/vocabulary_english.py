"""Common English words in their base forms, for telling English from other languages. Forms follow by rules."""

from __future__ import annotations

WORDS = """
a an the this that these those some any no every each either neither both all half several few many much more most
other another such own same enough plenty lot lots bit little less least fewer couple pair dozen rest whole part i
me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we us our
ours ourselves they them their theirs themselves one ones who whom whose which what whatever whichever someone
somebody something anyone anybody anything everyone everybody everything nobody nothing none else there here where
when why how and or but nor so yet for if unless until till because since although though while whereas whether than
as once before after of in on at by to from with without within into onto upon over under above below between among
amongst across through throughout during about around against along alongside beside besides behind beyond near next
past toward towards up down off out away back per via despite except including excluding regarding concerning
instead like unlike versus due thanks according apart together ahead aside inside outside underneath opposite plus
minus times not never ever always often sometimes rarely seldom usually normally typically generally mostly mainly
largely partly fully almost nearly quite rather very too really truly just only even still already again also indeed
perhaps maybe probably possibly likely unlikely certainly definitely surely clearly obviously apparently actually
basically simply merely hardly barely roughly approximately exactly precisely especially particularly specifically
namely otherwise therefore thus hence however moreover furthermore nevertheless nonetheless meanwhile then now soon
later early late today tomorrow yesterday tonight overnight afterwards afterward beforehand recently lately
currently presently immediately instantly directly straight right left twice thrice daily weekly monthly hourly
yearly nightly be am is are was were been being have has had having do does did done doing will would shall should
can could may might must ought need dare cannot let lets gonna isn't aren't wasn't weren't haven't hasn't hadn't
don't doesn't didn't won't wouldn't shan't shouldn't can't couldn't zero two three four five six seven eight nine
ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
seventy eighty ninety hundred thousand million billion first second third fourth fifth sixth seventh eighth ninth
tenth quarter double triple single twofold number amount figure total sum monday tuesday wednesday thursday friday
saturday sunday weekday weekend january february march april june july august september october november december
spring summer autumn fall winter season morning noon midday afternoon evening night midnight day week fortnight
month year decade century hour minute moment instant time date calendar today's o'clock schedule pm begin beginning
middle end start finish period phase stage interval gap span duration gram g kg mg ml l dl cl liter litre kilogram
kilo milligram microgram milliliter millilitre deciliter ounce pound lb oz cup tablespoon teaspoon tbsp tsp piece
slice bottle glass bowl plate handful pinch spoon spoonful serving portion scoop packet sachet kcal calorie calories
kilojoule joule energy percent percentage ratio rate degree celsius km kilometer kilometre meter metre mile
centimeter inch foot feet watt tss min h hr sec pace speed eat eats ate eaten drink drank drunk sip chew swallow
bite taste smell digest absorb feed fed fuel refuel hydrate rehydrate nourish snack dine munch nibble gulp consume
ingest fast starve serve cook bake boil fry grill roast steam poach simmer stew saute braise toast mash blend mix
stir whisk beat fold knead chop dice cut peel grate crush mince shred squeeze pour drain rinse wash soak sprinkle
spread top fill wrap roll heat reheat warm cool chill freeze thaw defrost melt dissolve cover uncover store keep
prepare prep assemble combine add remove toss turn flip drizzle garnish marinate ferment pickle salt sweeten thicken
reduce preheat brush coat dress layer line set food meal dish recipe breakfast lunch dinner supper brunch dessert
starter course appetizer treat beverage ingredient menu diet cuisine buffet picnic leftover helping dough batter
crust crumb filling topping dressing sauce gravy dip paste puree spice herb seasoning flavor flavour aroma texture
leftovers takeaway restaurant cafe kitchen oven stove hob microwave freezer fridge refrigerator pan pot saucepan
skillet wok tray lid knife fork chopstick board grater peeler blender mixer kettle jug mug jar tin box bag wrapper
foil container lunchbox flask shaker thermos tap sink counter shelf cupboard pantry grocery groceries shop shopping
supermarket market aisle basket cart list price cheap expensive label package packaging brand product item bread
loaf bun bagel baguette pita tortilla cracker crispbread croissant muffin pancake waffle oat oats oatmeal porridge
muesli granola cereal cornflakes bran rice risotto pasta spaghetti noodle macaroni penne fusilli lasagna lasagne
couscous quinoa bulgur barley rye wheat spelt buckwheat millet corn polenta cornmeal semolina flour starch gnocchi
potato potatoes sweet yam chip crisp fries meat beef steak pork ham bacon sausage salami chicken turkey duck lamb
veal goat rabbit poultry fish salmon tuna cod trout mackerel sardine herring anchovy haddock shrimp prawn crab
lobster mussel oyster squid seafood egg eggs omelet omelette yolk white tofu tempeh seitan bean beans lentil lentils
chickpea chickpeas pea peas hummus falafel soy soya edamame nut nuts peanut peanuts almond walnut hazelnut cashew
pistachio pecan seed seeds chia flax flaxseed linseed sesame tahini pumpkin sunflower hemp coconut milk yogurt
yoghurt kefir skyr quark cheese cheddar mozzarella parmesan feta ricotta cottage cream butter ghee whey casein
margarine oil olive canola rapeseed lard mayonnaise mayo mustard ketchup vinegar salsa guacamole pesto curry chutney
soup broth stock chili chilli casserole salad coleslaw sandwich burger pizza taco burrito quesadilla sushi kebab pie
quiche tart cake cookie biscuit brownie chocolate cocoa candy sweets sugar syrup honey maple jam marmalade jelly
gelatin ice pudding custard popcorn pretzel bar gel gummy shake smoothie juice soda cola lemonade water tea coffee
espresso latte cappuccino beer wine alcohol spirit isotonic electrolyte cordial squash apple apples pear banana
bananas orange oranges mandarin tangerine clementine lemon lime grapefruit grape grapes raisin raisins sultana
currant dates fig figs prune plum apricot peach nectarine cherry berry berries strawberry raspberry blueberry
blackberry cranberry melon watermelon pineapple mango papaya kiwi pomegranate avocado fruit fruits vegetable
vegetables veg veggie tomato tomatoes cucumber pepper peppers carrot carrots onion onions garlic leek celery cabbage
kale spinach lettuce rocket arugula chard broccoli cauliflower sprout zucchini courgette eggplant aubergine
asparagus artichoke mushroom mushrooms beet beetroot radish turnip parsnip fennel ginger parsley basil cilantro
coriander dill mint oregano thyme rosemary sage cumin turmeric paprika cinnamon vanilla nutmeg clove cardamom
saffron cayenne herbal green leafy root bulb leaf stalk stem skin core kernel nutrition nutrient nutritional
nutritionist dietitian macro macros macronutrient micronutrient carb carbs carbohydrate carbohydrates protein
proteins fat fats fiber fibre glucose fructose sucrose maltodextrin lactose glycogen sodium potassium calcium
magnesium iron zinc iodine selenium phosphorus folate vitamin vitamins mineral minerals omega antioxidant amino acid
leucine creatine caffeine nitrate bicarbonate alanine collagen probiotic supplement supplements supplementation dose
gluten allergy allergen allergic allergies intolerance intolerant vegan vegetarian pescatarian halal kosher dairy
plant animal organic raw fresh frozen canned dried dry ripe unripe tender crunchy crispy soft hard creamy thick thin
smooth sour bitter salty spicy hot mild bland savory savoury tasty delicious plain simple rich light heavy low high
lean fatty oily greasy athlete athletic sport sports sporty train training trainer exercise workout session run
runner running ran jog jogging sprint race racing racer marathon ultra ironman triathlon triathlete duathlon ride
rider riding rode bike biking bicycle cycle cycling cyclist swim swimmer swimming swam swum row rower rowing rowed
hike hiking walk walking climb climbing ski skiing skate skating lift lifting strength gym yoga pilates football
soccer basketball tennis volleyball handball rugby hockey boxing judo wrestling dance dancing game match tournament
competition compete competitor event team coach coaching club player squad preseason taper tapering peak base build
block microcycle mesocycle tempo threshold easy steady moderate intense intensity long short brick fartlek warmup
cooldown stretch mobility drill lap round rep repetition effort load stress fatigue tired tiredness recovery recover
adaptation adapt overtraining underfueling underfuelling volume endurance aerobic anaerobic stamina power force
track trail road hill route turbo treadmill pool lake sea ocean court field pitch aid station medal podium result
personal best record goal target heart zone zones rpe vo2max cadence watch device sensor garmin strava kit gear shoe
shoes helmet wheel saddle belt pocket jersey vest body bodies weight weigh mass muscle muscles muscular bone bones
blood brain lung liver kidney stomach belly gut bowel intestine tummy mouth throat tooth teeth tongue hand arm leg
knee hip shoulder hair nail sweat sweating sweaty thirst thirsty hunger hungry full appetite crave craving satiety
satisfied bloated bloating gas cramp cramps nausea nauseous vomit diarrhea diarrhoea constipation reflux heartburn
dizzy dizziness faint headache pain painful sore soreness ache injury injured injure illness ill sick sickness
disease condition symptom reaction infection cold flu fever inflammation immune immunity hormone hormonal menstrual
pregnancy pregnant breastfeeding menopause metabolism metabolic metabolize digestion digestive digestible absorption
hydration dehydration dehydrated fluid fluids urine sleep sleepy slept asleep nap awake wake woke bed bedtime rested
restful relax relaxed calm mood mental mind focus concentration health healthy unhealthy medical medicine medication
drug doctor physician nurse pharmacist midwife therapist specialist professional expert clinic hospital emergency
test diagnosis diagnose treatment therapy prescribe prescription age old young adult child children kid teenager
parent guardian mother father family partner friend woman women man men person people human male female plan plans
planned planning planner targets goals aim needs requirement require recommend recommendation suggest suggestion
propose proposal advise advice advisor adviser tip option choice choose chose chosen alternative alternatively
replace replacement swap switch change exchange substitute substitution move shift adjust adjustment tweak update
edit modify confirm confirmation decline accept reject approve apply cancel delete save lock unlock mark log note
open close click press select button page screen app website account profile setting settings preference preferences
notification reminder message email photo picture image chart graph table column file data value estimate estimated
estimation calculate calculation calculated compute formula method measure measurement range limit maximum minimum
average mean median approximate exact precise accurate accuracy error uncertain uncertainty unknown known source
paper study studies research science scientific scientist evidence review guideline guidance reference literature
author trial experiment good better well bad worse worst great excellent perfect perfectly fine ok okay nice lovely
wonderful fantastic awesome amazing brilliant solid decent poor awful terrible horrible big bigger large larger
largest small smaller smallest huge tiny tall wide narrow deep shallow quick quickly slow slowly faster earlier
earliest latest new newer older recent common rare usual unusual normal regular irregular special specific general
main major minor important essential necessary unnecessary useful useless helpful handy practical possible
impossible available unavailable ready suitable unsuitable appropriate proper correct incorrect wrong true false
real sure unsure certain clear unclear obvious easier difficult tough complex complicated convenient comfortable
uncomfortable safe unsafe dangerous risky harmful harmless strong weak stronger strict flexible stable similar
different various equal extra additional separate entire complete incomplete empty partial closer far nearby distant
closed free busy quiet loud bright dark clean dirty wet humid sunny rainy windy snowy happy sad glad sorry afraid
worried anxious nervous proud curious interested interesting boring excited exciting surprised surprising confused
confusing grateful honest fair kind friendly careful careless gentle patient serious funny strange weird natural
artificial stale modern traditional classic typical favorite favourite popular famous local foreign public private
individual social financial physical able unable allowed forbidden willing unwilling aware unaware familiar worth
lucky unlucky optional red yellow blue purple pink brown black grey gray color colour colorful go goes went gone
come came get got gotten give gave given take took taken make made put see saw seen look hear heard listen feel felt
seem appear sound become became stay remain kept hold held carry bring brought send sent receive pass reach arrive
leave return enter exit follow lead led meet met join visit travel trip fly flew flight drive drove driven plane bus
car hotel airport home house work job office school university class lesson know knew think thought believe
understand understood meant remember forget forgot forgotten learn learnt teach taught notice realize realise
recognize recognise wonder guess suppose assume expect hope wish want love enjoy prefer hate dislike care worry
matter say said tell told speak spoke spoken talk ask answer reply question call name mention describe explain
explanation discuss discussion write wrote written read show shown showed display point present share offer promise
agree disagree argue complain thank please welcome apologize apologise congratulations congrats hello hi hey goodbye
bye cheers yes yeah nope absolutely try tried attempt manage succeed success fail failure achieve improve
improvement progress develop development grow grew grown growth increase decrease raise rise rose risen drop lower
boost gain lose lost win won halve split divide connect link relate relation relationship depend dependent
dependence rely influence affect effect impact cause reason consequence benefit advantage disadvantage risk problem
trouble issue difficulty challenge solution solve fix repair mend help support assist protect prevent avoid skip
miss ignore allow permit enable stop continue began begun pause wait delay hurry rush spend spent waste use used
usage reuse borrow lend buy bought sell sold pay paid cost money budget order deliver delivery provide supply
contain include exclude consist comprise involve reflect represent stand stood sit sat lie lay lain fell fallen
throw threw catch caught pull push pick place position fit suit complement balance balanced unbalanced vary variety
compare comparison contrast difference differ distinguish rank sort group category type form shape size level step
process system structure pattern trend habit routine practice behavior behaviour approach strategy tactic technique
skill ability experience knowledge information detail details fact example case situation circumstance state status
context background environment weather temperature climate altitude humidity sun shade wind rain snow air oxygen
area region country city town world nature earth thing stuff object side edge center centre bottom front corner
surface way manner means path direction circle square sign signal symbol word sentence phrase language english
serbian letter text paragraph story book article title topic subject idea opinion view attitude feeling emotion
sense sensation motivation confidence pressure comfort pleasure fun joy luck surprise attention interest purpose
intention decision decide judgment rule law principle standard policy agreement contract check verify inspect
examine monitor count assess evaluate evaluation analyze analyse analysis summary summarize overview outline
conclude conclusion overall altogether happen occur exist live lived life alive die died dead death birth born
survive last persist repeat repeated repeatedly frequent frequency frequently occasional occasionally constant
constantly burn burnt burned expend expenditure produce production generate create creation built destroy break
broke broken tear damage hurt harm heal cure restore replenish refill unload storage deplete depletion exhaust
exhaustion exhausted sustain maintain maintenance preserve spare tolerate tolerance sensitive sensitivity trained
untrained experienced beginner advanced amateur elite pro distribute distribution timing timed window deadline
gradually gradual sudden suddenly slightly slight moderately considerably significantly significant substantially
substantial considerable modest generous extreme extremely excessive excessively sufficient sufficiently adequate
adequately insufficient inadequate lack lacking shortage shortfall surplus excess deficit availability demand
demanding intake output loss allowance contribution contribute responsible responsibility morning's evening's mid
pre post non anti semi self let's that's it's there's here's what's who's i'm i've i'll i'd you're you've you'll
you'd we're we've we'll we'd they're they've they'll they'd he's she's whenever wherever anyway anyhow somehow
somewhere anywhere everywhere nowhere elsewhere thereafter thereby therein hereby whereby whereupon upfront upside
downside standby backup setup kindly honestly frankly hopefully unfortunately fortunately luckily sadly
interestingly importantly ideally additionally finally lastly firstly secondly thirdly initially originally
previously formerly eventually ultimately consequently accordingly similarly likewise equally conversely
respectively relatively comparatively entirely completely totally utterly purely solely exclusively primarily
chiefly essentially practically virtually literally effectively efficiently properly correctly safely easily readily
comfortably gently carefully closely deeply highly strongly firmly tightly loosely lightly heavily widely broadly
narrowly freely openly privately publicly personally physically mentally emotionally naturally automatically
manually deliberately intentionally accidentally separately jointly individually collectively dollop knob splash
dash zest wedge floret fillet breast thigh drumstick wing rib loin wholegrain wholemeal wholewheat multigrain
sourdough flapjack teriyaki stir-fry stirfry ragu bolognese carbonara marinara alfredo tzatziki bruschetta
minestrone gazpacho ratatouille moussaka paella jambalaya goulash pilaf biryani dal dhal naan chapati kimchi miso
ramen pho udon soba satay tex mex mediterranean italian greek mexican indian thai chinese japanese french spanish
turkish american asian balkan serbia europe european belgrade athleat login password subscription tier coach's
athlete's notes import export sync upload download connection connected integration bravo superb impressive
congratulate celebrate rewarding reward achievement accomplish preferable preferably optimal optimum ideal
suboptimal beneficial counterproductive productive pre-run pre-race post-run post-race mid-race mid-run pre-workout
post-workout carb-rich protein-rich high-carb low-fiber easily-digested quick-digesting slow-digesting slow-release
fast-acting ready-made homemade well-cooked keep-up catch-up top-up fill-up build-up warm-up cool-down lie-in stick
stuck steer beware caution cautious warning warn alert wise wisely sensible sensibly reasonable reasonably realistic
realistically leaves leaving rushing traveling travelling jet lag timezone shaken sipping nibbling graze grazing
binge purge restrict restriction mouthful appetizing satisfying nourishing comforting refreshing hearty wholesome
crowd race-day race-week carb-load carb-loading fueling fuelling hydrating athletes' runners' days' weeks' hours'
minutes' oats' milk's proportion proportional relative absolute per-hour nightfall sunrise sunset daylight handle
deal cope tackle address settle settled unsettled upset queasy gassy concern concerned regard respect respected
trust trusted reliable unreliable dependable glance gist bottom-line highlight key keypoint tend tends tendency
trending whoever alright upcoming forthcoming following previous prior former latter scheduled unscheduled unplanned
nutrient-dense energy-dense uncooked undercooked overcooked unsalted unsweetened afterthought rethink reconsider
handed firsthand lays laid ride's run's race's week's day's tomorrow's tonight's milder mildest noticeable
noticeably catching smart smarter slot slots finger thumb cross elbow wrist ankle calf neck chest waist eye ear nose
lip breath breathe breathing creme fraiche jalapeno acai consomme brulee nicoise pate souffle frappe gruyere entree
matcha focaccia ciabatta brioche pastry pastries patty meatball skewer broil sear glaze infuse sift scald baste
blanch hilly flat steep muddy rocky scenic crowded stormy cloudy thunder lightning frost icy slippery passport
luggage suitcase border ferry motorway journey destination departure arrival sincerely regards greeting greetings
wishes best-wishes crossed spoil linger fade rebel dull dent sprain strain blister bruise itch rash swell swelling
stiff stiffness tight translucent golden fluffy gooey sticky chunky silky foamy fizzy frothy lukewarm tepid boiling
acidic alkaline enzyme insulin cortisol ferritin hemoglobin haemoglobin cholesterol triglyceride concentrate
concentrated dilute hypotonic hypertonic osmolality tricky nasty wary keen fond prone bound worn numb shaky wobbly
jittery sluggish energetic energized lively hunch rumor myth hype fad gimmick claim proof grandmother grandfather
grandma grandpa brother sister son daughter baby neighbor colleague boss monday's weekend's alarm request arrange
arrangement rearrange rework optimize optimise optimization forward hesitate notify hectic access expire pin ping
trim wipe bump postpone resist consider consideration mission active activity activate streamline tidy lighten bulk
trade version upgrade contact intermittent slim keto detox earn loop tick tune fine-tune shuffle reshuffle remind
refresh finalize finalise secure reserve reservation booking appointment register registration enroll enrol inform
informed react respond response assign attach attachment belong charge chat collect comment commit communicate
compensate conduct conserve consult control copy correspond credit custom customize customise debate define deserve
design desire detect devote discover doubt educate emphasize encourage engage ensure entitle equip establish exceed
expand explore express extend extent extract face facilitate familiarize fancy fasten favor float flow found gather
govern guarantee guide hang hide hidden hit honor imagine imply impress indicate indicator induce inhibit insist
inspire install interfere interpret interrupt introduce invest invite isolate judge justify leap locate loose
maximize maximise minimize minimise motivate multiply obtain occupy omit oppose owe participate perceive perform
performance pose possess practise predict prediction prioritize prioritise priority proceed promote prompt prove
purchase qualify quit quote recall refer refuse regain regulate reinforce release relieve remark rent resemble
resolve retain retire reveal reverse revise rotate satisfy scale scan search seek selection shorten signify slip
smile stabilize stabilise stimulate strengthen struggle submit suffer supervise suspect swing tailor tense terms
theme threaten touch trace transfer transform transition translate transport trigger undergo unite urge urgent
vanish violate vital wander weaken withdraw witness yield drinks rinsed tie tied ties
"""
