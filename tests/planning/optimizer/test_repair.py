"""A day that breaks a limit is changed as a whole, within what the other days leave."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from planning.optimizer import Problem, Rules
from planning.optimizer.columns import build_columns
from planning.optimizer.limits import day_limits
from planning.optimizer.options import make_choices
from planning.optimizer.repair import broken_days, mend
from planning.optimizer.week import Week
from tests.planning.optimizer.small import day, dish

# Breakfast, lunch and dinner of 4 quarters each; the quick dish of each meal is the one that is liked least.
MEALS = ("breakfast", "lunch", "dinner")
DISHES = tuple(
    dish(f"{pace}-{meal}", meal, prep_minutes=minutes, preference=liked, min_quarters=4, max_quarters=4)
    for meal in MEALS
    for pace, minutes, liked in (("slow", 20, 0.9), ("quick", 5, 0.1))
)


def week_of(*, minutes, repeats=2, days=1, dishes=DISHES):
    """A plan of slow dishes throughout, with this many minutes a day."""
    needs = tuple(day(number, 12, " ".join(MEALS), prep_minutes=minutes) for number in range(days))
    rules = Rules(max_repeats_per_week=repeats, adjacent_dinner=False, leftovers=False)
    columns = build_columns(Problem(needs, dishes, rules=rules))
    limits = tuple(day_limits(one) for one in columns.days)
    everything = np.arange(len(columns.group), dtype=np.int64)
    level = np.zeros(len(columns.group))
    week = Week(columns, limits, make_choices(columns, limits, level, level, everything, []), [])
    week.reset([slow_option(columns, position) for position in week.positions])
    return week


def slow_option(columns, position):
    keys = [columns.dishes[number].key for number in position.dish.tolist()]
    return next(option for option, key in enumerate(keys) if key.startswith("slow"))


def dishes_of(week):
    return [week.columns.dishes[week.source_at(position.number)[1]].key for position in week.positions]


# A slow dish takes 20 minutes, a quick one 5.
@pytest.mark.parametrize(("minutes", "fewest"), [(45, 1), (30, 2), (20, 3)])
def test_as_many_meals_are_hurried_as_the_minutes_ask_for(minutes, fewest):
    week = week_of(minutes=minutes)
    mend(week, partners=0, deadline=time.monotonic() + 20)
    assert week.measure()[0] == 0.0
    assert sum(key.startswith("quick") for key in dishes_of(week)) >= fewest


def test_a_day_that_breaks_nothing_is_left_as_it_was():
    week = week_of(minutes=60)
    assert mend(week, partners=0, deadline=time.monotonic() + 20)
    assert not any(key.startswith("quick") for key in dishes_of(week))


def test_a_day_that_no_choice_mends_is_left_as_it_was():
    slower = tuple(replace(one, prep_minutes=15) if one.key.startswith("quick") else one for one in DISHES)
    week = week_of(minutes=40, dishes=slower)
    before = dishes_of(week)
    assert (broken_days(week), mend(week, partners=0, deadline=time.monotonic() + 20)) == ([0], False)
    assert dishes_of(week) == before


def test_what_two_days_have_too_often_one_of_them_gives_up():
    week = week_of(minutes=60, repeats=1, days=2)
    assert mend(week, partners=1, deadline=time.monotonic() + 20)
    assert sorted(dishes_of(week)) == sorted(one.key for one in DISHES)
