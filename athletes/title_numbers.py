"""Minutes and kilometers in a title. Repeats (`3x10'`, `6x400`) are the inside of a session, not its length.

Expects text as `titles.plain` leaves it: lower case, no accents, single spaces.
"""

from __future__ import annotations

import re

_NUMBER = r"\d{1,5}(?:[.,]\d{1,2})?"
_HOURS = r"(?:hours|hour|hrs|hr|h|stunden|stunde|std\.?|heures?|horas?|sati|sata|sat)"
_MINUTES = r"(?:minutes|minute|minuten|minutos|minuto|mins|min|minuta|')"
_END = r"(?![\w'])"

INTERVALS = re.compile(
    rf"\b(?P<times>\d{{1,3}})\s*x\s*(?:\([^()]{{0,40}}\)|(?P<value>\d{{1,5}}(?:[.,:]\d{{1,2}})?)\s*"
    rf"(?P<unit>{_MINUTES}|\"|''|s(?:ec)?\b|km?\b|m\b|yd\b|mi(?:le)?s?\b)?"
    rf"(?:\s*/\s*\d{{1,5}}\s*(?:{_MINUTES}|\"|s(?:ec)?\b|m\b)?)?)(?:\s*reps?\b)?"
    r"|\b\d{1,3}s?/\d{1,3}s(?:\s*x\s*\d{1,3})?"
)
_RESTS = re.compile(
    rf"\b\d{{1,4}}\s*(?:s|sec|{_MINUTES}|\")\s*(?:rest|recovery|recoveries|rec|off|pause|pausa|rbi|ri|recup)\b"
    rf"|(?:w/|with|mit|con|avec|\(|/|,)\s*\d{{1,4}}\s*(?:s|sec|m|{_MINUTES}|\")\s*(?:jog|easy|float|trab\w*|trote|trot|trcanje)\b"
    rf"|\br\s?=?\s?\d{{1,3}}(?:{_MINUTES}|\"|s\b)?"
)
_REST_LENGTH = re.compile(r"(?P<value>\d{1,4})\s*(?P<unit>s|m|'|\")")
_PACES = re.compile(
    r"\b\d{1,2}:\d{2}\s*(?:min)?\s*/\s*(?:km|mi|k|100m?|500m?)\b|\b\d{1,3}\s*/\s*(?:km|mi|100)\b"
    r"|(?:@|\bat|\bon|\ba|\bam|\bum|\bu|\bin|\bod)\s*\d{1,2}:\d{2}(?!:|\s*h)(?:\s*(?:min)?\s*/\s*(?:km|mi|k|100m?|500m?)\b)?"
)
_EFFORTS = re.compile(
    r"\b(?:\d{1,3}(?:[.,]\d)?\s*(?:km|k|mi|m)|half[- ]?marathon|marathon|hm|mp|race)[- ]?(?:pace|effort|speed|pb|pr)\b"
    r"|\b(?:allure|ritmo)(?: specifique| de)? \d{1,2} ?km?\b|\bcouch to \d+ ?km?\b"
)
_CLIMB = re.compile(
    r"\b\d{2,5}\s*(?:hm\b|(?:m|meters|metres)\s*(?:\+|d\+|(?:of\s+)?(?:d\+|vert\w*|elevation|climb\w*|ascent|gain|up\b)))"
    r"|\b\d{2,5}\s*d\+|\bd\+\s*\d+\s*m?\b|(?<=\s)\+\d{2,5}\s*m\b"
)
# An hour of the day as Serbian and French calendars write it ("19h", "14h30"): no session is that long by accident.
_CLOCK = re.compile(r"\b(?:8|9|1\d|2[0-3]) ?h(?:[0-5]\d)?\b(?! ?(?:total|race|trka|lauf|rennen|ultra))")

