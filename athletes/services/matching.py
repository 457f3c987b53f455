"""Which records are of one session, which value of each field is believed, and which plan a session fulfills.

Pure: rows in, decisions out, the same for the same rows in whatever order they came. The order of belief is the one in
which energy is calculated: power, distance of a run or walk, heart rate, what the device says, speed, minutes alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from athletes.models import SessionRecord, TrainingEvent
from athletes.models.sessions import SessionValues
from athletes.services.alike import LEGS, agree_within, group_alike, overlap_share, sport_family, sports_agree
from nutrition_site.kernel.clock import local_day, zone

# [engineering choices] Two sources tell of one session when half of the shorter stretch is common to both. Two records
# of one source are two sessions, unless two devices that name themselves differently ran side by side.
LEAST_OVERLAP = 0.5
SIDE_BY_SIDE = 0.9
# A clock that is wrong by the athlete's own offset, or by the hour of summer time, shifts a session as a whole: then
# length and distance must both agree this closely, and the rest of the shift be no more than a clock's drift.
SLIP_SHARE = 0.02
DRIFT_MINUTES = 2.0
# How a session on the day of a plan must resemble it: near in time, or not too far from its length.
NEAR_START_MINUTES = 90.0
TIMED_RATIO = 0.5
UNTIMED_RATIO = 0.25
UNTIMED_HOURS = 4.0
# Farther from its planned day a session is nobody's word for that plan.
PINNED_DAYS = 7

POWER_SPORTS = frozenset({"cycle", "row"})
DISTANCE_SPORTS = frozenset({"run", "walk"})
SPEED_SPORTS = frozenset({"cycle", "swim"})
_SOURCES = ("fit", "tcx", "gpx")
# Values that only mean something together come from one record.
TIME = ("starts_at", "duration_minutes", "elapsed_minutes")
BUNDLES: tuple[tuple[str, ...], ...] = (
    ("avg_power_w", "normalized_power_w", "work_kj"),
    ("avg_hr", "max_hr"),
    ("tss", "intensity_factor"),
)
SINGLES = ("distance_km", "ascent_m", "device_kcal", "rpe")


def stretch_minutes(record: SessionRecord) -> float:
    """How long a record lasts by the clock, pauses included."""
    return max(record.duration_minutes, record.elapsed_minutes or 0.0)


def contents_key(record: SessionRecord) -> tuple[object, ...]:
    """Orders records by what they say of themselves."""
    return (record.starts_at, record.source, record.external_id)


def group_records(records: Sequence[SessionRecord], *, zone_name: str) -> list[list[SessionRecord]]:
    """The records of each session that took place, in order of time."""

    def likeness(one: SessionRecord, other: SessionRecord) -> float | None:
        return _likeness(one, other, zone_name)

    order = sorted(range(len(records)), key=lambda index: records[index].starts_at)
    reach = timedelta(hours=15)
    pairs = []
    for place, index in enumerate(order):
        for other in order[place + 1 :]:
            longest = max(reach, timedelta(minutes=stretch_minutes(records[index])))
            if records[other].starts_at - records[index].starts_at > longest:
                break
            pairs.append((index, other))
    return group_alike(records, likeness=likeness, key=contents_key, pairs=pairs)


def _likeness(one: SessionRecord, other: SessionRecord, zone_name: str) -> float | None:
    if not sports_agree(one.sport, other.sport):
        return None
    apart = abs((one.starts_at - other.starts_at).total_seconds()) / 60
    minutes, other_minutes = stretch_minutes(one), stretch_minutes(other)
    share = overlap_share(one.starts_at, minutes, other.starts_at, other_minutes)
    union = max(minutes, other_minutes) / max(min(minutes, other_minutes), 1e-6)
    if one.source == other.source:
        two_devices = bool(one.device) and bool(other.device) and one.device != other.device
        return share + 1 / union if two_devices and share >= SIDE_BY_SIDE else None
    if share >= LEAST_OVERLAP:
        return 1.0 + share + 1 / union - apart / 1440
    return 0.0 - apart / 1440 if _slipped(one, other, apart, zone_name) else None


def _slipped(one: SessionRecord, other: SessionRecord, apart: float, zone_name: str) -> bool:
    """Whether two records are one session with a wrong clock."""
    offset = one.starts_at.astimezone(zone(zone_name)).utcoffset() or timedelta()
    own = abs(offset.total_seconds()) / 60
    slips = {60.0, own, abs(own - 60), own + 60} - {0.0}
    return (
        any(abs(apart - slip) <= DRIFT_MINUTES for slip in slips)
        and agree_within(one.duration_minutes, other.duration_minutes, SLIP_SHARE)
        and agree_within(one.distance_km, other.distance_km, SLIP_SHARE)
    )


def energy_rank(record: SessionValues, sport: str) -> int:
    """The place of the best way to energy that a record allows for its sport; 2 is power, 9 minutes alone."""
    family = sport_family(sport)
    if family in POWER_SPORTS and (record.avg_power_w is not None or record.work_kj is not None):
        return 2
    if family in DISTANCE_SPORTS and record.distance_km is not None:
        return 3
    by_speed = family in SPEED_SPORTS and record.distance_km is not None
    if family == "swim" and by_speed:
        return 4
    if record.avg_hr is not None:
        return 5
    if record.device_kcal is not None:
        return 6
    return 7 if by_speed else 9


def choose_values(records: Sequence[SessionRecord]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a session, and which record each comes from (field to record id).

    The record that ranks best by energy gives the times; of equals a file goes before a service, and that before what
    was typed. Every other value comes from the best record that has it; values that belong together, such as mean and
    normalized power and work, come from one. Unknown stays None.
    """
    sport = _sport_of(records)
    order = sorted(records, key=lambda record: _belief(record, sport))
    values: dict[str, Any] = {}
    chosen: dict[str, str] = {}

    def take(names: Sequence[str], record: SessionRecord) -> None:
        for name in names:
            value = getattr(record, name)
            values[name] = value
            if value is not None and value != "":
                chosen[name] = record.pk

    take(TIME, order[0])
    for names in (*BUNDLES, *((name,) for name in SINGLES)):
        holder = next((row for row in order if any(getattr(row, name) is not None for name in names)), order[0])
        take(names, holder)
    take(("title",), next((row for row in order if row.title), order[0]))
    values["sport"] = sport
    if sport:
        chosen["sport"] = next(row.pk for row in order if row.sport == sport)
    return values, chosen


