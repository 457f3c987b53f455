"""Feeds of a race as pieces, and places on a course as people write them."""

from __future__ import annotations

import pytest

from planning.race_course import places_on, read_places
from planning.race_feeds import (
    DRINK,
    GEL,
    SOLID,
    Ask,
    Product,
    Station,
    Supply,
    choose_feeds,
    hours_of,
    merge_stations,
    needed_of,
)

GEL_25 = Product("gel", "Energy gel", GEL, 25.0, 60.0)
MIX = Product("mix", "Drink mix", DRINK, 37.5, 400.0, step=0.5, ml=500.0)
BANANA = Product("banana", "Banana", SOLID, 27.0, 1.0, step=0.5)


def asks(count, *, carbs_g=30.0, fluid_ml=200.0, most_g_h=90.0, solids=False):
    return tuple(Ask(20.0 * number, carbs_g, fluid_ml, most_g_h, solids) for number in range(1, count + 1))


def carbs(feeds):
    return sum(feed.carbs_g for feed in feeds)


def test_three_hours_at_ninety_grams_come_within_a_gel_of_what_is_asked():
    feeds = choose_feeds(asks(9), products=(GEL_25, MIX))
    assert carbs(feeds) == pytest.approx(270.0, abs=25.0)


def test_no_hour_holds_more_than_the_stomach_bears():
    for most in (30.0, 45.0, 60.0, 75.0, 90.0):
        feeds = choose_feeds(asks(12, carbs_g=most / 3, most_g_h=most), products=(GEL_25, MIX, BANANA))
        rolling = [carbs(feeds[first : first + 3]) for first in range(10)]
        assert max(rolling) <= most + 0.5, most


def test_every_feed_drinks_exactly_what_it_asks_for_when_nobody_counts_bottles():
    feeds = choose_feeds(asks(9), products=(GEL_25, MIX))
    assert [feed.fluid_ml for feed in feeds] == [200.0] * 9


def test_a_drink_too_strong_for_the_stomach_gives_way_to_water():
    feeds = choose_feeds(asks(3, carbs_g=3.0, most_g_h=9.0), products=(MIX,))
    assert [feed.drink.product for feed in feeds] == [None, None, None]


def test_no_more_pieces_are_taken_than_pockets_hold():
    feeds = choose_feeds(asks(9), products=(GEL_25,), supply=Supply(pieces=4))
    assert sum(part.servings for feed in feeds for part in feed.pieces) == 4


def test_few_gels_are_shared_out_over_the_whole_race():
    feeds = choose_feeds(asks(9), products=(GEL_25,), supply=Supply(pieces=4))
    taken = [feed.ask.minute for feed in feeds if feed.pieces]
    assert max(later - earlier for earlier, later in zip([0.0, *taken], [*taken, 180.0], strict=True)) <= 60.0


def test_bottles_hold_what_they_hold():
    feeds = choose_feeds(asks(6), products=(MIX,), supply=Supply(bottle_ml=500))
    assert sum(feed.fluid_ml for feed in feeds) == pytest.approx(500.0)


def test_counted_bottles_are_spared_where_a_table_has_water():
    tables = (Station(20.0, water=True), Station(60.0, water=True))
    feeds = choose_feeds(asks(3, carbs_g=20.0), products=(GEL_25, MIX), stations=tables, supply=Supply(500.0, 3))
    assert [feed.drink.on_course for feed in feeds] == [True, False, True]


def test_who_carries_nothing_takes_what_the_tables_hold():
    tables = (Station(21.0, water=True), Station(58.0, serves=(GEL_25,), water=True))
    feeds = choose_feeds(asks(3), products=(GEL_25, MIX), stations=tables, supply=Supply(0.0, 0.0))
    assert [(feed.carbs_g, feed.fluid_ml) for feed in feeds] == [(0.0, 200.0), (0.0, 0.0), (50.0, 200.0)]


def test_bananas_are_for_where_solid_food_is_asked_for():
    assert choose_feeds(asks(3), products=(BANANA,))[0].pieces == ()
    assert choose_feeds(asks(3, solids=True), products=(BANANA,))[0].pieces[0].servings == 1.0


def test_a_table_between_two_feeds_belongs_to_the_nearer_one():
    feeds = choose_feeds(asks(2), products=(), stations=(Station(31.0, water=True),), supply=Supply(0.0, 0.0))
    assert [feed.fluid_ml for feed in feeds] == [0.0, 200.0]


def test_sodium_of_a_feed_is_unknown_when_it_is_of_one_of_its_parts():
    unknown = Product("own", "Own gel", GEL, 30.0, None)
    (feed,) = choose_feeds(asks(1), products=(unknown,))
    assert feed.sodium_mg is None


def test_a_feed_on_the_full_hour_counts_in_the_hour_that_ends():
    hours = hours_of(choose_feeds(asks(4), products=(GEL_25,)), duration_minutes=95.0)
    assert [(hour.last_minute, hour.fluid_ml) for hour in hours] == [(60.0, 600.0), (95.0, 200.0)]


def test_what_is_needed_is_the_sum_of_all_feeds():
    feeds = choose_feeds(asks(9), products=(GEL_25, MIX), stations=(Station(60.0, water=True),))
    needed = needed_of(feeds)
    assert sum(need.ml for need in needed) == pytest.approx(1800.0)
    assert sum(need.servings * need.product.carbs_g for need in needed if need.product) == pytest.approx(carbs(feeds))


def test_two_tables_at_one_place_serve_together():
    (merged,) = merge_stations([Station(30.0, serves=(GEL_25,)), Station(30.0, water=True)])
    assert (merged.serves, merged.water) == ((GEL_25,), True)


@pytest.mark.parametrize(
    ("text", "unit", "stored"),
    [
        ("every 5", "km", "every 5 km"),
        ("Every 2,5 km", "km", "every 2.5 km"),
        ("5, 10,15", "km", "5, 10, 15 km"),
        ("7,5; 15; 22,5 km", "km", "7.5, 15, 22.5 km"),
        ("30 min 60min", "km", "30, 60 min"),
        ("3 6 9", "mi", "3, 6, 9 mi"),
    ],
)
def test_places_are_read_as_people_write_them(text, unit, stored):
    assert read_places(text, unit=unit).text == stored


def test_what_is_stored_of_places_means_the_same_in_other_units():
    stored = read_places("every 3", unit="mi").text
    assert read_places(stored, unit="km").text == "every 3 mi"


@pytest.mark.parametrize(
    "text", ["at the bridge", "every 0 km", "5 km 20 min", "5 furlongs", "-5", " ".join("1" * 101)]
)
def test_places_that_cannot_be_read_are_refused_in_words(text):
    with pytest.raises(ValueError, match=r"[.:]"):
        read_places(text, unit="km")


def test_places_become_minutes_at_an_even_pace():
    places = read_places("every 10 km", unit="km")
    found = places_on(places, duration_minutes=210.0, distance_km=42.0)
    assert [(place.minute, place.km) for place in found] == [(50.0, 10.0), (100.0, 20.0), (150.0, 30.0), (200.0, 40.0)]


def test_kilometers_on_a_course_of_unknown_length_are_asked_about():
    with pytest.raises(ValueError, match="How long is the course"):
        places_on(read_places("5 km", unit="km"), duration_minutes=60.0, distance_km=None)
