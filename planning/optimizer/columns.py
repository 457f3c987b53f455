"""Every way to fill every slot: one column per (slot group, dish, fresh or leftover), with its range of quarters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as calendar_date

import numpy as np
import numpy.typing as npt

from planning.optimizer.limits import Floats, Ints
from planning.optimizer.servings import DishTable, quarters_range
from planning.optimizer.types import SLOTS, DayNeed, Dish, Fixed, Problem, SlotNeed, sort_key

LEFTOVER_PREP_MINUTES = 3
PREP_WEIGHT = 0.35
LEFTOVER_BONUS = 0.15
BATCH_BONUS = 0.30
CHANGE_WEIGHT = 0.6
COST_WEIGHT = 6.0
NO_SOURCE = -1
# A dinner is eaten again once, on a batch day up to three times.
LEFTOVER_USES = 1
BATCH_USES = 3
# What using up a stocked food is worth, and the grams that count as all of it: a kilogram of rice is worth four
# times this, a pinch of salt next to nothing.
STOCK_WEIGHT = 0.3
STOCK_PORTION_G = (50.0, 250.0)

__all__ = ["Columns", "Group", "build_columns", "leftover_gaps", "quarters_range", "short_groups"]


@dataclass(frozen=True, slots=True)
class Group:
    """Interchangeable meals of one day: same slot, same window, before the same sessions. Its columns are
    `start:stop`."""

    day: int
    slot: str
    needs: tuple[SlotNeed, ...]
    start: int
    stop: int
    fixed: Fixed | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """Foods at home that some dish uses. `use` is dishes x foods: share of the stock that a quarter serving takes.

    `worth` is the objective's credit for using all of it: nothing is credited beyond that.
    """

    use: Floats
    worth: Floats


@dataclass(slots=True)
class Columns:
    """Columns as parallel arrays, sorted by group, then fresh before leftover, then source day and dish key.

    `vectors` is columns x 6: the daily rows before preparation, in hundredths per quarter, unknown as 0.
    `price` and `step` are per dish, `uses` per day: how often its dinner may be eaten again. `source` is the day whose
    dinner a leftover comes from, or NO_SOURCE. `counted` meals count towards the repeat limit, `takes_stock` ones are
    still to be cooked from what is at home. `before` marks, by day and by entry of its `DayNeed.before`, the columns
    whose carbohydrate counts there.
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
    step: Ints
    uses: Ints
    counted: npt.NDArray[np.bool_]
    takes_stock: npt.NDArray[np.bool_]
    stock: Stock
    before: tuple[tuple[npt.NDArray[np.bool_], ...], ...]
    objective_per_milli: float
    full_blocks: int

    def block(self, day: int) -> int:
        """Index of the block of seven days that a day belongs to, counted from the first day."""
        return (self.ordinals[day] - self.ordinals[0]) // 7


def leftover_gaps(slot: str, *, batch: bool) -> range:
    """Days after the dinner on which a meal of this slot may be its leftover, if the dish keeps that long."""
    if slot not in ("lunch", "dinner"):
        return range(0)
    if batch:
        return range(1, 15)
    return range(1, 2) if slot == "lunch" else range(2, 3)


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
    table = DishTable.of(dishes)
    builder = _Builder(problem, days, dishes, table, any_prep)
    for number, day in enumerate(days):
        builder.add_day(number, day)
    columns = np.concatenate([np.zeros((9, 0), dtype=np.int64), *builder.parts], axis=1)
    group, day_of, slot, dish, source, low, high, prep, eaten = columns
    fresh = source == NO_SOURCE
    batch = np.array([day.batch for day in days])
    batched = ~fresh & batch[source]
    preference = np.array([dish.preference for dish in dishes], dtype=np.float64)
    cost = 1.0 - preference[dish] + PREP_WEIGHT * prep / 60.0
    cost -= np.where(fresh, 0.0, np.where(batched, BATCH_BONUS, LEFTOVER_BONUS))
    cost += CHANGE_WEIGHT * _changes(problem, days, dishes, day_of, slot, dish)
    vectors = np.nan_to_num(table.nutrients)[dish]
    floors = np.array([day.fat_floor_fraction for day in days], dtype=np.float64)
    vectors[:, 3] = 9.0 * vectors[:, 3] - floors[day_of] * vectors[:, 0]
    week_price = reference_price(problem) * sum(day.energy_kcal for day in days)
    family_rank = {name: number for number, name in enumerate(families)}
    family_of = np.array([family_rank[dish.family] for dish in dishes], dtype=np.int64)
    span = builder.ordinals[-1] - builder.ordinals[0] + 1
    return Columns(
        problem=problem,
        days=days,
        dishes=dishes,
        families=families,
        groups=tuple(builder.groups),
        ordinals=tuple(builder.ordinals),
        group=group,
        day=day_of,
        slot=slot,
        dish=dish,
        family=family_of[dish],
        source=source,
        low=low,
        high=high,
        fixed_cost=cost,
        prep=prep,
        vectors=vectors,
        price=np.array([dish.cost_milli or 0 for dish in dishes], dtype=np.float64),
        step=table.step,
        uses=np.where(batch, BATCH_USES, LEFTOVER_USES),
        counted=(slot != SLOTS.index("during")) & ~batched,
        takes_stock=eaten == 0,
        stock=_stock(problem, dishes),
        before=_before(days, builder.groups, group),
        objective_per_milli=COST_WEIGHT / week_price if week_price else 0.0,
        full_blocks=span // 7,
    )


