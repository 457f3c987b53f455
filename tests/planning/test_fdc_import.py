"""Importing FoodData Central releases: exact, repeatable, distrustful, and never at the cost of a reviewed tag."""

from __future__ import annotations

import json
import os
import tracemalloc
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from planning.catalogue import imported, loader
from planning.fdc.archive import FdcError, Limits, open_release
from planning.fdc.csv_files import read_csv_release
from planning.fdc.foods import read_date, read_ndb, read_portion
from planning.fdc.json_files import read_json_release
from planning.fdc.nutrients import Findings, read_number, unit_factor
from planning.fdc.service import import_foods, read_crosswalk
from planning.models import CatalogueRelease, Food, Recipe
from planning.services.search import search_foods
from tests.corpora import for_every
from tests.planning.fdc_files import FakeRelease, nutrient_id, sr28_rows

pytestmark = [pytest.mark.core, pytest.mark.django_db]

BANANA, OATS, ALMONDS = "09040", "08120", "12061"
MACROS = {"energy_kcal": "100", "protein_g": "5", "fat_g": "2", "carbs_g": "15"}
TAGS = ("name", "common_name", "core", "allergens", "tags", "aisle", "state", "shopping", "price_minor_per_kg")
TAGS += ("density_g_per_ml", "refuse_pct", "portions", "search_text")


@pytest.fixture
def release(catalogue):
    return FakeRelease()


@pytest.fixture
def run(tmp_path):
    """Writes a release as a zip and imports it."""

    def go(release, name="FoodData_Central_sr_legacy_food_csv_2018-04.zip", **options):
        return import_foods(path=release.write_zip(tmp_path / name), **options)

    return go


def new_food(release, name="Moonfruit, raw", fdc_id="2000001", **amounts):
    release.add_food(fdc_id=fdc_id, name=name, amounts={**MACROS, **amounts})
    return f"fdc-{fdc_id}"


def read_only(release, tmp_path, **limits):
    findings = Findings()
    with open_release(release.write_zip(tmp_path / "r.zip"), Limits(**limits)) as opened:
        return read_csv_release(opened, findings), findings


# --- what is written ---
def test_our_own_values_under_their_fdc_numbers_change_no_nutrient(release, run):
    codes = (BANANA, OATS, ALMONDS)
    before = dict(Food.objects.filter(code__in=codes).values_list("code", "nutrients"))
    report = run(release.add_sr28(BANANA, OATS, ALMONDS))
    assert (report.created, report.updated, report.recipes_changed) == (0, 3, 0)
    assert dict(Food.objects.filter(code__in=codes).values_list("code", "nutrients")) == before


def test_an_ndb_number_without_its_zeros_finds_our_food(release, run):
    run(release.add_sr28(BANANA, sodium_mg=2.0))
    food = Food.objects.get(code=BANANA)
    assert (food.sodium_mg, food.nutrients["sodium_mg"], food.source) == (2.0, 2.0, "fdc_sr_legacy")


def test_the_crosswalk_finds_our_food_when_the_release_names_no_ndb_number(release, run):
    release.add_sr28(BANANA, sodium_mg=3.0)
    release.tables["sr_legacy_food.csv"].clear()
    run(release)
    assert Food.objects.get(code=BANANA).sodium_mg == 3.0


def test_a_reviewed_tag_is_never_overwritten(release, run):
    before = Food.objects.filter(code=BANANA).values(*TAGS).get()
    release.add_sr28(BANANA, sodium_mg=4.0)
    release.tables["food.csv"][0][2] = "Banana, renamed by the release"
    release.add_portion(release.tables["food.csv"][0][0], unit="1000", grams="1")
    run(release)
    assert Food.objects.filter(code=BANANA).values(*TAGS).get() == before


def test_a_new_food_claims_nothing_about_allergens_and_can_be_searched(release, run):
    code = new_food(release)
    report = run(release)
    food = Food.objects.get(code=code)
    assert (report.created, food.allergens, food.tags, food.core) == (1, {}, [], False)
    assert [row.code for row in search_foods("moonfruit")] == [code]


