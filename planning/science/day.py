"""One day's targets: energy first, then protein, carbohydrate and fat, then water, each with its trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planning.science import availability as ea
from planning.science.carbs import CarbBand, carbs_band, fuel_for_match, load_for_race, look_ahead
from planning.science.closure import close_macros, energy_to_fit_loading
from planning.science.constants import bounds, constants_version, engine_version, number
from planning.science.day_trace import trace_day
from planning.science.fluids import day_fluid
from planning.science.load import classify_day
from planning.science.micronutrients import fiber_target_g
from planning.science.profiles import BODY_FIELDS, PROFILE_ASSUMED, fill_profile
from planning.science.protein import protein_range_g_per_kg
from planning.science.rmr import resolve_ffm, select_rmr
from planning.science.screening import should_see_physician
from planning.science.session_energy import calculate_session_energy
from planning.science.types import (
    DayLookahead,
    DayTargets,
    FatFreeMass,
    Goal,
    Profile,
    Rmr,
    ScienceInputError,
    Session,
    SessionEnergy,
)
from planning.science.validation import require_valid_day, require_valid_sessions

RAISED_FOR_LOADING = "ENERGY_RAISED_FOR_LOADING"


@dataclass(frozen=True, slots=True)
class DayEnergy:
    """The energy side of a day before goals act on it (kcal), with the filled profile and the effective goal."""

    profile: Profile
    goal: Goal
    rmr: Rmr
    ffm: FatFreeMass
    base_kcal: float
    sessions: tuple[SessionEnergy, ...]
    exercise_net_kcal: float
    tdee_kcal: float
    floor_kcal: float
    tss: float
    warnings: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What every day of one profile shares: the filled profile, resting energy (kcal), goal and remarks."""

    profile: Profile
    goal: Goal
    rmr: Rmr
    ffm: FatFreeMass
    base_kcal: float
    warnings: tuple[str, ...]
    notices: tuple[str, ...]


def _effective_goal(profile: Profile) -> tuple[Goal, list[str], list[str]]:
    """Return the goal that may be pursued, the block codes and the notices."""
    if profile.goal == "lose":
        block = ea.deficit_block(profile)
        if block is not None:
            return "maintain", [block], []
        if set(profile.assumed) & set(BODY_FIELDS):
            return "maintain", [], ["DEFICIT_NEEDS_PROFILE"]
        pause = ea.deficit_pause(profile)
        if pause is not None:
            return "maintain", [], [pause]
    if profile.goal == "gain" and ea.is_minor(profile):
        return "maintain", [], ["WEIGHT_GOAL_BLOCKED_MINOR"]
    return profile.goal, [], []


def _above(value: float | None, row: str) -> bool:
    return value is not None and value > number(row)


def _review_notices(profile: Profile, rmr: Rmr, ffm: FatFreeMass) -> list[str]:
    """Remarks that change no number: what the display should explain or withhold."""
    assert profile.weight_kg is not None  # noqa: S101 - filled profiles only
    usual_weight, usual_rate = bounds("range.weight_usual_kg"), bounds("rmr.per_ffm_usual")
    diet = (profile.diet or "").strip().lower()
    conditions = (
        ("RESTRICTED_MODE_MINOR", ea.is_minor(profile)),
        ("CLINICIAN_VALUE_NEEDED_PREGNANCY_LACTATION", ea.is_expecting_or_nursing(profile)),
        ("HIDE_NUMBERS_ED_RED_FLAG", profile.ed_flag),
        ("CLINICIAN_CONFIRMATION_NEEDED", bool(set(profile.conditions) & ea.CLINICIAN_CONDITIONS)),
        ("PROTEIN_TARGET_WITHHELD", "kidney_disease" in profile.conditions),
        ("BODY_FAT_LOW_REVIEW", ea.body_fat_is_low(profile)),
        ("WEIGHT_UNUSUAL", not usual_weight[0] <= profile.weight_kg <= usual_weight[1]),
        ("RMR_PER_FFM_UNUSUAL", not usual_rate[0] <= rmr.kcal / ffm.kg <= usual_rate[1]),
        ("KETO_CONFLICTS_WITH_TRAINING", diet == "keto"),
        ("SEE_SPORTS_PHYSICIAN", should_see_physician(profile.screening_indicators)),
        ("DEFICIT_RATE_CAPPED", profile.goal == "lose" and _above(profile.rate_pct_per_week, "deficit.rate_max_pct")),
        ("SURPLUS_CAPPED", profile.goal == "gain" and _above(profile.surplus_kcal, "surplus.max_kcal")),
    )
    return [code for code, holds in conditions if holds]


