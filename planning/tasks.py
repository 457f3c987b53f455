"""Planning's background work: ids in, one service call."""

from __future__ import annotations

from celery import shared_task
from celery.signals import task_postrun, task_prerun

from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import MAX_ATTEMPTS, extend_lease
from planning.models import MealPlan
from planning.services.constants_in_force import TaskConstants, spread_constants
from planning.services.expenditure import estimate_everyone
from planning.services.following import follow_plan, give_up_following
from planning.services.mails import queue_due_mails, send_planned_mail
from planning.services.moved_plans import find_moved_plans, wait_for_quiet
from planning.services.plans import finish_solving, give_up_solving

_constants = TaskConstants()
task_prerun.connect(_constants.begin, weak=False, dispatch_uid="constants of a task begin")
task_postrun.connect(_constants.end, weak=False, dispatch_uid="constants of a task end")


def solve_plan_work(item: WorkItem) -> None:
    """Goes on with a plan that its request could not finish, or did not live to finish."""
    try:
        finish_solving(item.key, heartbeat=lambda: extend_lease(item))
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


def follow_plan_work(item: WorkItem) -> None:
    """Follows the plan named by the item's key, once its athlete's training is quiet."""
    if wait_for_quiet(item):
        return
    try:
        follow_plan(plan_id=item.key, heartbeat=lambda: extend_lease(item))
    except Exception:
        if item.attempts >= MAX_ATTEMPTS:
            give_up_following(item.key)
        raise


def abandon_follow_work(item: WorkItem) -> None:
    """Tells the athlete that this plan does not follow: every worker that took it was lost."""
    give_up_following(item.key)


def spread_constants_work(item: WorkItem) -> None:
    """Has plans looked at again after a constant was changed."""
    spread_constants(item)


@shared_task
def follow_training() -> None:
    """Leaves work for every plan that its athlete's training or profile has moved past."""
    find_moved_plans()


@shared_task
def learn_expenditure() -> None:
    """Estimates expenditure of everybody who has weighed in and eaten since the last Sunday."""
    estimate_everyone()


@shared_task
def write_due_mails() -> None:
    """Leaves the weekly mails and the reminders whose time has come."""
    queue_due_mails()


def send_mail_work(item: WorkItem) -> None:
    """Sends the mail named by the item's key; while the mail server is away, the work queue tries again."""
    send_planned_mail(item)
