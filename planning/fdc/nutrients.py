"""Which numbers of FoodData Central are which of our columns, and in which unit.

`nutrient_nbr` is the number that SR28 used too; the `id` beside it differs between releases. Where a release has the
same quantity under several numbers, the first that is stated counts. Source: nutrient.csv of FoodData Central and the
Foundation Foods documentation (USDA ARS): most Foundation foods state energy by Atwater factors only (958, 957).
"""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass, field

# column -> nutrient numbers, the preferred one first
NUMBERS: dict[str, tuple[str, ...]] = {
    "energy_kcal": ("208", "958", "957"),
    "protein_g": ("203",),
    "fat_g": ("204",),
    "carbs_g": ("205",),
    "fiber_g": ("291", "293"),
    "sugars_g": ("269", "269.3"),
    "saturated_fat_g": ("606",),
    "mufa_g": ("645",),
    "pufa_g": ("646",),
    "trans_fat_g": ("605",),
    "epa_g": ("629",),
    "dha_g": ("621",),
    "cholesterol_mg": ("601",),
    "sodium_mg": ("307",),
    "potassium_mg": ("306",),
    "calcium_mg": ("301",),
    "iron_mg": ("303",),
    "magnesium_mg": ("304",),
    "phosphorus_mg": ("305",),
    "zinc_mg": ("309",),
    "copper_mg": ("312",),
    "manganese_mg": ("315",),
    "selenium_ug": ("317",),
    "vitamin_a_rae_ug": ("320",),
    "vitamin_c_mg": ("401",),
    "vitamin_d_ug": ("328",),
    "vitamin_e_mg": ("323",),
    "vitamin_k_ug": ("430",),
    "thiamin_mg": ("404",),
    "riboflavin_mg": ("405",),
    "niacin_mg": ("406",),
    "pantothenic_mg": ("410",),
    "vitamin_b6_mg": ("415",),
    "folate_ug": ("417",),
    "folate_dfe_ug": ("435",),
    "vitamin_b12_ug": ("418",),
    "choline_mg": ("421",),
    "alcohol_g": ("221",),
    "caffeine_mg": ("262",),
    "water_g": ("255",),
    "ash_g": ("207",),
}
SLOTS = {number: slot for slot, number in enumerate(number for numbers in NUMBERS.values() for number in numbers)}
COLUMNS = {number: column for column, numbers in NUMBERS.items() for number in numbers}
MACROS = ("protein_g", "fat_g", "carbs_g")
# What belongs together: a new value beside an old one of these would contradict it.
PROXIMATES = ("energy_kcal", *MACROS, "fiber_g", "sugars_g", "alcohol_g", "water_g", "ash_g")

GRAMS = {"g": 1.0, "mg": 1e-3, "ug": 1e-6}
UNIT_WORDS = {
    **{"g": "g", "mg": "mg", "ug": "ug", "mcg": "ug", "\u00b5g": "ug", "\u03bcg": "ug"},
    **{"kcal": "kcal", "kj": "kj"},
}
KJ_PER_KCAL = 4.184
# By difference, carbohydrate can come out a little under zero; more than this is a mistake.
SMALLEST_CARBS_G = -5.0
MOST_KCAL = 950.0
MOST_GRAMS = 105.0
PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)


@dataclass
class Findings:
    """What a reader noticed; counts, and up to ten examples of each kind as `fdc_id number`."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, example: str = "") -> None:
        """Counts one finding of a kind."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        shown = self.examples.setdefault(kind, [])
        if example and len(shown) < 10:
            shown.append(example)


def unit_factor(number: str, unit_name: str) -> float | None:
    """What an amount in this unit is multiplied by for our column; None when the unit says something else."""
    wanted = COLUMNS[number].rsplit("_", 1)[1]
    stated = UNIT_WORDS.get(unit_name.strip().lower(), "")
    if stated in GRAMS and wanted in GRAMS:
        return GRAMS[stated] / GRAMS[wanted]
    if wanted == "kcal" and stated in ("kcal", "kj"):
        return 1.0 if stated == "kcal" else 1 / KJ_PER_KCAL
    return None


def read_number(text: object) -> float | None:
    """A finite number from a cell or a JSON value; None for what is blank. Raises ValueError for anything else."""
    if text is None or text == "":
        return None
    if isinstance(text, bool) or not isinstance(text, int | float | str):
        raise ValueError("not a number")
    if isinstance(text, str):
        text = text.strip()
        if not text:
            return None
        if not PLAIN_NUMBER.fullmatch(text):
            raise ValueError("not a number")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


class Amounts:
    """The stated amounts of one food, per 100 g in our units: 8 bytes for each number, known or not."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values = array("d", [math.nan]) * len(SLOTS)

    def add(self, number: str, amount: object, factor: float | None, *, fdc_id: str, findings: Findings) -> None:
        """Takes in one value of the release, or counts why not: blank is unknown, the first of two counts."""
        try:
            value = read_number(amount)
        except (ValueError, OverflowError):
            findings.note("unreadable_values", f"{fdc_id} {number}")
            return
        if value is None:
            return
        if factor is None:
            findings.note("values_in_other_units", f"{fdc_id} {number}")
            return
        if not math.isnan(self._values[SLOTS[number]]):
            findings.note("duplicate_values", f"{fdc_id} {number}")
            return
        value *= factor
        if number == "205" and SMALLEST_CARBS_G <= value < 0:
            findings.note("carbs_clamped_to_zero", fdc_id)
            value = 0.0
        if not self._is_possible(number, value):
            findings.note("impossible_values", f"{fdc_id} {number}")
            return
        self._values[SLOTS[number]] = value

    @staticmethod
    def _is_possible(number: str, value: float) -> bool:
        unit = COLUMNS[number].rsplit("_", 1)[1]
        return 0 <= value <= (MOST_KCAL if unit == "kcal" else MOST_GRAMS / GRAMS[unit])

    def by_column(self, *, fdc_id: str, findings: Findings) -> dict[str, float]:
        """The known amounts by our column names, the preferred number of each."""
        found = {}
        for column, numbers in NUMBERS.items():
            for number in numbers:
                value = self._values[SLOTS[number]]
                if not math.isnan(value):
                    found[column] = round(value, 6)
                    break
        if self._is_too_much(found):
            findings.note("impossible_values", f"{fdc_id} 208")
            del found["energy_kcal"]
        return found

    @staticmethod
    def _is_too_much(found: dict[str, float]) -> bool:
        """Energy far above what the parts can hold is kilojoules called kilocalories (factors: Atwater, 4-9-4-7)."""
        if "energy_kcal" not in found or any(name not in found for name in MACROS):
            return False
        held = 4 * found["protein_g"] + 9 * found["fat_g"] + 4 * found["carbs_g"] + 7 * found.get("alcohol_g", 0.0)
        return found["energy_kcal"] > 2 * held + 50


def is_complete(nutrients: dict[str, float]) -> bool:
    """Whether protein, fat and carbohydrate are known and fit into 100 g."""
    return all(name in nutrients for name in MACROS) and sum(nutrients[name] for name in MACROS) <= MOST_GRAMS
