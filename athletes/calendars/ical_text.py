"""From the bytes of an iCalendar file to the few lines that say when and what: bounded, balanced and decoded.

Files in the wild are folded inside a character, end their lines in three ways, forget to close an event, or carry ten
thousand properties that nobody asked for. Here a file is taken apart line by line, before any library sees it, and only
what is read later goes on: events and the zones they name.

Zones. A TZID that is an IANA name, also behind a vendor's prefix, is that zone whatever the file says about it:
exporters ship rules that are years old or one year long. Any other TZID has the rules of its VTIMEZONE; without one, a
Windows name stands for its IANA zone; a name that says nothing is left out, which makes the time floating.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

MAX_COMPONENTS = 20_000
MAX_DEPTH = 5
MAX_TEXT_CHARACTERS = 20_000
MAX_LINE_CHARACTERS = 200_000
_DATES = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"})
_TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "CATEGORIES"})
# Of RFC 7986, and what everybody wrote before it.
_NAMES = frozenset({"NAME", "X-WR-CALNAME"})
_PLAIN = frozenset({"UID", "DURATION", "RRULE", "STATUS", "SEQUENCE"})
_REPEATED = frozenset({"RDATE", "EXDATE", "RRULE", "CATEGORIES"})
_RULES = frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "TZNAME"})
_HEAD = re.compile(r'[A-Za-z0-9-]+(?:[ \t]*;(?:[^":]|"[^"]*")*)?[ \t]*:')
_PARAMETER = re.compile(r';[ \t]*([A-Za-z-]+)[ \t]*=[ \t]*("[^"]*"|[^;]*)')
_ESCAPED = re.compile(r"\\(.)")
_FOLD = re.compile(rb"\n(?:[ \t])")
# Unfolded, a number may not begin a second value: what comes after a date is no date.
_DATE_VALUE = re.compile(r"[0-9TZ,/PWDHMS+-]+", re.IGNORECASE)


class Unreadable(Exception):
    """Why the file cannot be used, in words for the athlete."""


@dataclass(slots=True)
class CalendarText:
    """One VCALENDAR: its method, name (still escaped) and zone, and the lines of its events and zones, cleaned."""

    method: str = ""
    name: str = ""
    zone_name: str = ""
    zones: list[list[str]] = field(default_factory=list)
    events: list[list[str]] = field(default_factory=list)

    def as_ical(self) -> str:
        """A well-formed file, zones first."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
        for zone in self.zones:
            lines += zone
        for event in self.events:
            lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
        return "\r\n".join([*lines, "END:VCALENDAR", ""])


def read_text(content: bytes) -> list[CalendarText]:
    """The calendars of a file. Raises Unreadable for what is no calendar, is cut off, or is too big to start on."""
    lines = _lines(content)
    _check_shape(content if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else "\n".join(lines).encode(), lines)
    calendars: list[CalendarText] = []
    stack: list[_Part] = []
    for line in _whole(lines):
        start = line[:6].upper()
        if start == "BEGIN:":
            name = line[6:].strip().upper()
            if name == "VCALENDAR" and not stack:
                calendars.append(CalendarText())
            stack.append(_Part(name))
        elif start.startswith("END:"):
            name = line[4:].strip().upper()
            if any(part.name == name for part in stack):
                # What was forgotten to be closed ends where the thing around it ends.
                while stack:
                    part = stack.pop()
                    _close(part, stack, calendars)
                    if part.name == name:
                        break
        elif stack:
            _keep(line, stack, calendars)
    while stack:
        _close(stack.pop(), stack, calendars)
    for calendar in calendars:
        _settle_zones(calendar)
    return calendars


