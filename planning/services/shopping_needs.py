"""What planned meals need, in edible grams by food, and what of it is at home already. Reads only."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from planning.models import MealPlan, PlanItem, RecipeIngredient
from planning.services.pantry import DECIMALS, TAP_WATER, stock_for_planning

__all__ = ["TAP_WATER", "food_grams", "meals_to_cook", "needs_of", "read_lines", "stock_left_for"]

Place = tuple[str, str, int]


def read_lines(recipe_ids: Iterable[str]) -> dict[str, list[RecipeIngredient]]:
    """The ingredient lines of these recipes; one query."""
    lines: dict[str, list[RecipeIngredient]] = defaultdict(list)
    for line in RecipeIngredient.objects.filter(recipe__in=set(recipe_ids)):
        lines[line.recipe_id].append(line)
    return lines


def food_grams(items: Iterable[PlanItem], lines: Mapping[str, Sequence[RecipeIngredient]]) -> dict[str, float]:
    """Edible grams by food id of these dishes: quarters / 4 × grams per serving, summed without rounding on the way."""
    parts: dict[str, list[float]] = defaultdict(list)
    for item in items:
        for line in lines.get(item.recipe_id, ()):
            parts[line.food_id].append(item.quarters / 4 * line.grams_per_serving)
    return {food_id: round(math.fsum(grams), DECIMALS) for food_id, grams in parts.items()}


def needs_of(items: Sequence[PlanItem]) -> dict[str, dict[str, Any]]:
    """Edible grams by food over planned meals, each with where they are used. Leftovers cook their share with the meal.

    `grams` = quarters / 4 × grams per serving, summed: what the plans hold is what the list holds. `uses` maps
    "2026-10-05 breakfast" to grams, `dishes` the same to the names of recipes where they are in hand.
    """
    lines = read_lines(item.recipe_id for item in items)
    totals = food_grams(items, lines)
    needs: dict[str, dict[str, Any]] = {
        food_id: {"grams": grams, "uses": {}, "dishes": {}, "to_taste": True} for food_id, grams in totals.items()
    }
    for item in items:
        label = f"{item.date.isoformat()} {item.slot}"
        named = PlanItem.recipe.is_cached(item)
        for line in lines[item.recipe_id]:
            need = needs[line.food_id]
            need["to_taste"] = need["to_taste"] and line.to_taste
            need["uses"][label] = need["uses"].get(label, 0.0) + item.quarters / 4 * line.grams_per_serving
            if named and item.recipe.name not in need["dishes"].setdefault(label, []):
                need["dishes"][label].append(item.recipe.name)
    return needs


def meals_to_cook(by_day: Mapping[date, MealPlan], first: date, last: date) -> list[PlanItem]:
    """The planned dishes whose ingredients are needed on these days, in order.

    A leftover is bought with the meal it is cooked with: also when it is eaten after `last`, and not at all when that
    meal lies before `first` or was eaten already.
    """
    found = []
    for plan in {plan.pk: plan for plan in by_day.values()}.values():
        items = list(plan.current.items.all()) if plan.current else []
        cooked = {_place(item) for item in items if item.status == PlanItem.Status.EATEN}
        to_cook = {_place(item) for item in items if item.status == PlanItem.Status.PLANNED}
        for item in items:
            if item.status != PlanItem.Status.PLANNED:
                continue
            origin = _origin(item)
            if origin in cooked:
                continue
            day = date.fromisoformat(origin[0]) if origin in to_cook else item.date
            if first <= day <= last and by_day.get(day) is plan:
                found.append(item)
    return sorted(found, key=lambda item: (item.date, item.time, item.slot, item.index))


def _place(item: PlanItem) -> Place:
    return item.date.isoformat(), item.slot, item.index


def _origin(item: PlanItem) -> Place | None:
    """The place of the meal a leftover is cooked with."""
    if not item.leftover_of:
        return None
    day, slot, index = item.leftover_of
    return str(day), str(slot), int(index)


def stock_left_for(athlete: Athlete, first: date) -> dict[str, float]:
    """Edible grams by food that are at home for meals from `first` on.

    What is at home goes to the earlier days first: meals that are planned from today to the day before `first` keep
    what they need, whether or not another list was made for them. So lists for several weeks never count the same
    grams twice, in whatever order they are made.
    """
    from planning.services.plans import covering_plans

    stock = stock_for_planning(athlete)
    day = today(athlete.zones)
    if not stock or first <= day:
        return stock
    before = first - timedelta(days=1)
    meals = meals_to_cook(covering_plans(athlete, day, before), day, before)
    reserved = food_grams(meals, read_lines(item.recipe_id for item in meals))
    left = {food_id: round(grams - reserved.get(food_id, 0.0), DECIMALS) for food_id, grams in stock.items()}
    return {food_id: grams for food_id, grams in left.items() if grams > 0}
