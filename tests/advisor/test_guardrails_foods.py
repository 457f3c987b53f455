"""Foods, dishes and advice in the drafts of an outside model, for athletes with allergies, diets and dislikes."""

from __future__ import annotations

import pytest

from advisor.facts import Fact
from advisor.food_names import food_book
from advisor.guardrails import check_part, check_reply
from tests import factories

pytestmark = pytest.mark.django_db

DISH = Fact("i:1:name", "dish", "dinner", "Firm tofu with tomato, olives and oregano")
PEOPLE = {
    "peanut": {"allergies": ["peanuts"]},
    "milk": {"allergies": ["milk"]},
    "celiac": {"allergies": ["gluten", "wheat"]},
    "vegan": {"dietary_preferences": ["vegan"]},
    "pescatarian": {"dietary_preferences": ["pescatarian"]},
    "picky": {"dislikes": ["mushroom"]},
}


def codes(who, reply, **more):
    athlete = factories.make_athlete(email=f"{who}@example.com", **PEOPLE[who])
    checked = check_reply(reply, facts=[DISH], allergies=athlete.allergies, book=food_book(athlete), **more)
    return {finding.code for finding in checked.findings}


@pytest.mark.parametrize(
    ("who", "reply"),
    [
        ("peanut", "Spread peanut butter on your toast."),
        ("peanut", "You are allergic to nuts, so have peanut butter instead."),
        ("peanut", "Peanuts are no problem for you."),
        ("peanut", "Don't forget the peanut butter."),
        ("peanut", "Namaži kikiriki puter na hleb."),
        ("peanut", "Пробај кикирики."),
        ("peanut", "It contains peanuts and healthy fats."),
        ("milk", "Drink a glass of milk."),
        ("milk", "Add feta to the salad."),
        ("milk", "Greek yogurt with berries is ideal."),
        ("milk", "Top it with cheddar."),
        ("milk", "Cheese would be great."),
        ("milk", "Ne jedi kajmak, već jogurt."),
        ("celiac", "Have spaghetti tonight."),
        ("celiac", "Couscous or bulgur would do."),
        ("vegan", "Grill a salmon fillet."),
        ("vegan", "Have chicken with it."),
        ("vegan", "Sweeten it with honey."),
        ("pescatarian", "Turkey would be lean."),
        ("picky", "Fry some mushrooms."),
        ("picky", "Dodaj šampinjone."),
    ],
)
def test_an_excluded_food_is_found(who, reply):
    assert "excluded_food" in codes(who, reply)


@pytest.mark.parametrize(
    ("who", "reply"),
    [
        ("peanut", "Avoid peanuts, almonds and cashews."),
        ("peanut", "Peanut butter is excluded for you."),
        ("peanut", "I leave out peanuts because you are allergic to them."),
        ("peanut", "Kikiriki je isključen za tebe."),
        ("peanut", "Have a banana."),
        ("milk", "Have oat milk."),
        ("milk", "Coconut milk goes well with it."),
        ("milk", "Instead of milk, have oat drink."),
        ("milk", "It is dairy-free."),
        ("celiac", "White rice would do."),
        ("celiac", "Do not eat bread."),
        ("vegan", "Your “Firm tofu with tomato, olives and oregano” is planned."),
        ("vegan", "No fish, no eggs."),
        ("pescatarian", "Have salmon."),
        ("picky", "Have salmon without mushrooms."),
    ],
)
def test_a_food_that_is_allowed_or_kept_away_is_no_finding(who, reply):
    assert "excluded_food" not in codes(who, reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Have Spaghetti with smooth tomato sauce and turkey.",
        "Tonight you have “Salmon teriyaki with moon rice”.",
        'Your dinner is "Grandmother\'s Tuesday casserole".',
        "Večeras imaš „Čarobni gulaš sa zvezdama“.",
    ],
)
def test_a_dish_that_no_tool_returned_is_found(reply):
    assert "name_without_fact" in codes("peanut", reply)


def test_what_the_athlete_wrote_may_be_quoted():
    assert codes("peanut", "You wrote “my legs are heavy”.", said=["Why are my legs heavy? my legs are heavy"]) == set()


@pytest.mark.parametrize(
    "reply",
    [
        "Stop your metformin on race day.",
        "A small dose of EPO would help.",
        "You can burn off dessert with an easy run.",
        "Take laxatives the evening before.",
    ],
)
def test_grave_advice_is_found(reply):
    assert "unsafe_advice" in codes("peanut", reply)


def test_declining_to_advise_is_no_grave_advice():
    assert codes("peanut", "I cannot advise on EPO or other doping; please ask a team doctor.") == set()


@pytest.mark.parametrize(
    "reply",
    [
        "Ich habe dein Abendessen für dich und den Plan ausgetauscht.",
        "He cambiado tu cena y la lista de la compra por ti.",
        "今晚吃花生酱吧，非常好吃。",
        "كل زبدة الفول السوداني الليلة",
    ],
)
def test_a_reply_in_a_language_that_cannot_be_checked_is_found(reply):
    assert "unread_language" in codes("peanut", reply)


def test_an_honest_reply_has_no_findings():
    reply = "Dinner is “Firm tofu with tomato, olives and oregano”. It has plenty of protein, and no peanuts."
    assert codes("peanut", reply) == set()


def test_a_part_has_the_findings_of_its_sentences():
    athlete = factories.make_athlete(email="part@example.com", allergies=["peanuts"])
    found = check_part("Eat well. Try peanuts. ", facts=[], allergies=["peanuts"], book=food_book(athlete))
    assert [finding.code for finding in found] == ["excluded_food"]
