"""Water and sodium: daily baseline, sweat rate, drinking during a session, replacement after it.

Two hard rules against hyponatremia: planned drinking never exceeds the sweat rate, and never 0.8 L/h unless that rate
was measured.
"""

from __future__ import annotations

from planning.science.constants import bounds, number, numbers
from planning.science.load import intensity_of
from planning.science.mets import canonical_sport
from planning.science.sex import average_over_sex
from planning.science.types import DayFluid, Intensity, Profile, Session, SessionFluid


def measured_sweat_rate(
    *, pre_kg: float, post_kg: float, drunk_l: float, urine_l: float, minutes: float
) -> tuple[float, float]:
    """Return (sweat loss in L, sweat rate in L/h) from weighing before and after a session."""
    loss = pre_kg - post_kg + drunk_l - urine_l
    return loss, loss / (minutes / 60)


def default_sweat_rate_l_h(*, weight_kg: float, temperature_c: float | None, intensity: Intensity) -> float:
    """Sweat rate of an untested athlete, L/h, by temperature (10 to 20 C when unknown), body mass and intensity."""
    edges = numbers("fluid.sweat_temperatures")
    rates = numbers("fluid.sweat_by_temperature")
    band = 1
    if temperature_c is not None:
        cold, mild, warm = edges
        band = 0 if temperature_c < cold else 1 if temperature_c < mild else 2 if temperature_c <= warm else 3
    factor = {"easy": number("fluid.sweat_easy"), "race": number("fluid.sweat_race")}.get(intensity, 1.0)
    return rates[band] * weight_kg / number("fluid.sweat_reference_kg") * factor


def drinking_rate_l_h(*, weight_kg: float, minutes: float, sweat_rate_l_h: float, measured: bool) -> float:
    """Planned drinking during exercise, L/h: enough to lose at most about 2 % of mass, within the hard rules."""
    usual, most = bounds("fluid.during_l_h")
    highest = sweat_rate_l_h if measured else min(most, sweat_rate_l_h)
    allowed_loss = number("fluid.loss_share") * weight_kg / (minutes / 60)
    return min(highest, max(min(usual, sweat_rate_l_h), sweat_rate_l_h - allowed_loss))


def exercise_sodium_mg_h(
    *, minutes: float, sweat_rate_l_h: float, rate_l_h: float, sweat_sodium_mg_l: float | None = None
) -> float | None:
    """Sodium to plan per hour; None (no sodium plan) up to two hours with a sweat rate up to 1.2 L/h.

    600 mg per liter drunk, from 300 to 600 mg/h. A tested sodium content of the sweat takes its place, up to 1000 mg/h.
    """
    if minutes <= number("sodium.over_minutes") and sweat_rate_l_h <= number("sodium.over_sweat_l_h"):
        return None
    low, high = bounds("sodium.mg_h")
    if sweat_sodium_mg_l is not None:
        return max(low, min(number("sodium.salty_tested_mg_h"), sweat_sodium_mg_l * rate_l_h))
    return max(low, min(high, number("sodium.mg_per_l") * rate_l_h))


def salt_g(*, sodium_mg: float) -> float:
    """Table salt that holds this much sodium, g: 2.54 per g of sodium."""
    return number("sodium.salt_g_per_g") * sodium_mg / 1000


def rehydration_l(*, deficit_kg: float) -> tuple[float, float]:
    """Liters to drink over the hours after losing `deficit_kg` of body mass."""
    low, high = bounds("fluid.after_l_per_kg")
    return low * deficit_kg, high * deficit_kg


def replacement_may_be_skipped(*, loss_kg: float, weight_kg: float, hours_to_next_session: float) -> bool:
    """Whether ordinary meals suffice: next session more than 24 h away and loss below 5 % of mass."""
    far = hours_to_next_session > number("fluid.after_skip_hours")
    return far and loss_kg < number("fluid.after_skip_loss_share") * weight_kg


def baseline_water_ml(profile: Profile) -> float:
    """Adequate daily intake of water, food included, ml."""
    return 1000 * average_over_sex(profile.sex, lambda sex: number(f"fluid.baseline_l.{sex}"))


def session_fluid(*, profile: Profile, session: Session) -> SessionFluid:
    """Plan the drinking of one session; `profile` must have a weight. The replacement is the lower 1.25 L per kg."""
    if profile.weight_kg is None:
        raise ValueError("profile.weight_kg must be filled")
    minutes = session.duration_minutes
    measured = session.sweat_rate_l_h is not None
    sweat = session.sweat_rate_l_h
    if sweat is None:
        intensity = "race" if session.is_race else intensity_of(session)[0]
        temperature = session.temperature_c
        sweat = default_sweat_rate_l_h(weight_kg=profile.weight_kg, temperature_c=temperature, intensity=intensity)
    rate = drinking_rate_l_h(weight_kg=profile.weight_kg, minutes=minutes, sweat_rate_l_h=sweat, measured=measured)
    if canonical_sport(session.sport)[0] == "swim":
        rate = 0.0
    loss = (sweat - rate) * minutes / 60
    loading_allowed = not set(profile.conditions) & NO_SODIUM_CONDITIONS
    sodium = exercise_sodium_mg_h(minutes=minutes, sweat_rate_l_h=sweat, rate_l_h=rate) if loading_allowed else None
    if rate == 0:
        sodium = None
    return SessionFluid(
        sweat_rate_l_h=sweat,
        sweat_rate_measured=measured,
        rate_l_h=rate,
        during_ml=1000 * rate * minutes / 60,
        loss_kg=loss,
        replacement_ml=1000 * rehydration_l(deficit_kg=loss)[0],
        sodium_mg_h=sodium,
        sodium_mg=0.0 if sodium is None else sodium * minutes / 60,
    )


NO_SODIUM_CONDITIONS = frozenset({"hypertension", "heart_failure", "kidney_disease", "diuretics"})


def day_fluid(*, profile: Profile, sessions: tuple[Session, ...]) -> DayFluid:
    """Water and sodium of a day: adequate intake plus drinking in sessions and replacement after them."""
    parts = tuple(session_fluid(profile=profile, session=session) for session in sessions)
    baseline = baseline_water_ml(profile)
    return DayFluid(
        daily_ml=baseline + sum(part.during_ml + part.replacement_ml for part in parts),
        baseline_ml=baseline,
        sessions=parts,
        sodium_mg=number("sodium.daily_ai_mg") + sum(part.sodium_mg for part in parts),
    )
