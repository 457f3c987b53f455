"""What the calculations say in English, in Serbian: reasons of targets, advice around sessions, refusals of foods.

A number in such a text, in figures or in words, would have to be a fact of its own: the Serbian words do without it.
"""

from __future__ import annotations

import re

from advisor.facts import Fact
from advisor.languages.serbian_text import agreeing

REASONS: dict[str, str] = {
    "Carbohydrate for the load of the day": "Ugljeni hidrati prema opterećenju dana",
    "Carbohydrate to fill your stores before the race": "Ugljeni hidrati da se zalihe napune pred trku",
    "Carbohydrate to be ready for tomorrow's match": "Ugljeni hidrati da sutra na utakmici bude dovoljno snage",
    "Carbohydrate for the load of the day, more from dinner on for tomorrow's session": (
        "Ugljeni hidrati prema opterećenju dana, od večere više zbog sutrašnjeg treninga"
    ),
    "Energy to eat, raised where the carbohydrate before your race needs it": (
        "Energija za unos, veća tamo gde to traže ugljeni hidrati pred trku"
    ),
    "What all sessions add": "Ono što dodaju svi treninzi",
    "What the whole day uses": "Ono što troši ceo dan",
    "Protein for keeping your weight": "Proteini uz održavanje težine",
    "Protein for losing weight": "Proteini uz mršavljenje",
    "Protein for gaining weight": "Proteini uz dobijanje na težini",
    "Energy to eat for keeping your weight, never below what is safe": (
        "Energija za unos uz održavanje težine, nikad ispod bezbednog"
    ),
    "Energy to eat for losing weight, never below what is safe": (
        "Energija za unos uz mršavljenje, nikad ispod bezbednog"
    ),
    "Energy to eat for gaining weight, never below what is safe": (
        "Energija za unos uz dobijanje na težini, nikad ispod bezbednog"
    ),
    "Fiber for this much energy": "Vlakna za toliko energije",
    "Water, the water in food included": "Voda, računajući i vodu iz hrane",
    "Sodium: what every day needs, and what long or sweaty sessions take": (
        "Natrijum: ono što treba svakog dana i ono što odnesu dugi ili znojni treninzi"
    ),
    "Fat takes the energy that protein and carbohydrate leave": (
        "Mastima pripada energija koju ostave proteini i ugljeni hidrati"
    ),
    "Energy left for your body after training, per kilogram of lean mass: a screening figure, no diagnosis": (
        "Energija koja telu ostaje posle treninga, po kilogramu nemasne mase: orijentaciona vrednost, a ne dijagnoza"
    ),
    "The same figure when you eat exactly what the day uses": "Ista vrednost kad se unese tačno koliko dan troši",
    # What helps with a nutrient.
    "A ferritin test tells whether you need more. Take iron only on a doctor's advice.": (
        "Analiza feritina kaže da li ti treba više. Gvožđe uzimaj samo po savetu lekara."
    ),
    "Food brings little vitamin D; the sun and a 25(OH)D blood test tell more.": (
        "Hrana donosi malo vitamina D; više govore sunce i analiza krvi na taj vitamin."
    ),
    "Dairy, fortified drinks, tofu set with calcium and green vegetables bring calcium.": (
        "Kalcijum donose mlečni proizvodi, obogaćeni napici, tofu sa kalcijumom i zeleno povrće."
    ),
    "Without animal food, vitamin B12 has to come from fortified food or a supplement.": (
        "Bez hrane životinjskog porekla vitamin B12 mora da dođe iz obogaćene hrane ili dodatka."
    ),
    # Around a session.
    "Carbohydrate meal, low in fiber and fat": "Obrok sa ugljenim hidratima, sa malo vlakana i masti",
    "Too early for a meal: eat well the evening before, and a small snack before the start": (
        "Prerano za obrok: jedi dobro veče ranije, a pred start samo malu užinu"
    ),
    "An ordinary meal is enough": "Dovoljan je običan obrok",
    "No carbohydrate needed": "Ugljeni hidrati nisu potrebni",
    "Every 20 minutes, with fluid": "Često i po malo, uz tečnost",
    "Eat normally; include protein within two hours": "Jedi normalno i ubrzo unesi proteine",
    "Refuel at once: the next session is less than eight hours away": "Nadoknadi odmah: sledeći trening je blizu",
    "No training-day carbohydrate on a ketogenic diet": "Uz ketogenu ishranu nema ugljenih hidrata oko treninga",
}
DAY_CLASSES = {
    "rest": "dan odmora",
    "light": "lak",
    "moderate": "umeren",
    "high": "težak",
    "very high": "veoma težak",
}
# In the nominative, as after "alergen" and a colon.
ALLERGENS = {
    "gluten": "gluten",
    "crustaceans": "rakovi",
    "eggs": "jaja",
    "fish": "riba",
    "peanuts": "kikiriki",
    "soy": "soja",
    "milk": "mleko",
    "tree nuts": "orašasti plodovi",
    "celery": "celer",
    "mustard": "senf",
    "sesame": "susam",
    "sulphites": "sulfiti",
    "lupin": "lupina",
    "molluscs": "mekušci",
    "wheat": "pšenica",
}
DIETS = {
    "vegetarian": "vegetarijanska",
    "vegan": "veganska",
    "pescatarian": "pesketarijanska",
    "gluten-free": "bez glutena",
    "dairy-free": "bez mlečnih proizvoda",
    "nut-free": "bez orašastih plodova",
    "halal": "halal",
    "kosher": "košer",
    "low-fodmap": "sa malo FODMAP-a",
    "keto": "ketogena",
}
# `6 carrots`, `400 g can`: what is counted is named before it already.
_PIECES = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?(?:[ \u00a0](?:g|kg|ml|l))?)[ \u00a0](?!(?:g|kg|ml|l)\b)(?P<word>[a-z]+)"
)
_REFUSALS = (
    (re.compile(r"contains (?P<allergen>.+)"), "sadrži alergen: {}"),
    (re.compile(r"may contain (?P<allergen>.+)"), "može da sadrži alergen: {}"),
    (re.compile(r"not known to be free of (?P<allergen>.+)"), "ne zna se da li je bez alergena: {}"),
)


