"""The trace of a day: for each number a person sees, a sentence, the formula in words, its inputs, and one source."""

from __future__ import annotations

from planning.science.carbs import CarbBand
from planning.science.constants import CONSTANTS, number, source
from planning.science.load import session_load
from planning.science.rmr import FORMULAS, METHOD_WORDS
from planning.science.types import DayTargets, Goal, Profile, Session, SessionEnergy, TraceInput, TraceStep

_FFM_WORDS = {
    "measured": ("Your lean mass as measured", "as measured"),
    "body_fat": ("Your lean mass, from your weight and body fat", "weight x (1 - body fat / 100)"),
    "estimated": (
        "Your lean mass, estimated from weight and height",
        "0.407 x weight + 0.267 x height - 19.2 for men, 0.252 x weight + 0.473 x height - 48.3 for women",
    ),
}
_SESSION_WORDS = {
    "measured": "as measured in the laboratory",
    "power": "from your power meter",
    "concept2": "from the watts of the ergometer",
    "acsm_run": "from distance and time",
    "acsm_walk": "from distance and time",
    "keytel": "from your heart rate",
    "device": "as your watch says",
    "met": "from a table of activities",
}
_LOAD_WORDS = {
    "tss": ("as stored with it", "as stored"),
    "if": ("from its intensity factor", "hours x intensity factor squared x 100"),
    "rpe": ("from how hard it felt", "load per hour of the rating x hours"),
    "intensity": ("estimated from how hard it is meant to be", "load per hour of the intensity x hours"),
}
_GOAL_WORDS = {"maintain": "keeping your weight", "lose": "losing weight", "gain": "gaining weight"}


def _rmr_source(method: str) -> str:
    row = f"rmr.{method}"
    return source(row if row in CONSTANTS else f"{row}.M")


def _energy_steps(day: DayTargets, profile: Profile, sessions: tuple[Session, ...]) -> list[TraceStep]:
    body: dict[str, TraceInput] = {
        "sex": profile.sex,
        "age_years": profile.age_years,
        "weight_kg": profile.weight_kg,
        "height_cm": profile.height_cm,
        "ffm_kg": profile.ffm_kg,
    }
    used = {
        "cunningham80": ("ffm_kg",),
        "cunningham91": ("ffm_kg",),
        "tenhaaf_ffm": ("ffm_kg",),
        "schofield_10_18": ("sex", "weight_kg"),
        "measured": (),
    }.get(day.rmr.method, ("sex", "age_years", "weight_kg", "height_cm"))
    mean_of_both = "; the mean of both sexes" if profile.sex is None and "sex" in used else ""
    words, formula = _FFM_WORDS[day.ffm_method]
    lean: dict[str, TraceInput] = {name: body[name] for name in ("sex", "weight_kg", "height_cm")}
    if day.ffm_method == "measured":
        lean = {"ffm_kg": profile.ffm_kg}
    elif day.ffm_method == "body_fat":
        lean = {"weight_kg": profile.weight_kg, "body_fat_pct": profile.body_fat_pct}
    steps = [
        TraceStep(
            "rmr",
            METHOD_WORDS[day.rmr.method] + mean_of_both,
            FORMULAS[day.rmr.method],
            {name: body[name] for name in used} | {"uncertainty_kcal": day.rmr.sd_kcal},
            day.rmr.kcal,
            "kcal/d",
            _rmr_source(day.rmr.method),
        ),
        TraceStep(
            "ffm_kg",
            words,
            formula,
            lean,
            day.ffm_kg,
            "kg",
            source("ffm.boer.M") if day.ffm_method == "estimated" else "Given by you",
        ),
        TraceStep(
            "base_kcal",
            "What the day uses without training: resting energy times how much you move otherwise",
            "resting energy x daily activity factor",
            {"rmr_kcal": day.rmr.kcal, "pal_nonexercise": profile.pal_nonexercise},
            day.base_kcal,
            "kcal/d",
            source("reference.pal_nonexercise"),
        ),
    ]
    for index, item in enumerate(day.sessions):
        steps += _session_steps(day, item, index, session_load(sessions[index]).basis)
    return steps


