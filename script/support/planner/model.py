"""The whole week as one mixed-integer program for HiGHS: the baseline, the best-known plans, and a second proof.

Written from the definition of the problem and sharing nothing with the engine. Integer "delta" form: a chosen option
serves its fewest quarters plus a number of steps.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from script.support.planner.reading import (
    BEFORE_WEIGHT,
    DEVIATION_WEIGHT,
    EATEN_AGAIN,
    EATEN_AGAIN_BATCH,
    FAT_MARGIN,
    LIKE_MEALS,
    LIKE_NEXT_DAY,
    LIKE_SNACKS,
    MARGIN,
    PROTEIN_FREE_SHARE,
    PROTEIN_WEIGHT,
    SAME_FAMILY,
    Option,
    Reading,
    before_bounds,
    is_before,
    single_food,
    starches_and_proteins,
    stock_worth,
)

INF = math.inf
Member = tuple[str, str | None]
MEALS, SNACKS = ("lunch", "dinner"), ("snack", "pre", "post")


@dataclass(frozen=True)
class Answer:
    """What HiGHS says: status, objective and bound (None without), items as (date, slot, index, dish, quarters,
    source date or None), seconds, and when its first and each better plan was found."""

    status: str
    objective: float | None
    bound: float | None
    items: tuple[tuple[Any, ...], ...]
    seconds: float
    found: tuple[tuple[float, float], ...] = ()


class WeekModel:
    """Rows and variables of a problem. Fiber and sodium hold hard unless `waived`, the protein cap too.

    `members` None: every requirement. A set: only these are in force, each may be missed at a cost, and nothing else
    costs anything: the least total miss is above zero exactly when they cannot hold together.
    """

    def __init__(
        self, problem: Any, *, members: Iterable[Member] | None = None, waived: frozenset[str] = frozenset()
    ) -> None:
        self.proof = members is not None
        self.members = frozenset(members or ())
        self.waived = waived
        self.reading = Reading(problem, loose=self.proof)
        self.problem, self.days, self.dishes = problem, self.reading.days, self.reading.dishes
        self.cost: list[float] = []
        self.top: list[float] = []
        self.whole: list[bool] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.cells: list[tuple[int, int, float]] = []
        self.chosen: list[int] = []
        self.steps: list[int | None] = []
        price = self.reading.price_per_milli
        for option in self.reading.options:
            dish = self.dishes[option.dish]
            each = price * (dish.cost_milli or 0)
            self.chosen.append(self._variable(option.fixed_cost + each * option.low, 1.0, whole=True))
            room = (option.high - option.low) // option.step
            self.steps.append(self._variable(each * option.step, room, whole=True) if room else None)
            if room:
                self._row(-INF, 0.0, [(self.steps[-1] or 0, 1.0), (self.chosen[-1], -float(room))])
        self._slot_rows()
        for number in range(len(self.days)):
            self._day_rows(number)
        self._week_rows()
        self._leftover_rows()
        if not self.proof:
            self._taste_rows()

    def _variable(self, cost: float, top: float, *, whole: bool = False) -> int:
        self.cost.append(0.0 if self.proof else cost)
        self.top.append(top)
        self.whole.append(whole)
        return len(self.cost) - 1

    def _row(self, low: float, high: float, cells: Iterable[tuple[int, float]], member: Member | None = None) -> None:
        row = len(self.low)
        cells = list(cells)
        if self.proof and member is not None:
            for sign, wanted in ((1.0, low > -INF), (-1.0, high < INF)):
                if wanted:
                    slack = self._variable(0.0, INF)
                    self.cost[slack] = 1.0
                    cells.append((slack, sign))
        self.low.append(low)
        self.high.append(high)
        self.cells.extend((row, column, value) for column, value in cells if value)

    def _holds(self, kind: str, key: str | None) -> bool:
        return not self.proof or (kind, key) in self.members

    def _options(self, **wanted: Any) -> list[int]:
        found = []
        for number, option in enumerate(self.reading.options):
            meals = self.reading.groups[option.group]
            if wanted.get("day") in (None, meals.day) and ("slot" not in wanted or meals.slot in wanted["slot"]):
                found.append(number)
        return found

    def _amount(self, numbers: Iterable[int], per_quarter: Any) -> list[tuple[int, float]]:
        """Cells of a sum of quarters times an amount per quarter of each option."""
        cells: list[tuple[int, float]] = []
        for number in numbers:
            option, value = self.reading.options[number], per_quarter(self.reading.options[number])
            cells.append((self.chosen[number], value * option.low))
            step = self.steps[number]
            if step is not None:
                cells.append((step, value * option.step))
        return cells

    def _slot_rows(self) -> None:
        groups: list[list[tuple[int, float]]] = [[] for _ in self.reading.groups]
        per_slot: dict[tuple[int, str, str], list[tuple[int, float]]] = {}
        for number, option in enumerate(self.reading.options):
            meals = self.reading.groups[option.group]
            groups[option.group].append((self.chosen[number], 1.0))
            family = self.dishes[option.dish].family
            per_slot.setdefault((meals.day, meals.slot, family), []).append((self.chosen[number], 1.0))
        for meals, cells in zip(self.reading.groups, groups, strict=True):
            self._row(len(meals.needs), len(meals.needs), cells)
        for cells in per_slot.values():
            if len(cells) > 1 or not self.proof:
                self._row(-INF, 1.0, cells)

    def _day_rows(self, number: int) -> None:
        day, here = self.days[number], self._options(day=number)
        sign = -1.0 if self.proof else 1.0

        def nutrient(row: int) -> Any:
            return lambda option: float(self.dishes[option.dish].per_quarter[row] or 0)

        for kind, row, target, tolerance in (
            ("energy", 0, day.energy_kcal, day.energy_tolerance),
            ("carbs", 2, day.carbs_g, day.carbs_tolerance),
        ):
            if not self._holds(kind, day.date):
                continue
            scale = 100.0 * target
            cells = self._amount(here, lambda option, row=row, scale=scale: nutrient(row)(option) / scale)
            band = tolerance - sign * MARGIN / scale
            if self.proof:
                self._row(1.0 - band, 1.0 + band, cells, (kind, day.date))
                continue
            over = self._variable(DEVIATION_WEIGHT / tolerance, band)
            short = self._variable(DEVIATION_WEIGHT / tolerance, band)
            self._row(1.0, 1.0, [*cells, (over, -1.0), (short, 1.0)])
        self._protein_rows(day, here, nutrient(1), sign)
        if not self.proof:
            self._before_rows(day, here, nutrient(2))
        scale = 100.0 * day.energy_kcal
        floor = day.fat_floor_fraction
        fat = [(c, v / scale) for c, v in self._amount(here, lambda o: 9 * nutrient(3)(o) - floor * nutrient(0)(o))]
        if self._holds("fat", day.date):
            self._row(sign * FAT_MARGIN / scale, INF, fat, ("fat", day.date))
        for kind, row, low, high in (
            ("fiber", 4, day.fiber_lo, day.fiber_hi),
            ("sodium", 5, day.sodium_lo, day.sodium_hi),
        ):
            if self.proof or kind in self.waived or (low is None and high is None):
                continue
            scale = 100.0 * (high or low or 1.0)
            cells = self._amount(here, lambda option, row=row, scale=scale: nutrient(row)(option) / scale)
            least = -INF if low is None else (100.0 * low + MARGIN) / scale
            most = INF if high is None else (100.0 * high - MARGIN) / scale
            self._row(least, most, cells)
        if day.prep_minutes is not None and self._holds("prep", day.date):
            scale = max(1.0, day.prep_minutes)
            cells = [(self.chosen[n], self.reading.options[n].minutes / scale) for n in here]
            self._row(-INF, day.prep_minutes / scale, cells, ("prep", day.date))

    def _before_rows(self, day: Any, here: list[int], carbs: Any) -> None:
        groups = self.reading.groups
        for wanted in day.before:
            scale, (low, high) = max(100.0 * wanted.carbs_lo, 100.0), before_bounds(wanted)
            ahead = [n for n in here if is_before(wanted, groups[self.reading.options[n].group].needs[0])]
            cells = self._amount(ahead, lambda option, scale=scale: carbs(option) / scale)
            over, short = self._variable(BEFORE_WEIGHT, INF), self._variable(BEFORE_WEIGHT, INF)
            self._row(low / scale, high / scale, [*cells, (over, -1.0), (short, 1.0)])

    def _protein_rows(self, day: Any, here: list[int], protein: Any, sign: float) -> None:
        scale = 100.0 * day.protein_g
        cells = self._amount(here, lambda option: protein(option) / scale)
        if self._holds("protein", day.date):
            self._row(1.0 + sign * MARGIN / scale, INF, cells, ("protein", day.date))
        factor = day.protein_cap_factor * (1.5 if self.proof or "protein_cap" in self.waived else 1.0)
        if self._holds("protein_cap", day.date):
            self._row(-INF, factor - sign * MARGIN / scale, cells, ("protein_cap", day.date))
        if not self.proof:
            above = self._variable(PROTEIN_WEIGHT, INF)
            self._row(-INF, PROTEIN_FREE_SHARE, [*cells, (above, -1.0)])

    def _week_rows(self) -> None:
        rules, budget = self.problem.rules, self.problem.budget_milli
        everything = range(len(self.reading.options))
        if budget is not None and self._holds("budget", None):
            meals = sum(len(meals.needs) for meals in self.reading.groups)
            room = 5.0 * meals if self.proof else -min(50.0, 0.001 * budget)
            scale = max(1.0, float(budget))
            cells = self._amount(everything, lambda option: (self.dishes[option.dish].cost_milli or 0) / scale)
            self._row(-INF, (budget + room) / scale, cells, ("budget", None))
        repeats: dict[tuple[int, str], list[tuple[int, float]]] = {}
        evenings: dict[tuple[int, str], list[tuple[int, float]]] = {}
        for number, option in enumerate(self.reading.options):
            meals, family = self.reading.groups[option.group], self.dishes[option.dish].family
            if option.counted:
                repeats.setdefault((self.reading.week(meals.day), family), []).append((self.chosen[number], 1.0))
            if meals.slot == "dinner":
                evenings.setdefault((meals.day, family), []).append((self.chosen[number], 1.0))
        if self._holds("repeats", None):
            for cells in repeats.values():
                if len(cells) > rules.max_repeats_per_week:
                    self._row(-INF, rules.max_repeats_per_week, cells, ("repeats", None))
        if rules.adjacent_dinner and self._holds("adjacent", None):
            for (day, family), cells in evenings.items():
                later = evenings.get((day + 1, family))
                if later and self.reading.ordinals[day + 1] == self.reading.ordinals[day] + 1:
                    self._row(-INF, 1.0, [*cells, *later], ("adjacent", None))
        for tag in sorted({*rules.weekly_max, *rules.weekly_min}):
            for week in sorted({self.reading.week(day) for day in range(len(self.days))}):
                cells = [
                    (self.chosen[number], 1.0)
                    for number, option in enumerate(self.reading.options)
                    if tag in self.dishes[option.dish].tags
                    and self.reading.week(self.reading.groups[option.group].day) == week
                ]
                most, least = rules.weekly_max.get(tag), rules.weekly_min.get(tag)
                if most is not None and self._holds("weekly_max", tag):
                    self._row(-INF, most, cells, ("weekly_max", tag))
                if least is not None and week < self.reading.whole_weeks() and self._holds("weekly_min", tag):
                    self._row(least, INF, cells, ("weekly_min", tag))

    def _leftover_rows(self) -> None:
        eaten: dict[tuple[int, int], list[tuple[int, float]]] = {}
        cooked: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for number, option in enumerate(self.reading.options):
            meals = self.reading.groups[option.group]
            if option.source is not None:
                eaten.setdefault((option.source, option.dish), []).append((self.chosen[number], 1.0))
            elif meals.slot == "dinner":
                uses = EATEN_AGAIN_BATCH if self.days[meals.day].batch else EATEN_AGAIN
                cooked.setdefault((meals.day, option.dish), []).append((self.chosen[number], -float(uses)))
        for key, cells in eaten.items():
            self._row(-INF, 0.0, [*cells, *cooked.get(key, [])])

    def _taste_rows(self) -> None:
        """The terms about two meals at once, and the credit for stock."""
        families: dict[tuple[int, str], list[tuple[int, float]]] = {}
        starches: dict[tuple[int, str, str], list[tuple[int, float]]] = {}
        foods: dict[tuple[int, str], list[tuple[int, float]]] = {}
        for number, option in enumerate(self.reading.options):
            meals, dish = self.reading.groups[option.group], self.dishes[option.dish]
            cell = (self.chosen[number], 1.0)
            if meals.slot != "during":
                families.setdefault((meals.day, dish.family), []).append(cell)
            if meals.slot in MEALS:
                for tag in starches_and_proteins(dish):
                    starches.setdefault((meals.day, meals.slot, tag), []).append(cell)
            if meals.slot in SNACKS:
                for food in single_food(dish):
                    foods.setdefault((meals.day, food), []).append(cell)
        for cells in families.values():
            self._charge_beyond(cells, 1, SAME_FAMILY)
        for (day, slot, tag), cells in starches.items():
            if slot == "lunch":
                other = starches.get((day, "dinner", tag), [])
                self._charge_pairs([*cells, *other], 2, LIKE_MEALS)
            later = starches.get((day + 1, slot, tag))
            if later and self.reading.ordinals[day + 1] == self.reading.ordinals[day] + 1:
                self._charge_pairs([*cells, *later], 2, LIKE_NEXT_DAY)
        for (day, _), cells in foods.items():
            meals_there = sum(len(g.needs) for g in self.reading.groups if g.day == day and g.slot in SNACKS)
            self._charge_pairs(cells, meals_there, LIKE_SNACKS)
        for food, (amount, points) in stock_worth(self.problem).items():
            credit = self._variable(-points, 1.0)
            usable = [n for n, option in enumerate(self.reading.options) if option.from_stock]

            def use(option: Option, food: str = food, amount: float = amount) -> float:
                return -dict(self.dishes[option.dish].stock_use).get(food, 0) / amount

            self._row(-INF, 0.0, [(credit, 1.0), *self._amount(usable, use)])

    def _charge_beyond(self, cells: list[tuple[int, float]], free: int, weight: float) -> None:
        if len(cells) > free:
            extra = self._variable(weight, INF)
            self._row(-INF, free, [*cells, (extra, -1.0)])

    def _charge_pairs(self, cells: list[tuple[int, float]], most: int, weight: float) -> None:
        """k (k - 1) / 2 pairs among k meals, as the lines that touch it at whole numbers."""
        if len(cells) < 2 or most < 2:
            return
        pairs = self._variable(weight, INF)
        for count in range(1, most):
            line = [(column, count * value) for column, value in cells]
            self._row(-INF, count * (count + 1) / 2, [*line, (pairs, -1.0)])

    def solve(self, *, seconds: float, integer: bool = True, until: float | None = None) -> Answer:
        """Run HiGHS on one thread. `until`: stop as soon as a plan at least this good is found."""
        import highspy

        rows = np.array([cell[0] for cell in self.cells], dtype=np.int64)
        columns = np.array([cell[1] for cell in self.cells], dtype=np.int64)
        values = np.array([cell[2] for cell in self.cells], dtype=np.float64)
        order = np.lexsort((rows, columns))
        rows, columns, values = rows[order], columns[order], values[order]
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self.cost), len(self.low)
        program.col_cost_, program.col_lower_ = np.array(self.cost), np.zeros(len(self.cost))
        program.col_upper_ = np.array(self.top)
        program.row_lower_, program.row_upper_ = np.array(self.low), np.array(self.high)
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        counts = np.bincount(columns, minlength=len(self.cost))
        program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        program.a_matrix_.index_, program.a_matrix_.value_ = rows.astype(np.int32), values
        if integer:
            kinds = highspy.HighsVarType
            program.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self.whole]
        solver = highspy.Highs()
        settings = {"output_flag": False, "threads": 1, "random_seed": 0, "time_limit": seconds}
        if until is not None:
            settings["objective_target"] = until
        for name, value in settings.items():
            solver.setOptionValue(name, value)
        solver.passModel(program)
        started, found = time.monotonic(), []
        if integer:
            solver.cbMipImprovingSolution.subscribe(
                lambda event: found.append((time.monotonic() - started, event.data_out.objective_function_value))
            )
        solver.run()
        info, took = solver.getInfo(), time.monotonic() - started
        status = solver.modelStatusToString(solver.getModelStatus())
        solved = math.isfinite(info.objective_function_value) and (bool(found) or not integer or "Optimal" in status)
        values = np.array(solver.getSolution().col_value)
        return Answer(
            status=status,
            objective=float(info.objective_function_value) if solved else None,
            bound=float(info.mip_dual_bound) if integer else None,
            items=self._items(values) if integer and solved else (),
            seconds=took,
            found=tuple(found),
        )

    def _items(self, values: Any) -> tuple[tuple[Any, ...], ...]:
        by_group: dict[int, list[tuple[Any, ...]]] = {}
        for number, option in enumerate(self.reading.options):
            if values[self.chosen[number]] > 0.5:
                step = self.steps[number]
                quarters = option.low + (0 if step is None else option.step * round(values[step]))
                source = None if option.source is None else self.days[option.source].date
                key = self.dishes[option.dish].key
                by_group.setdefault(option.group, []).append((key, quarters, source))
        items = []
        for group, choices in sorted(by_group.items()):
            meals = self.reading.groups[group]
            for need, (key, quarters, source) in zip(meals.needs, sorted(choices, key=str), strict=True):
                items.append((self.days[meals.day].date, need.slot, need.index, key, quarters, source))
        return tuple(items)


def least_miss(problem: Any, members: Iterable[Member], *, seconds: float = 20.0) -> float | None:
    """By how much these requirements must be missed in all, even with fractions of dishes; None without an answer.

    Above a rounding error they are impossible together. Infinite when a meal has too few dishes to choose from.
    """
    model = WeekModel(problem, members=members)
    for number, meals in enumerate(model.reading.groups):
        families = {model.dishes[o.dish].family for o in model.reading.options if o.group == number}
        if len(families) < len(meals.needs):
            return INF
    answer = model.solve(seconds=seconds, integer=False)
    if "Infeasible" in answer.status:
        return INF
    return answer.objective if answer.status == "Optimal" else None
