"""The timeline of a race day, line by line, and the trace of its numbers."""

from __future__ import annotations

from planning.science.constants import bounds, number, numbers, source
from planning.science.types import RaceStep, TraceStep


def _feed_minutes(minutes: float) -> list[float]:
    """When to eat: every 20 minutes from minute 20, the last not later than 10 minutes before the end."""
    step, last = number("race.feed_every_minutes"), minutes - number("race.last_feed_before_end")
    return [step * count for count in range(1, int(last // step) + 1)] if last >= step else []


def race_timeline(
    minutes: float,
    meal_hours: float,
    pre_fluid_ml: tuple[float, float],
    plan: dict[str, float],
    caffeine_mg: float,
    drink_l_h: float,
    sodium_mg_h: float | None,
    loading_g: tuple[float, float] | None,
    day_before_g: tuple[float, float],
) -> tuple[RaceStep, ...]:
    """The steps of a race from two days before to the recovery, by minutes from the start; grams, ml, mg."""
    meal_words = "Last meal: familiar, low in fiber and fat"
    steps = [
        RaceStep(-60 * meal_hours, "meal", meal_words, carbs_g=plan["meal_g"], protein_g=plan["meal_protein_g"]),
        RaceStep(
            -60 * bounds("fluid.before_hours")[0], "drink", "Drink by now, in small amounts", fluid_ml=pre_fluid_ml[0]
        ),
    ]
    loading_from, last_day = numbers("race.day_before_minutes")
    fiber = bounds("fiber.before_race_g")[1]
    low_fiber = f"Last day: at most about {fiber:g} g of fiber, little fat, nothing new"
    if loading_g is not None:
        words = "Two days of carbohydrate loading begin: the amount is for each day"
        steps.append(RaceStep(-loading_from, "load", words, carbs_g=loading_g[0]))
        steps.append(RaceStep(-last_day, "load", low_fiber, carbs_g=loading_g[0]))
    else:
        steps.append(RaceStep(-last_day, "fuel", "Last day: eat enough carbohydrate", carbs_g=day_before_g[0]))
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


def race_trace(
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
    """Formula, inputs and source of each number of a race plan."""
    body = {"weight_kg": weight_kg, "duration_minutes": minutes}
    low, high = carbs_range
    return (
        TraceStep(
            "pre_meal_carbs_g",
            "Carbohydrate of the last meal",
            "hours before (1 to 4) x weight; 1 g/kg for races under an hour",
            body | {"meal_hours_before": meal_hours},
            plan["meal_g"],
            "g",
            source("pre.g_per_kg"),
        ),
        TraceStep(
            "carbs_g_h",
            "Carbohydrate per hour of the race",
            "upper end for the duration, at most what your stomach takes",
            body | {"low_g_h": low, "high_g_h": high, "gut_cap_g_h": gut},
            min(high, gut),
            "g/h",
            source("during.long"),
        ),
        TraceStep(
            "fluid_l_h",
            "Drinking per hour, never above sweating",
            "sweat - 2 % of weight / hours; at least 0.4, at most sweat, at most 0.8 where sweat is estimated",
            body | {"sweat_rate_l_h": sweat},
            drink,
            "L/h",
            source("fluid.during_l_h"),
        ),
        TraceStep(
            "end_loss_pct",
            "Body mass lost at the end",
            "(sweat - drinking) x hours / weight",
            body | {"sweat_rate_l_h": sweat, "fluid_l_h": drink},
            100 * (sweat - drink) * minutes / 60 / weight_kg,
            "%",
            source("fluid.loss_share"),
        ),
        TraceStep(
            "sodium_mg_h",
            "Sodium per hour beyond two hours or 1.2 L/h of sweat",
            "600 for every liter drunk, 300 to 600 an hour",
            body | {"fluid_l_h": drink},
            sodium_mg_h,
            "mg/h",
            source("sodium.mg_h"),
        ),
        TraceStep(
            "caffeine_mg",
            "Caffeine, adults who tested it",
            "amount per kilogram x weight, at most 6 mg/kg and 400 mg a day",
            body,
            caffeine_mg,
            "mg",
            source("caffeine.cap_mg_day"),
        ),
        TraceStep(
            "recovery_carbs_g",
            "Carbohydrate over four hours after",
            "1.2 g/kg/h x 4 h",
            body,
            plan["recovery_carbs_g"],
            "g",
            source("race.recovery_g_per_kg_h"),
        ),
        TraceStep(
            "recovery_protein_g",
            "Protein within two hours",
            "0.3 g/kg",
            body,
            plan["recovery_protein_g"],
            "g",
            source("race.recovery_protein_g_per_kg"),
        ),
    )
