"""The due queue: which calendars are read next, and reading them.

The row of a calendar is its own durable piece of work: `next_sync_at` says when it is due, a lease who reads it, and a
claimed row is due again when its lease runs out, so that a killed worker loses nothing. Any number of readers may claim
at once. They go round by host, each host with its own bound of questions, so that a slow one holds up nobody else.
"""

from __future__ import annotations

import logging
import random
import time
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from athletes.calendars.protocol import FetchResult
from athletes.models import CalendarConnection, CalendarHost
from athletes.services.hosts import free_questions, lock_hosts, questions_at_once
from athletes.services.sync import (
    LEASE_SECONDS,
    SyncRunning,
    ask_provider,
    free_to_sync,
    store_failure,
    store_result,
)
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import NotFound
from nutrition_site.kernel.ids import new_id

log = logging.getLogger(__name__)

# How far a claim looks into the queue: what one host has there beyond its share is put off.
LOOK_AHEAD = 16
LEAST_WINDOW = 128
SHARE_PER_QUESTION = 8
# More than this at once only fills the memory: an answer that is new is read by a process of its own.
QUESTIONS_OF_A_READER = 16
# A question that is open for longer waits for a slow server and costs nothing: it makes room for another one, up to a
# bound, so that slow servers cannot use up a reader.
SLOW_SECONDS = 1.0
MOST_SLOW_QUESTIONS = 32
# Less than from one wake-up to the next: a worker must not fill up with readers that wait for slow servers.
READ_SECONDS = 12.0
DUE_PER_READER = 150
MOST_READERS = 32
# Rows that are put off together get one of so many moments.
_MOMENTS = 32


@dataclass(frozen=True, slots=True)
class Claim:
    """A calendar that is ours to read until the lease runs out, and how long it had been due.

    `host_in_trouble`: its answer may end a pause of the host.
    """

    calendar: CalendarConnection
    lease: str
    host_in_trouble: bool
    late_seconds: float


def due_calendars(moment: datetime) -> QuerySet[CalendarConnection]:
    """The calendars whose time has come and that nobody reads, the longest waiting first."""
    return CalendarConnection.objects.filter(free_to_sync(), next_sync_at__lte=moment).order_by("next_sync_at")


