"""What a sync does to the stored training events: the window becomes what the source says it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings

from athletes.calendars.protocol import FetchResult, RawEvent
from athletes.models import Athlete, CalendarConnection, TrainingEvent
from athletes.services.events import FREE_FIELDS, FROM_TITLE, PLANNED_FIELDS, RANGES, fill_from_title, place_event
from athletes.services.like_titles import apply_corrections, corrections_of
from athletes.services.settling import rematch_events
from athletes.titles import parse_title
from athletes.vocabulary import read_sport
from nutrition_site.kernel.clock import now, today

DAYS_BACK = 90
STORED_FIELDS = (*PLANNED_FIELDS, "description", "estimated", "corrected")
BATCH = 500


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What one sync did to the events; all zero when nothing changed at the source."""

    added: int = 0
    changed: int = 0
    removed: int = 0


def sync_window(timezone: str) -> tuple[date, date]:
    """The first and last local day that a sync looks at."""
    day = today(timezone)
    return day - timedelta(days=DAYS_BACK), day + timedelta(days=settings.CALENDAR_SYNC_HORIZON_DAYS)


def merge_events(calendar: CalendarConnection, athlete: Athlete, result: FetchResult) -> tuple[SyncResult, bool]:
    """Makes the stored events equal to what the source says; returns the counts and whether a plan could notice.

    Of a whole window everything that is not named goes, of a partial answer what `removed` names. What lies before the
    window stays, and so does an event that was trained already: it leaves its calendar, not the athlete's history.
    """
    if result.events is None:
        return SyncResult(), False
    first, last = sync_window(athlete.zones)
    stored = {row.external_id: row for row in TrainingEvent.objects.filter(calendar=calendar).with_completed()}
    orphans = {
        row.external_id: row
        for row in TrainingEvent.objects.filter(athlete=athlete, calendar=None, source=calendar.provider)
        if row.external_id and first <= row.local_date
    }
    fresh: list[TrainingEvent] = []
    altered: list[TrainingEvent] = []
    adopted = 0
    planned = False
    days: set[date] = set()
    seen: set[str] = set()
    corrections = corrections_of(athlete)
    for raw in result.events:
        seen.add(raw.external_id)
        columns = apply_corrections(read_event(raw, athlete), corrections, main_sport=athlete.sport)
        row = stored.get(raw.external_id) or orphans.get(raw.external_id)
        if row is None:
            row = TrainingEvent(
                athlete=athlete, calendar=calendar, external_id=raw.external_id, source=calendar.provider, **columns
            )
            fresh.append(row)
            days.add(row.local_date)
            planned = planned or row.counts
            continue
        counted = row.counts
        day_before = row.local_date
        different = {name for name, value in columns.items() if getattr(row, name) != value}
        for name in different:
            setattr(row, name, columns[name])
        if row.calendar_id is None:
            row.calendar = calendar
            adopted += 1
        elif not different:
            continue
        altered.append(row)
        days |= {day_before, row.local_date}
        row.updated_at = now()
        planned = planned or bool((counted or row.counts) and different & set(PLANNED_FIELDS))
    gone = _gone(stored, seen, result, first, last)
    planned = planned or any(row.counts for row in gone)
    TrainingEvent.objects.bulk_create(fresh, batch_size=BATCH)
    TrainingEvent.objects.bulk_update(altered, [*STORED_FIELDS, "calendar", "updated_at"], batch_size=200)
    _let_go(gone)
    # Twins in other calendars and sessions that were done see the days as they are now.
    if rematch_events(athlete=athlete, days=days | {row.local_date for row in gone}):
        planned = True
    return SyncResult(added=len(fresh) + adopted, changed=len(altered) - adopted, removed=len(gone)), planned


def _gone(
    stored: Mapping[str, TrainingEvent], seen: set[str], result: FetchResult, first: date, last: date
) -> list[TrainingEvent]:
    """The stored events that the source has no more."""
    if not result.partial:
        return [row for name, row in stored.items() if name not in seen and first <= row.local_date <= last]
    days_of_named = {raw.external_id.partition("+")[0] for raw in result.events or ()}
    return [
        row
        for name, row in stored.items()
        if name not in seen
        # An event that was told anew may have fewer days than before.
        and (name in result.removed or name.partition("+")[0] in result.removed | days_of_named)
    ]


def _let_go(gone: Sequence[TrainingEvent]) -> None:
    done = [row.pk for row in gone if hasattr(row, "completed")]
    TrainingEvent.objects.filter(pk__in=done).update(calendar=None, external_id="")
    planned_only = [row.pk for row in gone if not hasattr(row, "completed")]
    for start in range(0, len(planned_only), BATCH):
        TrainingEvent.objects.filter(pk__in=planned_only[start : start + BATCH]).delete()


def read_event(raw: RawEvent, athlete: Athlete) -> dict[str, Any]:
    """The columns of an occurrence: when it is, and what its source and its title say it is."""
    starts_at, day, all_day = place_event(raw.starts_at, athlete.zones)
    length = None
    if isinstance(raw.starts_at, datetime) and raw.ends_at is not None:
        length = (raw.ends_at.astimezone(UTC) - starts_at).total_seconds() / 60
    stated = round(length, 2) if length is not None and 1 <= length <= 1440 else None
    parsed = parse_title(raw.title, raw.description, stated, raw.categories)
    said = _stated(raw.stated)
    filled: Mapping[str, Any] = fill_from_title(parsed, said, main_sport=athlete.sport)
    free = {name: said.get(name) for name in FREE_FIELDS}
    for name in ("tss", "intensity_factor"):
        if free[name] is None:
            free[name] = getattr(parsed, name)
    return {
        **filled,
        **free,
        "title": raw.title or "Untitled event",
        "description": raw.description,
        "starts_at": starts_at,
        "local_date": day,
        "all_day": all_day,
    }


def _stated(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a source that hold what they may hold; what lies outside its range is unknown."""
    said: dict[str, Any] = {}
    for name, value in given.items():
        if name in RANGES:
            low, high, _ = RANGES[name]
            number = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
            said[name] = float(value) if number else None
        elif name == "sport":
            said[name] = read_sport(str(value)[:80])[0] if value else None
        elif name == "type":
            said[name] = value if value in TrainingEvent.Type.values else None
        elif name == "intensity":
            said[name] = value if value in TrainingEvent.Intensity.values else None
    return {name: said.get(name) for name in (*FROM_TITLE, *FREE_FIELDS)}
