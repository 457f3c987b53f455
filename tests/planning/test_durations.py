"""Cooking time from the words of the steps: a suggestion for whoever imports a recipe."""

from __future__ import annotations

import pytest

from planning.own.durations import cooking_minutes
from planning.own.found import make_found
from planning.own.splitting import split_text


@pytest.mark.parametrize(
    ("steps", "minutes"),
    [
        (["Simmer 1 hour 30 minutes."], 90),
        (["Simmer for 1½ hours."], 90),
        (["Boil half an hour."], 30),
        (["Bake for 20-25 minutes, then rest 10 minutes."], 25),
        (
            ["Fry the onion for five minutes.", "Add the rest of the stock and cook 15 min, stirring every 5 minutes."],
            20,
        ),
        (["Kuvajte 20 minuta."], 20),
        (["30 Minuten köcheln lassen."], 30),
        (["Chill for 2 hours.", "Mix and serve."], None),
        (["Heat the oven to 200 degrees."], None),
    ],
)
def test_time_over_heat_is_added_up(steps, minutes):
    assert cooking_minutes(steps) == minutes


def test_a_stated_cooking_time_is_not_added_to():
    assert make_found(lines=["1 egg"], steps=["Simmer 90 minutes."], cook_minutes=40).cook_minutes == 40


def test_a_total_time_leaves_what_is_not_preparation():
    text = "Bowl\nPrep time: 10 min\nTotal time: 45 min\nIngredients\n200 g oats\nMethod\nMix."
    assert (split_text(text).prep_minutes, split_text(text).cook_minutes) == (10, 35)


def test_an_added_up_time_says_that_it_is():
    assert make_found(lines=["1 egg"], steps=["Simmer 1 hour."]).notes == (
        "The cooking time, 60 minutes, was added up from the steps. Check it.",
    )