def test_a_nutrient_that_the_release_does_not_state_stays(release, run):
    before = Food.objects.get(code=BANANA).nutrients
    release.add_food(fdc_id="173944", name="Bananas", amounts={**MACROS, "sodium_mg": ""}, ndb_no=BANANA)
    run(release)
    after = Food.objects.get(code=BANANA).nutrients
    assert after["sodium_mg"] == before["sodium_mg"]
    assert after["protein_g"] == 5.0


def test_old_energy_never_stands_beside_new_macronutrients(release, run):
    before = Food.objects.get(code=BANANA).nutrients
    amounts = {"protein_g": "9", "fat_g": "9", "carbs_g": "9", "sodium_mg": "7"}
    report = run(release.add_food(fdc_id="173944", name="Bananas", amounts=amounts, ndb_no=BANANA))
    after = Food.objects.get(code=BANANA).nutrients
    assert after == {**before, "sodium_mg": 7.0}
    assert report.findings["foods_that_keep_their_macros"] == 1


def test_recipes_are_computed_again_and_the_catalogue_version_changes(release, run):
    recipe = Recipe.objects.filter(ingredients__food__code=OATS, kind="base").first()
    grams = sum(line.grams_per_serving for line in recipe.ingredients.filter(food__code=OATS))
    version, sodium = loader.loaded_version(), recipe.nutrients["sodium_mg"]
    report = run(release.add_sr28(OATS, sodium_mg=106.0))
    recipe.refresh_from_db()
    assert recipe.nutrients["sodium_mg"] == pytest.approx(sodium + grams, abs=0.001)
    assert report.recipes_changed > 0
    assert loader.loaded_version() != version


def test_an_import_that_touches_no_ingredient_leaves_the_catalogue_version(release, run):
    version = loader.loaded_version()
    new_food(release)
    assert run(release).catalogue_changed is False
    assert loader.loaded_version() == version


def test_loading_the_catalogue_again_reads_imported_nutrients_instead_of_the_files(release, run):
    run(release.add_sr28(OATS, sodium_mg=106.0))
    kept = {row.code: row for row in imported.keep_imported(sr28_rows().values())}
    assert (kept[OATS].nutrients["sodium_mg"], kept[OATS].source) == (106.0, "fdc_sr_legacy")
    assert kept[BANANA] == sr28_rows()[BANANA]


def test_a_second_run_changes_nothing(release, run):
    release.add_sr28(BANANA, OATS, sodium_mg=5.0)
    new_food(release)
    first, second = run(release), run(release)
    assert (first.created, first.updated, first.unchanged) == (1, 2, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 3)
    assert second.catalogue_changed is False
    assert CatalogueRelease.objects.filter(name__startswith="fdc:").count() == 1


def test_a_dry_run_reports_the_same_and_changes_nothing(release, run):
    before = Food.objects.count(), Food.objects.get(code=OATS).nutrients
    new_food(release.add_sr28(OATS, sodium_mg=5.0))
    dry = run(release, dry_run=True)
    assert (Food.objects.count(), Food.objects.get(code=OATS).nutrients) == before
    assert not CatalogueRelease.objects.filter(name__startswith="fdc").exists()
    real = run(release)
    assert dry.as_dict() == real.as_dict() | {"dry_run": True}


def test_what_was_imported_is_on_record(release, run, tmp_path):
    import hashlib

    new_food(release)
    run(release)
    row = CatalogueRelease.objects.get(name="fdc:sr_legacy_food_csv_2018-04")
    content = (tmp_path / "FoodData_Central_sr_legacy_food_csv_2018-04.zip").read_bytes()
    assert row.version == "sha256:" + hashlib.sha256(content).hexdigest()
    assert (row.counts["created"], row.counts["release_date"]) == (1, "2018-04-01")


def test_a_better_described_source_is_kept(release, run):
    foundation = FakeRelease(published="2026-04-30")
    foundation.add_food(
        fdc_id="9", name="Bananas", amounts={**MACROS, "sodium_mg": "8"}, data_type="foundation_food", ndb_no=BANANA
    )
    run(foundation, "foundation.zip")
    report = run(release.add_sr28(BANANA, sodium_mg=1.0))
    assert (Food.objects.get(code=BANANA).sodium_mg, report.kept_from_a_better_source) == (8.0, 1)