def _session_steps(day: DayTargets, item: SessionEnergy, index: int, basis: str) -> list[TraceStep]:
    chosen = item.alternatives[0]
    name = item.title or item.sport.replace("_", " ").capitalize()
    how, formula = _LOAD_WORDS[basis]
    return [
        TraceStep(
            f"sessions[{index}].gross_kcal",
            f"{name}: energy {_SESSION_WORDS[item.method]}" + (", at most" if item.upper_bound else ""),
            chosen.formula,
            chosen.inputs,
            item.gross_kcal,
            "kcal",
            chosen.source,
        ),
        TraceStep(
            f"sessions[{index}].net_kcal",
            f"{name}: what it adds to a day on which you would have done something else",
            "energy of the session - what those minutes use anyway, at least 0",
            {"gross_kcal": item.gross_kcal, "base_kcal": day.base_kcal, "duration_minutes": item.duration_minutes},
            item.net_kcal,
            "kcal",
            source("ea.net_exercise"),
        ),
        TraceStep(
            f"sessions[{index}].tss",
            f"{name}: training load, {how}",
            formula,
            {"duration_minutes": item.duration_minutes},
            item.tss,
            "TSS",
            "Given with the session" if basis == "tss" else source(_LOAD_ROWS[basis]),
        ),
    ]


_LOAD_ROWS = {"if": "load.tss_per_h_at_threshold", "rpe": "load.rpe_tss_per_h", "intensity": "load.intensity_rpe"}


def _offset_step(day: DayTargets) -> list[TraceStep]:
    if day.offset_kcal == 0:
        return []
    return [
        TraceStep(
            "offset_kcal",
            "What your weight and your meals taught us about your use of energy, beyond the formula",
            "moves towards the estimate by at most 150 kcal a week, within 25 % of the formula",
            {"offset_kcal": day.offset_kcal},
            day.offset_kcal,
            "kcal/d",
            source("adaptive.move_max_kcal_week"),
        )
    ]


def _goal_steps(day: DayTargets, goal: Goal) -> list[TraceStep]:
    energy_words = f"Energy to eat for {_GOAL_WORDS[goal]}, never below what is safe"
    if day.loading:
        energy_words = "Energy to eat, raised where the carbohydrate before your race needs it"
    learned = {"offset_kcal": day.offset_kcal} if day.offset_kcal != 0 else {}
    return [
        TraceStep(
            "exercise_net_kcal",
            "What all sessions add",
            "sum of what each session adds",
            {"sessions": len(day.sessions)},
            day.exercise_net_kcal,
            "kcal/d",
            source("ea.net_exercise"),
        ),
        *_offset_step(day),
        TraceStep(
            "tdee_kcal",
            "What the whole day uses",
            "day without training + training" + (" + what was learned" if learned else ""),
            {"base_kcal": day.base_kcal, "exercise_net_kcal": day.exercise_net_kcal, **learned},
            day.tdee_kcal,
            "kcal/d",
            source("energy.day_model"),
        ),
        TraceStep(
            "energy_kcal",
            energy_words,
            "what the day uses - deficit + surplus; at least resting energy, "
            f"training + {number('ea.red'):g} x lean mass, "
            f"and {number('floor.kcal.M'):g} kcal for men or {number('floor.kcal.F'):g} for women",
            {
                "tdee_kcal": day.tdee_kcal,
                "deficit_kcal": day.deficit_kcal,
                "surplus_kcal": day.surplus_kcal,
                "rmr_kcal": day.rmr.kcal,
                "exercise_net_kcal": day.exercise_net_kcal,
                "ffm_kg": day.ffm_kg,
                "goal": goal,
            },
            day.energy_kcal,
            "kcal/d",
            source("deficit.rate_max_pct" if goal == "lose" else "floor.kcal.M"),
        ),
        TraceStep(
            "energy_availability",
            "Energy left for your body after training, per kilogram of lean mass: a screening figure, no diagnosis",
            "(energy to eat - training) / lean mass",
            {"energy_kcal": day.energy_kcal, "exercise_net_kcal": day.exercise_net_kcal, "ffm_kg": day.ffm_kg},
            day.energy_availability,
            "kcal/kg FFM/d",
            source("ea.definition"),
        ),
        TraceStep(
            "energy_availability_at_balance",
            "The same figure when you eat exactly what the day uses",
            "day without training / lean mass" if not learned else "(day without training + learned) / lean mass",
            {"base_kcal": day.base_kcal, "ffm_kg": day.ffm_kg, **learned},
            day.energy_availability_at_balance,
            "kcal/kg FFM/d",
            source("ea.definition"),
        ),
    ]


