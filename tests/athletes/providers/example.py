"""The smallest calendar provider that keeps the whole contract: a training diary published as JSON.

`{"sessions": [{"id", "title", "start", "minutes", "note"}]}`; `start` is a date or a moment with its offset. Nothing
but a line of `CALENDAR_PROVIDERS` tells the product about it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from athletes.calendars.asking import read_retry_after
from athletes.calendars.protocol import (
    CalendarTokenExpired,
    CalendarUnreachable,
    CalendarUnreadable,
    FetchContext,
    FetchResult,
    RawEvent,
)
from nutrition_site.kernel import http
from nutrition_site.kernel.errors import InvalidInput

LIMITS = http.FetchLimits(total_seconds=10)


class ExampleProvider:
    """Reads a diary, conditionally."""

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        url = str(fields.get("url") or "")
        try:
            http.check_url(url, allow_private=allow_private_hosts)
        except http.FetchError as error:
            raise InvalidInput.of("url", error.message)
        return {"url": url}

    def label(self, credentials: Mapping[str, Any]) -> str:
        return "Training diary"

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        return urlsplit(credentials["url"]).netloc

    def fetch(self, context: FetchContext) -> FetchResult:
        window = f"{context.first_day} {context.last_day} {context.timezone}"
        known = context.sync_state.get("etag") if context.sync_state.get("window") == window else None
        headers = {"if-none-match": str(known)} if known else {}
        try:
            answer = http.fetch(
                context.credentials["url"], allow_private=context.allow_private_hosts, headers=headers, limits=LIMITS
            )
        except http.FetchError as error:
            raise CalendarUnreachable(error.message)
        if answer.status == 304:
            return FetchResult(None, context.sync_state)
        if answer.status in (401, 403):
            raise CalendarTokenExpired()
        if answer.status != 200:
            raise CalendarUnreachable(retry_after_seconds=read_retry_after(answer.headers))
        try:
            events = [_event(row) for row in json.loads(answer.body)["sessions"]]
        except (ValueError, KeyError, TypeError):
            raise CalendarUnreadable()
        zone = ZoneInfo(context.timezone)
        shown = [event for event in events if context.first_day <= _day(event, zone) <= context.last_day]
        return FetchResult(shown, {"window": window, "etag": answer.headers.get("etag", "")})


def _event(row: Mapping[str, Any]) -> RawEvent:
    if len(row["start"]) == len("2026-01-31"):
        return RawEvent(row["id"], row["title"], date.fromisoformat(row["start"]), all_day=True)
    starts_at = datetime.fromisoformat(row["start"])
    return RawEvent(row["id"], row["title"], starts_at, starts_at + timedelta(minutes=row["minutes"]))


def _day(event: RawEvent, zone: ZoneInfo) -> date:
    return event.starts_at.astimezone(zone).date() if isinstance(event.starts_at, datetime) else event.starts_at
