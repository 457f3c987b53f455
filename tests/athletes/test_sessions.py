"""Completed sessions: a real one is one, the best value of each field is believed, a plan is fulfilled once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection as db_connection

from athletes.calendars.protocol import FetchResult, RawEvent
from athletes.models import Athlete, CompletedSession, SessionRecord, TrainingEvent
from athletes.services.calendars import disconnect_calendar
from athletes.services.events import create_event, delete_event, update_event
from athletes.services.profile import update_athlete
from athletes.services.sessions import delete_record, delete_session, record_sessions
from athletes.services.settling import rematch_days
from athletes.services.sync import sync_calendar
from athletes.services.twins import is_own_event
from nutrition_site.kernel.errors import Conflict
from nutrition_site.kernel.models import AuditEntry
from planning.services.targets import calculate_targets
from tests.athletes.session_kit import DAY, ScriptedProvider, at, connection, picture, planned, ride, sessions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_november")]


def version_of(athlete):
    return Athlete.objects.values_list("training_version", flat=True).get(pk=athlete.pk)


def energy_on(athlete, day=DAY):
    (target,) = calculate_targets(athlete=athlete, first=day, last=day)
    return target.payload["sessions"]


# --- storing what a source says ---
def test_a_session_without_a_plan_gets_an_event_of_its_own(athlete):
    result = record_sessions(athlete=athlete, raws=[ride()], source="fit")
    (session,) = sessions_of(athlete)
    assert (result.added, result.changed, result.known, result.session_ids) == (1, 0, 0, (session.pk,))
    assert (session.event.title, session.event.type, session.event.source) == ("Evening ride", "workout", "fit")
    assert (session.event.local_date, session.event.duration_minutes) == (DAY, 90.0)
    assert is_own_event(session.event)


def test_the_same_session_told_again_is_known_and_makes_no_plan_stale(athlete):
    first = record_sessions(athlete=athlete, raws=[ride()], source="fit")
    before = version_of(athlete)
    again = record_sessions(athlete=athlete, raws=[ride()], source="fit")
    assert (again.added, again.changed, again.known) == (0, 0, 1)
    assert again.session_ids == first.session_ids
    assert version_of(athlete) == before


def test_a_session_that_its_source_corrects_changes_and_stays_one(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="intervals_icu")
    before = version_of(athlete)
    again = record_sessions(athlete=athlete, raws=[ride(minutes=100.0)], source="intervals_icu")
    (session,) = sessions_of(athlete)
    assert (again.changed, session.duration_minutes, session.event.duration_minutes) == (1, 100.0, 100.0)
    assert version_of(athlete) == before + 1


def test_many_sessions_at_once_raise_the_version_once(athlete):
    before = version_of(athlete)
    record_sessions(athlete=athlete, raws=[ride("a", "07:00"), ride("b", "12:00"), ride("c", "19:00")], source="fit")
    assert version_of(athlete) == before + 1


def test_the_trail_names_counts_and_no_values(athlete):
    record_sessions(athlete=athlete, raws=[ride(avg_hr=151.0)], source="fit", by=athlete.user)
    entry = AuditEntry.objects.get(verb="sessions.recorded")
    assert entry.details == {"source": "fit", "added": 1, "changed": 0}


@pytest.mark.parametrize(
    "said",
    [
        {"minutes": 0.0},
        {"minutes": -5.0},
        {"minutes": float("nan")},
        {"minutes": 1e9},
    ],
)
def test_what_cannot_have_taken_place_is_left_out(athlete, said):
    assert record_sessions(athlete=athlete, raws=[ride(**said)], source="fit").session_ids == ()
    assert not SessionRecord.objects.filter(athlete=athlete).exists()


def test_a_ride_of_1989_is_left_out(athlete):
    old = replace(ride(), starts_at=at("17:00", date(1989, 12, 31)))
    assert record_sessions(athlete=athlete, raws=[old], source="fit").added == 0


def test_impossible_values_become_unknown(athlete):
    wild = ride(avg_power_w=0.0, avg_hr=9.0, device_kcal=151.0 * 90, tss=float("inf"), rpe=11.0, distance_km=-1.0)
    record_sessions(athlete=athlete, raws=[wild], source="fit")
    record = SessionRecord.objects.get(athlete=athlete)
    values = [getattr(record, name) for name in ("avg_power_w", "avg_hr", "device_kcal", "tss", "rpe", "distance_km")]
    assert values == [None] * 6


# --- one real session ---
def test_the_same_ride_from_a_service_and_a_file_is_one(athlete):
    record_sessions(athlete=athlete, raws=[ride("i7", title="Tempo")], source="intervals_icu")
    record_sessions(athlete=athlete, raws=[ride("sha", "17:02", 88.0, title="")], source="fit")
    (session,) = sessions_of(athlete)
    assert session.records.count() == 2
    assert athlete.training_events.count() == 1
    assert session.title == "Tempo"


def test_two_rides_after_one_another_stay_two(athlete):
    record_sessions(athlete=athlete, raws=[ride("a", "07:00", 60.0)], source="fit")
    record_sessions(athlete=athlete, raws=[ride("b", "08:10", 60.0)], source="intervals_icu")
    assert len(sessions_of(athlete)) == 2


def test_a_run_within_a_ride_is_another_session(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    record_sessions(athlete=athlete, raws=[ride(sport="run")], source="tcx")
    assert len(sessions_of(athlete)) == 2


def test_a_sport_that_nobody_named_joins_what_was_done_at_that_time(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    record_sessions(athlete=athlete, raws=[ride(sport="")], source="gpx")
    (session,) = sessions_of(athlete)
    assert session.sport == "cycle"


def test_the_legs_of_a_brick_stay_apart(athlete):
    raws = [ride("f#1", "10:00", 90.0), ride("f#2", "11:31", 20.0, sport="run", distance_km=4.0)]
    record_sessions(athlete=athlete, raws=raws, source="fit")
    assert [session.sport for session in sessions_of(athlete)] == ["cycle", "run"]


def test_two_records_of_one_source_are_two_sessions(athlete):
    record_sessions(athlete=athlete, raws=[ride("a"), ride("b", "17:05")], source="intervals_icu")
    assert len(sessions_of(athlete)) == 2


def test_two_devices_that_ran_side_by_side_recorded_one_ride(athlete):
    raws = [ride("a", device="Edge 840"), ride("b", "17:01", 88.0, device="Forerunner 965")]
    record_sessions(athlete=athlete, raws=raws, source="fit")
    assert len(sessions_of(athlete)) == 1


@pytest.mark.parametrize("shift", [-120, 60, 120, 121])
def test_a_clock_that_is_wrong_by_whole_hours_makes_no_second_ride(athlete, shift):
    record_sessions(athlete=athlete, raws=[ride("a")], source="fit")
    slipped = replace(ride("b"), starts_at=at("17:00") + timedelta(minutes=shift), duration_minutes=89.0)
    record_sessions(athlete=athlete, raws=[replace(slipped, distance_km=44.5)], source="gpx")
    assert len(sessions_of(athlete)) == 1


def test_two_hours_later_over_another_distance_is_another_ride(athlete):
    record_sessions(athlete=athlete, raws=[ride("a")], source="fit")
    record_sessions(athlete=athlete, raws=[ride("b", "19:00", 90.0, distance_km=40.0)], source="gpx")
    assert len(sessions_of(athlete)) == 2


# --- which value is believed ---
def test_power_from_the_file_beats_heart_rate_of_the_service(athlete):
    record_sessions(athlete=athlete, raws=[ride("i", minutes=95.0, avg_hr=140.0, tss=80.0)], source="intervals_icu")
    file = ride("f", avg_power_w=200.0, normalized_power_w=220.0, work_kj=1080.0, device_kcal=1100.0)
    record_sessions(athlete=athlete, raws=[file], source="fit")
    (session,) = sessions_of(athlete)
    records = {row.source: row.pk for row in session.records.all()}
    assert (session.duration_minutes, session.avg_power_w, session.work_kj) == (90.0, 200.0, 1080.0)
    assert (session.avg_hr, session.tss) == (140.0, 80.0)
    assert session.chosen["avg_power_w"] == session.chosen["duration_minutes"] == records["fit"]
    assert session.chosen["avg_hr"] == session.chosen["tss"] == records["intervals_icu"]


def test_power_of_the_service_beats_a_track_without(athlete):
    record_sessions(athlete=athlete, raws=[ride("g", minutes=110.0)], source="gpx")
    record_sessions(athlete=athlete, raws=[ride("i", minutes=92.0, avg_power_w=180.0)], source="intervals_icu")
    (session,) = sessions_of(athlete)
    assert (session.duration_minutes, session.avg_power_w) == (92.0, 180.0)


def test_a_run_believes_the_distance_before_the_heart_rate(athlete):
    run = {"sport": "run", "distance_km": None}
    record_sessions(athlete=athlete, raws=[ride("i", minutes=60.0, avg_hr=150.0, **run)], source="intervals_icu")
    record_sessions(athlete=athlete, raws=[ride("g", minutes=58.0, sport="run", distance_km=11.0)], source="gpx")
    (session,) = sessions_of(athlete)
    assert (session.duration_minutes, session.distance_km, session.avg_hr) == (58.0, 11.0, 150.0)


def test_mean_and_normalized_power_come_from_one_record(athlete):
    record_sessions(athlete=athlete, raws=[ride("i", normalized_power_w=230.0)], source="intervals_icu")
    record_sessions(athlete=athlete, raws=[ride("f", avg_power_w=200.0)], source="fit")
    (session,) = sessions_of(athlete)
    assert (session.avg_power_w, session.normalized_power_w) == (200.0, None)


# --- the plan that a session fulfills ---
def test_a_ride_fulfills_the_ride_that_was_planned(athlete):
    plan = planned(athlete, clock="18:00", minutes=120.0)
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    (session,) = sessions_of(athlete)
    assert session.event_id == plan.pk
    assert athlete.training_events.count() == 1


def test_the_nearer_of_two_plans_is_fulfilled(athlete):
    planned(athlete, title="Morning", clock="07:00", minutes=90.0)
    evening = planned(athlete, title="Evening", clock="18:00", minutes=90.0)
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    assert sessions_of(athlete)[0].event_id == evening.pk


def test_each_plan_is_fulfilled_once(athlete):
    planned(athlete, clock=None, minutes=60.0)
    record_sessions(athlete=athlete, raws=[ride("a", "07:00", 60.0), ride("b", "17:00", 60.0)], source="fit")
    assert athlete.training_events.count() == 2
    assert len({session.event_id for session in sessions_of(athlete)}) == 2


def test_a_short_way_to_work_does_not_stand_for_the_long_ride_of_the_evening(athlete):
    long = planned(athlete, clock="16:00", minutes=240.0)
    record_sessions(athlete=athlete, raws=[ride("commute", "08:00", 25.0)], source="fit")
    assert not CompletedSession.objects.filter(event=long).exists()


def test_a_ride_cut_short_is_still_the_planned_one(athlete):
    plan = planned(athlete, clock="17:00", minutes=180.0)
    record_sessions(athlete=athlete, raws=[ride(minutes=40.0)], source="fit")
    assert sessions_of(athlete)[0].event_id == plan.pk


def test_a_swim_does_not_fulfill_a_ride(athlete):
    plan = planned(athlete)
    record_sessions(athlete=athlete, raws=[ride(sport="swim", distance_km=3.0)], source="fit")
    assert sessions_of(athlete)[0].event_id != plan.pk


def test_the_race_is_matched_by_the_race_and_the_warm_up_is_not(athlete):
    race = planned(athlete, title="10k race", clock="10:00", minutes=40.0, sport="run", type="race")
    warm = planned(athlete, title="Warm up", clock="09:30", minutes=20.0, sport="run")
    raws = [
        ride("w", "09:28", 18.0, sport="run", distance_km=3.0, title="Warm-up"),
        ride("r", "10:03", 41.0, sport="run", distance_km=10.0, title="City 10k race"),
    ]
    record_sessions(athlete=athlete, raws=raws, source="fit")
    assert [session.event_id for session in sessions_of(athlete)] == [warm.pk, race.pk]


def test_what_the_source_itself_says_goes_first(athlete):
    calendar = connection(athlete, "intervals_icu")
    planned(athlete, title="Near", clock="17:00", calendar=calendar, external_id="e1")
    far = planned(athlete, title="Far", clock="06:00", calendar=calendar, external_id="e2")
    record_sessions(athlete=athlete, raws=[ride(planned_id="e2")], source="intervals_icu", calendar=calendar)
    assert sessions_of(athlete)[0].event_id == far.pk


def test_what_the_source_says_is_remembered_until_the_plan_arrives(athlete):
    calendar = connection(athlete, "intervals_icu")
    record_sessions(athlete=athlete, raws=[ride(planned_id="e2")], source="intervals_icu", calendar=calendar)
    planned(athlete, title="Near", clock="17:00", calendar=calendar, external_id="e1")
    far = planned(athlete, title="Far", clock="06:00", calendar=calendar, external_id="e2")
    rematch_days(athlete=athlete, first=DAY, last=DAY)
    assert sessions_of(athlete)[0].event_id == far.pk


def test_a_record_that_names_another_plan_at_the_next_reading_follows_it(athlete):
    calendar = connection(athlete, "intervals_icu")
    planned(athlete, title="Near", clock="17:00", calendar=calendar, external_id="e1")
    far = planned(athlete, title="Far", clock="06:00", calendar=calendar, external_id="e2")
    for name in ("e1", "e2"):
        record_sessions(athlete=athlete, raws=[ride(planned_id=name)], source="intervals_icu", calendar=calendar)
    assert SessionRecord.objects.get().planned_id == "e2"
    assert sessions_of(athlete)[0].event_id == far.pk


@pytest.mark.core
def test_the_plan_that_a_record_names_moves_to_its_column_and_back(athlete):
    migration = import_module("athletes.migrations.0005_planned_id_of_a_record")
    calendar = connection(athlete, "intervals_icu")
    raws = [ride("r1", planned_id="e2"), ride("r2", "06:00")]
    record_sessions(athlete=athlete, raws=raws, source="intervals_icu", calendar=calendar)
    [record] = SessionRecord.objects.exclude(planned_id="")
    chosen = {row.pk: row.chosen for row in sessions_of(athlete)}
    editor = SimpleNamespace(connection=db_connection)
    migration.to_sessions(apps, editor)
    SessionRecord.objects.update(planned_id="")
    told = {row.pk: row.chosen for row in sessions_of(athlete)}
    assert told == {**chosen, record.session_id: {**chosen[record.session_id], f"planned:{record.pk}": "e2"}}
    migration.to_records(apps, editor)
    assert {row.pk: row.chosen for row in sessions_of(athlete)} == chosen
    assert dict(SessionRecord.objects.values_list("external_id", "planned_id")) == {"r1": "e2", "r2": ""}


def test_a_plan_done_a_day_later_counts_on_the_day_on_which_it_was_done(athlete):
    calendar = connection(athlete, "intervals_icu")
    before = planned(athlete, day=DAY - timedelta(days=1), calendar=calendar, external_id="e1")
    record_sessions(athlete=athlete, raws=[ride(planned_id="e1")], source="intervals_icu", calendar=calendar)
    assert sessions_of(athlete)[0].event_id == before.pk
    assert energy_on(athlete, DAY - timedelta(days=1)) == []
    assert [row["duration_minutes"] for row in energy_on(athlete)] == [90.0]


def test_a_triathlon_recorded_leg_by_leg_does_not_count_beside_its_legs(athlete):
    planned(athlete, title="Triathlon", clock="08:00", minutes=150.0, sport="triathlon", type="race")
    raws = [
        ride("f#1", "08:00", 30.0, sport="swim", distance_km=1.5),
        ride("f#2", "08:33", 70.0),
        ride("f#3", "09:45", 45.0, sport="run", distance_km=10.0),
    ]
    record_sessions(athlete=athlete, raws=raws, source="fit")
    assert sum(row["duration_minutes"] for row in energy_on(athlete)) == pytest.approx(145.0)


# --- when plans change ---
def test_a_plan_entered_afterwards_takes_the_session_over(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    values = {"title": "Ride 90 min", "starts_at": at("17:00"), "sport": "cycle"}
    plan = create_event(by=athlete.user, athlete=athlete, values=values)
    assert [event.pk for event in athlete.training_events.all()] == [plan.pk]
    assert sessions_of(athlete)[0].event_id == plan.pk


def test_a_plan_moved_to_another_day_lets_its_session_go(athlete):
    values = {"title": "Ride 90 min", "starts_at": at("17:00"), "sport": "cycle"}
    plan = create_event(by=athlete.user, athlete=athlete, values=values)
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    update_event(by=athlete.user, event=plan, values={"starts_at": at("17:00", DAY + timedelta(days=2))})
    (session,) = sessions_of(athlete)
    assert is_own_event(session.event)
    assert (session.event.local_date, athlete.training_events.count()) == (DAY, 2)


def test_deleting_a_plan_keeps_what_was_done(athlete):
    plan = planned(athlete)
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    delete_event(by=athlete.user, event=plan)
    (session,) = sessions_of(athlete)
    assert is_own_event(session.event)
    assert session.records.count() == 1


def test_disconnecting_a_calendar_keeps_what_was_done(athlete):
    calendar = connection(athlete)
    far = date(2026, 12, 31)
    planned(athlete, calendar=calendar)
    planned(athlete, title="Later", day=far, calendar=calendar)
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    disconnect_calendar(by=athlete.user, calendar=calendar)
    assert len(sessions_of(athlete)) == 1
    assert not athlete.training_events.filter(local_date=far).exists()


def test_what_was_recorded_cannot_be_edited_by_hand(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    event = sessions_of(athlete)[0].event
    with pytest.raises(Conflict) as refused:
        update_event(by=athlete.user, event=event, values={"duration_minutes": 300.0})
    assert refused.value.code == "event_from_session"


def test_a_recorded_session_may_be_called_a_race_and_keeps_its_name(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    event = sessions_of(athlete)[0].event
    update_event(by=athlete.user, event=event, values={"title": "Gran Fondo", "type": "race"})
    record_sessions(athlete=athlete, raws=[ride(minutes=91.0)], source="fit")
    event.refresh_from_db()
    assert (event.title, event.type, event.duration_minutes) == ("Gran Fondo", "race", 91.0)


# --- taking back ---
def test_deleting_a_session_restores_what_was_planned(athlete):
    plan = planned(athlete, minutes=120.0)
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    before = version_of(athlete)
    delete_session(by=athlete.user, session=sessions_of(athlete)[0])
    assert [event.pk for event in athlete.training_events.all()] == [plan.pk]
    assert [row["duration_minutes"] for row in energy_on(athlete)] == [120.0]
    assert version_of(athlete) == before + 1


def test_deleting_a_session_of_its_own_takes_its_event_along(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    delete_session(by=athlete.user, session=sessions_of(athlete)[0])
    assert not athlete.training_events.exists()


def test_a_deleted_activity_of_a_service_does_not_come_back_with_its_next_answer(athlete):
    calendar = connection(athlete)
    record_sessions(athlete=athlete, raws=[ride()], source="intervals_icu", calendar=calendar)
    delete_session(by=athlete.user, session=sessions_of(athlete)[0])
    again = record_sessions(athlete=athlete, raws=[ride()], source="intervals_icu", calendar=calendar)
    assert (again.added, sessions_of(athlete)) == (0, [])


def test_a_deleted_file_that_is_sent_again_is_wanted_again(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    delete_session(by=athlete.user, session=sessions_of(athlete)[0])
    assert record_sessions(athlete=athlete, raws=[ride()], source="fit").added == 1


def test_deleting_the_best_record_falls_back_to_the_next(athlete):
    record_sessions(athlete=athlete, raws=[ride("i", minutes=95.0, avg_hr=140.0)], source="intervals_icu")
    record_sessions(athlete=athlete, raws=[ride("f", avg_power_w=200.0)], source="fit")
    delete_record(by=athlete.user, record=SessionRecord.objects.get(source="fit"))
    (session,) = sessions_of(athlete)
    assert (session.duration_minutes, session.avg_power_w, session.avg_hr) == (95.0, None, 140.0)


def test_deleting_the_last_record_deletes_the_session(athlete):
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    delete_record(by=athlete.user, record=SessionRecord.objects.get())
    assert sessions_of(athlete) == []


# --- what targets make of it ---
def test_energy_of_a_ride_with_power_is_its_measured_work(athlete):
    planned(athlete, minutes=120.0, tss=100.0)
    raw = ride(avg_power_w=198.0, work_kj=1080.0, avg_hr=150.0, device_kcal=700.0)
    record_sessions(athlete=athlete, raws=[raw], source="fit")
    (energy,) = energy_on(athlete)
    assert (energy["method"], energy["gross_kcal"], energy["duration_minutes"]) == ("power", 1080.0, 90.0)
    assert {other["method"] for other in energy["alternatives"]} == {"power", "keytel", "device", "met"}


def test_the_length_of_a_plan_that_was_done_is_not_assumed(athlete):
    planned(athlete, minutes=None)
    record_sessions(athlete=athlete, raws=[ride()], source="fit")
    (target,) = calculate_targets(athlete=athlete, first=DAY, last=DAY)
    assert target.payload["assumed"] == []


def test_the_effort_that_was_felt_replaces_the_planned_one(athlete):
    planned(athlete, intensity="easy", minutes=60.0)
    record_sessions(athlete=athlete, raws=[ride(minutes=60.0, rpe=9.0)], source="intervals_icu")
    (energy,) = energy_on(athlete)
    assert energy["tss"] == 120.0


# --- the whole story ---
def test_one_ride_from_three_sides_is_one_session_by_power(athlete):
    google = connection(athlete, "google_calendar", days_old=30)
    icu = connection(athlete, "intervals_icu")
    planned(athlete, title="Tempo ride 2h", clock="17:00", minutes=120.0, calendar=google)
    own = planned(athlete, title="Tempo", clock="17:00", minutes=120.0, tss=110.0, calendar=icu, external_id="e9")
    activity = ride("i1", "17:04", 118.0, planned_id="e9", avg_hr=148.0, tss=112.0, device_kcal=1500.0)
    record_sessions(athlete=athlete, raws=[activity], source="intervals_icu", calendar=icu)
    file = ride("sha", "17:04", 117.5, avg_power_w=210.0, work_kj=1480.5, device_kcal=1480.0, title="")
    record_sessions(athlete=athlete, raws=[file], source="fit", by=athlete.user)
    (session,) = sessions_of(athlete)
    (energy,) = energy_on(athlete)
    assert (session.event_id, session.records.count()) == (own.pk, 2)
    assert (energy["method"], energy["gross_kcal"], energy["tss"]) == ("power", 1480.5, 112.0)
    assert TrainingEvent.objects.filter(athlete=athlete).counting().count() == 1


STORY = (
    ("fit", ride("f1", "17:02", 118.0, avg_power_w=210.0, title="")),
    ("intervals_icu", ride("i1", "17:00", 120.0, avg_hr=148.0, planned_id="e2")),
    ("gpx", ride("g1", "17:10", 70.0, sport="")),
    ("intervals_icu", ride("i2", "07:00", 45.0, sport="run", distance_km=9.0)),
    ("tcx", ride("t1", "07:01", 44.0, sport="run", distance_km=9.1)),
    ("manual", ride("m1", "12:00", 30.0, sport="strength", distance_km=None, rpe=6.0)),
    ("fit", ride("f2", "19:20", 60.0)),
)
PLANS = (
    {"title": "Ride", "clock": "17:30", "minutes": 120.0, "external_id": "e1"},
    {"title": "Other ride", "clock": "19:00", "minutes": 60.0, "external_id": "e2"},
    {"title": "Run", "clock": None, "minutes": 40.0, "sport": "run", "external_id": "e3"},
)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_arrival_ends_in_the_same_picture(athlete, seed):
    icu = connection(athlete, "intervals_icu")
    feed = connection(athlete, "ical", days_old=9)

    def tell(step):
        kind, value = step
        if kind == "record":
            source, raw = value
            calendar = icu if source == "intervals_icu" else None
            record_sessions(athlete=athlete, raws=[raw], source=source, calendar=calendar)
        else:
            calendar, plan = value
            planned(athlete, calendar=calendar, **plan)
            rematch_days(athlete=athlete, first=DAY, last=DAY)

    steps = [("record", row) for row in STORY]
    steps += [("plan", (icu, row)) for row in PLANS]
    steps += [("plan", (feed, {**PLANS[0], "external_id": "x"}))]
    for step in steps:
        tell(step)
    expected = picture(athlete)
    TrainingEvent.objects.filter(athlete=athlete).delete()
    for step in random.Random(seed).sample(steps, len(steps)):
        tell(step)
    assert picture(athlete) == expected
    rematch_days(athlete=athlete, first=DAY - timedelta(days=2), last=DAY + timedelta(days=2))
    assert picture(athlete) == expected


# --- through a sync ---
@pytest.fixture
def icu(athlete, settings):
    settings.CALENDAR_PROVIDERS = {"intervals_icu": "tests.athletes.session_kit.ScriptedProvider"}
    ScriptedProvider.answers = []
    return connection(athlete, "intervals_icu")


def plan_at_source(clock="17:00", day=DAY, external_id="e1"):
    starts_at = at(clock, day)
    return RawEvent(external_id, "Ride", starts_at, starts_at + timedelta(minutes=90), stated={"sport": "cycle"})


def sync(calendar, events, sessions=()):
    ScriptedProvider.answers.append(FetchResult(events, sessions=sessions))
    return sync_calendar(calendar_id=calendar.pk)


def test_a_sync_stores_plan_and_session_as_one(athlete, icu):
    sync(icu, [plan_at_source()], [ride(planned_id="e1", avg_power_w=200.0)])
    (session,) = sessions_of(athlete)
    assert (session.event.external_id, session.records.get().calendar_id) == ("e1", icu.pk)
    assert [row["method"] for row in energy_on(athlete)] == ["power"]


def test_a_sync_without_news_but_a_session_still_stores_it(athlete, icu):
    sync(icu, [plan_at_source()])
    before = version_of(athlete)
    sync(icu, None, [ride()])
    assert sessions_of(athlete)[0].event.external_id == "e1"
    assert version_of(athlete) == before + 1


def test_a_plan_that_leaves_its_calendar_after_it_was_done_leaves_the_session(athlete, icu):
    sync(icu, [plan_at_source()], [ride()])
    sync(icu, [])
    (session,) = sessions_of(athlete)
    assert [row["duration_minutes"] for row in energy_on(athlete)] == [90.0]
    assert is_own_event(session.event)


def test_a_plan_that_comes_back_is_not_counted_beside_its_session(athlete, icu):
    sync(icu, [plan_at_source()], [ride()])
    sync(icu, [])
    sync(icu, [plan_at_source()])
    assert sessions_of(athlete)[0].event.external_id == "e1"
    assert athlete.training_events.count() == 1


def test_a_plan_moved_at_the_source_lets_go_of_what_was_done(athlete, icu):
    sync(icu, [plan_at_source()], [ride()])
    sync(icu, [plan_at_source(day=DAY + timedelta(days=1))])
    assert [len(energy_on(athlete, DAY + timedelta(days=n))) for n in (0, 1)] == [1, 1]


def test_a_season_at_once_settles_in_a_bounded_number_of_queries(athlete, django_assert_max_num_queries):
    raws = [replace(ride(str(n)), starts_at=at("17:00") - timedelta(days=n)) for n in range(90)]
    with django_assert_max_num_queries(90 * 3 + 20):
        record_sessions(athlete=athlete, raws=raws, source="intervals_icu")
    with django_assert_max_num_queries(20):
        record_sessions(athlete=athlete, raws=raws, source="intervals_icu")
    assert len(sessions_of(athlete)) == 90


def test_two_plans_that_change_places_change_their_sessions(athlete, icu):
    """Each session holds the other's plan at first; both must let go before either may take its own."""
    raws = [ride("a", "07:00", planned_id="e2"), ride("b", "17:00", planned_id="e1")]
    events = [plan_at_source("07:00"), plan_at_source("17:00", external_id="e2")]
    sync(icu, events, raws)
    assert [session.event.external_id for session in sessions_of(athlete)] == ["e2", "e1"]
    sync(icu, events, [replace(raws[0], planned_id="e1"), replace(raws[1], planned_id="e2")])
    assert [session.event.external_id for session in sessions_of(athlete)] == ["e1", "e2"]
    assert athlete.training_events.count() == 2


def test_work_that_does_not_fit_the_power_is_not_believed(athlete):
    record_sessions(athlete=athlete, raws=[ride(avg_power_w=200.0, work_kj=1.08)], source="fit")
    (energy,) = energy_on(athlete)
    assert (energy["method"], energy["gross_kcal"]) == ("power", 1080.0)


def test_after_a_move_to_another_zone_a_session_is_on_the_day_it_has_there(athlete):
    record_sessions(athlete=athlete, raws=[ride(clock="23:30", minutes=45.0)], source="fit")
    update_athlete(by=athlete.user, athlete=athlete, values={"timezone": "Asia/Tokyo"})
    (session,) = sessions_of(athlete)
    assert (session.local_date, session.event.local_date) == (DAY + timedelta(days=1), DAY + timedelta(days=1))