@dataclass(slots=True)
class _Part:
    name: str
    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def _lines(content: bytes) -> list[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    content = content.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # Files are folded at octets, so the halves of a character meet again only before they are decoded.
    content = _FOLD.sub(b"", content)
    try:
        return content.decode().split("\n")
    except UnicodeDecodeError:
        return [_decoded(line) for line in content.split(b"\n")]


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _check_shape(content: bytes, lines: list[str]) -> None:
    head = next((line.strip() for line in lines if line.strip()), "")
    if head.upper().replace(" ", "") != "BEGIN:VCALENDAR":
        if head[:1] == "<":
            raise Unreadable("The address answers with a web page, not a calendar. Is it the secret address?")
        raise Unreadable("The address does not answer with a calendar." if head else "The calendar file is empty.")
    components = depth = 0
    for line in lines:
        start = line[:6].upper()
        if start == "BEGIN:":
            components += 1
            depth += 1
            if components > MAX_COMPONENTS:
                raise Unreadable(f"The calendar has more than {MAX_COMPONENTS} entries.")
            if depth > MAX_DEPTH:
                raise Unreadable("The calendar is nested too deeply.")
        elif start.startswith("END:"):
            depth = max(0, depth - 1)
    if b"END:VCALENDAR" not in content[-4096:].upper():
        raise Unreadable("The calendar file is cut off.")


def _whole(lines: list[str]) -> Iterator[str]:
    """The lines, those in quoted-printable put together and decoded (a leftover of vCalendar 1.0)."""
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if ";ENCODING=QUOTED-PRINTABLE" in line[:200].upper():
            pieces = [line]
            while pieces[-1].endswith("=") and number < len(lines):
                pieces.append(lines[number])
                number += 1
            head, colon, value = "".join(piece.removesuffix("=") for piece in pieces).partition(":")
            text = _decoded(quopri.decodestring(value.encode())).replace("\r\n", "\n").replace("\r", "\n")
            line = head + colon + text.replace("\n", "\\n")
        yield line


def _keep(line: str, stack: list[_Part], calendars: list[CalendarText]) -> None:
    """Puts a line that is read later with its component, without the parameters that are not."""
    part = stack[-1]
    if part.name in ("VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VCALENDAR"):
        match = _HEAD.match(line)
        head = match.group() if match else line.partition(":")[0] + ":"
        name = head.partition(";")[0].strip(" \t:").upper()
        value = line[len(head) :]
        if part.name == "VEVENT":
            _keep_of_event(part, name, line, value)
        elif part.name == "VCALENDAR":
            if name == "METHOD" and calendars and not calendars[-1].method:
                calendars[-1].method = value.strip().upper()
            elif name == "X-WR-TIMEZONE" and calendars and not calendars[-1].zone_name:
                calendars[-1].zone_name = value.strip()
            elif name in _NAMES and calendars and not calendars[-1].name:
                calendars[-1].name = value[:MAX_TEXT_CHARACTERS].strip()
        elif part.name == "VTIMEZONE":
            if name == "TZID" and "TZID" not in part.names:
                part.names.add(name)
                part.lines.insert(0, f"TZID:{value.strip()}")
        elif name in _RULES and (name not in part.names or name == "RDATE"):
            part.names.add(name)
            part.lines.append(f"{name}:{value.strip()}")


def _keep_of_event(part: _Part, name: str, line: str, value: str) -> None:
    if name in part.names and name not in _REPEATED:
        return
    if name in _DATES:
        # A zone's name may hold a colon that nobody quoted; a date never does.
        head, _, moment = line.rpartition(":")
        moment = moment.strip().upper()
        if len(moment) > MAX_LINE_CHARACTERS or not _DATE_VALUE.fullmatch(moment):
            return
        given = {key.upper(): text.strip('"').strip() for key, text in _PARAMETER.findall(head)}
        kept = "".join(
            f";{key}={given[key].upper()}"
            for key in ("VALUE", "RANGE")
            if given.get(key, "").replace("-", "").isalpha()
        )
        zone = given.get("TZID", "")
        part.lines.append(f"{name}{kept}\0{zone}\0{moment}" if zone else f"{name}{kept}:{moment}")
    elif name in _TEXTS:
        part.lines.append(f"{name}:{value[:MAX_TEXT_CHARACTERS]}")
    elif name in _PLAIN and len(value) <= MAX_LINE_CHARACTERS:
        part.lines.append(f"{name}:{value.strip()}")
    else:
        return
    part.names.add(name)


def _close(part: _Part, stack: list[_Part], calendars: list[CalendarText]) -> None:
    if not calendars:
        return
    if part.name == "VEVENT":
        calendars[-1].events.append(part.lines)
    elif part.name in ("STANDARD", "DAYLIGHT") and stack and stack[-1].name == "VTIMEZONE":
        if {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"} <= part.names:
            stack[-1].lines += [f"BEGIN:{part.name}", *_from_1970(part.lines), f"END:{part.name}"]
    elif part.name == "VTIMEZONE" and "TZID" in part.names and len(part.lines) > 1:
        calendars[-1].zones.append(["BEGIN:VTIMEZONE", *part.lines, "END:VTIMEZONE"])


def _from_1970(lines: list[str]) -> list[str]:
    """A zone that repeats since 1601 begins in 1970: each look-up counts the changes from the first one on."""
    rule = next((line.upper() for line in lines if line.startswith("RRULE:")), "")
    if not rule or any(word in rule for word in ("COUNT", "UNTIL", "INTERVAL")):
        return lines
    return [re.sub(r"^DTSTART:1[0-8]\d\d(?=\d{4}T)", "DTSTART:1970", line) for line in lines]


def _settle_zones(calendar: CalendarText) -> None:
    """Gives every time the name of a zone that exists, or none; keeps of the file's own zones those that are needed."""
    own: dict[str, tuple[str, list[str]]] = {}
    for lines in calendar.zones:
        name = lines[1].removeprefix("TZID:").strip('"')
        if name not in own and iana_name(name) is None and _is_yearly(lines):
            own[name] = (f"file-{len(own)}", lines)
    calendar.zones = [["BEGIN:VTIMEZONE", f"TZID:{name}", *lines[2:]] for name, lines in own.values()]
    calendar.events = [list(_named(event, own)) for event in calendar.events]


def _named(lines: Iterable[str], own: dict[str, tuple[str, list[str]]]) -> Iterator[str]:
    for line in lines:
        if "\0" not in line:
            yield line
            continue
        head, zone, moment = line.split("\0")
        name = own[zone][0] if zone in own else zone_name(zone)
        if moment.endswith("Z") or name is None:
            yield f"{head}:{moment}"
        else:
            yield f"{head};TZID={name}:{moment}"


def _is_yearly(lines: Iterable[str]) -> bool:
    """Whether the changes of a zone come at most once a year: a zone that changes each second never ends."""
    rules = [line.upper() for line in lines if line.startswith("RRULE:")]
    return all("FREQ=YEARLY" in rule and "BYHOUR" not in rule and "BYSECOND" not in rule for rule in rules)


def unescape(text: str) -> str:
    """A text value as it was meant (RFC 5545 §3.3.11)."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def zone_name(name: str) -> str | None:
    """The IANA zone that a TZID or X-WR-TIMEZONE means, also by its Windows name; None when nobody can say."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return iana_name(name) or WINDOWS_TO_OLSON.get(name.strip("/"))


@lru_cache(maxsize=1000)
def iana_name(name: str) -> str | None:
    """The IANA zone of that name, or of its end behind a vendor's prefix (`/vendor/2026/Asia/Tokyo`)."""
    clean = name.strip("/")
    tails = [clean]
    if name.startswith("/"):
        parts = clean.split("/")
        tails += ["/".join(parts[start:]) for start in range(1, min(len(parts), 8))]
    for tail in tails:
        if not tail or len(tail) > 60 or not tail.isascii() or "localtime" in tail.lower():
            continue
        try:
            return ZoneInfo(tail).key
        except (OSError, ValueError, KeyError):
            continue
    return None
