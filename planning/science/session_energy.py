"""Energy of one session: every method that applies, and the order in which they are believed.

All results are gross kcal (resting included); `net_kcal` removes the everyday energy the session displaces.
"""

from __future__ import annotations

from planning.science import mets
from planning.science.constants import bounds, number, numbers, source
from planning.science.load import intensity_of, session_load
from planning.science.rmr import body_mass_index
from planning.science.sex import average_over_sex
from planning.science.types import EnergyEstimate, Intensity, Profile, Session, SessionEnergy, Sex

DISAGREE = "METHODS_DISAGREE"
UNKNOWN_SPORT = "SPORT_UNKNOWN"
UPPER_BOUND = "HEART_RATE_UPPER_BOUND"
OUT_OF_EQUATION = "SPEED_OUTSIDE_EQUATION"
ESTIMATED = "INTENSITY_ESTIMATED"
LONG = "SESSION_VERY_LONG"
DEVICE = "DEVICE_ENERGY_UNRELIABLE"
HIGH_BMI = "MET_OVERESTIMATES_HIGH_BMI"
OLDER_ADULT = "MET_FOR_OTHER_AGES"

_POWER_SPORTS = frozenset({"cycle", "mountain_bike"})
_ERG_SPORTS = frozenset({"row", "row_erg"})
_CARRIED_SPORTS = frozenset({"cycle", "swim", "row", "row_erg", "kayak", "water_polo"})
# Heart rate does not follow effort under these.
NO_HEART_RATE_CONDITIONS = frozenset({"beta_blockers", "fever"})


def vo2_walk_ml(*, speed_m_min: float, grade: float) -> float:
    """ACSM walking equation, ml/kg/min; downhill counts as flat. Valid from 50 to 100 m/min."""
    rest, per_speed, vertical = numbers("acsm.walk")
    return rest + per_speed * speed_m_min + vertical * speed_m_min * max(0.0, grade)


def vo2_run_ml(*, speed_m_min: float, grade: float) -> float:
    """ACSM running equation, ml/kg/min; downhill counts as flat. Valid from 134 m/min, or 80 when truly jogging."""
    rest, per_speed, vertical = numbers("acsm.run")
    return rest + per_speed * speed_m_min + vertical * speed_m_min * max(0.0, grade)


def vo2_cycle_ml(*, kgm_min: float, weight_kg: float) -> float:
    """ACSM leg cycling equation, ml/kg/min, from work in kgm/min. Valid from 50 to 200 W."""
    constant, per_work = numbers("acsm.cycle")
    return constant + per_work * kgm_min / weight_kg


def kcal_from_vo2(*, vo2_ml: float, weight_kg: float, minutes: float) -> float:
    """Gross kcal of an oxygen uptake in ml/kg/min at 5 kcal per liter."""
    return vo2_ml * weight_kg / 1000 * number("acsm.kcal_per_l_o2") * minutes


def met_kcal(*, met: float, weight_kg: float, minutes: float) -> float:
    """Gross kcal of a MET value with 1 MET = 1 kcal/kg/h."""
    return met * number("met.kcal_per_kg_h") * weight_kg * minutes / 60


def cycling_power_kcal(
    *, avg_power_w: float, minutes: float, meter_trust: float = 1.0, gross_efficiency: float | None = None
) -> float:
    """Kcal of mean power, zeros included (never normalized power): 1 kcal per kJ, or by a known gross efficiency.

    `meter_trust` is 0.95 to 1.05, `gross_efficiency` 0.15 to 0.30; ValueError outside.
    """
    for name, value, row in (
        ("meter_trust", meter_trust, "power.meter_trust"),
        ("gross_efficiency", gross_efficiency, "range.gross_efficiency"),
    ):
        low, high = bounds(row)
        if value is not None and not low <= value <= high:
            raise ValueError(f"{name} must be between {low} and {high}")
    kilojoules = avg_power_w * minutes * 60 / 1000 * meter_trust
    if gross_efficiency is None:
        return kilojoules * number("power.kcal_per_kj")
    return kilojoules / number("unit.kj_per_kcal") / gross_efficiency


def rowing_erg_kcal(*, avg_power_w: float, weight_kg: float, minutes: float) -> float:
    """Kcal of a rowing ergometer's watts with the monitor's formula, corrected for body mass."""
    per_watt, efficiency, per_lb = numbers("concept2")
    per_hour = per_watt * avg_power_w * efficiency + per_lb * weight_kg / number("unit.kg_per_lb")
    return per_hour * minutes / 60


