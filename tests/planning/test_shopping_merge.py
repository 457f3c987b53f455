"""A list that two phones changed without a connection: item by item, in any order, once, and nobody's edit is lost."""

from __future__ import annotations

import itertools
import json
import time
from datetime import timedelta

import pytest
from django.test import Client

from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import InvalidInput, NotFound
from nutrition_site.kernel.ids import new_id
from planning.models import ShoppingItem
from planning.services.list_changes import MAX_CHANGES, item_id_of, read_changes
from planning.services.pantry import stock_for_planning
from planning.services.sharing import create_share, share_path
from planning.services.shopping import add_own_item, delete_shopping_list, update_shopping_item
from planning.services.shopping_merge import merge_changes
from planning.services.shopping_own import MAX_OWN_ITEMS
from tests.corpora import for_every
from tests.planning import shopping_kit as kit
from tests.planning.pages import sign_in

pytestmark = [pytest.mark.core, pytest.mark.django_db]

NUMBERS = itertools.count(1)


@pytest.fixture
def foods():
    return [kit.make_food(name, pack_sizes=[500]) for name in ("barley", "oats", "rice")]


@pytest.fixture
def shopping_list(athlete, foods):
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("bowl", dict.fromkeys(foods, 200)), 4)])
    return kit.make_list(athlete)


@pytest.fixture
def candles(athlete, shopping_list):
    return add_own_item(shopping_list=shopping_list, name="Candles", quantity="2", category="Other", by=athlete.user)


def line(shopping_list, name):
    return shopping_list.items.get(name=name)


def change(do, *, minutes_ago=10, **fields):
    """A change as a device keeps it; each call is another change."""
    at = (now() - timedelta(minutes=minutes_ago)).isoformat()
    return {"id": f"change-{next(NUMBERS):08d}", "at": at, "do": do, **fields}


def send(shopping_list, *rows, by=None, only_ticks=False):
    """What becomes of changes that arrive together, as (outcome, message)."""
    changes, refused = read_changes({"changes": list(rows)}, list_id=shopping_list.pk)
    merged = merge_changes(shopping_list=shopping_list, changes=changes, only_ticks=only_ticks, by=by)
    return [(answer.outcome, answer.message) for answer in (*merged.answers, *refused)]


def outcomes(shopping_list, *rows, **kwargs):
    return [outcome for outcome, _ in send(shopping_list, *rows, **kwargs)]


def state(shopping_list):
    return sorted((item.name, item.checked, item.own_quantity) for item in shopping_list.items.all())


def test_two_phones_in_every_order_and_twice_end_at_the_same_list(athlete, shopping_list, candles):
    barley, oats, rice = (line(shopping_list, name) for name in ("barley", "oats", "rice"))
    one = [
        change("tick", item=barley.pk, to=True, minutes_ago=50),
        change("tick", item=oats.pk, to=True, minutes_ago=40),
        change("add", name="Matches", quantity="1 box", minutes_ago=35),
        change("tick", item=candles.pk, to=True, minutes_ago=20, name="Candles", quantity="2", category="Other"),
    ]
    two = [
        change("tick", item=oats.pk, to=False, minutes_ago=30),
        change("amount", item=rice.pk, to="two bags", seen_amount="", minutes_ago=25),
        change("remove", item=candles.pk, minutes_ago=15),
    ]
    ends = set()
    for batches in ([one, two], [two, one], [one, two, one, two], [two, one, two, one], [[row] for row in two + one]):
        shopping_list.items.filter(name="Matches").delete()
        shopping_list.items.filter(pk=candles.pk).delete()
        ShoppingItem.objects.create(
            pk=candles.pk, shopping_list=shopping_list, name="Candles", quantity="2", category="Other", own=True
        )
        shopping_list.items.update(checked=False, checked_at=None, own_quantity="")
        for batch in batches:
            send(shopping_list, *batch, by=athlete.user)
        ends.add(tuple(row for row in state(shopping_list) if row[0] != "Matches"))
    assert ends == {
        (("Candles", True, ""), ("barley", True, ""), ("oats", False, ""), ("rice", False, "two bags")),
    }