def _before(
    days: tuple[DayNeed, ...], groups: list[Group], group: Ints
) -> tuple[tuple[npt.NDArray[np.bool_], ...], ...]:
    return tuple(
        tuple(
            np.array(
                [one.day == number and need.counts(one.slot, one.needs[0].time) for one in groups], dtype=np.bool_
            )[group]
            for need in day.before
        )
        for number, day in enumerate(days)
    )


def _stock(problem: Problem, dishes: tuple[Dish, ...]) -> Stock:
    used = {food for dish in dishes for food, amount in dish.stock_use if amount > 0}
    foods = {food: amount for food, amount in sorted(problem.stock) if amount > 0 and food in used}
    place = {food: number for number, food in enumerate(foods)}
    use = np.zeros((len(dishes), len(foods)))
    for number, dish in enumerate(dishes):
        for food, amount in dish.stock_use:
            if food in place:
                use[number, place[food]] += amount / foods[food]
    grams = np.array(list(foods.values()), dtype=np.float64) / 100.0
    return Stock(use, STOCK_WEIGHT * grams / np.clip(grams, *STOCK_PORTION_G))


def _changes(
    problem: Problem, days: tuple[DayNeed, ...], dishes: tuple[Dish, ...], day: Ints, slot: Ints, dish: Ints
) -> Floats:
    """1 for each column that is not a meal of the plan being replaced; 0 without such a plan."""
    if not problem.previous:
        return np.zeros(len(dish))
    day_at = {one.date: number for number, one in enumerate(days)}
    rank = {one.key: number for number, one in enumerate(dishes)}
    kept = [
        (day_at[old.date] * len(SLOTS) + SLOTS.index(old.slot)) * len(dishes) + rank[old.dish_key]
        for old in problem.previous
        if old.date in day_at and old.dish_key in rank
    ]
    return np.asarray(~np.isin((day * len(SLOTS) + slot) * len(dishes) + dish, kept), dtype=np.float64)


