"""Facts about vitamins, minerals and omega-3: what planned days bring of them, and which foods bring it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.readings.foods import food_fact
from planning.models import Food, PlanItem
from planning.services.choice import Catalogue

# By key: label and unit. What the food table has of omega-3 are the two of fish; alpha-linolenic acid is not in it.
NUTRIENTS: dict[str, tuple[str, str]] = {
    "protein_g": ("protein", "g"),
    "carbs_g": ("carbohydrate", "g"),
    "fiber_g": ("fiber", "g"),
    "fat_g": ("fat", "g"),
    "iron_mg": ("iron", "mg"),
    "calcium_mg": ("calcium", "mg"),
    "potassium_mg": ("potassium", "mg"),
    "magnesium_mg": ("magnesium", "mg"),
    "zinc_mg": ("zinc", "mg"),
    "selenium_ug": ("selenium", "µg"),
    "phosphorus_mg": ("phosphorus", "mg"),
    "vitamin_a_rae_ug": ("vitamin A", "µg"),
    "vitamin_b6_mg": ("vitamin B6", "mg"),
    "vitamin_b12_ug": ("vitamin B12", "µg"),
    "vitamin_c_mg": ("vitamin C", "mg"),
    "vitamin_d_ug": ("vitamin D", "µg"),
    "vitamin_e_mg": ("vitamin E", "mg"),
    "vitamin_k_ug": ("vitamin K", "µg"),
    "folate_ug": ("folate", "µg"),
    "omega_3_mg": ("EPA and DHA", "mg"),
}
PLAN_SOURCE = "meal plan, what is known of its ingredients"
# What brings less than this share of a nutrient is not worth naming.
LEAST_SHARE = 0.02
# A food has a usual portion once this many dishes use it; the least portion that is more than seasoning, in grams.
FEWEST_DISHES, LEAST_PORTION_G = 3, 20.0


@dataclass(frozen=True, slots=True)
class RichFood:
    """A food with its usual portion in the dishes of the catalogue, and what that portion holds of a nutrient."""

    food: Food
    portion_g: float
    amount: float


def amount_in(food: Food, nutrient: str) -> float | None:
    """What 100 g of a food hold; None where it is not known."""
    values: Mapping[str, Any] = food.nutrients
    if nutrient == "omega_3_mg":
        both = [values.get("epa_g"), values.get("dha_g")]
        return None if None in both else 1000 * sum(float(value) for value in both if value is not None)
    value = values.get(nutrient)
    return None if value is None else float(value)


def intake_bundle(items: Iterable[PlanItem], nutrient: str, first: date, catalogue: Catalogue) -> Bundle:
    """What planned dishes bring of a nutrient: the mean of a day, and the foods that bring most of it.

    Facts `mean` and, by food, `food:{id}:name`. `data`: `foods` (ids, most first),
    `days`, `known` and `all` (numbers of ingredients). Skipped meals are left out. The mean is None where nothing of it
    is known.
    """
    label, unit = NUTRIENTS[nutrient]
    by_food: dict[str, float] = defaultdict(float)
    days: set[date] = set()
    known = everything = 0
    for item in items:
        if item.status == PlanItem.Status.SKIPPED:
            continue
        days.add(item.date)
        for line in catalogue.lines.get(item.recipe_id, ()):
            amount = amount_in(catalogue.foods[line.food_id], nutrient)
            everything += 1
            known += amount is not None
            by_food[line.food_id] += item.quarters / 4 * line.grams_per_serving / 100 * (amount or 0.0)
    base = f"intake:{first}:{nutrient}"
    count = len(days) or 1
    mean = sum(by_food.values()) / count if known else None
    facts = {"mean": Fact(f"{base}:mean", "micro", f"{label} a day in your plan", mean, unit, PLAN_SOURCE)}
    least = LEAST_SHARE * sum(by_food.values())
    best = sorted((food_id for food_id in by_food if by_food[food_id] > least), key=lambda pk: (-by_food[pk], pk))
    for food_id in best:
        key, name = f"food:{food_id}", catalogue.foods[food_id].name
        facts[f"{key}:name"] = Fact(f"{base}:{food_id}:name", "ingredient", "food", name, "", "meal plan", food_id)
    return Bundle("intake", facts, {"foods": best, "days": len(days), "known": known, "all": everything})


def rich_foods(catalogue: Catalogue, nutrient: str) -> list[RichFood]:
    """Foods by what their usual portion holds, most first; seasonings and foods where it is unknown are left out.

    The usual portion is the median of what the shared dishes take of it for one serving.
    """
    portions: dict[str, list[float]] = defaultdict(list)
    for recipe_id, lines in catalogue.lines.items():
        if catalogue.recipes[recipe_id].owner_id is None:
            for line in lines:
                portions[line.food_id].append(line.grams_per_serving)
    rows = []
    for food_id, grams in portions.items():
        food, portion = catalogue.foods[food_id], round(median(grams), -1)
        amount = amount_in(food, nutrient)
        if food.core and amount and len(grams) >= FEWEST_DISHES and portion >= LEAST_PORTION_G:
            rows.append(RichFood(food, portion, amount * portion / 100))
    return sorted(rows, key=lambda row: (-row.amount, row.food.name))


def portion_bundle(row: RichFood, nutrient: str) -> Bundle:
    """Facts `name`, `grams` and `amount` of the usual portion of a food."""
    food, (label, unit) = row.food, NUTRIENTS[nutrient]
    base = f"food:{food.pk}:{row.portion_g:g}"
    facts = {
        "name": food_fact(food, "food table"),
        "grams": Fact(f"{base}:grams", "food", "amount", row.portion_g, "g", "usual portion in the dishes", food.pk),
        "amount": Fact(
            f"{base}:{nutrient}", "food", f"{label} of {food.name}", row.amount, unit, "food table", food.pk
        ),
    }
    return Bundle("portion", facts)
