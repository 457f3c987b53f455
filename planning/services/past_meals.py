"""Planned meals of past days that nobody marked: they may have used what is at home without a word."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from athletes.models import Athlete, User
from nutrition_site.kernel.clock import today
from planning.models import MealPlan, PlanItem
from planning.services.plans import covering_plans, set_item_status

# Older days are history; nobody remembers whether that was eaten.
LOOK_BACK_DAYS = 14


def unmarked_meals(athlete: Athlete) -> list[tuple[MealPlan, PlanItem]]:
    """Planned meals of the last two weeks before today that are neither eaten nor skipped, with their plan."""
    day = today(athlete.zones)
    first, last = day - timedelta(days=LOOK_BACK_DAYS), day - timedelta(days=1)
    return [
        (plan, item)
        for when, plan in sorted(covering_plans(athlete, first, last).items())
        for item in (plan.current.items.all() if plan.current else ())
        if item.date == when and item.status == PlanItem.Status.PLANNED
    ]


@transaction.atomic
def mark_past_as_eaten(*, athlete: Athlete, by: User) -> int:
    """Marks these meals as eaten, which takes their ingredients from the pantry; returns how many there were."""
    meals = unmarked_meals(athlete)
    for plan, item in meals:
        set_item_status(plan=plan, item_id=item.pk, status=PlanItem.Status.EATEN, by=by)
    return len(meals)
