"""Reading a connected calendar into training events.

One sync of a calendar runs at a time, held by a lease on its row: taken by one conditional update, believed for
`LEASE_SECONDS`, so that a killed worker blocks nobody for longer. The provider is asked outside any transaction; what
it says is stored in one, and only while the lease is still ours.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from athletes.calendars.protocol import CalendarTokenExpired, FetchContext, FetchResult, RawEvent
from athletes.models import Athlete, CalendarConnection, TrainingEvent
from athletes.services.calendars import SYNC_KIND, provider_named
from athletes.services.events import PLANNED_FIELDS, fill_from_title, place_event
from athletes.services.versions import raise_training_version
from athletes.titles import parse_title
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, NotFound, ProviderError
from nutrition_site.kernel.ids import new_id
from nutrition_site.kernel.work import enqueue_work

log = logging.getLogger(__name__)

DAYS_BACK = 90
LEASE_SECONDS = 90
WAIT_SECONDS = 20.0
LONGEST_PAUSE = timedelta(hours=6)
STORED_FIELDS = (*PLANNED_FIELDS, "description", "estimated")


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What one sync did to the events; all zero when nothing changed at the source."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class SyncRunning(Conflict):
    """Somebody else is syncing this calendar and has not ended within the time we may wait."""

    code = "sync_running"
    message = "This calendar is being read right now. Please try again in a moment."


def sync_calendar(*, calendar_id: str, by: Any = None, wait_seconds: float = 0.0) -> SyncResult:
    """Reads one calendar and stores its events; safe to repeat.

    Waits up to `wait_seconds` for a running sync to end, then reads anew. Raises SyncRunning, NotFound (the calendar
    is gone), and what the provider raises, after status, reason and next try have been stored. Earlier events stay
    whenever anything fails.
    """
    lease = _take_lease(calendar_id, wait_seconds)
    try:
        calendar = CalendarConnection.objects.select_related("athlete").get(pk=calendar_id)
        try:
            result = _fetch(calendar)
        except ProviderError as error:
            _note_failure(calendar, lease, error)
            raise
        return _store(calendar, lease, result, by)
    finally:
        CalendarConnection.objects.filter(pk=calendar_id, sync_lease=lease).update(sync_lease="", sync_lease_until=None)


def _take_lease(calendar_id: str, wait_seconds: float) -> str:
    lease = new_id("lease")
    give_up = time.monotonic() + wait_seconds
    while True:
        moment = now()
        free = Q(sync_lease="") | Q(sync_lease_until__isnull=True) | Q(sync_lease_until__lt=moment)
        taken = CalendarConnection.objects.filter(free, pk=calendar_id).update(
            sync_lease=lease, sync_lease_until=moment + timedelta(seconds=LEASE_SECONDS), last_attempt_at=moment
        )
        if taken:
            return lease
        if not CalendarConnection.objects.filter(pk=calendar_id).exists():
            raise NotFound()
        if time.monotonic() >= give_up:
            raise SyncRunning(headers={"Retry-After": "10"})
        time.sleep(0.2)


def sync_window(timezone: str) -> tuple[date, date]:
    """The first and last local day that a sync looks at."""
    day = today(timezone)
    return day - timedelta(days=DAYS_BACK), day + timedelta(days=settings.CALENDAR_SYNC_HORIZON_DAYS)


def _fetch(calendar: CalendarConnection) -> FetchResult:
    if not calendar.credentials:
        raise CalendarTokenExpired("The stored connection can no longer be opened. Please connect the calendar again.")
    first, last = sync_window(calendar.athlete.timezone)
    context = FetchContext(
        credentials=calendar.credentials,
        sync_state=calendar.sync_state,
        first_day=first,
        last_day=last,
        timezone=calendar.athlete.timezone,
        allow_private_hosts=settings.CALENDAR_ALLOW_PRIVATE_HOSTS,
        base_url=settings.GOOGLE_API_BASE_URL,
    )
    return provider_named(calendar.provider).fetch(context)


@transaction.atomic
def _store(calendar: CalendarConnection, lease: str, result: FetchResult, by: Any) -> SyncResult:
    athlete = Athlete.objects.select_for_update().get(pk=calendar.athlete_id)
    locked = CalendarConnection.objects.select_for_update().filter(pk=calendar.pk, sync_lease=lease).first()
    if locked is None:
        # Disconnected meanwhile, or so slow that somebody else took over: what we hold is stale.
        raise SyncRunning(headers={"Retry-After": "10"})
    done, planned = SyncResult(), False
    # Read for another zone or sport than the athlete has by now: to be read again at once.
    stale = (athlete.timezone, athlete.sport) != (calendar.athlete.timezone, calendar.athlete.sport)
    if result.events is not None and not stale:
        done, planned = _merge(locked, athlete, result.events)
    moment = now()
    locked.status = CalendarConnection.Status.OK
    locked.status_reason = ""
    locked.failures = 0
    locked.sync_state = {} if stale else dict(result.sync_state)
    locked.last_synced_at = moment
    pause = 0 if stale else settings.CALENDAR_SYNC_INTERVAL_SECONDS
    locked.next_sync_at = moment + timedelta(seconds=pause)
    locked.save(update_fields=["status", "status_reason", "failures", "sync_state", "last_synced_at", "next_sync_at"])
    if planned:
        raise_training_version(athlete.pk)
    if done != SyncResult():
        counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
        record_audit(verb="calendar.synced", by=by, object_id=locked.pk, athlete_id=athlete.pk, **counts)
    return done


def _merge(calendar: CalendarConnection, athlete: Athlete, events: Sequence[RawEvent]) -> tuple[SyncResult, bool]:
    """Makes the stored window equal to the source; returns the counts and whether a plan could notice.

    Only what lies in the window may be deleted: what is older stays, and so does all of it when the fetch failed.
    """
    first, last = sync_window(athlete.timezone)
    stored = {row.external_id: row for row in TrainingEvent.objects.filter(calendar=calendar)}
    orphans = {
        row.external_id: row
        for row in TrainingEvent.objects.filter(athlete=athlete, calendar=None, source=calendar.provider)
        if row.external_id and first <= row.local_date
    }
    fresh: list[TrainingEvent] = []
    altered: list[TrainingEvent] = []
    adopted = 0
    planned = False
    seen: set[str] = set()
    for raw in events:
        seen.add(raw.external_id)
        columns = read_event(raw, athlete)
        row = stored.get(raw.external_id) or orphans.get(raw.external_id)
        if row is None:
            row = TrainingEvent(
                athlete=athlete, calendar=calendar, external_id=raw.external_id, source=calendar.provider, **columns
            )
            fresh.append(row)
            planned = planned or row.counts
            continue
        counted = row.counts
        different = {name for name, value in columns.items() if getattr(row, name) != value}
        for name in different:
            setattr(row, name, columns[name])
        if row.calendar_id is None:
            row.calendar = calendar
            adopted += 1
        elif not different:
            continue
        altered.append(row)
        row.updated_at = now()
        planned = planned or bool((counted or row.counts) and different & set(PLANNED_FIELDS))
    gone = [row for name, row in stored.items() if name not in seen and first <= row.local_date <= last]
    planned = planned or any(row.counts for row in gone)
    TrainingEvent.objects.bulk_create(fresh, batch_size=500)
    TrainingEvent.objects.bulk_update(altered, [*STORED_FIELDS, "calendar", "updated_at"], batch_size=200)
    for start in range(0, len(gone), 500):
        TrainingEvent.objects.filter(pk__in=[row.pk for row in gone[start : start + 500]]).delete()
    return SyncResult(added=len(fresh) + adopted, changed=len(altered) - adopted, removed=len(gone)), planned


def read_event(raw: RawEvent, athlete: Athlete) -> dict[str, Any]:
    """The columns of an occurrence: when it is, and what its title and fields say it is."""
    starts_at, day, all_day = place_event(raw.starts_at, athlete.timezone)
    length = None
    if isinstance(raw.starts_at, datetime) and raw.ends_at is not None:
        length = (raw.ends_at.astimezone(UTC) - starts_at).total_seconds() / 60
    stated = round(length, 2) if length is not None and 1 <= length <= 1440 else None
    parsed = parse_title(raw.title, raw.description, stated, raw.categories)
    filled: Mapping[str, Any] = fill_from_title(parsed, {}, main_sport=athlete.sport)
    return {
        **filled,
        "title": raw.title or "Untitled event",
        "description": raw.description,
        "starts_at": starts_at,
        "local_date": day,
        "all_day": all_day,
        "avg_power_w": None,
        "avg_hr": None,
        "rpe": None,
        "tss": parsed.tss,
        "intensity_factor": parsed.intensity_factor,
    }


def _note_failure(calendar: CalendarConnection, lease: str, error: ProviderError) -> None:
    """Status, reason and the next try: twice as long after each failure, never more than a quarter of a day."""
    failures = min(calendar.failures + 1, 1000)
    pause = timedelta(seconds=settings.CALENDAR_SYNC_INTERVAL_SECONDS) * 2 ** min(failures - 1, 10)
    # Spread by a tenth, so that calendars of one server do not come back to it all at once.
    pause = min(pause, LONGEST_PAUSE) * random.uniform(0.9, 1.1)
    refused = isinstance(error, CalendarTokenExpired)
    CalendarConnection.objects.filter(pk=calendar.pk, sync_lease=lease).update(
        status=CalendarConnection.Status.RECONNECT if refused else CalendarConnection.Status.ERROR,
        status_reason=str(error.message)[:300],
        failures=failures,
        next_sync_at=None if refused else now() + pause,
    )
    log.info("calendar sync failed", extra={"calendar_id": calendar.pk, "code": error.code})


def poll_due(*, limit: int = 200) -> int:
    """Enqueues a sync for every calendar whose time has come; any number of beats may do this at once.

    A claimed row gets its next time at once, so that another beat passes it by; the work item is the durable part.
    """
    moment = now()
    with transaction.atomic():
        due = CalendarConnection.objects.filter(next_sync_at__lte=moment).order_by("next_sync_at")
        due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        ids = list(due.values_list("pk", flat=True)[:limit])
        following = moment + timedelta(seconds=settings.CALENDAR_SYNC_INTERVAL_SECONDS)
        CalendarConnection.objects.filter(pk__in=ids).update(next_sync_at=following)
        for calendar_id in ids:
            enqueue_work(kind=SYNC_KIND, key=calendar_id)
    return len(ids)
