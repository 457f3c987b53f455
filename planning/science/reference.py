"""The calculations under the names and keys of the golden vectors: plain inputs, plain dictionaries out.

Nothing is calculated here; each function calls the module that owns the rule.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from planning.science import adaptive, availability, caffeine, fluids, load, race, rmr, session_energy
from planning.science.constants import number, numbers
from planning.science.day import calculate_day_targets
from planning.science.types import Profile, Session, Sex

Result = dict[str, Any]

_PROFILE_KEYS = {
    "age": "age_years",
    "bf_pct": "body_fat_pct",
    "rate_pct_wk": "rate_pct_per_week",
    "surplus": "surplus_kcal",
    "athlete": "is_athlete",
    "rmr_measured": "measured_rmr_kcal",
}
_SESSION_KEYS = {
    "minutes": "duration_minutes",
    "kcal_measured": "measured_kcal",
    "kcal_device": "device_kcal",
    "if": "intensity_factor",
}


def _kcal_per_mj() -> float:
    return 1000 / number("unit.kj_per_kcal")


def tee_pal(bmr_mj: float, pal: float, weight_kg: float) -> Result:
    """Total expenditure as basal rate x PAL."""
    total = bmr_mj * pal
    kcal = total * _kcal_per_mj()
    return {"tee_mj": total, "tee_kcal": kcal, "kcal_per_kg": kcal / weight_kg}


def eer_iom2005(sex: Sex | None, age: float, height_m: float, weight_kg: float, pa: float) -> Result:
    """IOM 2005 estimated energy requirement, `pa` being the activity coefficient."""
    kcal = rmr.eer_iom_kcal(sex=sex, age_years=age, height_m=height_m, weight_kg=weight_kg, activity=pa)
    return {"eer_kcal": kcal}


def rmr_mifflin(sex: Sex | None, weight_kg: float, height_cm: float, age: float) -> Result:
    """Mifflin 1990."""
    return {"kcal": rmr.mifflin_kcal(sex=sex, weight_kg=weight_kg, height_cm=height_cm, age_years=age)}


def rmr_cunningham80(ffm_kg: float) -> Result:
    """Cunningham 1980."""
    return {"kcal": rmr.cunningham_1980_kcal(ffm_kg=ffm_kg)}


def rmr_all(sex: Sex | None, age: float, weight_kg: float, height_cm: float, ffm_kg: float | None = None) -> Result:
    """Every adult equation side by side; those on fat-free mass are None when it is unknown."""
    weight_equations = {
        "mifflin": rmr.mifflin_kcal,
        "hb84": rmr.harris_benedict_kcal,
        "tenhaaf_w": rmr.ten_haaf_weight_kcal,
    }
    ffm_equations = {
        "cunningham80": rmr.cunningham_1980_kcal,
        "cunningham91": rmr.cunningham_1991_kcal,
        "tenhaaf_ffm": rmr.ten_haaf_ffm_kcal,
    }
    result: Result = {
        name: equation(sex=sex, weight_kg=weight_kg, height_cm=height_cm, age_years=age)
        for name, equation in weight_equations.items()
    }
    for name, equation in ffm_equations.items():
        result[name] = None if ffm_kg is None else equation(ffm_kg=ffm_kg)
    return result


def acsm_run_net_kcal(weight_kg: float, speed_m_min: float, minutes: float, grade: float = 0.0) -> Result:
    """ACSM running, net of the resting 3.5 ml/kg/min."""
    gross = session_energy.vo2_run_ml(speed_m_min=speed_m_min, grade=grade)
    net = gross - number("acsm.met_ml")
    kcal = session_energy.kcal_from_vo2(vo2_ml=net, weight_kg=weight_kg, minutes=minutes)
    return {"gross_vo2": gross, "net_vo2": net, "net_kcal": kcal}


def vo2_walk(speed_m_min: float, grade: float = 0.0) -> Result:
    """ACSM walking uptake, ml/kg/min."""
    return {"vo2": session_energy.vo2_walk_ml(speed_m_min=speed_m_min, grade=grade)}


def acsm_walk_kcal(speed_m_min: float, weight_kg: float, minutes: float, grade: float = 0.0) -> Result:
    """ACSM walking, gross energy."""
    vo2 = session_energy.vo2_walk_ml(speed_m_min=speed_m_min, grade=grade)
    kcal = session_energy.kcal_from_vo2(vo2_ml=vo2, weight_kg=weight_kg, minutes=minutes)
    return {"vo2": vo2, "gross_kcal": kcal}


def speed_for_met_run(met: float) -> Result:
    """Flat running speed (m/min) that costs `met` METs by ACSM."""
    rest, per_speed, _ = numbers("acsm.run")
    return {"speed_m_min": (met * number("acsm.met_ml") - rest) / per_speed}


def kcal_met(weight_kg: float, met: float, minutes: float) -> Result:
    """MET energy at 1 kcal/kg/h, and how long 300 kcal take."""
    kcal = session_energy.met_kcal(met=met, weight_kg=weight_kg, minutes=minutes)
    per_minute = session_energy.met_kcal(met=met, weight_kg=weight_kg, minutes=1)
    return {"kcal": kcal, "minutes_for_300kcal": 300 / per_minute if per_minute else None}


def kcal_met_vo2(weight_kg: float, met: float, minutes: float) -> Result:
    """MET energy in the other convention: 3.5 ml/kg/min and 5 kcal/L."""
    vo2 = met * number("acsm.met_ml")
    return {"kcal": session_energy.kcal_from_vo2(vo2_ml=vo2, weight_kg=weight_kg, minutes=minutes)}


def vo2_cycle_kgm(weight_kg: float, kgm_min: float) -> Result:
    """ACSM leg cycling from work in kgm/min."""
    vo2 = session_energy.vo2_cycle_ml(kgm_min=kgm_min, weight_kg=weight_kg)
    return {"vo2": vo2, "met": vo2 / number("acsm.met_ml"), "vo2_l_min": vo2 * weight_kg / 1000}


def kcal_keytel(
    sex: Sex | None, age: float, weight_kg: float, hr: float, minutes: float, vo2max: float | None = None
) -> Result:
    """Keytel 2005 without and, when VO2max is known, with it."""

    def kcal(with_vo2max: float | None) -> float:
        return session_energy.keytel_kcal(
            sex=sex, age_years=age, weight_kg=weight_kg, hr=hr, minutes=minutes, vo2max=with_vo2max
        )

    return {"no_vo2max": kcal(None), "with_vo2max": None if vo2max is None else kcal(vo2max)}


def trimp(sex: Sex | None, minutes: float, hr: float, hr_rest: float, hr_max: float) -> Result:
    """Banister TRIMP."""
    return {"trimp": load.banister_trimp(sex=sex, minutes=minutes, hr=hr, hr_rest=hr_rest, hr_max=hr_max)}


def srpe(minutes: float, rpe: float) -> Result:
    """Foster's session RPE."""
    return {"au": load.session_rpe_load(minutes=minutes, rpe=rpe)}


