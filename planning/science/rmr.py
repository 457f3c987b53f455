"""Resting metabolic rate, fat-free mass, and the equations that only serve as cross-checks. Results in kcal/day.

Sources stand beside each coefficient in the constants table (`rmr.*`, `ffm.*`, `eer.*`).
"""

from __future__ import annotations

import math
from dataclasses import replace

from planning.science.constants import bounds, number, numbers
from planning.science.sex import average_over_sex
from planning.science.types import FatFreeMass, Rmr, Sex

_SEXES: tuple[Sex, Sex] = ("M", "F")
_BY_SEX = frozenset({"mifflin", "tenhaaf_w", "schofield_10_18"})

# What an athlete reads about each method: what it is called, and the sum in words.
METHOD_WORDS: dict[str, str] = {
    "measured": "Your resting energy as it was measured",
    "mifflin": "Energy your body uses at rest, from weight, height and age (Mifflin)",
    "cunningham80": "Energy your body uses at rest, from your lean mass, for athletes (Cunningham 1980)",
    "cunningham91": "Energy your body uses at rest, from your lean mass (Cunningham 1991)",
    "tenhaaf_w": "Energy your body uses at rest, from weight, height and age, for athletes (ten Haaf)",
    "tenhaaf_ffm": "Energy your body uses at rest, from your lean mass, for athletes (ten Haaf)",
    "schofield_10_18": "Energy your body uses at rest, from weight, for 10 to 18 years (Schofield)",
}
FORMULAS: dict[str, str] = {
    "measured": "as measured",
    "mifflin": "10 x weight + 6.25 x height - 5 x age + 5 for men, - 161 for women",
    "cunningham80": "500 + 22 x lean mass",
    "cunningham91": "370 + 21.6 x lean mass",
    "tenhaaf_w": "(49.94 x weight + 24.59 x height - 34.01 x age + 122.5, + 799.3 for men) / 4.184",
    "tenhaaf_ffm": "(95.272 x lean mass + 2026.161) / 4.184",
    "schofield_10_18": "17.686 x weight + 658.2 for men, 13.384 x weight + 692.6 for women",
}


def _weight_height_age(row: str, sex: Sex | None, weight_kg: float, height_cm: float, age_years: float) -> float:
    def one(reference: Sex) -> float:
        per_kg, per_cm, per_year, constant = numbers(f"{row}.{reference}")
        return per_kg * weight_kg + per_cm * height_cm + per_year * age_years + constant

    return average_over_sex(sex, one)


def mifflin_kcal(*, sex: Sex | None, weight_kg: float, height_cm: float, age_years: float) -> float:
    """Mifflin 1990: adults, normal weight and obese."""
    return _weight_height_age("rmr.mifflin", sex, weight_kg, height_cm, age_years)


def harris_benedict_kcal(*, sex: Sex | None, weight_kg: float, height_cm: float, age_years: float) -> float:
    """Harris-Benedict as revised by Roza & Shizgal 1984; for comparison only."""
    return _weight_height_age("rmr.hb84", sex, weight_kg, height_cm, age_years)


def cunningham_1980_kcal(*, ffm_kg: float) -> float:
    """Cunningham 1980: athletes with a measured fat-free mass."""
    per_kg, constant = numbers("rmr.cunningham80")
    return constant + per_kg * ffm_kg


def cunningham_1991_kcal(*, ffm_kg: float) -> float:
    """Cunningham 1991 (also known as Katch-McArdle)."""
    per_kg, constant = numbers("rmr.cunningham91")
    return constant + per_kg * ffm_kg


def ten_haaf_weight_kcal(*, sex: Sex | None, weight_kg: float, height_cm: float, age_years: float) -> float:
    """ten Haaf & Weijs 2014, weight equation: recreational athletes of 18 to 35 years."""
    per_kg, per_m, per_year, male, constant = numbers("rmr.tenhaaf_w")

    def one(reference: Sex) -> float:
        kilojoules = per_kg * weight_kg + per_m * height_cm / 100 + per_year * age_years + constant
        return (kilojoules + (male if reference == "M" else 0.0)) / number("unit.kj_per_kcal")

    return average_over_sex(sex, one)


def ten_haaf_ffm_kcal(*, ffm_kg: float) -> float:
    """ten Haaf & Weijs 2014, fat-free mass equation."""
    per_kg, constant = numbers("rmr.tenhaaf_ffm")
    return (per_kg * ffm_kg + constant) / number("unit.kj_per_kcal")


def schofield_kcal(*, sex: Sex | None, weight_kg: float) -> float:
    """Schofield 1985, 10 to 18 years."""

    def one(reference: Sex) -> float:
        per_kg, constant = numbers(f"rmr.schofield_10_18.{reference}")
        return per_kg * weight_kg + constant

    return average_over_sex(sex, one)


def boer_ffm_kg(*, sex: Sex | None, weight_kg: float, height_cm: float) -> float:
    """Boer 1984 lean mass in kg, kept below body mass. An estimate for screening, never for Cunningham."""

    def one(reference: Sex) -> float:
        per_kg, per_cm, constant = numbers(f"ffm.boer.{reference}")
        return per_kg * weight_kg + per_cm * height_cm + constant

    return min(average_over_sex(sex, one), number("ffm.share_max") * weight_kg)


