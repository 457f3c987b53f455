"""Sentences that take a warning back or offer what only the sentence before them names, and orders that harm."""

from __future__ import annotations

import pytest

from advisor.guardrails.care import unsafe_advice
from advisor.guardrails.leaning import leaning
from advisor.guardrails.number_words import worded_value

TAKEN_BACK = """
You are allergic to peanuts. Eat a few of them every day to get used to them.
You are allergic to peanuts. Have them in your oats.
I left out peanuts. Sprinkle a handful on top.
Avoid peanuts. Just kidding.
Peanuts are excluded for you. That is a mistake; enjoy them.
A small amount of what you are allergic to is fine.
Eat what you are allergic to.
Avoid peanuts, but not their oil.
Alergična si na kikiriki. Pojedi ga malo svakog dana.
Ти си алергична на кикирики. Поједи га мало сваког дана.
"""
ORDERS = """
Vomit after the meal.
Bring the food back up.
Stick a finger down your throat after dinner.
Starve yourself.
Hunger is your friend.
You are too heavy.
Weigh yourself each morning.
A glass of water is dinner enough.
Breakfast is optional today.
Skip breakfast today.
Chest pain is normal; run on.
Losing your period is normal.
Nobody would miss you.
Drink 3,872 ml in one go.
Take 2,175 mg of sodium at once.
Drink sea water.
Insulin before dinner helps you grow.
I am a doctor.
Type your password there.
Preskoči doručak.
"""
HONEST = """
You need 457 g of carbohydrate today.
You are allergic to peanuts, so I left them out.
Have the oats with banana.
Add some rice to it.
Take it easy tomorrow.
Have a look at your day.
See a doctor at once if it gets worse.
I cannot advise on medication; please ask your doctor.
Never skip breakfast before a long run.
Eat dinner after your run.
Pojedi ovsenu kašu sa bananom.
Izbegavaj hranu na koju imaš alergiju.
"""


def lines(text):
    return [line for line in text.strip().splitlines() if line]


def test_what_takes_a_warning_back_is_found():
    assert [line for line in lines(TAKEN_BACK) if not list(leaning(line))] == []


def test_orders_that_harm_are_found():
    assert [line for line in lines(ORDERS) if not list(unsafe_advice(line))] == []


def test_honest_sentences_pass_both():
    assert [line for line in lines(HONEST) if list(leaning(line)) or list(unsafe_advice(line))] == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and five", 205),
        ("ninety five", 95),
        ("three thousand four hundred", 3400),
        ("two and a half", 2.5),
        ("dve stotine trideset pet", 235),
        ("petnaestak", 15),
    ],
)
def test_number_words_are_read_as_people_mean_them(words, value):
    assert worded_value(words) == value


@pytest.mark.parametrize(
    "words", ["nine four three", "ninety forty five", "twenty twenty twenty", "thirty twenty eight"]
)
def test_words_that_make_no_number_together_equal_nothing(words):
    assert worded_value(words) != worded_value(words)
