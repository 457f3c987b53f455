"""TCX: Garmin's Training Center files, still written by many trainers and services."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .found import FoundSession, Unreadable
from .measures import MAX_SAMPLES, Sample, fill_from_samples, keep_sane, weighted_mean
from .outline import Outline, moment_of, number_of, read_outline

MAX_ACTIVITIES = 50
# `Other` is what the format says of every sport but running and cycling.
SPORTS = {"running": "run", "biking": "cycle"}


@dataclass(slots=True)
class _Lap:
    seconds: float | None = None
    meters: float | None = None
    kcal: float | None = None
    avg_hr: float | None = None
    max_hr: float | None = None
    watts: float | None = None


@dataclass(slots=True)
class _Activity:
    sport: str = ""
    started: float | None = None
    device: str = ""
    laps: list[_Lap] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)


class _Reader(Outline):
    def __init__(self) -> None:
        super().__init__()
        self.activities: list[_Activity] = []
        self._point: dict[str, float | None] = {}
        self._new_track = False

    def opened(self, name: str, attributes: Any) -> None:
        if name == "Activity":
            if len(self.activities) >= MAX_ACTIVITIES:
                raise Unreadable(f"The file has more than {MAX_ACTIVITIES} activities.")
            self.activities.append(_Activity(SPORTS.get(attributes.get("Sport", "").lower(), "")))
        elif name == "Lap" and self.around("Activity"):
            self.activities[-1].laps.append(_Lap())
            if self.activities[-1].started is None:
                self.activities[-1].started = moment_of(attributes.get("StartTime", ""))
        elif name == "Track":
            # A track begins where the clock was started again; laps follow each other without a pause.
            self._new_track = True
            if self.path.count("Track") > 1:
                raise Unreadable("The file is nested in a way that no training program writes.")
        elif name == "Trackpoint":
            self._point = {}

    def closed(self, name: str, text: str) -> None:
        if not self.activities or "Activity" not in self.path:
            return
        activity = self.activities[-1]
        if "Trackpoint" in self.path:
            self._close_in_point(activity, name, text)
        elif name == "Id" and self.around("Activity") and activity.started is None:
            activity.started = moment_of(text)
        elif name == "Name" and self.around("Creator"):
            activity.device = text
        elif activity.laps and "Lap" in self.path:
            self._close_in_lap(activity.laps[-1], name, text)

    def _close_in_lap(self, lap: _Lap, name: str, text: str) -> None:
        if name == "TotalTimeSeconds":
            lap.seconds = number_of(text)
        elif name == "DistanceMeters":
            lap.meters = number_of(text)
        elif name == "Calories":
            lap.kcal = number_of(text)
        elif name == "Value" and self.around("AverageHeartRateBpm"):
            lap.avg_hr = number_of(text)
        elif name == "Value" and self.around("MaximumHeartRateBpm"):
            lap.max_hr = number_of(text)
        elif name == "AvgWatts":
            lap.watts = number_of(text)

    def _close_in_point(self, activity: _Activity, name: str, text: str) -> None:
        if name == "Time":
            self._point["at"] = moment_of(text)
        elif name == "DistanceMeters":
            self._point["distance_m"] = number_of(text)
        elif name == "AltitudeMeters":
            self._point["altitude_m"] = number_of(text)
        elif name == "Value" and self.around("HeartRateBpm"):
            self._point["heart_rate"] = number_of(text)
        elif name == "Watts":
            self._point["power_w"] = number_of(text)
        elif name == "Trackpoint":
            at = self._point.pop("at", None)
            if at is not None:
                if len(activity.samples) >= MAX_SAMPLES:
                    raise Unreadable(f"The file has more than {MAX_SAMPLES:,} points.")
                pause = self._new_track and len(activity.samples) > 0
                activity.samples.append(Sample(at, after_pause=pause, **self._point))
                self._new_track = False


def read_tcx(content: bytes, *, now: float) -> list[FoundSession]:
    """The activities of a TCX file in its order. Raises Unreadable, also for courses and planned workouts."""
    reader = _Reader()
    read_outline(content, reader)
    if not reader.activities:
        raise Unreadable("The file holds no session; is it a course or a planned workout?")
    return [_found(activity, now) for activity in reader.activities]


def _found(activity: _Activity, now: float) -> FoundSession:
    """Laps are what the device states; the points give what they do not."""
    found = FoundSession(starts=activity.started, sport=activity.sport, device=activity.device)
    laps = activity.laps
    found.seconds = _sum([lap.seconds for lap in laps])
    found.distance_m = _sum([lap.meters for lap in laps])
    found.device_kcal = _sum([lap.kcal for lap in laps])
    found.max_hr = max((lap.max_hr for lap in laps if lap.max_hr), default=None)
    if found.starts is None and activity.samples:
        found.starts = activity.samples[0].at
    fill_from_samples(found, keep_sane(activity.samples, now=now))
    times = [lap.seconds or 0.0 for lap in laps]
    if not found.avg_hr:
        found.avg_hr = weighted_mean([lap.avg_hr or None for lap in laps], times)
    if not found.avg_power_w:
        found.avg_power_w = weighted_mean([lap.watts for lap in laps], times)
    return found


def _sum(values: list[float | None]) -> float | None:
    """The sum of what is known and sensible; None when nothing is, or when a lap says nonsense."""
    known = [value for value in values if value is not None]
    return sum(known) if known and min(known) >= 0 else None
