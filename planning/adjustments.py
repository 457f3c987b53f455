"""From calculated targets to targets that can be eaten: the athlete's own macronutrients, and energy that holds them.

The calculation of a day reports `MACRO_INFEASIBLE` when protein, carbohydrate and the fat floor do not fit into its
energy (specification, section 5). A week of meals has to act on it: energy is raised to what holds them, or, where
weight is to be lost, the deficit of that day is cut to what leaves room for them. Only a day that does not even hold
them without any deficit keeps the code, and is refused when it is planned. Pure: no framework, no clock, no I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from planning.bounding import (
    BOUND,
    GIVES_WAY,
    NO_BOUNDS,
    DayBounds,
    bound_fluid_ml,
    gives_way,
    is_met,
    least_fat_g,
    most_fat_g,
    narrow_carbs,
    narrow_protein,
)
from planning.bounding import SOURCE as BOUND_SOURCE
from planning.science.availability import EA_AMBER, EA_RED, availability_code, is_minor
from planning.science.closure import CARBS_REDUCED, FAT_HIGH, INFEASIBLE, close_macros, fat_floor_g
from planning.science.constants import bounds, number
from planning.science.constants_rows import HOUSE
from planning.science.micronutrients import fiber_target_g
from planning.science.protein import protein_range_g_per_kg
from planning.science.types import DayTargets, Goal, MacroSplit, Profile, TraceInput, TraceStep

OVERRIDE = "MACRO_OVERRIDE"
RAISED_TO_FIT = "ENERGY_RAISED_TO_FIT"
DEFICIT_CUT = "DEFICIT_REDUCED_TO_FIT"
SOURCE = "Set by you"
CLOSURE_SOURCE = HOUSE
# Room for rounding, so that what was raised to fit does fit.
_ROOM_KCAL = 1e-6
_CLOSING_CODES = frozenset({CARBS_REDUCED, INFEASIBLE, FAT_HIGH, EA_RED, EA_AMBER})


@dataclass(frozen=True, slots=True)
class Bands:
    """(low, point, high) grams of protein and of carbohydrate, and the least share of energy from fat.

    `fat_least_g` and `fat_most_g` are what a coach asks for in grams.
    """

    protein_g: tuple[float, float, float]
    carbs_g: tuple[float, float, float]
    fat_share: float
    fat_least_g: float = 0.0
    fat_most_g: float | None = None

    def energy_to_fit(self, *, weight_kg: float, loading: bool) -> float:
        """Least energy in kcal that holds the low ends and the fat floor."""
        fixed = number("atwater.protein") * self.protein_g[0] + number("atwater.carbs") * self.carbs_g[0]
        by_share = fixed / (1 - self.fat_share)
        by_mass = 0.0 if loading else fixed + number("atwater.fat") * number("fat.floor_g_per_kg") * weight_kg
        by_coach = fixed + number("atwater.fat") * self.fat_least_g if self.fat_least_g else 0.0
        return max(by_share, by_mass, by_coach) + _ROOM_KCAL


def fat_share_of(overrides: Mapping[str, float], *, loading: bool) -> float:
    """Least share of energy from fat: 20 %, more when the athlete asks for it; 15 % while loading for a race."""
    if loading:
        return number("fat.loading_floor_share")
    return max(number("fat.floor_share"), overrides.get("fat_min_pct", 0.0) / 100)


def adjust_day(
    targets: DayTargets,
    *,
    profile: Profile,
    overrides: Mapping[str, float] | None = None,
    limits: DayBounds = NO_BOUNDS,
) -> DayTargets:
    """The targets with the overrides and a coach's limits applied and, where needed, with energy that holds them.

    `profile` must be filled. `overrides` may name `protein_g_per_kg`, `carbs_g_per_kg` and `fat_min_pct`. Codes
    added: MACRO_OVERRIDE, ENERGY_RAISED_TO_FIT, DEFICIT_REDUCED_TO_FIT, COACH_BOUND, COACH_BOUND_GIVES_WAY;
    MACRO_INFEASIBLE stays where weight is to be lost and the day does not hold its macronutrients even at balance.
    """
    if profile.weight_kg is None:
        raise ValueError("the profile must be filled")
    wanted = {name: value for name, value in (overrides or {}).items() if value is not None}
    adjusted = targets
    if wanted or INFEASIBLE in targets.warnings:
        adjusted = _adjust(targets, profile, wanted, NO_BOUNDS)
    if not limits:
        return adjusted
    if limits.of_food and not is_met(adjusted, limits):
        adjusted = _adjust(targets, profile, wanted, limits)
    return _with_limits(adjusted, limits)


def _adjust(targets: DayTargets, profile: Profile, wanted: Mapping[str, float], limits: DayBounds) -> DayTargets:
    if profile.weight_kg is None:
        raise ValueError("the profile must be filled")
    bands = _bands(targets, profile, wanted)
    if limits.of_food:
        bands = _limited(bands, limits, targets, profile.weight_kg)
    split = _close(bands, targets.energy_kcal, profile.weight_kg, targets.loading)
    energy, deficit, codes = targets.energy_kcal, targets.deficit_kcal, [OVERRIDE] if wanted else []
    if INFEASIBLE in split.warnings:
        fitting = bands.energy_to_fit(weight_kg=profile.weight_kg, loading=targets.loading)
        if goal_of(targets) != "lose":
            energy = fitting
            codes.append(RAISED_TO_FIT)
        elif targets.tdee_kcal > energy:
            energy = min(fitting, targets.tdee_kcal)
            deficit = targets.tdee_kcal - energy
            codes.append(DEFICIT_CUT)
        split = _close(bands, energy, profile.weight_kg, targets.loading)
    return _rebuilt(targets, profile, bands, split, energy, max(0.0, deficit), codes, wanted)


def _bands(targets: DayTargets, profile: Profile, overrides: Mapping[str, float]) -> Bands:
    """The ranges of the day, narrowed to what the athlete asked for.

    Minors, and athletes whose safety comes first (red flag, pregnancy), never go below the day's own ranges. Loading
    before a race keeps its carbohydrate.
    """
    weight = profile.weight_kg or 0.0
    guarded = is_minor(profile) or profile.ed_flag or profile.pregnant or profile.lactating
    per_kg = protein_range_g_per_kg(goal=goal_of(targets), diet=profile.diet, age_years=profile.age_years)
    point = float(str(_traced(targets, "carbs_g", "point_g_per_kg")))
    protein = (targets.protein_low_g, per_kg[1] * weight, targets.protein_high_g)
    carbs = (targets.carbs_low_g, point * weight, targets.carbs_high_g)
    asked = overrides.get("protein_g_per_kg")
    if asked is not None:
        grams = min(asked, number("protein.cap_per_kg")) * weight
        grams = max(grams, targets.protein_low_g) if guarded else grams
        protein = (min(grams, targets.protein_low_g), grams, grams)
    asked = overrides.get("carbs_g_per_kg")
    if asked is not None and not targets.loading:
        lowest, highest = bounds("carbs.limits")
        grams = min(max(asked, lowest), highest) * weight
        grams = max(grams, targets.carbs_low_g) if guarded else grams
        carbs = (min(grams, targets.carbs_low_g), grams, grams)
    return Bands(protein, carbs, fat_share_of(overrides, loading=targets.loading))


def _limited(bands: Bands, limits: DayBounds, targets: DayTargets, weight_kg: float) -> Bands:
    """The ranges within what a coach asks for."""
    energy = targets.energy_kcal
    return replace(
        bands,
        protein_g=narrow_protein(bands.protein_g, limits.protein_g, targets=targets, weight_kg=weight_kg),
        carbs_g=narrow_carbs(bands.carbs_g, limits.carbs_g, targets=targets, weight_kg=weight_kg),
        fat_least_g=least_fat_g(limits.fat_g, energy_kcal=energy),
        fat_most_g=most_fat_g(limits.fat_g, energy_kcal=energy, weight_kg=weight_kg, loading=targets.loading),
    )


def _with_limits(targets: DayTargets, limits: DayBounds) -> DayTargets:
    """The day with its water within the limits, and with what says that there are some."""
    fluid = bound_fluid_ml(targets, limits.fluid_ml)
    codes = (BOUND, GIVES_WAY) if gives_way(targets, limits) or not limits.fluid_ml.holds(fluid) else (BOUND,)
    steps = tuple(replace(step, value=fluid) if step.name == "fluid_ml" else step for step in targets.trace)
    amounts = limits.amounts()
    told = TraceStep(
        "coach_bounds",
        "Limits that your coach set, within what is safe",
        "protein, carbohydrate, fat and water stay within them; energy is never lowered for them",
        amounts,
        ", ".join(sorted(amounts)),
        "",
        BOUND_SOURCE,
    )
    return replace(targets, fluid_ml=fluid, warnings=(*targets.warnings, *codes), trace=(*steps, told))


def goal_of(targets: DayTargets) -> Goal:
    """The goal the day serves after every block, as its trace tells it."""
    goal = _traced(targets, "energy_kcal", "goal")
    return "lose" if goal == "lose" else "gain" if goal == "gain" else "maintain"


def _traced(targets: DayTargets, step_name: str, input_name: str) -> TraceInput:
    return next(step.inputs[input_name] for step in targets.trace if step.name == step_name)


def _close(bands: Bands, energy_kcal: float, weight_kg: float, loading: bool) -> MacroSplit:
    """The split of the specification, with a higher fat floor where the athlete asked for one."""
    split = close_macros(
        energy_kcal=energy_kcal,
        weight_kg=weight_kg,
        protein_g=bands.protein_g,
        carbs_g=bands.carbs_g,
        loading=loading,
    )
    per_protein, per_carbs, per_fat = number("atwater.protein"), number("atwater.carbs"), number("atwater.fat")
    floor = max(
        fat_floor_g(energy_kcal=energy_kcal, weight_kg=weight_kg, loading=loading),
        bands.fat_share * energy_kcal / per_fat,
    )
    floor = max(floor, bands.fat_least_g)
    if split.fat_g >= floor - 1e-6:
        return _below_most_fat(split, bands, energy_kcal, floor)
    fat = floor
    carbs = max(bands.carbs_g[0], (energy_kcal - per_protein * split.protein_g - per_fat * fat) / per_carbs)
    protein = split.protein_g
    if per_protein * protein + per_carbs * carbs + per_fat * fat > energy_kcal + 1e-6:
        protein = max(bands.protein_g[0], (energy_kcal - per_carbs * carbs - per_fat * fat) / per_protein)
    fits = per_protein * protein + per_carbs * carbs + per_fat * fat <= energy_kcal + 1e-6
    fat = (energy_kcal - per_protein * protein - per_carbs * carbs) / per_fat
    if fat < 0:
        carbs, fat = max(0.0, carbs + fat * per_fat / per_carbs), 0.0
    codes = [CARBS_REDUCED] if carbs < bands.carbs_g[1] - 1e-6 else []
    return MacroSplit(
        protein, carbs, fat, 100 * per_fat * fat / energy_kcal, (*codes, *(() if fits else (INFEASIBLE,)))
    )


def _below_most_fat(split: MacroSplit, bands: Bands, energy_kcal: float, floor_g: float) -> MacroSplit:
    """The split with fat at the coach's most, as far as carbohydrate and then protein may rise in its place."""
    most = bands.fat_most_g
    if most is None or split.fat_g <= most:
        return split
    most = max(most, floor_g)
    per_protein, per_carbs, per_fat = number("atwater.protein"), number("atwater.carbs"), number("atwater.fat")
    fitting = (energy_kcal - per_protein * split.protein_g - per_fat * most) / per_carbs
    carbs = max(split.carbs_g, min(bands.carbs_g[2], fitting))
    fitting = (energy_kcal - per_carbs * carbs - per_fat * most) / per_protein
    protein = max(split.protein_g, min(bands.protein_g[2], fitting))
    fat = (energy_kcal - per_protein * protein - per_carbs * carbs) / per_fat
    codes = tuple(code for code in split.warnings if code != FAT_HIGH)
    high = fat > number("fat.high_share") * energy_kcal / per_fat
    return MacroSplit(protein, carbs, fat, 100 * per_fat * fat / energy_kcal, (*codes, *((FAT_HIGH,) if high else ())))


