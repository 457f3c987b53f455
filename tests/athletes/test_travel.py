"""Days away: sessions, calendars and meals follow the clock where the athlete is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from athletes.calendars.ical_reader import read_events
from athletes.models import Athlete, CalendarConnection
from athletes.services import profile as profiles
from athletes.services.events import create_event
from athletes.services.profile import add_journey, remove_journey
from nutrition_site.kernel.clock import today
from tests.athletes.pages import keyed, sign_in

pytestmark = pytest.mark.django_db

NEW_YORK = {"first_day": date(2027, 3, 1), "last_day": date(2027, 3, 8), "timezone": "America/New_York"}
AS_TEXT = {"first_day": "2027-03-01", "last_day": "2027-03-08", "timezone": "America/New_York"}


@pytest.fixture
def athlete(athlete):
    athlete.timezone = "Europe/Belgrade"
    athlete.save()
    return athlete


def run(athlete, starts_at):
    values = {"title": "Run", "sport": "run", "starts_at": starts_at, "duration_minutes": 60.0}
    return create_event(by=athlete.user, athlete=athlete, values=values)


def place(event):
    event.refresh_from_db()
    return event.starts_at.astimezone(UTC).isoformat(), event.local_date.isoformat()


def version(athlete):
    return Athlete.objects.get(pk=athlete.pk).training_version


def test_a_session_entered_by_the_clock_keeps_its_hour_on_days_away(athlete):
    event = run(athlete, datetime(2027, 3, 2, 7))
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    assert place(event) == ("2027-03-02T12:00:00+00:00", "2027-03-02")
    remove_journey(by=athlete.user, athlete=athlete, first_day=NEW_YORK["first_day"])
    assert place(event) == ("2027-03-02T06:00:00+00:00", "2027-03-02")


def test_a_session_with_a_zone_of_its_own_keeps_its_moment_and_may_change_its_day(athlete):
    event = run(athlete, datetime(2027, 3, 3, 3, tzinfo=ZoneInfo("Europe/Belgrade")))
    before = version(athlete)
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    assert (*place(event), version(athlete)) == ("2027-03-03T02:00:00+00:00", "2027-03-02", before + 1)


def test_a_session_entered_while_away_is_at_its_hour_there(athlete):
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    athlete.refresh_from_db()
    assert place(run(athlete, datetime(2027, 3, 8, 21))) == ("2027-03-09T02:00:00+00:00", "2027-03-08")


def test_an_all_day_session_keeps_its_day(athlete):
    event = run(athlete, date(2027, 3, 8))
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    assert place(event) == ("2027-03-08T05:00:00+00:00", "2027-03-08")


def test_days_away_without_a_session_move_nothing(athlete):
    run(athlete, datetime(2027, 2, 20, 7))
    before = Athlete.objects.values("training_version", "profile_version").get(pk=athlete.pk)
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    assert Athlete.objects.values("training_version", "profile_version").get(pk=athlete.pk) == before


def test_today_is_the_day_where_the_athlete_is(athlete, monkeypatch):
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    athlete.refresh_from_db()
    monkeypatch.setattr("nutrition_site.kernel.clock.now", lambda: datetime(2027, 3, 4, 3, tzinfo=UTC))
    assert (today(athlete.zones), today(athlete.timezone)) == (date(2027, 3, 3), date(2027, 3, 4))


def test_calendars_are_read_anew_since_floating_times_mean_other_moments(athlete):
    calendar = CalendarConnection.objects.create(
        athlete=athlete, provider="ical", sync_state={"etag": "1"}, next_sync_at=datetime(2099, 1, 1, tzinfo=UTC)
    )
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    calendar.refresh_from_db()
    assert (calendar.sync_state, calendar.next_sync_at < profiles.now()) == ({}, True)


FLOATING = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:swim
DTSTAMP:20270101T000000Z
DTSTART:20270227T070000
DURATION:PT1H
RRULE:FREQ=DAILY;COUNT=12
SUMMARY:Swim
END:VEVENT
BEGIN:VEVENT
UID:call
DTSTAMP:20270101T000000Z
DTSTART;TZID=Europe/Belgrade:20270303T030000
DURATION:PT1H
SUMMARY:Night run
END:VEVENT
BEGIN:VEVENT
UID:once
DTSTAMP:20270101T000000Z
DTSTART:20270308T220000
DTEND:20270308T230000
SUMMARY:Late run
END:VEVENT
END:VCALENDAR
"""


