"""Serbian names of dishes, composed: what a dish comes with in the instrumental, after the beginning of its name."""

from __future__ import annotations

import re
from functools import lru_cache

from planning.catalogue.names.serbian_dishes import HEADS

WITH = """
Greek yogurt = grčkim jogurtom
a glass of yogurt = čašom jogurta
a little rice = malo pirinča
a pinch of salt = prstohvatom soli
ajvar = ajvarom
almond butter = bademovim puterom
almond drink = bademovim mlekom
almonds = bademima
apple = jabukom
apricot jam = džemom od kajsija
apricots = kajsijama
avocado = avokadom
banana = bananom
beans = pasuljem
beef = junetinom
beef bolognese = bolonjeze sosom od junetine
beetroot = cveklom
berries = bobicama
black beans = crnim pasuljem
blitva = blitvom
blitva in garlic oil = blitvom na belom luku
blueberries = borovnicama
boiled eggs = kuvanim jajima
boiled potatoes = kuvanim krompirom
bread = hlebom
broccoli = brokolijem
brown rice = integralnim pirinčem
cabbage salad = kupus salatom
cabbage slaw = salatom od kupusa
capers = kaprom
carrot = šargarepom
carrot sticks = štapićima šargarepe
carrots = šargarepama
cauliflower mash = pireom od karfiola
celeriac = korenom celera
cheddar = čedarom
cherries = trešnjama
chia = čijom
chia seeds = čia semenkama
chicken = piletinom
chicken stew = gulašom od piletine
chickpeas = leblebijama
chives = vlašcem
chopped salad = seckanom salatom
cinnamon = cimetom
cocoa = kakaom
coconut milk = kokosovim mlekom
cod = bakalarom
corn bread = projom
corn flakes = kukuruznim pahuljicama
corn tortillas = kukuruznim tortiljama
cottage cheese = zrnastim sirom
couscous = kuskusom
crushed chickpeas = gnječenim leblebijama
cucumber = krastavcem
cucumber salad = salatom od krastavca
cucumber soy yogurt = sojinim jogurtom sa krastavcem
cucumber yogurt = jogurtom sa krastavcem
cumin tofu = tofuom sa kimom
dairy-free mash = pireom bez mleka
dill = mirođijom
dill potatoes = krompirom sa mirođijom
edamame = edamameom
egg = jajetom
eggplant = patlidžanom
eggs = jajima
fava tofu = tofuom od boba
feta = fetom
firm tofu = čvrstim tofuom
flatbread = lepinjom
flaxseed = lanenim semenom
fresh cheese = mladim sirom
fried eggs = prženim jajima
garden salad = baštenskom salatom
garlic oil = uljem od belog luka
ginger = đumbirom
gluten-free bread = bezglutenskim hlebom
gluten-free couscous = bezglutenskim kuskusom
gluten-free oats = bezglutenskim ovsom
gluten-free pasta = bezglutenskom testeninom
gluten-free toast = bezglutenskim tostom
golden onions = zlatnim lukom
green beans = boranijom
green salad = zelenom salatom
ham = šunkom
hard cheese = tvrdim sirom
hazelnuts = lešnicima
hemp = konopljom
hemp seeds = semenkama konoplje
herbed fresh cheese = mladim sirom sa začinskim biljem
herbs = začinskim biljem
honey = medom
hummus = humusom
jam = džemom
kajmak = kajmakom
kefir = kefirom
kidney beans = crvenim pasuljem
kiwi = kivijem
lamb = jagnjetinom
lean ham = nemasnom šunkom
lemon = limunom
lemon chicken = piletinom sa limunom
lemon chickpeas = leblebijama sa limunom
lentil bolognese = bolonjeze sosom od sočiva
lentils = sočivom
light kajmak = laganim kajmakom
lime = limetom
lime rice = pirinčem sa limetom
maltodextrin = maltodekstrinom
mango = mangom
maple syrup = javorovim sirupom
maple tofu = tofuom sa javorovim sirupom
mash of oat drink = pireom na ovsenom mleku
mashed potato = krompir pireom
mashed potatoes = pireom od krompira
milk = mlekom
mixed berries = šumskim voćem
mozzarella = mocarelom
mushrooms = pečurkama
mussels = dagnjama
noodles = rezancima
nutritional yeast = nutritivnim kvascem
oat drink = ovsenim mlekom
oats = ovsom
olive oil = maslinovim uljem
olives = maslinama
orange = pomorandžom
oregano = origanom
oven potatoes = krompirom iz rerne
oven wedges = kriškama krompira iz rerne
pak choi = pak čojem
paprika = alevom paprikom
parsley = peršunom
parsley sauce = sosom od peršuna
pea drink = graškovim mlekom
pea mince = graškovim mesom
pea protein = graškovim proteinom
pea protein bolognese = bolonjeze sosom od graškovog proteina
pea protein mince = mesom od graškovog proteina
pea protein stew = gulašom od graškovog proteina
peanut butter = kikiriki puterom
peanuts = kikirikijem
peas = graškom
peas in lemon cream = graškom u sosu od limuna i pavlake
peas in lemon soy cream = graškom u sosu od limuna i sojine pavlake
pepper = paprikom
peppers = paprikama
pineapple = ananasom
pinđur = pinđurom
pita = pita hlebom
plums = šljivama
polenta = palentom
pork = svinjetinom
potato mash = pireom
potatoes = krompirom
prunes = suvim šljivama
puffed rice = pufericama od pirinča
pumpkin seed butter = puterom od semenki bundeve
pumpkin seed pesto = pestom od semenki bundeve
pumpkin seeds = semenkama bundeve
quinoa = kinoom
radish = rotkvicama
raisins = suvim grožđem
raspberries = malinama
red cabbage = crvenim kupusom
red lentil = crvenim sočivom
rice = pirinčem
rice cakes = pirinčanim galetama
rice drink = pirinčanim mlekom
rice noodles = pirinčanim rezancima
rice protein = pirinčanim proteinom
ricotta = rikotom
roast chicken = pečenom piletinom
roast potatoes = pečenim krompirom
roasted butternut = pečenom tikvom
roasted carrot = pečenom šargarepom
roasted vegetables = pečenim povrćem
rolled omelet = roladom od omleta
root vegetables = korenastim povrćem
rosemary potatoes = krompirom sa ruzmarinom
rye bread = raženim hlebom
rye toast = raženim tostom
salmon = lososom
salsa = salsom
salt = solju
scrambled eggs = mešanim jajima
scrambled tofu = mrvljenim tofuom
sea salt = morskom solju
seitan = sejtanom
sesame oil = susamovim uljem
shopska salad = šopskom salatom
shrimp = škampima
skyr = skirom
slaw = kupusom
small potatoes = malim krompirićima
smoked salmon = dimljenim lososom
smoked tofu = dimljenim tofuom
smoky pea mince = dimljenim graškovim mesom
smooth tomato sauce = sosom od pasiranog paradajza
soy cream = sojinom pavlakom
soy drink = sojinim mlekom
soy protein = sojinim proteinom
soy tzatziki = sojinim cacikijem
soy yogurt = sojinim jogurtom
spiced beef = začinjenom junetinom
spinach = spanaćem
stale bread = starim hlebom
strawberries = jagodama
strawberry jam = džemom od jagoda
sunflower seed butter = puterom od suncokreta
sunflower seeds = semenkama suncokreta
sweetcorn = kukuruzom
tahini = tahinijem
tamari = tamarijem
tempeh = tempehom
tempeh stew = gulašom od tempeha
toast = tostom
tofu = tofuom
tofu crumble = mrvicama tofua
tofu stew = gulašom od tofua
tomato = paradajzom
tomato salad = salatom od paradajza
tomato sauce = paradajz sosom
tuna = tunom
turkey = ćuretinom
turkey bolognese = bolonjeze sosom od ćuretine
tzatziki = cacikijem
veal = teletinom
vegetables = povrćem
village salad = seoskom salatom
walnut pesto = pestom od oraha
walnuts = orasima
wheat flour = pšeničnim brašnom
whey = surutkom
white bean dip = namazom od belog pasulja
white bean salad = salatom od belog pasulja
white beans = belim pasuljem
white cheese = belim sirom
yogurt = jogurtom
zucchini = tikvicama
đuveč rice = đuveč pirinčem
šopska vegetables = šopskim povrćem
"""
# Whole ends of a name that are no food in the instrumental.
ENDS = {
    "on gluten-free bread": "na bezglutenskom hlebu",
    "on gluten-free toast": "na bezglutenskom tostu",
    "on toast": "na tostu",
    "on white beans": "na belom pasulju",
    "without crust": "bez korice",
}
# Names that are not put together like the others.
WHOLE = {
    "Coconut water with maltodextrin, 500 ml bottle": "Kokosova voda sa maltodekstrinom, flašica od 500 ml",
    "Cod with blitva, chard and potatoes": "Bakalar sa blitvom i krompirom",
    "Mućkalica, pork with peppers and tomato, with rice": "Svinjska mućkalica sa paprikama i paradajzom, sa pirinčem",
    "Paprika chicken with white bean and garden salad": (
        "Piletina sa alevom paprikom, uz baštensku salatu i salatu od belog pasulja"
    ),
    "Paprika tofu with white bean and garden salad": (
        "Tofu sa alevom paprikom, uz baštensku salatu i salatu od belog pasulja"
    ),
    "Sea bass with blitva, chard and potatoes": "Brancin sa blitvom i krompirom",
    "Seitan goulash with potato and cauliflower mash": "Gulaš od sejtana sa pireom od krompira i karfiola",
}
_ENDS = re.compile(rf" ({'|'.join(map(re.escape, ENDS))})$")
_SEVERAL = re.compile(r", | and ")
_BETWEEN = {" sa ": " with ", ", ": ", ", " i ": " and "}
_LEAD = re.compile("|".join(_BETWEEN))


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    heads, parts = (
        {english: serbian for english, _, serbian in (line.partition(" = ") for line in table.strip().splitlines())}
        for table in (HEADS, WITH)
    )
    return heads, parts


