"""Daily targets: one number a day whatever is asked, the athlete's own day, overrides, and energy that holds food."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from athletes.models import TrainingEvent
from planning.services.targets import calculate_targets
from tests import factories
from tests.planning.people import MONDAY, make_event

pytestmark = pytest.mark.django_db


def target(athlete, day=MONDAY):
    (found,) = calculate_targets(athlete=athlete, first=day, last=day)
    return found.payload


def get(api, athlete, query=""):
    return api(athlete.user).get(f"/v1/athletes/{athlete.pk}/targets{query}")


def test_a_rest_day_gets_three_grams_of_carbohydrate_per_kilo_and_more_only_to_fill_the_energy(athlete):
    payload = target(athlete)
    assert payload["day_class"] == "rest"
    assert 3 * athlete.weight_kg <= payload["carbs_g"] <= 4 * athlete.weight_kg


def test_the_numbers_of_a_day_close_its_energy(athlete):
    payload = target(athlete)
    energy = 4 * payload["protein_g"] + 4 * payload["carbs_g"] + 9 * payload["fat_g"]
    assert energy == pytest.approx(payload["energy_kcal"], abs=0.2)


def test_the_same_day_has_the_same_numbers_in_every_answer():
    athlete = factories.make_athlete("same@example.com", goals=["weight_loss"], sport="cycle")
    for day, minutes in ((0, 60), (2, 180), (5, 240)):
        make_event(athlete, MONDAY + timedelta(days=day), 540, minutes, sport="cycle")
    wednesday = MONDAY + timedelta(days=2)
    alone = target(athlete, wednesday)
    long = calculate_targets(athlete=athlete, first=MONDAY - timedelta(days=40), last=MONDAY + timedelta(days=40))
    assert next(day.payload for day in long if day.date == wednesday) == alone


def test_the_range_defaults_to_today_and_the_six_days_after(api, athlete):
    from nutrition_site.kernel.clock import today

    items = get(api, athlete).json()["items"]
    assert [items[0]["date"], len(items)] == [today(athlete.timezone).isoformat(), 7]


def test_from_and_to_are_inclusive(api, athlete):
    items = get(api, athlete, "?from=2026-10-05&to=2026-10-06").json()["items"]
    assert [item["date"] for item in items] == ["2026-10-05", "2026-10-06"]


def test_ninety_two_days_are_given(api, athlete):
    assert len(get(api, athlete, "?from=2026-01-01&to=2026-04-02").json()["items"]) == 92


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?from=2026-01-01&to=2026-04-03", "to"),
        ("?from=2026-01-02&to=2026-01-01", "to"),
        ("?from=yesterday", "from"),
        ("?from=9999-12-31", "from"),
        ("?to=0001-01-01", "to"),
        ("?from=2026-02-30", "from"),
        ("?from=1999-12-31", "from"),
    ],
)
def test_a_range_that_cannot_be_is_400_and_names_the_field(api, athlete, query, field):
    answer = get(api, athlete, query)
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, field)


@pytest.mark.parametrize("zone", ["Europe/Belgrade", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_a_session_late_in_the_evening_belongs_to_the_athletes_own_day(zone):
    athlete = factories.make_athlete("late@example.com", timezone=zone)
    make_event(athlete, MONDAY, 23 * 60 + 30, 60)
    assert [len(target(athlete, MONDAY + timedelta(days=n))["sessions"]) for n in (-1, 0, 1)] == [0, 1, 0]
    assert target(athlete)["sessions"][0]["starts_at_minute"] == 1410


@pytest.mark.parametrize("start", [date(2026, 3, 23), date(2026, 10, 19), date(2026, 12, 28), date(2024, 2, 26)])
def test_weeks_with_a_clock_change_a_year_end_or_a_leap_day_have_seven_days(athlete, start):
    days = calculate_targets(athlete=athlete, first=start, last=start + timedelta(days=6))
    assert [day.date for day in days] == [start + timedelta(days=n) for n in range(7)]


def test_a_session_on_the_night_of_the_clock_change_keeps_its_local_start(athlete):
    """Central Europe leaves summer time on 25 October 2026 at 03:00."""
    make_event(athlete, date(2026, 10, 25), 480, 60)
    assert target(athlete, date(2026, 10, 25))["sessions"][0]["starts_at_minute"] == 480


def test_an_all_day_event_counts_without_a_start(athlete):
    event = make_event(athlete, MONDAY, 0, 90)
    TrainingEvent.objects.filter(pk=event.pk).update(all_day=True)
    assert [s["starts_at_minute"] for s in target(athlete)["sessions"]] == [None]


def test_an_unknown_duration_is_planned_as_an_hour_and_said_to_be_assumed(athlete):
    event = make_event(athlete, MONDAY, 480, None)
    payload = target(athlete)
    assert payload["sessions"][0]["duration_minutes"] == 60
    assert f"{event.pk}.duration_minutes" in payload["assumed"]


def test_sessions_longer_than_the_day_are_bounded_by_it(athlete):
    for hour in range(3):
        make_event(athlete, MONDAY, 60 * hour, 600)
    assert sum(session["duration_minutes"] for session in target(athlete)["sessions"]) == 1200


def test_a_watch_that_reports_nonsense_does_not_take_the_targets_away(athlete):
    event = make_event(athlete, MONDAY, 480, 60)
    TrainingEvent.objects.filter(pk=event.pk).update(avg_hr=9.0, avg_power_w=4000.0)
    assert target(athlete)["sessions"][0]["method"] == "met"


def test_rest_and_unclassified_events_carry_no_load(athlete):
    event = make_event(athlete, MONDAY, 480, 60)
    TrainingEvent.objects.filter(pk=event.pk).update(type="unclassified")
    assert target(athlete)["sessions"] == []


def test_days_before_the_athlete_was_thirteen_are_calculated_at_thirteen():
    athlete = factories.make_athlete("young@example.com", birth_date=date(2005, 1, 1))
    assert target(athlete, date(2001, 1, 1))["energy_kcal"] > 1000


@pytest.mark.parametrize(
    ("sport", "distance_km", "minutes"), [("run", 30, 180), ("cycle", 120, 288), ("swim", 3, 63), ("yoga", 5, 60)]
)
def test_a_distance_without_a_time_takes_an_ordinary_pace(athlete, sport, distance_km, minutes):
    event = make_event(athlete, MONDAY, 480, None, sport=sport, distance_km=distance_km)
    payload = target(athlete)
    assert payload["sessions"][0]["duration_minutes"] == minutes
    assert f"{event.pk}.duration_minutes" in payload["assumed"]


def test_a_thin_profile_is_told_what_was_assumed():
    thin = dict.fromkeys(("birth_date", "sex", "height_cm", "weight_kg"))
    athlete = factories.make_athlete("thin@example.com", timezone="UTC", **thin)
    payload = target(athlete)
    assert {"weight_kg", "height_cm", "age_years"} <= set(payload["assumed"])
    assert "PROFILE_ASSUMED" in payload["warnings"]
    athlete.refresh_from_db()
    assert athlete.weight_kg is None


def test_every_shown_number_has_a_trace_with_its_source(athlete):
    payload = target(athlete)
    traced = {step["name"]: step for step in payload["trace"]}
    for name in ("energy_kcal", "carbs_g", "protein_g", "fat_g", "fiber_g", "fluid_ml", "sodium_mg"):
        assert traced[name]["value"] == payload[name]
        assert traced[name]["source"]


# Overrides of the profile.


def overridden(email="own@example.com", **overrides):
    return factories.make_athlete(email, sex="M", weight_kg=75.0, height_cm=180.0, macro_overrides=overrides)


def test_an_override_of_protein_is_the_protein_target():
    payload = target(overridden(protein_g_per_kg=2.2))
    assert payload["protein_g"] == pytest.approx(165.0)
    assert "MACRO_OVERRIDE" in payload["warnings"]


def test_an_override_of_carbohydrate_is_the_carbohydrate_target_and_fat_closes_the_energy():
    payload = target(overridden(carbs_g_per_kg=4.5))
    assert payload["carbs_g"] == pytest.approx(337.5)
    assert 4 * (payload["carbs_g"] + payload["protein_g"]) + 9 * payload["fat_g"] == pytest.approx(
        payload["energy_kcal"], abs=0.2
    )


def test_a_least_share_of_fat_takes_its_room_from_carbohydrate():
    athlete = overridden(fat_min_pct=33)
    make_event(athlete, MONDAY, 480, 150, sport="cycle")
    payload = target(athlete)
    assert payload["fat_pct"] >= 33 - 1e-6
    assert payload["carbs_g"] < target(_without_overrides(athlete))["carbs_g"]


def _without_overrides(athlete):
    athlete.macro_overrides = {}
    return athlete


def test_an_override_is_told_in_the_trace():
    payload = target(overridden(protein_g_per_kg=2.2))
    (step,) = [step for step in payload["trace"] if step["name"] == "macro_overrides"]
    assert step["inputs"]["protein_g_per_kg"] == 2.2


def test_the_trace_of_an_overridden_day_still_tells_the_shown_numbers():
    payload = target(overridden(protein_g_per_kg=2.2, carbs_g_per_kg=5))
    traced = {step["name"]: step["value"] for step in payload["trace"]}
    assert [traced[name] for name in ("energy_kcal", "protein_g", "carbs_g", "fat_g")] == [
        payload[name] for name in ("energy_kcal", "protein_g", "carbs_g", "fat_g")
    ]


@pytest.mark.parametrize("guard", [{"birth_date": date(2010, 6, 1)}, {"ed_flag": True}, {"pregnant": True}])
def test_an_override_never_goes_below_the_range_of_who_must_be_protected(guard):
    athlete = factories.make_athlete("guarded@example.com", macro_overrides={"carbs_g_per_kg": 3}, **guard)
    make_event(athlete, MONDAY, 480, 150, sport="cycle")
    guarded = target(athlete)["carbs_g"]
    plain = factories.make_athlete("plain@example.com", macro_overrides={"carbs_g_per_kg": 3})
    make_event(plain, MONDAY, 480, 150, sport="cycle")
    assert guarded > 1.5 * target(plain)["carbs_g"]


def test_overrides_that_do_not_fit_give_way_to_the_least_fat():
    """2.5 g/kg of protein and 8 g/kg of carbohydrate are 42 kcal/kg: more than this rest day has."""
    payload = target(overridden(protein_g_per_kg=2.5, carbs_g_per_kg=8))
    assert payload["fat_g"] == pytest.approx(0.8 * 75, abs=0.01)
    assert payload["carbs_g"] < 8 * 75
    assert {"MACRO_OVERRIDE", "CHO_REDUCED_TO_FIT"} <= set(payload["warnings"])


# Energy that holds the macronutrients (SCIENCE section 5).


def test_energy_is_raised_to_what_the_macronutrients_need():
    """A heavy athlete with little resting expenditure: 1.2 + 3 g/kg and 0.8 g/kg of fat need 24 kcal/kg."""
    athlete = factories.make_athlete("heavy@example.com", sex="F", weight_kg=110.0, height_cm=160.0,
                                     birth_date=date(1956, 1, 1))  # fmt: skip
    payload = target(athlete)
    assert "ENERGY_RAISED_TO_FIT" in payload["warnings"]
    assert "MACRO_INFEASIBLE" not in payload["warnings"]
    assert payload["energy_kcal"] == pytest.approx(24 * 110, abs=0.1)
    assert payload["fat_g"] == pytest.approx(0.8 * 110, abs=0.01)


def test_a_deficit_is_cut_to_what_leaves_room_for_the_macronutrients():
    athlete = factories.make_athlete("loser@example.com", sex="F", weight_kg=72.0, height_cm=172.0,
                                     birth_date=date(1986, 1, 1), goals=["weight_loss"])  # fmt: skip
    payload = target(athlete)
    assert "DEFICIT_REDUCED_TO_FIT" in payload["warnings"]
    assert payload["energy_kcal"] == pytest.approx((4 * 1.6 + 4 * 3 + 9 * 0.8) * 72, abs=0.1)
    assert payload["energy_kcal"] < payload["tdee_kcal"]


def test_a_day_that_does_not_hold_its_food_even_at_balance_stays_infeasible_for_who_wants_to_lose():
    athlete = factories.make_athlete("stuck@example.com", sex="F", weight_kg=110.0, height_cm=160.0,
                                     birth_date=date(1956, 1, 1), goals=["weight_loss"])  # fmt: skip
    assert "MACRO_INFEASIBLE" in target(athlete)["warnings"]
