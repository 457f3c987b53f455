"""The pantry: what shopping brings and eating takes, never below zero, each cause once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from planning.models import Food, Kitchen, PantryItem, PantryMove, PlanItem
from planning.services.pantry import (
    add_to_pantry,
    pantry_revision,
    restore_from_meal,
    stock_for_planning,
    use_for_meal,
)
from planning.services.shopping import check_items, delete_shopping_list, update_shopping_item
from tests.factories import make_athlete
from tests.planning import shopping_kit as kit
from tests.planning.pages import sign_in

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def rice():
    return kit.make_food("rice", pack_sizes=[500], density_g_per_ml=0.8, piece_grams=25, piece_name="cup")


@pytest.fixture
def planned(athlete, rice):
    """A plan for one lunch with 300 g of rice."""
    return kit.make_plan(athlete, [(0, "lunch", kit.make_dish("bowl", {rice: 300}), 4)])


def meal_of(plan):
    return plan.current.items.get()


def path_of(athlete, rest=""):
    return f"/v1/athletes/{athlete.pk}/pantry{rest}"


def check(athlete, shopping_list, checked=True):
    item = shopping_list.items.get()
    return update_shopping_item(shopping_list=shopping_list, item_id=item.pk, checked=checked, by=athlete.user)


def test_a_checked_line_puts_the_whole_pack_away(athlete, rice, planned):
    check(athlete, kit.make_list(athlete))
    assert stock_for_planning(athlete) == {rice.pk: 500}


def test_a_line_checked_twice_counts_once(athlete, rice, planned):
    shopping_list = kit.make_list(athlete)
    check(athlete, shopping_list)
    check(athlete, shopping_list)
    assert stock_for_planning(athlete) == {rice.pk: 500}


def test_unchecking_takes_exactly_that_back(athlete, rice, planned):
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=40, by=athlete.user)
    shopping_list = kit.make_list(athlete)
    check(athlete, shopping_list)
    change = check(athlete, shopping_list, checked=False)
    assert (stock_for_planning(athlete), change.notices) == ({rice.pk: 40}, [])


def test_what_was_used_cannot_be_taken_back_and_is_said(athlete, rice, planned):
    shopping_list = kit.make_list(athlete)
    check(athlete, shopping_list)
    use_for_meal(item=meal_of(planned), by=athlete.user)
    change = check(athlete, shopping_list, checked=False)
    assert stock_for_planning(athlete) == {}
    assert change.notices == ["300 g of rice were used already and could not be taken back."]


def test_checking_again_adds_only_what_had_been_taken_back(athlete, rice, planned):
    shopping_list = kit.make_list(athlete)
    check(athlete, shopping_list)
    use_for_meal(item=meal_of(planned), by=athlete.user)
    check(athlete, shopping_list, checked=False)
    check(athlete, shopping_list)
    assert stock_for_planning(athlete) == {rice.pk: 200}


def test_only_what_can_be_eaten_is_put_away(athlete):
    """A banana of 118 g has 36 % peel on top; the pantry counts what can be eaten."""
    banana = kit.make_food(
        "banana", piece_grams=118, piece_name="banana", refuse_pct=36, aisle="Fruit", state="raw", pack_sizes=[500]
    )
    kit.make_plan(athlete, [(0, "snack", kit.make_dish("banana", {banana: 200}), 4)])
    check(athlete, kit.make_list(athlete))
    assert stock_for_planning(athlete) == {banana.pk: 236}


def test_eating_a_planned_meal_takes_its_ingredients(athlete, rice, planned):
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=1000, by=athlete.user)
    assert use_for_meal(item=meal_of(planned), by=athlete.user) == {rice.pk: 300}
    assert stock_for_planning(athlete) == {rice.pk: 700}


def test_a_meal_takes_no_more_than_there_is_and_gives_back_what_it_took(athlete, rice, planned):
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=120, by=athlete.user)
    assert use_for_meal(item=meal_of(planned), by=athlete.user) == {rice.pk: 120}
    assert restore_from_meal(item=meal_of(planned), by=athlete.user) == {rice.pk: 120}
    assert stock_for_planning(athlete) == {rice.pk: 120}


def test_a_meal_counts_once_also_after_the_plan_was_revised(athlete, rice, planned):
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=1000, by=athlete.user)
    item = meal_of(planned)
    use_for_meal(item=item, by=athlete.user)
    revised = kit.revise(planned, [(0, "lunch", item.recipe, 4)])
    assert use_for_meal(item=meal_of(revised), by=athlete.user) == {}
    assert restore_from_meal(item=meal_of(revised), by=athlete.user) == {rice.pk: 300}
    assert stock_for_planning(athlete) == {rice.pk: 1000}


def test_a_meal_without_anything_at_home_leaves_no_trace(athlete, planned):
    assert use_for_meal(item=meal_of(planned), by=athlete.user) == {}
    assert (PantryMove.objects.count(), Kitchen.objects.count()) == (0, 0)


def test_the_pantry_revision_goes_up_once_a_change(athlete, rice, planned):
    before = pantry_revision(athlete)
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=10, by=athlete.user)
    use_for_meal(item=meal_of(planned), by=athlete.user)
    use_for_meal(item=meal_of(planned), by=athlete.user)
    assert pantry_revision(athlete) == before + 2


def test_what_was_bought_stays_when_the_list_goes(athlete, rice, planned):
    shopping_list = kit.make_list(athlete)
    check(athlete, shopping_list)
    delete_shopping_list(shopping_list=shopping_list, by=athlete.user)
    assert stock_for_planning(athlete) == {rice.pk: 500}


def test_several_lines_are_checked_off_as_one_change(athlete, rice, planned):
    shopping_list = kit.make_list(athlete)
    before = pantry_revision(athlete)
    check_items(
        shopping_list=shopping_list, wishes={item.pk: True for item in shopping_list.items.all()}, by=athlete.user
    )
    shopping_list.refresh_from_db()
    assert (pantry_revision(athlete), shopping_list.revision) == (before + 1, 2)


def test_the_database_itself_refuses_less_than_nothing(athlete, rice):
    with pytest.raises(IntegrityError), transaction.atomic():
        PantryItem.objects.create(athlete=athlete, food=rice, grams=-1)


def test_past_meals_that_nobody_marked_are_taken_when_the_athlete_says_so(alice, athlete, rice):
    dish = kit.make_dish("bowl", {rice: 100})
    plan = kit.make_plan(athlete, [(0, "lunch", dish, 4), (1, "lunch", dish, 4), (2, "lunch", dish, 4)], start=-2)
    plan.current.items.filter(index=0).update(status="skipped")
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=500, by=alice)
    client = sign_in(alice)
    assert client.get("/pantry").context["unmarked"] == 1
    client.post("/pantry/past")
    assert stock_for_planning(athlete) == {rice.pk: 400}
    assert list(plan.current.items.values_list("status", flat=True)) == ["skipped", "eaten", "planned"]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_never_use_the_same_grams_twice(athlete, rice):
    dish = kit.make_dish("bowl", {rice: 300})
    plan = kit.make_plan(athlete, [(0, "lunch", dish, 4), (1, "lunch", dish, 4), (2, "lunch", dish, 4)])
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=700, by=athlete.user)
    items = list(PlanItem.objects.filter(revision=plan.current).select_related("revision__plan"))
    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(lambda item: _in_thread(use_for_meal, item=item, by=None), items))
    assert sorted(sum(foods.values()) for foods in taken) == [100, 300, 300]
    assert stock_for_planning(athlete) == {}


def _in_thread(work, **arguments):
    try:
        return work(**arguments)
    finally:
        connection.close()


# --- by API ---


@pytest.mark.parametrize(
    ("body", "grams"),
    [
        ({"grams": 12.5}, 12.5),
        ({"quantity": "1.5 kg"}, 1500),
        ({"quantity": "250 ml"}, 200),
        ({"quantity": "3"}, 75),
    ],
)
def test_an_amount_is_said_in_grams_or_in_kitchen_words(api, athlete, rice, body, grams):
    answer = api(athlete.user).post(path_of(athlete), {"food_id": rice.pk, **body})
    assert (answer.status_code, answer.json()["grams"]) == (201, grams)
    assert answer.headers["Location"] == path_of(athlete, f"/{answer.json()['id']}")


def test_a_volume_of_unknown_density_asks_for_grams(api, athlete):
    food = kit.make_food("jelly")
    answer = api(athlete.user).post(path_of(athlete), {"food_id": food.pk, "quantity": "2 cups"})
    row = answer.json()["error"]["details"][0]
    assert (answer.status_code, row["field"], "How many grams" in row["message"]) == (400, "quantity", True)


@pytest.mark.parametrize(
    "body",
    [
        {"grams": -1},
        {"grams": 0},
        {"grams": 1e9},
        {"grams": "1"},
        {"grams": True},
        {"grams": 1, "quantity": "1 g"},
        {},
        {"quantity": "-3 g"},
        {"quantity": ""},
        {"quantity": "a\u0000b"},
        {"quantity": "‮🥚"},
        {"grams": 1, "shelf": 2},
    ],
)
def test_an_amount_that_cannot_be_is_400_and_stores_nothing(api, athlete, rice, body):
    answer = api(athlete.user).post(path_of(athlete), {"food_id": rice.pk, **body})
    assert (answer.status_code, PantryItem.objects.count()) == (400, 0)


@pytest.mark.parametrize("food_id", ["fod_x", "", "\u202e", "fod_01m7yk8jgzeg4t0snzh96hnvwg"])
def test_a_food_that_is_none_is_400(api, athlete, food_id):
    assert api(athlete.user).post(path_of(athlete), {"food_id": food_id, "grams": 1}).status_code == 400


def test_another_athletes_own_food_does_not_exist(api, athlete, sam):
    theirs = Food.objects.create(code="own-sam", name="Sam's bar", owner=sam.athlete)
    assert api(athlete.user).post(path_of(athlete), {"food_id": theirs.pk, "grams": 1}).status_code == 400


def test_adding_adds_up_and_setting_sets(api, athlete, rice):
    client = api(athlete.user)
    client.post(path_of(athlete), {"food_id": rice.pk, "grams": 100})
    item = client.post(path_of(athlete), {"food_id": rice.pk, "grams": 50}).json()
    after = client.patch(path_of(athlete, f"/{item['id']}"), {"grams": 20}).json()
    assert (item["grams"], after["grams"]) == (150, 20)


def test_setting_below_zero_is_400_and_keeps_what_is_there(api, athlete, rice):
    item = add_to_pantry(athlete=athlete, food_id=rice.pk, grams=50, by=athlete.user)
    answer = api(athlete.user).patch(path_of(athlete, f"/{item.pk}"), {"grams": -0.5})
    assert (answer.status_code, stock_for_planning(athlete)) == (400, {rice.pk: 50})


def test_what_is_removed_is_gone(api, athlete, rice):
    item = add_to_pantry(athlete=athlete, food_id=rice.pk, grams=50, by=athlete.user)
    client = api(athlete.user)
    assert client.delete(path_of(athlete, f"/{item.pk}")).status_code == 204
    assert client.get(path_of(athlete)).json()["items"] == []


def test_a_stranger_finds_no_pantry(api, athlete, sam, rice):
    item = add_to_pantry(athlete=athlete, food_id=rice.pk, grams=50, by=athlete.user)
    stranger = api(sam)
    own_way = f"/v1/athletes/{sam.athlete.pk}/pantry/{item.pk}"
    statuses = [
        stranger.get(path_of(athlete)).status_code,
        stranger.patch(path_of(athlete, f"/{item.pk}"), {"grams": 1}).status_code,
        stranger.delete(own_way).status_code,
    ]
    assert (statuses, stock_for_planning(athlete)) == ([404] * 3, {rice.pk: 50})


# --- own measures ---


def measure_path(athlete, food):
    return f"/v1/athletes/{athlete.pk}/measures/{food.pk}"


@pytest.fixture
def egg(athlete):
    food = kit.make_food("egg", shop_unit="piece", piece_grams=50, piece_name="egg", state="raw", energy_kcal=143)
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("omelet", {food: 300}), 4)])
    return food


def put(client, path, body):
    return client.call("PUT", path, body)


def test_an_own_piece_weight_changes_what_is_bought_and_not_what_is_eaten(api, athlete, egg):
    shopping_list, client = kit.make_list(athlete), api(athlete.user)
    answer = put(client, measure_path(athlete, egg), {"piece_grams": 60})
    (row,) = client.get(kit.path_of(shopping_list)).json()["items"]
    egg.refresh_from_db()
    assert (answer.status_code, answer.json()["piece_grams"], answer.json()["sourced"]["piece_grams"]) == (200, 60, 50)
    assert (row["quantity"], row["grams"], row["basis"]["piece_source"]) == ("5 eggs", 300, "your own measure")
    assert (egg.energy_kcal, egg.shopping["piece_grams"]) == (143, 50)


def test_without_the_own_measure_the_sourced_one_is_back(api, athlete, egg):
    shopping_list, client = kit.make_list(athlete), api(athlete.user)
    put(client, measure_path(athlete, egg), {"piece_grams": 60})
    assert client.delete(measure_path(athlete, egg)).status_code == 204
    assert client.get(kit.path_of(shopping_list)).json()["items"][0]["quantity"] == "6 eggs"


@pytest.mark.parametrize(
    "body",
    [{"piece_grams": 500}, {"piece_grams": 5}, {"piece_grams": 0}, {"density_g_per_ml": 20}, {}, {"piece_grams": "60"}],
)
def test_an_absurd_measure_is_refused(api, athlete, egg, body):
    answer = put(api(athlete.user), measure_path(athlete, egg), body)
    assert answer.status_code == 400


def test_an_own_measure_is_nobody_elses(api, athlete, sam, egg):
    put(api(athlete.user), measure_path(athlete, egg), {"piece_grams": 60})
    theirs = api(sam).get(f"/v1/athletes/{sam.athlete.pk}/measures/{egg.pk}").json()
    assert (theirs["piece_grams"], theirs["own"]["piece_grams"]) == (50, None)


def test_two_athletes_have_two_pantries(athlete, rice):
    other = make_athlete("other@example.com")
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=50, by=athlete.user)
    assert stock_for_planning(other) == {}
