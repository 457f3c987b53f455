"""Same inputs, same bytes: hashes, processes and forks."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from planning.optimizer import Fixed, Previous, Rules, derive_seed, inputs_hash, solve
from tests.planning.optimizer.generator import make_athlete, make_catalogue

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = make_catalogue(200)
WEEK = make_athlete(CATALOGUE, 3).problem
SCRIPT = """
from planning.optimizer import inputs_hash, solve
from tests.planning.optimizer.generator import enrich, make_athlete, make_catalogue, with_household
catalogue = make_catalogue(200)
plain = make_athlete(catalogue, 6).problem
rich = with_household(make_athlete(enrich(catalogue), 7), 7).problem
for problem in (plain, rich):
    print(inputs_hash(problem), solve(problem))
"""


def run_apart(hash_seed):
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, timeout=60, check=True
    )
    return done.stdout


def test_two_processes_with_different_hash_seeds_give_the_same_bytes():
    assert run_apart("1") == run_apart("2")


def test_the_same_problem_twice_gives_the_same_answer():
    assert solve(WEEK) == solve(WEEK)


def test_the_order_of_dishes_and_days_does_not_change_the_plan():
    turned = replace(WEEK, dishes=WEEK.dishes[::-1], days=WEEK.days[::-1])
    assert solve(turned).items == solve(WEEK).items


def _solve_into(queue):
    queue.put(len(solve(make_athlete(CATALOGUE, 3, days=2).problem).items))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_forked_after_the_import_and_after_a_solve_answers_in_time():
    expected = len(solve(make_athlete(CATALOGUE, 3, days=2).problem).items)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_solve_into, args=(queue,))
    child.start()
    try:
        assert queue.get(timeout=20) == expected
    finally:
        child.join(5)
        if child.is_alive():
            child.kill()


def test_importing_the_optimizer_does_not_load_the_solver_library():
    code = "import sys, planning.optimizer; print('highspy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_hash_ignores_the_order_of_sets_and_dictionaries():
    one = replace(WEEK, rules=Rules(weekly_max={"meat": 3, "fish": 2}))
    two = replace(WEEK, rules=Rules(weekly_max={"fish": 2, "meat": 3}), dishes=WEEK.dishes[::-1], days=WEEK.days[::-1])
    assert inputs_hash(one) == inputs_hash(two)


def test_a_whole_number_hashes_the_same_as_a_float():
    one, two = (replace(WEEK, days=(replace(WEEK.days[0], energy_kcal=kcal),)) for kcal in (3000, 3000.0))
    assert inputs_hash(one) == inputs_hash(two)


DAY = WEEK.days[0]
DISH = WEEK.dishes[0]
CHANGES = {
    "energy": {"days": (replace(DAY, energy_kcal=DAY.energy_kcal + 1), *WEEK.days[1:])},
    "slot time": {"days": (replace(DAY, slots=(replace(DAY.slots[0], time="07:01"), *DAY.slots[1:])), *WEEK.days[1:])},
    "preference": {"dishes": (replace(DISH, preference=0.001), *WEEK.dishes[1:])},
    "nutrient": {"dishes": (replace(DISH, per_quarter=(*DISH.per_quarter[:5], None)), *WEEK.dishes[1:])},
    "price": {"dishes": (replace(DISH, cost_milli=None), *WEEK.dishes[1:])},
    "fewer dishes": {"dishes": WEEK.dishes[1:]},
    "lock": {"fixed": (Fixed(DAY.date, "breakfast", 0, "breakfast-000", 4),)},
    "old plan": {"previous": (Previous(DAY.date, "breakfast", 0, "breakfast-000", 4),)},
    "rules": {"rules": Rules(max_repeats_per_week=3)},
    "budget": {"budget_milli": None},
    "stock": {"stock": (("food-000", 10000),)},
    "step": {"dishes": (replace(DISH, step_quarters=2), *WEEK.dishes[1:])},
    "keeping": {"dishes": (replace(DISH, keeps_days=3), *WEEK.dishes[1:])},
    "use of stock": {"dishes": (replace(DISH, stock_use=(("food-000", 100),)), *WEEK.dishes[1:])},
    "fiber before a session": {
        "days": (replace(DAY, slots=(replace(DAY.slots[0], fiber_hi=5.0), *DAY.slots[1:])), *WEEK.days[1:])
    },
    "batch day": {"days": (replace(DAY, batch=True), *WEEK.days[1:])},
    "seed": {"seed": 123456},
    "iterations": {"iterations": 7},
    "catalogue": {"catalogue_version": "other"},
    "objective": {"objective_version": "other"},
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_hash_changes_with_each_input(name):
    assert inputs_hash(replace(WEEK, **CHANGES[name])) != inputs_hash(WEEK)


def test_every_field_of_the_problem_is_covered_by_the_change_table():
    assert {key for change in CHANGES.values() for key in change} == {item.name for item in fields(WEEK)}
    assert is_dataclass(WEEK)


def test_a_missing_seed_is_taken_from_the_inputs():
    unseeded = replace(WEEK, seed=None)
    assert derive_seed(unseeded) == int(inputs_hash(unseeded)[7:15], 16)
    assert derive_seed(WEEK) == WEEK.seed
