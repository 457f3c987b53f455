"""The quick log: what was eaten besides or instead of the plan, with what is unknown kept unknown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nutrition_site.export import export_account
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.vocabulary import ALLERGENS
from planning.barcodes import BarcodeError, read_barcode
from planning.models import DishOpinion, Food, LogEntry, MealPlan, PlanItem, PlanRevision, Recipe, RecipeIngredient
from planning.services.log import (
    Place,
    favorite_dishes,
    find_by_barcode,
    log_again,
    log_dish,
    log_food,
    log_words,
    read_servings,
    reasons_against_entry,
    recent_entries,
    search_dishes,
    undo_log,
)
from planning.services.own_foods import create_own_food, update_own_food

pytestmark = [pytest.mark.core, pytest.mark.django_db]

FREE = dict.fromkeys(ALLERGENS, "free")


@pytest.fixture
def day(athlete):
    return today(athlete.zones)


@pytest.fixture
def bread(db):
    """A bread of which the fat is unknown; a slice weighs 35 g."""
    return Food.objects.create(
        code="test:bread", name="Rye bread", core=True, energy_kcal=240.0, protein_g=8.0, carbs_g=46.0,
        allergens={**FREE, "gluten": "contains"},
        portions=[{"amount": 1.0, "description": "slice", "grams": 35.0, "unit": "slice", "modifier": ""}],
    )  # fmt: skip


@pytest.fixture
def yogurt(db):
    return Food.objects.create(
        code="test:yogurt", name="Yogurt", core=True, energy_kcal=60.0, protein_g=4.0, carbs_g=5.0, fat_g=3.0,
        allergens={**FREE, "milk": "contains"}, tags=["dairy"], aisle="Dairy",
    )  # fmt: skip


@pytest.fixture
def banana(db):
    return Food.objects.create(
        code="test:banana", name="Bananas, raw", core=True, energy_kcal=89.0, carbs_g=23.0, allergens=FREE,
        shopping={"piece_grams": 120.0},
    )  # fmt: skip


@pytest.fixture
def bowl(yogurt):
    dish = Recipe.objects.create(
        slug="yogurt-bowl", family="yogurt-bowl", name="Yogurt bowl", slots=["snack"], allergens=yogurt.allergens,
        nutrients={"energy_kcal": 120.0, "protein_g": 8.0, "carbs_g": 10.0, "fat_g": 6.0, "iron_mg": 0.2},
        nutrient_coverage={"iron_mg": {"known": 1, "of": 2}},
    )  # fmt: skip
    RecipeIngredient.objects.create(recipe=dish, food=yogurt, position=0, grams_per_serving=200)
    return dish


def eat(athlete, food, amount, day, **kwargs):
    return log_food(
        athlete=athlete, food=food, amount=amount, place=Place(day, **kwargs), source="search", by=athlete.user
    )


def test_two_slices_weigh_what_the_slice_of_that_bread_weighs(athlete, bread, day):
    entry = eat(athlete, bread, "2 slices", day)
    assert (entry.grams, entry.amount, entry.nutrients["energy_kcal"]) == (70.0, "2 slices", 168.0)


def test_what_the_food_does_not_say_is_absent_and_not_zero(athlete, bread, day):
    assert "fat_g" not in eat(athlete, bread, "100 g", day).nutrients


def test_an_amount_that_cannot_be_weighed_is_asked_about(athlete, bread, day):
    with pytest.raises(InvalidInput) as refusal:
        eat(athlete, bread, "2 cups", day)
    assert [row["field"] for row in refusal.value.details] == ["amount"]


def test_what_a_dish_knows_of_a_part_of_its_ingredients_only_is_left_out(athlete, bowl, day):
    entry = log_dish(athlete=athlete, recipe=bowl, servings=1.5, place=Place(day), source="search", by=athlete.user)
    assert entry.nutrients == {"energy_kcal": 180.0, "protein_g": 12.0, "carbs_g": 15.0, "fat_g": 9.0}


@pytest.mark.parametrize(
    ("text", "servings"), [("1", 1.0), ("1,5", 1.5), ("1½", 1.5), ("2 servings", 2.0), ("1,5 porcije", 1.5)]
)
def test_servings_are_read_as_people_write_them(text, servings, bowl):
    assert read_servings(text, dish=bowl) == servings


@pytest.mark.parametrize("text", ["200 g", "some", "", "2 cups", "a heap", "3 buckets"])
def test_a_dish_is_asked_for_in_servings(text, bowl):
    with pytest.raises(InvalidInput):
        read_servings(text, dish=bowl)


def test_a_dish_may_be_counted_by_its_own_name(bowl):
    assert read_servings(f"2 {bowl.name.lower()}s", dish=bowl) == 2.0


@pytest.mark.parametrize(("text", "grams"), [("2", 240.0), ("2 bananas", 240.0), ("2 ripe Bananas", 240.0)])
def test_pieces_are_counted_by_the_name_of_the_food(athlete, banana, day, text, grams):
    assert eat(athlete, banana, text, day).grams == grams


@pytest.mark.parametrize("text", ["a heap", "3 buckets", "2 apples"])
def test_what_is_counted_in_something_unknown_is_asked_about(athlete, banana, day, text):
    with pytest.raises(InvalidInput, match="How many grams of Bananas, raw is it"):
        eat(athlete, banana, text, day)


def test_own_words_hold_no_number(athlete, day):
    entry = log_words(athlete=athlete, words="Burek", place=Place(day), source="words", by=athlete.user)
    assert (entry.nutrients, entry.grams) == ({}, None)


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({"days": 1}, "day"),
        ({"slot": "brunch"}, "slot"),
        ({"time": "25:00"}, "time"),
        ({"days": -20_000}, "day"),
    ],
)
def test_a_place_that_cannot_be_is_refused(athlete, day, place, field):
    where = Place(day + timedelta(days=place.pop("days", 0)), **place)
    with pytest.raises(InvalidInput) as refusal:
        log_words(athlete=athlete, words="Burek", place=where, source="words", by=athlete.user)
    assert [row["field"] for row in refusal.value.details] == [field]


def test_a_day_of_last_week_may_be_logged(athlete, day):
    past = day - timedelta(days=7)
    assert log_words(athlete=athlete, words="Burek", place=Place(past), source="words", by=athlete.user).day == past


@pytest.mark.parametrize("grams", [0.0, -1.0, 5000.5])
def test_grams_that_nobody_eats_are_refused(athlete, bread, day, grams):
    with pytest.raises(InvalidInput):
        log_food(athlete=athlete, food=bread, grams=grams, place=Place(day), source="api", by=athlete.user)


def test_somebody_elses_food_cannot_be_logged(athlete, sam, day):
    theirs = Food.objects.create(code="own:sam", name="Sam's bar", owner=sam.athlete)
    with pytest.raises(InvalidInput):
        eat(athlete, theirs, "10 g", day)


def test_the_same_again_is_what_the_food_says_today(athlete, bread, day):
    first = eat(athlete, bread, "2 slices", day)
    Food.objects.filter(pk=bread.pk).update(energy_kcal=250.0)
    first.food.refresh_from_db()
    again = log_again(athlete=athlete, entry=first, place=Place(day), by=athlete.user)
    assert (again.source, again.grams, again.nutrients["energy_kcal"]) == ("again", 70.0, 175.0)


def test_the_same_again_of_a_removed_food_is_what_it_was(athlete, bread, day):
    first = eat(athlete, bread, "2 slices", day)
    bread.delete()
    first = LogEntry.objects.get(pk=first.pk)
    again = log_again(athlete=athlete, entry=first, place=Place(day), by=athlete.user)
    assert (again.food_id, again.name, again.nutrients["energy_kcal"]) == (None, "Rye bread", 168.0)


def test_what_was_logged_twice_is_offered_once_and_the_newest_first(athlete, bread, yogurt, day):
    for food, amount in ((bread, "1 slice"), (yogurt, "150 g"), (bread, "3 slices")):
        eat(athlete, food, amount, day)
    assert [(entry.name, entry.amount) for entry in recent_entries(athlete)] == [
        ("Rye bread", "3 slices"),
        ("Yogurt", "150 g"),
    ]


def test_an_excluded_food_may_be_logged_and_is_not_offered_again(athlete, yogurt, day):
    athlete.allergies = ["milk"]
    entry = eat(athlete, yogurt, "150 g", day)
    assert (reasons_against_entry(entry, athlete), recent_entries(athlete)) == (["contains milk"], [])


def test_a_disliked_food_is_not_offered_again(athlete, yogurt, day):
    athlete.dislikes = ["yogurt"]
    eat(athlete, yogurt, "150 g", day)
    assert recent_entries(athlete) == []


def test_a_removed_food_is_not_offered_again_because_nobody_knows_what_is_in_it(athlete, bread, day):
    eat(athlete, bread, "1 slice", day)
    bread.delete()
    assert recent_entries(athlete) == []


def test_a_favorite_dish_is_offered_until_it_is_excluded(athlete, bowl):
    DishOpinion.objects.create(athlete=athlete, family="yogurt-bowl", favorite=True)
    before = favorite_dishes(athlete)
    athlete.dietary_preferences = ["vegan"]
    assert (before, favorite_dishes(athlete)) == ([bowl], [])


def test_a_dish_is_found_by_every_word_of_its_name(athlete, bowl):
    assert search_dishes(athlete, "bowl yog", limit=1) == [bowl]
    assert search_dishes(athlete, "yogurt soupbowl", limit=5) == []


def test_undoing_removes_the_entry(athlete, bread, day):
    undo_log(entry=eat(athlete, bread, "1 slice", day), by=athlete.user)
    assert LogEntry.objects.filter(athlete=athlete).count() == 0


def test_the_log_is_in_the_copy_of_the_data_and_leaves_with_the_account(athlete, alice, bread, day):
    eat(athlete, bread, "1 slice", day)
    copied = [row["name"] for row in export_account(alice)["tables"]["planning.logentry"]]
    alice.delete()
    assert (copied, LogEntry.objects.count()) == (["Rye bread"], 0)


# --- barcodes ---


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        # Printed examples: EAN-13 and UPC-A of the GS1 General Specifications, an EAN-8 with spaces.
        ("4006381333931", "4006381333931"),
        ("036000291452", "0036000291452"),
        ("00036000291452", "0036000291452"),
        ("9638 5074", "96385074"),
    ],
)
def test_a_barcode_has_one_form(typed, digits):
    assert read_barcode(typed) == digits


@pytest.mark.parametrize("typed", ["", "4006381333932", "400638133393", "12345", "40O6381333931", "٤٠٠٦٣٨١٣٣٣٩٣١"])
def test_what_was_mistyped_is_no_barcode(typed):
    with pytest.raises(BarcodeError):
        read_barcode(typed)


def test_an_own_food_is_found_by_its_barcode_and_only_by_its_owner(athlete, sam):
    made = create_own_food(
        athlete=athlete, values={"name": "Fig bar", "energy_kcal": 380.0, "barcode": "036000291452"}, by=athlete.user
    )
    assert find_by_barcode(athlete, "0036000291452") == ("0036000291452", made)
    assert find_by_barcode(sam.athlete, "0036000291452") == ("0036000291452", None)


def test_two_foods_of_one_athlete_cannot_have_one_barcode(athlete):
    values = {"name": "Fig bar", "energy_kcal": 380.0, "barcode": "4006381333931"}
    create_own_food(athlete=athlete, values=values, by=athlete.user)
    other = create_own_food(athlete=athlete, values={**values, "barcode": ""}, by=athlete.user)
    with pytest.raises(InvalidInput) as refusal:
        update_own_food(food=other, values={"barcode": "4006381333931"}, by=athlete.user)
    assert refusal.value.details == [{"field": "barcode", "message": "Your food Fig bar has this barcode already."}]


# --- what counts ---


def planned_day(athlete, dish, day, *, status):
    plan = MealPlan.objects.create(athlete=athlete, week_start=day, days=1, status="verified", revision=1)
    revision = PlanRevision.objects.create(
        plan=plan, number=1, training_version=1, profile_version=1, training_data_as_of=plan.created_at
    )
    MealPlan.objects.filter(pk=plan.pk).update(current=revision)
    return PlanItem.objects.create(
        revision=revision, date=day, slot="lunch", time="12:30", recipe=dish, quarters=4, status=status,
        nutrients={"energy_kcal": 700.0, "carbs_g": 90.0},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "words", "learned"),
    [("eaten", "", 868.0), ("skipped", "", 168.0), ("planned", "", None), ("eaten", "Burek", None)],
)
def test_a_days_intake_counts_what_was_logged_and_is_unknown_where_something_is(
    athlete, bread, bowl, day, status, words, learned
):
    from planning.services.expenditure import _eaten_kcal

    planned_day(athlete, bowl, day, status=status)
    eat(athlete, bread, "2 slices", day)
    if words:
        log_words(athlete=athlete, words=words, place=Place(day), source="words", by=athlete.user)
    assert _eaten_kcal(athlete, day, day).get(day) == learned
