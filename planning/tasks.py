"""Planning's background work: ids in, one service call."""

from __future__ import annotations

from nutrition_site.kernel.models import WorkItem
from planning.services.plans import finish_solving


def solve_plan_work(item: WorkItem) -> None:
    """Goes on with a plan that its request could not finish, or did not live to finish."""
    finish_solving(item.key)
