"""The calendar of an athlete of Intervals.icu, where a series is as many events as it has weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.athletes.providers.intervals_server import API_KEY, IntervalsServer

# Its times have no zone: they are those of the suite's athlete.
ZONE = ZoneInfo("Europe/Belgrade")


class IntervalsWorld:
    """See `World`."""

    provider = "intervals_icu"

    def __init__(self) -> None:
        self.server = IntervalsServer()
        self._numbers: dict[str, int] = {}

    def credentials(self) -> dict[str, Any]:
        return {"api_key": API_KEY, "athlete_id": "0"}

    def options(self) -> dict[str, str]:
        return {"base_url": self.server.base_url}

    def put(
        self, key: str, title: str, starts_at: datetime | date, minutes: float = 60, *, description: str = ""
    ) -> None:
        number = self._numbers.setdefault(key, 1000 + len(self._numbers))
        if isinstance(starts_at, datetime):
            local = starts_at.astimezone(ZONE).replace(tzinfo=None).isoformat()
            self.server.add_event(number, title, local, moving_time=round(minutes * 60), description=description)
        else:
            self.server.add_event(number, title, f"{starts_at}T00:00:00", description=description)

    def put_weekly(self, key: str, title: str, starts_at: datetime, minutes: float, count: int) -> None:
        local = starts_at.astimezone(ZONE)
        for week in range(count):
            self.put(f"{key}/{week}", title, local + timedelta(weeks=week), minutes)

    def move_occurrence(self, key: str, number: int, to: datetime) -> None:
        local = to.astimezone(ZONE).replace(tzinfo=None).isoformat()
        self.server.events[self._numbers[f"{key}/{number}"]]["start_date_local"] = local

    def remove(self, key: str) -> None:
        for name in [name for name in self._numbers if name == key or name.startswith(f"{key}/")]:
            del self.server.events[self._numbers.pop(name)]

    def refuse_token(self) -> None:
        self.server.refused = True

    def fail(self, how: str) -> None:
        self.server.fail(how)

    def calls(self) -> int:
        return len(self.server.requests)

    def close(self) -> None:
        self.server.close()
