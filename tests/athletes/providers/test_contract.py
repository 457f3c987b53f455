"""What every calendar provider owes, asked of each against a real protocol server on loopback.

The first half talks to the provider alone, the second half through `sync_calendar` to the stored events.
"""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from athletes.calendars.protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext
from athletes.models import Athlete, CalendarConnection, TrainingEvent
from athletes.services.calendars import provider_named
from athletes.services.sync import sync_calendar
from nutrition_site.kernel import http
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import ProviderError
from tests.athletes.providers import WORLDS

ZONE = "Europe/Belgrade"
FAULTS = ("timeout", "500", "429", "half", "slow", "garbage", "down")
SHORT_SECONDS = 0.5
# These sources state local times without a zone: they stay on their day when the athlete moves.
FLOATING = {"intervals_icu"}


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch):
    """Whatever a provider allows a request, half a second is enough on loopback."""
    whole = http.send

    def hurried(*args, **kwargs):
        short = dict.fromkeys(("connect_seconds", "read_seconds", "total_seconds"), SHORT_SECONDS)
        limits = replace(kwargs.pop("limits", http.FetchLimits()), **short)
        return whole(*args, limits=limits, **kwargs)

    monkeypatch.setattr(http, "send", hurried)


@pytest.fixture(params=sorted(WORLDS))
def world(request, settings):
    settings.CALENDAR_PROVIDERS = {
        **settings.CALENDAR_PROVIDERS,
        "example": "tests.athletes.providers.example.ExampleProvider",
    }
    made = WORLDS[request.param]()
    settings.CALENDAR_PROVIDER_OPTIONS = {**settings.CALENDAR_PROVIDER_OPTIONS, made.provider: made.options()}
    yield made
    made.close()


def day(offset: int = 0) -> date:
    return today(ZONE) + timedelta(days=offset)


def at(offset: int, hour: int = 7, minute: int = 0) -> datetime:
    """A moment of a day from today, in UTC."""
    return datetime(day().year, day().month, day().day, hour, minute, tzinfo=UTC) + timedelta(days=offset)


class Reader:
    """The provider of a world, which remembers between fetches what a connection remembers."""

    def __init__(self, world):
        self.provider = provider_named(world.provider)
        self.context = FetchContext(
            credentials=world.credentials(),
            sync_state={},
            first_day=day(-7),
            last_day=day(60),
            timezone=ZONE,
            allow_private_hosts=True,
            options=world.options(),
        )

    def fetch(self):
        result = self.provider.fetch(self.context)
        self.context = replace(
            self.context,
            sync_state=dict(result.sync_state),
            credentials=result.credentials or self.context.credentials,
        )
        return result

    def events(self):
        return sorted((event.title, event.starts_at) for event in self.fetch().events)


@pytest.fixture
def reader(world):
    return Reader(world)


def secrets_of(credentials):
    """What may stand in no message: every long text of the credentials, of an address what follows the host."""
    texts = [value for value in credentials.values() if isinstance(value, str) and len(value) >= 6]
    return {*texts, *(urlsplit(text).path.strip("/") for text in texts if "://" in text)} - {""}


def test_the_first_reading_names_every_event_with_its_moment_and_length(world, reader):
    world.put("a", "Easy run", at(1), 45)
    world.put("b", "Swim", at(2, 17, 30), 90)
    found = {event.title: event for event in reader.fetch().events}
    assert {title: (event.starts_at, event.ends_at - event.starts_at) for title, event in found.items()} == {
        "Easy run": (at(1), timedelta(minutes=45)),
        "Swim": (at(2, 17, 30), timedelta(minutes=90)),
    }


def test_a_second_reading_of_the_same_says_that_nothing_changed_for_no_more_requests(world, reader):
    world.put("a", "Easy run", at(1))
    reader.fetch()
    first = world.calls()
    again = reader.fetch()
    assert again.events is None or (again.partial and not again.events and not again.removed)
    assert world.calls() - first <= first