def _food_steps(day: DayTargets, profile: Profile, goal: Goal, per_kg: CarbBand) -> list[TraceStep]:
    weight = profile.weight_kg
    carbs_words = "Carbohydrate for the load of the day"
    if day.loading:
        carbs_words = "Carbohydrate to fill your stores before the race"
    elif per_kg.for_match:
        carbs_words = "Carbohydrate to be ready for tomorrow's match"
    elif day.evening_extra_carbs_g > 0:
        carbs_words = "Carbohydrate for the load of the day, more from dinner on for tomorrow's session"
    carbs_from = "carbs.before_match_point" if per_kg.for_match else "carbs.point"
    energy: TraceInput = day.energy_kcal
    extra = {"evening_extra_g": day.evening_extra_carbs_g} if day.evening_extra_carbs_g > 0 else {}
    return [
        TraceStep(
            "tss", "Training load of the day", "sum of the sessions' loads", {"sessions": len(day.sessions)}, day.tss,
            "TSS", source("load.class_from_tss"),
        ),
        TraceStep(
            "day_class", "What a day of this load is called",
            "rest below 15, light below 45, moderate below 90, high below 200, else very high; "
            "very high also from four hours",
            {"tss": day.tss}, day.day_class, "", source("load.class_from_tss"),
        ),
        TraceStep(
            "protein_g", f"Protein for {_GOAL_WORDS[goal]}",
            "amount per kilogram x weight; moved within its range only to make room for fat",
            {"weight_kg": weight, "goal": goal, "diet": profile.diet, "low_g": day.protein_low_g,
             "high_g": day.protein_high_g},
            day.protein_g, "g/d", source(f"protein.{goal}"),
        ),
        TraceStep(
            "carbs_g", carbs_words,
            "amount per kilogram for this load x weight; moved within its range only to make room for fat",
            {"tss": day.tss, "weight_kg": weight, "point_g_per_kg": per_kg.point, "low_g_per_kg": per_kg.low,
             "high_g_per_kg": per_kg.high, **extra},
            day.carbs_g, "g/d", source("carbs.loading_point" if day.loading else carbs_from),
        ),
        TraceStep(
            "fat_g", "Fat takes the energy that protein and carbohydrate leave",
            "(energy - 4 x protein - 4 x carbohydrate) / 9",
            {"energy_kcal": energy, "protein_g": day.protein_g, "carbs_g": day.carbs_g}, day.fat_g, "g/d",
            source("atwater.fat"),
        ),
        TraceStep(
            "fat_pct", "How much of the energy comes from fat; 20 to 35 % is usual", "9 x fat / energy x 100",
            {"fat_g": day.fat_g, "energy_kcal": energy}, day.fat_pct, "%", source("fat.floor_share"),
        ),
        TraceStep(
            "fiber_g", "Fiber for this much energy", "14 g for every 1000 kcal", {"energy_kcal": energy}, day.fiber_g,
            "g/d", source("fiber.g_per_1000_kcal"),
        ),
        TraceStep(
            "fluid_ml", "Water, the water in food included",
            "daily intake + drinking in sessions + 1.25 liters per kilogram lost in them",
            {"baseline_ml": day.fluid.baseline_ml,
             "during_ml": sum(item.during_ml for item in day.fluid.sessions),
             "replacement_ml": sum(item.replacement_ml for item in day.fluid.sessions)},
            day.fluid_ml, "ml/d", source("fluid.baseline_l.M"),
        ),
        TraceStep(
            "sodium_mg", "Sodium: what every day needs, and what long or sweaty sessions take",
            "1500 + 600 for every liter drunk in long or sweaty sessions, 300 to 600 an hour",
            {"exercise_sodium_mg": sum(item.sodium_mg for item in day.fluid.sessions)},
            day.sodium_mg, "mg/d", source("sodium.daily_ai_mg"),
        ),
    ]  # fmt: skip


def trace_day(
    *, targets: DayTargets, profile: Profile, sessions: tuple[Session, ...], goal: Goal, per_kg: CarbBand
) -> tuple[TraceStep, ...]:
    """Return the steps in the order of calculation; `per_kg` is the carbohydrate band in g/kg that was used."""
    return (
        *_energy_steps(targets, profile, sessions),
        *_goal_steps(targets, goal),
        *_food_steps(targets, profile, goal, per_kg),
    )
