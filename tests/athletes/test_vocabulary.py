"""What people call things, and what we call them."""

from __future__ import annotations

from athletes.vocabulary import SPORTS, read_goal, read_sport
from nutrition_site.kernel import vocabulary
from nutrition_site.kernel.vocabulary import read_allergens, read_diets
from planning.catalogue import tags
from planning.science import mets
from tests.corpora import for_every


@for_every(
    ("word", "ids"),
    [
        ("egg", ["eggs"]),
        ("Soya", ["soy"]),
        ("TREE-NUTS", ["tree_nuts"]),
        ("shellfish", ["crustaceans", "molluscs"]),
        ("nuts", ["peanuts", "tree_nuts"]),
        ("gluten_cereals", ["gluten"]),
        ("cow’s milk", ["milk"]),
    ],
)
def test_an_allergy_is_understood_however_it_is_typed(word, ids):
    assert read_allergens([word]) == (ids, [])


def test_an_unknown_allergy_is_reported_not_dropped():
    assert read_allergens(["eggs", "moonlight"]) == (["eggs"], ["moonlight"])


def test_a_diet_is_understood_however_it_is_typed():
    assert read_diets(["Gluten Free", "low_FODMAP"]) == (["gluten-free", "low-fodmap"], [])


def test_profiles_and_foods_understand_words_by_one_list():
    assert tags.ALLERGEN_WORDS is vocabulary.ALLERGEN_WORDS
    assert tags.DIET_WORDS is vocabulary.DIET_WORDS


def test_profiles_know_every_sport_that_the_energy_tables_know():
    assert set(SPORTS) == set(mets.SPORTS)


@for_every("alias", sorted(mets.ALIASES))
def test_a_sport_alias_means_the_same_to_profile_and_energy_table(alias):
    assert read_sport(alias) == (mets.ALIASES[alias], True)


def test_an_unknown_sport_is_kept_as_written():
    assert read_sport(" Kubb ") == ("Kubb", False)


@for_every(("word", "goal"), [("Weight Loss", "weight_loss"), ("gain", "weight_gain"), ("none", "none")])
def test_a_goal_is_understood_however_it_is_typed(word, goal):
    assert read_goal(word) == (goal, True)
