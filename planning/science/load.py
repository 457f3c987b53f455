"""Training load: TSS in its variants, TRIMP, session RPE, fitness and fatigue, and the class of a day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, stdev

from planning.science import mets
from planning.science.constants import curve, interpolate, number, numbers
from planning.science.sex import average_over_sex
from planning.science.types import DayClass, Intensity, Session, SessionLoad, Sex

_INTENSITY_ORDER: tuple[Intensity, ...] = ("easy", "moderate", "hard", "race")
_DAY_CLASSES: tuple[DayClass, ...] = ("rest", "light", "moderate", "high", "very_high")


def power_tss(*, seconds: float, normalized_power_w: float, ftp_w: float) -> float:
    """TSS from normalized power and functional threshold power (Allen & Coggan)."""
    intensity = normalized_power_w / ftp_w
    return seconds * normalized_power_w * intensity / (ftp_w * 3600) * number("load.tss_per_h_at_threshold")


def factor_tss(*, intensity_factor: float, minutes: float) -> float:
    """TSS from an intensity factor (power or pace relative to threshold): hours x IF^2 x 100."""
    return minutes / 60 * intensity_factor**2 * number("load.tss_per_h_at_threshold")


def pace_tss(*, minutes: float, speed_m_min: float, threshold_speed_m_min: float) -> float:
    """Running TSS: the intensity factor is the ratio of speed to threshold speed."""
    return factor_tss(intensity_factor=speed_m_min / threshold_speed_m_min, minutes=minutes)


def normalized_power(*, watts_per_second: Sequence[float], window_seconds: int = 30) -> float:
    """Fourth-power mean of the rolling 30-second mean power, W. Needs at least one full window."""
    if len(watts_per_second) < window_seconds:
        raise ValueError(f"needs at least {window_seconds} seconds of power")
    total = sum(watts_per_second[:window_seconds])
    fourth_powers = [(total / window_seconds) ** 4]
    for entering, leaving in zip(watts_per_second[window_seconds:], watts_per_second, strict=False):
        total += entering - leaving
        fourth_powers.append((total / window_seconds) ** 4)
    return float(fmean(fourth_powers) ** 0.25)


def rpe_tss(*, rpe: float, minutes: float) -> float:
    """TSS from a CR10 rating and minutes, read from Friel's table with straight lines between whole ratings."""
    return interpolate(curve("load.rpe_tss_per_h"), rpe) * minutes / 60


def banister_trimp(*, sex: Sex | None, minutes: float, hr: float, hr_rest: float, hr_max: float) -> float:
    """Banister's training impulse from mean, resting and maximal heart rate (bpm)."""
    reserve = (hr - hr_rest) / (hr_max - hr_rest)

    def one(reference: Sex) -> float:
        factor, exponent = numbers(f"load.trimp.{reference}")
        return minutes * reserve * factor * math.exp(exponent * reserve)

    return average_over_sex(sex, one)


def heart_rate_tss(
    *, sex: Sex | None, minutes: float, hr: float, hr_rest: float, hr_max: float, hr_threshold: float
) -> float:
    """TSS from heart rate: TRIMP relative to the TRIMP of one hour at threshold heart rate, x 100."""
    one_hour = banister_trimp(sex=sex, minutes=60, hr=hr_threshold, hr_rest=hr_rest, hr_max=hr_max)
    load = banister_trimp(sex=sex, minutes=minutes, hr=hr, hr_rest=hr_rest, hr_max=hr_max)
    return load / one_hour * number("load.tss_per_h_at_threshold")


def session_rpe_load(*, minutes: float, rpe: float) -> float:
    """Foster's session load in arbitrary units: minutes x CR10."""
    return minutes * rpe


def monotony_and_strain(*, daily_loads: Sequence[float]) -> tuple[float | None, float | None]:
    """Return (monotony, strain) of seven daily loads; (None, None) when the loads do not vary."""
    if len(daily_loads) < 2 or (spread := stdev(daily_loads)) == 0:
        return None, None
    monotony = fmean(daily_loads) / spread
    return monotony, sum(daily_loads) * monotony