def test_an_older_release_of_the_same_kind_is_refused_unless_asked_for(release, run):
    newer = FakeRelease(published="2026-04-30")
    new_food(newer)
    run(newer, "newer.zip")
    new_food(release, energy_kcal="101")
    with pytest.raises(FdcError, match="newer"):
        run(release)
    assert run(release, allow_older=True).updated == 1


def test_an_athletes_own_food_is_not_overwritten(release, run, athlete):
    Food.objects.create(owner=athlete, code="fdc-2000001", name="Mine")
    new_food(release)
    with pytest.raises(FdcError, match="own food"):
        run(release)
    assert Food.objects.get(code="fdc-2000001").name == "Mine"


def test_nothing_is_imported_into_an_empty_catalogue(release, run):
    CatalogueRelease.objects.all().delete()
    new_food(release)
    with pytest.raises(FdcError, match="load_catalogue"):
        run(release)


# --- what is read ---
def test_csv_and_json_of_the_same_foods_read_alike(release, tmp_path):
    release.add_sr28(BANANA, OATS)
    release.add_portion("173944", unit="1000", modifier="sliced", grams="150")
    release.add_portion("173944", amount="2", modifier="pieces", grams="60")
    read = []
    for path, reader in (
        (release.write_zip(tmp_path / "c.zip"), read_csv_release),
        (release.write_json(tmp_path / "j.zip"), read_json_release),
        (release.write_folder(tmp_path / "folder"), read_csv_release),
    ):
        with open_release(path) as opened:
            foods = reader(opened, Findings())
        read.append(
            [
                (food.ndb_no, food.description, food.category, food.published, food.sorted_portions())
                + (food.amounts.by_column(fdc_id="", findings=Findings()),)
                for food in foods.values()
            ]
        )
    assert read[0] == read[1] == read[2]
    assert len(read[0][0][-1]) > 30


def test_our_rows_come_back_to_the_last_digit(release, tmp_path):
    release.add_sr28(ALMONDS)
    foods, _ = read_only(release, tmp_path)
    expected = sr28_rows()[ALMONDS].nutrients
    assert next(iter(foods.values())).amounts.by_column(fdc_id="", findings=Findings()) == expected


def test_the_crosswalk_knows_the_real_number_of_the_banana():
    # fdc.nal.usda.gov: "Bananas, raw", SR Legacy, FDC ID 173944, NDB number 9040
    assert read_crosswalk()["173944"] == BANANA
    assert len(read_crosswalk()) == 6556


def only_amounts(release, tmp_path):
    foods, findings = read_only(release, tmp_path)
    (food,) = foods.values()
    return food.amounts.by_column(fdc_id=food.fdc_id, findings=findings), findings


@pytest.mark.parametrize(
    ("amounts", "column", "expected"),
    [
        ({"208": "50", "958": "60", "957": "70"}, "energy_kcal", 50.0),
        ({"958": "60", "957": "70"}, "energy_kcal", 60.0),
        ({"957": "70"}, "energy_kcal", 70.0),
        ({"269": "1", "269.3": "2"}, "sugars_g", 1.0),
        ({"269.3": "2"}, "sugars_g", 2.0),
        ({"291": "1", "293": "2"}, "fiber_g", 1.0),
        ({"293": "2"}, "fiber_g", 2.0),
    ],
)
def test_the_preferred_number_of_a_nutrient_counts(release, tmp_path, amounts, column, expected):
    release.add_food(fdc_id="1", name="x", amounts=amounts)
    assert only_amounts(release, tmp_path)[0][column] == expected


def test_a_blank_amount_is_unknown_and_not_zero(release, tmp_path):
    new_food(release, sodium_mg="", iron_mg="0")
    amounts, _ = only_amounts(release, tmp_path)
    assert "sodium_mg" not in amounts
    assert amounts["iron_mg"] == 0.0


