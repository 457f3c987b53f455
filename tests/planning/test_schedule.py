"""Where meals sit around sessions, and how much of the day each may carry."""

from __future__ import annotations

import random

import pytest

from planning.before import SessionWindow
from planning.fueling import split_takes
from planning.optimizer.types import DayNeed, Dish, SlotNeed
from planning.schedule import loosen_limits, place_meals
from tests.corpora import for_every


def ride(start, minutes, low=30.0, high=60.0, **kwargs):
    return SessionWindow(start, minutes, low, high, **kwargs)


def times(slots, name):
    return [slot.time for slot in slots if slot.slot == name]


def names(slots):
    return [slot.slot for slot in slots]


def test_a_rest_day_has_three_meals_and_snacks_at_the_usual_hours():
    slots = place_meals(2300, [])
    assert [(s.slot, s.time) for s in slots] == [
        ("breakfast", "07:30"),
        ("lunch", "12:30"),
        ("dinner", "19:00"),
        ("snack", "16:00"),
        ("snack", "10:30"),
    ]


@for_every(("energy", "count"), [(1500, 1), (2199, 1), (2200, 2), (3000, 3), (3800, 4), (6000, 4)])
def test_more_energy_is_divided_into_more_snacks(energy, count):
    assert names(place_meals(energy, [])).count("snack") == count


def test_a_dinner_that_a_session_would_take_moves_after_it():
    assert times(place_meals(2500, [ride(1110, 60)]), "dinner") == ["20:00"]


def test_breakfast_before_a_race_is_three_hours_before_the_start():
    assert times(place_meals(3000, [ride(540, 180, is_race=True)]), "breakfast") == ["06:00"]


@for_every(("minutes", "products"), [(74, 0), (75, 1), (149, 1), (150, 2), (240, 2)])
def test_food_during_a_session_begins_at_seventy_five_minutes(minutes, products):
    assert names(place_meals(3500, [ride(480, minutes)])).count("during") == products


def test_the_products_of_a_session_share_its_carbohydrate():
    during = [slot for slot in place_meals(4000, [ride(480, 180, 60, 90)]) if slot.slot == "during"]
    assert sum(slot.carbs_lo for slot in during) == pytest.approx(180)
    assert sum(slot.carbs_hi for slot in during) == pytest.approx(270)


def test_a_very_long_session_is_shared_by_more_products():
    during = [slot for slot in place_meals(9000, [ride(300, 720, 60, 90)]) if slot.slot == "during"]
    assert len(during) == 4
    assert max(slot.carbs_lo for slot in during) <= 180


def test_training_never_asks_for_more_carbohydrate_than_the_day_has():
    during = [s for s in place_meals(4000, [ride(300, 720, 60, 90)], carbs_g=500) if s.slot == "during"]
    assert sum(slot.carbs_hi for slot in during) == pytest.approx(300)


def test_snacks_may_be_larger_while_loading():
    def largest(**kwargs):
        return max(slot.energy_hi for slot in place_meals(3000, [], **kwargs) if slot.slot == "snack")

    assert largest(loading=True) / largest() == pytest.approx(0.20 / 0.16)


def test_a_session_without_a_time_moves_no_meal():
    slots = place_meals(2600, [ride(None, 120)])
    assert [times(slots, name) for name in ("breakfast", "lunch", "dinner")] == [["07:30"], ["12:30"], ["19:00"]]


def test_windows_of_the_meals_can_always_hold_the_day():
    for energy in range(1500, 6001, 250):
        slots = [slot for slot in place_meals(energy, []) if slot.energy_lo is not None]
        assert sum(slot.energy_lo for slot in slots) < energy < sum(slot.energy_hi for slot in slots)


def random_days(count):
    rng = random.Random(11)
    for _ in range(count):
        sessions = [
            ride(rng.choice((None, rng.randrange(0, 1440))), rng.randrange(5, 400), is_race=rng.random() < 0.2)
            for _ in range(rng.randrange(0, 4))
        ]
        yield rng.uniform(1500, 6000), sessions


