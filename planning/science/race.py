"""Race day: meal, top-up, feeding, drinking, sodium, caffeine and recovery, with a timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planning.science.caffeine import caffeine_dose_mg
from planning.science.constants import bounds, engine_version, number, numbers
from planning.science.fluids import (
    NO_SODIUM_CONDITIONS,
    default_sweat_rate_l_h,
    drinking_rate_l_h,
    exercise_sodium_mg_h,
)
from planning.science.race_timeline import race_timeline, race_trace
from planning.science.types import RaceLeg, RacePlan, ScienceInputError, Sex

BELOW_RANGE = "BELOW_RANGE"
SWEAT_ESTIMATED = "SWEAT_RATE_ESTIMATED"
SLOW_EVENT = "HYPONATREMIA_RISK_SLOW_EVENT"
SMALL_BODY = "HYPONATREMIA_RISK_SMALL_BODY"
LOSS_ABOVE_2 = "LOSS_ABOVE_2_PCT"
WOMAN = "HYPONATREMIA_RISK_WOMAN"
NSAID = "HYPONATREMIA_RISK_PAINKILLERS"
TESTED_IN_HEAT = "HYPONATREMIA_RISK_TESTED_IN_HEAT"
NO_SODIUM_PLAN = "SODIUM_WITHHELD_CONDITION"


_LEG_SPORTS = ("swim", "cycle", "run")


def in_session_carbs_g_h(*, minutes: float, expert: bool = False) -> tuple[float, float]:
    """Return the (low, high) carbohydrate range in g/h for a duration; absolute, not per kg body mass.

    `expert` lifts the upper end beyond 150 minutes to 120 g/h.
    """
    small, medium, long = numbers("during.from_minutes")
    if minutes < small:
        return 0.0, 0.0
    if minutes <= medium:
        return bounds("during.small")
    if minutes <= long:
        return bounds("during.medium")
    low, high = bounds("during.long")
    return low, number("during.expert_ceiling") if expert else high


def gut_cap_g_h(*, long_sessions: Sequence[tuple[float, float]], expert: bool = False) -> float:
    """Highest rate to plan, g/h, from (rate in g/h, stomach score of 10) of long sessions, latest last.

    The rate borne (score at most 3) in two of the last three, plus 10; the start of the ladder when there is none.
    """
    tolerated = sorted(
        (rate for rate, score in long_sessions[-3:] if score <= number("race.gut_gi_score_max")), reverse=True
    )
    ceiling = number("during.expert_ceiling") if expert else number("race.gut_ceiling")
    if len(tolerated) < 2:
        return bounds("race.gut_start")[0]
    return min(ceiling, tolerated[1] + number("race.gut_step"))


def gut_training_ladder(*, weeks: int) -> list[float]:
    """Rates in g/h to practice week by week: from 30, ten more each week, up to 90."""
    start = bounds("race.gut_start")[0]
    return [min(number("race.gut_ceiling"), start + week * number("race.gut_step")) for week in range(weeks)]


def triathlon_carbs_g_h(
    *, carbs_total_g: float, bike_minutes: float, run_minutes: float, gut_cap: float
) -> tuple[float, float]:
    """Return (bike, run) rates in g/h: 60 % of the carbohydrate on the bike, 40 % on the run; nothing while swimming.

    The run bears at most 0.8 of the bike's gut cap.
    """
    share = number("race.triathlon_bike_share")
    bike = min(gut_cap, share * carbs_total_g / (bike_minutes / 60)) if bike_minutes > 0 else 0.0
    run_cap = number("race.triathlon_run_gut_factor") * gut_cap
    run = min(run_cap, (1 - share) * carbs_total_g / (run_minutes / 60)) if run_minutes > 0 else 0.0
    return bike, run


def pre_race_meal_g_per_kg(*, minutes: float, hours_before: float) -> float:
    """Carbohydrate of the last meal: as many g/kg as hours before (1 to 4), 1 g/kg for races under an hour."""
    if minutes < number("race.meal_short_minutes"):
        return number("race.meal_g_per_kg_short")
    low, high = bounds("pre.g_per_kg")
    return min(high, max(low, hours_before))


_RANGES = {
    "weight_kg": "range.weight_kg",
    "duration_minutes": "range.session_minutes",
    "sweat_rate_l_h": "range.sweat_rate_l_h",
    "meal_hours_before": "pre.hours",
    "gut_cap_g_h": "range.gut_cap_g_h",
    "caffeine_mg_per_kg": "range.caffeine_mg_per_kg",
    "other_caffeine_mg": "range.other_caffeine_mg",
    "temperature_c": "range.temperature_c",
    "sweat_tested_at_c": "range.temperature_c",
    "sweat_sodium_mg_l": "range.sweat_sodium_mg_l",
}


def _validate(values: Mapping[str, float | None], legs: Sequence[float] | None, minutes: float) -> None:
    problems = []
    for field, value in values.items():
        low, high = bounds(_RANGES[field])
        if value is not None and not low <= value <= high:
            problems.append((field, f"must be between {low:g} and {high:g}"))
    if legs is not None:
        if len(legs) != len(_LEG_SPORTS) or any(not 0 <= leg <= minutes for leg in legs):
            problems.append(("legs_minutes", "must be the minutes of swim, bike and run"))
        elif sum(legs) > minutes:
            problems.append(("legs_minutes", "must not exceed the duration of the race"))
    if problems:
        raise ScienceInputError(problems)


def _race_legs(legs: Sequence[float], *, rate_g_h: float, gut_cap: float) -> tuple[RaceLeg, ...]:
    """The legs of a triathlon with what each is fed; nothing while swimming."""
    swim, bike, run = legs
    total = rate_g_h * sum(legs) / 60
    rates = triathlon_carbs_g_h(carbs_total_g=total, bike_minutes=bike, run_minutes=run, gut_cap=gut_cap)
    fed = ((swim, 0.0), (bike, rates[0]), (run, rates[1]))
    first = swim + number("race.triathlon_bike_first_feed") if bike > 0 and rates[0] > 0 else None
    return tuple(
        RaceLeg(sport, minutes, rate, rate * minutes / 60, first if sport == "cycle" else None)
        for sport, (minutes, rate) in zip(_LEG_SPORTS, fed, strict=True)
    )


def _is_cooler(race_c: float | None, tested_c: float | None) -> bool:
    """Whether the race lies in a cooler band of temperature than the sweat test did."""
    if race_c is None or tested_c is None:
        return False
    edges = numbers("fluid.sweat_temperatures")
    return sum(race_c >= edge for edge in edges) < sum(tested_c >= edge for edge in edges)


def calculate_race_plan(
    *,
    weight_kg: float,
    duration_minutes: float,
    sweat_rate_l_h: float | None = None,
    sweat_rate_measured: bool = False,
    gut_cap_g_h: float = 90.0,
    caffeine_mg_per_kg: float = 3.0,
    meal_hours_before: float = 3.0,
    is_adult: bool = True,
    other_caffeine_mg: float = 0.0,
    temperature_c: float | None = None,
    pregnant: bool = False,
    expert: bool = False,
    sex: Sex | None = None,
    uses_nsaids: bool = False,
    sweat_tested_at_c: float | None = None,
    sweat_sodium_mg_l: float | None = None,
    conditions: Sequence[str] = (),
    legs_minutes: Sequence[float] | None = None,
) -> RacePlan:
    """Plan a race from its duration, body mass, sweat rate (estimated by temperature when None) and gut cap.

    Grams, ml, mg and L; minutes of the timeline count from the start. Minors get no caffeine and no loading.
    `legs_minutes` are swim, bike and run of a triathlon. Hypertension, heart or kidney disease and diuretics get no
    sodium plan. Raises ScienceInputError for values outside their ranges. Codes: BELOW_RANGE, SWEAT_RATE_ESTIMATED,
    LOSS_ABOVE_2_PCT, SODIUM_WITHHELD_CONDITION and the HYPONATREMIA_RISK_ codes of slow events, small bodies, women,
    painkillers, and a sweat test in more heat than the race will have.
    """
    minutes, hours = duration_minutes, duration_minutes / 60
    numeric = {
        "weight_kg": weight_kg,
        "duration_minutes": minutes,
        "sweat_rate_l_h": sweat_rate_l_h,
        "gut_cap_g_h": gut_cap_g_h,
        "meal_hours_before": meal_hours_before,
        "caffeine_mg_per_kg": caffeine_mg_per_kg,
        "other_caffeine_mg": other_caffeine_mg,
        "temperature_c": temperature_c,
        "sweat_tested_at_c": sweat_tested_at_c,
        "sweat_sodium_mg_l": sweat_sodium_mg_l,
    }
    _validate(numeric, legs_minutes, minutes)
    measured = sweat_rate_measured and sweat_rate_l_h is not None
    sweat = sweat_rate_l_h
    if sweat is None:
        sweat = default_sweat_rate_l_h(weight_kg=weight_kg, temperature_c=temperature_c, intensity="race")
    gut = min(gut_cap_g_h, number("during.expert_ceiling") if expert else number("race.gut_ceiling"))
    low, high = in_session_carbs_g_h(minutes=minutes, expert=expert)
    rate = min(high, gut)
    drink = drinking_rate_l_h(weight_kg=weight_kg, minutes=minutes, sweat_rate_l_h=sweat, measured=measured)
    sodium = exercise_sodium_mg_h(
        minutes=minutes, sweat_rate_l_h=sweat, rate_l_h=drink, sweat_sodium_mg_l=sweat_sodium_mg_l
    )
    sodium_withheld = sodium is not None and bool(set(conditions) & NO_SODIUM_CONDITIONS)
    if sodium_withheld:
        sodium = None
    legs = () if legs_minutes is None else _race_legs(legs_minutes, rate_g_h=rate, gut_cap=gut)
    carbs_total = sum(leg.carbs_g for leg in legs) if legs else rate * hours
    caffeine = caffeine_dose_mg(
        weight_kg=weight_kg,
        mg_per_kg=caffeine_mg_per_kg,
        is_adult=is_adult,
        pregnant=pregnant,
        other_caffeine_mg=other_caffeine_mg,
    )
    meal = weight_kg * pre_race_meal_g_per_kg(minutes=minutes, hours_before=meal_hours_before)
    before_low, before_high = bounds("fluid.before_ml_per_kg")
    loss_pct = 100 * (sweat - drink) * hours / weight_kg
    loading = is_adult and minutes > number("carbs.loading_race_over_minutes")
    codes = (
        (BELOW_RANGE, rate < low),
        (SWEAT_ESTIMATED, not measured),
        (LOSS_ABOVE_2, loss_pct > 100 * number("fluid.loss_share") + 1e-9),
        (SLOW_EVENT, minutes > number("fluid.slow_event_minutes")),
        (SMALL_BODY, weight_kg < number("fluid.small_body_kg")),
        (WOMAN, sex == "F"),
        (NSAID, uses_nsaids),
        (TESTED_IN_HEAT, measured and _is_cooler(temperature_c, sweat_tested_at_c)),
        (NO_SODIUM_PLAN, sodium_withheld),
    )
    plan = {
        "meal_g": meal,
        "meal_protein_g": weight_kg * bounds("race.meal_protein_g_per_kg")[0],
        "topup_g": number("race.topup_g") if minutes >= number("race.topup_from_minutes") else 0.0,
        "feed_g": rate * number("race.feed_every_minutes") / 60,
        "recovery_carbs_g": number("race.recovery_g_per_kg_h") * weight_kg * number("post.speedy_hours"),
        "recovery_protein_g": number("race.recovery_protein_g_per_kg") * weight_kg,
    }
    pre_fluid = (before_low * weight_kg, before_high * weight_kg)
    load_low, load_high = bounds("carbs.loading")
    short_low, short_high = bounds("carbs.short_event")
    loading_g = (load_low * weight_kg, load_high * weight_kg) if loading else None
    day_before_g = (short_low * weight_kg, short_high * weight_kg)
    return RacePlan(
        pre_meal_carbs_g=meal,
        pre_meal_protein_g=plan["meal_protein_g"],
        pre_fluid_ml=pre_fluid,
        topup_carbs_g=plan["topup_g"],
        carbs_g_h=rate,
        below_range=rate < low,
        carbs_total_g=carbs_total,
        feed_every_20min_g=plan["feed_g"],
        multiple_transportable=rate > number("during.multiple_transportable_above"),
        sweat_rate_l_h=sweat,
        fluid_l_h=drink,
        fluid_total_l=drink * hours,
        end_loss_pct=loss_pct,
        sodium_mg_h=sodium,
        caffeine_mg=caffeine,
        recovery_carbs_g=plan["recovery_carbs_g"],
        recovery_protein_g=plan["recovery_protein_g"],
        loading_g_per_kg=bounds("carbs.loading") if loading else None,
        timeline=race_timeline(
            minutes, meal_hours_before, pre_fluid, plan, caffeine, drink, sodium, loading_g, day_before_g
        ),
        legs=legs,
        warnings=tuple(code for code, holds in codes if holds),
        trace=race_trace(weight_kg, minutes, meal_hours_before, (low, high), gut, sweat, drink, plan, caffeine, sodium),
        engine_version=engine_version(),
    )
