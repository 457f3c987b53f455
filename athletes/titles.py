"""Reading a training title: "Long run 90min Z2" becomes type, sport, duration and intensity; what is unclear stays so.

What the source states in fields of its own (categories, "Planned Time: 1:30" in the description, begin and end) beats
the title. `m` alone is always meters, never minutes. A title that is not about training is `not_training` when it
says what it is (a dentist), else `unclassified`. English, Serbian in both scripts, German, Spanish and French are read;
walking the dog and rides to the airport are daily life, not training, while riding to work is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from nutrition_site.kernel.vocabulary import fold

from . import title_sports as sports
from . import title_stated as fields
from . import title_words as words
from .title_numbers import read_distance_km, read_minutes, strip_intervals
from .vocabulary import SPORT_WORDS

TRI_SPORTS = frozenset({"swim", "cycle", "mountain_bike", "run"})
# Sports that are planned by the clock: a bare "Mobility 20" is minutes.
TIMED_SPORTS = frozenset({"strength", "circuit", "hiit", "mobility", "yoga", "pilates"})
MARATHON_KM, HALF_MARATHON_KM, PARKRUN_KM = 42.195, 21.0975, 5.0
PARKRUN = re.compile(r"\bpark ?run\b")
MAX_TITLE_CHARACTERS = 500
MAX_DESCRIPTION_CHARACTERS = 4000

_CYRILLIC = dict(zip("абвгдежзијклмнопрстћуфхцчш", "abvgdezzijklmnoprstcufhccs", strict=True))
_CYRILLIC |= {"ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"}
_TYPED = str.maketrans(
    {
        **dict.fromkeys("’′‘´`", "'"),
        **dict.fromkeys("”″“„", '"'),
        **dict.fromkeys("×✕✖", "x"),
        **dict.fromkeys("–—−‑", "-"),
        "đ": "dj",
        "ß": "ss",
    }
)
_CYRILLIC_TIMES = re.compile(r"(?<=\d)( ?)х(?= ?\d)")


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
    text = plain(title)
    kind, sport, intensity = _read(text, stated)
    if kind in ("rest", "not_training"):
        # Who says that it is training after all finds the length that the calendar states.
        length = duration_minutes if kind == "not_training" else None
        told = () if "type" in stated else ("type",)
        return ParsedTitle(type=kind, duration_minutes=_number(length), estimated=told)
    if kind == "unclassified":
        length = duration_minutes if duration_minutes is not None else read_minutes(text)
        read = ("type",) if length == duration_minutes else ("type", "duration_minutes")
        return ParsedTitle(type=kind, duration_minutes=_number(length), estimated=read)
    minutes = stated.get("duration_minutes")
    distance = stated.get("distance_km")
    guessed = [name for name in ("type", "sport") if name not in stated]
    if sport is None and "sport" in guessed:
        guessed.remove("sport")
    if minutes is None and (minutes := _minutes(text, sport)) is not None:
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
        tss=_number(stated.get("tss") or fields.read_tss(text)),
        intensity_factor=_number(stated.get("intensity_factor") or fields.read_intensity_factor(text)),
        estimated=tuple(guessed),
    )


def plain(title: str) -> str:
    """Lower case without accents, Serbian Cyrillic as Latin, typographic marks as typed ones, single spaces."""
    text = unicodedata.normalize("NFKC", title[:MAX_TITLE_CHARACTERS]).lower().translate(_TYPED)
    text = _CYRILLIC_TIMES.sub(r"\1x", text)
    text = "".join(_CYRILLIC.get(letter, letter) for letter in text)
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(text.split())


def _number(value: object) -> float | None:
    return round(float(value), 3) if isinstance(value, int | float) else None


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
    lines = [plain(line) for line in description[:MAX_DESCRIPTION_CHARACTERS].splitlines()]
    found |= fields.read_fields(" ".join(lines))
    named = next((name for line in lines if (name := fields.read_kind(line))), None)
    if named and _is_rest(named):
        found.setdefault("type", "rest")
    elif named and (sport := SPORT_WORDS.get(fold(named)) or _sport(named)):
        found.setdefault("sport", sport)
    for line in lines:
        for sentence in line.split("."):
            own = words.OWN_SENTENCE.fullmatch(sentence.strip(" !"))
            effort = _effort(own["effort"]) if own else None
            if effort:
                found.setdefault("effort", effort)
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
    if _is_elsewhere(text, cleaned, sport, measured=measured):
        return "not_training", None, None
    everyday = bool(words.WEAK_NOT_TRAINING.search(text))
    if stated.get("type") == "race" or (_is_race(cleaned) and (measured or not everyday)):
        return "race", sport or _race_sport(cleaned), "race"
    if words.SPAN.search(text) and not (sport and measured):
        return "unclassified", None, None
    intensity = _intensity(cleaned, sport, stated)
    if sport is None and sports.BRICK.search(cleaned):
        sport = "triathlon"
    if sport or _is_about_training(cleaned, intensity, measured=measured):
        if everyday and not measured and (not sport or _is_race(cleaned) or _unknown_words(cleaned)):
            return "not_training", None, None
        return "workout", sport or _implied_sport(cleaned), intensity
    if everyday or cleaned.strip() != text:
        return "not_training", None, None
    if words.ONLY_DISTANCE.fullmatch(text):
        return "workout", None, None
    return "unclassified", None, None


def _is_rest(text: str) -> bool:
    return bool(words.REST.match(text)) and not (_is_measured(text) and _sport(text))


def _is_measured(text: str) -> bool:
    return read_minutes(text) is not None or read_distance_km(text) is not None or strip_intervals(text) != text


def _is_elsewhere(text: str, cleaned: str, sport: str | None, *, measured: bool) -> bool:
    """Whether the title says that the athlete does something else."""
    if words.NEVER_TRAINING.search(text):
        return True
    if cleaned.strip() != text and sport is None and not words.WORKOUT.search(cleaned):
        return True
    return bool(words.STRONG_NOT_TRAINING.search(text)) and not (sport and measured)


def _is_about_training(text: str, intensity: str | None, *, measured: bool) -> bool:
    if words.WORKOUT.search(text) or words.ZONE.search(text) or (intensity and measured):
        return True
    everyday = words.WEAK_NOT_TRAINING.search(text)
    return bool(words.TRAINING.search(text)) and not everyday and not _unknown_words(text)


def _unknown_words(text: str) -> bool:
    """Whether something stands in the title that belongs to no session: "sales training", "yoga teacher lunch"."""
    beside = words.COMPANY.sub(" ", re.sub(r"\d+", " ", text))
    plain_words = (words.TRAINING, words.BESIDE_TRAINING, words.HARD, words.EASY, words.MODERATE)
    for pattern in (*plain_words, words.WEAK_NOT_TRAINING, *(pattern for _, pattern in sports.SPORTS)):
        beside = pattern.sub(" ", beside)
    return bool(re.search(r"[^\W\d_]", beside))


@lru_cache(maxsize=2048)
def _sport(text: str) -> str | None:
    """The sport a title names; several legs of a triathlon are a triathlon, else the first named counts."""
    places: dict[str, int] = {}
    for sport, pattern in sports.SPORTS:
        match = pattern.search(text)
        if match:
            places[sport] = match.start()
    for wide, narrow in sports.NARROWER:
        if narrow in places:
            places.pop(wide, None)
    if not places:
        return None
    named = sorted(places, key=lambda sport: places[sport])
    if len(TRI_SPORTS & set(named)) > 1 and (sports.BRICK.search(text) or sports.JOINED.search(text)):
        return "duathlon" if "swim" not in named and "duathlon" in text else "triathlon"
    return named[0]


def _implied_sport(text: str) -> str | None:
    return next((sport for sport, pattern in sports.IMPLIED_SPORTS if pattern.search(text)), None)


def _is_race(text: str) -> bool:
    return bool(words.RACE.search(words.NO_RACE.sub(" ", text)))


def _race_sport(text: str) -> str | None:
    return next((sport for sport, pattern in sports.RACE_SPORTS if pattern.search(text)), None)


def _effort(text: str) -> str | None:
    """Words of effort, then zones, then words of kind; a parkrun is run hard unless it says otherwise."""
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
    return "hard" if PARKRUN.search(text) else None


def _intensity(text: str, sport: str | None, stated: dict[str, object]) -> str | None:
    """The effort that the title says, else the one of the description, else that of the shape of intervals."""
    said = _effort(text) or stated.get("effort")
    if isinstance(said, str):
        return said
    repeats_hard = sport in (None, "run", "cycle", "row", "row_erg", "kayak", "ski")
    return "hard" if repeats_hard and strip_intervals(text) != text else None


def _minutes(text: str, sport: str | None) -> float | None:
    minutes = read_minutes(text)
    if minutes is None and sport in TIMED_SPORTS and (bare := fields.BARE_MINUTES.search(text)):
        return float(bare["minutes"])
    return minutes


def _distance(text: str, sport: str | None) -> float | None:
    distance = read_distance_km(text, repeats_count=sport == "swim")
    if distance is not None or sport not in (None, "run"):
        return distance
    if words.HALF_MARATHON.search(text):
        return HALF_MARATHON_KM
    bare = words.NO_RACE.sub(" ", text)
    if words.MARATHON.search(bare) and not words.NOT_ITS_LENGTH.search(text):
        return MARATHON_KM
    return PARKRUN_KM if PARKRUN.search(text) else None
