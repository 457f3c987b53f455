"""Carbohydrate per day: a continuous, monotone function of the day's load, with its band, look-ahead and loading."""

from __future__ import annotations

from dataclasses import dataclass

from planning.science.constants import bounds, curve, interpolate, number
from planning.science.types import DayLookahead, Goal


@dataclass(frozen=True, slots=True)
class CarbBand:
    """Carbohydrate in g/kg/day: the point to aim at and the band closure may use; `evening_extra` is part of it."""

    low: float
    point: float
    high: float
    evening_extra: float = 0.0


def carbs_point_g_per_kg(*, tss: float, goal: Goal) -> float:
    """Point value at a day's TSS; losing weight has its own, flatter curve below a moderate day."""
    return interpolate(curve("carbs.point_lose" if goal == "lose" else "carbs.point"), tss)


def carbs_band(*, tss: float, goal: Goal) -> CarbBand:
    """The band around the point: the upper end always from the maintenance curve, the lower from the goal's own."""
    lowest, highest = bounds("carbs.limits")
    half_width = interpolate(curve("carbs.half_width"), tss)
    point = carbs_point_g_per_kg(tss=tss, goal=goal)
    high = min(highest, interpolate(curve("carbs.point"), tss) + half_width)
    return CarbBand(max(lowest, point - half_width), point, high)


def look_ahead(*, band: CarbBand, goal: Goal, tomorrow: DayLookahead) -> CarbBand:
    """Raise today's point when a harder day starts before noon tomorrow; the extra belongs to dinner and later.

    An unknown start time raises nothing.
    """
    ahead = carbs_point_g_per_kg(tss=tomorrow.tss, goal=goal)
    starts = tomorrow.first_start_minute
    if starts is None or starts >= number("carbs.lookahead_before_minute") or ahead <= band.point:
        return band
    share = number("carbs.lookahead_today")
    point = share * band.point + (1 - share) * (band.point + ahead) / 2
    return CarbBand(band.low, point, max(band.high, point), point - band.point)


def load_for_race(band: CarbBand) -> CarbBand:
    """Band of a day of carbohydrate loading before a race of more than 90 minutes."""
    low, high = bounds("carbs.loading")
    point = max(band.point, number("carbs.loading_point"))
    return CarbBand(low, point, max(band.high, high), band.evening_extra)
