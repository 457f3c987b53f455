"""Applying a proposal that the athlete confirmed: once, verified by reading back, and told as it came out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from advisor.documents import action_document
from advisor.models import ProposedAction
from advisor.proposing import base_version_of, swap_diff
from athletes.models import User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, DomainError, NotFound
from planning.models import MealPlan, PlanItem
from planning.services.plans import covering_plans
from planning.services.swaps import find_alternatives, swap_meal

APPLYING_SECONDS = 90
MANY = 200
_ARGUMENTS = {"meal_plan_id", "date", "slot", "index", "recipe_id"}


def confirm_action(*, action: ProposedAction, by: User) -> ProposedAction:
    """Applies an open proposal once and returns it with its result; confirming it again returns the same result.

    Raises Conflict `action_expired` after its time, `action_declined`, `action_in_progress` while another request
    applies it, `action_changed` with the new `diff` when the plan has changed meanwhile (a second confirm then means
    that diff), and what the swap itself refuses.
    """
    held = _hold(action)
    if held.status == ProposedAction.Status.APPLIED:
        return held
    try:
        result = _apply_swap(held, by)
    except BaseException:
        _let_go(held)
        raise
    with transaction.atomic():
        ProposedAction.objects.filter(pk=held.pk).update(
            status=ProposedAction.Status.APPLIED, result=result, applying_until=None
        )
        record_audit(
            verb="advisor.action_applied", by=by, object_id=held.pk, athlete_id=held.athlete_id, kind=held.kind
        )
    held.refresh_from_db()
    return held


def decline_action(*, action: ProposedAction, by: User) -> ProposedAction:
    """Closes an open proposal for good; one that was applied stays as it is."""
    with transaction.atomic():
        changed = ProposedAction.objects.filter(pk=action.pk, status=ProposedAction.Status.OPEN).update(
            status=ProposedAction.Status.DECLINED
        )
        if changed:
            record_audit(verb="advisor.action_declined", by=by, object_id=action.pk, athlete_id=action.athlete_id)
    action.refresh_from_db()
    return action


def _hold(action: ProposedAction) -> ProposedAction:
    """Takes the proposal for this request, in one statement: of two at once, one gets it."""
    moment = now()
    free = Q(status=ProposedAction.Status.OPEN) | Q(status=ProposedAction.Status.APPLYING, applying_until__lt=moment)
    taken = ProposedAction.objects.filter(free, pk=action.pk, expires_at__gt=moment).update(
        status=ProposedAction.Status.APPLYING, applying_until=moment + timedelta(seconds=APPLYING_SECONDS)
    )
    found: ProposedAction | None = ProposedAction.objects.filter(pk=action.pk).first()
    if found is None:
        raise NotFound()
    if taken or found.status == ProposedAction.Status.APPLIED:
        return found
    if found.status == ProposedAction.Status.APPLYING and found.applying_until and found.applying_until >= moment:
        raise Conflict("This proposal is being applied right now.", code="action_in_progress")
    if found.status == ProposedAction.Status.DECLINED:
        raise Conflict("You declined this proposal.", code="action_declined")
    ProposedAction.objects.filter(pk=found.pk).exclude(status=ProposedAction.Status.APPLIED).update(
        status=ProposedAction.Status.EXPIRED, applying_until=None
    )
    raise Conflict("This proposal is too old. Please ask again.", code="action_expired")


def _let_go(action: ProposedAction) -> None:
    ProposedAction.objects.filter(pk=action.pk, status=ProposedAction.Status.APPLYING).update(
        status=ProposedAction.Status.OPEN, applying_until=None
    )


def _item_at(plan: MealPlan, arguments: dict[str, Any]) -> PlanItem | None:
    return (
        PlanItem.objects.filter(
            revision_id=plan.current_id,
            date=date.fromisoformat(arguments["date"]),
            slot=arguments["slot"],
            index=arguments["index"],
        )
        .select_related("recipe")
        .first()
    )


def _apply_swap(action: ProposedAction, by: User) -> dict[str, Any]:
    arguments = action.arguments
    if action.kind != "swap_meal" or not set(arguments).issuperset(_ARGUMENTS):
        raise _changed(action, None)
    day = date.fromisoformat(arguments["date"])
    plan = MealPlan.objects.filter(pk=arguments["meal_plan_id"], athlete_id=action.athlete_id).first()
    counting = covering_plans(action.athlete, day, day).get(day)
    if plan is None or counting is None or counting.pk != plan.pk:
        raise _changed(action, None)
    if base_version_of(plan) != action.base_version:
        item = _item_at(plan, arguments)
        if item is not None and item.recipe_id == arguments["recipe_id"]:
            return _read_back(plan, arguments, {})
        raise _changed(action, _present_diff(plan, item, arguments))
    changes = swap_meal(
        plan=plan, place=(day, arguments["slot"], arguments["index"]), recipe_id=arguments["recipe_id"], by=by
    )
    plan.refresh_from_db()
    return _read_back(plan, arguments, changes)


def _read_back(plan: MealPlan, arguments: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """What the plan holds now in that place. Raises Conflict when it is not what was confirmed."""
    item = _item_at(plan, arguments)
    if item is None or item.recipe_id != arguments["recipe_id"]:
        raise Conflict("The change could not be verified; the plan is as it was read.", code="action_not_verified")
    return {
        "kind": "swap_meal",
        "meal_plan_id": plan.pk,
        "revision": plan.revision,
        "date": arguments["date"],
        "slot": item.slot,
        "index": item.index,
        "recipe_id": item.recipe_id,
        "name": item.recipe.name,
        "servings": item.quarters / 4,
        "nutrients": item.nutrients,
        "diff": changes,
    }


def _present_diff(plan: MealPlan, item: PlanItem | None, arguments: dict[str, Any]) -> dict[str, Any] | None:
    """The same wish against the plan as it is now, None when it is no longer possible."""
    if item is None:
        return None
    place = (item.date, item.slot, item.index)
    try:
        rows = find_alternatives(plan=plan, place=place, limit=MANY)
    except DomainError:
        return None
    row = next((row for row in rows if row["recipe_id"] == arguments["recipe_id"]), None)
    return None if row is None else swap_diff(item, row)


def _changed(action: ProposedAction, diff: dict[str, Any] | None) -> Conflict:
    """The refusal that tells what confirming would mean now; without a diff the proposal is over."""
    fields: dict[str, Any] = {"applying_until": None}
    if diff is None:
        fields["status"] = ProposedAction.Status.EXPIRED
    else:
        plan = MealPlan.objects.get(pk=action.arguments["meal_plan_id"])
        fields.update(status=ProposedAction.Status.OPEN, diff=diff, base_version=base_version_of(plan))
    ProposedAction.objects.filter(pk=action.pk).update(**fields)
    action.refresh_from_db()
    message = (
        "Your plan has changed since. This is what it would mean now; confirm again if you want it."
        if diff is not None
        else "Your plan has changed since, and this swap is no longer possible."
    )
    return Conflict(message, code="action_changed", extra={"diff": diff, "action": action_document(action)})
