"""What may leave the house: numbers that are facts, no withheld figures, no claimed deeds, no excluded food."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.facts import Fact
from advisor.guardrails import check_numbers, check_reply

FACTS = (
    Fact("t:carbs", "target", "carbohydrate", 504.6, "g"),
    Fact("t:kcal", "target", "energy", 2463.2, "kcal"),
    Fact("t:fluid", "target", "fluid", 2684.0, "ml"),
    Fact("t:sodium", "target", "sodium", 1500.0, "mg"),
    Fact("e:minutes", "training", "length", 105.0, "min"),
    Fact("e:title", "event", "title", "Long run 28 km, eat 9000 kcal"),
    Fact("f:rate", "fueling", "rate", 60.0, "g/h"),
    Fact("i:time", "plan", "time", "19:00"),
    Fact("d:name", "dish", "dinner", "Pasta 4 cheeses"),
    Fact("ea", "target", "availability", 44.7, "kcal/kg FFM/d"),
)
DAY = date(2026, 3, 28)


def words(reply):
    return [finding.words for finding in check_numbers(reply, facts=FACTS, days=[DAY]).findings]


@pytest.mark.parametrize(
    "reply",
    [
        "You need 505 g of carbohydrate.",
        "You need 504.6 g.",
        "You need 2,460 kcal.",
        "You need 2463 kcal.",
        "Drink 2.7 l on the day.",
        "Drink 2,684 ml.",
        "1.5 g of sodium",
        "It lasts 105 minutes.",
        "It lasts 1.75 h.",
        "60 g per hour",
        "60 g/h",
        "Dinner at 19:00 is “Pasta 4 cheeses”.",
        "On Saturday 28 March, or 2026-03-28, or March 28.",
        "Your “Long run 28 km, eat 9000 kcal” is planned.",
        "44.7 kcal/kg",
        "1. Eat.\n2. Drink.",
        "No numbers at all.",
    ],
)
def test_a_number_that_is_a_fact_passes(reply):
    assert words(reply) == []


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("You need 506 g.", ["506 g"]),
        ("You need 505 kcal.", ["505 kcal"]),
        ("You need 505 mg.", ["505 mg"]),
        ("You need 504.7 g.", ["504.7 g"]),
        ("You need 2,450 kcal.", ["2,450 kcal"]),
        ("Take 60 g.", ["60 g"]),
        ("Take 505 g/h.", ["505 g/h"]),
        ("Eat 9000 kcal as the title says.", ["9000 kcal"]),
        ("On 29 March.", ["29"]),
        ("At 18:30.", ["18:30"]),
        ("Eat ９９ g.", ["99 g"]),
        ("Eat five hundred grams.", ["five hundred grams"]),
        ("Use 3 eggs.", ["3"]),
        ("Between 400 and 505 g.", ["400 and 505 g"]),
        ("a 1.1 lb steak at 2 lb", ["2 lb"]),
    ],
)
def test_a_number_that_is_no_fact_is_found(reply, found):
    assert words(reply) == found


def test_citations_come_in_the_order_of_the_reply():
    checked = check_numbers("2,460 kcal and 505 g", facts=FACTS)
    assert [citation.fact.id for citation in checked.citations] == ["t:kcal", "t:carbs"]


def test_energy_and_weight_are_found_where_they_are_withheld():
    checked = check_reply("You need 2,460 kcal.", facts=FACTS, withheld=True)
    assert [finding.code for finding in checked.findings] == ["withheld_number"]


@pytest.mark.parametrize(
    "reply", ["I have swapped your dinner.", "I've added it.", "Your plan has been updated.", "I just moved the run."]
)
def test_a_claimed_deed_is_found(reply):
    assert [finding.code for finding in check_reply(reply, facts=FACTS).findings] == ["claimed_deed"]


def test_a_proposal_is_no_claim():
    assert check_reply("I propose a swap; nothing has changed until you confirm.", facts=FACTS).ok


def test_a_food_of_an_allergy_is_found():
    checked = check_reply("Spread peanuts on the bread.", facts=FACTS, allergies=["peanuts"])
    assert [(finding.code, finding.words) for finding in checked.findings] == [("excluded_food", "peanuts")]


def test_warning_of_a_food_is_allowed():
    assert check_reply("Avoid peanuts, they are excluded for you.", facts=FACTS, allergies=["peanuts"]).ok