def test_a_moved_event_keeps_its_name_at_the_source(world, reader):
    world.put("a", "Easy run", at(1))
    before = reader.fetch().events[0]
    world.put("a", "Easy run", at(3))
    after = reader.fetch().events[0]
    assert (after.external_id, after.starts_at) == (before.external_id, at(3))


def test_a_series_is_told_by_its_occurrences(world, reader):
    world.put_weekly("club", "Track night", at(1), 60, 3)
    assert reader.events() == [("Track night", at(1)), ("Track night", at(8)), ("Track night", at(15))]


def test_an_all_day_event_is_a_date_without_an_end(world, reader):
    world.put("race", "Marathon", day(5))
    event = reader.fetch().events[0]
    assert (event.starts_at, event.all_day, event.ends_at) == (day(5), True, None)


def test_what_lies_outside_the_window_is_not_told(world, reader):
    world.put("before", "Long ago", at(-20))
    world.put("within", "Easy run", at(1))
    world.put("beyond", "Far away", at(80))
    assert [title for title, _ in reader.events()] == ["Easy run"]


def test_refused_credentials_ask_for_the_athlete(world, reader):
    world.put("a", "Easy run", at(1))
    reader.fetch()
    world.refuse_token()
    with pytest.raises(CalendarTokenExpired) as caught:
        reader.fetch()
    assert (caught.value.permanent, caught.value.status) == (True, 401)


def test_what_the_server_asks_us_to_wait_is_passed_on(world, reader):
    world.fail("429")
    with pytest.raises(CalendarUnreachable) as caught:
        reader.fetch()
    assert caught.value.retry_after_seconds == 120


def test_a_label_and_a_host_hold_no_secret(world, reader):
    credentials = world.credentials()
    told = reader.provider.label(credentials) + " " + reader.provider.host(credentials, world.options())
    assert [secret for secret in secrets_of(credentials) if secret in told] == []


class Home:
    """Alice's connection to the world, read the way the product reads it."""

    def __init__(self, world, athlete):
        chosen = provider_named(world.provider)
        self.calendar = CalendarConnection.objects.create(
            athlete=athlete,
            provider=world.provider,
            credentials=world.credentials(),
            host=chosen.host(world.credentials(), world.options()),
        )

    def sync(self):
        done = sync_calendar(calendar_id=self.calendar.pk)
        return (done.added, done.changed, done.removed)

    def try_sync(self):
        """The error of a sync that must fail, and the status and reason it leaves behind."""
        with pytest.raises(ProviderError) as caught:
            sync_calendar(calendar_id=self.calendar.pk)
        self.calendar.refresh_from_db()
        return caught.value

    def status(self):
        self.calendar.refresh_from_db()
        return self.calendar.status

    def rows(self):
        found = TrainingEvent.objects.filter(calendar=self.calendar).order_by("starts_at")
        return [(row.title, row.local_date) for row in found]


@pytest.fixture
def home(world, athlete):
    return Home(world, athlete)


@pytest.mark.django_db
def test_reading_twice_stores_once(world, home):
    world.put("a", "Easy run", at(1))
    world.put_weekly("club", "Track night", at(2), 60, 3)
    assert (home.sync(), home.sync(), home.status()) == ((4, 0, 0), (0, 0, 0), "ok")


@pytest.mark.django_db
def test_a_moved_event_keeps_its_row(world, home):
    world.put("a", "Easy run", at(1))
    home.sync()
    before = TrainingEvent.objects.get()
    world.put("a", "Easy run", at(4))
    assert home.sync() == (0, 1, 0)
    after = TrainingEvent.objects.get()
    assert (after.pk, after.local_date) == (before.pk, day(4))


@pytest.mark.django_db
def test_a_moved_occurrence_is_shown_once(world, home):
    world.put_weekly("club", "Track night", at(1), 60, 3)
    home.sync()
    world.move_occurrence("club", 1, at(10))
    assert home.sync() == (0, 1, 0)
    assert [local_date for _, local_date in home.rows()] == [day(1), day(10), day(15)]


