"""The week as a linear program: its bound, its prices, and (with slacks) what an impossible week lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.limits import (
    CARBS,
    DAY_ROWS,
    ENERGY,
    PREP,
    PROTEIN,
    SOFT_WEIGHT,
    DayLimits,
    Floats,
    Ints,
)
from planning.optimizer.types import SLOTS

DEVIATION_WEIGHT = 0.5
DINNER = SLOTS.index("dinner")
DURING = SLOTS.index("during")
Member = tuple[str, str | None]
Keying = Callable[[Ints], Ints]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An LP answer. `status` is optimal, infeasible or unknown.

    share: portion of each slot group that a column fills (0..1 per meal), quarters: its mean amount, reduced: reduced
    cost of every column at its better end, bound: a lower bound for every plan, slack: relative use of each slack.
    """

    status: str
    value: float = float("nan")
    bound: float = float("nan")
    share: Floats = field(default_factory=lambda: np.zeros(0))
    quarters: Floats = field(default_factory=lambda: np.zeros(0))
    reduced: Floats = field(default_factory=lambda: np.zeros(0))
    slack: Mapping[Member, float] = field(default_factory=dict)


class WeekProgram:
    """Builds and solves the LP over a subset of the columns.

    `off` removes requirements by member (kind, day or tag); `slack` gives kinds an elastic slack at a weight per unit
    of relative violation; with `priced=False` only the slacks cost anything.
    """

    def __init__(
        self,
        columns: Columns,
        limits: tuple[DayLimits, ...],
        *,
        off: frozenset[Member] = frozenset(),
        slack: Mapping[str, float] | None = None,
        priced: bool = True,
    ) -> None:
        self.columns, self.limits, self.off, self.priced = columns, limits, off, priced
        self.slack = dict(slack or {})

    def solve(self, subset: Ints, *, seconds: float = 20.0, presolve: bool = False) -> Outcome:
        """Solve over `subset` (column numbers, sorted) and price every column."""
        return _Assembly(self, subset).run(seconds=seconds, presolve=presolve)


