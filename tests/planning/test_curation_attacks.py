"""Curation under attack: what two who agree, and two who are quick, must not bring about."""

from __future__ import annotations

import pytest
from django.urls import reverse

from nutrition_site.kernel.clock import now
from planning.models import CurationChange, Food, Recipe
from planning.services.curation import approve_change
from planning.services.curation_kinds import kind_of
from tests.markup import Page
from tests.planning.admin_kit import browser_of
from tests.planning.curation_kit import MILK, PORRIDGE, dina, food, propose, refused, vera, wrong_fields

__all__ = ["dina", "vera"]
pytestmark = pytest.mark.django_db


def test_what_is_made_of_milk_is_not_said_to_be_free_of_it(dina):
    assert wrong_fields(dina, MILK, {"allergens.milk": "free"}) == {"allergens.milk"}
    assert CurationChange.objects.count() == 0


def test_a_food_that_is_free_of_milk_is_not_said_to_be_made_of_it(dina):
    oats = food("08120")
    assert wrong_fields(dina, oats.code, {"tags": sorted({*oats.tags, "dairy"})}) == {"tags"}


def test_who_states_another_origin_with_it_may_say_that_a_food_is_free_of_milk(dina):
    tags = sorted(set(food(MILK).tags) - {"dairy"})
    assert propose(dina, MILK, {"allergens.milk": "free", "tags": tags})[0].state == "waiting"


def test_every_reviewed_food_holds_what_its_origin_says(catalogue):
    check = kind_of("food").check
    for one in Food.objects.filter(owner=None, core=True):
        current = kind_of("food").read_current(one.code)
        allergens = {name: word for name, word in current.items() if name.startswith("allergens.")}
        assert check(one.code, current, {**allergens, "tags": current["tags"]}) == {}


def test_a_range_is_told_in_digits(dina):
    with pytest.raises(Exception, match="valid") as caught:
        propose(dina, MILK, {"price_minor_per_kg": -5})
    assert caught.value.details == [{"field": "price_minor_per_kg", "message": "From 0 to 1000000."}]


def test_a_value_is_tried_without_a_reason_and_proposed_with_one_only(dina):
    browser, page = browser_of(dina), reverse("admin:constant", args=["protein.older_point"])
    tried = browser.post(page, {"deed": "try", "value": "1.5"})
    assert (tried.status_code, bool(tried.context["panel"]), CurationChange.objects.count()) == (200, True, 0)
    assert browser.post(page, {"deed": "propose", "value": "1.5"}).status_code == 422
    assert browser.post(page, {"deed": "try", "value": "much"}).status_code == 422


def test_a_dish_is_taken_out_at_once_though_its_grams_wait_for_a_second_person(dina):
    changes = propose(dina, PORRIDGE, {"active": False, "grams.08120": 61.0, "cook_minutes": 9}, kind="recipe")
    assert [(one.state, sorted(one.changes)) for one in changes] == [
        ("applied", ["active"]),
        ("waiting", ["cook_minutes", "grams.08120"]),
    ]
    assert not Recipe.objects.get(slug=PORRIDGE).active


def test_of_two_changes_that_contradict_each_other_the_second_is_refused_with_the_reason(dina, vera):
    rows = {"meal.early_session_before_minute": 600, "meal.breakfast_before_minute": 480}
    first, second = (
        propose(dina, name, {"value": value}, kind="constant", reason="Summer camps.")[0]
        for name, value in rows.items()
    )
    approve_change(by=vera, change=first)
    error = refused("does_not_fit", approve_change, by=vera, change=second)
    assert (
        "600 of meal.early_session_before_minute would be above 480 of meal.breakfast_before_minute." in error.message
    )
    assert CurationChange.objects.get(pk=second.pk).state == "waiting"


def test_a_queue_of_any_length_costs_the_same_queries(vera, django_assert_max_num_queries):
    browser, queue = browser_of(vera), reverse("admin:planning_curationchange_changelist")
    browser.get(queue)
    for dish in Recipe.objects.filter(owner=None, kind=Recipe.Kind.BASE).order_by("slug")[:12]:
        changes = {
            f"grams.{line.food.code}": {"before": line.grams_per_serving, "after": 1.0}
            for line in dish.ingredients.select_related("food")
        }
        CurationChange.objects.create(
            kind="recipe",
            key=dish.slug,
            title=dish.name,
            changes=changes,
            reason="x",
            proposed_at=now(),
        )
    with django_assert_max_num_queries(12):
        listed = Page(browser.get(queue).content.decode()).text
    assert listed.count("Grams of ") == 12
