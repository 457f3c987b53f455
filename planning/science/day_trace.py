"""The trace of a day: for each number a person sees, the formula in words, its inputs with units, and the source."""

from __future__ import annotations

from planning.science.carbs import CarbBand
from planning.science.constants import CONSTANTS, source
from planning.science.rmr import FORMULAS
from planning.science.types import DayTargets, Goal, Profile, TraceInput, TraceStep


def _rmr_source(method: str) -> str:
    row = f"rmr.{method}"
    return source(row if row in CONSTANTS else f"{row}.M")


def _energy_steps(day: DayTargets, profile: Profile) -> list[TraceStep]:
    body: dict[str, TraceInput] = {
        "sex": profile.sex,
        "age_years": profile.age_years,
        "weight_kg": profile.weight_kg,
        "height_cm": profile.height_cm,
        "ffm_kg": profile.ffm_kg,
    }
    steps = [
        TraceStep(
            "rmr",
            f"Resting metabolic rate by {day.rmr.method}" + (" (mean of M and F)" if profile.sex is None else ""),
            FORMULAS[day.rmr.method],
            body,
            day.rmr.kcal,
            "kcal/d",
            _rmr_source(day.rmr.method),
        ),
        TraceStep(
            "ffm_kg",
            {
                "measured": "Fat-free mass as measured",
                "body_fat": "Fat-free mass from body fat",
                "estimated": "Fat-free mass estimated from mass and height",
            }[day.ffm_method],
            {
                "measured": "as measured",
                "body_fat": "w x (1 - body fat / 100)",
                "estimated": "M: 0.407 w + 0.267 h - 19.2; F: 0.252 w + 0.473 h - 48.3",
            }[day.ffm_method],
            body | {"body_fat_pct": profile.body_fat_pct},
            day.ffm_kg,
            "kg",
            source("ffm.boer.M") if day.ffm_method == "estimated" else "Body composition given by the athlete",
        ),
        TraceStep(
            "base_kcal",
            "Everything except logged sessions",
            "RMR x non-exercise activity",
            {"rmr_kcal": day.rmr.kcal, "pal_nonexercise": profile.pal_nonexercise},
            day.base_kcal,
            "kcal/d",
            source("reference.pal_nonexercise"),
        ),
    ]
    for index, item in enumerate(day.sessions):
        chosen = item.alternatives[0]
        words = f"{item.title or item.sport}: energy by {item.method}"
        steps += [
            TraceStep(
                f"sessions[{index}].gross_kcal",
                words,
                chosen.formula,
                chosen.inputs,
                item.gross_kcal,
                "kcal",
                chosen.source,
            ),
            TraceStep(
                f"sessions[{index}].net_kcal",
                "What the session adds above normal living",
                "max(0, gross - base / 1440 x minutes)",
                {"gross_kcal": item.gross_kcal, "base_kcal": day.base_kcal, "duration_minutes": item.duration_minutes},
                item.net_kcal,
                "kcal",
                source("ea.red"),
            ),
            TraceStep(
                f"sessions[{index}].tss",
                "Training load" + (" estimated from the intensity" if item.load_estimated else ""),
                "stored TSS, else hours x IF^2 x 100, else RPE table x hours",
                {"duration_minutes": item.duration_minutes, "sport": item.sport},
                item.tss,
                "TSS",
                source("load.rpe_tss_per_h"),
            ),
        ]
    return steps


def _goal_steps(day: DayTargets, goal: Goal) -> list[TraceStep]:
    return [
        TraceStep(
            "exercise_net_kcal",
            "Energy of all sessions above normal living",
            "sum of the sessions' net energy",
            {"sessions": len(day.sessions)},
            day.exercise_net_kcal,
            "kcal/d",
            source("ea.red"),
        ),
        TraceStep(
            "tdee_kcal",
            "Total expenditure",
            "base + exercise + learned offset",
            {
                "base_kcal": day.base_kcal,
                "exercise_net_kcal": day.exercise_net_kcal,
                "offset_kcal": day.offset_kcal,
            },
            day.tdee_kcal,
            "kcal/d",
            source("reference.pal_nonexercise"),
        ),
        TraceStep(
            "energy_kcal",
            "Energy to eat, never below the floors",
            "max(TDEE - deficit + surplus, RMR, exercise + 30 FFM, 1500 M / 1200 F)"
            + ("; raised to hold the loading" if day.loading else ""),
            {
                "tdee_kcal": day.tdee_kcal,
                "deficit_kcal": day.deficit_kcal,
                "surplus_kcal": day.surplus_kcal,
                "rmr_kcal": day.rmr.kcal,
                "ffm_kg": day.ffm_kg,
                "goal": goal,
            },
            day.energy_kcal,
            "kcal/d",
            source("deficit.rate_max_pct"),
        ),
        TraceStep(
            "energy_availability",
            "Energy left for the body after training; a screening figure",
            "(energy - exercise) / FFM",
            {"energy_kcal": day.energy_kcal, "exercise_net_kcal": day.exercise_net_kcal, "ffm_kg": day.ffm_kg},
            day.energy_availability,
            "kcal/kg FFM/d",
            source("ea.red"),
        ),
        TraceStep(
            "energy_availability_at_balance",
            "The same when exactly the expenditure is eaten",
            "(base + offset) / FFM",
            {"base_kcal": day.base_kcal, "offset_kcal": day.offset_kcal, "ffm_kg": day.ffm_kg},
            day.energy_availability_at_balance,
            "kcal/kg FFM/d",
            source("ea.amber_share_of_balance"),
        ),
    ]


