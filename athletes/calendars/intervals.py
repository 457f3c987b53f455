"""Intervals.icu: planned events and completed activities, with an API key or an OAuth token.

API v1, `GET /athlete/{id}/events` and `/athlete/{id}/activities`; https://intervals.icu/api-docs.html and
https://forum.intervals.icu/t/609. Times without a zone are the athlete's; intensities are in percent; what came there
from Strava is an empty stub that may not be passed on, so it is no session here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext

from nutrition_site.kernel import http
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.itinerary import read_zone

from .asking import Asker
from .intervals_words import CATEGORIES, NO_EVENTS, SPORTS
from .plain import plain_text
from .protocol import CalendarTokenExpired, CalendarUnreadable, FetchContext, FetchResult, RawEvent, RawSession

TOTAL_SECONDS = 35.0
LIMITS = http.FetchLimits(connect_seconds=5, read_seconds=8, total_seconds=15, max_bytes=8_000_000)
MAX_EVENTS = 5_000
MAX_SESSIONS = 2_000
MAX_DAYS_PER_EVENT = 31
# Devices upload late, and athletes write their effort in later still.
DAYS_READ_AGAIN = 3
_ATHLETE = re.compile(r"(?:0|i?[0-9]{1,18})")
_TOKEN = re.compile(r"[\x21-\x7e]{8,4096}")
_ACTIVITY_FIELDS = (
    *("id", "start_date", "start_date_local", "type", "name", "source", "moving_time", "elapsed_time", "distance"),
    *("total_elevation_gain", "icu_average_watts", "icu_weighted_avg_watts", "average_heartrate", "max_heartrate"),
    *("calories", "icu_joules", "icu_training_load", "icu_intensity", "icu_rpe", "perceived_exertion", "device_name"),
    "paired_event_id",
)


class IntervalsProvider:
    """Reads the calendar and the activities of one athlete."""

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        given = {name: str(fields.get(name) or "").strip() for name in ("api_key", "oauth_token", "athlete_id")}
        if not given["api_key"] and not given["oauth_token"]:
            raise InvalidInput.of("api_key", gettext("This field is required."))
        for name in ("api_key", "oauth_token"):
            if given[name] and not _TOKEN.fullmatch(given[name]):
                raise InvalidInput.of(name, gettext("This is not a key of Intervals.icu."))
        athlete = given["athlete_id"] or "0"
        if not _ATHLETE.fullmatch(athlete):
            raise InvalidInput.of(
                "athlete_id", gettext("This is not an athlete's id of Intervals.icu, such as i12345.")
            )
        secret = "oauth_token" if given["oauth_token"] else "api_key"
        return {secret: given[secret], "athlete_id": athlete}

    def label(self, credentials: Mapping[str, Any]) -> str:
        athlete = str(credentials["athlete_id"])
        return "Intervals.icu" if athlete == "0" else f"Intervals.icu {athlete}"

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        return urlsplit(options["base_url"]).netloc.lower()

    def fetch(self, context: FetchContext) -> FetchResult:
        server = _Server(context)
        zone = read_zone(context.timezone)
        state = context.sync_state
        window = f"{context.first_day} {context.last_day} {context.timezone}"
        fresh = state.get("window") != window
        rows, etag = server.events(str(state.get("events_etag") or "") if not fresh else "")
        # The day's full look at the activities finds what was uploaded late or edited; in between the last days do.
        day = today(context.timezone)
        full = state.get("day") != day.isoformat()
        since = context.first_day if full else max(context.first_day, day - timedelta(days=DAYS_READ_AGAIN))
        sessions = _sessions_of(server.activities(since), zone)
        known = state.get("sessions")
        before: Mapping[str, Any] = known if isinstance(known, dict) else {}
        seen = {session.external_id: _digest(session) for session in sessions}
        following = {
            "window": window,
            "events_etag": etag,
            "events": state.get("events", ""),
            "day": day.isoformat(),
            "sessions": seen if full else {**before, **seen},
        }
        news = [session for session in sessions if before.get(session.external_id) != seen[session.external_id]]
        if rows is None:
            return FetchResult(None, following, sessions=news)
        events = _events_of(rows, zone, context.first_day, context.last_day)
        # Not the answer's bytes: fitness and form of days to come are in it, and they change by themselves.
        following["events"] = _digest((window, events))
        same = following["events"] == state.get("events")
        return FetchResult(None if same else events, following, sessions=news)


class _Server:
    """The two questions. Raises what providers raise."""

    def __init__(self, context: FetchContext) -> None:
        credentials = context.credentials
        if credentials.get("oauth_token"):
            secret = f"Bearer {credentials['oauth_token']}"
        else:
            pair = f"API_KEY:{credentials['api_key']}".encode()
            secret = f"Basic {base64.b64encode(pair).decode('ascii')}"
        headers = {"authorization": secret, "accept": "application/json"}
        # The base address is the operator's word, not the athlete's: it may be a stand-in on a private host.
        self._asker = Asker("Intervals.icu", headers, True, LIMITS, TOTAL_SECONDS)
        self._base = f"{context.options['base_url'].rstrip('/')}/athlete/{credentials['athlete_id']}"
        self._context = context

    def events(self, etag: str) -> tuple[list[Any] | None, str]:
        """The calendar's rows, None when it still has this ETag; and its ETag now."""
        span = {"oldest": self._context.first_day.isoformat(), "newest": self._context.last_day.isoformat()}
        url = f"{self._base}/events?{urlencode(span)}"
        answer = self._asker.ask("GET", url, headers={"if-none-match": etag} if etag else {})
        if answer.status == 304 and etag:
            return None, etag
        said = answer.headers.get("etag", "")
        return _rows(answer, MAX_EVENTS), said if len(said) <= 300 and said.isprintable() else ""

    def activities(self, since: date) -> list[Any]:
        """The rows of what was done from a day on."""
        newest = today(self._context.timezone) + timedelta(days=1)
        span = {"oldest": since.isoformat(), "newest": newest.isoformat(), "fields": ",".join(_ACTIVITY_FIELDS)}
        return _rows(self._asker.ask("GET", f"{self._base}/activities?{urlencode(span)}"), MAX_SESSIONS)


