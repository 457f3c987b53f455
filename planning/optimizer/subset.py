"""A few hundred of the columns, chosen so that the linear program is small and still feasible."""

from __future__ import annotations

import numpy as np

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.limits import Floats, Ints
from planning.optimizer.relaxation import DINNER, Outcome, WeekProgram

CHEAPEST = {"breakfast": 14, "lunch": 16, "dinner": 16, "snack": 12, "pre": 8, "during": 8, "post": 10}
PER_EXTRA_MEAL = 4
LEFTOVERS = 8
EXTREMES = 5
CHEAP_SHARE = 0.3
ROUNDS = 2
PER_ROUND = 6
CLOSE_ENOUGH = 0.004


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
    return numbers[np.lexsort((numbers, np.round(merit[numbers], 9)))][:count]


def solve_relaxation(columns: Columns, program: WeekProgram, *, seconds: float) -> Outcome:
    """Solve the LP over a growing subset; over all columns when the subset has no answer."""
    everything = np.arange(len(columns.group), dtype=np.int64)
    subset = first_subset(columns)
    outcome = program.solve(subset, seconds=seconds)
    best_bound = -np.inf
    for _ in range(ROUNDS):
        if outcome.status != "optimal":
            break
        best_bound = max(best_bound, outcome.bound)
        if outcome.value - outcome.bound <= CLOSE_ENOUGH * max(1.0, abs(outcome.value)):
            break
        added = [
            numbers[outcome.reduced[numbers] < -1e-6]
            for numbers in (
                _best(np.arange(group.start, group.stop, dtype=np.int64), outcome.reduced, PER_ROUND)
                for group in columns.groups
            )
        ]
        subset = with_sources(columns, np.unique(np.concatenate([subset, *added])))
        outcome = program.solve(subset, seconds=seconds)
    if outcome.status == "optimal" or len(subset) == len(everything):
        return outcome
    return program.solve(everything, seconds=seconds)
