"""Resting rate, session energy and load."""

import pytest

from planning.science import Profile, Session, calculate_day_targets, load, mets, rmr, session_energy
from tests.corpora import for_every

RUNNER = Profile(sex="M", age_years=30, weight_kg=75, height_cm=180, ffm_kg=66)


def only_session(session, profile=RUNNER):
    return calculate_day_targets(profile, [session]).sessions[0]


@for_every(
    ("changes", "method"),
    [
        ({"measured_rmr_kcal": 1800, "age_years": 16}, "measured"),
        ({"age_years": 17, "ffm_kg": 50}, "schofield_10_18"),
        ({"ffm_kg": 60}, "cunningham80"),
        ({"ffm_kg": 60, "is_athlete": False}, "cunningham91"),
        ({}, "tenhaaf_w"),
        ({"age_years": 36}, "mifflin"),
        ({"weight_kg": 100}, "mifflin"),
        ({"is_athlete": False}, "mifflin"),
    ],
)
def test_the_first_matching_resting_equation_wins(changes, method):
    body = {"sex": "M", "age_years": 30, "weight_kg": 75, "height_cm": 180} | changes
    assert rmr.select_rmr(**body).method == method


def test_an_unknown_sex_takes_the_mean_of_both_references():
    # Mifflin 1990: 5 - (-161) = 166 kcal between the sexes
    assert rmr.mifflin_kcal(sex=None, weight_kg=75, height_cm=180, age_years=30) == 1730 - 83


def test_boer_lean_mass_of_the_specification_example():
    # Boer 1984: 59.4 kg for 75 kg and 180 cm
    assert rmr.boer_ffm_kg(sex="M", weight_kg=75, height_cm=180) == pytest.approx(59.385)


def test_two_hundred_watts_on_the_ergometer_for_45_minutes_at_80_kg():
    # Concept2 monitor formula with the mass correction
    assert session_energy.rowing_erg_kcal(avg_power_w=200, weight_kg=80, minutes=45) == pytest.approx(743.0, abs=0.1)


def test_ninety_minutes_at_200_watts_are_1080_kcal():
    assert only_session(Session("cycle", 90, avg_power_w=200)).gross_kcal == 1080


@for_every(
    ("session", "method"),
    [
        (Session("run", 55, distance_km=10, avg_hr=150, measured_kcal=700), "measured"),
        (Session("cycle", 60, avg_power_w=200, avg_hr=150), "power"),
        (Session("rowing", 60, avg_power_w=200), "concept2"),
        (Session("Running", 55, distance_km=10, avg_hr=150, device_kcal=500), "acsm_run"),
        (Session("walk", 60, distance_km=5), "acsm_walk"),
        (Session("run", 60, distance_km=4.5), "acsm_walk"),
        (Session("cycle", 60, avg_hr=140, device_kcal=500), "keytel"),
        (Session("cycle", 60, avg_hr=85, device_kcal=500), "device"),
        (Session("strength", 60, avg_hr=120), "keytel"),
        (Session("strength", 60, avg_hr=120, met=5), "met"),
        (Session("swim", 60, avg_hr=140, device_kcal=500), "met"),
        (Session("yoga", 60), "met"),
    ],
)
def test_the_most_believed_method_that_applies_is_used(session, method):
    assert only_session(session).method == method


def test_heart_rate_is_not_used_beyond_sixty_years():
    # Keytel 2005: derived on 18 to 45 years
    older = Profile(sex="M", age_years=61, weight_kg=75, height_cm=180)
    assert only_session(Session("cycle", 60, avg_hr=130), older).method == "met"


def test_heart_rate_in_strength_training_is_an_upper_bound():
    assert "HEART_RATE_UPPER_BOUND" in only_session(Session("strength", 60, avg_hr=120)).warnings


def test_methods_that_differ_by_more_than_a_quarter_are_both_shown():
    result = only_session(Session("run", 55, distance_km=10, device_kcal=400))
    assert ("METHODS_DISAGREE" in result.warnings, result.gross_kcal) == (True, pytest.approx(822.9375, abs=1))


def test_an_unknown_sport_is_kept_as_other_with_a_warning():
    result = only_session(Session("quidditch", 60))
    assert (result.sport, "SPORT_UNKNOWN" in result.warnings) == ("other", True)


@for_every(("intensity", "met"), [("easy", 7.5), ("moderate", 9.3), ("hard", 11.8), ("race", 11.8)])
def test_a_run_picks_its_compendium_row_by_intensity(intensity, met):
    # 2024 Adult Compendium, codes 12020, 12050, 12080
    assert mets.pick_activity("run", intensity).met == met


def test_swimming_is_graded_by_speed_when_the_distance_is_known():
    # 3 km in 60 min = 54.7 yd/min: code 18290, 8.0 MET x 75 kg
    assert only_session(Session("swim", 60, distance_km=3)).gross_kcal == 600


def test_every_default_pick_is_a_row_of_the_compendium_table():
    assert {code for codes in mets.PICKS.values() for code in codes} <= set(mets.ACTIVITIES)


@for_every(("intensity", "tss"), [("easy", 40), ("moderate", 60), ("hard", 80), ("race", 100), (None, 60)])
def test_an_hour_without_numbers_gets_its_load_from_the_intensity(intensity, tss):
    result = load.session_load(Session("run", 60, intensity=intensity))
    assert (result.tss, result.estimated) == (tss, True)


def test_strength_training_counts_at_most_as_an_intensity_factor_of_065():
    assert load.session_load(Session("strength", 60, rpe=9)).tss == pytest.approx(42.25)


@for_every(
    ("tss", "minutes", "label"),
    [
        (14.9, 20, "rest"),
        (15, 20, "light"),
        (45, 60, "moderate"),
        (90, 90, "high"),
        (200, 180, "very_high"),
        (100, 240, "very_high"),
        (99, 240, "high"),
    ],
)
def test_the_day_is_named_by_its_load(tss, minutes, label):
    assert load.classify_day(tss=tss, minutes=minutes) == label


def test_female_trimp_of_the_specification_example():
    assert load.banister_trimp(sex="F", minutes=45, hr=155, hr_rest=50, hr_max=195) == pytest.approx(93.9, abs=0.05)


def test_form_is_the_difference_of_the_day_before():
    assert load.form(ctl0=60, atl0=50, tss=[100, 0])[0] == 10


def test_normalized_power_of_a_steady_ride_is_its_power():
    assert load.normalized_power(watts_per_second=[200] * 600) == pytest.approx(200)
