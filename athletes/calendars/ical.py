"""Calendars published as an iCalendar feed (`.ics`): TrainingPeaks, intervals.icu, Google's secret address, iCloud."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from nutrition_site.kernel import http
from nutrition_site.kernel.errors import InvalidInput

from .protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable, FetchContext, FetchResult, RawEvent

READ_SECONDS = 20
LIMITS = http.FetchLimits(connect_seconds=5, read_seconds=8, total_seconds=15, max_bytes=8_000_000)
_PROJECT = Path(__file__).resolve().parents[2]
_UNANSWERED = ("unreachable", "timeout")


class IcalProvider:
    """Reads a feed by HTTP, conditionally, and its content in a process of its own (see `ical_reader`)."""

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        url = str(fields.get("url") or "")
        if not url:
            raise InvalidInput.of("url", "This field is required.")
        try:
            http.check_url(_web_address(url), allow_private=allow_private_hosts)
        except http.FetchError as error:
            raise InvalidInput.of("url", error.message)
        return {"url": _web_address(url)}

    def label(self, credentials: Mapping[str, Any]) -> str:
        return (urlsplit(credentials["url"]).hostname or "")[:200]

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        return urlsplit(credentials["url"]).netloc.lower()[:255]

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
            return FetchResult(None, dict(context.sync_state))
        state = {
            "window": window,
            "etag": _sane(answer.headers.get("etag")),
            "last_modified": _sane(answer.headers.get("last-modified")),
        }
        return FetchResult(parse_calendar(answer.body, context), state)


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
        raise CalendarUnreachable(f"The calendar's server has trouble (status {answer.status}).")
    raise CalendarUnreadable(f"The calendar's server answers with status {answer.status}.")


def parse_calendar(content: bytes, context: FetchContext) -> list[RawEvent]:
    """The occurrences of a file in the window. Raises CalendarUnreadable within `READ_SECONDS`, whatever the file."""
    request = {
        "timezone": context.timezone,
        "first_day": context.first_day.isoformat(),
        "last_day": context.last_day.isoformat(),
    }
    try:
        # No environment but what the loader needs: a file that finds a hole in the parser finds no secret there.
        child = subprocess.run(
            [sys.executable, "-m", "athletes.calendars.ical_reader"],
            input=json.dumps(request).encode() + b"\n" + content,
            capture_output=True,
            timeout=READ_SECONDS,
            cwd=_PROJECT,
            env={"PYTHONPATH": str(_PROJECT), "PYTHONIOENCODING": "utf-8", **_loader_environment()},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CalendarUnreadable("The calendar takes too long to read.")
    if child.returncode:
        raise CalendarUnreadable("The calendar takes too much time or memory to read.")
    answer = json.loads(child.stdout)
    if "error" in answer:
        raise CalendarUnreadable(answer["error"])
    return [_raw_event(row) for row in answer["events"]]


def _loader_environment() -> dict[str, str]:
    names = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in names if name in os.environ}


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
