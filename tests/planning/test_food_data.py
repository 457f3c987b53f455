"""The committed food tables. Golden values: USDA SR28 as published, per 100 g edible portion."""

import csv
import gzip
import importlib.machinery
import importlib.util
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from planning.catalogue import tags
from planning.catalogue.tags import ALLERGENS, STATUSES, TAGS
from tests.corpora import for_every

CATALOGUE = Path(tags.__file__).parent
SCRIPT = CATALOGUE.parents[1] / "script" / "build_foods"

AISLES = {
    "Grains",
    "Bread",
    "Legumes",
    "Vegetables",
    "Fruit",
    "Dairy",
    "Eggs",
    "Meat",
    "Fish",
    "Nuts & seeds",
    "Oils & sauces",
    "Herbs & spices",
    "Sweet & baking",
    "Drinks",
    "Sports",
    "Frozen",
}

# fiber, organic acids, leavening salts and the food-specific factors of cocoa, bran and yeast explain these
ATWATER_EXCEPTIONS = {
    "allspice",
    "baking-powder",
    "basil-dried",
    "bay-leaf",
    "caraway-seed",
    "cardamom",
    "cayenne",
    "chili-powder",
    "cinnamon",
    "cloves-ground",
    "cocoa-powder",
    "coriander-seed",
    "curry-powder",
    "dill-dried",
    "marjoram-dried",
    "nori-dried",
    "oat-bran",
    "oregano-dried",
    "paprika",
    "paprika-smoked",
    "parsley-dried",
    "pepper-black",
    "psyllium-husk",
    "rosemary-dried",
    "sage-ground",
    "savory-ground",
    "tarragon-dried",
    "thyme-dried",
    "thyme-fresh",
    "vinegar-balsamic",
    "wheat-bran",
    "yeast-dry",
}
# acetic acid and carbon dioxide are in no column; SR28 rounds the water of pepper
MASS_EXCEPTIONS = {
    "baking-soda",
    "pepper-black",
    "pepper-white",
    "vinegar-balsamic",
    "vinegar-cider",
    "vinegar-distilled",
    "vinegar-red-wine",
}

NUTRIENT_NAMES = ("energy_kcal", "protein_g", "fat_g", "carbs_g", "fiber_g", "sugars_g", "calcium_mg", "iron_mg")
GOLDEN = {
    "08120": ("379", "13.15", "6.52", "67.7", "10.1", "0.99", "52", "4.25", "6", "0.342"),
    "09040": ("89", "1.09", "0.33", "22.84", "2.6", "12.23", "5", "0.26", "1", ""),
    "05064": ("165", "31.02", "3.57", "0", "0", "0", "15", "1.04", "74", ""),
    "16070": ("116", "9.02", "0.38", "20.13", "7.9", "1.8", "19", "3.33", "2", "0.837"),
    "20045": ("130", "2.69", "0.28", "28.17", "0.4", "0.05", "10", "1.2", "1", "0.668"),
    "04053": ("884", "0", "100", "0", "0", "0", "1", "0.56", "2", "0.913"),
    "01077": ("61", "3.15", "3.25", "4.8", "0", "5.05", "113", "0.03", "43", "1.031"),
    "12195": ("614", "20.96", "55.5", "18.82", "10.3", "4.43", "347", "3.49", "7", "1.082"),
    "11090": ("34", "2.82", "0.37", "6.64", "2.6", "1.7", "47", "0.73", "33", ""),
    "15076": ("142", "19.84", "6.34", "0", "0", "", "12", "0.8", "44", ""),
}
MEASURES = [
    ("08120", "cup", "", 81.0),
    ("09040", 'medium (7" to 7-7/8" long)', "", 118.0),
    ("05064", "cup", "chopped or diced", 140.0),
    ("16070", "cup", "", 198.0),
    ("04053", "tbsp", "", 13.5),
    ("01077", "cup", "", 244.0),
    ("12195", "tbsp", "", 16.0),
    ("11090", "cup", "chopped", 91.0),
    ("01116", "cup", "", 245.0),
]


@cache
def build_script():
    loader = importlib.machinery.SourceFileLoader("build_foods", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("build_foods", loader))
    loader.exec_module(module)
    return module


@cache
def foods():
    with gzip.open(CATALOGUE / "foods.csv.gz", "rt", encoding="utf-8", newline="") as handle:
        return {row["ndb_no"]: row for row in csv.DictReader(handle)}


