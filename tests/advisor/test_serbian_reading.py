"""Serbian questions in the English words that the intents know: days, dates, numbers, cases, both alphabets."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.dates import read_days, read_event, read_range
from advisor.languages.serbian import LANGUAGE
from advisor.languages.serbian_foods import FOODS
from advisor.languages.serbian_reading import mended
from advisor.languages.serbian_text import to_latin
from tests.corpora import for_every

THURSDAY = date(2026, 3, 26)
DAYS = (
    ("danas", date(2026, 3, 26)),
    ("sutra", date(2026, 3, 27)),
    ("sjutra", date(2026, 3, 27)),
    ("sutrašnja večera", date(2026, 3, 27)),
    ("prekosutra", date(2026, 3, 28)),
    ("juče", date(2026, 3, 25)),
    ("prekjuče", date(2026, 3, 24)),
    ("večeras", date(2026, 3, 26)),
    ("u subotu", date(2026, 3, 28)),
    ("U SUBOTU", date(2026, 3, 28)),
    ("у суботу", date(2026, 3, 28)),
    ("ove subote", date(2026, 3, 28)),
    ("u nedelju", date(2026, 3, 29)),
    ("sledeće srede", date(2026, 4, 1)),
    ("u sledeći utorak", date(2026, 3, 31)),
    ("imam trku sledeću nedelju", date(2026, 4, 5)),
    ("šta jedem u sledeću nedelju", date(2026, 4, 5)),
    ("pomeri trening na sledeću nedelju", date(2026, 4, 5)),
    ("prošle subote", date(2026, 3, 21)),
    ("27. marta", date(2026, 3, 27)),
    ("27 marta", date(2026, 3, 27)),
    ("3. decembra", date(2026, 12, 3)),
    ("1. januara 2027.", date(2027, 1, 1)),
    ("dvadeset osmog marta", date(2026, 3, 28)),
    ("prvog aprila", date(2026, 4, 1)),
    ("27.3.", date(2026, 3, 27)),
    ("za tri dana", date(2026, 3, 29)),
    ("za 3 dana", date(2026, 3, 29)),
    ("za dve nedelje", date(2026, 4, 9)),
    ("za nedelju dana", date(2026, 4, 2)),
    ("pre dva dana", date(2026, 3, 24)),
)
RANGES = (
    ("ove nedelje", date(2026, 3, 26), date(2026, 4, 1)),
    ("ove sedmice", date(2026, 3, 26), date(2026, 4, 1)),
    ("sledeće nedelje", date(2026, 3, 30), date(2026, 4, 5)),
    ("za sledeću nedelju", date(2026, 3, 30), date(2026, 4, 5)),
    ("isplaniraj ponovo sledeću nedelju", date(2026, 3, 30), date(2026, 4, 5)),
    ("isplaniraj narednu nedelju ponovo", date(2026, 3, 30), date(2026, 4, 5)),
    ("napravi nov plan za sledeću nedelju", date(2026, 3, 30), date(2026, 4, 5)),
    ("šta imam u planu sledeću nedelju", date(2026, 3, 30), date(2026, 4, 5)),
    ("шта једем следећу недељу", date(2026, 3, 30), date(2026, 4, 5)),
    ("koje treninge imam sledeću nedelju", date(2026, 3, 30), date(2026, 4, 5)),
    ("prošle nedelje", date(2026, 3, 16), date(2026, 3, 22)),
    ("za vikend", date(2026, 3, 28), date(2026, 3, 29)),
    ("narednih 5 dana", date(2026, 3, 26), date(2026, 3, 30)),
    ("naredna tri dana", date(2026, 3, 26), date(2026, 3, 28)),
)
CASES = (
    *(("ručak", "lunch"), ("ručka", "lunch"), ("ručku", "lunch"), ("rucku", "lunch"), ("ручком", "lunch")),
    *(("večera", "dinner"), ("večere", "dinner"), ("veceru", "dinner"), ("večerom", "dinner")),
    *(("doručak", "breakfast"), ("doručka", "breakfast"), ("dorucku", "breakfast"), ("užinu", "snack")),
    *(("trka", "race"), ("trke", "race"), ("trci", "race"), ("trku", "race"), ("trkom", "race")),
    *(("dugo trčanje", "long run"), ("dugog trčanja", "long run"), ("dugom trčanju", "long run")),
    *(("dužu vožnju", "long ride"), ("laganom vožnjom", "easy ride"), ("plivanja", "swim")),
    *(("ugljenih hidrata", "carbs"), ("ugljene hidrate", "carbs"), ("belančevina", "protein"), ("vlakana", "fiber")),
    *(("gvožđa", "iron"), ("gvozdja", "iron"), ("gvozda", "iron"), ("natrijuma", "sodium"), ("kofeinom", "caffeine")),
    *(
        ("60 g ugljenih hidrata", "60 g carbs"),
        ("150 grama piletine", "150 g chicken"),
        ("1,5 kg krompira", "1,5 kg potatoes"),
    ),
    *(
        ("pilećeg belog mesa", "chicken breast"),
        ("kikiriki putera", "peanut butter"),
        ("ovsene pahuljice", "rolled oats"),
    ),
    *(("ovsene pahuljice", "rolled oats"), ("maslinovog ulja", "olive oil")),
)


@for_every(("text", "day"), DAYS)
def test_a_day_in_serbian_words_is_that_day(text, day):
    assert [mention.day for mention in read_days(LANGUAGE.to_english(text), today=THURSDAY)] == [day]


@for_every(("text", "first", "last"), RANGES)
def test_several_days_in_serbian_words_are_those_days(text, first, last):
    found = read_range(LANGUAGE.to_english(text), today=THURSDAY)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@for_every(("text", "english"), CASES)
def test_a_word_is_read_in_every_case_and_alphabet(text, english):
    assert LANGUAGE.to_english(text) == english


def test_weeks_and_sundays_are_told_apart():
    assert (LANGUAGE.to_english("ove nedelje"), LANGUAGE.to_english("u nedelju")) == ("this week", "on sunday")


def test_names_between_quotation_marks_stay_as_they_are():
    assert LANGUAGE.to_english('Kada je "Dugo do mora"?') == 'when is "dugo do mora"?'


def test_unknown_words_pass_through_in_latin_letters():
    assert LANGUAGE.to_english("Шта је Влашки лонац?") == "what is vlaški lonac?"


def test_punctuation_between_the_words_of_a_phrase_parts_it():
    assert LANGUAGE.to_english("dugo, trčanje") == "long, run"


def test_an_event_keeps_its_kind_and_length():
    wish = read_event(LANGUAGE.to_english("Šta da jedem pre dužeg trčanja?"))
    assert wish is not None
    assert (wish.words, wish.sports, wish.long) == ("long run", ("run",), True)


def test_both_alphabets_give_the_same_question():
    cyrillic = "Шта да једем вече пре дугог трчања у суботу?"
    assert LANGUAGE.to_english(cyrillic) == LANGUAGE.to_english(to_latin(cyrillic))


@for_every(
    ("typed", "meant"),
    [
        ("dorucukjem", "doruckujem"),
        ("trcnaje", "trcanje"),
        ("protenia", "proteina"),
        ("treninng", "trening"),
        ("hirdata", "hidrata"),
        ("subottu", "subotu"),
        ("ostatci", "ostaci"),
    ],
)
def test_one_wrong_letter_in_a_word_of_questions_is_put_right(typed, meant):
    assert mended(typed) == meant


@for_every(
    "word",
    ["kifle", "borek", "sarma", "sirup", "lazanju", "petra", "danube", "pogaca", "krofne", "turisja", "granolom"],
)
def test_a_name_is_never_put_right(word):
    assert mended(word) == word


@for_every(
    ("text", "english"),
    [
        ("pomeri trčanje na petak u 18h", "move my run to friday at 18:00"),
        ("dodaj plivanje sutra u 18:30", "add swim tomorrow at 18:30"),
        ("izbaci tofu iz stvari koje ne volim", "remove tofu from my dislikes"),
        ("koliko gelova na sat", "how many gels per hour"),
        ("ima li u tome kikirikija", "is there peanuts in it"),
        ("zašto sutra jedem manje", "why is tomorrow less than today"),
        ("da li je sutra odmor", "is tomorrow a rest day"),
        ("postala sam veganka", "i became vegan"),
        ("opet jedem tofu", "i eat tofu again"),
    ],
)
def test_a_wish_is_read_in_the_words_that_the_intents_know(text, english):
    assert LANGUAGE.to_english(text) == english


def test_a_hundred_and_fifty_foods_are_known_by_their_serbian_names():
    assert len({line.partition(" = ")[2] for line in FOODS.strip().splitlines()}) >= 150


def test_the_longest_message_is_read_in_less_than_a_second():
    from time import perf_counter

    started = perf_counter()
    LANGUAGE.to_english("koliko ima " * 400)
    assert perf_counter() - started < 1


@pytest.mark.django_db
def test_every_food_of_the_lexicon_is_found_in_the_catalogue(catalogue):
    from planning.services.search import search_foods

    names = sorted({line.partition(" = ")[2] for line in FOODS.strip().splitlines()})
    assert [name for name in names if not search_foods(name).exists()] == []
