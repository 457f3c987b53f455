"""Google Calendar with an OAuth access token: one `events.list` of the primary calendar, occurrences expanded there.

Calendar API v3, `events.list` with `singleEvents=true`; https://developers.google.com/calendar/api/v3/reference/events
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx

from nutrition_site.kernel import http
from nutrition_site.kernel.errors import InvalidInput

from .protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext, FetchResult, RawEvent

MAX_PAGES = 4
PAGE_SIZE = 2500
MAX_EVENTS = 5_000
MAX_DAYS_PER_EVENT = 31
LIMITS = http.FetchLimits(connect_seconds=5, read_seconds=8, total_seconds=10, max_bytes=8_000_000)
# Google's own entries that are no events of the athlete.
_NO_EVENTS = frozenset({"birthday", "workingLocation", "focusTime"})

# A 403 with one of these reasons passes by itself; any other means that the token lacks the right.
_TOO_OFTEN = (b"rateLimitExceeded", b"userRateLimitExceeded", b"quotaExceeded")


class GoogleCalendarProvider:
    """Reads the primary calendar. A refused token is permanent: only the athlete can give another."""

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        token = str(fields.get("oauth_token") or "")
        if not token:
            raise InvalidInput.of("oauth_token", "This field is required.")
        if len(token) > 4096 or not token.isascii() or not token.isprintable() or " " in token:
            raise InvalidInput.of("oauth_token", "This is not an OAuth token.")
        return {"oauth_token": token}

    def label(self, credentials: Mapping[str, Any]) -> str:
        return "Google Calendar"

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        return urlsplit(options["base_url"]).netloc.lower()

    def fetch(self, context: FetchContext) -> FetchResult:
        zone = ZoneInfo(context.timezone)
        found: dict[str, RawEvent] = {}
        for item in self._items(context, zone):
            for event in _events_of(item, zone, context.first_day, context.last_day):
                found[event.external_id] = event
            if len(found) > MAX_EVENTS:
                raise CalendarUnreadable(f"The calendar has more than {MAX_EVENTS} events in its window.")
        return FetchResult(list(found.values()), {})

    def _items(self, context: FetchContext, zone: ZoneInfo) -> Iterator[Mapping[str, Any]]:
        query = {
            "singleEvents": "true",
            "maxResults": str(PAGE_SIZE),
            "timeZone": context.timezone,
            "timeMin": datetime.combine(context.first_day, time.min, tzinfo=zone).isoformat(),
            "timeMax": datetime.combine(context.last_day + timedelta(days=1), time.min, tzinfo=zone).isoformat(),
        }
        for _ in range(MAX_PAGES):
            page = self._page(context, query)
            items = page.get("items", [])
            if not isinstance(items, list):
                raise CalendarUnreadable("Google Calendar answered in a way that is not understood.")
            yield from (item for item in items if isinstance(item, dict))
            following = page.get("nextPageToken")
            if not following:
                return
            query["pageToken"] = str(following)
        raise CalendarUnreadable("The calendar has too many events to read.")

    def _page(self, context: FetchContext, query: Mapping[str, str]) -> Mapping[str, Any]:
        base = context.options["base_url"].rstrip("/")
        url = f"{base}/calendars/primary/events?{httpx.QueryParams(dict(query))}"
        headers = {"authorization": f"Bearer {context.credentials['oauth_token']}", "accept": "application/json"}
        try:
            # The base address is the operator's word, not the athlete's: it may be a stand-in on a private host.
            answer = http.fetch(url, allow_private=True, headers=headers, limits=LIMITS)
        except http.FetchError as error:
            if error.kind in ("unreachable", "timeout"):
                raise CalendarUnreachable(error.message)
            raise CalendarUnreadable(error.message)
        hurried = answer.status == 403 and any(word in answer.body for word in _TOO_OFTEN)
        if answer.status in (401, 403) and not hurried:
            raise CalendarTokenExpired("Google no longer accepts this connection. Please connect the calendar again.")
        if answer.status != 200:
            raise CalendarUnreachable(f"Google Calendar has trouble (status {answer.status}).")
        try:
            page = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise CalendarUnreadable("Google Calendar answered in a way that is not understood.")
        if not isinstance(page, dict):
            raise CalendarUnreadable("Google Calendar answered in a way that is not understood.")
        return page


def _events_of(item: Mapping[str, Any], zone: ZoneInfo, first: date, last: date) -> Iterator[RawEvent]:
    """One event of an item, or one for each day of an all-day item; nothing for cancelled or broken items."""
    start, end = item.get("start"), item.get("end")
    wanted = item.get("status") != "cancelled" and item.get("eventType") not in _NO_EVENTS
    if not wanted or not isinstance(start, dict) or not isinstance(end, dict) or not item.get("id"):
        return
    identity = str(item["id"])[:500]
    title, description = _text(item.get("summary"), 500), _text(item.get("description"), 4000)
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


def _moment(place: Mapping[str, Any], zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(str(place["dateTime"]))
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _text(value: Any, limit: int) -> str:
    text = value if isinstance(value, str) else ""
    return "".join(mark for mark in text if mark in "\n\t" or mark.isprintable() or ord(mark) > 0x9F)[:limit].strip()
