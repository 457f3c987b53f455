"""Calendars published as an iCalendar feed (`.ics`): TrainingPeaks, intervals.icu, Google's secret address, iCloud."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext

from athletes.child_process import ask_child
from athletes.sentences import in_words
from nutrition_site.kernel import http
from nutrition_site.kernel.errors import InvalidInput

from .asking import read_retry_after
from .protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext, FetchResult, RawEvent

READ_SECONDS = 20
LIMITS = http.FetchLimits(connect_seconds=5, read_seconds=8, total_seconds=15, max_bytes=8_000_000)
# More of them at a time than processors would only make each too slow for its limit.
_CHILDREN = threading.BoundedSemaphore(os.cpu_count() or 1)
_UNANSWERED = ("unreachable", "timeout")
# Told anew at every download by servers that write the file on request; they say nothing about an event.
_STAMP = re.compile(rb"^(?:DTSTAMP|CREATED|LAST-MODIFIED)[:;][^\r\n]*[\r\n]*", re.IGNORECASE | re.MULTILINE)


class IcalProvider:
    """Reads a feed by HTTP, conditionally, and its content in a process of its own (see `ical_reader`).

    A server's word that nothing changed (304) is taken; one that says so of a feed that did change is found out when
    the window moves, at the latest after a week, for then the file is asked for without a condition. Its word that
    something changed is not taken: a new ETag, or none, on the same content is no change, and other content under the
    same ETag is one.
    """

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        url = str(fields.get("url") or "")
        if not url:
            raise InvalidInput.of("url", gettext("This field is required."))
        try:
            http.check_url(_web_address(url), allow_private=allow_private_hosts)
        except http.FetchError as error:
            raise InvalidInput.of("url", in_words(error.message))
        return {"url": _web_address(url)}

    def label(self, credentials: Mapping[str, Any]) -> str:
        return (urlsplit(credentials["url"]).hostname or "")[:200]

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        return str(urlsplit(credentials["url"]).netloc).lower()[:255]

    def fetch(self, context: FetchContext) -> FetchResult:
        headers = {"accept": "text/calendar, */*;q=0.5"}
        # A window that has moved shows other occurrences of the same file, so the file is asked for again.
        window = f"{context.first_day} {context.last_day} {context.timezone}"
        if context.sync_state.get("window") == window:
            for name, header in (("etag", "if-none-match"), ("last_modified", "if-modified-since")):
                if context.sync_state.get(name):
                    headers[header] = str(context.sync_state[name])
        answer = _get(str(context.credentials["url"]), headers, context.allow_private_hosts)
        if answer.status == 304:
            if not headers.keys() & {"if-none-match", "if-modified-since"}:
                raise CalendarUnreadable(
                    "The calendar's server says that nothing changed, but we have not read it yet."
                )
            return FetchResult(None, dict(context.sync_state))
        state = {
            "window": window,
            "etag": _sane(answer.headers.get("etag")),
            "last_modified": _sane(answer.headers.get("last-modified")),
            "digest": hashlib.sha256(_STAMP.sub(b"", answer.body)).hexdigest(),
        }
        if (
            answer.body
            and state["digest"] == context.sync_state.get("digest")
            and window == context.sync_state["window"]
        ):
            return FetchResult(None, state)
        found = parse_calendar(answer.body, context)
        return FetchResult(found.events, state, name=found.name)


def _web_address(url: str) -> str:
    scheme, separator, rest = url.strip().partition("://")
    return f"https://{rest}" if separator and scheme.lower() in ("webcal", "webcals") else url.strip()


def _sane(value: str | None) -> str:
    return value if value and len(value) <= 300 and value.isprintable() else ""


def _get(url: str, headers: Mapping[str, str], allow_private: bool) -> http.Fetched:
    try:
        answer = http.fetch(url, allow_private=allow_private, headers=headers, limits=LIMITS)
    except http.FetchError as error:
        if error.kind in _UNANSWERED:
            raise CalendarUnreachable(error.message)
        raise CalendarUnreadable(error.message)
    if answer.status in (200, 304):
        return answer
    if answer.status in (401, 403):
        raise CalendarTokenExpired("The calendar's address is no longer open to us. Please connect it again.")
    if answer.status in (404, 410):
        raise CalendarUnreadable("There is no calendar at this address any more.")
    if answer.status == 429 or answer.status >= 500:
        raise CalendarUnreachable(
            f"The calendar's server has trouble (status {answer.status}).",
            retry_after_seconds=read_retry_after(answer.headers),
        )
    raise CalendarUnreadable(f"The calendar's server answers with status {answer.status}.")


@dataclass(frozen=True, slots=True)
class ParsedCalendar:
    """What a file holds: its occurrences in the window, and its own name, empty when it has none."""

    events: list[RawEvent]
    name: str = ""


def parse_calendar(content: bytes, context: FetchContext) -> ParsedCalendar:
    """What is in a file. Raises CalendarUnreadable within `READ_SECONDS`, whatever the file."""
    request = {
        "timezone": context.timezone,
        "first_day": context.first_day.isoformat(),
        "last_day": context.last_day.isoformat(),
    }
    with _CHILDREN:
        child = ask_child(
            module="athletes.calendars.ical_reader",
            content=json.dumps(request).encode() + b"\n" + content,
            seconds=READ_SECONDS,
        )
    if child.timed_out:
        raise CalendarUnreadable("The calendar takes too long to read.")
    if not child.finished:
        raise CalendarUnreadable("The calendar takes too much time or memory to read.")
    answer = json.loads(child.output)
    if "error" in answer:
        raise CalendarUnreadable(answer["error"])
    return ParsedCalendar([_raw_event(row) for row in answer["events"]], answer["name"])


def _raw_event(row: Mapping[str, Any]) -> RawEvent:
    starts = date.fromisoformat(row["starts_at"]) if row["all_day"] else datetime.fromisoformat(row["starts_at"])
    return RawEvent(
        external_id=row["external_id"],
        title=row["title"],
        starts_at=starts,
        ends_at=datetime.fromisoformat(row["ends_at"]) if row["ends_at"] else None,
        all_day=row["all_day"],
        description=row["description"],
        categories=tuple(row["categories"]),
    )
