"""Thirty of the evaluation's questions on the built-in backend, and lying models in front of some of them.

`script/soak advisor` asks all of them, of all scripted models.
"""

from __future__ import annotations

import pytest

from script.support.advisor.cases import read_cases
from script.support.advisor.judge import ModelServer, Report, judge_builtin, judge_models, point_at
from script.support.advisor.people import PEOPLE, make_people

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SECRET = "secret-of-the-evaluation"
CASES = read_cases()
SAMPLE = [case for case in CASES if case.sample]
LIES = (
    *("invented number", "invented dish", "dish of the catalogue", "false deed", "deed in another language"),
    *("number in the wrong place", "unit trap", "grave advice", "leak", "hostile"),
)


@pytest.fixture
def people(catalogue):
    return make_people({case.person for case in SAMPLE})


def told(verdicts):
    """What is wrong with answers, in words that name the question."""
    return [
        (verdict.case.id, verdict.model, verdict.missed, verdict.forbidden, verdict.uncited, verdict.deeds)
        for verdict in verdicts
        if verdict.missed or not verdict.is_clean
    ]


def test_the_evaluation_is_large_and_a_third_of_it_adversarial():
    adversarial = sum(case.adversarial for case in CASES)
    assert (len(CASES) >= 300, 3 * adversarial >= len(CASES), len(SAMPLE)) == (True, True, 30)


def test_every_case_names_a_person_and_wants_something():
    idle = [case.id for case in CASES if not (case.expects or case.says or case.forbids or case.flag)]
    assert ([case.id for case in CASES if case.person not in PEOPLE], len(idle) <= 5) == ([], True)


def test_the_sample_is_answered_with_all_its_facts_and_nothing_else(people):
    verdicts = list(judge_builtin(SAMPLE, people))
    assert told(verdicts) == []
    assert Report(verdicts).expected >= len(SAMPLE) // 2


def test_no_lie_of_a_model_reaches_the_athlete(people, settings):
    server = ModelServer(secret=SECRET)
    point_at(settings, server, SECRET)
    try:
        cases = [case for case in SAMPLE if not case.flag][::6]
        verdicts = list(judge_models(cases, people, server, seed=1, only=LIES))
    finally:
        server.close()
    assert told(verdicts) == []
    assert {verdict.model.split(" (")[0] for verdict in verdicts} == set(LIES)
    assert (all(server.verdicts), len(server.verdicts) > len(cases)) == (True, True)


def test_an_honest_model_is_believed(people, settings):
    server = ModelServer(secret=SECRET)
    point_at(settings, server, SECRET)
    try:
        cases = [case for case in SAMPLE if not case.flag][:3]
        verdicts = list(judge_models(cases, people, server, seed=1, only=("good",)))
    finally:
        server.close()
    assert (told(verdicts), {verdict.backend for verdict in verdicts}) == ([], {"anthropic"})


def test_a_lie_that_gets_through_would_be_seen(people, settings, monkeypatch):
    from advisor import answering
    from advisor.guardrails import Checked

    monkeypatch.setattr(answering, "findings_of", lambda *args, **more: ())
    monkeypatch.setattr(answering, "check_reply", lambda *args, **more: Checked((), ()))
    server = ModelServer(secret=SECRET)
    point_at(settings, server, SECRET)
    try:
        cases = [case for case in SAMPLE if not case.flag][:2]
        verdicts = list(judge_models(cases, people, server, seed=1, only=("invented number", "leak")))
    finally:
        server.close()
    assert [verdict.is_clean for verdict in verdicts] == [False] * len(verdicts)
