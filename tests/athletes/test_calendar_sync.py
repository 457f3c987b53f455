"""Connecting and reading iCalendar feeds, from a real server on the loopback."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from django.db import connection

from athletes.calendars import ical
from athletes.models import Athlete, CalendarConnection, TrainingEvent
from athletes.services import merging, sync
from athletes.services.sync import SyncRunning, sync_calendar
from nutrition_site.kernel import http
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import run_item
from tests.athletes.feeds import Answer, calendar, drip, feed_server, hang

pytestmark = [pytest.mark.core, pytest.mark.django_db]
ICS = Path(__file__).parents[1] / "data" / "ics"


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch):
    monkeypatch.setattr(
        ical, "LIMITS", http.FetchLimits(connect_seconds=1, read_seconds=0.5, total_seconds=1, max_bytes=8_000_000)
    )


@pytest.fixture
def server():
    with feed_server() as running:
        yield running


@pytest.fixture
def home(api, alice, athlete):
    """Alice's client, at her calendars."""

    class Home:
        client = api(alice)
        path = f"/v1/athletes/{athlete.pk}/calendars"

        def connect(self, url):
            answer = self.client.post(self.path, {"provider": "ical", "url": url})
            assert answer.status_code == 201, answer.content
            return answer.json()["id"]

        def sync(self, calendar_id):
            return self.client.post(f"{self.path}/{calendar_id}/sync")

        def state(self, calendar_id):
            return self.client.get(f"{self.path}/{calendar_id}").json()

    return Home()


def day(offset, clock="070000"):
    return f"{today('UTC') + timedelta(days=offset):%Y%m%d}T{clock}Z"


def run(uid="a", offset=3, title="Run 60min", **extra):
    more = "\n".join(f"{name}:{value}" for name, value in extra.items())
    return f"UID:{uid}\nDTSTART:{day(offset)}\nDTEND:{day(offset, '080000')}\nSUMMARY:{title}\n{more}"


def serve(server, *events, **headers):
    server.answers["/a.ics"] = Answer(calendar(*events), headers=headers)
    return server.url + "/a.ics"


def version(athlete):
    return Athlete.objects.get(pk=athlete.pk).training_version


def counts(answer):
    body = answer.json()
    return body["added"], body["changed"], body["removed"]


def test_connecting_answers_at_once_and_says_pending(home, server):
    server.answers["/a.ics"] = Answer(script=hang)
    started = time.monotonic()
    body = home.state(home.connect(server.url + "/a.ics"))
    # Half of what the feed would have it wait for.
    assert time.monotonic() - started < 3
    assert (body["status"], body["provider"], body["last_synced_at"], server.requests) == ("pending", "ical", None, [])


def test_the_address_is_stored_as_ciphertext_and_never_shown(home, server):
    calendar_id = home.connect(server.url + "/a.ics?token=secret")
    shown = home.client.get(home.path).content + home.client.get(f"{home.path}/{calendar_id}").content
    assert b"secret" not in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT credentials FROM athletes_calendarconnection")
        assert "secret" not in cursor.fetchone()[0]


def test_connecting_leaves_a_piece_of_work_that_reads_the_calendar(home, server):
    calendar_id = home.connect(serve(server, run()))
    item = WorkItem.objects.get(kind="calendar.sync", key=calendar_id)
    assert run_item(item.pk) == "done"
    assert (home.state(calendar_id)["status"], TrainingEvent.objects.count()) == ("ok", 1)


def test_a_sync_stores_what_the_feed_says(home, server, athlete):
    calendar_id = home.connect(serve(server, run(title="Long run Z2", DESCRIPTION="TSS: 80", CATEGORIES="Run")))
    answer = home.sync(calendar_id)
    assert (answer.status_code, answer.json()["status"], counts(answer)) == (200, "ok", (1, 0, 0))
    event = TrainingEvent.objects.get()
    assert (event.type, event.sport, event.duration_minutes, event.intensity, event.tss, event.source) == (
        "workout",
        "run",
        60.0,
        "moderate",
        80.0,
        "ical",
    )
    assert event.estimated == ["type", "intensity"]
    assert event.local_date == today("UTC") + timedelta(days=3)


