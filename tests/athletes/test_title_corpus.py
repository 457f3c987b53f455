"""How far the reading of titles agrees with what a coach means by them, on titles it was not fitted to."""

from __future__ import annotations

import pytest

from tests.athletes.titles import false_training, load_corpus, report, score

CORPUS = load_corpus()
HELD_BACK = [row for row in CORPUS if row.held_back]


def test_the_corpus_is_large_and_in_five_languages():
    assert len(CORPUS) >= 900
    assert {row.language for row in CORPUS} == {"en", "sr", "sr-cyrl", "de", "es", "fr"}


def test_no_title_is_labeled_twice():
    assert len({row.title for row in CORPUS}) == len(CORPUS)


def test_about_a_third_is_held_back():
    assert 0.3 < len(HELD_BACK) / len(CORPUS) < 0.37


@pytest.mark.parametrize("spoken_only", [False, True], ids=["of all", "of those that speak of it"])
@pytest.mark.parametrize(("field", "least"), [("sport", 0.97), ("duration_minutes", 0.95), ("intensity", 0.90)])
def test_titles_that_were_held_back_are_read_as_a_coach_means_them(field, least, spoken_only):
    assert score(HELD_BACK, field, spoken_only=spoken_only).share >= least, report(HELD_BACK)


@pytest.mark.parametrize("language", ["en", "sr", "de", "es", "fr"])
def test_the_sport_is_read_in_every_language(language):
    rows = [row for row in CORPUS if row.language.startswith(language)]
    assert score(rows, "sport", spoken_only=True).share >= 0.95, report(rows)


def test_nothing_that_is_no_training_counts_as_training():
    assert false_training(CORPUS) == []
