"""Correcting how titles are read: remembered for titles like it, and kept when the calendar is read again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from athletes.calendars.protocol import RawEvent
from athletes.models import Athlete, CalendarConnection, TitleCorrection, TrainingEvent
from athletes.services.corrections import forget_correction, remember_correction
from athletes.services.events import create_event, update_event
from athletes.services.like_titles import apply_corrections, corrections_of, title_key
from athletes.services.merging import read_event
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, InvalidInput
from nutrition_site.kernel.models import AuditEntry
from tests.athletes.pages import keyed, shown, sign_in
from tests.factories import make_athlete
from tests.markup import faults

database = pytest.mark.django_db
COLUMNS = {
    "title": "Killer 5",
    "type": "unclassified",
    "sport": "",
    "intensity": None,
    "duration_minutes": None,
    "distance_km": None,
    "estimated": ["type"],
}


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Long run 18 km", "LONG RUN: 22km"),
        ("Killer 5", "killer 12!"),
        ("Tuesday club 90 min", "Club Thursday (75')"),
        ("Trčanje 10 km lagano", "Трчање 12 км лагано"),
        ("Läufe 8x400m", "Laufe 10x200 m"),
        ("Rodaje 12/05", "Rodaje 19/05"),
        ("3x10' @ FTP, 2h total", "4x8' @ FTP, 1h30 total"),
        ("🏃 10 km", "🏃 12 km"),
    ],
)
def test_titles_that_differ_from_week_to_week_are_alike(title, other):
    assert title_key(title) == title_key(other)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Run Z2", "Run Z3"),
        ("Rad GA1 2h", "Rad GA2 2h"),
        ("Killer run", "Killer ride"),
        ("🏃", "🚴"),
        ("10 km", "90 min"),
    ],
)
def test_titles_that_mean_different_things_are_not_alike(title, other):
    assert title_key(title) != title_key(other)


@pytest.mark.parametrize("title", ["x" * 500, "ß" * 500, "1 " * 250, "🏃" * 500, "", "(" * 500])
def test_every_title_has_a_key_that_can_be_stored(title):
    assert len(title_key(title)) <= 300


def said(**fields):
    correction = TitleCorrection(key=title_key("Killer 5"), title="Killer 5", **fields)
    return {correction.key: correction}


def corrected(columns=None, /, *, main_sport="triathlon", by_hand=False, **fields):
    return apply_corrections({**COLUMNS, **(columns or {})}, said(**fields), main_sport=main_sport, by_hand=by_hand)


def test_what_is_said_replaces_what_was_read_and_is_no_estimate_any_more():
    read = corrected(type="workout", sport="cycle", intensity="hard", duration_minutes=50.0)
    assert (read["type"], read["sport"], read["intensity"], read["duration_minutes"]) == (
        "workout",
        "cycle",
        "hard",
        50,
    )
    assert (read["corrected"], read["estimated"]) == (["type", "sport", "intensity", "duration_minutes"], [])


def test_what_is_not_said_is_left_to_the_title():
    read = corrected({"type": "workout", "sport": "run", "estimated": ["type", "sport"]}, intensity="easy")
    assert (read["sport"], read["corrected"], read["estimated"]) == ("run", ["intensity"], ["type", "sport"])


def test_other_titles_are_left_alone():
    columns = {**COLUMNS, "title": "Swim 3x800"}
    assert apply_corrections(columns, said(type="race"), main_sport="run") == {**columns, "corrected": []}


def test_the_word_of_the_athlete_beats_what_the_calendar_states():
    read = corrected({"type": "workout", "sport": "run", "estimated": []}, sport="cycle")
    assert read["sport"] == "cycle"


def test_a_length_that_the_calendar_states_stays():
    read = corrected({"type": "workout", "duration_minutes": 75.0, "estimated": ["type"]}, duration_minutes=50.0)
    assert (read["duration_minutes"], read["corrected"]) == (75.0, [])


def test_a_length_that_was_read_from_the_title_gives_way():
    read = corrected(
        {"type": "workout", "duration_minutes": 75.0, "estimated": ["duration_minutes"]}, duration_minutes=50.0
    )
    assert (read["duration_minutes"], read["corrected"], read["estimated"]) == (50.0, ["duration_minutes"], [])


def test_a_field_that_was_filled_in_by_hand_stays():
    read = corrected({"type": "workout", "sport": "run", "estimated": ["type"]}, by_hand=True, sport="cycle")
    assert read["sport"] == "run"


def test_what_is_no_training_loses_its_sport_and_effort():
    read = corrected(
        {"type": "workout", "sport": "run", "intensity": "hard", "estimated": ["type", "sport"]}, type="not_training"
    )
    assert (read["sport"], read["intensity"], read["estimated"]) == ("", None, [])


def test_what_becomes_a_session_has_the_amounts_of_its_title_and_the_sport_of_the_athlete():
    read = corrected({"title": "Killer 5 km 40 min"}, main_sport="run", type="workout")
    assert (read["sport"], read["duration_minutes"], read["distance_km"]) == ("run", 40.0, 5.0)
    assert read["estimated"] == ["duration_minutes", "distance_km", "sport"]


def test_what_becomes_a_race_is_raced():
    read = corrected({"type": "workout", "intensity": "easy", "estimated": ["type", "intensity"]}, type="race")
    assert (read["intensity"], read["estimated"]) == ("race", ["intensity"])


def test_what_was_no_race_is_not_raced():
    read = corrected({"type": "race", "intensity": "race", "estimated": ["type", "intensity"]}, type="workout")
    assert (read["intensity"], read["estimated"]) == (None, [])


@pytest.fixture
def calendar(athlete):
    return CalendarConnection.objects.create(
        athlete=athlete, provider="ical", sync_state={"etag": "a"}, next_sync_at=now() + dt.timedelta(hours=1)
    )


@pytest.fixture
def planned(athlete, calendar):
    """Puts an event of the calendar on a day from today."""

    def make(title, days=1, **stated):
        day = today(athlete.timezone) + dt.timedelta(days)
        raw = RawEvent(external_id=f"{title}{days}", title=title, starts_at=day, all_day=True, stated=stated)
        return TrainingEvent.objects.create(
            athlete=athlete, calendar=calendar, external_id=raw.external_id, source="ical", **read_event(raw, athlete)
        )

    return make


def version(athlete):
    return Athlete.objects.get(pk=athlete.pk).training_version


@database
def test_a_correction_reaches_every_like_title_from_today_on(athlete, planned):
    past, first, second = planned("Killer 4", -1), planned("Killer 5", 1), planned("Killer 6", 8)
    remember_correction(by=athlete.user, athlete=athlete, event=first, values={"type": "workout", "sport": "Cycling"})
    for event in (past, first, second):
        event.refresh_from_db()
    assert [(event.type, event.sport) for event in (past, first, second)] == [
        ("unclassified", ""),
        ("workout", "cycle"),
        ("workout", "cycle"),
    ]
    assert second.corrected == ["type", "sport"]


@database
def test_a_past_event_that_is_corrected_itself_is_read_anew(athlete, planned):
    past = planned("Killer 4", -1)
    remember_correction(by=athlete.user, athlete=athlete, event=past, values={"type": "workout"})
    past.refresh_from_db()
    assert past.type == "workout"


@database
def test_the_training_version_rises_once(athlete, planned):
    event, _ = planned("Killer 5", 1), planned("Killer 6", 8)
    before = version(athlete)
    remember_correction(by=athlete.user, athlete=athlete, event=event, values={"type": "workout"})
    assert version(athlete) == before + 1


@database
def test_saying_the_same_again_makes_no_plan_stale(athlete, planned):
    event = planned("Killer 5")
    remember_correction(by=athlete.user, athlete=athlete, event=event, values={"type": "workout"})
    before = version(athlete)
    remember_correction(by=athlete.user, athlete=athlete, event=event, values={"type": "workout"})
    assert (version(athlete), athlete.title_corrections.count()) == (before, 1)


@database
def test_the_trail_names_the_fields_but_no_values(athlete, planned):
    remember_correction(
        by=athlete.user, athlete=athlete, event=planned("Killer 5"), values={"type": "workout", "sport": "cycle"}
    )
    entry = AuditEntry.objects.get(verb="title.corrected")
    assert (entry.athlete_id, entry.details) == (athlete.pk, {"fields": ["sport", "type"]})


@database
def test_a_correction_holds_for_what_the_next_sync_brings(athlete, planned):
    remember_correction(by=athlete.user, athlete=athlete, event=planned("Killer 5"), values={"type": "workout"})
    raw = RawEvent(external_id="new", title="Killer 7", starts_at=today(athlete.timezone), all_day=True)
    columns = apply_corrections(read_event(raw, athlete), corrections_of(athlete), main_sport=athlete.sport)
    assert (columns["type"], columns["corrected"]) == ("workout", ["type"])


@database
def test_the_next_sync_of_an_unchanged_event_changes_nothing(athlete, planned):
    event = planned("Killer 5 40 min")
    remember_correction(by=athlete.user, athlete=athlete, event=event, values={"type": "workout", "intensity": "hard"})
    event.refresh_from_db()
    raw = RawEvent(external_id=event.external_id, title=event.title, starts_at=event.local_date, all_day=True)
    columns = apply_corrections(read_event(raw, athlete), corrections_of(athlete), main_sport=athlete.sport)
    assert {name: value for name, value in columns.items() if getattr(event, name) != value} == {}


@database
def test_all_corrections_are_read_with_one_query(athlete, django_assert_num_queries):
    with django_assert_num_queries(1):
        corrections_of(athlete)


@database
def test_a_forgotten_correction_leaves_the_title_to_speak(athlete, planned):
    event = planned("Run 40 min")
    remember_correction(by=athlete.user, athlete=athlete, event=event, values={"sport": "cycle", "intensity": "hard"})
    forget_correction(by=athlete.user, athlete=athlete, event=event)
    event.refresh_from_db()
    assert (event.sport, event.intensity, event.corrected) == ("run", None, [])
    assert event.estimated == ["type", "sport", "duration_minutes"]


@database
def test_after_forgetting_the_calendar_is_read_whole(athlete, planned, calendar):
    event = planned("Run 40 min", sport="walk")
    remember_correction(by=athlete.user, athlete=athlete, event=event, values={"sport": "cycle"})
    calendar.refresh_from_db()
    assert calendar.sync_state == {"etag": "a"}
    forget_correction(by=athlete.user, athlete=athlete, event=event)
    calendar.refresh_from_db()
    assert (calendar.sync_state, calendar.next_sync_at <= now()) == ({}, True)


@database
def test_nothing_said_is_refused(athlete, planned):
    with pytest.raises(InvalidInput):
        remember_correction(by=athlete.user, athlete=athlete, event=planned("Killer 5"), values={"sport": None})
    assert not athlete.title_corrections.exists()


@database
def test_what_was_recorded_is_not_corrected(athlete):
    event = TrainingEvent.objects.create(
        athlete=athlete,
        source="upload",
        external_id="session",
        title="Morning Run",
        type="workout",
        sport="run",
        starts_at=now(),
        local_date=today(athlete.timezone),
    )
    with pytest.raises(Conflict) as refusal:
        remember_correction(by=athlete.user, athlete=athlete, event=event, values={"sport": "cycle"})
    assert refusal.value.code == "event_from_session"


@database
def test_forgetting_what_was_never_said_changes_nothing(athlete, planned):
    event, before = planned("Killer 5"), version(athlete)
    assert forget_correction(by=athlete.user, athlete=athlete, event=event).type == "unclassified"
    assert (version(athlete), AuditEntry.objects.filter(verb__startswith="title.").count()) == (before, 0)


@database
def test_the_titles_of_others_are_left_alone(athlete, planned):
    other = make_athlete("other@example.com")
    theirs = create_event(
        by=other.user, athlete=other, values={"title": "Killer 5", "starts_at": today(other.timezone)}
    )
    remember_correction(by=athlete.user, athlete=athlete, event=planned("Killer 5"), values={"type": "workout"})
    theirs.refresh_from_db()
    assert theirs.type == "unclassified"


@database
def test_a_session_by_hand_is_read_as_titles_like_it_were_corrected(athlete, planned):
    remember_correction(
        by=athlete.user, athlete=athlete, event=planned("Killer 5"), values={"type": "workout", "sport": "swim"}
    )
    values = {"title": "Killer 9", "starts_at": today(athlete.timezone), "sport": "row"}
    event = create_event(by=athlete.user, athlete=athlete, values=values)
    assert (event.type, event.sport, event.corrected, event.estimated) == ("workout", "row", ["type"], [])
    renamed = update_event(by=athlete.user, event=event, values={"title": "Something"})
    assert (renamed.type, renamed.sport, renamed.corrected) == ("unclassified", "row", [])


@pytest.fixture
def path(athlete):
    return lambda event: f"/v1/athletes/{athlete.pk}/training-events/{event.pk}/correction"


@database
def test_the_api_corrects_and_forgets(api, alice, planned, path):
    event = planned("Killer 5")
    answer = api(alice).post(path(event), {"type": "workout", "sport": "cycling", "duration_minutes": 55})
    body = answer.json()
    assert (answer.status_code, body["type"], body["sport"], body["duration_minutes"]) == (200, "workout", "cycle", 55)
    assert body["corrected"] == ["type", "sport", "duration_minutes"]
    answer = api(alice).delete(path(event))
    assert (answer.status_code, answer.json()["type"], answer.json()["corrected"]) == (200, "unclassified", [])


@database
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "type"),
        ({"type": "unclassified"}, "type"),
        ({"intensity": "brutal"}, "intensity"),
        ({"duration_minutes": 1441}, "duration_minutes"),
        ({"sport": "x" * 81}, "sport"),
        ({"key": "mine"}, "key"),
    ],
)
def test_a_correction_that_says_nothing_sound_is_refused(api, alice, planned, path, body, field):
    event = planned("Killer 5")
    answer = api(alice).post(path(event), body)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, field)
    assert not TitleCorrection.objects.exists()


@database
def test_strangers_find_no_event_to_correct(api, planned, path):
    event = planned("Killer 5")
    stranger = make_athlete("stranger@example.com")
    theirs = f"/v1/athletes/{stranger.pk}/training-events/{event.pk}/correction"
    for place in (path(event), theirs):
        for answer in (api(stranger.user).post(place, {"type": "race"}), api(stranger.user).delete(place)):
            assert answer.status_code == 404
    assert not TitleCorrection.objects.exists()


@database
def test_the_page_says_that_it_will_be_remembered_and_does(alice, planned):
    client, event = sign_in(alice), planned("Killer 5")
    place = reverse("event_correct", args=[event.pk])
    assert place in client.get("/training").content.decode()
    answer = client.get(place)
    assert faults(answer.content.decode()) == {}
    assert "remembered for titles like this one" in shown(answer).text
    answer = client.post(place, keyed(type="workout", sport="cycle", duration_minutes="55"))
    event.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, f"/training#d{event.local_date:%Y%m%d}")
    assert (event.type, event.sport, event.duration_minutes) == ("workout", "cycle", 55.0)
    assert shown(client.get(place)).value_of("duration_minutes") == "55"


@database
def test_the_page_forgets(alice, athlete, planned):
    event = planned("Killer 5")
    remember_correction(by=alice, athlete=athlete, event=event, values={"type": "race"})
    sign_in(alice).post(reverse("event_correct", args=[event.pk]), keyed(type="race", forget="1"))
    event.refresh_from_db()
    assert (event.type, athlete.title_corrections.count()) == ("unclassified", 0)


@database
def test_an_empty_form_says_what_is_missing(alice, planned):
    answer = sign_in(alice).post(reverse("event_correct", args=[planned("Killer 5").pk]), keyed())
    assert (answer.status_code, "at least one" in shown(answer).text) == (422, True)


@database
def test_the_page_of_a_strange_event_does_not_exist(planned):
    stranger = make_athlete("stranger@example.com")
    assert sign_in(stranger.user).get(reverse("event_correct", args=[planned("Killer 5").pk])).status_code == 404