def _food_steps(day: DayTargets, profile: Profile, goal: Goal, per_kg: CarbBand) -> list[TraceStep]:
    weight = profile.weight_kg
    carbs_words = "Carbohydrate for the day's load"
    if day.loading:
        carbs_words = "Carbohydrate loading before the race"
    elif day.evening_extra_carbs_g > 0:
        carbs_words = "Carbohydrate for the day's load, raised from dinner on for tomorrow's session"
    energy: TraceInput = day.energy_kcal
    return [
        TraceStep(
            "tss", "Training load of the day", "sum over sessions", {"sessions": len(day.sessions)}, day.tss, "TSS",
            source("load.rpe_tss_per_h"),
        ),
        TraceStep(
            "day_class", "Name of the day's load",
            "rest < 15, light < 45, moderate < 90, high < 200 TSS, else very high; also from 240 min at 25 TSS/h",
            {"tss": day.tss}, day.day_class, "", source("load.class_from_tss"),
        ),
        TraceStep(
            "protein_g", "Protein for the goal", "g/kg point x w, within the range when fat leaves its limits",
            {"weight_kg": weight, "goal": goal, "diet": profile.diet, "low_g": day.protein_low_g,
             "high_g": day.protein_high_g},
            day.protein_g, "g/d", source(f"protein.{goal}"),
        ),
        TraceStep(
            "carbs_g", carbs_words, "g/kg point of the load curve x w, within its band when fat leaves its limits",
            {"tss": day.tss, "weight_kg": weight, "point_g_per_kg": per_kg.point, "low_g_per_kg": per_kg.low,
             "high_g_per_kg": per_kg.high, "evening_extra_g": day.evening_extra_carbs_g},
            day.carbs_g, "g/d", source("carbs.loading_point" if day.loading else "carbs.point"),
        ),
        TraceStep(
            "fat_g", "Fat takes the rest of the energy", "(energy - 4 protein - 4 carbs) / 9",
            {"energy_kcal": energy, "protein_g": day.protein_g, "carbs_g": day.carbs_g}, day.fat_g, "g/d",
            source("fat.high_share"),
        ),
        TraceStep(
            "fat_pct", "Share of energy from fat", "900 x fat / energy", {"fat_g": day.fat_g, "energy_kcal": energy},
            day.fat_pct, "%", source("fat.floor_share"),
        ),
        TraceStep(
            "fiber_g", "Fiber by energy", "14 g per 1000 kcal", {"energy_kcal": energy}, day.fiber_g, "g/d",
            source("fiber.g_per_1000_kcal"),
        ),
        TraceStep(
            "fluid_ml", "Water, food included", "adequate intake + drinking in sessions + 1.25 L per kg lost",
            {"baseline_ml": day.fluid.baseline_ml,
             "during_ml": sum(item.during_ml for item in day.fluid.sessions),
             "replacement_ml": sum(item.replacement_ml for item in day.fluid.sessions)},
            day.fluid_ml, "ml/d", source("fluid.baseline_l.M"),
        ),
        TraceStep(
            "sodium_mg", "Sodium: adequate intake plus what long or sweaty sessions ask for",
            "1500 + 600 mg per liter drunk in sessions, 300 to 600 mg/h",
            {"exercise_sodium_mg": sum(item.sodium_mg for item in day.fluid.sessions)},
            day.sodium_mg, "mg/d", source("sodium.daily_ai_mg"),
        ),
    ]  # fmt: skip


def trace_day(*, targets: DayTargets, profile: Profile, goal: Goal, per_kg: CarbBand) -> tuple[TraceStep, ...]:
    """Return the steps in the order of calculation; `per_kg` is the carbohydrate band in g/kg that was used."""
    return (
        *_energy_steps(targets, profile),
        *_goal_steps(targets, goal),
        *_food_steps(targets, profile, goal, per_kg),
    )
