"""Making, changing and deleting an athlete's profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from athletes.models import Athlete, CalendarConnection, TrainingEvent, User
from athletes.services.events import local_day_of, place_event, wall_time
from athletes.services.measurements import note_measurement
from athletes.services.settling import rematch_events
from athletes.services.versions import raise_profile_version, raise_training_version
from athletes.validation import clean_profile
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import midnight, now, today
from nutrition_site.kernel.errors import Conflict

# Changing these changes nothing that is calculated.
# Other zones are felt through the events that they move, and those raise the other version.
INDIFFERENT = frozenset({"name", "units", "replan_policy", "notify_by_mail", "travel"})
MEASURED = ("weight_kg", "body_fat_pct", "ffm_kg")


@transaction.atomic
def create_athlete(*, by: User, values: Mapping[str, Any]) -> Athlete:
    """The profile of an account from typed fields; only `name` and `sport` are needed.

    Raises InvalidInput, and Conflict `athlete_exists` with the id of the profile the account has already.
    """
    existing = Athlete.objects.filter(user=by).first()
    if existing is not None:
        raise _exists(existing)
    cleaned = clean_profile(values, today=today(_zone_of(values)))
    try:
        with transaction.atomic():
            athlete = Athlete.objects.create(user=by, **cleaned)
    except IntegrityError:
        # Two at once: the other was first.
        existing = Athlete.objects.filter(user=by).first()
        if existing is None:
            raise
        raise _exists(existing)
    _note_measurements(athlete, cleaned)
    record_audit(verb="athlete.created", by=by, object_id=athlete.pk, athlete_id=athlete.pk, fields=sorted(cleaned))
    return athlete


@transaction.atomic
def update_athlete(*, by: User, athlete: Athlete, values: Mapping[str, Any]) -> Athlete:
    """Changes the fields that were sent, under a lock on the row, so that two changes at once both stay.

    Raises InvalidInput. Raises profile_version when something that targets or plans follow has changed, and
    training_version when a new time zone or a journey moves days.
    """
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    cleaned = clean_profile(values, today=today(values.get("timezone") or locked.zones), current=locked)
    changed = [name for name, value in cleaned.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    zones_before = locked.zones
    for name in changed:
        setattr(locked, name, cleaned[name])
    locked.save(update_fields=[*changed, "updated_at"])
    if {"timezone", "travel"} & set(changed):
        _move_events(locked, zones_before)
    if {"timezone", "travel", "sport"} & set(changed):
        _read_calendars_anew(locked)
    if set(changed) - INDIFFERENT:
        raise_profile_version(locked.pk)
    _note_measurements(locked, {name: cleaned[name] for name in changed})
    record_audit(verb="athlete.changed", by=by, object_id=locked.pk, athlete_id=locked.pk, fields=sorted(changed))
    locked.refresh_from_db()
    return locked


@transaction.atomic
def add_journey(*, by: User, athlete: Athlete, values: Mapping[str, Any]) -> Athlete:
    """Adds days in another zone, `{first_day, last_day, timezone}`. Raises InvalidInput, naming these fields."""
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    known = [journey._asdict() for journey in locked.journeys]
    return update_athlete(by=by, athlete=locked, values={"travel": [*known, values]})


@transaction.atomic
def remove_journey(*, by: User, athlete: Athlete, first_day: date) -> Athlete:
    """Takes the journey that begins on this day out; nothing changes when there is none."""
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    left = [journey._asdict() for journey in locked.journeys if journey.first_day != first_day]
    return update_athlete(by=by, athlete=locked, values={"travel": left})


@transaction.atomic
def delete_athlete(*, by: User, athlete: Athlete) -> None:
    """Deletes the profile with its calendars, events, plans and conversations; the account stays."""
    athlete_id = athlete.pk
    athlete.delete()
    record_audit(verb="athlete.deleted", by=by, object_id=athlete_id, athlete_id=athlete_id)


def _exists(athlete: Athlete) -> Conflict:
    return Conflict(
        gettext("This account has an athlete profile already."),
        code="athlete_exists",
        details=[{"field": "id", "message": athlete.pk, "id": athlete.pk}],
    )


def _zone_of(values: Mapping[str, Any]) -> str | None:
    zone_name = values.get("timezone")
    return zone_name if isinstance(zone_name, str) else None


def _note_measurements(athlete: Athlete, cleaned: Mapping[str, Any]) -> None:
    measured = {name: cleaned[name] for name in MEASURED if cleaned.get(name) is not None}
    if measured:
        note_measurement(athlete=athlete, measured_on=today(athlete.zones), values=measured)


def _move_events(athlete: Athlete, zones_before: str) -> None:
    """Puts every event on the day it has by the athlete's new zones.

    All-day events keep their day, and what was entered by the clock on the wall keeps its hour.
    """
    moved: list[TrainingEvent] = []
    for event in TrainingEvent.objects.filter(athlete=athlete).iterator():
        starts_at, day = event.starts_at, event.local_date
        if event.all_day:
            starts_at = midnight(day, athlete.zones).astimezone(UTC)
        elif event.floating:
            starts_at, day, _ = place_event(wall_time(starts_at, zones_before), athlete.zones)
        else:
            day = local_day_of(starts_at, athlete.zones)
        if (starts_at, day) != (event.starts_at, event.local_date):
            event.starts_at, event.local_date = starts_at, day
            moved.append(event)
    TrainingEvent.objects.bulk_update(moved, ["starts_at", "local_date"], batch_size=500)
    days = TrainingEvent.objects.filter(athlete=athlete).values_list("local_date", flat=True)
    if rematch_events(athlete=athlete, days=days) or moved:
        raise_training_version(athlete.pk)


def _read_calendars_anew(athlete: Athlete) -> None:
    """Floating times depend on the zone, and a session that names no sport on the athlete's."""
    CalendarConnection.objects.filter(athlete=athlete, next_sync_at__isnull=False).update(
        sync_state={}, next_sync_at=now()
    )
