"""Keeping meals: locks, eaten meals, unchanged days, and what counts as a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.optimizer import Fixed, Item, Previous, Solved, diff, solve
from tests.planning.optimizer.cases import check_solved
from tests.planning.optimizer.generator import make_athlete, make_catalogue

CATALOGUE = make_catalogue(200)
ATHLETE = make_athlete(CATALOGUE, 3)
WEEK = ATHLETE.problem


def as_previous(items):
    return tuple(
        Previous(item.date, item.slot, item.index, item.dish_key, item.quarters, item.leftover_of) for item in items
    )


@pytest.fixture(scope="module")
def plan():
    return solve(WEEK)


def harder_wednesday(problem):
    days = list(problem.days)
    day = days[2]
    days[2] = replace(
        day,
        energy_kcal=day.energy_kcal * 1.15,
        carbs_g=day.carbs_g * 1.15,
        slots=tuple(
            replace(need, energy_lo=need.energy_lo * 1.15, energy_hi=need.energy_hi * 1.15)
            if need.energy_lo is not None
            else need
            for need in day.slots
        ),
    )
    return replace(problem, days=tuple(days), budget_milli=round(problem.budget_milli * 1.1))


def test_the_same_needs_give_the_same_plan_back(plan):
    again = solve(replace(WEEK, previous=as_previous(plan.items), seed=99))
    assert again.items == plan.items


def test_a_harder_wednesday_changes_wednesday_only(plan):
    problem = replace(harder_wednesday(WEEK), previous=as_previous(plan.items))
    again = solve(problem)
    assert isinstance(again, Solved)
    assert check_solved(CATALOGUE, ATHLETE, again, problem).ok
    assert {change.after.date for change in diff(plan.items, again.items).changed} == {WEEK.days[2].date}


def test_the_old_plan_keeps_meals_that_a_new_start_would_change(plan):
    problem = harder_wednesday(WEEK)
    fresh = diff(plan.items, solve(replace(problem, seed=77)).items)
    kept = diff(plan.items, solve(replace(problem, seed=77, previous=as_previous(plan.items))).items)
    count = [sum(change.dish_changed for change in changes.changed) for changes in (kept, fresh)]
    assert count[0] * 4 <= count[1]


@pytest.mark.parametrize("reason", ["locked", "bought", "eaten"])
def test_a_fixed_meal_stays_to_the_quarter(plan, reason):
    dinner = next(item for item in plan.items if item.slot == "dinner" and item.leftover_of is None)
    other = next(
        dish
        for dish in WEEK.dishes
        if "dinner" in dish.slots
        and dish.key not in {item.dish_key for item in plan.items}
        and 4 * dish.per_quarter[0] <= 70000
    )
    lock = Fixed(dinner.date, "dinner", 0, other.key, 4, reason)
    problem = replace(WEEK, fixed=(lock,), previous=as_previous(plan.items))
    again = solve(problem)
    assert isinstance(again, Solved)
    there = next(item for item in again.items if item.place == (dinner.date, "dinner", 0))
    assert (there.dish_key, there.quarters) == (other.key, 4)
    assert check_solved(CATALOGUE, ATHLETE, again, problem).ok


def test_a_locked_leftover_keeps_the_dinner_it_was_cooked_at(plan):
    left = next(item for item in plan.items if item.leftover_of)
    lock = Fixed(left.date, left.slot, left.index, left.dish_key, left.quarters, "locked", left.leftover_of)
    again = solve(replace(WEEK, fixed=(lock,), seed=5))
    assert isinstance(again, Solved)
    cook = next(item for item in again.items if item.place == left.leftover_of)
    kept = next(item for item in again.items if item.place == left.place)
    assert (cook.dish_key, kept.dish_key, kept.leftover_of) == (left.dish_key, left.dish_key, left.leftover_of)


def test_a_new_slot_is_added_and_the_other_meals_of_other_days_stay(plan):
    days = list(WEEK.days)
    gone = next(number for number, day in enumerate(days) if any(need.slot == "pre" for need in day.slots))
    days[gone] = replace(days[gone], slots=tuple(need for need in days[gone].slots if need.slot != "pre"))
    problem = replace(WEEK, days=tuple(days), previous=as_previous(plan.items))
    again = solve(problem)
    assert isinstance(again, Solved)
    changes = diff(plan.items, again.items)
    assert [item.place for item in changes.removed] == [(days[gone].date, "pre", 0)]
    assert {change.after.date for change in changes.changed} <= {days[gone].date}


BASE = Item("2026-03-02", "lunch", 0, "12:00", "a", 4)


@pytest.mark.parametrize(
    ("after", "sizes"),
    [
        ((BASE,), (0, 0, 0, 0)),
        ((replace(BASE, dish_key="b"),), (1, 0, 0, 0)),
        ((replace(BASE, quarters=5),), (1, 0, 0, 0)),
        ((replace(BASE, time="13:00"),), (0, 0, 0, 1)),
        ((), (0, 0, 1, 0)),
        ((BASE, replace(BASE, slot="dinner")), (0, 1, 0, 0)),
    ],
)
def test_a_diff_sorts_each_kind_of_change(after, sizes):
    changes = diff((BASE,), after)
    found = (len(changes.changed), len(changes.added), len(changes.removed), len(changes.moved_times))
    assert found == sizes