def keytel_kcal(
    *, sex: Sex | None, age_years: float, weight_kg: float, hr: float, minutes: float, vo2max: float | None = None
) -> float:
    """Gross kcal from mean heart rate (bpm), Keytel 2005; the variant with VO2max (ml/kg/min) when it is known."""

    def one(reference: Sex) -> float:
        if vo2max is None:
            per_bpm, per_kg, per_year, constant = numbers(f"keytel.{reference}")
            kilojoules = constant + per_bpm * hr + per_kg * weight_kg + per_year * age_years
        else:
            per_bpm, per_kg, per_year, constant, per_vo2 = numbers(f"keytel.vo2max.{reference}")
            kilojoules = constant + per_bpm * hr + per_vo2 * vo2max + per_kg * weight_kg + per_year * age_years
        return max(0.0, kilojoules / number("unit.kj_per_kcal")) * minutes

    return average_over_sex(sex, one)


def heart_rate_is_usable(
    *, hr: float, age_years: float, pregnant: bool, drift_bpm: float | None = None, conditions: tuple[str, ...] = ()
) -> bool:
    """Whether Keytel's equations apply: 90 bpm to the expected maximum, up to 60 years.

    Not in pregnancy, under beta-blockers, with fever, or with a heat drift of more than 10 bpm.
    """
    constant, per_year, margin = numbers("keytel.hr_max")
    barred = (
        pregnant
        or age_years > number("keytel.max_age_years")
        or (drift_bpm is not None and drift_bpm > number("keytel.max_drift_bpm"))
        or bool(set(conditions) & NO_HEART_RATE_CONDITIONS)
    )
    return number("keytel.min_bpm") <= hr <= constant + per_year * age_years + margin and not barred


def net_kcal(*, gross_kcal: float, base_kcal: float, minutes: float) -> float:
    """What a session adds above normal living: gross minus the everyday energy of the same minutes, at least 0."""
    return max(0.0, gross_kcal - base_kcal / 1440 * minutes)


def _combined_met_minutes(sport: str, intensity: Intensity, minutes: float) -> float:
    """MET minutes of a multi-sport event whose legs are not known apart, transition included."""
    transition = min(number("met.transition_minutes"), number("met.transition_share") * minutes)
    legs = mets.COMBINED_SPORTS[sport]
    shares = numbers(f"met.{sport}_shares")
    blend = sum(share * mets.pick_activity(leg, intensity).met for leg, share in zip(legs, shares, strict=True))
    return blend * (minutes - transition) + number("met.transition") * transition


def _distance_estimate(sport: str, session: Session, weight_kg: float) -> EnergyEstimate | None:
    """ACSM from distance. Hikes only with a known grade: rough ground costs more than the flat equation knows."""
    if not session.distance_km or sport not in {"run", "walk", "hike"}:
        return None
    if sport == "hike" and not session.grade:
        return None
    minutes, grade = session.duration_minutes, session.grade or 0.0
    speed = session.distance_km * 1000 / minutes
    slowest_walk, fastest_walk = bounds("acsm.walk_speed")
    slowest_run, fastest_run = bounds("acsm.run_speed")
    running = slowest_run <= speed <= fastest_run if sport == "run" else False
    running = running or (sport != "run" and number("acsm.run_speed_certain") < speed <= fastest_run)
    if running:
        method, vo2 = "acsm_run", vo2_run_ml(speed_m_min=speed, grade=grade)
        formula = "3.5 + 0.2 x speed + 0.9 x speed x grade"
    elif slowest_walk <= speed <= fastest_walk:
        method, vo2 = "acsm_walk", vo2_walk_ml(speed_m_min=speed, grade=grade)
        formula = "3.5 + 0.1 x speed + 1.8 x speed x grade"
    else:
        return None
    return EnergyEstimate(
        method,
        kcal_from_vo2(vo2_ml=vo2, weight_kg=weight_kg, minutes=minutes),
        f"oxygen ({formula}, ml/kg/min) x weight / 1000 x 5 kcal per liter x minutes",
        {"speed_m_min": speed, "grade": grade, "weight_kg": weight_kg, "duration_minutes": minutes},
        source(f"acsm.{'run' if running else 'walk'}"),
    )


