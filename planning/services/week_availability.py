"""Energy availability of what was eaten: by day where the day is known in whole, and its mean over a week."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planning.science.adaptive import intake_is_complete
from planning.science.availability import amber_threshold, energy_availability, logged_availability_code
from planning.science.constants import bounds, number
from planning.science.profiles import BODY_FIELDS
from planning.science.types import DayTargets, Sex
from planning.services.eaten import EatenDay, mean_of
from planning.services.weight import SURE_SD


@dataclass(frozen=True, slots=True)
class Availability:
    """Mean energy availability of a week's complete days, kcal per kg fat-free mass and day.

    `low` and `high` hold it 19 times of 20, by the ordinary errors of logged food and of a fat-free mass. `code` is
    EA_RED, EA_AMBER or None; `is_judged` is False where too few days are known. `red_below` and `amber_below` are the
    limits.
    """

    kcal_per_kg: float
    low: float
    high: float
    days: int
    code: str | None
    is_judged: bool
    red_below: float
    amber_below: float


def is_complete(found: EatenDay, targets: DayTargets | None) -> bool:
    """Whether a day's energy is known in whole, and is one that somebody can have lived on."""
    kcal = found.whole("energy_kcal")
    if kcal is None or targets is None:
        return False
    return kcal <= bounds("range.intake_kcal")[1] and intake_is_complete(logged_kcal=kcal, rmr_kcal=targets.rmr.kcal)


def availability_on(found: EatenDay, targets: DayTargets | None) -> float | None:
    """Energy availability of what was eaten on a day, kcal/kg; None where the day or the body is not known."""
    kcal = found.whole("energy_kcal")
    if kcal is None or targets is None or not is_complete(found, targets) or body_is_assumed(targets):
        return None
    return energy_availability(intake_kcal=kcal, exercise_kcal=targets.exercise_net_kcal, ffm_kg=targets.ffm_kg)


def body_is_assumed(targets: DayTargets) -> bool:
    """Whether the targets stand on a reference body: that judges nobody."""
    return bool(set(targets.assumed) & set(BODY_FIELDS))


def week_availability(
    *, monday: date, sex: Sex | None, daily: Mapping[date, float], targets: Mapping[date, DayTargets]
) -> Availability | None:
    """The mean of a week's complete days and what the screening says of it; None without a complete day.

    `daily` holds the availability of complete days, also of the week before: the screening looks at two weeks.
    """
    days = [day for offset in range(7) if (day := monday + timedelta(days=offset)) in daily]
    mean = mean_of(daily[day] for day in days)
    if mean is None:
        return None
    lean_kg = mean_of(targets[day].ffm_kg for day in days) or 0.0
    at_balance = mean_of(targets[day].energy_availability_at_balance for day in days) or 0.0
    sd = _sd(mean, lean_kg=lean_kg, days=len(days))
    fortnight: Sequence[float | None] = [daily.get(monday + timedelta(days=offset)) for offset in range(-7, 7)]
    return Availability(
        kcal_per_kg=mean,
        low=max(0.0, mean - SURE_SD * sd),
        high=mean + SURE_SD * sd,
        days=len(days),
        code=logged_availability_code(sex=sex, daily=fortnight, at_balance=at_balance),
        is_judged=len(days) >= number("ea.logged_days_min"),
        red_below=number("ea.red"),
        amber_below=amber_threshold(sex=sex, at_balance=at_balance),
    )


def _sd(mean: float, *, lean_kg: float, days: int) -> float:
    """Standard deviation of a mean of days: food logged with its ordinary error, a lean mass with that of a scale."""
    intake = number("adaptive.sigma_intake_kcal") / math.sqrt(days) / lean_kg
    body = abs(mean) * number("ffm.bia_sd_kg") / lean_kg
    return math.hypot(intake, body)
