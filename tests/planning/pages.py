"""Signing in and looking: what the tests of the planning pages share."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client

from nutrition_site.kernel.clock import today
from planning.services.plans import create_meal_plan
from tests.planning.people import make_event


def sign_in(user, **kwargs) -> Client:
    client = Client(raise_request_exception=False, **kwargs)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def train(athlete) -> date:
    """A tempo run today, a long run tomorrow, a race the day after; returns today."""
    day = today(athlete.timezone)
    make_event(athlete, day, 17 * 60, 90.0, intensity="hard", title="Tempo run")
    make_event(athlete, day + timedelta(days=1), 9 * 60, 150.0, title="Long run", distance_km=28.0)
    make_event(athlete, day + timedelta(days=2), 10 * 60, 100.0, intensity="race", race=True, title="City race")
    return day


def plan_week(athlete):
    """A verified plan for seven days from today."""
    return create_meal_plan(athlete=athlete, first=today(athlete.timezone), count=7, by=athlete.user)


def retitle(athlete, minutes: float) -> None:
    """Today's session gets another length, as a calendar would change it."""
    from athletes.services.versions import raise_training_version

    event = athlete.training_events.get(title="Tempo run")
    event.duration_minutes = minutes
    event.save(update_fields=["duration_minutes"])
    raise_training_version(athlete.pk)
