"""No answer says that something was done: the verbs of a speaker and what became of things, in English and Serbian."""

from __future__ import annotations

import time

import pytest

from advisor.facts import Fact
from advisor.guardrails import check_part, check_reply
from advisor.guardrails.deeds import claimed_deeds
from advisor.guardrails.reading import split_sentences
from tests.advisor import deed_corpus
from tests.advisor.deed_corpus import rows

FALSE = rows(deed_corpus.FALSE_DEEDS_ENGLISH) + rows(deed_corpus.FALSE_DEEDS_SERBIAN)
HONEST = rows(deed_corpus.HONEST_ENGLISH) + rows(deed_corpus.HONEST_SERBIAN)


def test_there_are_enough_of_both():
    assert (len(set(FALSE)) >= 400, len(set(HONEST)) >= 240) == (True, True)


def test_every_false_deed_is_found():
    assert [reply for reply in FALSE if not list(claimed_deeds(reply))] == []


def test_no_honest_sentence_claims_anything():
    assert [(reply, found) for reply in HONEST if (found := list(claimed_deeds(reply)))] == []


@pytest.mark.parametrize(
    "reply", ["I have **swapped** dinner.", "I've swap\u200bped dinner.", "Ｉ ｓｗａｐｐｅｄ dinner."]
)
def test_marks_hide_no_deed(reply):
    assert list(claimed_deeds(reply)) != []


def test_every_sentence_is_read():
    assert len(list(claimed_deeds("I swapped dinner. Eat well. Plan updated ✅"))) >= 2


def test_a_deed_that_a_title_tells_may_be_quoted():
    title = Fact("e:1", "event", "title", "Plan updated, I moved the run")
    reply = "Your “Plan updated, I moved the run” is tomorrow."
    codes = [finding.code for finding in check_reply(reply, facts=[title]).findings]
    assert "claimed_deed" not in codes


def test_parts_claim_what_the_whole_claims():
    draft = " ".join(FALSE[:60] + HONEST[:60])
    whole = [row.words for row in check_reply(draft, facts=()).findings if row.code == "claimed_deed"]
    parts = [
        row.words for part in split_sentences(draft) for row in check_part(part, facts=()) if row.code == "claimed_deed"
    ]
    assert (parts, len(parts) >= 60) == (whole, True)


@pytest.mark.parametrize(
    "sentence", ["I looked at your week and found rice. ", "Your plan for the day and ", "i i i and "]
)
def test_the_time_grows_with_the_length(sentence):
    def seconds(length: int) -> float:
        text = (sentence * length)[:length]
        best = 9.0
        for _ in range(3):
            started = time.process_time()
            list(claimed_deeds(text))
            best = min(best, time.process_time() - started)
        return best

    assert seconds(6000) < 12 * seconds(1000) + 0.01
