"""Protein per day and per meal."""

from __future__ import annotations

from dataclasses import dataclass

from planning.science.constants import bounds, number, numbers
from planning.science.types import Goal

_SLACK_G = 1e-9


def protein_range_g_per_kg(
    *, goal: Goal, diet: str | None = None, age_years: float | None = None, trains: bool = True
) -> tuple[float, float, float]:
    """Return (low, point, high) in g per kg body mass. Vegans get 10 % more, up to the top of the range."""
    low, point, high = numbers(f"protein.{goal}")
    high = min(high, number("protein.cap_per_kg"))
    if age_years is not None and age_years >= number("protein.older_from_years") and trains:
        point = max(point, number("protein.older_point"))
    if diet is not None and diet.strip().lower() == "vegan":
        point *= number("protein.vegan_factor")
    return low, min(point, high), high


def lean_deficit_range_g_per_kg_ffm() -> tuple[float, float, float]:
    """Return (low, point, high) in g per kg FAT-FREE mass for lean, resistance-trained athletes in a deficit."""
    low, point, high = numbers("protein.lean_deficit")
    return low, point, min(high, number("protein.cap_per_kg_ffm"))


def protein_per_meal_g(*, weight_kg: float) -> tuple[float, float]:
    """Return the (low, high) grams that one of four to five meals should bring."""
    low, high = bounds("protein.meal_g_per_kg")
    return low * weight_kg, high * weight_kg


@dataclass(frozen=True, slots=True)
class ProteinDistribution:
    """A day's protein over its meals (g). `within_range`: at least 0.25 g/kg (0.40 from 65 years on), at most 0.55.

    `useful_max_g` is the most a meal still uses well; `pre_sleep_g` is an optional range before bed, adults only.
    """

    meals: int
    per_meal_g: float
    per_meal_g_per_kg: float
    low_g: float
    high_g: float
    useful_max_g: float
    gap_hours: tuple[float, float]
    within_range: bool
    pre_sleep_g: tuple[float, float] | None


def distribute_protein(
    *, protein_g: float, weight_kg: float, age_years: float | None = None, meals: int | None = None
) -> ProteinDistribution:
    """Spread a day's protein evenly over 4 or 5 meals, 3 to 5 hours apart.

    Four meals unless their share would exceed 0.40 g/kg. From 65 years on the share to aim at is the upper one. Raises
    ValueError for fewer than one meal.
    """
    fewest, most = (int(value) for value in bounds("protein.meals"))
    low, high = protein_per_meal_g(weight_kg=weight_kg)
    older = age_years is not None and age_years >= number("protein.older_from_years")
    if older:
        low = high = number("protein.meal_older_g_per_kg") * weight_kg
    if meals is None:
        meals = fewest if protein_g / fewest <= high + _SLACK_G else most
    if meals < 1:
        raise ValueError("needs at least one meal")
    share = protein_g / meals
    adult = age_years is not None and age_years >= number("rmr.adult_age_years")
    return ProteinDistribution(
        meals=meals,
        per_meal_g=share,
        per_meal_g_per_kg=share / weight_kg,
        low_g=low,
        high_g=high,
        useful_max_g=number("protein.meal_useful_max_g_per_kg") * weight_kg,
        gap_hours=bounds("protein.meal_gap_hours"),
        within_range=low - _SLACK_G <= share <= number("protein.meal_useful_max_g_per_kg") * weight_kg + _SLACK_G,
        pre_sleep_g=bounds("protein.presleep_g") if adult else None,
    )