def read_body(profile: Profile) -> Body:
    """Calculate what the days of a profile share; its values must lie within their ranges."""
    full = fill_profile(profile)
    if full.age_years is None or full.weight_kg is None or full.height_cm is None or full.pal_nonexercise is None:
        raise ValueError("the reference profile does not fill age, weight, height and PAL")
    rmr = select_rmr(
        sex=full.sex,
        age_years=full.age_years,
        weight_kg=full.weight_kg,
        height_cm=full.height_cm,
        ffm_kg=full.ffm_kg,
        measured_rmr_kcal=full.measured_rmr_kcal,
        is_athlete=full.is_athlete,
        ffm_method=full.ffm_method,
        measured_rmr_months_ago=full.measured_rmr_months_ago,
        measured_rmr_weight_kg=full.measured_rmr_weight_kg,
    )
    ffm = resolve_ffm(
        sex=full.sex,
        weight_kg=full.weight_kg,
        height_cm=full.height_cm,
        ffm_kg=full.ffm_kg,
        body_fat_pct=full.body_fat_pct,
    )
    goal, blocks, notices = _effective_goal(full)
    return Body(
        profile=full,
        goal=goal,
        rmr=rmr,
        ffm=ffm,
        base_kcal=rmr.kcal * full.pal_nonexercise,
        warnings=(*((PROFILE_ASSUMED,) if full.assumed else ()), *blocks),
        notices=(*notices, *_review_notices(full, rmr, ffm)),
    )


def calculate_day_energy(
    *, profile: Profile, sessions: Sequence[Session], offset_kcal: float = 0.0, body: Body | None = None
) -> DayEnergy:
    """Calculate expenditure and floors of a day. Raises ScienceInputError for values outside their ranges.

    `body` is `read_body(profile)` of a profile that was found valid, for whoever asks for several days of it.
    """
    if body is None:
        require_valid_day(profile, sessions)
    else:
        require_valid_sessions(sessions)
    lowest, highest = bounds("range.offset_kcal")
    if not lowest <= offset_kcal <= highest:
        raise ScienceInputError([("offset_kcal", f"must be between {lowest:g} and {highest:g}")])
    body = body or read_body(profile)
    full, base = body.profile, body.base_kcal
    energies = tuple(calculate_session_energy(profile=full, session=item, base_kcal=base) for item in sessions)
    exercise = sum(item.net_kcal for item in energies)
    return DayEnergy(
        profile=full,
        goal=body.goal,
        rmr=body.rmr,
        ffm=body.ffm,
        base_kcal=base,
        sessions=energies,
        exercise_net_kcal=exercise,
        tdee_kcal=base + exercise + offset_kcal,
        floor_kcal=ea.energy_floor_kcal(
            sex=full.sex, rmr_kcal=body.rmr.kcal, exercise_kcal=exercise, ffm_kg=body.ffm.kg
        ),
        tss=sum(item.tss for item in energies),
        warnings=body.warnings,
        notices=body.notices,
    )


def own_deficit_kcal(energy: DayEnergy) -> float:
    """Deficit this day would carry by itself, kcal; 0 unless the effective goal is to lose."""
    profile = energy.profile
    if energy.goal != "lose" or profile.weight_kg is None or profile.rate_pct_per_week is None:
        return 0.0
    return ea.daily_deficit_kcal(
        weight_kg=profile.weight_kg, rate_pct_per_week=profile.rate_pct_per_week, tdee_kcal=energy.tdee_kcal
    )


def _surplus_kcal(energy: DayEnergy) -> float:
    surplus = energy.profile.surplus_kcal
    if energy.goal != "gain" or surplus is None:
        return 0.0
    return min(surplus, number("surplus.max_kcal"))


def _carb_band(energy: DayEnergy, tomorrow: DayLookahead | None, *, loading: bool, match_tomorrow: bool) -> CarbBand:
    band = carbs_band(tss=energy.tss, goal=energy.goal)
    if tomorrow is not None:
        band = look_ahead(band=band, goal=energy.goal, tomorrow=tomorrow)
    if loading:
        return load_for_race(band)
    return fuel_for_match(band) if match_tomorrow else band


