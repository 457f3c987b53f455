"""Sentences for the check of what is withheld: advice to have less, amounts, and honest ones beside them."""

from __future__ import annotations

ADVICE = """
You could lose a few kilos.
It would help to lose a little weight.
Losing some weight makes climbing easier.
You could drop weight before the race.
Try to drop a few pounds.
Shed some fat first.
Get lighter for the climb by dropping weight.
Burn some fat on the easy run.
Cut carbs in the evening.
Cut back on carbs.
Cut down on bread.
Cut your portions.
Reduce your portions a little.
Reduce your intake on rest days.
Limit your calories.
Watch your calories.
Count your calories.
Eat less.
Eat a bit less on rest days.
Eating less is fine on rest days.
Eat fewer carbs.
Have less pasta.
You should be eating much less.
Take half of the meal, that is less food.
Eat half as much as planned.
Fewer calories will do.
Less food in the evening is better.
Smaller portions would do.
Choose smaller portions.
Use a smaller plate for a smaller dinner and smaller plates.
Have a lighter dinner.
Half portions are enough.
Skip breakfast.
Skipping breakfast is fine.
You can skip the snack.
Skip your afternoon snack and dinner.
Leave out the snack.
Drop the evening snack.
Miss a meal now and then.
Go without breakfast.
Do without lunch.
Replace dinner with water.
Drink water instead.
Fast until noon.
Try to fast for a day.
Try a fast on Monday.
Intermittent fasting would work.
A fasted run burns fat.
Train on an empty stomach.
Do not eat after six.
Don't eat anything before noon.
Eat nothing until lunch.
No food after eight.
No carbs in the evening.
Stop eating at six.
A small deficit is fine.
Aim for a deficit.
A leaner body climbs faster.
Lean out before the season.
Get to race weight.
Slim down a bit.
Go on a diet for two weeks.
A low-carb week would help.
Try keto.
A detox week helps.
Stay a little hungry.
Ignore the hunger.
Make up for what you ate.
Earn your dinner.
No problem if you skip breakfast.
Why not skip breakfast?
Don't hesitate to skip dinner.
Do not worry, skip lunch.
You cannot change the race, but you can lose weight.
I can't tell you numbers, but eat less.
Weight loss is a fine goal for you.
Smršaj malo pre trke.
Možeš da smršaš do trke.
Malo mršavljenja bi pomoglo.
Skini par kila.
Skini koji kilogram.
Izgubi malo kilograma.
Jedi manje.
Jedi malo manje uveče.
Manje jedi u danima odmora.
Manje hrane uveče je bolje.
Manje porcije su dovoljne.
Uzmi manju porciju.
Smanji porcije.
Smanji unos u danima odmora.
Smanji ugljene hidrate.
Ograniči kalorije.
Broji kalorije.
Preskoči doručak.
Možeš da preskočiš užinu.
Preskakanje doručka je u redu.
Izbaci hleb.
Izbaci večeru.
Izbegavaj ugljene hidrate uveče.
Posti do podneva.
Probaj post do podneva.
Treniraj na prazan stomak.
Trči natašte.
Ne jedi posle šest.
Ne jedi ništa do podneva.
Bez večere dva dana.
Mali deficit je u redu.
Idi na dijetu.
Sagori malo masti.
Istopi salo.
Nema problema ako preskočiš doručak.
Смршај мало.
Прескочи доручак.
Једи мање.
Try smaller bowls and fewer snacks.
You'd climb better a kilo lighter.
Trim your intake until the race.
Consider giving up bread.
Keep dinner tiny.
A light week of eating would get you leaner.
Take it easy on the carbs.
Go easy on the pasta.
Hold back on food.
Ease off the food.
Try to weigh a bit less by May.
Dropping some mass would help your power to weight.
Slimming is possible.
Push breakfast until after noon.
Delay breakfast until two.
Let dinner go.
Swap dinner for a coffee.
You might want to trim down.
Bring your weight down.
Getting your weight down is possible.
Restrict food after six.
Preskočite večeru.
Smanjite porcije.
Mršavi polako.
Spusti težinu do trke.
Zameni večeru kafom.
Odloži doručak do podneva.
Ne doručkuj.
Nemoj da večeraš.
Nemoj večerati.
Don't have dinner.
Have only water tonight.
"""

