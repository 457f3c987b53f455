"""A plan under construction: its sums, its measure, and the table of what each pair of choices would be worth."""

from __future__ import annotations

import numpy as np

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.limits import CARBS, ENERGY, SOFT_WEIGHT, DayLimits, excess
from planning.optimizer.options import Position, Single
from planning.optimizer.relaxation import DEVIATION_WEIGHT, DINNER, DURING

FORBIDDEN = np.float32(1e6)
SAME_DAY = 0.5
BUDGET_FACTOR = 7.0
BUDGET_MARGIN_MILLI = 50.0
PENALTIES = (60.0, 240.0, 960.0)


class Week:
    """A plan under construction: one option per position, with the sums the moves need."""

    def __init__(self, columns: Columns, limits: tuple[DayLimits, ...], positions: list[Position], tags: list[str]):
        self.columns, self.limits, self.positions = columns, limits, positions
        rules = columns.problem.rules
        self.cap = rules.max_repeats_per_week
        self.adjacent = rules.adjacent_dinner
        self.budget = columns.problem.budget_milli
        self.block_of = [columns.block(number) for number in range(len(columns.days))]
        self.of_day: list[list[int]] = [[] for _ in columns.days]
        for position in positions:
            self.of_day[position.day].append(position.number)
        blocks = self.block_of[-1] + 1
        self.most = [rules.weekly_max.get(tag, 10**6) for tag in tags]
        self.least = [
            [rules.weekly_min.get(tag, 0) if block < columns.full_blocks else 0 for tag in tags]
            for block in range(blocks)
        ]
        self.choice = [0] * len(positions)
        self.day_after = {
            number: number + 1
            for number in range(len(columns.days) - 1)
            if columns.ordinals[number + 1] - columns.ordinals[number] == 1
        }
        self.blocks = blocks
        self.penalty = PENALTIES[0]
        self._same: dict[tuple[int, int], np.ndarray | None] = {}
        self.reset(self.choice)

    def reset(self, choice: list[int]) -> None:
        """Take over a whole plan and recompute every sum."""
        self.choice = list(choice)
        self.counts = np.zeros((self.blocks, len(self.columns.families)), dtype=np.int64)
        self.tag_counts = np.zeros((self.blocks, len(self.most)))
        self.cost = 0.0
        for position in self.positions:
            self._count(position, self.choice[position.number], 1)

    def _count(self, position: Position, option: int, sign: int) -> None:
        block = self.block_of[position.day]
        if position.slot != DURING:
            self.counts[block, position.family[option]] += sign
        if self.most:
            self.tag_counts[block] += sign * position.tags[:, option]
        self.cost += sign * float(position.cost[option])

    def put(self, number: int, option: int) -> None:
        position = self.positions[number]
        self._count(position, self.choice[number], -1)
        self.choice[number] = option
        self._count(position, option, 1)

    def family_at(self, number: int) -> int:
        return int(self.positions[number].family[self.choice[number]])

    def cook_of(self, number: int) -> int | None:
        """The dinner position that a leftover at `number` was cooked at, if that dinner cooks its dish."""
        position, option = self.positions[number], self.choice[number]
        source, dish = int(position.source[option]), int(position.dish[option])
        if source == NO_SOURCE:
            return None
        for other in self.of_day[source]:
            place = self.positions[other]
            at = self.choice[other]
            if place.slot == DINNER and place.source[at] == NO_SOURCE and place.dish[at] == dish:
                return other
        return None

    def user_of(self, number: int) -> int | None:
        """The position that eats the leftover of the dinner at `number`, if any."""
        position, option = self.positions[number], self.choice[number]
        if position.slot != DINNER or position.source[option] != NO_SOURCE:
            return None
        dish = position.dish[option]
        for day in (position.day + 1, position.day + 2):
            for other in self.of_day[day] if day < len(self.of_day) else ():
                place, at = self.positions[other], self.choice[other]
                if place.source[at] == position.day and place.dish[at] == dish:
                    return other
        for place in self.positions:
            at = self.choice[place.number]
            if place.fixed and place.source[at] == position.day and place.dish[at] == dish:
                return place.number
        return None

    def measure(self) -> tuple[float, float]:
        """(violation, objective) of the whole plan, from exact sums."""
        violation = objective = 0.0
        for day, limits in enumerate(self.limits):
            sums = np.zeros(7)
            families: list[tuple[int, int]] = []
            for number in self.of_day[day]:
                position, option = self.positions[number], self.choice[number]
                sums += position.raw[:, option]
                objective += float(position.objective[option])
                if position.slot != DURING:
                    families.append((position.slot, int(position.family[option])))
                else:
                    families.append((DURING, -2 - int(position.family[option])))
            outside = excess(sums, limits)
            for row in limits.soft:
                objective += SOFT_WEIGHT * float(outside[row])
                outside[row] = 0.0
            violation += float(outside.sum())
            objective += DEVIATION_WEIGHT * (
                abs(sums[ENERGY] / limits.energy_target - 1) / limits.energy_tolerance
                + abs(sums[CARBS] / limits.carbs_target - 1) / limits.carbs_tolerance
            )
            violation += len(families) - len(set(families))
            objective += SAME_DAY * (len(set(families)) - len({name for _, name in families}))
        return violation + self._week_violation(), objective

    def _week_violation(self) -> float:
        total = float(np.maximum(self.counts - self.cap, 0).sum())
        if self.most:
            total += float(np.maximum(self.tag_counts - np.array(self.most), 0).sum())
            total += float(np.maximum(np.array(self.least) - self.tag_counts, 0).sum())
        if self.budget is not None:
            total += BUDGET_FACTOR * max(0.0, self.cost - self.spendable()) / max(float(self.budget), 1.0)
        if self.adjacent:
            for day, after in self.day_after.items():
                total += len(self._dinners(day) & self._dinners(after))
        users: set[tuple[int, int]] = set()
        for position in self.positions:
            option = self.choice[position.number]
            source = int(position.source[option])
            if source != NO_SOURCE:
                key = (source, int(position.dish[option]))
                total += 1.0 if self.cook_of(position.number) is None or key in users else 0.0
                users.add(key)
        return total

    def spendable(self) -> float:
        """The budget less what rounding prices to a quarter serving may hide."""
        return max(0.0, float(self.budget or 0) - min(BUDGET_MARGIN_MILLI, 0.001 * float(self.budget or 0)))

    def _dinners(self, day: int) -> set[int]:
        return {self.family_at(number) for number in self.of_day[day] if self.positions[number].slot == DINNER}

    def option_cost(self, number: int, without: tuple[int, ...]) -> Single:
        """Objective plus penalties of each option that do not depend on the day's sums.

        `without` are the positions being re-chosen together; the counts must exclude them already.
        """
        position = self.positions[number]
        block = self.block_of[position.day]
        out = position.objective.copy()
        penalty = self.penalty
        if position.slot != DURING:
            out += np.float32(penalty) * (self.counts[block][position.family] >= self.cap)
        for row, most in enumerate(self.most):
            count = self.tag_counts[block, row]
            step = max(0.0, count + 1 - most) - max(0.0, count - most)
            step += max(0.0, self.least[block][row] - count - 1) - max(0.0, self.least[block][row] - count)
            if step:
                out += np.float32(penalty * step) * position.tags[row]
        for other in self.of_day[position.day]:
            if other in without:
                continue
            place = self.positions[other]
            if place.slot == position.slot:
                out += np.float32(penalty) * (position.family == self.family_at(other))
            elif DURING not in (place.slot, position.slot):
                out += np.float32(SAME_DAY) * (position.family == self.family_at(other))
        if position.slot == DINNER and self.adjacent:
            for day in (position.day - 1, position.day + 1):
                if self.day_after.get(min(day, position.day)) == max(day, position.day):
                    for family in sorted(self._dinners(day)):
                        out += np.float32(penalty) * (position.family == family)
        self._forbid(position, out)
        return out

    def _forbid(self, position: Position, out: Single) -> None:
        number = position.number
        user = self.user_of(number)
        if user is not None:
            keep = (position.dish == position.dish[self.choice[number]]) & (position.source == NO_SOURCE)
            out[~keep] = FORBIDDEN
            return
        open_dishes: dict[int, set[int]] = {}
        for source in {int(value) for value in np.unique(position.source)} - {NO_SOURCE}:
            open_dishes[source] = {
                int(self.positions[other].dish[self.choice[other]])
                for other in self.of_day[source]
                if self.positions[other].slot == DINNER
                and self.positions[other].source[self.choice[other]] == NO_SOURCE
                and self.user_of(other) in (None, number)
            }
        for source, dishes in open_dishes.items():
            bad = (position.source == source) & ~np.isin(position.dish, sorted(dishes))
            out[bad] = FORBIDDEN

    def base(self, day: int, without: tuple[int, ...]) -> Single:
        """Scaled sums of the other meals of the day."""
        sums = np.zeros(7)
        for number in self.of_day[day]:
            if number not in without:
                sums += self.positions[number].raw[:, self.choice[number]]
        return (sums / self.limits[day].scale).astype(np.float32)

    def same_family(self, first: int, second: int) -> Single | None:
        """1 where two positions' options share a family; None when none do."""
        key = (first, second)
        if key not in self._same:
            one, two = self.positions[first], self.positions[second]
            table = None
            if DURING not in (one.slot, two.slot) or one.slot == two.slot:
                equal = one.family[:, None] == two.family[None, :]
                table = equal.astype(np.float32) if equal.any() else None
            self._same[key] = table
        return self._same[key]

    def pair_table(self, first: int, second: int | None) -> tuple[Single, float]:
        """Steering value of every option (pair), and of the present choice. Leaves the plan unchanged."""
        one = self.positions[first]
        numbers = (first,) if second is None else (first, second)
        for number in numbers:
            self._count(self.positions[number], self.choice[number], -1)
        base = self.base(one.day, numbers)
        limits = self.limits[one.day]
        table = self.option_cost(first, numbers)[:, None]
        cost = np.float32(self.cost) + one.cost[:, None]
        rows = (base[:, None] + one.rows)[:, :, None]
        if second is not None:
            two = self.positions[second]
            table = table + self.option_cost(second, numbers)[None, :]
            cost = cost + two.cost[None, :]
            self._add_pair_terms(table, first, second)
            parts: list[tuple[Single, Single | None]] = [(rows[row], two.rows[row][None, :]) for row in range(7)]
        else:
            parts = [(rows[row], None) for row in range(7)]
        for row in range(7):
            _charge(table, parts[row], row, limits, self.penalty)
        if self.budget is not None:
            scale = max(float(self.budget), 1.0)
            top = np.float32(self.spendable())
            if float(np.max(cost)) > top:
                over = np.maximum(cost - top, 0)
                over *= np.float32(BUDGET_FACTOR * self.penalty / scale)
                table += over
        for number in numbers:
            self._count(self.positions[number], self.choice[number], 1)
        at = 0 if second is None else self.choice[second]
        return table, float(table[self.choice[first], at])

    def _add_pair_terms(self, table: Single, first: int, second: int) -> None:
        one, two = self.positions[first], self.positions[second]
        block = self.block_of[one.day]
        same = self.same_family(first, second)
        if same is not None:
            if one.slot == two.slot:
                table += np.float32(self.penalty) * same
            else:
                table += np.float32(SAME_DAY) * same
                tight = (self.counts[block][one.family] == self.cap - 1).astype(np.float32)
                if tight.any():
                    table += np.float32(self.penalty) * same * tight[:, None]
        for row, most in enumerate(self.most):
            count, least = self.tag_counts[block, row], self.least[block][row]
            high = [max(0.0, count + step - most) + max(0.0, least - count - step) for step in range(3)]
            bend = high[2] - 2 * high[1] + high[0]
            if bend:
                table += np.float32(self.penalty * bend) * np.outer(one.tags[row], two.tags[row])


