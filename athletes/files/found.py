"""One session as a file states it, and what of it can be believed."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
EPOCH_YEAR, SECONDS_A_YEAR = 1970, 31_556_952
# A clock in the wrong zone is at most this far ahead.
AHEAD_SECONDS = 86_400.0
SHORTEST_MINUTES = 1.0
LONGEST_MINUTES = 1440.0
LONGEST_ELAPSED_MINUTES = 4320.0
# Closed ranges outside of which a value is a broken sensor's and counts as unknown. Where nothing was measured devices
# write 0, so that 0 lies outside, except for ascent: a flat course is one.
PLAUSIBLE: dict[str, tuple[float, float]] = {
    "distance_km": (0.01, 1000),
    "ascent_m": (0, 20_000),
    "avg_power_w": (1, 600),
    "normalized_power_w": (1, 1000),
    "avg_hr": (30, 230),
    "max_hr": (30, 230),
    "work_kj": (0.1, 50_000),
    "device_kcal": (1, 50_000),
    "tss": (0.1, 1000),
    "intensity_factor": (0.2, 1.5),
    "rpe": (1, 10),
}


class Unreadable(Exception):
    """Why a file, or one session of it, cannot be used, in words for the athlete."""


@dataclass(slots=True)
class FoundSession:
    """What a file says about one session, unchecked; None is unknown.

    `starts` is in seconds since 1970, `seconds` is time in motion, `elapsed_seconds` counts pauses. `problem` says why
    this part of the file is no session.
    """

    starts: float | None = None
    seconds: float | None = None
    elapsed_seconds: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    avg_power_w: float | None = None
    normalized_power_w: float | None = None
    avg_hr: float | None = None
    max_hr: float | None = None
    work_kj: float | None = None
    device_kcal: float | None = None
    tss: float | None = None
    intensity_factor: float | None = None
    rpe: float | None = None
    sport: str = ""
    title: str = ""
    device: str = ""
    problem: str = ""


def check_session(found: FoundSession, *, now: float) -> dict[str, Any]:
    """The columns of a session in their own units, with `starts_at` as ISO text. Raises Unreadable."""
    if found.problem:
        raise Unreadable(found.problem)
    if found.starts is None:
        raise Unreadable("It does not say when the session took place.")
    if found.starts < EARLIEST:
        year = EPOCH_YEAR + math.floor(found.starts / SECONDS_A_YEAR)
        raise Unreadable(f"It says that the session took place in {year}: the clock of the device was not set.")
    if found.starts > now + AHEAD_SECONDS:
        raise Unreadable("It says that the session lies in the future: the clock of the device was wrong.")
    minutes = None if found.seconds is None else found.seconds / 60
    if minutes is None or not math.isfinite(minutes) or minutes <= 0:
        raise Unreadable("It does not say how long the session lasted.")
    if minutes < SHORTEST_MINUTES:
        raise Unreadable("The session is shorter than a minute.")
    if minutes > LONGEST_MINUTES:
        raise Unreadable("The session is longer than 24 hours.")
    elapsed = None if found.elapsed_seconds is None else found.elapsed_seconds / 60
    # A second of rounding is none less than the time in motion.
    if elapsed is not None and not minutes - 0.02 <= elapsed <= LONGEST_ELAPSED_MINUTES:
        elapsed = None
    values = asdict(found)
    values["distance_km"] = None if found.distance_m is None else found.distance_m / 1000
    row: dict[str, Any] = {
        "starts_at": datetime.fromtimestamp(found.starts, UTC).isoformat(),
        "duration_minutes": round(minutes, 3),
        "elapsed_minutes": None if elapsed is None else round(elapsed, 3),
        "title": plain_text(found.title, 500),
        "sport": plain_text(found.sport, 80),
        "device": plain_text(found.device, 120),
    }
    for name, (low, high) in PLAUSIBLE.items():
        value = values[name]
        known = value is not None and math.isfinite(value) and low <= value <= high
        row[name] = round(value, 3) if known else None
    return row


def plain_text(text: str, limit: int) -> str:
    """One line without control characters, cut at `limit`."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())[:limit].strip()
