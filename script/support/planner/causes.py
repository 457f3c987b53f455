"""Weeks that cannot be planned, each made so on purpose: the refusal has to name the cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from planning.optimizer import Fixed, Problem, Rules
from tests.planning.optimizer.generator import make_athlete, make_catalogue

RECIPES = 200
FIRST_ATHLETE = 3000


@dataclass(frozen=True)
class Hopeless:
    """One problem and the code that some conflict of its refusal must have."""

    name: str
    cause: str
    problem: Problem


def _each_day(problem: Problem, **changes: Any) -> Problem:
    return replace(problem, days=tuple(replace(day, **changes) for day in problem.days))


def _first_day(problem: Problem, **changes: Any) -> Problem:
    return replace(problem, days=(replace(problem.days[0], **changes), *problem.days[1:]))


def too_cheap(problem: Problem) -> Problem:
    return replace(problem, budget_milli=round((problem.budget_milli or 0) * 0.15))


def too_much_protein(problem: Problem) -> Problem:
    return _first_day(problem, protein_g=2.6 * problem.days[0].protein_g)


def too_much_carbohydrate(problem: Problem) -> Problem:
    return _first_day(problem, carbs_g=0.95 * problem.days[0].energy_kcal / 4)


def too_much_fat(problem: Problem) -> Problem:
    return _first_day(problem, fat_floor_fraction=0.75)


def too_little_time(problem: Problem) -> Problem:
    """Less than any two fresh main meals take, on every day."""
    return _each_day(problem, prep_minutes=11.0)


def too_few_dinners(problem: Problem) -> Problem:
    mains = sorted(dish.key for dish in problem.dishes if "dinner" in dish.slots)[:2]
    dishes = tuple(dish for dish in problem.dishes if "dinner" not in dish.slots or dish.key in mains)
    return replace(problem, dishes=dishes, rules=Rules(max_repeats_per_week=1))


def rules_against_each_other(problem: Problem) -> Problem:
    return replace(problem, rules=Rules(weekly_max={"meat": 0}, weekly_min={"meat": 2}))


def nothing_for_breakfast(problem: Problem) -> Problem:
    return replace(problem, dishes=tuple(dish for dish in problem.dishes if "breakfast" not in dish.slots))


def a_tiny_breakfast(problem: Problem) -> Problem:
    slots = tuple(
        replace(need, energy_lo=20.0, energy_hi=40.0) if need.slot == "breakfast" else need
        for need in problem.days[0].slots
    )
    return _first_day(problem, slots=slots)


def a_huge_kept_lunch(problem: Problem) -> Problem:
    """A locked lunch that alone is more than the day's energy."""
    day = problem.days[0]
    dish = max((one for one in problem.dishes if "lunch" in one.slots), key=lambda one: one.per_quarter[0] or 0)
    quarters = round(1.2 * day.energy_kcal / ((dish.per_quarter[0] or 1) / 100))
    return replace(problem, fixed=(Fixed(day.date, "lunch", 0, dish.key, quarters),))


CAUSES = (
    (too_cheap, "budget", 2),
    (too_much_protein, "protein", 1),
    (too_much_carbohydrate, "carbs", 2),
    (too_much_fat, "fat", 1),
    (too_little_time, "prep", 2),
    (too_few_dinners, "repeats", 3),
    (rules_against_each_other, "weekly_min", 7),
    (nothing_for_breakfast, "empty_slot", 1),
    (a_tiny_breakfast, "empty_slot", 2),
    (a_huge_kept_lunch, "fixed", 2),
)


def hopeless_cases(athletes: int) -> Iterator[Hopeless]:
    """Every cause for this many athletes."""
    catalogue = make_catalogue(RECIPES)
    for number in range(athletes):
        for spoil, cause, days in CAUSES:
            problem = make_athlete(catalogue, FIRST_ATHLETE + number, days=days).problem
            yield Hopeless(f"{spoil.__name__}-{number}", cause, spoil(problem))
