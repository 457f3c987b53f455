"""The daily rows every part of the solver uses: bounds in hundredths of each unit, preparation in minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planning.optimizer.types import DayNeed

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DAY_ROWS = ("energy", "protein", "carbs", "fat", "fiber", "sodium", "prep")
ENERGY, PROTEIN, CARBS, FAT, FIBER, SODIUM, PREP = range(7)

# Amounts are rounded to a hundredth per quarter serving, so a day's sum may be off by 0.005 per quarter; an exact
# checker must still pass, hence the bounds are drawn in by what sixty quarters can be off at most.
MARGIN = 30.0
FAT_MARGIN = 250.0

SOFT_WEIGHT = 20.0
# What the hours before a session lack costs this for all that they want: a tenth of it weighs like a disliked dish.
BEFORE_WEIGHT = 10.0
# The search aims at so much of the least, so that a step of a serving less is still enough.
BEFORE_AIM = 1.1
DEVIATION_WEIGHT = 0.5
# More protein than this share of its target costs the weight per further share; the cap of the day stays the limit.
PROTEIN_PULL = 1.25
PROTEIN_WEIGHT = 2.0
WAIVED_CAP_FACTOR = 1.5


@dataclass(frozen=True, slots=True)
class DayLimits:
    """Bounds of `DAY_ROWS`, and behind them of the carbohydrate before each session of `DayNeed.before`.

    The fat row is 9 x fat - floor x energy, so it is linear and must not be negative.

    A most of fat is drawn in by the floor's share of the most energy that the day may have: where the row is below its
    high end, fat is below the most at any energy that is allowed. `soft` rows were waived; `prices` are the rows that
    may be broken, with what all of their scale costs: the soft ones and those before sessions.
    """

    low: Floats
    high: Floats
    scale: Floats
    energy_target: float
    carbs_target: float
    energy_tolerance: float
    carbs_tolerance: float
    soft: frozenset[int]
    prices: Mapping[int, float]

    @property
    def before(self) -> range:
        """The rows of what is wanted before sessions."""
        return range(len(DAY_ROWS), len(self.low))

    @property
    def energy_weight(self) -> float:
        """What missing the energy target by all of it costs in the objective; half a point at the tolerance."""
        return DEVIATION_WEIGHT / self.energy_tolerance

    @property
    def carbs_weight(self) -> float:
        return DEVIATION_WEIGHT / self.carbs_tolerance


def day_limits(day: DayNeed, waived: frozenset[str] = frozenset()) -> DayLimits:
    """Rows of one day. Waived fiber and sodium become preferences; a waived protein cap is raised by half."""
    energy, carbs, protein = 100.0 * day.energy_kcal, 100.0 * day.carbs_g, 100.0 * day.protein_g
    rows = len(DAY_ROWS) + len(day.before)
    low = np.full(rows, -np.inf)
    high = np.full(rows, np.inf)
    scale = np.ones(rows)
    low[ENERGY] = energy * (1 - day.energy_tolerance) + MARGIN
    high[ENERGY] = energy * (1 + day.energy_tolerance) - MARGIN
    low[CARBS] = carbs * (1 - day.carbs_tolerance) + MARGIN
    high[CARBS] = carbs * (1 + day.carbs_tolerance) - MARGIN
    low[PROTEIN] = protein + MARGIN
    high[PROTEIN] = protein * day.protein_cap_factor * (WAIVED_CAP_FACTOR if "protein_cap" in waived else 1.0) - MARGIN
    low[FAT] = FAT_MARGIN
    if day.fat_most_g is not None:
        high[FAT] = 900.0 * day.fat_most_g - day.fat_floor_fraction * high[ENERGY] - FAT_MARGIN
    scale[[ENERGY, CARBS, PROTEIN, FAT]] = energy, carbs, protein, max(day.fat_floor_fraction, 0.05) * energy
    for row, floor, cap in ((FIBER, day.fiber_lo, day.fiber_hi), (SODIUM, day.sodium_lo, day.sodium_hi)):
        if floor is not None:
            low[row] = 100.0 * floor + MARGIN
        if cap is not None:
            high[row] = 100.0 * cap - MARGIN
        scale[row] = max(100.0 * (cap or floor or 1.0), 1.0)
    if day.prep_minutes is not None:
        high[PREP] = float(day.prep_minutes)
        scale[PREP] = max(float(day.prep_minutes), 1.0)
    soft = frozenset(row for row, name in ((FIBER, "fiber"), (SODIUM, "sodium")) if name in waived)
    prices = dict.fromkeys(sorted(soft), SOFT_WEIGHT)
    for row, need in enumerate(day.before, start=len(DAY_ROWS)):
        low[row] = min(100.0 * BEFORE_AIM * need.carbs_lo + MARGIN, 100.0 * need.carbs_hi)
        high[row] = max(100.0 * need.carbs_hi - MARGIN, low[row])
        scale[row] = max(100.0 * need.carbs_lo, 100.0)
        prices[row] = BEFORE_WEIGHT
    return DayLimits(low, high, scale, energy, carbs, day.energy_tolerance, day.carbs_tolerance, soft, prices)


def excess(values: Floats, limits: DayLimits) -> Floats:
    """How far each row lies outside its bounds, relative to the row's scale (0 inside)."""
    outside = np.maximum(np.maximum(limits.low - values, values - limits.high), 0.0)
    return np.asarray(outside / limits.scale, dtype=np.float64)
