"""Daily targets of an athlete: one engine behind page, API, plan and advisor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from athletes.models import Athlete, TrainingEvent
from athletes.querysets import held_between
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import DomainError, InvalidInput
from planning import mapping, science
from planning.adjustments import adjust_day
from planning.science.constants import engine_version
from planning.science.types import DayInput, DayTargets, Profile, ScienceInputError, Session
from planning.services.coaching_limits import limits_on
from planning.services.offsets import Estimate, offset_in_week, read_estimates

EARLIEST = date(2000, 1, 1)
LATEST_AHEAD_DAYS = 500
MAX_DAYS = 92
MAX_DAY_MINUTES = 1440.0
FOLLOWING_DAYS = 7
DEFAULT_DAYS = 7


class ProfileOutOfRange(DomainError):
    """422: what is stored about the athlete lies outside what the equations accept; `details` name the fields."""

    status = 422
    code = "profile_out_of_range"
    message = gettext_noop("The profile holds values that nothing can be calculated from. Please correct them.")


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
    latest = today(athlete.zones) + timedelta(days=LATEST_AHEAD_DAYS)
    for name, day in (("from", first), ("to", last)):
        if day is not None and not EARLIEST <= day <= latest:
            raise InvalidInput.of(name, _("Must be from %(low)s to %(high)s.") % {"low": EARLIEST, "high": latest})
    start = first or (today(athlete.zones) if last is None else last - timedelta(days=DEFAULT_DAYS - 1))
    end = last or start + timedelta(days=DEFAULT_DAYS - 1)
    if end < start:
        raise InvalidInput.of("to", _("Must not be before 'from'."))
    if (end - start).days + 1 > MAX_DAYS:
        raise InvalidInput.of("to", _("At most %(count)d days at once.") % {"count": MAX_DAYS})
    return start, end


def calculate_targets(*, athlete: Athlete, first: date, last: date) -> list[TargetDay]:
    """Targets of every day from first to last, in order.

    Whole weeks are calculated whatever was asked, because a deficit is shared out over Monday to Sunday: the same day
    has the same targets in every answer. Raises ProfileOutOfRange.
    """
    days = calculate_ranges(athlete=athlete, ranges=[(first, last)])
    return [days[day] for day in sorted(days)]


def calculate_ranges(*, athlete: Athlete, ranges: Sequence[tuple[date, date]]) -> dict[date, TargetDay]:
    """The same for several ranges of days, by day, reading the training once."""
    wanted = {day for first, last in ranges for day in _days(first, (last - first).days + 1)}
    mondays = sorted({mapping.monday_of(day) for day in wanted})
    events = _events_by_day(athlete, mondays)
    sessions = {day: sessions_of(athlete, rows) for day, rows in events.items()}
    estimates = read_estimates([athlete.pk]).get(athlete.pk, ())
    return {
        targets.date: target_day(targets.date, targets, events.get(targets.date, []), sessions)
        for monday in mondays
        for targets in week_targets(athlete, monday, sessions, estimates)
        if targets.date is not None and targets.date in wanted
    }


def week_targets(
    athlete: Athlete,
    monday: date,
    sessions: dict[date, tuple[Session, ...]],
    estimates: Sequence[Estimate],
) -> list[DayTargets]:
    """The targets of a week from Monday on; `estimates` are the athlete's published ones, newest first."""
    learned = offset_in_week(athlete, estimates, monday)
    week = [DayInput(date=day, sessions=sessions.get(day, ())) for day in _days(monday, 7)]
    after = [
        DayInput(date=day, sessions=sessions.get(day, ())) for day in _days(monday + timedelta(days=7), FOLLOWING_DAYS)
    ]
    profile = mapping.science_profile(athlete, on=monday)
    try:
        calculated = _calculate_week(
            engine_version(), profile, tuple(week), tuple(after), learned.applied_kcal if learned else 0.0
        )
    except ScienceInputError as error:
        raise ProfileOutOfRange(
            details=[{"field": name, "message": message} for name, message in error.errors]
        ) from error
    filled = science.fill_profile(profile)
    adjusted = [
        adjust_day(day, profile=filled, overrides=athlete.macro_overrides, limits=limits_on(athlete, day.date))
        for day in calculated
    ]
    return [_name_estimate(day, learned) for day in adjusted] if learned else adjusted


# Two weeks cost ten milliseconds, most pages ask for them, and they are the same until the athlete or the training
# changes. What comes out is frozen, and holds no words. An entry takes some 30 kB. Under another table of constants the
# same week is another one: that is all that `engine` is for.
@lru_cache(maxsize=512)
def _calculate_week(
    engine: str, profile: Profile, week: tuple[DayInput, ...], following: tuple[DayInput, ...], offset_kcal: float
) -> tuple[DayTargets, ...]:
    return science.calculate_week_targets(profile, week, following=following, offset_kcal=offset_kcal)


def _name_estimate(targets: DayTargets, learned: Estimate) -> DayTargets:
    """The trace with the estimate that the learned offset comes from."""
    facts = {"as_of": learned.as_of.isoformat(), "windows": learned.windows, "uncertainty_kcal": learned.sd_kcal}
    return replace(
        targets,
        trace=tuple(
            replace(step, inputs={**step.inputs, "estimate_kcal": learned.offset_kcal, **facts})
            if step.name == "offset_kcal"
            else step
            for step in targets.trace
        ),
    )


def target_day(
    day: date, targets: DayTargets, events: Sequence[TrainingEvent], sessions: dict[date, tuple[Session, ...]]
) -> TargetDay:
    counting = [event for event in events if event.counts]
    payload = mapping.target_payload(targets, day=day, assumed=mapping.assumed_of(counting))
    payload["offset_kcal"] = mapping.plain(targets.offset_kcal)
    known = {session.id: session for session in sessions.get(day, ())}
    for row in payload["sessions"]:
        session = known[row["event_id"]]
        row["starts_at_minute"] = session.starts_at_minute
        for said in mapping.SAID_OF_RACE:
            if (value := getattr(session, said)) is not None:
                row[said] = value
    return TargetDay(
        date=day,
        label=mapping.day_label(events),
        events=tuple(events),
        sessions=sessions.get(day, ()),
        targets=targets,
        payload=payload,
    )


def _events_by_day(athlete: Athlete, mondays: Sequence[date]) -> dict[date, list[TrainingEvent]]:
    """The events of these weeks and of what follows each, in one query."""
    spans = [held_between(day, day + timedelta(days=6 + FOLLOWING_DAYS)) for day in mondays]
    by_day: dict[date, list[TrainingEvent]] = defaultdict(list)
    rows = (
        TrainingEvent.objects.filter(reduce(or_, spans), athlete=athlete).with_completed().select_related("race_plan")
    )
    for event in rows.order_by("starts_at", "id"):
        by_day[event.held_on].append(event)
    return dict(by_day)


def sessions_of(athlete: Athlete, events: Sequence[TrainingEvent]) -> tuple[Session, ...]:
    """The counting events of a day as sessions; a day has 1,440 minutes, what does not fit any more is left out."""
    sessions: list[Session] = []
    minutes = 0.0
    for event in sorted(events, key=lambda event: (event.session or event).starts_at):
        if not event.counts:
            continue
        session = mapping.science_session(event, athlete.zones)
        if minutes + session.duration_minutes <= MAX_DAY_MINUTES:
            sessions.append(session)
            minutes += session.duration_minutes
    return tuple(sessions)


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(count)]
