"""Training events entered by hand."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from athletes.api import events as events_api
from athletes.models import Athlete, TrainingEvent
from athletes.services.events import local_day_of, place_event
from nutrition_site.kernel.clock import today

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def events(api, alice, athlete):
    """Alice's client, at her events."""

    class Events:
        path = f"/v1/athletes/{athlete.pk}/training-events"
        client = api(alice)

        def post(self, **body):
            return self.client.post(self.path, {"title": "Run", "starts_at": "2026-06-01T07:00:00", **body})

        def make(self, **body):
            answer = self.post(**body)
            assert answer.status_code == 201, answer.content
            return answer.json()

        def one(self, event):
            return f"{self.path}/{event['id']}"

    return Events()


def version(athlete):
    return Athlete.objects.get(pk=athlete.pk).training_version


def test_a_title_fills_what_is_left_out_and_says_so(events):
    body = events.make(title="Long run 90min Z2")
    assert (body["type"], body["sport"], body["duration_minutes"], body["intensity"]) == (
        "workout",
        "run",
        90.0,
        "moderate",
    )
    assert body["estimated"] == ["type", "sport", "duration_minutes", "intensity"]
    assert (body["source"], body["calendar_id"]) == ("manual", None)


def test_a_field_beats_the_title(events):
    body = events.make(title="Long run 90min Z2", sport="Cycling", duration_minutes=60, intensity="hard")
    assert (body["sport"], body["duration_minutes"], body["intensity"], body["estimated"]) == (
        "cycle",
        60.0,
        "hard",
        ["type"],
    )


def test_a_session_without_a_sport_is_one_of_the_athletes_own(events):
    body = events.make(title="Intervals 6x400m")
    assert (body["sport"], "sport" in body["estimated"]) == ("run", True)


def test_a_title_about_nothing_known_is_unclassified(events, athlete):
    before = version(athlete)
    assert events.make(title="Something")["type"] == "unclassified"
    assert version(athlete) == before


def test_a_local_time_is_the_athletes_and_comes_back_with_offset(events):
    assert events.make(starts_at="2026-06-01T07:00:00")["starts_at"] == "2026-06-01T07:00:00+02:00"
    assert events.make(starts_at="2026-12-01T07:00:00")["starts_at"] == "2026-12-01T07:00:00+01:00"


def test_a_time_with_offset_is_that_instant(events):
    body = events.make(starts_at="2026-06-01T23:30:00Z")
    assert (body["starts_at"], body["date"]) == ("2026-06-02T01:30:00+02:00", "2026-06-02")


def test_a_day_alone_is_all_day_from_local_midnight(events):
    body = events.make(title="Rest", starts_at="2026-06-01")
    assert (body["all_day"], body["starts_at"], body["type"]) == (True, "2026-06-01T00:00:00+02:00", "rest")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-28T23:30:00", "2026-03-28"),
        ("2026-03-29T00:30:00", "2026-03-29"),
        ("2026-03-29T02:30:00", "2026-03-29"),
        ("2026-10-24T23:30:00", "2026-10-24"),
        ("2026-10-25T00:30:00", "2026-10-25"),
        ("2026-10-25T02:30:00", "2026-10-25"),
    ],
)
def test_the_day_of_an_event_is_the_local_one_when_the_clocks_change(events, moment, day):
    assert events.make(starts_at=moment)["date"] == day


@pytest.mark.once
def test_the_day_of_an_event_is_the_local_one_in_every_zone_on_every_day_of_two_years():
    wrong = []
    for name in sorted(available_timezones()):
        here = ZoneInfo(name)
        noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
        days = [noon + timedelta(days=number) for number in range(730)]
        offsets = [moment.astimezone(here).utcoffset() for moment in days]
        changes = [days[n].date() for n in range(1, 730) if offsets[n] != offsets[n - 1]]
        for change in changes:
            for local_day in (change - timedelta(days=1), change, change + timedelta(days=1)):
                for clock in (time(23, 30), time(0, 30)):
                    typed = datetime.combine(local_day, clock, tzinfo=here)
                    if typed.astimezone(UTC).astimezone(here).time() != clock:
                        continue  # The clocks jump over this time: there is no such moment to place.
                    _, placed, _ = place_event(typed.replace(tzinfo=None), name)
                    start, _, _ = place_event(local_day, name)
                    if placed != local_day or local_day_of(start, name) != local_day:
                        wrong.append((name, local_day, clock))
    assert wrong == []


