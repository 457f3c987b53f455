"""Plain words for foods, as profiles and lists keep them in English, in Serbian."""

from __future__ import annotations

from functools import lru_cache

WORDS = """
almonds = bademi; apple = jabuka; apples = jabuke; apricot = kajsija; arugula = rukola; asparagus = špargla
avocado = avokado; bacon = slanina; banana = banana; bananas = banane; bar = pločica; barley = ječam
beans = pasulj; beef = govedina; beer = pivo; beets = cvekla; blueberries = borovnice; bread = hleb
broccoli = brokoli; buckwheat = heljda; bulgur = bulgur; butter = puter; cabbage = kupus; carrot = šargarepa
carrots = šargarepa; cashews = indijski orah; cauliflower = karfiol; celery = celer; chard = blitva
cheese = sir; chicken = piletina; chicken breast = pileće belo meso; chickpeas = leblebije; chocolate = čokolada
cod = bakalar; coffee = kafa; cookies = keks; corn = kukuruz; cottage cheese = zrnasti sir; couscous = kuskus
cucumber = krastavac; dates = urme; egg = jaje; eggs = jaja; eggplant = patlidžan; feta = feta; figs = smokve
fish = riba; flour = brašno; garlic = beli luk; ginger = đumbir; grapes = grožđe; greek yogurt = grčki jogurt
green beans = boranija; ham = šunka; hazelnuts = lešnici; honey = med; jam = džem; juice = sok; kefir = kefir
kiwi = kivi; lamb = jagnjetina; leek = praziluk; lemon = limun; lentils = sočivo; lettuce = zelena salata
liver = džigerica; mackerel = skuša; mango = mango; meat = meso; melon = dinja; milk = mleko; millet = proso
mushrooms = pečurke; mussels = dagnje; mustard = senf; nuts = orašasti plodovi; oats = ovas; oil = ulje
olive oil = maslinovo ulje; olives = masline; onion = crni luk; orange = pomorandža; oranges = pomorandže
pasta = testenina; peach = breskva; peanut butter = kikiriki puter; peanuts = kikiriki; pear = kruška
peas = grašak; pepper = paprika; pickles = kiseli krastavci; pineapple = ananas; plum = šljiva
polenta = palenta; pork = svinjetina; potatoes = krompir; prunes = suve šljive; pumpkin = bundeva
quinoa = kinoa; radish = rotkvica; raisins = suvo grožđe; raspberries = maline; rice = pirinač
rolled oats = ovsene pahuljice; salad = salata; salmon = losos; sardines = sardine; sauerkraut = kiseli kupus
sausage = kobasica; seitan = sejtan; shellfish = morski plodovi; shrimp = škampi; soy = soja; spinach = spanać
squid = lignje; strawberries = jagode; sugar = šećer; sweet potato = batat; tea = čaj; tempeh = tempeh
tofu = tofu; tomato = paradajz; tomatoes = paradajz; trout = pastrmka; tuna = tunjevina; turkey = ćuretina
veal = teletina; walnuts = orasi; watermelon = lubenica; wine = vino; yogurt = jogurt; zucchini = tikvica
vegetarian = vegetarijanski; vegan = veganski
"""


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    pairs = (pair.partition(" = ") for line in WORDS.strip().splitlines() for pair in line.split("; "))
    return {english: serbian for english, _, serbian in pairs}


def food_word(english: str) -> str | None:
    """The Serbian word for a food's plain English one; None where none is known."""
    return _words().get(english.strip().casefold())
