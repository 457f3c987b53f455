"""Connecting and disconnecting training calendars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from athletes.calendars.protocol import CalendarProvider
from athletes.models import Athlete, CalendarConnection, Notice, TrainingEvent, User
from athletes.services.notices import settle_notices
from athletes.services.sessions import release_events, rematch_events
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.entitlements import Entitlements
from nutrition_site.kernel.errors import Conflict, InvalidInput, UpgradeRequired
from nutrition_site.kernel.work import enqueue_work

SYNC_KIND = "calendar.sync"
MAX_CHOSEN = 10
# What opens a source; whatever else credentials hold names it.
_KEYS = frozenset({"oauth_token", "refresh_token", "expires_at", "password", "api_key"})


def provider_named(name: str) -> CalendarProvider:
    """The provider of an id in settings. Raises InvalidInput naming those that exist."""
    path = settings.CALENDAR_PROVIDERS.get(name)
    if path is None:
        known = ", ".join(settings.CALENDAR_PROVIDERS)
        raise InvalidInput.of("provider", f"Not known. Known are: {known}.")
    provider: CalendarProvider = import_string(path)()
    return provider


def require_room_for_calendar(*, athlete: Athlete, entitlements: Entitlements) -> None:
    """Raises UpgradeRequired when the subscription holds no further calendar.

    One that waits to be connected again does not count: it may be the one that is meant.
    """
    connected = CalendarConnection.objects.filter(athlete=athlete).exclude(status=CalendarConnection.Status.RECONNECT)
    if connected.count() >= entitlements.calendars:
        raise UpgradeRequired(f"Your plan includes {entitlements.calendars} calendars.")


@transaction.atomic
def connect_calendar(
    *,
    by: User,
    athlete: Athlete,
    provider: str,
    fields: Mapping[str, Any],
    entitlements: Entitlements,
    again: CalendarConnection | None = None,
) -> CalendarConnection:
    """Connects a calendar and has it read soon; whether it can be read shows in its status.

    `fields` are those of the request (`url`, or `oauth_token`). A connection to the same source takes the new
    credentials and keeps its id and its events, and so does one that waits to be connected again while nobody knows
    whose it is. `again` is the athlete's connection that these credentials are for, whatever they name: a feed whose
    secret address was renewed is the same calendar, and beside the old one its sessions would count twice. Raises
    InvalidInput, UpgradeRequired, and Conflict `calendar_exists` for what is connected already in just this way: the
    same sessions would count twice.
    """
    Athlete.objects.select_for_update().get(pk=athlete.pk)
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
    meant = next((row for row in present if again is not None and row.pk == again.pk), None)
    known = meant or _same_connection(present, credentials)
    if known is None:
        require_room_for_calendar(athlete=athlete, entitlements=entitlements)
    calendar = known or CalendarConnection(athlete=athlete, provider=provider)
    calendar.credentials = credentials
    calendar.label = chosen.label(credentials)
    calendar.host = chosen.host(credentials, settings.CALENDAR_PROVIDER_OPTIONS.get(provider, {}))
    calendar.status = CalendarConnection.Status.PENDING
    calendar.status_reason = ""
    calendar.sync_state = {}
    calendar.failures = 0
    # Whoever reads with the old credentials has nothing to store any more.
    calendar.sync_lease, calendar.sync_lease_until = "", None
    calendar.next_sync_at = now()
    calendar.save()
    enqueue_work(kind=SYNC_KIND, key=calendar.pk)
    record_audit(verb="calendar.connected", by=by, object_id=calendar.pk, athlete_id=athlete.pk, provider=provider)
    return calendar


def _same_connection(
    present: Sequence[CalendarConnection], credentials: Mapping[str, Any]
) -> CalendarConnection | None:
    """The connection that these credentials are new ones for, the ones that wait first."""
    source = _source_of(credentials)
    waiting = [row for row in present if row.status == CalendarConnection.Status.RECONNECT]
    for row in (*waiting, *present):
        if source and _source_of(row.credentials) == source:
            return row
    return next((row for row in waiting if not source or not _source_of(row.credentials)), None)


def _source_of(credentials: Mapping[str, Any] | None) -> dict[str, Any]:
    """What credentials say about whose calendar it is; empty when they open it without naming it."""
    named = {name: value for name, value in (credentials or {}).items() if name not in _KEYS}
    # "0" stands for whomever the key belongs to.
    return {name: value for name, value in named.items() if value not in ("", "0", None)}


def choices_of(calendar: CalendarConnection) -> list[tuple[str, str]]:
    """The calendars behind a connection, `(id, name)`; empty while none are known."""
    return [(str(row["id"]), str(row["name"])) for row in calendar.available]


@transaction.atomic
def choose_calendars(*, by: User, calendar: CalendarConnection, selection: Sequence[str]) -> CalendarConnection:
    """Sets which calendars of a connection are read, and has them read soon; none means the main one.

    Events of a calendar that is no longer chosen go with the next sync. Raises InvalidInput for one that is not behind
    this connection, and for too many.
    """
    locked = CalendarConnection.objects.select_for_update().get(pk=calendar.pk)
    chosen = list(dict.fromkeys(selection))
    known = {ident for ident, _ in choices_of(locked)}
    if any(ident not in known for ident in chosen):
        raise InvalidInput.of("selection", "This connection has no such calendar.")
    if len(chosen) > MAX_CHOSEN:
        raise InvalidInput.of("selection", f"At most {MAX_CHOSEN} calendars of one connection can be read.")
    if chosen == locked.selection:
        return locked
    locked.selection = chosen
    if locked.status != CalendarConnection.Status.RECONNECT:
        locked.next_sync_at = now()
        enqueue_work(kind=SYNC_KIND, key=locked.pk)
    locked.save(update_fields=["selection", "next_sync_at"])
    record_audit(verb="calendar.chosen", by=by, object_id=locked.pk, athlete_id=locked.athlete_id, count=len(chosen))
    return locked


@transaction.atomic
def disconnect_calendar(*, by: User, calendar: CalendarConnection) -> int:
    """Forgets a calendar, its credentials and its events from today on; returns how many went.

    What is past was trained and eaten for: it stays, without a calendar, and is adopted again when the same calendar
    is connected again.
    """
    athlete = Athlete.objects.select_for_update().get(pk=calendar.athlete_id)
    locked = CalendarConnection.objects.select_for_update().get(pk=calendar.pk)
    future = TrainingEvent.objects.filter(calendar=locked, local_date__gte=today(athlete.zones))
    counting = future.counting().exists()
    days = set(TrainingEvent.objects.filter(calendar=locked).values_list("local_date", flat=True))
    done = future.filter(completed__isnull=False)
    release_events(done)
    removed = future.count()
    future.delete()
    TrainingEvent.objects.filter(calendar=locked).update(calendar=None)
    calendar_id = locked.pk
    settle_notices(athlete_id=athlete.pk, kind=Notice.Kind.CALENDAR_RECONNECT, key=calendar_id)
    locked.delete()
    # What another calendar shows of the same days counts again, and sessions look for their plan there.
    if rematch_events(athlete=athlete, days=days) or counting:
        raise_training_version(athlete.pk)
    record_audit(verb="calendar.disconnected", by=by, object_id=calendar_id, athlete_id=athlete.pk, removed=removed)
    return removed
