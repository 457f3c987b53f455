"""The port behind which every training calendar stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from nutrition_site.kernel.errors import ProviderError

# The id of the calendar behind a connection that is read when the athlete has chosen none; Google has named it so.
MAIN_CALENDAR = "primary"


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One occurrence as the calendar states it, before anybody reads its title.

    `external_id` names the occurrence at its source and stays the same when the occurrence is moved. A timed event has
    aware `starts_at` and `ends_at`; an all-day one has dates, one occurrence for each day it covers, `ends_at` None.
    `stated` holds what the source says in fields of its own, which beats the title, by the names of a training event:
    `sport`, `type`, `duration_minutes`, `distance_km`, `intensity`, `tss`, `intensity_factor`, `avg_power_w`, `rpe`.
    """

    external_id: str
    title: str
    starts_at: datetime | date
    ends_at: datetime | None = None
    all_day: bool = False
    description: str = ""
    categories: tuple[str, ...] = ()
    stated: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawSession:
    """One completed session as a file or a service states it. Unknown is None.

    `duration_minutes` is time in motion, `elapsed_minutes` includes pauses. `planned_id` is the `external_id` of the
    planned event that the source itself says this fulfills.
    """

    external_id: str
    starts_at: datetime
    duration_minutes: float
    title: str = ""
    sport: str = ""
    elapsed_minutes: float | None = None
    distance_km: float | None = None
    ascent_m: float | None = None
    avg_power_w: float | None = None
    normalized_power_w: float | None = None
    avg_hr: float | None = None
    max_hr: float | None = None
    work_kj: float | None = None
    device_kcal: float | None = None
    tss: float | None = None
    intensity_factor: float | None = None
    rpe: float | None = None
    device: str = ""
    planned_id: str = ""


@dataclass(frozen=True, slots=True)
class FetchContext:
    """Everything a provider may know. It reads no settings and no database.

    `first_day` and `last_day` are the inclusive local days of the window in `timezone`, which is also the zone of
    times that state none; `kernel.itinerary.read_zone` makes a `tzinfo` of it, since an athlete who travels has another
    zone on other days. `sync_state` is what the last successful fetch returned, `{}` at first. `selection` are the
    ids of the calendars that the athlete wants read; empty for the one whose id is `MAIN_CALENDAR`, or for all where
    none has it. `options` are the operator's settings for this provider (addresses, OAuth client).
    """

    credentials: Mapping[str, Any] = field(repr=False)
    sync_state: Mapping[str, Any]
    first_day: date
    last_day: date
    timezone: str
    allow_private_hosts: bool
    selection: Sequence[str] = ()
    options: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What a calendar says now.

    `events` is None when the source says that nothing changed since `sync_state`. Otherwise it is the whole window, or,
    when `partial`, only what was added or changed, with `removed` naming the `external_id`s that are gone; a removed id
    also stands for every id that begins with it and a `+` (the days of an all-day event). `sessions` are completed
    sessions, added or changed; those that are not named stay. `credentials` replace the stored ones (a renewed token).
    `calendars` are the calendars behind the connection, `(id, name)`; None leaves the known ones. `name` is what the
    source calls itself, one clean line of at most 200 characters, empty when it has no name; None leaves the known one.
    """

    events: Sequence[RawEvent] | None
    sync_state: Mapping[str, Any] = field(default_factory=dict)
    partial: bool = False
    removed: frozenset[str] = frozenset()
    sessions: Sequence[RawSession] = ()
    credentials: Mapping[str, Any] | None = field(default=None, repr=False)
    calendars: Sequence[tuple[str, str]] | None = None
    name: str | None = None


class CalendarProvider(Protocol):
    """Reads one calendar.

    `fetch` may be called any number of times and changes nothing at the source. It raises `CalendarTokenExpired` when
    the credentials are refused, `CalendarUnreadable` when there is an answer that is no calendar, and
    `CalendarUnreachable` when there is no answer; it ends within a minute. It must not write to the database, follow
    an address that its guarded client refuses, or put credentials or addresses into a message. A token that had to be
    renewed before a failure travels on the error as `credentials`.
    """

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        """The credentials to keep, from the fields of a request. Raises InvalidInput; reaches for nothing outside."""
        ...

    def label(self, credentials: Mapping[str, Any]) -> str:
        """What the athlete sees as the calendar's name, beside its own where it has one; never a secret."""
        ...

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        """The server that is asked, in lower case with its port if unusual: its calendars are paced together."""
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
        self.credentials: Mapping[str, Any] | None = None


class CalendarUnreadable(ProviderError):
    """There is an answer, but it is not a calendar that can be read."""

    status = 422
    code = "calendar_unreadable"
    message = "The calendar cannot be read."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message)
        self.credentials: Mapping[str, Any] | None = None


class CalendarUnreachable(ProviderError):
    """The calendar's server gives no usable answer for now.

    `retry_after_seconds` is what the server asked for; `host_wide` says that every calendar of the host would fare the
    same (no connection, too many requests, an overloaded server).
    """

    code = "provider_unreachable"
    message = "The calendar's server could not be reached."

    def __init__(
        self, message: str | None = None, *, retry_after_seconds: float | None = None, host_wide: bool = True
    ) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
        self.host_wide = host_wide
        self.credentials: Mapping[str, Any] | None = None
