"""What a recipe is made of decides what it contains: nutrients, allergens, diets and tags are computed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from planning.catalogue.kinds import kind_tags

# Tags that a dish has only by amount, not by holding a food.
BY_AMOUNT = frozenset({"legumes"})
REQUIRED = ("energy_kcal", "protein_g", "carbs_g", "fat_g")


@dataclass(frozen=True, slots=True)
class Part:
    """One ingredient as composing sees it."""

    code: str
    grams: float
    nutrients: dict[str, float]
    allergens: dict[str, str]
    tags: tuple[str, ...]
    price_minor_per_kg: int | None
    fodmap_limit_g: float | None = None
    refuse_pct: float | None = None
    slug: str = ""
    aisle: str = ""


def serving_nutrients(parts: Sequence[Part]) -> tuple[dict[str, float], dict[str, dict[str, int]]]:
    """(amounts per serving, coverage): the sum over the ingredients that state a nutrient.

    A nutrient that no ingredient states is absent. `coverage` holds `{"known", "of"}` for the incomplete ones.
    """
    names = sorted({name for part in parts for name in part.nutrients})
    sums: dict[str, float] = {}
    coverage: dict[str, dict[str, int]] = {}
    for name in names:
        known = [part for part in parts if name in part.nutrients]
        sums[name] = round(sum(part.nutrients[name] * part.grams / 100 for part in known), 4)
        if len(known) < len(parts):
            coverage[name] = {"known": len(known), "of": len(parts)}
    return sums, coverage


def serving_cost_minor(parts: Sequence[Part]) -> int | None:
    """Estimated cost of a serving, None as soon as one price is unknown."""
    if any(part.price_minor_per_kg is None for part in parts):
        return None
    total = 0.0
    for part in parts:
        bought = part.grams / (1 - (part.refuse_pct or 0.0) / 100)
        total += bought / 1000 * (part.price_minor_per_kg or 0)
    return round(total)


def dish_tags(parts: Sequence[Part], *, slots: Iterable[str] = ()) -> list[str]:
    """Every tag of the foods in a dish (red_meat, oily_fish, …) and what it is mainly made of (base_rice, main_egg).

    For weekly rules and variety. `legumes` needs a portion of pulses, not a spoonful.
    """
    held = {tag for part in parts for tag in part.tags} - BY_AMOUNT
    return sorted(held | kind_tags(parts, slots=slots))


def missing_required(nutrients: dict[str, Any]) -> list[str]:
    """Required nutrients that are unknown: such a dish cannot be planned."""
    return [name for name in REQUIRED if name not in nutrients]
