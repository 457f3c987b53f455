"""Every way to fill every slot: one column per (slot group, dish, fresh or leftover), with its range of quarters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date as calendar_date

import numpy as np

from planning.optimizer.limits import Floats, Ints
from planning.optimizer.types import SLOTS, DayNeed, Dish, Fixed, Place, Problem, SlotNeed, sort_key

LEFTOVER_PREP_MINUTES = 3
PREP_WEIGHT = 0.35
LEFTOVER_BONUS = 0.15
CHANGE_WEIGHT = 0.6
COST_WEIGHT = 6.0
NO_SOURCE = -1
# Windows are drawn in by the rounding of forty quarters, for the same reason as the daily rows.
WINDOW_MARGIN = 0.2


@dataclass(frozen=True, slots=True)
class Group:
    """Interchangeable meals of one day: same slot, same window. Its columns are `start:stop`."""

    day: int
    slot: str
    needs: tuple[SlotNeed, ...]
    start: int
    stop: int
    fixed: Fixed | None = None


@dataclass(slots=True)
class Columns:
    """Columns as parallel arrays, sorted by group, then fresh before leftover, then dish key.

    `vectors` is columns x 6: the daily rows before preparation, in hundredths per quarter, unknown as 0.
    `price` is per dish. `source` is the day whose dinner a leftover comes from, or NO_SOURCE.
    """

    problem: Problem
    days: tuple[DayNeed, ...]
    dishes: tuple[Dish, ...]
    families: tuple[str, ...]
    groups: tuple[Group, ...]
    ordinals: tuple[int, ...]
    group: Ints
    day: Ints
    slot: Ints
    dish: Ints
    family: Ints
    source: Ints
    low: Ints
    high: Ints
    fixed_cost: Floats
    prep: Ints
    vectors: Floats
    price: Floats
    objective_per_milli: float
    full_blocks: int

    def block(self, day: int) -> int:
        """Index of the block of seven days that a day belongs to, counted from the first day."""
        return (self.ordinals[day] - self.ordinals[0]) // 7


def quarters_range(dish: Dish, need: SlotNeed) -> tuple[int, int]:
    """Fewest and most quarters of a dish inside the slot's window; empty when the first exceeds the second."""
    low, high = dish.min_quarters, dish.max_quarters
    for amount, floor, cap in (
        (dish.per_quarter[0] or 0, need.energy_lo, need.energy_hi),
        (dish.per_quarter[2] or 0, need.carbs_lo, need.carbs_hi),
    ):
        if floor is None or cap is None:
            continue
        margin = min(WINDOW_MARGIN, (cap - floor) / 4)
        floor, cap = floor + margin if floor > 0 else floor, cap - margin
        if amount == 0:
            if floor > 0:
                return 1, 0
            continue
        low = max(low, math.ceil(100.0 * floor / amount - 1e-9))
        high = min(high, math.floor(100.0 * cap / amount + 1e-9))
    return low, high


