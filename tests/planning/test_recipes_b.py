"""Lunch and dinner recipes: true to their foods, plausible on a plate, and enough of them for every diet."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from planning.catalogue.files import SAFE_LOADER
from planning.catalogue.tags import ALLERGENS, derive_diets, union_allergens
from tests.corpora import for_every

CATALOGUE = Path(__file__).resolve().parents[2] / "planning" / "catalogue"
SLOTS = ("lunch", "dinner")
# milliliters of a metric spoon; both are within 2 % of the US customary ones
SPOON_ML = {"tbsp": 15.0, "tsp": 5.0}
# canned tomatoes may stand on another shelf than fresh ones and are vegetables all the same
TOMATO = {"11531", "11693", "11547"}
MACROS = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "sodium_mg")
COMPUTED = {"nutrients", "allergens", "diets", "gives", "energy_kcal", "protein_g", "carbs_g", "fat_g"}
KEYS = {
    "id",
    "name",
    "slots",
    "servings",
    "yield_g",
    "scale",
    "time",
    "equipment",
    "keeps",
    "batch",
    "cost_tier",
    "cuisine",
    "ingredients",
    "swaps",
    "method",
    "provenance",
}
CUISINES = {
    "balkan",
    "serbian",
    "italian",
    "indian",
    "mexican",
    "east_asian",
    "middle_eastern",
    "mediterranean",
    "nordic",
    "american",
    "international",
}


@dataclass(frozen=True)
class Food:
    """One line of a serving, in the shape the diet rules read."""

    code: str
    grams: float
    allergens: dict[str, str]
    tags: tuple[str, ...]
    fodmap_limit_g: float | None


@dataclass(frozen=True)
class Dish:
    """A base recipe or one of its variants, with the grams of one serving."""

    family: str
    slug: str
    name: str
    slots: tuple[str, ...]
    grams: dict[str, float]


def rows(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


CORE = {row["food_id"]: row for row in rows(CATALOGUE / "foods_core.csv")}
NUTRIENTS = {row["ndb_no"]: row for row in rows(CATALOGUE / "foods.csv.gz")}
NUTRIENTS |= {row["food_id"]: row for row in rows(CATALOGUE / "foods_hand.csv")}
PORTIONS: dict[str, list[dict[str, str]]] = {}
for portion in rows(CATALOGUE / "portions.csv.gz"):
    PORTIONS.setdefault(portion["ndb_no"], []).append(portion)
FILES = sorted((CATALOGUE / "recipes").glob("b-*.yaml"))
RECIPES = [recipe for path in FILES for recipe in yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)]


def as_list(value):
    return value if isinstance(value, list) else [value]


def swap_pairs(swap: dict) -> list[tuple[str, str, float]]:
    old, new = as_list(swap["replace"]), as_list(swap["with"])
    ratios = swap["g_ratio"] if isinstance(swap["g_ratio"], list) else [swap["g_ratio"]] * len(old)
    return list(zip(old, new, ratios, strict=True))


def expand() -> Iterator[Dish]:
    for recipe in RECIPES:
        base = {line["food"]: line["g"] / recipe["servings"] for line in recipe["ingredients"]}
        slots = tuple(recipe["slots"])
        yield Dish(recipe["id"], recipe["id"], recipe["name"], slots, base)
        for swap in recipe.get("swaps", []):
            grams = dict(base)
            for old, new, ratio in swap_pairs(swap):
                grams[new] = grams.pop(old) * ratio
            yield Dish(recipe["id"], f"{recipe['id']}--{swap['id']}", swap["name"], slots, grams)


DISHES = list(expand())


def amount(dish: Dish, nutrient: str) -> float:
    """Sum over the foods that state the nutrient, per serving."""
    stated = [(NUTRIENTS[code][nutrient], grams) for code, grams in dish.grams.items()]
    return sum(float(value) * grams / 100 for value, grams in stated if value != "")


def carbs_share(dish: Dish) -> float:
    return 4 * amount(dish, "carbs_g") / amount(dish, "energy_kcal")


def fat_share(dish: Dish) -> float:
    return 9 * amount(dish, "fat_g") / amount(dish, "energy_kcal")


def foods_of(dish: Dish) -> list[Food]:
    foods = []
    for code, grams in dish.grams.items():
        row = CORE[code]
        limit = row["fodmap_limit_g"]
        foods.append(
            Food(
                code=code,
                grams=grams,
                allergens={name: row[name] for name in ALLERGENS},
                tags=tuple(filter(None, row["tags"].split(";"))),
                fodmap_limit_g=float(limit) if limit else None,
            )
        )
    return foods


DIETS = {dish.slug: derive_diets(foods_of(dish)) for dish in DISHES}
UNIONS = {dish.slug: union_allergens(foods_of(dish)) for dish in DISHES}
BIG_SIX = ("milk", "eggs", "soy", "gluten", "tree_nuts", "peanuts")


def families(slot: str, *diets: str, free_of: tuple[str, ...] = ()) -> set[str]:
    """Different dishes, a base and its variants counted once, that suit every diet and lack every allergen named."""
    return {
        dish.family
        for dish in DISHES
        if slot in dish.slots
        and set(diets) <= DIETS[dish.slug]
        and all(UNIONS[dish.slug][allergen] == "free" for allergen in free_of)
    }


def outside(nutrient: str, low: float, high: float) -> dict[str, float]:
    found = {dish.slug: round(amount(dish, nutrient), 1) for dish in DISHES}
    return {slug: value for slug, value in found.items() if not low <= value <= high}


def shown_grams(text: str, code: str) -> list[float]:
    """Every weight that the household measures of a food allow for a line such as "1 1/2 tbsp olive oil"."""
    match = re.match(r"(?P<n>\d+ \d/\d|\d/\d|\d+(?:\.\d+)?) (?P<rest>.+)", text)
    assert match, f"{text!r} does not start with a quantity"
    quantity = float(sum(Fraction(part) for part in match["n"].split()))
    word = match["rest"].split()[0]
    if word == "g":
        return [quantity]
    measures = [
        (float(row["grams"]) / float(row["amount"]), row["description"].replace("tablespoon", "tbsp"))
        for row in PORTIONS.get(code, [])
    ]
    if word in SPOON_ML:
        density = CORE[code]["density_g_per_ml"]
        by_volume = [quantity * SPOON_ML[word] * float(density)] if density else []
        return by_volume + [quantity * grams for grams, name in measures if re.match(rf"{word}\b", name)]
    if word == "ml":
        return [quantity * float(CORE[code]["density_g_per_ml"])]
    if word not in {"large", "medium"}:
        word = match["rest"].split()[0 if word.startswith("clove") else -1].rstrip("s")
    by_piece = CORE[code]["piece_grams"]
    pieces = [quantity * float(by_piece)] if by_piece else []
    return pieces + [quantity * grams for grams, name in measures if re.search(rf"\b{word}\b", name)]


def test_there_are_enough_base_recipes_for_each_slot():
    bases = Counter(slot for recipe in RECIPES for slot in recipe["slots"])
    assert bases["lunch"] >= 24
    assert bases["dinner"] >= 30


def test_ids_are_unique_among_bases_and_variants():
    assert [slug for slug, count in Counter(dish.slug for dish in DISHES).items() if count > 1] == []


def test_names_are_unique_among_bases_and_variants():
    assert [name for name, count in Counter(dish.name for dish in DISHES).items() if count > 1] == []


def test_every_food_named_is_a_core_food_with_nutrients():
    named = {code for dish in DISHES for code in dish.grams}
    assert sorted(code for code in named if code not in CORE or code not in NUTRIENTS) == []


def test_energy_macros_and_sodium_of_every_food_are_known():
    named = sorted({code for dish in DISHES for code in dish.grams})
    assert [(code, column) for code in named for column in MACROS if NUTRIENTS[code][column] == ""] == []


def test_a_recipe_states_what_a_cook_knows_and_nothing_that_is_computed():
    for recipe in RECIPES:
        assert not COMPUTED & set(recipe), recipe["id"]
        assert set(recipe) <= KEYS, recipe["id"]
        assert KEYS - {"swaps"} <= set(recipe), recipe["id"]


def test_fixed_words_are_used_for_slots_cuisines_and_equipment():
    for recipe in RECIPES:
        assert recipe["slots"]
        assert set(recipe["slots"]) <= set(SLOTS), recipe["id"]
        assert recipe["cuisine"] in CUISINES, recipe["id"]
        assert set(recipe["equipment"]) <= {"hob", "oven", "microwave", "blender", "no_cook"}, recipe["id"]
        assert recipe["cost_tier"] in {1, 2, 3}, recipe["id"]


def test_no_food_is_listed_twice_in_a_recipe():
    doubled = [
        recipe["id"]
        for recipe in RECIPES
        if len({line["food"] for line in recipe["ingredients"]}) != len(recipe["ingredients"])
    ]
    assert doubled == []


def test_a_swap_replaces_foods_of_its_recipe_by_core_foods_that_are_not_already_in_it():
    for recipe in RECIPES:
        listed = {line["food"] for line in recipe["ingredients"]}
        for swap in recipe.get("swaps", []):
            pairs = swap_pairs(swap)
            kept = listed - {old for old, _, _ in pairs}
            assert {old for old, _, _ in pairs} <= listed, (recipe["id"], swap["id"])
            assert {new for _, new, _ in pairs} <= set(CORE), (recipe["id"], swap["id"])
            assert not kept & {new for _, new, _ in pairs}, (recipe["id"], swap["id"])
            assert len({new for _, new, _ in pairs}) == len(pairs), (recipe["id"], swap["id"])
            assert all(ratio > 0 for _, _, ratio in pairs), (recipe["id"], swap["id"])


def test_the_amount_shown_agrees_with_the_grams_within_five_percent():
    wrong = []
    for recipe in RECIPES:
        for line in recipe["ingredients"]:
            candidates = shown_grams(line["show"], line["food"])
            if not any(abs(grams - line["g"]) <= 0.05 * line["g"] for grams in candidates):
                wrong.append((recipe["id"], line["show"], line["g"], candidates))
    assert wrong == []


@for_every(
    ("text", "code", "grams"),
    [
        ("160 g dried red lentils", "16144", 160.0),
        ("1 1/2 tbsp olive oil", "04053", 20.25),
        ("1/2 tsp salt", "02047", 3.0),
        ("2 medium tomatoes", "11529", 246.0),
        ("3 cloves garlic", "11215", 9.0),
        ("4 large eggs", "01123", 200.0),
    ],
)
def test_household_measures_are_read_from_the_portion_table(text, code, grams):
    assert any(found == pytest.approx(grams) for found in shown_grams(text, code))


def test_every_main_gives_between_430_and_800_kilocalories():
    assert outside("energy_kcal", 430, 800) == {}


def test_every_main_gives_at_least_17_grams_of_protein():
    assert outside("protein_g", 17, 60) == {}


def test_fat_stays_between_5_and_30_grams():
    assert outside("fat_g", 5, 30) == {}


def test_sodium_of_a_main_stays_between_280_and_1450_milligrams():
    assert outside("sodium_mg", 280, 1450) == {}


def test_fiber_of_a_main_is_at_most_22_grams():
    assert outside("fiber_g", 0, 22) == {}


def test_macros_add_up_to_the_energy_within_a_tenth():
    # Atwater 4-4-9; fiber-rich dishes come out lower in the food table than by the factors
    for dish in DISHES:
        by_factors = 4 * amount(dish, "protein_g") + 4 * amount(dish, "carbs_g") + 9 * amount(dish, "fat_g")
        assert by_factors == pytest.approx(amount(dish, "energy_kcal"), rel=0.10), dish.slug


def test_at_least_80_grams_of_vegetables_or_fruit_beside_potatoes_are_on_every_plate():
    potatoes = {"11352", "gnocchi-potato"}
    bare = {}
    for dish in DISHES:
        plants = sum(
            grams
            for code, grams in dish.grams.items()
            if code not in potatoes and (CORE[code]["aisle"] in {"Vegetables", "Fruit", "Frozen"} or code in TOMATO)
        )
        if plants < 80:
            bare[dish.slug] = round(plants)
    assert bare == {}


def test_methods_are_two_to_six_sentences():
    assert [recipe["id"] for recipe in RECIPES if not 2 <= len(recipe["method"]) <= 6] == []


def test_hands_on_time_fits_into_preparing_and_cooking():
    for recipe in RECIPES:
        time = recipe["time"]
        assert 0 < time["hands_on_min"] <= time["prep_min"] + time["cook_min"], recipe["id"]


def test_what_is_cooked_ahead_keeps_until_the_next_day():
    assert [recipe["id"] for recipe in RECIPES if recipe["batch"] and recipe["keeps"]["fridge_days"] < 1] == []


def test_servings_scale_in_quarters():
    for recipe in RECIPES:
        low, high = recipe["scale"]["min"], recipe["scale"]["max"]
        assert 0.5 <= low < high <= 2.5, recipe["id"]
        assert (low * 4) % 1 == 0, recipe["id"]
        assert (high * 4) % 1 == 0, recipe["id"]


def test_yield_is_no_lighter_than_half_and_no_heavier_than_four_times_what_goes_in():
    for recipe in RECIPES:
        weight = sum(line["g"] for line in recipe["ingredients"])
        assert 0.5 * weight <= recipe["yield_g"] <= 4 * weight, recipe["id"]


@for_every("slot", SLOTS)
def test_hard_days_find_ten_mains_with_two_thirds_of_energy_from_carbohydrate(slot):
    assert len({dish.family for dish in DISHES if slot in dish.slots and carbs_share(dish) >= 0.66}) >= 10


@for_every("slot", SLOTS)
def test_rest_days_find_eight_mains_with_at_most_42_percent_of_energy_from_carbohydrate(slot):
    assert len({dish.family for dish in DISHES if slot in dish.slots and carbs_share(dish) <= 0.42}) >= 8


@for_every("slot", SLOTS)
def test_fifteen_mains_give_35_grams_of_protein(slot):
    assert len({dish.family for dish in DISHES if slot in dish.slots and amount(dish, "protein_g") >= 35}) >= 15


@for_every("slot", SLOTS)
def test_ten_mains_leave_room_for_fat_elsewhere(slot):
    assert len({dish.family for dish in DISHES if slot in dish.slots and fat_share(dish) <= 0.17}) >= 10


@for_every("slot", SLOTS)
def test_a_vegan_finds_twelve_mains_with_28_grams_of_protein(slot):
    found = {
        dish.family
        for dish in DISHES
        if slot in dish.slots and "vegan" in DIETS[dish.slug] and amount(dish, "protein_g") >= 28
    }
    assert len(found) >= 12


@for_every("slot", SLOTS)
def test_a_vegan_without_soy_finds_three_mains_with_28_grams_of_protein(slot):
    found = {
        dish.family
        for dish in DISHES
        if slot in dish.slots
        and "vegan" in DIETS[dish.slug]
        and UNIONS[dish.slug]["soy"] == "free"
        and amount(dish, "protein_g") >= 28
    }
    assert len(found) >= 3


# families per slot: at least seven everywhere, fourteen for somebody who eats everything, five for the binding cell
COVERAGE = [
    ((), 14),
    (("vegetarian",), 14),
    (("vegan",), 14),
    (("pescatarian",), 14),
    (("gluten-free",), 14),
    (("dairy-free",), 14),
    (("nut-free",), 14),
    (("low-fodmap",), 7),
    (("halal",), 14),
    (("kosher",), 14),
    (("vegan", "gluten-free"), 7),
    (("vegan", "nut-free"), 7),
    (("gluten-free", "dairy-free"), 7),
    (("vegan", "low-fodmap"), 5),
    (("vegan", "low-fodmap", "gluten-free"), 5),
]


@for_every("slot", SLOTS)
@for_every(("diets", "needed"), COVERAGE)
def test_every_diet_finds_enough_different_dishes(slot, diets, needed):
    found = families(slot, *diets)
    print(f"{slot} {'+'.join(diets) or 'everything'}: {len(found)}")
    assert len(found) >= needed, sorted(found)


@for_every("slot", SLOTS)
def test_an_athlete_allergic_to_six_common_foods_has_seven_different_dishes(slot):
    found = families(slot, free_of=BIG_SIX)
    print(f"{slot} free of {', '.join(BIG_SIX)}: {len(found)}")
    assert len(found) >= 7, sorted(found)


@for_every("slot", SLOTS)
def test_a_vegan_allergic_to_six_common_foods_has_four_different_dishes(slot):
    assert len(families(slot, "vegan", free_of=BIG_SIX)) >= 4


def test_two_fifths_of_the_families_are_vegan_by_base_or_variant():
    vegan = {dish.family for dish in DISHES if "vegan" in DIETS[dish.slug]}
    assert len(vegan) / len(RECIPES) >= 0.40


def test_serbian_and_balkan_cooking_has_at_least_fifteen_dishes():
    assert sum(recipe["cuisine"] in {"serbian", "balkan"} for recipe in RECIPES) >= 15


def test_every_cuisine_is_cooked():
    assert {recipe["cuisine"] for recipe in RECIPES} == CUISINES


def test_a_serving_weighs_between_200_and_900_grams_on_the_plate():
    off = {
        dish.slug: round(weight)
        for dish in DISHES
        for recipe in [next(recipe for recipe in RECIPES if recipe["id"] == dish.family)]
        for weight in [max(sum(dish.grams.values()), recipe["yield_g"] / recipe["servings"])]
        if not 200 <= weight <= 950 or sum(dish.grams.values()) > 900
    }
    assert off == {}


def test_no_recipe_takes_one_of_two_foods_that_a_list_would_show_as_twins():
    # one milk, one plain yogurt, one firm tofu, one white bean, one black bean, one everyday oil, one salmon, one tuna
    twins = {"01082", "01116", "16126", "16025", "16015", "04582", "15076", "15121", "16137", "11693", "18363"}
    found = {dish.slug: sorted(twins & set(dish.grams)) for dish in DISHES if twins & set(dish.grams)}
    assert found == {}
