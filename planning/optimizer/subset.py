"""A few hundred of the columns, chosen so that the linear program is small and still feasible.

Asked for mere feasibility on a contradictory week, the simplex method may run in circles for seconds. So the priced
program over the cheapest columns gets a limited number of steps; where it has no answer, the elastic program over all
columns, which always has one, says quickly whether there is any, and which columns make one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.limits import DAY_ROWS, DayLimits, Floats, Ints
from planning.optimizer.relaxation import DINNER, Member, Outcome, WeekProgram

CHEAPEST = {"breakfast": 14, "lunch": 16, "dinner": 16, "snack": 12, "pre": 8, "during": 8, "post": 10}
PER_EXTRA_MEAL = 4
LEFTOVERS = 8
EXTREMES = 5
CHEAP_SHARE = 0.3
# Several times what a week that has a plan needs.
STEPS = 6000
# Every requirement that may be missed at a price; what is left, the meals themselves, has an answer.
ELASTIC = (
    *("energy", "carbs", "protein", "protein_cap", "fat", "fiber", "sodium", "prep"),
    *("budget", "repeats", "adjacent", "weekly_max", "weekly_min"),
)
# Above what the solver's tolerances add up to.
FEASIBLE = 1e-6
# Far above that, far below the rounding that the bounds of a proof are loosened by.
IMPOSSIBLE = 1e-5
ELASTIC_ROUNDS = 8
PER_ROUND = 16
# Another round of pricing while the bound is further than this from the value, relatively: one entry a round.
CLOSE_ENOUGH = (0.004, 0.04)


def first_subset(columns: Columns) -> Ints:
    """Per group: the cheapest columns, some leftovers, and the cheapest at each nutritional extreme."""
    middle = (columns.low + columns.high) / 2
    merit = columns.fixed_cost + columns.price[columns.dish] * columns.objective_per_milli * middle
    merit = np.round(merit, 9)
    energy = np.maximum(columns.vectors[:, 0], 1.0)
    measures = (
        -columns.vectors[:, 2] / energy,
        columns.vectors[:, 2] / energy,
        -columns.vectors[:, 1] / energy,
        -columns.vectors[:, 3] / energy,
        columns.prep.astype(np.float64),
    )
    chosen: list[Ints] = []
    for group in columns.groups:
        numbers = np.arange(group.start, group.stop, dtype=np.int64)
        fresh = numbers[columns.source[numbers] == NO_SOURCE]
        left = numbers[columns.source[numbers] != NO_SOURCE]
        count = CHEAPEST[group.slot] + PER_EXTRA_MEAL * (len(group.needs) - 1)
        chosen.append(_best(fresh, merit, count))
        chosen.append(_best(left, merit, LEFTOVERS))
        for measure in measures:
            top = _best(fresh, measure, max(EXTREMES, int(CHEAP_SHARE * len(fresh))))
            chosen.append(_best(top, merit, EXTREMES))
    return with_sources(columns, np.unique(np.concatenate(chosen)))


def with_sources(columns: Columns, subset: Ints) -> Ints:
    """Add the dinner that each leftover of the subset needs."""
    left = subset[columns.source[subset] != NO_SOURCE]
    count = len(columns.dishes)
    wanted = np.unique(columns.source[left] * count + columns.dish[left])
    cooks = np.flatnonzero((columns.slot == DINNER) & (columns.source == NO_SOURCE))
    found = cooks[np.isin(columns.day[cooks] * count + columns.dish[cooks], wanted)]
    return np.unique(np.concatenate([subset, found]))


def _best(numbers: Ints, merit: Floats, count: int) -> Ints:
    return numbers[np.argsort(np.round(merit[numbers], 9), kind="stable")][:count]


def solve_elastic(
    columns: Columns,
    limits: tuple[DayLimits, ...],
    *,
    off: frozenset[Member] = frozenset(),
    seconds: float,
    start: Ints | None = None,
) -> tuple[Outcome, Ints]:
    """The program in which every requirement may be missed, over a subset that grows until its answer is certain.

    Certain: nothing is missed, or the bound says that something must be (a bound holds for all columns). Returns the
    answer and the subset; a `start` from a similar program saves most of the work.
    """
    soft = {DAY_ROWS[row] for one in limits for row in one.soft}
    slack = {kind: 1.0 for kind in ELASTIC if kind not in soft}
    program = WeekProgram(columns, limits, off=off, slack=slack, priced=False)
    subset = first_subset(columns) if start is None else start
    for _ in range(ELASTIC_ROUNDS):
        outcome = program.solve(subset, seconds=seconds)
        if outcome.status != "optimal":
            break
        if outcome.value <= FEASIBLE or outcome.bound > IMPOSSIBLE or len(subset) == len(columns.group):
            return outcome, subset
        subset = _enlarged(columns, subset, outcome, -1e-9)
    everything = np.arange(len(columns.group), dtype=np.int64)
    return program.solve(everything, seconds=seconds), subset


def solve_cheapest_miss(
    columns: Columns, limits: tuple[DayLimits, ...], slack: Mapping[str, float], *, seconds: float
) -> Outcome:
    """The program in which these kinds may be missed at their weights, to within a hundredth of its best value."""
    program = WeekProgram(columns, limits, slack=slack, priced=False)
    subset = first_subset(columns)
    for _ in range(ELASTIC_ROUNDS):
        outcome = program.solve(subset, seconds=seconds, steps=STEPS)
        if outcome.status != "optimal":
            break
        if outcome.value - outcome.bound <= 0.01 * outcome.value + FEASIBLE:
            return outcome
        subset = _enlarged(columns, subset, outcome, -1e-9)
    return program.solve(np.arange(len(columns.group), dtype=np.int64), seconds=seconds)


def _enlarged(columns: Columns, subset: Ints, outcome: Outcome, below: float) -> Ints:
    """The subset with the columns of each group that the prices ask for most."""
    added = [
        numbers[outcome.reduced[numbers] < below]
        for numbers in (
            _best(np.arange(group.start, group.stop, dtype=np.int64), outcome.reduced, PER_ROUND)
            for group in columns.groups
        )
    ]
    return with_sources(columns, np.unique(np.concatenate([subset, *added])))


def solve_relaxation(columns: Columns, program: WeekProgram, *, seconds: float) -> Outcome:
    """Solve the LP over a growing subset, with the columns of an elastic answer where the subset has none."""
    subset = first_subset(columns)
    outcome = program.solve(subset, seconds=seconds, keep_basis=True, steps=STEPS)
    if outcome.status != "optimal":
        elastic, _ = solve_elastic(columns, program.limits, off=program.off, seconds=seconds)
        if elastic.status == "infeasible" or (elastic.status == "optimal" and elastic.value > FEASIBLE):
            return Outcome("infeasible")
        subset = with_sources(columns, np.unique(np.concatenate([subset, np.flatnonzero(elastic.share > 0)])))
        outcome = program.solve(subset, seconds=seconds, keep_basis=True, steps=STEPS)
    if outcome.status != "optimal":
        return program.solve(np.arange(len(columns.group), dtype=np.int64), seconds=seconds)
    for number, close in enumerate(CLOSE_ENOUGH, start=1):
        if outcome.status != "optimal" or outcome.value - outcome.bound <= close * max(1.0, abs(outcome.value)):
            break
        subset = _enlarged(columns, subset, outcome, -1e-6)
        more = number < len(CLOSE_ENOUGH)
        outcome = program.solve(subset, seconds=seconds, warm=outcome.basis, keep_basis=more)
    return outcome
