"""What can be worked out from the samples of a session: times, averages, power, ascent, distance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .found import AHEAD_SECONDS, EARLIEST, FoundSession, Unreadable

# Devices that record "smartly" leave out up to about a minute; a longer silence is a pause.
LONGEST_GAP_SECONDS = 60.0
MAX_SAMPLES = 400_000
# Barometers and satellites wander by a few meters without anybody climbing.
ASCENT_STEP_M = 5.0
EARTH_RADIUS_M = 6_371_008.8
NORMALIZED_WINDOW_SECONDS = 30


@dataclass(slots=True)
class Sample:
    """One moment of a recording: seconds since 1970 and what was measured then; None is unknown.

    `distance_m` counts from the beginning. `after_pause` says that the recording had stopped before.
    """

    at: float
    distance_m: float | None = None
    altitude_m: float | None = None
    heart_rate: float | None = None
    power_w: float | None = None
    after_pause: bool = False
    latitude: float | None = None
    longitude: float | None = None


def keep_sane(samples: Sequence[Sample], *, now: float) -> list[Sample]:
    """Samples in order of time, each moment once, without those of a clock that was not set. Raises Unreadable."""
    if len(samples) > MAX_SAMPLES:
        raise Unreadable(f"It has more than {MAX_SAMPLES:,} points.")
    kept: list[Sample] = []
    paused = False
    for sample in samples:
        # What is left out may have been the first after a pause.
        paused = paused or sample.after_pause
        if EARLIEST <= sample.at <= now + AHEAD_SECONDS and (not kept or sample.at > kept[-1].at):
            sample.after_pause = paused
            kept.append(sample)
            paused = False
    return kept


def seconds_of(samples: Sequence[Sample], pauses: Sequence[tuple[float, float]] = ()) -> list[float]:
    """For how long each sample stands: the time since the one before it without `pauses`, 0 after a pause or gap."""
    weights = [0.0] * len(samples)
    position = 0
    for index in range(1, len(samples)):
        begin, end = samples[index - 1].at, samples[index].at
        while position < len(pauses) and pauses[position][1] <= begin:
            position += 1
        active, ahead = end - begin, position
        while ahead < len(pauses) and pauses[ahead][0] < end:
            active -= max(0.0, min(end, pauses[ahead][1]) - max(begin, pauses[ahead][0]))
            ahead += 1
        if not samples[index].after_pause and active <= LONGEST_GAP_SECONDS:
            weights[index] = max(0.0, active)
    return weights


def weighted_mean(values: Iterable[float | None], weights: Sequence[float]) -> float | None:
    """The mean over time of what is known; None when nothing is."""
    total = seconds = 0.0
    for value, weight in zip(values, weights, strict=True):
        if value is not None:
            total += value * weight
            seconds += weight
    return total / seconds if seconds else None


def normalized_power(powers: Sequence[float | None], weights: Sequence[float]) -> float | None:
    """The fourth-power mean of the rolling mean over 30 s (Coggan). None below 30 s of known power."""
    series: list[float] = []
    for power, weight in zip(powers, weights, strict=True):
        if power is not None:
            series.extend([power] * round(weight))
    if len(series) < NORMALIZED_WINDOW_SECONDS:
        return None
    window = sum(series[:NORMALIZED_WINDOW_SECONDS])
    total, count = (window / NORMALIZED_WINDOW_SECONDS) ** 4, 1
    for index in range(NORMALIZED_WINDOW_SECONDS, len(series)):
        window += series[index] - series[index - NORMALIZED_WINDOW_SECONDS]
        total += (window / NORMALIZED_WINDOW_SECONDS) ** 4
        count += 1
    return float((total / count) ** 0.25)


def ascent(altitudes: Iterable[float | None]) -> float | None:
    """Meters climbed, counted in steps of at least 5 m; None when no altitude is known."""
    climbed = 0.0
    level: float | None = None
    for altitude in altitudes:
        if altitude is None:
            continue
        if level is None:
            level = altitude
        elif altitude - level >= ASCENT_STEP_M:
            climbed += altitude - level
            level = altitude
        elif level - altitude >= ASCENT_STEP_M:
            level = altitude
    return None if level is None else climbed


def meters_between(one: Sample, other: Sample) -> float | None:
    """The way over the globe between two samples (haversine, mean radius); None without both places."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    lat, other_lat = math.radians(one.latitude), math.radians(other.latitude)
    half_lat, half_lon = (other_lat - lat) / 2, math.radians(other.longitude - one.longitude) / 2
    part = math.sin(half_lat) ** 2 + math.cos(lat) * math.cos(other_lat) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(part)))


def fill_from_samples(
    found: FoundSession, samples: Sequence[Sample], pauses: Sequence[tuple[float, float]] = ()
) -> None:
    """Works out what `found` does not state; what it states stays. `samples` are sane (see `keep_sane`)."""
    if not samples:
        return
    weights = seconds_of(samples, pauses)
    recorded = sum(weights)
    if found.starts is None:
        found.starts = samples[0].at
    if not found.elapsed_seconds:
        found.elapsed_seconds = samples[-1].at - samples[0].at
    if not found.seconds:
        found.seconds = recorded
    if not found.distance_m:
        known = [sample.distance_m for sample in samples if sample.distance_m is not None]
        found.distance_m = known[-1] - known[0] if known else None
    altitudes = [sample.altitude_m for sample in samples]
    if found.ascent_m is None:
        found.ascent_m = ascent(altitudes)
    rates = [sample.heart_rate or None for sample in samples]
    if not found.avg_hr:
        found.avg_hr = weighted_mean(rates, weights)
    if not found.max_hr:
        found.max_hr = max((rate for rate in rates if rate is not None), default=None)
    fill_power(found, [sample.power_w for sample in samples], weights)


def fill_power(found: FoundSession, powers: Sequence[float | None], weights: Sequence[float]) -> None:
    """Average and normalized power and work, from samples where not stated. A meter that only ever says 0 is none."""
    if not any(powers):
        return
    if not found.avg_power_w:
        found.avg_power_w = weighted_mean(powers, weights)
    if not found.normalized_power_w:
        found.normalized_power_w = normalized_power(powers, weights)
    if not found.work_kj:
        joules = sum(power * weight for power, weight in zip(powers, weights, strict=True) if power is not None)
        found.work_kj = joules / 1000
