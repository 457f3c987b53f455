"""FIT files: what watches and bike computers write.

A damaged file (cut off, or with a checksum that does not fit) is used only when its summaries are whole: each session
message states its start, its length and when it was written, and these agree with each other. Otherwise half a session
would count as a whole one. In a file that is not damaged, what the summary leaves out is worked out from the records.

Numbers and scales: the public FIT profile, as the `fitdecode` library holds it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fitdecode import CrcCheck, ErrorHandling, FitDataMessage, FitReader
from fitdecode.types import DevField

from .found import FoundSession, Unreadable
from .measures import MAX_SAMPLES, Sample, fill_from_samples, keep_sane

# Seconds from 1970 to the beginning of FIT's time, 1989-12-31; smaller counts than `ABSOLUTE` run since power-on.
EPOCH, ABSOLUTE = 631_065_600, 0x10000000
FILE_ID, SPORT, SESSION, RECORD, EVENT, DEVICE_INFO = 0, 12, 18, 20, 21, 23
ACTIVITY_FILE = 4
OTHER_FILES = {2: "settings", 3: "settings", 5: "a planned workout", 6: "a course", 7: "a schedule", 9: "weights"}
OTHER_FILES |= {15: "daily activity", 28: "daily activity", 32: "daily activity", 34: "a segment"}
TIMER, TIMER_START, TIMER_STOPS = 0, 0, {1, 4, 8, 9}
TRANSITION = 3
AGREEMENT_SECONDS = 120.0
MAX_SESSIONS = 50
# FIT numbers of sports and of kinds of a sport, as our ids; the kind says more. What is not here is `other`.
SPORTS = {
    **{1: "run", 2: "cycle", 5: "swim", 6: "basketball", 7: "soccer", 8: "tennis", 11: "walk", 12: "ski", 15: "row"},
    **{16: "hike", 17: "hike", 18: "triathlon", 19: "kayak", 31: "climbing", 35: "hike", 41: "kayak"},
    **{47: "martial_arts", 62: "hiit", 72: "rugby", 73: "hockey", 75: "volleyball", 80: "martial_arts"},
}
SUB_SPORTS = {
    **{14: "row_erg", 15: "elliptical", 19: "mobility", 20: "strength", 43: "yoga", 44: "pilates"},
    **{68: "climbing", 69: "climbing", 70: "hiit", 73: "hiit", 74: "hiit", 75: "hiit", 94: "squash", 95: "badminton"},
}
MOUNTAIN_BIKES = {8, 9, 47}
NO_SPORT = {None, 0, 254}
# Somebody or something else does the work.
NOT_TRAINING = {20: "flying", 22: "motorcycling", 24: "driving", 26: "hang gliding", 34: "sky diving"}
NOT_TRAINING |= {36: "snowmobiling", 67: "meditation"}
# Fields of a session: (name in the profile, name here, factor to the unit here).
STATED = (
    ("total_timer_time", "seconds", 1.0),
    ("total_elapsed_time", "elapsed_seconds", 1.0),
    ("total_distance", "distance_m", 1.0),
    ("total_ascent", "ascent_m", 1.0),
    ("avg_power", "avg_power_w", 1.0),
    ("normalized_power", "normalized_power_w", 1.0),
    ("avg_heart_rate", "avg_hr", 1.0),
    ("max_heart_rate", "max_hr", 1.0),
    ("total_work", "work_kj", 0.001),
    ("total_calories", "device_kcal", 1.0),
    ("training_stress_score", "tss", 1.0),
    ("intensity_factor", "intensity_factor", 1.0),
    ("workout_rpe", "rpe", 0.1),
)
_RECORDED = {"timestamp", "distance", "enhanced_altitude", "heart_rate", "power"}
# Numbers of fields that a developer field may stand in for (a foot pod's power, a strap's heart rate).
_NATIVE = {3: "heart_rate", 7: "power"}
DAMAGED = "The file is damaged or cut off, and its summary with it."


@dataclass(slots=True)
class _Content:
    """What is gathered while reading."""

    kind: int | None = None
    maker: str = ""
    product: str = ""
    sport: str = ""
    sessions: list[dict[str, Any]] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    timer: list[tuple[float, bool]] = field(default_factory=list)


def read_fit(content: bytes, *, now: float) -> list[FoundSession]:
    """The sessions of a FIT file in its order; legs of a multisport event apart, transitions left out.

    Raises Unreadable for a damaged file without whole summaries, and for one that holds no completed session.
    """
    held = _Content()
    damaged = False
    try:
        for message in _messages(content):
            damaged = damaged or message is None
            if message is not None:
                _take(held, message)
    except (Unreadable, MemoryError, RecursionError, TimeoutError):
        raise
    except Exception:
        # The library raises whatever its arithmetic runs into; all of it means that the bytes are no FIT from here on.
        damaged = True
    if not held.sessions and held.kind not in (None, ACTIVITY_FILE):
        raise Unreadable(f"The file holds {OTHER_FILES.get(held.kind or 0, 'something else')}, not a session.")
    if damaged and not (held.sessions and all(map(_is_whole, held.sessions))):
        raise Unreadable(DAMAGED)
    # Half of the records would make half of a distance or of the work; then only the summary speaks.
    samples = [] if damaged else keep_sane(held.samples, now=now)
    pauses = _pauses(held.timer)
    if not held.sessions:
        if not held.samples:
            raise Unreadable("The file holds no session.")
        found = FoundSession(starts=(samples or held.samples)[0].at, sport=held.sport, device=_device(held))
        fill_from_samples(found, samples, pauses)
        return [found]
    return [
        _found(stated, held, samples, pauses, alone=len(held.sessions) == 1)
        for stated in held.sessions
        if stated.get("sport") != TRANSITION
    ]


def _messages(content: bytes) -> Iterator[FitDataMessage | None]:
    """The data messages; None for a checksum that does not fit."""
    reader = FitReader(
        io.BytesIO(content), processor=None, check_crc=CrcCheck.READONLY, error_handling=ErrorHandling.IGNORE
    )
    with reader:
        for frame in reader:
            if isinstance(frame, FitDataMessage):
                yield frame
            elif getattr(frame, "matched", True) is False:
                yield None


def _take(held: _Content, message: FitDataMessage) -> None:
    number = message.global_mesg_num
    if number == RECORD:
        values = _values(message)
        at = _moment(values.get("timestamp"))
        if at is not None:
            if len(held.samples) >= MAX_SAMPLES:
                raise Unreadable(f"The file has more than {MAX_SAMPLES:,} points.")
            altitude, distance = values.get("enhanced_altitude"), values.get("distance")
            held.samples.append(Sample(at, distance, altitude, values.get("heart_rate"), values.get("power")))
    elif number == SESSION:
        values = {entry.name: _plain(entry) for entry in message.fields if _is_native(entry)}
        held.sessions.append(values)
        if len(held.sessions) > MAX_SESSIONS:
            raise Unreadable(f"The file has more than {MAX_SESSIONS} sessions.")
    elif number == EVENT:
        event, kind = message.get_raw_value(0, fallback=None), message.get_raw_value(1, fallback=None)
        at = _moment(message.get_raw_value(253, fallback=None))
        if event == TIMER and at is not None and (kind == TIMER_START or kind in TIMER_STOPS):
            held.timer.append((at, kind == TIMER_START))
    elif number == SPORT:
        held.sport = _sport(message.get_raw_value(0, fallback=None), message.get_raw_value(1, fallback=None))
    elif number == FILE_ID:
        held.kind = message.get_raw_value("type", fallback=None)
        held.maker = _word(message.get_value("manufacturer", fallback=None))
        named = message.get_value("product_name", fallback=None)
        held.product = _word(named) or _word(message.get_value("product", fallback=None))
    elif number == DEVICE_INFO and message.get_raw_value("device_index", fallback=None) == 0:
        held.product = _word(message.get_value("product_name", fallback=None)) or held.product


def _values(message: FitDataMessage) -> dict[str, Any]:
    """The numbers of a record; a developer's field stands in where the native one says nothing."""
    values: dict[str, Any] = {}
    spare: dict[str, Any] = {}
    for entry in message.fields:
        if _is_native(entry):
            # The plain altitude also comes expanded under its longer name.
            if entry.name in _RECORDED and values.get(entry.name) is None:
                values[entry.name] = _plain(entry)
        elif isinstance(entry.field, DevField) and entry.field.native_field_num in _NATIVE:
            spare.setdefault(_NATIVE[entry.field.native_field_num], _plain(entry))
    for name, value in spare.items():
        if values.get(name) is None:
            values[name] = value
    return values


