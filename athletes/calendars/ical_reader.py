"""Reading an iCalendar file from a stranger: a program of its own, with limits on time and memory.

Runs as `python -m athletes.calendars.ical_reader` without Django. Standard input: one line of JSON (`timezone`,
`first_day`, `last_day`), then the file. Standard output: one JSON object, `{"events": […]}` or `{"error": "…"}`.
A file can ask for endless work (a rule that repeats each second, a hundred thousand events, components inside
components); a process can be ended, a thread cannot.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

CPU_SECONDS = 10
MEMORY_BYTES = 1_000_000_000
MAX_COMPONENTS = 20_000
MAX_DEPTH = 5
MAX_OCCURRENCES = 5_000
MAX_DAYS_PER_EVENT = 31
LONGEST_SESSION = timedelta(days=1)
# What the recurrence library raises on events that contradict themselves.
_BAD_SERIES = (ValueError, TypeError, KeyError, AttributeError, OverflowError)


class Unreadable(Exception):
    """Why the file cannot be used, in words for the athlete."""


def main() -> int:
    """Reads standard input, writes the answer. A file that is beyond us is an answer too, exit code 0."""
    _limit_process()
    request = json.loads(sys.stdin.buffer.readline())
    try:
        answer: dict[str, Any] = {"events": read_events(sys.stdin.buffer.read(), **request)}
    except Unreadable as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": "The calendar is too large or too deeply nested to be read."}
    except Exception as error:
        answer = {"error": f"The calendar has a part that cannot be read ({type(error).__name__})."}
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit_process() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def read_events(content: bytes, *, timezone: str, first_day: str, last_day: str) -> list[dict[str, Any]]:
    """The occurrences of an iCalendar file on the local days `first_day` to `last_day`, both inclusive ISO dates.

    Each is `{external_id, title, description, categories, all_day, starts_at, ends_at}` with ISO 8601 text. Cancelled
    occurrences are left out. Raises Unreadable.
    """
    import icalendar

    check_shape(content)
    zone = ZoneInfo(timezone)
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    try:
        calendars = icalendar.Calendar.from_ical(content, multiple=True)
    except ValueError as error:
        raise Unreadable(f"The file is not a valid calendar ({_short(error)}).")
    # A day more on both sides: floating and all-day times are placed in the athlete's zone only afterwards.
    start = datetime.combine(first - timedelta(days=1), time.min, tzinfo=zone)
    stop = datetime.combine(last + timedelta(days=2), time.min, tzinfo=zone)
    found: dict[str, dict[str, Any]] = {}
    for calendar in calendars:
        _part_false_twins(calendar)
        repeating = _repeating(calendar)
        for series in _series_of(calendar):
            with contextlib.suppress(*_BAD_SERIES):
                for occurrence in series.between(start, stop):
                    for event in _events_of(occurrence.as_component(False), repeating, zone, first, last):
                        found[event["external_id"]] = event
                        if len(found) > MAX_OCCURRENCES:
                            raise Unreadable(f"The calendar has more than {MAX_OCCURRENCES} events in its window.")
    return sorted(found.values(), key=lambda event: (event["starts_at"], event["external_id"]))


def check_shape(content: bytes) -> None:
    """Raises Unreadable for what is no calendar, or one that is too big to start on. Costs one pass over the bytes."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.upper().startswith(b"BEGIN:VCALENDAR"):
        if head[:1] == b"<":
            raise Unreadable("The address answers with a web page, not a calendar. Is it the secret address?")
        raise Unreadable("The address does not answer with a calendar." if head else "The calendar file is empty.")
    components = depth = 0
    for line in content.splitlines():
        start = line[:6].upper()
        if start == b"BEGIN:":
            components += 1
            depth += 1
            if components > MAX_COMPONENTS:
                raise Unreadable(f"The calendar has more than {MAX_COMPONENTS} entries.")
            if depth > MAX_DEPTH:
                raise Unreadable("The calendar is nested too deeply.")
        elif start.startswith(b"END:"):
            depth -= 1
    if b"END:VCALENDAR" not in content[-4096:].upper():
        raise Unreadable("The calendar file is cut off.")


def _series_of(calendar: Any) -> list[Any]:
    """The series of a calendar; an event that cannot be understood takes only its own series with it."""
    import recurring_ical_events
    import x_wr_timezone

    with contextlib.suppress(*_BAD_SERIES):
        calendar = x_wr_timezone.to_standard(calendar)
    events: dict[str, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        if _when(event, "DTSTART"):
            events.setdefault(str(event["UID"]), []).append(event)
            _refuse_endless(event)
    calendar.subcomponents = [part for part in calendar.subcomponents if part.name != "VEVENT"]
    others = list(calendar.subcomponents)
    found: list[Any] = []
    for same in events.values():
        calendar.subcomponents = [*others, *same]
        with contextlib.suppress(*_BAD_SERIES):
            found.extend(recurring_ical_events.CalendarQuery(calendar, skip_bad_series=True).series)
    return found


def _refuse_endless(event: Any) -> None:
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = "".join(str(word) for word in rule.get("FREQ", ())).upper() if isinstance(rule, dict) else ""
        if frequency in ("SECONDLY", "MINUTELY"):
            raise Unreadable("The calendar has an event that repeats every second or minute.")


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:80] if text.isprintable() else type(error).__name__


