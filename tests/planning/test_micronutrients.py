"""Vitamins and minerals of a planned week: means against the references, and no judgment of what is not known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planning.models import Food, MealPlan, PlanItem, PlanRevision, Recipe, RecipeIngredient
from planning.services.micronutrients import week_micronutrients
from tests import factories
from tests.planning.people import MONDAY

pytestmark = pytest.mark.django_db

SUNDAY = MONDAY + timedelta(days=6)
ALL = {"iron_mg": 4.0, "calcium_mg": 200.0, "vitamin_d_ug": 1.0, "vitamin_b12_ug": 0.5, "sodium_mg": 300, "fiber_g": 5}


@pytest.fixture
def person():
    return factories.make_athlete("micro@example.com")


def dish(*foods, grams=100.0):
    """A dish of one or more foods, each given by its nutrients per 100 g."""
    number = Recipe.objects.count()
    recipe = Recipe.objects.create(slug=f"dish-{number}", family=f"dish-{number}", name="Dish", slots=["lunch"])
    for position, nutrients in enumerate(foods):
        code = f"micro-{number}-{position}"
        food = Food.objects.create(code=code, name=code, nutrients=nutrients)
        RecipeIngredient.objects.create(recipe=recipe, food=food, position=position, grams_per_serving=grams)
    return recipe


def plan(athlete, recipe, *, days=7, quarters=8, skipped=()):
    made = MealPlan.objects.create(athlete=athlete, week_start=MONDAY, days=days, status="verified")
    revision = PlanRevision.objects.create(
        plan=made, number=1, training_version=1, profile_version=1, training_data_as_of=made.created_at
    )
    MealPlan.objects.filter(pk=made.pk).update(current=revision, revision=1)
    PlanItem.objects.bulk_create(
        PlanItem(
            revision=revision,
            date=MONDAY + timedelta(days=day),
            slot="lunch",
            time="12:30",
            recipe=recipe,
            quarters=quarters,
            status="skipped" if day in skipped else "planned",
        )
        for day in range(days)
    )


def rows(athlete, first=MONDAY, last=SUNDAY):
    return {row.nutrient: row for row in week_micronutrients(athlete, first, last)}


def test_two_servings_of_100_g_bring_twice_what_100_g_hold(person):
    plan(person, dish(ALL))
    assert {name: row.mean for name, row in rows(person).items()} == {name: 2 * value for name, value in ALL.items()}


def test_the_reference_is_that_of_a_woman_of_her_age_with_its_kind_and_limit(person):
    """US/Canada DRI: iron 18 mg for women of 19 to 50 years, upper limit 45 mg."""
    plan(person, dish(ALL))
    iron = rows(person)["iron_mg"]
    assert (iron.dri, iron.kind, iron.upper, iron.unit) == (18.0, "RDA", 45.0, "mg")
    assert iron.source.startswith("US/Canada Dietary Reference Intakes")


def test_fiber_and_sodium_are_adequate_intakes(person):
    plan(person, dish(ALL))
    assert [rows(person)[name].kind for name in ("sodium_mg", "fiber_g")] == ["AI", "AI"]


def test_below_seventy_percent_is_flagged_with_a_hint_and_never_called_deficient(person):
    plan(person, dish({**ALL, "iron_mg": 6.0}))
    iron = rows(person)["iron_mg"]
    assert (iron.status, iron.share) == ("below_reference", pytest.approx(12 / 18))
    assert ("deficien" in iron.words + iron.hint, "ferritin" in iron.hint) == (False, True)


def test_seventy_percent_is_not_flagged(person):
    plan(person, dish({**ALL, "iron_mg": 6.3}))
    assert rows(person)["iron_mg"].status == "ok"


def test_an_unknown_nutrient_is_none_and_not_zero(person):
    plan(person, dish({"iron_mg": 4.0}))
    found = rows(person)["vitamin_d_ug"]
    assert (found.mean, found.share, found.status, found.coverage) == (None, None, "unknown", 0.0)


def test_two_of_three_ingredients_known_are_too_few_to_judge(person):
    plan(person, dish(ALL, ALL, {}))
    found = rows(person)["iron_mg"]
    assert (found.coverage_words, found.status, found.share) == ("2 of 3 ingredients known", "unknown", None)
    assert found.mean == pytest.approx(16.0)


def test_three_of_four_ingredients_known_are_judged(person):
    plan(person, dish(ALL, ALL, ALL, {}))
    assert rows(person)["iron_mg"].status == "ok"


def test_four_planned_days_are_too_few_to_judge(person):
    plan(person, dish(ALL), days=4)
    found = rows(person)["iron_mg"]
    assert (found.status, found.days, found.mean) == ("unknown", 4, 8.0)


def test_a_skipped_meal_brings_nothing(person):
    plan(person, dish(ALL), skipped=(0,))
    assert rows(person)["calcium_mg"].mean == pytest.approx(400 * 6 / 7)


def test_of_a_longer_stretch_the_last_seven_days_count(person):
    plan(person, dish(ALL), days=14)
    assert rows(person, last=MONDAY + timedelta(days=13))["iron_mg"].days == 7


def test_where_nothing_is_planned_there_are_no_rows(person):
    assert week_micronutrients(person, MONDAY, SUNDAY) == []


def test_a_newer_plan_of_the_same_days_takes_the_place_of_the_old(person):
    plan(person, dish(ALL))
    plan(person, dish({**ALL, "iron_mg": 10.0}))
    assert rows(person)["iron_mg"].mean == pytest.approx(20.0)


def test_a_vegan_is_told_where_vitamin_b12_comes_from():
    vegan = factories.make_athlete("vegan@example.com", dietary_preferences=["vegan"])
    plan(vegan, dish(ALL))
    assert "fortified" in rows(vegan)["vitamin_b12_ug"].hint
    assert rows(vegan)["iron_mg"].dri == pytest.approx(32.4)


def test_a_pregnant_athlete_has_her_own_references():
    expecting = factories.make_athlete("expecting@example.com", pregnant=True)
    plan(expecting, dish(ALL))
    assert rows(expecting)["iron_mg"].dri == 27.0


def test_the_api_gives_the_same_rows(api, person):
    plan(person, dish(ALL))
    answer = api(person.user).get(f"/v1/athletes/{person.pk}/micronutrients?from={MONDAY}&to={SUNDAY}")
    items = {row["nutrient"]: row for row in answer.json()["items"]}
    assert (answer.status_code, items["iron_mg"]["mean"], items["iron_mg"]["words"]) == (
        200,
        8.0,
        rows(person)["iron_mg"].words,
    )


def test_it_takes_few_queries_however_many_meals(person, django_assert_max_num_queries):
    plan(person, dish(ALL, ALL, ALL))
    plan(person, dish(ALL, {}, ALL))
    with django_assert_max_num_queries(2):
        week_micronutrients(person, MONDAY, SUNDAY)
