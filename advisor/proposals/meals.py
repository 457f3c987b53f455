"""Proposals about one planned meal: another dish in its place, or that it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import refuse_past_day, row, title_of, titled
from advisor.proposals.told import amount_of, dish, in_words, reasoned, refuse, slot_of
from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from planning.models import MealPlan, PlanItem
from planning.services.choice import why_not
from planning.services.swaps import FoodExcluded

SWAP, LOCK, UNLOCK = "swap_meal", "lock_meal", "unlock_meal"
AMOUNTS = (("carbs_g", "Carbohydrate", "g"), ("protein_g", "Protein", "g"), ("energy_kcal", "Energy", "kcal"))


class DishExcluded(FoodExcluded):
    """422: a dish that may not be eaten any more is not kept. `told` says so in every language."""

    def __init__(self, message: str) -> None:
        self.told = reasoned(message, in_words("Your allergies or your diet exclude this dish for you."))
        super().__init__(message)


def base_version_of(plan: MealPlan) -> str:
    """What a proposal about a meal rests on: the plan and its revision."""
    return f"{plan.pk}:{plan.revision}"


def swap_diff(item: PlanItem, alternative: Mapping[str, Any]) -> dict[str, Any]:
    """One dish for another: what leaves, what comes, what the day gains or loses."""
    kept = ("energy_kcal", "carbs_g", "protein_g", "fat_g")
    meal = in_words("{slot}, {day}", slot=slot_of(item.slot), day=item.date)
    old, new = item.nutrients, alternative["nutrients"]
    title = in_words(
        "Have “{after}” instead of “{before}”: {meal}.", after=alternative["name"], before=item.recipe.name, meal=meal
    )
    diff = {
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
        "rows": [
            row(meal, dish(item.recipe.name, item.quarters / 4), dish(alternative["name"], alternative["servings"])),
            *(
                row(in_words(words), amount_of(old[name], unit), amount_of(new[name], unit))
                for name, words, unit in AMOUNTS
                if old.get(name) is not None and new.get(name) is not None
            ),
        ],
    }
    return titled(title, diff)


def swap_proposal(plan: MealPlan, item: PlanItem, alternative: Mapping[str, Any]) -> Proposal:
    """The proposal to put an alternative (a row of find_alternatives) in the place of a planned dish."""
    diff = swap_diff(item, alternative)
    return Proposal(
        kind=SWAP,
        arguments={**_place(plan, item), "recipe_id": alternative["recipe_id"]},
        sentence=title_of(diff),
        diff=diff,
        base_version=base_version_of(plan),
    )


def lock_proposal(plan: MealPlan, item: PlanItem, *, locked: bool = True) -> Proposal:
    """The proposal to keep a planned meal whatever the plan does, or to let it change again.

    Raises Conflict for a day that is over, a meal that was eaten, or one that is as wished already; FoodExcluded for a
    dish that may not be eaten any more.
    """
    refuse_lock(plan.athlete, item, locked=locked)
    if item.locked == locked:
        raise refuse("This meal is kept already." if locked else "This meal is not kept.", code="nothing_to_change")
    diff = lock_diff(item, locked=locked)
    return Proposal(
        kind=LOCK if locked else UNLOCK,
        arguments={**_place(plan, item), "recipe_id": item.recipe_id},
        sentence=title_of(diff),
        diff=diff,
        base_version=base_version_of(plan),
    )


def lock_diff(item: PlanItem, *, locked: bool) -> dict[str, Any]:
    """What keeping a meal, or letting it go, would change: nothing of what is eaten."""
    words = (in_words("may change"), in_words("stays as it is"))
    slot, name = slot_of(item.slot), item.recipe.name
    title = (
        in_words("Keep “{dish}”, also when the plan is made again: {slot}, {day}.", dish=name, slot=slot, day=item.date)
        if locked
        else in_words(
            "Let “{dish}” change when the plan is made again: {slot}, {day}.", dish=name, slot=slot, day=item.date
        )
    )
    diff = {
        "date": item.date.isoformat(),
        "slot": item.slot,
        "index": item.index,
        "recipe_id": item.recipe_id,
        "name": item.recipe.name,
        "locked": locked,
        "rows": [row(in_words("{slot}: {dish}", slot=slot, dish=name), words[item.locked], words[locked])],
    }
    return titled(title, diff)


def refuse_lock(athlete: Athlete, item: PlanItem, *, locked: bool) -> None:
    """Raises as `lock_proposal` does, except that what is as wished already is no refusal."""
    refuse_past_day(item.date, today=today(athlete.zones))
    if item.status == PlanItem.Status.EATEN:
        raise refuse("This meal was eaten already.", code="meal_eaten")
    reasons = why_not(item.recipe, athlete) if locked else []
    if reasons:
        raise DishExcluded("This dish is excluded for you: " + "; ".join(reasons) + ".")


def _place(plan: MealPlan, item: PlanItem) -> dict[str, Any]:
    return {"meal_plan_id": plan.pk, "date": item.date.isoformat(), "slot": item.slot, "index": item.index}