def test_a_nutrient_id_that_is_a_nutrient_number_is_understood(release, tmp_path):
    release.add_food(fdc_id="1", name="x", amounts={})
    release.add_amount("1", "203", "7")
    assert only_amounts(release, tmp_path)[0] == {"protein_g": 7.0}


def test_vitamin_d_in_units_of_effect_is_not_read(release, tmp_path):
    release.add_food(fdc_id="1", name="x", amounts={})
    release.add_amount("1", "1110", "40")
    assert only_amounts(release, tmp_path)[0] == {}


def test_the_first_of_two_values_counts_and_the_second_is_reported(release, tmp_path):
    new_food(release, sodium_mg="1")
    release.add_amount("2000001", nutrient_id("307"), "2")
    amounts, findings = only_amounts(release, tmp_path)
    assert (amounts["sodium_mg"], findings.counts["duplicate_values"]) == (1.0, 1)


def test_carbohydrate_a_little_under_zero_is_zero(release, tmp_path):
    new_food(release, carbs_g="-0.6", energy_kcal="40")
    amounts, findings = only_amounts(release, tmp_path)
    assert (amounts["carbs_g"], findings.counts["carbs_clamped_to_zero"]) == (0.0, 1)


@pytest.mark.parametrize(
    ("column", "amount"),
    [("carbs_g", "-6"), ("sodium_mg", "-1"), ("protein_g", "106"), ("energy_kcal", "951"), ("energy_kcal", "419")],
)
def test_an_amount_that_cannot_be_is_unknown_and_counted(release, tmp_path, column, amount):
    new_food(release, **{column: amount})
    amounts, findings = only_amounts(release, tmp_path)
    assert column not in amounts
    assert findings.counts["impossible_values"] == 1


@pytest.mark.parametrize("amount", ["abc", "nan", "inf", "1,5", "0x10", "1e999", "١"])
def test_an_amount_that_is_no_number_is_unknown_and_counted(release, tmp_path, amount):
    new_food(release, sodium_mg=amount)
    amounts, findings = only_amounts(release, tmp_path)
    assert "sodium_mg" not in amounts
    assert findings.counts["unreadable_values"] == 1


@pytest.mark.parametrize(
    ("unit", "amount", "expected"), [("G", "0.004", 4.0), ("UG", "4000", 4.0), ("MG", "4", 4.0), ("mcg", "4000", 4.0)]
)
def test_a_release_in_another_unit_is_converted(release, tmp_path, unit, amount, expected):
    new_food(release, sodium_mg=amount)
    for row in release.tables["nutrient.csv"]:
        if row[3] == "307":
            row[2] = unit
    assert only_amounts(release, tmp_path)[0]["sodium_mg"] == pytest.approx(expected)


def test_energy_in_kilojoules_is_converted(release, tmp_path):
    new_food(release, energy_kcal="418.4")
    release.tables["nutrient.csv"][0][2] = "kJ"
    assert only_amounts(release, tmp_path)[0]["energy_kcal"] == pytest.approx(100.0)


def test_a_unit_that_measures_something_else_is_refused_and_counted(release, tmp_path):
    new_food(release, sodium_mg="5")
    for row in release.tables["nutrient.csv"]:
        if row[3] == "307":
            row[2] = "IU"
    amounts, findings = only_amounts(release, tmp_path)
    assert "sodium_mg" not in amounts
    assert findings.counts["values_in_other_units"] == 1


def test_a_food_without_its_macronutrients_is_skipped_and_counted(release, run):
    new_food(release, protein_g="")
    new_food(release, fdc_id="2000002")
    report = run(release)
    assert (report.created, report.skipped_without_macros) == (1, 1)


def test_branded_and_sample_foods_are_left_out_and_counted(release, run):
    new_food(release)
    release.add_food(fdc_id="5", name="Brand", amounts=MACROS, data_type="branded_food")
    release.add_food(fdc_id="6", name="Sample", amounts=MACROS, data_type="sub_sample_food")
    report = run(release)
    assert report.created == 1
    assert (report.findings["foods_of_type_branded_food"], report.findings["foods_of_type_sub_sample_food"]) == (1, 1)


