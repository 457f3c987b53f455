"""What to eat and drink before, during and after one session."""

from __future__ import annotations

import math
from dataclasses import replace

from planning.science.caffeine import proposed_caffeine_mg
from planning.science.constants import bounds, curve, number, numbers
from planning.science.fluids import rehydration_l, session_fluid
from planning.science.load import intensity_of
from planning.science.mets import INTERMITTENT_SPORTS, canonical_sport
from planning.science.profiles import fill_profile
from planning.science.race import in_session_carbs_g_h, pre_race_meal_g_per_kg
from planning.science.types import FuelingWindow, Intensity, Profile, Session, SessionFluid, SessionFueling
from planning.science.validation import require_valid_day

TOO_EARLY = "Too early for a meal: eat well the evening before, and a small snack before the start"
_RESTFUL_SPORTS = frozenset({"yoga", "pilates", "mobility"})


def _carbs_range_g_h(session: Session, intensity: Intensity) -> tuple[float, float]:
    """Range for this session: the table is for continuous work, so short easy and stop-start sessions need none."""
    sport = canonical_sport(session.sport)[0]
    low, high = in_session_carbs_g_h(minutes=session.duration_minutes)
    short = session.duration_minutes <= numbers("during.from_minutes")[1]
    gentle = intensity not in {"hard", "race"} or (sport in INTERMITTENT_SPORTS and intensity != "race")
    if sport in _RESTFUL_SPORTS or (short and gentle):
        return 0.0, 0.0
    return low, high


def _point(low: float, high: float, intensity: Intensity) -> float:
    """Where in a range to plan: the lower end when easy, the middle when moderate, the upper end when hard."""
    if intensity == "easy":
        return low
    return (low + high) / 2 if intensity == "moderate" else high


def _hours_to_eat(session: Session) -> float | None:
    """Hours from the first minute at which a meal may be until the start; None where they are too few for one.

    Whoever starts before people get up eats the evening before: as many g/kg as hours are left [engineering choice].
    """
    if session.starts_at_minute is None:
        return math.inf
    place = 0 if session.is_race else 1
    hours = (session.starts_at_minute - numbers("pre.earliest_minute")[place]) / 60
    return None if hours < numbers("pre.least_hours")[place] else hours


def race_meal_hours(session: Session) -> float:
    """How long before a race its meal is planned: three hours, less (at least one) before an early one."""
    usual, least = number("pre.hours_default"), bounds("pre.hours")[0]
    possible = _hours_to_eat(replace(session, is_race=True))
    return least if possible is None else min(usual, possible)


def _pre(profile: Profile, session: Session, weight_kg: float) -> FuelingWindow:
    minutes = session.duration_minutes
    fluid_low, fluid_high = bounds("fluid.before_ml_per_kg")
    latest, earliest = bounds("pre.hours")
    caffeine = proposed_caffeine_mg(profile) if session.is_race else None
    low = high = point = 0.0
    hours = latest
    if session.is_race:
        hours = session.meal_hours_before or number("pre.hours_default")
        point = pre_race_meal_g_per_kg(minutes=minutes, hours_before=hours)
    elif minutes > number("pre.from_minutes"):
        steps = curve("pre.hours_by_duration")
        hours = next((value for until, value in steps if minutes <= until), number("pre.hours_default"))
        point = min(max(hours, latest), earliest)
    opens, words, ends = -60 * min(earliest, hours + 1), "An ordinary meal is enough", 0.0
    # Whoever says when the meal is eaten gets up for it.
    possible = _hours_to_eat(session) if session.meal_hours_before is None else hours
    too_early = point > 0 and possible is None
    if possible is None and too_early:
        low, point, high = numbers("pre.early_g_per_kg")
        opens, words = -60 * latest, TOO_EARLY
    elif possible is not None and point > 0:
        words, ends = "Carbohydrate meal, low in fiber and fat", -60 * latest
        low, high = bounds("pre.g_per_kg")
        point = min(point, max(possible, low))
    return FuelingWindow(
        starts_at_minute=opens,
        ends_at_minute=ends,
        carbs_g=point * weight_kg,
        carbs_low_g=low * weight_kg,
        carbs_high_g=high * weight_kg,
        fluid_low_ml=fluid_low * weight_kg,
        fluid_high_ml=fluid_high * weight_kg,
        caffeine_mg=caffeine,
        words=words,
        too_early=too_early,
    )


