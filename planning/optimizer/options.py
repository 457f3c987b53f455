"""What the search may choose from: a few good columns per meal, at every serving size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planning.optimizer.columns import NO_SOURCE, Columns, Group
from planning.optimizer.limits import PREP, DayLimits, Floats, Ints
from planning.optimizer.types import SLOTS, SlotNeed

CANDIDATES = {"breakfast": 16, "lunch": 26, "dinner": 26, "snack": 16, "pre": 12, "during": 10, "post": 12}
LEFTOVER_CANDIDATES = 10
ACTIVE_BONUS = 0.05
Single = npt.NDArray[np.float32]


@dataclass(slots=True)
class Position:
    """One meal to fill. Parallel arrays over its options; `rows` is 7 x options, scaled by the day's row scales."""

    number: int
    day: int
    slot: int
    need: SlotNeed
    fixed: bool
    column: Ints
    quarters: Ints
    family: Ints
    dish: Ints
    source: Ints
    rows: Single
    cost: Single
    objective: Single
    raw: Floats
    tags: Single


def rank_columns(columns: Columns, group: Group, reduced: Floats, share: Floats, keep: Ints) -> Ints:
    """The most promising columns of a group: by reduced cost, LP-active ones first among near equals."""
    numbers = np.arange(group.start, group.stop, dtype=np.int64)
    merit = np.round(reduced[numbers] - ACTIVE_BONUS * np.minimum(share[numbers], 1.0), 9)
    order = numbers[np.lexsort((numbers, merit))]
    fresh = order[columns.source[order] == NO_SOURCE]
    left = order[columns.source[order] != NO_SOURCE][:LEFTOVER_CANDIDATES]
    best = fresh[: CANDIDATES[group.slot] + 4 * (len(group.needs) - 1)]
    extra = np.intersect1d(keep, numbers)
    return np.unique(np.concatenate([best, left, extra]))


def make_positions(
    columns: Columns, limits: tuple[DayLimits, ...], reduced: Floats, share: Floats, keep: Ints, tags: list[str]
) -> list[Position]:
    """Positions in plan order. `keep` are columns that must be among the candidates (previous and LP-active ones)."""
    positions: list[Position] = []
    tagged = np.array([[tag in dish.tags for dish in columns.dishes] for tag in tags], dtype=np.float32)
    tagged = tagged.reshape(len(tags), len(columns.dishes))
    for group in columns.groups:
        column, quarters = _levels(columns, rank_columns(columns, group, reduced, share, keep))
        raw = np.empty((7, len(column)))
        raw[:6] = (columns.vectors[column] * quarters[:, None]).T
        raw[PREP] = columns.prep[column]
        dish = columns.dish[column]
        cost = columns.price[dish] * quarters
        for need in group.needs:
            positions.append(
                Position(
                    number=len(positions),
                    day=group.day,
                    slot=SLOTS.index(group.slot),
                    need=need,
                    fixed=group.fixed is not None,
                    column=column,
                    quarters=quarters,
                    family=columns.family[column],
                    dish=dish,
                    source=columns.source[column],
                    rows=(raw / limits[group.day].scale[:, None]).astype(np.float32),
                    cost=cost.astype(np.float32),
                    objective=(columns.fixed_cost[column] + cost * columns.objective_per_milli).astype(np.float32),
                    raw=raw,
                    tags=tagged[:, dish],
                )
            )
    return positions


def _levels(columns: Columns, chosen: Ints) -> tuple[Ints, Ints]:
    """Every quarter of every chosen column."""
    spans = columns.high[chosen] - columns.low[chosen] + 1
    column = np.repeat(chosen, spans)
    starts = np.repeat(np.cumsum(spans) - spans, spans)
    return column, columns.low[column] + np.arange(len(column), dtype=np.int64) - starts