def tss(cases: Sequence[Mapping[str, float]]) -> Result:
    """TSS of each case of seconds, normalized power and threshold power."""
    return {
        "tss": [
            load.power_tss(seconds=case["seconds"], normalized_power_w=case["np_w"], ftp_w=case["ftp_w"])
            for case in cases
        ]
    }


def pmc(ctl0: float, atl0: float, tss: Sequence[float], variant: str = "exponential") -> Result:
    """CTL, ATL and their same-day difference."""
    known = "exponential" if variant == "exponential" else "fraction"
    rows = load.fitness_and_fatigue(ctl0=ctl0, atl0=atl0, tss=tss, variant=known)
    return {"rows": [list(row) for row in rows]}


def ea(weight_kg: float, bf_pct: float, ei_kcal: float, eee_kcal: float) -> Result:
    """Energy availability from body fat."""
    ffm_kg = weight_kg * (1 - bf_pct / 100)
    value = availability.energy_availability(intake_kcal=ei_kcal, exercise_kcal=eee_kcal, ffm_kg=ffm_kg)
    return {"ffm_kg": ffm_kg, "ea": value}


def sweat_rate_l_h(pre_kg: float, post_kg: float, drunk_l: float, urine_l: float, minutes: float) -> Result:
    """Sweat rate from weighing."""
    loss, rate = fluids.measured_sweat_rate(
        pre_kg=pre_kg, post_kg=post_kg, drunk_l=drunk_l, urine_l=urine_l, minutes=minutes
    )
    return {"sweat_loss_l": loss, "l_per_h": rate}


def rehydrate_l(deficit_kg: float) -> Result:
    """Liters to drink after a loss of mass."""
    return {"litres": list(fluids.rehydration_l(deficit_kg=deficit_kg))}


def fluid_ml_kg(weight_kg: float, litres: Sequence[float]) -> Result:
    """Fluid volumes per kg body mass."""
    return {"ml_per_kg": [1000 * volume / weight_kg for volume in litres]}


def rho_rule(mj_per_kg: float) -> Result:
    """An energy density in kcal per kg and per pound."""
    per_kg = mj_per_kg * _kcal_per_mj()
    return {"kcal_per_kg": per_kg, "kcal_per_lb": per_kg * number("unit.kg_per_lb")}


def loss_rate_kg_wk(weight_kg: float, pct_per_wk: Sequence[float]) -> Result:
    """Weekly loss in kg of rates in % of body mass."""
    return {"kg_per_wk": [availability.loss_kg_per_week(weight_kg=weight_kg, pct_per_week=pct) for pct in pct_per_wk]}


def caffeine_mg_kg(mg: float, weight_kg: float) -> Result:
    """Caffeine dose per kg body mass."""
    return {"mg_per_kg": caffeine.caffeine_mg_per_kg(mg=mg, weight_kg=weight_kg)}