def test_a_series_across_the_change_of_clocks_is_stored_as_the_recurrence_library_says(
    home, server, athlete, monkeypatch
):
    content = (ICS / "dst_moved_cancelled.ics").read_bytes()
    server.answers["/a.ics"] = Answer(content)
    monkeypatch.setattr(merging, "today", lambda zone: datetime(2026, 10, 1, tzinfo=UTC).date())
    home.sync(home.connect(server.url + "/a.ics"))
    zone = ZoneInfo("Europe/Belgrade")
    span = datetime(2026, 7, 3, tzinfo=zone), datetime(2027, 11, 6, tzinfo=zone)
    expected = sorted(
        (event.start.astimezone(UTC), str(event["SUMMARY"]), (event.end - event.start) / timedelta(minutes=1))
        for event in recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(*span)
        if event.get("STATUS") != "CANCELLED"
    )
    stored = TrainingEvent.objects.order_by("starts_at", "title").values_list("starts_at", "title", "duration_minutes")
    assert list(stored) == expected
    assert len(expected) == 20


def test_a_second_sync_changes_nothing(home, server, athlete):
    calendar_id = home.connect(serve(server, run("a"), run("b", 4)))
    home.sync(calendar_id)
    before = (list(TrainingEvent.objects.values().order_by("pk")), version(athlete))
    assert counts(home.sync(calendar_id)) == (0, 0, 0)
    assert (list(TrainingEvent.objects.values().order_by("pk")), version(athlete)) == before


def test_a_server_that_says_unchanged_is_believed(home, server, athlete):
    feed = calendar(run())

    def conditional(path, headers):
        same = headers.get("if-none-match") == '"v1"' and headers.get("if-modified-since") == "yesterday"
        return Answer(status=304) if same else Answer(feed, headers={"ETag": '"v1"', "Last-Modified": "yesterday"})

    server.answers["/a.ics"] = conditional
    calendar_id = home.connect(server.url + "/a.ics")
    assert (counts(home.sync(calendar_id)), counts(home.sync(calendar_id))) == ((1, 0, 0), (0, 0, 0))
    assert "if-none-match" in server.requests[1][1]
    assert TrainingEvent.objects.count() == 1


def test_an_event_removed_at_the_source_is_removed_here_and_raises_the_training_version(home, server, athlete):
    calendar_id = home.connect(serve(server, run("a"), run("b", 4)))
    home.sync(calendar_id)
    before = version(athlete)
    serve(server, run("a"))
    assert counts(home.sync(calendar_id)) == (0, 0, 1)
    assert [event.external_id for event in TrainingEvent.objects.all()] == ["a"]
    assert version(athlete) == before + 1


def test_an_event_moved_at_the_source_keeps_its_id(home, server, athlete):
    calendar_id = home.connect(serve(server, run("a")))
    home.sync(calendar_id)
    kept, before = TrainingEvent.objects.get().pk, version(athlete)
    serve(server, run("a", offset=5))
    assert counts(home.sync(calendar_id)) == (0, 1, 0)
    moved = TrainingEvent.objects.get()
    assert (moved.pk, moved.local_date, version(athlete)) == (kept, today("UTC") + timedelta(days=5), before + 1)


def test_what_no_plan_follows_leaves_the_training_version(home, server, athlete):
    calendar_id = home.connect(serve(server, run("a"), run("b", title="Dentist")))
    home.sync(calendar_id)
    before = version(athlete)
    serve(server, run("a", DESCRIPTION="bring gels"))
    assert counts(home.sync(calendar_id)) == (0, 1, 1)
    assert version(athlete) == before


def test_what_lies_before_the_window_stays_when_the_feed_forgets_it(home, server, athlete, monkeypatch):
    calendar_id = home.connect(serve(server, run("old", -80), run("new", 3)))
    home.sync(calendar_id)
    real = merging.today
    monkeypatch.setattr(merging, "today", lambda zone: real(zone) + timedelta(days=20))
    serve(server, run("new", 3))
    assert counts(home.sync(calendar_id)) == (0, 0, 0)
    assert TrainingEvent.objects.filter(external_id="old").exists()


