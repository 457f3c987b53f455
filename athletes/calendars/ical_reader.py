"""Reading an iCalendar file from a stranger: a program of its own, with limits on time and memory.

Runs `main` in a process of its own, without Django. Standard input: one line of JSON (`timezone`,
`first_day`, `last_day`), then the file. Standard output: one JSON object, `{"name": "…", "events": […]}` or
`{"error": "…"}`.
A file can ask for endless work (a rule that repeats each second, a hundred thousand events, components inside
components); a process can be ended, a thread cannot.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

from athletes import child_process
from nutrition_site.kernel.itinerary import read_zone

from .ical_series import BAD_SERIES, Occurrence, occurrences_between
from .ical_text import CalendarText, Unreadable, iana_name, read_text, unescape, zone_name
from .plain import plain_text

# The reader gives up by itself after the first of these; the second ends the process whatever it is doing.
SOFT_CPU_SECONDS = 5.0
CPU_SECONDS = 10
MEMORY_BYTES = 1_000_000_000
MAX_OCCURRENCES = 5_000
NAME_CHARACTERS = 200
MAX_DAYS_PER_EVENT = 31
LONGEST_SESSION = timedelta(days=1)


def main() -> int:
    """Reads standard input, writes the answer. A file that is beyond us is an answer too, exit code 0."""
    limit_process()
    request = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(answer_request(sys.stdin.buffer.read(), request)))
    return 0


def answer_request(content: bytes, request: dict[str, str]) -> dict[str, Any]:
    """`{"name": "…", "events": […]}` or `{"error": "…"}`, whatever the file.

    `unexpected` names an error that nobody foresaw.
    """
    try:
        calendars = read_text(content)
        return {"name": own_name(calendars), "events": find_events(calendars, **request)}
    except Unreadable as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"error": "The calendar is too large or too deeply nested to be read."}
    except Exception as error:
        name = type(error).__name__
        return {"error": f"The calendar has a part that cannot be read ({name}).", "unexpected": name}


def limit_process() -> None:
    """Bounds the time and memory that this process may take from now on. For a process that only reads files."""
    child_process.limit_process(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES)
    with contextlib.suppress(AttributeError, ValueError, OSError):
        signal.signal(signal.SIGVTALRM, _give_up)
        # Again and again: a library may swallow the first.
        signal.setitimer(signal.ITIMER_VIRTUAL, SOFT_CPU_SECONDS, 0.2)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise Unreadable("The calendar takes too long to read.")


def read_events(content: bytes, *, timezone: str, first_day: str, last_day: str) -> list[dict[str, Any]]:
    """The occurrences of an iCalendar file, as `find_events` finds them. Raises Unreadable."""
    return find_events(read_text(content), timezone=timezone, first_day=first_day, last_day=last_day)


def own_name(calendars: list[CalendarText]) -> str:
    """What the first calendar of a file that has a name calls itself, on one line; "" when none has one."""
    names = (" ".join(plain_text(unescape(calendar.name), NAME_CHARACTERS).split()) for calendar in calendars)
    return next((name for name in names if name), "")


def find_events(calendars: list[CalendarText], *, timezone: str, first_day: str, last_day: str) -> list[dict[str, Any]]:
    """The occurrences on the local days `first_day` to `last_day`, both inclusive ISO dates.

    Each is `{external_id, title, description, categories, all_day, starts_at, ends_at}` with ISO 8601 text. Canceled
    occurrences are left out. Raises Unreadable.
    """
    zone = read_zone(timezone)
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    events = _without_canceled(calendars)
    # A day more on both sides: floating and all-day times are placed in the athlete's zone only afterwards.
    start = datetime.combine(first - timedelta(days=1), time.min, tzinfo=zone)
    stop = datetime.combine(last + timedelta(days=2), time.min, tzinfo=zone)
    found: dict[str, dict[str, Any]] = {}
    for occurrence in occurrences_between(events, zone, start, stop):
        with contextlib.suppress(*BAD_SERIES):
            for event in _events_of(occurrence, zone, first, last):
                found[event["external_id"]] = event
        if len(found) > MAX_OCCURRENCES:
            raise Unreadable(f"The calendar has more than {MAX_OCCURRENCES} events in its window.")
    return sorted(found.values(), key=lambda event: (event["starts_at"], event["external_id"]))


def _without_canceled(calendars: list[CalendarText]) -> list[Any]:
    """The events of all calendars of the file; what one with METHOD:CANCEL names is canceled in the others."""
    events: list[Any] = []
    canceled: set[tuple[str, str]] = set()
    for calendar in calendars:
        for event in _parsed(calendar):
            if calendar.method == "CANCEL":
                canceled.add((str(event.get("UID", "")), _planned_text(event)))
            else:
                events.append(event)
    for event in events:
        uid = str(event.get("UID", ""))
        if uid and ((uid, "") in canceled or (uid, _planned_text(event)) in canceled):
            event["STATUS"] = "CANCELLED"
    # One occurrence of a series that only its cancellation names.
    known = {(str(event.get("UID", "")), _planned_text(event)) for event in events}
    for calendar in calendars:
        if calendar.method == "CANCEL":
            for event in _parsed(calendar):
                name = (str(event.get("UID", "")), _planned_text(event))
                if name[1] and name not in known:
                    event["STATUS"] = "CANCELLED"
                    events.append(event)
    return events


def _planned_text(event: Any) -> str:
    with contextlib.suppress(*BAD_SERIES):
        moment = event["RECURRENCE-ID"].dt
        return str((moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment).isoformat())
    return ""


def _parsed(calendar: CalendarText) -> list[Any]:
    import icalendar
    from icalendar.timezone import tzp

    # The library remembers the zones of what it has read; they are for that calendar alone.
    tzp.use_default()
    try:
        parsed = icalendar.Calendar.from_ical(calendar.as_ical())
    except BAD_SERIES as error:
        zones = [zone for zone in calendar.zones if _is_readable(CalendarText(zones=[zone]))]
        events = [event for event in calendar.events if _is_readable(CalendarText(events=[event]))]
        if not events:
            raise Unreadable(f"The file is not a valid calendar ({_short(error)}).")
        tzp.use_default()
        parsed = icalendar.Calendar.from_ical(CalendarText(zones=zones, events=events).as_ical())
    name = iana_name(calendar.zone_name) or zone_name(calendar.zone_name) if calendar.zone_name else None
    if name is not None:
        import x_wr_timezone

        with contextlib.suppress(*BAD_SERIES):
            parsed = x_wr_timezone.to_standard(parsed, timezone=ZoneInfo(name))
    return list(parsed.walk("VEVENT"))


def _is_readable(part: CalendarText) -> bool:
    import icalendar

    try:
        icalendar.Calendar.from_ical(part.as_ical())
    except BAD_SERIES:
        return False
    return True


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:80] if text.isprintable() else type(error).__name__


def _events_of(occurrence: Occurrence, zone: tzinfo, first: date, last: date) -> Iterator[dict[str, Any]]:
    """One event of an occurrence, or one for each local day where it is all-day or longer than a day."""
    component, begin, end = occurrence.component, occurrence.begin, occurrence.end
    identity = _identity(occurrence)
    common = {
        "title": _text(component.get("SUMMARY"), 500),
        "description": _text(component.get("DESCRIPTION"), 4000),
        "categories": _categories(component),
    }
    if not isinstance(begin, datetime):
        final = end - timedelta(days=1) if end is not None else begin
        yield from _by_day(identity, common, begin, final, first, last)
        return
    local = begin.astimezone(zone)
    if isinstance(end, datetime) and _is_longer_than_a_session(local, end.astimezone(zone)):
        final = (end.astimezone(UTC) - timedelta(seconds=1)).astimezone(zone).date()
        yield from _by_day(identity, common, local.date(), final, first, last)
    elif first <= local.date() <= last:
        yield {
            **common,
            "external_id": identity,
            "all_day": False,
            "starts_at": begin.astimezone(UTC).isoformat(),
            "ends_at": end.astimezone(UTC).isoformat() if isinstance(end, datetime) else None,
        }


def _is_longer_than_a_session(begin: datetime, end: datetime) -> bool:
    """Longer than a day by the clock on the wall and by the one in the pocket: a race of 24 hours stays one session on
    the nights on which the clocks change.
    """
    by_the_wall = end.replace(tzinfo=None) - begin.replace(tzinfo=None)
    return min(by_the_wall, end.astimezone(UTC) - begin.astimezone(UTC)) > LONGEST_SESSION


def _by_day(
    identity: str, common: dict[str, Any], begin: date, final: date, first: date, last: date
) -> Iterator[dict[str, Any]]:
    several = final > begin
    for offset in range(min((final - begin).days + 1, MAX_DAYS_PER_EVENT)):
        day = begin + timedelta(days=offset)
        if first <= day <= last:
            name = f"{identity}+{offset}" if several else identity
            yield {**common, "external_id": name, "all_day": True, "starts_at": day.isoformat(), "ends_at": None}


def _identity(occurrence: Occurrence) -> str:
    """UID, and for one occurrence of a series the time it was planned for at first: it may move and stay itself."""
    uid, planned = occurrence.uid, occurrence.planned
    if planned is not None:
        if isinstance(planned, datetime) and planned.tzinfo is not None:
            planned = planned.astimezone(UTC)
        uid = f"{uid}#{planned.isoformat()}"
    return uid if len(uid) <= 500 else hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()


def _categories(component: Any) -> list[str]:
    raw = component.get("CATEGORIES")
    groups = raw if isinstance(raw, list) else [raw] if raw is not None else []
    return [_text(word, 80) for group in groups for word in getattr(group, "cats", [group])][:20]


def _text(value: Any, limit: int) -> str:
    """Plain text without control characters but line breaks; a list (a property given twice) gives its first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return plain_text("" if value is None else str(value), limit)
