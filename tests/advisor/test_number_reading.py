"""How numbers, times of day and sentences are read before they are compared with facts."""

from __future__ import annotations

import time

import pytest

from advisor.guardrails.clock import clock_times
from advisor.guardrails.disguise import disguised, leftovers, multiples, odd_characters, starts_with_unit
from advisor.guardrails.figures import read_figures
from advisor.guardrails.reading import sentence_ends, split_sentences, whole_sentences


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 19:00", [(1140,)]),
        ("at half past nine", [(570, 1290)]),
        ("at quarter to six", [(345, 1065)]),
        ("at ten past six.", [(370, 1090)]),
        ("at eight o'clock", [(480, 1200)]),
        ("u pola deset", [(570, 1290)]),
        ("u petnaest do sest.", [(345, 1065)]),
        ("at 7 pm", [()]),
        ("five to six servings", []),
        ("no time at all", []),
    ],
)
def test_a_time_of_day_is_read_in_figures_and_words(text, minutes):
    assert [found.minutes for found in clock_times(text)] == minutes


@pytest.mark.parametrize(
    ("text", "values", "dimension"),
    [
        ("98 g", (98.0,), "mass"),
        ("60 g of carbohydrate per hour", (60.0,), "mass/h"),
        ("2,240 kcal", (2240.0, 2.24), "energy"),
        ("319 g and on Wednesday", (319.0,), "mass"),
        ("petnaestak grama", (15.0,), "mass"),
        ("pola kile", (0.5,), "mass"),
        ("form of -12", (-12.0,), None),
    ],
)
def test_a_number_is_read_with_its_unit(text, values, dimension):
    figure = next(iter(read_figures(text)))
    assert (figure.values, figure.dimension and figure.dimension[0]) == (values, dimension)


@pytest.mark.parametrize("text", ["IX g", "CCXII grams", "ccxii grams", "lOO g", "fivehundred grams", "ninetyeight g"])
def test_a_number_hidden_in_letters_is_found(text):
    assert list(disguised(text)) != []


@pytest.mark.parametrize("text", ["I need a plan", "ask an MD", "an XL shirt", "a civil war", "it is a mix", "li si"])
def test_words_of_roman_letters_are_no_numbers(text):
    assert list(disguised(text)) == []


@pytest.mark.parametrize("text", ["x999 g", "l50 g", "9e2 g", "2x98"])
def test_a_figure_glued_to_letters_is_left_over(text):
    assert list(leftovers(text)) != []


@pytest.mark.parametrize("text", ["五百 g", "98ₐ g", "10² g", "Ⅸ g", "٩٨ g", "③ gels"])
def test_figures_of_other_scripts_are_found(text):
    assert list(odd_characters(text)) != []


@pytest.mark.parametrize("text", ["½ l", "žuti šećer", "60–90 g", "“Pasta”", "9 µg"])
def test_plain_marks_are_no_odd_figures(text):
    assert list(odd_characters(text)) == []


@pytest.mark.parametrize(
    "text",
    ["twice your carbohydrate", "a third more", "double it", "10 % more", "half of it", "dvostruko vise", "upola"],
)
def test_a_factor_is_found(text):
    assert list(multiples(text)) != []


@pytest.mark.parametrize(
    "text", ["half an hour", "the half marathon", "the first half of the run", "think twice", "double-check the label"]
)
def test_words_that_only_look_like_factors_pass(text):
    assert list(multiples(text)) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [("Grams of fat, that is.", "Grams"), ("kcal, to be exact.", "kcal"), ("Calories matter.", None), ("Eat.", None)],
)
def test_a_sentence_that_begins_with_a_unit_is_found(text, unit):
    assert starts_with_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Eat. Drink.", ["Eat. ", "Drink."]),
        ("U subotu, 28. marta. Da.", ["U subotu, 28. marta. ", "Da."]),
        ("approx. 5 g. Yes", ["approx. 5 g. ", "Yes"]),
        ("1. Rice\n2. Eggs", ["1. Rice\n", "2. Eggs"]),
        ("It is “Long run. Easy” today. Yes.", ["It is “Long run. Easy” today. ", "Yes."]),
        ("“a. b\nc. d", ["“a. b\n", "c. ", "d"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, parts):
    assert split_sentences(text) == parts


def test_what_is_a_whole_sentence_does_not_change_while_more_is_written():
    text = "On 28. marta eat 2.5 g. Then “rest. Well” and stop. 1. Rice\n2. Eggs. End."
    ends = [whole_sentences(text[:place]) for place in range(len(text) + 1)]
    assert all(end in (0, *sentence_ends(text)) for end in ends)


@pytest.mark.parametrize("text", ["a. " * 2000, "“a. " * 1500, "1. " * 2000, " " * 6000, "a" + "_" * 5999])
def test_cutting_sentences_takes_one_pass(text):
    # Some 5 ms; with the square of the length it was half a second.
    started = time.process_time()
    sentence_ends(text)
    assert time.process_time() - started < 0.2
