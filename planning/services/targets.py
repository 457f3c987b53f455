"""Daily targets of an athlete: one engine behind page, API, plan and advisor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from planning import mapping, science
from planning.adjustments import adjust_day
from planning.science.types import DayInput, DayTargets, Session

MAX_DAYS = 92
MAX_DAY_MINUTES = 1440.0
FOLLOWING_DAYS = 7
DEFAULT_DAYS = 7


@dataclass(frozen=True, slots=True)
class TargetDay:
    """One local day: what the athlete will do, and what the day asks for. `payload` is what every face shows."""

    date: date
    label: str
    events: tuple[TrainingEvent, ...]
    sessions: tuple[Session, ...]
    targets: DayTargets
    payload: dict[str, Any]


def target_range(athlete: Athlete, first: date | None, last: date | None) -> tuple[date, date]:
    """The inclusive local days asked for; today and the six days after by default. Raises InvalidInput."""
    start = first or (today(athlete.timezone) if last is None else last - timedelta(days=DEFAULT_DAYS - 1))
    end = last or start + timedelta(days=DEFAULT_DAYS - 1)
    if end < start:
        raise InvalidInput.of("to", "Must not be before 'from'.")
    if (end - start).days + 1 > MAX_DAYS:
        raise InvalidInput.of("to", f"At most {MAX_DAYS} days at once.")
    return start, end


def calculate_targets(*, athlete: Athlete, first: date, last: date) -> list[TargetDay]:
    """Targets of every day from first to last, in order.

    Whole weeks are calculated whatever was asked, because a deficit is shared out over Monday to Sunday: the same day
    has the same targets in every answer.
    """
    start = mapping.monday_of(first)
    end = mapping.monday_of(last) + timedelta(days=6)
    events = _events_by_day(athlete, start, end + timedelta(days=FOLLOWING_DAYS))
    sessions = {day: _sessions(athlete, rows) for day, rows in events.items()}
    days: list[TargetDay] = []
    monday = start
    while monday <= end:
        week = [DayInput(date=day, sessions=sessions.get(day, ())) for day in _days(monday, 7)]
        after = [
            DayInput(date=day, sessions=sessions.get(day, ()))
            for day in _days(monday + timedelta(days=7), FOLLOWING_DAYS)
        ]
        profile = mapping.science_profile(athlete, on=monday)
        filled = science.fill_profile(profile)
        for targets in science.calculate_week_targets(profile, week, following=after):
            if targets.date is not None and first <= targets.date <= last:
                adjusted = adjust_day(targets, profile=filled, overrides=athlete.macro_overrides)
                days.append(_target_day(targets.date, adjusted, events.get(targets.date, []), sessions))
        monday += timedelta(days=7)
    return days


def _target_day(
    day: date, targets: DayTargets, events: Sequence[TrainingEvent], sessions: dict[date, tuple[Session, ...]]
) -> TargetDay:
    counting = [event for event in events if event.counts]
    return TargetDay(
        date=day,
        label=mapping.day_label(events),
        events=tuple(events),
        sessions=sessions.get(day, ()),
        targets=targets,
        payload=mapping.target_payload(targets, day=day, assumed=mapping.assumed_of(counting)),
    )


def _events_by_day(athlete: Athlete, first: date, last: date) -> dict[date, list[TrainingEvent]]:
    by_day: dict[date, list[TrainingEvent]] = defaultdict(list)
    for event in TrainingEvent.objects.filter(athlete=athlete).on_days(first, last).order_by("starts_at", "id"):
        by_day[event.local_date].append(event)
    return dict(by_day)


def _sessions(athlete: Athlete, events: Sequence[TrainingEvent]) -> tuple[Session, ...]:
    """The counting events of a day as sessions; a day has 1,440 minutes, what does not fit any more is left out."""
    sessions: list[Session] = []
    minutes = 0.0
    for event in events:
        if not event.counts:
            continue
        session = mapping.science_session(event, athlete.timezone)
        if minutes + session.duration_minutes <= MAX_DAY_MINUTES:
            sessions.append(session)
            minutes += session.duration_minutes
    return tuple(sessions)


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(count)]
