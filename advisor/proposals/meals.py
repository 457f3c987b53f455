"""Proposals about one planned meal: another dish in its place, or that it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import MAX_SENTENCE, day_words, refuse_past_day, row
from advisor.words import WEEKDAYS
from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from planning.models import MealPlan, PlanItem
from planning.services.choice import why_not
from planning.services.swaps import FoodExcluded

SWAP, LOCK, UNLOCK = "swap_meal", "lock_meal", "unlock_meal"


def base_version_of(plan: MealPlan) -> str:
    """What a proposal about a meal rests on: the plan and its revision."""
    return f"{plan.pk}:{plan.revision}"


def swap_diff(item: PlanItem, alternative: Mapping[str, Any]) -> dict[str, Any]:
    """One dish for another: what leaves, what comes, what the day gains or loses."""
    kept = ("energy_kcal", "carbs_g", "protein_g", "fat_g")
    return {
        "date": item.date.isoformat(),
        "slot": item.slot,
        "index": item.index,
        "before": {
            "recipe_id": item.recipe_id,
            "name": item.recipe.name,
            "servings": item.quarters / 4,
            "nutrients": {name: item.nutrients.get(name) for name in kept},
        },
        "after": {
            "recipe_id": alternative["recipe_id"],
            "name": alternative["name"],
            "servings": alternative["servings"],
            "nutrients": {name: alternative["nutrients"].get(name) for name in kept},
        },
        "change": dict(alternative.get("change") or {}),
    }


def swap_proposal(plan: MealPlan, item: PlanItem, alternative: Mapping[str, Any]) -> Proposal:
    """The proposal to put an alternative (a row of find_alternatives) in the place of a planned dish."""
    when = f"{item.slot} on {WEEKDAYS[item.date.weekday()]} {item.date.isoformat()}"
    sentence = f"Have “{alternative['name']}” instead of “{item.recipe.name}” at {when}."
    return Proposal(
        kind=SWAP,
        arguments={**_place(plan, item), "recipe_id": alternative["recipe_id"]},
        sentence=sentence[:MAX_SENTENCE],
        diff=swap_diff(item, alternative),
        base_version=base_version_of(plan),
    )


def lock_proposal(plan: MealPlan, item: PlanItem, *, locked: bool = True) -> Proposal:
    """The proposal to keep a planned meal whatever the plan does, or to let it change again.

    Raises Conflict for a day that is over, a meal that was eaten, or one that is as wished already; FoodExcluded for a
    dish that may not be eaten any more.
    """
    refuse_lock(plan.athlete, item, locked=locked)
    if item.locked == locked:
        raise Conflict("This meal is kept already." if locked else "This meal is not kept.", code="nothing_to_change")
    words = f"{item.slot} on {day_words(item.date)}"
    sentence = (
        f"Keep “{item.recipe.name}” for {words}, also when the plan is made again."
        if locked
        else f"Let “{item.recipe.name}” for {words} change again when the plan is made again."
    )
    return Proposal(
        kind=LOCK if locked else UNLOCK,
        arguments={**_place(plan, item), "recipe_id": item.recipe_id},
        sentence=sentence[:MAX_SENTENCE],
        diff=lock_diff(item, locked=locked),
        base_version=base_version_of(plan),
    )


def lock_diff(item: PlanItem, *, locked: bool) -> dict[str, Any]:
    """What keeping a meal, or letting it go, would change: nothing of what is eaten."""
    words = ("may change", "stays as it is")
    return {
        "date": item.date.isoformat(),
        "slot": item.slot,
        "index": item.index,
        "recipe_id": item.recipe_id,
        "name": item.recipe.name,
        "locked": locked,
        "rows": [row(f"{item.slot}: {item.recipe.name}", words[item.locked], words[locked])],
    }


def refuse_lock(athlete: Athlete, item: PlanItem, *, locked: bool) -> None:
    """Raises as `lock_proposal` does, except that what is as wished already is no refusal."""
    refuse_past_day(item.date, today=today(athlete.zones))
    if item.status == PlanItem.Status.EATEN:
        raise Conflict("This meal was eaten already.", code="meal_eaten")
    reasons = why_not(item.recipe, athlete) if locked else []
    if reasons:
        raise FoodExcluded("This dish is excluded for you: " + "; ".join(reasons) + ".")


def _place(plan: MealPlan, item: PlanItem) -> dict[str, Any]:
    return {"meal_plan_id": plan.pk, "date": item.date.isoformat(), "slot": item.slot, "index": item.index}
