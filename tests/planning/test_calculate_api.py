"""The stateless calculations give the golden vectors over HTTP, and refuse what cannot be calculated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db
VECTORS = {
    row["id"]: row
    for row in json.loads((Path(__file__).parents[1] / "data" / "science_vectors.json").read_text())["vectors"]
}
PROFILE_NAMES = {
    "age": "age_years",
    "bf_pct": "body_fat_pct",
    "rmr_measured": "measured_rmr_kcal",
    "surplus": "surplus_kcal",
    "rate_pct_wk": "rate_pct_per_week",
    "athlete": "is_athlete",
}
SESSION_NAMES = {
    "minutes": "duration_minutes",
    "if": "intensity_factor",
    "kcal_measured": "measured_kcal",
    "kcal_device": "device_kcal",
}
RACE_NAMES = {"minutes": "duration_minutes", "sweat_l_h": "sweat_rate_l_h", "measured": "sweat_rate_measured"}
ANSWER_NAMES = {
    "base_kcal": "base_kcal",
    "eee_net": "exercise_net_kcal",
    "tdee": "tdee_kcal",
    "energy_kcal": "energy_kcal",
    "tss": "tss",
    "protein_g": "protein_g",
    "carb_g": "carbs_g",
    "fat_g": "fat_g",
    "fat_pct": "fat_pct",
    "ffm_kg": "ffm_kg",
    "ea": "energy_availability",
    "ea_balance": "energy_availability_at_balance",
}
WHOLE = {"sex": "M", "age_years": 30, "weight_kg": 75, "height_cm": 180}


@pytest.fixture
def targets(api, sam):
    return lambda profile=WHOLE, **body: api(sam).post("/v1/calculate/targets", {"profile": profile, **body})


@pytest.fixture
def race(api, sam):
    return lambda **body: api(sam).post("/v1/calculate/race", {"weight_kg": 70, "duration_minutes": 210, **body})


def renamed(values, names):
    return {names.get(name, name): value for name, value in values.items()}


def tolerance(vector, key):
    given = vector["tolerance"]
    return given.get(key, given.get("kcal", given.get("value", given.get("default", 0.1))))


@pytest.mark.parametrize("vector_id", ["D02", "D07", "D11", "D13"])
def test_a_golden_day_over_http(targets, vector_id):
    vector = VECTORS[vector_id]
    given, expected = vector["inputs"], vector["expected"]
    answer = targets(
        renamed(given["profile"], PROFILE_NAMES),
        sessions=[renamed(session, SESSION_NAMES) for session in given["sessions"]],
    ).json()
    for name, ours in ANSWER_NAMES.items():
        if name in expected:
            assert answer[ours] == pytest.approx(expected[name], abs=max(tolerance(vector, name), 0.011)), name
    assert answer["day_class"] == expected["day_class"]
    assert answer["warnings"] == expected["warnings"]
    assert answer["rmr"]["method"] == expected["rmr_method"]


def test_the_golden_marathon_over_http(race):
    vector = VECTORS["D24"]
    given = renamed(vector["inputs"], RACE_NAMES)
    answer = race(**given).json()
    names = {
        "cho_g_h": "carbs_g_h",
        "cho_total_g": "carbs_total_g",
        "pre_meal_g": "pre_meal_carbs_g",
        "fluid_l_h": "fluid_l_h",
        "fluid_total_l": "fluid_total_l",
        "sodium_mg_h": "sodium_mg_h",
        "end_loss_pct": "end_loss_pct",
        "caffeine_mg": "caffeine_mg",
        "recovery_cho_g": "recovery_carbs_g",
        "recovery_protein_g": "recovery_protein_g",
        "feeds_20min_g": "feed_every_20min_g",
    }
    checked = [name for name in names if name in vector["expected"]]
    assert len(checked) >= 8
    for name in checked:
        wanted = vector["expected"][name]
        assert answer[names[name]] == pytest.approx(wanted, abs=max(tolerance(vector, name), 0.011)), name


def test_null_is_the_same_as_left_out(targets):
    nulls = {**WHOLE, "vo2max": None, "ffm_kg": None, "goal": None, "measured_rmr_kcal": None, "pregnant": None}
    session = {"sport": "run", "duration_minutes": 60}
    bare = targets(sessions=[session]).json()
    assert targets(nulls, sessions=[{**session, "rpe": None, "avg_hr": None}], offset_kcal=None).json() == bare


def test_an_empty_profile_is_calculated_on_assumptions_that_are_named(targets):
    answer = targets({}).json()
    assert {"weight_kg", "height_cm", "age_years"} <= set(answer["assumed"])
    assert "PROFILE_ASSUMED" in answer["warnings"]


def test_decimals_are_kept(targets):
    answer = targets(sessions=[{"sport": "run", "duration_minutes": 47}])
    assert answer.json()["energy_kcal"] != round(answer.json()["energy_kcal"])
    assert b'"kcal":1952.0' in targets({**WHOLE, "ffm_kg": 66}).content.replace(b" ", b"")


def test_nothing_is_stored(targets):
    from athletes.models import TrainingEvent
    from planning.models import MealPlan

    targets(sessions=[{"sport": "run", "duration_minutes": 47}])
    assert [TrainingEvent.objects.count(), MealPlan.objects.count()] == [0, 0]


def test_macros_that_do_not_fit_are_a_warning_here(targets):
    profile = {"sex": "F", "age_years": 70, "weight_kg": 110, "height_cm": 160, "goal": "lose", "rate_pct_per_week": 1}
    answer = targets(profile)
    assert (answer.status_code, "MACRO_INFEASIBLE" in answer.json()["warnings"]) == (200, True)


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        ({"age_years": 12}, "profile.age_years"),
        ({"age_years": 101}, "profile.age_years"),
        ({"weight_kg": 29.9}, "profile.weight_kg"),
        ({"height_cm": 221}, "profile.height_cm"),
        ({"body_fat_pct": 2}, "profile.body_fat_pct"),
        ({"ffm_kg": 80}, "profile.ffm_kg"),
        ({"rate_pct_per_week": -1}, "profile.rate_pct_per_week"),
        ({"rate_pct_per_week": 50}, "profile.rate_pct_per_week"),
        ({"surplus_kcal": 1_000_000}, "profile.surplus_kcal"),
        ({"ffm_method": "guess"}, "profile.ffm_method"),
        ({"measured_rmr_months_ago": -1}, "profile.measured_rmr_months_ago"),
        ({"sex": "X"}, "profile.sex"),
        ({"goal": "win"}, "profile.goal"),
        ({"weight_kg": "75"}, "profile.weight_kg"),
        ({"weight_kg": "NaN"}, "profile.weight_kg"),
        ({"weight_kg": True}, "profile.weight_kg"),
        ({"weight_kg": [75]}, "profile.weight_kg"),
        ({"pregnant": "no"}, "profile.pregnant"),
        ({"wieght_kg": 75}, "profile.wieght_kg"),
    ],
)
def test_a_profile_out_of_range_is_400_and_names_the_field(targets, profile, field):
    answer = targets({**WHOLE, **profile})
    assert answer.status_code == 400
    assert [row["field"] for row in answer.json()["error"]["details"]] == [field]


@pytest.mark.parametrize(
    ("session", "field"),
    [
        ({"duration_minutes": 0}, "sessions.0.duration_minutes"),
        ({"duration_minutes": 1441}, "sessions.0.duration_minutes"),
        ({"avg_power_w": 601}, "sessions.0.avg_power_w"),
        ({"avg_hr": 29}, "sessions.0.avg_hr"),
        ({"rpe": 11}, "sessions.0.rpe"),
        ({"duration_minutes": None}, "sessions.0.duration_minutes"),
        ({"minutes": 60}, "sessions.0.minutes"),
        ({"sweat_rate_l_h": 99}, "sessions.0.sweat_rate_l_h"),
        ({"activity_code": "99999"}, "sessions.0.activity_code"),
    ],
)
def test_a_session_out_of_range_is_400_and_names_the_field(targets, session, field):
    answer = targets(sessions=[{"sport": "cycle", "duration_minutes": 60, **session}])
    assert answer.status_code == 400
    assert field in [row["field"] for row in answer.json()["error"]["details"]]


def test_sessions_longer_than_a_day_are_400(targets):
    answer = targets(sessions=[{"sport": "cycle", "duration_minutes": 800}] * 2)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "sessions")


@pytest.mark.parametrize("offset", [1e9, -1e9])
def test_an_offset_out_of_range_is_400(targets, offset):
    answer = targets(offset_kcal=offset)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "offset_kcal")


@pytest.mark.parametrize("raw", [b'{"profile":{"weight_kg":NaN}}', b'{"profile":{"weight_kg":Infinity}}', b"[]", b"{"])
def test_what_is_not_json_is_400(api, sam, raw):
    assert api(sam).post("/v1/calculate/targets", raw).status_code == 400


def test_an_unknown_field_has_its_own_code(targets):
    assert targets({**WHOLE, "name": "x"}).json()["error"]["code"] == "unknown_field"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"weight_kg": 20}, "weight_kg"),
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"duration_minutes": "NaN"}, "duration_minutes"),
        ({"weight_kg": None}, "weight_kg"),
        ({"gut_cap_g_h": -1}, "gut_cap_g_h"),
        ({"is_adult": 1}, "is_adult"),
        ({"sweat": 1}, "sweat"),
        ({"sweat_rate_l_h": 99}, "sweat_rate_l_h"),
        ({"caffeine_mg_per_kg": 1e6}, "caffeine_mg_per_kg"),
        ({"meal_hours_before": 12}, "meal_hours_before"),
        ({"other_caffeine_mg": 1e9}, "other_caffeine_mg"),
        ({"legs_minutes": [30, 300, 10]}, "legs_minutes"),
    ],
)
def test_a_race_out_of_range_is_400_and_names_the_field(race, body, field):
    answer = race(**body)
    assert answer.status_code == 400, answer.content
    assert answer.json()["error"]["details"][0]["field"] == field


def test_calculating_needs_an_account(api):
    assert api(None).post("/v1/calculate/targets", {"profile": {}}).status_code == 401


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"age_years": 16}, "DEFICIT_BLOCKED_MINOR"),
        ({"sex": "F", "pregnant": True}, "DEFICIT_BLOCKED_PREGNANCY_LACTATION"),
        ({"ed_flag": True}, "DEFICIT_BLOCKED_ED_RED_FLAG"),
    ],
)
def test_a_deficit_is_blocked_here_too(targets, change, code):
    answer = targets({**WHOLE, **change, "goal": "lose", "rate_pct_per_week": 1}).json()
    assert (code in answer["warnings"], answer["deficit_kcal"]) == (True, 0.0)


def test_conditions_and_illness_pause_a_deficit(targets):
    profile = {**WHOLE, "goal": "lose", "conditions": ["kidney_disease"]}
    assert "DEFICIT_NEEDS_CLINICIAN" in targets(profile).json()["notices"]
    assert "DEFICIT_PAUSED_ILLNESS" in targets({**WHOLE, "goal": "lose", "ill": True}).json()["notices"]


def test_the_resting_rate_comes_with_its_uncertainty(targets):
    assert targets({**WHOLE, "ffm_kg": 66}).json()["rmr"] == {
        "kcal": 1952.0,
        "method": "cunningham80",
        "sd_kcal": 156.16,
    }


def test_the_legs_of_a_triathlon_come_back_with_their_carbohydrate(race):
    answer = race(duration_minutes=300, legs_minutes=[30, 150, 110]).json()
    assert [(leg["sport"], leg["carbs_g"] > 0) for leg in answer["legs"]] == [
        ("swim", False),
        ("cycle", True),
        ("run", True),
    ]
