"""Times of day in figures and words: `19:00`, `half past nine`, `quarter to six`, `pola deset`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HALF_DAY, _HOUR = 720, 60
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SERBIAN = ("jedan", "dva", "tri", "cetiri", "pet", "sest", "sedam", "osam", "devet", "deset", "jedanaest", "dvanaest")
_HOURS = {
    **{word: number for number, word in enumerate(_ENGLISH, 1)},
    **{word: number for number, word in enumerate(_SERBIAN, 1)},
}
_HOUR_WORDS = "|".join(sorted(_HOURS, key=len, reverse=True))
_PARTS = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25}
_PARTS |= {"twenty-five": 25, "petnaest": 15, "cetvrt": 15, "deset": 10, "pet": 5, "dvadeset": 20}
_DIGITS = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b(?:\s*(?P<half>[ap])\.?m\b\.?)?|\b(1[0-2]|[1-9])\s*[ap]\.?m\b\.?")
_ENDS = r"(?=\s*[.,;:!?)]|\s*$)"
_PAST = re.compile(
    rf"\b(?P<part>half|(?:a )?quarter) (?P<way>past|to|after|before|till) (?P<hour>{_HOUR_WORDS}|1[0-2]|[1-9])\b"
    rf"|\b(?P<few>five|ten|twenty(?:[- ]five)?|\d{{1,2}} minutes) (?:past|after|(?P<back>to)) "
    rf"(?P<then>{_HOUR_WORDS}|1[0-2]|[1-9]){_ENDS}"
)
_SERBIAN_HALF = re.compile(rf"\b(?:u|od|do|oko) pola (?P<hour>{_HOUR_WORDS}|1[0-2]|[1-9])\b")
_SERBIAN_TO = re.compile(
    rf"\b(?P<part>petnaest|cetvrt|deset|pet|dvadeset) do (?P<hour>{_HOUR_WORDS}|1[0-2]|[1-9]){_ENDS}"
)
_SERBIAN_PAST = re.compile(rf"\bu (?P<hour>{_HOUR_WORDS}) i (?P<part>petnaest|cetvrt|deset|dvadeset|trideset|po)\b")
_O_CLOCK = re.compile(
    rf"\b(?P<hour>{_HOUR_WORDS}|1[0-2]|[1-9])\s+o'clock\b"
    rf"|\bat (?P<at>{'|'.join(_ENGLISH)})(?= (?:in the (?:morning|afternoon|evening)|tonight|sharp)\b|\s*[.,;!?]|$)"
    rf"|\bu (?P<u>{'|'.join(_SERBIAN)})(?: (?:sati|casova|h)\b|(?=\s*[.,;!?]|$))"
)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as it stands: the minutes it may mean, its words and its place."""

    minutes: tuple[int, ...]
    words: str
    place: int
    end: int


def clock_times(sentence: str) -> Iterator[ClockTime]:
    """The times of day of a levelled sentence; without morning or evening both halves of the day are meant."""
    for match in _DIGITS.finditer(sentence):
        # Facts tell times by 24 hours; what the other way of writing would mean is not guessed.
        minutes = () if match[4] or match["half"] else (int(match[1]) * _HOUR + int(match[2]),)
        yield ClockTime(minutes, match.group(), match.start(), match.end())
    for pattern in (_PAST, _SERBIAN_HALF, _SERBIAN_TO, _SERBIAN_PAST):
        for match in pattern.finditer(sentence):
            yield _spoken(match, _minutes_of(pattern, match))
    for match in _O_CLOCK.finditer(sentence):
        yield _spoken(match, _hour(match["hour"] or match["at"] or match["u"]) * _HOUR)


def _minutes_of(pattern: re.Pattern[str], match: re.Match[str]) -> int:
    if pattern is _PAST and match["few"]:
        few = match["few"].removesuffix(" minutes")
        away = int(few) if few.isdigit() else _PARTS[few]
        return _hour(match["then"]) * _HOUR + (-away if match["back"] else away)
    hour = _hour(match["hour"])
    if pattern is _SERBIAN_HALF:
        return hour * _HOUR - 30
    if pattern is _SERBIAN_PAST:
        return hour * _HOUR + {"trideset": 30, "po": 30}.get(match["part"], _PARTS.get(match["part"], 0))
    back = pattern is _SERBIAN_TO or match["way"] in ("to", "before", "till")
    return hour * _HOUR + (-_PARTS[match["part"]] if back else _PARTS[match["part"]])


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else _HOURS[word]


def _spoken(match: re.Match[str], minute: int) -> ClockTime:
    early = minute % _HALF_DAY
    return ClockTime((early, early + _HALF_DAY), match.group(), match.start(), match.end())
