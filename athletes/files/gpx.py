"""GPX: a line through places, with times when it was recorded and without when it was drawn.

The format has no summary: time in motion, distance and ascent are worked out from the points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .found import FoundSession, Unreadable
from .measures import (
    LONGEST_GAP_SECONDS,
    MAX_SAMPLES,
    Sample,
    ascent,
    fill_power,
    keep_sane,
    meters_between,
    seconds_of,
    weighted_mean,
)
from .outline import Outline, moment_of, number_of, read_outline

MAX_TRACKS = 50
# Slower than a stroll is standing. Measured over some seconds, because a receiver at rest wanders about.
MOVING_M_PER_S = 0.5
SPEED_WINDOW_SECONDS = 10.0
# Faster than any athlete: the receiver has jumped.
JUMP_M_PER_S = 60.0
# Less than this in a whole session is no way but a room with a bad view of the sky.
SHORTEST_WAY_M = 100.0
_HEART_RATES, _POWERS = {"hr", "heartrate"}, {"power", "watts", "PowerInWatts"}


@dataclass(slots=True)
class _Track:
    name: str = ""
    type: str = ""
    points: int = 0
    samples: list[Sample] = field(default_factory=list)


class _Reader(Outline):
    def __init__(self) -> None:
        super().__init__()
        self.tracks: list[_Track] = []
        self.creator = ""
        self._point: dict[str, float | None] = {}
        self._new_segment = False

    def opened(self, name: str, attributes: Any) -> None:
        if name == "gpx":
            self.creator = attributes.get("creator", "")
        elif name == "trk":
            if len(self.tracks) >= MAX_TRACKS or "trk" in self.path[:-1]:
                raise Unreadable(f"The file has more than {MAX_TRACKS} tracks.")
            self.tracks.append(_Track())
        elif name == "trkseg":
            self._new_segment = True
        elif name == "trkpt":
            latitude, longitude = number_of(attributes.get("lat", "")), number_of(attributes.get("lon", ""))
            placed = latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180
            self._point = {"latitude": latitude, "longitude": longitude} if placed else {}

    def closed(self, name: str, text: str) -> None:
        if not self.tracks or "trk" not in self.path:
            return
        track = self.tracks[-1]
        if name == "name" and self.around("trk"):
            track.name = text
        elif name == "type" and self.around("trk"):
            track.type = text
        elif name == "trkpt":
            self._close_point(track)
        elif "trkpt" in self.path:
            if name == "time" and self.around("trkpt"):
                self._point["at"] = moment_of(text)
            elif name == "ele":
                self._point["altitude_m"] = number_of(text)
            elif name in _HEART_RATES:
                self._point["heart_rate"] = number_of(text)
            elif name in _POWERS:
                self._point["power_w"] = number_of(text)

    def _close_point(self, track: _Track) -> None:
        track.points += 1
        if track.points > MAX_SAMPLES:
            raise Unreadable(f"The file has more than {MAX_SAMPLES:,} points.")
        at = self._point.pop("at", None)
        if at is not None:
            pause = self._new_segment and len(track.samples) > 0
            track.samples.append(Sample(at, after_pause=pause, **self._point))
            self._new_segment = False


def read_gpx(content: bytes, *, now: float) -> list[FoundSession]:
    """The recorded tracks of a GPX file, one session each. Raises Unreadable, also for a route without times."""
    reader = _Reader()
    read_outline(content, reader)
    recorded = [track for track in reader.tracks if track.samples]
    if not recorded:
        drawn = any(track.points for track in reader.tracks)
        raise Unreadable(
            "The file has no times: it is a planned route." if drawn else "The file holds no recorded track."
        )
    return [_found(track, reader.creator, now) for track in recorded]


def _found(track: _Track, creator: str, now: float) -> FoundSession:
    found = FoundSession(starts=track.samples[0].at, sport=track.type, title=track.name, device=creator)
    samples = keep_sane(track.samples, now=now)
    if not samples:
        return found
    found.starts = samples[0].at
    found.elapsed_seconds = samples[-1].at - samples[0].at
    steps = _steps(samples)
    meters = sum(step.meters for step in steps if step.moving)
    if meters >= SHORTEST_WAY_M:
        weights = [step.seconds if step.moving else 0.0 for step in steps]
        found.distance_m = meters
        found.ascent_m = ascent(sample.altitude_m for sample in samples)
    else:
        weights = seconds_of(samples)
    found.seconds = sum(weights)
    rates = [sample.heart_rate or None for sample in samples]
    found.avg_hr = weighted_mean(rates, weights)
    found.max_hr = max((rate for rate in rates if rate is not None), default=None)
    fill_power(found, [sample.power_w for sample in samples], weights)
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """From the point before to this one."""

    seconds: float
    meters: float
    moving: bool


def _steps(samples: list[Sample]) -> list[_Step]:
    """One for each sample; the first, and those after a pause, stand still."""
    steps: list[_Step] = []
    # The nearest earlier point at least the window away, in the same part of the recording.
    back = 0
    for index, sample in enumerate(samples):
        if index == 0 or sample.after_pause:
            back = index
            steps.append(_Step(0.0, 0.0, moving=False))
            continue
        while sample.at - samples[back + 1].at >= SPEED_WINDOW_SECONDS:
            back += 1
        seconds = sample.at - samples[index - 1].at
        meters = meters_between(samples[index - 1], sample) or 0.0
        if meters > JUMP_M_PER_S * seconds:
            steps.append(_Step(seconds if seconds <= LONGEST_GAP_SECONDS else 0.0, 0.0, moving=True))
            continue
        speed = (meters_between(samples[back], sample) or 0.0) / (sample.at - samples[back].at)
        pedaling = bool(sample.power_w) and seconds <= LONGEST_GAP_SECONDS
        steps.append(_Step(seconds, meters, moving=pedaling or speed >= MOVING_M_PER_S))
    return steps