def test_a_line_that_was_added_arrives_once_even_after_it_was_taken_off_again(athlete, shopping_list):
    added = change("add", name="Matches", quantity="1 box", category="Other")
    send(shopping_list, added, added, by=athlete.user)
    send(shopping_list, added, by=athlete.user)
    once = shopping_list.items.filter(name="Matches").count()
    send(shopping_list, change("remove", item=f"new:{added['id']}", minutes_ago=0), by=athlete.user)
    again = outcomes(shopping_list, added, by=athlete.user)
    assert (once, again, shopping_list.items.filter(name="Matches").count()) == (1, ["done"], 0)


def test_a_line_is_added_amounted_and_ticked_before_the_server_knows_it(athlete, shopping_list):
    added = change("add", name="Matches", minutes_ago=9)
    place = f"new:{added['id']}"
    rows = [change("tick", item=place, to=True), change("amount", item=place, to="3", seen_amount=""), added]
    assert outcomes(shopping_list, *rows, by=athlete.user) == ["done"] * 3
    found = shopping_list.items.get(pk=item_id_of(shopping_list.pk, added["id"]))
    assert (found.name, found.checked, found.own_quantity, found.own) == ("Matches", True, "3", True)


def test_the_later_tick_holds_whenever_it_arrives(shopping_list):
    rice = line(shopping_list, "rice")
    later = change("tick", item=rice.pk, to=False, minutes_ago=5)
    earlier = change("tick", item=rice.pk, to=True, minutes_ago=6)
    send(shopping_list, later)
    send(shopping_list, earlier)
    assert line(shopping_list, "rice").checked is False


def test_a_tick_that_arrives_twice_fills_the_pantry_once(athlete, shopping_list, foods):
    tick = change("tick", item=line(shopping_list, "rice").pk, to=True)
    for _ in range(3):
        send(shopping_list, tick, tick)
    assert stock_for_planning(athlete) == {foods[2].pk: 500}


def test_a_repeated_batch_leaves_the_revision_alone(athlete, shopping_list):
    rows = [
        change("tick", item=line(shopping_list, "rice").pk, to=True),
        change("amount", item=line(shopping_list, "oats").pk, to="a sack", seen_amount=""),
        change("add", name="Matches"),
    ]
    seen = []
    for _ in range(3):
        send(shopping_list, *rows, by=athlete.user)
        shopping_list.refresh_from_db()
        seen.append(shopping_list.revision)
    assert len(set(seen)) == 1


def test_of_two_amounts_the_first_stays_and_the_second_is_told_both(shopping_list):
    rice = line(shopping_list, "rice")
    first = send(shopping_list, change("amount", item=rice.pk, to="two bags", seen_amount=""))
    second = send(shopping_list, change("amount", item=rice.pk, to="three boxes", seen_amount=""))
    assert first == [("done", "")]
    assert second == [("changed", "rice: somebody wrote “two bags”, you wrote “three boxes”.")]
    assert line(shopping_list, "rice").own_quantity == "two bags"


def test_an_amount_that_follows_from_what_stands_there_is_written(shopping_list):
    rice = line(shopping_list, "rice")
    rows = [
        change("amount", item=rice.pk, to="two bags", seen_amount="", minutes_ago=3),
        change("amount", item=rice.pk, to="", seen_amount="two bags", minutes_ago=2),
        change("amount", item=rice.pk, to="one bag", seen_amount="", minutes_ago=1),
    ]
    assert outcomes(shopping_list, *rows) == ["done"] * 3
    assert line(shopping_list, "rice").own_quantity == "one bag"


