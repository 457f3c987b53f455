"""No identifier, address, path, code or markup leaves, unless a fact holds it."""

from __future__ import annotations

import pytest

from advisor.facts import Fact
from advisor.guardrails import check_reply
from tests.advisor import deed_corpus, language_corpus
from tests.advisor.deed_corpus import rows


def codes(reply, *facts):
    return {finding.code for finding in check_reply(reply, facts=facts).findings} & {"identifier", "machine_talk"}


@pytest.mark.parametrize(
    "reply",
    [
        "It is evt_01h0000000000000000000000x.",
        "It is ITM_01M7ABCDEF.",
        "It is ITM-01m7abc…",
        "See item 01m7.",
        "See itm 01M7.",
        "See itm:01m7abc.",
        "It is 01h455vb4pex5vsknk084sn02q.",
        "It is 123e4567-e89b-12d3-a456-426614174000.",
        "It is 123e4567-e89b.",
        "The hash is d41d8cd98f00b204e9800998ecf8427e.",
        "The key is MFRGGZDFMZTWQ2LK.",
        "See item:itm_123456:carbs_g for that.",
        "See target:2026-03-28:carbs_g.",
        "Look at toolu_12.",
        "Your toolu result.",
        "I used read_targets.",
        "The field carbs_g is high.",
        "Look at https://evil.example/x.",
        "Look at ftp://evil.example.",
        "Look at www.evil.example.",
        "Look at evil.com/page.",
        "Write to mina@example.com.",
        "Write to mina @example.com.",
        "It is in /etc/passwd.",
        "It is in /var/lib/data/plan.sqlite3.",
        "It is in ~/plans/mine.",
        "It is in C:\\plans.",
        "It is in plan.json.",
    ],
)
def test_an_identifier_an_address_or_a_path_is_found(reply):
    assert "identifier" in codes(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "```python",
        "~~~",
        '{"plan": 1}',
        '"fact_id": 3',
        "{day}",
        "<b>rice</b>",
        "< script>",
        "</data-0>",
        "&lt;b&gt;",
        "&#60;",
        "The tool_result says so.",
        "I made a tool call.",
        "My system prompt says so.",
        "The recipe id is not known.",
        "a\\nb",
    ],
)
def test_the_talk_of_machines_is_found(reply):
    assert "machine_talk" in codes(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Take 60 g/h and 500 ml.",
        "That is 2.5 g/kg/d.",
        "Eat rice and/or potatoes.",
        "Ride from 09:00 to 11:00, then eat.",
        "On 2026-03-28 you rest.",
        "Start at 01h30 or 9am.",
        "Omega-3, vitamin B12 and Q10.",
        "A 10km run at 4:30/km.",
        "Eat oats (rolled), e.g. with milk; rice & beans.",
        "Less than usual: 5 < 6.",
        "Your half marathon is on Sunday.Eat well.",
        "**Rice** and _beans_.",
        "1. Boil.\n2. Eat.",
        "Carbohydrate-electrolyte drink",
        "Fed is fed; act on it.",
        "Pack your kit. 500ml is enough.",
        "That is 250 kcal/100g.",
    ],
)
def test_ordinary_words_and_units_pass(reply):
    assert codes(reply) == set()


def test_no_honest_sentence_holds_any():
    honest = rows(deed_corpus.HONEST_ENGLISH) + rows(deed_corpus.HONEST_SERBIAN) + rows(language_corpus.READ)
    assert [reply for reply in honest if codes(reply)] == []


def test_what_a_fact_holds_may_be_told():
    title = Fact("e:1", "event", "title", "Call on meet.example.com/abc")
    assert codes("Your “Call on meet.example.com/abc” is tomorrow.", title) == set()
