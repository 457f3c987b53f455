"""Planning's background work: ids in, one service call."""

from __future__ import annotations

from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import MAX_ATTEMPTS
from planning.models import MealPlan
from planning.services.plans import finish_solving, give_up_solving


def solve_plan_work(item: WorkItem) -> None:
    """Goes on with a plan that its request could not finish, or did not live to finish."""
    try:
        finish_solving(item.key)
    except Exception:
        if item.attempts >= MAX_ATTEMPTS:
            abandon_plan_work(item)
        raise


def abandon_plan_work(item: WorkItem) -> None:
    """Tells the athlete that this plan will not come: nobody tries again."""
    give_up_solving(
        item.key,
        status=MealPlan.Status.FAILED,
        code="plan_failed",
        message="Something went wrong while planning. Please try again.",
    )
