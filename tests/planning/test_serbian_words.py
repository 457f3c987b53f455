"""Words of Serbian recipes without their endings."""

from __future__ import annotations

import pytest

from planning.own.serbian_words import bare, bares, beginning


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        ("sir sira sirom", "sir"),
        ("beli belog belo bele", "bel"),
        ("brasno brasna brasnom", "brasn"),
        ("pirinac pirinca", "pirinc"),
        ("krastavac krastavca krastavci", "krastavc"),
        ("so soli", "so"),
    ],
)
def test_all_cases_of_a_word_have_one_stem(forms, stem):
    assert bares(forms.split()) == {stem}


@pytest.mark.parametrize(("form", "other"), [("luka", "lukovi"), ("pirinca", "pirinac"), ("oraha", "orasi")])
def test_a_word_is_looked_for_by_letters_that_its_forms_share(form, other):
    assert other.startswith(beginning(form)) is (other != "orasi")


def test_a_short_word_keeps_its_ending():
    assert (bare("jaje"), bare("uje"), bare("so")) == ("jaj", "uje", "so")
