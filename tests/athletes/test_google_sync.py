"""What Google's tokens and refusals do to a stored connection."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from athletes.models import CalendarConnection, TrainingEvent
from athletes.services.sync import sync_calendar
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import ProviderError
from tests.athletes.providers.google_server import ACCOUNT, GoogleServer, refusal, timed

pytestmark = pytest.mark.django_db


@pytest.fixture
def google(settings):
    server = GoogleServer()
    settings.CALENDAR_PROVIDER_OPTIONS = {**settings.CALENDAR_PROVIDER_OPTIONS, "google_calendar": server.options}
    moment = datetime.combine(today("UTC") + timedelta(days=2), datetime.min.time(), tzinfo=UTC) + timedelta(hours=7)
    server.calendars[ACCOUNT].put(timed("a", "Long run 90min Z2", moment))
    yield server
    server.close()


@pytest.fixture
def calendar(google, athlete):
    made = CalendarConnection.objects.create(
        athlete=athlete, provider="google_calendar", credentials=google.grant(), host="127.0.0.1"
    )
    sync_calendar(calendar_id=made.pk)
    return made


def sync(calendar):
    done = sync_calendar(calendar_id=calendar.pk)
    calendar.refresh_from_db()
    return (done.added, done.changed, done.removed)


def fail(calendar):
    with pytest.raises(ProviderError):
        sync_calendar(calendar_id=calendar.pk)
    calendar.refresh_from_db()
    return calendar.status


def test_a_renewed_token_is_kept_for_the_next_time(google, calendar):
    google.access_tokens.clear()
    sync(calendar)
    assert calendar.credentials["oauth_token"] in google.access_tokens
    asked = len(google.asked("/token"))
    sync(calendar)
    assert len(google.asked("/token")) == asked


def test_a_rotated_refresh_token_survives_a_failure_right_after_it(google, calendar):
    google.rotates = True
    google.access_tokens.clear()
    google.refusal = refusal(503, "backendError")
    assert fail(calendar) == "error"
    assert calendar.credentials["refresh_token"] in google.refresh_tokens
    google.refusal = None
    google.access_tokens.clear()
    assert (sync(calendar), calendar.status) == ((0, 0, 0), "ok")


def test_a_dropped_sync_token_changes_no_event(google, calendar):
    before = TrainingEvent.objects.get()
    google.calendars[ACCOUNT].epoch += 1
    assert (sync(calendar), calendar.status) == ((0, 0, 0), "ok")
    assert TrainingEvent.objects.get().updated_at == before.updated_at


@pytest.mark.parametrize(("status", "reason"), [(403, "userRateLimitExceeded"), (429, "rateLimitExceeded")])
def test_a_limit_is_waited_out_as_long_as_google_asks(google, calendar, status, reason):
    google.refusal = refusal(status, reason, 3600)
    assert fail(calendar) == "error"
    assert calendar.next_sync_at >= now() + timedelta(minutes=59)
    google.refusal = None
    assert (sync(calendar), calendar.status) == ((0, 0, 0), "ok")


def test_a_withdrawn_grant_waits_for_the_athlete_with_its_reason_in_words(google, calendar):
    google.withdraw()
    assert fail(calendar) == "reconnect"
    assert calendar.status_reason == "Google no longer accepts this connection. Please connect the calendar again."
    assert TrainingEvent.objects.count() == 1
