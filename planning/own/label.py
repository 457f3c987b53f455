"""From a printed nutrition label to nutrients per 100 g. Pure; what the label does not say stays unknown.

Carbohydrate here is by difference and includes fiber, as in the reference table. Labels in the European Union print it
without fiber (Regulation (EU) 1169/2011, Annex I), so fiber is added, and without a stated fiber it stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop

KJ_PER_KCAL = 4.184
# Sodium is 39.34 % of table salt; the regulation has salt = sodium × 2.5.
SODIUM_MG_PER_SALT_G = 400.0
# Regulation (EU) 1169/2011, Annex XIV: energy from each gram.
KCAL_PER_G = {"protein_g": 4.0, "fat_g": 9.0, "carbs": 4.0, "fiber_g": 2.0, "alcohol_g": 7.0}
ENERGY_TOLERANCE = 0.20
# Rounding on a label of a food with little energy is no mistake.
ENERGY_SLACK_KCAL = 12.0
MASS_SLACK_G = 3.0

BASES = ("100g", "100ml", "serving")
GRAM_FIELDS = ("protein_g", "carbs_g", "fat_g", "fiber_g", "sugars_g", "saturated_fat_g", "alcohol_g")
# Per 100 g, the most that any food holds.
LIMITS: dict[str, float] = {
    **dict.fromkeys(GRAM_FIELDS, 100.0),
    "energy_kcal": 910.0,
    "energy_kj": 3810.0,
    "salt_g": 100.0,
    "sodium_mg": 39_500.0,
    "caffeine_mg": 10_000.0,
    "calcium_mg": 40_000.0,
    "iron_mg": 2_000.0,
    "potassium_mg": 60_000.0,
    "magnesium_mg": 60_000.0,
    "zinc_mg": 2_000.0,
    "vitamin_c_mg": 100_000.0,
    "vitamin_d_ug": 5_000.0,
    "vitamin_b12_ug": 5_000.0,
}
FIELDS = tuple(LIMITS)
WORDS = {
    "energy_kcal": gettext_noop("energy"),
    "energy_kj": gettext_noop("energy"),
    "protein_g": gettext_noop("protein"),
    "carbs_g": gettext_noop("carbohydrate"),
    "fat_g": gettext_noop("fat"),
    "fiber_g": gettext_noop("fiber"),
    "sugars_g": gettext_noop("sugars"),
    "saturated_fat_g": gettext_noop("saturated fat"),
    "alcohol_g": gettext_noop("alcohol"),
    "salt_g": gettext_noop("salt"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a label gives: nutrients per 100 g, what is wrong with it by field, and whether the energy is doubtful.

    `expected_kcal` is what the nutrients would give, None while one of them is unknown.
    """

    nutrients: dict[str, float] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    doubtful_energy: bool = False
    expected_kcal: float | None = None


def read_label(values: Mapping[str, Any], *, density_g_per_ml: float | None) -> Label:
    """Nutrients per 100 g from `basis` (100g, 100ml, serving), `serving_grams`, `carbs_include_fiber` and FIELDS.

    Fields that are absent or None are unknown. Every error is told at once; nutrients are empty then.
    """
    errors: dict[str, str] = {}
    factor = _factor(values, density_g_per_ml, errors)
    per_100 = {}
    for name in FIELDS:
        amount = values.get(name)
        if amount is None:
            continue
        if amount < 0:
            errors[name] = gettext("Must not be less than 0.")
        elif amount * factor > LIMITS[name] * 1.005:
            errors[name] = gettext("At most %(most)s per 100 g; this is %(amount)s.") % {
                "most": f"{LIMITS[name]:g}",
                "amount": f"{amount * factor:.4g}",
            }
        else:
            per_100[name] = amount * factor
    _one_energy(per_100, errors)
    _one_salt(per_100, errors)
    include_fiber = values.get("carbs_include_fiber")
    if per_100.get("carbs_g") is not None and include_fiber is None:
        errors["carbs_include_fiber"] = gettext(
            "Does the carbohydrate on the label include fiber? In Europe it does not."
        )
    if not errors:
        _carbs_by_difference(per_100, include_fiber=bool(include_fiber))
        _check_parts(per_100, errors)
    if errors:
        return Label(errors=errors)
    expected = expected_energy(per_100)
    doubtful = expected is not None and _is_doubtful(per_100.get("energy_kcal"), per_100, expected)
    return Label({name: round(amount, 4) for name, amount in per_100.items()}, {}, doubtful, expected)