def test_any_day_has_its_three_meals_in_order_and_no_place_twice():
    for energy, sessions in random_days(400):
        slots = place_meals(energy, sessions, carbs_g=energy / 8)
        places = [(slot.slot, slot.index) for slot in slots]
        breakfast, lunch, dinner = (times(slots, name)[0] for name in ("breakfast", "lunch", "dinner"))
        assert len(places) == len(set(places))
        assert breakfast < lunch < dinner
        assert all("00:00" <= slot.time <= "23:59" for slot in slots)


def test_every_window_has_room():
    for energy, sessions in random_days(400):
        for slot in place_meals(energy, sessions, carbs_g=energy / 8):
            low, high = (slot.energy_lo, slot.energy_hi) if slot.carbs_lo is None else (slot.carbs_lo, slot.carbs_hi)
            assert 0 <= low <= high


def test_no_ordinary_snack_falls_into_the_hour_and_a_half_before_a_session_nor_into_it():
    for start in range(300, 1320, 30):
        for minutes in (60, 135, 240):
            slots = place_meals(3400, [ride(start, minutes)])
            clear = [
                not start - 90 < int(time[:2]) * 60 + int(time[3:]) <= start + minutes + 15
                for time in times(slots, "snack")
            ]
            assert all(clear), (start, minutes, times(slots, "snack"))


# What is eaten shortly before a session, and the evening before a long day


def only(slots, name):
    return next(slot for slot in slots if slot.slot == name)


def test_a_snack_before_a_session_is_low_in_fiber_and_fat():
    """Thomas 2016: choose foods low in fat and fiber shortly before exercise; 5 g and 8 g are the product's grams."""
    pre = only(place_meals(2800, [ride(1020, 90)]), "pre")
    assert (pre.fiber_hi, pre.fat_hi) == (5, 8)


def test_a_breakfast_two_hours_before_a_long_ride_is_limited_by_the_gap():
    breakfast = only(place_meals(3000, [ride(600, 150, is_race=False)]), "breakfast")
    assert breakfast.time == "07:30"
    assert breakfast.fiber_hi == pytest.approx(10 * 120 / 180)


def test_a_meal_with_no_session_after_it_has_no_such_limit():
    slots = place_meals(2800, [ride(420, 60)])
    assert (only(slots, "dinner").fiber_hi, only(slots, "dinner").fat_hi) == (None, None)


def test_a_short_session_limits_no_meal():
    lunch = only(place_meals(2500, [ride(870, 45)]), "lunch")
    assert (lunch.fiber_hi, lunch.fat_hi) == (None, None)


def test_no_main_meal_of_an_ordinary_day_is_larger_than_a_sitting():
    for energy in (1800, 2500, 3000, 3600):
        assert max(only(place_meals(energy, []), name).energy_hi for name in ("breakfast", "lunch", "dinner")) <= 1000


def test_the_windows_of_any_day_hold_it_with_room():
    for energy, sessions in random_days(200):
        slots = place_meals(energy, sessions, carbs_g=energy / 8)
        during = sum((slot.carbs_lo + slot.carbs_hi) * 2 for slot in slots if slot.slot == "during")
        table = max(energy - during, 0.5 * energy)
        assert sum(slot.energy_hi or 0 for slot in slots) >= 1.2 * table


def test_dinner_before_a_long_day_carries_its_part_of_the_carbohydrate():
    plain = only(place_meals(2600, [], carbs_g=300.0), "dinner")
    eve = only(place_meals(2600, [], carbs_g=300.0, tomorrow=[ride(540, 180)]), "dinner")
    assert (plain.carbs_lo, eve.carbs_lo, eve.carbs_hi) == (None, pytest.approx(78.0), 300.0)
    assert eve.energy_lo > plain.energy_lo


def test_an_easy_hour_tomorrow_changes_no_dinner():
    assert place_meals(2600, [], carbs_g=300.0, tomorrow=[ride(540, 60)]) == place_meals(2600, [], carbs_g=300.0)


def dish(number, *, fiber, fat, slot="pre"):
    return Dish(
        key=f"d{number}", family=f"f{number}", name="x", slots=frozenset({slot}),
        per_quarter=(5000, 100, 1000, fat, fiber, 0), min_quarters=2, max_quarters=8,
    )  # fmt: skip


