"""Goals, blocks, floors, thin profiles, validation and the trace of a single day."""

from dataclasses import replace

import pytest

from planning.science import (
    DayLookahead,
    Profile,
    ScienceInputError,
    Session,
    availability,
    calculate_day_targets,
    carbs,
    closure,
    constants,
    fill_profile,
    protein,
    validate_profile,
    validate_session,
)
from tests.corpora import for_every

RUNNER = Profile(sex="M", age_years=30, weight_kg=75, height_cm=180, ffm_kg=66)


def test_a_rest_day_gets_three_grams_per_kilo_before_fat_is_limited():
    assert carbs.carbs_band(tss=0, goal="maintain") == carbs.CarbBand(3, 3, 4)


@for_every(("tss", "band"), [(30, (3, 4, 5)), (67.5, (5, 6, 7)), (145, (6, 8, 10)), (255, (8, 10, 12))])
def test_the_carbohydrate_band_meets_the_published_class_ranges(tss, band):
    # Burke 2011, Thomas 2016: light 3-5, moderate 5-7, high 6-10, very high 8-12 g/kg
    result = carbs.carbs_band(tss=tss, goal="maintain")
    assert (result.low, result.point, result.high) == pytest.approx(band)


@for_every(
    ("changes", "code"),
    [
        ({"age_years": 17, "pregnant": True}, "DEFICIT_BLOCKED_MINOR"),
        ({"sex": "F", "pregnant": True}, "DEFICIT_BLOCKED_PREGNANCY_LACTATION"),
        ({"sex": "F", "lactating": True, "ed_flag": True}, "DEFICIT_BLOCKED_PREGNANCY_LACTATION"),
        ({"weight_kg": 59, "ffm_kg": None}, "DEFICIT_BLOCKED_UNDERWEIGHT"),
        ({"body_fat_pct": 4.9, "ffm_kg": None}, "DEFICIT_BLOCKED_UNDERWEIGHT"),
        ({"ed_flag": True}, "DEFICIT_BLOCKED_ED_RED_FLAG"),
    ],
)
def test_a_blocked_deficit_becomes_maintenance(changes, code):
    day = calculate_day_targets(replace(RUNNER, goal="lose", **changes), [])
    assert (code in day.warnings, day.energy_kcal) == (True, day.tdee_kcal)


def test_no_code_is_raised_for_who_does_not_ask_to_lose():
    day = calculate_day_targets(replace(RUNNER, ed_flag=True), [])
    assert [code for code in day.warnings if code.startswith("DEFICIT")] == []


@for_every(("rate", "deficit"), [(0.5, 451), (1.0, 750), (3.0, 750)])
def test_a_loss_rate_becomes_a_capped_deficit(rate, deficit):
    # 82 kg at 7700 kcal/kg; 0.5 % is 451 kcal a day
    result = availability.daily_deficit_kcal(weight_kg=82, rate_pct_per_week=rate, tdee_kcal=4000)
    assert result == pytest.approx(deficit)


def test_a_deficit_never_exceeds_a_quarter_of_the_expenditure():
    assert availability.daily_deficit_kcal(weight_kg=90, rate_pct_per_week=1, tdee_kcal=2000) == 500


def test_a_learned_offset_never_breaks_the_floor():
    day = calculate_day_targets(RUNNER, [], offset_kcal=-1500)
    assert (day.energy_kcal, day.warnings[0]) == (30 * 66, "ENERGY_FLOOR_APPLIED")


def test_availability_of_exactly_thirty_is_amber_not_red():
    assert availability.availability_code(sex="M", availability=30.0, at_balance=41.4) == "EA_AMBER"


def test_a_well_fed_lean_man_is_not_warned():
    assert availability.availability_code(sex="M", availability=38.0, at_balance=38.0) is None


def test_five_low_days_of_fourteen_are_red():
    daily = [40.0] * 9 + [29.0] * 5
    assert availability.logged_availability_code(sex="F", daily=daily, at_balance=45) == "EA_RED"


def test_four_logged_days_judge_nothing():
    assert (
        availability.logged_availability_code(sex="F", daily=[31, 31, 31, 31, None, None, None], at_balance=45) is None
    )


def test_a_surplus_stops_at_500():
    day = calculate_day_targets(replace(RUNNER, goal="gain", surplus_kcal=900), [])
    assert day.energy_kcal - day.tdee_kcal == pytest.approx(500)


@for_every(("goal", "point"), [("maintain", 1.76), ("gain", 1.98), ("lose", 2.2)])
def test_vegans_get_a_tenth_more_protein(goal, point):
    assert protein.protein_range_g_per_kg(goal=goal, diet="Vegan")[1] == pytest.approx(point)


def test_impossible_macros_are_named():
    split = closure.close_macros(energy_kcal=1800, weight_kg=75, protein_g=(90, 120, 150), carbs_g=(375, 525, 600))
    assert split.warnings == ("CHO_REDUCED_TO_FIT", "MACRO_INFEASIBLE")


