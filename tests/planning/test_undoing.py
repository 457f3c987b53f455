"""A swap is taken back like a move: every meal as it was, measured again, unless something else happened since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from athletes.services.profile import update_athlete
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from nutrition_site.kernel.ids import new_id
from planning.catalogue.loader import CATALOGUE
from planning.models import CatalogueRelease, MealPlan, PlanItem, Recipe
from planning.services.plans import create_meal_plan, set_item_status, with_contents
from planning.services.shopping import create_shopping_list
from planning.services.shopping_moved import list_difference
from planning.services.stored import place_of
from planning.services.swaps import FoodExcluded, find_alternatives, suggest_swaps, swap_meal
from planning.services.undoing import undo_change
from tests import factories
from tests.markup import Page, faults
from tests.planning.pages import sign_in
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(athlete, catalogue):
    """Alice's plan for tomorrow."""
    first = today(athlete.zones) + timedelta(days=1)
    return create_meal_plan(athlete=athlete, first=first, count=1, by=athlete.user)


def fresh(plan):
    return with_contents(MealPlan.objects).get(pk=plan.pk)


def meals(plan):
    return {place_of(item): item for item in fresh(plan).current.items.all()}


def dishes(plan):
    return {place: (item.recipe_id, item.quarters, item.leftover_of) for place, item in meals(plan).items()}


def lunch_of(plan):
    return fresh(plan).current.items.get(date=plan.week_start, slot="lunch")


def swap_lunch(plan):
    """Puts the best alternative in the place of lunch; returns the dish that was there."""
    lunch = lunch_of(plan)
    place = (lunch.date, lunch.slot, lunch.index)
    offer = find_alternatives(plan=fresh(plan), place=place)[0]
    swap_meal(plan=fresh(plan), place=place, recipe_id=offer["recipe_id"], by=plan.athlete.user)
    return lunch.recipe


def undo(plan):
    return undo_change(plan=fresh(plan), revision=fresh(plan).revision, by=plan.athlete.user)


def test_taking_a_swap_back_restores_every_meal_and_what_is_to_be_bought(plan, athlete):
    before = dishes(plan)
    shopping_list, _ = create_shopping_list(
        athlete=athlete, first=plan.week_start, last=plan.week_start, by=athlete.user
    )
    swap_lunch(plan)
    assert (dishes(plan) == before, list_difference(shopping_list) == []) == (False, False)
    diff = undo(plan)
    stored = fresh(plan).current
    assert (dishes(plan), stored.reason, stored.certificate["ok"]) == (before, "swap_undone", True)
    assert [row["after"]["slot"] for row in diff["changed"]] == ["lunch"]
    assert list_difference(shopping_list) == []


def test_what_became_excluded_or_disliked_in_between_never_comes_back(plan, athlete):
    dish = swap_lunch(plan)
    swapped = dishes(plan)
    allergen = next(name for name, state in dish.allergens.items() if state == "contains")
    for values in ({"allergies": [allergen]}, {"dislikes": [dish.name.lower()]}):
        nothing = {name: [] for name in values}
        update_athlete(by=athlete.user, athlete=athlete, values=values)
        with pytest.raises(FoodExcluded):
            undo(plan)
        assert (dishes(plan), fresh(plan).revision) == (swapped, 2)
        update_athlete(by=athlete.user, athlete=athlete, values=nothing)
    undo(plan)
    assert lunch_of(plan).recipe_id == dish.pk


def test_a_dish_that_left_the_catalogue_does_not_come_back(plan):
    dish = swap_lunch(plan)
    Recipe.objects.filter(pk=dish.pk).update(active=False)
    CatalogueRelease.objects.filter(name=CATALOGUE).update(version="without that dish")
    with pytest.raises(Conflict, match="not in the catalogue any more"):
        undo(plan)
    assert fresh(plan).revision == 2


def test_a_swap_is_not_taken_back_once_the_new_meal_is_marked(plan, athlete):
    swap_lunch(plan)
    lunch = lunch_of(plan)
    for mark, none in (
        ({"status": "eaten"}, {"status": "planned"}),
        ({"status": "skipped"}, {"status": "planned"}),
        ({"locked": True}, {"locked": False}),
    ):
        set_item_status(plan=plan, item_id=lunch.pk, by=athlete.user, **mark)
        with pytest.raises(Conflict, match="eaten, skipped or kept since"):
            undo(plan)
        set_item_status(plan=plan, item_id=lunch.pk, by=athlete.user, **none)
    undo(plan)
    assert fresh(plan).revision == 3


