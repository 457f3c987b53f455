"""Starter questions: only about sessions and meals that are still to come."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from advisor import suggestions
from nutrition_site.kernel.clock import today, zone
from tests import factories
from tests.advisor.conftest import add_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_hour(monkeypatch):
    """Sets the clock of an athlete's day to an hour."""

    def set_clock(athlete, hour):
        day = today(athlete.zones)
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=zone(athlete.zones))
        monkeypatch.setattr(suggestions, "now", lambda: moment)
        monkeypatch.setattr(suggestions, "today", lambda zones: day)
        return day

    return set_clock


def test_a_session_that_has_begun_raises_no_question(at_hour):
    athlete = factories.make_athlete(email="early@example.com")
    day = at_hour(athlete, 12)
    add_event(athlete, day, "Morning long run", duration_minutes=120.0, hour=8)
    add_event(athlete, day + timedelta(days=2), "Easy swim", hour=8)
    questions = suggestions.suggested_questions(athlete)
    assert ("Morning long run" in " ".join(questions), "Easy swim" in questions[0]) == (False, True)


def test_a_session_later_today_is_asked_about(at_hour):
    athlete = factories.make_athlete(email="later@example.com")
    day = at_hour(athlete, 12)
    add_event(athlete, day, "Evening intervals", hour=18)
    assert suggestions.suggested_questions(athlete)[0] == "What should I eat before my Evening intervals today?"


def test_late_in_the_evening_tomorrow_is_what_is_asked_about(at_hour):
    athlete = factories.make_athlete(email="late@example.com")
    day = at_hour(athlete, 21)
    add_event(athlete, day + timedelta(days=1), "Long ride", hour=9)
    questions = suggestions.suggested_questions(athlete)
    assert (questions[0], questions[2]) == (
        "What should I eat before my Long ride tomorrow?",
        "What do I eat tomorrow?",
    )