def test_a_floating_series_is_at_its_hour_wherever_the_athlete_is(athlete):
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    athlete.refresh_from_db()
    found = read_events(FLOATING, timezone=athlete.zones, first_day="2027-02-25", last_day="2027-03-20")
    swims = {row["starts_at"] for row in found if row["title"] == "Swim"}
    at_home = {f"2027-{day}T06:00:00+00:00" for day in ("02-27", "02-28", "03-09", "03-10")}
    away = {f"2027-03-0{day}T12:00:00+00:00" for day in range(1, 9)}
    assert swims == at_home | away
    assert [(row["starts_at"], row["ends_at"]) for row in found if row["title"] == "Late run"] == [
        ("2027-03-09T03:00:00+00:00", "2027-03-09T04:00:00+00:00")
    ]
    assert [row["starts_at"] for row in found if row["title"] == "Night run"] == ["2027-03-03T02:00:00+00:00"]


def test_the_names_of_occurrences_do_not_follow_the_journey(athlete):
    at_home = read_events(FLOATING, timezone="Europe/Belgrade", first_day="2027-02-25", last_day="2027-03-20")
    add_journey(by=athlete.user, athlete=athlete, values=NEW_YORK)
    athlete.refresh_from_db()
    away = read_events(FLOATING, timezone=athlete.zones, first_day="2027-02-25", last_day="2027-03-20")
    assert {row["external_id"] for row in away} == {row["external_id"] for row in at_home}


def test_the_api_writes_and_shows_days_away(api, alice, athlete):
    client, path = api(alice), f"/v1/athletes/{athlete.pk}"
    later = {"first_day": "2027-06-01", "last_day": "2027-06-01", "timezone": "Asia/Tokyo"}
    answer = client.patch(path, {"travel": [later, AS_TEXT]})
    assert (answer.status_code, answer.json()["travel"]) == (200, [AS_TEXT, later])
    assert client.get(path).json()["travel"] == [AS_TEXT, later]
    assert client.patch(path, {"travel": []}).json()["travel"] == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"timezone": "Mars/Olympus"}, "Must be an IANA time zone such as Europe/Belgrade."),
        ({"last_day": "2027-02-28"}, "A journey cannot end before it begins."),
        ({"last_day": "2028-03-02"}, "A journey of more than a year is a move: please change the time zone itself."),
        ({"first_day": "1999-12-31", "last_day": "2000-01-02"}, "Must be from 2000 to 2100."),
    ],
)
def test_impossible_days_away_are_refused_and_change_nothing(api, alice, athlete, changes, message):
    client, path = api(alice), f"/v1/athletes/{athlete.pk}"
    client.patch(path, {"travel": [AS_TEXT]})
    answer = client.patch(path, {"travel": [{**AS_TEXT, **changes}]})
    assert (answer.status_code, answer.json()["error"]["details"]) == (400, [{"field": "travel", "message": message}])
    assert client.get(path).json()["travel"] == [AS_TEXT]


def test_nobody_is_in_two_places_on_one_day(api, alice, athlete):
    other = {"first_day": "2027-03-08", "last_day": "2027-03-09", "timezone": "Asia/Tokyo"}
    answer = api(alice).patch(f"/v1/athletes/{athlete.pk}", {"travel": [AS_TEXT, other]})
    assert answer.json()["error"]["details"] == [{"field": "travel", "message": "Two journeys share 2027-03-08."}]


def test_the_page_adds_and_removes_days_away(athlete):
    client = sign_in(athlete.user)
    client.post("/settings/travel", keyed(**AS_TEXT))
    athlete.refresh_from_db()
    assert athlete.travel == [AS_TEXT]
    assert "New York" in client.get("/settings/travel").content.decode()
    client.post("/settings/travel/remove", keyed(first_day="2027-03-01"))
    athlete.refresh_from_db()
    assert athlete.travel == []


def test_the_page_says_what_is_wrong_at_the_field(athlete):
    answer = sign_in(athlete.user).post("/settings/travel", keyed(**{**AS_TEXT, "last_day": "2027-02-01"}))
    assert (answer.status_code, "A journey cannot end before it begins." in answer.content.decode()) == (422, True)
    assert Athlete.objects.get(pk=athlete.pk).travel == []
