"""The only place that says what time and what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import available_timezones

from django.utils import timezone

from nutrition_site.kernel.itinerary import read_zone, zone_at


def now() -> datetime:
    """The present moment, aware, UTC."""
    return timezone.now().astimezone(UTC)


def zone(name: str | None) -> tzinfo:
    """The time zone of an IANA name or of an athlete's `zones`; UTC for an empty or unknown one."""
    return read_zone(name or "UTC")


def zone_name_now(name: str) -> str:
    """The IANA name of the zone that holds at this moment."""
    return zone_at(name, now()).key


def is_zone(name: str) -> bool:
    """Whether this is an IANA zone name known here; what only names the machine's own zone is none."""
    return name in available_timezones() and name not in ("localtime", "Factory")


def local_day(moment: datetime, zone_name: str | None) -> date:
    """The calendar day of a moment where the athlete is."""
    return moment.astimezone(zone(zone_name)).date()


def today(zone_name: str | None) -> date:
    """The athlete's day now."""
    return local_day(now(), zone_name)


def midnight(day: date, zone_name: str | None) -> datetime:
    """The aware first moment of a local day."""
    return datetime.combine(day, time.min, tzinfo=zone(zone_name))