def test_a_food_that_is_there_twice_counts_once(release, run):
    new_food(release)
    release.tables["food.csv"].append(list(release.tables["food.csv"][0]))
    assert run(release).findings["duplicate_foods"] == 1


@for_every(
    ("given", "expected"),
    [
        ({"amount": "1", "unit": "cup", "modifier": "sliced"}, (1.0, "cup", "sliced", "cup, sliced")),
        ({"amount": ".5", "unit": "undetermined", "modifier": "fillet"}, (0.5, "fillet", "", "fillet")),
        ({"amount": "", "text": "1 cup, diced", "modifier": "10205"}, (1.0, "cup", "diced", "cup, diced")),
        ({"amount": "", "text": "2 slices", "modifier": "61"}, (2.0, "slices", "", "slices")),
        ({"amount": "", "text": "1.5 oz", "modifier": ""}, (1.5, "oz", "", "oz")),
    ],
)
def test_a_measure_is_amount_unit_and_description(given, expected):
    portion = read_portion(**{"unit": "", "text": "", "modifier": "", "grams": "80", **given})
    assert (portion["amount"], portion["unit"], portion["modifier"], portion["description"]) == expected
    assert portion["grams"] == 80.0


@for_every(
    "given",
    [{"grams": ""}, {"grams": "0"}, {"grams": "-1"}, {"unit": "", "modifier": ""}, {"amount": "0"}]
    + [{"grams": "1e30"}, {"amount": "1e30"}]
    + [{"unit": "", "text": "Quantity not specified", "modifier": "90000"}],
)
def test_a_measure_without_weight_or_words_is_left_out(given):
    assert read_portion(**{"amount": "1", "unit": "cup", "text": "", "modifier": "", "grams": "80", **given}) is None


@for_every(
    ("text", "day"), [("2026-04-30", "2026-04-30"), ("4/30/2026", "2026-04-30"), ("", "None"), ("13/45/1", "None")]
)
def test_days_are_read_in_both_notations(text, day):
    assert str(read_date(text)) == day


@for_every(("value", "ndb"), [("9040", "09040"), (9040, "09040"), ("0", None), ("x", None), (True, None)])
def test_ndb_numbers_get_their_zeros_back(value, ndb):
    assert read_ndb(value) == ndb


@for_every("value", [True, [], {}, "1 2", "--1"])
def test_only_numbers_are_numbers(value):
    with pytest.raises(ValueError, match="not a number"):
        read_number(value)


def test_an_unknown_unit_has_no_factor():
    assert unit_factor("307", "pounds") is None


# --- hostile and broken releases ---
def refused(path, match, **limits):
    with pytest.raises(FdcError, match=match):
        import_foods(path=path, limits=Limits(**limits))
    assert not Food.objects.filter(source__startswith="fdc").exists()


