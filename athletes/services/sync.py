"""Reading a connected calendar into training events.

One sync of a calendar runs at a time, held by a lease on its row: taken by one conditional update, believed for
`LEASE_SECONDS`, so that a killed worker blocks nobody for longer. The provider is asked outside any transaction; what
it says is stored in one, and only while the lease is still ours.
"""

from __future__ import annotations

import logging
import random
import time
import zlib
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop, override

from athletes.calendars.protocol import (
    CalendarTokenExpired,
    CalendarUnreachable,
    CalendarUnreadable,
    FetchContext,
    FetchResult,
)
from athletes.models import Athlete, CalendarConnection, Notice
from athletes.sentences import in_words
from athletes.services.calendars import label_without_name, named_label, provider_named
from athletes.services.hosts import asked_pause, back_off, note_host_failure, note_host_success
from athletes.services.merging import DAYS_BACK, SyncResult, merge_events, sync_window
from athletes.services.notices import settle_notices, tell_athlete
from athletes.services.sessions import record_sessions
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, NotFound, ProviderError
from nutrition_site.kernel.ids import new_id

log = logging.getLogger(__name__)

LEASE_SECONDS = 120
# What a sync writes into the row of its calendar.
STORED = (
    *("status", "status_reason", "failures", "sync_state", "last_synced_at", "next_sync_at", "host"),
    *("sync_lease", "sync_lease_until"),
)
WAIT_SECONDS = 20.0
# So often a server's own wish for an early return is followed; then our pauses grow all the same.
WISHES_FOLLOWED = 3
_WINDOW_HOURS = 7 * 24


class SyncRunning(Conflict):
    """Somebody else is syncing this calendar and has not ended within the time we may wait."""

    code = "sync_running"
    message = gettext_noop("This calendar is being read right now. Please try again in a moment.")


def sync_calendar(*, calendar_id: str, by: Any = None, wait_seconds: float = 0.0) -> SyncResult:
    """Reads one calendar and stores its events; safe to repeat.

    Waits up to `wait_seconds` for a running sync to end, then reads anew; who asks in person need not wait for a pause
    of the host. Raises SyncRunning, NotFound (the calendar is gone), and what the provider raises, after status, reason
    and next try have been stored. Earlier events stay whenever anything fails.
    """
    lease = _take_lease(calendar_id, wait_seconds)
    try:
        calendar = CalendarConnection.objects.select_related("athlete").filter(pk=calendar_id).first()
        if calendar is None:
            raise NotFound()
        try:
            result = ask_provider(calendar)
        except Exception as error:
            store_failure(calendar=calendar, lease=lease, error=error)
            if isinstance(error, ProviderError):
                error.message = in_words(error.message)
            raise
        return store_result(calendar=calendar, lease=lease, result=result, by=by)
    finally:
        release_lease(calendar_id=calendar_id, lease=lease)


def free_to_sync() -> Q:
    """The condition under which nobody is reading a calendar, or who did is believed dead."""
    return Q(sync_lease="") | Q(sync_lease_until__isnull=True) | Q(sync_lease_until__lt=now())


def release_lease(*, calendar_id: str, lease: str) -> None:
    """Gives a calendar free, unless somebody else has taken it over."""
    CalendarConnection.objects.filter(pk=calendar_id, sync_lease=lease).update(sync_lease="", sync_lease_until=None)


def _take_lease(calendar_id: str, wait_seconds: float) -> str:
    lease = new_id("lease")
    give_up = time.monotonic() + wait_seconds
    while True:
        moment = now()
        taken = CalendarConnection.objects.filter(free_to_sync(), pk=calendar_id).update(
            sync_lease=lease, sync_lease_until=moment + timedelta(seconds=LEASE_SECONDS), last_attempt_at=moment
        )
        if taken:
            return lease
        if not CalendarConnection.objects.filter(pk=calendar_id).exists():
            raise NotFound()
        if time.monotonic() >= give_up:
            raise SyncRunning(headers={"Retry-After": "10"})
        time.sleep(0.2)


def ask_provider(calendar: CalendarConnection) -> FetchResult:
    """What the calendar says now. Touches no database, so that it may run in a thread; raises what providers raise.

    `calendar` comes with its athlete.
    """
    if not calendar.credentials:
        raise CalendarTokenExpired("The stored connection can no longer be opened. Please connect the calendar again.")
    first, last = fetch_window(calendar)
    context = FetchContext(
        credentials=calendar.credentials,
        sync_state=calendar.sync_state,
        first_day=first,
        last_day=last,
        timezone=calendar.athlete.zones,
        allow_private_hosts=settings.CALENDAR_ALLOW_PRIVATE_HOSTS,
        selection=tuple(calendar.selection),
        options=settings.CALENDAR_PROVIDER_OPTIONS.get(calendar.provider, {}),
    )
    # What it may have to say is stored, and shown to others than who asked for this reading.
    with override("en"):
        return provider_named(calendar.provider).fetch(context)


