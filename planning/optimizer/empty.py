"""Meals that no dish can fill, whatever the rest of the week looks like: the plainest reason for having no plan."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from planning.optimizer.columns import Group, build_columns, short_groups
from planning.optimizer.scopes import Withheld, day_scope, loosen, without_foods
from planning.optimizer.types import Conflict, DayNeed, Problem
from planning.optimizer.words import (
    Member,
    join,
    say_day,
    say_days,
    say_empty_slot,
    say_food_rule,
    say_meal,
    sort_members,
)

MOST_NAMED = 5


def find_empty_slots(
    problem: Problem, *, deadline: float, withheld: Sequence[Withheld] = ()
) -> tuple[tuple[Conflict, ...], bool]:
    """One conflict for each kind of meal that stays empty, and whether the clock left time to prove all of it.

    Its members are the meal (`slot`, date), the preparation time of the day where that keeps dishes away, and, when
    `withheld` is given, the diets, allergies and dislikes without which there would be dishes.
    """
    columns = build_columns(problem)
    found: dict[tuple[object, ...], tuple[list[str], str, frozenset[Member], str]] = {}
    certain = True
    for group in short_groups(columns):
        day = columns.days[group.day]
        core, sure = _core(problem, day, group, withheld, deadline)
        certain = certain and sure
        fitting = len(set(columns.family[group.start : group.stop].tolist()))
        foods = tuple(member for member in sort_members(core) if member[0] not in ("prep", "slot"))
        nothing = not any(group.slot in dish.slots for dish in problem.dishes)
        sentence = (
            _nothing_at_all(group.slot, foods)
            if nothing
            else say_empty_slot(
                day, group.needs, fitting=fitting, foods=foods, minutes=any(kind == "prep" for kind, _ in core)
            )
        )
        kinds = tuple(member for member in sort_members(core) if member[0] not in ("prep", "slot"))
        key: tuple[object, ...] = (group.slot, nothing, fitting == 0, kinds, any(kind == "prep" for kind, _ in core))
        if key in found:
            found[key][0].append(day.date)
        else:
            found[key] = ([day.date], sentence, core, group.slot)
    conflicts = []
    for (dates, sentence, core, slot), key in zip(found.values(), found, strict=True):
        later = [date for date in dict.fromkeys(dates) if date != dates[0]]
        if key[1]:
            text = f"{sentence} It is wanted {say_days(dict.fromkeys(dates), all_of=[d.date for d in columns.days])}."
        else:
            text = sentence + (f" Much the same is true {_few(later)}." if later else "")
        codes = ("empty_slot", slot, *sorted({kind for kind, _ in core} - {"slot"}))
        conflicts.append(Conflict(codes, text, sort_members(core), verified=certain))
    return tuple(conflicts), certain


def _few(dates: Sequence[str]) -> str:
    if len(dates) > MOST_NAMED:
        return f"on {len(dates)} other days"
    return "on " + join([say_day(date) for date in dates])


def _nothing_at_all(slot: str, foods: Sequence[Member]) -> str:
    if foods:
        return f"No dish for the {say_meal(slot)} fits {join([say_food_rule(member) for member in foods])}."
    return f"No dish that you may eat is meant for the {say_meal(slot)}."


def slot_scope(problem: Problem, day: DayNeed, group: Group) -> Problem:
    """Only the meals of one group of one day, with the dinners that they may be the leftovers of."""
    part = day_scope(problem, day.date)
    return replace(
        part,
        days=(*part.days[:-1], replace(part.days[-1], slots=group.needs)),
        fixed=tuple(
            meal
            for meal in part.fixed
            if meal.date != day.date or (meal.slot, meal.index) in {(need.slot, need.index) for need in group.needs}
        ),
    )


def _core(
    problem: Problem, day: DayNeed, group: Group, withheld: Sequence[Withheld], deadline: float
) -> tuple[frozenset[Member], bool]:
    foods = sorted({reason for one in withheld for reason in one.reasons})
    minutes: list[Member] = [("prep", day.date)] if day.prep_minutes is not None else []
    active: frozenset[Member] = frozenset((*minutes, *foods))
    part = loosen(slot_scope(problem, day, group))
    if not _stays_empty(part, group, withheld, frozenset(foods), hurried=bool(minutes)):
        return frozenset({("slot", day.date), *minutes}), False
    for member in (*reversed(foods), *minutes):
        if time.monotonic() > deadline:
            return active | {("slot", day.date)}, False
        rest = active - {member}
        if _stays_empty(part, group, withheld, frozenset(foods) & rest, hurried=bool(rest & {*minutes})):
            active = rest
    return active | {("slot", day.date)}, True


def _stays_empty(
    part: Problem, group: Group, withheld: Sequence[Withheld], kept: frozenset[Member], *, hurried: bool
) -> bool:
    """Whether too few dishes are left for these meals with only some food rules in force.

    Any dinner before them counts as cooked, even one that cannot be: what is empty all the same is so for certain.
    """
    reasons = frozenset(reason for one in withheld for reason in one.reasons)
    problem = without_foods(part, withheld, reasons - kept)
    if not hurried:
        problem = replace(problem, days=(*problem.days[:-1], replace(problem.days[-1], prep_minutes=None)))
    columns = build_columns(problem)
    return any(short.day == len(columns.days) - 1 for short in short_groups(columns))
