"""What a model may say of one athlete's facts, and what it must not: `number_facts.json` holds what the tools returned.

Mina, on Saturday 21 November 2026: an easy ride on Sunday, intervals on Monday, a swim on Tuesday, a long run on
Thursday, and the Danube half marathon on 19 December.
"""

HONEST = r"""
Today you need 240 g of carbohydrate, 98 g of protein and 81 g of fat.
Tomorrow, Sunday 22 November, your targets are 2,240 kcal, 285 g of carbohydrate and 98 g of protein.
Your carbohydrate target tomorrow is 285 g.
Protein: 98 g. Carbohydrate: 285 g. Fat: 79 g.
On Thursday you need 444 g of carbohydrate because of the long run.
Thursday asks for 444 g of carbohydrate, Friday only for 240 g.
Your plan gives you 121 g of protein today, which is more than the target of 98 g.
With 121 g of protein your plan is well above the 98 g you need.
Breakfast tomorrow has 63 g of carbohydrate and 32 g of protein.
Breakfast tomorrow has 63 g of carbohydrate, out of the 285 g you need.
Lunch tomorrow gives you 52 g of carbohydrate, dinner 71 g.
You get 52 g of carbohydrate at lunch and 71 g at dinner.
Dinner tomorrow is at 19:00: “Makarone sa sirom, baked macaroni with fresh cheese”, 0.75 servings.
“Makarone sa sirom, baked macaroni with fresh cheese” brings 71 g of carbohydrate, 23 g of protein and 459 kcal.
For your portion of dinner tomorrow you need 86 g of pasta, 68 g of zucchini and 58 g of milk.
Weigh out 86 g of dry pasta.
Use 135 g of potatoes, 120 g of green peas and 90 g of chicken thigh for the stew.
The stew takes 18 min of work and 35 min of cooking.
Your long run lasts 105 min.
Your long run on Thursday lasts 1.75 h, so fuel it.
During the long run take 30 g to 60 g of carbohydrate per hour.
Take 30–60 g of carbohydrate per hour during your long run, about 79 g in all.
In the run itself that is 79 g of carbohydrate, between 53 g and 105 g.
Before the session, 122 g of carbohydrate is a good amount; 61 g to 244 g is the range.
Drink 305 ml to 610 ml in the hours before the run.
Drink about 700 ml during the long run, by thirst.
After the long run, have 46 g of carbohydrate and 17 g of protein.
Afterwards drink 841 ml to 1,009 ml over the next hours.
Your race is on Saturday 19 December at 09:00.
The race is 21.1 km and should take you 110 min.
Eat your last meal 3 h before the start, with 183 g of carbohydrate.
Shortly before the start, take 25 g of carbohydrate.
During the race aim for 60 g of carbohydrate per hour, taken as 20 g every 20 min.
That makes 110 g over the whole race.
Drink 0.4 L per hour during the race, about 0.73 L in all.
Caffeine: 183 mg about an hour before the start, only if you have tried it.
After the race, 18 g of protein and 293 g of carbohydrate over the following hours.
Your energy availability tomorrow is 44.7 kcal per kg of fat-free mass.
Below 30 kcal per kg of fat-free mass it would count as low.
The training tomorrow takes about 157 kcal above everyday living.
You spend 2,236 kcal tomorrow, and eat 2,240 kcal.
Your body mass is 61 kg and your height 168 cm.
With 61 kg of body mass, 444 g of carbohydrate is 7.3 g/kg.
You need 66 foods from Saturday 21 November to Friday 27 November.
Buy 1,328 g of tomatoes and 1,151 g of potatoes.
You also need 803 g of carrots and 622 g of chicken thigh this week.
A banana of 118 g holds 27 g of carbohydrate and 105 kcal.
80 g of rolled oats hold 54 g of carbohydrate, 11 g of protein and 8.1 g of fiber.
In place of lunch tomorrow you could have “Maple turkey with roast potatoes and green beans”, 0.75 servings.
“Maple turkey with roast potatoes and green beans” has 52 g of carbohydrate and 33 g of protein.
“Spinach, potato and olive frittata with tomato salad” takes 15 min and has 438 kcal.
These three dishes keep your day within its limits.
If you skip the long run, Thursday asks for 240 g of carbohydrate instead of 444 g.
Without the long run that is 203 g of carbohydrate less.
Leaving it out means 841 kcal less to eat on Thursday.
The day would then need 2,080 kcal.
Tomorrow counts as a light day with 40 TSS.
The load on Thursday is 105 TSS.
Your easy ride is 60 min at 17:00.
“Easy ride” starts at 17:00 and lasts 1 h.
The intervals on Monday last 70 min.
“Swim 3x800” is on Tuesday 24 November at 07:00, 50 min.
Fat makes up 35 % of your energy today.
Fiber tomorrow: 31 g is the target and 30 g is planned.
You need 1,500 mg of sodium tomorrow; your plan has 2,671 mg.
Tomorrow's water target is 2,684 ml, what is in your food included.
Drink and eat 2.7 l of water tomorrow.
Your snack at 10:30 tomorrow is “Apple wedges with sunflower seed butter”, with 45 g of carbohydrate.
At 15:00 you have eggs with rice cakes: 30 g of carbohydrate and 23 g of protein.
Before the ride, at 16:00, have “Rice cakes with jam”: 25 g of carbohydrate.
The half marathon is the reason for the loading.
Half an hour is not enough to digest that, so eat earlier.
Eat within two hours after the run.
That leaves out salt, of which lunch has 1.1 g.
Dinner today has 86 g of carbohydrate, so the evening is well covered.
Your protein is covered: 121 g are planned and 98 g are needed.
Carbohydrate is what changes: 240 g today, 285 g tomorrow and 444 g on Thursday.
Compared with 240 g of carbohydrate today, tomorrow's 285 g is a step up.
So the answer is 285 g.
It is 2,240 kcal.
You should have 98 g of protein on each of these days.
Six dishes are planned tomorrow.
There are 6 dishes in tomorrow's plan.
You have 4 meals planned today.
You are 32 years old.
I looked at three things: your load, your weight and your goal.
There are two reasons for that.
Here are two options for lunch.
Vitamin D and B12 are not part of these targets.
Your 10k pace does not matter for this.
Omega-3 comes from fish.
Your basic need without training is 2,080 kcal.
At rest your body uses about 1,480 kcal.
Dinner on Wednesday is “Egg fried rice with carrot and peas”.
Monday 23 November is the day with 431 g of carbohydrate.
On Monday you need 431 g of carbohydrate, on Tuesday 319 g and on Wednesday 240 g.
Your plan for Monday has 431 g of carbohydrate and 115 g of protein.
The dinner tomorrow uses 53 g of cottage cheese and 19 g of egg.
Have 150 g of plain yogurt and 90 g of bread at breakfast tomorrow.
It takes 6 minutes of work to make breakfast tomorrow.
For dinner: pasta 86 g, cottage cheese 53 g, zucchini 68 g.
Dinner is planned at 19:00, after your ride at 17:00.
Your fitness is 0.9 and your fatigue 5.3.
Half past seven is when breakfast is planned.
Breakfast is at half past seven.
Lunch is at half past twelve.
The carbohydrate meal should be low in fiber and fat, 183 g of it in all before the race.
183 g of carbohydrate in the last meal and 25 g more shortly before the start.
So: 285 g carbohydrate, 98 g protein, 79 g fat, 2,240 kcal.
- Carbohydrate: 285 g\n- Protein: 98 g\n- Fat: 79 g
**Sunday 22 November**: 285 g of carbohydrate and 98 g of protein.
1. Breakfast: 63 g of carbohydrate.\n2. Lunch: 52 g of carbohydrate.\n3. Dinner: 71 g of carbohydrate.
Danas ti treba 240 g ugljenih hidrata i 98 g proteina.
Sutra, u nedelju, 22. novembra, treba ti 285 g ugljenih hidrata, 98 g proteina i 79 g masti.
Tvoj plan ti danas daje 121 g proteina, a cilj je 98 g.
Doručak sutra ima 63 g ugljenih hidrata i 32 g proteina.
Ručak sutra ima 52 g ugljenih hidrata, a večera 71 g.
Večera je sutra u 19:00: “Makarone sa sirom, baked macaroni with fresh cheese”.
U četvrtak ti treba 444 g ugljenih hidrata zbog dugog trčanja.
Tokom dugog trčanja uzmi 30 do 60 g ugljenih hidrata na sat.
Pre treninga pojedi 122 g ugljenih hidrata.
Popij 305 ml do 610 ml pre trčanja.
Posle trčanja uzmi 46 g ugljenih hidrata i 17 g proteina.
Pre trke uzmi 183 mg kofeina, samo ako si to probala.
Trka je 19. decembra u 09:00 i traje 110 min.
Tvoja telesna masa je 61 kg.
Za večeru sutra ti treba 86 g testenine i 68 g tikvica.
Kupi 1.328 g paradajza i 1.151 g krompira.
Lako: 285 g ugljenih hidrata sutra, 240 g danas.
Bez dugog trčanja to je 203 g ugljenih hidrata manje.
Doručak je u pola osam.
Treba ti 1.500 mg natrijuma i 2.684 ml vode sutra.
Banana od 118 g ima 27 g ugljenih hidrata.
Vožnja traje 60 minuta i počinje u 17:00.
You need 285 g of carbohydrate for tomorrow's ride.
For Thursday's long run, the day is set at 444 g of carbohydrate.
The evening before Thursday's long run you have “Egg fried rice with carrot and peas”.
Your ride tomorrow is short, so no extra carbohydrate is needed beyond the 285 g of the day.
I would keep breakfast as it is: 63 g of carbohydrate from bread and yogurt.
The target for Monday is 431 g of carbohydrate; that is your hardest day with 70 min of intervals.
Tomorrow you eat 285 g of carbohydrate, spread over 6 meals.
Protein stays at 98 g every day.
Your protein target does not change: 98 g on Saturday, Sunday and Monday.
Toast with kajmak gives you 563 kcal tomorrow morning.
You would get 27 g of carbohydrate from a 118 g banana.
The plan covers 2,234 kcal of the 2,240 kcal you need tomorrow.
Your lunch tomorrow has 425 kcal and 28 g of protein from 0.75 servings.
Sodium is fine: 2,671 mg planned against a need of 1,500 mg.
Eat 2,240 kcal tomorrow, of which 285 g are carbohydrate.
If you want to run on Thursday, 444 g of carbohydrate is the amount to plan for.
The morning of the race, 183 g of carbohydrate at breakfast, 3 h before the start.
Rest days like Wednesday need 240 g.
Tonight's dinner is at 19:00 and has 86 g of carbohydrate, 47 g of protein and 709 kcal.
Of the 285 g of carbohydrate, dinner covers 71 g.
From breakfast to dinner your plan adds up to 285 g of carbohydrate.
""".strip().splitlines()

