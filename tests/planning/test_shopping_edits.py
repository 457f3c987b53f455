"""A list in several hands: ticks merge, amounts do not overwrite each other, own items and renewals lose nothing."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutrition_site.kernel.clock import now
from planning.models import ShoppingItem, ShoppingList
from planning.services.pantry import add_to_pantry, stock_for_planning
from planning.services.shopping import (
    add_own_item,
    check_items,
    delete_shopping_list,
    list_document,
    remove_own_item,
    renew_shopping_list,
    update_shopping_item,
)
from planning.services.shopping_documents import item_document
from planning.services.shopping_own import MAX_OWN_ITEMS
from tests.planning import shopping_kit as kit
from tests.planning.pages import sign_in

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def foods():
    return [kit.make_food(name, pack_sizes=[500]) for name in ("barley", "oats", "rice")]


@pytest.fixture
def planned(athlete, foods):
    return kit.make_plan(athlete, [(0, "lunch", kit.make_dish("bowl", dict.fromkeys(foods, 200)), 4)])


@pytest.fixture
def shopping_list(athlete, planned):
    return kit.make_list(athlete)


def lines(shopping_list):
    return {item.name: item for item in shopping_list.items.all()}


def state(shopping_list):
    """What people said about a list, without versions and moments."""
    return sorted((item.name, item.checked, item.own_quantity, item.own) for item in shopping_list.items.all())


def test_offline_merge_no_loss(api, athlete, shopping_list):
    """Two devices, an hour without signal, sent in every order: each tick, amount and own item arrives, once."""
    client, moment = api(athlete.user), now()
    barley, oats, rice = (lines(shopping_list)[name] for name in ("barley", "oats", "rice"))
    stamps = [(moment - timedelta(minutes=minute)).isoformat() for minute in (50, 40, 30, 20)]

    def patch(item, body):
        return lambda: client.patch(kit.path_of(shopping_list, f"/items/{item.pk}"), body)

    def add(name, key):
        return lambda: client.post(kit.path_of(shopping_list, "/items"), {"name": name}, **{"Idempotency-Key": key})

    sent = [
        patch(barley, {"checked": True, "checked_at": stamps[0]}),
        patch(oats, {"checked": True, "checked_at": stamps[1]}),
        patch(oats, {"checked": False, "checked_at": stamps[2]}),
        patch(rice, {"quantity": "two bags", "version": rice.version}),
        add("Candles", "phone-1"),
    ]
    ends = set()
    for order in itertools.islice(itertools.permutations(range(len(sent))), 0, None, 17):
        ShoppingItem.objects.filter(shopping_list=shopping_list, own=False).update(
            checked=False, checked_at=None, own_quantity="", version=1
        )
        for number in (*order, *order):
            assert sent[number]().status_code in (200, 201)
        ends.add(tuple(state(shopping_list)))
    assert ends == {
        (
            ("Candles", False, "", True),
            ("barley", True, "", False),
            ("oats", False, "", False),
            ("rice", False, "two bags", False),
        )
    }


def test_a_tick_from_the_future_counts_as_one_of_now(athlete, shopping_list):
    rice = lines(shopping_list)["rice"]
    ahead = now() + timedelta(days=900)
    update_shopping_item(shopping_list=shopping_list, item_id=rice.pk, checked=True, checked_at=ahead, by=None)
    change = update_shopping_item(shopping_list=shopping_list, item_id=rice.pk, checked=False, by=None)
    assert change.item.checked is False


def test_an_amount_written_from_an_older_line_is_refused_with_the_present_one(api, athlete, shopping_list):
    client, rice = api(athlete.user), lines(shopping_list)["rice"]
    place = kit.path_of(shopping_list, f"/items/{rice.pk}")
    first = client.patch(place, {"quantity": "two bags", "version": 1})
    second = client.patch(place, {"quantity": "three boxes", "version": 1})
    error = second.json()["error"]
    assert (first.status_code, second.status_code, error["code"]) == (200, 409, "item_changed")
    assert (error["item"]["quantity"], error["item"]["version"]) == ("two bags", 2)
    assert lines(shopping_list)["rice"].own_quantity == "two bags"


def test_a_tick_is_never_refused_for_an_old_version(api, athlete, shopping_list):
    client, rice = api(athlete.user), lines(shopping_list)["rice"]
    place = kit.path_of(shopping_list, f"/items/{rice.pk}")
    client.patch(place, {"quantity": "two bags"})
    assert client.patch(place, {"checked": True, "version": 1}).status_code == 200


def test_a_repeated_change_leaves_the_revision_alone(api, athlete, shopping_list):
    client, rice = api(athlete.user), lines(shopping_list)["rice"]
    place = kit.path_of(shopping_list, f"/items/{rice.pk}")
    versions = [client.patch(place, {"checked": True}).json()["version"] for _ in range(3)]
    shopping_list.refresh_from_db()
    assert (versions, shopping_list.revision) == ([2, 2, 2], 2)


def test_the_page_keeps_both_texts_when_two_people_wrote_an_amount(alice, shopping_list):
    rice = lines(shopping_list)["rice"]
    update_shopping_item(shopping_list=shopping_list, item_id=rice.pk, own_quantity="two bags", by=alice)
    answer = sign_in(alice).post(
        f"/shopping/{shopping_list.pk}/{rice.pk}", {"own_quantity": "three boxes", "version": 1}
    )
    page = answer.content.decode()
    assert (answer.status_code, "two bags" in page, "three boxes" in page) == (422, True, True)


# --- own items ---


@pytest.mark.parametrize("name", ["Coffee", "🥕 x 3", "חלב", "ا" * 120, "=1+1", "<script>alert(1)</script>"])
def test_own_items_are_kept_as_they_were_written(api, athlete, shopping_list, name):
    answer = api(athlete.user).post(kit.path_of(shopping_list, "/items"), {"name": name, "quantity": "2 ½"})
    read = api(athlete.user).get(kit.path_of(shopping_list)).json()["items"]
    assert (answer.status_code, [row["quantity"] for row in read if row["name"] == name]) == (201, ["2 ½"])


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": "  "}, {"name": "x" * 121}, {"name": "a\u0000"}, {"name": "\u0007"},
             {"name": 5}, {"name": "x", "quantity": "y" * 81}, {"name": "x", "category": "Moon"},
             {"name": "x", "food_id": "fod_x"}, {"name": "x", "checked": True}]
)  # fmt: skip
def test_an_own_item_that_cannot_be_is_400(api, athlete, shopping_list, body):
    answer = api(athlete.user).post(kit.path_of(shopping_list, "/items"), body)
    assert (answer.status_code, shopping_list.items.filter(own=True).count()) == (400, 0)


def test_no_more_than_five_hundred_own_items_fit(api, athlete, shopping_list):
    ShoppingItem.objects.bulk_create(
        ShoppingItem(shopping_list=shopping_list, name=f"Thing {number}", category="Other", own=True)
        for number in range(MAX_OWN_ITEMS)
    )
    answer = api(athlete.user).post(kit.path_of(shopping_list, "/items"), {"name": "One more"})
    assert (answer.status_code, shopping_list.items.filter(own=True).count()) == (400, 500)


def test_an_own_item_with_a_food_fills_the_pantry_when_it_is_bought(athlete, shopping_list, foods):
    item = add_own_item(shopping_list=shopping_list, food_id=foods[0].pk, quantity="2 kg", by=athlete.user)
    update_shopping_item(shopping_list=shopping_list, item_id=item.pk, checked=True, by=athlete.user)
    assert (item.name, stock_for_planning(athlete)) == ("barley", {foods[0].pk: 2000})


def test_an_own_item_is_removed_and_a_planned_one_is_not(api, athlete, shopping_list):
    client = api(athlete.user)
    mine = client.post(kit.path_of(shopping_list, "/items"), {"name": "Candles"}).headers["Location"]
    planned = kit.path_of(shopping_list, f"/items/{lines(shopping_list)['rice'].pk}")
    assert (client.delete(mine).status_code, client.delete(planned).status_code) == (204, 409)
    assert [item.name for item in shopping_list.items.order_by("name")] == ["barley", "oats", "rice"]


def test_own_items_of_another_list_cannot_be_reached(api, athlete, sam, shopping_list):
    mine = add_own_item(shopping_list=shopping_list, name="Candles", by=athlete.user)
    kit.make_plan(sam.athlete, [(0, "lunch", kit.make_dish("theirs", {kit.make_food("corn"): 1}), 4)])
    theirs = kit.make_list(sam.athlete)
    answer = api(sam).delete(kit.path_of(theirs, f"/items/{mine.pk}"))
    assert (answer.status_code, ShoppingItem.objects.filter(pk=mine.pk).exists()) == (404, True)


# --- renewing ---


def test_renewing_keeps_ticks_own_items_and_own_amounts_and_tells_the_difference(
    api, athlete, foods, planned, shopping_list
):
    barley, oats, rice = foods
    found = lines(shopping_list)
    update_shopping_item(shopping_list=shopping_list, item_id=found["barley"].pk, checked=True, by=athlete.user)
    update_shopping_item(shopping_list=shopping_list, item_id=found["oats"].pk, own_quantity="a sack", by=athlete.user)
    add_own_item(shopping_list=shopping_list, name="Candles", by=athlete.user)
    peas = kit.make_food("peas")
    kit.revise(planned, [(0, "lunch", kit.make_dish("other", {barley: 300, oats: 100, peas: 80}), 4)])
    client = api(athlete.user)
    assert client.get(kit.path_of(shopping_list)).json()["out_of_date"] is True
    body = client.post(kit.path_of(shopping_list, "/renew")).json()
    assert state(shopping_list) == [
        ("Candles", False, "", True),
        ("barley", True, "", False),
        ("oats", False, "a sack", False),
        ("peas", False, "", False),
    ]
    assert {(row["food"], row["before_grams"], row["after_grams"]) for row in body["delta"]} == {
        ("barley", 200, 300),
        ("oats", 200, 100),
        ("peas", 0, 80),
        ("rice", 200, 0),
    }
    assert (body["out_of_date"], body["id"]) == (False, shopping_list.pk)


def test_a_ticked_line_that_needs_more_asks_for_the_rest_only(athlete, foods, planned, shopping_list):
    rice = foods[2]
    item = lines(shopping_list)["rice"]
    update_shopping_item(shopping_list=shopping_list, item_id=item.pk, checked=True, by=athlete.user)
    kit.revise(planned, [(0, "lunch", kit.make_dish("much", {rice: 900}), 4)])
    renew_shopping_list(shopping_list=shopping_list, by=athlete.user)
    row = item_document(lines(shopping_list)["rice"])
    assert (row["checked"], row["needed_grams"], row["pantry_grams"], row["grams"]) == (False, 900, 500, 400)
    update_shopping_item(shopping_list=shopping_list, item_id=item.pk, checked=True, by=athlete.user)
    assert stock_for_planning(athlete) == {rice.pk: 1000}


def test_what_is_ticked_is_not_counted_as_stock_for_its_own_line(athlete, foods, shopping_list):
    item = lines(shopping_list)["rice"]
    update_shopping_item(shopping_list=shopping_list, item_id=item.pk, checked=True, by=athlete.user)
    assert renew_shopping_list(shopping_list=shopping_list, by=athlete.user) == []
    row = item_document(lines(shopping_list)["rice"])
    assert (row["checked"], row["pantry_grams"], row["grams"], row["quantity"]) == (True, 0, 200, "500g")


def test_renewing_counts_what_came_home_meanwhile(athlete, foods, shopping_list):
    add_to_pantry(athlete=athlete, food_id=foods[2].pk, grams=150, by=athlete.user)
    renew_shopping_list(shopping_list=shopping_list, by=athlete.user)
    row = item_document(lines(shopping_list)["rice"])
    assert (row["pantry_grams"], row["grams"]) == (150, 50)


# --- aisles, cache, queries ---


def test_aisles_follow_the_order_of_the_athletes_store(api, athlete):
    milk, corn = kit.make_food("milk", aisle="Dairy"), kit.make_food("corn", aisle="Vegetables")
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("two", {milk: 1, corn: 1}), 4)])
    shopping_list, client = kit.make_list(athlete), api(athlete.user)
    before = [row["category"] for row in client.get(kit.path_of(shopping_list)).json()["items"]]
    answer = client.patch(f"/v1/athletes/{athlete.pk}/kitchen", {"aisle_order": ["Dairy"]})
    after = [row["category"] for row in client.get(kit.path_of(shopping_list)).json()["items"]]
    assert (before, after) == (["Vegetables", "Dairy"], ["Dairy", "Vegetables"])
    assert answer.json()["aisle_order"][:2] == ["Dairy", "Vegetables"]


@pytest.mark.parametrize("order", [["Moon"], ["Dairy", "Dairy"], "Dairy", [1]])
def test_an_order_that_cannot_be_is_400(api, athlete, order):
    assert api(athlete.user).patch(f"/v1/athletes/{athlete.pk}/kitchen", {"aisle_order": order}).status_code == 400


def test_buttons_move_an_aisle_without_script(alice, athlete):
    client = sign_in(alice)
    client.post("/shopping/aisles", {"aisle": "Fruit", "step": "-1"})
    client.post("/shopping/aisles", {"aisle": "Fruit", "step": "-1"})
    order = client.get("/shopping/aisles").context["order"]
    assert order[:3] == ["Fruit", "Vegetables", "Bread"]


@pytest.mark.parametrize("fields", [{}, {"aisle": "Moon", "step": "1"}, {"aisle": "Fruit", "step": "9"}])
def test_a_move_that_cannot_be_is_refused_on_the_page(alice, athlete, fields):
    assert sign_in(alice).post("/shopping/aisles", fields).status_code == 422


def test_a_cached_list_is_told_anew_as_soon_as_its_plan_changes(athlete, foods, planned, shopping_list):
    before = list_document(shopping_list)
    kit.revise(planned, [(0, "lunch", kit.make_dish("other", {foods[0]: 1}), 4)])
    after = list_document(shopping_list)
    assert (before["out_of_date"], after["out_of_date"]) == (False, True)


def test_a_list_of_somebody_with_allergies_takes_few_queries(athlete, shopping_list, django_assert_max_num_queries):
    athlete.allergies, athlete.dietary_preferences = ["milk"], ["vegan"]
    athlete.save()
    cache.clear()
    found = type(shopping_list).objects.select_related("athlete__kitchen").get(pk=shopping_list.pk)
    with django_assert_max_num_queries(2):
        list_document(found)
    with django_assert_max_num_queries(1):
        list_document(found)


def test_dishes_that_became_excluded_are_named_from_cache_and_database_alike(athlete, shopping_list):
    seen = []
    for allergies in ([], ["milk"], ["milk"], []):
        athlete.allergies = allergies
        athlete.save()
        found = type(shopping_list).objects.select_related("athlete__kitchen").get(pk=shopping_list.pk)
        seen.append(list_document(found)["excluded_dishes"])
    assert seen == [[], ["bowl"], ["bowl"], []]


def test_the_api_reads_a_cached_list_in_five_queries(api, athlete, shopping_list, django_assert_max_num_queries):
    athlete.allergies = ["milk"]
    athlete.save()
    client = api(athlete.user)
    with django_assert_max_num_queries(6):
        client.get(kit.path_of(shopping_list))
    with django_assert_max_num_queries(5):
        client.get(kit.path_of(shopping_list))


def tables_locked(sql):
    return [row["sql"].split('FROM "')[1].split('"')[0] for row in sql if "FOR UPDATE" in row["sql"]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database")
@pytest.mark.parametrize("work", ["check", "check_several", "amount", "renew", "remove", "delete"])
def test_every_change_of_a_list_locks_the_kitchen_first(athlete, shopping_list, work):
    """Of two changes that lock in different orders PostgreSQL would end one."""
    item, by = lines(shopping_list)["oats"], athlete.user
    own = add_own_item(shopping_list=shopping_list, name="Soap", by=by)
    changes = {
        "check": lambda: update_shopping_item(shopping_list=shopping_list, item_id=item.pk, checked=True, by=by),
        "check_several": lambda: check_items(shopping_list=shopping_list, wishes={item.pk: True}, by=by),
        "amount": lambda: update_shopping_item(
            shopping_list=shopping_list, item_id=item.pk, own_quantity="1 kg", by=by
        ),
        "renew": lambda: renew_shopping_list(shopping_list=shopping_list, by=by),
        "remove": lambda: remove_own_item(shopping_list=shopping_list, item_id=own.pk, by=by),
        "delete": lambda: delete_shopping_list(shopping_list=shopping_list, by=by),
    }
    with CaptureQueriesContext(connection) as queries:
        changes[work]()
    assert tables_locked(queries)[0] == "planning_kitchen"


def test_renewing_a_list_that_was_deleted_meanwhile_finds_nothing(api, athlete, shopping_list, monkeypatch):
    def deleted_by_another(*, shopping_list, by):
        ShoppingList.objects.filter(pk=shopping_list.pk).delete()
        return []

    monkeypatch.setattr("planning.api.shopping.shopping.renew_shopping_list", deleted_by_another)
    assert api(athlete.user).post(kit.path_of(shopping_list, "/renew")).status_code == 404
