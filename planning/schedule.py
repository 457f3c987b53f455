"""Where the meals of a day sit around its sessions, and how much of the day's energy each may carry. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from planning.optimizer.types import SlotNeed

# Shares of the day's energy outside the session, low and high [engineering choice, PLANNER benchmark windows].
SHARES = {
    "breakfast": (0.14, 0.36),
    "lunch": (0.18, 0.42),
    "dinner": (0.18, 0.42),
    "snack": (0.03, 0.16),
    "pre": (0.03, 0.14),
    "post": (0.04, 0.18),
}
LOADING_SNACK = (0.03, 0.20)
SNACKS_FROM_KCAL = ((3800, 4), (3000, 3), (2200, 2), (0, 1))
DEFAULT_MINUTES = {"breakfast": 450, "lunch": 750, "dinner": 1140}
SNACK_MINUTES = (960, 630, 1260, 855)
EARLIEST_MINUTE = 300
LATEST_MINUTE = 1410
DURING_FROM_MINUTES = 75
DURING_TWO_PRODUCTS_FROM_MINUTES = 150
# What ten servings of one product hold, and the share of the day's carbohydrate that training may take.
DURING_PRODUCT_CARBS_G = 180.0
DURING_DAY_SHARE = 0.6
SIDE_SLOTS_FROM_MINUTES = 60
CLEAR_BEFORE_SESSION = 90
PRE_ALWAYS_FROM_MINUTES = 90


@dataclass(frozen=True, slots=True)
class SessionWindow:
    """One session as meals see it: local minutes, and the carbohydrate range (g/h) to take during it."""

    start_minute: int | None
    duration_minutes: float
    carbs_g_h_low: float
    carbs_g_h_high: float
    is_race: bool = False

    @property
    def end_minute(self) -> int | None:
        return None if self.start_minute is None else round(self.start_minute + self.duration_minutes)


def clock(minute: int) -> str:
    """`HH:MM` of a minute of the day."""
    bounded = max(0, min(minute, 1439))
    return f"{bounded // 60:02d}:{bounded % 60:02d}"


def snack_count(energy_kcal: float) -> int:
    """How many snacks a day of this energy is divided into, besides what surrounds a session."""
    return next(count for threshold, count in SNACKS_FROM_KCAL if energy_kcal >= threshold)


def place_meals(
    energy_kcal: float, sessions: Sequence[SessionWindow], *, carbs_g: float | None = None, loading: bool = False
) -> tuple[SlotNeed, ...]:
    """The slots of a day with times and windows; `carbs_g` is what the whole day may hold.

    Main meals keep their usual hour unless a session is in the way: then they move to two and a half hours before it
    or half an hour after it. Food around the session (pre, post) appears for an hour or more of training, food during
    it from 75 minutes; two products share the work from two and a half hours on, more where two cannot carry it. While
    loading for a race, snacks may be larger: that is how so much carbohydrate is eaten.
    """
    timed = sorted((s for s in sessions if s.start_minute is not None), key=lambda s: s.start_minute or 0)
    times = {name: _main_time(name, minute, timed) for name, minute in DEFAULT_MINUTES.items()}
    _keep_apart(times)
    during = _during_slots(sessions, carbs_g)
    session_kcal = sum(((need.carbs_lo or 0) + (need.carbs_hi or 0)) / 2 * 4 for need in during)
    table_kcal = max(energy_kcal - session_kcal, 0.5 * energy_kcal)

    def window(slot: str) -> tuple[float, float]:
        low, high = LOADING_SNACK if loading and slot == "snack" else SHARES[slot]
        return low * table_kcal, high * table_kcal

    needs = []
    for name, minute in times.items():
        low, high = window(name)
        needs.append(SlotNeed(slot=name, index=0, time=clock(minute), energy_lo=low, energy_hi=high))
    taken = list(times.values())
    side = 0
    for index, minute in enumerate(_pre_times(timed, taken)):
        low, high = window("pre")
        needs.append(SlotNeed(slot="pre", index=index, time=clock(minute), energy_lo=low, energy_hi=high))
        side += 1
    for index, minute in enumerate(_post_times(timed, taken)):
        low, high = window("post")
        needs.append(SlotNeed(slot="post", index=index, time=clock(minute), energy_lo=low, energy_hi=high))
        side += 1
    needs.extend(during)
    for index in range(max(1, snack_count(energy_kcal) - side // 2)):
        low, high = window("snack")
        minute = _free_minute(SNACK_MINUTES[index], taken, timed)
        taken.append(minute)
        needs.append(SlotNeed(slot="snack", index=index, time=clock(minute), energy_lo=low, energy_hi=high))
    return tuple(needs)


def _main_time(name: str, usual: int, timed: Sequence[SessionWindow]) -> int:
    minute = usual
    for session in timed:
        start, end = session.start_minute or 0, session.end_minute or 0
        if name == "breakfast" and start < 600:
            if session.is_race:
                return max(EARLIEST_MINUTE, start - 180)
            if session.duration_minutes >= 90 and start - 120 >= 330:
                return start - 120
            if start - 90 < minute < end + 15 or start < 480:
                minute = end + 30 if start - 150 < EARLIEST_MINUTE + 30 or start < 480 else start - 150
        elif start - 90 < minute < end + 15:
            before, after = start - 150, end + 30
            nearer_before = abs(before - usual) <= abs(after - usual)
            minute = before if nearer_before and before >= 600 else after
    return max(EARLIEST_MINUTE, min(minute, LATEST_MINUTE))


def _keep_apart(times: dict[str, int]) -> None:
    times["lunch"] = max(times["lunch"], times["breakfast"] + 150)
    times["dinner"] = min(max(times["dinner"], times["lunch"] + 180), LATEST_MINUTE)


def _pre_times(timed: Sequence[SessionWindow], meals: Sequence[int]) -> list[int]:
    """A pre-session snack where no meal was eaten in the hours before, and before every long session."""
    result = []
    for session in timed:
        start = session.start_minute or 0
        if session.duration_minutes < SIDE_SLOTS_FROM_MINUTES and not session.is_race:
            continue
        recent = [minute for minute in meals if start - 150 <= minute <= start - 45]
        if not recent or session.is_race or session.duration_minutes >= PRE_ALWAYS_FROM_MINUTES:
            result.append(max(EARLIEST_MINUTE - 15, start - (30 if start < 480 else 60)))
    return result[:2]


def _post_times(timed: Sequence[SessionWindow], meals: Sequence[int]) -> list[int]:
    """A recovery snack where no main meal follows within an hour."""
    result = []
    for session in timed:
        end = session.end_minute or 0
        if session.duration_minutes < SIDE_SLOTS_FROM_MINUTES or end > LATEST_MINUTE - 20:
            continue
        if not any(end <= minute <= end + 60 for minute in meals):
            result.append(end + 20)
    return result[:2]


def _during_slots(sessions: Sequence[SessionWindow], day_carbs_g: float | None) -> list[SlotNeed]:
    fed = [s for s in sessions if s.duration_minutes >= DURING_FROM_MINUTES and s.carbs_g_h_high > 0]
    most = sum(s.carbs_g_h_high * s.duration_minutes / 60 for s in fed)
    scale = 1.0
    if day_carbs_g is not None and most > 0:
        scale = min(1.0, DURING_DAY_SHARE * day_carbs_g / most)
    needs: list[SlotNeed] = []
    for session in fed:
        hours = session.duration_minutes / 60
        low, high = session.carbs_g_h_low * hours * scale, session.carbs_g_h_high * hours * scale
        products = 2 if session.duration_minutes >= DURING_TWO_PRODUCTS_FROM_MINUTES else 1
        products = max(products, math.ceil(low / DURING_PRODUCT_CARBS_G))
        start = session.start_minute if session.start_minute is not None else 600
        for part in range(products):
            needs.append(
                SlotNeed(
                    slot="during",
                    index=len(needs),
                    time=clock(start + 20 + 20 * part),
                    carbs_lo=min(max(low, 15.0), high) / products,
                    carbs_hi=high / products,
                )
            )
    return needs


def _free_minute(wanted: int, taken: Sequence[int], timed: Sequence[SessionWindow]) -> int:
    """The wanted minute, or the nearest one clear of sessions and an hour away from every meal.

    Clear means not within the hour and a half before: what is eaten then is meant for the session and has its own slot.
    """

    def blocked(minute: int) -> bool:
        at_session = any(
            (s.start_minute or 0) - CLEAR_BEFORE_SESSION < minute <= (s.end_minute or 0) + 15 for s in timed
        )
        return at_session or any(abs(minute - other) < 60 for other in taken)

    for distance in range(0, 720, 15):
        for minute in (wanted + distance, wanted - distance):
            if EARLIEST_MINUTE + 60 <= minute <= LATEST_MINUTE - 30 and not blocked(minute):
                return minute
    return wanted