def fitness_and_fatigue(
    *, ctl0: float, atl0: float, tss: Sequence[float], variant: str = "exponential"
) -> list[tuple[float, float, float]]:
    """Return (CTL, ATL, CTL - ATL of the same day) per day.

    `variant` is `exponential` (weight 1 - e^(-1/days), the product's choice) or `fraction` (weight 1/days).
    Form (TSB) as the product shows it is the previous day's difference: see `form`.
    """
    if variant not in {"exponential", "fraction"}:
        raise ValueError("variant must be exponential or fraction")

    def weight(days: float) -> float:
        return 1 - math.exp(-1 / days) if variant == "exponential" else 1 / days

    chronic, acute, rows = ctl0, atl0, []
    for load in tss:
        chronic += (load - chronic) * weight(number("load.ctl_days"))
        acute += (load - acute) * weight(number("load.atl_days"))
        rows.append((chronic, acute, chronic - acute))
    return rows


def form(*, ctl0: float, atl0: float, tss: Sequence[float]) -> list[float]:
    """TSB per day: yesterday's CTL minus yesterday's ATL."""
    rows = fitness_and_fatigue(ctl0=ctl0, atl0=atl0, tss=tss)
    return [ctl0 - atl0, *(row[2] for row in rows[:-1])] if rows else []


def intensity_of(session: Session) -> tuple[Intensity, bool]:
    """Return (intensity, estimated): as stated, a race, from RPE, from the intensity factor, else moderate."""
    if session.intensity is not None:
        return session.intensity, False
    if session.is_race:
        return "race", False
    if session.rpe is not None:
        if session.rpe <= number("met.rpe_easy_to"):
            return "easy", False
        return ("moderate", False) if session.rpe <= number("met.rpe_moderate_to") else ("hard", False)
    if session.intensity_factor is not None:
        if session.intensity_factor < number("met.if_easy_below"):
            return "easy", False
        moderate = session.intensity_factor < number("met.if_moderate_below")
        return ("moderate", False) if moderate else ("hard", False)
    return "moderate", True


def session_load(session: Session) -> SessionLoad:
    """TSS of a session: stored, from the intensity factor, from RPE, else from its intensity (marked estimated).

    Strength sessions count at most as an intensity factor of 0.65, whatever the rating.
    """
    if session.tss is not None:
        return SessionLoad(session.tss, "tss", False)
    minutes = session.duration_minutes
    if session.intensity_factor is not None:
        load = SessionLoad(factor_tss(intensity_factor=session.intensity_factor, minutes=minutes), "if", False)
    elif session.rpe is not None:
        load = SessionLoad(rpe_tss(rpe=session.rpe, minutes=minutes), "rpe", False)
    else:
        intensity = session.intensity or ("race" if session.is_race else None)
        by_intensity = numbers("load.intensity_rpe")
        rating = by_intensity[-1] if intensity is None else by_intensity[_INTENSITY_ORDER.index(intensity)]
        load = SessionLoad(rpe_tss(rpe=rating, minutes=minutes), "intensity", True)
    if mets.canonical_sport(session.sport)[0] not in mets.STRENGTH_SPORTS:
        return load
    most = factor_tss(intensity_factor=number("load.strength_if_max"), minutes=minutes)
    return SessionLoad(min(load.tss, most), load.basis, load.estimated)


def classify_day(*, tss: float, minutes: float) -> DayClass:
    """Name the day by its load: `very_high` also from 240 minutes at 25 TSS an hour or more."""
    long_day = minutes >= number("load.very_high_minutes")
    if long_day and tss / (minutes / 60) >= number("load.very_high_tss_per_h"):
        return "very_high"
    return _DAY_CLASSES[sum(tss >= threshold for threshold in numbers("load.class_from_tss"))]
