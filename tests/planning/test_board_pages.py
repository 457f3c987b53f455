"""A meal that moves to another place of its plan: what is offered, what is checked, what stays, and taking it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from athletes.services.profile import update_athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from nutrition_site.kernel.ids import new_id
from planning.models import MealPlan, PlanItem
from planning.services.board import EXCHANGE, find_move_places, move_meal
from planning.services.plans import create_meal_plan, set_item_status, with_contents
from planning.services.stored import place_of
from planning.services.swaps import FoodExcluded
from planning.services.undoing import undo_change
from tests.markup import Page, faults
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(athlete, catalogue):
    """Alice's plan for four days from tomorrow on."""
    first = today(athlete.zones) + timedelta(days=1)
    return create_meal_plan(athlete=athlete, first=first, count=4, by=athlete.user)


def fresh(plan):
    return with_contents(MealPlan.objects).get(pk=plan.pk)


def meals(plan):
    return {place_of(item): item for item in fresh(plan).current.items.select_related("recipe")}


def dishes(plan):
    return {place: (item.recipe_id, item.quarters, item.leftover_of) for place, item in meals(plan).items()}


def lunch_of(plan, day=0, slot="lunch"):
    wanted = (plan.week_start + timedelta(days=day)).isoformat()
    return meals(plan)[wanted, slot, 0]


def first_exchange(plan):
    """A meal with a place to change with: (meal, place)."""
    for item in meals(plan).values():
        if item.slot == "during" or item.leftover_of:
            continue
        for place in find_move_places(plan=fresh(plan), item=item):
            if place.way == EXCHANGE and place.item.date != item.date:
                return item, place
    raise AssertionError("no two meals of this plan can change places")


def move_url(item):
    return f"/day/{item.date}/{item.pk}/move"


def address(item):
    return f"{item.date} {item.slot} {item.index}"


def test_two_dishes_change_places_and_every_other_meal_stays(plan, athlete):
    item, place = first_exchange(plan)
    before = dishes(plan)
    move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
    after = dishes(plan)
    changed = {spot for spot in before if before[spot] != after[spot]}
    assert changed == {place_of(item), place_of(place.item)}
    assert after[place_of(place.item)][0] == item.recipe_id
    assert after[place_of(item)][0] == place.item.recipe_id
    assert (fresh(plan).current.certificate["ok"], fresh(plan).current.reason) == (True, "moved")


def test_a_move_that_needs_more_plans_only_the_two_days_again(plan, athlete):
    found = [
        (item, place)
        for item in meals(plan).values()
        if item.slot != "during" and not item.leftover_of
        for place in find_move_places(plan=fresh(plan), item=item)
        if place.way != EXCHANGE
    ]
    before = dishes(plan)
    for item, place in found[:6]:
        try:
            move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
        except Conflict:
            continue
        break
    after = dishes(plan)
    days = {item.date.isoformat(), place.item.date.isoformat()}
    assert after[place_of(place.item)][0] == item.recipe_id
    assert after[place_of(item)][0] != item.recipe_id
    assert {spot[0] for spot in before.keys() | after.keys() if before.get(spot) != after.get(spot)} <= days
    assert fresh(plan).current.certificate["ok"] is True


def test_every_place_that_is_offered_as_an_exchange_can_be_taken(plan, athlete):
    item, _ = first_exchange(plan)
    for place in [one for one in find_move_places(plan=fresh(plan), item=item) if one.way == EXCHANGE]:
        move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
        assert dishes(plan)[place_of(place.item)][0] == item.recipe_id
        undo_change(plan=fresh(plan), revision=fresh(plan).current.number, by=athlete.user)


def test_taking_a_move_back_restores_every_meal(plan, athlete):
    item, place = first_exchange(plan)
    before = dishes(plan)
    move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
    undo_change(plan=fresh(plan), revision=fresh(plan).current.number, by=athlete.user)
    assert (dishes(plan), fresh(plan).current.reason) == (before, "move_undone")


def test_a_move_is_not_taken_back_once_the_moved_meal_is_eaten(plan, athlete):
    item, place = first_exchange(plan)
    move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
    moved = meals(plan)[place_of(place.item)]
    set_item_status(plan=fresh(plan), item_id=moved.pk, status="eaten", locked=None, by=athlete.user)
    with pytest.raises(Conflict, match="eaten, skipped or kept"):
        undo_change(plan=fresh(plan), revision=fresh(plan).current.number, by=athlete.user)


def test_a_move_is_not_taken_back_after_another_change(plan, athlete):
    item, place = first_exchange(plan)
    move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
    with pytest.raises(Conflict, match="changed since"):
        undo_change(plan=fresh(plan), revision=fresh(plan).current.number - 1, by=athlete.user)