_LENGTHS = re.compile(
    rf"""(?P<hms>\b\d{{1,2}}:[0-5]\d:[0-5]\d\b)
    |(?P<hcolon>\b\d{{1,2}}:[0-5]\d)\s*{_HOURS}{_END}
    |(?:\bfor\s+)(?P<forcolon>\d{{1,2}}:[0-5]\d)\b(?!\s*[ap]m)
    |(?P<hlow>\b{_NUMBER})\s*-\s*(?P<hhigh>{_NUMBER})\s*{_HOURS}{_END}
    |(?P<mlow>\b{_NUMBER})\s*-\s*(?P<mhigh>{_NUMBER})\s*{_MINUTES}{_END}
    |(?P<h>\b{_NUMBER})\s*{_HOURS}\s*(?:and\s+|&\s*|i\s+|y\s+|und\s+|et\s+)?(?P<hm>[0-5]?\d)\s*(?:m{_END}|{_MINUTES}{_END}|{_END}(?!\s*[x:.,/]?\d|\s*(?:k|km|mi)\b))
    |(?P<hours>\b{_NUMBER})\s*-?{_HOURS}{_END}
    |(?P<minutes>\b{_NUMBER})\s*-?{_MINUTES}{_END}""",
    re.VERBOSE,
)
# "Ride 2:30": hours and minutes after a word, where a clock would say five or more.
_BARE = re.compile(r"(?<=[a-z] )(?P<hours>[0-4]):(?P<minutes>[0-5]\d)(?=$|[,;)]| (?!pace|am\b|pm\b|uhr\b|min\b))")
_TOTAL = re.compile(r"^[^,;+]*\btotal\b")
_PARTS = re.compile(
    r"\b(?:incl\w*|inc|with|last|first|final|middle|of which|build to|inkl\w*|davon|dont|avec|con|sa|od toga)\b|\bw/"
)
_WARM_UP = r"(?:wu|warm[- ]?up|einlaufen|einfahren|calentamiento|echauffement|zagrevanje)"
_COOL_DOWN = r"(?:cd|cool[- ]?down|auslaufen|ausfahren|vuelta a la calma|retour au calme|hladjenje|rastrcavanje)"
_FRAME = re.compile(rf"\b(?:{_WARM_UP}|{_COOL_DOWN})\b")
_FRAMED = re.compile(rf"\b{_WARM_UP}\b.*\b{_COOL_DOWN}\b")
_BARE_PART = re.compile(rf"\b(?:{_WARM_UP}|main|{_COOL_DOWN}) (?P<minutes>\d{{1,2}})(?!\s*(?:k|km|m|mi|x|'|min)|\d)")

_KM = re.compile(
    rf"(?P<value>\b{_NUMBER})\s*-?(?P<unit>kms?|kilometers?|kilometres?|kilometros?|kilometar\w*|k|miles?|mi|meters?|metres?|metros?|metara|m|yards?|yds?)\b"
)
_BRICK = re.compile(
    r"\b(?:brick|koppel\w*|transicion)\b\D{0,12}(?P<first>\d{1,3})\s*[/+]\s*(?P<second>\d{1,3})(?:\s*/\s*(?P<third>\d{1,3}))?(?!\s*k)"
)
_NOT_LENGTH = re.compile(r"\s*(?:steps|calories|kcal|vert\w*|elevation|reps|repeats|sprints?|strides|(?:/|per\b))")
_REPEATS = re.compile(r"\b(?P<times>\d{1,3})\s*x\s*(?P<meters>\d{2,5})\s*(?P<unit>km|k|m|yd)?(?![\w'\"])")
# In the pool a bare number beside a warm-up or a main set is meters.
_POOL_PART = re.compile(r"(?<![\w@:.,/])(?P<meters>[1-9]\d?(?:00|50))(?![\w:.,'])")
_THOUSANDS = re.compile(r"\b(\d{1,2})[.,](\d{3})(?= ?(?:m|metros?|meters?|metara)\b)")
LONGEST_MINUTES, LONGEST_KM = 1440.0, 1000.0


def strip_intervals(text: str) -> str:
    """The text without its repeats and their rests."""
    first = INTERVALS.search(text)
    if first is None:
        return text
    # Before the first repeat there is nothing to rest from: "45min recovery jog" is a session.
    return text[: first.start()] + INTERVALS.sub(" ", _RESTS.sub(" ", text[first.start() :]))


