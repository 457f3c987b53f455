"""Reference intakes of a few micronutrients and fiber, and a weekly look at what a plan brings.

Source: US/Canada Dietary Reference Intakes (fiber and upper limits from general knowledge).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from planning.science.constants import number
from planning.science.types import Profile, Sex

NUTRIENTS = ("iron_mg", "calcium_mg", "vitamin_d_ug", "vitamin_b12_ug", "sodium_mg", "fiber_g")

# (upper age bound, exclusive; values in the order of NUTRIENTS)
_BY_AGE: dict[Sex, tuple[tuple[float, tuple[float, ...]], ...]] = {
    "M": (
        (19, (11, 1300, 15, 2.4, 1500, 38)),
        (51, (8, 1000, 15, 2.4, 1500, 38)),
        (71, (8, 1000, 15, 2.4, 1500, 30)),
        (float("inf"), (8, 1200, 20, 2.4, 1500, 30)),
    ),
    "F": (
        (19, (15, 1300, 15, 2.4, 1500, 26)),
        (51, (18, 1000, 15, 2.4, 1500, 25)),
        (71, (8, 1200, 15, 2.4, 1500, 21)),
        (float("inf"), (8, 1200, 20, 2.4, 1500, 21)),
    ),
}
_PREGNANT = (27.0, 1000.0, 15.0, 2.6, 1500.0, 28.0)
_LACTATING = (9.0, 1000.0, 15.0, 2.8, 1500.0, 29.0)
_PLANT_DIETS = frozenset({"vegan", "vegetarian"})
_ADULT_FROM, _OLDER_FROM, _TABLE_FROM = 19, 51, 14


@dataclass(frozen=True, slots=True)
class ReferenceIntakes:
    """Daily references by nutrient and upper limits; `extrapolated` when the table has no row for this person."""

    per_day: Mapping[str, float]
    upper: Mapping[str, float]
    extrapolated: bool


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

    def row(sex: Sex) -> tuple[float, ...]:
        return next(values for below, values in _BY_AGE[sex] if age < below)

    values: tuple[float, ...]
    if profile.pregnant or profile.lactating:
        values = _PREGNANT if profile.pregnant else _LACTATING
        extrapolated = not _ADULT_FROM <= age < _OLDER_FROM
    else:
        sexes: tuple[Sex, ...] = ("M", "F") if profile.sex is None else (profile.sex,)
        values = tuple(fmean(column) for column in zip(*(row(sex) for sex in sexes), strict=True))
        extrapolated = age < _TABLE_FROM
    per_day = dict(zip(NUTRIENTS, values, strict=True))
    if profile.diet is not None and profile.diet.strip().lower() in _PLANT_DIETS:
        per_day["iron_mg"] *= number("micro.plant_iron_factor")
    upper = {"iron_mg": 45.0, "vitamin_d_ug": 100.0, "calcium_mg": 2500.0 if age < _OLDER_FROM else 2000.0}
    return ReferenceIntakes(per_day, upper, extrapolated)


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
