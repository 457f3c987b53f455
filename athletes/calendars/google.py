"""Google Calendar: the chosen calendars of an account, read whole for each new window and by changes in between.

Calendar API v3, `events.list` with `singleEvents=true`, `calendarList.list`;
https://developers.google.com/workspace/calendar/api/v3/reference and .../guides/sync.

A sync token may not be sent together with `timeMin` and `timeMax`; it tells what changed anywhere in a calendar since
it was given. So the window is read whole, with its bounds, when it has moved (which brings in what comes over the
horizon unchanged), when the choice of calendars is another, and whenever the changes alone do not tell enough; every
other fetch asks for the changes and drops those outside the window.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock_time
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext

from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.itinerary import home_zone, read_zone

from .google_account import NOT_UNDERSTOOD, REFUSED, GoogleAccount, GoogleMissing, GoogleStale
from .google_oauth import sound_token
from .plain import plain_text
from .protocol import (
    MAIN_CALENDAR,
    CalendarTokenExpired,
    CalendarUnreachable,
    CalendarUnreadable,
    FetchContext,
    FetchResult,
    RawEvent,
)

MAX_PAGES = 4
PAGE_SIZE = 2500
MAX_EVENTS = 5_000
MAX_DAYS_PER_EVENT = 31
MAX_CALENDARS_LISTED = 100
LIST_AGAIN_SECONDS = 86_400
FETCH_SECONDS = 40.0
# Google calls it by this name whoever asks.
MAIN = MAIN_CALENDAR
# Google's own entries that are no events of the athlete.
_NO_EVENTS = frozenset({"birthday", "workingLocation", "focusTime"})
# A tenth of what a whole answer weighs.
_FIELDS = (
    "nextPageToken,nextSyncToken,items(id,status,summary,description,start,end,eventType,recurringEventId,"
    "attendees(self,responseStatus))"
)


class GoogleCalendarProvider:
    """Reads calendars of a Google account.

    Connected with a lasting grant (`refresh_token`) the access token is renewed as needed and the account's calendars
    are listed; with an access token alone (`oauth_token`) a refusal is final: only the athlete can give another.
    """

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        token = str(fields.get("oauth_token") or "")
        if not token:
            raise InvalidInput.of("oauth_token", gettext("This field is required."))
        if not sound_token(token):
            raise InvalidInput.of("oauth_token", gettext("This is not an OAuth token."))
        lasting = {name: fields[name] for name in ("refresh_token", "expires_at", "account") if fields.get(name)}
        return {"oauth_token": token, **lasting}

    def label(self, credentials: Mapping[str, Any]) -> str:
        return "Google Calendar"

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        return urlsplit(options["base_url"]).netloc.lower()

    def fetch(self, context: FetchContext) -> FetchResult:
        account = GoogleAccount(context.credentials, context.options, deadline=time.monotonic() + FETCH_SECONDS)
        try:
            result = _read_changes(account, context) or _read_whole(account, context)
        except (CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable) as error:
            error.credentials = account.renewed
            raise
        return replace(result, credentials=account.renewed)


@dataclass(slots=True)
class _Reading:
    """The items of one calendar, by id, and the token with which its next changes are asked for."""

    items: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    sync_token: str = ""


def _wanted(context: FetchContext) -> list[str]:
    return list(dict.fromkeys(context.selection)) or [MAIN]


def _question(context: FetchContext) -> str:
    """What the sync tokens were given for; another one needs a whole reading."""
    return " ".join([str(context.first_day), str(context.last_day), context.timezone, *_wanted(context)])


def _read_changes(account: GoogleAccount, context: FetchContext) -> FetchResult | None:
    """What changed since the last fetch; None when the window has to be read whole."""
    state = context.sync_state
    tokens, gone = state.get("tokens"), state.get("gone", [])
    if state.get("question") != _question(context) or not isinstance(tokens, dict):
        return None
    wanted = [name for name in _wanted(context) if name not in gone]
    if not all(tokens.get(name) for name in wanted):
        return None
    items: dict[str, Mapping[str, Any]] = {}
    following = {}
    for name in wanted:
        try:
            reading = _read_calendar(account, context, name, {"syncToken": str(tokens[name])})
        except (GoogleStale, GoogleMissing):
            return None
        items.update(reading.items)
        following[name] = reading.sync_token
    if len(items) > MAX_EVENTS or any(_tells_too_little(item, len(wanted)) for item in items.values()):
        return None
    state, calendars = _look_for_calendars(account, {**state, "tokens": following})
    if not items:
        return FetchResult(None, state, calendars=calendars)
    zone = read_zone(context.timezone)
    events, removed = [], set()
    for name, item in items.items():
        shown = list(_events_of(item, zone, context.first_day, context.last_day))
        events += shown
        if not shown:
            removed.add(name[:500])
    return FetchResult(events, state, partial=True, removed=frozenset(removed), calendars=calendars)


def _tells_too_little(item: Mapping[str, Any], calendars: int) -> bool:
    """Whether a withdrawn item may concern more than itself.

    Of a deleted series Google names only the nearest occurrences as cancelled; and an event that has left one calendar
    may still be in another that is read, under the same id.
    """
    return item.get("status") == "cancelled" and (bool(item.get("recurringEventId")) or calendars > 1)


def _read_whole(account: GoogleAccount, context: FetchContext) -> FetchResult:
    zone = read_zone(context.timezone)
    beyond = context.last_day + timedelta(days=1)
    window = {
        "timeMin": datetime.combine(context.first_day, clock_time.min, tzinfo=zone).isoformat(),
        "timeMax": datetime.combine(beyond, clock_time.min, tzinfo=zone).isoformat(),
    }
    found: dict[str, RawEvent] = {}
    tokens, missing = {}, []
    for name in _wanted(context):
        try:
            reading = _read_calendar(account, context, name, window)
        except GoogleMissing as error:
            if name == MAIN and error.forbidden:
                raise CalendarTokenExpired(REFUSED)
            if name == MAIN:
                raise
            missing.append(name)
            continue
        tokens[name] = reading.sync_token
        for item in reading.items.values():
            for event in _events_of(item, zone, context.first_day, context.last_day):
                found.setdefault(event.external_id, event)
            if len(found) > MAX_EVENTS:
                raise CalendarUnreadable(f"The calendar has more than {MAX_EVENTS} events in its window.")
    state, calendars = _look_for_calendars(account, {"question": _question(context), "tokens": tokens, "gone": missing})
    _require_gone(missing, tokens, calendars)
    return FetchResult(list(found.values()), state, calendars=calendars)


def _require_gone(
    missing: Sequence[str], tokens: Mapping[str, str], calendars: Sequence[tuple[str, str]] | None
) -> None:
    """A calendar counts as gone only when Google lists it no more: a slip of an hour must not empty somebody's plan."""
    if missing and (calendars is None or any(ident in missing for ident, _ in calendars)):
        raise CalendarUnreachable("Google Calendar does not show one of the chosen calendars for now.", host_wide=False)
    if missing and not tokens:
        raise CalendarUnreadable("The chosen calendars are no longer in this Google account. Please choose others.")