def _charge(table: Single, part: tuple[Single, Single | None], row: int, limits: DayLimits, penalty: float) -> None:
    left, right = part
    scale = limits.scale[row]
    low, high = limits.low[row] / scale, limits.high[row] / scale
    weight = SOFT_WEIGHT if row in limits.soft else penalty
    least = float(np.min(left)) + (0.0 if right is None else float(np.min(right)))
    most = float(np.max(left)) + (0.0 if right is None else float(np.max(right)))
    measured = row in (ENERGY, CARBS)
    if least >= low and most <= high and not measured:
        return
    values = left + np.float32(0) if right is None else left + right
    if measured:
        tolerance = limits.energy_tolerance if row == ENERGY else limits.carbs_tolerance
        values -= np.float32(1)
        np.abs(values, out=values)
        inside = np.float32(min(1 - low, high - 1) - 1e-6)
        table += values * np.float32(DEVIATION_WEIGHT / tolerance)
        values -= inside
        np.maximum(values, 0, out=values)
        values *= np.float32(weight)
        table += values
        return
    if least < low:
        short = np.float32(low + 1e-6) - values
        np.maximum(short, 0, out=short)
        short *= np.float32(weight)
        table += short
    if most > high:
        values -= np.float32(high - 1e-6)
        np.maximum(values, 0, out=values)
        values *= np.float32(weight)
        table += values
