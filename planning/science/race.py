"""Race day: meal, top-up, feeding, drinking, sodium, caffeine and recovery, with a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from planning.science.caffeine import caffeine_dose_mg
from planning.science.constants import ENGINE_VERSION, bounds, number, numbers, source
from planning.science.fluids import default_sweat_rate_l_h, drinking_rate_l_h, exercise_sodium_mg_h
from planning.science.types import RacePlan, RaceStep, ScienceInputError, TraceStep

BELOW_RANGE = "BELOW_RANGE"
SWEAT_ESTIMATED = "SWEAT_RATE_ESTIMATED"
SLOW_EVENT = "HYPONATREMIA_RISK_SLOW_EVENT"
SMALL_BODY = "HYPONATREMIA_RISK_SMALL_BODY"
LOSS_ABOVE_2 = "LOSS_ABOVE_2_PCT"


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


def _feed_minutes(minutes: float) -> list[float]:
    """When to eat: every 20 minutes from minute 20, the last not later than 10 minutes before the end."""
    step, last = number("race.feed_every_minutes"), minutes - number("race.last_feed_before_end")
    return [step * count for count in range(1, int(last // step) + 1)] if last >= step else []


def _validate(
    *, weight_kg: float, minutes: float, sweat: float | None, gut: float, hours: float, caffeine: float, other: float
) -> None:
    problems = []
    for field, value, row in (
        ("weight_kg", weight_kg, "range.weight_kg"),
        ("duration_minutes", minutes, "range.session_minutes"),
        ("sweat_rate_l_h", sweat, "range.sweat_rate_l_h"),
        ("meal_hours_before", hours, "pre.hours"),
    ):
        low, high = bounds(row)
        if value is not None and not low <= value <= high:
            problems.append((field, f"must be between {low:g} and {high:g}"))
    if not 0 <= gut <= number("during.expert_ceiling"):
        problems.append(("gut_cap_g_h", f"must be between 0 and {number('during.expert_ceiling'):g}"))
    if not other >= 0:
        problems.append(("other_caffeine_mg", "must not be negative"))
    if not caffeine >= 0:
        problems.append(("caffeine_mg_per_kg", "must not be negative"))
    if problems:
        raise ScienceInputError(problems)


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
) -> RacePlan:
    """Plan a race from its duration, body mass, sweat rate (estimated by temperature when None) and gut cap.

    Grams, ml, mg and L; minutes of the timeline count from the start. Minors get no caffeine and no loading. Raises
    ScienceInputError for values outside their ranges. Codes: BELOW_RANGE, SWEAT_RATE_ESTIMATED, LOSS_ABOVE_2_PCT,
    HYPONATREMIA_RISK_SLOW_EVENT, HYPONATREMIA_RISK_SMALL_BODY.
    """
    minutes, hours = duration_minutes, duration_minutes / 60
    _validate(
        weight_kg=weight_kg,
        minutes=minutes,
        sweat=sweat_rate_l_h,
        gut=gut_cap_g_h,
        hours=meal_hours_before,
        caffeine=caffeine_mg_per_kg,
        other=other_caffeine_mg,
    )
    measured = sweat_rate_measured and sweat_rate_l_h is not None
    sweat = sweat_rate_l_h
    if sweat is None:
        sweat = default_sweat_rate_l_h(weight_kg=weight_kg, temperature_c=temperature_c, intensity="race")
    gut = min(gut_cap_g_h, number("during.expert_ceiling") if expert else number("race.gut_ceiling"))
    low, high = in_session_carbs_g_h(minutes=minutes, expert=expert)
    rate = min(high, gut)
    drink = drinking_rate_l_h(weight_kg=weight_kg, minutes=minutes, sweat_rate_l_h=sweat, measured=measured)
    sodium = exercise_sodium_mg_h(minutes=minutes, sweat_rate_l_h=sweat, rate_l_h=drink)
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
    return RacePlan(
        pre_meal_carbs_g=meal,
        pre_meal_protein_g=plan["meal_protein_g"],
        pre_fluid_ml=pre_fluid,
        topup_carbs_g=plan["topup_g"],
        carbs_g_h=rate,
        below_range=rate < low,
        carbs_total_g=rate * hours,
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
        timeline=_timeline(minutes, meal_hours_before, pre_fluid, plan, caffeine, drink, sodium),
        warnings=tuple(code for code, holds in codes if holds),
        trace=_trace(weight_kg, minutes, meal_hours_before, (low, high), gut, sweat, drink, plan, caffeine, sodium),
        engine_version=ENGINE_VERSION,
    )


def _timeline(
    minutes: float,
    meal_hours: float,
    pre_fluid_ml: tuple[float, float],
    plan: dict[str, float],
    caffeine_mg: float,
    drink_l_h: float,
    sodium_mg_h: float | None,
) -> tuple[RaceStep, ...]:
    meal_words = "Last meal: familiar, low in fiber and fat"
    steps = [
        RaceStep(-60 * meal_hours, "meal", meal_words, carbs_g=plan["meal_g"], protein_g=plan["meal_protein_g"]),
        RaceStep(
            -60 * bounds("fluid.before_hours")[0], "drink", "Drink by now, in small amounts", fluid_ml=pre_fluid_ml[0]
        ),
    ]
    split = minutes > number("caffeine.split_over_minutes")
    if caffeine_mg > 0:
        first = caffeine_mg / 2 if split else caffeine_mg
        words = "Caffeine, only if tested in training"
        steps.append(RaceStep(-number("caffeine.minutes_before"), "caffeine", words, caffeine_mg=first))
        if split:
            steps.append(RaceStep(minutes / 2, "caffeine", "Second half of the caffeine", caffeine_mg=caffeine_mg / 2))
    if plan["topup_g"] > 0:
        before = -number("race.topup_before_minutes")
        steps.append(RaceStep(before, "topup", "Small carbohydrate top-up", carbs_g=plan["topup_g"]))
    if plan["feed_g"] > 0:
        last_solid = minutes - number("race.liquids_last_minutes")
        interval = number("race.feed_every_minutes") / 60
        for at in _feed_minutes(minutes):
            words = "Carbohydrate with fluid" + ("; only drink or gel from here" if at >= last_solid else "")
            sodium = None if sodium_mg_h is None else sodium_mg_h * interval
            steps.append(
                RaceStep(
                    at, "feed", words, carbs_g=plan["feed_g"], fluid_ml=1000 * drink_l_h * interval, sodium_mg=sodium
                )
            )
    steps.append(
        RaceStep(
            minutes,
            "recovery",
            "Over four hours if another session follows within eight, else eat normally",
            carbs_g=plan["recovery_carbs_g"],
            protein_g=plan["recovery_protein_g"],
        )
    )
    return tuple(sorted(steps, key=lambda step: step.minute))


def _trace(
    weight_kg: float,
    minutes: float,
    meal_hours: float,
    carbs_range: tuple[float, float],
    gut: float,
    sweat: float,
    drink: float,
    plan: dict[str, float],
    caffeine_mg: float,
    sodium_mg_h: float | None,
) -> tuple[TraceStep, ...]:
    body = {"weight_kg": weight_kg, "duration_minutes": minutes}
    low, high = carbs_range
    return (
        TraceStep("pre_meal_carbs_g", "Last meal", "hours before (1 to 4) x w; 1 g/kg under 60 min",
                  body | {"meal_hours_before": meal_hours}, plan["meal_g"], "g", source("pre.g_per_kg")),
        TraceStep("carbs_g_h", "Carbohydrate per hour", "min(upper end for the duration, gut cap)",
                  body | {"low_g_h": low, "high_g_h": high, "gut_cap_g_h": gut}, min(high, gut), "g/h",
                  source("during.long")),
        TraceStep("fluid_l_h", "Drinking per hour, never above sweating",
                  "min(sweat or 0.8, max(min(0.4, sweat), sweat - 2 % w / hours))",
                  body | {"sweat_rate_l_h": sweat}, drink, "L/h", source("fluid.during_l_h")),
        TraceStep("end_loss_pct", "Body mass lost at the end", "(sweat - drink) x hours / w",
                  body | {"sweat_rate_l_h": sweat, "fluid_l_h": drink},
                  100 * (sweat - drink) * minutes / 60 / weight_kg, "%", source("fluid.loss_share")),
        TraceStep("sodium_mg_h", "Sodium per hour beyond two hours or 1.2 L/h of sweat",
                  "600 mg per liter drunk, 300 to 600", body | {"fluid_l_h": drink}, sodium_mg_h, "mg/h",
                  source("sodium.mg_h")),
        TraceStep("caffeine_mg", "Caffeine, adults who tested it", "mg/kg x w, at most 6 mg/kg and 400 mg a day",
                  body, caffeine_mg, "mg", source("caffeine.cap_mg_day")),
        TraceStep("recovery_carbs_g", "Carbohydrate over four hours after", "1.2 g/kg/h x 4 h", body,
                  plan["recovery_carbs_g"], "g", source("race.recovery_g_per_kg_h")),
        TraceStep("recovery_protein_g", "Protein within two hours", "0.3 g/kg", body, plan["recovery_protein_g"], "g",
                  source("race.recovery_protein_g_per_kg")),
    )  # fmt: skip