@lru_cache(maxsize=2048)
def dish_name(english: str) -> str | None:
    """The Serbian name of a dish of the catalogue; None where its name cannot be composed."""
    if english in WHOLE:
        return WHOLE[english]
    heads, parts = _tables()
    end = _ENDS.search(english)
    name = english[: end.start()] if end else english
    head, *rest = name.split(" with ")
    told = [heads.get(head)]
    for things in rest:
        told.append(_with([parts.get(thing) for thing in _SEVERAL.split(things)]))
    if end:
        told.append(ENDS[end[1]])
    return None if None in told else " ".join(word for word in told if word)


def _with(things: list[str | None]) -> str | None:
    known = [thing for thing in things if thing]
    if len(known) < len(things):
        return None
    return "sa " + (known[0] if len(known) == 1 else f"{', '.join(known[:-1])} i {known[-1]}")


@lru_cache(maxsize=1)
def _backward() -> tuple[dict[str, str], re.Pattern[str], dict[str, str], re.Pattern[str]]:
    """What the Serbian beginnings and parts stand for, and how they are found: the longest first."""
    heads, parts = ({told.casefold(): name for name, told in table.items()} for table in _tables())
    longest = [sorted(table, key=len, reverse=True) for table in (heads, parts)]
    first, thing = (re.compile("|".join(map(re.escape, words))) for words in longest)
    return heads, first, parts, thing


def catalogue_name(serbian: str) -> str | None:
    """The catalogue's name, in lower case, of a dish by its Serbian name in Latin letters; None for no such dish."""
    text = serbian.casefold().strip()
    whole = next((english for english, told in WHOLE.items() if told.casefold() == text), None)
    if whole is not None:
        return whole.casefold()
    heads, first, parts, thing = _backward()
    end = next((english for english, told in ENDS.items() if text.endswith(f" {told}")), None)
    body = text.removesuffix(f" {ENDS[end]}") if end else text
    begun = first.match(body)
    while begun is not None and body[begun.end() : begun.end() + 4] not in ("", " sa "):
        shorter = [head for head in heads if body.startswith(head) and len(head) < begun.end()]
        begun = re.match(re.escape(max(shorter, key=len)), body) if shorter else None
    if begun is None:
        return None
    told, place = heads[begun.group()], begun.end()
    while place < len(body):
        lead = _LEAD.match(body, place)
        found = thing.match(body, lead.end()) if lead else None
        if lead is None or found is None:
            return None
        told, place = told + _BETWEEN[lead.group()] + parts[found.group()], found.end()
    return f"{told} {end}".casefold() if end else told.casefold()