def reference_price(problem: Problem) -> float:
    """Thousandths of the currency per kcal: the catalogue's median, so the cost term has no currency of its own."""
    rates = sorted(
        dish.cost_milli / (dish.per_quarter[0] / 100.0)
        for dish in problem.dishes
        if dish.cost_milli is not None and dish.per_quarter[0]
    )
    return rates[len(rates) // 2] if rates else 0.0


def build_columns(problem: Problem, *, any_prep: frozenset[str | None] = frozenset()) -> Columns:
    """All columns of a checked problem. A group may come out empty: see `short_groups`.

    On the dates in `any_prep`, dishes that alone take longer than the day's preparation time stay in.
    """
    days = tuple(sorted(problem.days, key=lambda day: day.date))
    dishes = tuple(sorted(problem.dishes, key=lambda dish: dish.key))
    families = tuple(sorted({dish.family for dish in dishes}))
    rank = {dish.key: number for number, dish in enumerate(dishes)}
    builder = _Builder(problem, days, dishes, rank, any_prep)
    for number, day in enumerate(days):
        builder.add_day(number, day)
    nutrients = np.array([[amount or 0 for amount in dish.per_quarter] for dish in dishes], dtype=np.float64)
    rows = np.array(builder.rows, dtype=np.int64).reshape(-1, 8)
    family_rank = {name: number for number, name in enumerate(families)}
    family_of = np.array([family_rank[dish.family] for dish in dishes], dtype=np.int64)
    vectors = nutrients.reshape(-1, 6)[rows[:, 3]]
    floors = np.array([day.fat_floor_fraction for day in days], dtype=np.float64)[rows[:, 1]]
    vectors[:, 3] = 9.0 * vectors[:, 3] - floors * vectors[:, 0]
    week_price = reference_price(problem) * sum(day.energy_kcal for day in days)
    ordinals = builder.ordinals
    span = ordinals[-1] - ordinals[0] + 1
    return Columns(
        problem=problem,
        days=days,
        dishes=dishes,
        families=families,
        groups=tuple(builder.groups),
        ordinals=tuple(ordinals),
        group=rows[:, 0],
        day=rows[:, 1],
        slot=rows[:, 2],
        dish=rows[:, 3],
        family=family_of[rows[:, 3]],
        source=rows[:, 4],
        low=rows[:, 5],
        high=rows[:, 6],
        fixed_cost=np.array(builder.costs, dtype=np.float64),
        prep=rows[:, 7],
        vectors=vectors,
        price=np.array([dish.cost_milli or 0 for dish in dishes], dtype=np.float64),
        objective_per_milli=COST_WEIGHT / week_price if week_price else 0.0,
        full_blocks=span // 7,
    )


class _Builder:
    def __init__(
        self,
        problem: Problem,
        days: tuple[DayNeed, ...],
        dishes: tuple[Dish, ...],
        rank: dict[str, int],
        any_prep: frozenset[str | None],
    ) -> None:
        self.any_prep = any_prep
        self.problem, self.days, self.dishes, self.rank = problem, days, dishes, rank
        self.ordinals = [calendar_date.fromisoformat(day.date).toordinal() for day in days]
        self.day_at = {ordinal: number for number, ordinal in enumerate(self.ordinals)}
        self.date_at = {day.date: number for number, day in enumerate(days)}
        self.old = {(kept.date, kept.slot, kept.dish_key) for kept in problem.previous}
        self.fixed = {(kept.date, kept.slot, kept.index): kept for kept in problem.fixed}
        self.required = self._required_sources()
        self.groups: list[Group] = []
        self.rows: list[tuple[int, ...]] = []
        self.costs: list[float] = []
        self.ranges: dict[tuple[object, ...], tuple[int, int]] = {}

    def _required_sources(self) -> dict[Place, str]:
        """Open dinners that a kept leftover was cooked at: they must cook that dish again."""
        return {
            kept.leftover_of: kept.dish_key
            for kept in self.problem.fixed
            if kept.leftover_of is not None and kept.leftover_of not in self.fixed
        }

    def add_day(self, number: int, day: DayNeed) -> None:
        windows: dict[tuple[object, ...], list[SlotNeed]] = {}
        for need in sorted(day.slots, key=lambda need: (SLOTS.index(need.slot), need.index)):
            place = (day.date, need.slot, need.index)
            alone: object = need.index if place in self.fixed or place in self.required else None
            window = (need.slot, need.energy_lo, need.energy_hi, need.carbs_lo, need.carbs_hi, alone)
            windows.setdefault(window, []).append(need)
        for needs in windows.values():
            self._add_group(number, day, tuple(needs))

    def _add_group(self, number: int, day: DayNeed, needs: tuple[SlotNeed, ...]) -> None:
        start, need = len(self.rows), needs[0]
        place = (day.date, need.slot, need.index)
        kept = self.fixed.get(place)
        if kept is not None:
            self._add_fixed(number, day, need, kept)
        else:
            only = self.required.get(place)
            for dish in self.dishes:
                if need.slot in dish.slots and (only is None or only == dish.key):
                    self._add(number, day, need, dish, NO_SOURCE)
            if only is None:
                self._add_leftovers(number, day, need)
        self.groups.append(Group(number, need.slot, needs, start, len(self.rows), kept))

    def _add_leftovers(self, number: int, day: DayNeed, need: SlotNeed) -> None:
        lag = {"lunch": 1, "dinner": 2}.get(need.slot)
        source = self.day_at.get(self.ordinals[number] - lag) if lag and self.problem.rules.leftovers else None
        if source is None or not any(one.slot == "dinner" for one in self.days[source].slots):
            return
        for dish in self.dishes:
            if dish.batchable and "dinner" in dish.slots:
                self._add(number, day, need, dish, source)

    def _add_fixed(self, number: int, day: DayNeed, need: SlotNeed, kept: Fixed) -> None:
        dish = self.dishes[self.rank[kept.dish_key]]
        source = NO_SOURCE
        if kept.leftover_of is not None:
            cook = self.fixed.get(kept.leftover_of)
            here = self.date_at.get(kept.leftover_of[0])
            if here is not None and (cook is None or cook.dish_key == kept.dish_key):
                source = here
        prep = dish.prep_minutes
        if kept.leftover_of is not None:
            prep = LEFTOVER_PREP_MINUTES
        if kept.reason == "eaten":
            prep = 0
        self._append(number, day, need, dish, source, (kept.quarters, kept.quarters, prep))

    def _add(self, number: int, day: DayNeed, need: SlotNeed, dish: Dish, source: int) -> None:
        window = (dish.key, need.energy_lo, need.energy_hi, need.carbs_lo, need.carbs_hi)
        span = self.ranges.get(window)
        if span is None:
            span = self.ranges[window] = quarters_range(dish, need)
        low, high = span
        prep = dish.prep_minutes if source == NO_SOURCE else LEFTOVER_PREP_MINUTES
        limit = None if day.date in self.any_prep else day.prep_minutes
        if low > high or (limit is not None and prep > limit):
            return
        self._append(number, day, need, dish, source, (low, high, prep))

    def _append(
        self, number: int, day: DayNeed, need: SlotNeed, dish: Dish, source: int, span: tuple[int, int, int]
    ) -> None:
        low, high, prep = span
        rank = self.rank[dish.key]
        self.rows.append((len(self.groups), number, SLOTS.index(need.slot), rank, source, low, high, prep))
        cost = 1.0 - dish.preference + PREP_WEIGHT * prep / 60.0
        if source != NO_SOURCE:
            cost -= LEFTOVER_BONUS
        if self.old and (day.date, need.slot, dish.key) not in self.old:
            cost += CHANGE_WEIGHT
        self.costs.append(cost)


def short_groups(columns: Columns) -> tuple[Group, ...]:
    """Groups with fewer dish families than meals to fill: no plan can exist, whatever the rest says."""
    short = []
    for group in columns.groups:
        families = set(columns.family[group.start : group.stop].tolist())
        if len(families) < len(group.needs):
            short.append(group)
    return tuple(sorted(short, key=lambda group: sort_key((columns.days[group.day].date, group.slot, 0))))
