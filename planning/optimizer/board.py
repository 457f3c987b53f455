"""One day of a plan laid out for moves: what each option, and each pair of options, of its meals would be worth.

A pair of meals has thousands of combinations. Those that energy and carbohydrate alone make no better than the present
one are dropped first; only what is left is measured in full. All omitted terms are costs, so nothing better is lost.
"""

from __future__ import annotations

import numpy as np

from planning.optimizer.columns import NO_SOURCE
from planning.optimizer.limits import (
    CARBS,
    ENERGY,
    PROTEIN_PULL,
    PROTEIN_WEIGHT,
    Floats,
    Ints,
)
from planning.optimizer.options import Flags, Position, rest_rows
from planning.optimizer.relaxation import DINNER, DURING
from planning.optimizer.variety import MEALS, NEXT_DAY_MEALS
from planning.optimizer.week import BUDGET_FACTOR, SAME_DAY, Week

FORBIDDEN = 1e6
BETTER = 1e-4
# Single precision and the safe side of every bound.
EPSILON = 1e-6
FIRST_LOOK = 48
ALL = slice(None)


class Board:
    """The moves of one day, the other days standing still."""

    def __init__(self, week: Week, day: int):
        self.week, self.day = week, day
        self.limits = week.limits[day]
        self.numbers = week.of_day[day]
        self.free = [number for number in self.numbers if not week.positions[number].fixed]
        self._bounds()
        self._counts_without_the_day()
        self.own = {number: self._own(week.positions[number]) for number in self.free}
        self.cross: dict[tuple[int, int], Floats | None] = {}
        self.total: dict[int, Floats] = {}
        for number in self.free:
            self._relate(number)
        self.sums = np.zeros(len(self.limits.low))
        for number in self.numbers:
            self.sums += week.positions[number].rows[:, week.choice[number]]
        self.stands: float | None = None
        self.changed = dict.fromkeys(self.numbers, 0)
        self.tried: dict[tuple[int, int], int] = {}
        self.tick = 0

    def _bounds(self) -> None:
        limits, penalty = self.limits, self.week.penalty
        low, high = limits.low / limits.scale, limits.high / limits.scale
        self.others = rest_rows(limits)
        self.low, self.high = low[self.others, None] + EPSILON, high[self.others, None] - EPSILON
        self.weights = np.array([limits.prices.get(row, penalty) for row in self.others])
        self.center = np.array([limits.energy_weight, limits.carbs_weight])
        inside = np.array([min(1 - low[row], high[row] - 1) - EPSILON for row in (ENERGY, CARBS)])
        # A deviation u, in what it costs, costs max(u, steep u - start): the second once it leaves the tolerance.
        self.steep = [float(1 + penalty / weight) for weight in self.center]
        self.start = [float(penalty * edge) for edge in inside]

    def _counts_without_the_day(self) -> None:
        week = self.week
        block = week.block_of[self.day]
        counts, tags, used = week.counts[block].copy(), week.tag_counts[block].copy(), week.used.copy()
        for number in self.numbers:
            position, option = week.positions[number], week.choice[number]
            if position.counted[option]:
                counts[position.family[option]] -= 1
            if len(tags):
                tags -= position.tags[:, option]
            if len(used):
                used -= position.stock[option]
        self.full, self.edge = counts >= week.cap, counts == week.cap - 1
        self.any_edge = bool(self.edge.any())
        self.left = np.maximum(0.0, 1.0 - used)
        most, least = week.most, week.least[block]

        def fault(step: int) -> Floats:
            return np.asarray(np.maximum(tags + step - most, 0) + np.maximum(least - tags - step, 0), dtype=np.float64)

        self.tag_step = week.penalty * (fault(1) - fault(0))
        self.tag_bend = week.penalty * (fault(2) - 2 * fault(1) + fault(0))
        self.any_bend = bool(self.tag_bend.any())

    def _own(self, position: Position) -> Floats:
        """What each option costs whatever else is eaten that day."""
        week, penalty = self.week, self.week.penalty
        out: Floats = position.objective + penalty * (self.full[position.family] & position.counted)
        if self.tag_step.any():
            out += self.tag_step @ position.tags
        if len(week.worth):
            out -= np.minimum(position.stock, self.left) @ week.worth
        beside = [week.day_before.get(self.day), week.day_after.get(self.day)]
        if position.slot == DINNER and week.adjacent:
            for other in beside:
                for number in week.dinners[other] if other is not None else ():
                    out += penalty * (position.family == week.family_at(number))
        table = week.likeness.meals
        if table is not None and position.slot in MEALS:
            for other in beside:
                for number in week.of_day[other] if other is not None else ():
                    place = week.positions[number]
                    if place.slot == position.slot:
                        out += NEXT_DAY_MEALS * table[place.alike[week.choice[number]], position.alike]
        self._forbid(position, out)
        return out

    def _forbid(self, position: Position, out: Floats) -> None:
        week = self.week
        source, dish = week.source_at(position.number)
        if position.slot == DINNER and source == NO_SOURCE and week.users_of(self.day, dish):
            out[(position.dish != dish) | (position.source != NO_SOURCE)] = FORBIDDEN
            return
        for source in position.sources:
            most = int(week.columns.uses[source])
            open_dishes = [
                cooked
                for cooked in sorted(week.cooked_on(source))
                if sum(number not in self.numbers for number in week.users_of(source, cooked)) < most
            ]
            bad = position.source == source
            for cooked in open_dishes:
                bad &= position.dish != cooked
            out[bad] = FORBIDDEN

    def _relate(self, number: int) -> None:
        total = self.own[number].copy()
        for other in self.numbers:
            if other != number:
                cross = self._cross(number, ALL, other, self.week.choice[other])
                self.cross[number, other] = cross
                if cross is not None:
                    total += cross
        self.total[number] = total

    def _cross(self, first: int, i: Ints | slice, second: int, j: Ints | int) -> Floats | None:
        """What options of two meals cost together, beyond each alone; None for nothing."""
        week, one, two = self.week, self.week.positions[first], self.week.positions[second]
        out: Floats | None = None
        same = one.family[i] == two.family[j] if week.may_meet(first, second) else None
        if same is not None and same.any():
            if one.slot == two.slot:
                out = week.penalty * same
            elif DURING not in (one.slot, two.slot):
                out = SAME_DAY * same
                if self.any_edge:
                    out += week.penalty * (same & self.edge[one.family[i]] & one.counted[i] & two.counted[j])
            if one.sources and two.sources and out is not None:
                out = out + FORBIDDEN * self._crowded(one, i, two, j)
        table, weight = week.likeness.same_day(one.slot, two.slot)
        if table is not None:
            alike = weight * table[one.alike[i], two.alike[j]]
            out = alike if out is None else out + alike
        if self.any_bend:
            bends = (one.tags[:, i] * _column(two.tags[:, j])).T @ self.tag_bend
            out = bends if out is None else out + bends
        if len(week.worth):
            lost = self._credited_twice(one, i, two, j)
            if lost is not None:
                out = lost if out is None else out + lost
        return out

    def _crowded(self, one: Position, i: Ints | slice, two: Position, j: Ints | int) -> Flags:
        """Both would eat the last leftover of one dinner."""
        week = self.week
        both = (one.source[i] == two.source[j]) & (one.dish[i] == two.dish[j]) & (one.source[i] != NO_SOURCE)
        crowded = np.array(both)
        for place in np.flatnonzero(both).tolist():
            source, dish = int(one.source[i][place]), int(one.dish[i][place])
            others = sum(number not in (one.number, two.number) for number in week.users_of(source, dish))
            crowded[place] = others + 2 > int(week.columns.uses[source])
        return crowded

    def _credited_twice(self, one: Position, i: Ints | slice, two: Position, j: Ints | int) -> Floats | None:
        """Credit for stock that one of two meals has used up already."""
        foods = self.week.both_use(one.number, two.number)
        if not len(foods):
            return None
        most = two.stock[j] if isinstance(j, int) else two.most_stock
        foods = foods[(one.most_stock + most > self.left)[foods]]
        if not len(foods):
            return None
        left = self.left[foods]
        use, other = one.stock[i][:, foods], two.stock[j][..., foods]
        apart = np.minimum(use, left) + np.minimum(other, left)
        return np.asarray((apart - np.minimum(use + other, left)) @ self.week.worth[foods], dtype=np.float64)

    def _rest(self, rows: Floats) -> Floats:
        """Penalties of the rows besides energy and carbohydrate; `rows` are theirs, in parts of each scale."""
        outside = np.maximum(self.low - rows, rows - self.high)
        np.maximum(outside, 0.0, out=outside)
        out = self.weights @ outside
        out += PROTEIN_WEIGHT * np.maximum(rows[0] - PROTEIN_PULL, 0.0)
        return np.asarray(out, dtype=np.float64)

    def _standing(self) -> float:
        """Penalties and deviations of the day as it is."""
        if self.stands is None:
            apart = np.abs(self.sums[[ENERGY, CARBS]] - 1) * self.center
            cost = sum(max(u, k * u - s) for u, k, s in zip(apart.tolist(), self.steep, self.start, strict=True))
            self.stands = float(cost) + float(self._rest(self.sums[self.others, None])[0]) + self._over(self.week.cost)
        return self.stands

    def _over(self, cost: float) -> float:
        if self.week.budget is None:
            return 0.0
        return max(0.0, cost - self.week.spendable()) * self._per_milli()

    def _per_milli(self) -> float:
        return BUDGET_FACTOR * self.week.penalty / max(float(self.week.budget or 0), 1.0)

    def place(self, number: int, option: int) -> None:
        """Choose an option of one meal."""
        week, position = self.week, self.week.positions[number]
        if option == week.choice[number]:
            return
        self.sums = self.sums + position.rows[:, option] - position.rows[:, week.choice[number]]
        self.stands = None
        week.put(number, option)
        self.tick += 1
        self.changed[number] = self.tick
        for other in self.free:
            if other != number:
                self._update(other, number, option)

    def _update(self, number: int, other: int, option: int) -> None:
        before, after = self.cross[number, other], self._cross(number, ALL, other, option)
        if before is not None:
            self.total[number] = self.total[number] - before
        if after is not None:
            self.total[number] = self.total[number] + after
        self.cross[number, other] = after

    def values(self, number: int) -> Floats:
        """Steering value of every option of one meal, the rest of the plan standing."""
        week, position = self.week, self.week.positions[number]
        now = week.choice[number]
        base = self.sums - position.rows[:, now]
        out = self.total[number] + self._rest(base[self.others, None] + position.rest)
        for place, row in enumerate((ENERGY, CARBS)):
            apart = np.abs(position.rows[row] + (base[row] - 1)) * self.center[place]
            out += np.maximum(apart, self.steep[place] * apart - self.start[place])
        if week.budget is not None:
            rest = week.cost - float(position.cost[now]) - week.spendable()
            out += np.maximum(position.cost + rest, 0.0) * self._per_milli()
        return np.asarray(out, dtype=np.float64)

    def improve_single(self, number: int) -> bool:
        values = self.values(number)
        best = int(np.argmin(values))
        if values[best] >= values[self.week.choice[number]] - BETTER or values[best] >= FORBIDDEN / 2:
            return False
        self.place(number, best)
        return True

    def improve_pair(self, first: int, second: int) -> bool:
        """Take the best combination of two meals if it is better than the present one."""
        if self._known(first, second):
            return False
        self.tried[first, second] = self.tick
        week = self.week
        one, two = week.positions[first], week.positions[second]
        here, there = week.choice[first], week.choice[second]
        left, right = self.total[first], self.total[second]
        between, back = self.cross[first, second], self.cross[second, first]
        together = 0.0
        if between is not None:
            left = left - between
            together = float(between[here])
        if back is not None:
            right = right - back
        limit = float(left[here]) + float(right[there]) + together + self._standing() - BETTER
        keep = (left < min(limit - float(np.min(right)), FORBIDDEN / 2)).nonzero()[0]
        mate = (right < min(limit - float(np.min(left)), FORBIDDEN / 2)).nonzero()[0]
        if not len(keep) or not len(mate):
            return False
        base = self.sums - one.rows[:, here] - two.rows[:, there]
        shift = ((base[[ENERGY, CARBS]] - 1) * self.center).astype(np.float32)
        table = np.add.outer(left[keep].astype(np.float32), right[mate].astype(np.float32))
        for row in (0, 1):
            table += _bent(
                np.add.outer(one.main[row][keep] + shift[row], two.main[row][mate]), self.steep[row], self.start[row]
            )
        if week.budget is not None:
            rest = week.cost - float(one.cost[here]) - float(two.cost[there]) - week.spendable()
            if rest + float(np.max(one.cost[keep])) + float(np.max(two.cost[mate])) > 0:
                over = np.add.outer(one.cost[keep] + rest, two.cost[mate]) * self._per_milli()
                table += np.maximum(over, 0.0)
        flat = table.ravel()
        found = (flat < limit).nonzero()[0]
        if not len(found):
            return False
        best = self._best((first, keep), (second, mate), base, flat, found, limit)
        if best is None:
            return False
        self.place(first, best[0])
        self.place(second, best[1])
        self.tried[first, second] = self.tick
        return True

    def _known(self, first: int, second: int) -> bool:
        """Nothing but these two has changed since they were last looked at: they stand at their best."""
        when = self.tried.get((first, second))
        if when is None:
            return False
        return all(tick <= when for number, tick in self.changed.items() if number not in (first, second))

    def _best(
        self,
        one: tuple[int, Ints],
        two: tuple[int, Ints],
        base: Floats,
        flat: np.ndarray[tuple[int], np.dtype[np.float32]],
        found: Ints,
        limit: float,
    ) -> tuple[int, int] | None:
        """The best combination among those found, measured in full; the most promising ones first."""
        first, second = one[0], two[0]
        rows, mates = self.week.positions[first].rest, self.week.positions[second].rest
        rest = base[self.others, None]
        answer: tuple[int, int] | None = None
        batches = [found]
        if len(found) > 2 * FIRST_LOOK:
            top = np.sort(found[np.argpartition(flat[found], FIRST_LOOK)[:FIRST_LOOK]])
            batches = [top, found]
        for batch in batches:
            if answer is not None:
                batch = batch[flat[batch] < limit]
                if not len(batch):
                    break
            row, column = np.divmod(batch, len(two[1]))
            i, j = one[1][row], two[1][column]
            values = flat[batch] + self._rest(rest + rows[:, i] + mates[:, j])
            cross = self._cross(first, i, second, j)
            if cross is not None:
                values += cross
            place = int(np.argmin(values))
            if values[place] < limit:
                limit = float(values[place])
                answer = int(i[place]), int(j[place])
        return answer


def _column(values: Floats) -> Floats:
    return values[:, None] if values.ndim == 1 else values


def _bent(
    table: np.ndarray[tuple[int, int], np.dtype[np.float32]], steep: float, start: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    np.abs(table, out=table)
    more = table * np.float32(steep)
    more -= np.float32(start)
    np.maximum(table, more, out=table)
    return table
