"""Reading a connected calendar into training events.

One sync of a calendar runs at a time, held by a lease on its row: taken by one conditional update, believed for
`LEASE_SECONDS`, so that a killed worker blocks nobody for longer. The provider is asked outside any transaction; what
it says is stored in one, and only while the lease is still ours.
"""

from __future__ import annotations

import logging
import random
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from athletes.calendars.protocol import CalendarTokenExpired, FetchContext, FetchResult
from athletes.models import Athlete, CalendarConnection
from athletes.services.calendars import SYNC_KIND, provider_named
from athletes.services.merging import SyncResult, merge_events, sync_window
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, NotFound, ProviderError
from nutrition_site.kernel.ids import new_id
from nutrition_site.kernel.work import enqueue_work

log = logging.getLogger(__name__)

LEASE_SECONDS = 90
# What a sync writes into the row of its calendar.
STORED = (
    *("status", "status_reason", "failures", "sync_state", "last_synced_at", "next_sync_at"),
    *("credentials", "available"),
)
WAIT_SECONDS = 20.0
LONGEST_PAUSE = timedelta(hours=6)


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
        selection=tuple(calendar.selection),
        options=settings.CALENDAR_PROVIDER_OPTIONS.get(calendar.provider, {}),
    )
    return provider_named(calendar.provider).fetch(context)


@transaction.atomic
def _store(calendar: CalendarConnection, lease: str, result: FetchResult, by: Any) -> SyncResult:
    athlete = Athlete.objects.select_for_update().get(pk=calendar.athlete_id)
    locked = CalendarConnection.objects.select_for_update().filter(pk=calendar.pk, sync_lease=lease).first()
    if locked is None:
        # Disconnected meanwhile, or so slow that somebody else took over: what we hold is stale.
        raise SyncRunning(headers={"Retry-After": "10"})
    # Read for another zone or sport than the athlete has by now: to be read again at once.
    stale = (athlete.timezone, athlete.sport) != (calendar.athlete.timezone, calendar.athlete.sport)
    done, planned = (SyncResult(), False) if stale else merge_events(locked, athlete, result)
    moment = now()
    locked.status = CalendarConnection.Status.OK
    locked.status_reason = ""
    locked.failures = 0
    locked.sync_state = {} if stale else dict(result.sync_state)
    if result.credentials is not None:
        locked.credentials = dict(result.credentials)
    if result.calendars is not None:
        locked.available = [{"id": ident, "name": name} for ident, name in result.calendars]
    locked.last_synced_at = moment
    pause = 0 if stale else settings.CALENDAR_SYNC_INTERVAL_SECONDS
    locked.next_sync_at = moment + timedelta(seconds=pause)
    locked.save(update_fields=STORED)
    if planned:
        raise_training_version(athlete.pk)
    if done != SyncResult():
        counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
        record_audit(verb="calendar.synced", by=by, object_id=locked.pk, athlete_id=athlete.pk, **counts)
    return done


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
