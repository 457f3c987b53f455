"""Whose last reading the training behind a plan is as old as."""

from __future__ import annotations

from datetime import timedelta

import pytest

from athletes.models import CalendarConnection
from nutrition_site.kernel.clock import now
from planning.services.plans import create_meal_plan
from tests.markup import Page
from tests.planning.pages import sign_in, train

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(athlete, catalogue):
    """One day, planned after two calendars were read; the older of them has not been read since and is in trouble."""
    moment = now()
    for label, hours, status in (("Club (x.example)", 30, "error"), ("Coach (y.example)", 1, "ok")):
        CalendarConnection.objects.create(
            athlete=athlete,
            provider="ical",
            label=label,
            status=status,
            status_reason="No answer." if status == "error" else "",
            last_synced_at=moment - timedelta(hours=hours),
        )
    return create_meal_plan(athlete=athlete, first=train(athlete), count=1, by=athlete.user)


def words(athlete, path):
    return Page(sign_in(athlete.user).get(path).content.decode()).text


def test_a_plan_names_the_calendar_whose_last_reading_its_training_is(plan, athlete):
    for path in ("/today", f"/day/{plan.week_start}", f"/plans/{plan.pk}/proposal"):
        assert ", when Club (x.example) was last read." in words(athlete, path), path


def test_a_plan_names_no_calendar_that_was_read_again_since(plan, athlete):
    CalendarConnection.objects.filter(status="error").update(last_synced_at=now())
    for path in ("/today", f"/day/{plan.week_start}", f"/plans/{plan.pk}/proposal"):
        text = words(athlete, path)
        assert ("Training data as of" in text, "was last read." in text) == (True, False), path