def _heart_rate_estimate(sport: str, session: Session, profile: Profile) -> EnergyEstimate | None:
    if session.avg_hr is None or profile.age_years is None or profile.weight_kg is None:
        return None
    if not heart_rate_is_usable(
        hr=session.avg_hr,
        age_years=profile.age_years,
        pregnant=bool(profile.pregnant),
        drift_bpm=session.heart_rate_drift_bpm,
        conditions=profile.conditions,
    ):
        return None
    gross = keytel_kcal(
        sex=profile.sex,
        age_years=profile.age_years,
        weight_kg=profile.weight_kg,
        hr=session.avg_hr,
        minutes=session.duration_minutes,
        vo2max=profile.vo2max,
    )
    return EnergyEstimate(
        "keytel",
        gross,
        "energy per minute by heart rate, weight and age"
        + (" and VO2max" if profile.vo2max is not None else "")
        + " (kJ) / 4.184 x minutes",
        {
            "avg_hr_bpm": session.avg_hr,
            "weight_kg": profile.weight_kg,
            "age_years": profile.age_years,
            "vo2max_ml_kg_min": profile.vo2max,
            "sex": profile.sex,
            "duration_minutes": session.duration_minutes,
        },
        source("keytel.M"),
        upper_bound=sport in mets.INTERMITTENT_SPORTS,
    )


def _met_estimate(sport: str, session: Session, weight_kg: float) -> EnergyEstimate:
    """Compendium energy: the session's own MET or code, else by power or speed, else by sport and intensity."""
    minutes = session.duration_minutes
    inputs: dict[str, float | int | str | bool | None] = {"weight_kg": weight_kg, "duration_minutes": minutes}
    intensity, _ = intensity_of(session)
    speed = session.distance_km * 1000 / minutes if session.distance_km else 0.0
    by_speed = mets.activity_by_speed(sport, speed)
    by_power = None if session.avg_power_w is None else mets.activity_by_power(sport, session.avg_power_w)
    if session.met is not None:
        met, origin = session.met, "MET given with the session"
    elif session.activity_code is not None:
        by_code = mets.ACTIVITIES[session.activity_code]
        met, origin = by_code.met, f"{mets.SOURCE}, code {by_code.code} ({by_code.words})"
    elif by_power is not None:
        met, origin = by_power.met, f"{mets.SOURCE}, code {by_power.code} ({by_power.words})"
        inputs["avg_power_w"] = session.avg_power_w
    elif by_speed is not None:
        met, origin = by_speed.met, f"{mets.SOURCE}, code {by_speed.code} ({by_speed.words})"
        inputs["speed_m_min"] = speed
    elif sport in mets.COMBINED_SPORTS:
        met = _combined_met_minutes(sport, intensity, minutes) / minutes
        origin = f"{mets.SOURCE}, legs of a {sport} at {intensity}"
    else:
        activity = mets.pick_activity(sport, intensity)
        met, origin = activity.met, f"{mets.SOURCE}, code {activity.code} ({activity.words})"
        inputs["intensity"] = intensity
    inputs["met"] = met
    gross = met_kcal(met=met, weight_kg=weight_kg, minutes=minutes)
    return EnergyEstimate("met", gross, "MET x weight x hours", inputs, origin)


