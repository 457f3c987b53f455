"""The last look at a plan that breaks a limit: its broken day as an integer program, the others standing.

The search changes two meals at a time. Where a day needs four others at once, this finds them, or shows that no
combination of the day's options exists.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from planning.optimizer.columns import NO_SOURCE
from planning.optimizer.limits import DAY_ROWS, FIBER, SODIUM, Floats, Ints, excess
from planning.optimizer.options import Position, make_choices
from planning.optimizer.relaxation import DINNER, Outcome
from planning.optimizer.week import Week

# Branch and bound ends after so many nodes: a count, unlike a time, is the same on every machine.
NODES = 120
# Beside the day itself so many others, nearest first, may be changed with it.
PARTNERS = 6
# More broken days than this are not in trouble by chance: two together took up to a minute where they failed.
MOST_BROKEN = 1


def mend_with_all(
    week: Week, outcome: Outcome, keep: Ints, tags: list[str], *, most: int, deadline: float
) -> tuple[Week, list[Position]] | None:
    """A plan that breaks no limit, in a week whose broken days have every column to choose from; None without one.

    `keep` are the columns that `week` had to hold. A plan broken on more than `most` days is not tried, nor one that
    breaks only what may be waived next.
    """
    broken = broken_days(week)
    if not 1 <= len(broken) <= most or all(_lacks_only_waivable(week, day) for day in broken):
        return None
    columns, limits = week.columns, week.limits
    every = [np.arange(group.start, group.stop) for group in columns.groups if group.day in broken]
    wanted = np.unique(np.concatenate([keep, *every])).astype(np.int64)
    choices = make_choices(columns, limits, outcome.reduced, outcome.share, wanted, tags)
    wide = Week(columns, limits, choices, tags)
    choice = []
    for narrow, position in zip(week.positions, choices.positions, strict=True):
        option = week.choice[narrow.number]
        here = (position.column == narrow.column[option]) & (position.quarters == narrow.quarters[option])
        choice.append(int(np.flatnonzero(here)[0]))
    wide.reset(choice)
    return (wide, choices.positions) if mend(wide, partners=PARTNERS if most > 1 else 0, deadline=deadline) else None


def mend(week: Week, *, partners: int, deadline: float) -> bool:
    """Changes whole days of the plan in `week` until it breaks no limit; whether that came about.

    A day that cannot be mended alone is tried together with each of so many `partners`.
    """
    for _ in range(len(week.of_day)):
        broken = broken_days(week)
        if week.measure()[0] == 0.0:
            return True
        if not broken or not _mend_one(week, broken, partners, deadline):
            return False
    return week.measure()[0] == 0.0


def broken_days(week: Week) -> list[int]:
    """Days that have a part in what is wrong, by number."""
    over = week.tag_counts > week.most
    found = []
    for day, limits in enumerate(week.limits):
        outside = excess(_sums(week, day), limits)
        outside[list(limits.prices)] = 0.0
        block = week.block_of[day]
        families = [(week.positions[number].slot, week.family_at(number)) for number in week.of_day[day]]
        crowded = any(
            (
                week.positions[number].counted[week.choice[number]]
                and week.counts[block, week.family_at(number)] > week.cap
            )
            or (over[block] & (week.positions[number].tags[:, week.choice[number]] > 0)).any()
            for number in week.of_day[day]
        )
        if (outside > 0).any() or crowded or len(set(families)) < len(families):
            found.append(day)
    return found


def _lacks_only_waivable(week: Week, day: int) -> bool:
    outside = np.flatnonzero(excess(_sums(week, day), week.limits[day])[: len(DAY_ROWS)])
    return len(outside) > 0 and set(outside.tolist()) <= {FIBER, SODIUM}


def _sums(week: Week, day: int) -> Floats:
    rows = [week.positions[number].raw[:, week.choice[number]] for number in week.of_day[day]]
    return np.asarray(np.sum(rows, axis=0), dtype=np.float64)


def _mend_one(week: Week, broken: list[int], partners: int, deadline: float) -> bool:
    for day in broken:
        if _change(week, [day], deadline):
            return True
    for day in broken[: len(broken) == 1]:
        others = [other for other in range(len(week.of_day)) if other != day]
        others.sort(key=lambda other: (other not in broken, abs(other - day), other))
        for other in others[:partners]:
            if _change(week, sorted([day, other]), deadline):
                return True
    return False


def _change(week: Week, days: list[int], deadline: float) -> bool:
    """Puts the days into the best combination found that mends them; whether the plan is the better for it."""
    if time.monotonic() > deadline:
        return False
    before, saved = week.measure()[0], list(week.choice)
    chosen = _Program(week, days).solve(deadline - time.monotonic())
    if chosen is None:
        return False
    for number, option in chosen.items():
        week.put(number, option)
    if week.measure()[0] < before - 1e-9:
        return True
    week.reset(saved)
    return False


class _Program:
    """Rows of the integer program over the options of every meal of some days."""

    def __init__(self, week: Week, days: list[int]) -> None:
        self.week, self.days = week, days
        self.numbers = [number for day in days for number in week.of_day[day]]
        sizes = [len(week.positions[number].column) for number in self.numbers]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        self.start = {number: int(start) for number, start in zip(self.numbers, starts, strict=False)}
        self.width = int(starts[-1])
        self.high = np.ones(self.width)
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self._meals()
        self._amounts()
        self._families()
        self._evenings()
        self._leftovers()
        self._week_sums()

    def _add(self, entries: dict[int, float], low: float, high: float) -> None:
        self.rows.append((entries, low, high))

    def _of(self, number: int, options: Iterable[int]) -> list[int]:
        return [self.start[number] + int(option) for option in options]

    def _meals(self) -> None:
        for number in self.numbers:
            size = len(self.week.positions[number].column)
            self._add(dict.fromkeys(range(self.start[number], self.start[number] + size), 1.0), 1.0, 1.0)

    def _amounts(self) -> None:
        for day in self.days:
            limits = self.week.limits[day]
            numbers = self.week.of_day[day]
            first = self.start[numbers[0]]
            raw = np.concatenate([self.week.positions[number].raw for number in numbers], axis=1)
            for row in range(len(DAY_ROWS)):
                low, high, scale = limits.low[row], limits.high[row], limits.scale[row]
                # A soft row may be broken, at a price that this program does not know: it would bind nothing.
                if (low == -np.inf and high == np.inf) or row in limits.soft:
                    continue
                values = raw[row] / scale
                entries = {first + int(place): float(values[place]) for place in np.flatnonzero(values)}
                self._add(entries, low / scale, high / scale)

    def _families(self) -> None:
        """No family more often in a week than it may be, nor twice among the meals of one slot and day."""
        week = self.week
        often: dict[tuple[int, int], list[int]] = defaultdict(list)
        twice: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        own: Counter[tuple[int, int]] = Counter()
        same_slot = Counter((week.positions[number].day, week.positions[number].slot) for number in self.numbers)
        for number in self.numbers:
            position = week.positions[number]
            block = week.block_of[position.day]
            if position.counted[week.choice[number]]:
                own[block, week.family_at(number)] += 1
            crowded = same_slot[position.day, position.slot] > 1
            for option, family in enumerate(position.family.tolist()):
                if position.counted[option]:
                    often[block, family].append(self.start[number] + option)
                if crowded:
                    twice[position.day, position.slot, family].append(self.start[number] + option)
        for (block, family), places in sorted(often.items()):
            left = week.cap - (int(week.counts[block, family]) - own[block, family])
            if left <= 0:
                self.high[places] = 0.0
            else:
                self._add(dict.fromkeys(places, 1.0), -np.inf, float(left))
        for _, places in sorted(twice.items()):
            self._add(dict.fromkeys(places, 1.0), -np.inf, 1.0)

    def _evenings(self) -> None:
        week = self.week
        if not week.adjacent:
            return
        for day, after in sorted(week.day_after.items()):
            inside = [one for one in (day, after) if one in self.days]
            if len(inside) == 1:
                other = after if inside[0] == day else day
                taken = [week.family_at(number) for number in week.dinners[other]]
                for number in week.dinners[inside[0]]:
                    self.high[self._of(number, np.flatnonzero(np.isin(week.positions[number].family, taken)))] = 0.0
            elif inside:
                both: dict[int, list[int]] = defaultdict(list)
                for number in (*week.dinners[day], *week.dinners[after]):
                    for option, family in enumerate(week.positions[number].family.tolist()):
                        both[family].append(self.start[number] + option)
                for _, places in sorted(both.items()):
                    self._add(dict.fromkeys(places, 1.0), -np.inf, 1.0)

    def _leftovers(self) -> None:
        """What is eaten again was cooked, and not more often than it may be."""
        week = self.week
        eaten: dict[tuple[int, int], list[int]] = defaultdict(list)
        cooked: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number in self.numbers:
            position = week.positions[number]
            sources = zip(position.source.tolist(), position.dish.tolist(), strict=True)
            for option, (source, dish) in enumerate(sources):
                if source != NO_SOURCE:
                    eaten[source, dish].append(self.start[number] + option)
                elif position.slot == DINNER:
                    cooked[position.day, dish].append(self.start[number] + option)
        outside: Counter[tuple[int, int]] = Counter()
        for day, eaters in enumerate(week.eaters):
            for number in eaters:
                source, dish = week.source_at(number)
                if number not in self.start and source == day:
                    outside[source, dish] += 1
        for key in sorted({*eaten, *(key for key in outside if key[0] in self.days)}):
            source, dish = key
            uses = float(week.columns.uses[source])
            entries = dict.fromkeys(eaten.get(key, []), 1.0)
            if source in self.days:
                entries |= dict.fromkeys(cooked.get(key, []), -uses)
                self._add(entries, -np.inf, -float(outside[key]))
            elif dish in week.cooked_on(source) and outside[key] < uses:
                self._add(entries, -np.inf, uses - outside[key])
            else:
                self.high[list(entries)] = 0.0

    def _week_sums(self) -> None:
        week = self.week
        for block in sorted({week.block_of[day] for day in self.days}):
            numbers = [number for number in self.numbers if week.block_of[week.positions[number].day] == block]
            for row in range(len(week.most)):
                others = float(week.tag_counts[block, row])
                entries: dict[int, float] = {}
                for number in numbers:
                    tags = week.positions[number].tags[row]
                    others -= float(tags[week.choice[number]])
                    entries |= dict.fromkeys(self._of(number, np.flatnonzero(tags)), 1.0)
                self._add(entries, float(week.least[block][row]) - others, float(week.most[row]) - others)
        if week.budget is not None:
            spent = week.cost - sum(float(week.positions[n].cost[week.choice[n]]) for n in self.numbers)
            cost = np.concatenate([week.positions[number].cost for number in self.numbers])
            scale = max(float(week.budget), 1.0)
            prices = {int(place): float(cost[place]) / scale for place in np.flatnonzero(cost)}
            self._add(prices, -np.inf, (week.spendable() - spent) / scale)

    def solve(self, seconds: float) -> dict[int, int] | None:
        """The option of every meal of these days, or None when there is no way, or none was found."""
        import highspy  # only here: the library must not be loaded before a worker process forks

        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_max_nodes", NODES),
            ("mip_max_improving_sols", 1),
            ("time_limit", max(0.05, seconds)),
        ):
            solver.setOptionValue(name, setting)
        solver.passModel(self._model(highspy))
        solver.run()
        values = np.array(solver.getSolution().col_value)
        if len(values) < self.width or solver.getInfo().primal_solution_status != 2:
            return None
        chosen = {}
        for number in self.numbers:
            start = self.start[number]
            chosen[number] = int(np.argmax(values[start : start + len(self.week.positions[number].column)]))
        return chosen

    def _model(self, highspy: Any) -> Any:
        starts: list[int] = [0]
        index: list[int] = []
        value: list[float] = []
        for entries, _, _ in self.rows:
            index.extend(entries)
            value.extend(entries.values())
            starts.append(len(index))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.width, len(self.rows)
        # Any combination that breaks nothing will do, the search improves it: with prices, rounds of cuts at the root
        # took several seconds.
        program.col_cost_ = np.zeros(self.width)
        program.col_lower_ = np.zeros(self.width)
        program.col_upper_ = self.high
        program.row_lower_ = np.array([low for _, low, _ in self.rows])
        program.row_upper_ = np.array([high for _, _, high in self.rows])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        program.a_matrix_.index_ = np.array(index, dtype=np.int32)
        program.a_matrix_.value_ = np.array(value, dtype=np.float64)
        kinds = highspy.HighsVarType
        program.integrality_ = [kinds.kInteger] * self.width
        return program
