"""The same planned session seen through two calendars: one of them counts, the others say whose twin they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from athletes.models import Athlete, TrainingEvent
from athletes.services.alike import agree_within, group_alike, overlap_share, sport_family, sports_agree
from nutrition_site.kernel.vocabulary import fold

# Own events of sessions that were on no plan carry this name in place of one at a source.
OWN_EVENT = "session"
# [engineering choices] How much two timed sessions overlap, how near the lengths of two untimed ones are, how far
# apart two starts may be when a length is unknown.
LEAST_OVERLAP = 0.5
DURATION_SHARE = 0.25
START_MINUTES = 30.0
ASSUMED_MINUTES = 60.0

READ = (
    *("id", "athlete_id", "calendar_id", "external_id", "source", "type", "sport", "title", "starts_at", "local_date"),
    *("all_day", "duration_minutes", "distance_km", "avg_power_w", "tss", "intensity_factor", "intensity"),
    *("estimated", "duplicate_of_id"),
)


def is_own_event(event: TrainingEvent) -> bool:
    """Whether an event only stands for a session that was done, and for nothing that was planned.

    An event that left its calendar after it was trained is one too: nobody plans it any more.
    """
    if event.calendar_id is not None:
        return False
    return event.external_id == OWN_EVENT or (event.external_id == "" and event.source != "manual")


def mark_twins(*, athlete: Athlete, first: date, last: date) -> bool:
    """Says on these local days which planned sessions are seen twice; returns whether it changed what counts.

    Two events of different calendars (what was entered by hand is one of its own) are twins when their sports agree
    and half of the shorter one overlaps; where one lasts all day, when they have the same title, or the same known
    sport and lengths and distances that do not contradict each other. Of twins the race counts first, then the one
    with load or power, then the one whose length is stated, then the older connection. Calling it again changes
    nothing.
    """
    rows = (
        TrainingEvent.objects.filter(athlete=athlete)
        .on_days(first, last)
        .select_related("calendar")
        .only(*READ, "calendar__created_at")
    )
    by_day: dict[date, list[TrainingEvent]] = defaultdict(list)
    changed: list[TrainingEvent] = []
    counts = False
    for event in rows:
        if event.type in (TrainingEvent.Type.WORKOUT, TrainingEvent.Type.RACE) and not is_own_event(event):
            by_day[event.local_date].append(event)
        elif event.duplicate_of_id is not None:
            event.duplicate_of_id = None
            changed.append(event)
    for events in by_day.values():
        for primary, event in _primaries(events):
            wanted = None if primary is event else primary.pk
            if event.duplicate_of_id != wanted:
                counts = counts or (event.duplicate_of_id is None) != (wanted is None)
                event.duplicate_of_id = wanted
                changed.append(event)
    TrainingEvent.objects.bulk_update(changed, ["duplicate_of"], batch_size=200)
    return counts


def _primaries(events: Sequence[TrainingEvent]) -> list[tuple[TrainingEvent, TrainingEvent]]:
    """(the one that counts, event) for the events of one day."""
    if len({_calendar_of(event) for event in events}) < 2:
        return [(event, event) for event in events]
    found = []
    for group in group_alike(events, likeness=_likeness, key=_contents):
        primary = min(group, key=_standing)
        found += [(primary, event) for event in group]
    return found


def _calendar_of(event: TrainingEvent) -> str:
    return event.calendar_id or f"({event.source})"


def _contents(event: TrainingEvent) -> tuple[object, ...]:
    return (event.starts_at, event.source, event.external_id, event.title, event.duration_minutes or 0.0, event.pk)


def _standing(event: TrainingEvent) -> tuple[object, ...]:
    """Whose word counts first: what is known of it, then how old its connection is."""
    load = any(value is not None for value in (event.tss, event.intensity_factor, event.avg_power_w))
    length = event.duration_minutes is not None and "duration_minutes" not in event.estimated
    connected = event.calendar.created_at.timestamp() if event.calendar is not None else float("inf")
    return (event.type != TrainingEvent.Type.RACE, not load, not length, connected, *_contents(event))


def _likeness(one: TrainingEvent, other: TrainingEvent) -> float | None:
    if _calendar_of(one) == _calendar_of(other) or not sports_agree(one.sport, other.sport):
        return None
    same_title = fold(one.title) == fold(other.title)
    if one.all_day or other.all_day:
        return _untimed_likeness(one, other, same_title)
    minutes = one.duration_minutes or other.duration_minutes or ASSUMED_MINUTES
    other_minutes = other.duration_minutes or minutes
    share = overlap_share(one.starts_at, minutes, other.starts_at, other_minutes)
    apart = abs((one.starts_at - other.starts_at).total_seconds()) / 60
    vague = one.duration_minutes is None or other.duration_minutes is None
    if share < LEAST_OVERLAP or (vague and apart > START_MINUTES and not same_title):
        return None
    return 2.0 + share - apart / 1440 + same_title


def _untimed_likeness(one: TrainingEvent, other: TrainingEvent, same_title: bool) -> float | None:
    if same_title:
        return 2.0 + (one.all_day and other.all_day)
    if not sport_family(one.sport) or sport_family(one.sport) != sport_family(other.sport):
        return None
    amounts = ((one.duration_minutes, other.duration_minutes), (one.distance_km, other.distance_km))
    known = [(left, right) for left, right in amounts if left is not None and right is not None]
    if not all(agree_within(left, right, DURATION_SHARE) for left, right in known):
        return None
    return 0.5 + 0.5 * len(known)