def expected_energy(per_100: Mapping[str, float]) -> float | None:
    """kcal per 100 g that follow from protein, fat, carbohydrate (with fiber) and alcohol; None if one is unknown."""
    if any(name not in per_100 for name in ("protein_g", "fat_g", "carbs_g")):
        return None
    fiber = per_100.get("fiber_g", 0.0)
    return round(
        KCAL_PER_G["protein_g"] * per_100["protein_g"]
        + KCAL_PER_G["fat_g"] * per_100["fat_g"]
        + KCAL_PER_G["carbs"] * max(0.0, per_100["carbs_g"] - fiber)
        + KCAL_PER_G["fiber_g"] * fiber
        + KCAL_PER_G["alcohol_g"] * per_100.get("alcohol_g", 0.0),
        1,
    )


def _is_doubtful(energy: float | None, per_100: Mapping[str, float], expected: float) -> bool:
    if energy is None:
        return False
    # Labels elsewhere count fiber like other carbohydrate; either reading of the same food is right.
    other = expected + 2 * per_100.get("fiber_g", 0.0)
    allowed = max(ENERGY_TOLERANCE * max(energy, expected), ENERGY_SLACK_KCAL)
    return not (expected - allowed <= energy <= other + allowed)


def _factor(values: Mapping[str, Any], density: float | None, errors: dict[str, str]) -> float:
    basis = values.get("basis") or "100g"
    grams = values.get("serving_grams")
    # Also beside values per 100 g: it becomes a measure by which the food is weighed.
    if (grams is None and basis == "serving") or (grams is not None and not 0.1 <= grams <= 5000):
        errors["serving_grams"] = gettext("Give the grams of one serving, from 0.1 to 5000.")
        return 1.0
    if grams is not None and basis == "serving":
        return float(100 / grams)
    if basis == "100ml":
        if not density:
            errors["density_g_per_ml"] = gettext("Values per 100 ml need the density: grams of 1 ml, 1.03 for milk.")
            return 1.0
        return 1 / density
    if basis != "100g":
        errors["basis"] = gettext("Must be one of %(names)s.") % {"names": ", ".join(BASES)}
    return 1.0


def _one_energy(per_100: dict[str, float], errors: dict[str, str]) -> None:
    kilojoules = per_100.pop("energy_kj", None)
    if kilojoules is None:
        return
    kcal = kilojoules / KJ_PER_KCAL
    stated = per_100.setdefault("energy_kcal", kcal)
    if abs(stated - kcal) > max(0.1 * stated, 3.0):
        errors["energy_kj"] = gettext("%(kilojoules)s kJ are %(kcal)s kcal, not %(stated)s. Which is right?") % {
            "kilojoules": f"{kilojoules:.0f}",
            "kcal": f"{kcal:.0f}",
            "stated": f"{stated:.0f}",
        }


def _one_salt(per_100: dict[str, float], errors: dict[str, str]) -> None:
    salt = per_100.pop("salt_g", None)
    if salt is None:
        return
    sodium = salt * SODIUM_MG_PER_SALT_G
    stated = per_100.setdefault("sodium_mg", sodium)
    if abs(stated - sodium) > max(0.15 * stated, 10.0):
        errors["salt_g"] = gettext("%(salt)s g salt are %(sodium)s mg sodium, not %(stated)s. Which is right?") % {
            "salt": f"{salt:.2g}",
            "sodium": f"{sodium:.0f}",
            "stated": f"{stated:.0f}",
        }


def _carbs_by_difference(per_100: dict[str, float], *, include_fiber: bool) -> None:
    if include_fiber or "carbs_g" not in per_100:
        return
    if "fiber_g" in per_100:
        per_100["carbs_g"] += per_100["fiber_g"]
    else:
        per_100["carbs_available_g"] = per_100.pop("carbs_g")


def _check_parts(per_100: Mapping[str, float], errors: dict[str, str]) -> None:
    carbs = per_100.get("carbs_g", per_100.get("carbs_available_g", 0.0))
    total = sum(per_100.get(name, 0.0) for name in ("protein_g", "fat_g", "alcohol_g")) + carbs
    total += per_100.get("sodium_mg", 0.0) / 1000
    if total > 100 + MASS_SLACK_G:
        errors["carbs_g"] = gettext(
            "Protein, fat, carbohydrate, fiber and salt weigh %(total)s g in 100 g of food."
        ) % {"total": f"{total:.0f}"}
    for part, whole in (("sugars_g", "carbs_g"), ("fiber_g", "carbs_g"), ("saturated_fat_g", "fat_g")):
        if part in per_100 and whole in per_100 and per_100[part] > per_100[whole] + 0.6:
            errors[part] = gettext("There cannot be more %(part)s than %(whole)s.") % {
                "part": gettext(WORDS[part]),
                "whole": gettext(WORDS[whole]),
            }
