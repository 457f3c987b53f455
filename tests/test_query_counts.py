"""How many queries the busiest reads may take: a committed baseline, whatever the number of rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from athletes.models import Athlete
from planning.models import Food, MealPlan, PlanItem, PlanRevision, ShoppingItem, ShoppingList
from planning.services.plans import create_meal_plan
from tests.planning.people import MONDAY, make_event

pytestmark = [pytest.mark.core, pytest.mark.django_db]

MOST = {"meal plans": 11, "meal plan": 9, "shopping list": 6, "targets": 6, "recipes": 7, "foods": 4}


@pytest.fixture
def reader(api, athlete, catalogue):
    """Alice's client, with everything that is read once a process in memory already."""
    client = api(athlete.user)
    client.get("/v1/foods")
    return client


@pytest.fixture
def plan(athlete, catalogue):
    return create_meal_plan(athlete=athlete, first=MONDAY, count=7, by=athlete.user)


def twenty_plans(plan):
    """Nineteen more like this one, with all their meals."""
    items = list(plan.current.items.all())
    for number in range(1, 20):
        copy = MealPlan.objects.create(
            athlete_id=plan.athlete_id, week_start=MONDAY + timedelta(days=7 * number), days=7, status="verified"
        )
        old = plan.current
        shift = timedelta(days=7 * number)
        days = [{**day, "date": (MONDAY + shift + timedelta(days=n)).isoformat()} for n, day in enumerate(old.days)]
        revision = PlanRevision.objects.create(
            plan=copy,
            number=1,
            days=days,
            inputs_hash=old.inputs_hash,
            engine=old.engine,
            optimality=old.optimality,
            certificate=old.certificate,
            training_version=old.training_version,
            profile_version=old.profile_version,
            catalogue_version=old.catalogue_version,
            training_data_as_of=old.training_data_as_of,
        )
        PlanItem.objects.bulk_create(
            PlanItem(
                revision=revision,
                date=item.date + shift,
                slot=item.slot,
                index=item.index,
                time=item.time,
                recipe_id=item.recipe_id,
                quarters=item.quarters,
                nutrients=item.nutrients,
            )
            for item in items
        )
        MealPlan.objects.filter(pk=copy.pk).update(current=revision, revision=1)


def test_the_list_of_twenty_plans(reader, athlete, plan, django_assert_max_num_queries):
    twenty_plans(plan)
    with django_assert_max_num_queries(MOST["meal plans"]):
        answer = reader.get(f"/v1/athletes/{athlete.pk}/meal-plans?limit=20")
    assert len(answer.json()["items"]) == 20


def test_the_list_of_twenty_plans_that_have_all_to_be_compared_again(
    reader, athlete, plan, django_assert_max_num_queries
):
    twenty_plans(plan)
    make_event(athlete, MONDAY, 480, 120)
    Athlete.objects.filter(pk=athlete.pk).update(training_version=50)
    with django_assert_max_num_queries(MOST["meal plans"] + 2):
        answer = reader.get(f"/v1/athletes/{athlete.pk}/meal-plans?limit=20")
    assert any(item["stale"] for item in answer.json()["items"])


def test_one_plan(reader, athlete, plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST["meal plan"]):
        answer = reader.get(f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}")
    assert len(answer.json()["days"]) == 7


def test_a_shopping_list_of_fifty_items(reader, athlete, plan, django_assert_max_num_queries):
    shopping_list = ShoppingList.objects.create(
        athlete=athlete, first_day=MONDAY, last_day=MONDAY, generated_at=plan.created_at, plan_revisions={plan.pk: 1}
    )
    ShoppingItem.objects.bulk_create(
        ShoppingItem(shopping_list=shopping_list, food=food, name=food.name, category="Grains", quantity="1kg")
        for food in Food.objects.filter(core=True)[:50]
    )
    with django_assert_max_num_queries(MOST["shopping list"]):
        answer = reader.get(f"/v1/athletes/{athlete.pk}/shopping-lists/{shopping_list.pk}")
    assert len(answer.json()["items"]) == 50


def test_targets_of_ninety_two_days(reader, athlete, django_assert_max_num_queries):
    for day in range(40):
        make_event(athlete, MONDAY + timedelta(days=2 * day), 480, 60)
    with django_assert_max_num_queries(MOST["targets"]):
        answer = reader.get(f"/v1/athletes/{athlete.pk}/targets?from=2026-10-05&to=2027-01-04")
    assert len(answer.json()["items"]) == 92


def test_a_page_of_recipes(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST["recipes"]):
        answer = reader.get("/v1/recipes?limit=100&slot=dinner")
    assert answer.json()["items"]


def test_a_search_of_foods(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST["foods"]):
        answer = reader.get("/v1/foods?search=milk&limit=100")
    assert answer.json()["items"]