def _rebuilt(
    targets: DayTargets,
    profile: Profile,
    bands: Bands,
    split: MacroSplit,
    energy_kcal: float,
    deficit_kcal: float,
    codes: list[str],
    overrides: Mapping[str, float],
) -> DayTargets:
    available = (energy_kcal - targets.exercise_net_kcal) / targets.ffm_kg
    code = availability_code(sex=profile.sex, availability=available, at_balance=targets.energy_availability_at_balance)
    kept = [warning for warning in targets.warnings if warning not in _CLOSING_CODES]
    adjusted = replace(
        targets,
        energy_kcal=energy_kcal,
        deficit_kcal=deficit_kcal,
        protein_g=split.protein_g,
        carbs_g=split.carbs_g,
        fat_g=split.fat_g,
        fat_pct=split.fat_pct,
        fiber_g=fiber_target_g(energy_kcal=energy_kcal),
        energy_availability=available,
        protein_low_g=bands.protein_g[0],
        protein_high_g=bands.protein_g[2],
        carbs_low_g=bands.carbs_g[0],
        carbs_high_g=bands.carbs_g[2],
        evening_extra_carbs_g=min(targets.evening_extra_carbs_g, split.carbs_g),
        warnings=(*kept, *codes, *((code,) if code else ()), *split.warnings),
    )
    return replace(adjusted, trace=_trace(targets, adjusted, profile, overrides))