def rho_forbes(fat_kg: Sequence[float] | float) -> Result:
    """Forbes energy density at one or several fat masses."""
    if isinstance(fat_kg, int | float):
        return {"kcal_per_kg": adaptive.forbes_energy_density(fat_kg=fat_kg)}
    return {"kcal_per_kg": [adaptive.forbes_energy_density(fat_kg=fat) for fat in fat_kg]}


def kf_update(x: float, P: float, z: float, R: float, Q: float) -> Result:
    """One filter update."""
    state = adaptive.update_offset(state=adaptive.OffsetEstimate(x, P), measured=z, variance=R, process_variance=Q)
    return {"x": state.x, "P": state.variance, "K": state.gain, "nu": state.innovation, "data_check": state.data_check}


def kf_sequence(
    x0: float,
    P0: float,
    Q: float,
    sigma_w: float,
    sigma_ei: float,
    sigma_rho: float,
    inflation: float,
    rho: float,
    windows: Sequence[Mapping[str, float]],
    n: int = 14,
) -> Result:
    """A run of windows: z, sqrt R (before any gate), K, x, sd and TDEE of each."""
    state, rows = adaptive.OffsetEstimate(x0, P0), []
    for item in windows:
        window = adaptive.Window(item["ei"], item["model"], item["slope"])
        measured = adaptive.measurement(window=window, rho_kcal_kg=rho)
        variance = adaptive.measurement_variance(
            slope_kg_day=window.slope_kg_day,
            rho_kcal_kg=rho,
            days=n,
            sigma_weight_kg=sigma_w,
            sigma_rho=sigma_rho,
            sigma_intake_kcal=sigma_ei,
            inflation=inflation,
        )
        state = adaptive.update_offset(state=state, measured=measured, variance=variance, process_variance=Q)
        tdee = window.model_kcal + state.x
        rows.append([measured, math.sqrt(variance), state.gain, state.x, math.sqrt(state.variance), tdee])
    return {"columns": ["z", "sqrtR", "K", "x", "sd", "tdee"], "rows": rows}


def race_plan(
    weight_kg: float,
    minutes: float,
    sweat_l_h: float | None = None,
    measured: bool = False,
    gut_cap_g_h: float = 90.0,
    **settings: Any,
) -> Result:
    """`calculate_race_plan` under the vectors' keys; `settings` are its other arguments."""
    plan = race.calculate_race_plan(
        weight_kg=weight_kg,
        duration_minutes=minutes,
        sweat_rate_l_h=sweat_l_h,
        sweat_rate_measured=measured,
        gut_cap_g_h=gut_cap_g_h,
        **settings,
    )
    return {
        "pre_meal_g": plan.pre_meal_carbs_g,
        "pre_fluid_ml": list(plan.pre_fluid_ml),
        "topup_g": plan.topup_carbs_g,
        "cho_g_h": plan.carbs_g_h,
        "below_range": plan.below_range,
        "cho_total_g": plan.carbs_total_g,
        "feeds_20min_g": plan.feed_every_20min_g,
        "multi_transport": plan.multiple_transportable,
        "fluid_l_h": plan.fluid_l_h,
        "fluid_total_l": plan.fluid_total_l,
        "end_loss_pct": plan.end_loss_pct,
        "sodium_mg_h": plan.sodium_mg_h,
        "caffeine_mg": plan.caffeine_mg,
        "recovery_cho_g": plan.recovery_carbs_g,
        "recovery_protein_g": plan.recovery_protein_g,
    }


def profile_from_mapping(values: Mapping[str, Any]) -> Profile:
    """Build a Profile from the vectors' keys or its own; None counts as left out. TypeError for an unknown key."""
    return Profile(**{_PROFILE_KEYS.get(key, key): value for key, value in values.items() if value is not None})


def session_from_mapping(values: Mapping[str, Any]) -> Session:
    """Build a Session from the vectors' keys or its own; None counts as left out. TypeError for an unknown key."""
    return Session(**{_SESSION_KEYS.get(key, key): value for key, value in values.items() if value is not None})


def day_targets(profile: Mapping[str, Any], sessions: Sequence[Mapping[str, Any]], offset_kcal: float = 0.0) -> Result:
    """`calculate_day_targets` under the vectors' keys."""
    day = calculate_day_targets(
        profile_from_mapping(profile), [session_from_mapping(item) for item in sessions], offset_kcal=offset_kcal
    )
    return {
        "rmr_method": day.rmr.method,
        "rmr": day.rmr.kcal,
        "base_kcal": day.base_kcal,
        "eee_net": day.exercise_net_kcal,
        "tdee": day.tdee_kcal,
        "energy_kcal": day.energy_kcal,
        "tss": day.tss,
        "day_class": day.day_class,
        "protein_g": day.protein_g,
        "carb_g": day.carbs_g,
        "fat_g": day.fat_g,
        "fat_pct": day.fat_pct,
        "ffm_kg": day.ffm_kg,
        "ea": day.energy_availability,
        "ea_balance": day.energy_availability_at_balance,
        "warnings": list(day.warnings),
        "fibre_g": day.fiber_g,
        "sessions": [{"method": item.method, "gross": item.gross_kcal, "net": item.net_kcal} for item in day.sessions],
    }
