"""One zone at home and others on journeys: which clock holds when."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nutrition_site.kernel.clock import local_day, midnight, zone
from nutrition_site.kernel.itinerary import home_zone, read_zone, write_itinerary, zone_at, zone_on

HOME = "Europe/Belgrade"
WEST = f"{HOME} 2026-12-01/2026-12-08=America/New_York"
EAST = f"{HOME} 2026-12-01/2026-12-08=Asia/Tokyo"
CHAIN = f"{HOME} 2026-12-01/2026-12-05=Asia/Tokyo 2026-12-06/2026-12-08=America/New_York"
ROUND = f"{HOME} 2026-10-20/2026-10-28=Pacific/Auckland 2026-10-30/2026-10-30=Pacific/Kiritimati"
ALL = (WEST, EAST, CHAIN, ROUND)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zones", "moment", "wall"),
    [
        (WEST, utc(2026, 11, 30, 12), "2026-11-30T13:00:00+01:00"),
        (WEST, utc(2026, 12, 1, 4, 59), "2026-12-01T05:59:00+01:00"),
        (WEST, utc(2026, 12, 1, 5), "2026-12-01T00:00:00-05:00"),
        (WEST, utc(2026, 12, 9, 4, 59), "2026-12-08T23:59:00-05:00"),
        (WEST, utc(2026, 12, 9, 5), "2026-12-09T06:00:00+01:00"),
        (EAST, utc(2026, 11, 30, 15), "2026-12-01T00:00:00+09:00"),
        (EAST, utc(2026, 12, 8, 14, 59), "2026-12-08T23:59:00+09:00"),
        (EAST, utc(2026, 12, 8, 15), "2026-12-08T16:00:00+01:00"),
        (CHAIN, utc(2026, 12, 5, 20), "2026-12-06T05:00:00+09:00"),
        (CHAIN, utc(2026, 12, 6, 5), "2026-12-06T00:00:00-05:00"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_the_place(zones, moment, wall):
    assert moment.astimezone(zone(zones)).isoformat() == wall


@pytest.mark.parametrize("zones", ALL)
def test_a_moment_told_by_that_clock_is_still_the_same_moment(zones):
    start = utc(2026, 10, 15)
    moments = [start + timedelta(minutes=30 * number) for number in range(60 * 48)]
    assert [moment.astimezone(zone(zones)).astimezone(UTC) for moment in moments] == moments


@pytest.mark.parametrize("zones", ALL)
def test_every_day_comes_once_and_in_order(zones):
    start = utc(2026, 10, 15)
    days = [local_day(start + timedelta(minutes=30 * number), zones) for number in range(60 * 48)]
    assert days == sorted(days)
    assert set(days) == {days[0] + timedelta(days=number) for number in range((days[-1] - days[0]).days + 1)}


@pytest.mark.parametrize("zones", ALL)
def test_the_midnight_of_a_day_belongs_to_the_day(zones):
    for number in range(60):
        day = date(2026, 10, 15) + timedelta(days=number)
        assert (midnight(day, zones).date(), midnight(day, zones).astimezone(UTC).minute) == (day, 0)


def test_a_time_on_the_wall_belongs_to_the_zone_of_its_date():
    wall = datetime(2026, 12, 3, 7, tzinfo=zone(WEST))
    assert wall.astimezone(UTC) == utc(2026, 12, 3, 12)
    assert (wall.tzname(), wall.dst()) == ("EST", timedelta(0))


def test_a_day_and_a_moment_have_a_plain_zone():
    assert (zone_on(WEST, date(2026, 12, 8)).key, zone_on(WEST, date(2026, 12, 9)).key) == ("America/New_York", HOME)
    assert (zone_at(WEST, utc(2026, 12, 2)).key, zone_at(HOME, utc(2026, 12, 2)).key) == ("America/New_York", HOME)
    assert home_zone(WEST) == HOME


def test_no_journey_leaves_the_plain_zone():
    assert (write_itinerary(HOME, []), read_zone(HOME)) == (HOME, ZoneInfo(HOME))


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_tells_the_same_time(copied):
    here = copied(zone(CHAIN))
    assert utc(2026, 12, 7).astimezone(here).isoformat() == "2026-12-06T19:00:00-05:00"
