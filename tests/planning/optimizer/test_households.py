"""Athletes with batch days, food at home, serving steps and low-fiber meals, judged by the independent checker.

With the twelve of `test_solve` they are thirty.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.optimizer import Rules, Solved, solve
from tests.planning.optimizer.cases import check_solved
from tests.planning.optimizer.generator import enrich, make_athlete, make_catalogue, with_household
from tests.planning.optimizer.objective import objective_of

CATALOGUE = enrich(make_catalogue(200))
SEEDS = range(12, 30)


@pytest.fixture(scope="module")
def athletes():
    return {seed: with_household(make_athlete(CATALOGUE, seed), seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def plans(athletes):
    return {seed: solve(athlete.problem) for seed, athlete in athletes.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_checker_agrees(athletes, plans, seed):
    assert isinstance(plans[seed], Solved)
    assert check_solved(CATALOGUE, athletes[seed], plans[seed]).violations == ()


def test_the_objective_is_what_anyone_adds_up(athletes, plans):
    differences = [plan.objective - objective_of(athletes[seed].problem, plan) for seed, plan in plans.items()]
    assert differences == pytest.approx([0.0] * len(plans), abs=2e-6)


def test_no_objective_is_below_its_lower_bound(plans):
    assert [seed for seed, plan in plans.items() if plan.objective < plan.lp_bound] == []


def test_some_batch_is_eaten_more_than_twice(plans):
    counts = []
    for plan in plans.values():
        sources = [item.leftover_of for item in plan.items if item.leftover_of]
        counts.append(max(map(sources.count, sources), default=0))
    assert 2 <= max(counts) <= 3


def test_the_order_of_dishes_and_stock_does_not_change_the_plan(athletes, plans):
    problem = athletes[13].problem
    turned = replace(problem, dishes=problem.dishes[::-1], stock=problem.stock[::-1], days=problem.days[::-1])
    assert solve(turned).items == plans[13].items


def test_what_is_at_home_is_used_more_than_by_a_plan_that_does_not_know_of_it(athletes, plans):
    def credit(problem, plan):
        return objective_of(replace(problem, stock=()), plan) - objective_of(problem, plan)

    gained = []
    for seed in range(12, 15):
        problem = athletes[seed].problem
        ignorant = solve(replace(problem, stock=()))
        gained.append(credit(problem, plans[seed]) - credit(problem, ignorant))
    assert min(gained) > 0


def test_a_batch_that_stands_in_the_way_of_its_own_day_is_untied():
    athlete = with_household(make_athlete(CATALOGUE, 1053), 1053)
    assert isinstance(solve(athlete.problem), Solved)


def test_dishes_used_up_on_one_day_are_given_to_the_day_that_needs_them():
    athlete = with_household(make_athlete(CATALOGUE, 1000), 1000)
    rules = Rules(weekly_max={"meat": 2}, weekly_min={"fish": 1}, leftovers=False)
    # A hard week: on a machine that is busy with much else, the usual deadline would cut its search short.
    solved = solve(replace(athlete.problem, rules=rules), deadline_seconds=300)
    assert isinstance(solved, Solved)
    meat = {dish.key for dish in athlete.problem.dishes if "meat" in dish.tags}
    assert sum(item.dish_key in meat for item in solved.items) <= 2
