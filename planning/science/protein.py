"""Protein per day and per meal."""

from __future__ import annotations

from planning.science.constants import bounds, number, numbers
from planning.science.types import Goal


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