def _rows(answer: http.Fetched, most: int) -> list[Any]:
    if answer.status in (401, 403):
        raise CalendarTokenExpired("Intervals.icu no longer accepts this connection. Please connect it again.")
    if answer.status == 404:
        raise CalendarUnreadable("Intervals.icu does not know this athlete.")
    if answer.status != 200:
        raise CalendarUnreadable(f"Intervals.icu answers with status {answer.status}.")
    try:
        rows = json.loads(answer.body)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise CalendarUnreadable("Intervals.icu answered in a way that is not understood.")
    if len(rows) > most:
        raise CalendarUnreadable(f"Intervals.icu names more than {most} entries.")
    return [row for row in rows if isinstance(row, dict)]


def _events_of(rows: list[Any], zone: tzinfo, first: date, last: date) -> list[RawEvent]:
    found: dict[str, RawEvent] = {}
    for row in rows:
        for event in _events_of_row(row, zone, first, last):
            found[event.external_id] = event
    if len(found) > MAX_EVENTS:
        raise CalendarUnreadable(f"The calendar has more than {MAX_EVENTS} events in its window.")
    return sorted(found.values(), key=lambda event: event.external_id)


def _events_of_row(row: Mapping[str, Any], zone: tzinfo, first: date, last: date) -> Iterator[RawEvent]:
    """One event of a row, or one for each day of a holiday; nothing for a row that is broken or no event."""
    identity = _identity(row)
    category = str(row.get("category") or "").upper()
    begin = _local(row.get("start_date_local"))
    if not identity or begin is None or category in NO_EVENTS:
        return
    kind = CATEGORIES.get(category)
    title, description = plain_text(row.get("name"), 500), plain_text(row.get("description"), 4000)
    if kind not in ("workout", "race"):
        final = _local(row.get("end_date_local"))
        days = max(1, (final - begin).days) if final is not None else 1
        for offset in range(min(days, MAX_DAYS_PER_EVENT)):
            day = begin.date() + timedelta(days=offset)
            if first <= day <= last:
                name = f"{identity}+{offset}" if days > 1 else identity
                yield RawEvent(name, title, day, None, True, description, stated={"type": kind} if kind else {})
        return
    if not first <= begin.date() <= last:
        return
    stated = {name: value for name, value in _stated(row, kind).items() if value is not None}
    # A session without a time of day is stored as one at midnight.
    if begin.time() == datetime.min.time():
        yield RawEvent(identity, title, begin.date(), None, True, description, stated=stated)
        return
    starts = begin.replace(tzinfo=zone).astimezone(UTC)
    minutes = stated.get("duration_minutes")
    ends = starts + timedelta(minutes=minutes) if minutes else None
    yield RawEvent(identity, title, starts, ends, False, description, stated=stated)


