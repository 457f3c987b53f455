"""What the soak of the planner judges with: another reading of the objective, and another program of the week."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.optimizer import Previous, Solved, solve
from planning.optimizer.types import Item
from script.support.planner.athletes import random_person
from script.support.planner.model import WeekModel
from script.support.planner.reading import OBJECTIVE_VERSION, objective_of
from script.support.planner.soak import try_athlete
from script.support.planner.worlds import digest, swap_hardest_and_easiest
from tests.planning.optimizer.generator import enrich, make_athlete, make_catalogue, with_household

SEED = 11
CATALOGUE = enrich(make_catalogue(200))
HOUSEHOLDS = [with_household(make_athlete(CATALOGUE, number), number).problem for number in (1, 2)]
PLAIN = make_athlete(make_catalogue(200), 4, days=3).problem


@pytest.fixture(scope="module")
def plans():
    return [solve(problem) for problem in (*HOUSEHOLDS, PLAIN)]


@pytest.mark.django_db
def test_a_random_athlete_gets_a_true_answer(catalogue):
    """One of those in `test_soak_sample.py`."""
    record = try_athlete(SEED, 0, subsets=False, offers=False)
    assert (record["failures"], record["outcome"] != "error") == ([], True)


def test_the_same_seed_makes_the_same_person():
    assert random_person(SEED, 7) == random_person(SEED, 7) != random_person(SEED, 8)


def test_the_objective_read_from_its_definition_is_the_objective_that_is_told(plans):
    told = [plan.objective for plan in plans]
    assert [objective_of(p, plan.items) for p, plan in zip((*HOUSEHOLDS, PLAIN), plans, strict=True)] == pytest.approx(
        told, abs=1e-6
    )


def test_the_objective_of_a_plan_made_again_counts_its_changes():
    before = solve(PLAIN)
    kept = tuple(Previous(one.date, one.slot, one.index, one.dish_key, one.quarters) for one in before.items)
    moved = replace(swap_hardest_and_easiest(PLAIN), previous=kept)
    after = solve(moved)
    assert isinstance(after, Solved)
    assert objective_of(moved, after.items) == pytest.approx(after.objective, abs=1e-6)


def test_the_bound_that_is_told_is_the_bound_of_an_independent_program(plans):
    """Both relax the same week; ours sees part of the columns, so it may lie below by half a percent."""
    other = WeekModel(PLAIN).solve(seconds=20, integer=False)
    assert plans[2].lp_bound <= other.objective + 1e-4
    assert plans[2].lp_bound >= 0.99 * other.objective - 0.2


def test_a_plan_of_the_whole_week_program_costs_what_it_says():
    day = make_athlete(make_catalogue(200), 4, days=1).problem
    answer = WeekModel(day).solve(seconds=4)
    items = [Item(date, slot, index, "", key, quarters) for date, slot, index, key, quarters, _ in answer.items]
    assert objective_of(day, items) == pytest.approx(answer.objective, abs=1e-5)


def test_the_models_speak_of_the_objective_in_force():
    assert PLAIN.objective_version == OBJECTIVE_VERSION


def test_a_fingerprint_of_a_problem_ignores_names_and_seeds_and_sees_amounts():
    dish = PLAIN.dishes[0]
    renamed = replace(PLAIN, seed=9, dishes=(replace(dish, name="other"), *PLAIN.dishes[1:]))
    heavier = replace(PLAIN, dishes=(replace(dish, prep_minutes=dish.prep_minutes + 1), *PLAIN.dishes[1:]))
    assert [digest(renamed) == digest(PLAIN), digest(heavier) == digest(PLAIN)] == [True, False]