def test_the_list_is_of_the_asked_days_in_order(events):
    events.make(title="Later run", starts_at="2026-06-02T18:00:00")
    events.make(title="First run", starts_at="2026-06-01T00:00:00")
    events.make(title="Outside", starts_at="2026-06-03T00:00:00")
    body = events.client.get(events.path + "?from=2026-06-01&to=2026-06-02").json()
    assert (body["total"], [row["title"] for row in body["items"]]) == (2, ["First run", "Later run"])


def test_the_list_shows_last_week_and_four_weeks_ahead_by_default(events):
    day = today("Europe/Belgrade")
    for offset in (-8, -7, 28, 29):
        events.make(title=f"Run {offset}", starts_at=(day + timedelta(days=offset)).isoformat())
    assert [row["title"] for row in events.client.get(events.path).json()["items"]] == ["Run -7", "Run 28"]


@pytest.mark.once
@pytest.mark.parametrize(
    "query", ["from=2026-06-02&to=2026-06-01", "from=2026-01-01&to=2027-06-01", "from=yesterday", "to=2026-02-30"]
)
def test_a_wrong_span_is_refused(events, query):
    assert events.client.get(f"{events.path}?{query}").status_code == 400


BAD = [
    ("title", ""),
    ("title", None),
    ("title", 5),
    ("title", "x" * 501),
    ("title", "a\u0000b"),
    ("title", "a\u0008b"),
    ("starts_at", None),
    ("starts_at", "tomorrow"),
    ("starts_at", "2026-02-30T07:00:00"),
    ("starts_at", "2026-06-01T25:00:00"),
    ("starts_at", 1780000000),
    ("starts_at", "0001-01-01T00:00:00+14:00"),
    ("starts_at", "9999-12-31T23:59:59-12:00"),
    ("starts_at", "1999-12-31"),
    ("starts_at", "2126-06-01"),
    ("duration_minutes", 0),
    ("duration_minutes", -5),
    ("duration_minutes", 1441),
    ("duration_minutes", "60"),
    ("distance_km", 0),
    ("distance_km", 1001),
    ("avg_power_w", 601),
    ("avg_hr", 20),
    ("rpe", 11),
    ("rpe", 0),
    ("tss", -1),
    ("intensity_factor", 2),
    ("intensity", "brutal"),
    ("type", "party"),
    ("sport", ""),
    ("sport", 3),
    ("description", 3),
    ("source", "ical"),
    ("calendar_id", "cal_00000000000000000000000000"),
    ("local_date", "2026-06-01"),
]


@pytest.mark.once
@pytest.mark.parametrize(("field", "value"), BAD)
def test_a_wrong_field_is_refused_and_nothing_is_stored(events, athlete, field, value):
    before = version(athlete)
    answer = events.post(**{field: value})
    assert (answer.status_code, set(answer.json())) == (400, {"error"})
    assert (TrainingEvent.objects.count(), version(athlete)) == (0, before)


@pytest.mark.once
@pytest.mark.parametrize(("field", "value"), BAD)
def test_a_wrong_change_is_refused_and_nothing_changes(events, field, value):
    made = events.make(title="Run 60min")
    assert events.client.patch(events.one(made), {field: value}).status_code == 400
    assert events.client.get(events.one(made)).json() == made


def test_the_sessions_of_a_day_fit_into_it(events):
    events.make(duration_minutes=1000)
    assert events.post(duration_minutes=441).status_code == 400
    assert events.post(duration_minutes=440).status_code == 201


