"""Local search over whole plans: best pair of meals of a day in one matrix pass, leftovers, kicks.

Plans are ranked by (violation, objective); the penalty only steers. Everything random comes from the seed, every tie
is broken by option number.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.optimizer.columns import NO_SOURCE
from planning.optimizer.limits import Floats, excess
from planning.optimizer.options import Position
from planning.optimizer.relaxation import DINNER
from planning.optimizer.week import FORBIDDEN, PENALTIES, Week

BETTER = 1e-4


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan seen: option number per position, its violation (0 when feasible) and objective."""

    choice: tuple[int, ...]
    violation: float
    objective: float
    iterations: int
    truncated: bool


class Search:
    """Descent and iterated search on a `Week`."""

    def __init__(self, week: Week, *, seed: int, deadline: float, progress: Callable[[float], None] | None = None):
        self.week, self.random, self.deadline, self.progress = week, random.Random(seed), deadline, progress
        self.truncated = False

    def late(self) -> bool:
        if time.monotonic() > self.deadline:
            self.truncated = True
        return self.truncated

    def improve_pair(self, first: int, second: int | None) -> bool:
        week = self.week
        table, now = week.pair_table(first, second)
        best = int(np.argmin(table))
        value = float(table.flat[best])
        if value >= now - BETTER or value >= float(FORBIDDEN) / 2:
            return False
        row, column = divmod(best, table.shape[1])
        week.put(first, row)
        if second is not None:
            week.put(second, column)
        return True

    def descend(self, days: list[int]) -> None:
        """Improve the days one pair at a time until no pair of any of them improves."""
        week = self.week
        pending = list(days)
        for _ in range(6):
            moved_days = []
            for day in pending:
                moved = False
                free = [number for number in week.of_day[day] if not week.positions[number].fixed]
                for number in free:
                    moved |= self.improve_pair(number, None)
                pairs = [(one, two) for place, one in enumerate(free) for two in free[place + 1 :]]
                self.random.shuffle(pairs)
                for one, two in pairs:
                    moved |= self.improve_pair(one, two)
                if moved:
                    moved_days.append(day)
                if self.late():
                    return
            pending = moved_days
            if not pending:
                return

    def sweep_leftovers(self, days: list[int]) -> list[int]:
        """Cook at one dinner and eat again at a later meal wherever that improves both days together."""
        week, touched = self.week, set()
        for number in [number for day in days for number in week.of_day[day]]:
            position = week.positions[number]
            if position.slot != DINNER or position.fixed or week.user_of(number) is not None:
                continue
            if week.cook_of(number) is not None:
                continue
            for user in self._users(position):
                if self._pair_leftover(number, user):
                    touched |= {position.day, week.positions[user].day}
                    break
            if self.late():
                break
        return sorted(touched)

    def _users(self, dinner: Position) -> list[int]:
        week = self.week
        return [
            other.number
            for day in (dinner.day + 1, dinner.day + 2)
            if day < len(week.of_day)
            for other in (week.positions[number] for number in week.of_day[day])
            if not other.fixed
            and (other.source == dinner.day).any()
            and week.cook_of(other.number) is None
            and week.user_of(other.number) is None
        ]

    def _pair_leftover(self, dinner: int, user: int) -> bool:
        week = self.week
        cook, eat = week.positions[dinner], week.positions[user]
        before = _steer(week)
        old = (week.choice[dinner], week.choice[user])
        table, now = week.pair_table(dinner, None)
        dinner_gain = table[:, 0] - np.float32(now)
        dishes = sorted({int(dish) for dish in eat.dish[eat.source == cook.day]})
        ranked = []
        for dish in dishes:
            here = np.flatnonzero((cook.dish == dish) & (cook.source == NO_SOURCE))
            if len(here):
                pick = int(here[np.argmin(dinner_gain[here])])
                ranked.append((round(float(dinner_gain[pick]), 4), dish, pick))
        for _, dish, pick in sorted(ranked)[:3]:
            week.put(dinner, pick)
            table, _ = week.pair_table(user, None)
            there = np.flatnonzero((eat.dish == dish) & (eat.source == cook.day))
            week.put(user, int(there[np.argmin(table[there, 0])]))
            saved = list(week.choice)
            for number in (dinner, user):
                for other in week.of_day[week.positions[number].day]:
                    if other != number and not week.positions[other].fixed:
                        self.improve_pair(number, other)
            if _steer(week) < before - BETTER:
                return True
            week.reset(saved)
            for number in (user, dinner):
                week.put(number, old[0] if number == dinner else old[1])
        return False

    def run(self, *, iterations: int, patience: int) -> Found:
        """Descend, then kick and descend `iterations` times; up to `patience` more while nothing is feasible."""
        week = self.week
        everything = list(range(len(week.of_day)))
        self.descend(everything)
        best = (*_rounded(week.measure()), tuple(week.choice))
        touched = self.sweep_leftovers(everything)
        if touched:
            self.descend(touched)
        best = min(best, (*_rounded(week.measure()), tuple(week.choice)))
        done = 0
        while done < iterations or (best[0] > 0 and done < iterations + patience):
            if self.late():
                break
            if best[0] > 0:
                week.penalty = PENALTIES[min(len(PENALTIES) - 1, done // 8)]
            week.reset(list(best[2]))
            days = self._kick(best[0] > 0)
            self.descend(days)
            if done % 4 == 3:
                days = sorted(set(days) | set(self.sweep_leftovers(days)))
                self.descend(days)
            best = min(best, (*_rounded(week.measure()), tuple(week.choice)))
            done += 1
            if self.progress is not None and done % 8 == 0:
                self.progress(min(1.0, done / max(1, iterations)))
        return Found(best[2], best[0], best[1], done, self.truncated)

    def _kick(self, infeasible: bool) -> list[int]:
        week, rng = self.week, self.random
        days = [self._worst_day() if infeasible and rng.random() < 0.6 else rng.randrange(len(week.of_day))]
        if rng.random() < 0.25 and len(week.of_day) > 1:
            days.append(rng.randrange(len(week.of_day)))
        touched = set(days)
        for day in days:
            if rng.random() < 0.35:
                touched |= self._break_leftover(day)
            free = [number for number in week.of_day[day] if not week.positions[number].fixed]
            for number in rng.sample(free, min(2, len(free))):
                cost = week.option_cost(number, (number,))
                open_options = np.flatnonzero(cost < FORBIDDEN / 2)
                if len(open_options):
                    week.put(number, int(open_options[rng.randrange(len(open_options))]))
        return sorted(touched)

    def _break_leftover(self, day: int) -> set[int]:
        week = self.week
        for number in week.of_day[day]:
            position = week.positions[number]
            if position.source[week.choice[number]] != NO_SOURCE and not position.fixed:
                fresh = np.flatnonzero(position.source == NO_SOURCE)
                if len(fresh):
                    source = int(position.source[week.choice[number]])
                    week.put(number, int(fresh[self.random.randrange(len(fresh))]))
                    return {day, source}
        return set()

    def _worst_day(self) -> int:
        week = self.week
        worst = []
        for day, limits in enumerate(week.limits):
            sums: Floats = np.zeros(7)
            for number in week.of_day[day]:
                sums = sums + week.positions[number].raw[:, week.choice[number]]
            worst.append((round(float(excess(sums, limits).sum()), 9), -day))
        return -max(worst)[1]


def _steer(week: Week) -> float:
    violation, objective = week.measure()
    return week.penalty * violation + objective


def _rounded(measured: tuple[float, float]) -> tuple[float, float]:
    return round(measured[0], 9), round(measured[1], 9)
