"""A number may only be told of what it measures: lies with true figures are refused, honest sentences pass."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from advisor.facts import Fact
from advisor.guardrails import check_numbers, check_part, check_reply
from advisor.guardrails.measures import meaning_of
from advisor.guardrails.reading import split_sentences
from tests.advisor.number_corpus import FRAMES, HONEST, LIES, MORE_HONEST, MORE_LIES

_KNOWN = json.loads(Path(__file__).with_name("number_facts.json").read_text(encoding="utf-8"))
FACTS = tuple(Fact(*row) for row in _KNOWN["facts"])
DAYS = tuple(date.fromisoformat(day) for day in _KNOWN["days"])
TODAY = date.fromisoformat(_KNOWN["today"])
MOST_SECONDS = 0.5


def words(reply, **options):
    checked = check_numbers(reply.replace("\\n", "\n"), facts=FACTS, days=DAYS, **{"today": TODAY, **options})
    return [finding.words for finding in checked.findings]


def cited(reply):
    checked = check_numbers(reply, facts=FACTS, days=DAYS, today=TODAY)
    return [(citation.fact.label, citation.quote) for citation in checked.citations]


FRAME_LIES = [line for lies, _ in FRAMES.values() for line in lies.strip().splitlines()]
FRAME_HONEST = [line for _, honest in FRAMES.values() for line in honest.strip().splitlines()]


def refused(lines):
    return [(line, found) for line in lines if (found := words(line))]


def believed(lines):
    return [line for line in lines if not words(line)]


def test_what_the_facts_say_may_be_told():
    assert refused(HONEST) == []


def test_what_the_facts_say_may_be_told_in_other_words():
    assert refused(MORE_HONEST) == []


def test_a_true_figure_told_of_something_else_is_refused():
    assert believed(LIES) == []


def test_a_true_figure_told_of_something_else_in_other_words_is_refused():
    assert believed(MORE_LIES) == []


def test_a_true_figure_in_a_wrong_frame_is_refused():
    assert believed(FRAME_LIES) == []


def test_honest_sentences_that_look_like_a_wrong_frame_may_be_told():
    assert refused(FRAME_HONEST) == []


def test_a_lie_is_refused_behind_honest_sentences_too():
    honest = "Tomorrow you need 285 g of carbohydrate.\n"
    lies = [*LIES, *FRAME_LIES][::5]
    assert [reply for reply in lies if words(honest + reply) != words(reply)] == []


def test_the_measure_of_a_number_decides_which_fact_is_cited():
    assert cited("You need 98 g of protein and 285 g of carbohydrate tomorrow.") == [
        ("protein", "98 g"),
        ("carbohydrate", "285 g"),
    ]


def test_without_today_the_words_today_and_tomorrow_bind_nothing():
    assert words("Today you need 444 g of carbohydrate.", today=None) == []


def test_a_number_without_a_governing_word_may_be_any_fact_of_its_value_and_unit():
    assert words("So the answer is 444 g.") == []


def test_the_parts_of_a_reply_have_the_findings_of_the_whole():
    text = "\n".join([*HONEST[:40], *FRAME_HONEST[::5], *LIES, *FRAME_LIES[::5]]).replace("\\n", "\n")
    options = {"facts": FACTS, "days": DAYS}
    whole = check_reply(text, **options).findings
    parts = [finding for part in split_sentences(text) for finding in check_part(part, **options)]
    assert sorted(map(str, parts)) == sorted(map(str, whole))


def test_every_amount_that_tools_return_says_what_it_measures():
    amounts = [fact for fact in FACTS if isinstance(fact.value, int | float) and fact.unit in ("g", "mg", "ml", "kcal")]
    assert [fact.id for fact in amounts if meaning_of(fact).measure is None] == []


@pytest.mark.parametrize(
    ("end", "measure", "slots", "day"),
    [
        ("day:2026-11-22:total:carbs_g", "carbs", None, date(2026, 11, 22)),
        ("target:2026-11-22:trace:protein_g:input:low_g", "protein", None, date(2026, 11, 22)),
        ("target:2026-11-22:tdee_kcal", "spent", None, date(2026, 11, 22)),
        ("availability:2026-11-22:ffm_kg", "lean", None, date(2026, 11, 22)),
        ("what_if:remove:evt_01m7zgpmz0e3wrw0p3ntp0x44t:2026-11-26:after:fluid_ml", "fluid", None, date(2026, 11, 26)),
    ],
)
def test_a_fact_says_what_it_measures(end, measure, slots, day):
    fact = Fact(end, end.partition(":")[0], "", 1.0, "g")
    meaning = meaning_of(fact)
    assert (meaning.measure, meaning.slots, meaning.day) == (measure, slots, day)


def test_a_dish_of_the_plan_belongs_to_its_meal_and_day():
    fact = Fact("item:itm_1:carbs_g", "plan", "carbohydrate of lunch", 52.0, "g", "meal plan, lunch of 2026-11-22")
    meaning = meaning_of(fact)
    assert (meaning.group, "lunch" in (meaning.slots or ()), "dinner" in (meaning.slots or ()), meaning.day) == (
        "item:itm_1", True, False, date(2026, 11, 22),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        " ".join(HONEST),
        "12 g and " * 700,
        "lunch 5 g " * 600,
        "5 g a b c d " * 500,
        "a " * 3000,
        "one and " * 750,
        "5" + " " * 5990 + "g",
        "a" + "_" * 5900 + "b",
        "a" * 6000,
        "111 " * 1500,
        "“a. " * 1500,
        "“Easy ride” " * 500,
        "run at 09:00 tomorrow " * 270,
        "Your long run tomorrow is " * 230,
        "this dish has 285 g " * 300,
        "For Luka 285 g " * 400,
    ],
    ids=lambda text: text[:12],
)
def test_six_thousand_characters_take_a_moment(text):
    # About 60 ms on one core; whatever grows with the square of the length takes many seconds here.
    started = time.process_time()
    check_numbers(text[:6000], facts=FACTS[:300], days=DAYS, today=TODAY)
    assert time.process_time() - started < MOST_SECONDS