def test_more_than_eight_hours_gets_a_word(events):
    assert [row["code"] for row in events.make(duration_minutes=481)["warnings"]] == ["SESSION_LONG"]


def test_a_new_title_is_read_again_but_not_over_what_was_said(events):
    made = events.make(title="Run 60min easy", duration_minutes=50)
    body = events.client.patch(events.one(made), {"title": "Ride 2h tempo"}).json()
    assert (body["sport"], body["duration_minutes"], body["intensity"]) == ("cycle", 50.0, "hard")


def test_null_lets_the_title_speak_again(events):
    made = events.make(title="Run 60min", duration_minutes=50)
    body = events.client.patch(events.one(made), {"duration_minutes": None}).json()
    assert (body["duration_minutes"], "duration_minutes" in body["estimated"]) == (60.0, True)


def test_making_moving_and_deleting_a_session_each_raise_the_training_version(events, athlete):
    seen = [version(athlete)]
    made = events.make(title="Run 60min")
    seen.append(version(athlete))
    events.client.patch(events.one(made), {"starts_at": "2026-06-02T07:00:00"})
    seen.append(version(athlete))
    events.client.delete(events.one(made))
    seen.append(version(athlete))
    assert [number - seen[0] for number in seen] == [0, 1, 2, 3]


def test_a_new_description_leaves_the_training_version(events, athlete):
    made = events.make(title="Run 60min")
    before = version(athlete)
    assert events.client.patch(events.one(made), {"description": "bring gels\nand water"}).status_code == 200
    assert version(athlete) == before


def test_an_event_of_a_calendar_is_changed_in_the_calendar(events, athlete):
    from athletes.models import CalendarConnection

    calendar = CalendarConnection.objects.create(athlete=athlete, provider="ical")
    event = TrainingEvent.objects.create(
        athlete=athlete,
        calendar=calendar,
        external_id="x",
        source="ical",
        type="workout",
        title="Run",
        starts_at=datetime(2026, 6, 1, tzinfo=UTC),
        local_date="2026-06-01",
    )
    for answer in (
        events.client.patch(f"{events.path}/{event.pk}", {"title": "X"}),
        events.client.delete(f"{events.path}/{event.pk}"),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "event_from_calendar")


def test_a_new_time_zone_moves_instants_to_their_new_day_and_leaves_whole_days(events, api, alice, athlete):
    late = events.make(title="Run 60min", starts_at="2026-06-01T23:30:00+02:00")
    whole = events.make(title="Rest", starts_at="2026-06-01")
    before = version(athlete)
    api(alice).patch(f"/v1/athletes/{athlete.pk}", {"timezone": "Asia/Tokyo"})
    moved, kept = events.client.get(events.one(late)).json(), events.client.get(events.one(whole)).json()
    assert (moved["date"], moved["starts_at"]) == ("2026-06-02", "2026-06-02T06:30:00+09:00")
    assert (kept["date"], kept["starts_at"]) == ("2026-06-01", "2026-06-01T00:00:00+09:00")
    assert version(athlete) == before + 1


def test_the_same_key_makes_one_event(events):
    bodies = [
        events.client.post(
            events.path, {"title": "Run", "starts_at": "2026-06-01T07:00:00"}, **{"Idempotency-Key": "k"}
        ).json()
        for _ in range(2)
    ]
    assert (bodies[0], TrainingEvent.objects.count()) == (bodies[1], 1)


def test_strangers_find_no_events_and_coaches_only_read(events, api, sam, dan, carol):
    made = events.make(title="Run 60min")
    one = events.one(made)
    new = {"title": "Run", "starts_at": "2026-06-01T07:00:00"}
    for user, read, write in ((sam, 404, 404), (dan, 404, 404), (None, 401, 401), (carol, 200, 403)):
        client = api(user)
        assert [client.get(events.path).status_code, client.get(one).status_code] == [read, read]
        assert client.post(events.path, new).status_code == write
        assert [client.patch(one, {"title": "X"}).status_code, client.delete(one).status_code] == [write, write]
    assert events.client.get(one).json() == made
    assert TrainingEvent.objects.count() == 1


