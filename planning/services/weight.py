"""The weight trend: what was weighed, and the running mean behind it with how sure it is.

The trend is the exponentially weighted mean that expenditure is learned with (`planning/science/adaptive.py`). Its
uncertainty is that of the same mean of readings that each scatter by the ordinary noise of a scale and a body's water.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from athletes.models import Athlete, BodyMeasurement
from planning.science.adaptive import confirmed_readings, weight_trend
from planning.science.constants import number

# A reading this many days back weighs less than a thousandth in the trend.
MEMORY_DAYS = 90
# The share of a normal distribution within this many standard deviations is 95 %.
SURE_SD = 1.96


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The trend after the reading of a day, kg, and the range in which it lies 19 times of 20."""

    date: date
    kg: float
    low_kg: float
    high_kg: float


@dataclass(frozen=True, slots=True)
class WeightHistory:
    """Weigh-ins of a range of days, the oldest first.

    `held` are days whose reading jumps and waits for the next one to confirm it: no part of the trend. `segments` are
    unbroken stretches of the trend; two weeks without a reading end one.
    """

    first: date
    last: date
    rows: tuple[BodyMeasurement, ...]
    held: frozenset[date]
    segments: tuple[tuple[TrendPoint, ...], ...]

    @property
    def readings(self) -> list[tuple[date, float]]:
        return [(row.measured_on, row.weight_kg) for row in self.rows if row.weight_kg is not None]

    @property
    def change_kg(self) -> float | None:
        """How far the last stretch of the trend has moved; None with fewer than two points of it."""
        if not self.segments or len(self.segments[-1]) < 2:
            return None
        return self.segments[-1][-1].kg - self.segments[-1][0].kg

    @property
    def change_is_clear(self) -> bool:
        """Whether the last stretch ends outside of the range in which it began."""
        change = self.change_kg
        if change is None:
            return False
        start, end = self.segments[-1][0], self.segments[-1][-1]
        return abs(change) > math.hypot(start.high_kg - start.kg, end.high_kg - end.kg)


def read_weight(*, athlete: Athlete, first: date, last: date) -> WeightHistory:
    """Weigh-ins and trend from first to last, in one query. The trend knows what was weighed shortly before."""
    rows = list(
        BodyMeasurement.objects.filter(
            athlete=athlete, measured_on__gte=first - timedelta(days=MEMORY_DAYS), measured_on__lte=last
        ).order_by("measured_on")
    )
    readings = [(row.measured_on.toordinal(), float(row.weight_kg)) for row in rows if row.weight_kg is not None]
    kept = confirmed_readings(readings)
    days = {day for day, _ in kept}
    stretches = (tuple(point for point in part if point.date >= first) for part in trend_of(kept))
    return WeightHistory(
        first=first,
        last=last,
        rows=tuple(row for row in rows if row.measured_on >= first),
        held=frozenset(date.fromordinal(day) for day, _ in readings if day not in days),
        segments=tuple(part for part in stretches if part),
    )


def trend_of(readings: Sequence[tuple[int, float]]) -> list[list[TrendPoint]]:
    """The trend after each confirmed reading (day as an ordinal, kg; ascending), a list for each unbroken stretch.

    A stretch begins with its first reading as it is; afterwards the variance follows the weights of the mean.
    """
    stretches: list[list[tuple[int, float]]] = []
    for day, kg in readings:
        if not stretches or day - stretches[-1][-1][0] > number("adaptive.window_days"):
            stretches.append([])
        stretches[-1].append((day, kg))
    return [_stretch(part) for part in stretches]


def _stretch(readings: Sequence[tuple[int, float]]) -> list[TrendPoint]:
    noise = number("adaptive.sigma_weight_kg") ** 2
    start_kg = readings[0][1]
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(readings)]
    steps = [(gap, kg) for gap, (_, kg) in zip(gaps, readings[1:], strict=True)]
    means = [start_kg, *weight_trend(start_kg=start_kg, readings=steps)]
    variance, variances = noise, [noise]
    for gap in gaps:
        share = 1 - (1 - number("adaptive.ewma_alpha")) ** gap
        variance = (1 - share) ** 2 * variance + share**2 * noise
        variances.append(variance)
    return [
        TrendPoint(date.fromordinal(day), kg, kg - SURE_SD * math.sqrt(spread), kg + SURE_SD * math.sqrt(spread))
        for (day, _), kg, spread in zip(readings, means, variances, strict=True)
    ]