def count_readers_needed() -> int:
    """How many readers should work on what is due now: none for nothing, never more than `MOST_READERS`."""
    most = DUE_PER_READER * MOST_READERS
    due = due_calendars(now()).values("pk")[:most].count()
    return -(-due // DUE_PER_READER)


def claim_due(*, limit: int) -> list[Claim]:
    """Takes up to `limit` due calendars, round by round one of each host, within what each host may be asked.

    Puts off what belongs to a paused host, and what one host has due beyond its share: the head of the queue would
    otherwise fill up with it and hold up everybody else.
    """
    if limit < 1:
        return []
    moment = now()
    window = max(LEAST_WINDOW, LOOK_AHEAD * limit)
    by_host: dict[str, list[str]] = {}
    due_at: dict[str, datetime] = {}
    for pk, host, due in due_calendars(moment).values_list("pk", "host", "next_sync_at")[:window]:
        # A row from before hosts were known stands for itself.
        by_host.setdefault(host or pk, []).append(pk)
        due_at[pk] = due or moment
    if not by_host:
        return []
    paused = _paused(by_host, moment)
    _put_off(by_host, paused, moment, most=window // 2)
    open_hosts = [host for host in by_host if host not in paused]
    lease = new_id("lease")
    with transaction.atomic():
        rows = lock_hosts(open_hosts[: 2 * limit], skip_locked=_skips_locked())
        asking = _asking(rows)
        room = {host: free_questions(row, asking.get(host, 0)) for host, row in rows.items()}
        picked = _round_robin({host: by_host[host][: room[host]] for host in open_hosts if host in rows}, limit)
        free = due_calendars(moment).filter(pk__in=picked).order_by()
        taken = list(free.select_for_update(skip_locked=_skips_locked()).values_list("pk", flat=True))
        until = moment + timedelta(seconds=LEASE_SECONDS)
        CalendarConnection.objects.filter(pk__in=taken).update(
            sync_lease=lease, sync_lease_until=until, last_attempt_at=moment, next_sync_at=until
        )
    troubled = {host for host, row in rows.items() if row.failures}
    calendars = CalendarConnection.objects.select_related("athlete").filter(pk__in=taken, sync_lease=lease)
    return [
        Claim(calendar, lease, calendar.host in troubled, (moment - due_at[calendar.pk]).total_seconds())
        for calendar in calendars
    ]


def read_due(*, seconds: float = READ_SECONDS, questions: int = QUESTIONS_OF_A_READER) -> int:
    """Reads due calendars until nothing more can be claimed or the time is over; returns how many it read.

    Providers are asked in threads, which touch no database; everything is claimed and stored here. Several readers may
    run at once, in any number of processes.
    """
    stop = time.monotonic() + seconds
    look_again = 0.0
    count = 0
    asked: dict[Future[FetchResult], Claim] = {}
    asked_at: dict[Future[FetchResult], float] = {}
    with ThreadPoolExecutor(questions + MOST_SLOW_QUESTIONS, thread_name_prefix="calendar") as pool:
        while True:
            moment = time.monotonic()
            slow = sum(moment - asked_at[future] > SLOW_SECONDS for future in asked)
            room = questions - len(asked) + min(slow, MOST_SLOW_QUESTIONS)
            if moment < stop and (not asked or (2 * room >= questions and moment >= look_again)):
                claims = claim_due(limit=room)
                if len(claims) < room:
                    look_again = time.monotonic() + 0.5
                for claim in claims:
                    future = pool.submit(ask_provider, claim.calendar)
                    asked[future], asked_at[future] = claim, moment
            if not asked:
                return count
            answered, _ = wait(asked, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in answered:
                del asked_at[future]
                _settle(asked.pop(future), future)
                count += 1


def _settle(claim: Claim, future: Future[FetchResult]) -> None:
    """Stores an answer or a failure; whatever goes wrong is that calendar's alone."""
    calendar, lease = claim.calendar, claim.lease
    try:
        result = future.result()
        store_result(calendar=calendar, lease=lease, result=result, host_in_trouble=claim.host_in_trouble)
    except (SyncRunning, NotFound):
        log.info("calendar was taken over or deleted", extra={"calendar_id": calendar.pk})
    except Exception as error:
        store_failure(calendar=calendar, lease=lease, error=error)


def _skips_locked() -> bool:
    return bool(connection.features.has_select_for_update_skip_locked)


def _paused(hosts: Mapping[str, Sequence[str]], moment: datetime) -> dict[str, datetime]:
    rows = CalendarHost.objects.filter(pk__in=list(hosts), paused_until__gt=moment)
    return {row.host: row.paused_until for row in rows if row.paused_until is not None}


def _asking(hosts: Mapping[str, CalendarHost]) -> dict[str, int]:
    """How many calendars of each host are being read."""
    live = CalendarConnection.objects.exclude(sync_lease="").filter(sync_lease_until__gt=now(), host__in=list(hosts))
    return dict(live.order_by().values_list("host").annotate(count=Count("pk")))


def _round_robin(queues: Mapping[str, Sequence[str]], limit: int) -> list[str]:
    waiting = deque(deque(queue) for queue in queues.values() if queue)
    picked: list[str] = []
    while waiting and len(picked) < limit:
        queue = waiting.popleft()
        picked.append(queue.popleft())
        if queue:
            waiting.append(queue)
    return picked


def _put_off(
    by_host: Mapping[str, Sequence[str]], paused: Mapping[str, datetime], moment: datetime, *, most: int
) -> None:
    """Spreads over the coming interval what cannot be read soon anyway, from the end of the host's pause on."""
    for host, waiting in by_host.items():
        resumes = paused.get(host)
        share = min(SHARE_PER_QUESTION * questions_at_once(host), most)
        beyond = waiting if resumes else waiting[share:]
        if beyond:
            _spread(beyond, max(moment, resumes or moment), moment)
        if resumes:
            _say_paused(waiting, moment)


def _spread(ids: Sequence[str], start: datetime, moment: datetime) -> None:
    interval = settings.CALENDAR_SYNC_INTERVAL_SECONDS
    with transaction.atomic():
        free = due_calendars(moment).filter(pk__in=ids).order_by()
        free_ids = list(free.select_for_update(skip_locked=_skips_locked()).values_list("pk", flat=True))
        random.shuffle(free_ids)
        groups = min(_MOMENTS, len(free_ids))
        for number in range(groups):
            seconds = (number + random.random()) * interval / groups
            put_off = CalendarConnection.objects.filter(pk__in=free_ids[number::groups])
            put_off.update(next_sync_at=start + timedelta(seconds=seconds))


def _say_paused(ids: Sequence[str], moment: datetime) -> None:
    """A calendar that has missed a reading because of its host says so: it is not up to date."""
    missed = moment - timedelta(seconds=2 * settings.CALENDAR_SYNC_INTERVAL_SECONDS)
    unread = Q(last_synced_at__lt=missed) | Q(last_synced_at=None)
    CalendarConnection.objects.filter(unread, pk__in=ids, status=CalendarConnection.Status.OK).update(
        status=CalendarConnection.Status.ERROR,
        status_reason="The calendar's server does not answer well at the moment, so we ask it less often for now.",
    )