LIES = r"""
Breakfast tomorrow has 63 g of carbohydrate, out of the 98 g of carbohydrate you need.
Breakfast tomorrow has 63 g of carbohydrate, out of the 71 g you need.
You need 285 g of protein tomorrow.
You need 448 g of protein.
Eat 98 g of fat today.
Fat: 240 g.
Protein 240 g, carbohydrate 98 g.
Your protein target tomorrow is 285 g.
Tomorrow you need 98 g of carbohydrate.
Today you need 444 g of carbohydrate.
On Friday you need 444 g of carbohydrate.
On Monday you need 285 g of carbohydrate.
On Sunday 22 November you need 431 g of carbohydrate.
Thursday asks for 240 g of carbohydrate and Friday for 444 g.
Lunch tomorrow has 71 g of carbohydrate.
Breakfast tomorrow gives you 52 g of carbohydrate.
You get 71 g of carbohydrate at lunch and 52 g at dinner.
Dinner tomorrow gives you 285 g of carbohydrate.
For dinner have 240 g of carbohydrate.
Eat 63 g of carbohydrate for dinner.
“Makarone sa sirom, baked macaroni with fresh cheese” has 285 g of carbohydrate.
“Makarone sa sirom, baked macaroni with fresh cheese” has 52 g of carbohydrate.
“Maple turkey with roast potatoes and green beans” has 71 g of carbohydrate.
“Maple turkey with roast potatoes and green beans” has 438 kcal.
Your day has 71 g of carbohydrate.
Your daily carbohydrate target is 63 g.
Take 240 g of rice.
Eat 285 g of pasta tonight.
Boil 444 g of potatoes.
Weigh out 86 g of rice.
Use 135 g of pasta.
Buy 1,328 g of potatoes.
Eat 98 g of salmon.
Have 240 g of gravel.
Have 98 g of creatine.
Eat 81 g of sugar.
Have 98 g of sugar before the run.
During the long run take 122 g of carbohydrate.
After the long run, have 79 g of carbohydrate.
Before the long run, take 46 g of carbohydrate.
Eat 444 g of carbohydrate before the run.
During your long run, drink 610 ml.
During the race take 183 g of carbohydrate.
Before the race eat 293 g of carbohydrate.
After the race, 183 g of carbohydrate.
Take 183 mg of sodium before the start.
You need 183 mg of iron.
Drink 2,684 ml of milk.
Your body mass is 46.5 kg.
Your fat-free mass is 61 kg.
Your fat mass is 61 kg.
You burn 2,240 kcal and eat 157 kcal.
Eat 157 kcal tomorrow.
You need twice your carbohydrate today.
Double your carbohydrate tonight.
Eat a third more than usual.
Have half as much again.
Eat half of it.
Take 10 % more carbohydrate.
Eat 35 % more.
Add 20 percent more fat.
Triple your water.
Eat three times your usual dinner.
That is a tenfold rise.
Halve the portion.
Eat two thirds of your dinner now.
Protein makes up 35 % of your energy today.
Carbohydrate makes up 35 % of your energy today.
Take x999 g of rice.
Take x98 g of protein.
Take l50 g of rice.
Take 9e2 g of carbohydrate.
Take 9×10² g of carbohydrate.
Take 2x98 g of protein.
Take IX g of salt.
Take CCXII grams of carbohydrate.
Take XL grams of protein.
Take V g of salt.
Take ccxii grams of carbohydrate.
Take 五百 g of rice.
Take 三 gels.
Take ٩٨ g of protein.
Take fivehundred grams of rice.
Take twohundredforty grams.
Eat ninetyeight g of protein.
Take lOO g of rice.
Take 24O g of carbohydrate.
You need 6. Grams of fat, that is.
You need 66. Grams of carbohydrate per hour, that is.
It takes 4. Hours of it.
You need 6.\nkcal, that is.
Take 6 MJ.
Take 6 mmol.
Take 6 IU.
Take 6 teaspoonfuls.
Take 6 grms.
Take 66 grms of carbohydrate.
Take 4 bidons.
Take four bidons.
Take six spoonfuls.
Have four gels.
Eat 6 eggs.
Eat three eggs.
Dinner is at half past nine.
Dinner is at quarter to six.
Start at ten past six.
Breakfast is at 12:30.
Lunch is at 19:00 tomorrow.
Lunch is at half past seven.
Breakfast is at eight o'clock.
Uzmi petnaestak grama proteina.
Uzmi pola kile pirinča.
Jedi dvostruko više ugljenih hidrata.
Uzmi duplo više.
Pojedi trećinu više.
Uzmi stotinak grama proteina.
Pojedi 98 g pirinča.
Treba ti 285 g proteina sutra.
Treba ti 98 g ugljenih hidrata.
Doručak sutra ima 71 g ugljenih hidrata.
U petak ti treba 444 g ugljenih hidrata.
Pojedi 444 g testenine.
Proteini: 240 g.
Uzmi četiri gela.
Doručak je u pola devet.
Popij 2.684 ml mleka.
Posle trčanja uzmi 79 g ugljenih hidrata.
Tokom dugog trčanja uzmi 122 g ugljenih hidrata.
Уноси 285 г протеина сутра.
That is 203 g of carbohydrate more.
Leaving it out means 841 kcal more to eat on Thursday.
You are in a deficit of 2,240 kcal.
That is a surplus of 157 kcal.
You eat 285 g below your target.
Your plan is 121 g above your target.
Eat 98 g more protein.
Eat 98 g less protein.
Your target today is 121 g of protein.
You need 121 g of protein today.
Your plan gives you 98 g of protein today.
A banana of 118 g holds 54 g of carbohydrate.
80 g of rolled oats hold 27 g of carbohydrate.
118 g of oats hold 27 g of carbohydrate.
You need 6 sessions this week.
You have 66 meals.
You have 4 foods on the list.
You have six meals today.
Your fitness is 5.3.
You are 66 years old.
“Easy ride” lasts 105 min.
“Easy ride” lasts 70 min.
“Swim 3x800” is 110 min long.
The half marathon lasts half an hour.
Take -98 g of protein.
Protein is 98 kcal.
240 kcal of carbohydrate.
Take 98 g of zinc.
Take 30 g of BCAA per hour.
Wednesday's target is 319 g of carbohydrate.
Carbohydrate: 285 g on Thursday.
Have 444 g of carbohydrate tomorrow.
Drink 305 ml of beer before the run.
Sodium: 2,684 mg.
Fiber 98 g.
Eat 98 g, all of it fat.
Have 285 g, and make it protein.
At breakfast tomorrow, 71 g of carbohydrate.
After dinner your plan has 2 bananas.
Your dinner holds 2,240 kcal.
Lunch holds 459 kcal tomorrow.
Run 10k at 285 g of carbohydrate per hour.
Take 5k a day.
Take B98 g of rice.
Have ⅔ of the dish.
Have ½ of it.
Take 98g98 of protein.
Take 98.g of rice 98x.
""".strip().splitlines()

