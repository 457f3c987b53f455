"""Curating foods and dishes: who may, what waits for a second person, and that nothing is undone or lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from athletes.models import User
from nutrition_site.kernel import clock
from nutrition_site.kernel.errors import Conflict, DomainError, Forbidden, InvalidInput, NotFound
from nutrition_site.kernel.models import AuditEntry
from planning.catalogue import curated, files, loader
from planning.models import CatalogueRelease, CurationChange, Food, Recipe
from planning.services.curation import (
    approve_change,
    decline_change,
    fingerprint_of,
    may_curate,
    withdraw_change,
)
from planning.services.curation_kinds import Weight, kind_of
from tests.corpora import for_every
from tests.factories import make_athlete, make_coach, make_user
from tests.planning.curation_kit import (
    MILK,
    OATS,
    PORRIDGE,
    dietitian,
    dina,
    food,
    propose,
    refused,
    vera,
    wrong_fields,
)

__all__ = ["dina", "vera"]
pytestmark = pytest.mark.django_db

# --- who ---


def test_the_group_of_dietitians_curates_and_coaches_clerks_and_locked_accounts_do_not(dina):
    clerk, locked = make_user("clerk@example.com", is_staff=True), dietitian("gone@example.com", "Gone")
    locked.is_active = False
    people = [dina, make_user("root@example.com", is_staff=True, is_superuser=True)]
    others = [clerk, locked, make_coach("coach@example.com"), make_athlete("a@example.com").user]
    assert [may_curate(person) for person in people + others] == [True, True, False, False, False, False]


def test_who_does_not_curate_proposes_and_decides_nothing(dina, vera):
    change = propose(dina, MILK, {"refuse_pct": 1.0})[0]
    coach = make_coach("coach@example.com")
    for deed in (approve_change, decline_change, withdraw_change):
        with pytest.raises(Forbidden):
            deed(by=coach, change=change, note="x")
    with pytest.raises(Forbidden):
        propose(coach, MILK, {"aisle": "Drinks"})
    assert CurationChange.objects.get().state == "waiting"


# --- what applies at once, and what waits ---


def test_a_price_is_in_force_at_once_with_its_number_reason_and_name(dina):
    change = propose(dina, MILK, {"price_minor_per_kg": 135}, source="")[0]
    told = (change.state, change.version, change.decided_by, change.proposed_by_name, change.reason)
    assert told == ("applied", 1, dina, "Dina Kovač", "The label says so.")
    assert change.changes == {"price_minor_per_kg": {"before": 110, "after": 135}}
    assert food(MILK).price_minor_per_kg == 135


def test_a_price_costs_every_dish_of_the_food_anew(dina):
    dish = Recipe.objects.get(slug=PORRIDGE)
    grams = dish.ingredients.get(food__code=OATS).grams_per_serving
    price = food(OATS).price_minor_per_kg
    propose(dina, OATS, {"price_minor_per_kg": price + 10_000}, source="")
    assert Recipe.objects.get(pk=dish.pk).cost_minor == pytest.approx(dish.cost_minor + grams * 10, abs=1)


def test_nutrients_wait_for_a_second_person_and_then_reach_food_and_dishes(dina, vera):
    version = loader.loaded_version()
    dish = Recipe.objects.get(slug=PORRIDGE)
    grams = dish.ingredients.get(food__code=OATS).grams_per_serving
    sodium = food(OATS).sodium_mg
    change = propose(dina, OATS, {"nutrients.sodium_mg": sodium + 100})[0]
    assert (change.state, food(OATS).sodium_mg, loader.loaded_version()) == ("waiting", sodium, version)
    approve_change(by=vera, change=change, note="Seen the label.")
    after = food(OATS)
    assert (after.sodium_mg, after.nutrients["sodium_mg"]) == (sodium + 100, sodium + 100)
    moved = Recipe.objects.get(pk=dish.pk).nutrients["sodium_mg"] - dish.nutrients["sodium_mg"]
    assert moved == pytest.approx(grams, abs=0.001)
    assert loader.loaded_version() != version


def test_a_stricter_allergen_does_not_wait_for_the_rest_of_the_form(dina):
    changes = propose(dina, OATS, {"allergens.milk": "may_contain", "nutrients.sodium_mg": 7.0, "aisle": "Bread"})
    assert [(change.state, sorted(change.changes)) for change in changes] == [
        ("applied", ["allergens.milk"]),
        ("waiting", ["aisle", "nutrients.sodium_mg"]),
    ]


@for_every(
    ("before", "after", "weight"),
    [
        ("free", "may_contain", Weight.URGENT),
        ("free", "contains", Weight.URGENT),
        ("free", "unknown", Weight.URGENT),
        ("may_contain", "contains", Weight.URGENT),
        ("unknown", "may_contain", Weight.URGENT),
        ("contains", "may_contain", Weight.SECOND),
        ("contains", "unknown", Weight.SECOND),
        ("may_contain", "free", Weight.SECOND),
        ("unknown", "free", Weight.SECOND),
    ],
)
def test_what_excludes_more_people_is_at_once_and_what_excludes_fewer_waits(before, after, weight):
    assert kind_of("food").weigh("allergens.sesame", before, after) == weight


def test_every_dish_of_a_food_in_which_milk_was_found_contains_milk_and_is_no_longer_dairy_free(dina):
    dishes = Recipe.objects.filter(owner=None, ingredients__food__code=OATS)
    vegan = {dish.pk for dish in dishes if "vegan" in dish.diets}
    propose(dina, OATS, {"allergens.milk": "contains"})
    after = list(dishes.all())
    assert vegan
    assert {dish.allergens["milk"] for dish in after} == {"contains"}
    assert [dish.slug for dish in after if {"vegan", "dairy-free"} & set(dish.diets)] == []


# --- deciding ---


def test_nobody_approves_or_declines_what_they_proposed_themselves_not_even_a_superuser(dina):
    root = make_user("root@example.com", name="Root", is_staff=True, is_superuser=True)
    for person, field in ((dina, "refuse_pct"), (root, "density_g_per_ml")):
        change = propose(person, MILK, {field: 1.5})[0]
        refused("own_change", approve_change, by=person, change=change)
        refused("own_change", decline_change, by=person, change=change, note="No.")
    assert set(CurationChange.objects.values_list("state", flat=True)) == {"waiting"}


def test_what_was_decided_is_decided_once(dina, vera):
    change = propose(dina, MILK, {"refuse_pct": 2.0})[0]
    stale = CurationChange.objects.get(pk=change.pk)
    approve_change(by=vera, change=change)
    refused("already_decided", approve_change, by=vera, change=stale)
    refused("already_decided", decline_change, by=vera, change=stale, note="Too late.")
    refused("already_decided", withdraw_change, by=dina, change=stale)
    assert AuditEntry.objects.filter(verb="curation.applied").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_approve_at_once_bring_it_into_force_once(catalogue):
    people = [dietitian(f"{name}@example.com", name.title()) for name in ("ana", "ben", "eva")]
    change = propose(people[0], MILK, {"refuse_pct": 2.0})[0]
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(lambda person: _in_thread(person, change.pk), people[1:]))
    assert sorted(ended) == ["already_decided", "applied"]
    assert list(CurationChange.objects.values_list("version", flat=True)) == [1]


def _in_thread(person, pk):
    try:
        return approve_change(by=person, change=CurationChange.objects.get(pk=pk)).state
    except DomainError as error:
        return error.code
    finally:
        connection.close()


def test_a_decline_says_why_and_changes_nothing(dina, vera):
    change = propose(dina, MILK, {"refuse_pct": 2.0})[0]
    with pytest.raises(InvalidInput):
        decline_change(by=vera, change=change, note=" ")
    declined = decline_change(by=vera, change=change, note="The label is of another brand.")
    told = (declined.state, declined.version, declined.decided_by_name, declined.decision_note)
    assert told == ("declined", None, "Vera Ilić", "The label is of another brand.")
    assert food(MILK).refuse_pct == 0


def test_only_who_proposed_a_change_withdraws_it(dina, vera):
    change = propose(dina, MILK, {"refuse_pct": 2.0})[0]
    with pytest.raises(Forbidden):
        withdraw_change(by=vera, change=change)
    assert withdraw_change(by=dina, change=change).state == "withdrawn"


def test_a_change_whose_value_before_does_not_hold_any_more_cannot_be_approved(dina, vera):
    waiting = propose(dina, OATS, {"allergens.milk": "may_contain", "refuse_pct": 1.0})[1]
    loosening = propose(dina, OATS, {"allergens.milk": "free"})[0]
    propose(vera, OATS, {"allergens.milk": "contains"})
    refused("moved", approve_change, by=vera, change=loosening)
    assert approve_change(by=vera, change=waiting).state == "applied"
    assert food(OATS).allergens["milk"] == "contains"


def test_a_form_that_was_filled_before_somebody_changed_the_food_is_refused(dina, vera):
    seen = fingerprint_of(kind="food", key=MILK)
    propose(vera, MILK, {"price_minor_per_kg": 500}, source="")
    refused("moved", propose, dina, MILK, {"aisle": "Drinks"}, seen=seen)
    assert food(MILK).aisle == "Dairy"


def test_one_field_waits_for_one_decision_at_a_time(dina, vera):
    propose(dina, MILK, {"refuse_pct": 2.0})
    refused("waits_already", propose, vera, MILK, {"refuse_pct": 3.0, "density_g_per_ml": 1.1})
    assert propose(vera, MILK, {"density_g_per_ml": 1.1})[0].state == "waiting"


def test_an_undoing_is_a_new_change_and_the_first_stays_as_it_was(dina, vera):
    price = food(MILK).price_minor_per_kg
    first = propose(dina, MILK, {"price_minor_per_kg": 999}, source="")[0]
    second = propose(vera, MILK, {"price_minor_per_kg": price}, source="")[0]
    assert (food(MILK).price_minor_per_kg, first.version, second.version) == (price, 1, 2)
    assert CurationChange.objects.get(pk=first.pk).changes == {"price_minor_per_kg": {"before": price, "after": 999}}


def test_who_did_it_is_still_told_when_the_account_is_gone(dina, vera):
    change = propose(dina, MILK, {"refuse_pct": 2.0})[0]
    approve_change(by=vera, change=change)
    User.objects.filter(pk__in=[dina.pk, vera.pk]).delete()
    row = CurationChange.objects.get()
    assert (row.proposed_by, row.proposed_by_name, row.decided_by, row.decided_by_name) == (
        *(None, "Dina Kovač"),
        *(None, "Vera Ilić"),
    )


def test_the_audit_trail_names_fields_and_versions_and_no_values(dina, vera):
    approve_change(by=vera, change=propose(dina, MILK, {"refuse_pct": 2.0})[0])
    rows = AuditEntry.objects.filter(verb__startswith="curation.").order_by("at")
    same = {"kind": "food", "key": MILK, "fields": ["refuse_pct"]}
    assert [(row.verb, row.actor_id, row.details) for row in rows] == [
        ("curation.proposed", dina.pk, {**same, "version": None}),
        ("curation.applied", vera.pk, {**same, "version": 1}),
    ]


# --- what is refused ---


WRONG = [
    ({"nutrients.energy_kcal": 950.0}, "nutrients.energy_kcal"),
    ({"nutrients.energy_kcal": 200.0}, "nutrients.energy_kcal"),
    ({"nutrients.protein_g": -1.0}, "nutrients.protein_g"),
    ({"nutrients.protein_g": 101.0}, "nutrients.protein_g"),
    ({"nutrients.protein_g": float("nan")}, "nutrients.protein_g"),
    ({"nutrients.protein_g": "3"}, "nutrients.protein_g"),
    ({"nutrients.protein_g": True}, "nutrients.protein_g"),
    ({"nutrients.protein_g": None}, "nutrients.protein_g"),
    ({"nutrients.sodium_mg": 39_501.0}, "nutrients.sodium_mg"),
    ({"nutrients.sugars_g": 9.0}, "nutrients.sugars_g"),
    ({"nutrients.carbs_g": 100.0, "nutrients.energy_kcal": 430.0}, "nutrients.carbs_g"),
    ({"nutrients.kryptonite_mg": 1.0}, "nutrients.kryptonite_mg"),
    ({"allergens.milk": "perhaps"}, "allergens.milk"),
    ({"allergens.pollen": "contains"}, "allergens.pollen"),
    ({"tags": ["dairy", "tasty"]}, "tags"),
    ({"tags": ["dairy", "pork"]}, "tags"),
    ({"tags": "dairy"}, "tags"),
    ({"aisle": "Nowhere"}, "aisle"),
    ({"refuse_pct": 91.0}, "refuse_pct"),
    ({"density_g_per_ml": 0.0}, "density_g_per_ml"),
    ({"price_minor_per_kg": 1.5}, "price_minor_per_kg"),
    ({"owner": "ath_1"}, "owner"),
    ({"name": "Poison"}, "name"),
    ({"core": False}, "core"),
]


def test_a_value_that_cannot_be_names_its_field_and_nothing_is_stored(dina):
    named = [wrong_fields(dina, MILK, values) for values, _ in WRONG]
    assert named == [{field} for _, field in WRONG]
    assert CurationChange.objects.count() == 0


def test_reasons_are_needed_and_sources_where_it_is_about_what_a_food_is(dina):
    assert wrong_fields(dina, MILK, {"price_minor_per_kg": 1}, reason="\u200b ") == {"reason"}
    assert wrong_fields(dina, MILK, {"nutrients.sodium_mg": 41.0}, source=" ") == {"source"}
    assert wrong_fields(dina, MILK, {"aisle": "Drinks"}, reason="x" * 10_000) == {"reason"}
    assert wrong_fields(dina, MILK, {"aisle": "Drinks"}, reason="a\x00b") == {"reason"}
    assert propose(dina, MILK, {"aisle": "Drinks"}, reason="ממקור \u202eשני", source="")[0].reason == "ממקור \u202eשני"


def test_nothing_that_differs_is_no_change(dina):
    refused("nothing_changed", propose, dina, MILK, {"aisle": "Dairy", "refuse_pct": 0.0})


def test_an_unknown_value_is_absent_and_never_zero(dina, vera):
    approve_change(by=vera, change=propose(dina, OATS, {"nutrients.fiber_g": None, "fodmap_limit_g": None})[0])
    after = food(OATS)
    assert (after.fiber_g, "fiber_g" in after.nutrients, after.shopping["fodmap_limit_g"]) == (None, False, None)
    dish = Recipe.objects.get(slug=PORRIDGE)
    assert dish.nutrient_coverage["fiber_g"]["known"] < dish.nutrient_coverage["fiber_g"]["of"]
    assert "low-fodmap" not in dish.diets


def test_a_food_of_an_athlete_does_not_exist_here(dina):
    owner = make_athlete("cook@example.com")
    Food.objects.create(code="own:ajvar", name="Ajvar", owner=owner)
    with pytest.raises(NotFound):
        propose(dina, "own:ajvar", {"nutrients.fat_g": 1.0})


def test_of_the_reference_table_only_what_a_food_consists_of_is_curated(dina):
    far = Food.objects.filter(core=False, owner=None, source="sr28").order_by("code").first()
    assert wrong_fields(dina, far.code, {"allergens.milk": "free"}) == {"allergens.milk"}
    assert propose(dina, far.code, {"nutrients.caffeine_mg": 1.0})[0].state == "waiting"


def test_reviewed_foods_pass_their_own_rules(catalogue):
    """A rule that the catalogue itself breaks would refuse the first correction of such a food. Spices and
    creams are those that break rules of thumb."""
    of, found = kind_of("food"), {}
    for row in Food.objects.filter(core=True, owner=None, aisle__in=["Dairy", "Herbs & spices"]):
        values = curated.food_values(row)
        alone = {field: value for field, value in values.items() if not field.startswith("nutrients.")}
        alone |= {field: value for field, value in values.items() if value is not None and field not in alone}
        wrong = of.check(row.code, values, alone)
        if wrong:
            found[row.shopping["slug"]] = wrong
    assert found == {}


# --- loads and imports ---


@pytest.fixture
def small_files(monkeypatch, catalogue):
    """Files with one family of dishes and its foods: a load takes no time. Returns what a test may change in them."""
    core = files.read_core()
    dishes = files.read_family(PORRIDGE, core)
    codes = {code for row in dishes for code, *_ in row.ingredients}
    rows = {row.code: row for row in files.read_foods() if row.code in codes}
    core = {code: core[code] for code in codes}
    monkeypatch.setattr(files, "read_foods", lambda: list(rows.values()))
    monkeypatch.setattr(files, "read_core", lambda: core)
    monkeypatch.setattr(files, "read_recipes", lambda: dishes)
    monkeypatch.setattr(files, "read_portions", dict)
    return rows


@pytest.mark.core
def test_a_load_keeps_what_was_curated_and_says_where_the_files_have_changed_under_it(dina, vera, small_files):
    sodium = food(OATS).sodium_mg
    change = propose(dina, OATS, {"allergens.milk": "contains", "nutrients.sodium_mg": 99.0, "fodmap_limit_g": None})[1]
    approve_change(by=vera, change=change)
    propose(dina, PORRIDGE, {"cook_minutes": 7}, kind="recipe")
    version = loader.loaded_version()
    before = Recipe.objects.get(slug=PORRIDGE)
    moved = []
    loader.load_catalogue(force=True, moved=moved.extend)
    row, dish = food(OATS), Recipe.objects.get(slug=PORRIDGE)
    assert (row.sodium_mg, row.allergens["milk"], row.shopping["fodmap_limit_g"]) == (99.0, "contains", None)
    assert dish.cook_minutes == 7
    columns = ("nutrients", "allergens", "diets", "tags", "cost_minor", "step_quarters", "active")
    assert [getattr(dish, name) for name in columns] == [getattr(before, name) for name in columns]
    assert (loader.loaded_version(), curated.files_moved()) == (version, {})
    assert dish.pk not in moved
    small_files[OATS].nutrients["sodium_mg"] = 12.0
    loader.load_catalogue(force=True)
    assert food(OATS).sodium_mg == 99.0
    assert curated.files_moved() == {("food", OATS): {"nutrients.sodium_mg": (sodium, 12.0)}}
    approve_change(by=vera, change=propose(dina, OATS, {"nutrients.sodium_mg": 12.0})[0])
    assert curated.files_moved() == {}


def test_a_later_file_with_a_dish_that_curation_left_without_energy_still_loads(dina, vera, small_files):
    row = food(OATS)
    CurationChange.objects.create(
        kind="food",
        key=OATS,
        title="Oats",
        reason="x",
        state="applied",
        version=1,
        proposed_at=clock.now(),
        decided_at=clock.now(),
        proposed_by_name="x",
        changes={"nutrients.energy_kcal": {"before": row.energy_kcal, "after": None}},
    )
    loader.load_catalogue(force=True)
    dish = Recipe.objects.get(slug=PORRIDGE)
    assert (food(OATS).energy_kcal, "energy_kcal" in dish.nutrient_coverage) == (None, True)


def test_the_version_of_the_catalogue_moves_with_foods_and_dishes(dina):
    versions = {loader.loaded_version()}
    propose(dina, MILK, {"aisle": "Drinks"}, source="")
    versions.add(loader.loaded_version())
    propose(dina, MILK, {"aisle": "Dairy"}, source="")
    versions.add(loader.loaded_version())
    assert len(versions) == 3
    assert CatalogueRelease.objects.get(name="curated").counts["foods"] == 1


def test_refusals_of_a_conflict_are_conflicts(dina):
    propose(dina, MILK, {"refuse_pct": 2.0})
    with pytest.raises(Conflict):
        propose(dina, MILK, {"refuse_pct": 3.0})