def half(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\nBEGIN:VCALENDAR\r\n")


def endless(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nBEGIN:VCALENDAR\r\n")
    for _ in range(2000):
        handler.wfile.write(b"X-A:" + b"x" * 10_000 + b"\r\n")


@pytest.mark.once
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"<html>Please sign in</html>"), "web page"),
        (Answer(b""), "empty"),
        (Answer(b"BEGIN:VCALENDAR\r\n" + b"X-A:x\r\n" * 1_500_000), "more than 8 MB"),
        (Answer(script=endless), "more than 8 MB"),
        (Answer(script=half), "broke off"),
        (Answer(status=404), "no calendar at this address"),
        (Answer(status=302, headers={"Location": "/a.ics"}), "circle"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "http"),
        (Answer(calendar(*["UID:a\nDTSTART:20261014T070000Z\nSUMMARY:x"] * 21_000)), "more than 20000"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why_and_earlier_events_stay(home, server, athlete, answer, words):
    calendar_id = home.connect(serve(server, run()))
    home.sync(calendar_id)
    before = version(athlete)
    server.answers["/a.ics"] = answer
    response = home.sync(calendar_id)
    assert (response.status_code, response.json()["status"], counts(response)) == (200, "error", (0, 0, 0))
    assert words in response.json()["status_reason"]
    assert (TrainingEvent.objects.count(), version(athlete)) == (1, before)


@pytest.mark.once
@pytest.mark.parametrize("answer", [Answer(script=hang), Answer(script=drip), Answer(status=503), Answer(status=429)])
def test_a_server_without_an_answer_is_502_and_earlier_events_stay(home, server, answer):
    calendar_id = home.connect(serve(server, run()))
    home.sync(calendar_id)
    server.answers["/a.ics"] = answer
    response = home.sync(calendar_id)
    assert (response.status_code, response.json()["error"]["code"]) == (502, "provider_unreachable")
    state = home.state(calendar_id)
    assert (state["status"], bool(state["status_reason"]), TrainingEvent.objects.count()) == ("error", True, 1)


def test_a_feed_that_asks_for_a_password_needs_to_be_connected_again(home, server):
    server.answers["/a.ics"] = Answer(status=401)
    calendar_id = home.connect(server.url + "/a.ics")
    response = home.sync(calendar_id)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "calendar_token_expired")
    assert (home.state(calendar_id)["status"], home.state(calendar_id)["next_sync_at"]) == ("reconnect", None)


def test_credentials_that_no_key_opens_need_to_be_connected_again(home, server, settings):
    calendar_id = home.connect(serve(server, run()))
    settings.FIELD_ENCRYPTION_KEYS = []
    settings.JWT_SECRET = "another secret of more than thirty-two characters"
    row = CalendarConnection.objects.get(pk=calendar_id)
    assert row.credentials is None
    with pytest.raises(Exception, match="connect the calendar again"):
        sync_calendar(calendar_id=calendar_id)
    row.refresh_from_db()
    assert row.status == "reconnect"


def test_a_failing_calendar_is_asked_less_and_less_often(home, server, settings):
    server.answers["/a.ics"] = Answer(status=500)
    calendar_id = home.connect(server.url + "/a.ics")
    pauses = []
    for _ in range(12):
        home.sync(calendar_id)
        row = CalendarConnection.objects.get(pk=calendar_id)
        pauses.append((row.next_sync_at - now()).total_seconds())
    base = settings.CALENDAR_SYNC_INTERVAL_SECONDS
    assert 0.89 * base < pauses[0] < 1.11 * base
    assert 1.79 * base < pauses[1] < 2.21 * base
    assert max(pauses) < 6 * 3600 * 1.11
    assert (row.failures, row.status) == (12, "error")


def test_a_good_answer_ends_the_waiting(home, server):
    server.answers["/a.ics"] = Answer(status=500)
    calendar_id = home.connect(server.url + "/a.ics")
    home.sync(calendar_id)
    serve(server, run())
    assert home.sync(calendar_id).json()["status"] == "ok"
    row = CalendarConnection.objects.get(pk=calendar_id)
    assert (row.failures, row.status_reason) == (0, "")


def test_no_second_sync_runs_beside_a_first(home, server):
    calendar_id = home.connect(serve(server, run()))
    CalendarConnection.objects.filter(pk=calendar_id).update(
        sync_lease="lease_other", sync_lease_until=now() + timedelta(seconds=60)
    )
    with pytest.raises(SyncRunning):
        sync_calendar(calendar_id=calendar_id)
    assert server.requests == []


def test_a_lease_that_a_dead_worker_left_runs_out(home, server):
    calendar_id = home.connect(serve(server, run()))
    CalendarConnection.objects.filter(pk=calendar_id).update(
        sync_lease="lease_dead", sync_lease_until=now() - timedelta(seconds=1)
    )
    assert counts(home.sync(calendar_id)) == (1, 0, 0)


def test_a_sync_that_lost_its_lease_stores_nothing(home, server, monkeypatch):
    calendar_id = home.connect(serve(server, run()))
    real = sync.ask_provider

    def fetch_too_long(row):
        CalendarConnection.objects.filter(pk=calendar_id).update(sync_lease="lease_other")
        return real(row)

    monkeypatch.setattr(sync, "ask_provider", fetch_too_long)
    with pytest.raises(SyncRunning):
        sync_calendar(calendar_id=calendar_id)
    assert not TrainingEvent.objects.exists()
    assert CalendarConnection.objects.get().sync_lease == "lease_other"