@pytest.mark.django_db
def test_what_is_removed_at_the_source_goes_and_nothing_else(world, home):
    world.put("a", "Easy run", at(1))
    world.put("b", "Swim", at(2))
    home.sync()
    world.remove("a")
    assert home.sync() == (0, 0, 1)
    assert home.rows() == [("Swim", day(2))]


@pytest.mark.django_db
def test_a_removed_series_goes_with_every_occurrence(world, home):
    world.put_weekly("club", "Track night", at(1), 60, 5)
    world.put("b", "Swim", at(2))
    home.sync()
    world.remove("club")
    assert home.sync() == (0, 0, 5)
    assert home.rows() == [("Swim", day(2))]


@pytest.mark.django_db
def test_an_event_is_on_the_athletes_day_of_its_start(world, home):
    world.put("race", "Marathon", day(5))
    late = datetime.combine(day(6), clock_time(23, 30), tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    world.put("night", "Night run", late, 90)
    # Still the evening before in UTC.
    world.put("early", "Early run", late + timedelta(hours=1), 45)
    home.sync()
    assert home.rows() == [("Marathon", day(5)), ("Night run", day(6)), ("Early run", day(7))]


@pytest.mark.django_db
def test_an_athlete_in_another_zone_has_the_same_moment_on_another_day(world, home, athlete):
    if world.provider in FLOATING:
        pytest.skip("its times are the athlete's own, wherever that is")
    world.put("a", "Evening swim", at(2, 20))
    home.sync()
    assert home.rows() == [("Evening swim", day(2))]
    Athlete.objects.filter(pk=athlete.pk).update(timezone="Pacific/Auckland")
    assert home.sync() == (0, 1, 0)
    assert home.rows() == [("Evening swim", day(3))]


@pytest.mark.django_db
def test_refused_credentials_wait_for_the_athlete_and_lose_nothing(world, home, caplog):
    world.put("a", "Easy run", at(1))
    home.sync()
    world.refuse_token()
    error = home.try_sync()
    assert (home.calendar.status, home.calendar.next_sync_at) == ("reconnect", None)
    assert home.rows() == [("Easy run", day(1))]
    told = f"{error.message} {home.calendar.status_reason} {caplog.text}"
    assert [secret for secret in secrets_of(world.credentials()) if secret in told] == []


@pytest.mark.django_db
@pytest.mark.parametrize("how", FAULTS)
def test_a_fault_loses_nothing_doubles_nothing_and_ends_by_itself(how, world, home, caplog):
    world.put("a", "Easy run", at(1))
    world.put("b", "Swim", at(2))
    home.sync()
    world.put("c", "Gym", at(3))
    world.fail(how)
    started = time.monotonic()
    error = home.try_sync()
    assert isinstance(error, CalendarUnreachable | CalendarUnreadable)
    assert time.monotonic() - started < 10 * SHORT_SECONDS
    assert (home.calendar.status, home.calendar.failures, bool(home.calendar.status_reason)) == ("error", 1, True)
    assert home.calendar.next_sync_at is not None
    assert home.rows() == [("Easy run", day(1)), ("Swim", day(2))]
    told = f"{error!r} {home.calendar.status_reason} {caplog.text}"
    assert [secret for secret in secrets_of(world.credentials()) if secret in told] == []
    world.fail("")
    assert home.sync() == (1, 0, 0)
    assert (home.status(), home.calendar.failures, home.calendar.status_reason) == ("ok", 0, "")
    assert home.rows() == [("Easy run", day(1)), ("Swim", day(2)), ("Gym", day(3))]


@pytest.mark.django_db
def test_a_name_that_cannot_be_looked_up_loses_nothing(world, home, monkeypatch):
    world.put("a", "Easy run", at(1))
    home.sync()
    with monkeypatch.context() as patched:
        patched.setattr(http.socket, "getaddrinfo", _unknown)
        home.try_sync()
    assert (home.calendar.status, home.rows()) == ("error", [("Easy run", day(1))])
    assert (home.sync(), home.status()) == ((0, 0, 0), "ok")


def _unknown(*args, **kwargs):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
