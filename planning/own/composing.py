"""An athlete's own dish from its foods: the same computing as for the built-in dishes, with doubt kept as doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from planning.catalogue import compose, tags
from planning.models import Food

# Diets that follow from where a food comes from; nobody can derive them for a food whose origin was never stated.
ORIGIN_DIETS = frozenset({"vegetarian", "vegan", "pescatarian", "halal", "kosher"})
COLUMNS = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")
# Most of an own food that may be in a serving before somebody should look again.
MAX_SERVING_GRAMS = 2_500.0
MAX_SERVING_KCAL = 4_000.0
MAX_SERVING_SODIUM_MG = 8_000.0


@dataclass(frozen=True, slots=True)
class Portion:
    """Grams of a food in one serving; what goes in "to taste" has no grams, and what it adds is unknown."""

    food: Food
    grams: float
    to_taste: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """What a serving is: nutrients with their coverage, allergen words, diets, tags and cost in euro cents."""

    nutrients: dict[str, float]
    coverage: dict[str, dict[str, int]]
    allergens: dict[str, str]
    diets: list[str]
    tags: list[str]
    cost_minor: int | None


def as_part(food: Food, grams: float) -> compose.Part:
    """A food row as an ingredient."""
    nutrients = dict(food.nutrients)
    for name in COLUMNS:
        value = getattr(food, name)
        if value is not None:
            nutrients[name] = value
    return compose.Part(
        code=food.code,
        grams=grams,
        nutrients=nutrients,
        allergens=food.allergens,
        tags=tuple(food.tags),
        price_minor_per_kg=food.price_minor_per_kg,
        fodmap_limit_g=food.shopping.get("fodmap_limit_g"),
        refuse_pct=food.refuse_pct,
        aisle=food.aisle,
        slug=food.shopping.get("slug", ""),
    )


def compose_dish(portions: Sequence[Portion], *, slots: Sequence[str]) -> Composed:
    """Everything that follows from the grams of one serving."""
    parts = [as_part(portion.food, portion.grams) for portion in portions]
    nutrients, coverage = compose.serving_nutrients(parts)
    unmeasured = sum(portion.to_taste and portion.grams <= 0 for portion in portions)
    if unmeasured and "sodium_mg" in nutrients:
        # Salt and sauces are what people add to taste; next to no energy comes that way.
        known = coverage.get("sodium_mg", {"known": len(parts)})["known"]
        coverage["sodium_mg"] = {"known": max(0, known - unmeasured), "of": len(parts)}
    described = tags.describe_dish(parts)
    diets = set(described.diets)
    if any(not has_known_origin(portion.food) for portion in portions):
        diets -= ORIGIN_DIETS
    return Composed(
        nutrients=nutrients,
        coverage=coverage,
        allergens=dict(described.allergens),
        diets=sorted(diets),
        tags=compose.dish_tags(parts, slots=slots),
        cost_minor=compose.serving_cost_minor(parts),
    )


def has_known_origin(food: Food) -> bool:
    """Whether somebody has said what a food is made from: a reviewer of the catalogue, or the athlete."""
    return food.core or bool(food.shopping.get("origin_stated"))


def serving_doubts(portions: Sequence[Portion], composed: Composed) -> list[str]:
    """What makes a serving look like a mistake in the units, in sentences; empty for a plausible one."""
    doubts = []
    grams = sum(portion.grams for portion in portions)
    if grams > MAX_SERVING_GRAMS:
        doubts.append(gettext("One serving weighs %(kilograms)s kg.") % {"kilograms": f"{grams / 1000:.1f}"})
    energy = composed.nutrients.get("energy_kcal", 0.0)
    if energy > MAX_SERVING_KCAL:
        doubts.append(gettext("One serving has %(energy)s kcal.") % {"energy": f"{energy:.0f}"})
    sodium = composed.nutrients.get("sodium_mg", 0.0)
    if sodium > MAX_SERVING_SODIUM_MG:
        salt = sodium / 400
        doubts.append(gettext("One serving has %(salt)s g of salt.") % {"salt": f"{salt:.0f}"})
    return doubts


def composed_fields(composed: Composed) -> dict[str, Any]:
    """The same under the names of the recipe columns."""
    return {
        "nutrients": composed.nutrients,
        "nutrient_coverage": composed.coverage,
        "allergens": composed.allergens,
        "diets": composed.diets,
        "tags": composed.tags,
        "cost_minor": composed.cost_minor,
    }