def test_fat_above_35_percent_is_named_when_nothing_else_may_rise():
    split = closure.close_macros(energy_kcal=4000, weight_kg=75, protein_g=(90, 120, 150), carbs_g=(225, 225, 300))
    assert (split.warnings, split.carbs_g, split.protein_g) == (("FAT_ABOVE_35_INFO",), 300, 150)


def test_a_harder_morning_tomorrow_raises_the_evening():
    # today 3.0, tomorrow 9.0 g/kg: 0.65 x 3 + 0.35 x 6 = 4.05
    band = carbs.carbs_band(tss=0, goal="maintain")
    raised = carbs.look_ahead(band=band, goal="maintain", tomorrow=DayLookahead(200, 8 * 60))
    assert (raised.point, raised.evening_extra) == pytest.approx((4.05, 1.05))


@for_every("start", [12 * 60, None])
def test_an_afternoon_or_unknown_start_raises_nothing(start):
    band = carbs.carbs_band(tss=0, goal="maintain")
    assert carbs.look_ahead(band=band, goal="maintain", tomorrow=DayLookahead(200, start)) == band


def test_loading_raises_the_energy_to_hold_ten_grams_per_kilo():
    day = calculate_day_targets(RUNNER, [], loading=True)
    assert (day.carbs_g, day.fat_pct, "ENERGY_RAISED_FOR_LOADING" in day.warnings) == (
        pytest.approx(750),
        pytest.approx(15),
        True,
    )


def test_minors_do_not_load():
    day = calculate_day_targets(replace(RUNNER, age_years=16), [], loading=True)
    assert day.loading is False


def test_an_empty_profile_is_calculated_with_the_reference_and_says_so():
    day = calculate_day_targets(Profile(goal="lose"), [])
    assert (day.assumed, day.warnings[0], day.deficit_kcal) == (
        ("sex", "age_years", "weight_kg", "height_cm"),
        "PROFILE_ASSUMED",
        0,
    )


def test_filling_a_profile_twice_changes_nothing():
    once = fill_profile(Profile(weight_kg=60))
    assert (fill_profile(once), once.assumed) == (once, ("sex", "age_years", "height_cm"))


@for_every(
    ("changes", "field"),
    [
        ({"age_years": 12.9}, "age_years"),
        ({"weight_kg": 201}, "weight_kg"),
        ({"height_cm": 129}, "height_cm"),
        ({"body_fat_pct": 2}, "body_fat_pct"),
        ({"ffm_kg": 75}, "ffm_kg"),
        ({"weight_kg": float("nan")}, "weight_kg"),
        ({"goal": "fly"}, "goal"),
    ],
)
def test_a_profile_outside_the_ranges_is_refused_by_field(changes, field):
    assert [name for name, _ in validate_profile(replace(RUNNER, **changes))] == [field]


@for_every(
    ("changes", "field"),
    [
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"avg_hr": 231}, "avg_hr"),
        ({"avg_power_w": 601}, "avg_power_w"),
        ({"rpe": 11}, "rpe"),
        ({"starts_at_minute": 1440}, "starts_at_minute"),
    ],
)
def test_a_session_outside_the_ranges_is_refused_by_field(changes, field):
    assert [name for name, _ in validate_session(replace(Session("run", 60), **changes))] == [field]


def test_a_day_holds_at_most_its_own_minutes():
    with pytest.raises(ScienceInputError, match="1440 minutes"):
        calculate_day_targets(RUNNER, [Session("walk", 800), Session("walk", 700)])


def test_the_trace_explains_every_number_a_person_sees():
    day = calculate_day_targets(RUNNER, [Session("run", 55, distance_km=10)])
    explained = {step.name: step.value for step in day.trace}
    shown = ("base_kcal", "exercise_net_kcal", "tdee_kcal", "energy_kcal", "tss", "day_class", "protein_g", "carbs_g",
             "fat_g", "fat_pct", "fiber_g", "fluid_ml", "sodium_mg", "ffm_kg", "energy_availability",
             "energy_availability_at_balance")  # fmt: skip
    assert {name: explained.get(name) for name in shown} == {name: getattr(day, name) for name in shown}


def test_every_step_of_the_trace_names_formula_and_source():
    day = calculate_day_targets(RUNNER, [Session("run", 55, distance_km=10), Session("strength", 45)])
    assert [step.name for step in day.trace if not (step.formula and step.source and step.words)] == []


def test_every_constant_has_unit_source_and_tag():
    rows = constants.CONSTANTS.values()
    assert [row.name for row in rows if not (row.unit and row.source and row.tag in {"V", "V1", "U", "E"})] == []


def test_no_constant_is_listed_twice():
    assert len(constants.ALL_ROWS) == len(constants.CONSTANTS)
