"""The first whole plan: the linear program's shares rounded to one option per meal."""

from __future__ import annotations

import numpy as np

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.options import Position
from planning.optimizer.relaxation import DINNER, DURING, Outcome


def first_choice(columns: Columns, positions: list[Position], outcome: Outcome) -> list[int]:
    """Dinners first, day by day, then the rest: the largest share whose rules still hold, then the reduced cost."""
    cap = columns.problem.rules.max_repeats_per_week
    choice = [0] * len(positions)
    counts: dict[tuple[int, int], int] = {}
    taken: set[tuple[int, int, int]] = set()
    cooked: dict[tuple[int, int], int] = {}
    used: set[tuple[int, int]] = set()
    middle = (columns.low + columns.high) / 2
    shares = np.round(outcome.share, 9).tolist()
    prices = np.round(outcome.reduced, 9).tolist()
    targets = np.where(outcome.share > 1e-9, outcome.quarters, middle).tolist()
    order = sorted(positions, key=lambda one: (not one.fixed, one.slot != DINNER, one.day, one.number))
    for position in order:
        block = columns.block(position.day)
        best: tuple[float, ...] | None = None
        options = zip(
            position.column.tolist(),
            position.family.tolist(),
            position.dish.tolist(),
            position.source.tolist(),
            position.quarters.tolist(),
            strict=True,
        )
        for option, (column, family, dish, source, quarters) in enumerate(options):
            faults = 0
            if source != NO_SOURCE and ((source, dish) not in cooked or (source, dish) in used):
                faults += 100
            if position.slot != DURING and counts.get((block, family), 0) >= cap:
                faults += 1
            if (position.day, position.slot, family) in taken:
                faults += 1
            if position.slot == DINNER and any((position.day + gap, DINNER, family) in taken for gap in (-1, 1)):
                faults += 1
            distance = round(abs(quarters - targets[column]), 6)
            merit = (faults, -shares[column], prices[column], distance, option)
            if best is None or merit < best:
                best = merit
        if best is None:
            raise ValueError("a position without options reached the search")
        option = int(best[-1])
        choice[position.number] = option
        family, dish, source = (int(part[option]) for part in (position.family, position.dish, position.source))
        taken.add((position.day, position.slot, family))
        if position.slot != DURING:
            counts[block, family] = counts.get((block, family), 0) + 1
        if source != NO_SOURCE:
            used.add((source, dish))
        elif position.slot == DINNER:
            cooked[position.day, dish] = position.number
    return choice


def previous_columns(columns: Columns) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Columns of the plan being replaced: they must stay within the search's reach."""
    old = {(kept.date, kept.slot, kept.dish_key) for kept in columns.problem.previous}
    numbers = [
        number
        for group in columns.groups
        for number in range(group.start, group.stop)
        if old and (columns.days[group.day].date, group.slot, columns.dishes[int(columns.dish[number])].key) in old
    ]
    return np.array(numbers, dtype=np.int64)
