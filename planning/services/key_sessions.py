"""Carbohydrate around key sessions: what a race, a hard or a long session asks for, and what was eaten near it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from athletes.models import Athlete
from planning import mapping, science
from planning.before import BEFORE_MINUTES
from planning.fueling import AFTER_MINUTES, minute_of
from planning.science.load import intensity_of
from planning.science.types import Profile, ScienceInputError, Session
from planning.services.eaten import EatenDay, EatenMeal

# From this length on a session of any effort is a key session [engineering choice].
LONG_MINUTES = 90.0


@dataclass(frozen=True, slots=True)
class KeySession:
    """One key session that is over. `asked_low_g` to `asked_high_g` of carbohydrate belong before, during and after it.

    `eaten_g` is what is known to be eaten from four hours before to two hours after; `is_reached` is None where that
    is not enough and something is not known: a meal nobody marked, an amount, or the hour of either.
    """

    date: date
    title: str
    duration_minutes: float
    asked_low_g: float
    asked_high_g: float
    eaten_g: float | None
    is_reached: bool | None


def is_key(session: Session) -> bool:
    """A race, a hard session, or a long one."""
    return intensity_of(session)[0] in {"hard", "race"} or session.is_race or session.duration_minutes >= LONG_MINUTES


def judge_key_sessions(
    *,
    athlete: Athlete,
    days: Sequence[date],
    sessions: Mapping[date, Sequence[Session]],
    eaten: Mapping[date, EatenDay],
) -> tuple[KeySession, ...]:
    """The key sessions of these days that ask for carbohydrate, in order. `sessions` and `eaten` are by day."""
    found: list[KeySession] = []
    for day in days:
        keys = [session for session in sessions.get(day, ()) if is_key(session)]
        if not keys:
            continue
        profile = mapping.science_profile(athlete, on=day)
        judged = (_judge(day, profile, session, eaten.get(day, EatenDay())) for session in keys)
        found.extend(one for one in judged if one is not None)
    return tuple(found)


def _judge(day: date, profile: Profile, session: Session, eaten: EatenDay) -> KeySession | None:
    """None for a session that asks for nothing, and for a profile that nothing can be calculated from."""
    try:
        food = science.fueling_windows(profile, session)
    except ScienceInputError:
        return None
    windows = (food.pre, food.during, food.post)
    low, high = (
        math.fsum(window.carbs_low_g for window in windows),
        math.fsum(window.carbs_high_g for window in windows),
    )
    if high <= 0:
        return None
    near, unsure = _near(session, eaten)
    amounts = [meal.nutrients.get("carbs_g") for meal in near if meal.is_eaten]
    known = math.fsum(amount for amount in amounts if amount is not None)
    unsure = unsure or None in amounts or any(meal.is_unmarked for meal in near)
    reached = True if known >= low else None if unsure else False
    return KeySession(
        date=day,
        title=session.title or "",
        duration_minutes=session.duration_minutes,
        asked_low_g=low,
        asked_high_g=high,
        eaten_g=None if reached is None and not known else known,
        is_reached=reached,
    )


def _near(session: Session, eaten: EatenDay) -> tuple[list[EatenMeal], bool]:
    """The meals near a session, and whether others might be: nothing was planned, or an hour is not known."""
    if session.starts_at_minute is None:
        return [meal for meal in eaten.meals if meal.slot in ("pre", "during", "post")], True
    first = session.starts_at_minute - BEFORE_MINUTES
    last = session.starts_at_minute + session.duration_minutes + AFTER_MINUTES
    near = [meal for meal in eaten.meals if meal.time and first <= minute_of(meal.time) <= last]
    return near, not eaten.planned or any(not meal.time for meal in eaten.logged)
