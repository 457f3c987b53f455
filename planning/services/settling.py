"""Two dishes of a day that only changed places when it was planned again go back to where they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from planning.models import PlanRevision
from planning.optimizer.servings import quarters_range
from planning.optimizer.types import Item, Place, Solved
from planning.services.inputs import PlanInputs
from planning.services.proof import certify

DURING = "during"


def put_back(inputs: PlanInputs, solved: Solved, before: PlanRevision | None) -> Solved:
    """The solution without needless exchanges: same dishes and servings of a day, at the meals they were planned for.

    Only on days whose sessions stand where they stood, where both windows hold the dishes, and where the certificate
    of the whole plan still holds. Nothing of the objective that an athlete notices depends on it.
    """
    if before is None or not inputs.problem.previous:
        return solved
    still = _days_with_the_same_sessions(inputs, before)
    was = {(meal.date, meal.slot, meal.index): meal.dish_key for meal in inputs.problem.previous}
    fixed = {(meal.date, meal.slot, meal.index) for meal in inputs.problem.fixed}
    sources = {item.leftover_of for item in solved.items}
    slots = {(day.date, slot.slot, slot.index): slot for day in inputs.problem.days for slot in day.slots}
    dishes = {dish.key: dish for dish in inputs.problem.dishes}

    def may_stand(item: Item, place: Place) -> bool:
        low, high = quarters_range(dishes[item.dish_key], slots[place])
        return place[1] in dishes[item.dish_key].slots and low <= item.quarters <= high

    free = [
        item
        for item in solved.items
        if item.date in still
        and item.slot != DURING
        and item.leftover_of is None
        and item.place not in fixed | sources
        and item.place in slots
    ]
    exchanged: dict[Place, Item] = {}
    for one, other in combinations(free, 2):
        crossed = was.get(one.place) == other.dish_key and was.get(other.place) == one.dish_key
        if one.date != other.date or one.dish_key == other.dish_key or not crossed:
            continue
        if one.place in exchanged or other.place in exchanged:
            continue
        if may_stand(one, other.place) and may_stand(other, one.place):
            exchanged[one.place] = replace(one, dish_key=other.dish_key, quarters=other.quarters)
            exchanged[other.place] = replace(other, dish_key=one.dish_key, quarters=one.quarters)
    if not exchanged:
        return solved
    settled = replace(solved, items=tuple(exchanged.get(item.place, item) for item in solved.items))
    return settled if certify(inputs, settled)["ok"] else solved


def _days_with_the_same_sessions(inputs: PlanInputs, before: PlanRevision) -> set[str]:
    stored = {document["date"]: _sessions(document["target"]) for document in before.days}
    return {day.date.isoformat() for day in inputs.days if stored.get(day.date.isoformat()) == _sessions(day.payload)}


def _sessions(target: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    return [(session["starts_at_minute"], session["duration_minutes"]) for session in target["sessions"]]