def test_a_tick_brings_back_what_somebody_took_off_without_seeing_it(athlete, shopping_list, candles):
    send(shopping_list, change("remove", item=candles.pk, minutes_ago=5), by=athlete.user)
    tick = change("tick", item=candles.pk, to=True, minutes_ago=8, name="Candles", quantity="2", category="Other")
    assert send(shopping_list, tick, by=athlete.user) == [
        ("restored", "Somebody took Candles off the list before you ticked it. It is back, in the basket.")
    ]
    back = line(shopping_list, "Candles")
    assert (back.pk, back.checked, back.quantity, back.category) == (candles.pk, True, "2", "Other")


def test_a_line_that_somebody_ticked_is_not_taken_off_by_who_did_not_see_it(athlete, shopping_list, candles):
    send(shopping_list, change("tick", item=candles.pk, to=True, minutes_ago=8), by=athlete.user)
    told = send(shopping_list, change("remove", item=candles.pk, minutes_ago=5), by=athlete.user)
    assert told == [("kept", "Candles stays on the list: somebody has put it in the basket.")]
    assert line(shopping_list, "Candles").checked is True


def test_an_old_tick_brings_nothing_back_that_was_taken_off_with_it(athlete, shopping_list, candles):
    tick = change("tick", item=candles.pk, to=True, minutes_ago=8, name="Candles")
    send(shopping_list, tick, by=athlete.user)
    removal = change("remove", item=candles.pk, seen_ticked=True, minutes_ago=5)
    assert outcomes(shopping_list, removal, by=athlete.user) == ["done"]
    assert outcomes(shopping_list, tick, by=athlete.user) == ["done"]
    assert not shopping_list.items.filter(pk=candles.pk).exists()


def test_a_line_with_a_new_amount_is_not_taken_off_by_who_did_not_see_it(athlete, shopping_list, candles):
    update_shopping_item(shopping_list=shopping_list, item_id=candles.pk, own_quantity="12", by=athlete.user)
    told = send(shopping_list, change("remove", item=candles.pk, minutes_ago=5), by=athlete.user)
    assert told == [("kept", "Candles stays on the list: somebody has changed its amount.")]


def test_a_line_of_the_plan_is_not_taken_off(shopping_list):
    told = send(shopping_list, change("remove", item=line(shopping_list, "rice").pk))
    assert told == [("refused", "rice: This line comes from your plan. Say that it is at home instead.")]


def test_a_tick_of_a_planned_line_that_went_away_says_so(athlete, shopping_list):
    rice = line(shopping_list, "rice")
    ShoppingItem.objects.filter(pk=rice.pk).delete()
    told = send(shopping_list, change("tick", item=rice.pk, to=True, name="rice"), by=athlete.user)
    assert told == [("gone", "rice is no longer on the list. You had ticked it.")]


def test_a_line_of_another_list_can_be_neither_ticked_nor_brought_over(athlete, sam, shopping_list):
    kit.make_plan(sam.athlete, [(0, "lunch", kit.make_dish("theirs", {kit.make_food("corn"): 1}), 4)])
    theirs = kit.make_list(sam.athlete)
    corn = line(theirs, "corn")
    soap = add_own_item(shopping_list=theirs, name="Soap", by=sam)
    send(theirs, change("remove", item=soap.pk), by=sam)
    rows = [
        change("tick", item=corn.pk, to=True, name="corn"),
        change("tick", item=soap.pk, to=True, name="Soap"),
        change("amount", item=corn.pk, to="9", seen_amount=""),
        change("remove", item=corn.pk),
    ]
    assert outcomes(shopping_list, *rows, by=athlete.user) == ["gone", "gone", "gone", "done"]
    assert state(theirs) == [("corn", False, "")]
    assert [name for name, *_ in state(shopping_list)] == ["barley", "oats", "rice"]


def test_a_tick_from_the_future_counts_as_one_of_now(shopping_list):
    rice = line(shopping_list, "rice")
    send(shopping_list, change("tick", item=rice.pk, to=True, minutes_ago=-900_000))
    update_shopping_item(shopping_list=shopping_list, item_id=rice.pk, checked=False, by=None)
    assert line(shopping_list, "rice").checked is False


