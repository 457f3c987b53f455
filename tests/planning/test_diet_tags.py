"""The allergen and diet filter. Rules: Regulation (EU) 1169/2011 Annex II, and the catalogue's own readme."""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from planning.catalogue import tags
from planning.catalogue.tags import (
    ALLERGENS,
    DIETS,
    DishTags,
    buying_notes,
    derive_diets,
    describe_dish,
    is_allowed,
    normalize_allergies,
    normalize_allergy,
    normalize_diet,
    normalize_diets,
    refusal_reasons,
    union_allergens,
)
from tests.corpora import for_every

CORE = Path(tags.__file__).with_name("foods_core.csv")


@dataclass(frozen=True)
class Food:
    code: str = "food"
    grams: float = 100.0
    allergens: dict = field(default_factory=lambda: dict.fromkeys(ALLERGENS, "free"))
    tags: tuple = ()
    fodmap_limit_g: float | None = 1000.0


@cache
def core():
    with CORE.open(encoding="utf-8", newline="") as handle:
        return {row["slug"]: row for row in csv.DictReader(handle)}


def from_core(slug, grams=100.0):
    row = core()[slug]
    return Food(
        code=row["food_id"],
        grams=grams,
        allergens={allergen: row[allergen] for allergen in ALLERGENS},
        tags=tuple(tag for tag in row["tags"].split(";") if tag),
        fodmap_limit_g=float(row["fodmap_limit_g"]) if row["fodmap_limit_g"] else None,
    )


def dish(*slugs):
    return [from_core(slug) for slug in slugs]


def with_status(**words):
    return Food(allergens={**dict.fromkeys(ALLERGENS, "free"), **words})


def test_the_fifteen_allergen_ids_are_the_public_ones():
    assert ALLERGENS == (
        "milk", "eggs", "fish", "crustaceans", "molluscs", "peanuts", "tree_nuts", "soy", "gluten", "wheat",
        "sesame", "celery", "mustard", "lupin", "sulphites",
    )  # fmt: skip


@for_every("allergen", ALLERGENS)
def test_every_allergen_id_names_itself(allergen):
    assert normalize_allergy(allergen) == (allergen,)


@for_every("diet", DIETS)
def test_every_diet_id_names_itself(diet):
    assert normalize_diet(diet) == diet


@for_every(
    ("word", "ids"),
    [
        ("Egg", ("eggs",)),
        ("SOYA", ("soy",)),
        ("Tree Nuts", ("tree_nuts",)),
        ("tree-nut", ("tree_nuts",)),
        ("gluten_cereals", ("gluten",)),
        ("Cereals containing gluten", ("gluten",)),
        ("lactose", ("milk",)),
        ("sulfites", ("sulphites",)),
        ("mollusks", ("molluscs",)),
        (" Sesame  seeds ", ("sesame",)),
    ],
)
def test_an_allergy_alias_is_read_whatever_its_case_spaces_and_hyphens(word, ids):
    assert normalize_allergy(word) == ids


def test_shellfish_means_crustaceans_and_molluscs():
    assert normalize_allergy("shellfish") == ("crustaceans", "molluscs")


def test_nuts_means_peanuts_and_tree_nuts():
    assert normalize_allergy("nuts") == ("peanuts", "tree_nuts")


def test_an_unknown_allergy_is_refused_with_the_list_of_ids():
    with pytest.raises(ValueError, match="unknown allergy 'kryptonite'; known are milk, eggs, .*sulphites"):
        normalize_allergy("kryptonite")


def test_an_empty_allergy_is_refused():
    with pytest.raises(ValueError, match="unknown allergy ''"):
        normalize_allergy("")


@for_every(
    ("word", "diet"),
    [
        ("Gluten Free", "gluten-free"),
        ("glutenfree", "gluten-free"),
        ("NUT_FREE", "nut-free"),
        ("plant based", "vegan"),
        ("pescetarian", "pescatarian"),
        ("Low FODMAP", "low-fodmap"),
    ],
)
def test_a_diet_alias_is_read_whatever_its_case_spaces_and_hyphens(word, diet):
    assert normalize_diet(word) == diet


def test_lactose_free_is_not_taken_for_dairy_free():
    with pytest.raises(ValueError, match="unknown diet 'lactose-free'; known are vegetarian, vegan"):
        normalize_diet("lactose-free")


def test_several_allergies_come_back_once_each_in_canonical_order():
    assert normalize_allergies(["shellfish", "soya", "crab", "milk"]) == ["milk", "crustaceans", "molluscs", "soy"]


def test_several_diets_come_back_once_each_in_canonical_order():
    assert normalize_diets(["halal", "veggie", "vegetarian"]) == ["vegetarian", "halal"]


