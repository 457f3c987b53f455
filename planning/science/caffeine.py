"""Caffeine doses before a race, their caps, and who gets none."""

from __future__ import annotations

from planning.science.availability import is_minor
from planning.science.constants import bounds, number
from planning.science.types import Profile

NO_CAFFEINE_CONDITIONS = frozenset(
    {"arrhythmia", "anxiety", "panic", "maoi", "theophylline", "interacting_antibiotics"}
)


def caffeine_mg_per_kg(*, mg: float, weight_kg: float) -> float:
    """Dose per kg body mass."""
    return mg / weight_kg


def caffeine_dose_mg(
    *, weight_kg: float, mg_per_kg: float, is_adult: bool = True, pregnant: bool = False, other_caffeine_mg: float = 0.0
) -> float:
    """Dose in mg, never above 6 mg/kg nor what the daily limit (400 mg, pregnancy 200 mg) leaves. Minors get 0."""
    if not is_adult:
        return 0.0
    daily = number("caffeine.cap_mg_day_pregnant" if pregnant else "caffeine.cap_mg_day")
    cap = min(number("caffeine.cap_mg_per_kg") * weight_kg, daily - other_caffeine_mg)
    return max(0.0, min(mg_per_kg * weight_kg, cap))


def proposed_caffeine_mg(profile: Profile, *, mg_per_kg: float | None = None, other_mg: float = 0.0) -> float | None:
    """Dose to propose to this athlete, or None: minors, assumed data, pregnancy, lactation, red flags, conditions."""
    withheld = (
        is_minor(profile)
        or bool(profile.assumed)
        or profile.pregnant
        or profile.lactating
        or profile.ed_flag
        or bool(set(profile.conditions) & NO_CAFFEINE_CONDITIONS)
    )
    if withheld or profile.weight_kg is None or profile.age_years is None:
        return None
    least, most = bounds("caffeine.proposed_mg_per_kg")
    wanted = most if mg_per_kg is None else min(most, max(least, mg_per_kg))
    return caffeine_dose_mg(weight_kg=profile.weight_kg, mg_per_kg=wanted, other_caffeine_mg=other_mg)


def is_late(*, mg: float, hours_before_bed: float) -> bool:
    """Whether a dose is likely to harm sleep: 100 mg or more within 8 hours of bed."""
    return mg >= number("caffeine.late_mg") and hours_before_bed < number("caffeine.cutoff_hours")
