"""Minutes and kilometers in a title. Repeats (`3x10'`, `6x400`) are the inside of a session, not its length."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_HOURS = r"(?:hours|hour|hrs|hr|h|stunden|std|heures|sati|sata)"
_MINUTES = r"(?:minutes|minute|minuten|mins|min|minuta|')"
_END = r"(?![\w'])"

INTERVALS = re.compile(
    rf"\b\d{{1,3}}\s*x\s*(?:\([^)]*\)|\d{{1,5}}(?:[.,:]\d{{1,2}})?\s*(?:{_MINUTES}|\"|''|s(?:ec)?\b|km?\b|m\b|yd\b|mi\b)?"
    rf"(?:\s*/\s*\d{{1,5}}\s*(?:{_MINUTES}|\"|s(?:ec)?\b|m\b)?)?)(?:\s*reps?\b)?"
)
_RESTS = re.compile(rf"\b\d{{1,4}}\s*(?:s|sec|{_MINUTES}|\")\s*(?:rest|recovery|recoveries|rec|off|pause|rbi|ri)\b")
_PACES = re.compile(r"\b\d{1,2}:\d{2}\s*(?:min)?\s*/\s*(?:km|mi|k|100m?|500m?)\b|\b\d{1,3}\s*/\s*(?:km|mi|100)\b")
_EFFORTS = re.compile(
    r"\b(?:\d{1,3}(?:[.,]\d)?\s*(?:km|k|mi|m)|half[- ]?marathon|marathon|hm|mp|race)[- ]?(?:pace|effort|speed|pb|pr)\b"
)
_CLIMB = re.compile(
    r"\b\d{2,5}\s*(?:m|hm|meters|metres)\s*(?:\+|d\+|of\s+)?\s*(?:d\+|vert\w*|elevation|climb\w*|ascent|gain|up\b)|d\+\s*\d+\s*m?\b"
)

_LENGTHS = re.compile(
    rf"""(?P<hms>\b\d{{1,2}}:[0-5]\d:[0-5]\d\b)
    |(?P<hcolon>\b\d{{1,2}}:[0-5]\d)\s*{_HOURS}{_END}
    |(?:\bfor\s+)(?P<forcolon>\d{{1,2}}:[0-5]\d)\b(?!\s*[ap]m)
    |(?P<hlow>\b{_NUMBER})\s*-\s*(?P<hhigh>{_NUMBER})\s*{_HOURS}{_END}
    |(?P<mlow>\b{_NUMBER})\s*-\s*(?P<mhigh>{_NUMBER})\s*{_MINUTES}{_END}
    |(?P<h>\b{_NUMBER})\s*{_HOURS}\s*(?:and\s+|&\s*)?(?P<hm>[0-5]?\d)\s*(?:m{_END}|{_MINUTES}{_END}|{_END}(?!\s*[x:.,/]?\d|\s*(?:k|km|mi)\b))
    |(?P<hours>\b{_NUMBER})\s*-?{_HOURS}{_END}
    |(?P<minutes>\b{_NUMBER})\s*-?{_MINUTES}{_END}""",
    re.VERBOSE,
)
_TOTAL = re.compile(r"^[^,;+]*\btotal\b")
_PARTS = re.compile(r"\b(?:incl\w*|inc|including|with|w/|last|first|final|middle|of which|build to)\b")
_FRAME = re.compile(r"\b(?:wu|warm[- ]?up|cd|cool[- ]?down|einlaufen|auslaufen)\b")

_KM = re.compile(
    rf"(?P<value>\b{_NUMBER})\s*-?(?P<unit>kms?|kilometers?|kilometres?|k|miles?|mi|meters?|metres?|m|yards?|yds?)\b"
)
_BRICK = re.compile(
    r"\bbrick\b\D{0,12}(?P<first>\d{1,3})\s*[/+]\s*(?P<second>\d{1,3})(?:\s*/\s*(?P<third>\d{1,3}))?(?!\s*k)"
)
_NOT_LENGTH = re.compile(r"\s*(?:steps|calories|kcal|vert\w*|elevation|reps|repeats|sprints?|strides|(?:/|per\b))")
_LEADING_REPEATS = re.compile(r"\b(?P<times>\d{1,3})\s*x\s*(?P<meters>\d{2,5})\s*(?P<unit>km|k|m|yd)?(?![\w'\"])")
LONGEST_MINUTES, LONGEST_KM = 1440.0, 1000.0


def strip_intervals(text: str) -> str:
    """The text without its repeats, their rests, paces and climbs."""
    for pattern in (INTERVALS, _RESTS):
        text = pattern.sub(" ", text)
    return text


def read_minutes(text: str) -> float | None:
    """The length of the session in minutes, None when the title does not say.

    Parts joined by `+`, or framed by warm-up and cool-down, are added; otherwise the total or the longest counts.
    """
    brick = _BRICK.search(text)
    if brick:
        return _sane(sum(float(part) for part in brick.groups() if part))
    text = _PACES.sub(" ", strip_intervals(text))
    found = []
    for match in _LENGTHS.finditer(text):
        value = _minutes_of(match)
        if value is not None:
            found.append((value, match))
    if not found:
        return None
    for value, match in found:
        if _TOTAL.search(text[match.end() :]) or re.search(r"\btotal\W{0,3}$", text[: match.start()]):
            return _sane(value)
    values = [value for value, _ in found]
    between = [text[found[i][1].end() : found[i + 1][1].start()] for i in range(len(found) - 1)]
    if len(values) > 1 and any(_PARTS.search(gap) for gap in between):
        return _sane(max(values))
    if between and (all("+" in gap or "/" in gap or "&" in gap for gap in between) or _FRAME.search(text)):
        return _sane(sum(values))
    return _sane(max(values))


def _minutes_of(match: re.Match[str]) -> float | None:
    def number(name: str) -> float:
        return float(match[name].replace(",", "."))

    if match["hms"]:
        hours, minutes, seconds = (int(part) for part in match["hms"].split(":"))
        return hours * 60 + minutes + seconds / 60
    clock = match["hcolon"] or match["forcolon"]
    if clock:
        hours, minutes = (int(part) for part in clock.split(":"))
        return float(hours * 60 + minutes)
    if match["hlow"]:
        return 60 * (number("hlow") + number("hhigh")) / 2
    if match["mlow"]:
        return (number("mlow") + number("mhigh")) / 2
    if match["h"]:
        return number("h") * 60 + number("hm")
    return number("hours") * 60 if match["hours"] else number("minutes")


def _sane(minutes: float) -> float | None:
    return minutes if 1 <= minutes <= LONGEST_MINUTES else None


def read_distance_km(text: str, *, repeats_count: bool = False) -> float | None:
    """The distance of the session in km, None when the title does not say.

    With `repeats_count` (swimming) repeats of meters add up to a distance: 3x800 is 2.4 km.
    """
    bare = text
    for pattern in (INTERVALS, _RESTS, _PACES, _EFFORTS, _CLIMB):
        bare = pattern.sub(" ", bare)
    values = []
    for match in _KM.finditer(bare):
        if not _NOT_LENGTH.match(bare[match.end() :]):
            values.append(_km_of(float(match["value"].replace(",", ".")), match["unit"]))
    if values:
        joined = "+" in bare and not _PARTS.search(bare)
        total = sum(values) if joined else max(values)
        return round(total, 3) if 0.05 <= total <= LONGEST_KM else None
    if repeats_count:
        total = sum(
            int(match["times"]) * _km_of(float(match["meters"]), match["unit"] or "m")
            for match in _LEADING_REPEATS.finditer(text)
        )
        return round(total, 3) if 0.05 <= total <= 100 else None
    return None


def _km_of(value: float, unit: str) -> float:
    if unit.startswith("k"):
        return value
    if unit.startswith("mi"):
        return value * 1.609344
    return value * (0.0009144 if unit.startswith("y") else 0.001)
