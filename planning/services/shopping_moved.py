"""What a list is out of date by: the meals it was made from against the meals the plans hold now."""

from __future__ import annotations

from copy import copy
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from planning.models import MealPlan, PlanItem, PlanRevision, ShoppingList
from planning.services.shopping_delta import shopping_delta
from planning.services.shopping_needs import meals_to_cook
from planning.services.stored import place_of


def list_difference(shopping_list: ShoppingList) -> list[dict[str, Any]]:
    """What the list would gain and lose with the present plans, before anything at home is counted; see `list_delta`.

    Meals that were eaten or skipped meanwhile are no difference. A plan whose earlier revision is gone is left out.
    Three queries, two more where something differs.
    """
    items = Prefetch("items", PlanItem.objects.order_by("date", "time", "slot", "index"))
    plans = MealPlan.objects.filter(pk__in=shopping_list.plan_revisions, current__isnull=False)
    moved = [
        plan for plan in plans.select_related("current") if shopping_list.plan_revisions.get(plan.pk) != plan.revision
    ]
    if not moved:
        return []
    wanted = Q(pk__in=[plan.current_id for plan in moved])
    for plan in moved:
        wanted |= Q(plan=plan, number=shopping_list.plan_revisions[plan.pk])
    found = {(row.plan_id, row.number): row for row in PlanRevision.objects.filter(wanted).prefetch_related(items)}
    before: list[PlanItem] = []
    after: list[PlanItem] = []
    for plan in moved:
        old = found.get((plan.pk, shopping_list.plan_revisions[plan.pk]))
        present = found.get((plan.pk, plan.revision))
        if old is None or present is None:
            continue
        over = {place_of(item) for item in present.items.all() if item.status != PlanItem.Status.PLANNED}
        before += [item for item in _to_cook(plan, old, shopping_list) if place_of(item) not in over]
        after += [item for item in _to_cook(plan, present, shopping_list) if place_of(item) not in over]
    return shopping_delta(athlete=shopping_list.athlete, before_items=before, after_items=after)


def _to_cook(plan: MealPlan, revision: PlanRevision, shopping_list: ShoppingList) -> list[PlanItem]:
    """The meals of one revision that the list is for."""
    as_it_was = copy(plan)
    as_it_was.current = revision
    by_day: dict[date, MealPlan] = {plan.week_start + timedelta(days=number): as_it_was for number in range(plan.days)}
    return meals_to_cook(by_day, shopping_list.first_day, shopping_list.last_day)
