"""Where the clock on the wall is whose: a home zone, and other zones on the days of a journey.

An itinerary is written as one text, the home zone first, then each journey as `FIRST/LAST=ZONE` with its inclusive
local days: `Europe/Belgrade 2026-12-01/2026-12-08=America/New_York`. A text without journeys is a plain IANA name, so
that whoever takes the name of a zone takes an itinerary too.

A journey is made of whole days in its own zone, midnight to midnight; outside of them it is the home zone's time. A day
of departure or return can thus be longer or shorter than 24 hours, and no day comes twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Journey(NamedTuple):
    """The inclusive local days in another zone, which is an IANA name."""

    first_day: date
    last_day: date
    timezone: str


class Itinerary(tzinfo):
    """A time zone that is another one on the days of journeys.

    A time on the wall belongs to the zone of its date. A moment becomes a time in one of the plain zones, whose offset
    is certain.
    """

    def __init__(self, home: ZoneInfo, journeys: Iterable[Journey]) -> None:
        self.home = home
        self.journeys = sorted(journeys)
        self._zones = [ZoneInfo(one.timezone) for one in self.journeys]
        self._starts = [_midnight(one.first_day, zone) for one, zone in zip(self.journeys, self._zones, strict=True)]
        self._ends = [
            _midnight(one.last_day + timedelta(days=1), zone)
            for one, zone in zip(self.journeys, self._zones, strict=True)
        ]
        # From one place straight to the next: nobody is at home for the hours between their midnights.
        for number, (one, other) in enumerate(pairwise(self.journeys)):
            if one.last_day + timedelta(days=1) == other.first_day:
                self._ends[number] = self._starts[number + 1]

    def __reduce__(self) -> tuple[Any, ...]:
        return read_zone, (write_itinerary(self.home.key, self.journeys),)

    def on(self, day: date) -> ZoneInfo:
        """The zone of a day."""
        number = bisect_right(self.journeys, day, key=lambda one: one.first_day) - 1
        return self._zones[number] if number >= 0 and day <= self.journeys[number].last_day else self.home

    def at(self, moment: datetime) -> ZoneInfo:
        """The zone of an aware moment."""
        number = bisect_right(self._starts, moment.astimezone(UTC)) - 1
        return self._zones[number] if number >= 0 and moment < self._ends[number] else self.home

    def fromutc(self, moment: datetime) -> datetime:
        moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(self.at(moment))

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else self.on(moment.date()).utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else self.on(moment.date()).dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else self.on(moment.date()).tzname(moment)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def write_itinerary(home: str, journeys: Iterable[Journey]) -> str:
    """The text of an itinerary."""
    return " ".join([home, *(f"{one.first_day}/{one.last_day}={one.timezone}" for one in sorted(journeys))])


@lru_cache(maxsize=4096)
def read_zone(text: str) -> ZoneInfo | Itinerary:
    """The zone of an IANA name or of an itinerary's text; UTC for an empty or unknown one."""
    home, *rest = text.split(" ")
    journeys = []
    for part in rest:
        days, _, name = part.partition("=")
        first, _, last = days.partition("/")
        journeys.append(Journey(date.fromisoformat(first), date.fromisoformat(last), name))
    try:
        return Itinerary(ZoneInfo(home or "UTC"), journeys) if journeys else ZoneInfo(home or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def home_zone(text: str) -> str:
    """The name of the zone outside of journeys."""
    return text.partition(" ")[0]


def zone_on(text: str, day: date) -> ZoneInfo:
    """The plain zone of a day."""
    found = read_zone(text)
    return found.on(day) if isinstance(found, Itinerary) else found


def zone_at(text: str, moment: datetime) -> ZoneInfo:
    """The plain zone of an aware moment."""
    found = read_zone(text)
    return found.at(moment) if isinstance(found, Itinerary) else found
