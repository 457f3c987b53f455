"""Misspelled words of questions, and everything that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.spelling import mend_typos
from advisor.words import fold
from tests.advisor.intent_corpus import CORPUS
from tests.advisor.redflag_corpus import HARMLESS

CASES = sorted((Path(__file__).parent / "evaluation" / "cases").glob("*.json"))


def no_food(word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what's my diner tonight", "what's my dinner tonight"),
        ("brekfast tommorow", "breakfast tomorrow"),
        ("am I eating enuogh protien", "am I eating enough protein"),
        ("how many carbos do I need", "how many carbs do I need"),
        ("my next sesion", "my next session"),
        ("trainig on wendesday", "training on wednesday"),
        ("Waht should I eat befor my run", "what should I eat before my run"),
        ("recepie for lasagna", "recipe for lasagna"),
    ],
)
def test_a_typo_in_a_word_of_questions_is_put_right(typed, meant):
    assert mend_typos(typed, is_food_word=no_food) == meant


@pytest.mark.parametrize("text", ["crabs for me", "no crabs please"])
def test_a_word_of_the_food_table_is_never_changed(text):
    assert mend_typos(text, is_food_word=lambda word: word == "crabs") == text


def test_without_the_food_table_crabs_would_become_carbs():
    assert mend_typos("crabs", is_food_word=no_food) == "carbs"


@pytest.mark.parametrize(
    "text",
    [
        "skipping training",
        "cut me some slack",
        "what is the difference",
        "my allergens",
        "super",
        "recovered well",
        "hydrated enough",
        "“brekfast” club",
        "plain rice",
        "moving house",
        "straining",
    ],
)
def test_longer_forms_names_in_quotes_and_other_words_stay(text):
    assert mend_typos(text, is_food_word=no_food) == text


def test_no_question_of_the_corpora_is_changed():
    texts = [phrasing for case in CORPUS for phrasing in case.phrasings]
    texts += [text for text in HARMLESS if text.isascii()]
    for path in CASES:
        if path.stem not in ("serbian", "adversarial_languages"):
            texts += [case["question"] for case in json.loads(path.read_text(encoding="utf-8"))["cases"]]
    changed = {text: mended for text in texts if fold(mended := mend_typos(text, is_food_word=no_food)) != fold(text)}
    assert changed == {}