def test_an_event_of_another_athlete_is_not_found_under_the_own_profile(events, api, sam):
    made = events.make()
    path = f"/v1/athletes/{sam.athlete.pk}/training-events/{made['id']}"
    assert api(sam).get(path).status_code == 404


def test_an_athlete_of_many_events_is_listed_with_few_queries(events, athlete, django_assert_max_num_queries):
    for hour in range(10):
        events.make(starts_at=f"2026-06-01T{hour:02}:00:00")
    with django_assert_max_num_queries(6):
        assert events.client.get(events.path + "?from=2026-06-01&to=2026-06-01").json()["total"] == 10


@pytest.mark.parametrize("name", ["update_event", "remember_correction"])
def test_an_event_that_is_deleted_while_it_is_changed_is_not_found(events, monkeypatch, name):
    made = events.make(title="Run 60min")
    change = getattr(events_api, name)

    def change_too_late(**values):
        TrainingEvent.objects.filter(pk=made["id"]).delete()
        return change(**values)

    monkeypatch.setattr(events_api, name, change_too_late)
    if name == "update_event":
        answer = events.client.patch(events.one(made), {"title": "Swim"})
    else:
        answer = events.client.post(events.one(made) + "/correction", {"sport": "swim"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def overlaps(event):
    return [(row["field"], row["message"]) for row in event["warnings"] if row["code"] == "SESSION_OVERLAP"]


def test_sessions_at_the_same_time_warn_each_of_the_other(events, django_assert_max_num_queries):
    run = events.make(title="Run", starts_at="2026-06-01T07:00:00", duration_minutes=60)
    ride = events.make(title="Ride", starts_at="2026-06-01T07:30:00", duration_minutes=60)
    events.make(title="Swim", starts_at="2026-06-01T08:30:00", duration_minutes=60)
    told = ("starts_at", "“Ride” and “Run” overlap: is it the same session twice?")
    assert overlaps(ride) == [told]
    with django_assert_max_num_queries(6):
        listed = events.client.get(f"{events.path}?from=2026-06-01&to=2026-06-01").json()["items"]
    assert [len(overlaps(event)) for event in listed] == [1, 1, 0]
    assert overlaps(events.client.get(events.one(run)).json()) == overlaps(listed[0])


def test_a_session_that_goes_on_past_midnight_overlaps_with_the_next_day(events):
    events.make(title="Night run", starts_at="2026-06-01T23:00:00", duration_minutes=180)
    events.make(title="Early ride", starts_at="2026-06-02T01:00:00", duration_minutes=60)
    (listed,) = events.client.get(f"{events.path}?from=2026-06-02&to=2026-06-02").json()["items"]
    assert (listed["title"], len(overlaps(listed))) == ("Early ride", 1)


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Ride", "starts_at": "2026-06-01T08:00:00", "duration_minutes": 60},
        {"title": "Ride", "starts_at": "2026-06-01T07:56:00", "duration_minutes": 60},
        {"title": "Ride", "starts_at": "2026-06-01", "duration_minutes": 60},
        {"title": "Dentist", "starts_at": "2026-06-01T07:10:00", "duration_minutes": 30},
    ],
    ids=["right after it", "minutes before its end", "all day", "no training"],
)
def test_what_follows_on_lasts_all_day_or_is_no_training_overlaps_with_nothing(other, events):
    events.make(title="Run", starts_at="2026-06-01T07:00:00", duration_minutes=60)
    assert overlaps(events.make(**other)) == []


def test_of_a_session_of_unknown_length_only_its_beginning_counts(events):
    events.make(title="Run", starts_at="2026-06-01T07:00:00")
    assert overlaps(events.make(title="Ride", starts_at="2026-06-01T07:20:00", duration_minutes=60)) == []
    assert len(overlaps(events.make(title="Swim", starts_at="2026-06-01T07:40:00"))) == 1
