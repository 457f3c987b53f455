"""How numbers must move when one input moves: over every sport, intensity and goal, without a worked example.

Specification, section 3: the day's food is a continuous and monotone function of its load.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.science import SPORTS, Profile, Session, calculate_day_targets, calculate_race_plan, fueling_windows
from planning.science.day import calculate_day_energy

WOMAN = Profile(sex="F", age_years=33, weight_kg=61, height_cm=168, ffm_kg=48)
MAN = Profile(sex="M", age_years=30, weight_kg=75, height_cm=180)
UNKNOWN = Profile(age_years=41, weight_kg=70, height_cm=172)
PEOPLE = {"woman with lean mass": WOMAN, "man without": MAN, "sex unknown": UNKNOWN}
GOALS = ("maintain", "lose", "gain")
INTENSITIES = ("easy", "moderate", "hard", "race")
MINUTES = (20, 44, 61, 90, 149, 200, 310)
# One percent more of one input may move energy by this share and carbohydrate by this many grams.
ENERGY_SHARE, CARBS_G = 0.02, 12.0


def day(profile, *sessions, **settings):
    return calculate_day_targets(profile, sessions, **settings)


def cases():
    """Every sport x intensity x goal, each with one duration and person of the lists, turn by turn."""
    people = list(PEOPLE.values())
    number = 0
    for sport in SPORTS:
        for intensity in INTENSITIES:
            for goal in GOALS:
                profile = replace(people[number % len(people)], goal=goal, rate_pct_per_week=0.7)
                yield profile, Session(sport, MINUTES[number % len(MINUTES)], intensity=intensity)
                number += 1


ALL = list(cases())


def test_every_sport_intensity_and_goal_is_covered():
    assert len(ALL) == len(SPORTS) * len(INTENSITIES) * len(GOALS) > 350


def test_one_percent_more_work_moves_food_a_little_and_never_down():
    for profile, session in ALL:
        before = day(profile, session)
        after = day(profile, replace(session, duration_minutes=session.duration_minutes * 1.01))
        name = f"{session.sport} {session.intensity} {profile.goal} {session.duration_minutes}"
        assert -1e-6 <= after.energy_kcal - before.energy_kcal <= ENERGY_SHARE * before.energy_kcal, name
        assert -1e-6 <= after.carbs_g - before.carbs_g <= CARBS_G, name
        assert after.fluid_ml >= before.fluid_ml - 1e-6, name


def test_one_percent_more_weight_moves_food_a_little_and_never_lowers_the_base():
    for profile, session in ALL:
        heavier = replace(profile, weight_kg=profile.weight_kg * 1.01)
        before, after = day(profile, session), day(heavier, session)
        name = f"{session.sport} {session.intensity} {profile.goal} {session.duration_minutes}"
        assert after.base_kcal >= before.base_kcal - 1e-6, name
        assert abs(after.energy_kcal - before.energy_kcal) <= ENERGY_SHARE * before.energy_kcal, name
        assert abs(after.carbs_g - before.carbs_g) <= CARBS_G, name


def test_a_harder_intensity_never_lowers_energy_carbohydrate_or_load():
    for profile in PEOPLE.values():
        for sport in SPORTS:
            days = [day(profile, Session(sport, 60, intensity=intensity)) for intensity in INTENSITIES]
            for softer, harder in zip(days, days[1:], strict=False):
                assert harder.energy_kcal >= softer.energy_kcal - 1e-6, sport
                assert harder.carbs_g >= softer.carbs_g - 1e-6, sport
                assert harder.tss >= softer.tss, sport


def test_a_second_session_never_lowers_energy_or_carbohydrate():
    for profile, session in ALL[::3]:
        extra = Session("walk", 20, intensity="easy")
        one, two = day(profile, session), day(profile, session, extra)
        assert two.energy_kcal >= one.energy_kcal - 1e-6
        assert two.carbs_g >= one.carbs_g - 1e-6


def test_the_order_of_sessions_changes_nothing():
    for profile, session in ALL[::5]:
        other = Session("strength", 45, intensity="moderate")
        forward, backward = day(profile, session, other), day(profile, other, session)
        for name in ("energy_kcal", "carbs_g", "protein_g", "fat_g", "tss", "fluid_ml"):
            assert getattr(forward, name) == pytest.approx(getattr(backward, name)), name


def test_two_halves_of_a_session_cost_what_the_whole_costs():
    for profile, session in ALL[::5]:
        if session.sport in {"triathlon", "duathlon"}:
            continue
        half = replace(session, duration_minutes=session.duration_minutes / 2)
        whole, halves = day(profile, session), day(profile, half, half)
        assert halves.exercise_net_kcal == pytest.approx(whole.exercise_net_kcal)
        assert halves.tss == pytest.approx(whole.tss)


@pytest.mark.parametrize("field", ["avg_power_w", "avg_hr", "distance_km", "intensity_factor", "rpe"])
def test_more_of_a_measured_effort_never_costs_energy(field):
    sport, start = {
        "avg_power_w": ("cycle", 120),
        "avg_hr": ("run", 100),
        "distance_km": ("run", 8.5),
        "intensity_factor": ("cycle", 0.5),
        "rpe": ("run", 2),
    }[field]
    amounts = [start * (1 + step / 20) for step in range(12)]
    days = [day(MAN, Session(sport, 60, **{field: amount})) for amount in amounts]
    energies = [found.energy_kcal for found in days]
    assert energies == sorted(energies)


def test_age_lowers_the_resting_rate_of_adults_step_by_step():
    rates = [
        calculate_day_energy(profile=replace(MAN, age_years=age, is_athlete=False), sessions=()).rmr.kcal
        for age in range(18, 100)
    ]
    assert rates == sorted(rates, reverse=True)


def test_a_faster_rate_of_loss_never_raises_energy_and_a_larger_surplus_never_lowers_it():
    rates = [day(replace(MAN, goal="lose", rate_pct_per_week=rate / 10)).energy_kcal for rate in range(0, 51)]
    gains = [day(replace(MAN, goal="gain", surplus_kcal=kcal)).energy_kcal for kcal in range(0, 2001, 100)]
    assert (rates, gains) == (sorted(rates, reverse=True), sorted(gains))


def test_a_learned_offset_moves_energy_by_itself_above_the_floors():
    for profile, session in ALL[::7]:
        energies = [day(profile, session, offset_kcal=offset).energy_kcal for offset in range(-600, 601, 100)]
        assert energies == sorted(energies)


def test_food_in_a_session_never_exceeds_what_the_gut_bears_nor_falls_with_effort():
    for sport in SPORTS:
        rates = []
        for intensity in INTENSITIES:
            during = fueling_windows(MAN, Session(sport, 160, intensity=intensity), gut_cap_g_h=70).during
            rates.append(during.carbs_g)
            assert during.carbs_g <= 70 * 160 / 60 + 1e-6
        assert rates == sorted(rates), sport


def test_a_longer_race_never_has_less_carbohydrate_or_more_drink_than_sweat():
    previous = 0.0
    for minutes in range(10, 700, 10):
        plan = calculate_race_plan(weight_kg=70, duration_minutes=minutes, sweat_rate_l_h=0.9)
        assert plan.fluid_l_h <= 0.9 + 1e-9
        assert plan.carbs_total_g >= previous - 1e-9
        previous = plan.carbs_total_g
