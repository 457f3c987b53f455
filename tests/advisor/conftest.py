"""An athlete with a real fortnight of training, the real catalogue, and a verified plan."""

from __future__ import annotations

import importlib
from datetime import date, datetime, time, timedelta

import pytest

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today, zone
from nutrition_site.kernel.models import AuditEntry, WorkItem
from tests import factories
from tests.advisor.protocol_server import ProtocolServer

AI_KEY, AI_SECRET = "key-for-tests", "secret-for-tests"


def add_event(athlete: Athlete, day: date, title: str, **fields) -> TrainingEvent:
    """One training event at a local hour; the fields are those of the model."""
    hour = fields.pop("hour", 9)
    starts_at = datetime.combine(day, time(hour), tzinfo=zone(athlete.timezone))
    values = {"type": "workout", "sport": "run", "duration_minutes": 60.0, "intensity": "moderate", **fields}
    return TrainingEvent.objects.create(athlete=athlete, title=title, starts_at=starts_at, local_date=day, **values)


def next_weekday(weekday: int, *, after: date) -> date:
    """The first such weekday strictly after a day; Monday is 0."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


@pytest.fixture
def catalogue(db):
    """The built-in catalogue, which the test database holds from the first."""


def make_runner() -> Athlete:
    """Mina: a complete profile, allergic to peanuts, with a long run on Saturday and a race in four weeks."""
    athlete = factories.make_athlete(email="mina@example.com", name="Mina Petrović", allergies=["peanuts"])
    first = today(athlete.timezone)
    saturday = next_weekday(5, after=first + timedelta(days=1))
    used = {saturday, saturday - timedelta(days=1)}
    add_event(athlete, saturday, "Long run 90min Z2", duration_minutes=105.0, sport="run")
    free = [first + timedelta(days=n) for n in range(1, 8) if first + timedelta(days=n) not in used]
    add_event(athlete, free[0], "Easy ride", sport="cycle", duration_minutes=60.0, intensity="easy", hour=17)
    add_event(athlete, free[1], "Intervals 6x800", sport="run", duration_minutes=70.0, intensity="hard", hour=18)
    add_event(athlete, free[2], "Swim 3x800", sport="swim", duration_minutes=50.0, hour=7)
    add_event(
        athlete,
        first + timedelta(days=28),
        "Danube half marathon",
        type="race",
        duration_minutes=110.0,
        distance_km=21.1,
        intensity="race",
    )
    return athlete


@pytest.fixture
def runner(db, catalogue):
    """Mina, fresh for each test."""
    return make_runner()


@pytest.fixture(scope="module")
def _mina_once(django_db_setup, django_db_blocker):
    """Mina with a plan for today and the nine days after, made once for a module: its id.

    Tests change her inside their own transactions, so a module with real transactions cannot use it.
    """
    from planning.services.plans import create_meal_plan

    with django_db_blocker.unblock():
        athlete = make_runner()
        create_meal_plan(athlete=athlete, first=today(athlete.zones), count=10, by=athlete.user)
        yield athlete.pk
        athlete.user.delete()
        # What keeps no tie to her: nobody else has written anything for good.
        AuditEntry.objects.all().delete()
        WorkItem.objects.all().delete()


@pytest.fixture
def mina(db, _mina_once):
    """Mina with her plan, quickly."""
    return Athlete.objects.select_related("user").get(pk=_mina_once)


@pytest.fixture
def morning(monkeypatch):
    """Eight o'clock in Mina's morning, today: every meal and session of the day but breakfast is still to come."""
    zone_name = "Europe/Belgrade"
    moment = datetime.combine(today(zone_name), time(8), tzinfo=zone(zone_name))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.fixture
def planned(runner):
    """The same with a verified plan for today and the nine days after."""
    from planning.services.plans import create_meal_plan

    plan = create_meal_plan(athlete=runner, first=today(runner.timezone), count=10, by=runner.user)
    assert plan.status == "verified"
    return plan


@pytest.fixture
def play(settings, monkeypatch):
    """Starts a server on loopback with a script and points the product at it; it verifies every signature."""
    # Loading the SDK takes seconds on a busy machine, and the clock of a request would count them.
    importlib.import_module("anthropic")
    monkeypatch.setattr("advisor.backends.anthropic.RETRY_SECONDS", 0.02)
    servers = []

    def start(*script, timeout_ms=5000, slots=10):
        server = ProtocolServer(list(script), secret=AI_SECRET)
        servers.append(server)
        settings.AI_BACKEND = "anthropic"
        settings.NUTRITION_AI_API_KEY, settings.NUTRITION_AI_API_SECRET = AI_KEY, AI_SECRET
        settings.AI_BASE_URL, settings.AI_MODEL = server.url, "model-for-tests"
        settings.AI_CONSENT_REQUIRED = False
        settings.AI_REQUEST_TIMEOUT_MS, settings.MAX_CONCURRENT_AI_REQUESTS = timeout_ms, slots
        settings.REDIS_URL = ""
        return server

    yield start
    for server in servers:
        server.close()
