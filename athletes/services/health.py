"""How an athlete's connections are, in one query: for the frame of every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from athletes.models import Athlete, CalendarConnection
from nutrition_site.kernel.clock import now

# So long a calendar may fail before its athlete is told on every page; shorter failures mend themselves.
PATIENCE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class CalendarHealth:
    """When any calendar was last read, and the one that most needs its athlete; None where there is none."""

    last_read: datetime | None = None
    trouble: CalendarConnection | None = None


def read_calendar_health(*, athlete: Athlete) -> CalendarHealth:
    """The health of all calendars of an athlete. Reads no credentials."""
    rows = list(CalendarConnection.objects.filter(athlete=athlete).defer("credentials", "sync_state", "available"))
    reads = [row.last_synced_at for row in rows if row.last_synced_at is not None]
    troubled = [row for row in rows if needs_attention(row)]
    troubled.sort(key=lambda row: row.status != CalendarConnection.Status.RECONNECT)
    return CalendarHealth(max(reads, default=None), troubled[0] if troubled else None)


def needs_attention(calendar: CalendarConnection) -> bool:
    """Whether a calendar waits to be connected again, or should have been read and was not for a day."""
    if calendar.status == CalendarConnection.Status.RECONNECT:
        return True
    # One that is not polled (`next_sync_at` empty) misses nothing.
    return calendar.next_sync_at is not None and now() - (calendar.last_synced_at or calendar.created_at) > PATIENCE
