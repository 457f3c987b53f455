"""The port behind which every training calendar stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from nutrition_site.kernel.errors import ProviderError


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One occurrence as the calendar states it, before anybody reads its title.

    `external_id` names the occurrence at its source and stays the same when the occurrence is moved. A timed event has
    aware `starts_at` and `ends_at`; an all-day one has dates, one occurrence for each day it covers, `ends_at` None.
    """

    external_id: str
    title: str
    starts_at: datetime | date
    ends_at: datetime | None = None
    all_day: bool = False
    description: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchContext:
    """Everything a provider may know. It reads no settings and no database.

    `first_day` and `last_day` are the inclusive local days of the window in `timezone`, which is also the zone of
    times that state none. `sync_state` is what the last successful fetch returned, `{}` at first.
    """

    credentials: Mapping[str, Any]
    sync_state: Mapping[str, Any]
    first_day: date
    last_day: date
    timezone: str
    allow_private_hosts: bool
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class FetchResult:
    """`events` of the whole window, or None when the source says that nothing changed since `sync_state`."""

    events: Sequence[RawEvent] | None
    sync_state: Mapping[str, Any] = field(default_factory=dict)


class CalendarProvider(Protocol):
    """Reads one calendar.

    `fetch` may be called any number of times and changes nothing at the source. It raises `CalendarTokenExpired` when
    the credentials are refused, `CalendarUnreadable` when there is an answer that is no calendar, and
    `CalendarUnreachable` when there is no answer; it ends within a minute. It must not write to the database, follow
    an address that its guarded client refuses, or put credentials or addresses into a message.
    """

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        """The credentials to keep, from the fields of a request. Raises InvalidInput; reaches for nothing outside."""
        ...

    def label(self, credentials: Mapping[str, Any]) -> str:
        """What the athlete sees as the calendar's name; never a secret."""
        ...

    def fetch(self, context: FetchContext) -> FetchResult:
        """Every occurrence in the window."""
        ...


class CalendarTokenExpired(ProviderError):
    """The provider refuses the credentials: only the athlete can help, by connecting again."""

    status = 401
    code = "calendar_token_expired"
    message = "The calendar no longer accepts this connection. Please connect it again."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message, permanent=True)


class CalendarUnreadable(ProviderError):
    """There is an answer, but it is not a calendar that can be read."""

    status = 422
    code = "calendar_unreadable"
    message = "The calendar cannot be read."


class CalendarUnreachable(ProviderError):
    """The calendar's server gives no usable answer for now."""

    code = "provider_unreachable"
    message = "The calendar's server could not be reached."