def _is_native(entry: Any) -> bool:
    return entry.field is not None and not isinstance(entry.field, DevField)


def _plain(entry: Any) -> Any:
    """A finite number of an entry, the raw one of a named choice; None for everything else (arrays, text)."""
    value = entry.raw_value if isinstance(entry.value, str) else entry.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def _moment(count: Any) -> float | None:
    """Seconds since 1970 of a FIT count; one that runs since power-on says nothing."""
    if not isinstance(count, int) or count < 0:
        return None
    return float(count + EPOCH)


def _word(value: Any) -> str:
    return value.replace("_", " ") if isinstance(value, str) else ""


def _device(held: _Content) -> str:
    """“Garmin Edge530”; what the device calls itself as it is written."""
    if not held.product or held.product.lower().startswith(held.maker.lower() or "\0"):
        return held.product or held.maker.capitalize()
    product = held.product if held.product[:1].isupper() else held.product.capitalize()
    return f"{held.maker.capitalize()} {product}".strip()


def _is_whole(stated: dict[str, Any]) -> bool:
    """Whether a summary states its times, and they agree: one that is half overwritten does not."""
    start, written = _moment(stated.get("start_time")), _moment(stated.get("timestamp"))
    timer, elapsed = stated.get("total_timer_time"), stated.get("total_elapsed_time")
    if start is None or written is None or not timer or not elapsed:
        return False
    return bool(0 < timer <= elapsed + 1 and abs(written - start - elapsed) <= AGREEMENT_SECONDS)


