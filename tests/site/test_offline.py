"""Installable, and readable without a connection: what a device may keep, of whom, and what it is told about it."""

from __future__ import annotations

import json
import re
import struct
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from nutrition_site.offline import ASSETS
from nutrition_site.pages import COPY_HEADER
from planning.services.sharing import create_share, share_path
from tests import factories
from tests.markup import Page, faults
from tests.planning import shopping_kit as kit
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopping_list(athlete):
    food = kit.make_food("rice", pack_sizes=[500])
    nutrients = dict.fromkeys(("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg"), 10.0)
    kit.make_plan(athlete, [(1, "lunch", kit.make_dish("bowl", {food: 200}, nutrients=nutrients), 6)])
    return kit.make_list(athlete)


def build_of(answer):
    return json.loads(re.search(r"const BUILD = (\{.*\});", answer.content.decode())[1])


def test_the_manifest_names_start_and_icons_that_exist():
    answer = Client().get("/manifest.webmanifest")
    body = answer.json()
    assert (answer.headers["Content-Type"], body["start_url"], body["display"]) == (
        "application/manifest+json",
        "/today",
        "standalone",
    )
    sizes = {}
    for icon in body["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with open(path, "rb") as file:
            head = file.read(24)
        if icon["type"] == "image/png":
            sizes[icon["sizes"], icon["purpose"]] = "x".join(map(str, struct.unpack(">II", head[16:24])))
    assert sizes == {
        ("192x192", "any"): "192x192",
        ("512x512", "any"): "512x512",
        ("512x512", "maskable"): "512x512",
    }


def test_the_worker_may_serve_every_page_and_is_asked_for_anew():
    answer = Client().get("/service-worker.js")
    wanted = {
        "Content-Type": "text/javascript; charset=utf-8",
        "Service-Worker-Allowed": "/",
        "Cache-Control": "no-cache",
    }
    assert {name: answer.headers[name] for name in wanted} == wanted


def test_the_worker_has_another_version_when_a_file_changes(monkeypatch):
    from nutrition_site import offline

    before = build_of(Client().get("/service-worker.js"))["version"]
    again = build_of(Client().get("/service-worker.js"))["version"]
    read = offline._file
    monkeypatch.setattr(offline, "_file", lambda name: read(name) + (b" " if name == "css/athleat.css" else b""))
    after = build_of(Client().get("/service-worker.js"))["version"]
    assert (before == again, before == after) == (True, False)


def test_everything_that_a_page_of_the_frame_loads_is_kept(alice):
    page = Page(sign_in(alice).get("/me").content.decode())
    loaded = {str(row["src"]) for row in page.all("script")}
    loaded |= {str(row["href"]) for row in page.all("link") if row.get("rel") == "stylesheet"}
    assert loaded <= set(build_of(Client().get("/service-worker.js"))["assets"])
    assert all(finders.find(name) for name in ASSETS)


def test_the_policy_of_content_lets_the_worker_and_the_manifest_in(alice):
    policy = sign_in(alice).get("/me")["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert (directives["worker-src"], directives["manifest-src"]) == ("'self'", "'self'")


def test_the_offline_page_is_sound_and_the_same_for_everybody(alice):
    answer = Client().get("/offline")
    own = sign_in(alice).get("/offline").content.decode()
    assert (answer.status_code, faults(answer.content.decode())) == (200, {})
    assert (alice.athlete.name in own, alice.pk in own) == (False, False)


def test_only_today_recipes_and_lists_may_be_kept_and_for_their_account(alice, shopping_list):
    client = sign_in(alice)
    own = f"/shopping/{shopping_list.pk}"
    dish = client.get("/offline/pages").json()["pages"][2]["url"]
    kept = {path: client.get(path).headers.get(COPY_HEADER) for path in ("/today", own, dish)}
    others = ["/me", "/week", "/shopping", "/more", "/settings/profile", "/recipes", "/no-such-page", "/offline"]
    others += [f"{own}/share", f"{own}/print", "/account/logout/", "/admin/", "/v1/accounts/me"]
    assert set(kept.values()) == {alice.pk}
    assert {path: client.get(path).headers.get(COPY_HEADER) for path in others} == dict.fromkeys(others)
    assert client.post(f"{own}/add", {"name": ""}).headers.get(COPY_HEADER) is None


def test_a_link_may_be_kept_only_where_it_lets_tick(athlete, shopping_list):
    paths = [
        share_path(create_share(shopping_list=shopping_list, may_check=may, by=athlete.user)) for may in (True, False)
    ]
    assert [Client().get(path).headers.get(COPY_HEADER) for path in paths] == ["link", None]


def test_a_page_behind_a_link_says_no_account_even_to_its_owner(alice, athlete, shopping_list):
    path = share_path(create_share(shopping_list=shopping_list, may_check=True, by=alice))
    assert alice.pk not in sign_in(alice).get(path).content.decode()


def test_the_pages_to_keep_are_today_open_lists_and_the_dishes_of_the_week(alice, athlete, shopping_list):
    day = kit.first_day(athlete)
    old = type(shopping_list).objects.create(
        athlete=athlete, first_day=day - timedelta(days=9), last_day=day - timedelta(days=1),
        generated_at=shopping_list.generated_at,
    )  # fmt: skip
    body = sign_in(alice).get("/offline/pages").json()
    urls = [row["url"] for row in body["pages"]]
    assert (body["account"], urls[:2], len(urls)) == (alice.pk, ["/today", f"/shopping/{shopping_list.pk}"], 3)
    assert re.fullmatch(r"/recipes/rcp_\w+\?servings=1\.5", urls[2])
    assert f"/shopping/{old.pk}" not in urls


def test_the_mark_of_a_list_changes_with_the_list(alice, shopping_list):
    client = sign_in(alice)
    before = client.get("/offline/pages").json()["pages"][1]["mark"]
    client.post(f"/shopping/{shopping_list.pk}/add", {"name": "Candles"})
    assert client.get("/offline/pages").json()["pages"][1]["mark"] != before


def test_somebody_elses_lists_are_not_among_the_pages(sam, shopping_list):
    urls = [row["url"] for row in sign_in(sam).get("/offline/pages").json()["pages"]]
    assert urls == ["/today"]


def test_a_page_says_when_it_was_made_in_the_athletes_zone(monkeypatch, db):
    from datetime import UTC, datetime

    from nutrition_site.templatetags import athleat

    monkeypatch.setattr(athleat, "now", lambda: datetime(2026, 3, 3, 23, 20, tzinfo=UTC))
    assert athleat.made_at("Europe/Belgrade") == "4 March 00:20"


def test_the_list_works_without_script(alice, shopping_list):
    page = Page(sign_in(alice).get(f"/shopping/{shopping_list.pk}").content.decode())
    form = next(row for row in page.all("form") if row.get("id") == "ticks")
    hidden = [row for row in page.all("div") if "data-waiting" in row or "data-told" in row or "data-copy-note" in row]
    assert (form["method"], form["action"]) == ("post", f"/shopping/{shopping_list.pk}/ticks")
    assert [("hidden" in row) for row in hidden] == [True, True, True]


def test_an_account_without_a_profile_keeps_nothing(db):
    answer = sign_in(factories.make_user("new@example.com")).get("/offline/pages")
    assert (answer.status_code, answer.headers.get(COPY_HEADER)) == (302, None)
