"""What a changed plan or a renewed list means in the basket: more, less, new, no longer needed. Reads only."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from athletes.models import Athlete
from planning.models import Food, PlanItem
from planning.quantities import grams_text, kitchen_text
from planning.services.shopping_needs import TAP_WATER, food_grams, read_lines
from planning.wording import spaced

# Less than this is no change that anybody would shop for.
LEAST_GRAMS = 0.5


def list_delta(
    before: Mapping[str, float], after: Mapping[str, float], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Lines `{food_id, food, before_grams, after_grams}` for every food whose edible grams differ, by name.

    A food that is not needed on one side has 0 grams there: it is known not to be needed.
    """
    lines = []
    for food_id in {*before, *after}:
        old, new = round(before.get(food_id, 0.0), 3), round(after.get(food_id, 0.0), 3)
        # What is the same in the whole grams that people read is no change to them either.
        if abs(new - old) >= LEAST_GRAMS and _whole(new) != _whole(old):
            name = names.get(food_id, "")
            lines.append({"food_id": food_id, "food": name, "before_grams": old, "after_grams": new})
    return sorted(lines, key=lambda line: (line["food"], line["food_id"]))


def _whole(grams: float) -> int:
    return math.floor(grams + 0.5)


def shopping_delta(
    *, athlete: Athlete, before_items: Sequence[PlanItem], after_items: Sequence[PlanItem]
) -> list[dict[str, Any]]:
    """What a shopping list gains and loses when a plan goes from `before_items` to `after_items`; see `list_delta`.

    Each line also has `before` and `after` as people say them.

    Only meals that are still planned count: eaten and skipped ones are not bought. The items need not be stored. At
    most two queries, none when nothing differs.
    """
    old = [item for item in before_items if item.status == PlanItem.Status.PLANNED]
    new = [item for item in after_items if item.status == PlanItem.Status.PLANNED]
    if _amounts(old) == _amounts(new):
        return []
    lines = read_lines(item.recipe_id for item in [*old, *new])
    before, after = food_grams(old, lines), food_grams(new, lines)
    foods = Food.objects.filter(pk__in={*before, *after}).exclude(code=TAP_WATER)
    rows = {food.pk: food for food in foods.only("pk", "name", "shopping")}
    lines_of_change = list_delta(
        {food_id: grams for food_id, grams in before.items() if food_id in rows},
        {food_id: grams for food_id, grams in after.items() if food_id in rows},
        {food_id: food.name for food_id, food in rows.items()},
    )
    return with_amounts(lines_of_change, {food_id: food.shopping for food_id, food in rows.items()})


def with_amounts(lines: list[dict[str, Any]], shopping: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines with `before` and `after` as people say them; `shopping` is how each food is counted and sold."""
    for line in lines:
        for side in ("before", "after"):
            line[side] = amount_text(line[f"{side}_grams"], shopping.get(line["food_id"], {}))
    return lines


def amount_text(grams: float, shopping: Mapping[str, Any]) -> str:
    """`3 eggs` for what is counted, else `120 g`; `none` for nothing."""
    if grams <= 0:
        return "none"
    counted = kitchen_text(grams, shopping=shopping, density_g_per_ml=None) if shopping.get("piece_step") else ""
    return counted or spaced(grams_text(grams))


def _amounts(items: Sequence[PlanItem]) -> dict[str, int]:
    quarters: dict[str, int] = {}
    for item in items:
        quarters[item.recipe_id] = quarters.get(item.recipe_id, 0) + item.quarters
    return quarters