def test_a_clock_that_is_a_day_slow_loses_no_tick(shopping_list):
    rice = line(shopping_list, "rice")
    send(shopping_list, change("tick", item=rice.pk, to=False, minutes_ago=60))
    slow = {"sent_at": (now() - timedelta(days=1)).isoformat()}
    late = change("tick", item=rice.pk, to=True, minutes_ago=24 * 60 + 5)
    changes, _ = read_changes({**slow, "changes": [late]}, list_id=shopping_list.pk)
    merge_changes(shopping_list=shopping_list, changes=changes, by=None)
    assert line(shopping_list, "rice").checked is True


def test_ten_thousand_changes_take_seconds_and_end_where_the_last_ones_say(athlete, shopping_list):
    rice, oats = line(shopping_list, "rice"), line(shopping_list, "oats")
    ShoppingItem.objects.bulk_create(
        ShoppingItem(shopping_list=shopping_list, name=f"Own {number}", category="Other", own=True)
        for number in range(MAX_OWN_ITEMS - 50)
    )
    rows = []
    for number in range(2000):
        ago = 3000 - number
        rows.append(change("tick", item=rice.pk, to=bool(number % 2), minutes_ago=ago))
        before = f"{number - 1} bags" if number else ""
        rows.append(change("amount", item=oats.pk, to=f"{number} bags", seen_amount=before, minutes_ago=ago))
        rows.append(change("tick", item=new_id("sli"), to=True, name="x", minutes_ago=ago))
        rows.append(change("remove", item=new_id("sli"), minutes_ago=ago))
        rows.append(change("add", name=f"Thing {number}", minutes_ago=ago))
    started = time.perf_counter()
    told = outcomes(shopping_list, *rows, by=athlete.user)
    assert time.perf_counter() - started < 20
    assert len(told) == MAX_CHANGES
    assert (line(shopping_list, "rice").checked, line(shopping_list, "oats").own_quantity) == (True, "1999 bags")
    assert shopping_list.items.filter(own=True).count() == MAX_OWN_ITEMS


def test_more_than_ten_thousand_changes_are_refused_whole(shopping_list):
    with pytest.raises(InvalidInput):
        read_changes({"changes": [{}] * (MAX_CHANGES + 1)}, list_id=shopping_list.pk)


@for_every(
    "fields",
    [
        {"do": "dance"}, {"do": None}, {"do": ["tick"]}, {"to": None}, {"to": 1}, {"to": "true"}, {"item": None},
        {"item": "rice"}, {"item": ["sli_x"]}, {"item": "sli_\x00"}, {"item": "new:"}, {"item": "new:<script>"},
        {"at": None}, {"at": 5}, {"at": "yesterday"}, {"at": "2026-05-04T10:00:00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:59-14:00"}, {"id": "x"}, {"id": None}, {"id": {}}, {"id": "é" * 20},
        {"name": 5}, {"name": "x" * 401}, {"seen_ticked": "no"}, {"do": "amount", "to": 5},
        {"do": "amount", "to": "y" * 81}, {"do": "amount", "to": "\x00"}, {"do": "amount", "to": "\ud800"},
        {"do": "add", "name": ""}, {"do": "add", "name": "\x07"}, {"do": "add", "name": "x" * 121},
        {"do": "add", "name": "Soap", "category": "Moon"}, {"do": "add", "name": "Soap", "quantity": "y" * 81},
    ],
)  # fmt: skip
def test_a_senseless_change_refuses_itself_and_nothing_else(athlete, shopping_list, fields):
    rice, barley = line(shopping_list, "rice"), line(shopping_list, "barley")
    senseless = {**change("tick", item=rice.pk, to=True), **fields}
    sound = change("tick", item=barley.pk, to=True, minutes_ago=0)
    assert sorted(outcomes(shopping_list, senseless, sound, by=athlete.user)) == ["done", "refused"]
    assert state(shopping_list) == [("barley", True, ""), ("oats", False, ""), ("rice", False, "")]


