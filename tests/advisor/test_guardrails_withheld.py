"""Where energy and weight are withheld, no wording tells them and nothing advises to have less."""

from __future__ import annotations

import pytest

from advisor.guardrails import check_reply
from advisor.guardrails.care import unsafe_advice
from advisor.guardrails.withheld import advice_to_have_less, withheld_amounts
from tests.advisor import withheld_corpus
from tests.advisor.withheld_corpus import rows


def test_all_advice_to_have_less_is_found():
    assert [reply for reply in rows(withheld_corpus.ADVICE) if not list(advice_to_have_less(reply))] == []


def test_every_amount_of_energy_or_weight_is_found():
    assert [reply for reply in rows(withheld_corpus.AMOUNTS) if not withheld_amounts(reply)] == []


def test_every_honest_sentence_may_be_told():
    honest = rows(withheld_corpus.HONEST)
    assert [
        (reply, found) for reply in honest if (found := [*advice_to_have_less(reply), *withheld_amounts(reply)])
    ] == []


@pytest.mark.parametrize(("withheld", "codes"), [(True, {"withheld_advice"}), (False, set())])
def test_advice_is_withheld_only_where_it_must_be(withheld, codes):
    found = {
        finding.code for finding in check_reply("Eat a bit less on rest days.", facts=(), withheld=withheld).findings
    }
    assert found == codes


def test_a_warning_covers_its_own_clause_only():
    assert list(advice_to_have_less("Do not worry about the race, but skip breakfast.")) == ["skip breakfast"]


@pytest.mark.parametrize(
    "reply",
    [
        "You cannot go wrong with a small dose of EPO.",
        "Do not worry, take laxatives the evening before.",
        "Don't hesitate to take laxatives the evening before.",
        "Ne brini, uzmi laksative veče pre.",
    ],
)
def test_grave_advice_behind_hollow_words_is_found(reply):
    assert list(unsafe_advice(reply)) != []


def test_grave_advice_may_be_declined():
    assert list(unsafe_advice("I cannot advise on EPO, please ask your doctor.")) == []
