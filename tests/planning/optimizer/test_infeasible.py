"""Weeks without a plan, each with a known cause: the cause is named and every offer works."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.optimizer import Infeasible, Rules, Solved, apply_relaxation, solve
from planning.optimizer.conflicts import _Oracle
from planning.optimizer.solve import WAIVERS
from tests.planning.optimizer.generator import make_athlete, make_catalogue

CATALOGUE = make_catalogue(200)
WEEK = make_athlete(CATALOGUE, 3).problem
DAY = make_athlete(CATALOGUE, 3, days=1).problem


def too_cheap(problem):
    return replace(problem, budget_milli=round(problem.budget_milli * 0.2))


def too_much_protein(problem):
    return replace(problem, days=(replace(problem.days[0], protein_g=2.0 * problem.days[0].protein_g),))


def too_little_time(problem):
    return replace(problem, days=(replace(problem.days[0], prep_minutes=16.0),))


def few_dinners(problem):
    kept = tuple(dish for dish in problem.dishes if "dinner" not in dish.slots or dish.key < "main-005")
    return replace(problem, dishes=kept)


def impossible_rules(problem):
    return replace(problem, rules=Rules(weekly_max={"meat": 0}, weekly_min={"meat": 1}))


CASES = [
    (too_cheap(WEEK), "budget"),
    (too_much_protein(DAY), "protein"),
    (too_little_time(DAY), "prep"),
    (few_dinners(WEEK), "repeats"),
    (impossible_rules(WEEK), "weekly_min"),
]


@pytest.fixture(scope="module")
def answers():
    return {cause: solve(problem) for problem, cause in CASES}


@pytest.mark.parametrize(("problem", "cause"), CASES, ids=[cause for _, cause in CASES])
def test_the_cause_is_named(answers, problem, cause):
    answer = answers[cause]
    assert isinstance(answer, Infeasible)
    assert cause in answer.conflicts[0].codes


@pytest.mark.parametrize(("problem", "cause"), CASES, ids=[cause for _, cause in CASES])
def test_a_conflict_is_impossible_together_and_possible_without_any_one_member(answers, problem, cause):
    conflict = answers[cause].conflicts[0]
    oracle = _Oracle(problem, WAIVERS[-1], float("inf"))
    core = frozenset(conflict.members)
    verdicts = [oracle.impossible(core - {member}) for member in core]
    assert (conflict.verified, oracle.impossible(core), verdicts) == (True, True, [False] * len(core))


@pytest.mark.parametrize(("problem", "cause"), CASES, ids=[cause for _, cause in CASES])
def test_every_offered_relaxation_gives_a_plan(answers, problem, cause):
    offers = answers[cause].relaxations
    assert [offer.kind for offer in offers if not isinstance(solve(apply_relaxation(problem, offer)), Solved)] == []


@pytest.mark.parametrize("cause", ["budget", "prep", "repeats", "weekly_min"])
def test_the_cause_itself_is_among_the_offers(answers, cause):
    assert cause in {offer.kind for offer in answers[cause].relaxations}


def test_a_slot_without_dishes_is_reported_first_in_plain_words():
    problem = replace(DAY, dishes=tuple(dish for dish in DAY.dishes if "breakfast" not in dish.slots))
    answer = solve(problem)
    assert isinstance(answer, Infeasible)
    assert answer.reason == "empty_slot"
    assert answer.conflicts[0].sentence == "No dish that you may eat is meant for breakfast (2026-03-02)."


def test_a_window_nothing_fits_is_widened_just_enough():
    day = DAY.days[0]
    slots = tuple(
        replace(need, energy_lo=20.0, energy_hi=40.0) if need.slot == "breakfast" else need for need in day.slots
    )
    problem = replace(DAY, days=(replace(day, slots=slots),))
    answer = solve(problem)
    assert isinstance(answer, Infeasible)
    assert answer.conflicts[0].codes == ("empty_slot", "breakfast")
    offer = next(offer for offer in answer.relaxations if offer.kind == "slot_window")
    assert isinstance(solve(apply_relaxation(problem, offer)), Solved)


def test_fat_and_allergens_are_never_offered(answers):
    kinds = {offer.kind for answer in answers.values() for offer in answer.relaxations}
    assert kinds & {"fat", "allergen", "diet", "fiber", "sodium"} == set()
