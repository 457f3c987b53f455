"""Where meals sit around sessions, and how much of the day each may carry."""

from __future__ import annotations

import random

import pytest

from planning.schedule import SessionWindow, place_meals


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


@pytest.mark.parametrize(("energy", "count"), [(1500, 1), (2199, 1), (2200, 2), (3000, 3), (3800, 4), (6000, 4)])
def test_more_energy_is_divided_into_more_snacks(energy, count):
    assert names(place_meals(energy, [])).count("snack") == count


def test_a_dinner_that_a_session_would_take_moves_after_it():
    assert times(place_meals(2500, [ride(1110, 60)]), "dinner") == ["20:00"]


def test_breakfast_before_a_race_is_three_hours_before_the_start():
    assert times(place_meals(3000, [ride(540, 180, is_race=True)]), "breakfast") == ["06:00"]


@pytest.mark.parametrize(("minutes", "products"), [(74, 0), (75, 1), (149, 1), (150, 2), (240, 2)])
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
