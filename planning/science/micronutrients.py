"""Reference intakes of a few micronutrients and fiber, and a weekly look at what a plan brings.

Source: US/Canada Dietary Reference Intakes (fiber and upper limits from general knowledge).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from planning.science.constants import bounds, number, numbers
from planning.science.types import Profile, Sex

NUTRIENTS = ("iron_mg", "calcium_mg", "vitamin_d_ug", "vitamin_b12_ug", "sodium_mg", "fiber_g")

_PLANT_DIETS = frozenset({"vegan", "vegetarian"})
# What is not named is a recommended dietary allowance (RDA).
KINDS = {"sodium_mg": "AI", "fiber_g": "AI"}
UNITS = {name: "µg" if name.endswith("_ug") else name.rpartition("_")[2] for name in NUTRIENTS}
_AGE_GROUPS = ("14-18", "19-50", "51-70", "71+")


@dataclass(frozen=True, slots=True)
class ReferenceIntakes:
    """Daily references by nutrient and upper limits; `extrapolated` when the table has no row for this person.

    `row` names the row of the constants table, of the first sex where both were averaged.
    """

    per_day: Mapping[str, float]
    upper: Mapping[str, float]
    extrapolated: bool
    row: str


@dataclass(frozen=True, slots=True)
class NutrientAssessment:
    """Mean of the known days against the reference. `status`: `ok`, `below_reference`, `above_upper` or `unknown`."""

    nutrient: str
    mean: float | None
    reference: float
    share: float | None
    known_days: int
    status: str


def reference_intakes(profile: Profile) -> ReferenceIntakes:
    """Return the daily references of a person; unknown sex takes the mean of both. Needs a known or filled age.

    Vegetarians and vegans get 1.8 times the iron. Children below 14 and pregnancies outside 19 to 50 years use the
    nearest row and are marked extrapolated.
    """
    if profile.age_years is None:
        raise ValueError("profile.age_years must be filled")
    age = profile.age_years

    group = _AGE_GROUPS[sum(age >= edge for edge in numbers("dri.age_edges"))]

    values: tuple[float, ...]
    if profile.pregnant or profile.lactating:
        name = f"dri.{'pregnant' if profile.pregnant else 'lactating'}.19-50"
        values = numbers(name)
        first, below = bounds("dri.childbearing_ages")
        extrapolated = not first <= age < below
    else:
        sexes: tuple[Sex, ...] = ("M", "F") if profile.sex is None else (profile.sex,)
        name = f"dri.{sexes[0]}.{group}"
        values = tuple(fmean(column) for column in zip(*(numbers(f"dri.{sex}.{group}") for sex in sexes), strict=True))
        extrapolated = age < number("dri.table_ages_from")
    per_day = dict(zip(NUTRIENTS, values, strict=True))
    if profile.diet is not None and profile.diet.strip().lower() in _PLANT_DIETS:
        per_day["iron_mg"] *= number("micro.plant_iron_factor")
    younger, older = numbers("ul.calcium_mg")
    upper = {
        "iron_mg": number("ul.iron_mg"),
        "vitamin_d_ug": number("ul.vitamin_d_ug"),
        "calcium_mg": younger if age < numbers("dri.age_edges")[1] else older,
    }
    return ReferenceIntakes(per_day, upper, extrapolated, name)


def fiber_target_g(*, energy_kcal: float) -> float:
    """Fiber of a day, g: 14 per 1000 kcal."""
    return number("fiber.g_per_1000_kcal") * energy_kcal / 1000


def assess_week(*, profile: Profile, days: Sequence[Mapping[str, float | None]]) -> tuple[NutrientAssessment, ...]:
    """Compare the mean of up to the last seven days with the references, nutrient by nutrient.

    A missing or None amount makes that day unknown for that nutrient; fewer than five known days give `unknown`.
    Below 70 % is `below_reference`: a reason to look, never a diagnosis of deficiency. Sodium is not judged from
    above, because exercise asks for it.
    """
    references = reference_intakes(profile)
    recent = days[-int(number("micro.assessed_days")) :]
    results = []
    for nutrient, reference in references.per_day.items():
        known = [amount for day in recent if (amount := day.get(nutrient)) is not None]
        if len(known) < number("micro.known_days_min"):
            results.append(NutrientAssessment(nutrient, None, reference, None, len(known), "unknown"))
            continue
        mean = fmean(known)
        share = mean / reference
        status = "below_reference" if share < number("micro.flag_below_share") else "ok"
        if nutrient in references.upper and mean > references.upper[nutrient]:
            status = "above_upper"
        results.append(NutrientAssessment(nutrient, mean, reference, share, len(known), status))
    return tuple(results)
