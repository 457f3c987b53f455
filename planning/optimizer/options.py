"""What the search may choose from: a few good columns per meal, at every serving size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planning.optimizer.columns import NO_SOURCE, Columns, Group
from planning.optimizer.limits import CARBS, ENERGY, FAT, FIBER, PREP, PROTEIN, SODIUM, DayLimits, Floats, Ints
from planning.optimizer.types import SLOTS, SlotNeed
from planning.optimizer.variety import Likeness, likeness_of

CANDIDATES = {"breakfast": 16, "lunch": 26, "dinner": 26, "snack": 16, "pre": 12, "during": 10, "post": 12}
LEFTOVER_CANDIDATES = 10
ACTIVE_BONUS = 0.05
REST = [PROTEIN, FAT, FIBER, SODIUM, PREP]
Single = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Position:
    """One meal to fill. Parallel arrays over its options, all of one size n.

    `raw` is rows x n, the daily rows in their units; `rows` the same divided by the day's row scales, `rest` those of
    `rest_rows` among them. `main` is energy and carbohydrate of `rows` in single precision, multiplied by what a unit
    of deviation costs. `stock` is n x foods: share of each stock that the option takes, `most_stock` the largest of
    each. `alike` numbers the dish in the week's `Likeness`, `sources` are the days it could be a leftover of.
    """

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
    counted: Flags
    rows: Floats
    rest: Floats
    main: Single
    cost: Floats
    objective: Floats
    raw: Floats
    tags: Floats
    stock: Floats
    most_stock: Floats
    alike: Ints
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Every position of a plan in plan order, and how alike their dishes are."""

    positions: list[Position]
    likeness: Likeness


def rest_rows(limits: DayLimits) -> list[int]:
    """The rows of a day besides energy and carbohydrate; protein comes first."""
    return [*REST, *limits.before]


def rank_columns(columns: Columns, group: Group, reduced: Floats, share: Floats, keep: Ints) -> Ints:
    """The most promising columns of a group: by reduced cost, LP-active ones first among near equals."""
    numbers = np.arange(group.start, group.stop, dtype=np.int64)
    merit = np.round(reduced[numbers] - ACTIVE_BONUS * np.minimum(share[numbers], 1.0), 9)
    order = numbers[np.argsort(merit, kind="stable")]
    is_fresh = columns.source[order] == NO_SOURCE
    best = order[is_fresh][: CANDIDATES[group.slot] + 4 * (len(group.needs) - 1)]
    left = order[~is_fresh][:LEFTOVER_CANDIDATES]
    extra = keep[(keep >= group.start) & (keep < group.stop)]
    return np.unique(np.concatenate([best, left, extra]))


def make_choices(
    columns: Columns, limits: tuple[DayLimits, ...], reduced: Floats, share: Floats, keep: Ints, tags: list[str]
) -> Choices:
    """Positions in plan order. `keep` are columns that must be among the candidates (previous and LP-active ones)."""
    positions: list[Position] = []
    tagged = np.array([[tag in dish.tags for dish in columns.dishes] for tag in tags], dtype=np.float64)
    tagged = tagged.reshape(len(tags), len(columns.dishes))
    chosen = [rank_columns(columns, group, reduced, share, keep) for group in columns.groups]
    offered = np.unique(np.concatenate([columns.dish[part] for part in chosen]))
    likeness = likeness_of(columns.dishes, offered)
    for group, part in zip(columns.groups, chosen, strict=True):
        column, quarters = _levels(columns, part)
        day = limits[group.day]
        raw = np.zeros((len(day.low), len(column)))
        raw[:6] = (columns.vectors[column] * quarters[:, None]).T
        raw[PREP] = columns.prep[column]
        for row, counted in zip(day.before, columns.before[group.day], strict=True):
            raw[row] = np.where(counted[column], raw[CARBS], 0.0)
        rows = raw / day.scale[:, None]
        dish, source = columns.dish[column], columns.source[column]
        cost = columns.price[dish] * quarters
        stock = columns.stock.use[dish] * quarters[:, None]
        stock[~columns.takes_stock[column]] = 0.0
        main = rows[[ENERGY, CARBS]] * np.array([[day.energy_weight], [day.carbs_weight]])
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
                    source=source,
                    counted=columns.counted[column],
                    rows=rows,
                    rest=rows[rest_rows(day)],
                    main=main.astype(np.float32),
                    cost=cost,
                    objective=columns.fixed_cost[column] + cost * columns.objective_per_milli,
                    raw=raw,
                    tags=tagged[:, dish],
                    stock=stock,
                    most_stock=stock.max(axis=0, initial=0.0),
                    alike=np.searchsorted(offered, dish),
                    sources=tuple(sorted(set(source.tolist()) - {NO_SOURCE})),
                )
            )
    return Choices(positions, likeness)


def _levels(columns: Columns, chosen: Ints) -> tuple[Ints, Ints]:
    """Every serving of every chosen column, in its dish's steps."""
    step = columns.step[columns.dish[chosen]]
    spans = (columns.high[chosen] - columns.low[chosen]) // step + 1
    column = np.repeat(chosen, spans)
    place = np.arange(len(column), dtype=np.int64) - np.repeat(np.cumsum(spans) - spans, spans)
    return column, columns.low[column] + place * np.repeat(step, spans)
