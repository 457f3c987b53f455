"""How a connection is, in words, on every page that needs it; and what each kind of failure does to it."""

from __future__ import annotations

import re
import socket
import threading
from datetime import timedelta
from functools import partial

import pytest

from athletes.calendars import ical
from athletes.calendars.protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchResult
from athletes.models import CalendarConnection, CalendarHost, Notice, TrainingEvent
from athletes.services.calendars import connect_calendar, disconnect_calendar
from athletes.services.polling import claim_due, read_due
from athletes.services.sync import SyncRunning, ask_provider, store_result, sync_calendar
from nutrition_site.kernel import http
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.entitlements import Entitlements
from tests.athletes.feeds import Answer, calendar, drip, feed_server, hang
from tests.athletes.pages import shown, sign_in
from tests.athletes.scripted import add_calendar, install

pytestmark = [pytest.mark.core, pytest.mark.django_db]
REFUSED = CalendarTokenExpired("The calendar refuses us. Please connect it again.")


@pytest.fixture
def provider(settings):
    return install(settings)


@pytest.fixture
def add(athlete, provider):
    return partial(add_calendar, athlete)


@pytest.fixture
def page(alice):
    return sign_in(alice)


def read_again():
    """The next reading of everything, as if its time had come."""
    past = now() - timedelta(seconds=1)
    CalendarHost.objects.update(paused_until=None)
    CalendarConnection.objects.update(sync_lease="", sync_lease_until=None, next_sync_at=past)
    return read_due()


def test_a_refused_token_stops_the_polling_until_it_is_connected_again(add, provider, alice, athlete):
    row = add("Coach")
    provider.answers["Coach"] = REFUSED
    read_due()
    row.refresh_from_db()
    assert (row.status, row.status_reason, row.next_sync_at) == ("reconnect", REFUSED.message, None)
    assert (read_due(), provider.asked) == (0, ["Coach"])


def test_a_refused_token_is_told_once(add, provider):
    row = add("Coach")
    provider.answers["Coach"] = REFUSED
    read_due()
    with pytest.raises(CalendarTokenExpired):
        sync_calendar(calendar_id=row.pk)
    notice = Notice.objects.get()
    assert (notice.kind, notice.key, notice.title) == ("calendar_reconnect", row.pk, "Coach must be connected again")
    assert (notice.path, "still follow" in notice.body, notice.resolved_at) == ("/training/calendars", True, None)


def test_a_calendar_that_never_worked_is_not_told_to_be_connected_again(add, provider):
    row = add("Coach", status="pending", last_synced_at=None)
    provider.answers["Coach"] = REFUSED
    read_due()
    row.refresh_from_db()
    assert (row.status, row.status_reason, Notice.objects.count()) == ("reconnect", REFUSED.message, 0)


def test_a_notice_says_nothing_that_a_calendar_calls_itself(add, provider):
    row = add("Coach")
    CalendarConnection.objects.filter(pk=row.pk).update(label="Call 555 now (Coach)")
    provider.answers["Coach"] = REFUSED
    read_due()
    assert Notice.objects.get().title == "Coach must be connected again"


def test_what_was_told_is_settled_when_the_calendar_works_again_and_told_anew_when_it_does_not(add, provider):
    row = add("Coach")
    provider.answers["Coach"] = REFUSED
    read_due()
    provider.answers.clear()
    sync_calendar(calendar_id=row.pk)
    assert [notice.resolved_at is None for notice in Notice.objects.all()] == [False]
    provider.answers["Coach"] = REFUSED
    read_again()
    assert sorted(notice.resolved_at is None for notice in Notice.objects.all()) == [False, True]


def test_what_was_told_about_a_calendar_is_settled_when_it_is_removed(add, provider, alice):
    row = add("Coach")
    provider.answers["Coach"] = REFUSED
    read_due()
    disconnect_calendar(by=alice, calendar=row)
    assert Notice.objects.get().resolved_at is not None