def fetch_window(calendar: CalendarConnection) -> tuple[date, date]:
    """The days a provider is asked for: those of `sync_window` and a few more, the same ones for a week.

    Another window makes a source send everything again. Moving it every midnight would do that to all calendars of a
    time zone at once; so it moves once a week, at an hour that differs from calendar to calendar.
    """
    first, last = sync_window(calendar.athlete.zones)
    moment = now()
    hours = int(moment.timestamp() // 3600) + zlib.crc32(calendar.pk.encode())
    began = (moment - timedelta(hours=hours % _WINDOW_HOURS)).date()
    # The athlete's day may be the one before or after that of UTC.
    earliest = began - timedelta(days=DAYS_BACK + 1)
    latest = began + timedelta(hours=_WINDOW_HOURS, days=settings.CALENDAR_SYNC_HORIZON_DAYS + 2)
    return min(first, earliest), max(last, latest)


def store_result(
    *, calendar: CalendarConnection, lease: str, result: FetchResult, by: Any = None, host_in_trouble: bool = True
) -> SyncResult:
    """Stores what a provider said, while the lease is ours, and gives the lease back.

    `host_in_trouble` says whether an answer may end a pause of the host. Raises SyncRunning when the lease was lost,
    NotFound when the athlete is gone.
    """
    done = SyncResult() if _confirm_unchanged(calendar, lease, result) else _store(calendar, lease, result, by)
    if host_in_trouble:
        note_host_success(host=calendar.host)
    return done


def _confirm_unchanged(calendar: CalendarConnection, lease: str, result: FetchResult) -> bool:
    """The most frequent answer by far, in one statement: nothing is new, and nothing was asked for meanwhile."""
    news = result.events is not None or result.sessions or result.credentials is not None
    news = news or named_label(calendar=calendar, name=result.name) != calendar.label
    healthy = calendar.status == CalendarConnection.Status.OK and not calendar.failures and calendar.host
    if news or result.calendars is not None or not healthy or dict(result.sync_state) != calendar.sync_state:
        return False
    moment = now()
    # Whoever wants a calendar read anew (another zone, another choice) changes its next time.
    same = CalendarConnection.objects.filter(pk=calendar.pk, sync_lease=lease, next_sync_at=calendar.next_sync_at)
    changed = same.update(
        last_synced_at=moment, next_sync_at=moment + regular_pause(), sync_lease="", sync_lease_until=None
    )
    return bool(changed)


@transaction.atomic
def _store(calendar: CalendarConnection, lease: str, result: FetchResult, by: Any) -> SyncResult:
    athlete = Athlete.objects.select_for_update().filter(pk=calendar.athlete_id).first()
    if athlete is None:
        # Deleted with everything that was theirs, while the source was asked.
        raise NotFound()
    locked = CalendarConnection.objects.select_for_update().filter(pk=calendar.pk, sync_lease=lease).first()
    if locked is None:
        # Disconnected meanwhile, or so slow that somebody else took over: what we hold is stale.
        raise SyncRunning(headers={"Retry-After": "10"})
    # Read for another zone, sport or choice than the athlete has by now: to be read again at once.
    stale = (athlete.zones, athlete.sport) != (calendar.athlete.zones, calendar.athlete.sport)
    stale = stale or locked.selection != calendar.selection
    done, planned = (SyncResult(), False) if stale else merge_events(locked, athlete, result)
    if not stale:
        record_sessions(athlete=athlete, raws=result.sessions, source=locked.provider, calendar=locked, by=by)
    moment = now()
    if locked.status != CalendarConnection.Status.OK:
        settle_notices(athlete_id=athlete.pk, kind=Notice.Kind.CALENDAR_RECONNECT, key=locked.pk)
    locked.status = CalendarConnection.Status.OK
    locked.status_reason = ""
    locked.failures = 0
    locked.sync_state = {} if stale else dict(result.sync_state)
    written = [*STORED]
    if result.credentials is not None:
        locked.credentials = dict(result.credentials)
        written.append("credentials")
    if result.calendars is not None:
        locked.available = [{"id": ident, "name": name} for ident, name in result.calendars]
        written.append("available")
    label = named_label(calendar=locked, name=result.name)
    if label != locked.label:
        locked.label = label
        written.append("label")
    if not locked.host:
        locked.host = host_of(calendar)
    locked.last_synced_at = moment
    locked.next_sync_at = moment if stale else moment + regular_pause()
    locked.sync_lease, locked.sync_lease_until = "", None
    locked.save(update_fields=written)
    if planned:
        raise_training_version(athlete.pk)
    if done != SyncResult():
        counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
        record_audit(verb="calendar.synced", by=by, object_id=locked.pk, athlete_id=athlete.pk, **counts)
    return done


def regular_pause() -> timedelta:
    """Until the next reading of a calendar that is well; spread, so that calendars drift apart."""
    return timedelta(seconds=settings.CALENDAR_SYNC_INTERVAL_SECONDS) * random.uniform(0.9, 1.1)


def host_of(calendar: CalendarConnection) -> str:
    """The server a calendar lives on; empty when its credentials can no longer be opened."""
    if not calendar.credentials:
        return ""
    options = settings.CALENDAR_PROVIDER_OPTIONS.get(calendar.provider, {})
    return provider_named(calendar.provider).host(calendar.credentials, options)


def store_failure(*, calendar: CalendarConnection, lease: str, error: Exception) -> None:
    """Status, reason in words and the next try of a calendar that could not be read, while the lease is ours.

    Gives the lease back. A refused token stops the polling until the athlete connects again and tells them once, unless
    the calendar was never read: then whoever connected it has given what does not open it, and its status says so.
    Anything else is tried again by itself, later each time, or when its server says. What is no ProviderError is our
    own fault, and is said so.
    """
    if not isinstance(error, ProviderError):
        log.error("calendar sync broke", exc_info=error, extra={"calendar_id": calendar.pk})
        error = CalendarUnreadable("The calendar could not be read because of a fault on our side. We keep trying.")
    refused = isinstance(error, CalendarTokenExpired)
    unreachable = isinstance(error, CalendarUnreachable)
    asked = error.retry_after_seconds if isinstance(error, CalendarUnreachable) else None
    failures = min(calendar.failures + 1, 1000)
    pause = back_off(timedelta(seconds=settings.CALENDAR_SYNC_INTERVAL_SECONDS), failures)
    if asked is not None:
        pause = asked_pause(asked) if failures <= WISHES_FOLLOWED else max(asked_pause(asked), pause)
    with transaction.atomic():
        locked = CalendarConnection.objects.select_for_update().filter(pk=calendar.pk, sync_lease=lease).first()
        if locked is None:
            return
        locked.status = CalendarConnection.Status.RECONNECT if refused else CalendarConnection.Status.ERROR
        locked.status_reason = str(error.message)[:300]
        locked.failures = failures
        locked.next_sync_at = None if refused else now() + pause
        locked.sync_lease, locked.sync_lease_until = "", None
        written = ["status", "status_reason", "failures", "next_sync_at", "sync_lease", "sync_lease_until"]
        renewed = getattr(error, "credentials", None)
        if renewed is not None:
            # The old token may be worthless from the moment that a new one was given.
            locked.credentials = dict(renewed)
            written.append("credentials")
        locked.save(update_fields=written)
        if refused and locked.last_synced_at is not None:
            _tell_to_reconnect(locked)
    log.info("calendar sync failed", extra={"calendar_id": calendar.pk, "code": error.code})
    if isinstance(error, CalendarUnreachable) and error.host_wide:
        was_well = calendar.failures == 0 and calendar.last_synced_at is not None
        note_host_failure(host=calendar.host, retry_after_seconds=asked, is_evidence=was_well)
    elif not unreachable and calendar.credentials:
        note_host_success(host=calendar.host)


def _tell_to_reconnect(calendar: CalendarConnection) -> None:
    # Without the name that the source gives itself: a stranger's text is no subject for our mail.
    name = label_without_name(calendar.label) or "A training calendar"
    tell_athlete(
        athlete=calendar.athlete,
        kind=Notice.Kind.CALENDAR_RECONNECT,
        key=calendar.pk,
        title=f"{name} must be connected again"[:200],
        body=(
            f"{name} does not let us read it, so training that moves there is not seen here. Your plans still follow "
            "the sessions known so far. Please connect the calendar again on the page of your calendars."
        ),
        path=reverse("calendars"),
    )
