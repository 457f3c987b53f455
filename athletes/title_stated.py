"""What training platforms write into a description, line by line: "Planned Time: 1:30:00", "Distance: 10 km", "TSS 80".

Expects text as `titles.plain` leaves it. The labels are read in English, Serbian, German, Spanish and French.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PLANNED = r"(?:planned |total |moving |geplante |planirano )?"
_DURATION = re.compile(
    rf"\b{_PLANNED}(?:time|duration|dauer|zeit|trajanje|vreme|duracion|tiempo|duree|temps)(?:\s*[:=]\s*|\s+)(?:"
    r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?"
    r"|(?P<h>\d{1,2}) ?h(?:ours?|rs?)? ?(?:(?P<hm>[0-5]?\d) ?(?:m(?:in\w*)?)?)?(?!\w)"
    r"|(?P<only>\d{1,4}) ?(?:m|min\w*|')(?!\w))"
)
_DISTANCE = re.compile(
    rf"\b{_PLANNED}(?:distance|distanz|strecke|distanca|distancia)\s*[:=]\s*"
    r"(?P<value>\d{1,5}(?:[.,]\d{1,3})?)\s*(?P<unit>km|mi|m)\b"
)
_LOAD = re.compile(r"\b(?:planned )?(?:tss\s*[:=]?|load\s*[:=]?)\s*(?P<value>\d{1,4}(?:[.,]\d)?)\b")
_TSS = re.compile(r"\btss\s*[:=]?\s*(?P<value>\d{1,4}(?:[.,]\d)?)\b|\b(?P<before>\d{1,4}(?:[.,]\d)?)\s*tss\b")
_FACTOR = re.compile(r"\b(?:if\s*[:=]?|intensity factor\s*[:=])\s*(?P<value>[01][.,]\d{1,2})\b")
_KIND = re.compile(
    r"(?:workout type|activity type|sport type|type|activity|sport|sportart|vrsta|deporte|actividad|activite)"
    r" ?[:=] ?(?P<value>[^,;:(]{2,40})"
)
# "Mobility 20": programs are numbered, but hardly in fives from 15 up.
BARE_MINUTES = re.compile(r"(?<![#\d] )(?<!week )(?<!day )(?<![\w.,:#-])(?P<minutes>15|[2-9][05]|1[012][05])$")


def _minutes(match: re.Match[str]) -> float | None:
    if match["only"]:
        total = float(match["only"])
    elif match["h"]:
        total = 60.0 * int(match["h"]) + int(match["hm"] or 0)
    else:
        total = int(match["hours"]) * 60 + int(match["minutes"]) + int(match["seconds"] or 0) / 60
    return total if 1 <= total <= 1440 else None


def _kilometers(match: re.Match[str]) -> float | None:
    value = float(match["value"].replace(",", "."))
    factor = {"km": 1.0, "mi": 1.609344, "m": 0.001}[match["unit"]]
    return round(value * factor, 3) if 0 < value * factor <= 1000 else None


def _within(text: str | None, low: float, high: float) -> float | None:
    value = float(text.replace(",", ".")) if text else None
    return value if value is not None and low < value <= high else None


_FIELDS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], float | None]], ...] = (
    ("duration_minutes", _DURATION, _minutes),
    ("distance_km", _DISTANCE, _kilometers),
    ("tss", _LOAD, lambda match: _within(match["value"], 0, 1000)),
    ("intensity_factor", _FACTOR, lambda match: _within(match["value"], 0.2, 1.5)),
)


def read_fields(text: str) -> dict[str, object]:
    """The numbers of a description by the names of a training event; what is absent or absurd is left out."""
    found: dict[str, object] = {}
    for name, pattern, read in _FIELDS:
        match = pattern.search(text)
        value = read(match) if match else None
        if value is not None:
            found[name] = value
    return found


def read_kind(line: str) -> str | None:
    """What a line such as "Workout type: Bike" names, in its own words."""
    match = _KIND.fullmatch(line)
    return match["value"].strip() if match else None


def read_tss(title: str) -> float | None:
    """ "Ride 2h 95 TSS" is 95."""
    match = _TSS.search(title)
    return _within(match["value"] or match["before"], 0, 1000) if match else None


def read_intensity_factor(title: str) -> float | None:
    """ "Bike 3h IF 0.78" is 0.78."""
    match = _FACTOR.search(title)
    return _within(match["value"], 0.2, 1.5) if match else None
