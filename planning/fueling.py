"""What a day's sessions ask for before, during and after, beside what its plan holds in these hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from athletes.models import Athlete, TrainingEvent
from planning import mapping, science
from planning.before import BEFORE_MINUTES
from planning.placing import placing
from planning.services.targets import TargetDay

AFTER_MINUTES = 120
# A day of which so much would have to lie before one session has too little in all [engineering choice].
LARGE_DAY_SHARE = 0.5
# What is swallowed later than this no longer helps the session [engineering choice].
LAST_TAKE_BEFORE_END = 10


@dataclass(frozen=True, slots=True)
class Window:
    """One of three windows: grams that are asked for, what is planned in it, and when it is on the clock.

    A plan is held to `enough_g` to `most_g` before a session, where that asks for carbohydrate at all. `lacks` says why
    it stays below: "day" where the day as a whole holds too little, "room" where nothing better was found, "meal" where
    no meal lies in these hours; empty where it is enough or nothing is planned. `too_early`: a snack is all that is
    asked for.
    """

    carbs_g: float
    words: str
    planned: tuple[Any, ...]
    planned_carbs_g: float | None
    eaten_carbs_g: float | None
    carbs_g_h: float | None = None
    protein_g: float | None = None
    fluid_ml: float | None = None
    sodium_mg_h: float | None = None
    until: str = ""
    enough_g: float | None = None
    most_g: float | None = None
    lacks: str = ""
    too_early: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """One bite or sip during a session: minutes after its start, the clock (empty for an all-day one), and amounts."""

    minute: int
    time: str
    carbs_g: float
    fluid_ml: float | None = None


def split_takes(
    *, duration_minutes: float, carbs_g: float | None, start_minute: int | None = None, fluid_ml: float | None = None
) -> tuple[Take, ...]:
    """What is taken during a session in even parts, every 20 minutes from the 20th; none in the last ten minutes.

    Little and often sits better than all at once. Without carbohydrate to take there are none.
    """
    first, every = placing().first_take_minute, placing().take_every_minutes
    minutes = range(first, max(int(duration_minutes) - LAST_TAKE_BEFORE_END, first) + 1, every)
    if not carbs_g or duration_minutes < first:
        return ()
    return tuple(
        Take(
            minute=minute,
            time="" if start_minute is None else clock_of(start_minute + minute),
            carbs_g=round(carbs_g / len(minutes), 1),
            fluid_ml=None if fluid_ml is None else round(fluid_ml / len(minutes)),
        )
        for minute in minutes
    )


def planned_takes(target: Mapping[str, Any], items: Sequence[Any]) -> list[dict[str, Any]]:
    """For each session of a stored day that has food planned during it, when to take how much of it.

    `target` is the day's stored target, `items` are its planned dishes.
    """
    found = []
    for session in target["sessions"]:
        start = session.get("starts_at_minute")
        feeds = [item for item in _feeds(items, start, session["duration_minutes"]) if item.status != "skipped"]
        carbs = _sum([item.nutrients.get("carbs_g") for item in feeds])
        takes = split_takes(duration_minutes=session["duration_minutes"], carbs_g=carbs, start_minute=start)
        if takes:
            found.append(
                {
                    "event_id": session["event_id"],
                    "from": [item.recipe.name for item in feeds],
                    "takes": [{"minute": t.minute, "time": t.time or None, "carbs_g": t.carbs_g} for t in takes],
                }
            )
    return found


@dataclass(frozen=True, slots=True)
class SessionFood:
    """One session of a day with its three windows. Times are local minutes; None for an all-day session."""

    event: TrainingEvent
    starts_at_minute: int | None
    duration_minutes: float
    gross_kcal: float | None
    tss: float | None
    before: Window
    during: Window
    after: Window
    takes: tuple[Take, ...] = ()

    @property
    def is_length_assumed(self) -> bool:
        """Whether the length is an assumption: nobody has stated one."""
        return mapping.is_length_assumed(self.event)

    @property
    def ends_at_minute(self) -> int | None:
        return None if self.starts_at_minute is None else round(self.starts_at_minute + self.duration_minutes)


def minute_of(clock: str) -> int:
    """Minutes since midnight of `HH:MM`."""
    return int(clock[:2]) * 60 + int(clock[3:5])


def clock_of(minute: float) -> str:
    """`HH:MM` of a minute of the day; past midnight it goes on from 00:00."""
    whole = round(minute) % 1440
    return f"{whole // 60:02d}:{whole % 60:02d}"


def feed_sessions(*, athlete: Athlete, day: TargetDay, items: Sequence[Any] = ()) -> list[SessionFood]:
    """Every counting session of a day in order of time. `items` are the planned dishes of that day."""
    profile = science.fill_profile(mapping.science_profile(athlete, on=day.date))
    energies = {row["event_id"]: row for row in day.payload["sessions"]}
    events: dict[str | None, TrainingEvent] = {event.pk: event for event in day.events}
    found = []
    for position, session in enumerate(day.sessions):
        start = session.starts_at_minute
        later = [
            other.starts_at_minute
            for other in day.sessions[position + 1 :]
            if other.starts_at_minute is not None and start is not None
        ]
        end = None if start is None else start + session.duration_minutes
        gap = None if end is None or not later else max(0.0, (min(later) - end) / 60)
        food = science.fueling_windows(profile, session, next_session_in_hours=gap)
        energy = energies.get(session.id, {})
        during = _window(food.during, _feeds(items, start, session.duration_minutes))
        event = events[session.id]
        found.append(
            SessionFood(
                event=event,
                starts_at_minute=start,
                duration_minutes=session.duration_minutes,
                gross_kcal=energy.get("gross_kcal"),
                tss=energy.get("tss"),
                before=_before(
                    _window(food.pre, _between(items, start, -BEFORE_MINUTES, -1), until=start),
                    most_g=food.pre.carbs_high_g,
                    day_carbs_g=day.targets.carbs_g,
                    is_planned=start is not None and bool(items),
                ),
                during=during,
                after=_window(
                    food.post,
                    _between(items, end, 0, AFTER_MINUTES),
                    until=None if end is None else end + AFTER_MINUTES,
                ),
                takes=split_takes(
                    duration_minutes=session.duration_minutes,
                    carbs_g=during.planned_carbs_g if during.planned_carbs_g is not None else during.carbs_g,
                    start_minute=start,
                    fluid_ml=during.fluid_ml,
                ),
            )
        )
    return found


def _before(window: Window, *, most_g: float, day_carbs_g: float, is_planned: bool) -> Window:
    """The hours before a session, with what is enough in them and why a plan holds less."""
    if window.carbs_g <= 0:
        return window
    enough_g = placing().before_enough * window.carbs_g
    lacks = ""
    if is_planned and not window.planned:
        lacks = "meal"
    elif window.planned_carbs_g is not None and window.planned_carbs_g < enough_g:
        lacks = "day" if enough_g > LARGE_DAY_SHARE * day_carbs_g else "room"
    return replace(window, enough_g=enough_g, most_g=most_g, lacks=lacks)


def _between(items: Sequence[Any], minute: float | None, low: float, high: float) -> list[Any]:
    if minute is None:
        return []
    return [item for item in items if item.slot != "during" and low <= minute_of(item.time) - minute <= high]


def _feeds(items: Sequence[Any], start: int | None, minutes: float) -> list[Any]:
    feeds = [item for item in items if item.slot == "during"]
    if start is None:
        return feeds
    return [item for item in feeds if start <= minute_of(item.time) <= start + minutes]


def _window(asked: Any, planned: Sequence[Any], *, until: float | None = None) -> Window:
    amounts = [item.nutrients.get("carbs_g") for item in planned]
    eaten = [item.nutrients.get("carbs_g") for item in planned if item.status == "eaten"]
    low, high = asked.fluid_low_ml, asked.fluid_high_ml
    rate_known = asked.carbs_g_h_low is not None and asked.ends_at_minute > asked.starts_at_minute and asked.carbs_g > 0
    hours = (asked.ends_at_minute - asked.starts_at_minute) / 60
    return Window(
        carbs_g=asked.carbs_g,
        words=asked.words,
        planned=tuple(planned),
        planned_carbs_g=_sum(amounts),
        eaten_carbs_g=_sum(eaten),
        carbs_g_h=asked.carbs_g / hours if rate_known else None,
        protein_g=asked.protein_g,
        fluid_ml=None if low is None or high is None else (low + high) / 2,
        sodium_mg_h=asked.sodium_mg_h,
        until="" if until is None else clock_of(until),
        too_early=asked.too_early,
    )


def _sum(amounts: Sequence[float | None]) -> float | None:
    """The sum of what is known; None when nothing is there or known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