def _read_calendar(account: GoogleAccount, context: FetchContext, name: str, bounds: Mapping[str, str]) -> _Reading:
    """All pages of one calendar. What is neither token nor bound stays the same, as Google asks for."""
    query = {
        "singleEvents": "true",
        "maxResults": str(PAGE_SIZE),
        "maxAttendees": "1",
        "timeZone": home_zone(context.timezone),
        "fields": _FIELDS,
        **bounds,
    }
    reading = _Reading()
    for _ in range(MAX_PAGES):
        page = account.get(f"calendars/{quote(name, safe='')}/events", query)
        items = page.get("items", [])
        if not isinstance(items, list):
            raise CalendarUnreadable(NOT_UNDERSTOOD)
        reading.items.update({str(item["id"]): item for item in items if isinstance(item, dict) and item.get("id")})
        if not page.get("nextPageToken"):
            reading.sync_token = _short(page.get("nextSyncToken"))
            return reading
        query["pageToken"] = str(page["nextPageToken"])
    if "syncToken" in bounds:
        raise GoogleStale("The calendar has too many changes to read.", host_wide=False)
    raise CalendarUnreadable("The calendar has too many events to read.")


def _short(token: Any) -> str:
    return token if isinstance(token, str) and len(token) <= 1000 else ""


