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

from planning.optimizer.board import BETTER, FORBIDDEN, Board
from planning.optimizer.columns import NO_SOURCE
from planning.optimizer.limits import Floats, excess
from planning.optimizer.options import Position
from planning.optimizer.relaxation import DINNER
from planning.optimizer.week import PENALTIES, Week

# How often a day's pairs are gone through in one visit, and how widely a leftover is looked for.
SWEEPS = 3
USERS = 4
# Of the moves of a plan that breaks a limit, those that bring a scarce dish to a faulty day; from its best so many.
SCARCE_SHARE = 0.5
WANTED = 4
# A dish too often weighs as much as this share of a day's limit.
FAULT = 0.02
DISHES = 3


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

    def descend(self, days: list[int]) -> None:
        """Improve the days one pair at a time until no pair of any of them improves."""
        pending = list(days)
        for _ in range(6):
            pending = [day for day in pending if self._descend_day(day)]
            if not pending or self.truncated:
                return

    def _descend_day(self, day: int) -> bool:
        board = Board(self.week, day)
        moved = False
        for number in board.free:
            moved |= board.improve_single(number)
        pairs = [(one, two) for place, one in enumerate(board.free) for two in board.free[place + 1 :]]
        self.random.shuffle(pairs)
        for _ in range(SWEEPS):
            improved = [board.improve_pair(one, two) for one, two in pairs]
            moved |= any(improved)
            if self.late() or not any(improved):
                break
        return moved and not self.late()

    def sweep_leftovers(self, days: list[int]) -> list[int]:
        """Cook at one dinner and eat again at a later meal wherever that improves both days together."""
        week, touched = self.week, set()
        for number in [number for day in days for number in week.dinners[day]]:
            position = week.positions[number]
            source, dish = week.source_at(number)
            if position.fixed or source != NO_SOURCE or week.users_of(position.day, dish):
                continue
            for user in self._users(position):
                if self._pair_leftover(number, user):
                    touched |= {position.day, week.positions[user].day}
                    break
            if self.late():
                break
        return sorted(touched)

    def _users(self, dinner: Position) -> list[int]:
        """Meals that could become the leftover of this dinner: free, fresh, and not cooked for another meal."""
        week = self.week
        found = []
        for number in week.eaters[dinner.day]:
            place = week.positions[number]
            source, dish = week.source_at(number)
            if place.fixed or source != NO_SOURCE:
                continue
            if place.slot != DINNER or not week.users_of(place.day, dish):
                found.append(number)
        return found[:USERS]

    def _pair_leftover(self, dinner: int, user: int) -> bool:
        week = self.week
        cook, eat = week.positions[dinner], week.positions[user]
        before, saved = _steer(week), list(week.choice)
        values = Board(week, cook.day).values(dinner)
        fresh = cook.source == NO_SOURCE
        from_here = eat.source == cook.day
        ranked = []
        for dish in sorted({int(dish) for dish in eat.dish[from_here]}):
            here = np.flatnonzero((cook.dish == dish) & fresh)
            if len(here):
                pick = int(here[np.argmin(values[here])])
                ranked.append((round(float(values[pick]), 4), dish, pick))
        for _, dish, pick in sorted(ranked)[:DISHES]:
            week.put(dinner, pick)
            there = np.flatnonzero((eat.dish == dish) & from_here)
            board = Board(week, eat.day)
            board.place(user, int(there[np.argmin(board.values(user)[there])]))
            for other in board.free:
                if other != user:
                    board.improve_pair(user, other)
            board = Board(week, cook.day)
            for other in board.free:
                if other != dinner:
                    board.improve_pair(dinner, other)
            if _steer(week) < before - BETTER:
                return True
            week.reset(saved)
        return False

    def run(self, *, iterations: int, patience: int) -> Found:
        """Descend, then kick and descend `iterations` times; up to `patience` more while nothing is feasible."""
        week = self.week
        self._tell(0.0)
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
            days = self._move_scarce() if best[0] > 0 and self.random.random() < SCARCE_SHARE else []
            days = days or self._kick(best[0] > 0)
            self.descend(days)
            if done % 4 == 3:
                days = sorted(set(days) | set(self.sweep_leftovers(days)))
                self.descend(days)
            best = min(best, (*_rounded(week.measure()), tuple(week.choice)))
            done += 1
            self._tell(done / max(1, iterations))
        return Found(best[2], best[0], best[1], done, self.truncated)

    def _tell(self, fraction: float) -> None:
        if self.progress is not None:
            self.progress(min(1.0, fraction))

    def _kick(self, infeasible: bool) -> list[int]:
        week, rng = self.week, self.random
        days = [self._faulty_day() if infeasible and rng.random() < 0.6 else rng.randrange(len(week.of_day))]
        if rng.random() < 0.25 and len(week.of_day) > 1:
            days.append(rng.randrange(len(week.of_day)))
        touched = set(days)
        for day in days:
            if rng.random() < 0.35:
                touched |= self._break_leftover(day)
            board = Board(week, day)
            for number in rng.sample(board.free, min(2, len(board.free))):
                open_options = np.flatnonzero(board.own[number] < FORBIDDEN / 2)
                if len(open_options):
                    board.place(number, int(open_options[rng.randrange(len(open_options))]))
        return sorted(touched)

    def _move_scarce(self) -> list[int]:
        """Give a faulty day a dish that other days have used up. Returns those days first, so that they let go."""
        week = self.week
        day = self._faulty_day()
        board = Board(week, day)
        if not board.free:
            return []
        number = board.free[self.random.randrange(len(board.free))]
        position = week.positions[number]
        taken = board.full[position.family] & position.counted & (position.family != week.family_at(number))
        values = np.where(taken, board.values(number) - week.penalty, FORBIDDEN)
        order = np.argsort(values, kind="stable")
        _, first = np.unique(position.family[order], return_index=True)
        wanted = [int(order[place]) for place in np.sort(first) if values[order[place]] < FORBIDDEN / 2][:WANTED]
        if not wanted:
            return []
        option = wanted[self.random.randrange(len(wanted))]
        family = int(position.family[option])
        board.place(number, option)
        block = week.block_of[day]
        holders = {
            place.day
            for place in week.positions
            if place.day != day and week.block_of[place.day] == block and week.family_at(place.number) == family
        }
        return [*sorted(holders), day]

    def _break_leftover(self, day: int) -> set[int]:
        """Cook fresh for one leftover of the day, or for all that its dinner was cooked for. Returns the days."""
        week = self.week
        ties: list[list[int]] = []
        for number in week.of_day[day]:
            source, dish = week.source_at(number)
            eaters = [number] if source != NO_SOURCE else []
            if source == NO_SOURCE and number in week.dinners[day]:
                eaters = week.users_of(day, dish)
            if eaters and not any(week.positions[eater].fixed for eater in eaters):
                ties.append(eaters)
        if not ties:
            return set()
        touched = {day}
        for number in ties[self.random.randrange(len(ties))]:
            position = week.positions[number]
            touched |= {position.day, week.source_at(number)[0]}
            fresh = np.flatnonzero(position.source == NO_SOURCE)
            if len(fresh):
                week.put(number, int(fresh[self.random.randrange(len(fresh))]))
        return touched

    def _faulty_day(self) -> int:
        """A day that has a part in what is wrong, the more often the greater its part."""
        week = self.week
        over = week.tag_counts > week.most
        blame = []
        for day, limits in enumerate(week.limits):
            block = week.block_of[day]
            sums: Floats = np.zeros(len(limits.low))
            faults = 0.0
            for number in week.of_day[day]:
                position, option = week.positions[number], week.choice[number]
                sums = sums + position.raw[:, option]
                faults += bool(position.counted[option]) and week.counts[block, position.family[option]] > week.cap
                faults += float(position.tags[:, option] @ over[block])
            outside = excess(sums, limits)
            outside[list(limits.prices)] = 0.0
            blame.append(round(float(outside.sum()) + FAULT * faults, 9))
        if not any(blame):
            return self.random.randrange(len(blame))
        return self.random.choices(range(len(blame)), blame)[0]


def _steer(week: Week) -> float:
    violation, objective = week.measure()
    return week.penalty * violation + objective


def _rounded(measured: tuple[float, float]) -> tuple[float, float]:
    return round(measured[0], 9), round(measured[1], 9)
