"""Energy of one session: every method that applies, and the order in which they are believed.

All results are gross kcal (resting included); `net_kcal` removes the everyday energy the session displaces.
"""

from __future__ import annotations

from planning.science import mets
from planning.science.constants import bounds, number, numbers, source
from planning.science.load import intensity_of, session_load
from planning.science.sex import average_over_sex
from planning.science.types import EnergyEstimate, Intensity, Profile, Session, SessionEnergy, Sex

DISAGREE = "METHODS_DISAGREE"
UNKNOWN_SPORT = "SPORT_UNKNOWN"
UPPER_BOUND = "HEART_RATE_UPPER_BOUND"
OUT_OF_EQUATION = "SPEED_OUTSIDE_EQUATION"
ESTIMATED = "INTENSITY_ESTIMATED"
LONG = "SESSION_VERY_LONG"
DEVICE = "DEVICE_ENERGY_UNRELIABLE"

_POWER_SPORTS = frozenset({"cycle", "mountain_bike"})
_ERG_SPORTS = frozenset({"row", "row_erg"})


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


def cycling_power_kcal(*, avg_power_w: float, minutes: float, meter_trust: float = 1.0) -> float:
    """Kcal of mean power, zeros included (never normalized power): 1 kcal per kJ. `meter_trust` is 0.95 to 1.05."""
    low, high = bounds("power.meter_trust")
    if not low <= meter_trust <= high:
        raise ValueError(f"meter_trust must be between {low} and {high}")
    return avg_power_w * minutes * 60 / 1000 * number("power.kcal_per_kj") * meter_trust


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


def heart_rate_is_usable(*, hr: float, age_years: float, pregnant: bool) -> bool:
    """Whether Keytel's equations apply: 90 bpm to the expected maximum, up to 60 years, not in pregnancy."""
    constant, per_year, margin = numbers("keytel.hr_max")
    too_old = age_years > number("keytel.max_age_years")
    return number("keytel.min_bpm") <= hr <= constant + per_year * age_years + margin and not too_old and not pregnant


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
        method, vo2, formula = "acsm_run", vo2_run_ml(speed_m_min=speed, grade=grade), "3.5 + 0.2 S + 0.9 S G"
    elif slowest_walk <= speed <= fastest_walk:
        method, vo2, formula = "acsm_walk", vo2_walk_ml(speed_m_min=speed, grade=grade), "3.5 + 0.1 S + 1.8 S G"
    else:
        return None
    return EnergyEstimate(
        method,
        kcal_from_vo2(vo2_ml=vo2, weight_kg=weight_kg, minutes=minutes),
        f"({formula}) ml/kg/min x w / 1000 x 5 kcal/L x minutes",
        {"speed_m_min": speed, "grade": grade, "weight_kg": weight_kg, "duration_minutes": minutes},
        source(f"acsm.{'run' if running else 'walk'}"),
    )


def _heart_rate_estimate(sport: str, session: Session, profile: Profile) -> EnergyEstimate | None:
    if session.avg_hr is None or profile.age_years is None or profile.weight_kg is None:
        return None
    if not heart_rate_is_usable(hr=session.avg_hr, age_years=profile.age_years, pregnant=profile.pregnant):
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
        "heart rate equation (kJ/min) / 4.184 x minutes, " + ("with VO2max" if profile.vo2max else "without VO2max"),
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
    """Compendium energy: the session's own MET, else by speed, else by sport and intensity."""
    minutes = session.duration_minutes
    inputs: dict[str, float | int | str | bool | None] = {"weight_kg": weight_kg, "duration_minutes": minutes}
    intensity, _ = intensity_of(session)
    speed = session.distance_km * 1000 / minutes if session.distance_km else 0.0
    by_speed = mets.activity_by_speed(sport, speed)
    if session.met is not None:
        met, origin = session.met, "MET given with the session"
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
    return EnergyEstimate("met", gross, "MET x w x hours", inputs, origin)


def _estimates(sport: str, session: Session, profile: Profile, weight_kg: float) -> list[EnergyEstimate]:
    """Every applicable method, most believed first. Swimming knows only measurement and the Compendium."""
    found: list[EnergyEstimate] = []
    minutes = session.duration_minutes
    if session.measured_kcal is not None:
        inputs = {"measured_kcal": session.measured_kcal}
        found.append(EnergyEstimate("measured", session.measured_kcal, "as measured", inputs, "Indirect calorimetry"))
    if session.avg_power_w is not None and sport in _POWER_SPORTS:
        gross = cycling_power_kcal(avg_power_w=session.avg_power_w, minutes=minutes)
        watts = {"avg_power_w": session.avg_power_w, "duration_minutes": minutes}
        found.append(EnergyEstimate("power", gross, "W x s / 1000 x 1 kcal/kJ", watts, source("power.kcal_per_kj")))
    if session.avg_power_w is not None and sport in _ERG_SPORTS:
        gross = rowing_erg_kcal(avg_power_w=session.avg_power_w, weight_kg=weight_kg, minutes=minutes)
        watts = {"avg_power_w": session.avg_power_w, "weight_kg": weight_kg, "duration_minutes": minutes}
        found.append(EnergyEstimate("concept2", gross, "(4 W x 0.8604 + 1.714 lb) x hours", watts, source("concept2")))
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
    if sport == "swim" or (sport in mets.INTERMITTENT_SPORTS and session.met is not None):
        ordered = [compendium, *less_sure]
    else:
        ordered = [*less_sure, compendium]
    return found + [estimate for estimate in ordered if estimate is not None]


def calculate_session_energy(*, profile: Profile, session: Session, base_kcal: float) -> SessionEnergy:
    """Choose the energy of a session by precedence and keep the alternatives.

    `profile` must have weight and age filled; `base_kcal` is the day's energy outside training. Warnings:
    METHODS_DISAGREE when another method differs by more than 25 %, HEART_RATE_UPPER_BOUND, SPEED_OUTSIDE_EQUATION,
    DEVICE_ENERGY_UNRELIABLE, SPORT_UNKNOWN, INTENSITY_ESTIMATED, SESSION_VERY_LONG.
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
