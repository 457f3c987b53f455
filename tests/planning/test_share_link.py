"""Lists outside the product: paper, files, and links that need no account."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from planning.models import ShoppingItem, ShoppingShare
from planning.services.sharing import create_share, hash_token, share_path
from planning.services.shopping import add_own_item, delete_shopping_list
from planning.services.shopping_export import file_name
from planning.views.shared_lists import REQUESTS_PER_MINUTE
from tests.markup import faults
from tests.planning import shopping_kit as kit
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopping_list(athlete):
    foods = {
        kit.make_food("rice", price_minor_per_kg=200): 200,
        kit.make_food("egg", shop_unit="piece", piece_grams=50, piece_name="egg", aisle="Eggs"): 100,
    }
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("Secret risotto", foods), 4)])
    return kit.make_list(athlete)


@pytest.fixture
def link(athlete, shopping_list):
    """Makes a link; returns its path."""

    def make(**fields):
        share = create_share(shopping_list=shopping_list, by=athlete.user, **{"may_check": False, **fields})
        return share_path(share)

    return make


def test_a_link_shows_the_list_to_somebody_without_an_account(link):
    answer = Client().get(link())
    page = answer.content.decode()
    assert (answer.status_code, "rice" in page, "2 eggs" in page) == (200, True, True)


def test_a_link_is_not_indexed_not_kept_and_not_passed_on(link):
    headers = Client().get(link()).headers
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "private, no-store"


def test_a_link_tells_nothing_but_what_is_to_be_bought(alice, link):
    page = Client().get(link()).content.decode()
    kept_back = ["Marić", "Secret risotto", "lunch", "EUR", "kcal", alice.email, alice.athlete.pk]
    assert [word for word in kept_back if word in page] == []


def test_the_shared_page_is_sound(link):
    assert [faults(Client().get(link(may_check=flag)).content.decode()) for flag in (False, True)] == [{}, {}]


@pytest.mark.parametrize("may_check", [True, False])
def test_ticking_needs_a_link_that_allows_it(link, shopping_list, may_check):
    item = shopping_list.items.first()
    answer = Client(enforce_csrf_checks=True).post(
        link(may_check=may_check), {"ticked": item.pk, "open": item.pk}, headers={"Origin": "null"}
    )
    item.refresh_from_db()
    assert (answer.status_code, item.checked) == (303, may_check)


def test_a_link_ticks_only_its_own_list(link, athlete, shopping_list):
    other = kit.make_list(athlete)
    foreign = other.items.first()
    Client().post(link(may_check=True), {"ticked": [foreign.pk, "\x00"], "open": [foreign.pk, "\x00"]})
    assert ShoppingItem.objects.filter(checked=True).count() == 0


def test_a_revoked_link_is_404_at_once(api, athlete, shopping_list):
    client, base = api(athlete.user), kit.path_of(shopping_list, "/shares")
    made = client.post(base, {"may_check": True})
    path = "/" + made.json()["url"].split("/", 3)[3]
    before = Client().get(path).status_code
    gone = client.delete(made.headers["Location"]).status_code
    assert (made.status_code, before, gone, Client().get(path).status_code) == (201, 200, 204, 404)
    assert client.get(base).json()["items"] == []


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 500, "%00", "..%2f", "\u202e", "shs_1"])
def test_an_unknown_token_is_404(db, token):
    assert Client().get(f"/shared/lists/{token}").status_code == 404


def test_links_end_with_their_list(link, alice, shopping_list):
    path = link()
    delete_shopping_list(shopping_list=shopping_list, by=alice)
    assert (Client().get(path).status_code, ShoppingShare.objects.count()) == (404, 0)


def test_the_token_is_long_and_stored_only_sealed_and_hashed(link):
    from django.db import connection

    token = link().rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT token, token_hash FROM planning_shoppingshare")
        sealed, hashed = cursor.fetchone()
    assert (len(token), token in sealed, hashed) == (43, False, hash_token(token))


def test_whoever_tries_many_tokens_is_slowed_down(db):
    client = Client(raise_request_exception=False)
    statuses = [client.get(f"/shared/lists/{'a' * 43}").status_code for _ in range(REQUESTS_PER_MINUTE + 1)]
    assert (statuses[-2], statuses[-1]) == (404, 429)


def test_a_coach_sees_that_there_is_a_link_but_not_its_address(api, carol, link, shopping_list):
    link()
    (row,) = api(carol).get(kit.path_of(shopping_list, "/shares")).json()["items"]
    assert (row["url"], row["may_check"]) == (None, False)


def test_links_are_made_and_ended_on_the_page(alice, shopping_list):
    client = sign_in(alice)
    client.post(f"/shopping/{shopping_list.pk}/share", {"may_check": "on"})
    share = ShoppingShare.objects.get()
    assert share_path(share) in client.get(f"/shopping/{shopping_list.pk}/share").content.decode()
    client.post(f"/shopping/{shopping_list.pk}/share/{share.pk}/revoke")
    assert Client().get(share_path(share)).status_code == 404


# --- files ---


def test_the_text_file_names_aisles_items_and_amounts(api, athlete, shopping_list):
    answer = api(athlete.user).get(kit.path_of(shopping_list), Accept="text/plain")
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[2:7] == ["GRAINS", "[ ] rice: 200g", "", "EGGS", "[ ] egg: 2 eggs"]
    assert lines[8] == "About €0.40, an estimate from 1 of 2 lines."


def test_the_csv_file_has_a_row_an_item(api, athlete, shopping_list):
    answer = api(athlete.user).get(kit.path_of(shopping_list) + "?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["item"], row["to_buy"], row["grams_to_buy"], row["price_minor"]) for row in rows] == [
        ("rice", "200g", "200.0", "40"),
        ("egg", "2 eggs", "100.0", ""),
    ]


def test_the_csv_file_opens_as_utf_8_in_excel(api, athlete, shopping_list):
    answer = api(athlete.user).get(kit.path_of(shopping_list) + "?format=csv")
    assert answer.content[:3] == b"\xef\xbb\xbf"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1"])
def test_no_cell_of_the_csv_file_is_a_formula(api, athlete, shopping_list, name):
    add_own_item(shopping_list=shopping_list, name=name, quantity=name, by=athlete.user)
    answer = api(athlete.user).get(kit.path_of(shopping_list) + "?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["item"], row["to_buy"]) for row in rows if row["item"].endswith(name)] == [(f"'{name}", f"'{name}")]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2026-10-05", "2026-10-11", "shopping-2026-W41.csv"),
        ("2026-12-28", "2027-01-03", "shopping-2026-W53.csv"),
        ("2026-10-06", "2026-10-12", "shopping-2026-10-06-to-2026-10-12.csv"),
    ],
)
def test_files_are_named_by_their_week(first, last, name):
    assert file_name({"from": first, "to": last}, "csv") == name


def test_a_refusal_is_told_in_json_whatever_was_asked_for(api, athlete, shopping_list):
    client = api(athlete.user)
    wrong = client.get(kit.path_of(shopping_list) + "?format=pdf")
    missing = client.get(kit.path_of(shopping_list)[:-3] + "zzz", Accept="text/csv")
    assert [(a.status_code, a.headers["Content-Type"], "error" in a.json()) for a in (wrong, missing)] == [
        (400, "application/json", True),
        (404, "application/json", True),
    ]


def test_the_pages_around_a_list_are_sound(alice, shopping_list):
    client, base = sign_in(alice), f"/shopping/{shopping_list.pk}"
    item = shopping_list.items.first()
    paths = [base, f"{base}/{item.pk}", f"{base}/share", f"{base}/print", "/shopping/aisles", "/pantry", "/pantry?q=x"]
    answers = [client.get(path) for path in paths]
    assert [(answer.status_code, faults(answer.content.decode())) for answer in answers] == [(200, {})] * len(paths)


def test_files_come_from_the_page_too(alice, shopping_list):
    client, base = sign_in(alice), f"/shopping/{shopping_list.pk}"
    statuses = [client.get(f"{base}/file.{kind}").status_code for kind in ("txt", "csv", "pdf")]
    assert statuses == [200, 200, 404]


def test_a_food_is_found_added_and_corrected_on_the_page(alice, athlete, catalogue):
    client = sign_in(alice)
    food_id = client.get("/pantry", {"q": "rolled oats"}).context["foods"][0][0]
    client.post("/pantry", {"food_id": food_id, "quantity": "500 g"})
    item = athlete.pantry_items.get()
    refused = client.post(f"/pantry/{item.pk}", {"quantity": "-5 g"}).status_code
    client.post(f"/pantry/{item.pk}", {"quantity": "0 g"})
    item.refresh_from_db()
    assert (refused, item.grams) == (422, 0)
    client.post(f"/pantry/{item.pk}/remove")
    assert athlete.pantry_items.count() == 0


@pytest.mark.parametrize("words", ["\x00", "‮", "🍌🍌", "x" * 400, "%", "' or 1=1 --"])
def test_odd_words_find_no_food_and_break_nothing(alice, athlete, words):
    assert sign_in(alice).get("/pantry", {"q": words}).status_code == 200


def test_a_food_of_nobody_is_refused_beside_the_question(alice, athlete):
    answer = sign_in(alice).post("/pantry", {"food_id": "fod_x", "quantity": "1 g"})
    assert (answer.status_code, "food_id" in answer.context["form"].errors) == (422, True)


def faces(alice, shopping_list, link):
    """The list as its link, its paper and its files show it."""
    here = f"/shopping/{shopping_list.pk}"
    client = sign_in(alice)
    answers = [Client().get(link()), *(client.get(f"{here}/{rest}") for rest in ("print", "file.txt", "file.csv"))]
    return [answer.content.decode() for answer in answers]


def test_a_list_that_became_unsafe_says_so_wherever_it_is_read(alice, athlete, shopping_list, link):
    """Nobody with a link, a sheet or a file in hand buys what the athlete may no longer eat without being told."""
    said = ["not wanted any more", "no longer eat", "no longer eat", "no longer eat"]
    before = [words in face for words, face in zip(said, faces(alice, shopping_list, link), strict=True)]
    athlete.allergies = ["milk"]
    athlete.save()
    after = [words in face for words, face in zip(said, faces(alice, shopping_list, link), strict=True)]
    assert (before, after) == ([False] * 4, [True] * 4)


def test_a_link_does_not_tell_why_a_list_became_unsafe(athlete, link):
    athlete.allergies = ["milk"]
    athlete.save()
    page = Client().get(link()).content.decode()
    assert [word for word in ("milk", "Secret risotto", "no longer eat") if word in page] == []