AMOUNTS = """
You need two thousand calories.
That is about 2,460 a day in energy.
Your energy target is 2460.
Your energy is 2,460.
Calories: 2460.
Calories for the day are 2460.
You weigh 62.
Your weight is 62.
Your body weight is sixty two.
Weight: 62.
A kilo more is fine.
A few kilos more or less.
Several hundred calories are missing.
Some calories more.
A couple of pounds.
Half a kilo a week.
500 kcal
About 8 MJ or 2000 kcal.
62 kg
sixty kilos
Težina ti je 62.
Energija za danas je 2460.
Kalorije: 2460.
Par kilograma manje.
Koji kilogram manje.
Nekoliko kalorija više.
Dve hiljade kalorija.
"""

HONEST = """
Your dinner tonight is the pasta with tomato sauce.
Eat enough before the long run.
Do not skip breakfast before a hard session.
Don't skip meals on rest days.
Skipping breakfast is nothing I would advise.
Please do not eat less than you need.
There is no need to eat less.
This is not the time to lose weight.
I plan no weight loss for you.
I do not plan a deficit.
Avoid fasting around hard sessions.
Instead of skipping the snack, move it closer to the run.
Never train on an empty stomach when the session is hard.
A hard session without breakfast is a risk.
Eat less fiber before the race.
Take less salt with it if you like.
Eat a full dinner and a snack later.
For energy, eat the banana before the run.
Energy comes from carbohydrate: 60 g per hour is planned.
Your meals give you the energy for 2 sessions.
The energy of the day is left out here.
I leave out energy and weight here; the meals are what counts.
Your body needs food to recover.
Add a snack in the afternoon.
A bigger breakfast helps on long days.
Have the rice with beans after the ride.
Drink to thirst during the ride.
The fast run on Thursday is your hardest session.
After the fast intervals, eat within an hour.
Food that is fast to digest suits you before the start.
The pasta has 105 g of carbohydrate.
Drink 500 ml before the start.
Talk with a dietitian about how much you need.
Eating regularly protects your bones.
Your lunch on Friday is rice with beans.
If dinner is late, have a snack first.
The light dinner on Friday is soup with bread.
Regular meals are the base of training.
Take a rest day when you feel tired.
Your plan has four meals on Saturday.
Reduce the pace if you feel dizzy.
Cut the bread into slices.
Cut the chicken into pieces and fry it.
Drop the pasta into boiling water.
Limit the caffeine after lunch.
Lower the heat and stir.
Večera je pasta sa sosom.
Ne preskači doručak pred težak trening.
Nemoj da preskačeš obroke.
Ne planiram mršavljenje.
Nije vreme za mršavljenje.
Jedi dovoljno pre dugog treninga.
Umesto da preskočiš užinu, pomeri je bliže treningu.
Trening bez doručka je rizik.
Dodaj užinu posle podne.
Energiju i težinu ovde izostavljam; važni su obroci.
Za energiju pojedi bananu pre trčanja.
Tvoj plan ima 4 obroka u subotu.
Porazgovaraj sa nutricionistom o tome.
Isecite hleb na kriške.
Spusti temperaturu i mešaj.
Veći doručak pomaže u dugim danima.
Your plan has less fiber before the race.
The dinner on Friday is smaller because lunch is late.
A rest day asks for less.
Eat a bit more on Thursday.
The race is on Sunday, so keep meals simple.
Do not lower your intake now.
You should not try to lose weight.
Please don't restrict food.
Weight is nothing I talk about here.
Have dinner at seven and a snack before bed.
The soup is lighter on the stomach than beans.
I cannot help with weight loss; a dietitian can.
Porridge digests quickly and gives energy.
Take two slices of bread with it.
Ne preporučujem da preskačeš obroke.
Obrok pre treninga neka bude lak za varenje.
Večeraj u sedam.
Nemoj da smanjuješ porcije.
"""


def rows(text: str) -> list[str]:
    """The sentences of a block, one a line."""
    return [line for line in text.strip().splitlines() if line]