def resolve_ffm(
    *, sex: Sex | None, weight_kg: float, height_cm: float, ffm_kg: float | None, body_fat_pct: float | None
) -> FatFreeMass:
    """Choose the fat-free mass for energy availability and floors: measured, from body fat, else Boer's estimate."""
    if ffm_kg is not None:
        return FatFreeMass(ffm_kg, "measured")
    if body_fat_pct is not None:
        return FatFreeMass(weight_kg * (1 - body_fat_pct / 100), "body_fat")
    return FatFreeMass(boer_ffm_kg(sex=sex, weight_kg=weight_kg, height_cm=height_cm), "estimated")


def body_mass_index(*, weight_kg: float, height_cm: float) -> float:
    """Body mass index in kg/m2."""
    return weight_kg / (height_cm / 100) ** 2


def select_rmr(
    *,
    sex: Sex | None,
    age_years: float,
    weight_kg: float,
    height_cm: float,
    ffm_kg: float | None = None,
    measured_rmr_kcal: float | None = None,
    is_athlete: bool = True,
    ffm_method: str | None = None,
    measured_rmr_months_ago: float | None = None,
    measured_rmr_weight_kg: float | None = None,
) -> Rmr:
    """Choose the equation and return kcal/day with its id and standard deviation.

    First match wins: a recent measurement, minor, FFM, athlete of 18 to 35 with BMI below 30, Mifflin.
    """
    found = _first_match(
        sex=sex,
        age_years=age_years,
        weight_kg=weight_kg,
        height_cm=height_cm,
        ffm_kg=ffm_kg,
        measured_rmr_kcal=measured_rmr_kcal
        if measured_rmr_is_current(
            weight_kg=weight_kg, months_ago=measured_rmr_months_ago, weight_then_kg=measured_rmr_weight_kg
        )
        else None,
        is_athlete=is_athlete,
    )
    spread = 0.0
    if sex is None and found.method in _BY_SEX:
        one, other = (
            _first_match(
                sex=reference,
                age_years=age_years,
                weight_kg=weight_kg,
                height_cm=height_cm,
                ffm_kg=None,
                measured_rmr_kcal=None,
                is_athlete=is_athlete,
            ).kcal
            for reference in _SEXES
        )
        spread = (one - other) / 2
    return replace(found, sd_kcal=math.hypot(rmr_sd_kcal(found, ffm_method=ffm_method), spread))


def measured_rmr_is_current(
    *, weight_kg: float, months_ago: float | None = None, weight_then_kg: float | None = None
) -> bool:
    """Whether a measured resting rate still holds: under 12 months old, mass within 5 %. Unknown counts as current."""
    if months_ago is not None and months_ago >= number("rmr.measured_months_max"):
        return False
    change = 0.0 if weight_then_kg is None else abs(weight_kg - weight_then_kg) / weight_then_kg
    return change <= number("rmr.measured_mass_share")


def _first_match(
    *,
    sex: Sex | None,
    age_years: float,
    weight_kg: float,
    height_cm: float,
    ffm_kg: float | None,
    measured_rmr_kcal: float | None,
    is_athlete: bool,
) -> Rmr:
    if measured_rmr_kcal is not None:
        return Rmr(measured_rmr_kcal, "measured")
    if age_years < number("rmr.adult_age_years"):
        return Rmr(schofield_kcal(sex=sex, weight_kg=weight_kg), "schofield_10_18")
    if ffm_kg is not None and is_athlete:
        return Rmr(cunningham_1980_kcal(ffm_kg=ffm_kg), "cunningham80")
    if ffm_kg is not None:
        return Rmr(cunningham_1991_kcal(ffm_kg=ffm_kg), "cunningham91")
    youngest, oldest = bounds("rmr.tenhaaf_age_years")
    slim = body_mass_index(weight_kg=weight_kg, height_cm=height_cm) < number("rmr.tenhaaf_bmi_below")
    if is_athlete and youngest <= age_years <= oldest and slim:
        kcal = ten_haaf_weight_kcal(sex=sex, weight_kg=weight_kg, height_cm=height_cm, age_years=age_years)
        return Rmr(kcal, "tenhaaf_w")
    kcal = mifflin_kcal(sex=sex, weight_kg=weight_kg, height_cm=height_cm, age_years=age_years)
    return Rmr(kcal, "mifflin")


def rmr_sd_kcal(rmr: Rmr, *, ffm_method: str | None = None) -> float:
    """Standard deviation carried forward with a resting rate: 8 % with fat-free mass, 10 % without.

    A fat-free mass from a bioimpedance scale is itself good to 4 kg only, which adds to it.
    """
    with_ffm = rmr.method in {"measured", "cunningham80", "cunningham91", "tenhaaf_ffm"}
    own = rmr.kcal * number("rmr.sd_share_with_ffm" if with_ffm else "rmr.sd_share_without_ffm")
    if ffm_method == "bia" and rmr.method in {"cunningham80", "cunningham91"}:
        return math.hypot(own, numbers(f"rmr.{rmr.method}")[0] * number("ffm.bia_sd_kg"))
    return own


def eer_iom_kcal(*, sex: Sex | None, age_years: float, height_m: float, weight_kg: float, activity: float) -> float:
    """IOM 2005 estimated energy requirement: a cross-check of the day model, never the product's figure."""

    def one(reference: Sex) -> float:
        constant, per_year, per_kg, per_m = numbers(f"eer.{reference}")
        return constant + per_year * age_years + activity * (per_kg * weight_kg + per_m * height_m)

    return average_over_sex(sex, one)
