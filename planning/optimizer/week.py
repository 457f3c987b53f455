"""A plan under construction: one option per meal, the sums the moves need, and the measure that ranks plans."""

from __future__ import annotations

import numpy as np

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.limits import (
    CARBS,
    DEVIATION_WEIGHT,
    ENERGY,
    PROTEIN,
    PROTEIN_PULL,
    PROTEIN_WEIGHT,
    DayLimits,
    Ints,
    excess,
)
from planning.optimizer.options import Choices, Position
from planning.optimizer.relaxation import DINNER, DURING
from planning.optimizer.variety import MEALS, NEXT_DAY_MEALS

SAME_DAY = 0.5
BUDGET_FACTOR = 7.0
BUDGET_MARGIN_MILLI = 50.0
PENALTIES = (60.0, 240.0, 960.0)


class Week:
    """A plan under construction. `measure` is exact; everything the moves estimate is judged by it in the end."""

    def __init__(self, columns: Columns, limits: tuple[DayLimits, ...], choices: Choices, tags: list[str]):
        self.columns, self.limits = columns, limits
        self.positions, self.likeness = choices.positions, choices.likeness
        rules = columns.problem.rules
        self.cap = rules.max_repeats_per_week
        self.adjacent = rules.adjacent_dinner
        self.budget = columns.problem.budget_milli
        self.worth = columns.stock.worth
        self.block_of = [columns.block(number) for number in range(len(columns.days))]
        self.blocks = self.block_of[-1] + 1
        self.of_day: list[list[int]] = [[] for _ in columns.days]
        self.dinners: list[list[int]] = [[] for _ in columns.days]
        self.eaters: list[list[int]] = [[] for _ in columns.days]
        for position in self.positions:
            self.of_day[position.day].append(position.number)
            if position.slot == DINNER:
                self.dinners[position.day].append(position.number)
            for source in position.sources:
                self.eaters[source].append(position.number)
        self.most = np.array([rules.weekly_max.get(tag, 10**6) for tag in tags], dtype=np.float64)
        least = np.array([rules.weekly_min.get(tag, 0) for tag in tags], dtype=np.float64)
        self.least = [least if block < columns.full_blocks else 0.0 * least for block in range(self.blocks)]
        self.day_after = {
            number: number + 1
            for number in range(len(columns.days) - 1)
            if columns.ordinals[number + 1] - columns.ordinals[number] == 1
        }
        self.day_before = {after: day for day, after in self.day_after.items()}
        self.penalty = PENALTIES[0]
        self._meeting: dict[tuple[int, int], bool] = {}
        self._sharing: dict[tuple[int, int], Ints] = {}
        self._measured: dict[tuple[int, ...], tuple[float, float]] = {}
        self.reset([0] * len(self.positions))

    def reset(self, choice: list[int]) -> None:
        """Take over a whole plan and recompute every sum."""
        self.choice = list(choice)
        self.counts = np.zeros((self.blocks, len(self.columns.families)), dtype=np.int64)
        self.tag_counts = np.zeros((self.blocks, len(self.most)))
        self.used = np.zeros(len(self.worth))
        self.cost = 0.0
        for position in self.positions:
            self._count(position, self.choice[position.number], 1)

    def _count(self, position: Position, option: int, sign: int) -> None:
        block = self.block_of[position.day]
        if position.counted[option]:
            self.counts[block, position.family[option]] += sign
        if len(self.most):
            self.tag_counts[block] += sign * position.tags[:, option]
        if len(self.worth):
            self.used += sign * position.stock[option]
        self.cost += sign * float(position.cost[option])

    def put(self, number: int, option: int) -> None:
        position = self.positions[number]
        self._count(position, self.choice[number], -1)
        self.choice[number] = option
        self._count(position, option, 1)

    def family_at(self, number: int) -> int:
        return int(self.positions[number].family[self.choice[number]])

    def may_meet(self, first: int, second: int) -> bool:
        """Whether two meals have any dish family in common."""
        key = (first, second)
        if key not in self._meeting:
            one, two = self.positions[first], self.positions[second]
            self._meeting[key] = not set(one.family.tolist()).isdisjoint(two.family.tolist())
        return self._meeting[key]

    def both_use(self, first: int, second: int) -> Ints:
        """Stocked foods that some option of either meal takes from."""
        key = (first, second)
        if key not in self._sharing:
            one, two = self.positions[first].most_stock, self.positions[second].most_stock
            self._sharing[key] = np.flatnonzero((one > 0) & (two > 0))
        return self._sharing[key]

    def source_at(self, number: int) -> tuple[int, int]:
        """(day of the dinner a meal is a leftover of, or NO_SOURCE; dish)."""
        position, option = self.positions[number], self.choice[number]
        return int(position.source[option]), int(position.dish[option])

    def cooked_on(self, day: int) -> set[int]:
        """Dishes freshly cooked for dinner on a day."""
        found = (self.source_at(number) for number in self.dinners[day])
        return {dish for source, dish in found if source == NO_SOURCE}

    def users_of(self, day: int, dish: int) -> list[int]:
        """Meals that eat a leftover of this dish from the dinner of this day."""
        return [number for number in self.eaters[day] if self.source_at(number) == (day, dish)]

    def spendable(self) -> float:
        """The budget less what rounding prices to a quarter serving may hide."""
        return max(0.0, float(self.budget or 0) - min(BUDGET_MARGIN_MILLI, 0.001 * float(self.budget or 0)))

    def measure(self) -> tuple[float, float]:
        """(violation, objective) of the whole plan, from exact sums."""
        violation, objective = self._week_violation(), self._week_objective()
        for day, numbers in enumerate(self.of_day):
            key = (day, *(self.choice[number] for number in numbers))
            known = self._measured.get(key)
            if known is None:
                known = self._measured[key] = self._measure_day(day)
            violation += known[0]
            objective += known[1]
        return violation, objective

    def _measure_day(self, day: int) -> tuple[float, float]:
        limits, violation, objective = self.limits[day], 0.0, 0.0
        sums = np.zeros(len(limits.low))
        families: list[tuple[int, int]] = []
        numbers = self.of_day[day]
        for number in numbers:
            position, option = self.positions[number], self.choice[number]
            sums += position.raw[:, option]
            objective += float(position.objective[option])
            if position.slot != DURING:
                families.append((position.slot, int(position.family[option])))
            else:
                families.append((DURING, -2 - int(position.family[option])))
        outside = excess(sums, limits)
        for row, price in limits.prices.items():
            objective += price * float(outside[row])
            outside[row] = 0.0
        violation += float(outside.sum())
        objective += DEVIATION_WEIGHT * (
            abs(sums[ENERGY] / limits.energy_target - 1) / limits.energy_tolerance
            + abs(sums[CARBS] / limits.carbs_target - 1) / limits.carbs_tolerance
        )
        objective += PROTEIN_WEIGHT * max(0.0, sums[PROTEIN] / limits.scale[PROTEIN] - PROTEIN_PULL)
        violation += len(families) - len(set(families))
        objective += SAME_DAY * (len(set(families)) - len({name for _, name in families}))
        for place, number in enumerate(numbers):
            one = self.positions[number]
            for other in numbers[place + 1 :]:
                two = self.positions[other]
                table, weight = self.likeness.same_day(one.slot, two.slot)
                if table is not None:
                    objective += weight * float(table[one.alike[self.choice[number]], two.alike[self.choice[other]]])
        return violation, float(objective)

    def _week_objective(self) -> float:
        total = 0.0
        table = self.likeness.meals
        if table is not None:
            for day, after in self.day_after.items():
                for number in self.of_day[day]:
                    one = self.positions[number]
                    if one.slot not in MEALS:
                        continue
                    for other in self.of_day[after]:
                        two = self.positions[other]
                        if two.slot == one.slot:
                            alike = table[one.alike[self.choice[number]], two.alike[self.choice[other]]]
                            total += NEXT_DAY_MEALS * float(alike)
        if len(self.worth):
            total -= float(self.worth @ np.minimum(self.used, 1.0))
        return total

    def _week_violation(self) -> float:
        total = float(np.maximum(self.counts - self.cap, 0).sum())
        if len(self.most):
            total += float(np.maximum(self.tag_counts - self.most, 0).sum())
            total += float(np.maximum(np.array(self.least) - self.tag_counts, 0).sum())
        if self.budget is not None:
            total += BUDGET_FACTOR * max(0.0, self.cost - self.spendable()) / max(float(self.budget), 1.0)
        if self.adjacent:
            evenings = [{self.family_at(number) for number in numbers} for numbers in self.dinners]
            total += sum(len(evenings[day] & evenings[after]) for day, after in self.day_after.items())
        for day, eaters in enumerate(self.eaters):
            users: dict[int, int] = {}
            for number in eaters:
                source, dish = self.source_at(number)
                if source == day:
                    users[dish] = users.get(dish, 0) + 1
            if users:
                cooked, most = self.cooked_on(day), int(self.columns.uses[day])
                for dish, count in users.items():
                    total += count if dish not in cooked else max(0, count - most)
        return total