def read_minutes(text: str) -> float | None:
    """The length of the session in minutes, None when the title does not say.

    Parts joined by `+`, or framed by warm-up and cool-down, are added, framed repeats included; otherwise the total or
    the longest counts.
    """
    brick = _BRICK.search(text)
    if brick:
        return _sane(sum(float(part) for part in brick.groups() if part))
    framed = bool(_FRAMED.search(text))
    bare = _CLOCK.sub(" ", _PACES.sub(" ", strip_intervals(text)))
    found = []
    for match in _LENGTHS.finditer(bare):
        value = _minutes_of(match)
        if value is not None:
            found.append((value, match))
    for value, match in reversed(found):
        if _TOTAL.search(bare[match.end() :]) or re.search(r"\btotal\W{0,3}$", bare[: match.start()]):
            return _sane(value)
    values = [value for value, _ in found]
    if framed:
        return _framed_minutes(text, values)
    if not values:
        clock = _BARE.search(bare)
        return _sane(60 * int(clock["hours"]) + int(clock["minutes"])) if clock else None
    between = [bare[found[i][1].end() : found[i + 1][1].start()] for i in range(len(found) - 1)]
    if len(values) > 1 and any(_PARTS.search(gap) for gap in between):
        return _sane(max(values))
    if between and (all(re.search(r"[+/&]|\b(?:then|i|y|et|und)\b", gap) for gap in between) or _FRAME.search(bare)):
        return _sane(sum(values))
    return _sane(max(values))


def _framed_minutes(text: str, values: list[float]) -> float | None:
    """Warm-up, repeats in minutes and cool-down together; None when a part in the middle has no minutes."""
    repeats = 0.0
    for match in INTERVALS.finditer(text):
        if match["times"] and match["value"] and match["unit"] and match["unit"].startswith(("min", "'")):
            times = int(match["times"])
            repeats += times * float(match["value"].replace(",", ".").replace(":", "."))
            repeats += (times - 1) * _rest_minutes(text[match.end() : match.end() + 24])
        else:
            return None
    bare = sum(float(match["minutes"]) for match in _BARE_PART.finditer(text))
    return _sane(sum(values) + repeats + bare)


def _rest_minutes(after: str) -> float:
    """The minutes of the rest that follows a repeat, 0 where none is named."""
    rest = _RESTS.search(after)
    length = _REST_LENGTH.search(rest.group()) if rest else None
    if length is None:
        return 0.0
    return int(length["value"]) / (60 if length["unit"].startswith(("s", '"')) else 1)


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
    text = _THOUSANDS.sub(r"\1\2", text)
    bare = strip_intervals(text)
    for pattern in (_PACES, _EFFORTS, _CLIMB):
        bare = pattern.sub(" ", bare)
    values = []
    for match in _KM.finditer(bare):
        if not _NOT_LENGTH.match(bare[match.end() :]):
            values.append(_km_of(float(match["value"].replace(",", ".")), match["unit"]))
    repeats = _repeats_km(text) if repeats_count else 0.0
    if repeats and (not values or (re.search(r"[+,]", text) and not _PARTS.search(text))):
        parts = sum(int(match["meters"]) for match in _POOL_PART.finditer(bare)) / 1000
        total = repeats + sum(values) + parts
        return round(total, 3) if 0.05 <= total <= 100 else None
    if not values:
        return None
    joined = ("+" in bare and not _PARTS.search(bare)) or _FRAMED.search(text)
    total = sum(values) if joined else max(values)
    return round(total, 3) if 0.05 <= total <= LONGEST_KM else None


def _repeats_km(text: str) -> float:
    return sum(
        int(match["times"]) * _km_of(float(match["meters"]), match["unit"] or "m") for match in _REPEATS.finditer(text)
    )


def _km_of(value: float, unit: str) -> float:
    if unit.startswith("k"):
        return value
    if unit.startswith("mi"):
        return value * 1.609344
    return value * (0.0009144 if unit.startswith("y") else 0.001)