MORE_HONEST = r"""
For tomorrow I would plan on 285 g of carbohydrate, because the ride is easy and only 60 min long.
Good question! Your carbs for tomorrow come to 285 g.
Aim for around 98 g of protein, spread over the day.
You are close: the plan has 240 g of carbohydrate and the target is 240 g.
Your biggest day is Thursday, with 444 g of carbohydrate and 2,920 kcal.
Thursday's long run (105 min) is why the carbohydrate goes up to 444 g.
Monday's intervals push the target to 431 g of carbohydrate and 2,820 kcal.
Your dinner tonight, “Grašak, pea stew with chicken and potatoes”, has 86 g of carbohydrate and 47 g of protein.
Tonight you eat at 19:00.
If you need a bit more, the snack at 16:00 today adds 30 g of carbohydrate and 24 g of protein.
Tomorrow's breakfast at 07:30 gives 63 g of carbohydrate, so you start the day well.
The pre-ride snack at 16:00 tomorrow has 25 g of carbohydrate and 108 kcal.
Rice cakes with jam an hour before the ride: 25 g of carbohydrate.
Start with 122 g of carbohydrate about 3 h before the long run.
Three hours before the run, eat 122 g of carbohydrate.
Then 30 g to 60 g per hour while you run.
Every hour of the run, take between 30 g and 60 g of carbohydrate.
Sip 700 ml over the 105 min.
Your recovery after the long run: 46 g of carbohydrate, 17 g of protein and 841 ml to 1,009 ml of fluid.
On race day, 60 g of carbohydrate per hour gives you 110 g in all.
For the Danube half marathon on 19 December I would take 183 mg of caffeine before the start.
It is a 21.1 km race that starts at 09:00.
The target rests on your 61 kg of body weight.
The calculation uses 61 kg, 168 cm and an age of 32.
You spend 2,080 kcal on a day without training.
The ride itself adds only 157 kcal.
Your energy target for tomorrow is 2,240 kcal, which is also what you spend.
Your fat target today is 81 g, and the plan gives you 72 g.
Fiber is a little short tomorrow: 30 g planned, 31 g wanted.
29 g of fiber is today's goal.
Sodium: at least 1,500 mg a day.
Today's plan brings 3,582 mg of sodium.
The lunch takes 35 min to cook, 18 min of that is work for you.
Lunch tomorrow needs 120 g of frozen green peas, 90 g of chicken thigh and 135 g of potatoes.
Per portion: Green peas, frozen 120 g; Potatoes 135 g; Carrots 45 g.
For the macaroni: 86 g of pasta, 53 g of cottage cheese, 68 g of zucchini.
Get 1,031 g of eggs and 793 g of milk this week.
On your list: tomatoes (1,328 g), potatoes (1,151 g) and carrots (803 g).
There are 66 foods on your list.
118 g of banana give you 27 g of carbohydrate.
Bananas have 422 mg of potassium in 118 g.
Rolled oats: 54 g of carbohydrate in 80 g.
Turkey, broccoli and carrot pan with rice would give you 50 g of carbohydrate and 38 g of protein for lunch tomorrow.
The frittata has 51 g of carbohydrate and takes 15 min.
If you leave out Thursday's run, you need 240 g of carbohydrate and 2,080 kcal that day.
That saves 841 kcal.
The difference is 203 g of carbohydrate.
Nothing changes in protein: 98 g with or without the run.
Your load is 40 TSS tomorrow and 105 TSS on Thursday.
Tuesday: swim of 50 min at 07:00, 319 g of carbohydrate.
Wednesday and Friday are rest days with 240 g of carbohydrate each.
From Monday to Thursday you need 431 g, 319 g, 240 g and 444 g of carbohydrate.
- Monday: 431 g of carbohydrate
- Tuesday: 319 g of carbohydrate
- Wednesday: 240 g of carbohydrate
| Sunday | 285 g of carbohydrate |
Your plan: 2,234 kcal, 285 g of carbohydrate, 113 g of protein, 74 g of fat.
I'd say two things matter most: carbohydrate (285 g) and sleep.
The first half of the run feels easy; take 60 g per hour later on.
You asked about tomorrow: 285 g.
Carbohydrate is at 285 g, protein at 98 g and fat at 79 g.
98 g protein, 285 g carbs, 79 g fat.
With 285 g of carbs and 98 g of protein you are set for tomorrow's ride.
Keep the 98 g of protein and let carbohydrate rise to 444 g on Thursday.
Za sutra planiraj 285 g ugljenih hidrata i 98 g proteina.
Tvoj cilj za četvrtak je 444 g ugljenih hidrata, jer imaš dugo trčanje od 105 min.
Večeras jedeš u 19:00: 86 g ugljenih hidrata i 47 g proteina.
Sutrašnji doručak ti daje 63 g ugljenih hidrata.
Užina u 10:30 ima 45 g ugljenih hidrata.
Na svaki sat trčanja uzmi 30 do 60 g ugljenih hidrata.
Posle trčanja popij 841 do 1.009 ml.
Poslednji obrok pre trke: 183 g ugljenih hidrata, 3 h pre starta.
Za ručak sutra: 120 g graška, 135 g krompira i 90 g piletine.
U ponedeljak ti treba 431 g, u utorak 319 g ugljenih hidrata.
Trošiš 2.236 kcal sutra.
Masti: 79 g. Vlakna: 31 g.
Tvoj plan za sutra ima 285 g ugljenih hidrata i 113 g proteina.
Na spisku je 66 namirnica.
Ujutru pojedi doručak u 07:30.
To je 203 g ugljenih hidrata manje nego sa trčanjem.
Sa 61 kg telesne mase to je 7,3 g/kg.
Sure! Tomorrow is a light day: 285 g of carbohydrate, 98 g of protein, 79 g of fat.
The short version: eat 285 g of carbohydrate tomorrow.
Two numbers to remember for Thursday: 444 g of carbohydrate and 98 g of protein.
Your ride takes an hour, so water and a normal breakfast (63 g of carbohydrate) will do.
Since dinner is at 19:00 and your ride ends before it, dinner works as your recovery meal.
It has 71 g of carbohydrate and 23 g of protein.
With breakfast (63 g), lunch (52 g) and dinner (71 g) you cover most of your carbohydrate.
I suggest 86 g of pasta for dinner tomorrow, exactly as in the recipe.
You planned 0.75 servings of the macaroni, which is 459 kcal.
For the race, eat 183 g of carbohydrate three hours before the start.
Then one top-up of 25 g shortly before the start.
From then on 60 g per hour, 110 g altogether.
Caffeine is optional; 183 mg is the dose that fits you.
Afterward 293 g of carbohydrate spread over four hours, and 18 g of protein within two hours.
Your half marathon is 21.1 km.
During the long run 79 g in total is right in the middle of 53 g to 105 g.
Your stomach will like 30 g per hour more than 60 g per hour.
Have 61 g of carbohydrate at the very least before the long run, better 122 g.
Today is a rest day, so 240 g of carbohydrate is enough.
Compared to today (240 g of carbohydrate), Monday (431 g) is a big day.
Fat takes what is left: 79 g tomorrow.
Tomorrow's fluid target of 2,684 ml includes the water in your food.
Of it, drink some during the ride.
The plan's sodium of 2,671 mg is above the 1,500 mg you need.
Your plan is 113 g of protein tomorrow; the target was 98 g.
Energy: 2,240 kcal needed, 2,234 kcal planned.
Snacks tomorrow: 45 g of carbohydrate at 10:30 and 30 g at 15:00.
Lunch is served at 12:30 both days.
Cook the stew for 35 min.
You have 105 min of running on Thursday morning.
The swim on Tuesday is 50 min, the intervals on Monday are 70 min.
A banana (118 g) has 27 g of carbohydrate, 0.4 g of fat and 3.1 g of fiber.
Per 80 g, oats have 54 g of carbohydrate.
“Turkey, broccoli and carrot pan with rice” would be 0.75 servings with 421 kcal.
If the run falls away, Thursday drops from 444 g to 240 g of carbohydrate.
Not running saves 841 kcal.
Sutra je lak dan: 285 g ugljenih hidrata, 98 g proteina i 79 g masti.
Za trku: 183 g ugljenih hidrata tri sata pre starta, pa 60 g na sat.
Doručak (63 g), ručak (52 g) i večera (71 g) nose većinu ugljenih hidrata.
Danas je dan odmora, pa je 240 g ugljenih hidrata dovoljno.
Plivanje u utorak traje 50 minuta.
Kuvanje traje 35 min, a tvoj rad 18 min.
Energija: treba ti 2.240 kcal, a plan ima 2.234 kcal.
Posle dugog trčanja: 46 g ugljenih hidrata, 17 g proteina i do 1.009 ml tečnosti.
U planu za sutra je 6 obroka.
Kafa pre trke: 183 mg kofeina.
""".strip().splitlines()

