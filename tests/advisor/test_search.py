"""Talks found again by words, whatever their letters: accents, capitals, either Serbian alphabet."""

from __future__ import annotations

import pytest

from advisor.models import Conversation, Message
from advisor.search import excerpts_of, find_conversations
from tests import factories

# Databases read regular expressions each in their own way.
pytestmark = [pytest.mark.core, pytest.mark.django_db]
SAID = {
    "latin": "Šta je za ručak, ćevapi?",
    "cyrillic": "Шта је за РУЧАК, ћевапи и љута џем паприка?",
    "plain": "sta je za rucak, cevapi",
    "english": "What is for lunch (a+b)?",
}


@pytest.fixture
def talks(db):
    athlete = factories.make_athlete(email="find@example.com")
    made = {}
    for name, text in SAID.items():
        made[name] = Conversation.objects.create(athlete=athlete, title=name)
        Message.objects.create(conversation=made[name], role="athlete", text=text)
    return athlete, made


def found(talks, words):
    athlete, made = talks
    ids = {row.pk for row in find_conversations(athlete=athlete, text=words)}
    return {name for name, row in made.items() if row.pk in ids}


@pytest.mark.parametrize("words", ["rucak", "ručak", "RUČAK", "ручак", "Ручак", "cevapi", "ћевапи", "ćevapi rucak"])
def test_a_serbian_word_is_found_in_every_spelling(talks, words):
    assert found(talks, words) == {"latin", "cyrillic", "plain"}


@pytest.mark.parametrize("words", ["ljuta", "љута", "dzem", "džem", "џем"])
def test_two_letters_that_are_one_in_cyrillic_are_found(talks, words):
    assert found(talks, words) == {"cyrillic"}


@pytest.mark.parametrize("words", ["(a+b)?", "lunch", "LUNCH"])
def test_signs_mean_themselves(talks, words):
    assert found(talks, words) == {"english"}


@pytest.mark.parametrize("words", [".*", "r.cak", "[a-z]", "rucakk"])
def test_no_word_is_read_as_a_pattern(talks, words):
    assert found(talks, words) == set()


def test_the_excerpt_begins_near_the_word_in_its_own_spelling(talks):
    _, made = talks
    assert "РУЧАК" in excerpts_of([made["cyrillic"]], "rucak")[made["cyrillic"].pk]
