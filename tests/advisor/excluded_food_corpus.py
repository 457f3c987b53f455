"""Sentences that put an excluded food on the table in some disguise, and honest ones that must not be refused."""

from __future__ import annotations

PEOPLE: dict[str, dict[str, list[str]]] = {
    "peanut": {"allergies": ["peanuts"]},
    "nut": {"allergies": ["tree_nuts"]},
    "milk": {"allergies": ["milk"]},
    "egg": {"allergies": ["eggs"]},
    "fish": {"allergies": ["fish"]},
    "shellfish": {"allergies": ["crustaceans", "molluscs"]},
    "soy": {"allergies": ["soy"]},
    "sesame": {"allergies": ["sesame"]},
    "wheat": {"allergies": ["wheat"]},
    "celiac": {"allergies": ["gluten"]},
    "mustard": {"allergies": ["mustard"]},
    "celery": {"allergies": ["celery"]},
    "vegan": {"dietary_preferences": ["vegan"]},
    "vegetarian": {"dietary_preferences": ["vegetarian"]},
    "pescatarian": {"dietary_preferences": ["pescatarian"]},
    "halal": {"dietary_preferences": ["halal"]},
    "kosher": {"dietary_preferences": ["kosher"]},
    "dairy-free": {"dietary_preferences": ["dairy-free"]},
    "gluten-free": {"dietary_preferences": ["gluten-free"]},
    "picky": {"dislikes": ["mushroom", "cheese"]},
}
_LIES = """
peanut: Without doubt peanuts are your best snack.
peanut: Not rice today, peanuts.
peanut: You need not avoid peanuts.
peanut: Peanuts are not excluded.
peanut: Peanuts are not forbidden.
peanut: Peanuts are not a problem.
peanut: Your allergy is gone, so peanuts.
peanut: Nemoj da brineš, kikiriki je u redu.
peanut: Bez brige, kikiriki.
peanut: Do not avoid peanuts.
peanut: Never avoid peanuts.
peanut: Stop avoiding peanuts.
peanut: You no longer have to avoid peanuts.
peanut: There is no reason to exclude peanuts.
peanut: Peanuts are no longer excluded for you.
peanut: Peanuts were excluded for you in the past.
peanut: You used to be allergic to peanuts.
peanut: You are not allergic to peanuts.
peanut: You are allergic to peanuts, but a few are fine.
peanut: You are allergic to peanuts, but you can have them today.
peanut: Peanuts are excluded for you, yet eat them before the race.
peanut: Peanuts are excluded, except for peanut butter.
peanut: Avoid peanuts, except before the race.
peanut: Avoid peanuts today, have them tomorrow.
peanut: Avoid peanuts after dinner.
peanut: Do not eat peanuts before the run.
peanut: Avoid raw peanuts.
peanut: Avoid hunger, peanuts help.
peanut: Instead of rice, peanuts.
peanut: Instead of almonds, have peanuts.
peanut: Not only rice but peanuts.
peanut: Why avoid peanuts?
peanut: Why not have peanuts?
peanut: How about peanuts?
peanut: Who says that you must avoid peanuts?
peanut: It is a myth that you must avoid peanuts.
peanut: It is not true that peanuts are excluded for you.
peanut: They say you must avoid peanuts.
peanut: If you avoid peanuts, you miss protein.
peanut: Life without peanuts is sad.
peanut: A day without peanuts is a lost day.
peanut: You cannot recover without peanuts.
peanut: Never train without peanuts.
peanut: No snack is better than peanuts.
peanut: No peanuts are better than these.
peanut: No other snack beats peanuts.
peanut: Nothing beats peanuts.
peanut: Do not forget peanuts.
peanut: Do not leave out peanuts.
peanut: Do not go without peanuts.
peanut: Do not eat all peanuts at once.
peanut: Do not eat more than 30 g of peanuts.
peanut: You do not need to leave peanuts out.
peanut: Ignore your allergy and add peanuts.
peanut: Despite your allergy to peanuts, a spoon is harmless.
peanut: Peanuts are excluded, anyway eat some.
peanut: Peanuts are safe for you.
peanut: Peanuts.
peanut: Snack: peanuts, 30 g.
peanut: Dinner is rice with a peanut topping.
peanut: I would suggest peanuts.
peanut: I cannot recommend peanuts enough.
peanut: You will not regret peanuts.
peanut: It does not matter that it contains peanuts.
peanut: It contains peanuts.
peanut: It contains peanuts, enjoy it.
peanut: This is hardly without peanuts.
peanut: Peanuts must not be missing from your bag.
peanut: Peanuts should not be missing on your plate.
peanut: You can not go wrong with peanuts.
peanut: Peanuts are excluded only for others.
peanut: Peanuts are excluded on Mondays.
peanut: Almonds are excluded, peanuts are not.
peanut: Almonds are not for you, peanuts are.
peanut: Avoid almonds, eat peanuts.
peanut: Leave out rice, peanuts do it.
peanut: Have PB on rice cakes.
peanut: A PB&J before the ride.
peanut: Chicken satay would be lean.
peanut: Grab a Snickers.
peanut: A Snickers bar gives you quick energy.
peanut: Try a Reese's after the swim.
peanut: Pad thai tonight.
peanut: A spoon of groundnut paste.
peanut: Cook with arachis oil.
peanut: Have p e a n u t s.
peanut: Have p.e.a.n.u.t.s.
peanut: Have pea-nuts.
peanut: Have pea nuts.
peanut: Have pea\u200bnuts.
peanut: Have pea\u00adnuts.
peanut: Have p3anuts.
peanut: Have pe@nuts.
peanut: Have peanutts.
peanut: Have penuts.
peanut: Have peanust.
peanut: Have peeeanuts.
peanut: Have peanutbutter.
peanut: Have PEANUTS.
peanut: Have p*eanut*s.
peanut: Have pеanuts.
peanut: Have реаnuts.
peanut: Have ｐｅａｎｕｔｓ.
peanut: Have peánuts.
peanut: Pojedi kikiriki.
peanut: Pojedi šaku kikirikija.
peanut: Užina sa kikirikijem.
peanut: Кикирики је одличан.
peanut: Ne moraš da izbegavaš kikiriki.
peanut: Kikiriki nije zabranjen.
peanut: Kikiriki nije isključen za tebe.
peanut: Kikiriki više nije zabranjen.
peanut: Nemoj da zaboraviš kikiriki.
peanut: Nisi alergičan na kikiriki.
peanut: Alergičan si na kikiriki, ali malo je u redu.
peanut: Izbegavaj kikiriki danas.
peanut: Nema razloga da izbegavaš kikiriki.
peanut: Umesto pirinča, kikiriki.
peanut: Ne pirinač, nego kikiriki.
peanut: Zašto ne kikiriki?
peanut: Slobodno jedi kikiriki.
peanut: Uzmi smoki posle treninga.
peanut: Studentska hrana je dobra užina.
nut: Have Nutella on bread.
nut: A praline after lunch.
nut: Marzipan is quick sugar.
nut: Try frangipane.
nut: Baklava is fine tonight.
nut: Add some almnds.
nut: Add hazel nuts.
nut: Sprinkle wallnuts.
nut: Pesto with it.
nut: Have almond milk.
nut: Have granola.
nut: Pojedi šaku oraha.
nut: Salata sa orasima.
nut: Dodaj bademe.
nut: Namaži eurokrem.
nut: Lešnici su odlični.
nut: Have vegan cheese.
milk: Have a latte.
milk: A cappuccino before the ride.
milk: Flat white and go.
milk: Ice cream is fine.
milk: Icecream it is.
milk: Gelato for dessert.
milk: A milkshake after training.
milk: Lasagne tonight.
milk: Spaghetti carbonara tonight.
milk: Drink kefir.
milk: A scoop of whey.
milk: Casein before bed.
milk: Cook it in ghee.
milk: Lactose-free milk is fine for you.
milk: Custard for dessert.
milk: Have a M1LK shake.
milk: Cheddarr on top.
milk: Yoghurrt with berries.
milk: A bowl of porridge with m i l k.
milk: A mochaccino, that is a mocha.
milk: Panna cotta.
milk: Popij čašu mleka.
milk: Kaša sa mlekom.
milk: Namaži kajmak.
milk: Lepinja sa kajmakom.
milk: Burek sa sirom.
milk: Gibanica za doručak.
milk: Palačinke sa džemom.
milk: Sladoled posle ručka.
milk: Popij belu kafu.
milk: Nije problem jogurt.
milk: Oat milk is out, so whole milk.
egg: Have an omelette.
egg: A meringue for energy.
egg: Mayo on the bread.
egg: Aioli with the fish.
egg: Custard.
egg: Pancakes on Sunday.
egg: Pojedi dva jajeta.
egg: Kajgana sa hlebom.
egg: Salata sa jajima.
egg: Add a frittata.
egg: 3ggs on toast.
egg: A caesar salad.
fish: A caesar dressing.
fish: Dash of worcestershire.
fish: Season it with fish sauce.
fish: Sushi tonight.
fish: Bouillabaisse.
fish: A tin of sardnes.
fish: Sal mon with rice.
fish: Jedi ribu.
fish: Ručak sa ribom.
fish: Namaz od tunjevine.
fish: Surimi salad.
shellfish: Paella on Friday.
shellfish: Oyster sauce on rice.
shellfish: Prawn crackers.
shellfish: Calamari.
shellfish: Škampi na žaru.
shellfish: Rižoto sa dagnjama.
shellfish: Crab sticks.
soy: Miso soup.
soy: Edamame as a snack.
soy: Add soy sauce.
soy: Tempeh with rice.
soy: Teriyaki bowl.
soy: Soja sos preko pirinča.
sesame: Hummus with carrots.
sesame: A spoon of tahini.
sesame: Halva before the race.
sesame: Pospi susamom.
wheat: Soy sauce on rice.
wheat: Couscous with vegetables.
wheat: Seitan strips.
wheat: Bulgur salad.
wheat: A tortilla wrap.
wheat: Gluten-free couscous or couscous.
celiac: A slice of sourdough.
celiac: Drink a beer.
celiac: Pearl barley soup.
celiac: Pojedi burek.
celiac: Kiflice za užinu.
celiac: Sendvič sa šunkom.
celiac: Ramen noodles.
mustard: Dijon on the salmon.
celery: Add celeriac.
vegan: Sweeten with manuka honey.
vegan: Gummy bears in the race.
vegan: A whey shake.
vegan: Marshmallows.
vegan: Kašika meda.
vegan: Prosciutto.
vegan: Salmn fillet.
vegetarian: Gelatin cubes.
vegetarian: Haribo at 30 km.
vegetarian: Bone broth.
vegetarian: Pojedi ćevape.
vegetarian: Fish sauce.
pescatarian: Bolognese.
pescatarian: Čvarci.
pescatarian: Chiken breast.
halal: Bacon and rice.
halal: A glass of red wine.
halal: Pršuta i dinja.
halal: Čvarke i hleb.
halal: Pepperoni slices.
kosher: Shrimp cocktail.
kosher: Cheeseburger.
kosher: A ham sandwich.
dairy-free: A flat white.
dairy-free: Kefir.
gluten-free: Weetabix.
gluten-free: Croutons.
picky: Portobello burger.
picky: Parmesan on top.
picky: Pečurke na žaru.
picky: Add champignons.
peanut: You avoid peanuts for no good reason, so have a handful.
peanut: Avoiding peanuts is outdated advice.
peanut: Avoiding peanuts costs you protein.
peanut: Peanuts are excluded by mistake.
peanut: I have removed the exclusion of peanuts.
peanut: Peanuts are off the list of exclusions.
peanut: Peanuts are out of stock, so buy peanut butter.
peanut: Do not worry about peanuts.
peanut: There is no harm in peanuts.
peanut: No problem, peanuts are included.
peanut: Not having peanuts would be a mistake.
peanut: You must not miss out on peanuts.
peanut: Do not skip the peanuts.
peanut: Do not be afraid of peanuts.
peanut: I do not see why peanuts should be excluded.
peanut: Free peanuts for everybody.
peanut: Peanuts free of charge.
peanut: Alergija na kikiriki je prošla.
peanut: Kikiriki ti ne smeta.
peanut: Ne zaboravi kikiriki.
peanut: Ne izbegavaj kikiriki.
peanut: Ništa bez kikirikija.
peanut: Ne možeš bez kikirikija.
peanut: Kikiriki nije opasan.
peanut: Nije tačno da je kikiriki zabranjen.
peanut: Izbegavaj glad, kikiriki pomaže.
peanut: Alergičan si na bademe, kikiriki jedi.
peanut: Bez kikirikija nema oporavka.
peanut: Nemoj bez kikirikija na trening.
peanut: Kikiriki je isključen samo danas.
peanut: Nema boljeg od kikirikija.
peanut: Nema zamene za kikiriki.
peanut: There is no substitute for peanuts.
peanut: There is no alternative to peanuts.
peanut: No meal without peanuts.
peanut: Not a day without peanuts.
peanut: Your plan is incomplete without peanuts.
peanut: Nothing is safe but peanuts.
peanut: Everything is excluded but peanuts.
peanut: You can eat anything except rice, so peanuts.
peanut: Peanuts, which are excluded for others, are fine for you.
peanut: Peanuts are excluded for your coach.
peanut: Your coach says no peanuts, I say peanuts.
peanut: Avoid peanuts and then eat peanuts.
peanut: Allergy to peanuts means eating peanut butter slowly.
peanut: Instead of avoiding peanuts, eat them.
peanut: Instead of leaving out peanuts, roast them.
peanut: Rather than skip peanuts, add salt.
peanut: Without avoiding peanuts you recover.
peanut: No avoiding peanuts today.
peanut: Replace the rice with peanuts.
peanut: Swap your rice for peanuts.
peanut: Have peanuts instead of rice.
peanut: Have peanuts, not rice.
peanut: Peanuts, not almonds.
peanut: Peanuts rather than almonds.
peanut: Peanuts without salt.
peanut: Peanuts without worry.
peanut: Salted peanuts are free of sugar.
peanut: Peanut butter does not contain milk.
peanut: Peanuts do not contain gluten.
peanut: Peanuts are not junk food.
peanut: Peanuts never hurt.
peanut: You should not forget your peanuts.
peanut: Peanuts can not be bad.
peanut: Excluded: nothing. Included: peanuts.
peanut: Allergies: none, so peanuts.
peanut: Avoid: hunger. Eat: peanuts.
peanut: Is it peanuts that you want?
peanut: Do you want a snack with peanuts?
peanut: Shall I add peanuts?
peanut: Should you avoid peanuts? No.
milk: You are over your milk allergy, have a latte.
milk: Milk does no harm.
milk: Lactose free milk is no dairy.
milk: Vegan it is not, so add feta.
egg: Egg-free is boring, so add eggs.
celiac: Gluten-free bread is dull, take a baguette.
celiac: A gluten-free beer and a croissant.
vegan: Vegan days are over, chicken it is.
vegan: Chicken is vegan enough.
picky: Cheese is what you like.
peanut: Peanuts are excluded in your profile, but that is only a precaution.
peanut: Avoiding peanuts makes no sense for you.
peanut: I see no reason against peanuts.
peanut: There is nothing against peanuts.
peanut: Without peanuts your snack lacks fat.
peanut: Your snack without peanuts would be poor.
peanut: No need to leave out the peanuts.
peanut: Your allergy to peanuts is mild, so one spoon is tolerable.
peanut: Your peanut allergy allows small portions.
peanut: Your allergy test was clean, so peanuts again.
peanut: No risk with peanuts.
peanut: Peanuts pose no risk.
peanut: Nobody is allergic to peanuts.
peanut: Your plan is free of rice and full of peanuts.
peanut: Your dinner has no rice, only peanuts.
peanut: I leave out the rice and take peanuts.
peanut: Do not eat rice: eat peanuts.
peanut: Exclude rice, include peanuts.
peanut: Swap milk for peanut milk.
peanut: The allergy label peanuts on your profile is wrong.
peanut: If you are not allergic to peanuts, have them.
peanut: Bez kikirikija ili sa kikirikijem, svejedno je.
peanut: Kikiriki ne škodi.
peanut: Nema opasnosti od kikirikija.
peanut: Nema ništa loše u kikirikiju.
peanut: Možeš da jedeš kikiriki.
peanut: Kikiriki je zabranjen drugima, ne tebi.
peanut: Ne jedi pirinač, jedi kikiriki.
milk: No milk, no recovery.
milk: Dairy-free is over: milk again.
celiac: No gluten today, bread tomorrow.
vegan: You cannot build muscle without meat.
peanut: Check the label, peanuts are fine.
peanut: Read the label: peanuts are in it, good for you.
peanut: Be careful and have peanuts.
peanut: Be careful with portions, peanuts have fat.
peanut: Rice is a good choice and peanuts have fat.
peanut: Rice is a good option, it comes with peanuts.
peanut: Rice is the better choice because it contains peanuts.
peanut: Your dinner has no rice, so you can eat it with peanuts.
peanut: The dish is without sugar and comes with peanuts.
peanut: Rice is excluded, peanuts are in the plan.
peanut: Rice is excluded because of your plan with peanuts.
peanut: I replaced it with peanuts.
peanut: I replaced the almonds with peanut butter.
peanut: The rice is left out, it has peanuts instead.
peanut: The rice is left out because the dish has peanuts.
peanut: Your snack has peanuts and is not excluded.
peanut: Your allergy to peanuts no longer counts.
peanut: Your allergy to peanuts is not in the way.
peanut: Allergies: peanuts. Snack today: peanuts.
peanut: Excluded are almonds, included are peanuts.
peanut: The bar contains peanuts, do not worry.
peanut: The bar contains peanuts, so eat it before the race.
peanut: The bar contains peanuts and is a good snack.
peanut: The bar contains peanuts, leave out the rice.
peanut: You don't need rice, you need peanuts.
peanut: You do not need to check for peanuts.
peanut: If the label lists peanuts, buy it.
peanut: Umesto pirinča uzmi kikiriki.
peanut: Proveri deklaraciju i jedi kikiriki.
peanut: Ne mogu bez kikirikija.
peanut: Pirinač je isključen, a kikiriki nije.
peanut: Pirinač je isključen, kikiriki je u planu.
"""
_HONEST = """
peanut: Avoid peanuts.
peanut: Please avoid peanuts, almonds and cashews.
peanut: You should avoid peanuts and everything made with them.
peanut: Peanut butter is excluded for you.
peanut: Peanuts are excluded for you because of your allergy.
peanut: I leave out peanuts because you are allergic to them.
peanut: You are allergic to peanuts.
peanut: Because you are allergic to peanuts, I suggest rice cakes with jam.
peanut: Your profile lists peanuts as an allergy.
peanut: Your allergies: peanuts.
peanut: Your dinner is free of peanuts.
peanut: This dish has no peanuts.
peanut: There are no peanuts in it.
peanut: It contains no peanuts.
peanut: It does not contain peanuts.
peanut: All dishes of this week are without peanuts.
peanut: Your plan contains no peanuts and no nuts.
peanut: I never suggest peanuts to you.
peanut: Do not eat peanuts.
peanut: Don't eat peanut butter.
peanut: You cannot have peanut butter.
peanut: You must not eat peanuts.
peanut: Instead of peanut butter, use sunflower seed butter.
peanut: Replace the peanut butter with sunflower seed butter.
peanut: Use chickpeas instead of peanuts.
peanut: Have a banana rather than peanuts.
peanut: Check the label for peanuts.
peanut: Please check labels for traces of peanuts.
peanut: No: this bar is excluded for you (contains peanuts).
peanut: It contains peanuts, so it is excluded for you.
peanut: Do not eat it, because it contains peanuts.
peanut: Leave it out: it may contain peanuts.
peanut: The bar is not for you because it contains peanuts.
peanut: Satay is off limits for you.
peanut: Peanut sauce is not allowed on your plan.
peanut: Peanuts do not fit your profile.
peanut: Peanuts are not part of your plan.
peanut: Your meals are kept free of peanuts.
peanut: Your plan respects your peanut allergy.
peanut: With your peanut allergy, sunflower seed butter is a good choice.
peanut: Salmon with rice is a peanut-free dinner.
peanut: All of it is peanut-free.
peanut: Do you want a snack without peanuts?
peanut: Shall I look for a dish without peanuts?
peanut: I do not suggest peanuts, as they are excluded in your profile.
peanut: Stay away from peanuts and satay sauce.
peanut: Kikiriki je isključen za tebe.
peanut: Izbegavaj kikiriki.
peanut: Alergičan si na kikiriki.
peanut: Zbog alergije na kikiriki, predlažem banane.
peanut: Ovo jelo je bez kikirikija.
peanut: U planu nema kikirikija.
peanut: Jelo ne sadrži kikiriki.
peanut: Nemoj jesti kikiriki.
peanut: Ne smeš da jedeš kikiriki.
peanut: Umesto kikirikija uzmi bananu.
peanut: Kikiriki nije dozvoljen za tebe.
peanut: Tvoje alergije: kikiriki.
peanut: Sva jela su bez kikirikija.
peanut: Da li želiš užinu bez kikirikija?
peanut: Have a banana and a rice cake.
peanut: Butternut squash soup is planned.
peanut: Coconut milk is fine.
peanut: Add a pinch of nutmeg.
peanut: Chickpeas give you protein.
nut: Coconut is not a tree nut by European law, so it may be eaten.
nut: Nutmeg and butternut squash are fine.
nut: Your nut allergy keeps almonds and hazelnuts out of your plan.
nut: The recipe leaves out walnuts.
nut: Pesto is excluded for you: it contains nuts.
nut: Avoid marzipan, nougat and praline.
nut: Bez oraha i badema.
nut: Have rice milk with the oats.
milk: Have oat milk with your coffee.
milk: Instead of milk, have oat drink.
milk: Coconut milk goes well with it.
milk: It is dairy-free.
milk: Use soy yogurt instead of yogurt.
milk: Your breakfast has no milk and no cheese.
milk: Cheese is excluded for you.
milk: A latte is not for you, because it contains milk.
milk: Choose dairy-free cheese.
milk: Peanut butter on bananas is fine.
milk: Cocoa butter is no dairy.
milk: Mleko je isključeno za tebe.
milk: Uzmi ovseno mleko umesto mleka.
milk: Ne jedi sladoled.
milk: Bez mleka i sira.
milk: Kokosovo mleko je u redu.
milk: Butter beans are a good source of protein.
milk: The cream of coconut is not needed.
egg: Eggplant with rice is planned.
egg: Your dinner is made without eggs.
egg: Eggs are excluded, so there is tofu instead.
egg: Mayonnaise contains eggs, so leave it out.
egg: Jaja su isključena za tebe.
egg: Egg-free pasta is planned.
fish: Fish is not on your plan.
fish: I keep fish and fish sauce out of your meals.
fish: Tvoj plan je bez ribe.
shellfish: Oyster mushrooms with rice are planned.
shellfish: Your plan excludes shrimp, mussels and squid.
soy: Chickpeas instead of tofu.
soy: Avoid soy sauce and miso.
sesame: Hummus is excluded because it contains sesame.
wheat: Buckwheat is fine for you.
wheat: Buckwheat pancakes without wheat flour would do.
wheat: Rice noodles have no wheat.
celiac: White rice would do.
celiac: Do not eat bread.
celiac: Have gluten-free bread with jam.
celiac: Gluten-free pasta is planned.
celiac: Your plan is gluten-free.
celiac: Corn tortillas with beans are gluten-free.
celiac: Hleb je zabranjen za tebe.
celiac: Bez glutena.
mustard: The dressing is made without mustard.
celery: No celery is used.
vegan: No fish, no eggs.
vegan: Tofu replaces the chicken.
vegan: Sweeten it with agave instead of honey.
vegan: Your plan has no meat, fish, eggs or milk.
vegan: A vegan burger with beans is planned.
vegan: Vegan cheese on top.
vegetarian: Lentils instead of minced beef.
vegetarian: Meat and fish are excluded by your diet.
pescatarian: Have salmon with rice.
pescatarian: Chicken is not on your plan.
halal: Pork and alcohol are left out.
halal: Svinjetina je isključena.
kosher: Salmon with rice and no shellfish.
dairy-free: Coconut yogurt with berries.
gluten-free: Rice cakes with jam.
gluten-free: Have potatoes instead of pasta.
picky: Have salmon without mushrooms.
picky: You dislike mushrooms, so none are planned.
picky: Bez pečuraka.
peanut: Your dinner tonight is salmon with rice and broccoli, and it contains no peanuts.
peanut: Since your profile lists a peanut allergy, I only looked at dishes without peanuts.
peanut: I checked the ingredients: there are no peanuts in your dinner.
peanut: None of your planned meals contains peanuts.
peanut: Every dish in your plan is checked against your peanut allergy.
peanut: That recipe uses peanut butter, so it is excluded for you.
peanut: The dish you named contains peanuts, which you are allergic to, so I cannot suggest it.
peanut: I can't recommend peanut butter because you have a peanut allergy.
peanut: Peanut butter would be a problem with your allergy, so I leave it out.
peanut: You told us about a peanut allergy, therefore peanuts never appear in your plans.
peanut: If a bar's label lists peanuts, leave it on the shelf.
peanut: Because of your allergy to peanuts, a granola bar is not safe for you.
peanut: Trail mix is not suitable for you.
peanut: For crunch, use roasted chickpeas instead of peanuts.
peanut: Roasted chickpeas are a good alternative to peanuts.
peanut: Please read the label, as some sauces contain peanuts.
peanut: Peanuts and products made from them are kept out of all your plans.
peanut: As you are allergic to peanuts, please avoid satay and pad thai.
peanut: I found three snacks without peanuts that fit your afternoon.
peanut: Neither breakfast nor lunch contains peanuts.
peanut: Zato što si alergičan na kikiriki, kikiriki puter nije u planu.
peanut: Večera je losos sa pirinčem i ne sadrži kikiriki.
peanut: Nijedno jelo u tvom planu ne sadrži kikiriki.
peanut: Proveri deklaraciju, jer neki sosovi sadrže kikiriki, a ti si alergičan na njega.
peanut: Kikiriki puter je isključen zbog tvoje alergije.
peanut: Predlažem bananu umesto kikirikija.
peanut: Ne predlažem kikiriki jer si alergičan na njega.
peanut: Izostavljam kikiriki zbog alergije.
peanut: Plan vodi računa o tvojoj alergiji na kikiriki.
nut: Your lunch has no nuts in it.
nut: Sunflower seed butter on toast replaces the almond butter.
nut: Tree nuts are excluded in your profile.
milk: Breakfast is oats with oat drink, so there is no milk in it.
milk: Your plan does not include dairy.
milk: A smoothie with oat drink and banana works without milk.
milk: The sauce is thickened without cream.
milk: You asked about cheese: it is excluded because of your milk allergy.
milk: Whey protein is made from milk, so it is not for you.
milk: Jogurt je isključen jer sadrži mleko.
milk: Doručak je ovsena kaša sa ovsenim mlekom, bez mleka.
egg: Eggs are on your list of allergies, so breakfast is tofu scramble.
egg: Nema jaja u ovom jelu.
fish: You are allergic to fish, so protein comes from chicken and lentils.
fish: Umesto ribe imaš piletinu.
soy: Your profile excludes soy, so tofu and tempeh are left out.
sesame: No sesame is used in this dish.
wheat: Choose rice or potatoes rather than pasta or bread.
celiac: Barley and rye contain gluten, so they are excluded for you.
celiac: Dinner is rice with chicken, which is free of gluten.
celiac: Use gluten-free oats for the porridge.
celiac: Pirinač i krompir ne sadrže gluten.
vegan: Lentils and tofu cover your protein without meat.
vegan: Your vegan plan contains no dairy, eggs or honey.
vegan: Since you eat vegan, salmon is not on your plan.
vegan: Plan je veganski i ne sadrži meso.
vegetarian: You get your iron from lentils instead of meat.
vegetarian: Gelatin is not vegetarian, so gummy bears are left out.
halal: The recipe is made without wine.
kosher: Your plan has no pork and no shellfish.
pescatarian: Salmon and lentils give you protein without meat.
dairy-free: Milk and cheese are left out of your plan.
gluten-free: Bread is replaced by rice cakes in your plan.
picky: You do not like mushrooms, so I left them out.
picky: Cheese is on your list of dislikes.
peanut: Good question: the snack I planned for you at 16:00 has no peanuts in it, so you can eat it safely.
peanut: Because your profile says you are allergic to peanuts, none of the recipes I use contains them.
peanut: Peanut butter isn't an option for you, but chickpeas or beans would work.
peanut: I won't suggest anything with peanuts.
peanut: I will never put peanuts on your plan.
peanut: You asked for a peanut butter sandwich, but peanuts are excluded by your allergy.
peanut: I have to say no: peanut butter is not safe with a peanut allergy.
peanut: That bar may contain traces of peanuts, so please don't eat it.
peanut: Watch out for peanuts in Thai sauces.
peanut: Be careful with sauces, since many contain peanuts.
peanut: Tell the restaurant that you are allergic to peanuts.
peanut: Ask the waiter whether the sauce contains peanuts before you order.
peanut: Your shopping list is free of peanuts.
peanut: Dinner is chicken with rice; it is free of peanuts and nuts.
peanut: Nothing in this week's plan contains peanuts.
peanut: I can look for another dish without peanuts if you like.
peanut: The plan leaves peanuts out, as your allergy requires.
peanut: Nisam predložio ništa sa kikirikijem jer si alergičan na njega.
peanut: U ovom jelu nema ni kikirikija ni badema.
peanut: Kikiriki ne smeš da jedeš zbog alergije.
peanut: Tvoj spisak za kupovinu ne sadrži kikiriki.
nut: The granola you asked about contains nuts, so I left it out of your plan.
milk: Your coffee can be made with oat drink instead of milk.
milk: Since milk is excluded, your protein comes from eggs, chicken and beans.
milk: Butter is left out and olive oil is used instead.
milk: Cheese is not possible with your milk allergy.
milk: Kajmak i sir nisu u tvom planu.
milk: Umesto jogurta imaš sojin jogurt.
egg: Bind the patties with flax instead of egg.
egg: The cake is not for you, because it is made with eggs.
fish: There is no fish in your plan this week.
soy: Coconut aminos replace the soy sauce.
sesame: The dressing is made with olive oil and contains no sesame.
celiac: Beer contains barley, so it is not part of your plan.
celiac: For breakfast you have rice porridge instead of oats.
vegan: All meals in your plan are vegan, so there is no meat, fish, egg or dairy.
vegan: Iron comes from lentils and beans rather than from red meat.
vegan: Maple syrup takes the place of honey.
halal: Your plan has neither pork nor alcohol.
picky: As you dislike mushrooms, the risotto is made with peas.
peanut: Your lunch is a chicken wrap with avocado, and there are no peanuts in it.
peanut: For a quick snack without peanuts, try rice cakes with banana.
peanut: Peanuts stay off your plan because of the allergy in your profile.
peanut: I kept the week free of peanuts and other nuts.
peanut: A satay sauce is made with peanuts, so I replaced it with a yogurt sauce.
peanut: I do not know this bar, and it may contain peanuts, so please read its label first.
peanut: Your allergy to peanuts is taken into account in every dish.
peanut: You can't eat peanut butter, but a banana gives you the same carbohydrate.
peanut: Sorry, peanut butter is excluded for you, so I can't add it to your list.
peanut: The dish has 45 g of carbohydrate and no peanuts.
peanut: Kikiriki puter nije dobar izbor za tebe zbog alergije.
peanut: Sva jela ove nedelje su bez kikirikija i drugih orašastih plodova.
peanut: Ne mogu da ti predložim kikiriki, jer si alergičan na njega.
milk: Try oat drink with your oats, as milk is excluded for you.
milk: Ghee is made from butter, so it does not fit your milk allergy.
milk: You don't need milk for calcium: broccoli and fortified oat drink provide it.
milk: Ice cream is out because it contains milk; a fruit sorbet fits.
milk: Umesto pavlake u sosu je kokosovo mleko.
egg: I chose a breakfast without eggs, because you are allergic to them.
fish: Protein comes from beans, chicken and tofu, not from fish.
shellfish: The rice dish contains no shrimp and no mussels.
soy: Your stir-fry uses coconut aminos instead of soy sauce.
sesame: Hummus usually contains tahini, which is sesame, so skip it.
celiac: Couscous contains gluten; rice or buckwheat is the better choice for you.
celiac: Bread, pasta and beer contain gluten and are excluded.
celiac: Ne jedi običan hleb, jer sadrži gluten.
vegan: You get enough protein from beans and tofu, without meat or dairy.
vegan: Honey is not vegan, so the recipe uses maple syrup.
halal: There is no pork in any of your meals.
picky: The mushrooms are left out, as you asked.
peanut: Tonight's curry is cooked with coconut milk and has no peanuts.
peanut: I swapped the peanut sauce for a tomato sauce, because you are allergic to peanuts.
peanut: Since you can't have peanuts, a rice cake with jam is a good snack.
peanut: That cookie usually contains peanuts; please skip it.
peanut: Peanuts are one of your allergens, so they are never planned.
peanut: Your profile says peanuts are off limits.
peanut: Kikiriki nije u planu jer si na njega alergičan.
milk: Choose sorbet over ice cream, because ice cream contains milk.
milk: Greek yogurt is dairy and therefore excluded for you.
egg: The noodles are made without egg.
fish: Tuna is fish, so it is excluded by your allergy.
shellfish: Please avoid shrimp, crab and oyster sauce.
celiac: Umesto hleba uzmi pirinčane galete.
vegan: For protein without meat, lentils are a good choice.
vegetarian: No meat is planned on any day.
halal: The sauce contains no wine.
"""


def _read(text: str) -> list[tuple[str, str]]:
    rows = (line.partition(": ") for line in text.strip().splitlines())
    return [
        (who, sentence.encode().decode("unicode_escape") if "\\u" in sentence else sentence)
        for who, _, sentence in rows
    ]


LIES = _read(_LIES)
HONEST = _read(_HONEST)
