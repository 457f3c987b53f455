"""Breakfasts, snacks and the food around training: everything they claim is recomputed from the food tables."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from planning.catalogue.files import SAFE_LOADER
from planning.catalogue.tags import ALLERGENS, describe_dish, is_allowed
from tests.corpora import for_every

CATALOGUE = Path(__file__).resolve().parents[2] / "planning" / "catalogue"
TEASPOON_ML, TABLESPOON_ML = 4.929, 14.787
FRACTIONS = {"⅛": 0.125, "¼": 0.25, "⅓": 1 / 3, "½": 0.5}
EVERY_SLOT = ("breakfast", "snack", "pre", "during", "post")
CUISINES = {
    *("balkan", "serbian", "italian", "indian", "mexican", "east_asian"),
    *("middle_eastern", "mediterranean", "nordic", "american", "international"),
}
EQUIPMENT = {"hob", "oven", "microwave", "blender", "no_cook"}
ENERGY_KCAL = {"breakfast": (250, 620), "snack": (150, 350), "pre": (120, 300), "during": (75, 180), "post": (300, 520)}
DIETS = {
    "omnivore": (),
    "vegetarian": ("vegetarian",),
    "vegan": ("vegan",),
    "pescatarian": ("pescatarian",),
    "gluten-free": ("gluten-free",),
    "dairy-free": ("dairy-free",),
    "nut-free": ("nut-free",),
    "low-fodmap": ("low-fodmap",),
    "halal": ("halal",),
    "vegan and gluten-free": ("vegan", "gluten-free"),
}
SIX_ALLERGIES = ("milk", "eggs", "soy", "gluten", "tree_nuts", "peanuts")


@dataclass(frozen=True)
class Part:
    """One food of a serving, in the shape the diet rules read."""

    code: str
    grams: float
    allergens: dict[str, str]
    tags: tuple[str, ...]
    fodmap_limit_g: float | None


@dataclass(frozen=True)
class Dish:
    """A base recipe or one of its variants; `grams` are per serving, a food per entry."""

    slug: str
    name: str
    slots: tuple[str, ...]
    grams: tuple[tuple[str, float], ...]


@cache
def core_foods() -> dict[str, dict[str, str]]:
    with (CATALOGUE / "foods_core.csv").open(encoding="utf-8", newline="") as handle:
        return {row["food_id"]: row for row in csv.DictReader(handle)}


@cache
def food_nutrients() -> dict[str, dict[str, str]]:
    with gzip.open(CATALOGUE / "foods.csv.gz", "rt", encoding="utf-8", newline="") as handle:
        rows = {row["ndb_no"]: row for row in csv.DictReader(handle)}
    with (CATALOGUE / "foods_hand.csv").open(encoding="utf-8", newline="") as handle:
        rows.update({row["food_id"]: row for row in csv.DictReader(handle)})
    return rows


@cache
def recipes() -> tuple[dict[str, Any], ...]:
    found = []
    for path in sorted((CATALOGUE / "recipes").glob("a-*.yaml")):
        found.extend(yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER))
    return tuple(found)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def variants_of(recipe: dict[str, Any]) -> Iterator[Dish]:
    base = [(line["food"], line["g"] / recipe["servings"]) for line in recipe["ingredients"]]
    slots = tuple(recipe["slots"])
    yield Dish(slug=recipe["id"], name=recipe["name"], slots=slots, grams=tuple(base))
    for swap in recipe.get("swaps", []):
        replaced, instead = as_list(swap["replace"]), as_list(swap["with"])
        new = dict(zip(replaced, zip(instead, as_list(swap["g_ratio"]), strict=True), strict=True))
        grams = tuple((new[f][0], g * new[f][1]) if f in new else (f, g) for f, g in base)
        yield Dish(slug=f"{recipe['id']}--{swap['id']}", name=swap["name"], slots=slots, grams=grams)


@cache
def dishes() -> tuple[Dish, ...]:
    return tuple(dish for recipe in recipes() for dish in variants_of(recipe))


def per_serving(dish: Dish, nutrient: str) -> float:
    """Amount in a serving. A food that does not state the nutrient adds nothing, so this is a lower bound."""
    return sum(float(food_nutrients()[food][nutrient] or 0) * grams / 100 for food, grams in dish.grams)


@cache
def dish_tags(dish: Dish) -> Any:
    parts = []
    for food, grams in dish.grams:
        row = core_foods()[food]
        limit = row["fodmap_limit_g"]
        parts.append(
            Part(
                code=food,
                grams=grams,
                allergens={name: row[name] for name in ALLERGENS},
                tags=tuple(filter(None, row["tags"].split(";"))),
                fodmap_limit_g=float(limit) if limit else None,
            )
        )
    return describe_dish(parts)


def choices(slot: str, *, diets: tuple[str, ...] = (), allergies: tuple[str, ...] = ()) -> list[str]:
    return [
        dish.slug
        for dish in dishes()
        if slot in dish.slots and is_allowed(dish_tags(dish), allergies=allergies, diets=diets)
    ]


def shown_grams(line: dict[str, Any]) -> float:
    """Grams that the displayed amount means by the density and piece weight of its food."""
    match = re.match(r"(?P<whole>[\d.]*)(?P<part>[⅛¼⅓½]?) (?P<unit>g|ml|tbsp|tsp)?\b", line["show"])
    assert match, line["show"]
    amount = float(match["whole"] or 0) + FRACTIONS.get(match["part"], 0.0)
    row = core_foods()[line["food"]]
    if match["unit"] == "g":
        return amount
    if match["unit"] is None:
        return amount * float(row["piece_grams"])
    millilitres = amount * {"ml": 1.0, "tbsp": TABLESPOON_ML, "tsp": TEASPOON_ML}[match["unit"]]
    return millilitres * float(row["density_g_per_ml"])


def in_slot(slot: str) -> list[Dish]:
    return [dish for dish in dishes() if slot in dish.slots]


@for_every(("slot", "wanted"), [("breakfast", 24), ("snack", 18), ("pre", 12), ("during", 12), ("post", 14)])
def test_each_slot_has_its_number_of_base_recipes(slot, wanted):
    assert len([recipe for recipe in recipes() if slot in recipe["slots"]]) >= wanted


def test_no_two_dishes_share_an_id_or_a_name():
    slugs, names = [dish.slug for dish in dishes()], [dish.name for dish in dishes()]
    assert (len(set(slugs)), len(set(names))) == (len(slugs), len(names))


@for_every("recipe", recipes())
def test_a_recipe_is_filled_in_with_known_words_and_possible_numbers(recipe):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", recipe["id"])
    assert set(recipe["slots"]) <= set(EVERY_SLOT)
    assert set(recipe["equipment"]) <= EQUIPMENT
    assert recipe["cuisine"] in CUISINES
    assert recipe["cost_tier"] in {1, 2, 3}
    assert 0.5 <= recipe["scale"]["min"] <= 1 <= recipe["scale"]["max"] <= (10 if "during" in recipe["slots"] else 2.5)
    assert recipe["time"]["hands_on_min"] <= recipe["time"]["prep_min"] + recipe["time"]["cook_min"]
    assert recipe["provenance"] == {"author": "team", "licence": "same-as-repo"}


def test_a_method_is_two_to_six_steps():
    assert [recipe["id"] for recipe in recipes() if not 2 <= len(recipe["method"]) <= 6] == []


def test_a_step_is_a_whole_sentence():
    steps = [(recipe["id"], step) for recipe in recipes() for step in recipe["method"]]
    assert [(slug, step) for slug, step in steps if not (step[0].isupper() and step.endswith("."))] == []


def test_a_cooked_weight_does_not_exceed_what_went_into_the_pot():
    raw_g = {recipe["id"]: sum(line["g"] for line in recipe["ingredients"]) for recipe in recipes()}
    cooked_g = {recipe["id"]: recipe["yield_g"] or 0 for recipe in recipes()}
    assert {slug: grams for slug, grams in cooked_g.items() if grams > 1.02 * raw_g[slug]} == {}


def test_a_batch_dish_keeps_until_the_next_day():
    batches = [recipe for recipe in recipes() if recipe["batch"]]
    assert [recipe["id"] for recipe in batches if recipe["keeps"]["fridge_days"] < 1] == []


def test_every_food_of_a_dish_is_a_reviewed_core_food_with_nutrients():
    known = core_foods().keys() & food_nutrients().keys()
    assert [(dish.slug, food) for dish in dishes() for food, _ in dish.grams if food not in known] == []


def test_a_dish_lists_each_food_once():
    used = {dish.slug: [food for food, _ in dish.grams] for dish in dishes()}
    assert {slug: foods for slug, foods in used.items() if len(foods) != len(set(foods))} == {}


def test_a_swap_replaces_foods_that_the_recipe_uses():
    used = {recipe["id"]: {line["food"] for line in recipe["ingredients"]} for recipe in recipes()}
    swaps = [(recipe["id"], swap) for recipe in recipes() for swap in recipe.get("swaps", [])]
    assert [(slug, swap["id"]) for slug, swap in swaps if not set(as_list(swap["replace"])) <= used[slug]] == []


def test_the_displayed_amount_means_the_stored_grams_within_five_percent():
    lines = [(recipe["id"], line) for recipe in recipes() for line in recipe["ingredients"]]
    assert [(slug, line) for slug, line in lines if shown_grams(line) != pytest.approx(line["g"], rel=0.05)] == []


@for_every("nutrient", ["energy_kcal", "protein_g", "carbs_g", "fat_g", "sodium_mg"])
def test_no_food_used_here_leaves_a_planned_nutrient_unknown(nutrient):
    used = {food for dish in dishes() for food, _ in dish.grams}
    assert {food for food in used if food_nutrients()[food][nutrient] == ""} == set()


@for_every("slot", EVERY_SLOT)
def test_energy_of_a_serving_suits_the_slot(slot):
    low, high = ENERGY_KCAL[slot]
    # A recovery shake that may also be a snack is as large as recovery asks; half of it is a snack.
    energy = {
        dish.slug: per_serving(dish, "energy_kcal")
        for dish in dishes()
        if slot in dish.slots and not (slot == "snack" and "post" in dish.slots)
    }
    assert {slug: round(kcal) for slug, kcal in energy.items() if not low <= kcal <= high} == {}


def test_salt_of_a_serving_stays_reasonable():
    sodium_mg = {dish.slug: per_serving(dish, "sodium_mg") for dish in dishes()}
    assert {slug: amount for slug, amount in sodium_mg.items() if amount > 1350} == {}


def energy_by_macronutrients_kcal(dish: Dish) -> float:
    fiber_g = per_serving(dish, "fiber_g")
    starch_g = per_serving(dish, "carbs_g") - fiber_g
    return 4 * per_serving(dish, "protein_g") + 4 * starch_g + 2 * fiber_g + 9 * per_serving(dish, "fat_g")


def test_energy_of_a_dish_agrees_with_its_protein_carbohydrate_and_fat():
    energy_kcal = {dish.slug: per_serving(dish, "energy_kcal") for dish in dishes()}
    assert energy_kcal == pytest.approx({d.slug: energy_by_macronutrients_kcal(d) for d in dishes()}, rel=0.15)


def test_food_before_training_is_mostly_carbohydrate():
    shares = {d.slug: 4 * per_serving(d, "carbs_g") / per_serving(d, "energy_kcal") for d in in_slot("pre")}
    assert {slug: share for slug, share in shares.items() if share < 0.7} == {}


# The most grams of each in a serving.
@for_every("nutrient", ["fat_g", "fiber_g"])
@for_every(("slot", "most_g"), [("pre", 5), ("during", 3.5)])
def test_food_before_and_during_training_has_little_fat_and_fiber(slot, most_g, nutrient):
    grams = {dish.slug: per_serving(dish, nutrient) for dish in in_slot(slot)}
    assert {slug: amount for slug, amount in grams.items() if amount > most_g} == {}


# During training a unit is twenty to forty grams of carbohydrate; after it there is protein as well.
@for_every(
    ("slot", "nutrient", "least_g", "most_g"),
    [("during", "carbs_g", 20, 40.5), ("post", "carbs_g", 45, float("inf")), ("post", "protein_g", 18, 36)],
)
def test_food_during_and_after_training_brings_what_it_is_for(slot, nutrient, least_g, most_g):
    grams = {dish.slug: per_serving(dish, nutrient) for dish in in_slot(slot)}
    assert {slug: amount for slug, amount in grams.items() if not least_g <= amount <= most_g} == {}


@for_every("diet", ["vegan", "gluten-free", "dairy-free", "nut-free"])
def test_a_dish_that_says_a_diet_in_its_name_or_id_satisfies_it(diet):
    claiming = [dish for dish in dishes() if diet in dish.slug or diet in dish.name.casefold()]
    assert claiming
    assert [dish.slug for dish in claiming if diet not in dish_tags(dish).diets] == []


@for_every("slot", EVERY_SLOT)
@for_every("label", DIETS)
def test_each_diet_has_at_least_seven_choices_in_each_slot(slot, label):
    found = choices(slot, diets=DIETS[label])
    print(f"{slot:10} {label:22} {len(found)}")
    assert len(found) >= 7


@for_every("slot", EVERY_SLOT)
def test_a_vegan_on_low_fodmap_has_at_least_four_choices_in_each_slot(slot):
    found = choices(slot, diets=("vegan", "low-fodmap"))
    print(f"{slot:10} vegan and low-fodmap   {len(found)}")
    assert len(found) >= 4


@for_every("slot", EVERY_SLOT)
def test_an_athlete_with_six_allergies_has_at_least_four_choices_in_each_slot(slot):
    found = choices(slot, allergies=SIX_ALLERGIES)
    print(f"{slot:10} six allergies          {len(found)}")
    assert len(found) >= 4


@for_every("slot", EVERY_SLOT)
def test_a_vegan_with_six_allergies_still_has_four_choices_in_each_slot(slot):
    assert len(choices(slot, diets=("vegan",), allergies=SIX_ALLERGIES)) >= 4


def test_breakfasts_reach_from_carbohydrate_rich_to_protein_rich():
    breakfasts = [dish for dish in dishes() if "breakfast" in dish.slots]
    by_carbs = [d for d in breakfasts if 4 * per_serving(d, "carbs_g") >= 0.7 * per_serving(d, "energy_kcal")]
    by_protein = [d for d in breakfasts if per_serving(d, "protein_g") >= 25]
    assert len(by_carbs) >= 10
    assert len(by_protein) >= 15


def test_no_recipe_takes_one_of_two_foods_that_a_list_would_show_as_twins():
    twins = {"01082", "01116", "16126", "16025", "16015", "04582", "15076", "15121", "16137", "18363"}
    used = {food for dish in dishes() for food, _ in dish.grams}
    assert twins & used == set()


def test_a_serving_weighs_between_20_and_900_grams():
    weights = {
        dish.slug: sum(grams for food, grams in dish.grams if core_foods()[food]["slug"] != "water")
        for dish in dishes()
    }
    assert {slug: round(grams) for slug, grams in weights.items() if not 20 <= grams <= 900} == {}


@for_every("slot", ["pre", "during"])
def test_nobody_gets_prunes_seeds_or_beans_right_before_or_during_a_run(slot):
    heavy = {
        dish.slug: sorted(core_foods()[food]["slug"] for food, _ in dish.grams if is_heavy(core_foods()[food]))
        for dish in dishes()
        if slot in dish.slots
    }
    assert {slug: foods for slug, foods in heavy.items() if foods} == {}


def is_heavy(food: dict[str, str]) -> bool:
    """Pulses, seeds, nuts and prunes: what a gut under way does not forgive."""
    return "legumes" in food["tags"].split(";") or food["aisle"] == "Nuts & seeds" or food["slug"] == "prunes"
