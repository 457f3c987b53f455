"""Small makers for tests of completed sessions: what sources say, and what was planned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from athletes.calendars.protocol import FetchContext, FetchResult, RawSession
from athletes.models import Athlete, CalendarConnection, CompletedSession, TrainingEvent
from nutrition_site.kernel.clock import local_day, midnight

DAY = date(2026, 10, 7)


def at(clock: str, day: date = DAY) -> datetime:
    """A moment by the clock of Belgrade (UTC+2 in early October)."""
    hours, minutes = clock.split(":")
    return datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=UTC) - timedelta(hours=2)


def ride(external_id: str = "r1", clock: str = "17:00", minutes: float = 90.0, **said: Any) -> RawSession:
    """A bicycle ride as a source tells of it."""
    given: dict[str, Any] = {"sport": "cycle", "title": "Evening ride", "distance_km": minutes / 2, **said}
    return RawSession(external_id=external_id, starts_at=at(clock), duration_minutes=minutes, **given)


def connection(athlete: Athlete, provider: str = "ical", *, days_old: int = 0) -> CalendarConnection:
    calendar = CalendarConnection.objects.create(athlete=athlete, provider=provider, credentials={"url": "http://x"})
    made = datetime(2026, 9, 1, tzinfo=UTC) - timedelta(days=days_old)
    CalendarConnection.objects.filter(pk=calendar.pk).update(created_at=made)
    calendar.refresh_from_db()
    return calendar


def planned(
    athlete: Athlete,
    *,
    title: str = "Ride",
    clock: str | None = "17:00",
    minutes: float | None = 90.0,
    calendar: CalendarConnection | None = None,
    external_id: str = "",
    day: date = DAY,
    **said: Any,
) -> TrainingEvent:
    """A planned session as a row, all-day without a clock time."""
    starts_at = midnight(day, athlete.timezone) if clock is None else at(clock, day)
    given = {"type": "workout", "sport": "cycle", **said}
    if calendar is not None and not external_id:
        external_id = f"{title}@{calendar.provider}"
    return TrainingEvent.objects.create(
        athlete=athlete,
        calendar=calendar,
        external_id=external_id,
        source="manual" if calendar is None else calendar.provider,
        title=title,
        starts_at=starts_at,
        local_date=local_day(starts_at, athlete.timezone),
        all_day=clock is None,
        duration_minutes=minutes,
        **given,
    )


def sessions_of(athlete: Athlete) -> list[CompletedSession]:
    return list(CompletedSession.objects.filter(athlete=athlete).select_related("event").order_by("starts_at"))


def picture(athlete: Athlete) -> list[tuple[Any, ...]]:
    """What stands stored about an athlete's sessions and plans, without the ids that depend on order."""
    rows = []
    for event in TrainingEvent.objects.filter(athlete=athlete).with_completed():
        primary = event.duplicate_of
        done = event.session
        told = None
        if done is not None:
            records = sorted((row.source, row.external_id) for row in done.records.all())
            held = {row.pk: row.external_id for row in done.records.all()}
            chosen = sorted((name, held[pk]) for name, pk in done.chosen.items())
            chosen += sorted((row.planned_id, row.external_id) for row in done.records.all() if row.planned_id)
            values = (done.starts_at, done.duration_minutes, done.sport, done.avg_power_w, done.local_date)
            told = (values, records, chosen)
        twin = None if primary is None else (primary.source, primary.title)
        rows.append((event.local_date, event.source, event.title, event.duration_minutes, twin, told))
    return sorted(rows, key=repr)


class ScriptedProvider:
    """A calendar that answers what a test has put down, in turn."""

    answers: ClassVar[list[FetchResult]] = []

    def fetch(self, context: FetchContext) -> FetchResult:
        return self.answers.pop(0)

    def host(self, credentials: Any, options: Any) -> str:
        return "127.0.0.1"
