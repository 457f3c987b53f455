"""Dishes of a day that only changed places when it was planned again go back to where they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planning.models import PlanRevision
from planning.optimizer.servings import quarters_range
from planning.optimizer.types import Item, Place, Previous, Solved
from planning.services.inputs import PlanInputs
from planning.services.proof import certify

DURING = "during"


def put_back(inputs: PlanInputs, solved: Solved, before: PlanRevision | None) -> Solved:
    """The solution without needless exchanges: dishes of a day stand at the meals they were planned for.

    Among meals of one kind (the snacks of a day) a dish goes back to where it was, whatever moved that day. Two dishes
    that crossed between other meals do on days whose sessions stand where they stood. Always only where both windows
    hold the dishes, and where the certificate of the whole plan still holds. Nothing of the objective that an athlete
    notices depends on it.
    """
    if before is None or not inputs.problem.previous:
        return solved
    still = _days_with_the_same_sessions(inputs, before)
    was = {(meal.date, meal.slot, meal.index): meal for meal in inputs.problem.previous}
    fixed = {(meal.date, meal.slot, meal.index) for meal in inputs.problem.fixed}
    sources = {item.leftover_of for item in solved.items}
    slots = {(day.date, slot.slot, slot.index): slot for day in inputs.problem.days for slot in day.slots}
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    ahead = {
        (day.date, slot.slot, slot.index): tuple(need.counts(slot.slot, slot.time) for need in day.before)
        for day in inputs.problem.days
        for slot in day.slots
    }

    def may_stand(item: Item, place: Place) -> bool:
        low, high = quarters_range(dishes[item.dish_key], slots[place])
        return place[1] in dishes[item.dish_key].slots and low <= item.quarters <= high

    def may_exchange(one: Item, other: Item) -> bool:
        if one.dish_key == other.dish_key and one.quarters == other.quarters:
            return False
        # What is eaten before a session is chosen for it.
        if ahead[one.place] != ahead[other.place]:
            return False
        if one.slot != other.slot:
            # Meals of different kinds feed different hours of a session.
            crossed = _was_dish(was, one.place) == other.dish_key and _was_dish(was, other.place) == one.dish_key
            if DURING in (one.slot, other.slot) or one.date not in still or not crossed:
                return False
        elif one.slot == DURING and one.date not in still:
            return False
        return may_stand(one, other.place) and may_stand(other, one.place)

    by_day: dict[str, dict[Place, Item]] = {}
    for item in solved.items:
        if item.leftover_of is None and item.place not in fixed | sources and item.place in slots:
            by_day.setdefault(item.date, {})[item.place] = item
    exchanged = [moved for meals in by_day.values() if (moved := _exchanges(meals, was, may_exchange))]
    settled = _with(solved, exchanged)
    if settled is solved or certify(inputs, settled)["ok"]:
        return settled
    # One day's exchange may break a rule of the week; the others need not suffer for it.
    settled = solved
    for moved in exchanged:
        tried = _with(settled, [moved])
        settled = tried if certify(inputs, tried)["ok"] else settled
    return settled


def _exchanges(
    meals: Mapping[Place, Item], was: Mapping[Place, Previous], may_exchange: Callable[[Item, Item], bool]
) -> dict[Place, Item]:
    """What stands elsewhere of one day's meals once each dish is back where it was, as far as it may be.

    Every exchange brings one meal home and takes none away from there, so that it ends.
    """
    present = dict(meals)
    for place in sorted(present):
        home = was.get(place)
        if home is None or present[place].dish_key == home.dish_key:
            continue
        found = [
            other
            for other in present.values()
            if other.dish_key == home.dish_key
            and _was_dish(was, other.place) != other.dish_key
            and may_exchange(present[place], other)
        ]
        if not found:
            continue
        one, other = present[place], min(found, key=lambda item: (item.quarters != home.quarters, item.place))
        present[place] = replace(one, dish_key=other.dish_key, quarters=other.quarters)
        present[other.place] = replace(other, dish_key=one.dish_key, quarters=one.quarters)
    return {place: item for place, item in present.items() if item != meals[place]}


def _was_dish(was: Mapping[Place, Previous], place: Place) -> str | None:
    return was[place].dish_key if place in was else None


def _with(solved: Solved, exchanges: Sequence[Mapping[Place, Item]]) -> Solved:
    moved = {place: item for one in exchanges for place, item in one.items()}
    if not moved:
        return solved
    return replace(solved, items=tuple(moved.get(item.place, item) for item in solved.items))


def _days_with_the_same_sessions(inputs: PlanInputs, before: PlanRevision) -> set[str]:
    stored = {document["date"]: _sessions(document["target"]) for document in before.days}
    return {day.date.isoformat() for day in inputs.days if stored.get(day.date.isoformat()) == _sessions(day.payload)}


def _sessions(target: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    return [(session["starts_at_minute"], session["duration_minutes"]) for session in target["sessions"]]
