"""Reading a training title: "Long run 90min Z2" becomes type, sport, duration and intensity; what is unclear stays so.

What the source states in fields of its own (categories, "Planned Time: 1:30" in the description, begin and end) beats
the title. `m` alone is always meters, never minutes. A title that is not about training is `not_training` when it
says what it is (a dentist), else `unclassified`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from nutrition_site.kernel.vocabulary import fold

from . import title_words as words
from .title_numbers import read_distance_km, read_minutes, strip_intervals
from .vocabulary import SPORT_WORDS

TRI_SPORTS = frozenset({"swim", "cycle", "mountain_bike", "run"})
MARATHON_KM, HALF_MARATHON_KM = 42.195, 21.0975
MAX_TITLE_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """What an event seems to be. None is unknown; `estimated` names the fields that only the title says."""

    type: str = "unclassified"
    sport: str | None = None
    duration_minutes: float | None = None
    distance_km: float | None = None
    intensity: str | None = None
    tss: float | None = None
    intensity_factor: float | None = None
    estimated: tuple[str, ...] = field(default=())


def parse_title(
    title: str,
    description: str = "",
    duration_minutes: float | None = None,
    categories: Iterable[str] = (),
) -> ParsedTitle:
    """Type (workout, race, rest, unclassified, not_training), sport id, minutes, km and intensity of an event.

    `duration_minutes` is the length that the source states, None when it states none.
    """
    stated = _stated(description, duration_minutes, categories)
    text = _plain(title)
    kind, sport, intensity = _read(text, stated)
    if kind in ("rest", "not_training"):
        return ParsedTitle(type=kind, estimated=() if "type" in stated else ("type",))
    if kind == "unclassified":
        length = duration_minutes if duration_minutes is not None else read_minutes(text)
        read = ("type",) if length == duration_minutes else ("type", "duration_minutes")
        return ParsedTitle(type=kind, duration_minutes=_number(length), estimated=read)
    minutes = stated.get("duration_minutes")
    distance = stated.get("distance_km")
    guessed = [name for name in ("type", "sport") if name not in stated]
    if sport is None:
        guessed.remove("sport")
    if minutes is None and (minutes := read_minutes(text)) is not None:
        guessed.append("duration_minutes")
    if distance is None and (distance := _distance(text, sport)) is not None:
        guessed.append("distance_km")
    if intensity is not None:
        guessed.append("intensity")
    return ParsedTitle(
        type=kind,
        sport=sport,
        duration_minutes=_number(minutes),
        distance_km=_number(distance),
        intensity=intensity,
        tss=_number(stated.get("tss")),
        intensity_factor=_number(stated.get("intensity_factor")),
        estimated=tuple(guessed),
    )


def _number(value: object) -> float | None:
    return round(float(value), 3) if isinstance(value, int | float) else None


def _plain(title: str) -> str:
    """Lower case, typographic primes and crosses as typed ones, one space between words."""
    text = unicodedata.normalize("NFKC", title[:MAX_TITLE_CHARACTERS]).lower()
    for marks, plain in (("’′‘´`", "'"), ("”″“", '"'), ("×✕✖", "x"), ("–—−", "-")):
        for mark in marks:
            text = text.replace(mark, plain)
    return " ".join(text.split())


def _stated(description: str, duration_minutes: float | None, categories: Iterable[str]) -> dict[str, object]:
    """What the source says in fields of its own."""
    found: dict[str, object] = {}
    for category in categories:
        word = fold(category)
        if word in SPORT_WORDS:
            found.setdefault("sport", SPORT_WORDS[word])
        elif word in ("race", "competition", "event a", "racea"):
            found.setdefault("type", "race")
        elif word in ("rest", "restday", "dayoff", "off"):
            found.setdefault("type", "rest")
    text = _plain(description[:4000])
    for name, pattern, read in words.STATED:
        match = pattern.search(text)
        value = read(match) if match else None
        if value is not None:
            found[name] = value
    if duration_minutes is not None:
        found["duration_minutes"] = duration_minutes
    return found


def _read(text: str, stated: dict[str, object]) -> tuple[str, str | None, str | None]:
    """Type, sport and intensity."""
    if stated.get("type") == "rest" or _is_rest(text):
        return "rest", None, None
    said = stated.get("sport")
    cleaned = words.NO_SPORT.sub(" ", text)
    sport = said if isinstance(said, str) else _sport(cleaned)
    measured = _is_measured(text)
    if words.STRONG_NOT_TRAINING.search(text) and not (sport and measured):
        return "not_training", None, None
    if stated.get("type") == "race" or (
        _is_race(cleaned) and not (words.WEAK_NOT_TRAINING.search(text) and not measured)
    ):
        return "race", sport or _race_sport(cleaned), "race"
    intensity = _intensity(cleaned, sport)
    if sport is None and words.BRICK.search(cleaned):
        sport = "triathlon"
    about_training = bool(words.WORKOUT.search(cleaned) or (intensity and measured) or words.ZONE.search(cleaned))
    if sport or about_training:
        if words.WEAK_NOT_TRAINING.search(text) and (not sport or _is_race(cleaned)) and not measured:
            return "not_training", None, None
        return "workout", sport or _implied_sport(cleaned), intensity
    if words.WEAK_NOT_TRAINING.search(text) or cleaned.strip() != text:
        return "not_training", None, None
    if words.ONLY_DISTANCE.fullmatch(text):
        return "workout", None, None
    return "unclassified", None, None


def _is_rest(text: str) -> bool:
    return bool(words.REST.match(text)) and not (_is_measured(text) and _sport(text))


def _is_measured(text: str) -> bool:
    return read_minutes(text) is not None or read_distance_km(text) is not None or strip_intervals(text) != text


@lru_cache(maxsize=2048)
def _sport(text: str) -> str | None:
    """The sport a title names; several legs of a triathlon are a triathlon, else the first named counts."""
    places: dict[str, int] = {}
    for sport, pattern in words.SPORTS:
        match = pattern.search(text)
        if match:
            places[sport] = match.start()
    for wide, narrow in words.NARROWER:
        if narrow in places:
            places.pop(wide, None)
    if not places:
        return None
    named = sorted(places, key=lambda sport: places[sport])
    if len(TRI_SPORTS & set(named)) > 1 and (words.BRICK.search(text) or words.JOINED.search(text)):
        return "duathlon" if "swim" not in named and "duathlon" in text else "triathlon"
    return named[0]


def _implied_sport(text: str) -> str | None:
    for sport, pattern in words.IMPLIED_SPORTS:
        if pattern.search(text):
            return sport
    return None


def _is_race(text: str) -> bool:
    bare = words.NO_RACE.sub(" ", text)
    return bool(words.RACE.search(bare))


def _race_sport(text: str) -> str | None:
    for sport, pattern in words.RACE_SPORTS:
        if pattern.search(text):
            return sport
    return None


def _intensity(text: str, sport: str | None) -> str | None:
    """Words of effort, then zones, then words of kind, then the shape of intervals."""
    if words.HARD.search(text):
        return "hard"
    zones = words.ZONE.search(text)
    if zones:
        low, high = int(zones["low"]), int(zones["high"] or zones["low"])
        return ("easy", "moderate", "hard")[min(max(low, min(high, 2)), 3) - 1]
    if words.EASY.search(text):
        return "easy"
    if words.MODERATE.search(text):
        return "moderate"
    repeats_hard = sport in (None, "run", "cycle", "row", "row_erg", "kayak", "ski")
    return "hard" if repeats_hard and strip_intervals(text) != text else None


def _distance(text: str, sport: str | None) -> float | None:
    distance = read_distance_km(text, repeats_count=sport == "swim")
    if distance is not None or sport not in (None, "run"):
        return distance
    if words.HALF_MARATHON.search(text):
        return HALF_MARATHON_KM
    bare = words.NO_RACE.sub(" ", text)
    if words.MARATHON.search(bare) and not words.NOT_ITS_LENGTH.search(text):
        return MARATHON_KM
    return 5.0 if "parkrun" in text else None