def test_a_server_that_is_down_for_a_day_is_no_news_by_notice(add, provider):
    add("Coach", last_synced_at=now() - timedelta(days=2))
    provider.answers["Coach"] = CalendarUnreachable()
    read_due()
    assert not Notice.objects.exists()


def test_who_asks_by_hand_for_a_refused_calendar_gets_401_until_it_works(add, provider, api, alice, athlete):
    row = add("Coach")
    provider.answers["Coach"] = REFUSED
    path = f"/v1/athletes/{athlete.pk}/calendars/{row.pk}"
    for _ in range(2):
        answer = api(alice).post(f"{path}/sync")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "calendar_token_expired")
        assert api(alice).get(path).json()["status"] == "reconnect"
    provider.answers.clear()
    assert api(alice).post(f"{path}/sync").json()["status"] == "ok"
    assert api(alice).get(path).json()["next_sync_at"] is not None


def test_the_api_tells_how_a_connection_is(add, provider, api, alice, athlete):
    row = add("Coach")
    provider.answers["Coach"] = CalendarUnreadable("This is no calendar.")
    read_due()
    body = api(alice).get(f"/v1/athletes/{athlete.pk}/calendars/{row.pk}").json()
    row.refresh_from_db()
    assert {name: body[name] for name in ("label", "status", "status_reason", "available", "selection")} == {
        "label": "Coach",
        "status": "error",
        "status_reason": "This is no calendar.",
        "available": [],
        "selection": [],
    }
    for name in ("last_synced_at", "last_attempt_at", "next_sync_at"):
        assert body[name] == getattr(row, name).isoformat().replace("+00:00", "Z")


def test_a_token_renewed_before_a_failure_is_kept(add, provider):
    row = add("Coach")
    error = CalendarUnreachable("Later, please.")
    error.credentials = {"name": "Coach", "host": "one.example", "token": "new"}
    provider.answers["Coach"] = error
    read_due()
    row.refresh_from_db()
    assert (row.credentials["token"], row.status) == ("new", "error")


@pytest.mark.parametrize(("asked", "least", "most"), [(5, 60, 66), (600, 600, 660), (90_000, 6 * 3600 - 1, 6 * 3600)])
def test_a_server_is_asked_again_when_it_says(add, provider, asked, least, most):
    row = add("Coach")
    provider.answers["Coach"] = CalendarUnreachable("Too often.", retry_after_seconds=asked)
    began = now()
    read_due()
    row.refresh_from_db()
    assert least <= (row.next_sync_at - began).total_seconds() <= most + 5


def test_a_server_that_always_wants_us_back_soon_is_asked_less_often_all_the_same(add, provider):
    row = add("Coach", failures=7, status="error")
    provider.answers["Coach"] = CalendarUnreachable("Too often.", retry_after_seconds=1)
    read_due()
    row.refresh_from_db()
    assert row.next_sync_at - now() > timedelta(hours=5)


def test_a_reader_with_old_credentials_cannot_spoil_a_new_connection(add, provider, alice, athlete):
    row = add("Coach", status="reconnect", next_sync_at=None)

    def refused_after_the_athlete_connected_again(context):
        fields = {"url": "Coach"}
        connect_calendar(by=alice, athlete=athlete, provider="scripted", fields=fields, entitlements=Entitlements())
        return REFUSED

    provider.answers["Coach"] = refused_after_the_athlete_connected_again
    with pytest.raises(CalendarTokenExpired):
        sync_calendar(calendar_id=row.pk)
    row.refresh_from_db()
    assert (row.status, row.next_sync_at is None) == ("pending", False)


# On the page.


def test_every_page_says_that_a_calendar_must_be_connected_again(add, page):
    add("Coach", status="reconnect", next_sync_at=None)
    for path in ("/account/", "/settings/profile", "/more"):
        answer = page.get(path, follow=True)
        assert "Coach must be connected again." in shown(answer).text, path


