"""Connecting and disconnecting training calendars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext, ngettext

from athletes.calendars.protocol import MAIN_CALENDAR, CalendarProvider
from athletes.models import Athlete, CalendarConnection, Notice, TrainingEvent, User
from athletes.services.notices import settle_notices
from athletes.services.own_events import release_events
from athletes.services.settling import rematch_events
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.entitlements import Entitlements
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound, UpgradeRequired
from nutrition_site.kernel.work import enqueue_work

SYNC_KIND = "calendar.sync"
MAX_CHOSEN = 10
LABEL_CHARACTERS = 200
# What opens a source; whatever else credentials hold names it.
_KEYS = frozenset({"oauth_token", "refresh_token", "expires_at", "password", "api_key"})


def provider_named(name: str) -> CalendarProvider:
    """The provider of an id in settings. Raises InvalidInput naming those that exist."""
    path = settings.CALENDAR_PROVIDERS.get(name)
    if path is None:
        known = ", ".join(settings.CALENDAR_PROVIDERS)
        raise InvalidInput.of("provider", gettext("Not known. Known are: %(known)s.") % {"known": known})
    provider: CalendarProvider = import_string(path)()
    return provider


def require_room_for_calendar(*, athlete: Athlete, entitlements: Entitlements) -> None:
    """Raises UpgradeRequired when the subscription holds no further calendar.

    One that waits to be connected again does not count: it may be the one that is meant.
    """
    connected = CalendarConnection.objects.filter(athlete=athlete).exclude(status=CalendarConnection.Status.RECONNECT)
    if connected.count() >= entitlements.calendars:
        allowed = entitlements.calendars
        words = ngettext("Your plan includes %(count)s calendars.", "Your plan includes %(count)s calendars.", allowed)
        raise UpgradeRequired(words % {"count": allowed})


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
    InvalidInput, UpgradeRequired, NotFound when `again` is gone by now, and Conflict `calendar_exists` for what is
    connected already in just this way: the same sessions would count twice.
    """
    if again is not None and again.provider != provider:
        raise InvalidInput.of(
            "provider", gettext("This calendar is connected with %(provider)s.") % {"provider": again.provider}
        )
    Athlete.objects.select_for_update().get(pk=athlete.pk)
    chosen = provider_named(provider)
    credentials = chosen.check_credentials(fields, allow_private_hosts=settings.CALENDAR_ALLOW_PRIVATE_HOSTS)
    present = list(CalendarConnection.objects.filter(athlete=athlete, provider=provider))
    for other in present:
        if other.credentials == credentials and other.status != CalendarConnection.Status.RECONNECT:
            raise Conflict(
                gettext("This calendar is connected already."),
                code="calendar_exists",
                details=[{"field": "id", "message": other.pk, "id": other.pk}],
            )
    if again is None:
        known = _same_connection(present, credentials)
    else:
        known = next((row for row in present if row.pk == again.pk), None)
        if known is None:
            raise NotFound()
    if known is None:
        require_room_for_calendar(athlete=athlete, entitlements=entitlements)
    calendar = known or CalendarConnection(athlete=athlete, provider=provider)
    calendar.label = _relabeled(calendar, chosen, credentials)
    calendar.credentials = credentials
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


def label_with_name(*, label: str, name: str) -> str:
    """The label of a connection whose source has a name of its own: `NAME (label)`, the name shortened where needed."""
    room = LABEL_CHARACTERS - len(label) - len(" ()")
    if not name or name == label or room < 1:
        return label
    return f"{name if len(name) <= room else name[: room - 1].rstrip() + '…'} ({label})"


def label_without_name(label: str) -> str:
    """What `label_with_name` was given as the label."""
    return label.removesuffix(")").rpartition(" (")[2] if label.endswith(")") else label


def named_label(*, calendar: CalendarConnection, name: str | None) -> str:
    """The label of a connection after its source has told its name; None tells nothing.

    A label that does not come from the provider was given by somebody, and stays.
    """
    if name is None or not calendar.credentials:
        return calendar.label
    plain = provider_named(calendar.provider).label(calendar.credentials)
    is_ours = calendar.label in ("", plain) or calendar.label.endswith(f" ({plain})")
    return label_with_name(label=plain, name=name) if is_ours else calendar.label


def _relabeled(calendar: CalendarConnection, provider: CalendarProvider, credentials: Mapping[str, Any]) -> str:
    """The label for new credentials, with the name that the source had: it is told again only by the next reading."""
    plain = provider.label(credentials)
    for known in (calendar.credentials, credentials):
        end = f" ({provider.label(known)})" if known else ""
        if end and calendar.label.endswith(end):
            return label_with_name(label=plain, name=calendar.label.removesuffix(end))
    return plain


def look_alike(calendars: Iterable[CalendarConnection]) -> set[str]:
    """The ids of those whose label another one of them has too."""
    rows = list(calendars)
    counted = Counter(row.label for row in rows)
    return {row.pk for row in rows if counted[row.label] > 1}


def main_choice(calendar: CalendarConnection) -> str | None:
    """The name of the calendar that is read when none is chosen; None where all of them are."""
    return next((name for ident, name in choices_of(calendar) if ident == MAIN_CALENDAR), None)


def choices_of(calendar: CalendarConnection) -> list[tuple[str, str]]:
    """The calendars behind a connection, `(id, name)`; empty while none are known."""
    return [(str(row["id"]), str(row["name"])) for row in calendar.available]


@transaction.atomic
def choose_calendars(*, by: User, calendar: CalendarConnection, selection: Sequence[str]) -> CalendarConnection:
    """Sets which calendars of a connection are read, and has them read soon; none means what `main_choice` says.

    Events of a calendar that is no longer chosen go with the next sync. Raises InvalidInput for one that is not behind
    this connection, and for too many.
    """
    locked = CalendarConnection.objects.select_for_update().get(pk=calendar.pk)
    chosen = list(dict.fromkeys(selection))
    known = {ident for ident, _ in choices_of(locked)}
    if any(ident not in known for ident in chosen):
        raise InvalidInput.of("selection", gettext("This connection has no such calendar."))
    if len(chosen) > MAX_CHOSEN:
        raise InvalidInput.of(
            "selection", gettext("At most %(count)s calendars of one connection can be read.") % {"count": MAX_CHOSEN}
        )
    if chosen == locked.selection:
        return locked
    locked.selection = chosen
    if locked.status != CalendarConnection.Status.RECONNECT:
        locked.next_sync_at = now()
        enqueue_work(kind=SYNC_KIND, key=locked.pk)
    locked.save(update_fields=["selection", "next_sync_at"])
    record_audit(verb="calendar.chosen", by=by, object_id=locked.pk, athlete_id=locked.athlete_id, count=len(chosen))
    return locked


def withdraw_unread(*, by: User, calendar: CalendarConnection) -> bool:
    """Takes a connection away again that was never read, such as one that was made with a wrong password.

    Says whether it is gone now; one that has been read meanwhile stays.
    """
    with transaction.atomic():
        Athlete.objects.select_for_update().get(pk=calendar.athlete_id)
        locked = CalendarConnection.objects.select_for_update().filter(pk=calendar.pk).first()
        if locked is not None and locked.last_synced_at is not None:
            return False
        if locked is not None:
            disconnect_calendar(by=by, calendar=locked)
        return True


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