def test_a_manual_sync_waits_for_a_running_one_and_then_reads_anew(home, server, monkeypatch):
    calendar_id = home.connect(serve(server, run()))
    row = CalendarConnection.objects.filter(pk=calendar_id)
    row.update(sync_lease="lease_other", sync_lease_until=now() + timedelta(seconds=60))
    # Everything that sleeps meanwhile runs this too: only the other reader's lease may be ended by it.
    other = row.filter(sync_lease="lease_other")
    monkeypatch.setattr(sync.time, "sleep", lambda seconds: other.update(sync_lease=""))
    assert counts(home.sync(calendar_id)) == (1, 0, 0)


def test_a_manual_sync_does_not_wait_for_ever(home, server, monkeypatch):
    calendar_id = home.connect(serve(server, run()))
    CalendarConnection.objects.update(sync_lease="lease_other", sync_lease_until=now() + timedelta(seconds=60))
    clock = iter(range(0, 10_000, 5))
    monkeypatch.setattr(sync.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(sync.time, "sleep", lambda seconds: None)
    answer = home.sync(calendar_id)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "sync_running")
    assert answer.headers["Retry-After"] == "10"


def test_a_calendar_disconnected_during_a_sync_stays_disconnected(home, server, monkeypatch):
    calendar_id = home.connect(serve(server, run()))
    real = sync.ask_provider

    def fetch_then_vanish(row):
        result = real(row)
        CalendarConnection.objects.filter(pk=calendar_id).delete()
        return result

    monkeypatch.setattr(sync, "ask_provider", fetch_then_vanish)
    with pytest.raises(SyncRunning):
        sync_calendar(calendar_id=calendar_id)
    assert not TrainingEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_syncs_at_once_store_each_event_once(home, server):
    calendar_id = home.connect(serve(server, *[run(str(number)) for number in range(30)]))

    def read():
        sync_calendar(calendar_id=calendar_id, wait_seconds=10)
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert TrainingEvent.objects.count() == 30


def test_work_for_a_calendar_that_is_gone_is_done(home, server):
    calendar_id = home.connect(serve(server, run()))
    CalendarConnection.objects.all().delete()
    assert run_item(WorkItem.objects.get(key=calendar_id).pk) == "done"


def test_work_waits_for_a_sync_that_runs_elsewhere(home, server):
    calendar_id = home.connect(serve(server, run()))
    CalendarConnection.objects.update(sync_lease="lease_other", sync_lease_until=now() + timedelta(seconds=60))
    assert run_item(WorkItem.objects.get(key=calendar_id).pk) == "queued"


def test_disconnecting_forgets_the_future_and_keeps_the_past(home, server, athlete):
    calendar_id = home.connect(serve(server, run("past", -5), run("future", 5)))
    home.sync(calendar_id)
    before = version(athlete)
    assert home.client.delete(f"{home.path}/{calendar_id}").status_code == 204
    kept = TrainingEvent.objects.get()
    assert (kept.external_id, kept.calendar_id, version(athlete)) == ("past", None, before + 1)
    assert home.client.get(f"{home.path}/{calendar_id}").status_code == 404


def test_connecting_the_same_feed_again_doubles_nothing(home, server):
    url = serve(server, run("past", -5), run("future", 5))
    calendar_id = home.connect(url)
    home.sync(calendar_id)
    home.client.delete(f"{home.path}/{calendar_id}")
    home.sync(home.connect(url))
    assert TrainingEvent.objects.count() == 2


def test_the_same_feed_is_not_connected_twice(home, server):
    first = home.connect(serve(server, run()))
    answer = home.client.post(home.path, {"provider": "ical", "url": server.url + "/a.ics"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "calendar_exists")
    assert answer.json()["error"]["details"][0]["id"] == first


def test_the_sixth_calendar_of_the_free_tier_needs_an_upgrade(home, server):
    for number in range(5):
        home.connect(f"{server.url}/{number}.ics")
    answer = home.client.post(home.path, {"provider": "ical", "url": server.url + "/6.ics"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "upgrade_required")
    assert CalendarConnection.objects.count() == 5


@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"provider": "ical"},
        {"provider": "carrier_pigeon", "url": "https://example.com/a.ics"},
        {"provider": "ical", "url": "ftp://example.com/a.ics"},
        {"provider": "ical", "url": "not an address"},
        {"provider": "ical", "url": "https://user:secret@example.com/a.ics"},
        {"provider": "ical", "url": "https://example.com/" + "a" * 3000},
        {"provider": "ical", "url": 5},
        {"provider": "ical", "url": "https://example.com/a.ics", "status": "ok"},
        {"provider": "google_calendar"},
        {"provider": "google_calendar", "oauth_token": ""},
        {"provider": "google_calendar", "oauth_token": "a\r\nX-Evil: 1"},
        {"provider": "google_calendar", "oauth_token": "🔑"},
        {"provider": "google_calendar", "oauth_token": "x" * 5000},
        {"provider": ["ical"]},
    ],
)
def test_a_wrong_connection_is_refused_and_nothing_is_stored(home, body):
    assert home.client.post(home.path, body).status_code == 400
    assert not CalendarConnection.objects.exists()
    assert not WorkItem.objects.exists()


