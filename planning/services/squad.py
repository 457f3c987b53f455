"""Targets and freshness of a whole squad in a fixed number of queries, by the same engine as for one athlete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Model

from athletes.models import Athlete, TrainingEvent
from planning import mapping
from planning.science.availability import EA_AMBER, EA_RED, amber_threshold
from planning.science.constants import engine_version, number
from planning.science.profiles import BODY_FIELDS
from planning.science.types import DayTargets
from planning.services.coaching_limits import limits_of, remember_limits
from planning.services.offsets import Estimate, read_estimates
from planning.services.targets import (
    FOLLOWING_DAYS,
    ProfileOutOfRange,
    sessions_of,
    target_day,
    week_targets,
)

Range = tuple[date, date]


@dataclass(frozen=True, slots=True)
class SquadDay:
    """One local day of an athlete. `payload` is what every face shows, without its trace, for comparing plans with;
    None where nobody compares it."""

    date: date
    events: tuple[TrainingEvent, ...]
    targets: DayTargets
    payload: Mapping[str, Any] | None


SquadDays = dict[date, SquadDay]


@dataclass(frozen=True, slots=True)
class LowAvailability:
    """A day whose target leaves little energy for the body: kcal per kg fat-free mass, and the limit it is below."""

    code: str
    date: date
    kcal_per_kg: float
    limit_kcal_per_kg: float


def calculate_squad_targets(
    *, ranges: Mapping[str, tuple[Athlete, Range]], compared: Collection[str] = ()
) -> dict[str, SquadDays]:
    """Targets by athlete id and local day. `ranges` gives each athlete the first and last day wanted. Three queries.

    `compared` names the athletes whose days need their payload.

    Whole weeks are calculated, and what follows them, exactly as `calculate_targets` does: one day has one answer. An
    athlete whose stored profile lies outside the equations has no days, and takes nobody else's away.
    """
    if not ranges:
        return {}
    whole = {
        pk: (mapping.monday_of(first), mapping.monday_of(last) + timedelta(days=6))
        for pk, (_, (first, last)) in ranges.items()
    }
    events = _events(ranges, whole)
    estimates = read_estimates(ranges)
    remember_limits([athlete for athlete, _ in ranges.values()])
    result: dict[str, SquadDays] = {}
    for pk, (athlete, wanted) in ranges.items():
        try:
            ask = _Ask(athlete, wanted, whole[pk], events.get(pk, {}), estimates.get(pk, ()), pk in compared)
            result[pk] = dict(_known_days(ask))
        except ProfileOutOfRange:
            result[pk] = {}
    return result


def low_availability(days: Sequence[SquadDay], athlete: Athlete) -> LowAvailability | None:
    """The worst day that the screening names, the earliest of equals; None when no day is named.

    A body that was assumed judges nobody: then there is no answer either.
    """
    worst: LowAvailability | None = None
    for day in days:
        codes = set(day.targets.warnings)
        code = EA_RED if EA_RED in codes else EA_AMBER if EA_AMBER in codes else None
        if code is None or set(day.targets.assumed) & set(BODY_FIELDS):
            continue
        # As it is told: days that differ by less are equal, and the earliest of them counts.
        value = round(day.targets.energy_availability, 1)
        limit = (
            number("ea.red")
            if code == EA_RED
            else amber_threshold(
                sex=mapping.science_profile(athlete, on=day.date).sex,
                at_balance=day.targets.energy_availability_at_balance,
            )
        )
        if worst is None or value < worst.kcal_per_kg:
            worst = LowAvailability(code, day.date, value, round(limit, 1))
    return worst


def _events(
    ranges: Mapping[str, tuple[Athlete, Range]], whole: Mapping[str, Range]
) -> dict[str, dict[date, list[TrainingEvent]]]:
    first = min(start for start, _ in whole.values())
    last = max(end for _, end in whole.values()) + timedelta(days=FOLLOWING_DAYS)
    by_athlete: dict[str, dict[date, list[TrainingEvent]]] = defaultdict(lambda: defaultdict(list))
    rows = (
        TrainingEvent.objects.filter(athlete__in=list(ranges))
        .held_on(first, last)
        .select_related("race_plan")
        .defer("description")
    )
    for event in rows.order_by("starts_at", "id"):
        by_athlete[event.athlete_id][event.held_on].append(event)
    return by_athlete


class _Ask:
    """What the days of one athlete follow from. Two with the same contents are equal, whenever they were read."""

    __slots__ = ("athlete", "estimates", "events", "key", "wanted", "whole", "with_payload")

    def __init__(
        self,
        athlete: Athlete,
        wanted: Range,
        whole: Range,
        events: Mapping[date, list[TrainingEvent]],
        estimates: Sequence[Estimate],
        with_payload: bool,
    ) -> None:
        self.athlete, self.wanted, self.whole = athlete, wanted, whole
        self.events, self.estimates, self.with_payload = events, estimates, with_payload
        rows: list[Model] = [athlete, *limits_of(athlete), *estimates]
        for day in events.values():
            for event in day:
                rows.append(event)
                if event.session is not None:
                    rows.append(event.session)
                # What is said of a race, which its days eat for, is a row of its own.
                race = getattr(event, "race_plan", None)
                if race is not None:
                    rows.append(race)
        self.key = repr((engine_version(), wanted, whole, with_payload, [_content(row) for row in rows]))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ask) and self.key == other.key


def _content(row: Model) -> list[Any]:
    """The stored values of a row as they were read; what was not read is left out."""
    return [(name, value) for name, value in row.__dict__.items() if name[0] != "_"]


# Eight milliseconds an athlete are saved while nothing of the athlete has changed; an entry takes some 40 kB.
@lru_cache(maxsize=512)
def _known_days(ask: _Ask) -> SquadDays:
    return _days_of(ask.athlete, ask.wanted, ask.whole, ask.events, ask.estimates, with_payload=ask.with_payload)


def _days_of(
    athlete: Athlete,
    wanted: Range,
    whole: Range,
    events: Mapping[date, list[TrainingEvent]],
    estimates: Sequence[Estimate],
    *,
    with_payload: bool,
) -> SquadDays:
    sessions = {day: sessions_of(athlete, rows) for day, rows in events.items()}
    mondays = [whole[0] + timedelta(days=offset) for offset in range(0, (whole[1] - whole[0]).days + 1, 7)]
    days: SquadDays = {}
    for monday in mondays:
        for targets in week_targets(athlete, monday, sessions, estimates):
            day = targets.date
            if day is None or not wanted[0] <= day <= wanted[1]:
                continue
            rows = events.get(day, [])
            payload = target_day(day, replace(targets, trace=()), rows, sessions).payload if with_payload else None
            days[day] = SquadDay(day, tuple(rows), targets, payload)
    return days