@for_every(
    ("first", "second", "whole"),
    [
        ("free", "free", "free"),
        ("unknown", "free", "unknown"),
        ("may_contain", "free", "may_contain"),
        ("may_contain", "unknown", "may_contain"),
        ("contains", "unknown", "contains"),
        ("contains", "may_contain", "contains"),
    ],
)
def test_the_stronger_word_of_two_foods_stands_for_the_dish(first, second, whole):
    assert union_allergens([with_status(soy=first), with_status(soy=second)])["soy"] == whole


def test_a_dish_without_ingredients_is_unknown_throughout():
    assert union_allergens([]) == dict.fromkeys(ALLERGENS, "unknown")


def test_an_allergen_that_a_food_does_not_mention_is_unknown():
    assert union_allergens([Food(allergens={"milk": "free"})])["eggs"] == "unknown"


def test_a_word_that_nobody_defined_is_unknown():
    assert union_allergens([with_status(milk="probably not")])["milk"] == "unknown"


def test_a_food_with_wheat_has_gluten_even_if_its_own_word_says_otherwise():
    assert union_allergens([with_status(wheat="contains", gluten="free")])["gluten"] == "contains"


def test_nothing_is_derived_from_an_empty_dish():
    assert derive_diets([]) == set()


def test_rice_and_carrots_satisfy_every_diet():
    assert derive_diets(dish("rice-white-long-raw", "carrot-raw")) == set(DIETS)


@for_every(
    ("slug", "broken"),
    [
        ("chicken-breast-raw", {"vegetarian", "vegan", "pescatarian"}),
        ("salmon-farmed-raw", {"vegetarian", "vegan"}),
        ("egg-raw", {"vegan"}),
        ("honey", {"vegan", "low-fodmap"}),
        ("milk-whole", {"vegan", "dairy-free", "low-fodmap"}),
        ("gelatin-powder", {"vegetarian", "vegan", "pescatarian", "halal", "kosher"}),
        ("parmesan", {"vegetarian", "vegan", "dairy-free", "halal", "kosher"}),
        ("pork-tenderloin-raw", {"vegetarian", "vegan", "pescatarian", "halal", "kosher"}),
        ("lard", {"vegetarian", "vegan", "pescatarian", "halal", "kosher"}),
        ("shrimp-raw", {"vegetarian", "vegan", "kosher"}),
        ("catfish-farmed-raw", {"vegetarian", "vegan", "kosher"}),
        ("vanilla-extract", {"halal"}),
        ("wheat-flour-white", {"gluten-free", "low-fodmap"}),
        ("oats-rolled", {"gluten-free"}),
        ("almonds", {"nut-free"}),
        ("peanuts-raw", {"nut-free"}),
        ("soy-sauce", {"gluten-free"}),
        ("garlic-raw", {"low-fodmap"}),
        ("fish-sauce", {"vegetarian", "vegan"}),
    ],
)
def test_each_food_breaks_exactly_its_own_diets(slug, broken):
    assert set(DIETS) - derive_diets([from_core(slug, grams=5)]) == broken


def test_certified_oats_are_gluten_free():
    assert "gluten-free" in derive_diets(dish("oats-gluten-free"))


def test_spelt_is_not_gluten_free():
    assert "gluten-free" not in derive_diets(dish("spelt-dry"))


def test_lactose_free_milk_is_not_dairy_free():
    assert "dairy-free" not in derive_diets(dish("milk-lactose-free"))


def test_lactose_free_milk_suits_a_low_fodmap_diet():
    assert "low-fodmap" in derive_diets(dish("milk-lactose-free"))


def test_a_trace_of_milk_leaves_a_dish_vegan():
    assert "vegan" in derive_diets([with_status(milk="may_contain")])


def test_a_trace_of_milk_breaks_a_dairy_free_diet():
    assert "dairy-free" not in derive_diets([with_status(milk="may_contain")])


@for_every("status", ["contains", "may_contain", "unknown"])
def test_only_free_of_gluten_is_gluten_free(status):
    assert "gluten-free" not in derive_diets([with_status(gluten=status)])


@for_every("allergen", ["peanuts", "tree_nuts"])
def test_nut_free_looks_at_peanuts_and_tree_nuts(allergen):
    assert "nut-free" not in derive_diets([with_status(**{allergen: "may_contain"})])


def test_an_unreviewed_food_satisfies_no_diet_of_origin():
    unreviewed = Food(allergens=dict.fromkeys(ALLERGENS, "unknown"))
    assert derive_diets([unreviewed]) == {"low-fodmap"}


def test_one_unreviewed_food_spoils_a_vegan_dish():
    assert "vegan" not in derive_diets([*dish("rice-white-long-raw"), with_status(lupin="unknown")])


def test_meat_with_cheese_is_not_kosher():
    assert "kosher" not in derive_diets(dish("beef-round-steak-raw", "mozzarella"))


def test_meat_alone_and_cheese_alone_are_kosher():
    assert "kosher" in derive_diets(dish("beef-round-steak-raw")) & derive_diets(dish("mozzarella"))


