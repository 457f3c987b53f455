"""What a sentence may say of sessions and days, by how much of them was looked up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from advisor.facts import Fact
from advisor.guardrails import check_numbers
from advisor.guardrails.training_days import read_training_days

_KNOWN = json.loads(Path(__file__).with_name("number_facts.json").read_text(encoding="utf-8"))
FACTS = tuple(Fact(*row) for row in _KNOWN["facts"])
DAYS = tuple(date.fromisoformat(day) for day in _KNOWN["days"])
TODAY = date.fromisoformat(_KNOWN["today"])
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
# One day with training was looked up, no session by its name.
SUNDAY_ONLY = tuple(fact for fact in FACTS if fact.id.startswith(("target:2026-11-22", "day:2026-11-22", "item:")))


def refused(*lines, facts=FACTS, today=TODAY):
    return [line for line in lines if not check_numbers(line, facts=facts, days=DAYS, today=today).ok]


def test_the_facts_say_which_sessions_are_on_which_day():
    training = read_training_days(FACTS)
    found = {row.title: row.day for row in training.sessions}
    assert (found["easy ride"], found["intervals 6x800"]) == (SUNDAY, MONDAY)


def test_a_race_is_known_by_its_calculation_or_by_its_title():
    assert read_training_days(FACTS).race_days == {date(2026, 12, 19)}
    untitled = [fact for fact in FACTS if fact.id.startswith("race:") or fact.id.endswith(":day")]
    assert read_training_days(untitled).race_days == {date(2026, 12, 19)}


def test_a_day_of_rest_has_no_training_and_a_day_nobody_looked_at_may_have_some():
    training = read_training_days(FACTS)
    assert [training.trains(day) for day in (TODAY, SUNDAY, date(2026, 11, 27))] == [False, True, None]


def test_a_day_with_a_load_has_a_session_that_nobody_named():
    facts = [Fact("target:2026-11-22:day_class", "target", "class of the day", "light")]
    assert [row.day for row in read_training_days(facts).sessions] == [SUNDAY]


def test_what_was_not_looked_up_is_no_lie():
    lines = (
        "Your long run on Thursday needs its own plan.",
        "Tomorrow's ride is easy.",
        "Friday is a rest day.",
        "You train tomorrow, so 285 g of carbohydrate it is.",
    )
    assert refused(*lines, facts=SUNDAY_ONLY) == []


def test_a_day_that_was_looked_up_is_known_without_its_sessions():
    lines = ("Tomorrow is a rest day.", "There is no training tomorrow.", "Sutra je dan odmora.")
    assert refused(*lines, facts=SUNDAY_ONLY) == list(lines)


def test_a_race_that_no_fact_knows_has_no_date():
    lines = ("Your race is on Friday 27 November.", "Your race is on Thursday.", "Trka je u petak.")
    assert refused(*lines, facts=SUNDAY_ONLY) == list(lines)


def test_without_today_tomorrow_may_be_any_day():
    assert refused("Your long run is tomorrow.", "Today is a training day.", today=None) == []


def test_a_name_of_a_dish_or_a_session_is_no_person():
    assert (
        refused("Danube half marathon needs 60 g of carbohydrate per hour.", "Grašak has 86 g of carbohydrate.") == []
    )