def test_marks_of_other_meals_stay_and_a_kept_dish_is_kept_again(plan, athlete):
    lunch = lunch_of(plan)
    set_item_status(plan=plan, item_id=lunch.pk, locked=True, by=athlete.user)
    swap_lunch(plan)
    assert lunch_of(plan).locked is False
    breakfast = next(item for item in meals(plan).values() if item.slot == "breakfast")
    set_item_status(plan=plan, item_id=breakfast.pk, status="eaten", by=athlete.user)
    undo(plan)
    eaten = meals(plan)[place_of(breakfast)].status
    assert (lunch_of(plan).recipe_id, lunch_of(plan).locked, eaten) == (lunch.recipe_id, True, "eaten")


def test_a_swap_is_taken_back_by_its_revision_and_once(plan, athlete):
    swap_lunch(plan)
    for revision in (1, 3):
        with pytest.raises(Conflict, match="changed since"):
            undo_change(plan=fresh(plan), revision=revision, by=athlete.user)
    undo(plan)
    with pytest.raises(Conflict, match="changed since"):
        undo(plan)
    assert fresh(plan).revision == 3


def test_after_training_changed_a_swap_is_not_taken_back_and_the_reason_is_said(plan, athlete):
    swap_lunch(plan)
    make_event(athlete, plan.week_start, 9 * 60, 180.0, intensity="hard")
    raise_training_version(athlete.pk)
    with pytest.raises(Conflict, match="Your training or profile changed since"):
        undo(plan)
    assert fresh(plan).revision == 2


def test_a_dinner_that_was_swapped_with_its_leftover_comes_back_with_it(catalogue):
    athlete = factories.make_athlete("batch@example.com", max_prep_minutes=45)
    first = today(athlete.zones) + timedelta(days=1)
    plan = create_meal_plan(athlete=athlete, first=first, count=3, by=athlete.user)
    before = dishes(plan)
    leftover = next(item for item in meals(plan).values() if item.leftover_of)
    dinner = meals(plan)[tuple(leftover.leftover_of)]
    place = (dinner.date, dinner.slot, dinner.index)
    offer = next(row for row in suggest_swaps(plan=fresh(plan), place=place).rows if row["kind"] == "together")
    swap_meal(plan=fresh(plan), place=place, recipe_id=offer["recipe_id"], by=athlete.user)
    assert meals(plan)[place_of(leftover)].recipe_id == offer["recipe_id"]
    undo(plan)
    assert dishes(plan) == before


def test_the_day_offers_to_undo_a_swap_and_a_form_sent_twice_counts_once(plan, alice):
    client = sign_in(alice)
    before, lunch = dishes(plan), lunch_of(plan)
    offer = find_alternatives(plan=fresh(plan), place=(lunch.date, lunch.slot, lunch.index))[0]
    swapped = client.post(f"/day/{lunch.date}/{lunch.pk}/swap", {"recipe_id": offer["recipe_id"]})
    page = client.get(swapped["Location"]).content.decode()
    (form,) = [form for form in Page(page).all("form") if form.get("action") == f"/plans/{plan.pk}/undo"]
    assert ("Undo the swap" in page, "Undo the move" in page, faults(page)) == (True, False, {})
    sent = {"revision": 2, "back": "day", "day": lunch.date.isoformat(), "form_key": new_id("frm")}
    answers = {client.post(form["action"], sent)["Location"] for _ in range(2)}
    assert (answers, fresh(plan).revision) == ({f"/day/{lunch.date}?changes={plan.pk}"}, 3)
    told = client.get(answers.pop()).content.decode()
    assert (dishes(plan), "This is what changed." in told, "Undo the" in told) == (before, True, False)


def test_an_undo_that_is_refused_says_why_on_the_page(plan, athlete, alice):
    client = sign_in(alice)
    swap_lunch(plan)
    PlanItem.objects.filter(pk=lunch_of(plan).pk).update(status="eaten")
    answer = client.post(f"/plans/{plan.pk}/undo", {"revision": 2, "back": "today"}, follow=True)
    assert answer.redirect_chain == [("/today", 303)]
    assert "A meal that would change back was eaten, skipped or kept since." in answer.content.decode()
