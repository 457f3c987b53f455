"""Rules of the specification one by one: precedence, uncertainty, blocks, distribution, supplements, race timeline."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from planning.science import (
    Profile,
    ScienceInputError,
    Session,
    availability,
    calculate_day_targets,
    calculate_race_plan,
    closure,
    distribute_protein,
    fluids,
    load,
    mets,
    screening,
    session_energy,
    supplement_facts,
)
from planning.science.constants import number
from planning.science.micronutrients import reference_intakes
from planning.science.profiles import pal_of_day
from planning.science.supplements import alcohol_harms_session, alcohol_kcal
from tests.corpora import for_every

MAN = Profile(sex="M", age_years=30, weight_kg=75, height_cm=180)
LEAN = replace(MAN, ffm_kg=66)
LOSING = replace(MAN, goal="lose", rate_pct_per_week=0.5)


def method_of(session, profile=LEAN):
    return calculate_day_targets(profile, [session]).sessions[0].method


# Section 1


def test_a_measured_resting_rate_under_a_year_old_wins():
    profile = replace(LEAN, measured_rmr_kcal=1700, measured_rmr_months_ago=11, measured_rmr_weight_kg=73)
    assert calculate_day_targets(profile, []).rmr.method == "measured"


@for_every("stale", [{"measured_rmr_months_ago": 12}, {"measured_rmr_weight_kg": 71}])
def test_an_old_measurement_or_one_at_another_weight_is_not_used(stale):
    # less than 12 months old, mass within 5 %
    profile = replace(LEAN, measured_rmr_kcal=1700, **stale)
    assert calculate_day_targets(profile, []).rmr.method == "cunningham80"


@for_every(("profile", "share"), [(LEAN, 0.08), (MAN, 0.10)])
def test_the_uncertainty_is_eight_percent_with_lean_mass_and_ten_without(profile, share):
    found = calculate_day_targets(profile, []).rmr
    assert found.sd_kcal == pytest.approx(share * found.kcal)


def test_lean_mass_from_a_scale_is_less_certain():
    # BIA: 4 kg, 22 kcal/kg
    found = calculate_day_targets(replace(LEAN, ffm_method="bia"), []).rmr
    assert found.sd_kcal == pytest.approx(math.hypot(0.08 * 1952, 22 * 4))


def test_an_unknown_sex_widens_the_uncertainty_by_half_the_difference():
    found = calculate_day_targets(replace(MAN, sex=None), []).rmr
    # ten Haaf: 191.03 kcal between the sexes
    assert found.sd_kcal == pytest.approx(math.hypot(0.10 * found.kcal, 191.03 / 2), abs=0.1)


def test_the_day_carries_the_uncertainty_of_its_resting_rate_forward():
    found = calculate_day_targets(LEAN, [])
    assert found.base_sd_kcal == pytest.approx(1.4 * found.rmr.sd_kcal)


@for_every(("kind", "factor"), [("bed", 1.2), ("desk", 1.4), ("on_feet", 1.6), ("heavy", 2.0)])
def test_the_kind_of_day_chooses_the_activity_factor(kind, factor):
    assert pal_of_day(kind) == factor


# Section 2

EVERYTHING = Session(
    "cycle", 60, measured_kcal=700, avg_power_w=200, avg_hr=150, device_kcal=650, distance_km=30, intensity="hard"
)


def test_methods_are_believed_in_the_order_of_the_specification():
    order = []
    session = EVERYTHING
    for field in ("measured_kcal", "avg_power_w", "avg_hr", "device_kcal", "distance_km"):
        order.append(method_of(session))
        session = replace(session, **{field: None})
    assert [*order, method_of(session)] == ["measured", "power", "keytel", "device", "met", "met"]


def test_a_run_of_known_distance_is_believed_before_its_heart_rate():
    assert method_of(Session("run", 60, distance_km=10, avg_hr=160)) == "acsm_run"


def test_every_other_method_is_kept_beside_the_chosen_one():
    found = calculate_day_targets(LEAN, [EVERYTHING]).sessions[0]
    assert [other.method for other in found.alternatives] == ["measured", "power", "keytel", "device", "met"]


def test_the_vo2max_variant_is_used_when_it_is_known():
    # Keytel 2005: M 30 y 75 kg 150 bpm 60 min, VO2max 55
    session = Session("run", 60, avg_hr=150)
    found = [calculate_day_targets(replace(MAN, vo2max=value), [session]).sessions[0] for value in (None, 55)]
    assert [round(item.gross_kcal, 1) for item in found] == [867.6, 849.3]


@for_every(
    ("profile", "session"),
    [
        (MAN, Session("run", 60, avg_hr=89)),
        (replace(MAN, age_years=61), Session("run", 60, avg_hr=150)),
        (replace(MAN, sex="F", pregnant=True), Session("run", 60, avg_hr=150)),
        (replace(MAN, conditions=("beta_blockers",)), Session("run", 60, avg_hr=150)),
        (replace(MAN, conditions=("fever",)), Session("run", 60, avg_hr=150)),
        (MAN, Session("run", 60, avg_hr=150, heart_rate_drift_bpm=11)),
    ],
)
def test_heart_rate_is_not_used_where_it_does_not_follow_effort(profile, session):
    assert method_of(session, profile) == "met"


def test_strength_with_heart_rate_is_an_upper_bound():
    found = calculate_day_targets(MAN, [Session("strength", 60, avg_hr=130)]).sessions[0]
    assert (found.method, found.upper_bound) == ("keytel", True)


@for_every("stated", [{"met": 5.0}, {"activity_code": "02052"}])
def test_strength_with_a_stated_activity_does_not_use_heart_rate(stated):
    found = calculate_day_targets(MAN, [Session("strength", 60, avg_hr=130, **stated)]).sessions[0]
    assert (found.method, found.gross_kcal) == ("met", 375.0)


@for_every(
    ("sport", "speed_km_h", "code"),
    [
        ("run", 9.7, "12050"),
        ("run", 20.0, "12132"),
        ("cycle", 15.0, "01010"),
        ("cycle", 24.0, "01040"),
        ("swim", 2.5, "18240"),
        ("swim", 4.2, "18280"),
    ],
)
def test_the_compendium_row_follows_the_speed(sport, speed_km_h, code):
    assert mets.activity_by_speed(sport, speed_km_h * 1000 / 60).code == code


def test_a_run_slower_than_the_slowest_row_has_no_row_of_its_speed():
    assert mets.activity_by_speed("run", 100.0) is None


@for_every(("watts", "code"), [(99, "02071"), (100, "02072"), (199, "02073"), (200, "02074")])
def test_the_ergometer_row_follows_the_power(watts, code):
    assert mets.activity_by_power("row_erg", watts).code == code


def test_cycling_energy_by_gross_efficiency():
    # 200 W for 90 min: 1080 kJ; GE 0.21
    kcal = session_energy.cycling_power_kcal(avg_power_w=200, minutes=90, gross_efficiency=0.21)
    assert round(kcal, 1) == 1229.2


def test_a_trusted_meter_scales_the_energy():
    days = [calculate_day_targets(replace(MAN, power_meter_trust=trust), [Session("cycle", 60, avg_power_w=200)])
            for trust in (None, 0.95)]  # fmt: skip
    assert [found.sessions[0].gross_kcal for found in days] == [720.0, 684.0]


def test_the_table_of_activities_is_said_to_overstate_heavy_swimmers():
    heavy = replace(MAN, weight_kg=110)
    warnings = [calculate_day_targets(heavy, [Session(sport, 60)]).sessions[0].warnings for sport in ("swim", "run")]
    assert ["MET_OVERESTIMATES_HIGH_BMI" in found for found in warnings] == [True, False]


def test_the_table_of_activities_is_said_to_be_for_other_ages():
    found = calculate_day_targets(replace(MAN, age_years=60), [Session("yoga", 60)]).sessions[0]
    assert "MET_FOR_OTHER_AGES" in found.warnings


# Section 4


def test_120_g_for_75_kg_are_four_meals_of_30_g():
    found = distribute_protein(protein_g=120, weight_kg=75, age_years=30)
    assert (found.meals, found.per_meal_g, found.per_meal_g_per_kg, found.within_range) == (4, 30, 0.40, True)


def test_more_protein_is_spread_over_five_meals():
    assert distribute_protein(protein_g=150, weight_kg=75, age_years=30).meals == 5


def test_an_older_athlete_needs_the_upper_share_at_each_meal():
    found = distribute_protein(protein_g=100, weight_kg=75, age_years=70)
    assert (found.low_g, found.within_range) == (30.0, False)


@for_every(("age", "pre_sleep"), [(17, None), (18, (30, 40)), (None, None)])
def test_protein_before_sleep_is_for_known_adults(age, pre_sleep):
    assert distribute_protein(protein_g=120, weight_kg=75, age_years=age).pre_sleep_g == pre_sleep


def test_no_meal_is_no_distribution():
    with pytest.raises(ValueError, match="one meal"):
        distribute_protein(protein_g=120, weight_kg=75, meals=0)


# Sections 5 and 6


def test_saturated_fat_is_advised_below_ten_percent():
    assert closure.saturated_fat_max_g(energy_kcal=2700) == 30


@for_every(("sodium", "salt"), [(300, 0.76), (600, 1.52)])
def test_sodium_as_salt(sodium, salt):
    assert round(fluids.salt_g(sodium_mg=sodium), 2) == salt


@for_every(("content", "planned"), [(None, 480), (1000, 800), (2000, 1000), (200, 300)])
def test_a_tested_sweat_takes_the_place_of_the_default_up_to_a_gram(content, planned):
    got = fluids.exercise_sodium_mg_h(minutes=180, sweat_rate_l_h=1.3, rate_l_h=0.8, sweat_sodium_mg_l=content)
    assert got == pytest.approx(planned)


# Section 7


@for_every(
    ("change", "notice"),
    [
        ({"ill": True}, "DEFICIT_PAUSED_ILLNESS"),
        ({"conditions": ("insulin_diabetes",)}, "DEFICIT_NEEDS_CLINICIAN"),
        ({"screening_indicators": ("low_t3", "missed_periods")}, "DEFICIT_LOCKED_SCREENING"),
    ],
)
def test_a_deficit_waits_for_health(change, notice):
    found = calculate_day_targets(replace(LOSING, **change), [])
    assert (found.deficit_kcal, notice in found.notices) == (0.0, True)


@for_every(
    ("change", "code"),
    [
        ({"age_years": 17}, "DEFICIT_BLOCKED_MINOR"),
        ({"sex": "F", "pregnant": True}, "DEFICIT_BLOCKED_PREGNANCY_LACTATION"),
        ({"sex": "F", "lactating": True}, "DEFICIT_BLOCKED_PREGNANCY_LACTATION"),
        ({"weight_kg": 59}, "DEFICIT_BLOCKED_UNDERWEIGHT"),
        ({"body_fat_pct": 4.5}, "DEFICIT_BLOCKED_UNDERWEIGHT"),
        ({"ed_flag": True}, "DEFICIT_BLOCKED_ED_RED_FLAG"),
    ],
)
def test_a_block_turns_the_goal_into_keeping_weight_and_says_why(change, code):
    blocked = calculate_day_targets(replace(LOSING, **change), [])
    keeping = calculate_day_targets(replace(MAN, **change), [])
    assert (blocked.energy_kcal, blocked.carbs_g) == (keeping.energy_kcal, keeping.carbs_g)
    assert [warning for warning in blocked.warnings if warning.startswith("DEFICIT")] == [code]


def test_a_pregnancy_that_is_not_stated_counts_as_none():
    found = [calculate_day_targets(replace(LOSING, sex="F", pregnant=value), []) for value in (None, False)]
    assert (found[0].energy_kcal, found[0].deficit_kcal > 0) == (found[1].energy_kcal, True)


@for_every(
    ("indicators", "see", "locked"),
    [((), 0, 0), (("low_t3",), 1, 0), (("low_t3", "off_growth_curve"), 1, 1), (("x", "y"), 0, 0)],
)
def test_one_indicator_sends_to_a_physician_and_two_lock_the_goal(indicators, see, locked):
    # IOC REDs CAT2
    assert (screening.should_see_physician(indicators), screening.deficit_is_locked(indicators)) == (see, locked)


def test_a_deficit_ends_after_twelve_weeks():
    assert [availability.deficit_break_due(weeks_in_deficit=weeks) for weeks in (11.9, 12)] == [False, True]


def test_a_form_suggests_at_most_500_kcal():
    assert availability.prefilled_deficit_kcal(weight_kg=82, rate_pct_per_week=1, tdee_kcal=3000) == 500
    assert round(availability.prefilled_deficit_kcal(weight_kg=82, rate_pct_per_week=0.5, tdee_kcal=3000)) == 451


@for_every(
    ("profile", "notice"),
    [
        (replace(LOSING, rate_pct_per_week=1.5), "DEFICIT_RATE_CAPPED"),
        (replace(MAN, goal="gain", surplus_kcal=800), "SURPLUS_CAPPED"),
    ],
)
def test_a_rate_above_the_most_is_planned_at_the_most_and_said(profile, notice):
    assert notice in calculate_day_targets(profile, []).notices


@for_every(
    ("profile", "field"),
    [
        (replace(LOSING, rate_pct_per_week=50), "rate_pct_per_week"),
        (replace(MAN, goal="gain", surplus_kcal=1e6), "surplus_kcal"),
        (replace(MAN, power_meter_trust=1.5), "power_meter_trust"),
    ],
)
def test_an_absurd_rate_is_refused_and_not_clamped(profile, field):
    with pytest.raises(ScienceInputError) as raised:
        calculate_day_targets(profile, [])
    assert [name for name, _ in raised.value.errors] == [field]


@for_every(
    ("change", "field"),
    [
        ({"sweat_rate_l_h": 99}, "sessions[0].sweat_rate_l_h"),
        ({"activity_code": "99999"}, "sessions[0].activity_code"),
        ({"starts_at_minute": 1440}, "sessions[0].starts_at_minute"),
    ],
)
def test_an_absurd_session_is_refused_and_named(change, field):
    with pytest.raises(ScienceInputError) as raised:
        calculate_day_targets(MAN, [Session("run", 60, **change)])
    assert [name for name, _ in raised.value.errors] == [field]


# Section 8


@for_every(
    ("profile", "iron", "calcium", "vitamin_d", "fiber"),
    [
        (Profile(sex="M", age_years=18), 11, 1300, 15, 38),
        (Profile(sex="M", age_years=71), 8, 1200, 20, 30),
        (Profile(sex="F", age_years=50), 18, 1000, 15, 25),
        (Profile(sex="F", age_years=51), 8, 1200, 15, 21),
        (Profile(sex="F", age_years=30, pregnant=True), 27, 1000, 15, 28),
        (Profile(sex="F", age_years=30, lactating=True), 9, 1000, 15, 29),
    ],
)
def test_reference_intakes_follow_sex_age_and_state(profile, iron, calcium, vitamin_d, fiber):
    # US/Canada DRI
    found = reference_intakes(profile).per_day
    assert [found[name] for name in ("iron_mg", "calcium_mg", "vitamin_d_ug", "fiber_g")] == [
        iron, calcium, vitamin_d, fiber
    ]  # fmt: skip


@for_every(("age", "limit"), [(50, 2500), (51, 2000)])
def test_the_upper_limit_of_calcium_falls_at_51(age, limit):
    assert reference_intakes(Profile(sex="F", age_years=age)).upper["calcium_mg"] == limit


# Section 9


def facts(**settings):
    return {fact.id: fact for fact in supplement_facts(**settings)}


def test_supplements_are_classed_from_a_to_d():
    found = facts()
    assert [found[name].group for name in ("creatine", "collagen", "magnesium", "sarms")] == ["A", "B", "C", "D"]


def test_published_ranges_come_with_their_source_and_for_a_known_body():
    fact = facts(profile=replace(MAN, weight_kg=70.0))["bicarbonate"]
    assert (fact.low, fact.high, fact.unit, fact.low_for_body, fact.high_for_body) == (0.2, 0.4, "g/kg", 14.0, 28.0)
    assert fact.source.startswith("Maughan 2018")


def test_caffeine_for_a_body_stops_at_the_daily_limit():
    assert facts(profile=replace(MAN, weight_kg=80.0))["caffeine"].high_for_body == 400


def test_what_is_banned_has_no_dose_and_nothing_beyond_sports_food_is_proposed():
    found = facts().values()
    assert [fact.low for fact in found if fact.group == "D"] == [None] * 8
    assert {fact.kind for fact in found if fact.proposable} == {"sports food"}


@for_every("change", [{"age_years": 17}, {"pregnant": True}, {"lactating": True}])
def test_minors_and_pregnancy_are_told_names_without_doses(change):
    found = facts(profile=replace(MAN, **change)).values()
    assert [fact.id for fact in found if fact.low is not None or fact.proposable] == []


def test_only_the_groups_asked_for_are_told():
    assert {fact.group for fact in supplement_facts(groups=("A",))} == {"A"}


@for_every(
    ("ahead", "since", "harms"),
    [(24, None, True), (25, None, False), (None, 4, True), (None, 5, False), (None, None, False)],
)
def test_alcohol_harms_the_day_before_and_the_recovery(ahead, since, harms):
    assert alcohol_harms_session(hours_to_session=ahead, hours_since_session=since) is harms


def test_alcohol_counts_seven_kcal_a_gram():
    assert alcohol_kcal(alcohol_g=10) == 70


# Section 11


def test_normalized_power_of_even_power_is_that_power():
    assert load.normalized_power(watts_per_second=[200.0] * 600) == pytest.approx(200)


def test_an_hour_at_threshold_is_a_hundred_by_power_pace_and_heart_rate():
    by_heart = load.heart_rate_tss(sex="M", minutes=60, hr=170, hr_rest=50, hr_max=190, hr_threshold=170)
    by_pace = load.pace_tss(minutes=60, speed_m_min=250, threshold_speed_m_min=250)
    by_power = load.power_tss(seconds=3600, normalized_power_w=250, ftp_w=250)
    assert (by_heart, by_pace, by_power) == pytest.approx((100, 100, 100))


def test_form_is_yesterdays_fitness_minus_fatigue():
    rows = load.fitness_and_fatigue(ctl0=60, atl0=60, tss=[100, 0])
    assert load.form(ctl0=60, atl0=60, tss=[100, 0]) == [0, rows[0][2]]


@for_every(
    ("tss", "minutes", "name"),
    [
        (14.9, 60, "rest"),
        (15, 60, "light"),
        (45, 60, "moderate"),
        (90, 60, "high"),
        (200, 60, "very_high"),
        (100, 240, "very_high"),
        (99, 240, "high"),
    ],
)
def test_the_class_of_a_day_begins_at_its_threshold(tss, minutes, name):
    assert load.classify_day(tss=tss, minutes=minutes) == name


# Section 12


def steps(**settings):
    plan = calculate_race_plan(weight_kg=70, **settings)
    return [(step.minute, step.action, step.carbs_g) for step in plan.timeline]


def test_a_long_race_begins_with_two_days_of_loading():
    assert steps(duration_minutes=91)[:2] == [(-2880, "load", 700), (-1440, "load", 700)]


@for_every("settings", [{"duration_minutes": 90}, {"duration_minutes": 200, "is_adult": False}])
def test_a_short_race_or_a_minor_only_eats_well_the_day_before(settings):
    # 7 to 12 g/kg in 24 h: Burke 2011
    assert steps(**settings)[0] == (-1440, "fuel", 490)


def test_the_legs_of_a_triathlon_share_the_carbohydrate():
    plan = calculate_race_plan(weight_kg=70, duration_minutes=300, legs_minutes=(30, 150, 110), gut_cap_g_h=80)
    # 80 g/h over 290 min = 386.7 g: 60 % on 2.5 h of bike, 40 % on the run, there at most 0.8 x 80 g/h
    assert [leg.sport for leg in plan.legs] == ["swim", "cycle", "run"]
    assert [round(leg.carbs_g_h, 1) for leg in plan.legs] == [0.0, 80.0, 64.0]
    assert [leg.first_feed_minute for leg in plan.legs] == [None, 45, None]
    assert plan.carbs_total_g == pytest.approx(80 * 2.5 + 64 * 110 / 60)


@for_every("legs", [(30, 150), (30, 200, 100), (-1, 100, 100)])
def test_legs_that_cannot_be_are_refused(legs):
    with pytest.raises(ScienceInputError, match="legs_minutes"):
        calculate_race_plan(weight_kg=70, duration_minutes=300, legs_minutes=legs)


@for_every(
    ("settings", "code"),
    [
        ({"duration_minutes": 241}, "HYPONATREMIA_RISK_SLOW_EVENT"),
        ({"duration_minutes": 100, "sex": "F"}, "HYPONATREMIA_RISK_WOMAN"),
        ({"duration_minutes": 100, "uses_nsaids": True}, "HYPONATREMIA_RISK_PAINKILLERS"),
        (
            {
                "duration_minutes": 100,
                "sweat_rate_l_h": 1.5,
                "sweat_rate_measured": True,
                "temperature_c": 12,
                "sweat_tested_at_c": 29,
            },
            "HYPONATREMIA_RISK_TESTED_IN_HEAT",
        ),
        ({"duration_minutes": 200, "conditions": ("hypertension",)}, "SODIUM_WITHHELD_CONDITION"),
    ],
)
def test_what_makes_drinking_too_much_likelier_is_named(settings, code):
    base = {"duration_minutes": 100, "sweat_rate_l_h": 1.0, "sweat_rate_measured": True, "sex": "M"}
    assert (code in calculate_race_plan(weight_kg=70, **base).warnings) is False
    assert code in calculate_race_plan(weight_kg=70, **{**base, **settings}).warnings


@for_every(
    ("change", "field"),
    [
        ({"sweat_rate_l_h": 99}, "sweat_rate_l_h"),
        ({"caffeine_mg_per_kg": 50}, "caffeine_mg_per_kg"),
        ({"other_caffeine_mg": -1}, "other_caffeine_mg"),
        ({"gut_cap_g_h": 121}, "gut_cap_g_h"),
        ({"temperature_c": 90}, "temperature_c"),
    ],
)
def test_an_absurd_race_is_refused_and_the_field_named(change, field):
    with pytest.raises(ScienceInputError) as raised:
        calculate_race_plan(weight_kg=70, duration_minutes=100, **change)
    assert [name for name, _ in raised.value.errors] == [field]


# The trace


@for_every("profile", [MAN, LEAN, replace(LOSING, sex=None), replace(MAN, age_years=15, goal="gain")])
def test_every_step_of_a_trace_is_a_sentence_with_formula_and_one_source(profile):
    day = calculate_day_targets(profile, [EVERYTHING, Session("run", 50, rpe=6)], offset_kcal=80)
    for step in day.trace:
        assert (step.words[0].isupper(), step.source != "", "our choice" in step.words) == (True, True, False), step
        assert "Engineering" not in step.source
        assert step.formula != step.words


def test_a_trace_names_only_what_its_number_was_made_from():
    day = calculate_day_targets(LEAN, [])
    (step,) = [step for step in day.trace if step.name == "rmr"]
    assert set(step.inputs) == {"ffm_kg", "uncertainty_kcal"}


def test_the_offset_has_a_step_only_when_there_is_one():
    names = [[step.name for step in calculate_day_targets(MAN, [], offset_kcal=kcal).trace] for kcal in (0, 50)]
    assert ["offset_kcal" in found for found in names] == [False, True]


def test_the_table_holds_the_limit_that_the_words_state():
    assert number("adaptive.move_max_kcal_week") == 150
