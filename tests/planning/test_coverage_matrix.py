"""What every diet finds to eat in every slot, counted on the tags that are computed from the foods of a dish.

A family is a recipe with its swap variants. The rules count families, so that no week lives on one dish in four
disguises; the table of plannable dishes is the floor the catalogue was designed for.
"""

from __future__ import annotations

from functools import cache

from django.core.management import call_command

from planning.catalogue import coverage
from planning.catalogue.coverage import COLUMNS, SLOTS, Dish
from tests.corpora import for_every

MAINS = ("breakfast", "lunch", "dinner")
# Columns in which every slot has at least seven families, two days of seven without a repeat of any dish.
SEVEN = [name for name in COLUMNS if name != "vegan+low-fodmap"]
# Plannable dishes, variants included: (all, vegetarian, vegan, pescatarian, gluten-free, dairy-free, nut-free,
# low-fodmap, halal, vegan+gluten-free, vegan+low-fodmap)
FLOOR_COLUMNS = (
    *("all", "vegetarian", "vegan", "pescatarian", "gluten-free", "dairy-free", "nut-free"),
    *("low-fodmap", "halal", "vegan+gluten-free", "vegan+low-fodmap"),
)
FLOORS = {
    "breakfast": (32, 27, 13, 29, 23, 18, 26, 14, 31, 9, 4),
    "lunch": (36, 22, 14, 28, 26, 26, 30, 16, 35, 10, 5),
    "dinner": (44, 24, 17, 32, 32, 34, 36, 20, 43, 12, 6),
    "snack": (30, 29, 16, 29, 22, 19, 25, 14, 29, 12, 6),
    "pre": (18, 18, 12, 18, 13, 12, 15, 8, 17, 8, 4),
    "during": (14, 14, 12, 14, 10, 12, 11, 6, 14, 9, 4),
    "post": (22, 19, 11, 20, 16, 14, 18, 10, 21, 8, 4),
}
CUISINES = {
    *("balkan", "serbian", "italian", "indian", "mexican", "east_asian"),
    *("middle_eastern", "mediterranean", "nordic", "american", "international"),
}


@cache
def dishes() -> tuple[Dish, ...]:
    return tuple(coverage.read_dishes())


def families(slot: str, *diets: str, free_of: tuple[str, ...] = (), where=lambda dish: True) -> set[str]:
    found = coverage.suiting(dishes(), slot=slot, diets=diets, free_of=free_of)
    return coverage.families(dish for dish in found if where(dish))


def is_lean(dish: Dish) -> bool:
    return dish.carbs_share <= 0.45 and dish.protein_share >= 0.20


@for_every("slot", SLOTS)
@for_every("column", SEVEN)
def test_every_diet_has_seven_families_in_every_slot(column, slot):
    assert len(families(slot, *COLUMNS[column])) >= 7


@for_every("slot", MAINS)
@for_every("column", ["all", "vegetarian", "vegan", "gluten-free", "dairy-free", "nut-free", "halal"])
def test_two_weeks_of_mains_without_a_repeat(column, slot):
    assert len(families(slot, *COLUMNS[column])) >= 14


@for_every(
    ("slot", "least"),
    [("breakfast", 4), ("lunch", 5), ("dinner", 5), ("snack", 4), ("pre", 4), ("during", 4), ("post", 4)],
)
def test_a_vegan_on_low_fodmap_has_enough_in_every_slot(slot, least):
    assert len(families(slot, "vegan", "low-fodmap")) >= least


@for_every("slot", SLOTS)
@for_every(("index", "column"), list(enumerate(FLOOR_COLUMNS)))
def test_a_cell_of_the_table_holds_what_the_catalogue_was_designed_for(slot, index, column):
    families_and_dishes = coverage.count_table(coverage.suiting(dishes(), slot=slot))[slot][column]
    assert families_and_dishes[1] >= FLOORS[slot][index]


@for_every("slot", MAINS)
def test_a_vegan_without_soy_finds_five_lean_protein_rich_families(slot):
    assert len(families(slot, "vegan", free_of=("soy",), where=is_lean)) >= 5


def test_a_vegan_without_soy_finds_five_lean_protein_rich_snacks():
    assert len(families("snack", "vegan", free_of=("soy",), where=is_lean)) >= 5


@for_every("slot", MAINS)
def test_a_vegan_who_shuns_tofu_finds_five_lean_protein_rich_families(slot):
    assert len(families(slot, "vegan", where=lambda dish: is_lean(dish) and "main_tofu" not in dish.tags)) >= 5


@for_every("slot", MAINS)
@for_every("free_of", [("soy", "peanuts", "tree_nuts"), ("soy", "gluten", "wheat")])
def test_some_lean_vegan_families_have_neither_soy_nor_a_second_allergen(slot, free_of):
    assert len(families(slot, "vegan", free_of=free_of, where=is_lean)) >= 3


@for_every("slot", ["lunch", "dinner"])
def test_long_days_find_ten_mains_rich_in_carbohydrate_and_poor_in_fiber(slot):
    def is_easy(dish: Dish) -> bool:
        return dish.carbs_share >= 0.58 and dish.nutrients.get("fiber_g", 0) <= 8

    assert len(families(slot, where=is_easy)) >= 10


@for_every("slot", ["lunch", "dinner"])
def test_a_vegan_on_a_long_day_finds_five_of_them(slot):
    def is_easy(dish: Dish) -> bool:
        return dish.carbs_share >= 0.58 and dish.nutrients.get("fiber_g", 0) <= 8

    assert len(families(slot, "vegan", where=is_easy)) >= 5


def test_serbian_and_balkan_cooking_has_sixty_families_over_every_meal():
    found = [dish for dish in dishes() if dish.cuisine in {"serbian", "balkan"}]
    assert len(coverage.families(found)) >= 60
    assert {slot for dish in found for slot in dish.slots} >= {"breakfast", "lunch", "dinner", "snack", "pre", "post"}


def test_every_cuisine_has_at_least_five_families():
    counted = {name: len({dish.family for dish in dishes() if dish.cuisine == name}) for name in CUISINES}
    assert {name: count for name, count in counted.items() if count < 5} == {}
    assert {dish.cuisine for dish in dishes()} == CUISINES


def test_there_are_at_least_two_hundred_plannable_dishes_in_the_mains():
    assert len({dish.slug for slot in MAINS for dish in coverage.suiting(dishes(), slot=slot)}) >= 200


def test_the_printed_table_has_a_row_for_every_diet_and_a_column_for_every_slot(capsys):
    call_command("catalogue_report")
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == list(SLOTS)
    assert [line.split()[0] for line in lines[2 : 2 + len(COLUMNS)]] == list(COLUMNS)
