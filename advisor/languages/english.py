"""English: the templates are the sentences, and the words are those of `advisor.words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from advisor.facts import Fact
from advisor.words import WEEKDAYS, amount, day_text, duration_text, join, near_text

SENTENCES: dict[str, str] | None = None

NOUNS = {
    "carbs_g": "carbohydrate",
    "protein_g": "protein",
    "fat_g": "fat",
    "fiber_g": "fiber",
    "sodium_mg": "sodium",
    "fluid_ml": "water, food included",
    "caffeine_mg": "caffeine",
    "iron_mg": "iron",
    "calcium_mg": "calcium",
    "potassium_mg": "potassium",
    "vitamin_a_rae_ug": "vitamin A",
    "vitamin_b6_mg": "vitamin B6",
    "vitamin_b12_ug": "vitamin B12",
    "vitamin_c_mg": "vitamin C",
    "vitamin_d_ug": "vitamin D",
    "vitamin_e_mg": "vitamin E",
    "vitamin_k_ug": "vitamin K",
    "omega_3_mg": "EPA and DHA",
    "energy_kcal": "energy",
}
SLOTS = {
    "breakfast": "breakfast",
    "lunch": "lunch",
    "dinner": "dinner",
    "snack": "snack",
    "pre": "food before the session",
    "during": "food during the session",
    "post": "food after the session",
}
WORDS = {
    "to_taste": "to taste",
    # Before the steps of a recipe, which are written in English.
    "steps_note": "",
    "no_training": "no training",
    "session": "session",
    "hard_day": "a hard day",
    "age_years": "age",
    "height_cm": "height",
    "weight_kg": "body mass",
    "diets": "diets",
    "allergies": "allergies",
}


class English:
    """The advisor's own language."""

    code = "en"
    sentences: Mapping[str, str] | None = SENTENCES

    def to_english(self, text: str) -> str:
        return text

    def noun(self, key: str) -> str:
        return NOUNS.get(key, key.rsplit("_", 1)[0].replace("_", " "))

    def of(self, amount: str, key: str) -> str:
        return amount if key == "energy_kcal" else f"{amount} of {self.noun(key)}"

    def slot(self, key: str) -> str:
        return SLOTS.get(key, key)

    def word(self, key: str) -> str:
        return WORDS[key]

    def called(self, words: str) -> str:
        return words

    def food(self, name: str) -> str:
        return name

    def weekday(self, number: int) -> str:
        return WEEKDAYS[number]

    def day_text(self, day: date, *, today: date, near: bool = True) -> str:
        return near_text(day, today=today) if near else day_text(day, today=today)

    def on_day(self, day: date, *, today: date) -> str:
        text = near_text(day, today=today)
        return text if "," in text else f"on {text}"

    def amount(self, value: float, unit: str) -> str:
        return amount(value, unit)

    def duration(self, minutes: float) -> str:
        return duration_text(minutes)

    def join(self, parts: Sequence[str]) -> str:
        return join(parts)

    def agreed(self, text: str) -> str:
        return text

    def told(self, fact: Fact) -> str | None:
        return None if fact.value is None else str(fact.value)


LANGUAGE = English()
