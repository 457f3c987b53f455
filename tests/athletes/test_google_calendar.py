"""Google Calendar, played by a server on the loopback."""

from __future__ import annotations

import json
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from athletes.calendars.google import GoogleCalendarProvider
from athletes.calendars.protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext
from athletes.models import CalendarConnection, TrainingEvent
from nutrition_site.kernel.clock import today
from tests.athletes.feeds import Answer, feed_server

pytestmark = pytest.mark.core
PATH = "/calendars/primary/events"


@pytest.fixture
def google():
    with feed_server() as server:
        yield server


def page(*items, **more):
    return Answer(json.dumps({"items": list(items), **more}).encode(), headers={"Content-Type": "application/json"})


def timed(identity, day, title="Run", **more):
    return {
        "id": identity,
        "summary": title,
        "start": {"dateTime": f"{day}T07:00:00+02:00", "timeZone": "Europe/Belgrade"},
        "end": {"dateTime": f"{day}T08:30:00+02:00"},
        **more,
    }


def fetch(google, answer, first=date(2026, 6, 1), last=date(2026, 6, 30)):
    google.answers[PATH] = answer
    context = FetchContext(
        {"oauth_token": "ya29.token"},
        {},
        first,
        last,
        "Europe/Belgrade",
        allow_private_hosts=False,
        options={"base_url": google.url},
    )
    return GoogleCalendarProvider().fetch(context).events


def test_one_list_of_single_events_is_asked_for_with_the_token(google):
    fetch(google, page())
    path, headers = google.requests[0]
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    assert headers["authorization"] == "Bearer ya29.token"
    assert (query["singleEvents"], query["timeMin"], query["timeMax"]) == (
        "true",
        "2026-06-01T00:00:00+02:00",
        "2026-07-01T00:00:00+02:00",
    )


def test_timed_all_day_and_cancelled_events_are_told_apart(google):
    events = fetch(
        google,
        page(
            timed("a", "2026-06-02"),
            {"id": "b", "summary": "Camp", "start": {"date": "2026-06-05"}, "end": {"date": "2026-06-07"}},
            timed("c", "2026-06-03", status="cancelled"),
            timed("d", "2026-06-04", eventType="birthday"),
        ),
    )
    assert [(event.external_id, event.all_day) for event in events] == [("a", False), ("b+0", True), ("b+1", True)]
    assert (events[0].ends_at - events[0].starts_at) == timedelta(minutes=90)


def test_all_pages_are_read(google):
    pages = {None: page(timed("a", "2026-06-02"), nextPageToken="p 2"), "p 2": page(timed("b", "2026-06-03"))}

    def answer(path, headers):
        return pages[parse_qs(urlsplit(path).query).get("pageToken", [None])[0]]

    assert [event.external_id for event in fetch(google, answer)] == ["a", "b"]


def test_pages_without_end_are_left(google):
    with pytest.raises(CalendarUnreadable):
        fetch(google, page(nextPageToken="again"))
    assert len(google.requests) == 4


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"id": "x"},
        {"id": "x", "start": "now", "end": "then"},
        {"id": "x", "start": {"dateTime": "soon"}, "end": {}},
        {"id": "x", "start": {"date": "2026-02-30"}, "end": {"date": "2026-03-01"}},
        {"id": "x", "start": {"date": "9999-12-31"}, "end": {"date": "0001-01-01"}},
    ],
)
def test_a_broken_item_takes_no_other_with_it(google, item):
    assert [event.external_id for event in fetch(google, page(item, timed("a", "2026-06-02")))] == ["a"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(status=401), CalendarTokenExpired),
        (Answer(b'{"error": {"errors": [{"reason": "insufficientPermissions"}]}}', 403), CalendarTokenExpired),
        (Answer(b'{"error": {"errors": [{"reason": "rateLimitExceeded"}]}}', 403), CalendarUnreachable),
        (Answer(status=503), CalendarUnreachable),
        (Answer(b"<html>"), CalendarUnreadable),
        (Answer(b"[]"), CalendarUnreadable),
        (Answer(b'{"items": 5}'), CalendarUnreadable),
        (Answer(b'{"a":' * 100_000), CalendarUnreadable),
    ],
)
def test_an_answer_that_is_no_list_is_told_by_its_kind(google, answer, error):
    with pytest.raises(error):
        fetch(google, answer)


@pytest.fixture
def home(api, alice, athlete, google, settings):
    settings.CALENDAR_PROVIDER_OPTIONS = {"google_calendar": {"base_url": google.url}}

    class Home:
        client = api(alice)
        path = f"/v1/athletes/{athlete.pk}/calendars"

        def connect(self, token):
            answer = self.client.post(self.path, {"provider": "google_calendar", "oauth_token": token})
            assert answer.status_code == 201, answer.content
            return answer.json()["id"]

    return Home()


@pytest.mark.django_db
def test_an_expired_token_speaks_and_a_new_one_keeps_calendar_and_events(home, google):
    google.answers[PATH] = page(timed("a", today("UTC") + timedelta(days=2), "Long run Z2"))
    calendar_id = home.connect("ya29.first")
    assert home.client.post(f"{home.path}/{calendar_id}/sync").json()["added"] == 1
    google.answers[PATH] = Answer(status=401)
    refused = home.client.post(f"{home.path}/{calendar_id}/sync")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "calendar_token_expired")
    assert home.client.get(f"{home.path}/{calendar_id}").json()["status"] == "reconnect"
    assert TrainingEvent.objects.count() == 1
    assert home.connect("ya29.second") == calendar_id
    assert CalendarConnection.objects.get().status == "pending"
    google.answers[PATH] = page(timed("a", today("UTC") + timedelta(days=2), "Long run Z2"))
    assert home.client.post(f"{home.path}/{calendar_id}/sync").json()["status"] == "ok"
    assert TrainingEvent.objects.count() == 1


@pytest.mark.django_db
def test_the_token_is_never_shown(home):
    calendar_id = home.connect("ya29.very-secret")
    shown = home.client.get(home.path).content + home.client.get(f"{home.path}/{calendar_id}").content
    assert b"very-secret" not in shown
