"""Days together: look-ahead to tomorrow, loading before races and matches, and which days carry a deficit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from planning.science.availability import is_minor
from planning.science.constants import number
from planning.science.day import Body, DayEnergy, build_day_targets, calculate_day_energy, own_deficit_kcal, read_body
from planning.science.load import classify_day
from planning.science.mets import MATCH_SPORTS, canonical_sport
from planning.science.types import DayInput, DayLookahead, DayTargets, Profile, Session
from planning.science.validation import require_valid_day

_CARRIES_NOTHING = frozenset({"high", "very_high"})
_CARRIES_MORE = frozenset({"rest", "light"})


def is_match(session: Session) -> bool:
    """Whether a session is the competition of a team sport."""
    return session.is_race and canonical_sport(session.sport)[0] in MATCH_SPORTS


def is_loading_race(session: Session) -> bool:
    """Whether a session is a race long enough (more than 90 minutes) to load carbohydrate for; a match is not."""
    return (
        session.is_race
        and session.duration_minutes > number("carbs.loading_race_over_minutes")
        and not is_match(session)
    )


def _day_class(day: DayInput, energy: DayEnergy) -> str:
    return classify_day(tss=energy.tss, minutes=sum(item.duration_minutes for item in day.sessions))


def _lookahead(day: DayInput, energy: DayEnergy) -> DayLookahead:
    starts = [item.starts_at_minute for item in day.sessions if item.starts_at_minute is not None]
    return DayLookahead(energy.tss, min(starts, default=None))


def divide_deficit(
    *, own_kcal: Sequence[float], room_kcal: Sequence[float], classes: Sequence[str], race_week: Sequence[bool]
) -> tuple[float, ...]:
    """Move the deficit of hard days and race weeks to rest and light days, up to each day's room.

    `own_kcal` is what each day would carry alone, `room_kcal` the most it may carry. Moderate days keep their own.
    The sum never exceeds the sum of `own_kcal`; what finds no room is dropped. A day's own deficit is not cut here:
    the day calculation applies its floors and names them.
    """
    barred = [label in _CARRIES_NOTHING or race for label, race in zip(classes, race_week, strict=True)]
    carried = [0.0 if bar else own for own, bar in zip(own_kcal, barred, strict=True)]
    takers = [index for index, label in enumerate(classes) if label in _CARRIES_MORE and not barred[index]]
    left = sum(own for own, bar in zip(own_kcal, barred, strict=True) if bar)
    # The day with the least room is filled first, so that the others share evenly what it could not take.
    takers.sort(key=lambda index: room_kcal[index] - carried[index])
    for position, index in enumerate(takers):
        share = min(left / (len(takers) - position), max(0.0, room_kcal[index] - carried[index]))
        carried[index] += share
        left -= share
    return tuple(carried)


def _room_kcal(energy: DayEnergy) -> float:
    """Most deficit a day may carry: 25 % of TDEE, 750 kcal, and never below its floors."""
    capped = min(number("deficit.max_share") * energy.tdee_kcal, number("deficit.max_kcal"))
    return max(0.0, min(capped, energy.tdee_kcal - energy.floor_kcal))


def _energies(profile: Profile, days: Sequence[DayInput], *, offset_kcal: float) -> dict[date, DayEnergy]:
    """The energy of every day. What the days share is calculated once, and so is a day without sessions."""
    found: dict[date, DayEnergy] = {}
    body: Body | None = None
    rest: DayEnergy | None = None
    for day in days:
        if body is None:
            require_valid_day(profile, day.sessions)
            body = read_body(profile)
        energy = None if day.sessions else rest
        if energy is None:
            energy = calculate_day_energy(profile=profile, sessions=day.sessions, offset_kcal=offset_kcal, body=body)
        rest = rest if day.sessions else energy
        found[day.date] = energy
    return found


def calculate_week_targets(
    profile: Profile,
    days: Sequence[DayInput],
    *,
    following: Sequence[DayInput] = (),
    offset_kcal: float = 0.0,
) -> tuple[DayTargets, ...]:
    """Calculate the targets of `days`, in the order given, each dated.

    `following` are later days that only inform (tomorrow's start, a race soon after); two suffice for loading, six for
    the race week. Days need not be adjacent; a date may appear once. A deficit is zero on high and very high days and
    in the seven days that end with a race; rest and light days take it over within the caps, week by week of seven
    days from the first. Raises ScienceInputError like the single day, ValueError for a repeated date.
    """
    everything = [*days, *following]
    by_date = {day.date: day for day in everything}
    if len(by_date) != len(everything):
        raise ValueError("a date appears twice")
    energies = _energies(profile, everything, offset_kcal=offset_kcal)
    race_days = {day.date for day in everything if any(item.is_race for item in day.sessions)}
    loading_races = {day.date for day in everything if any(is_loading_race(item) for item in day.sessions)}
    match_days = {day.date for day in everything if any(is_match(item) for item in day.sessions)}
    race_week_days, loading_days = int(number("deficit.race_week_days")), int(number("carbs.loading_days"))

    def precedes(day: date, races: set[date], *, first: int, last: int) -> bool:
        return any(day + timedelta(days=ahead) in races for ahead in range(first, last + 1))

    deficits: dict[date, float] = {}
    ordered = sorted(days, key=lambda day: day.date)
    for start in range(0, len(ordered), 7):
        week = ordered[start : start + 7]
        carried = divide_deficit(
            own_kcal=[own_deficit_kcal(energies[day.date]) for day in week],
            room_kcal=[_room_kcal(energies[day.date]) for day in week],
            classes=[_day_class(day, energies[day.date]) for day in week],
            race_week=[precedes(day.date, race_days, first=0, last=race_week_days - 1) for day in week],
        )
        deficits |= {day.date: kcal for day, kcal in zip(week, carried, strict=True)}

    results = []
    for day in days:
        ahead = by_date.get(day.date + timedelta(days=1))
        loading = precedes(day.date, loading_races, first=1, last=loading_days) and day.date not in loading_races
        targets = build_day_targets(
            energy=energies[day.date],
            sessions=day.sessions,
            deficit_kcal=deficits[day.date],
            offset_kcal=offset_kcal,
            tomorrow=_lookahead(ahead, energies[ahead.date]) if ahead is not None else None,
            loading=loading and not is_minor(profile),
            match_tomorrow=precedes(day.date, match_days, first=1, last=1),
        )
        results.append(replace(targets, date=day.date))
    return tuple(results)
