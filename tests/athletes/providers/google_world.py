"""The main calendar of a Google account, by a lasting grant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.athletes.providers.google_server import ACCOUNT, GoogleServer, all_day, timed


class GoogleWorld:
    """See `World`."""

    provider = "google_calendar"

    def __init__(self) -> None:
        self.server = GoogleServer()
        self.calendar = self.server.calendars[ACCOUNT]
        self._grant = self.server.grant()
        self._series: dict[str, list[str]] = {}

    def credentials(self) -> dict[str, Any]:
        return dict(self._grant)

    def options(self) -> dict[str, str]:
        return self.server.options

    def put(
        self, key: str, title: str, starts_at: datetime | date, minutes: float = 60, *, description: str = ""
    ) -> None:
        if isinstance(starts_at, datetime):
            self.calendar.put(timed(key, title, starts_at, minutes, description=description))
        else:
            self.calendar.put(all_day(key, title, starts_at, description=description))

    def put_weekly(self, key: str, title: str, starts_at: datetime, minutes: float, count: int) -> None:
        self._series[key] = []
        for number in range(count):
            begins = starts_at + timedelta(weeks=number)
            identity = f"{key}_{begins.astimezone(UTC):%Y%m%dT%H%M%SZ}"
            self._series[key].append(identity)
            self.calendar.put(timed(identity, title, begins, minutes, recurringEventId=key))

    def move_occurrence(self, key: str, number: int, to: datetime) -> None:
        identity = self._series[key][number]
        item = self.calendar.items[identity]
        self.calendar.put(timed(identity, item["summary"], to, 60, recurringEventId=key))

    def remove(self, key: str) -> None:
        if key in self._series:
            self.calendar.cancel_series(key)
        else:
            self.calendar.cancel(key)

    def refuse_token(self) -> None:
        self.server.withdraw()

    def fail(self, how: str) -> None:
        self.server.http.fail(how)

    def calls(self) -> int:
        return len(self.server.http.requests)

    def close(self) -> None:
        self.server.close()
