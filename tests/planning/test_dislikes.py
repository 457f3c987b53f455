"""Which foods and dishes a disliked word keeps off the table."""

from __future__ import annotations

import pytest

from planning.catalogue.dislikes import Named, kinds_of, meets_dislike, near_names, word_forms
from planning.services.choice import is_disliked, read_catalogue
from script.support.planner.judge import holds


def food(name, *kinds):
    return Named("", (name,), frozenset(kinds))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("eggs", "Egg white"),
        ("egg", "Eggs, poached"),
        ("onions", "Onion"),
        ("bananas", "Banana"),
        ("tomato", "Canned tomatoes, chopped, in juice"),
        ("potato", "Potatoes"),
        ("berries", "Blueberries"),
        ("prawns", "Shrimp, peeled, frozen, raw"),
        ("courgettes", "Zucchini"),
        ("sweetcorn", "Sweet corn, frozen"),
        ("Yoghurt", "Plain yogurt, low-fat"),
        ("red peppers", "Red bell pepper"),
        ("avocados", "Avocado"),
        ("cheese", "Feta"),
        ("bread", "White pita bread"),
        ("ćevapi", "Cevapi"),
        ("black pepper", "Black pepper"),
        ("Gluten-free rolled oats (certified)", "Gluten-free rolled oats (certified)"),
    ],
)
def test_a_disliked_word_meets_a_food_in_either_number_and_by_another_name(word, name):
    assert meets_dislike(food(name), word)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("egg", "Eggplant"),
        ("nut", "Nutmeg"),
        ("nuts", "Coconut water"),
        ("nut", "Donut"),
        ("nuts", "Butternut squash"),
        ("rice", "Licorice"),
        ("rice", "Rice vinegar"),
        ("oil", "Boiled potatoes"),
        ("eggs", "Gluten-free bread without egg or milk"),
        ("milk", "Gluten-free bread without egg or milk"),
        ("egg", "Plain corn bread (proja), egg-free"),
        ("soy", "Pea yogurt, plain (soy-free)"),
        ("milk", "Coconut milk, canned"),
        ("butter", "Peanut butter, no added salt"),
        ("olives", "Olive oil"),
        ("peppers", "Black pepper"),
        ("meat", "Mussels, meat only"),
        ("wheat", "Buckwheat flour"),
        ("", "Egg"),
        ("?!", "Egg"),
    ],
)
def test_a_disliked_word_meets_nothing_that_only_looks_like_it(word, name):
    assert not meets_dislike(food(name), word)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("dairy", "milk"),
        ("dairy products", "dairy"),
        ("nuts", "tree_nuts"),
        ("nut", "peanuts"),
        ("legumes", "legumes"),
        ("seafood", "molluscs"),
        ("fish", "fish"),
        ("meat", "meat"),
        ("red meat", "red_meat"),
        ("pork", "pork"),
        ("gluten", "gluten"),
        ("fruit", "aisle fruit"),
    ],
)
def test_a_group_meets_a_food_by_what_it_is(word, kind):
    assert meets_dislike(food("Kajmak", kind), word)


def test_in_the_name_of_a_dish_words_must_stand_together():
    dish = Named("Chicken with red cabbage and peppers", ("Green bell pepper",), frozenset())
    assert (meets_dislike(dish, "red pepper"), meets_dislike(dish, "red cabbage")) == (False, True)


@pytest.mark.parametrize("dislike", ["Tofu with gluten-free bread", "gluten-free bread", "rice pudding without milk"])
def test_words_that_tell_what_is_missing_are_words_of_a_name_too(dislike):
    foods = ("Gluten-free bread without egg", "Rice pudding without milk")
    assert meets_dislike(Named("Tofu with gluten-free bread", foods, frozenset()), dislike)


def test_an_allergen_that_is_only_possible_makes_no_food_disliked():
    class Oats:
        allergens = {"milk": "may_contain", "gluten": "contains"}
        tags = ["check_gf_label"]
        aisle = "Grains"

    assert kinds_of([Oats()]) == {"gluten", "check_gf_label", "aisle grains"}


def test_what_is_spelled_nearly_so_is_near():
    assert near_names([Named("", ("Mango", "Kale"), frozenset())], "mangoo") == ["Mango"]


def test_what_shares_a_word_comes_before_what_is_spelled_nearly_so():
    foods = Named("", ("Tomatoes", "Tomato paste (concentrate)"), frozenset())
    assert near_names([foods], "cherry tomatoes")[0] == "Tomatoes"


def dishes_with(word):
    catalogue = read_catalogue()
    return {key for key, recipe in catalogue.recipes.items() if is_disliked(catalogue.named(key), [word])}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pair",
    [("egg", "eggs"), ("onion", "onions"), ("banana", "bananas"), ("nut", "nuts"), ("bean", "beans"), ("pea", "peas")],
)
def test_singular_and_plural_keep_out_the_same_dishes(catalogue, pair):
    one, many = (dishes_with(word) for word in pair)
    assert (one == many, len(one) > 30) == (True, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("dairy", ("milk", "feta", "skyr", "kajmak", "whey")),
        ("nuts", ("almonds", "walnuts", "peanuts", "cashews")),
        ("legumes", ("lentils", "chickpeas", "kidney beans", "hummus")),
        ("seafood", ("salmon", "shrimp", "squid", "mussels")),
        ("meat", ("chicken", "beef", "ham")),
        ("red meat", ("beef", "lamb", "pork")),
        ("cheese", ("feta", "parmesan", "ricotta")),
    ],
)
def test_a_group_keeps_out_whatever_its_members_keep_out(catalogue, group, members):
    # A dish may be called by a food that it has not: "Vegan …" names are no dish with the food.
    held = {food for key in dishes_with(group) for food in read_catalogue().named(key).foods}
    wanted = {
        name
        for key in read_catalogue().recipes
        for name in read_catalogue().named(key).foods
        if any(meets_dislike(food(name), word) for word in members)
    }
    assert (wanted - held, bool(wanted)) == (set(), True)


@pytest.mark.parametrize(
    ("text", "word", "held"),
    [
        ("egg noodles", "egg", True),
        ("bananas", "banana", True),
        ("eggplant", "egg", False),
        ("coconut milk, canned", "milk", False),
    ],
)
def test_the_judge_of_plans_reads_whole_words_by_itself(text, word, held):
    assert holds(text, word) is held


def test_forms_of_a_word_are_one():
    assert word_forms("Courgettes") == word_forms("zucchini")