def _estimates(sport: str, session: Session, profile: Profile, weight_kg: float) -> list[EnergyEstimate]:
    """Every applicable method, most believed first. Swimming knows only measurement and the Compendium."""
    found: list[EnergyEstimate] = []
    minutes = session.duration_minutes
    if session.measured_kcal is not None:
        inputs = {"measured_kcal": session.measured_kcal}
        found.append(EnergyEstimate("measured", session.measured_kcal, "as measured", inputs, "Indirect calorimetry"))
    if session.avg_power_w is not None and sport in _POWER_SPORTS:
        trust = 1.0 if profile.power_meter_trust is None else profile.power_meter_trust
        gross = cycling_power_kcal(avg_power_w=session.avg_power_w, minutes=minutes, meter_trust=trust)
        watts = {"avg_power_w": session.avg_power_w, "duration_minutes": minutes, "power_meter_trust": trust}
        formula = "mean watts x seconds / 1000 x 1 kcal per kJ x trust in the meter"
        found.append(EnergyEstimate("power", gross, formula, watts, source("power.kcal_per_kj")))
    if session.avg_power_w is not None and sport in _ERG_SPORTS:
        gross = rowing_erg_kcal(avg_power_w=session.avg_power_w, weight_kg=weight_kg, minutes=minutes)
        watts = {"avg_power_w": session.avg_power_w, "weight_kg": weight_kg, "duration_minutes": minutes}
        found.append(
            EnergyEstimate(
                "concept2", gross, "(4 x watts x 0.8604 + 1.714 x weight in pounds) x hours", watts, source("concept2")
            )
        )
    distance = _distance_estimate(sport, session, weight_kg)
    if distance is not None:
        found.append(distance)
    compendium = _met_estimate(sport, session, weight_kg)
    heart_rate = _heart_rate_estimate(sport, session, profile)
    device = None
    if session.device_kcal is not None:
        inputs = {"device_kcal": session.device_kcal}
        device = EnergyEstimate("device", session.device_kcal, "as the device says", inputs, "Watch or device estimate")
    less_sure = [heart_rate, device]
    met_is_stated = session.met is not None or session.activity_code is not None
    if sport == "swim" or (sport in mets.INTERMITTENT_SPORTS and met_is_stated):
        ordered = [compendium, *less_sure]
    else:
        ordered = [*less_sure, compendium]
    return found + [estimate for estimate in ordered if estimate is not None]


def _is_heavy(profile: Profile) -> bool:
    """Whether MET x body mass says too much for sports that carry the body: BMI of 30 or more."""
    if profile.weight_kg is None or profile.height_cm is None or "height_cm" in profile.assumed:
        return False
    bmi = body_mass_index(weight_kg=profile.weight_kg, height_cm=profile.height_cm)
    return bmi >= number("met.overestimates_from_bmi")


def _is_outside_compendium_ages(profile: Profile) -> bool:
    youngest, oldest = bounds("met.adult_ages")
    age = profile.age_years
    return age is not None and "age_years" not in profile.assumed and not youngest <= age < oldest + 1


def calculate_session_energy(*, profile: Profile, session: Session, base_kcal: float) -> SessionEnergy:
    """Choose the energy of a session by precedence and keep the alternatives.

    `profile` must have weight and age filled; `base_kcal` is the day's energy outside training. Warnings:
    METHODS_DISAGREE when another method differs by more than 25 %, HEART_RATE_UPPER_BOUND, SPEED_OUTSIDE_EQUATION,
    DEVICE_ENERGY_UNRELIABLE, SPORT_UNKNOWN, INTENSITY_ESTIMATED, MET_OVERESTIMATES_HIGH_BMI (from BMI 30, sports that
    carry the body), MET_FOR_OTHER_AGES (outside 19 to 59), SESSION_VERY_LONG.
    """
    if profile.weight_kg is None:
        raise ValueError("profile.weight_kg must be filled")
    sport, known = mets.canonical_sport(session.sport)
    chosen, *others = _estimates(sport, session, profile, profile.weight_kg)
    load = session_load(session)
    tolerance = number("method.disagree_share") * chosen.gross_kcal
    conditions = (
        (UNKNOWN_SPORT, not known),
        (UPPER_BOUND, chosen.upper_bound),
        (DEVICE, chosen.method == "device"),
        (
            OUT_OF_EQUATION,
            bool(session.distance_km)
            and sport in {"run", "walk"}
            and not any(estimate.method.startswith("acsm") for estimate in (chosen, *others)),
        ),
        (DISAGREE, any(abs(other.gross_kcal - chosen.gross_kcal) > tolerance for other in others)),
        (ESTIMATED, load.estimated),
        (HIGH_BMI, chosen.method == "met" and sport in _CARRIED_SPORTS and _is_heavy(profile)),
        (OLDER_ADULT, chosen.method == "met" and _is_outside_compendium_ages(profile)),
        (LONG, session.duration_minutes > number("range.session_long_minutes")),
    )
    return SessionEnergy(
        method=chosen.method,
        gross_kcal=chosen.gross_kcal,
        net_kcal=net_kcal(gross_kcal=chosen.gross_kcal, base_kcal=base_kcal, minutes=session.duration_minutes),
        tss=load.tss,
        duration_minutes=session.duration_minutes,
        sport=sport,
        alternatives=(chosen, *others),
        upper_bound=chosen.upper_bound,
        load_estimated=load.estimated,
        warnings=tuple(code for code, holds in conditions if holds),
        id=session.id,
        title=session.title,
    )