def test_fish_with_cheese_is_kosher():
    assert "kosher" in derive_diets(dish("salmon-farmed-raw", "mozzarella"))


def test_meat_with_milk_that_only_its_allergen_word_shows_is_not_kosher():
    meat = Food(code="meat", tags=("meat",))
    assert "kosher" not in derive_diets([meat, with_status(milk="contains")])


def test_wine_in_the_sauce_breaks_halal():
    assert "halal" not in derive_diets(dish("beef-round-steak-raw", "wine-red"))


def test_a_fodmap_limit_holds_at_its_gram():
    assert "low-fodmap" in derive_diets([Food(grams=40, fodmap_limit_g=40)])


def test_a_fodmap_limit_is_broken_one_gram_above():
    assert "low-fodmap" not in derive_diets([Food(grams=41, fodmap_limit_g=40)])


def test_the_same_food_on_two_lines_is_added_up_against_its_fodmap_limit():
    twice = [Food(code="banana", grams=30, fodmap_limit_g=40), Food(code="banana", grams=30, fodmap_limit_g=40)]
    assert "low-fodmap" not in derive_diets(twice)


def test_an_unknown_fodmap_limit_fails():
    assert "low-fodmap" not in derive_diets([Food(grams=1, fodmap_limit_g=None)])


@for_every(
    ("status", "reason"),
    [
        ("contains", "contains tree nuts"),
        ("may_contain", "may contain tree nuts"),
        ("unknown", "not known to be free of tree nuts"),
    ],
)
def test_an_athletes_allergen_is_refused_in_any_word_but_free(status, reason):
    found = refusal_reasons(describe_dish([with_status(tree_nuts=status)]), allergies=["tree_nuts"], diets=[])
    assert [str(one) for one in found] == [reason]


def test_a_food_free_of_the_allergen_is_allowed():
    assert is_allowed(describe_dish(dish("rice-white-long-raw")), allergies=list(ALLERGENS), diets=list(DIETS))


def test_a_gluten_allergy_refuses_wheat():
    assert not is_allowed(describe_dish([with_status(wheat="contains")]), allergies=["gluten"], diets=[])


def test_a_wheat_allergy_leaves_certified_oats():
    assert is_allowed(describe_dish(dish("oats-gluten-free")), allergies=["wheat"], diets=[])


def test_a_wheat_allergy_does_not_refuse_gluten_without_wheat():
    rye = with_status(gluten="contains", wheat="free")
    assert is_allowed(describe_dish([rye]), allergies=["wheat"], diets=[])


def test_a_diet_that_the_dish_does_not_satisfy_is_a_reason():
    found = refusal_reasons(describe_dish(dish("egg-raw")), allergies=[], diets=["vegan"])
    assert [str(one) for one in found] == ["not vegan"]


def test_every_reason_is_given():
    found = refusal_reasons(describe_dish(dish("feta", "walnuts")), allergies=["milk", "nuts"], diets=["vegan"])
    assert [str(one) for one in found] == [
        "contains milk",
        "may contain peanuts",
        "contains tree nuts",
        "not vegan",
    ]


def test_a_misspelled_allergy_stops_the_filter_instead_of_passing():
    with pytest.raises(ValueError, match="unknown allergy 'penuts'"):
        is_allowed(describe_dish(dish("rice-white-long-raw")), allergies=["penuts"], diets=[])


def test_a_dish_that_says_nothing_about_an_allergen_is_refused():
    assert not is_allowed(DishTags(allergens={}, diets=frozenset()), allergies=["sesame"], diets=[])


def test_no_core_food_that_contains_an_allergen_passes_its_filter():
    passed = [
        (slug, allergen)
        for slug in core()
        for allergen in ALLERGENS
        if core()[slug][allergen] != "free"
        and is_allowed(describe_dish([from_core(slug)]), allergies=[allergen], diets=[])
    ]
    assert passed == []


def test_buckwheat_for_a_gluten_free_athlete_needs_a_labeled_pack():
    notes = buying_notes(dish("buckwheat-raw"), allergies=[], diets=["gluten-free"])
    assert notes == [("20008", "buy a pack labeled gluten-free")]


def test_buckwheat_for_anybody_else_needs_no_note():
    assert buying_notes(dish("buckwheat-raw"), allergies=["milk"], diets=["halal"]) == []


def test_meat_on_a_halal_diet_is_bought_certified():
    notes = buying_notes(dish("chicken-breast-raw"), allergies=[], diets=["halal"])
    assert notes == [("05062", "buy halal-certified meat")]


def test_cheese_on_a_vegetarian_diet_is_bought_with_microbial_rennet():
    notes = buying_notes(dish("cheddar"), allergies=[], diets=["vegetarian"])
    assert notes == [("01009", "buy one made with microbial rennet")]