def test_a_webcal_address_is_read_by_https(home):
    calendar_id = home.connect("webcal://calendar.example/a.ics")
    assert CalendarConnection.objects.get(pk=calendar_id).credentials == {"url": "https://calendar.example/a.ics"}


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.ics", "http://169.254.169.254/a.ics", "http://[::1]/a.ics"])
def test_in_production_a_private_address_is_refused(home, settings, url):
    settings.CALENDAR_ALLOW_PRIVATE_HOSTS = False
    answer = home.client.post(home.path, {"provider": "ical", "url": url})
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "url")


def test_in_production_a_name_that_leads_inside_is_not_read(home, server, settings):
    settings.CALENDAR_ALLOW_PRIVATE_HOSTS = False
    body = home.sync(home.connect("http://localhost/a.ics")).json()
    assert (body["status"], "public internet" in body["status_reason"]) == ("error", True)


def test_strangers_find_no_calendars_and_coaches_only_look(home, server, api, sam, dan, carol):
    calendar_id = home.connect(serve(server, run()))
    one = f"{home.path}/{calendar_id}"
    for user, read, write in ((sam, 404, 404), (dan, 404, 404), (None, 401, 401), (carol, 200, 403)):
        client = api(user)
        assert [client.get(home.path).status_code, client.get(one).status_code] == [read, read]
        new = client.post(home.path, {"provider": "ical", "url": "https://example.com/b.ics"})
        assert [new.status_code, client.post(one + "/sync").status_code, client.delete(one).status_code] == [write] * 3
    assert (CalendarConnection.objects.count(), server.requests) == (1, [])


def test_a_new_time_zone_has_floating_times_read_anew(home, server, api, alice, athlete):
    floating = f"UID:a\nDTSTART:{today('UTC') + timedelta(days=3):%Y%m%d}T070000\nSUMMARY:Run"
    calendar_id = home.connect(serve(server, floating, ETag='"v1"'))
    home.sync(calendar_id)
    api(alice).patch(f"/v1/athletes/{athlete.pk}", {"timezone": "Asia/Tokyo"})
    assert CalendarConnection.objects.get(pk=calendar_id).next_sync_at <= now()
    home.sync(calendar_id)
    local = TrainingEvent.objects.get().starts_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert local.hour == 7


def test_five_hundred_events_are_stored_with_few_queries(home, server, django_assert_max_num_queries):
    calendar_id = home.connect(serve(server, *[run(str(number), number % 300) for number in range(500)]))
    with django_assert_max_num_queries(40):
        assert counts(home.sync(calendar_id)) == (500, 0, 0)


def test_what_an_athlete_has_corrected_stays_so_and_holds_for_what_comes_later(home, server, athlete):
    calendar_id = home.connect(serve(server, run("a", title="Killer 5")))
    home.sync(calendar_id)
    event = TrainingEvent.objects.get()
    place = f"/v1/athletes/{athlete.pk}/training-events/{event.pk}/correction"
    assert home.client.post(place, {"type": "workout", "sport": "swim"}).status_code == 200
    serve(server, run("a", title="Killer 5", offset=4), run("b", title="Killer 7", offset=6))
    assert counts(home.sync(calendar_id)) == (1, 1, 0)
    shown = TrainingEvent.objects.order_by("starts_at").values_list("title", "type", "sport", "corrected")
    assert list(shown) == [
        ("Killer 5", "workout", "swim", ["type", "sport"]),
        ("Killer 7", "workout", "swim", ["type", "sport"]),
    ]


def test_an_athlete_who_is_deleted_while_their_calendar_is_read_is_not_found(home, server, athlete, monkeypatch):
    server.answers["/feed"] = Answer(calendar())
    calendar_id = home.connect(server.url + "/feed")
    ask = sync.ask_provider

    def ask_too_long(connection):
        result = ask(connection)
        Athlete.objects.filter(pk=athlete.pk).delete()
        return result

    monkeypatch.setattr(sync, "ask_provider", ask_too_long)
    assert home.sync(calendar_id).status_code == 404
