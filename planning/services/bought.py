"""Which planned meals are bought already: everything they are made of is checked off on a list made from the plan."""

from __future__ import annotations

from collections.abc import Sequence

from planning.models import MealPlan, PlanItem, ShoppingList
from planning.services.choice import Catalogue

TAP_WATER = "14411"


def bought_items(plan: MealPlan, items: Sequence[PlanItem], catalogue: Catalogue) -> list[PlanItem]:
    """The planned meals whose every food is checked off, or said to be at home, on the newest list of their day.

    Only lists that were made from this plan count: another list was written for other meals. A food that its list
    does not hold was not bought for this meal, except for tap water.
    """
    lists = (
        ShoppingList.objects.filter(
            athlete_id=plan.athlete_id,
            first_day__lte=plan.last_day,
            last_day__gte=plan.week_start,
            plan_revisions__has_key=plan.pk,
        )
        .order_by("-created_at", "-id")
        .prefetch_related("items")
    )
    at_home = [
        (found, {row.food_id for row in found.items.all() if row.food_id and (row.checked or row.at_home)})
        for found in lists
    ]
    if not any(foods for _, foods in at_home):
        return []
    found = []
    for item in items:
        if item.status != PlanItem.Status.PLANNED or item.recipe_id not in catalogue.lines:
            continue
        foods = next((foods for one, foods in at_home if one.first_day <= item.date <= one.last_day), set())
        needed = {
            line.food_id for line in catalogue.lines[item.recipe_id] if catalogue.foods[line.food_id].code != TAP_WATER
        }
        if needed and needed <= foods:
            found.append(item)
    return found
