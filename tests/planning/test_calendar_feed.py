"""Meals and fueling in the athlete's own calendar: a private iCalendar feed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client

from athletes.calendars.ical_reader import read_events
from athletes.models import CompletedSession
from athletes.services.events import create_event
from athletes.services.profile import add_journey
from planning.models import FeedEntry, OutgoingFeed, PlanItem
from planning.services import feed_content
from planning.services.feeds import feed_path, open_feed, revoke_feed
from planning.services.plans import create_meal_plan, set_item_status, unsafe_items
from planning.services.resolving import resolve_meal_plan
from planning.services.shopping import create_shopping_list
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db

FIRST = date(2026, 11, 23)


@pytest.fixture
def plan(catalogue, athlete, monkeypatch):
    """Two days in Belgrade on which nothing is over yet: a long evening run, and a day of rest."""
    monkeypatch.setattr(feed_content, "today", lambda zone: FIRST)
    athlete.timezone = "Europe/Belgrade"
    athlete.save()
    create_run(athlete, datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("Europe/Belgrade")), 150)
    return create_meal_plan(athlete=athlete, first=FIRST, count=2, by=athlete.user)


def create_run(athlete, starts_at, minutes):
    values = {"title": "Long run", "sport": "run", "starts_at": starts_at, "duration_minutes": minutes}
    return create_event(by=athlete.user, athlete=athlete, values=values)


@pytest.fixture
def feed(athlete):
    return open_feed(athlete=athlete, scopes={"shopping": True}, by=athlete.user)


def read(feed, **headers):
    return Client().get(feed_path(feed), headers=headers)


def text_of(answer):
    return answer.content.decode().replace("\r\n ", "")


def events_in(answer):
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def meals_in(answer):
    return [event for event in events_in(answer) if not str(event["SUMMARY"]).startswith(("Fuel", "Shopping"))]


def test_the_feed_read_by_our_own_reader_gives_the_week_back(plan, feed):
    answer = read(feed)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    seen = read_events(answer.content, timezone="Europe/Belgrade", first_day="2026-11-20", last_day="2026-12-31")
    found = {(row["title"].partition(": ")[2], row["starts_at"]) for row in seen if not row["title"].startswith("Fuel")}
    # In winter Belgrade is an hour ahead of UTC.
    expected = {
        (item.recipe.name, f"{item.date}T{int(item.time[:2]) - 1:02d}:{item.time[3:]}:00+00:00")
        for item in plan.current.items.select_related("recipe")
    }
    assert found == expected


def test_food_during_a_session_stands_with_its_moments(plan, feed):
    fuel = next(event for event in events_in(read(feed)) if str(event["SUMMARY"]) == "Fuel: Long run")
    assert re.match(r"17:20: \d+ g carbohydrate\n", str(fuel["DESCRIPTION"]))
    assert fuel["DTSTART"].dt.isoformat() == "2026-11-23T17:00:00+01:00"


def test_the_same_state_is_the_same_file_and_is_answered_with_304(plan, feed):
    first, second = read(feed), read(feed)
    assert first.content == second.content
    again = read(feed, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_changed_meal_keeps_its_uid_and_counts_up(plan, feed):
    before = {str(event["UID"]): event for event in meals_in(read(feed))}
    item = plan.current.items.filter(slot="dinner").first()
    PlanItem.objects.filter(pk=item.pk).update(time="20:15")
    after = {str(event["UID"]): event for event in meals_in(read(feed))}
    assert set(before) == set(after)
    moved = {uid: (before[uid]["SEQUENCE"], after[uid]["SEQUENCE"]) for uid in after}
    assert {uid: pair for uid, pair in moved.items() if pair != (0, 0)} == {
        f"{item.date:%Y%m%d}-dinner-0-{feed.pk}@athleat": (0, 1)
    }


def test_another_name_of_the_host_changes_the_links_and_counts_nothing_up(plan, feed, settings):
    settings.ALLOWED_HOSTS = ["*"]
    first, second = read(feed), read(feed, host="other.example")
    links = [str(event["URL"]) for event in meals_in(second)]
    assert all(link.startswith("http://other.example/day/2026-11-2") for link in links)
    assert [event["SEQUENCE"] for event in meals_in(second)] == [event["SEQUENCE"] for event in meals_in(first)]


def test_planning_again_without_a_change_is_no_change_of_the_feed(plan, feed):
    before = read(feed)
    resolve_meal_plan(plan=plan, by=None)
    assert read(feed)["ETag"] == before["ETag"]


def test_one_serving_is_not_called_servings(plan, feed):
    item = plan.current.items.filter(slot="dinner").first()
    PlanItem.objects.filter(pk=item.pk).update(quarters=4)
    told = next(event for event in meals_in(read(feed)) if str(event["UID"]).startswith(f"{item.date:%Y%m%d}-dinner"))
    assert str(told["DESCRIPTION"]).splitlines()[0] == "1 serving"


def test_a_skipped_meal_leaves_the_calendar(plan, athlete, feed):
    count = len(meals_in(read(feed)))
    set_item_status(plan=plan, item_id=plan.current.items.first().pk, status="skipped", by=athlete.user)
    assert len(meals_in(read(feed))) == count - 1


def test_a_dish_that_is_no_longer_safe_is_not_named(plan, athlete, feed):
    athlete.allergies = ["gluten", "milk", "soy", "eggs", "fish"]
    athlete.save()
    hidden = {item["recipe_id"] for item in unsafe_items(athlete, plan)}
    names = {item.recipe.name for item in plan.current.items.select_related("recipe") if item.recipe_id in hidden}
    titles = [str(event["SUMMARY"]) for event in meals_in(read(feed))]
    assert names
    assert [title for title in titles if title.partition(": ")[2] in names] == []
    assert sum(title.endswith("planned again, please") for title in titles) == len(unsafe_items(athlete, plan))


def test_a_plan_that_training_has_left_behind_says_so(plan, athlete, feed):
    assert feed_content.OUT_OF_DATE[:40] not in text_of(read(feed))
    create_run(athlete, datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Belgrade")), 90)
    assert feed_content.OUT_OF_DATE[:40] in text_of(read(feed))


def test_the_feed_holds_no_energy_weight_or_person(plan, athlete, feed):
    page = text_of(read(feed))
    assert [word for word in ("kcal", " kg", athlete.user.email, athlete.pk, athlete.name) if word in page] == []


@pytest.mark.parametrize(
    ("scopes", "starts"),
    [
        ({"meals": True, "fueling": False, "shopping": False}, {"Breakfast", "Lunch", "Dinner", "Snack"}),
        (
            {"meals": False, "fueling": True, "shopping": False},
            {"Before training", "During training", "After training", "Fuel"},
        ),
        ({"meals": False, "fueling": False, "shopping": False}, set()),
    ],
)
def test_only_what_was_chosen_is_shown(plan, athlete, scopes, starts):
    feed = open_feed(athlete=athlete, scopes=scopes, by=athlete.user)
    shown = {str(event["SUMMARY"]).partition(":")[0] for event in events_in(read(feed))}
    assert (shown - starts, bool(shown)) == (set(), bool(starts))


def test_the_day_before_a_list_begins_is_for_shopping(plan, athlete, feed):
    create_shopping_list(athlete=athlete, first=FIRST, last=FIRST + timedelta(days=1), by=athlete.user)
    found = [event for event in events_in(read(feed)) if str(event["SUMMARY"]).startswith("Shopping")]
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in found] == [
        ("Shopping for 23 November to 24 November", date(2026, 11, 22))
    ]


def test_cooking_is_announced_as_long_before_as_it_takes(plan, feed):
    item = plan.current.items.filter(slot="dinner", leftover_of__isnull=True).select_related("recipe").first()
    uid = f"{item.date:%Y%m%d}-dinner-0-{feed.pk}@athleat"
    event = next(event for event in events_in(read(feed)) if str(event["UID"]) == uid)
    assert event.walk("VALARM")[0]["TRIGGER"].dt == -timedelta(
        minutes=item.recipe.prep_minutes + item.recipe.cook_minutes
    )


def test_times_carry_a_zone_that_every_calendar_knows(plan, feed):
    calendar = icalendar.Calendar.from_ical(read(feed).content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Belgrade"]


def test_a_revoked_address_is_gone_and_its_successor_is_another(athlete, feed):
    old = feed_path(feed)
    revoke_feed(athlete=athlete, by=athlete.user)
    new = feed_path(open_feed(athlete=athlete, scopes={}, by=athlete.user))
    assert (Client().get(old).status_code, Client().get(new).status_code, old == new) == (404, 200, False)


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 42 + "%00", "a" * 5000])
def test_a_guessed_address_is_404(db, token):
    assert Client().get(f"/feeds/{token}.ics").status_code == 404


def test_a_closed_account_has_no_feed(athlete, feed):
    athlete.user.is_active = False
    athlete.user.save()
    assert read(feed).status_code == 404


def test_the_api_makes_changes_and_ends_the_feed(api, athlete):
    client, place = api(athlete.user), f"/v1/athletes/{athlete.pk}/feed"
    assert client.get(place).status_code == 404
    made = client.call("PUT", place, {"fueling": False}).json()
    assert made["url"].startswith("http://testserver/feeds/")
    assert (made["meals"], made["fueling"], made["shopping"]) == (True, False, False)
    assert client.call("PUT", place, {"meals": "maybe"}).status_code == 400
    assert (client.delete(place).status_code, client.delete(place).status_code) == (204, 404)


def test_the_page_makes_an_address_shows_it_and_ends_it(athlete):
    client = sign_in(athlete.user)
    assert "There is no address yet" in client.get("/settings/feed").content.decode()
    client.post("/settings/feed", {"meals": "on"})
    feed = OutgoingFeed.objects.get(athlete=athlete)
    assert (feed.meals, feed.fueling, feed.shopping) == (True, False, False)
    assert feed_path(feed) in client.get("/settings/feed").content.decode()
    client.post("/settings/feed/revoke")
    assert not OutgoingFeed.objects.exists()


def test_what_was_said_long_ago_is_forgotten(plan, athlete, feed):
    old = FIRST - timedelta(days=100)
    FeedEntry.objects.create(feed=feed, uid="old", digest="0", day=old, changed_at="2026-01-01T00:00:00Z")
    read(feed)
    assert not FeedEntry.objects.filter(uid="old").exists()


def test_on_days_away_meals_are_at_their_hour_there(plan, feed, athlete):
    days = {"first_day": FIRST, "last_day": FIRST, "timezone": "America/New_York"}
    add_journey(by=athlete.user, athlete=athlete, values=days)
    zones = {str(meal["DTSTART"].dt.tzinfo) for meal in meals_in(read(feed)) if meal["DTSTART"].dt.date() == FIRST}
    at_home = {str(meal["DTSTART"].dt.tzinfo) for meal in meals_in(read(feed)) if meal["DTSTART"].dt.date() != FIRST}
    assert (zones, at_home) == ({"America/New_York"}, {"Europe/Belgrade"})
    assert {str(zone["TZID"]) for zone in icalendar.Calendar.from_ical(read(feed).content).walk("VTIMEZONE")} == {
        "America/New_York",
        "Europe/Belgrade",
    }


def test_a_session_that_was_done_is_no_longer_announced(plan, athlete, feed):
    event = athlete.training_events.get()
    CompletedSession.objects.create(
        athlete=athlete, event=event, starts_at=event.starts_at, local_date=event.local_date, duration_minutes=150.0
    )
    titles = [str(event["SUMMARY"]) for event in events_in(read(feed))]
    assert [title for title in titles if title.startswith("Fuel")] == []
    assert any(title.startswith("During training") for title in titles)