def build_day_targets(
    *,
    energy: DayEnergy,
    sessions: Sequence[Session],
    deficit_kcal: float,
    offset_kcal: float = 0.0,
    tomorrow: DayLookahead | None = None,
    loading: bool = False,
    match_tomorrow: bool = False,
) -> DayTargets:
    """Turn a day's expenditure and the deficit it is to carry into targets. Loading is for adults only."""
    profile, weight = energy.profile, energy.profile.weight_kg
    if weight is None:
        raise ValueError("energy.profile must be filled")
    loading = loading and not ea.is_minor(profile)
    warnings = list(energy.warnings)
    deficit, surplus = (0.0 if loading else deficit_kcal), _surplus_kcal(energy)
    wanted = energy.tdee_kcal - deficit + surplus
    energy_kcal = max(wanted, energy.floor_kcal)
    if energy.floor_kcal > wanted + 1e-9:
        warnings.append(ea.FLOOR_APPLIED)

    trains = profile.is_athlete or bool(sessions)
    per_kg = protein_range_g_per_kg(goal=energy.goal, diet=profile.diet, age_years=profile.age_years, trains=trains)
    protein_low, protein_point, protein_high = (value * weight for value in per_kg)
    band = _carb_band(energy, tomorrow, loading=loading, match_tomorrow=match_tomorrow)
    if loading:
        needed = energy_to_fit_loading(protein_g=protein_point, carbs_g=band.point * weight)
        if needed > energy_kcal + 1e-9:
            energy_kcal = needed
            warnings.append(RAISED_FOR_LOADING)

    available = ea.energy_availability(
        intake_kcal=energy_kcal, exercise_kcal=energy.exercise_net_kcal, ffm_kg=energy.ffm.kg
    )
    at_balance = (energy.base_kcal + offset_kcal) / energy.ffm.kg
    code = ea.availability_code(sex=profile.sex, availability=available, at_balance=at_balance)
    split = close_macros(
        energy_kcal=energy_kcal,
        weight_kg=weight,
        protein_g=(protein_low, protein_point, protein_high),
        carbs_g=(band.low * weight, band.point * weight, band.high * weight),
        loading=loading,
    )
    minutes = sum(item.duration_minutes for item in sessions)
    fluid = day_fluid(profile=profile, sessions=tuple(sessions))
    targets = DayTargets(
        rmr=energy.rmr,
        base_kcal=energy.base_kcal,
        base_sd_kcal=(energy.rmr.sd_kcal or 0.0) * (profile.pal_nonexercise or 1.0),
        exercise_net_kcal=energy.exercise_net_kcal,
        tdee_kcal=energy.tdee_kcal,
        energy_kcal=energy_kcal,
        tss=energy.tss,
        day_class=classify_day(tss=energy.tss, minutes=minutes),
        protein_g=split.protein_g,
        carbs_g=split.carbs_g,
        fat_g=split.fat_g,
        fat_pct=split.fat_pct,
        fiber_g=fiber_target_g(energy_kcal=energy_kcal),
        fluid=fluid,
        fluid_ml=fluid.daily_ml,
        sodium_mg=fluid.sodium_mg,
        ffm_kg=energy.ffm.kg,
        ffm_method=energy.ffm.method,
        energy_availability=available,
        energy_availability_at_balance=at_balance,
        deficit_kcal=deficit,
        surplus_kcal=surplus,
        offset_kcal=offset_kcal,
        carbs_low_g=band.low * weight,
        carbs_high_g=band.high * weight,
        protein_low_g=protein_low,
        protein_high_g=protein_high,
        evening_extra_carbs_g=min(band.evening_extra * weight, split.carbs_g),
        loading=loading,
        sessions=energy.sessions,
        warnings=(*warnings, *((code,) if code else ()), *split.warnings),
        notices=energy.notices,
        assumed=profile.assumed,
        trace=(),
        engine_version=engine_version(),
        constants_version=constants_version(),
    )
    return replace(
        targets,
        trace=trace_day(targets=targets, profile=profile, sessions=tuple(sessions), goal=energy.goal, per_kg=band),
    )


def calculate_day_targets(
    profile: Profile,
    sessions: Sequence[Session],
    *,
    offset_kcal: float = 0.0,
    tomorrow: DayLookahead | None = None,
    loading: bool = False,
) -> DayTargets:
    """Calculate one day: kcal, g, ml, mg, with warnings and a trace of every number.

    The day carries the loss rate of the profile whatever its class; dividing the work over a week is
    `calculate_week_targets`'s part. `offset_kcal` is the learned correction of expenditure; floors stand above it.
    Raises ScienceInputError for values outside their ranges.
    """
    energy = calculate_day_energy(profile=profile, sessions=sessions, offset_kcal=offset_kcal)
    return build_day_targets(
        energy=energy,
        sessions=sessions,
        deficit_kcal=own_deficit_kcal(energy),
        offset_kcal=offset_kcal,
        tomorrow=tomorrow,
        loading=loading,
    )
