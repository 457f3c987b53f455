"""Which inputs the calculations accept. Unknown (None) is always accepted; a value outside its range never is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planning.science.constants import bounds
from planning.science.mets import ACTIVITIES
from planning.science.types import Profile, ScienceInputError, Session

Problem = tuple[str, str]

_PROFILE_RANGES = {
    "age_years": "range.age_years",
    "weight_kg": "range.weight_kg",
    "height_cm": "range.height_cm",
    "body_fat_pct": "range.body_fat_pct",
    "ffm_kg": "range.ffm_kg",
    "measured_rmr_kcal": "range.measured_rmr_kcal",
    "vo2max": "range.vo2max",
    "pal_nonexercise": "range.pal_nonexercise",
    "rate_pct_per_week": "range.rate_pct_per_week",
    "surplus_kcal": "range.surplus_kcal",
    "measured_rmr_months_ago": "range.months",
    "measured_rmr_weight_kg": "range.weight_kg",
    "power_meter_trust": "power.meter_trust",
}
_SESSION_RANGES = {
    "duration_minutes": "range.session_minutes",
    "distance_km": "range.distance_km",
    "grade": "range.grade",
    "avg_power_w": "range.power_w",
    "intensity_factor": "range.intensity_factor",
    "tss": "range.tss",
    "avg_hr": "range.heart_rate_bpm",
    "rpe": "range.rpe",
    "heart_rate_drift_bpm": "range.heart_rate_drift_bpm",
    "gut_cap_g_h": "range.gut_cap_g_h",
    "meal_hours_before": "pre.hours",
    "starts_at_minute": "range.start_minute",
    "met": "range.met",
    "device_kcal": "range.session_kcal",
    "measured_kcal": "range.session_kcal",
    "temperature_c": "range.temperature_c",
    "sweat_rate_l_h": "range.sweat_rate_l_h",
}


def _out_of_range(field: str, value: float | None, row: str) -> list[Problem]:
    if value is None:
        return []
    low, high = bounds(row)
    if isinstance(value, bool) or not math.isfinite(value) or not low <= value <= high:
        return [(field, f"must be between {low:g} and {high:g}")]
    return []


def validate_profile(profile: Profile) -> list[Problem]:
    """Return (field, message) for every value outside its accepted range; empty when the profile can be used."""
    problems: list[Problem] = []
    for field, row in _PROFILE_RANGES.items():
        problems += _out_of_range(field, getattr(profile, field), row)
    if profile.sex not in {"M", "F", None}:
        problems.append(("sex", "must be M, F or unknown"))
    if profile.goal not in {"maintain", "lose", "gain"}:
        problems.append(("goal", "must be maintain, lose or gain"))
    if profile.ffm_kg is not None and profile.weight_kg is not None and profile.ffm_kg >= profile.weight_kg:
        problems.append(("ffm_kg", "must be less than the body mass"))
    return problems


def validate_session(session: Session) -> list[Problem]:
    """Return (field, message) for every value of one session outside its accepted range."""
    problems: list[Problem] = []
    for field, row in _SESSION_RANGES.items():
        problems += _out_of_range(field, getattr(session, field), row)
    if session.intensity not in {"easy", "moderate", "hard", "race", None}:
        problems.append(("intensity", "must be easy, moderate, hard or race"))
    if session.activity_code is not None and session.activity_code not in ACTIVITIES:
        problems.append(("activity_code", "must be a Compendium code that is listed"))
    return problems


def validate_sessions(sessions: Sequence[Session]) -> list[Problem]:
    """Problems of the sessions of one day; fields are prefixed `sessions[i].`."""
    problems: list[Problem] = []
    for index, session in enumerate(sessions):
        problems += [(f"sessions[{index}].{field}", message) for field, message in validate_session(session)]
    longest = bounds("range.session_minutes")[1]
    if sum(session.duration_minutes for session in sessions) > longest:
        problems.append(("sessions", f"must not exceed {longest:g} minutes in one day"))
    return problems


def validate_day(profile: Profile, sessions: Sequence[Session]) -> list[Problem]:
    """Problems of a profile and its day; session fields are prefixed `sessions[i].`."""
    return validate_profile(profile) + validate_sessions(sessions)


def require_valid_day(profile: Profile, sessions: Sequence[Session]) -> None:
    """Raise ScienceInputError with every problem of the day."""
    problems = validate_day(profile, sessions)
    if problems:
        raise ScienceInputError(problems)


def require_valid_sessions(sessions: Sequence[Session]) -> None:
    """Raise ScienceInputError with every problem of a day's sessions."""
    problems = validate_sessions(sessions)
    if problems:
        raise ScienceInputError(problems)
