"""What a coach changes in an athlete's plan: a meal kept or let go, one dish for another. The athlete can undo both."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse

from athletes.models import Notice, User
from athletes.services.locking import lock_athletes
from athletes.services.notices import tell_athlete
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, NotFound
from planning.models import MealPlan, PlanItem
from planning.services.coaching_bounds import coach_name, coached_athletes
from planning.services.coaching_notes import checked_text, comment_on_meal, item_of_plan
from planning.services.plans import set_item_status
from planning.services.swaps import find_swap, store_swap


@transaction.atomic
def coach_locks_meal(*, coach: User, plan: MealPlan, item_id: str, locked: bool, reason: str) -> PlanItem:
    """Keeps a meal of an athlete's plan as it is, or lets it go; the athlete is told why and may undo it.

    Raises Forbidden, NotFound without the athlete's agreement, Conflict for a meal that is eaten or over.
    """
    words = checked_text(reason) if reason else ""
    lock_athletes([plan.athlete_id])
    item = _open_item(coach, plan, item_id)
    if item.locked == locked:
        return item
    marked = set_item_status(plan=plan, item_id=item.pk, locked=locked, by=coach)
    _tell(coach, plan, item, "keeps" if locked else "let go", words)
    record_audit(
        verb="coach.meal_locked" if locked else "coach.meal_unlocked",
        by=coach,
        object_id=plan.pk,
        athlete_id=plan.athlete_id,
        item=item.pk,
    )
    return marked


def coach_swaps_meal(*, coach: User, plan: MealPlan, item_id: str, recipe_id: str, reason: str) -> dict[str, Any]:
    """Puts another dish in the place of a meal, through the same check as the athlete's own swap; returns the diff.

    Raises Forbidden, NotFound without the athlete's agreement, and what `swap_meal` raises.
    """
    words = checked_text(reason) if reason else ""
    item = _open_item(coach, plan, item_id)
    found = find_swap(plan=plan, place=(item.date, item.slot, item.index), recipe_id=recipe_id)
    with transaction.atomic():
        # Finding it takes seconds, in which the athlete may have ended the coaching.
        lock_athletes([plan.athlete_id])
        coached_athletes(coach, [plan.athlete_id])
        diff = store_swap(found, by=coach)
        _tell(coach, plan, item, "exchanged", words)
        record_audit(verb="coach.meal_swapped", by=coach, object_id=plan.pk, athlete_id=plan.athlete_id, item=item.pk)
    return diff


def _open_item(coach: User, plan: MealPlan, item_id: str) -> PlanItem:
    athlete = coached_athletes(coach, [plan.athlete_id])[0]
    item = item_of_plan(plan, item_id)
    if item is None:
        raise NotFound("This meal is not part of the current plan.")
    if item.status != PlanItem.Status.PLANNED or item.date < today(athlete.zones):
        raise Conflict("This meal is over.", code="meal_over")
    return item


def _tell(coach: User, plan: MealPlan, item: PlanItem, deed: str, reason: str) -> None:
    """Says who did what; the reason is a comment on the meal, because a notice may be sent by mail."""
    if reason:
        comment_on_meal(coach=coach, athlete=plan.athlete, item=item, text=reason)
    tell_athlete(
        athlete=plan.athlete,
        kind=Notice.Kind.PLAN_CHANGED,
        key=plan.pk,
        title=f"{coach_name(coach)}, your coach, {deed} a meal in your plan",
        body="You can undo it on the day. Why stands on the page of your coaches.",
        path=f"{reverse('day', args=[item.date.isoformat()])}?changes={plan.pk}",
        renew=True,
    )