@pytest.mark.parametrize("mark", [{"status": "eaten"}, {"status": "skipped"}, {"locked": True}])
def test_what_is_eaten_skipped_or_kept_neither_moves_nor_makes_room(mark, plan, athlete):
    item, place = first_exchange(plan)
    PlanItem.objects.filter(pk=place.item.pk).update(**mark)
    assert place_of(place.item) not in {place_of(one.item) for one in find_move_places(plan=fresh(plan), item=item)}
    with pytest.raises(Conflict, match="stays"):
        move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
    with pytest.raises(Conflict, match="stays where it is"):
        find_move_places(plan=fresh(plan), item=meals(plan)[place_of(place.item)])


def test_a_leftover_is_not_eaten_before_it_is_cooked_nor_after_it_has_kept(athlete, catalogue):
    first = today(athlete.zones) + timedelta(days=1)
    plan = create_meal_plan(athlete=athlete, first=first, count=7, by=athlete.user)
    leftovers = [item for item in meals(plan).values() if item.leftover_of]
    assert leftovers
    for item in leftovers:
        cooked = date.fromisoformat(item.leftover_of[0])
        keeps = item.recipe.keeps.get("fridge_days") or 2
        offered = [place.item.date for place in find_move_places(plan=fresh(plan), item=item)]
        assert [day for day in offered if not 1 <= (day - cooked).days <= keeps] == []
        early = next(spot for spot in meals(plan) if spot[1] == item.slot and spot[0] == item.leftover_of[0])
        with pytest.raises(Conflict, match="before it is cooked|the meal it is cooked at"):
            move_meal(plan=fresh(plan), item=item, to=early, by=athlete.user)


def test_no_move_leads_around_an_allergy_that_came_later(plan, athlete):
    item, place = first_exchange(plan)
    item.recipe.allergens = {**item.recipe.allergens, "milk": "contains"}
    item.recipe.save()
    allergens = {name for name, state in item.recipe.allergens.items() if state == "contains"}
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": sorted(allergens)})
    with pytest.raises((FoodExcluded, Conflict)):
        move_meal(plan=fresh(plan), item=item, to=place_of(place.item), by=athlete.user)
    assert fresh(plan).revision == 1


def test_the_page_offers_each_place_once_and_moving_shows_what_changed_with_undo(plan, athlete, alice):
    client = sign_in(alice)
    item, place = first_exchange(plan)
    page = client.get(move_url(item))
    offered = [button["value"] for button in Page(page.content.decode()).all("button") if button.get("name") == "to"]
    assert (page.status_code, faults(page.content.decode())) == (200, {})
    assert offered.count(address(place.item)) == 1
    before = dishes(plan)
    answer = client.post(move_url(item), {"to": address(place.item), "form_key": new_id("frm")})
    assert (answer.status_code, answer["Location"]) == (303, f"/week/{item.date}?changes={plan.pk}")
    week = client.get(answer["Location"])
    assert faults(week.content.decode()) == {}
    undo = week.context["changes"]["undo"]
    client.post(f"/plans/{plan.pk}/undo", {"revision": undo, "form_key": new_id("frm")})
    assert dishes(plan) == before


def test_a_move_that_is_sent_twice_counts_once(plan, athlete, alice):
    client = sign_in(alice)
    item, place = first_exchange(plan)
    fields = {"to": address(place.item), "form_key": new_id("frm")}
    answers = {client.post(move_url(item), fields)["Location"] for _ in range(2)}
    assert (len(answers), fresh(plan).revision) == (1, 2)


@pytest.mark.parametrize("to", ["", "tomorrow", "2026-13-45 lunch 0", "2031-01-01 lunch 0", "\x00", "x" * 400])
def test_a_place_that_is_none_moves_nothing(to, plan, alice):
    answer = sign_in(alice).post(move_url(lunch_of(plan)), {"to": to})
    assert (answer.status_code, fresh(plan).revision) == (422, 1)


def test_a_refused_move_says_why_and_changes_nothing(plan, athlete, alice):
    item, place = first_exchange(plan)
    PlanItem.objects.filter(pk=place.item.pk).update(locked=True)
    answer = sign_in(alice).post(move_url(item), {"to": address(place.item)})
    assert (answer.status_code, fresh(plan).revision) == (422, 1)
    assert "That meal stays" in answer.content.decode()


def test_the_board_leads_to_a_move_for_meals_that_may_and_to_none_that_stay(plan, athlete, alice):
    lunch, dinner = lunch_of(plan), lunch_of(plan, slot="dinner")
    PlanItem.objects.filter(pk=dinner.pk).update(locked=True)
    page = sign_in(alice).get(f"/week/{plan.week_start}")
    links = {link.get("href") for link in Page(page.content.decode()).all("a")}
    assert (move_url(lunch) in links, move_url(dinner) in links) == (True, False)
    assert faults(page.content.decode()) == {}


def test_a_strangers_meal_cannot_be_moved_and_his_move_not_taken_back(plan, sam):
    client = sign_in(sam)
    statuses = [client.get(move_url(lunch_of(plan))).status_code]
    statuses.append(client.post(f"/plans/{plan.pk}/undo", {"revision": 1}).status_code)
    assert statuses == [404, 404]