def _look_for_calendars(
    account: GoogleAccount, state: dict[str, Any]
) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
    """The state with the time of the last list, and the list when it is a day old; nothing for a bare access token."""
    listed, moment = state.get("listed", 0), int(now().timestamp())
    if not account.lasting or moment - listed < LIST_AGAIN_SECONDS:
        return state, None
    calendars = _list_calendars(account)
    return {**state, "listed": moment}, calendars


def _list_calendars(account: GoogleAccount) -> list[tuple[str, str]] | None:
    """The calendars whose events this account may read, the main one first; None when Google does not tell now."""
    query = {"maxResults": "250", "minAccessRole": "reader", "fields": "items(id,summary,summaryOverride,primary)"}
    try:
        items = account.get("users/me/calendarList", query).get("items", [])
    except (CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable):
        # The events were read: that counts, and the list can wait for another day.
        return None
    if not isinstance(items, list):
        return None
    rows = [
        (MAIN if item.get("primary") is True else str(item["id"])[:500], plain_text(_name_of(item), 200) or "Calendar")
        for item in items
        if isinstance(item, dict) and item.get("id")
    ]
    return sorted(rows, key=lambda row: (row[0] != MAIN, row[1].casefold()))[:MAX_CALENDARS_LISTED]


def _name_of(item: Mapping[str, Any]) -> Any:
    return item.get("summaryOverride") or item.get("summary")


def account_id(account: GoogleAccount) -> str:
    """Whose account this is: the id of its main calendar. Raises what a provider may raise."""
    found = account.get(f"users/me/calendarList/{MAIN}", {"fields": "id"}).get("id")
    if not isinstance(found, str) or not found:
        raise CalendarUnreadable(NOT_UNDERSTOOD)
    return found[:300]


def _events_of(item: Mapping[str, Any], zone: tzinfo, first: date, last: date) -> Iterator[RawEvent]:
    """One event of an item, or one for each day of an all-day item; nothing for what is cancelled, declined, broken."""
    start, end = item.get("start"), item.get("end")
    wanted = item.get("status") != "cancelled" and item.get("eventType") not in _NO_EVENTS and not _declined(item)
    if not wanted or not isinstance(start, dict) or not isinstance(end, dict) or not item.get("id"):
        return
    identity = str(item["id"])[:500]
    title, description = plain_text(item.get("summary"), 500), plain_text(item.get("description"), 4000)
    try:
        if "dateTime" in start:
            begins = _moment(start, zone)
            if first <= begins.astimezone(zone).date() <= last:
                ends = _moment(end, zone)
                yield RawEvent(identity, title, begins, ends if ends > begins else None, False, description)
            return
        begin = date.fromisoformat(str(start["date"]))
        final = max(begin, date.fromisoformat(str(end["date"])) - timedelta(days=1))
    except (ValueError, KeyError, OverflowError):
        return
    for offset in range(min((final - begin).days + 1, MAX_DAYS_PER_EVENT)):
        day = begin + timedelta(days=offset)
        if first <= day <= last:
            name = f"{identity}+{offset}" if final > begin else identity
            yield RawEvent(name, title, day, None, True, description)


def _declined(item: Mapping[str, Any]) -> bool:
    """Whether the athlete has said no to this invitation."""
    guests = item.get("attendees")
    return isinstance(guests, list) and any(
        isinstance(guest, dict) and guest.get("self") is True and guest.get("responseStatus") == "declined"
        for guest in guests
    )


def _moment(place: Mapping[str, Any], zone: tzinfo) -> datetime:
    moment = datetime.fromisoformat(str(place["dateTime"]))
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
