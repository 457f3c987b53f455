"""Energy availability, energy floors, and who may not be put into a deficit.

Energy availability is a screening prompt, never a diagnosis (RED-S 2018; IOC 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from planning.science.constants import number, numbers
from planning.science.rmr import body_mass_index
from planning.science.screening import deficit_is_locked
from planning.science.sex import average_over_sex
from planning.science.types import Profile, Sex

EA_RED = "EA_RED"
EA_AMBER = "EA_AMBER"
FLOOR_APPLIED = "ENERGY_FLOOR_APPLIED"
MINOR = "DEFICIT_BLOCKED_MINOR"
PREGNANCY = "DEFICIT_BLOCKED_PREGNANCY_LACTATION"
UNDERWEIGHT = "DEFICIT_BLOCKED_UNDERWEIGHT"
ED_RED_FLAG = "DEFICIT_BLOCKED_ED_RED_FLAG"

# Only information until a clinician confirms; the display withholds the numbers.
CLINICIAN_CONDITIONS = frozenset(
    {
        "insulin_diabetes",
        "kidney_disease",
        "heart_failure",
        "bariatric_surgery",
        "active_cancer",
        "vitamin_k_anticoagulants",
        "pku",
    }
)
# An energy that equals a limit meets it; the slack only covers floating point.
_SLACK = 1e-9


def energy_availability(*, intake_kcal: float, exercise_kcal: float, ffm_kg: float) -> float:
    """Energy availability in kcal per kg fat-free mass per day; exercise energy is net of everyday energy."""
    return (intake_kcal - exercise_kcal) / ffm_kg


def amber_threshold(*, sex: Sex | None, at_balance: float) -> float:
    """Below this availability a plan is amber. Capped at 95 % of balance, so that eating enough never warns."""
    capped = number("ea.amber_share_of_balance") * at_balance
    return average_over_sex(sex, lambda reference: min(number(f"ea.amber.{reference}"), capped))


def availability_code(*, sex: Sex | None, availability: float, at_balance: float) -> str | None:
    """Return EA_RED below 30 (exactly 30 is not red), EA_AMBER below the amber threshold, else None."""
    if availability < number("ea.red") - _SLACK:
        return EA_RED
    if availability < amber_threshold(sex=sex, at_balance=at_balance) - _SLACK:
        return EA_AMBER
    return None


def logged_availability_code(*, sex: Sex | None, daily: Sequence[float | None], at_balance: float) -> str | None:
    """Judge logged days, oldest first, None for an incomplete day. None when fewer than 5 of the last 7 are known.

    RED also when 5 or more of the last 14 days are below 30.
    """
    days, window = (int(value) for value in numbers("ea.logged_red_days"))
    low_days = sum(value is not None and value < number("ea.red") - _SLACK for value in daily[-window:])
    if low_days >= days:
        return EA_RED
    known = [value for value in daily[-7:] if value is not None]
    if len(known) < number("ea.logged_days_min"):
        return None
    return availability_code(sex=sex, availability=fmean(known), at_balance=at_balance)


def energy_floor_kcal(*, sex: Sex | None, rmr_kcal: float, exercise_kcal: float, ffm_kg: float) -> float:
    """Least energy of a day: resting rate, availability of 30, and 1500 (M) or 1200 (F) kcal."""
    least = average_over_sex(sex, lambda reference: number(f"floor.kcal.{reference}"))
    return max(rmr_kcal, exercise_kcal + number("ea.red") * ffm_kg, least)


def deficit_break_due(*, weeks_in_deficit: float) -> bool:
    """Whether it is time to stop losing weight and eat at maintenance for two weeks: from 12 weeks on."""
    return weeks_in_deficit >= numbers("deficit.weeks_max")[0]


def prefilled_deficit_kcal(*, weight_kg: float, rate_pct_per_week: float, tdee_kcal: float) -> float:
    """The deficit a form may suggest by itself: that of the rate, at most 500 kcal/day."""
    wanted = daily_deficit_kcal(weight_kg=weight_kg, rate_pct_per_week=rate_pct_per_week, tdee_kcal=tdee_kcal)
    return min(wanted, number("deficit.prefill_max_kcal"))


def daily_deficit_kcal(*, weight_kg: float, rate_pct_per_week: float, tdee_kcal: float) -> float:
    """Deficit in kcal/day for a loss rate in % of body mass per week, capped at 25 % of TDEE and 750 kcal."""
    rate = min(max(0.0, rate_pct_per_week), number("deficit.rate_max_pct"))
    wanted = rate / 100 * weight_kg * number("deficit.kcal_per_kg") / 7
    return min(wanted, number("deficit.max_share") * tdee_kcal, number("deficit.max_kcal"))


def loss_kg_per_week(*, weight_kg: float, pct_per_week: float) -> float:
    """Kilograms per week of a loss rate in % of body mass."""
    return weight_kg * pct_per_week / 100


def body_fat_of(profile: Profile) -> float | None:
    """Body fat in %: as given, else from measured fat-free mass and weight, else unknown."""
    if profile.body_fat_pct is not None:
        return profile.body_fat_pct
    if profile.ffm_kg is not None and profile.weight_kg and "weight_kg" not in profile.assumed:
        return 100 * (1 - profile.ffm_kg / profile.weight_kg)
    return None


def body_fat_is_low(profile: Profile) -> bool:
    """Whether body fat lies below 5 % (M) or 12 % (F): a reason for review and no deficit."""
    body_fat = body_fat_of(profile)
    limit = average_over_sex(profile.sex, lambda sex: number(f"block.body_fat_below.{sex}"))
    return body_fat is not None and body_fat < limit


def is_underweight(profile: Profile) -> bool:
    """BMI below 18.5 or low body fat. Assumed weights and heights judge nobody."""
    known = not {"weight_kg", "height_cm"} & set(profile.assumed)
    if known and profile.weight_kg is not None and profile.height_cm is not None:
        bmi = body_mass_index(weight_kg=profile.weight_kg, height_cm=profile.height_cm)
        if bmi < number("block.bmi_below"):
            return True
    return body_fat_is_low(profile)


def is_minor(profile: Profile) -> bool:
    """Whether a known age is below 18."""
    return profile.age_years is not None and profile.age_years < number("rmr.adult_age_years")


def is_expecting_or_nursing(profile: Profile) -> bool:
    """Whether pregnancy or breastfeeding is stated. Not stated counts as no: it must not turn every woman away."""
    return bool(profile.pregnant) or bool(profile.lactating)


def deficit_pause(profile: Profile) -> str | None:
    """Return the notice of the first reason that pauses a deficit without being one of the four blocks, or None."""
    if profile.ill:
        return "DEFICIT_PAUSED_ILLNESS"
    if set(profile.conditions) & CLINICIAN_CONDITIONS:
        return "DEFICIT_NEEDS_CLINICIAN"
    if deficit_is_locked(profile.screening_indicators):
        return "DEFICIT_LOCKED_SCREENING"
    return None


def deficit_block(profile: Profile) -> str | None:
    """Return the code of the first reason that forbids a deficit, or None."""
    if is_minor(profile):
        return MINOR
    if is_expecting_or_nursing(profile):
        return PREGNANCY
    if is_underweight(profile):
        return UNDERWEIGHT
    return ED_RED_FLAG if profile.ed_flag else None
