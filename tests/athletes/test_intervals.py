"""Intervals.icu, played by a protocol server on the loopback."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from athletes.calendars import intervals
from athletes.calendars.intervals import IntervalsProvider
from athletes.calendars.protocol import (
    CalendarTokenExpired,
    CalendarUnreachable,
    CalendarUnreadable,
    FetchContext,
    RawSession,
)
from athletes.models import CalendarConnection, CompletedSession, TrainingEvent
from athletes.services.sync import sync_calendar
from nutrition_site.kernel import http
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from tests.athletes.providers.intervals_server import API_KEY, TOKEN, IntervalsServer
from tests.athletes.providers.loopback import Said

FIRST, LAST = date(2026, 3, 2), date(2027, 7, 5)
NOW = datetime(2026, 6, 3, 10, tzinfo=UTC)


@pytest.fixture
def server():
    running = IntervalsServer()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch):
    limits = http.FetchLimits(connect_seconds=1, read_seconds=0.5, total_seconds=1, max_bytes=8_000_000)
    monkeypatch.setattr(intervals, "LIMITS", limits)
    monkeypatch.setattr(intervals, "today", lambda zone: NOW.date())


def fetch(server, state=None, first=FIRST, zone="Europe/Belgrade", **credentials):
    given = credentials or {"api_key": API_KEY, "athlete_id": "0"}
    options = {"base_url": server.base_url}
    return IntervalsProvider().fetch(FetchContext(given, state or {}, first, LAST, zone, False, options=options))


def the_event(server, **more):
    server.add_event(1, **{"name": "Session", "start_date_local": "2026-06-05T17:30:00", **more})
    (event,) = fetch(server).events
    return event


def asked(server, what):
    paths = [urlsplit(request.path) for request in server.requests]
    return [parse_qs(parts.query) for parts in paths if parts.path.endswith(what)]


def test_a_planned_workout_is_told_with_what_the_service_knows_of_it(server):
    event = the_event(
        server,
        name="Sweet spot",
        type="VirtualRide",
        moving_time=5400,
        distance=45_000.0,
        icu_training_load=88,
        icu_intensity=76.5,
        description="3x15m 90%",
    )
    assert (event.external_id, event.title, event.description) == ("1", "Sweet spot", "3x15m 90%")
    assert dict(event.stated) == {
        "type": "workout",
        "sport": "cycle",
        "duration_minutes": 90.0,
        "distance_km": 45.0,
        "tss": 88.0,
        "intensity_factor": 0.765,
    }


def test_local_times_are_those_of_the_athlete(server):
    event = the_event(server, moving_time=3600)
    assert (event.starts_at, event.ends_at) == (
        datetime(2026, 6, 5, 15, 30, tzinfo=UTC),
        datetime(2026, 6, 5, 16, 30, tzinfo=UTC),
    )


def test_an_athlete_who_moved_trains_at_the_same_hour_there(server):
    server.add_event(1, "Run", "2026-06-05T07:00:00")
    assert fetch(server, zone="Asia/Tokyo").events[0].starts_at == datetime(2026, 6, 4, 22, tzinfo=UTC)


def test_a_workout_at_midnight_is_one_without_a_time(server):
    event = the_event(server, start_date_local="2026-06-05T00:00:00", moving_time=3600)
    assert (event.starts_at, event.all_day, event.ends_at) == (date(2026, 6, 5), True, None)
    assert event.stated["duration_minutes"] == 60.0


def test_what_is_not_stated_stays_unknown(server):
    event = the_event(server, type="Workout", moving_time=0, distance=0, icu_training_load=None, icu_intensity=0)
    assert (dict(event.stated), event.ends_at) == ({}, None)


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("WORKOUT", "workout"),
        ("RACE_A", "race"),
        ("RACE_B", "race"),
        ("RACE_C", "race"),
        ("NOTE", "not_training"),
        ("HOLIDAY", "not_training"),
        ("SICK", "rest"),
        ("INJURED", "rest"),
    ],
)
def test_a_category_says_what_an_event_is(server, category, kind):
    assert the_event(server, category=category, moving_time=3600).stated["type"] == kind


def test_a_category_that_is_new_leaves_the_word_to_the_title(server):
    assert dict(the_event(server, category="CAMP").stated) == {}


@pytest.mark.parametrize("category", ["TARGET", "PLAN", "SEASON_START", "FITNESS_DAYS", "SET_EFTP"])
def test_the_calendars_own_marks_are_no_events(server, category):
    server.add_event(1, "Week target", "2026-06-05T00:00:00", category=category)
    assert fetch(server).events == []


def test_a_holiday_is_one_entry_for_each_of_its_days(server):
    server.add_event(
        7, "Holiday", "2026-06-05T00:00:00", category="HOLIDAY", end_date_local="2026-06-08T00:00:00", type=None
    )
    assert [(event.external_id, event.starts_at) for event in fetch(server).events] == [
        ("7+0", date(2026, 6, 5)),
        ("7+1", date(2026, 6, 6)),
        ("7+2", date(2026, 6, 7)),
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"id": None},
        {"id": True},
        {"id": ["x"]},
        {"start_date_local": None},
        {"start_date_local": "soon"},
        {"start_date_local": 5},
        {"start_date_local": "2026-02-30T00:00:00"},
        {"category": "NOTE", "start_date_local": "9999-12-31T00:00:00", "end_date_local": "0001-01-01T00:00:00"},
    ],
    ids=str,
)
def test_a_broken_row_takes_no_other_with_it(server, row):
    server.add_event(1, "Run", "2026-06-05T07:00:00")

    def with_broken_rows(request):
        if "/events" not in request.path:
            return None
        (good,) = json.loads(server.answer(request).body)
        return Said(200, {}, json.dumps([5, None, {**good, "id": 2, **row}, good]).encode())

    server.instead = with_broken_rows
    assert [event.external_id for event in fetch(server).events] == ["1"]


RIDE = {
    "type": "GravelRide",
    "moving_time": 7200,
    "elapsed_time": 8100,
    "distance": 60_500.0,
    "total_elevation_gain": 640.0,
    "icu_average_watts": 182,
    "icu_weighted_avg_watts": 201,
    "average_heartrate": 138,
    "max_heartrate": 171,
    "calories": 1290,
    "icu_joules": 1_310_400,
    "icu_training_load": 112,
    "icu_intensity": 74.8,
    "icu_rpe": 6,
    "device_name": "Garmin Edge 540",
    "paired_event_id": 42,
}


def test_a_completed_session_is_told_in_our_units(server):
    server.add_activity("i99", "Gravel loop", "2026-06-02T06:30:00Z", **RIDE)
    assert fetch(server).sessions == [
        RawSession(
            external_id="i99",
            starts_at=datetime(2026, 6, 2, 6, 30, tzinfo=UTC),
            duration_minutes=120.0,
            title="Gravel loop",
            sport="cycle",
            elapsed_minutes=135.0,
            distance_km=60.5,
            ascent_m=640.0,
            avg_power_w=182.0,
            normalized_power_w=201.0,
            avg_hr=138.0,
            max_hr=171.0,
            work_kj=1310.4,
            device_kcal=1290.0,
            tss=112.0,
            intensity_factor=0.748,
            rpe=6.0,
            device="Garmin Edge 540",
            planned_id="42",
        )
    ]


def test_what_was_not_measured_is_unknown_and_never_zero(server):
    server.add_activity(
        "i1", "Yoga", "2026-06-02T06:30:00Z", type="Yoga", moving_time=None, elapsed_time=1800, distance=0, calories=0
    )
    (session,) = fetch(server).sessions
    assert (session.duration_minutes, session.distance_km, session.device_kcal, session.avg_hr, session.rpe) == (
        30.0,
        None,
        None,
        None,
        None,
    )


def test_a_stub_of_strava_is_no_session(server):
    server.add_strava_stub("16457456654", "2026-06-02T08:30:00")
    server.add_activity("i1", "Run", "2026-06-02T06:30:00Z", type="Run", moving_time=3600)
    assert [session.external_id for session in fetch(server).sessions] == ["i1"]


def test_the_second_reading_of_the_same_gives_nothing_new(server):
    server.add_event(1, "Run", "2026-06-05T07:00:00")
    server.add_activity("i1", "Run", "2026-06-02T06:30:00Z", type="Run", moving_time=3600)
    state = fetch(server).sync_state
    again = fetch(server, state)
    assert (again.events, list(again.sessions), again.sync_state) == (None, [], state)


def test_numbers_that_change_by_themselves_are_no_change(server):
    server.add_event(1, "Run", "2026-06-05T07:00:00")
    state = fetch(server).sync_state
    server.fitness = 41.3
    assert fetch(server, state).events is None


def test_an_answer_that_is_unchanged_by_its_tag_is_believed():
    server = IntervalsServer(with_etag=True)
    server.add_event(1, "Run", "2026-06-05T07:00:00")
    state = fetch(server).sync_state
    again = fetch(server, state)
    sent = [request.headers.get("if-none-match") for request in server.requests if "/events" in request.path]
    server.close()
    assert (again.events, sent) == (None, [None, state["events_etag"]])


def test_a_changed_event_brings_the_whole_window(server):
    server.add_event(1, "Run", "2026-06-05T07:00:00")
    server.add_event(2, "Swim", "2026-06-06T07:00:00")
    state = fetch(server).sync_state
    server.add_event(1, "Run", "2026-06-05T18:00:00")
    assert [event.external_id for event in fetch(server, state).events] == ["1", "2"]


def test_an_edited_session_is_told_again_and_alone(server):
    server.add_activity("i1", "Run", "2026-06-02T06:30:00Z", type="Run", moving_time=3600)
    server.add_activity("i2", "Swim", "2026-06-01T06:30:00Z", type="Swim", moving_time=1800)
    state = fetch(server).sync_state
    server.activities["i1"]["icu_rpe"] = 7
    assert [(session.external_id, session.rpe) for session in fetch(server, state).sessions] == [("i1", 7.0)]


def test_within_a_day_only_the_last_days_are_asked_for_again(server):
    fetch(server, fetch(server).sync_state)
    assert [query["oldest"] for query in asked(server, "/activities")] == [["2026-03-02"], ["2026-05-31"]]


def test_a_new_day_looks_at_all_activities_and_tells_only_what_is_new(server, monkeypatch):
    server.add_activity("i1", "Run", "2026-06-02T06:30:00Z", type="Run", moving_time=3600)
    state = fetch(server).sync_state
    server.add_activity("late", "Swim", "2026-04-10T06:30:00Z", type="Swim", moving_time=1800)
    assert list(fetch(server, state).sessions) == []
    monkeypatch.setattr(intervals, "today", lambda zone: NOW.date() + timedelta(days=1))
    assert [session.external_id for session in fetch(server, state).sessions] == ["late"]


@pytest.mark.parametrize(
    ("credentials", "header"),
    [
        ({"api_key": API_KEY, "athlete_id": "i4711"}, "Basic QVBJX0tFWTo0ZjBjOWQyYTdiMWU="),
        ({"oauth_token": TOKEN, "athlete_id": "0"}, f"Bearer {TOKEN}"),
    ],
    ids=["key", "token"],
)
def test_a_key_and_a_token_are_each_sent_in_their_way(server, credentials, header):
    fetch(server, **credentials)
    assert {request.headers["authorization"] for request in server.requests} == {header}


def test_a_refused_key_asks_to_connect_again(server):
    server.refused = True
    with pytest.raises(CalendarTokenExpired) as refused:
        fetch(server)
    assert API_KEY not in refused.value.message


def test_an_athlete_that_is_not_known_is_said(server):
    with pytest.raises(CalendarUnreadable, match="does not know"):
        fetch(server, api_key=API_KEY, athlete_id="i999")


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("timeout", CalendarUnreachable),
        ("500", CalendarUnreachable),
        ("429", CalendarUnreachable),
        ("down", CalendarUnreachable),
        ("half", CalendarUnreadable),
        ("garbage", CalendarUnreadable),
    ],
)
def test_a_service_that_is_unwell_is_told_by_its_kind(server, how, error):
    server.fail(how)
    with pytest.raises(error):
        fetch(server)


@pytest.mark.parametrize("body", [b"{}", b"5", b"null", b"[" * 100_000, b"\xff", b'["a"'])
def test_an_answer_that_is_no_list_is_unreadable(server, body):
    server.instead = lambda request: Said(200, {}, body)
    with pytest.raises(CalendarUnreadable):
        fetch(server)


def test_more_events_than_a_year_can_hold_are_refused(server):
    for number in range(5001):
        server.events[number] = {
            "id": number,
            "start_date_local": "2026-06-05T07:00:00",
            "end_date_local": "2026-06-06",
        }
    with pytest.raises(CalendarUnreadable, match="more than 5000"):
        fetch(server)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "api_key"),
        ({"api_key": ""}, "api_key"),
        ({"api_key": "with space"}, "api_key"),
        ({"api_key": "short"}, "api_key"),
        ({"api_key": "abcdefgh\r\nX-Evil: 1"}, "api_key"),
        ({"oauth_token": "🔑" * 8}, "oauth_token"),
        ({"api_key": API_KEY, "athlete_id": "../../admin"}, "athlete_id"),
        ({"api_key": API_KEY, "athlete_id": "me"}, "athlete_id"),
    ],
)
def test_wrong_credentials_are_named_by_their_field(fields, named):
    with pytest.raises(InvalidInput) as wrong:
        IntervalsProvider().check_credentials(fields, allow_private_hosts=False)
    assert [detail["field"] for detail in wrong.value.details] == [named]


def test_without_an_athlete_the_owner_of_the_key_is_read():
    provider = IntervalsProvider()
    kept = provider.check_credentials({"api_key": f" {API_KEY}\n"}, allow_private_hosts=False)
    assert (kept, provider.label(kept)) == ({"api_key": API_KEY, "athlete_id": "0"}, "Intervals.icu")


@pytest.mark.django_db
def test_an_athlete_connects_by_key_and_the_stated_fields_beat_the_title(server, api, alice, athlete, settings):
    settings.CALENDAR_PROVIDER_OPTIONS = {"intervals_icu": {"base_url": server.base_url}}
    day = today("Europe/Belgrade") + timedelta(days=2)
    server.add_event(
        1, "Long run 3h", f"{day}T09:00:00", type="Ride", moving_time=5400, icu_training_load=70, icu_intensity=68
    )
    client, path = api(alice), f"/v1/athletes/{athlete.pk}/calendars"
    calendar_id = client.post(path, {"provider": "intervals_icu", "api_key": API_KEY}).json()["id"]
    assert client.post(f"{path}/{calendar_id}/sync").json()["added"] == 1
    event = TrainingEvent.objects.get()
    assert (event.type, event.sport, event.duration_minutes, event.tss, event.intensity_factor, event.source) == (
        "workout",
        "cycle",
        90.0,
        70.0,
        0.68,
        "intervals_icu",
    )
    assert API_KEY.encode() not in client.get(path).content


@pytest.mark.django_db
def test_a_completed_activity_fulfills_the_event_it_is_paired_with_and_counts_once(
    server, athlete, settings, monkeypatch
):
    monkeypatch.setattr(intervals, "today", today)
    settings.CALENDAR_PROVIDER_OPTIONS = {"intervals_icu": {"base_url": server.base_url}}
    day = today("Europe/Belgrade") - timedelta(days=2)
    server.add_event(42, "Gravel endurance", f"{day}T08:30:00", type="GravelRide", moving_time=7200)
    server.add_activity("i99", "Gravel loop", f"{day}T06:30:00Z", **RIDE)
    calendar = CalendarConnection.objects.create(
        athlete=athlete, provider="intervals_icu", credentials={"api_key": API_KEY, "athlete_id": "0"}
    )
    for _ in range(2):
        sync_calendar(calendar_id=calendar.pk)
    session = CompletedSession.objects.get()
    assert (session.event.external_id, session.avg_power_w, session.work_kj, session.tss) == (
        "42",
        182.0,
        1310.4,
        112.0,
    )
    assert (TrainingEvent.objects.count(), session.records.get().external_id) == (1, "i99")