MORE_LIES = r"""
For tomorrow I would plan on 285 g of protein, because the ride is easy.
Good question! Your carbs for tomorrow come to 98 g.
Aim for around 79 g of protein.
Your biggest day is Monday, with 444 g of carbohydrate.
Thursday's long run is why the protein goes up to 444 g.
Your dinner tonight has 71 g of carbohydrate.
Your dinner tonight, “Grašak, pea stew with chicken and potatoes”, has 63 g of carbohydrate.
Tonight you eat at 07:30.
Tomorrow's breakfast at 19:00 gives 63 g of carbohydrate.
The snack gives 63 g of carbohydrate tomorrow.
Start with 79 g of carbohydrate about 3 h before the long run.
Take 122 g of carbohydrate on the bike.
Take 60 g of protein per hour while you run.
Every hour of the run, take 60 g of fat.
Sip 610 ml over the run itself.
Your recovery after the long run: 17 g of carbohydrate, 46 g of protein.
Take 60 g of caffeine before the start.
Take 183 g of caffeine.
The race is 60 km long.
It is a 105 km race.
The race starts at 19:00.
The target rests on your 46.5 kg of body weight.
You spend 2,240 kcal on the ride.
The ride burns 2,920 kcal.
Your fat target today is 72 g.
Your fiber target tomorrow is 98 g.
Sodium: at least 2,684 mg a day.
Today's plan brings 1,500 mg of fiber.
The lunch takes 105 min to cook.
The run takes 35 min.
Lunch tomorrow needs 120 g of potatoes and 135 g of peas.
Lunch tomorrow needs 86 g of pasta.
For the macaroni: 86 g of rice.
Get 1,031 g of butter.
On your list: butter (1,328 g).
There are 66 recipes for you.
There are 66 calories in it.
118 g of banana give you 54 g of carbohydrate.
Bananas have 290 mg of potassium in 118 g.
Rolled oats: 27 g of carbohydrate in 80 g.
The frittata has 438 g of carbohydrate.
If you leave out the run, you need 444 g of carbohydrate and 841 kcal that day.
You need 203 g of carbohydrate on Thursday.
You need 841 kcal on Thursday.
Your load is 105 TSS tomorrow.
Tuesday: 431 g of carbohydrate.
Wednesday and Friday are rest days with 444 g of carbohydrate each.
| Sunday | 444 g of carbohydrate |
Your plan: 2,234 kcal, 285 g of protein.
98 g carbs, 285 g protein.
285 g protein and 98 g carbs.
Carbohydrate is at 98 g, protein at 285 g.
Of your 285 g of protein, most comes from dinner.
Protein should be your focus: go for 240 g.
Protein, protein, protein! 285 g of protein.
Your protein, at 285 g, is perfect.
The protein target is easily met with 240 g a day.
Have sixty grams of protein per hour.
Take two hundred and forty grams of protein.
Take ninety-eight grams of carbohydrate today.
Eat about fifty percent more.
Have one and a half times your dinner.
Take 1.5x your dinner.
Take 1.5 times the carbohydrate.
Add half again.
Up your carbs by a quarter.
Cut your protein by half.
Eat four fifths of it.
Take ③ gels.
Take Ⅸ g of salt.
Take 98ₐ g of protein.
Take 2⁴ g of salt.
Take 2^4 g of salt.
Take O.98 g of salt.
Take 98 g-of-fat.
Take 98 gm of carbohydrate today.
Take 6 T of oil.
Take 6 cals of fat.
Take 66 Cal.
Take 4 Pfund of rice.
Take six tabs.
Take a dozen gels.
Take a couple of gels.
Take a hundred grams of rice.
Uzmi šezdesetak grama proteina na sat.
Uzmi sto grama proteina.
Uzmi duplu porciju.
Pojedi polovinu više.
Užina ima 63 g ugljenih hidrata.
Večeras jedeš u 07:30.
Trčanje traje 35 min.
Sutra ti treba 444 g ugljenih hidrata.
Za ručak: 135 g graška.
Trošiš 157 kcal sutra ukupno, a jedeš 157 kcal.
Masti: 98 g.
To je 203 g ugljenih hidrata više.
Pojedi 61 kg hrane.
Protein 98 mg.
Water: 285 ml.
Drink 2.7 l of coffee.
Vitamin C: 183 mg.
Take 1,500 mg of salt.
Take 1.5 g of magnesium.
Have 240 g of carbohydrate at lunch and 98 g of protein at dinner.
Dinner tomorrow: 98 g of protein.
Lunch holds 98 g of protein.
Breakfast brings 2,240 kcal.
For lunch you need 285 g of carbohydrate.
The short version: eat 285 g of fat tomorrow.
Two numbers to remember for Thursday: 98 g of carbohydrate and 444 g of protein.
Breakfast (71 g), lunch (63 g) and dinner (52 g) cover your carbohydrate tomorrow.
I suggest 86 g of oats for dinner tomorrow.
You planned 1.25 servings of “Makarone sa sirom, baked macaroni with fresh cheese”.
For the race, eat 293 g of carbohydrate three hours before the start.
Then one top-up of 110 g shortly before the start.
Caffeine is optional; 183 g is the dose that fits you.
During the long run 244 g in total is right.
Have 45.75 g of carbohydrate before the long run.
Today is a rest day, so 431 g of carbohydrate is enough.
Fat takes what is left: 285 g tomorrow.
Tomorrow's fluid target of 1,500 ml is easy.
Your plan is 98 g of protein tomorrow.
Snacks tomorrow: 71 g of carbohydrate at 10:30.
Lunch is served at 19:00.
Dinner starts at seven in the evening, breakfast at six.
Cook the stew for 105 min.
The swim on Tuesday is 70 min.
A banana (118 g) has 54 g of carbohydrate.
Oats have 27 g of carbohydrate per 80 g.
Not running costs you 841 kcal more.
Compared with your stew, the turkey dish has twice the protein.
Sutra je lak dan: 98 g ugljenih hidrata, 285 g proteina.
Doručak (71 g), ručak (63 g) i večera (52 g) nose većinu ugljenih hidrata.
Danas je dan odmora, pa je 444 g ugljenih hidrata dovoljno.
Plivanje u utorak traje 105 minuta.
Energija: treba ti 2.920 kcal sutra.
Posle dugog trčanja: 17 g ugljenih hidrata, 46 g proteina.
U planu za sutra je 66 obroka.
Kafa pre trke: 183 g kofeina.
Chicken gives you 98 g of protein.
Have chicken with 285 g of rice.
Two gels give you 60 g of carbohydrate per hour.
One gel every 20 min is 60 g per hour.
A bidon of 700 ml holds 79 g of sugar.
98 g of protein equals 3 eggs.
Take 240 g carbohydrates and 98 grams proteins for breakfast.
Take 285g of protein.
Take 285-g protein.
Take protein 285g.
Protein = 285 g.
Protein → 285 g.
285 g (protein).
285 g – protein.
Protein today: two hundred forty grams.
Proteins of 240 g are needed.
You should reach two hundred eighty five g of protein.
Your carbohydrate need is 98 g, your protein need 285 g.
""".strip().splitlines()

