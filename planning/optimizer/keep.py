"""Re-planning: days whose needs the previous plan still meets stay as they are, if the rest of the week allows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date as calendar_date

import numpy as np

from planning.optimizer.columns import LEFTOVER_PREP_MINUTES, Columns, leftover_gaps, quarters_range
from planning.optimizer.limits import day_limits, excess
from planning.optimizer.types import DayNeed, Dish, Fixed, Place, Previous, Problem


def frozen_problems(problem: Problem, columns: Columns) -> list[Problem]:
    """The problem with its still valid days fixed, in the order to try; empty when there is none to keep.

    First with leftovers whose dinner lies on a changed day, which then has to cook the same dish; then without.
    """
    if not problem.previous:
        return []
    tried: list[Problem] = []
    for hold_sources in (True, False):
        frozen = freeze_unchanged_days(problem, columns, hold_sources=hold_sources)
        if frozen is not None and frozen not in tried:
            tried.append(frozen)
    return tried


def freeze_unchanged_days(problem: Problem, columns: Columns, *, hold_sources: bool) -> Problem | None:
    """The problem with every still valid day of the previous plan fixed; None when no day is.

    A day is valid when the old meals fill exactly its slots, inside windows and daily rows, agree with the fixed
    meals, and eat leftovers only of dinners that stay (or may be held to their dish: `hold_sources`).
    """
    dishes = {dish.key: dish for dish in problem.dishes}
    fixed = {(kept.date, kept.slot, kept.index): kept for kept in problem.fixed}
    old: dict[str, list[Previous]] = {}
    for meal in problem.previous:
        old.setdefault(meal.date, []).append(meal)
    batch = {day.date: day.batch for day in columns.days}
    frozen = {day.date for day in columns.days if _still_fits(day, old.get(day.date, []), dishes, fixed, batch)}
    planned = {day.date for day in columns.days}
    places = {(day.date, need.slot, need.index) for day in columns.days for need in day.slots}
    held = {
        date
        for date in planned
        if {(meal.date, meal.slot, meal.index) for meal in old.get(date, []) if meal.slot == "dinner"} <= places
    }
    while True:
        broken = {
            date
            for date in frozen
            if any(_loses_source(meal, held if hold_sources else frozen, planned, old, fixed) for meal in old[date])
        }
        if not broken:
            break
        frozen -= broken
    if not frozen:
        return None
    kept = tuple(
        Fixed(meal.date, meal.slot, meal.index, meal.dish_key, meal.quarters, "locked", meal.leftover_of)
        for date in sorted(frozen)
        for meal in old[date]
        if (meal.date, meal.slot, meal.index) not in fixed
    )
    return replace(problem, fixed=problem.fixed + kept)


def _still_keeps(meal: Previous, dish: Dish, batch: Mapping[str, bool]) -> bool:
    """Whether a leftover is one by today's rules; `batch` says it of every planned date."""
    if meal.leftover_of is None or meal.leftover_of[0] not in batch:
        return False
    source = meal.leftover_of[0]
    gap = calendar_date.fromisoformat(meal.date).toordinal() - calendar_date.fromisoformat(source).toordinal()
    return dish.batchable and gap <= dish.keeps_days and gap in leftover_gaps(meal.slot, batch=batch[source])


def _still_fits(
    day: DayNeed,
    meals: list[Previous],
    dishes: dict[str, Dish],
    fixed: dict[Place, Fixed],
    batch_dates: Mapping[str, bool],
) -> bool:
    needs = {(need.slot, need.index): need for need in day.slots}
    if {(meal.slot, meal.index) for meal in meals} != set(needs) or len(meals) != len(needs):
        return False
    limits = day_limits(day)
    sums = np.zeros(len(limits.low))
    for meal in meals:
        dish = dishes.get(meal.dish_key)
        if dish is None:
            return False
        kept = fixed.get((meal.date, meal.slot, meal.index))
        if kept is not None:
            if (kept.dish_key, kept.quarters) != (meal.dish_key, meal.quarters):
                return False
        else:
            low, high = quarters_range(dish, needs[meal.slot, meal.index])
            if not low <= meal.quarters <= high or meal.quarters % dish.step_quarters:
                return False
            if meal.leftover_of is not None and not _still_keeps(meal, dish, batch_dates):
                return False
            if meal.leftover_of is None and meal.slot not in dish.slots:
                return False
        amounts = np.array([amount or 0 for amount in dish.per_quarter], dtype=np.float64)
        amounts[3] = 9.0 * amounts[3] - day.fat_floor_fraction * amounts[0]
        sums[:6] += amounts * meal.quarters
        for row, before in zip(limits.before, day.before, strict=True):
            if before.counts(meal.slot, needs[meal.slot, meal.index].time):
                sums[row] += amounts[2] * meal.quarters
        minutes = dish.prep_minutes if meal.leftover_of is None else LEFTOVER_PREP_MINUTES
        sums[6] += 0 if kept is not None and kept.reason == "eaten" else minutes
    return float(excess(sums, limits).sum()) == 0.0


def _loses_source(
    meal: Previous, frozen: set[str], planned: set[str], old: dict[str, list[Previous]], fixed: dict[Place, Fixed]
) -> bool:
    source = meal.leftover_of
    if source is None or source[0] not in planned:
        return False
    if source in fixed:
        return fixed[source].dish_key != meal.dish_key
    cooked = {(one.date, one.slot, one.index): one.dish_key for one in old.get(source[0], [])}
    return source[0] not in frozen or cooked.get(source) != meal.dish_key