def _stated(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What a planned session says in fields of its own, in the units of a training event; None is unsaid."""
    said = {
        "sport": SPORTS.get(str(row.get("type") or "")),
        "duration_minutes": _number(row.get("moving_time"), 60, low=1 / 60),
        "distance_km": _number(row.get("distance"), 1000, low=0.01),
        "tss": _number(row.get("icu_training_load"), 1, low=0.1),
        "intensity_factor": _number(row.get("icu_intensity"), 100, low=0.01),
    }
    # A workout that says nothing but its name may be a day of rest that somebody wrote down as one.
    empty = kind == "workout" and all(value is None for value in said.values())
    return {"type": None if empty else kind, **said}


def _sessions_of(rows: list[Any], zone: tzinfo) -> list[RawSession]:
    found = {}
    for row in rows:
        session = _session_of(row, zone)
        if session is not None:
            found[session.external_id] = session
    return list(found.values())


def _session_of(row: Mapping[str, Any], zone: tzinfo) -> RawSession | None:
    """A completed session; None for a stub, or for what names no start or no length."""
    identity = _identity(row)
    minutes = _number(row.get("moving_time"), 60, low=1 / 60)
    elapsed = _number(row.get("elapsed_time"), 60, low=1 / 60)
    starts = _utc(row.get("start_date")) or _placed(row.get("start_date_local"), zone)
    length = minutes if minutes is not None else elapsed
    if not identity or starts is None or length is None:
        return None
    rpe = _number(row.get("icu_rpe"), 1, low=1)
    return RawSession(
        external_id=identity,
        starts_at=starts,
        duration_minutes=length,
        title=plain_text(row.get("name"), 500),
        sport=SPORTS.get(str(row.get("type") or ""), ""),
        elapsed_minutes=elapsed,
        distance_km=_number(row.get("distance"), 1000, low=0.001),
        ascent_m=_number(row.get("total_elevation_gain"), 1),
        avg_power_w=_number(row.get("icu_average_watts"), 1, low=1),
        normalized_power_w=_number(row.get("icu_weighted_avg_watts"), 1, low=1),
        avg_hr=_number(row.get("average_heartrate"), 1, low=20),
        max_hr=_number(row.get("max_heartrate"), 1, low=20),
        work_kj=_number(row.get("icu_joules"), 1000, low=0.001),
        device_kcal=_number(row.get("calories"), 1, low=1),
        tss=_number(row.get("icu_training_load"), 1),
        intensity_factor=_number(row.get("icu_intensity"), 100, low=0.01),
        rpe=rpe if rpe is not None else _number(row.get("perceived_exertion"), 1, low=1),
        device=plain_text(row.get("device_name"), 120),
        planned_id=_identity({"id": row.get("paired_event_id")}),
    )


def _identity(row: Mapping[str, Any]) -> str:
    value = row.get("id")
    named = isinstance(value, int | str) and not isinstance(value, bool) and str(value).isprintable()
    return str(value)[:80].strip() if named else ""


def _number(value: Any, divisor: float, *, low: float = 0.0) -> float | None:
    """A number in our unit; None for none, for what is not finite, and below what can be meant."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        return None
    number = round(value / divisor, 3)
    return number if number >= round(low, 3) else None


def _local(value: Any) -> datetime | None:
    """A local time without a zone; a zone that is there by mistake means nothing."""
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None


def _placed(value: Any, zone: tzinfo) -> datetime | None:
    moment = _local(value)
    try:
        return moment.replace(tzinfo=zone).astimezone(UTC) if moment is not None else None
    except OverflowError:
        return None


def _utc(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