class _Assembly:
    def __init__(self, program: WeekProgram, subset: Ints) -> None:
        self.program, self.columns, self.limits = program, program.columns, program.limits
        columns = self.columns
        wide = subset[columns.high[subset] > columns.low[subset]]
        self.column = np.concatenate([subset, wide])
        self.amount = np.concatenate([columns.low[subset], columns.high[wide]]).astype(np.float64)
        self.width = len(self.column)
        self.row_parts: list[Ints] = []
        self.col_parts: list[Ints] = []
        self.value_parts: list[Floats] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        self.extra_cost: list[float] = []
        self.extra_high: list[float] = []
        self.extra_member: dict[int, Member] = {}
        self.charges: list[tuple[Keying, float, Ints, int]] = []
        self.tag_charges: list[tuple[npt.NDArray[np.bool_], int, int]] = []
        self.day_row = np.full((len(columns.days), len(DAY_ROWS)), -1, dtype=np.int64)
        self.budget_index = -1
        self.blocks = np.array([columns.block(number) for number in range(len(columns.days))], dtype=np.int64)
        cost = columns.fixed_cost[self.column] + self._price() * self.amount
        self.cost = cost if program.priced else np.zeros(self.width)

    def _price(self) -> Floats:
        columns = self.columns
        return np.asarray(columns.price[columns.dish[self.column]] * columns.objective_per_milli, dtype=np.float64)

    def _has(self, kind: str, key: str | None) -> bool:
        return (kind, key) not in self.program.off

    def _entries(self, rows: Ints, cols: Ints, values: Floats) -> None:
        keep = values != 0.0
        self.row_parts.append(rows[keep])
        self.col_parts.append(cols[keep])
        self.value_parts.append(values[keep])

    def _row(self, low: float, high: float) -> int:
        self.row_low.append(low)
        self.row_high.append(high)
        return len(self.row_low) - 1

    def _extra(self, row: int, value: float, cost: float, high: float, member: Member | None = None) -> None:
        number = self.width + len(self.extra_cost)
        self.extra_cost.append(cost)
        self.extra_high.append(high)
        if member is not None:
            self.extra_member[number] = member
        self._entries(np.array([row]), np.array([number]), np.array([value]))

    def _elastic(self, row: int, kind: str, key: str | None, *, short: bool, over: bool, scale: float = 1.0) -> None:
        weight = self.program.slack.get(kind)
        if weight is None:
            return
        if short:
            self._extra(row, scale, weight, np.inf, (kind, key))
        if over:
            self._extra(row, -scale, weight, np.inf, (kind, key))

    def run(self, *, seconds: float, presolve: bool) -> Outcome:
        self._slot_rows()
        self._day_rows()
        self._budget_row()
        self._variety_rows()
        self._adjacent_rows()
        self._duplicate_rows()
        self._leftover_rows()
        self._tag_rows()
        return self._solve(seconds, presolve)

    def _slot_rows(self) -> None:
        groups = self.columns.groups
        self.row_low.extend(float(len(group.needs)) for group in groups)
        self.row_high.extend(float(len(group.needs)) for group in groups)
        self._entries(self.columns.group[self.column], np.arange(self.width), np.ones(self.width))

    def _day_rows(self) -> None:
        columns, slack = self.columns, self.program.slack
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
                    index = self._row(1.0, 1.0)
                    weight = DEVIATION_WEIGHT / (limits.energy_tolerance if row == ENERGY else limits.carbs_tolerance)
                    weight = weight if self.program.priced else 0.0
                    self._extra(index, 1.0, weight, 1.0 - low)
                    self._extra(index, -1.0, weight, high - 1.0)
                    self._elastic(index, kind, date, short=True, over=True)
                else:
                    index = self._row(low, high)
                    if row in limits.soft and kind not in slack:
                        self._extra(index, 1.0, SOFT_WEIGHT if self.program.priced else 0.0, np.inf)
                        self._extra(index, -1.0, SOFT_WEIGHT if self.program.priced else 0.0, np.inf)
                    self._elastic(index, kind, date, short=low > -np.inf, over=high < np.inf and cap == kind)
                    if cap != kind and high < np.inf:
                        self._elastic(index, cap, date, short=False, over=True)
                self.day_row[number, row] = index
                self._entries(np.full(len(here), index), here, values / limits.scale[row])

    def _budget_row(self) -> None:
        budget = self.columns.problem.budget_milli
        if budget is None or not self._has("budget", None):
            return
        scale = max(float(budget), 1.0)
        index = self.budget_index = self._row(-np.inf, 1.0)
        self._elastic(index, "budget", None, short=False, over=True)
        price = self.columns.price[self.columns.dish[self.column]] * self.amount
        self._entries(np.full(self.width, index), np.arange(self.width), price / scale)

    def _keyed(self, keyed: list[tuple[Keying, float]], high: float, kind: str | None, keep_from: int) -> None:
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
            return np.where(columns.slot[column] != DURING, keys, -1)

        cap = columns.problem.rules.max_repeats_per_week
        self._keyed([(family_in_block, 1.0)], float(cap), "repeats", cap)

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

        self._keyed([(evening_before, 1.0), (evening_after, 1.0)], 1.0, "adjacent", 1)

    def _duplicate_rows(self) -> None:
        columns = self.columns
        meals = np.zeros((len(columns.days), len(SLOTS)), dtype=np.int64)
        for group in columns.groups:
            meals[group.day, SLOTS.index(group.slot)] += len(group.needs)

        def family_in_slot(column: Ints) -> Ints:
            day, slot = columns.day[column], columns.slot[column]
            keys = (day * len(SLOTS) + slot) * len(columns.families) + columns.family[column]
            return np.where(meals[day, slot] > 1, keys, -1)

        self._keyed([(family_in_slot, 1.0)], 1.0, None, 0)

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

        self._keyed([(eaten, 1.0), (cooked, -1.0)], 0.0, None, 0)

    def _tag_rows(self) -> None:
        columns, rules = self.columns, self.columns.problem.rules
        blocks = self.blocks[columns.day[self.column]]
        for tag in sorted(set(rules.weekly_max) | set(rules.weekly_min)):
            has_tag = np.array([tag in dish.tags for dish in columns.dishes])
            tagged = has_tag[columns.dish[self.column]]
            for block in sorted(set(blocks.tolist())):
                cap = rules.weekly_max.get(tag) if self._has("weekly_max", tag) else None
                floor = rules.weekly_min.get(tag) if self._has("weekly_min", tag) else None
                if floor is not None and block >= columns.full_blocks:
                    floor = None
                here = np.flatnonzero(tagged & (blocks == block))
                if cap is not None:
                    index = self._row(-np.inf, float(cap))
                    self._elastic(index, "weekly_max", tag, short=False, over=True)
                    self.tag_charges.append((has_tag, block, index))
                    self._entries(np.full(len(here), index), here, np.ones(len(here)))
                if floor is not None:
                    index = self._row(float(floor), np.inf)
                    self._elastic(index, "weekly_min", tag, short=True, over=False)
                    self.tag_charges.append((has_tag, block, index))
                    self._entries(np.full(len(here), index), here, np.ones(len(here)))

    def _solve(self, seconds: float, presolve: bool) -> Outcome:
        import highspy  # only here: the library must not be loaded before a worker process forks

        rows, cols = np.concatenate(self.row_parts), np.concatenate(self.col_parts)
        values = np.concatenate(self.value_parts)
        order = np.lexsort((rows, cols))
        rows, cols, values = rows[order], cols[order], values[order]
        total = self.width + len(self.extra_cost)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = total, len(self.row_low)
        program.col_cost_ = np.concatenate([self.cost, np.array(self.extra_cost)])
        program.col_lower_ = np.zeros(total)
        program.col_upper_ = np.concatenate([np.full(self.width, np.inf), np.array(self.extra_high)])
        program.row_lower_, program.row_upper_ = np.array(self.row_low), np.array(self.row_high)
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(cols, minlength=total))]).astype(np.int32)
        program.a_matrix_.index_ = rows.astype(np.int32)
        program.a_matrix_.value_ = values
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("solver", "simplex"),
            ("presolve", "on" if presolve else "off"),
            ("random_seed", 0),
            ("time_limit", max(0.05, seconds)),
        ):
            solver.setOptionValue(name, setting)
        solver.passModel(program)
        solver.run()
        status = solver.getModelStatus()
        known = highspy.HighsModelStatus
        if status == known.kInfeasible:
            return Outcome("infeasible")
        if status != known.kOptimal:
            return Outcome("unknown") if presolve else self._solve(seconds, True)
        solution = solver.getSolution()
        return self._outcome(
            float(solver.getInfo().objective_function_value),
            np.array(solution.col_value),
            np.round(np.array(solution.row_dual), 9),
        )

    def _outcome(self, value: float, primal: Floats, dual: Floats) -> Outcome:
        columns = self.columns
        size = len(columns.group)
        share, quarters = np.zeros(size), np.zeros(size)
        np.add.at(share, self.column, primal[: self.width])
        np.add.at(quarters, self.column, primal[: self.width] * self.amount)
        quarters = np.divide(quarters, share, out=np.zeros(size), where=share > 1e-9)
        slack: dict[Member, float] = {}
        for number, member in self.extra_member.items():
            if primal[number] > 1e-7:
                slack[member] = slack.get(member, 0.0) + float(primal[number])
        everything = np.arange(size, dtype=np.int64)
        reduced = np.minimum(
            self._reduced(everything, columns.low, dual), self._reduced(everything, columns.high, dual)
        )
        bound = value
        for group in columns.groups:
            part = reduced[group.start : group.stop]
            if len(part):
                bound += len(group.needs) * min(0.0, float(part.min()))
        return Outcome(
            "optimal", value, bound - 1e-6, share, quarters, np.asarray(np.round(reduced, 9), dtype=np.float64), slack
        )

    def _reduced(self, column: Ints, amount: Ints, dual: Floats) -> Floats:
        """Reduced cost of any columns at given quarters, also of columns outside the subset."""
        columns = self.columns
        padded = np.append(dual, 0.0)
        scales = np.array([limits.scale for limits in self.limits])
        rates = (padded[self.day_row] / scales)[columns.day[column]]
        money = columns.price[columns.dish[column]] * amount
        out = columns.fixed_cost[column] + money * columns.objective_per_milli
        if not self.program.priced:
            out = np.zeros(len(column))
        out = out - dual[columns.group[column]]
        out -= (rates[:, :6] * columns.vectors[column]).sum(axis=1) * amount
        out -= rates[:, PREP] * columns.prep[column]
        if self.budget_index >= 0:
            out -= dual[self.budget_index] * money / max(float(columns.problem.budget_milli or 0), 1.0)
        for keying, value, names, first in self.charges:
            keys = keying(column)
            place = np.minimum(np.searchsorted(names, keys), len(names) - 1)
            out -= np.where(names[place] == keys, value * dual[first + place], 0.0)
        for has_tag, block, index in self.tag_charges:
            here = has_tag[columns.dish[column]] & (self.blocks[columns.day[column]] == block)
            out -= np.where(here, dual[index], 0.0)
        return out