def _sport_of(records: Sequence[SessionRecord]) -> str:
    """The sport that is said best: a known one before "other", a file's word before a service's."""
    named = sorted(
        records, key=lambda row: (not sport_family(row.sport), not row.sport, _trust(row), contents_key(row))
    )
    return named[0].sport


def _trust(record: SessionRecord) -> int:
    if record.source in _SOURCES:
        return _SOURCES.index(record.source)
    return len(_SOURCES) + (record.source == "manual")


def _belief(record: SessionRecord, sport: str) -> tuple[object, ...]:
    return (energy_rank(record, sport), _trust(record), -record.duration_minutes, *contents_key(record))


@dataclass(slots=True)
class Done:
    """One session that took place: its records, the values chosen from them, and what its sources call its plan.

    `named` are pairs of a planned event's id at the source and the record that says so.
    """

    records: list[SessionRecord]
    values: dict[str, Any]
    chosen: dict[str, str]
    local_date: date
    named: list[tuple[str, SessionRecord]]
    race: bool = False
    event: TrainingEvent | None = None

    @property
    def starts_at(self) -> datetime:
        starts_at: datetime = self.values["starts_at"]
        return starts_at


def read_groups(
    groups: Sequence[Sequence[SessionRecord]],
    *,
    zone_name: str,
    is_race: Callable[[str], bool],
) -> list[Done]:
    """The sessions of groups of records."""
    found = []
    for group in groups:
        values, chosen = choose_values(group)
        names = [(row.planned_id, row) for row in sorted(group, key=contents_key) if row.planned_id]
        titles = [row.title for row in group if row.title]
        found.append(
            Done(
                records=list(group),
                values=values,
                chosen=chosen,
                local_date=local_day(values["starts_at"], zone_name),
                named=names,
                race=any(is_race(title) for title in titles),
            )
        )
    return found


