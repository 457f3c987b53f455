"""Applying proposals about one planned meal: a swap, keeping it, letting it change."""

from __future__ import annotations

from datetime import date
from typing import Any

from advisor.actions.kinds import Kind, Moved, Result, own_plan
from advisor.models import ProposedAction
from advisor.proposals.base import day_words
from advisor.proposals.meals import LOCK, SWAP, UNLOCK, base_version_of, lock_diff, refuse_lock, swap_diff
from athletes.models import User
from nutrition_site.kernel.errors import Conflict, DomainError
from planning.models import MealPlan, PlanItem
from planning.services.plans import covering_plans, set_item_status
from planning.services.swaps import find_alternatives, swap_meal

MANY = 200
_PLACE = frozenset({"meal_plan_id", "date", "slot", "index", "recipe_id"})
NOT_VERIFIED = "The change could not be verified; the plan is as it was read."
CHANGED = "Your plan has changed since. This is what it would mean now; confirm again if you want it."
OVER = "Your plan has changed since, and this is no longer possible."


def _day(arguments: dict[str, Any]) -> date:
    return date.fromisoformat(arguments["date"])


def _counting_plan(action: ProposedAction, *, lock: bool = False) -> MealPlan:
    """The plan, as long as it is the one that counts for the day. Raises Moved."""
    plan = own_plan(action, lock=lock)
    day = _day(action.arguments)
    counting = covering_plans(action.athlete, day, day).get(day)
    if counting is None or counting.pk != plan.pk:
        raise Moved("Another plan counts for this day now.")
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
            return _swapped(plan, arguments, {})
        diff = _present_swap(plan, item, arguments)
        raise Moved(OVER if diff is None else CHANGED, diff=diff, base_version=base_version_of(plan))
    place = (_day(arguments), arguments["slot"], arguments["index"])
    changes = swap_meal(plan=plan, place=place, recipe_id=arguments["recipe_id"], by=by)
    plan.refresh_from_db()
    return _swapped(plan, arguments, changes)


def _swapped(plan: MealPlan, arguments: dict[str, Any], changes: dict[str, Any]) -> Result:
    """What the plan holds now in that place. Raises Conflict when it is not what was confirmed."""
    item = _item_at(plan, arguments)
    if item is None or item.recipe_id != arguments["recipe_id"]:
        raise Conflict(NOT_VERIFIED, code="action_not_verified")
    return {
        "kind": SWAP,
        "words": f"“{item.recipe.name}” is in your plan for {item.slot} on {day_words(item.date)} now, checked again.",
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


def _present_swap(plan: MealPlan, item: PlanItem | None, arguments: dict[str, Any]) -> dict[str, Any] | None:
    """The same wish against the plan as it is now, None when it is no longer possible."""
    if item is None:
        return None
    try:
        rows = find_alternatives(plan=plan, place=(item.date, item.slot, item.index), limit=MANY)
    except DomainError:
        return None
    row = next((row for row in rows if row["recipe_id"] == arguments["recipe_id"]), None)
    return None if row is None else swap_diff(item, row)


# --- keep ---
def _apply_lock(action: ProposedAction, by: User) -> Result:
    locked = action.kind == LOCK
    plan = _counting_plan(action, lock=True)
    item = _item_at(plan, action.arguments)
    if item is None or item.recipe_id != action.arguments["recipe_id"]:
        raise Moved("Another dish is in that place now. Please ask again.")
    try:
        refuse_lock(plan.athlete, item, locked=locked)
    except DomainError as refusal:
        raise Moved(refusal.message) from None
    if item.locked != locked:
        if base_version_of(plan) != action.base_version:
            raise Moved(CHANGED, diff=lock_diff(item, locked=locked), base_version=base_version_of(plan))
        set_item_status(plan=plan, item_id=item.pk, locked=locked, by=by)
    item.refresh_from_db()
    if item.locked != locked:
        raise Conflict(NOT_VERIFIED, code="action_not_verified")
    meal = f"“{item.recipe.name}” for {item.slot} on {day_words(item.date)}"
    return {
        "kind": action.kind,
        "words": f"{meal} stays as it is." if locked else f"{meal} may change when the plan is made again.",
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
