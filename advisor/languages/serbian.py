"""Serbian, in Latin letters: reads both alphabets, with and without diacritics, and writes the whole advisor.

`finishing` gives the finished answer the names of dishes, and Cyrillic letters where the question had them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from advisor.facts import Fact
from advisor.languages import (
    serbian_reading,
    serbian_reasons,
    serbian_sentences_cards,
    serbian_sentences_changes,
    serbian_sentences_food,
    serbian_sentences_more,
    serbian_sentences_talk,
    serbian_sentences_training,
)
from advisor.languages.serbian_text import agreed, agreeing
from planning.catalogue.names.serbian_foods import food_name

SENTENCES: dict[str, str] = {
    **serbian_sentences_food.SENTENCES,
    **serbian_sentences_training.SENTENCES,
    **serbian_sentences_talk.SENTENCES,
    **serbian_sentences_changes.SENTENCES,
    **serbian_sentences_cards.CARDS,
    **serbian_sentences_more.SENTENCES,
}
WEEKDAYS = ("ponedeljak", "utorak", "sreda", "četvrtak", "petak", "subota", "nedelja")
_ON_WEEKDAYS = ("ponedeljak", "utorak", "sredu", "četvrtak", "petak", "subotu", "nedelju")
MONTHS = (
    *("januar", "februar", "mart", "april", "maj", "jun", "jul"),
    *("avgust", "septembar", "oktobar", "novembar", "decembar"),
)
OF_MONTHS = (
    *("januara", "februara", "marta", "aprila", "maja", "juna", "jula"),
    *("avgusta", "septembra", "oktobra", "novembra", "decembra"),
)
NEAR = {0: "danas", 1: "sutra", -1: "juče"}
NOUNS = {
    "carbs_g": "ugljeni hidrati",
    "protein_g": "proteini",
    "fat_g": "masti",
    "fiber_g": "vlakna",
    "sodium_mg": "natrijum",
    "fluid_ml": "voda, računajući i hranu",
    "caffeine_mg": "kofein",
    "iron_mg": "gvožđe",
    "calcium_mg": "kalcijum",
    "potassium_mg": "kalijum",
    "magnesium_mg": "magnezijum",
    "zinc_mg": "cink",
    "selenium_ug": "selen",
    "vitamin_a_rae_ug": "vitamin A",
    "vitamin_b12_ug": "vitamin B12",
    "vitamin_b6_mg": "vitamin B6",
    "vitamin_c_mg": "vitamin C",
    "vitamin_d_ug": "vitamin D",
    "vitamin_e_mg": "vitamin E",
    "vitamin_k_ug": "vitamin K",
    "phosphorus_mg": "fosfor",
    "omega_3_mg": "EPA i DHA",
    "folate_ug": "folat",
    "energy_kcal": "energija",
}
_OF_NOUNS = {
    "carbs_g": "ugljenih hidrata",
    "protein_g": "proteina",
    "fat_g": "masti",
    "fiber_g": "vlakana",
    "sodium_mg": "natrijuma",
    "fluid_ml": "vode, računajući i hranu",
    "caffeine_mg": "kofeina",
    "iron_mg": "gvožđa",
    "calcium_mg": "kalcijuma",
    "potassium_mg": "kalijuma",
}
SLOTS = {
    "breakfast": "doručak",
    "lunch": "ručak",
    "dinner": "večera",
    "snack": "užina",
    "pre": "hrana pre treninga",
    "during": "hrana tokom treninga",
    "post": "hrana posle treninga",
}
WORDS = {
    "to_taste": "po ukusu",
    "steps_note": "Koraci su za sada samo na engleskom:",
    "no_training": "bez treninga",
    "session": "trening",
    "hard_day": "težak dan",
    "age_years": "godine",
    "height_cm": "visina",
    "weight_kg": "telesna masa",
    "diets": "način ishrane",
    "allergies": "alergije",
}
# In the nominative, word by word; the noun decides about the ending of what stands before it.
_EVENT_NOUNS = {
    **dict.fromkeys(("run", "runs", "running", "jog", "jogging"), ("trčanje", "o")),
    **dict.fromkeys(("ride", "rides", "bike ride", "cycle", "cycling", "bike", "biking", "spin"), ("vožnja", "a")),
    **dict.fromkeys(("swim", "swims", "swimming"), ("plivanje", "o")),
    **dict.fromkeys(("row", "rows", "rowing", "erg"), ("veslanje", "o")),
    **dict.fromkeys(("hike", "hikes", "hiking"), ("planinarenje", "o")),
    **dict.fromkeys(("walk", "walks", "walking"), ("šetnja", "a")),
    **dict.fromkeys(("ski", "skiing"), ("skijanje", "o")),
    **dict.fromkeys(("gym", "strength", "weights", "lifting"), ("trening snage", "")),
    **dict.fromkeys(("strength training", "gym session", "lifting session"), ("trening snage", "")),
    **{"yoga": ("joga", "a"), "pilates": ("pilates", ""), "tennis": ("tenis", ""), "climbing": ("penjanje", "o")},
    **dict.fromkeys(("soccer", "football"), ("fudbal", "")),
    **{"basketball": ("košarka", "a"), "volleyball": ("odbojka", "a"), "handball": ("rukomet", "")},
    **dict.fromkeys(("race", "races", "racing", "race day", "raceday"), ("trka", "a")),
    **{"marathon": ("maraton", ""), "half marathon": ("polumaraton", ""), "half-marathon": ("polumaraton", "")},
    **{"triathlon": ("triatlon", ""), "ironman": ("ajronmen", ""), "duathlon": ("duatlon", "")},
    **{"ultra": ("ultramaraton", ""), "competition": ("takmičenje", "o"), "time trial": ("hronometar", "")},
    **{"intervals": ("intervalni trening", ""), "interval session": ("intervalni trening", "")},
    **{"tempo": ("tempo trening", ""), "event": ("događaj", ""), "brick": ("brik trening", "")},
}
_EVENT_QUALIFIERS = {
    "long": ("dug", "duga", "dugo"),
    "easy": ("lak", "laka", "lako"),
    "recovery": ("regenerativni", "regenerativna", "regenerativno"),
    "hard": ("težak", "teška", "teško"),
    "tempo": ("tempo", "tempo", "tempo"),
    "interval": ("intervalni", "intervalna", "intervalno"),
    "threshold": ("tempo", "tempo", "tempo"),
    "steady": ("umeren", "umerena", "umereno"),
    "endurance": ("umeren", "umerena", "umereno"),
    "hill": ("brdski", "brdska", "brdsko"),
}
_PER = {"h": "na sat", "week": "nedeljno", "kg": "po kg", "min": "u minutu"}


class Serbian:
    """Ekavian, the athlete spoken to as a friend; sentences avoid forms that differ between men and women."""

    code = "sr"
    sentences: Mapping[str, str] | None = SENTENCES

    def to_english(self, text: str) -> str:
        return serbian_reading.to_english(text)

    def noun(self, key: str) -> str:
        return NOUNS.get(key, key.rsplit("_", 1)[0].replace("_", " "))

    def of(self, amount: str, key: str) -> str:
        return amount if key == "energy_kcal" else f"{amount} {_OF_NOUNS.get(key, self.noun(key))}"

    def slot(self, key: str) -> str:
        return SLOTS.get(key, key)

    def word(self, key: str) -> str:
        return WORDS[key]

    def called(self, words: str) -> str:
        first, _, rest = words.partition(" ")
        qualifier = _EVENT_QUALIFIERS.get(first.removesuffix("s")) if rest else None
        noun, gender = _EVENT_NOUNS.get(rest if qualifier else words, ("trening", ""))
        return noun if qualifier is None else f"{qualifier[('', 'a', 'o').index(gender)]} {noun}"

    def food(self, name: str) -> str:
        return food_name(name) or name

    def weekday(self, number: int) -> str:
        return WEEKDAYS[number]

    def day_text(self, day: date, *, today: date, near: bool = True) -> str:
        text = f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]}{_year(day, today)}"
        return _with_near(text, day, today) if near else text

    def on_day(self, day: date, *, today: date) -> str:
        text = f"u {_ON_WEEKDAYS[day.weekday()]}, {day.day}. {OF_MONTHS[day.month - 1]}{_year(day, today)}"
        return _with_near(text, day, today)

    def amount(self, value: float, unit: str) -> str:
        shown = unit.removesuffix("/d")
        if shown == "kcal/kg FFM":
            return f"{number_text(value, 'kcal/kg')} kcal po kg nemasne mase"
        if shown == "servings":
            return f"{number_text(value, shown)} {agreeing(value, 'porcija', 'porcije', 'porcija')}"
        if shown == "days":
            return f"{number_text(value, shown)} {agreeing(value, 'dan', 'dana', 'dana')}"
        base, _, per = shown.partition("/")
        if per in _PER and base != "kcal" and shown != "g/kg":
            return f"{number_text(value, shown)} {base} {_PER[per]}"
        return f"{number_text(value, shown)} {shown}".strip()

    def duration(self, minutes: float) -> str:
        whole = round(minutes)
        hours, rest = divmod(whole, 60)
        if not hours or (whole < 120 and rest):
            return f"{whole} min"
        return f"{hours} h" + (f" {rest} min" if rest else "")

    def join(self, parts: Sequence[str]) -> str:
        items = [part for part in parts if part]
        return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} i {items[-1]}"

    def agreed(self, text: str) -> str:
        return agreed(text)

    def told(self, fact: Fact) -> str | None:
        return serbian_reasons.told(fact)


def number_text(value: float, unit: str = "") -> str:
    """A number with decimal comma and thousands point, rounded as the English one: `1,5`, `2.460`."""
    if unit == "servings":
        return f"{value:g}".replace(".", ",")
    size = abs(value)
    places = 0 if size >= 100 or (size >= 10 and unit in ("g", "kcal", "ml", "mg", "min", "TSS", "")) else 1
    if unit in ("L/h", "l/h"):
        places = 2
    text = f"{round(value + 0.0, places):,.{places}f}".translate(str.maketrans(",.", ".,"))
    return text.removesuffix(",00").removesuffix(",0") if "," in text else text


def _year(day: date, today: date) -> str:
    return "" if day.year == today.year else f" {day.year}."


def _with_near(text: str, day: date, today: date) -> str:
    near = NEAR.get((day - today).days)
    return text if near is None else f"{near}, {text}"


LANGUAGE = Serbian()