def test_the_page_of_calendars_says_it_where_the_calendar_stands_and_nowhere_else(add, page):
    add("Coach", status="reconnect", status_reason="Sign in again.", next_sync_at=None)
    text = shown(page.get("/training/calendars")).text
    assert ("must be connected again" in text, "Sign in again." in text) == (False, True)


@pytest.mark.parametrize("provider_name", ["google_calendar", "caldav", "intervals_icu", "ical"])
def test_one_click_leads_from_every_page_to_where_it_is_connected_again(athlete, page, provider_name):
    row = CalendarConnection.objects.create(athlete=athlete, provider=provider_name, label="Mine", status="reconnect")
    google = f'href="/training/calendars/{row.pk}/reconnect"'
    form = f'href="/training/calendars?again={row.pk}#connect-{provider_name}"'
    wanted = google if provider_name == "google_calendar" else form
    for path in ("/settings/profile", "/training/calendars"):
        assert wanted in page.get(path).content.decode()
    assert f'id="connect-{provider_name}"' in page.get("/training/calendars").content.decode()


def test_nobody_is_told_about_the_calendars_of_others(add, sam):
    add("Coach", status="reconnect", next_sync_at=None)
    assert "Coach" not in shown(sign_in(sam).get("/settings/profile")).text


@pytest.mark.parametrize(("hours", "told"), [(23, False), (25, True)])
def test_a_calendar_that_could_not_be_read_for_a_day_is_told_on_every_page(add, page, hours, told):
    add("Coach", status="error", status_reason="No answer.", last_synced_at=now() - timedelta(hours=hours))
    assert ("Coach was last read" in shown(page.get("/settings/profile")).text) is told


def test_a_calendar_that_nobody_polls_is_not_late(add, page):
    add("Demo", last_synced_at=now() - timedelta(days=9), next_sync_at=None)
    assert "Demo" not in shown(page.get("/settings/profile")).text


def test_the_health_of_all_calendars_costs_a_page_one_query(
    add, page, django_assert_num_queries, django_assert_max_num_queries
):
    page.get("/settings/profile")
    with django_assert_max_num_queries(50) as without:
        page.get("/settings/profile")
    for number in range(4):
        add(f"Coach {number}", status="reconnect", next_sync_at=None)
    with django_assert_num_queries(len(without)) as with_trouble:
        page.get("/settings/profile")
    about = [query for query in with_trouble if "calendarconnection" in query["sql"]]
    assert len(about) == 1


def test_the_page_of_calendars_shows_last_success_reason_and_next_try(add, page):
    moment = now()
    add(
        "Coach",
        status="error",
        status_reason="coach.example took too long to answer.",
        last_synced_at=moment - timedelta(days=1),
        last_attempt_at=moment,
        next_sync_at=moment + timedelta(days=1),
    )
    text = shown(page.get("/training/calendars")).text
    assert "coach.example took too long to answer." in text
    for words in ("Last read.yesterday", "Last try.today", "Next read.tomorrow"):
        assert re.search(words.replace(".", r"\s*"), text), words


# Faults, one after another, at a real server.


