"""How many quarters of a dish fit a meal: for one dish in exact words, for the whole catalogue in one pass."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planning.optimizer.limits import Floats, Ints
from planning.optimizer.types import Dish, SlotNeed

# Windows are drawn in by the rounding of forty quarters, for the same reason as the daily rows.
WINDOW_MARGIN = 0.2
EMPTY = (1, 0)


def quarters_range(dish: Dish, need: SlotNeed) -> tuple[int, int]:
    """Fewest and most quarters of a dish inside the slot's window, in the dish's steps; empty when low > high.

    A dish of unknown fiber or fat is not offered where that is bounded.
    """
    low, high = dish.min_quarters, dish.max_quarters
    for amount, floor, cap in _windows(need, dish.per_quarter[0] or 0, dish.per_quarter[2] or 0):
        if amount == 0:
            if floor > 0:
                return EMPTY
            continue
        low = max(low, math.ceil(100.0 * floor / amount - 1e-9))
        high = min(high, math.floor(100.0 * cap / amount + 1e-9))
    for known, top in ((dish.per_quarter[4], need.fiber_hi), (dish.per_quarter[3], need.fat_hi)):
        if top is None:
            continue
        if known is None:
            return EMPTY
        if known > 0:
            high = min(high, math.floor(100.0 * _drawn_in(top) / known + 1e-9))
    step = dish.step_quarters
    return step * -(-low // step), step * (high // step)


def _windows(need: SlotNeed, energy: int, carbs: int) -> list[tuple[int, float, float]]:
    """Whatever stands for energy and carbohydrate (an amount or its row), with the window drawn in."""
    found = []
    for amount, floor, cap in ((energy, need.energy_lo, need.energy_hi), (carbs, need.carbs_lo, need.carbs_hi)):
        if floor is None or cap is None:
            continue
        margin = min(WINDOW_MARGIN, (cap - floor) / 4)
        found.append((amount, floor + margin if floor > 0 else floor, cap - margin))
    return found


def _drawn_in(top: float) -> float:
    return top - min(WINDOW_MARGIN, max(top, 0.0) / 4)


@dataclass(frozen=True, slots=True)
class DishTable:
    """The dishes as arrays, in their order. `nutrients` is dishes x 6 with unknown as NaN."""

    nutrients: Floats
    least: Ints
    most: Ints
    step: Ints
    prep: Ints
    keeps: Ints
    batchable: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, dishes: tuple[Dish, ...]) -> DishTable:
        amounts = [[math.nan if one is None else one for one in dish.per_quarter] for dish in dishes]
        counts = np.array(
            [
                (
                    dish.min_quarters,
                    dish.max_quarters,
                    dish.step_quarters,
                    dish.prep_minutes,
                    dish.keeps_days,
                    dish.batchable and "dinner" in dish.slots,
                )
                for dish in dishes
            ],
            dtype=np.int64,
        ).reshape(-1, 6)
        least, most, step, prep, keeps, batchable = counts.T
        nutrients = np.array(amounts, dtype=np.float64).reshape(-1, 6)
        return cls(nutrients, least, most, step, prep, keeps, batchable > 0)

    def ranges(self, need: SlotNeed) -> tuple[Ints, Ints]:
        """`quarters_range` of every dish."""
        low, high = self.least.astype(np.float64), self.most.astype(np.float64)
        impossible = np.zeros(len(low), dtype=bool)
        with np.errstate(divide="ignore", invalid="ignore"):
            for row, floor, cap in _windows(need, 0, 2):
                amount = self.nutrients[:, row]
                some = amount > 0
                low = np.where(some, np.maximum(low, np.ceil(100.0 * floor / amount - 1e-9)), low)
                high = np.where(some, np.minimum(high, np.floor(100.0 * cap / amount + 1e-9)), high)
                if floor > 0:
                    impossible |= ~some
            for row, top in ((4, need.fiber_hi), (3, need.fat_hi)):
                if top is not None:
                    amount = self.nutrients[:, row]
                    impossible |= np.isnan(amount)
                    most = np.floor(100.0 * _drawn_in(top) / amount + 1e-9)
                    high = np.where(amount > 0, np.minimum(high, most), high)
        lowest = self.step * -(-low.astype(np.int64) // self.step)
        highest = self.step * (high.astype(np.int64) // self.step)
        lowest[impossible], highest[impossible] = EMPTY
        return lowest, highest
