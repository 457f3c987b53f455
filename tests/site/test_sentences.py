"""Sentences of ours found again by what they say: the one that says most counts."""

from __future__ import annotations

import pytest
from django.utils import translation

from nutrition_site.kernel.sentences import SentenceTable

TABLE = SentenceTable(["No plan", "%(name)s asks", "The %(name)s asks twice", "%(n)s %% of it"], shapes={"n": r"\d+"})


def told(text):
    with translation.override("en"):
        return TABLE.tell(text, lambda name, value: f"<{name}: {value}>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No plan", "No plan"),
        ("Ana asks", "<name: Ana> asks"),
        ("The coach asks twice", "The <name: coach> asks twice"),
        ("40 % of it", "<n: 40> % of it"),
        ("many % of it", None),
        ("Ana asked", None),
    ],
)
def test_a_text_is_told_by_the_sentence_that_says_most_of_it(text, words):
    assert told(text) == words
    assert TABLE.knows(text) is (words is not None)


def test_a_fixed_sentence_may_hold_a_bare_percent_sign():
    table = SentenceTable(["20 to 35 % is usual"])
    assert table.tell("20 to 35 % is usual", lambda name, value: value) == "20 to 35 % is usual"