# What a true number is told of: lies, and honest sentences that look like them.
FRAMES = {
    "a dish is told the number of a day": (
        r"""
This dish has 285 g of carbohydrate.
This dish gives you 240 g of carbohydrate and 98 g of protein.
That meal brings 285 g of carbohydrate.
The meal tonight contains 98 g of protein.
A portion of it has 240 g of carbohydrate.
Each serving provides 2,240 kcal.
One plate of this is 285 g of carbohydrate.
You get 285 g of carbohydrate from this dish.
There are 240 g of carbohydrate in this meal.
Have 98 g of protein per serving.
So the recipe comes to 2,080 kcal.
Your meal tomorrow has 285 g of carbohydrate.
Ovo jelo ima 285 g ugljenih hidrata.
Porcija sadrži 240 g ugljenih hidrata.
Taj obrok ti donosi 98 g proteina.
U ovom obroku je 285 g ugljenih hidrata.
Jedna porcija daje 2.240 kcal.
The dish holds a total of 285 g of carbohydrate.
This bowl packs 285 g of carbohydrate.
Your next meal should have 285 g of carbohydrate.
Make a dish with 285 g of carbohydrate.
285 g of carbohydrate in a single meal is fine.
98 g of protein at every meal.
Po obroku 98 g proteina.
Obrok od 285 g ugljenih hidrata je dobar.
""",
        r"""
This dish has 71 g of carbohydrate.
This dish gives you 71 g of carbohydrate and 23 g of protein.
That meal brings 63 g of carbohydrate.
The meal tonight contains 47 g of protein.
A portion of it has 52 g of carbohydrate.
Each serving provides 438 kcal.
You get 63 g of carbohydrate from this dish.
There are 86 g of carbohydrate in this meal.
This dish has 71 g of carbohydrate, out of the 285 g you need tomorrow.
This meal has 63 g of carbohydrate, and your target is 285 g.
Each meal counts: you need 285 g of carbohydrate tomorrow.
Spread 98 g of protein over the day, with some in each meal.
The last meal before the race has 183 g of carbohydrate.
With this dish you stay within the 285 g of carbohydrate of the day.
Your meals bring 285 g of carbohydrate tomorrow.
Ovo jelo ima 71 g ugljenih hidrata.
Porcija sadrži 52 g ugljenih hidrata.
Taj obrok ti donosi 63 g ugljenih hidrata.
U ovom obroku je 86 g ugljenih hidrata.
Svaki obrok je važan: sutra ti treba 285 g ugljenih hidrata.
Your meal after the run should have 46 g of carbohydrate and 17 g of protein.
This dinner brings 71 g of carbohydrate to the 285 g of the day.
This meal alone covers 63 g of the 285 g of carbohydrate you need tomorrow.
Every meal adds to the 285 g of carbohydrate tomorrow.
The plan for tomorrow has six meals with 285 g of carbohydrate in all.
A meal with 122 g of carbohydrate three hours before the run is ideal.
Obrok pre trčanja treba da ima 122 g ugljenih hidrata.
""",
    ),
    "two measures disagree": (
        r"""
Your fiber is 285 g of carbohydrate.
Your protein is 285 g of carbohydrate.
Your fat target tomorrow is 285 g of carbohydrate.
Protein: 240 g of carbohydrate.
Your fiber intake of 98 g of protein is fine.
Sodium is 98 g of protein.
Your protein is 2,240 kcal.
Your carbohydrate target is 2,240 kcal.
Water stands at 285 g of carbohydrate.
Tvoja vlakna su 285 g ugljenih hidrata.
Protein je 285 g ugljenih hidrata.
Masti: 98 g proteina.
Cilj za vlakna je 31 g, a vlakna su 98 g proteina.
Your fiber, at 285 g of carbohydrate, is high.
Fiber: that is 285 g of carbohydrate.
""",
        r"""
Your carbohydrate is 285 g of carbohydrate in all.
Your fiber target tomorrow is 31 g, with 285 g of carbohydrate.
Your protein is 98 g and your carbohydrate 285 g.
Protein: 98 g, carbohydrate: 285 g.
Fiber: 31 g. Carbohydrate: 285 g.
Protein is what matters, and 285 g of carbohydrate is what fuels you.
Sodium is 1,500 mg, water 2,684 ml tomorrow.
Your energy target is 2,240 kcal, with 285 g of carbohydrate.
Protein is covered; the day needs 2,240 kcal.
Tvoja vlakna su 31 g, a ugljeni hidrati 285 g.
Protein je 98 g, masti 79 g.
Masti: 79 g. Proteini: 98 g.
Za vlakna je cilj 31 g, uz 285 g ugljenih hidrata.
Fat is 79 g, fiber 31 g and sodium 1,500 mg tomorrow.
Carbohydrate is your main fuel; 285 g tomorrow.
""",
    ),
    "a number is told of somebody else": (
        r"""
Luka needs 285 g of carbohydrate.
Luka needs 285 g of carbohydrate tomorrow, so cook for both.
Your coach needs 98 g of protein.
Your brother eats 240 g of carbohydrate today.
He needs 2,240 kcal tomorrow.
She should eat 98 g of protein.
For Marko, 285 g of carbohydrate is right.
Marko's carbohydrate target is 285 g.
The average athlete needs 285 g of carbohydrate.
Everyone needs 98 g of protein.
Cook 285 g of carbohydrate for your husband.
Today Jelena needs 240 g of carbohydrate.
Luki treba 285 g ugljenih hidrata.
Marku treba 98 g proteina sutra.
Tvom treneru treba 285 g ugljenih hidrata.
Njoj treba 98 g proteina.
Tvoja sestra jede 240 g ugljenih hidrata.
Za Luku je 285 g ugljenih hidrata.
Luka, who weighs 61 kg, needs 285 g of carbohydrate.
Luka and you need 285 g of carbohydrate.
A man of your size needs 285 g of carbohydrate.
As for Luka, 285 g of carbohydrate.
Luka jede 285 g ugljenih hidrata.
Tell Luka to eat 285 g of carbohydrate.
Your teammate needs 2,240 kcal.
""",
        r"""
You need 285 g of carbohydrate tomorrow.
If Luka cooks tomorrow, you need 285 g of carbohydrate all the same.
Your coach may like it: you need 98 g of protein.
Whatever your brother eats, your target is 240 g of carbohydrate today.
He may cook, and you need 2,240 kcal tomorrow.
Thursday needs 444 g of carbohydrate.
Recovery needs 46 g of carbohydrate after the long run.
Dinner has 86 g of carbohydrate today.
For Thursday, 444 g of carbohydrate is right.
Thursday's carbohydrate target is 444 g.
Tomorrow's target is 285 g of carbohydrate.
An athlete like you needs 98 g of protein, and your plan has it.
Tebi treba 285 g ugljenih hidrata sutra.
Sutra treba 285 g ugljenih hidrata.
Ako kuva tvoja sestra, tebi i dalje treba 240 g ugljenih hidrata.
Za četvrtak je cilj 444 g ugljenih hidrata.
Ručak sutra ima 52 g ugljenih hidrata.
Za večeru imaš 86 g ugljenih hidrata danas.
Most runners do well with 60 g of carbohydrate per hour.
For most runners 60 g of carbohydrate per hour is the upper end during a run.
For recovery, 17 g of protein after the long run.
You and your coach agreed: your target is 285 g of carbohydrate tomorrow.
Tell me if 285 g of carbohydrate is too much for you tomorrow.
Dinner needs 86 g of pasta tomorrow.
Monday needs 431 g of carbohydrate.
Četvrtak traži 444 g ugljenih hidrata.
""",
    ),
    "a day is of another kind": (
        r"""
On race day you need 240 g of carbohydrate.
Race day asks for 444 g of carbohydrate.
On the day of the race eat 2,240 kcal.
You need 285 g of carbohydrate on race day.
Eat 431 g of carbohydrate on a rest day.
Rest days need 285 g of carbohydrate.
On rest days you eat 2,240 kcal.
A rest day has 444 g of carbohydrate.
On a light day you need 444 g of carbohydrate.
On a hard day you need 285 g of carbohydrate.
On training days you need 240 g of carbohydrate.
On Thursday you need 240 g of carbohydrate.
Na dan trke treba ti 240 g ugljenih hidrata.
Na dan odmora treba ti 285 g ugljenih hidrata.
Danima odmora jedeš 444 g ugljenih hidrata.
Lakim danima treba ti 444 g ugljenih hidrata.
The day before the race you need 444 g of carbohydrate.
When you race, eat 240 g of carbohydrate that day.
Your rest day target is 285 g of carbohydrate.
""",
        r"""
On race day take 60 g of carbohydrate per hour.
For race day, 183 g of carbohydrate before the start.
Compared with a rest day, tomorrow's 285 g of carbohydrate is a step up.
Eat 240 g of carbohydrate on a rest day.
Rest days need 240 g of carbohydrate.
On rest days you eat 2,080 kcal.
Today is a rest day, so on Thursday you eat 444 g of carbohydrate.
On a light day like tomorrow you need 285 g of carbohydrate.
On a hard day you need 444 g of carbohydrate.
Unlike a rest day, Thursday asks for 444 g of carbohydrate.
Tomorrow is no rest day: 285 g of carbohydrate.
On a training day such as Thursday you need 444 g of carbohydrate.
If you skip the long run, Thursday is a rest day with 240 g of carbohydrate.
Na dan trke uzmi 60 g ugljenih hidrata na sat.
Na dan odmora treba ti 240 g ugljenih hidrata.
Lakim danima treba ti 285 g ugljenih hidrata.
Danas je dan odmora, a u četvrtak ti treba 444 g ugljenih hidrata.
On a day without training you need 240 g of carbohydrate.
Race day needs its own plan: 183 g of carbohydrate three hours before the start.
Your rest day target is 240 g of carbohydrate.
""",
    ),
    "a session is told of another day": (
        r"""
Your long run is tomorrow.
Tomorrow is your long run.
The long run is on Friday.
Your race is on Friday 27 November.
Your race is tomorrow.
The half marathon is on Thursday 26 November.
“Danube half marathon” is on Sunday.
Your swim is on Thursday at 07:00.
The intervals are tomorrow.
Today you have a long run.
You have your long run tomorrow.
Tomorrow's long run needs some carbohydrate.
Monday's swim is short.
Your easy ride on Tuesday is short.
The ride is planned for today.
Tomorrow is race day.
Today is a training day.
Friday brings your race.
You run today.
Tvoje dugo trčanje je sutra.
Sutra imaš dugo trčanje.
Trka je u petak.
U utorak imaš vožnju.
Danas treniraš.
Sutrašnje plivanje je kratko.
Plivanje je u sredu.
Long run tomorrow.
Tomorrow: long run.
The big race is coming up this Friday.
You are racing on Friday.
You'll run long tomorrow.
Tomorrow morning is your long run.
Tomorrow morning you have your long run.
The long run has been set for tomorrow.
There is a session today.
Race: Friday 27 November.
Sutra ujutru imaš dugo trčanje.
Sutra je samo plivanje.
The Danube half marathon takes place on Thursday.
Tvoje dugo trčanje počinje sutra.
""",
        r"""
Your long run is on Thursday.
Thursday is your long run.
The long run is on Thursday 26 November.
Your race is on Saturday 19 December.
Your race is in December.
The half marathon is on Saturday 19 December.
“Danube half marathon” is on Saturday.
Your swim is on Tuesday at 07:00.
The intervals are on Monday.
Tomorrow you have an easy ride.
You have your long run on Thursday.
Thursday's long run needs some carbohydrate.
Tuesday's swim is short.
Your easy ride tomorrow is short.
The ride is planned for tomorrow.
Saturday 19 December is race day.
Tomorrow is a training day.
If your long run is tomorrow instead, ask me again.
Would you like to move the long run to Friday?
You could run today.
A short run on Friday would do no harm.
Your long run is not tomorrow.
After your long run on Thursday, eat well.
The evening before Thursday's long run you have pasta.
Today is for rest, tomorrow you ride.
You run on Thursday.
Your run on Monday has intervals.
Tvoje dugo trčanje je u četvrtak.
U četvrtak imaš dugo trčanje.
Trka je 19. decembra.
Sutra imaš vožnju.
Sutra treniraš.
Plivanje je u utorak.
Ako sutra imaš dugo trčanje, javi mi.
This week: Sunday easy ride, Monday intervals, Tuesday swim, Thursday long run.
Thursday: long run at 09:00.
After the swim on Tuesday, Wednesday is quiet.
After the run: Friday is for rest.
You could also do the easy ride on Monday and the intervals on Tuesday.
I can propose moving the swim to Wednesday.
When you run on Thursday, take 60 g of carbohydrate per hour.
The race week begins later; for now 285 g of carbohydrate is your target tomorrow.
So you ride tomorrow and run on Thursday.
Sutra je samo lagana vožnja.
Danas odmaraš, sutra voziš, u ponedeljak su intervali.
Swim on Tuesday, rest on Wednesday, long run on Thursday.
The day after the intervals you swim at 07:00.
Your only session tomorrow is the easy ride.
Is your long run tomorrow?
U četvrtak trčiš 105 min.
""",
    ),
    "a session is told of another time": (
        r"""
The long run starts at 18:00.
Your long run is at 18:00.
The easy ride starts at 09:00.
Your swim begins at 17:00.
The intervals are at 07:00.
At 18:00 your swim starts.
“Easy ride” starts at 18:00.
The session tomorrow starts at 18:00.
Your race starts at 17:00.
Your session on Thursday is at 07:00.
The session tomorrow lasts 105 min.
Dugo trčanje počinje u 18:00.
Plivanje je u 17:00.
Trka počinje u 18:00.
Vožnja je u 09:00.
The long run kicks off at 18:00.
Be ready for your long run by 18:00.
Your long run is at six in the evening.
The 18:00 long run needs fuel.
""",
        r"""
The long run starts at 09:00.
Your long run is at 09:00.
The easy ride starts at 17:00.
Your swim begins at 07:00.
The intervals are at 18:00.
At 07:00 your swim starts.
“Easy ride” starts at 17:00.
The session tomorrow starts at 17:00.
Your race starts at 09:00.
Your session on Thursday is at 09:00.
The session tomorrow lasts 60 min.
Dinner is at 19:00 and your ride at 17:00 tomorrow.
Tomorrow you ride at 17:00 and have dinner at 19:00.
Dugo trčanje počinje u 09:00.
Plivanje je u 07:00.
Trka počinje u 09:00.
Vožnja je u 17:00.
On Tuesday you swim at 07:00, so eat breakfast afterwards.
Monday is the hardest of the next days: intervals at 18:00 and 431 g of carbohydrate.
Before Thursday's long run at 09:00, eat 122 g of carbohydrate.
""",
    ),
    "a day of training is told to be one of rest": (
        r"""
Tomorrow is a rest day.
Tomorrow is your rest day, so eat a little lighter.
Thursday is a rest day.
Your rest day is tomorrow.
There is no training tomorrow.
You have no session tomorrow.
You rest tomorrow.
On Monday you have no training.
Tomorrow is a day off.
Today is not a rest day.
Sutra je dan odmora.
Sutra nemaš trening.
U četvrtak je dan odmora.
Sutra odmaraš.
Tomorrow you don't train.
Tomorrow is off, so eat 285 g of carbohydrate.
No training tomorrow.
Rest day tomorrow.
Take it easy, tomorrow is completely off.
Nothing is planned tomorrow.
Sutra je slobodan dan.
Sutra nema treninga.
""",
        r"""
Today is a rest day.
Today is your rest day, so eat a little lighter.
Friday is a rest day.
Your rest day is today.
There is no training today.
You have no session today.
You rest today.
On Friday you have no training.
Today is a day off.
Tomorrow is not a rest day.
Without the long run, Thursday is a rest day.
The day after tomorrow is a rest day, or is it?
Danas je dan odmora.
Danas nemaš trening.
U petak je dan odmora.
Danas odmaraš.
You are resting today, and tomorrow there is an easy ride.
There is no training on Wednesday.
Wednesday is a rest day between your swim and your long run.
If you moved the ride, tomorrow is a rest day.
U sredu nema treninga.
Today is off, so 240 g of carbohydrate is enough.
Danas je slobodan dan.
""",
    ),
    "a limit is told as a value": (
        r"""
An energy availability of 30 kcal per kg of fat-free mass is what you have.
Your energy availability is 30 kcal per kg of fat-free mass.
Your energy availability tomorrow is 30 kcal/kg.
You have 30 kcal per kg of fat-free mass tomorrow.
Your energy availability is below 30 kcal per kg of fat-free mass.
Your energy availability stands at 42.4 kcal per kg.
Your energy availability is less than 42.4 kcal per kg.
You are at 30 kcal per kg of fat-free mass.
Your protein need is 73 g.
You need 122 g of protein tomorrow.
Tvoja energetska dostupnost je 30 kcal/kg.
Imaš 30 kcal/kg bezmasne mase.
Tvoja energetska dostupnost je ispod 30 kcal/kg.
With 30 kcal per kg you are fine.
At 30 kcal per kg of fat-free mass, you are healthy.
You reach 30 kcal per kg of fat-free mass.
""",
        r"""
An energy availability of 44.7 kcal per kg of fat-free mass is what you have.
Your energy availability is 44.7 kcal per kg of fat-free mass.
Your energy availability tomorrow is 44.7 kcal/kg, and below 30 kcal/kg it would be low.
The threshold is 30 kcal per kg of fat-free mass.
Your energy availability is above 30 kcal per kg of fat-free mass.
Below 42.4 kcal per kg it is worth a look.
An energy availability under 30 kcal per kg counts as low.
30 kcal per kg is the threshold below which it is low.
Your energy availability of 44.7 kcal per kg is well over the limit of 30 kcal per kg.
Anything from 73 g to 122 g of protein is in the range.
Tvoja energetska dostupnost je 44,7 kcal/kg.
Granica je 30 kcal/kg bezmasne mase.
Tvoja energetska dostupnost je iznad 30 kcal/kg.
Energy availability is 44.7 kcal per kg tomorrow; 30 kcal per kg is the level below which it is low.
With 44.7 kcal per kg of fat-free mass you are above 42.4 kcal per kg, where it would be worth a look.
It would count as low under 30 kcal per kg of fat-free mass.
Energy availability stays above 42.4 kcal per kg, so there is nothing to worry about.
""",
    ),
    "resting energy is told as a need": (
        r"""
1,480 kcal is enough for you.
1,485 kcal a day will do.
You need 1,480 kcal a day.
Eat 1,480 kcal tomorrow.
Your body is fine with 1,480 kcal.
Resting energy of 1,480 kcal is enough for you.
About 1,480 kcal is all you need.
You spend 2,080 kcal tomorrow.
157 kcal is enough.
Dovoljno ti je 1.480 kcal.
Treba ti 1.480 kcal dnevno.
1.480 kcal je dovoljno za tebe.
Sutra jedi 1.480 kcal.
1,480 kcal covers your day.
1,480 kcal is your target.
Stay at 1,480 kcal.
1,480 kcal should do.
At rest you need only eat 1,480 kcal.
""",
        r"""
2,240 kcal is enough for you tomorrow.
At rest your body uses about 1,480 kcal.
Your resting energy is 1,480 kcal a day.
1,480 kcal is what your body uses at rest.
Resting energy of 1,480 kcal is not enough for you.
You need 2,240 kcal tomorrow.
Eat 2,240 kcal tomorrow.
Without training you spend 2,080 kcal.
You spend 2,236 kcal tomorrow.
The ride adds 157 kcal.
Dovoljno ti je 2.240 kcal sutra.
U mirovanju trošiš 1.480 kcal.
Sutra jedi 2.240 kcal.
Your resting energy is about 1,480 kcal; with everyday living that makes 2,080 kcal.
The ride tomorrow costs about 157 kcal.
Your base is 2,080 kcal and the ride adds 157 kcal.
Today 2,080 kcal is enough for you.
2,240 kcal tomorrow will do.
""",
    ),
    "a total is told as what is left": (
        r"""
2,080 kcal left today.
You have 240 g of carbohydrate left today.
You have 98 g of protein remaining.
There are 240 g of carbohydrate left for today.
Remaining: 98 g of protein.
You can still eat 240 g of carbohydrate today.
That leaves you with 285 g of carbohydrate to go tomorrow.
Ostalo ti je 240 g ugljenih hidrata danas.
Preostaje ti 98 g proteina.
Možeš još da pojedeš 240 g ugljenih hidrata.
Only 98 g of protein to go.
You're left with 240 g of carbohydrate.
There's still 240 g of carbohydrate to eat.
240 g of carbohydrate are still open today.
""",
        r"""
2,080 kcal is your target today.
You have 240 g of carbohydrate in the plan today.
You have 98 g of protein planned for; the target is met.
There are 240 g of carbohydrate planned for today.
Protein: 98 g, fat takes what is left.
You can eat 240 g of carbohydrate today.
That leaves out salt, of which lunch has 1.1 g.
Fat takes what is left: 79 g tomorrow.
Danas ti treba 240 g ugljenih hidrata.
Cilj je 98 g proteina.
Možeš da pojedeš 240 g ugljenih hidrata danas.
Protein stays the same: you still need 98 g of it.
Tomorrow you need 285 g of carbohydrate, and nothing is left open.
98 g of protein remains your target.
Your protein remains at 98 g.
Protein ostaje na 98 g.
Danas ti ostaje isti cilj: 240 g ugljenih hidrata.
""",
    ),
}