class _Builder:
    def __init__(
        self,
        problem: Problem,
        days: tuple[DayNeed, ...],
        dishes: tuple[Dish, ...],
        table: DishTable,
        any_prep: frozenset[str | None],
    ) -> None:
        self.any_prep = any_prep
        self.problem, self.days, self.dishes, self.table = problem, days, dishes, table
        self.rank = {dish.key: number for number, dish in enumerate(dishes)}
        self.ordinals = [calendar_date.fromisoformat(day.date).toordinal() for day in days]
        self.date_at = {day.date: number for number, day in enumerate(days)}
        self.fixed = {(kept.date, kept.slot, kept.index): kept for kept in problem.fixed}
        # Open dinners that a kept leftover was cooked at: they must cook that dish again.
        self.required = {
            kept.leftover_of: kept.dish_key
            for kept in problem.fixed
            if kept.leftover_of is not None and kept.leftover_of not in self.fixed
        }
        self.meant_for = {slot: np.array([slot in dish.slots for dish in dishes], dtype=np.bool_) for slot in SLOTS}
        self.groups: list[Group] = []
        self.parts: list[Ints] = []
        self.count = 0

    def add_day(self, number: int, day: DayNeed) -> None:
        windows: dict[tuple[object, ...], list[SlotNeed]] = {}
        for need in sorted(day.slots, key=lambda need: (SLOTS.index(need.slot), need.index)):
            place = (day.date, need.slot, need.index)
            alone: object = need.index if place in self.fixed or place in self.required else None
            energy, carbs = (need.energy_lo, need.energy_hi), (need.carbs_lo, need.carbs_hi)
            ahead = tuple(before.counts(need.slot, need.time) for before in day.before)
            windows.setdefault((need.slot, energy, carbs, need.fiber_hi, need.fat_hi, ahead, alone), []).append(need)
        for needs in windows.values():
            self._add_group(number, day, tuple(needs))

    def _add_group(self, number: int, day: DayNeed, needs: tuple[SlotNeed, ...]) -> None:
        start, need = self.count, needs[0]
        place = (day.date, need.slot, need.index)
        kept = self.fixed.get(place)
        if kept is not None:
            self._add_fixed(number, need, kept)
        else:
            low, high = self.table.ranges(need)
            fits = low <= high
            limit = np.inf if day.date in self.any_prep or day.prep_minutes is None else day.prep_minutes
            fresh = fits & self.meant_for[need.slot] & (self.table.prep <= limit)
            only = self.required.get(place)
            if only is not None:
                fresh &= np.arange(len(self.dishes)) == self.rank.get(only, -1)
            self._append(number, need, np.flatnonzero(fresh), NO_SOURCE, (low, high, self.table.prep))
            if only is None and self.problem.rules.leftovers and limit >= LEFTOVER_PREP_MINUTES:
                self._add_leftovers(number, need, fits, (low, high))
        self.groups.append(Group(number, need.slot, needs, start, self.count, kept))

    def _add_leftovers(self, number: int, need: SlotNeed, fits: npt.NDArray[np.bool_], span: tuple[Ints, Ints]) -> None:
        minutes = np.full(len(self.dishes), LEFTOVER_PREP_MINUTES)
        for source in range(number):
            gap = self.ordinals[number] - self.ordinals[source]
            cook = self.days[source]
            if gap not in leftover_gaps(need.slot, batch=cook.batch):
                continue
            if any(one.slot == "dinner" for one in cook.slots):
                keeps = fits & self.table.batchable & (self.table.keeps >= gap)
                self._append(number, need, np.flatnonzero(keeps), source, (*span, minutes))

    def _add_fixed(self, number: int, need: SlotNeed, kept: Fixed) -> None:
        dish = self.rank[kept.dish_key]
        source = NO_SOURCE
        if kept.leftover_of is not None:
            cook = self.fixed.get(kept.leftover_of)
            here = self.date_at.get(kept.leftover_of[0])
            if here is not None and (cook is None or cook.dish_key == kept.dish_key):
                source = here
        prep = self.dishes[dish].prep_minutes
        if kept.leftover_of is not None:
            prep = LEFTOVER_PREP_MINUTES
        eaten = kept.reason == "eaten"
        row = (
            len(self.groups),
            number,
            SLOTS.index(need.slot),
            dish,
            source,
            kept.quarters,
            kept.quarters,
            0 if eaten else prep,
            int(eaten),
        )
        self.parts.append(np.array([row], dtype=np.int64).T)
        self.count += 1

    def _append(self, number: int, need: SlotNeed, chosen: Ints, source: int, span: tuple[Ints, Ints, Ints]) -> None:
        part = np.zeros((9, len(chosen)), dtype=np.int64)
        part[0], part[1], part[2] = len(self.groups), number, SLOTS.index(need.slot)
        part[3], part[4] = chosen, source
        for row, values in enumerate(span, start=5):
            part[row] = values[chosen]
        self.parts.append(part)
        self.count += len(chosen)


def short_groups(columns: Columns) -> tuple[Group, ...]:
    """Groups with fewer dish families than meals to fill: no plan can exist, whatever the rest says."""
    short = []
    for group in columns.groups:
        families = set(columns.family[group.start : group.stop].tolist())
        if len(families) < len(group.needs):
            short.append(group)
    return tuple(sorted(short, key=lambda group: sort_key((columns.days[group.day].date, group.slot, 0))))