@pytest.mark.parametrize("name", ["../food.csv", "/etc/food.csv", "a/../../food.csv", "..\\food.csv", "C:food.csv"])
def test_a_zip_that_points_outside_of_itself_is_refused(release, tmp_path, name):
    new_food(release)
    path = release.write_zip(tmp_path / "r.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name) if "\\" not in name else _raw_name(name), "x")
    refused(path, "outside of itself")


def _raw_name(name):
    info = zipfile.ZipInfo("x")
    info.filename = name
    return info


def test_a_member_that_is_there_twice_is_refused(release, tmp_path):
    new_food(release)
    path = release.write_zip(tmp_path / "r.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("elsewhere/food.csv", "x")
    refused(path, "twice")


def test_an_encrypted_member_is_refused(release, tmp_path):
    new_food(release)
    path = release.write_zip(tmp_path / "r.zip")
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    refused(path, "encrypted")


def test_a_link_in_a_zip_is_refused(release, tmp_path):
    path = release.write_zip(tmp_path / "r.zip", food__csv=None)
    info = zipfile.ZipInfo("r/food.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    refused(path, "link")


def test_a_link_that_leads_out_of_a_folder_is_not_followed(release, tmp_path):
    new_food(release)
    folder = release.write_folder(tmp_path / "r")
    (folder / "food.csv").rename(tmp_path / "food.csv")
    os.symlink(tmp_path / "food.csv", folder / "food.csv")
    refused(folder, "neither a food.csv")


def test_more_bytes_than_allowed_are_refused_whatever_the_archive_says(release, tmp_path):
    new_food(release)
    refused(release.write_zip(tmp_path / "r.zip"), "bytes when opened", open_bytes=1000)
    refused(release.write_folder(tmp_path / "folder"), "bytes when opened", open_bytes=1000)


def test_more_rows_foods_or_files_than_allowed_are_refused(release, tmp_path):
    new_food(release)
    new_food(release, fdc_id="2000002")
    path = release.write_zip(tmp_path / "r.zip")
    refused(path, "rows", rows=10)
    refused(path, "foods to keep", foods=1)
    refused(path, "more than 3 files", members=3)


@pytest.mark.parametrize("name", ["food.csv", "nutrient.csv", "food_nutrient.csv"])
def test_a_release_without_a_required_table_is_refused(release, tmp_path, name):
    new_food(release)
    path = release.write_zip(tmp_path / "r.zip", **{name.replace(".", "__"): None})
    refused(path, "lacks nutrient.csv|lacks food_nutrient.csv|neither a food.csv")


@pytest.mark.parametrize("name", ["food.csv", "nutrient.csv", "food_nutrient.csv"])
def test_a_table_with_other_columns_is_refused(release, tmp_path, name):
    path = release.write_zip(tmp_path / "r.zip", **{name.replace(".", "__"): '"a","b"\n"1","2"\n'})
    refused(path, "has no column")


def test_a_truncated_zip_is_refused(release, tmp_path):
    new_food(release)
    path = release.write_zip(tmp_path / "r.zip")
    path.write_bytes(path.read_bytes()[:-200])
    refused(path, "not a zip archive")


def test_a_table_of_one_endless_line_is_refused(release, tmp_path):
    path = release.write_zip(tmp_path / "r.zip", food__csv="fdc_id,data_type,description\n" + "a" * 5000)
    refused(path, "food.csv holds a line of more than 1000 characters", food_bytes=1000)


def test_a_zip_of_an_unknown_version_is_refused(release, tmp_path):
    path = release.write_zip(tmp_path / "r.zip")
    content = bytearray(path.read_bytes())
    # The version needed to extract, in the first entry of the central directory.
    content[content.index(b"PK\x01\x02") + 6] = 99
    path.write_bytes(content)
    refused(path, "not a zip archive")


def test_a_damaged_member_is_refused(release, tmp_path):
    release.add_sr28(BANANA, OATS)
    path = release.write_zip(tmp_path / "r.zip")
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(f"{release.folder}/food_nutrient.csv")
    content = bytearray(path.read_bytes())
    at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    content[at : at + 20] = bytes(20)
    path.write_bytes(content)
    refused(path, "damaged|column|neither|line|not UTF-8")


def test_an_unclosed_quotation_is_refused(release, tmp_path):
    new_food(release)
    text = release.csv_texts()["food.csv"].rstrip()[:-1]
    refused(release.write_zip(tmp_path / "r.zip", food__csv=text), "line")


def test_text_that_is_not_utf_8_is_refused(release, tmp_path):
    new_food(release)
    text = release.csv_texts()["food.csv"].encode().replace(b"Moon", b"M\xfcn")
    refused(release.write_zip(tmp_path / "r.zip", food__csv=text), "UTF-8")


def test_a_byte_order_mark_and_columns_in_another_order_are_read(release, tmp_path):
    new_food(release)
    text = '\ufeff"description","data_type","fdc_id"\n"Moonfruit, raw","sr_legacy_food","2000001"\n'
    report = import_foods(path=release.write_zip(tmp_path / "r.zip", food__csv=text))
    assert report.created == 1


def test_control_characters_in_names_become_spaces(release, run):
    code = new_food(release, name="Moon\x00fruit\n\x1braw")
    run(release)
    assert Food.objects.get(code=code).name == "Moon fruit raw"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "ends in the middle"),
        ("[", "ends in the middle"),
        ('{"SRLegacyFoods": [{"fdcId": 1', "ends in the middle"),
        ('{"SRLegacyFoods": [1]}', "not a food"),
        ("[{}] []", "goes on"),
        ('"text"', "no list"),
        ("[{} {}]", "well formed"),
        ('[{"fdcId": NaN}]', "NaN"),
        ('[{"a": ' + "[" * 100_000, "deeply|ends in"),
        ('[{"a": "' + "x" * 200_000, "too large"),
        ("[]", "holds no food"),
        ('{"SRLegacyFoods": [{"dataType": "Branded"}]}', "holds no food"),
    ],
)
def test_broken_json_is_refused(catalogue, tmp_path, text, match):
    path = tmp_path / "r.json"
    path.write_text(text)
    refused(path, match, food_bytes=100_000)