def test_a_row_that_is_no_object_is_refused(shopping_list):
    assert outcomes(shopping_list, 5, None, [], "tick") == ["refused"] * 4


def test_a_list_that_was_deleted_meanwhile_is_not_found(athlete, shopping_list):
    changes, _ = read_changes({"changes": [change("add", name="Soap")]}, list_id=shopping_list.pk)
    delete_shopping_list(shopping_list=type(shopping_list).objects.get(pk=shopping_list.pk), by=athlete.user)
    with pytest.raises(NotFound):
        merge_changes(shopping_list=shopping_list, changes=changes, by=athlete.user)


# --- over HTTP ---


def post(client, path, body, **headers):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(path, data, content_type="application/json", headers=headers)


def test_the_page_sends_changes_and_is_told_what_became_of_them(alice, shopping_list):
    rice = line(shopping_list, "rice")
    tick = change("tick", item=rice.pk, to=True)
    answer = post(sign_in(alice), f"/shopping/{shopping_list.pk}/changes", {"changes": [tick]})
    told = {"id": tick["id"], "outcome": "done", "message": "", "item": rice.pk, "quantity": None}
    assert (answer.status_code, answer.json()) == (200, {"changes": [told], "notices": []})


@for_every(
    "body",
    ["", "null", "[]", "5", "{", "[" * 20_000, '{"changes": null}', '{"changes": {}}', b"\xff\xfe", '{"changes": NaN}'],
)
def test_a_body_that_is_no_list_of_changes_is_400(alice, shopping_list, body):
    answer = post(sign_in(alice), f"/shopping/{shopping_list.pk}/changes", body)
    assert (answer.status_code, answer.json()) == (400, {"message": "Must be a list of changes."})


def test_changes_need_the_token_of_a_form(alice, shopping_list):
    client = sign_in(alice, enforce_csrf_checks=True)
    rows = {"changes": [change("tick", item=line(shopping_list, "rice").pk, to=True)]}
    refused = post(client, f"/shopping/{shopping_list.pk}/changes", rows)
    client.get(f"/shopping/{shopping_list.pk}")
    taken = post(
        client, f"/shopping/{shopping_list.pk}/changes", rows, **{"X-CSRFToken": client.cookies["csrftoken"].value}
    )
    assert (refused.status_code, taken.status_code) == (403, 200)


@pytest.fixture
def link(athlete, shopping_list):
    return lambda **fields: share_path(create_share(shopping_list=shopping_list, by=athlete.user, **fields))


def test_a_link_merges_ticks_and_nothing_else(link, shopping_list, candles):
    rice = line(shopping_list, "rice")
    rows = [
        change("tick", item=rice.pk, to=True),
        change("amount", item=rice.pk, to="9", seen_amount=""),
        change("add", name="Soap"),
        change("remove", item=candles.pk),
    ]
    answer = post(Client(enforce_csrf_checks=True), link(may_check=True), {"changes": rows}, Origin="null")
    told = [row["outcome"] for row in answer.json()["changes"]]
    assert told == ["done", "refused", "refused", "refused"]
    assert state(shopping_list) == [
        ("Candles", False, ""),
        ("barley", False, ""),
        ("oats", False, ""),
        ("rice", True, ""),
    ]


def test_a_link_brings_no_line_back(athlete, link, shopping_list, candles):
    send(shopping_list, change("remove", item=candles.pk, minutes_ago=5), by=athlete.user)
    rows = [change("tick", item=candles.pk, to=True, name="Candles")]
    answer = post(Client(), link(may_check=True), {"changes": rows})
    told = answer.json()["changes"][0]
    assert (told["outcome"], told["message"]) == ("gone", "Candles is no longer on the list. You had ticked it.")


def test_a_link_for_reading_merges_nothing(link, shopping_list):
    rows = [change("tick", item=line(shopping_list, "rice").pk, to=True)]
    answer = post(Client(), link(may_check=False), {"changes": rows})
    assert (answer.status_code, line(shopping_list, "rice").checked) == (403, False)
