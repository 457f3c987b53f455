"""Applying proposals about one planned meal: a swap, keeping it, letting it change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from advisor.actions.kinds import Kind, Moved, Result, not_verified, own_plan, say
from advisor.models import ProposedAction
from advisor.proposals.meals import LOCK, SWAP, UNLOCK, base_version_of, lock_diff, refuse_lock, swap_diff
from advisor.proposals.told import Told, in_words, slot_of
from athletes.models import User
from nutrition_site.kernel.errors import DomainError
from planning.models import MealPlan, PlanItem
from planning.services.plans import covering_plans, set_item_status
from planning.services.swaps import find_alternatives, swap_meal

MANY = 200
_PLACE = frozenset({"meal_plan_id", "date", "slot", "index", "recipe_id"})
_SAME_MEAL = ("meal_plan_id", "date", "slot", "index")
NOT_VERIFIED = "The change could not be verified; the plan is as it was read."
CHANGED = "Your plan has changed since. This is what it would mean now; confirm again if you want it."
ANOTHER_PLAN = "Another plan counts for this day now."


def _day(arguments: dict[str, Any]) -> date:
    return date.fromisoformat(arguments["date"])


def _counting_plan(action: ProposedAction, *, lock: bool = False) -> MealPlan:
    """The plan, as long as it is the one that counts for the day. Raises Moved."""
    plan = own_plan(action, lock=lock)
    day = _day(action.arguments)
    counting = covering_plans(action.athlete, day, day).get(day)
    if counting is None or counting.pk != plan.pk:
        raise Moved(in_words(ANOTHER_PLAN))
    return plan


def _item_at(plan: MealPlan, arguments: dict[str, Any]) -> PlanItem | None:
    here = PlanItem.objects.filter(
        revision_id=plan.current_id, date=_day(arguments), slot=arguments["slot"], index=arguments["index"]
    )
    return here.select_related("recipe").first()


# --- swap ---
def _apply_swap(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    plan = _counting_plan(action)
    if base_version_of(plan) != action.base_version:
        item = _item_at(plan, arguments)
        if item is not None and item.recipe_id == arguments["recipe_id"]:
            return _swapped(action, plan, {})
        diff, reason = _present_swap(plan, item, arguments)
        raise Moved(reason, diff=diff, base_version=base_version_of(plan))
    place = (_day(arguments), arguments["slot"], arguments["index"])
    changes = swap_meal(plan=plan, place=place, recipe_id=arguments["recipe_id"], by=by)
    plan.refresh_from_db()
    result = _swapped(action, plan, changes)
    _tell_siblings(action, result)
    return result


def _swapped(action: ProposedAction, plan: MealPlan, changes: dict[str, Any]) -> Result:
    """What the plan holds now in that place. Raises Conflict when it is not what was confirmed."""
    arguments = action.arguments
    item = _item_at(plan, arguments)
    if item is None or item.recipe_id != arguments["recipe_id"]:
        raise not_verified(NOT_VERIFIED)
    return {
        "kind": SWAP,
        "words": say(
            action,
            "“{dish}” is in your plan now, checked again: {slot}, {day}.",
            dish=item.recipe.name,
            slot=slot_of(item.slot),
            day=item.date,
        ),
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


def _present_swap(
    plan: MealPlan, item: PlanItem | None, arguments: dict[str, Any]
) -> tuple[dict[str, Any] | None, Told]:
    """The same wish against the plan as it is now, None when it is no longer possible; and what to tell of it."""
    if item is None:
        return None, in_words("Your plan has no such meal any more.")
    if item.status == PlanItem.Status.EATEN:
        return None, in_words("This meal was eaten already.")
    try:
        rows = find_alternatives(plan=plan, place=(item.date, item.slot, item.index), limit=MANY)
    except DomainError:
        rows = []
    row = next((row for row in rows if row["recipe_id"] == arguments["recipe_id"]), None)
    if row is not None:
        return swap_diff(item, row), in_words(CHANGED)
    return None, in_words(
        "This meal is “{dish}” now, and with that the day would not keep its limits. Ask again for other dishes.",
        dish=item.recipe.name,
    )


def _tell_siblings(action: ProposedAction, result: Result) -> None:
    """Other open swaps of the same meal say what stands there now: confirming one works out what it would mean then."""
    arguments = action.arguments
    told = in_words(
        "This meal is “{dish}” now. Confirming shows first what this one would change.", dish=result["name"]
    )
    open_ones = ProposedAction.objects.select_for_update().filter(
        athlete_id=action.athlete_id, kind=SWAP, status=ProposedAction.Status.OPEN
    )
    with transaction.atomic():
        for other in open_ones.exclude(pk=action.pk):
            if all(other.arguments.get(name) == arguments[name] for name in _SAME_MEAL):
                ProposedAction.objects.filter(pk=other.pk, status=ProposedAction.Status.OPEN).update(
                    diff={**other.diff, "moved": told}
                )


# --- keep ---
def _apply_lock(action: ProposedAction, by: User) -> Result:
    locked = action.kind == LOCK
    plan = _counting_plan(action, lock=True)
    item = _item_at(plan, action.arguments)
    if item is None or item.recipe_id != action.arguments["recipe_id"]:
        raise Moved(in_words("Another dish is in that place now. Please ask again."))
    try:
        refuse_lock(plan.athlete, item, locked=locked)
    except DomainError as refusal:
        raise Moved.because(refusal) from None
    if item.locked != locked:
        if base_version_of(plan) != action.base_version:
            raise Moved(in_words(CHANGED), diff=lock_diff(item, locked=locked), base_version=base_version_of(plan))
        set_item_status(plan=plan, item_id=item.pk, locked=locked, by=by)
    item.refresh_from_db()
    if item.locked != locked:
        raise not_verified(NOT_VERIFIED)
    places: dict[str, Any] = {"dish": item.recipe.name, "slot": slot_of(item.slot), "day": item.date}
    return {
        "kind": action.kind,
        "words": say(action, "“{dish}” stays as it is: {slot}, {day}.", **places)
        if locked
        else say(action, "“{dish}” may change when the plan is made again: {slot}, {day}.", **places),
        "meal_plan_id": plan.pk,
        "revision": plan.revision,
        "date": action.arguments["date"],
        "slot": item.slot,
        "index": item.index,
        "recipe_id": item.recipe_id,
        "name": item.recipe.name,
        "locked": item.locked,
    }


MEALS = {
    SWAP: Kind(_apply_swap, _PLACE, together=False),
    LOCK: Kind(_apply_lock, _PLACE),
    UNLOCK: Kind(_apply_lock, _PLACE),
}