def half(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\nBEGIN:VCALENDAR\r\n")


def slow_body(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
    drip(handler)


FAULTS = {
    "time-out": (Answer(script=hang), "error", "too long"),
    "slow headers": (Answer(script=drip), "error", "too long"),
    "slow body": (Answer(script=slow_body), "error", "too long"),
    "half body": (Answer(script=half), "error", "broke off"),
    "500": (Answer(status=500), "error", "trouble"),
    "503": (Answer(status=503), "error", "trouble"),
    "429": (Answer(status=429, headers={"Retry-After": "120"}), "error", ""),
    "401": (Answer(status=401), "reconnect", "connect it again"),
    "410": (Answer(status=410), "error", "no calendar at this address"),
    "log-in page": (Answer(b"<html>Please sign in</html>"), "error", "web page"),
}


@pytest.fixture
def feed(athlete, alice, monkeypatch):
    """A feed at a real server, read once: two sessions."""
    limits = http.FetchLimits(connect_seconds=0.5, read_seconds=0.25, total_seconds=0.5, max_bytes=8_000_000)
    monkeypatch.setattr(ical, "LIMITS", limits)
    day = today("UTC") + timedelta(days=3)
    events = [f"UID:{uid}\nDTSTART:{day:%Y%m%d}T070000Z\nDTEND:{day:%Y%m%d}T080000Z\nSUMMARY:Run" for uid in "ab"]
    good = Answer(calendar(*events))
    with feed_server(**{"a.ics": good}) as server:
        row = connect_calendar(
            by=alice,
            athlete=athlete,
            provider="ical",
            fields={"url": f"{server.url}/a.ics?token=hush"},
            entitlements=Entitlements(),
        )
        read_due()
        server.good, server.row = good, row
        yield server


def stored():
    return list(TrainingEvent.objects.order_by("pk").values("pk", "external_id", "starts_at", "title"))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_loses_nothing_doubles_nothing_and_mends_by_itself(feed, fault):
    answer, status, words = FAULTS[fault]
    before = stored()
    assert len(before) == 2
    feed.answers["/a.ics"] = answer
    read_again()
    feed.row.refresh_from_db()
    assert (feed.row.status, words in feed.row.status_reason, stored()) == (status, True, before)
    assert "hush" not in feed.row.status_reason
    feed.answers["/a.ics"] = feed.good
    read_again()
    feed.row.refresh_from_db()
    assert (feed.row.status, feed.row.status_reason, feed.row.failures, stored()) == ("ok", "", 0, before)


def test_a_name_that_cannot_be_looked_up_for_a_while_is_no_loss(feed, monkeypatch):
    before = stored()
    look_up = socket.getaddrinfo

    def unknown(host, *rest, **more):
        if threading.current_thread().daemon:
            raise socket.gaierror(-2, "Name or service not known")
        return look_up(host, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", unknown)
        read_again()
    feed.row.refresh_from_db()
    assert (feed.row.status, "could not be found" in feed.row.status_reason, stored()) == ("error", True, before)
    read_again()
    feed.row.refresh_from_db()
    assert (feed.row.status, stored()) == ("ok", before)


@pytest.mark.parametrize("got_as_far_as", ["the claim", "the answer"])
def test_a_reader_that_dies_is_followed_by_another(feed, got_as_far_as):
    before = stored()
    feed.answers["/a.ics"] = Answer(feed.good.body.replace(b"SUMMARY:Run", b"SUMMARY:Ride"))
    CalendarConnection.objects.update(next_sync_at=now())
    (claim,) = claim_due(limit=1)
    if got_as_far_as == "the answer":
        assert isinstance(ask_provider(claim.calendar), FetchResult)
    assert (claim_due(limit=1), stored()) == ([], before)
    past = now() - timedelta(seconds=1)
    CalendarConnection.objects.update(sync_lease_until=past, next_sync_at=past)
    assert read_due() == 1
    after = stored()
    assert [row["title"] for row in after] == ["Ride", "Ride"]
    assert [row["pk"] for row in after] == [row["pk"] for row in before]


def test_a_dead_reader_that_wakes_up_late_stores_nothing(feed):
    CalendarConnection.objects.update(next_sync_at=now())
    (late,) = claim_due(limit=1)
    answer = ask_provider(late.calendar)
    past = now() - timedelta(seconds=1)
    CalendarConnection.objects.update(sync_lease_until=past, next_sync_at=past)
    (following,) = claim_due(limit=1)
    with pytest.raises(SyncRunning):
        store_result(calendar=late.calendar, lease=late.lease, result=FetchResult([], answer.sync_state))
    assert (len(stored()), CalendarConnection.objects.get().sync_lease) == (2, following.lease)
