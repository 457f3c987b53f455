"""Excluded foods by every name and in every disguise, and the honest sentences that must pass beside them."""

from __future__ import annotations

import time

import pytest

from advisor.facts import Fact
from advisor.food_names import book_for
from advisor.guardrails import check_part, check_reply, excluded_foods, whole_sentences
from advisor.guardrails.lexicon import read_lexicon
from planning.catalogue.loader import loaded_version
from tests.advisor.excluded_food_corpus import HONEST, LIES, PEOPLE
from tests.corpora import for_every

# The names come from the catalogue.
pytestmark = pytest.mark.django_db
QUICK_SECONDS = 0.1


@pytest.fixture(scope="module")
def books(django_db_setup, django_db_blocker):
    """The book of each person, made once."""
    with django_db_blocker.unblock():
        version = loaded_version()
        return {
            who: book_for(
                version,
                allergies=person.get("allergies", ()),
                diets=person.get("dietary_preferences", ()),
                dislikes=person.get("dislikes", ()),
            )
            for who, person in PEOPLE.items()
        }


def found(books, who, reply, **more):
    return excluded_foods(reply, allergies=PEOPLE[who].get("allergies", ()), book=books[who], **more)


def strangers(books, reply, facts=()):
    checked = check_reply(reply, facts=facts, book=books["picky"])
    return [finding.words for finding in checked.findings if finding.code == "name_without_fact"]


@for_every(("who", "reply"), LIES)
def test_an_excluded_food_that_is_put_on_the_table_is_found(books, who, reply):
    assert found(books, who, reply)


@for_every(("who", "reply"), HONEST)
def test_an_honest_sentence_passes(books, who, reply):
    assert found(books, who, reply) == []


@for_every(
    "reply",
    [
        "Eat a Zanutti bar.",
        "Eat a zanutti bar before the run.",
        "You should have a Zanutti bar at 16:00.",
        "Have some Brimzel after the race.",
        "Drink a glass of Fluvitan.",
        "Try a Korvex shake.",
        "Snack on plimmers.",
        "Grab a Nutribomb cookie.",
        "Order a Gronk burger.",
        "Pojedi jednu brimzlu.",
        "Popij čašu fluvitana.",
        "Uzmi Korveks napitak.",
    ],
)
def test_a_food_that_no_table_knows_is_not_offered(books, reply):
    assert strangers(books, reply)


@for_every(
    "reply",
    [
        "Eat a banana before the run.",
        "Have a bowl of oats with berries.",
        "Have something light.",
        "Eat dinner two hours before bed.",
        "Try to eat within an hour.",
        "Take a rest day.",
        "Have a look at your plan.",
        "Enjoy your long run.",
        "Drink to thirst.",
        "Get a good night's sleep.",
        "Have a chat with your coach.",
        "Eat 60 g of carbohydrate per hour.",
        "Add an event to your calendar.",
        "Eat like you train.",
        "Jedi polako.",
        "Jedi dobro i pitaj kad se nešto promeni.",
        "Pojedi bananu pre treninga.",
        "Uzmi gel na svakih 30 minuta.",
        "Dodaj namirnicu na spisak.",
    ],
)
def test_plain_advice_to_eat_offers_no_stranger(books, reply):
    assert strangers(books, reply) == []


def test_a_product_that_a_tool_returned_may_be_offered(books):
    fact = Fact("food:1:name", "food", "food", "Zanutti bar, oat")
    assert strangers(books, "Eat a Zanutti bar.", facts=[fact]) == []


def test_the_foods_of_a_dish_are_no_proof_of_the_dish(books):
    foods = [Fact(f"i:{number}", "ingredient", "ingredient", name) for number, name in enumerate(("Apple", "Potatoes"))]
    dish = "pork tenderloin with red cabbage, apple and potatoes"
    assert strangers(books, "Have Pork tenderloin with red cabbage, apple and potatoes.", facts=foods) == [dish]


def test_the_lists_hold_more_than_four_hundred_names_that_hold_something():
    assert sum(meaning.classes != {"none"} for meaning in read_lexicon().values()) > 400


@for_every("who", [who for who, person in PEOPLE.items() if "allergies" in person])
def test_every_name_that_usually_holds_an_allergen_is_excluded_for_its_allergy(books, who):
    allergies = set(PEOPLE[who]["allergies"])
    names = [name for name, meaning in read_lexicon().items() if meaning.allergens & allergies]
    assert [name for name in names if not found(books, who, f"Have {name} today.")] == []


def test_bread_of_a_checked_dish_may_be_toasted(books):
    reply = "Toast the bread and spread it with jam."
    assert found(books, "celiac", reply, quoted=["Gluten-free bread without egg or milk"]) == []


def test_an_allergen_is_not_excused_by_a_checked_ingredient(books):
    assert found(books, "milk", "Pour the milk over it.", quoted=["Rice drink, like milk"]) == ["milk"]


def test_a_dish_that_holds_an_excluded_word_is_named_when_it_was_checked(books):
    assert found(books, "peanut", "Dinner is “Peanut-free satay bowl”.", quoted=["Peanut-free satay bowl"]) == []


def test_allergies_are_checked_by_the_lists_alone_where_no_catalogue_is_at_hand():
    assert excluded_foods("Grab a Snickers.", allergies=["peanuts"]) == ["snickers"]


def test_sentence_by_sentence_the_same_foods_are_found_as_in_the_whole(books):
    reply = " ".join(sentence for who, sentence in (*LIES, *HONEST) if who == "peanut")
    parts, rest = [], reply
    while rest:
        end = whole_sentences(rest) or len(rest)
        part, rest = rest[:end], rest[end:]
        parts += [one.words for one in check_part(part, facts=[], allergies=["peanuts"], book=books["peanut"])]
    whole = check_reply(reply, facts=[], allergies=["peanuts"], book=books["peanut"])
    assert parts.count("peanuts") == [one.words for one in whole.findings].count("peanuts") > 100


@pytest.mark.parametrize("piece", ["Avoid peanuts, ", "no ", "without peanuts and ", "p e a ", "You eat rice. ", "X "])
def test_a_long_reply_is_checked_quickly(books, piece):
    reply = (piece * 6000)[:6000]
    names = [f"Dish number {number} with rice" for number in range(300)]
    seconds = []
    for _ in range(3):
        started = time.process_time()
        found(books, "vegan", reply, quoted=names)
        seconds.append(time.process_time() - started)
    assert min(seconds) < QUICK_SECONDS
