"""The same planned session in two calendars counts once, and the better told one counts."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from athletes.models import TrainingEvent
from athletes.services.calendars import disconnect_calendar
from athletes.services.events import create_event, delete_event, update_event
from athletes.services.twins import mark_twins
from planning.services.targets import calculate_targets
from tests.athletes.session_kit import DAY, at, connection, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def google(athlete):
    return connection(athlete, "google_calendar", days_old=30)


@pytest.fixture
def icu(athlete):
    return connection(athlete, "intervals_icu")


def counting(athlete):
    mark_twins(athlete=athlete, first=DAY, last=DAY)
    return sorted(TrainingEvent.objects.filter(athlete=athlete).counting().values_list("title", flat=True))


# --- who are twins ---
def test_the_same_hours_in_two_calendars_are_one_session(athlete, google, icu):
    planned(athlete, title="Tempo", calendar=google)
    planned(athlete, title="Ride 90", clock="17:15", calendar=icu)
    assert counting(athlete) == ["Tempo"]


def test_half_of_the_shorter_is_enough_and_less_is_not(athlete, google, icu):
    planned(athlete, title="Long", clock="17:00", minutes=120.0, calendar=google)
    twin = planned(athlete, title="Short", clock="18:30", minutes=60.0, calendar=icu)
    assert counting(athlete) == ["Long"]
    TrainingEvent.objects.filter(pk=twin.pk).update(starts_at=at("18:31"))
    assert counting(athlete) == ["Long", "Short"]


def test_a_run_is_no_twin_of_a_ride(athlete, google, icu):
    planned(athlete, title="Ride", calendar=google)
    planned(athlete, title="Run", sport="run", calendar=icu)
    assert counting(athlete) == ["Ride", "Run"]


def test_within_one_calendar_nothing_is_a_twin(athlete, google):
    planned(athlete, title="Ride", calendar=google, external_id="a")
    planned(athlete, title="Ride", calendar=google, external_id="b")
    assert counting(athlete) == ["Ride", "Ride"]


def test_an_untimed_session_of_the_same_name_is_a_twin(athlete, google, icu):
    planned(athlete, title="Long run", sport="run", clock="08:00", minutes=None, calendar=google)
    planned(athlete, title="long  run", sport="run", clock=None, minutes=100.0, calendar=icu)
    assert counting(athlete) == ["long  run"]


@pytest.mark.parametrize(("minutes", "count"), [(80.0, 1), (40.0, 2), (None, 1)])
def test_an_untimed_session_of_the_same_sport_is_a_twin_unless_its_length_is_another(
    athlete, google, icu, minutes, count
):
    planned(athlete, title="Tempo", minutes=90.0, calendar=google)
    planned(athlete, title="Bike", clock=None, minutes=minutes, calendar=icu)
    assert len(counting(athlete)) == count


def test_two_rides_in_each_calendar_are_two_sessions(athlete, google, icu):
    for calendar, name in ((google, "g"), (icu, "i")):
        planned(athlete, title=f"{name} early", clock="07:00", minutes=60.0, calendar=calendar)
        planned(athlete, title=f"{name} late", clock="18:00", minutes=60.0, calendar=calendar)
    assert counting(athlete) == ["g early", "g late"]


def test_a_dentist_is_nobodys_twin(athlete, google, icu):
    planned(athlete, title="Dentist", type="not_training", sport="", calendar=google)
    ride = planned(athlete, title="Ride", calendar=icu)
    counting(athlete)
    ride.refresh_from_db()
    assert ride.duplicate_of is None


# --- which one counts ---
def test_load_beats_a_stated_length(athlete, google, icu):
    planned(athlete, title="Tempo", calendar=google)
    planned(athlete, title="Structured", tss=95.0, calendar=icu)
    assert counting(athlete) == ["Structured"]


def test_a_stated_length_beats_one_read_from_the_title(athlete, google, icu):
    planned(athlete, title="Tempo 90min", estimated=["duration_minutes"], calendar=google)
    planned(athlete, title="Ride", calendar=icu)
    assert counting(athlete) == ["Ride"]


def test_a_race_is_not_lost_to_a_workout(athlete, google, icu):
    planned(athlete, title="Gran Fondo", type="race", calendar=google)
    planned(athlete, title="Ride", tss=200.0, calendar=icu)
    assert counting(athlete) == ["Gran Fondo"]


def test_the_older_connection_counts_among_equals(athlete, google, icu):
    planned(athlete, title="New", calendar=icu)
    planned(athlete, title="Old", calendar=google)
    assert counting(athlete) == ["Old"]


def test_any_order_of_arrival_marks_the_same_twins(athlete, google, icu):
    feed = connection(athlete, "ical", days_old=3)
    plans = [
        {"title": "Tempo", "calendar": google},
        {"title": "Tempo ride", "calendar": icu, "tss": 90.0},
        {"title": "tempo", "calendar": feed, "clock": None},
        {"title": "Ride", "calendar": feed, "clock": "06:00", "minutes": 60.0},
    ]
    seen = set()
    for order in itertools.permutations(plans):
        TrainingEvent.objects.filter(athlete=athlete).delete()
        for plan in order:
            planned(athlete, **plan)
            mark_twins(athlete=athlete, first=DAY, last=DAY)
        rows = TrainingEvent.objects.filter(athlete=athlete).order_by("title")
        seen.add(tuple((row.title, row.duplicate_of and row.duplicate_of.title) for row in rows))
    (only,) = seen
    assert dict(only) == {"Ride": None, "Tempo": "Tempo ride", "Tempo ride": None, "tempo": "Tempo ride"}


def test_marking_again_changes_nothing(athlete, google, icu):
    planned(athlete, title="Tempo", calendar=google)
    planned(athlete, title="Ride", calendar=icu)
    assert mark_twins(athlete=athlete, first=DAY, last=DAY) is True
    assert mark_twins(athlete=athlete, first=DAY, last=DAY) is False


# --- when something changes ---
def test_a_twin_takes_over_when_the_other_calendar_goes(athlete, google, icu):
    for title, calendar in (("Old", google), ("New", icu)):
        planned(athlete, title=title, calendar=calendar, day=DAY + timedelta(days=60))
    mark_twins(athlete=athlete, first=DAY + timedelta(days=60), last=DAY + timedelta(days=60))
    before = athlete.training_version
    disconnect_calendar(by=athlete.user, calendar=google)
    athlete.refresh_from_db()
    assert list(athlete.training_events.counting().values_list("title", flat=True)) == ["New"]
    assert athlete.training_version == before + 1


def test_a_session_entered_by_hand_beside_the_calendar_counts_once(athlete, google):
    planned(athlete, title="Tempo", calendar=google)
    by_hand = create_event(
        by=athlete.user, athlete=athlete, values={"title": "Ride 90 min", "starts_at": at("17:00"), "sport": "cycle"}
    )
    assert by_hand.duplicate_of.title == "Tempo"
    (target,) = calculate_targets(athlete=athlete, first=DAY, last=DAY)
    assert [row["title"] for row in target.payload["sessions"]] == ["Tempo"]


def test_a_session_moved_by_hand_is_no_twin_any_more(athlete, google):
    planned(athlete, title="Tempo", calendar=google)
    values = {"title": "Ride 90 min", "starts_at": at("17:00"), "sport": "cycle"}
    by_hand = create_event(by=athlete.user, athlete=athlete, values=values)
    moved = update_event(by=athlete.user, event=by_hand, values={"starts_at": at("06:00")})
    assert moved.duplicate_of is None


def test_deleting_the_one_that_counts_lets_its_twin_count(athlete, icu):
    values = {"title": "Ride", "starts_at": at("17:00"), "sport": "cycle", "duration_minutes": 90.0, "tss": 80.0}
    by_hand = create_event(by=athlete.user, athlete=athlete, values=values)
    planned(athlete, title="Tempo", calendar=icu)
    assert counting(athlete) == ["Ride"]
    delete_event(by=athlete.user, event=by_hand)
    assert list(athlete.training_events.counting().values_list("title", flat=True)) == ["Tempo"]


def test_the_api_says_whose_twin_an_event_is(api, athlete, google, icu):
    counts = planned(athlete, title="Old", calendar=google)
    planned(athlete, title="New", calendar=icu)
    mark_twins(athlete=athlete, first=DAY, last=DAY)
    answer = api(athlete.user).get(f"/v1/athletes/{athlete.pk}/training-events?from={DAY}&to={DAY}")
    assert {row["title"]: row["duplicate_of"] for row in answer.json()["items"]} == {"Old": None, "New": counts.pk}
