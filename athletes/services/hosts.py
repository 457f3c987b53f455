"""Patience with the servers that calendars live on.

A host gets a bounded number of questions at once. When it fails for several calendars that could be read before, it is
the host that is in trouble: nobody asks until a pause is over, then one calendar asks for all of them. A pause doubles
with each failure up to `LONGEST_PAUSE` and ends with the first success.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import F

from athletes.models import CalendarHost
from nutrition_site.kernel.clock import now

LONGEST_PAUSE = timedelta(hours=6)
SHORTEST_PAUSE = timedelta(minutes=1)
QUESTIONS_AT_ONCE = 4
# One failure may be one bad calendar, or one that somebody made fail; three in a row without a success are the host.
FAILURES_OF_A_HOST = 3
# Doubling twelve times is beyond every ceiling here.
_DOUBLINGS = 12


def questions_at_once(host: str) -> int:
    """How many calendars of a host may be read at the same time; `CALENDAR_HOST_LIMITS` names the large ones."""
    limits: Mapping[str, int] = settings.CALENDAR_HOST_LIMITS
    return max(1, int(limits.get(host, QUESTIONS_AT_ONCE)))


def free_questions(row: CalendarHost, asking: int) -> int:
    """How many more may ask this host now, `asking` being those that do already."""
    if row.paused_until is not None and row.paused_until > now():
        return 0
    allowed = 1 if row.failures >= FAILURES_OF_A_HOST or row.paused_until is not None else questions_at_once(row.host)
    return max(0, allowed - asking)


def back_off(first: timedelta, failures: int) -> timedelta:
    """The pause after so many failures in a row: `first`, then twice as long each time, spread by a tenth."""
    pause = first * 2.0 ** min(max(failures - 1, 0), _DOUBLINGS)
    # Spread below the ceiling too: what failed together must not come back together.
    return min(pause * random.uniform(0.9, 1.1), LONGEST_PAUSE * random.uniform(0.9, 1.0))


def asked_pause(seconds: float) -> timedelta:
    """What a server asks for by `Retry-After`, within reason: never earlier, and not all at the same moment."""
    wished = timedelta(seconds=min(max(seconds, 0.0), LONGEST_PAUSE.total_seconds()))
    return min(max(wished, SHORTEST_PAUSE) * random.uniform(1.0, 1.1), LONGEST_PAUSE)


def note_host_failure(*, host: str, retry_after_seconds: float | None = None, is_evidence: bool = True) -> None:
    """Counts a failure that every calendar of the host would have met; pauses the host when it is clear.

    `is_evidence` says that the calendar could be read the time before: a new address that never worked says nothing
    about its neighbors. A host that is in trouble already needs no evidence.
    """
    if not host:
        return
    row, _ = CalendarHost.objects.get_or_create(host=host)
    if not is_evidence and row.paused_until is None and row.failures < FAILURES_OF_A_HOST:
        return
    CalendarHost.objects.filter(pk=host, failures__lt=1000).update(failures=F("failures") + 1, updated_at=now())
    row.refresh_from_db()
    pause = None
    if row.failures >= FAILURES_OF_A_HOST:
        pause = back_off(SHORTEST_PAUSE, row.failures - FAILURES_OF_A_HOST + 1)
    if retry_after_seconds is not None:
        pause = max(asked_pause(retry_after_seconds), pause or SHORTEST_PAUSE)
    if pause is not None:
        CalendarHost.objects.filter(pk=host).update(paused_until=now() + pause)


def note_host_success(*, host: str) -> None:
    """Ends the pause of a host that has answered."""
    CalendarHost.objects.filter(pk=host, failures__gt=0).update(failures=0, paused_until=None, updated_at=now())


def lock_hosts(hosts: Sequence[str], *, skip_locked: bool) -> dict[str, CalendarHost]:
    """The rows of these hosts, made where missing and locked for this transaction; without those others hold.

    Who holds the row of a host is the only one to hand out its questions.
    """
    rows = CalendarHost.objects.select_for_update(skip_locked=skip_locked).filter(pk__in=hosts)
    locked = {row.host: row for row in rows}
    absent = set(hosts) - set(locked)
    if absent:
        absent -= set(CalendarHost.objects.filter(pk__in=absent).values_list("pk", flat=True))
        CalendarHost.objects.bulk_create([CalendarHost(host=host) for host in sorted(absent)], ignore_conflicts=True)
        locked |= {row.host: row for row in rows.filter(pk__in=absent)}
    return locked