def _pauses(timer: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Where the clock stood still: from each stop to the next start."""
    pauses: list[tuple[float, float]] = []
    stopped: float | None = None
    for at, starts in sorted(timer):
        if starts and stopped is not None:
            pauses.append((stopped, at))
            stopped = None
        elif not starts and stopped is None:
            stopped = at
    return pauses


def _found(
    stated: dict[str, Any],
    held: _Content,
    samples: list[Sample],
    pauses: list[tuple[float, float]],
    *,
    alone: bool,
) -> FoundSession:
    found = FoundSession(starts=_moment(stated.get("start_time")), device=_device(held))
    number = stated.get("sport")
    if number in NOT_TRAINING:
        found.problem = f"It is no training: {NOT_TRAINING[number]}."
    found.sport = _sport(number, stated.get("sub_sport"))
    for name, ours, factor in STATED:
        value = stated.get(name)
        if value is not None and value > 0:
            setattr(found, ours, value * factor)
    if found.starts is None and (written := _moment(stated.get("timestamp"))) is not None:
        length = found.elapsed_seconds or found.seconds
        found.starts = written - length if length else None
    own = samples if alone else _between(samples, found)
    if stated.get("total_ascent") == 0 and any(sample.altitude_m is not None for sample in own):
        found.ascent_m = 0.0
    fill_from_samples(found, own, pauses)
    return found


def _between(samples: list[Sample], found: FoundSession) -> list[Sample]:
    """The samples of one leg. Its distances count on from the legs before, which differences undo."""
    length = found.elapsed_seconds or found.seconds
    if found.starts is None or not length:
        return []
    return [sample for sample in samples if found.starts <= sample.at <= found.starts + length]


def _sport(number: Any, kind: Any) -> str:
    if kind in SUB_SPORTS:
        return SUB_SPORTS[kind]
    if number == 2 and kind in MOUNTAIN_BIKES:
        return "mountain_bike"
    return "" if number in NO_SPORT else SPORTS.get(number, "other")
