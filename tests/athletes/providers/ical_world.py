"""A published iCalendar feed with an ETag, whose secret address can be withdrawn."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.athletes.feeds import calendar
from tests.athletes.providers.loopback import Asked, Loopback, Said

PATH = "/private-8f3a2c1b9d/basic.ics"


class IcalWorld:
    """See `World`."""

    provider = "ical"

    def __init__(self) -> None:
        self.events: dict[str, list[str]] = {}
        self.open = True
        self.server = Loopback(self._answer)
        self._series: dict[str, datetime] = {}

    def credentials(self) -> dict[str, Any]:
        return {"url": self.server.url + PATH}

    def options(self) -> dict[str, str]:
        return {}

    def put(
        self, key: str, title: str, starts_at: datetime | date, minutes: float = 60, *, description: str = ""
    ) -> None:
        self.events[key] = [_event(key, title, starts_at, minutes, f"DESCRIPTION:{description}")]

    def put_weekly(self, key: str, title: str, starts_at: datetime, minutes: float, count: int) -> None:
        self._series[key] = starts_at
        self.events[key] = [_event(key, title, starts_at, minutes, f"RRULE:FREQ=WEEKLY;COUNT={count}")]

    def move_occurrence(self, key: str, number: int, to: datetime) -> None:
        was = self._series[key] + timedelta(weeks=number)
        self.events[key].append(_event(key, "Moved", to, 60, f"RECURRENCE-ID:{_utc(was)}"))

    def remove(self, key: str) -> None:
        del self.events[key]

    def refuse_token(self) -> None:
        self.open = False

    def fail(self, how: str) -> None:
        self.server.fail(how)

    def calls(self) -> int:
        return len(self.server.requests)

    def close(self) -> None:
        self.server.close()

    def _answer(self, asked: Asked) -> Said:
        if asked.path != PATH or not self.open:
            return Said(403 if asked.path == PATH else 404)
        content = calendar(*(text for texts in self.events.values() for text in texts))
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        if asked.headers.get("if-none-match") == etag:
            return Said(304, {"ETag": etag})
        return Said(200, {"ETag": etag, "Content-Type": "text/calendar"}, content)


def _event(key: str, title: str, starts_at: datetime | date, minutes: float, more: str) -> str:
    if isinstance(starts_at, datetime):
        when = f"DTSTART:{_utc(starts_at)}\nDTEND:{_utc(starts_at + timedelta(minutes=minutes))}"
    else:
        when = f"DTSTART;VALUE=DATE:{starts_at:%Y%m%d}"
    return f"UID:{key}@example.org\n{when}\nSUMMARY:{title}\n{more}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