@cache
def portions():
    with gzip.open(CATALOGUE / "portions.csv.gz", "rt", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def hand():
    with (CATALOGUE / "foods_hand.csv").open(encoding="utf-8", newline="") as handle:
        return {row["food_id"]: row for row in csv.DictReader(handle)}


@cache
def core():
    with (CATALOGUE / "foods_core.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def composition(row):
    return foods().get(row["food_id"]) or hand()[row["food_id"]]


def number(text):
    return float(text) if text else 0.0


def test_there_are_as_many_foods_as_sr28_has():
    assert len(foods()) == 8789


def test_there_are_as_many_portions_as_sr28_has():
    assert len(portions()) == 15438


@for_every("ndb_no", GOLDEN)
def test_a_food_has_the_published_values(ndb_no):
    row = foods()[ndb_no]
    assert tuple(row[name] for name in (*NUTRIENT_NAMES, "sodium_mg", "density_g_per_ml")) == GOLDEN[ndb_no]


def test_unenriched_rice_has_the_iron_of_rice():
    assert foods()["20445"]["iron_mg"] == "0.2"


@for_every(("ndb_no", "unit", "modifier", "grams"), MEASURES)
def test_a_household_measure_has_the_published_weight(ndb_no, unit, modifier, grams):
    found = [
        float(row["grams"]) / float(row["amount"])
        for row in portions()
        if (row["ndb_no"], row["unit"], row["modifier"]) == (ndb_no, unit, modifier)
    ]
    assert grams in found


def test_a_banana_loses_a_third_to_its_peel():
    assert foods()["09040"]["refuse_pct"] == "36"


@for_every(
    ("column", "known"),
    [("energy_kcal", 8789), ("fiber_g", 8195), ("sugars_g", 6957), ("sodium_mg", 8706), ("vitamin_d_ug", 5527)],
)
def test_a_value_that_sr28_does_not_state_stays_empty(column, known):
    assert sum(1 for row in foods().values() if row[column] != "") == known


def test_foods_are_sorted_by_their_number():
    assert list(foods()) == sorted(foods())


@for_every("name", ["foods.csv.gz", "portions.csv.gz"])
def test_a_compressed_table_carries_no_time_and_no_file_name(name):
    header = (CATALOGUE / name).read_bytes()[:10]
    assert (header[3], header[4:8]) == (0, b"\0\0\0\0")


def test_every_nutrient_name_ends_in_its_unit():
    units = {name: unit for name, (_, unit) in build_script().NUTRIENTS.items()}
    assert [name for name, unit in units.items() if not name.endswith("_" + unit)] == []


def test_another_archive_is_refused():
    with pytest.raises(build_script().ArchiveError, match="expected 3ed660b9e097"):
        build_script().convert_archive(b"not the archive")


def test_a_missing_archive_ends_with_status_two(tmp_path):
    assert build_script().main(["--sdist", str(tmp_path / "absent.tar.gz")]) == 2


def test_a_changed_unit_in_the_release_is_refused():
    definitions = [[number_, unit] for number_, unit in build_script().NUTRIENTS.values()]
    definitions[0] = ["208", "kJ"]
    with pytest.raises(build_script().ArchiveError, match="energy_kcal: nutrient 208 is in 'kJ'"):
        build_script().assert_units(definitions)


def test_a_lone_carriage_return_does_not_end_a_row():
    assert build_script().read_table(b"~01001~^~cup\r whole~\r\n~01002~^~tbsp~\r\n") == [
        ["01001", "cup whole"],
        ["01002", "tbsp"],
    ]


@for_every(
    ("description", "unit", "modifier"),
    [
        ("cup", "cup", ""),
        ("cup (8 fl oz)", "cup", ""),
        ("cup (4 fl oz)", "cup", "(4 fl oz)"),
        ("cup, chopped", "cup", "chopped"),
        ("Tbsp", "tbsp", ""),
        ("tablespoon", "tbsp", ""),
        ("fl oz", "fl oz", ""),
        ("large", "large", ""),
        ("slice, thin", "slice", "thin"),
    ],
)
def test_a_measure_is_split_into_unit_and_modifier(description, unit, modifier):
    assert build_script().split_measure(description) == (unit, modifier)


def test_a_density_divides_by_the_amount_of_the_measure():
    measures = [{"unit": "cup", "modifier": "", "amount": "0.5", "grams": "122"}]
    assert build_script().measure_density(measures) == "1.031"


def test_a_chopped_cup_gives_no_density():
    measures = [{"unit": "cup", "modifier": "chopped", "amount": "1", "grams": "91"}]
    assert build_script().measure_density(measures) == ""


def test_an_empty_value_is_not_converted_to_zero():
    assert build_script().plain("") == ""


def test_cooks_have_at_least_320_foods():
    assert len(core()) >= 320


def test_every_core_food_has_a_composition():
    assert [row["food_id"] for row in core() if row["food_id"] not in {*foods(), *hand()}] == []


@for_every("column", ["food_id", "slug", "display_name"])
def test_no_two_core_foods_share_an_identity(column):
    assert [value for value, times in Counter(row[column] for row in core()).items() if times > 1] == []


def test_slugs_are_kebab_case():
    assert [row["slug"] for row in core() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["slug"])] == []


def test_every_aisle_is_a_known_one_and_none_is_empty():
    assert {row["aisle"] for row in core()} == AISLES


def test_every_core_food_says_in_which_state_it_is_weighed():
    assert {row["state"] for row in core()} == {"raw", "cooked", "dry", "canned", "drained", "ready"}


def test_every_allergen_of_every_core_food_is_filled_and_reviewed():
    unfilled = [
        (row["slug"], allergen)
        for row in core()
        for allergen in ALLERGENS
        if row[allergen] not in STATUSES or row[allergen] == "unknown"
    ]
    assert unfilled == []


def test_every_core_food_names_its_reviewer_and_day():
    assert [row["slug"] for row in core() if not row["reviewer"] or not date.fromisoformat(row["reviewed_on"])] == []


def test_only_defined_tags_are_used():
    assert {tag for row in core() for tag in row["tags"].split(";") if tag} <= TAGS


@for_every(
    ("allergen", "tag"),
    [("milk", "dairy"), ("eggs", "egg"), ("fish", "fish"), ("crustaceans", "shellfish"), ("molluscs", "shellfish")],
)
def test_what_contains_an_animal_allergen_carries_its_origin_tag(allergen, tag):
    assert [r["slug"] for r in core() if r[allergen] == "contains" and tag not in r["tags"].split(";")] == []


def test_what_contains_wheat_contains_gluten():
    assert [r["slug"] for r in core() if r["wheat"] == "contains" and r["gluten"] != "contains"] == []


def test_what_may_contain_wheat_may_contain_gluten():
    assert [r["slug"] for r in core() if r["wheat"] == "may_contain" and r["gluten"] == "free"] == []


@for_every("tag", ["certified_gf", "check_gf_label"])
def test_what_is_offered_as_gluten_free_is_free_of_gluten_and_wheat(tag):
    marked = [row for row in core() if tag in row["tags"].split(";")]
    assert [r["slug"] for r in marked if (r["gluten"], r["wheat"]) != ("free", "free")] == []


@for_every(
    ("slug", "allergen", "word"),
    [
        ("oats-rolled", "gluten", "contains"),
        ("oats-rolled", "wheat", "may_contain"),
        ("oats-gluten-free", "gluten", "free"),
        ("soy-sauce", "wheat", "contains"),
        ("soy-sauce", "soy", "contains"),
        ("tamari", "gluten", "free"),
        ("chicken-stock-cube", "celery", "may_contain"),
        ("raisins", "sulphites", "may_contain"),
        ("apricots-dried", "sulphites", "contains"),
        ("chocolate-dark-70", "milk", "may_contain"),
        ("wine-white", "sulphites", "contains"),
        ("mustard-dijon", "mustard", "contains"),
        ("celeriac-raw", "celery", "contains"),
        ("tahini", "sesame", "contains"),
        ("lupins-cooked", "lupin", "contains"),
        ("whey-protein-isolate", "milk", "contains"),
        ("milk-lactose-free", "milk", "contains"),
        ("ghee", "milk", "contains"),
        ("worcestershire-sauce", "fish", "contains"),
        ("oyster-sauce", "molluscs", "contains"),
        ("pesto-basil", "tree_nuts", "contains"),
        ("peanut-butter", "peanuts", "contains"),
        ("surimi", "fish", "contains"),
        ("mayonnaise", "eggs", "contains"),
    ],
)
def test_the_allergen_traps_are_set_right(slug, allergen, word):
    assert next(row for row in core() if row["slug"] == slug)[allergen] == word


def test_pack_sizes_are_positive_and_ascending():
    sizes = {row["slug"]: [float(size) for size in row["pack_sizes"].split(";")] for row in core()}
    assert [slug for slug, packs in sizes.items() if packs[0] <= 0 or packs != sorted(set(packs))] == []


def test_every_shop_unit_is_one_the_list_can_round_to():
    assert {row["shop_unit"] for row in core()} <= {"g", "ml", "piece", "can", "pack"}


def test_what_is_sold_by_volume_has_a_density():
    assert [r["slug"] for r in core() if r["shop_unit"] == "ml" and not r["density_g_per_ml"]] == []


def test_every_density_is_plausible_and_says_where_it_comes_from():
    wrong = [
        row["slug"]
        for row in core()
        if row["density_g_per_ml"]
        and (
            not 0.02 <= float(row["density_g_per_ml"]) <= 1.5
            or row["density_source"] not in {"sr28", "label", "estimate"}
        )
    ]
    assert wrong == []


def test_exactly_the_drained_foods_say_how_much_of_the_can_is_food():
    wrong = [
        row["slug"]
        for row in core()
        if (row["state"] == "drained") != bool(row["drained_fraction"])
        or not 0.3 <= number(row["drained_fraction"] or "0.5") < 1
    ]
    assert wrong == []


def test_a_piece_has_a_name_and_a_weight_or_neither():
    assert [r["slug"] for r in core() if bool(r["piece_name"]) != (number(r["piece_grams"]) > 0)] == []


def test_something_edible_is_left_of_every_purchase():
    assert [row["slug"] for row in core() if not 0 <= float(row["refuse_pct"]) < 90] == []


def test_nuts_without_shell_are_bought_without_loss():
    nuts = [row for row in core() if row["slug"] in {"almonds", "walnuts", "hazelnuts", "pistachios", "pecans"}]
    assert [row["refuse_pct"] for row in nuts] == ["0"] * 5


def test_every_core_food_has_a_cost_tier_and_a_price_hint():
    assert [r["slug"] for r in core() if r["cost_tier"] not in {"1", "2", "3"} or r["price_hint_per_kg"] == ""] == []


def test_energy_follows_from_the_macronutrients_but_for_the_listed_foods():
    off = set()
    for row in core():
        food = composition(row)
        energy_kcal = float(food["energy_kcal"])
        counted_kcal = (
            4 * (number(food["protein_g"]) + number(food["carbs_g"]))
            + 9 * number(food["fat_g"])
            + 6.93 * number(food["alcohol_g"])
        )
        if energy_kcal > 50 and abs(counted_kcal - energy_kcal) > 0.2 * energy_kcal:
            off.add(row["slug"])
    assert off == ATWATER_EXCEPTIONS


def test_the_parts_of_a_food_weigh_a_hundred_grams_but_for_the_listed_foods():
    parts = ("protein_g", "fat_g", "carbs_g", "water_g", "ash_g", "alcohol_g")
    off = {
        row["slug"]
        for row in core()
        if composition(row)["water_g"]
        and composition(row)["ash_g"]
        and not 97 <= sum(number(composition(row)[part]) for part in parts) <= 103
    }
    assert off == MASS_EXCEPTIONS


def test_water_is_measured_as_nothing_rather_than_unknown():
    water = foods()["14411"]
    assert {water[name] for name in ("energy_kcal", "protein_g", "fat_g", "carbs_g", "fiber_g")} == {"0"}


def test_every_hand_entered_food_is_a_core_food():
    assert set(hand()) <= {row["food_id"] for row in core()}


def test_a_hand_entered_food_says_that_it_comes_from_a_label():
    wrong = [
        food_id
        for food_id, row in hand().items()
        if row["source"] != "label" or not row["label_citation"].startswith("typical label, unbranded")
    ]
    assert wrong == []


def test_a_protein_dense_label_food_says_what_its_protein_rests_on():
    dense = {food_id: row["label_citation"] for food_id, row in hand().items() if float(row["protein_g"]) >= 15}
    assert len(dense) >= 15
    assert [food_id for food_id, citation in dense.items() if "; " not in citation] == []


def test_a_hand_entered_food_has_the_columns_of_the_reference_table():
    assert set(build_script().NUTRIENTS) <= set(next(iter(hand().values())))


def test_hand_entered_energy_follows_the_labeling_factors():
    # Regulation (EU) 1169/2011 Annex XIV: protein and available carbohydrate 4, fat 9, fiber 2 kcal/g
    off = []
    for food_id, food in hand().items():
        fiber_g = float(food["fiber_g"])
        counted_kcal = (
            4 * float(food["protein_g"])
            + 9 * float(food["fat_g"])
            + 4 * (float(food["carbs_g"]) - fiber_g)
            + 2 * fiber_g
        )
        if abs(counted_kcal - float(food["energy_kcal"])) > 1:
            off.append(food_id)
    assert off == []


def test_no_hand_entered_part_exceeds_its_whole():
    off = [
        food_id
        for food_id, food in hand().items()
        if float(food["saturated_fat_g"]) > float(food["fat_g"])
        or float(food["sugars_g"]) + float(food["fiber_g"]) > float(food["carbs_g"]) + 0.01
        or float(food["protein_g"]) + float(food["fat_g"]) + float(food["carbs_g"]) > 100
    ]
    assert off == []
