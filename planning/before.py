"""What is wanted before a session: which meals wait for it, how large they may be, what they should hold. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planning.optimizer.types import BeforeNeed, SlotNeed
from planning.placing import placing
from planning.science.constants import bounds

# What is eaten from so long before a session on counts for it.
BEFORE_MINUTES = int(60 * bounds("pre.hours")[1])


@dataclass(frozen=True, slots=True)
class SessionWindow:
    """One session as meals see it: local minutes, and the carbohydrate range (g/h) to take during it.

    `jolts` says that the body is shaken, as in running: then only what is nearly free of fiber and fat stays down.
    `before_g` is the carbohydrate wanted in the hours before, at most `before_most_g`; `meal_hours` how long before it
    is meant to be eaten; `early` that the session starts before a meal is possible.
    """

    start_minute: int | None
    duration_minutes: float
    carbs_g_h_low: float
    carbs_g_h_high: float
    is_race: bool = False
    jolts: bool = False
    before_g: float = 0.0
    before_most_g: float = 0.0
    meal_hours: float = 0.0
    early: bool = False

    @property
    def wants_meal(self) -> bool:
        """Whether a snack shortly before does not carry it: two hours or more are meant for eating."""
        return self.meal_hours >= 2

    @property
    def wants_large_meal(self) -> bool:
        return self.meal_hours >= 3

    @property
    def end_minute(self) -> int | None:
        return None if self.start_minute is None else round(self.start_minute + self.duration_minutes)


def before_needs(slots: Sequence[SlotNeed], sessions: Sequence[SessionWindow]) -> tuple[BeforeNeed, ...]:
    """What the meals before each session should hold, where there is any: most of what is wanted, and its most.

    Of two sessions that start together the one that wants more counts.
    """
    wanted: dict[int, BeforeNeed] = {}
    for session in sorted(sessions, key=lambda one: one.before_g):
        if session.start_minute is None or session.before_g <= 0:
            continue
        start = session.start_minute
        low = round(placing().before_enough * session.before_g, 2)
        need = BeforeNeed(max(start - BEFORE_MINUTES, 0), start, low, round(max(session.before_most_g, low), 2))
        if start > 0 and any(need.counts(slot.slot, slot.time) for slot in slots):
            wanted[start] = need
    return tuple(wanted[start] for start in sorted(wanted))


def move_meals_before(times: dict[str, int], timed: Sequence[SessionWindow]) -> list[int]:
    """Moves a main meal into the hours before each session that wants a meal; the minutes of snacks that must do.

    A meal waits an hour for any session that wants one, and as long as it takes for a race or what lasts longest.
    """
    rules, snacks = placing(), []
    for session in timed:
        start = session.start_minute or 0
        if not session.wants_meal or any(
            start - BEFORE_MINUTES <= t <= start - rules.clear_before_session_minutes for t in times.values()
        ):
            continue
        earlier = [name for name in rules.latest_before_session if times[name] < start - BEFORE_MINUTES]
        name = max(earlier, key=lambda one: times[one], default=None)
        moved = None if name is None else _moved_before(name, times[name], session, timed)
        if name is None or moved is None:
            snacks.append(start - rules.gap_before_minutes)
        else:
            times[name] = moved
    return snacks


def _moved_before(name: str, minute: int, session: SessionWindow, timed: Sequence[SessionWindow]) -> int | None:
    rules, start = placing(), session.start_minute or 0
    soonest = start - BEFORE_MINUTES
    if session.is_race or session.wants_large_meal:
        wanted = min(start - rules.race_breakfast_minutes, rules.latest_before_session[name])
    elif soonest - minute <= rules.shift_before_minutes:
        wanted = soonest
    else:
        return None
    blocked = any(
        (s.start_minute or 0) - rules.clear_before_session_minutes
        < wanted
        < (s.end_minute or 0) + rules.clear_after_session_minutes
        for s in timed
    )
    return None if wanted < soonest or blocked else wanted


def make_room_before(needs: list[SlotNeed], session: SessionWindow, table_kcal: float) -> list[SlotNeed]:
    """The meals before a session as large as what they should hold asks for, within their largest shares."""
    rules, found = placing(), before_needs(needs, [session])
    if not found:
        return needs
    inside = [need for need in needs if found[0].counts(need.slot, need.time)]
    capacity = sum(need.energy_hi or 0.0 for need in inside)
    wanted = session.before_g * 4 / rules.before_carbs_share
    if capacity >= wanted:
        return needs
    factor = wanted / max(capacity, 1.0)

    def grown(need: SlotNeed) -> SlotNeed:
        high = need.energy_hi or 0.0
        most = rules.before_shares.get(need.slot, rules.before_shares["main"]) * table_kcal
        return replace(need, energy_hi=max(high, min(high * factor, most)))

    return [grown(need) if need in inside else need for need in needs]