@pytest.mark.parametrize(
    ("part", "created"),
    [
        ({"foodNutrients": 5}, 1),
        ({"foodNutrients": [5, {"nutrient": 5}]}, 1),
        ({"foodPortions": [None], "foodCategory": 5}, 2),
        ({"fdcId": []}, 1),
    ],
)
def test_json_of_other_shapes_costs_at_most_that_food(release, tmp_path, part, created):
    new_food(release)
    foods = [*release.json_foods(), {**release.json_foods()[0], "fdcId": 2, **part}]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(foods))
    assert import_foods(path=path).created == created


@pytest.mark.parametrize("path", ["missing.zip", "folder"])
def test_what_is_not_there_or_empty_is_refused(catalogue, tmp_path, path):
    (tmp_path / "folder").mkdir()
    refused(tmp_path / path, "no file or folder|neither")


# --- memory ---
def peak_bytes(path, reader):
    tracemalloc.start()
    with open_release(path) as opened:
        foods = reader(opened, Findings())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(foods) == 40
    return peak


def test_memory_does_not_grow_with_the_tables(release, tmp_path):
    for number in range(40):
        new_food(release, fdc_id=str(3_000_000 + number))
    small = release.write_zip(tmp_path / "small.zip")
    text = release.csv_texts()["food_nutrient.csv"]
    filler = "".join(f'"{n}","{n}","1003","1","","","","","",""\n' for n in range(30_000))
    large = release.write_zip(tmp_path / "large.zip", food_nutrient__csv=text + filler)
    assert len(filler) > 1_000_000
    assert peak_bytes(large, read_csv_release) < 1.5 * peak_bytes(small, read_csv_release)


def test_memory_does_not_grow_with_the_json(release, tmp_path):
    for number in range(40):
        new_food(release, fdc_id=str(3_000_000 + number))
    foods = release.json_foods()
    branded = [{**foods[0], "dataType": "Branded"}] * 3000
    peaks = []
    for name, rows in (("small.json", foods), ("large.json", foods + branded)):
        (tmp_path / name).write_text(json.dumps({"SRLegacyFoods": rows}))
        peaks.append(peak_bytes(tmp_path / name, read_json_release))
    assert (tmp_path / "large.json").stat().st_size > 2_000_000
    assert peaks[1] < 1.5 * peaks[0] + 200_000


# --- the command ---
def command(path, *options):
    out = StringIO()
    call_command("import_foods", "--fdc", str(path), *options, stdout=out)
    return out.getvalue()


def test_the_command_prints_what_it_did(release, tmp_path):
    new_food(release.add_sr28(BANANA, sodium_mg=9.0))
    text = command(release.write_zip(tmp_path / "r.zip"))
    assert "created 1, updated 1, unchanged 0" in text
    assert "plans made before show it" in text


def test_the_command_prints_json_and_a_dry_run_says_so(release, tmp_path):
    new_food(release)
    path = release.write_zip(tmp_path / "r.zip")
    report = json.loads(command(path, "--json", "--dry-run"))
    assert (report["created"], report["dry_run"], len(report["sha256"])) == (1, True, 64)
    assert "nothing was changed" in command(path, "--dry-run")


def test_the_command_ends_with_the_reason(catalogue, tmp_path):
    with pytest.raises(CommandError, match="Nothing was imported: there is no file"):
        command(tmp_path / "no.zip")
