"""One iCalendar stream from many calendar object resources, so that it is read as a feed is.

In CalDAV every event is a file of its own (RFC 4791 §4.1), each with its own copy of the zones it uses. Copies that
are equal are kept once. Different rules under one name are told apart by another name, unless the name is one of the
IANA database, whose rules hold anyway: otherwise the first definition would place the events of all the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import available_timezones

# One event needs few zones and parts; what has more costs more than it can be worth.
MAX_ZONES = 20
MAX_DEPTH = 8
_FOLD = re.compile(r"\r?\n[ \t]")
# Not `splitlines`, which breaks at marks that stand within texts, such as U+2028.
_LINE_END = re.compile(r"\r\n|\n|\r")
_ZONE_NAME = re.compile(r"^TZID[^:\n]*:(.*)$", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class _Parts:
    zones: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


def join_resources(collections: Iterable[Iterable[str]]) -> bytes:
    """A stream with one VCALENDAR for each collection, from the texts of its resources; b"" where there are none.

    Only events and zones are kept, alarms are not. A resource whose parts do not close is left out whole: it must not
    swallow its neighbors.
    """
    named: dict[str, str] = {}
    stream: list[str] = []
    for texts in collections:
        zones: dict[str, str] = {}
        events: list[str] = []
        for text in texts:
            parts = _part(text)
            for zone in parts.zones:
                zones.update(_settle(zone, parts, named))
            events.extend(parts.events)
        if events:
            stream += ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//AthlEAT//CalDAV//EN"]
            stream += [*zones.values(), *events, "END:VCALENDAR"]
    return ("\r\n".join(stream) + "\r\n").encode() if stream else b""


def _part(text: str) -> _Parts:
    """The zones and the events of a resource; neither for one that is cut off, torn, or beyond the limits."""
    found = _Parts()
    opened: list[str] = []
    block: list[str] = []
    for line in _LINE_END.split(_FOLD.sub("", text.lstrip("\ufeff"))):
        word, _, name = line.partition(":")
        word, name = word.strip().upper(), name.strip().upper()
        if word == "BEGIN":
            opened.append(name)
            if len(opened) > MAX_DEPTH:
                return _Parts()
        if len(opened) > 1 and opened[0] == "VCALENDAR" and "VALARM" not in opened:
            block.append(line)
        if word != "END":
            continue
        if not opened or opened.pop() != name:
            return _Parts()
        if len(opened) == 1:
            whole = "\r\n".join(block)
            if name == "VEVENT":
                found.events.append(whole)
            elif name == "VTIMEZONE":
                found.zones.append(whole)
            block = []
    return _Parts() if opened or len(found.zones) > MAX_ZONES else found


def _settle(zone: str, parts: _Parts, named: dict[str, str]) -> dict[str, str]:
    """The zone under a name that only it has, after the events of its resource were told that name."""
    match = _ZONE_NAME.search(zone.replace("\r\n", "\n"))
    name = match.group(1).strip() if match else ""
    if not name:
        return {}
    known = named.setdefault(name, zone)
    if known == zone or name in available_timezones():
        return {name: known}
    other = f"{name} {hashlib.sha256(zone.encode()).hexdigest()[:12]}"
    use = re.compile(rf';TZID="?{re.escape(name)}"?(?=[;:])', re.IGNORECASE)
    parts.events = [use.sub(f';TZID="{_escaped(other)}"', event) for event in parts.events]
    return {other: zone.replace(match.group(0), f"TZID:{other}", 1)} if match else {}


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\")
