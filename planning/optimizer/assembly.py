"""The rows of the week's linear program over a subset of the columns, and the price of every column in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.limits import (
    CARBS,
    DAY_ROWS,
    DEVIATION_WEIGHT,
    ENERGY,
    PREP,
    PROTEIN,
    PROTEIN_PULL,
    PROTEIN_WEIGHT,
    SOFT_WEIGHT,
    DayLimits,
    Floats,
    Ints,
)
from planning.optimizer.types import SLOTS

DINNER = SLOTS.index("dinner")
DURING = SLOTS.index("during")
Member = tuple[str, str | None]
Keying = Callable[[Ints], Ints]
Name = tuple[str, int, int]
"""What a row is about, or a column: stable from one subset to the next, so a basis can be carried over."""


class Assembly:
    """Rows and costs as triplets. A column stands here at its fewest quarters and, if it has a range, at its most."""

    def __init__(
        self,
        columns: Columns,
        limits: tuple[DayLimits, ...],
        subset: Ints,
        *,
        off: frozenset[Member],
        slack: Mapping[str, float],
        priced: bool,
    ) -> None:
        self.columns, self.limits, self.off, self.slack, self.priced = columns, limits, off, slack, priced
        wide = subset[columns.high[subset] > columns.low[subset]]
        self.column = np.concatenate([subset, wide])
        self.amount = np.concatenate([columns.low[subset], columns.high[wide]]).astype(np.float64)
        self.width = len(self.column)
        self.row_parts: list[Ints] = []
        self.col_parts: list[Ints] = []
        self.value_parts: list[Floats] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        self.row_names: list[Name] = []
        self.extra_names: list[Name] = []
        self.extra_cost: list[float] = []
        self.extra_high: list[float] = []
        self.extra_member: dict[int, Member] = {}
        self.charges: list[tuple[Keying, float, Ints, int]] = []
        self.tag_charges: list[tuple[npt.NDArray[np.bool_], int, int]] = []
        self.day_row = np.full((len(columns.days), len(DAY_ROWS)), -1, dtype=np.int64)
        self.budget_index = -1
        self.stock_rows: Ints = np.zeros(0, dtype=np.int64)
        self.before_rows: list[tuple[npt.NDArray[np.bool_], int, float]] = []
        self.blocks = np.array([columns.block(number) for number in range(len(columns.days))], dtype=np.int64)
        cost = columns.fixed_cost[self.column] + self._price() * self.amount
        self.cost = cost if priced else np.zeros(self.width)

    def _price(self) -> Floats:
        columns = self.columns
        return np.asarray(columns.price[columns.dish[self.column]] * columns.objective_per_milli, dtype=np.float64)

    def _has(self, kind: str, key: str | None) -> bool:
        return (kind, key) not in self.off

    def _entries(self, rows: Ints, cols: Ints, values: Floats) -> None:
        keep = values != 0.0
        self.row_parts.append(rows[keep])
        self.col_parts.append(cols[keep])
        self.value_parts.append(values[keep])

    def _row(self, low: float, high: float, name: Name) -> int:
        self.row_names.append(name)
        self.row_low.append(low)
        self.row_high.append(high)
        return len(self.row_low) - 1

    def _extra(self, row: int, value: float, cost: float, high: float, member: Member | None = None) -> None:
        number = self.width + len(self.extra_cost)
        kind, first, second = self.row_names[row]
        self.extra_names.append((f"{kind} {'over' if value < 0 else 'short'} {member}", first, second))
        self.extra_cost.append(cost)
        self.extra_high.append(high)
        if member is not None:
            self.extra_member[number] = member
        self._entries(np.array([row]), np.array([number]), np.array([value]))

    def _elastic(self, row: int, kind: str, key: str | None, *, short: bool, over: bool, scale: float = 1.0) -> None:
        weight = self.slack.get(kind)
        if weight is None:
            return
        if short:
            self._extra(row, scale, weight, np.inf, (kind, key))
        if over:
            self._extra(row, -scale, weight, np.inf, (kind, key))

    def build(self) -> None:
        """Fill in every row."""
        self._slot_rows()
        self._day_rows()
        self._budget_row()
        self._variety_rows()
        self._adjacent_rows()
        self._duplicate_rows()
        self._leftover_rows()
        self._tag_rows()
        self._stock_rows()

    def _slot_rows(self) -> None:
        groups = self.columns.groups
        self.row_low.extend(float(len(group.needs)) for group in groups)
        self.row_high.extend(float(len(group.needs)) for group in groups)
        self.row_names.extend(("group", number, 0) for number in range(len(groups)))
        self._entries(self.columns.group[self.column], np.arange(self.width), np.ones(self.width))

    def _day_rows(self) -> None:
        columns, slack = self.columns, self.slack
        day_of = columns.day[self.column]
        for number, limits in enumerate(self.limits):
            date = columns.days[number].date
            here = np.flatnonzero(day_of == number)
            vectors = columns.vectors[self.column[here]] * self.amount[here, None]
            for row, kind in enumerate(DAY_ROWS):
                low, high = limits.low[row] / limits.scale[row], limits.high[row] / limits.scale[row]
                cap = "protein_cap" if row == PROTEIN else kind
                if not self._has(kind, date):
                    low = -np.inf
                if not self._has(cap, date):
                    high = np.inf
                if low == -np.inf and high == np.inf:
                    continue
                values = columns.prep[self.column[here]].astype(np.float64) if row == PREP else vectors[:, row]
                if row in (ENERGY, CARBS):
                    index = self._row(1.0, 1.0, ("day", number, row))
                    weight = DEVIATION_WEIGHT / (limits.energy_tolerance if row == ENERGY else limits.carbs_tolerance)
                    weight = weight if self.priced else 0.0
                    self._extra(index, 1.0, weight, 1.0 - low)
                    self._extra(index, -1.0, weight, high - 1.0)
                    self._elastic(index, kind, date, short=True, over=True)
                else:
                    pulled = row == PROTEIN and self.priced and high > PROTEIN_PULL
                    index = self._row(low, min(high, PROTEIN_PULL) if pulled else high, ("day", number, row))
                    if pulled:
                        self._extra(index, -1.0, PROTEIN_WEIGHT, high - PROTEIN_PULL)
                    if row in limits.soft and kind not in slack:
                        self._extra(index, 1.0, SOFT_WEIGHT if self.priced else 0.0, np.inf)
                        self._extra(index, -1.0, SOFT_WEIGHT if self.priced else 0.0, np.inf)
                    self._elastic(index, kind, date, short=low > -np.inf, over=high < np.inf and cap == kind)
                    if cap != kind and high < np.inf:
                        self._elastic(index, cap, date, short=False, over=True)
                self.day_row[number, row] = index
                self._entries(np.full(len(here), index), here, values / limits.scale[row])
            if self.priced:
                self._before_rows(number, here, vectors[:, CARBS])

    def _before_rows(self, day: int, here: Ints, carbs: Floats) -> None:
        """What the sessions of a day want beforehand: missed at a price, so nothing where nothing has one."""
        limits = self.limits[day]
        for row, counted in zip(limits.before, self.columns.before[day], strict=True):
            scale = float(limits.scale[row])
            index = self._row(limits.low[row] / scale, limits.high[row] / scale, ("day", day, row))
            self._extra(index, 1.0, limits.prices[row], np.inf)
            self._extra(index, -1.0, limits.prices[row], np.inf)
            values = np.where(counted[self.column[here]], carbs / scale, 0.0)
            self._entries(np.full(len(here), index), here, values)
            self.before_rows.append((counted, index, scale))

    def _budget_row(self) -> None:
        budget = self.columns.problem.budget_milli
        if budget is None or not self._has("budget", None):
            return
        scale = max(float(budget), 1.0)
        index = self.budget_index = self._row(-np.inf, 1.0, ("budget", 0, 0))
        self._elastic(index, "budget", None, short=False, over=True)
        price = self.columns.price[self.columns.dish[self.column]] * self.amount
        self._entries(np.full(self.width, index), np.arange(self.width), price / scale)

    def _keyed(
        self, label: str, keyed: list[tuple[Keying, float]], high: float, kind: str | None, keep_from: int
    ) -> None:
        """One `sum <= high` row per key that has more than `keep_from` distinct columns; key -1 means no row."""
        parts = []
        for keying, value in keyed:
            keys = keying(self.column)
            cols = np.flatnonzero(keys >= 0)
            parts.append((keys[cols], cols, np.full(len(cols), value)))
        keys = np.concatenate([part[0] for part in parts])
        if not len(keys):
            return
        names, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        kept = counts > keep_from
        total = int(kept.sum())
        if not total:
            return
        first = len(self.row_low)
        self.row_low.extend([-np.inf] * total)
        self.row_high.extend([high] * total)
        self.row_names.extend((label, int(key), 0) for key in names[kept])
        place = np.cumsum(kept) - 1 + first
        chosen = kept[inverse]
        cols = np.concatenate([part[1] for part in parts])[chosen]
        values = np.concatenate([part[2] for part in parts])[chosen]
        self._entries(place[inverse[chosen]], cols, values)
        self.charges.extend((keying, value, names[kept], first) for keying, value in keyed)
        if kind is not None:
            for row in range(first, first + total):
                self._elastic(row, kind, None, short=False, over=True)

    def _variety_rows(self) -> None:
        columns = self.columns
        if not self._has("repeats", None):
            return

        def family_in_block(column: Ints) -> Ints:
            keys = self.blocks[columns.day[column]] * len(columns.families) + columns.family[column]
            return np.where(columns.counted[column], keys, -1)

        cap = columns.problem.rules.max_repeats_per_week
        self._keyed("repeats", [(family_in_block, 1.0)], float(cap), "repeats", cap)

    def _adjacent_rows(self) -> None:
        columns = self.columns
        if not columns.problem.rules.adjacent_dinner or not self._has("adjacent", None):
            return
        followed = np.diff(np.array([*columns.ordinals, columns.ordinals[-1] + 9])) == 1
        count = len(columns.families)

        def evening_before(column: Ints) -> Ints:
            day = columns.day[column]
            return np.where((columns.slot[column] == DINNER) & followed[day], day * count + columns.family[column], -1)

        def evening_after(column: Ints) -> Ints:
            day = columns.day[column] - 1
            fits = (columns.slot[column] == DINNER) & (day >= 0) & followed[day]
            return np.where(fits, day * count + columns.family[column], -1)

        self._keyed("adjacent", [(evening_before, 1.0), (evening_after, 1.0)], 1.0, "adjacent", 1)

    def _duplicate_rows(self) -> None:
        columns = self.columns
        meals = np.zeros((len(columns.days), len(SLOTS)), dtype=np.int64)
        for group in columns.groups:
            meals[group.day, SLOTS.index(group.slot)] += len(group.needs)

        def family_in_slot(column: Ints) -> Ints:
            day, slot = columns.day[column], columns.slot[column]
            keys = (day * len(SLOTS) + slot) * len(columns.families) + columns.family[column]
            return np.where(meals[day, slot] > 1, keys, -1)

        self._keyed("duplicate", [(family_in_slot, 1.0)], 1.0, None, 0)

    def _leftover_rows(self) -> None:
        columns = self.columns
        count = len(columns.dishes)

        def eaten(column: Ints) -> Ints:
            source = columns.source[column]
            return np.where(source != NO_SOURCE, source * count + columns.dish[column], -1)

        needed = np.unique(eaten(self.column))

        def cooked(column: Ints) -> Ints:
            fresh = (columns.slot[column] == DINNER) & (columns.source[column] == NO_SOURCE)
            keys = columns.day[column] * count + columns.dish[column]
            return np.where(fresh & np.isin(keys, needed), keys, -1)

        def cooked_on(uses: int) -> Keying:
            return lambda column: np.where(columns.uses[columns.day[column]] == uses, cooked(column), -1)

        cooks = [(cooked_on(uses), -float(uses)) for uses in np.unique(columns.uses).tolist()]
        self._keyed("leftover", [(eaten, 1.0), *cooks], 0.0, None, 0)

    def _tag_rows(self) -> None:
        columns, rules = self.columns, self.columns.problem.rules
        blocks = self.blocks[columns.day[self.column]]
        for number, tag in enumerate(sorted(set(rules.weekly_max) | set(rules.weekly_min))):
            has_tag = np.array([tag in dish.tags for dish in columns.dishes])
            tagged = has_tag[columns.dish[self.column]]
            for block in sorted(set(blocks.tolist())):
                cap = rules.weekly_max.get(tag) if self._has("weekly_max", tag) else None
                floor = rules.weekly_min.get(tag) if self._has("weekly_min", tag) else None
                if floor is not None and block >= columns.full_blocks:
                    floor = None
                here = np.flatnonzero(tagged & (blocks == block))
                if cap is not None:
                    index = self._row(-np.inf, float(cap), ("weekly_max", number, block))
                    self._elastic(index, "weekly_max", tag, short=False, over=True)
                    self.tag_charges.append((has_tag, block, index))
                    self._entries(np.full(len(here), index), here, np.ones(len(here)))
                if floor is not None:
                    index = self._row(float(floor), np.inf, ("weekly_min", number, block))
                    self._elastic(index, "weekly_min", tag, short=True, over=False)
                    self.tag_charges.append((has_tag, block, index))
                    self._entries(np.full(len(here), index), here, np.ones(len(here)))

    def _stock_rows(self) -> None:
        """Credit for each stocked food: what is used of it, never more than there is."""
        stock = self.columns.stock
        if not self.priced or not len(stock.worth):
            return
        used = stock.use[self.columns.dish[self.column]] * self.amount[:, None]
        used[~self.columns.takes_stock[self.column]] = 0.0
        rows = []
        for food, worth in enumerate(stock.worth.tolist()):
            index = self._row(-np.inf, 0.0, ("stock", food, 0))
            here = np.flatnonzero(used[:, food])
            self._entries(np.full(len(here), index), here, -used[here, food])
            self._extra(index, 1.0, -worth, 1.0)
            rows.append(index)
        self.stock_rows = np.array(rows, dtype=np.int64)

    def column_names(self) -> list[Name]:
        """One name per column of the program, the slacks and deviations last."""
        ends = (self.amount == self.columns.low[self.column]).tolist()
        return [("column", number, int(end)) for number, end in zip(self.column.tolist(), ends, strict=True)] + list(
            self.extra_names
        )

    def reduced(self, dual: Floats) -> Floats:
        """Reduced cost of every column at its better end, also of columns outside the subset."""
        columns = self.columns
        column = np.arange(len(columns.group), dtype=np.int64)
        padded = np.append(dual, 0.0)
        scales = np.array([limits.scale[: len(DAY_ROWS)] for limits in self.limits])
        rates = (padded[self.day_row] / scales)[columns.day]
        price = columns.price[columns.dish]
        fixed = columns.fixed_cost.copy() if self.priced else np.zeros(len(column))
        fixed -= dual[columns.group] + rates[:, PREP] * columns.prep
        each = price * columns.objective_per_milli if self.priced else np.zeros(len(column))
        each = each - np.einsum("ij,ij->i", rates[:, :6], columns.vectors)
        for counted, index, scale in self.before_rows:
            each -= np.where(counted, dual[index] / scale * columns.vectors[:, CARBS], 0.0)
        if self.budget_index >= 0:
            each -= dual[self.budget_index] / max(float(columns.problem.budget_milli or 0), 1.0) * price
        if len(self.stock_rows):
            gain = columns.stock.use @ dual[self.stock_rows]
            each += np.where(columns.takes_stock, gain[columns.dish], 0.0)
        for keying, value, names, first in self.charges:
            keys = keying(column)
            place = np.minimum(np.searchsorted(names, keys), len(names) - 1)
            fixed -= np.where(names[place] == keys, value * dual[first + place], 0.0)
        for has_tag, block, index in self.tag_charges:
            here = has_tag[columns.dish] & (self.blocks[columns.day] == block)
            fixed -= np.where(here, dual[index], 0.0)
        return np.asarray(fixed + np.minimum(each * columns.low, each * columns.high), dtype=np.float64)