def day_with(*slots):
    return DayNeed(date="2026-10-05", energy_kcal=2500, carbs_g=300, protein_g=100, slots=slots)


def test_a_limit_that_enough_dishes_keep_stays_as_it_is():
    need = SlotNeed("pre", 0, "16:00", energy_lo=100, energy_hi=300, fiber_hi=5, fat_hi=8)
    kept = loosen_limits(day_with(need), [dish(n, fiber=50, fat=100) for n in range(6)])
    assert kept.slots == (need,)


def test_a_limit_that_leaves_no_choice_is_loosened_step_by_step():
    need = SlotNeed("pre", 0, "16:00", energy_lo=100, energy_hi=300, fiber_hi=5, fat_hi=8)
    loosened = loosen_limits(day_with(need), [dish(n, fiber=250, fat=100) for n in range(6)])
    assert loosened.slots[0].fiber_hi == pytest.approx(5 * 1.6)


def test_a_limit_that_nothing_keeps_is_given_up_and_somebody_is_fed_all_the_same():
    need = SlotNeed("pre", 0, "16:00", energy_lo=100, energy_hi=300, fiber_hi=5, fat_hi=8)
    loosened = loosen_limits(day_with(need), [dish(1, fiber=2000, fat=100)])
    assert (loosened.slots[0].fiber_hi, loosened.slots[0].fat_hi) == (None, None)


# Food during a session, take by take


def test_food_during_a_session_is_taken_every_twenty_minutes_in_even_parts():
    takes = split_takes(duration_minutes=120, carbs_g=90.0, start_minute=480, fluid_ml=1000)
    assert [(take.minute, take.time, take.carbs_g, take.fluid_ml) for take in takes] == [
        (20, "08:20", 18.0, 200),
        (40, "08:40", 18.0, 200),
        (60, "09:00", 18.0, 200),
        (80, "09:20", 18.0, 200),
        (100, "09:40", 18.0, 200),
    ]


@for_every(("minutes", "carbs_g"), [(120, None), (120, 0.0), (15, 30.0)])
def test_nothing_to_take_is_no_take(minutes, carbs_g):
    assert split_takes(duration_minutes=minutes, carbs_g=carbs_g) == ()


def test_an_all_day_session_has_takes_without_a_clock():
    assert {take.time for take in split_takes(duration_minutes=90, carbs_g=45.0)} == {""}


def during_of(**kwargs):
    return next(s for s in place_meals(3500, [ride(480, 90, **kwargs)]) if s.slot == "during")


def test_food_while_running_is_nearly_free_of_fiber_and_fat():
    need = during_of(jolts=True)
    assert (need.fiber_hi, need.fat_hi) == (pytest.approx(0.02 * need.carbs_hi), pytest.approx(0.05 * need.carbs_hi))


def test_food_on_a_bicycle_may_be_solid():
    need = during_of()
    assert (need.fiber_hi, need.fat_hi) == (pytest.approx(0.08 * need.carbs_hi), pytest.approx(0.12 * need.carbs_hi))


@for_every("start", range(360, 1200, 30))
def test_no_snack_falls_within_an_hour_of_the_food_before_and_after_a_session(start):
    slots = place_meals(3500, [ride(start, 75)])
    sides = [minute(slot.time) for slot in slots if slot.slot in ("pre", "post")]
    snacks = [minute(slot.time) for slot in slots if slot.slot == "snack"]
    assert [(a, b) for a in sides for b in snacks if abs(a - b) < 60] == []


def minute(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def test_nobody_is_given_a_snack_before_one_session_in_the_middle_of_another():
    # A run from 08:00 to 10:00, a ride at 10:30: an hour before the ride the run is still going on.
    slots = place_meals(3500, [ride(480, 120), ride(630, 60)])
    assert [slot.time for slot in slots if slot.slot == "pre"] == ["07:00"]


def test_nobody_is_given_a_recovery_snack_in_the_middle_of_the_next_session():
    slots = place_meals(3500, [ride(480, 120), ride(610, 60)])
    assert "10:20" not in [slot.time for slot in slots]
