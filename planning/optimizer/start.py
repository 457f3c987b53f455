"""The first whole plan: the linear program's shares rounded to one option per meal."""

from __future__ import annotations

import numpy as np

from planning.optimizer.columns import NO_SOURCE, Columns
from planning.optimizer.options import Position
from planning.optimizer.relaxation import DINNER, Outcome


def first_choice(columns: Columns, positions: list[Position], outcome: Outcome) -> list[int]:
    """Dinners first, day by day, then the rest: the largest share whose rules still hold, then the reduced cost."""
    cap = columns.problem.rules.max_repeats_per_week
    choice = [0] * len(positions)
    counts: dict[tuple[int, int], int] = {}
    taken: dict[tuple[int, int], set[int]] = {}
    cooked: set[tuple[int, int]] = set()
    uses: dict[tuple[int, int], int] = {}
    middle = (columns.low + columns.high) / 2
    targets = np.where(outcome.share > 1e-9, outcome.quarters, middle)
    share, price = np.round(outcome.share, 9), np.round(outcome.reduced, 9)
    order = sorted(positions, key=lambda one: (not one.fixed, one.slot != DINNER, one.day, one.number))
    for position in order:
        if not len(position.column):
            raise ValueError("a position without options reached the search")
        block, day = columns.block(position.day), position.day
        full = [family for (where, family), count in counts.items() if where == block and count >= cap]
        faults = 1 * (np.isin(position.family, full) & position.counted)
        faults += np.isin(position.family, sorted(taken.get((day, position.slot), ())))
        if position.slot == DINNER:
            beside = taken.get((day - 1, DINNER), set()) | taken.get((day + 1, DINNER), set())
            faults += np.isin(position.family, sorted(beside))
        for source in position.sources:
            most = int(columns.uses[source])
            open_dishes = [
                dish for where, dish in sorted(cooked) if where == source and uses.get((source, dish), 0) < most
            ]
            faults += 100 * ((position.source == source) & ~np.isin(position.dish, open_dishes))
        distance = np.round(np.abs(position.quarters - targets[position.column]), 6)
        option = int(np.lexsort((distance, price[position.column], -share[position.column], faults))[0])
        choice[position.number] = option
        family, dish, source = (int(part[option]) for part in (position.family, position.dish, position.source))
        taken.setdefault((day, position.slot), set()).add(family)
        if position.counted[option]:
            counts[block, family] = counts.get((block, family), 0) + 1
        if source != NO_SOURCE:
            uses[source, dish] = uses.get((source, dish), 0) + 1
        elif position.slot == DINNER:
            cooked.add((day, dish))
    return choice


def previous_columns(columns: Columns) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Columns of the plan being replaced: they must stay within the search's reach."""
    if not columns.problem.previous:
        return np.zeros(0, dtype=np.int64)
    old = {(kept.date, kept.slot, kept.dish_key) for kept in columns.problem.previous}
    numbers = [
        number
        for group in columns.groups
        for number in range(group.start, group.stop)
        if (columns.days[group.day].date, group.slot, columns.dishes[int(columns.dish[number])].key) in old
    ]
    return np.array(numbers, dtype=np.int64)