def _during(
    session: Session, intensity: Intensity, rates: tuple[float, float], gut_cap_g_h: float | None, fluid: SessionFluid
) -> FuelingWindow:
    hours = session.duration_minutes / 60
    low, high = rates
    point = _point(low, high, intensity)
    if gut_cap_g_h is not None:
        low, high, point = min(low, gut_cap_g_h), min(high, gut_cap_g_h), min(point, gut_cap_g_h)
    words = "Every 20 minutes, with fluid" if point > 0 else "No carbohydrate needed"
    return FuelingWindow(
        starts_at_minute=0.0,
        ends_at_minute=session.duration_minutes,
        carbs_g=point * hours,
        carbs_low_g=low * hours,
        carbs_high_g=high * hours,
        carbs_g_h_low=low,
        carbs_g_h_high=high,
        fluid_low_ml=fluid.during_ml,
        fluid_high_ml=fluid.during_ml,
        sodium_mg_h=fluid.sodium_mg_h,
        words=words,
    )


def _post(
    session: Session, intensity: Intensity, weight_kg: float, next_hours: float | None, fluid: SessionFluid
) -> FuelingWindow:
    protein_low, protein_high = bounds("post.protein_g_per_kg")
    drink_low, drink_high = rehydration_l(deficit_kg=fluid.loss_kg)
    speedy = next_hours is not None and next_hours < number("post.speedy_below_hours")
    low = high = point = 0.0
    rate_low: float | None = None
    rate_high: float | None = None
    ends = 60 * number("post.protein_within_hours")
    words = "Eat normally; include protein within two hours"
    if speedy and next_hours is not None:
        hours = min(number("post.speedy_hours"), next_hours)
        rate_low, rate_high = (value * weight_kg for value in bounds("post.speedy_g_per_kg_h"))
        low, high = rate_low * hours, rate_high * hours
        point, ends = high, 60 * hours
        words = "Refuel at once: the next session is less than eight hours away"
    elif session.duration_minutes >= number("post.from_minutes") and intensity != "easy":
        low, high = (value * weight_kg for value in bounds("post.normal_g_per_kg"))
        point = _point(low, high, intensity)
    return FuelingWindow(
        starts_at_minute=0.0,
        ends_at_minute=ends,
        carbs_g=point,
        carbs_low_g=low,
        carbs_high_g=high,
        carbs_g_h_low=rate_low,
        carbs_g_h_high=rate_high,
        protein_g=(protein_low + protein_high) / 2 * weight_kg,
        fluid_low_ml=1000 * drink_low,
        fluid_high_ml=1000 * drink_high,
        words=words,
    )


def fueling_windows(
    profile: Profile,
    session: Session,
    *,
    next_session_in_hours: float | None = None,
    gut_cap_g_h: float | None = None,
) -> SessionFueling:
    """Return the windows before, during and after a session; their grams count in the day's total.

    `next_session_in_hours` counts from the end of this one and brings speedy refueling below 8. `gut_cap_g_h`, else the
    session's own, limits the rate to what the athlete tolerates. A keto diet gets no training-day carbohydrate. Raises
    ScienceInputError.
    """
    require_valid_day(profile, [session])
    full = fill_profile(profile)
    if full.weight_kg is None:
        raise ValueError("the reference profile does not fill the weight")
    intensity: Intensity = "race" if session.is_race else intensity_of(session)[0]
    fluid = session_fluid(profile=full, session=session)
    pre, post = (
        _pre(full, session, full.weight_kg),
        _post(session, intensity, full.weight_kg, next_session_in_hours, fluid),
    )
    cap = session.gut_cap_g_h if gut_cap_g_h is None else gut_cap_g_h
    during = _during(session, intensity, _carbs_range_g_h(session, intensity), cap, fluid)
    if (full.diet or "").strip().lower() == "keto":
        pre, during, post = (_without_carbs(window) for window in (pre, during, post))
        return SessionFueling(pre, during, post, False, ("KETO_CONFLICTS_WITH_TRAINING",))
    rate = during.carbs_g / session.duration_minutes * 60
    return SessionFueling(pre, during, post, rate > number("during.multiple_transportable_above"))


def _without_carbs(window: FuelingWindow) -> FuelingWindow:
    return FuelingWindow(
        starts_at_minute=window.starts_at_minute,
        ends_at_minute=window.ends_at_minute,
        carbs_g=0.0,
        carbs_low_g=0.0,
        carbs_high_g=0.0,
        protein_g=window.protein_g,
        fluid_low_ml=window.fluid_low_ml,
        fluid_high_ml=window.fluid_high_ml,
        sodium_mg_h=window.sodium_mg_h,
        caffeine_mg=window.caffeine_mg,
        words="No training-day carbohydrate on a ketogenic diet",
    )