def planned_by_name(name: str, record: SessionRecord, events: Sequence[TrainingEvent]) -> TrainingEvent | None:
    """The planned event that a record names, or the twin of it that counts."""
    for event in events:
        same_calendar = (
            event.calendar_id == record.calendar_id
            if record.calendar_id is not None and event.calendar_id is not None
            else event.source == record.source
        )
        if event.external_id != name or not same_calendar:
            continue
        counting = event.pk if event.duplicate_of_id is None else event.duplicate_of_id
        return next((row for row in events if row.pk == counting and row.counts), None)
    return None


def match_plans(done: Sequence[Done], events: Sequence[TrainingEvent]) -> None:
    """Gives each session the planned event it fulfills, if any; each planned event is fulfilled once.

    `events` are what was planned on these days and what the sources name, twins included. What a source says itself
    goes first; then, within a local day, the nearest in time and length of a sport that agrees.
    """
    order = sorted(done, key=lambda row: (row.starts_at, contents_key(row.records[0])))
    taken: set[str] = set()
    for row in order:
        for name, record in row.named:
            event = planned_by_name(name, record, events)
            if event is None or event.pk in taken or abs((event.local_date - row.local_date).days) > PINNED_DAYS:
                continue
            row.event = event
            taken.add(event.pk)
            break
    by_day: dict[date, list[TrainingEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (event.starts_at, event.source, event.external_id, event.pk)):
        if event.counts and event.pk not in taken:
            by_day[event.local_date].append(event)
    legs: dict[date, set[str]] = defaultdict(set)
    for row in order:
        legs[row.local_date].add(sport_family(row.values["sport"]))
    costs = []
    for place, row in enumerate(order):
        if row.event is not None:
            continue
        for number, event in enumerate(by_day.get(row.local_date, ())):
            cost = _distance(row, event, legs[row.local_date])
            if cost is not None:
                costs.append((cost, place, number, row, event))
    for *_, row, event in sorted(costs, key=lambda cost: cost[:3]):
        if row.event is None and event.pk not in taken:
            row.event = event
            taken.add(event.pk)


def _distance(row: Done, event: TrainingEvent, legs: set[str]) -> float | None:
    """How far a session is from a plan of its day, in hours; None when it cannot be the same.

    Of a triathlon or duathlon recorded leg by leg, one leg stands for the plan and the others for themselves, provided
    that two legs were done: so nothing counts twice.
    """
    sport, planned = row.values["sport"], event.sport
    cost = 0.0
    if not sports_agree(sport, planned):
        parts = LEGS.get(sport_family(planned), frozenset())
        if sport_family(sport) not in parts or len(legs & parts) < 2:
            return None
        cost += 6.0
    elif not sport_family(sport) or not sport_family(planned):
        cost += 1.0
    minutes = row.values["duration_minutes"]
    ratio = None
    if event.duration_minutes:
        ratio = min(minutes, event.duration_minutes) / max(minutes, event.duration_minutes)
    elif event.distance_km and row.values["distance_km"]:
        done_km = row.values["distance_km"]
        ratio = min(done_km, event.distance_km) / max(done_km, event.distance_km)
    apart = abs((row.starts_at - event.starts_at).total_seconds()) / 60
    near = not event.all_day and apart <= NEAR_START_MINUTES
    least = UNTIMED_RATIO if event.all_day else TIMED_RATIO
    if cost < 6.0 and not near and ratio is not None and ratio < least:
        return None
    cost += UNTIMED_HOURS if event.all_day else apart / 60
    cost += -2.0 * math.log2(ratio) if ratio else 1.0
    # A race is the longest and best named thing of its day; a warm-up beside it is not.
    if event.type == TrainingEvent.Type.RACE:
        cost += -8.0 if row.race else 0.0
    elif row.race:
        cost += 8.0
    return cost
