"""What a source says about a completed session, held against what can be: the columns of its record."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

from athletes.calendars.protocol import RawSession
from athletes.vocabulary import read_sport
from nutrition_site.kernel.clock import now

# What a source may say of a session; what lies outside is unknown. A zero of these means that nothing was measured.
RANGES: dict[str, tuple[float, float]] = {
    "elapsed_minutes": (0.1, 10_080),
    "distance_km": (0.005, 2_000),
    "ascent_m": (0, 30_000),
    "avg_power_w": (1, 2_000),
    "normalized_power_w": (1, 2_000),
    "avg_hr": (30, 230),
    "max_hr": (30, 250),
    "work_kj": (0.1, 50_000),
    "device_kcal": (1, 30_000),
    "tss": (0.1, 2_000),
    "intensity_factor": (0.1, 2),
    "rpe": (1, 10),
}
VALUES = (*("starts_at", "duration_minutes", "sport", "title"), *RANGES)
# What targets follow; a title alone changes nothing.
COUNTING = tuple(name for name in VALUES if name not in ("title", "ascent_m", "max_hr"))
TEXTS = {"title": 500, "sport": 80, "device": 120}
LONGEST_MINUTES = 2_880.0
# Nobody burns more for as long as a session lasts: such a number is something else in the field of the energy.
MOST_KCAL_A_MINUTE = 30.0
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)


def read_values(raw: RawSession) -> dict[str, Any] | None:
    """The columns of a record; None for what cannot have taken place."""
    minutes = _number(raw.duration_minutes, 0.1, LONGEST_MINUTES)
    if minutes is None or raw.starts_at.tzinfo is None or not EARLIEST <= raw.starts_at <= now() + AHEAD:
        return None
    values: dict[str, Any] = {"starts_at": raw.starts_at.astimezone(UTC), "duration_minutes": minutes}
    for name, (low, high) in RANGES.items():
        values[name] = _number(getattr(raw, name), low, high)
    if values["elapsed_minutes"] is not None and values["elapsed_minutes"] < minutes:
        values["elapsed_minutes"] = None
    lasted = values["elapsed_minutes"] or minutes
    if values["device_kcal"] is not None and values["device_kcal"] / lasted > MOST_KCAL_A_MINUTE:
        values["device_kcal"] = None
    for name, length in TEXTS.items():
        values[name] = " ".join(str(getattr(raw, name)).replace("\x00", "").split())[:length]
    values["sport"] = read_sport(values["sport"])[0]
    return values


def _number(value: Any, low: float, high: float) -> float | None:
    if value is None or isinstance(value, bool) or not math.isfinite(value) or not low <= value <= high:
        return None
    return float(value)
