"""The hours in which an account gets no mail, on its athlete's clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from athletes.models import Athlete, NotificationSetting, User
from nutrition_site.kernel.clock import zone


def clock_of(user: User) -> tzinfo:
    """The time zone of an account: where its athlete is, UTC without a profile."""
    athlete: Athlete | None = getattr(user, "athlete", None)
    return zone(athlete.zones) if athlete is not None else zone("UTC")


def quiet_until(user: User, moment: datetime) -> datetime | None:
    """When the quiet hours that hold at this moment end, None when none hold."""
    setting: NotificationSetting | None = getattr(user, "notification_setting", None)
    if setting is None or setting.quiet_from is None or setting.quiet_until is None:
        return None
    local = moment.astimezone(clock_of(user))
    ends = _days_to_end(local.time(), setting.quiet_from, setting.quiet_until)
    if ends is None:
        return None
    day = local.date() + timedelta(days=ends)
    return datetime.combine(day, setting.quiet_until, tzinfo=local.tzinfo).astimezone(UTC)


def _days_to_end(at: time, start: time, end: time) -> int | None:
    """Whether quiet hours that hold now end today (0) or tomorrow (1); None when they do not hold."""
    if start < end:
        return 0 if start <= at < end else None
    if start == end:
        return None
    if at >= start:
        return 1
    return 0 if at < end else None
