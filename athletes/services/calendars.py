"""Connecting and disconnecting training calendars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from athletes.calendars.protocol import CalendarProvider
from athletes.models import Athlete, CalendarConnection, TrainingEvent, User
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.entitlements import Entitlements
from nutrition_site.kernel.errors import Conflict, InvalidInput, UpgradeRequired
from nutrition_site.kernel.work import enqueue_work

SYNC_KIND = "calendar.sync"


def provider_named(name: str) -> CalendarProvider:
    """The provider of an id in settings. Raises InvalidInput naming those that exist."""
    path = settings.CALENDAR_PROVIDERS.get(name)
    if path is None:
        known = ", ".join(settings.CALENDAR_PROVIDERS)
        raise InvalidInput.of("provider", f"Not known. Known are: {known}.")
    provider: CalendarProvider = import_string(path)()
    return provider


def require_room_for_calendar(*, athlete: Athlete, entitlements: Entitlements) -> None:
    """Raises UpgradeRequired when the subscription holds no further calendar."""
    connected = CalendarConnection.objects.filter(athlete=athlete).exclude(
        status=CalendarConnection.Status.RECONNECT, provider="google_calendar"
    )
    if connected.count() >= entitlements.calendars:
        raise UpgradeRequired(f"Your plan includes {entitlements.calendars} calendars.")


@transaction.atomic
def connect_calendar(
    *, by: User, athlete: Athlete, provider: str, fields: Mapping[str, Any], entitlements: Entitlements
) -> CalendarConnection:
    """Connects a calendar and has it read soon; whether it can be read shows in its status.

    `fields` are those of the request (`url`, or `oauth_token`). A Google connection that waits to be connected again
    takes the new token and keeps its id and its events. Raises InvalidInput, UpgradeRequired, and Conflict
    `calendar_exists` for a feed that is connected already: the same sessions would count twice.
    """
    Athlete.objects.select_for_update().get(pk=athlete.pk)
    require_room_for_calendar(athlete=athlete, entitlements=entitlements)
    chosen = provider_named(provider)
    credentials = chosen.check_credentials(fields, allow_private_hosts=settings.CALENDAR_ALLOW_PRIVATE_HOSTS)
    present = list(CalendarConnection.objects.filter(athlete=athlete, provider=provider))
    for other in present:
        if other.credentials == credentials and other.status != CalendarConnection.Status.RECONNECT:
            raise Conflict(
                "This calendar is connected already.",
                code="calendar_exists",
                details=[{"field": "id", "message": other.pk, "id": other.pk}],
            )
    refused = [row for row in present if row.status == CalendarConnection.Status.RECONNECT]
    again = [row for row in refused if provider == "google_calendar" or row.credentials == credentials]
    calendar = again[0] if again else CalendarConnection(athlete=athlete, provider=provider)
    calendar.credentials = credentials
    calendar.label = chosen.label(credentials)
    calendar.host = chosen.host(credentials, settings.CALENDAR_PROVIDER_OPTIONS.get(provider, {}))
    calendar.status = CalendarConnection.Status.PENDING
    calendar.status_reason = ""
    calendar.sync_state = {}
    calendar.failures = 0
    calendar.next_sync_at = now()
    calendar.save()
    enqueue_work(kind=SYNC_KIND, key=calendar.pk)
    record_audit(verb="calendar.connected", by=by, object_id=calendar.pk, athlete_id=athlete.pk, provider=provider)
    return calendar


@transaction.atomic
def disconnect_calendar(*, by: User, calendar: CalendarConnection) -> int:
    """Forgets a calendar, its credentials and its events from today on; returns how many went.

    What is past was trained and eaten for: it stays, without a calendar, and is adopted again when the same calendar
    is connected again.
    """
    athlete = Athlete.objects.select_for_update().get(pk=calendar.athlete_id)
    locked = CalendarConnection.objects.select_for_update().get(pk=calendar.pk)
    future = TrainingEvent.objects.filter(calendar=locked, local_date__gte=today(athlete.timezone))
    counting = future.counting().exists()
    removed, _ = future.delete()
    TrainingEvent.objects.filter(calendar=locked).update(calendar=None)
    calendar_id = locked.pk
    locked.delete()
    if counting:
        raise_training_version(athlete.pk)
    record_audit(verb="calendar.disconnected", by=by, object_id=calendar_id, athlete_id=athlete.pk, removed=removed)
    return removed
