"""Carbohydrate per day: a continuous, monotone function of the day's load, with its band, look-ahead and loading."""

from __future__ import annotations

from dataclasses import dataclass

from planning.science.availability import EA_AMBER, EA_RED, is_minor
from planning.science.constants import bounds, curve, interpolate, number
from planning.science.load import intensity_of
from planning.science.types import DayLookahead, DayTargets, Goal, Profile, Session


@dataclass(frozen=True, slots=True)
class CarbBand:
    """Carbohydrate in g/kg/day: the point to aim at and the band closure may use; `evening_extra` is part of it.

    `for_match` says that a match tomorrow raised the point.
    """

    low: float
    point: float
    high: float
    evening_extra: float = 0.0
    for_match: bool = False


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


def fuel_for_match(band: CarbBand) -> CarbBand:
    """Band of the day before a match of a team sport: 6 to 8 g/kg are aimed at, within the day's own energy.

    The low end stays that of the day's load: where the energy does not hold more, the point gives way as on any day.
    """
    point = max(band.point, number("carbs.before_match_point"))
    high = max(band.high, bounds("carbs.before_match")[1])
    return CarbBand(band.low, point, high, band.evening_extra, for_match=point > band.point)


def may_train_low(
    *, profile: Profile, session: Session, day: DayTargets, done_this_week: int, injured_or_ill: bool
) -> bool:
    """Whether an athlete who opted in may do this session with little carbohydrate.

    Known adults only, easy sessions up to 90 minutes, twice a week; never with low energy availability, injury,
    illness, pregnancy, diabetes or a red flag. Protein and the daily floor of 3 g/kg stay as they are.
    """
    barred = (
        is_minor(profile)
        or profile.age_years is None
        or "age_years" in profile.assumed
        or profile.pregnant
        or profile.lactating
        or profile.ed_flag
        or injured_or_ill
        or any("diabetes" in condition for condition in profile.conditions)
        or bool({EA_AMBER, EA_RED} & set(day.warnings))
        or done_this_week >= number("train_low.max_per_week")
    )
    easy = intensity_of(session) == ("easy", False) and not session.is_race
    return easy and session.duration_minutes <= number("train_low.max_minutes") and not barred