def _part_false_twins(calendar: Any) -> None:
    """Tells apart events that share a UID by mistake: same sequence, no RECURRENCE-ID, other start.

    Careless exporters give a whole season one UID; read strictly, all but one of its events would vanish.
    """
    starts: dict[tuple[str, str], list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        if "UID" not in event:
            words = f"{event.get('SUMMARY', '')}|{_when(event, 'DTSTART')}"
            event.add("UID", "none-" + hashlib.sha256(words.encode()).hexdigest()[:24])
        if "RECURRENCE-ID" not in event:
            starts.setdefault((str(event["UID"]), str(event.get("SEQUENCE", 0))), []).append(event)
    for (uid, _), events in starts.items():
        if len(events) > 1:
            for event in events:
                event["UID"] = f"{uid}~{_when(event, 'DTSTART')}"


def _when(event: Any, name: str) -> str:
    moment = None
    with contextlib.suppress(*_BAD_SERIES):
        moment = event.get(name).dt
    return moment.isoformat() if isinstance(moment, date) else ""


def _events_of(
    component: Any, repeating: set[str], zone: ZoneInfo, first: date, last: date
) -> Iterator[dict[str, Any]]:
    """One event of an occurrence, or one for each local day where it is all-day or longer than a day."""
    if str(component.get("STATUS", "")).upper() == "CANCELLED" or "DTSTART" not in component:
        return
    begin, end = component.start, component.end
    identity = _identity(component, repeating)
    common = {
        "title": _text(component.get("SUMMARY"), 500),
        "description": _text(component.get("DESCRIPTION"), 4000),
        "categories": _categories(component),
    }
    if not isinstance(begin, datetime):
        final = (end - timedelta(days=1)) if isinstance(end, date) and end > begin else begin
        yield from _by_day(identity, common, begin, final, first, last)
        return
    begin, end = _aware(begin, zone), _aware(end, zone) if isinstance(end, datetime) else None
    local = begin.astimezone(zone)
    if end is not None and end - begin > LONGEST_SESSION:
        final = (end - timedelta(seconds=1)).astimezone(zone).date()
        yield from _by_day(identity, common, local.date(), final, first, last)
    elif first <= local.date() <= last:
        stop = end if end is not None and end > begin else None
        yield {
            **common,
            "external_id": identity,
            "all_day": False,
            "starts_at": begin.astimezone(UTC).isoformat(),
            "ends_at": stop.astimezone(UTC).isoformat() if stop else None,
        }


def _by_day(
    identity: str, common: dict[str, Any], begin: date, final: date, first: date, last: date
) -> Iterator[dict[str, Any]]:
    several = final > begin
    for offset in range(min((final - begin).days + 1, MAX_DAYS_PER_EVENT)):
        day = begin + timedelta(days=offset)
        if first <= day <= last:
            name = f"{identity}+{offset}" if several else identity
            yield {**common, "external_id": name, "all_day": True, "starts_at": day.isoformat(), "ends_at": None}


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    """A floating time is the athlete's; so is one whose zone nobody could resolve."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def _repeating(calendar: Any) -> set[str]:
    marks = ("RRULE", "RDATE", "RECURRENCE-ID")
    return {str(event["UID"]) for event in calendar.walk("VEVENT") if any(mark in event for mark in marks)}


def _identity(component: Any, repeating: set[str]) -> str:
    """UID, and for one occurrence of a series the time it was planned for at first: it may move and stay itself."""
    uid = str(component["UID"])
    planned = component.get("RECURRENCE-ID")
    if planned is not None and uid in repeating:
        moment = planned.dt
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        uid = f"{uid}#{moment.isoformat()}"
    return uid if len(uid) <= 500 else hashlib.sha256(uid.encode()).hexdigest()


def _categories(component: Any) -> list[str]:
    raw = component.get("CATEGORIES")
    groups = raw if isinstance(raw, list) else [raw] if raw is not None else []
    return [_text(word, 80) for group in groups for word in getattr(group, "cats", [group])][:20]


def _text(value: Any, limit: int) -> str:
    """Plain text without control characters but line breaks; a list (a property given twice) gives its first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    text = "" if value is None else str(value)
    return "".join(mark for mark in text if mark in "\n\t" or mark.isprintable() or ord(mark) > 0x9F)[:limit].strip()


if __name__ == "__main__":
    sys.exit(main())