def told(fact: Fact) -> str | None:
    """A text of our own code in Serbian; None where there is none."""
    if not isinstance(fact.value, str):
        return None
    text = fact.value
    if fact.kind == "allergen":
        return _refusal(text)
    if fact.kind == "target":
        return DAY_CLASSES.get(text)
    if fact.kind == "profile":
        return _listed(text)
    if fact.kind == "shopping":
        return _PIECES.sub(_piece, text)
    if fact.kind == "method":
        # Steps of a recipe are the catalogue's own words and hold numbers.
        return text
    if fact.kind in ("trace", "fueling"):
        return REASONS.get(text)
    return None


def _piece(match: re.Match[str]) -> str:
    number, word = match["number"], match["word"]
    if word in ("can", "cans"):
        return f"{number} (konzerva)"
    if word in ("head", "heads"):
        return f"{number} {agreeing(float(number.replace(',', '.')), 'glavica', 'glavice', 'glavica')}"
    return f"{number} kom"


def _refusal(text: str) -> str | None:
    for pattern, words in _REFUSALS:
        match = pattern.fullmatch(text)
        if match:
            allergen = ALLERGENS.get(match["allergen"])
            return None if allergen is None else words.format(allergen)
    diet = DIETS.get(text.removeprefix("not ").replace(" ", "-")) if text.startswith("not ") else None
    return None if diet is None else f"ne odgovara ishrani: {diet}"


def _listed(text: str) -> str | None:
    names = [DIETS.get(part) or ALLERGENS.get(part) for part in text.split(", ")]
    return ", ".join(name for name in names if name) if all(names) else None
