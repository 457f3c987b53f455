"""Twelve synthetic athletes over a catalogue of 200 recipes, judged by the independent checker."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from planning.optimizer import DayNeed, Dish, Infeasible, Problem, ProblemError, Rules, SlotNeed, Solved, solve
from planning.optimizer.columns import build_columns
from planning.optimizer.limits import day_limits
from planning.optimizer.relaxation import WeekProgram
from planning.optimizer.subset import first_subset
from tests.planning.optimizer.cases import check_solved
from tests.planning.optimizer.generator import MONDAY, dish_from, make_athlete, make_catalogue, make_day

CATALOGUE = make_catalogue(200)
SEEDS = range(12)


@pytest.fixture(scope="module")
def plans():
    return {seed: solve(make_athlete(CATALOGUE, seed).problem) for seed in SEEDS}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_checker_agrees_with_every_plan(plans, seed):
    certificate = check_solved(CATALOGUE, make_athlete(CATALOGUE, seed), plans[seed])
    assert certificate.violations == ()


def test_no_plan_of_the_twelve_needed_a_waiver_or_was_cut_short(plans):
    assert [(plan.relaxed, plan.truncated) for plan in plans.values()] == [((), False)] * 12


def test_no_objective_is_below_its_lower_bound(plans):
    assert [seed for seed, plan in plans.items() if plan.objective < plan.lp_bound] == []


def test_most_plans_are_within_a_fifth_of_the_bound(plans):
    assert sorted(plan.gap for plan in plans.values())[9] < 0.20


def test_some_dinner_is_eaten_again(plans):
    assert any(item.leftover_of for plan in plans.values() for item in plan.items)


def test_the_bound_over_a_subset_never_exceeds_the_bound_over_all_columns():
    columns = build_columns(make_athlete(CATALOGUE, 3).problem)
    program = WeekProgram(columns, tuple(day_limits(day) for day in columns.days))
    subset = first_subset(columns)
    whole = program.solve(build_all(columns))
    part = program.solve(subset)
    assert part.bound <= whole.value + 1e-6 <= part.value + 2e-6


def build_all(columns):
    return (columns.group * 0).cumsum() + range(len(columns.group))


@pytest.mark.parametrize("count", [1, 3, 14])
def test_a_plan_may_cover_one_to_fourteen_days(count):
    athlete = make_athlete(CATALOGUE, 3, days=count)
    solved = solve(athlete.problem)
    assert isinstance(solved, Solved)
    assert check_solved(CATALOGUE, athlete, solved).ok
    assert len({item.date for item in solved.items}) == count


def test_two_sessions_a_day_have_two_different_dishes_before_training():
    athlete = make_athlete(CATALOGUE, 3, days=2)
    first = athlete.problem.days[0]
    base = make_day(MONDAY, 70, 120, random.Random(5), hours=1.5)
    slots = (*base.slots, SlotNeed("pre", 1, "06:00", 0.04 * base.energy_kcal, 0.12 * base.energy_kcal))
    problem = replace(athlete.problem, days=(replace(base, slots=slots), athlete.problem.days[1]), budget_milli=None)
    solved = solve(problem)
    assert isinstance(solved, Solved)
    assert check_solved(CATALOGUE, athlete, solved, problem).ok
    assert len({item.dish_key for item in solved.items if item.slot == "pre" and item.date == first.date}) == 2


def test_weekly_rules_are_kept():
    athlete = make_athlete(CATALOGUE, 3)
    problem = replace(athlete.problem, rules=Rules(weekly_max={"meat": 3}, weekly_min={"fish": 3}))
    solved = solve(problem)
    assert isinstance(solved, Solved)
    assert check_solved(CATALOGUE, athlete, solved, problem).ok


def test_an_unreachable_fiber_limit_is_left_with_a_warning_instead_of_a_refusal():
    athlete = make_athlete(CATALOGUE, 3, days=1)
    day = replace(athlete.problem.days[0], fiber_lo=400.0, fiber_hi=500.0)
    solved = solve(replace(athlete.problem, days=(day,)))
    assert isinstance(solved, Solved)
    assert [(waiver.kind, waiver.date, waiver.low) for waiver in solved.relaxed] == [("fiber", day.date, 400.0)]


def test_a_protein_cap_that_cannot_hold_is_left_last_and_its_floor_never():
    dish = Dish("a", "a", "A", frozenset({"lunch"}), (10000, 900, 1100, 300, 0, 0), 2, 40)
    need = SlotNeed("lunch", 0, "12:00", 100.0, 5000.0)
    day = DayNeed("2026-03-02", 2000.0, 220.0, 100.0, (need,))
    solved = solve(Problem((day,), (dish,), seed=1))
    assert isinstance(solved, Solved)
    assert [waiver.kind for waiver in solved.relaxed] == ["protein_cap"]
    floor = solve(Problem((replace(day, protein_g=230.0),), (dish,), seed=1))
    assert isinstance(floor, Infeasible)


def test_unknown_fiber_counts_as_nothing_and_shows_in_the_coverage():
    athlete = make_athlete(CATALOGUE, 3, days=1)
    dishes = tuple(replace(dish, per_quarter=(*dish.per_quarter[:4], None, 0)) for dish in athlete.problem.dishes)
    day = replace(athlete.problem.days[0], fiber_lo=None)
    solved = solve(replace(athlete.problem, dishes=dishes, days=(day,)))
    assert isinstance(solved, Solved)
    assert [(one.fiber, one.sodium, one.cost) for one in solved.coverage] == [(0.0, 1.0, 1.0)]


def test_progress_is_told_by_stage():
    stages = []
    solve(make_athlete(CATALOGUE, 3, days=2).problem, progress=lambda stage, fraction: stages.append(stage))
    assert list(dict.fromkeys(stages)) == ["columns", "bound", "search"]


def test_a_deadline_of_nothing_still_answers():
    answer = solve(make_athlete(CATALOGUE, 3, days=1).problem, deadline_seconds=0.0)
    assert isinstance(answer, Infeasible) or answer.truncated


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": ()}, "1 to 14 days"),
        ({"dishes": (dish_from(CATALOGUE, "main-000"),) * 2}, "share a key"),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(change, words):
    with pytest.raises(ProblemError, match=words):
        solve(replace(make_athlete(CATALOGUE, 3, days=1).problem, **change))