def _trace(
    before: DayTargets, after: DayTargets, profile: Profile, overrides: Mapping[str, float]
) -> tuple[TraceStep, ...]:
    """The trace with every number that moved told as it is now; the last steps say what moved it."""
    moved = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fat_pct", "fiber_g", "energy_availability")
    named = {"energy_kcal", "protein_g", "carbs_g", "fat_g", "exercise_net_kcal", "deficit_kcal"}
    steps = []
    for step in before.trace:
        inputs = {name: getattr(after, name) if name in named else value for name, value in step.inputs.items()}
        value = getattr(after, step.name) if step.name in moved else step.value
        formula = step.formula
        if step.name == "energy_kcal" and RAISED_TO_FIT in after.warnings:
            formula += "; raised to hold protein, carbohydrate and the fat floor"
        steps.append(replace(step, inputs=inputs, value=value, formula=formula))
    amounts = {"weight_kg": profile.weight_kg, **overrides}
    if OVERRIDE in after.warnings:
        steps.append(
            TraceStep(
                "macro_overrides",
                "Your own amounts of protein, carbohydrate or fat, within what is safe",
                "amount per kilogram x weight; fat at least its share of energy",
                amounts,
                ", ".join(sorted(overrides)),
                "",
                SOURCE,
            )
        )
    if {RAISED_TO_FIT, DEFICIT_CUT} & set(after.warnings):
        steps.append(
            TraceStep(
                "energy_adjustment_kcal",
                "Energy added so that protein, carbohydrate and fat fit",
                "4 x least protein + 4 x least carbohydrate + 9 x least fat - energy before",
                {
                    "energy_before_kcal": before.energy_kcal,
                    "protein_low_g": after.protein_low_g,
                    "carbs_low_g": after.carbs_low_g,
                    "weight_kg": profile.weight_kg,
                },
                after.energy_kcal - before.energy_kcal,
                "kcal/d",
                CLOSURE_SOURCE,
            )
        )
    return tuple(steps)
