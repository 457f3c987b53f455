"""Random records and plans of four days, told in another order: what stands in the end is the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from athletes.models import CompletedSession, TrainingEvent
from athletes.services.sessions import record_sessions
from athletes.services.settling import rematch_days
from tests.athletes.session_kit import DAY, at, connection, picture, planned, ride

pytestmark = pytest.mark.django_db

SOURCES = ("fit", "intervals_icu", "gpx", "tcx", "manual")
SPORTS = ("cycle", "cycle", "run", "", "other", "swim", "mountain_bike", "triathlon")


def records(rng: random.Random) -> list[tuple[str, Any]]:
    found = []
    for number in range(rng.randint(3, 9)):
        source = rng.choice(SOURCES)
        raw = ride(
            f"{source}{number}",
            minutes=rng.choice((20.0, 45.0, 60.0, 61.0, 90.0, 180.0)),
            sport=rng.choice(SPORTS),
            avg_power_w=rng.choice((None, 200.0)),
            avg_hr=rng.choice((None, 150.0)),
            device=rng.choice(("", "Edge", "Watch")),
            planned_id=rng.choice(("", "", "e0", "e1", "e2")),
            title=rng.choice(("", "Ride", "City race 10k")),
        )
        shift = timedelta(days=rng.randint(0, 3), minutes=rng.choice((-300, -60, 0, 10, 30, 45, 60, 120, 300)))
        found.append((source, replace(raw, starts_at=at("12:00") + shift)))
    return found


def plans(rng: random.Random) -> list[tuple[str, Any]]:
    return [
        (
            rng.choice(("google_calendar", "intervals_icu", "ical")),
            {
                "title": f"{rng.choice(('Ride', 'Run', 'Tempo'))} {number % 2}",
                "clock": rng.choice((None, "12:00", "12:30", "17:00")),
                "minutes": rng.choice((None, 30.0, 60.0, 90.0, 200.0)),
                "sport": rng.choice(SPORTS),
                "type": rng.choice(("workout", "workout", "race", "not_training")),
                "day": DAY + timedelta(days=rng.randint(0, 3)),
                "external_id": f"e{number}",
                "tss": rng.choice((None, 50.0)),
            },
        )
        for number in range(rng.randint(1, 6))
    ]


@pytest.mark.parametrize("seed", [4, 8, 11, 46, 58, 64])
def test_random_days_end_the_same_in_any_order(athlete, seed):
    rng = random.Random(seed)
    steps = [*records(rng), *plans(rng)]
    calendars = {
        name: connection(athlete, name, days_old=age)
        for age, name in enumerate(("google_calendar", "intervals_icu", "ical"))
    }

    def told(order):
        TrainingEvent.objects.filter(athlete=athlete).delete()
        for source, step in order:
            calendar = calendars.get(source)
            if isinstance(step, dict):
                planned(athlete, calendar=calendar, **step)
                rematch_days(athlete=athlete, first=step["day"], last=step["day"])
            else:
                record_sessions(athlete=athlete, raws=[step], source=source, calendar=calendar)
        return picture(athlete)

    expected = told(steps)
    assert told(rng.sample(steps, len(steps))) == expected
    assert rematch_days(athlete=athlete, first=DAY, last=DAY + timedelta(days=3)) is False
    assert picture(athlete) == expected
    assert not CompletedSession.objects.filter(records=None).exists()
    assert not TrainingEvent.objects.filter(external_id="session", completed=None).exists()
