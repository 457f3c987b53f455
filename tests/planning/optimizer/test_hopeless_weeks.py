"""Ten weeks made impossible on purpose, as `script/soak refusals` makes them: every word of each refusal is tried."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from planning.optimizer import Solved, apply_relaxation, conflicts, explain, solve
from planning.optimizer.scopes import day_scope, with_only
from script.support.planner.causes import hopeless_cases
from script.support.planner.model import least_miss

pytestmark = pytest.mark.long
CASES = list(hopeless_cases(1))
DAILY = {"energy", "carbs", "protein", "protein_cap", "fat", "prep", "fixed"}
# So that no busy machine ends the search for what is minimal.
PATIENCE_SECONDS = 200.0


@pytest.fixture(scope="module")
def answers():
    with pytest.MonkeyPatch.context() as patch:
        for module in (conflicts, explain):
            patch.setattr(module, "PROOF_SECONDS", PATIENCE_SECONDS)
        return {case.name: solve(case.problem, deadline_seconds=PATIENCE_SECONDS) for case in CASES}


def each_case():
    return pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@each_case()
def test_the_cause_is_named(answers, case):
    assert case.cause in {code for conflict in answers[case.name].conflicts for code in conflict.codes}


@each_case()
def test_every_conflict_was_shown_to_be_minimal(answers, case):
    assert [conflict.sentence for conflict in answers[case.name].conflicts if not conflict.verified] == []


@each_case()
def test_a_second_program_finds_the_members_impossible_together(answers, case):
    for conflict in answers[case.name].conflicts:
        if "empty_slot" in conflict.codes:
            continue
        members = set(conflict.members)
        days = tuple(
            day if ("prep", day.date) in members else replace(day, prep_minutes=None) for day in case.problem.days
        )
        kept = tuple(meal for meal in case.problem.fixed if ("fixed", meal.date) in members)
        assert least_miss(replace(case.problem, days=days, fixed=kept), members) > 1e-6, conflict.sentence


@each_case()
def test_a_plan_exists_with_any_one_member_left_out(answers, case):
    conflict = answers[case.name].conflicts[0]
    members = frozenset(member for member in conflict.members if member[0] != "slot")
    for member in members:
        problem = with_only(case.problem, members - {member})
        if {kind for kind, _ in members} <= DAILY and len({key for _, key in members}) == 1:
            problem = day_scope(problem, next(key for _, key in members))
        assert isinstance(solve(problem), Solved), member


@each_case()
def test_every_offered_relaxation_gives_a_plan(answers, case):
    offers = answers[case.name].relaxations
    assert [one.sentence for one in offers if not isinstance(solve(apply_relaxation(case.problem, one)), Solved)] == []


@each_case()
def test_a_sentence_holds_no_id_no_code_and_no_date_of_a_machine(answers, case):
    answer = answers[case.name]
    text = " ".join(one.sentence for one in (*answer.conflicts, *answer.relaxations))
    assert re.findall(r"_|\d{4}-\d\d-\d\d|main-\d|fod|rcp|None", text) == []


def test_fat_foods_and_safety_are_never_offered(answers):
    kinds = {part.kind for one in answers.values() for offer in one.relaxations for part in offer.parts or (offer,)}
    assert kinds & {"fat", "allergy", "diet", "fiber", "sodium", "protein_cap"} == set()
