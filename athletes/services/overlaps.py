"""Sessions that overlap in time: nobody does two at once, so one of them may be the other, seen twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext

from athletes.models import TrainingEvent

# [engineering choice] Clocks and plans are rounded: what overlaps by less follows on the other.
LEAST_OVERLAP = timedelta(minutes=5)


def overlapping_pairs(events: Iterable[TrainingEvent]) -> list[tuple[TrainingEvent, TrainingEvent]]:
    """The pairs of counting sessions that overlap, by their beginning: as they were done, else as planned.

    What lasts all day has no time to overlap; of unknown length only the beginning is known, which then lies within
    the other session. Read the rows `with_completed` before asking.
    """
    spans = [(event, *_span(event)) for event in events if event.counts and (event.session or not event.all_day)]
    spans.sort(key=lambda row: (row[1], row[2], row[0].pk))
    found = []
    for position, (one, start, end) in enumerate(spans):
        for other, other_start, other_end in spans[position + 1 :]:
            if other_start > max(end, start):
                break
            if _overlap(start, end, other_start, other_end):
                found.append((one, other))
    return found


def overlaps_by_event(events: Iterable[TrainingEvent]) -> dict[str, list[str]]:
    """The titles of the sessions that each event overlaps with, by the event's id; others are absent."""
    titles: dict[str, list[str]] = defaultdict(list)
    for one, other in overlapping_pairs(events):
        titles[one.pk].append(other.title)
        titles[other.pk].append(one.title)
    return dict(titles)


def overlaps_of(event: TrainingEvent) -> list[str]:
    """The titles of the sessions that one event overlaps with, read from the days around it. One query."""
    day, around = event.local_date, timedelta(days=1)
    near = TrainingEvent.objects.filter(athlete_id=event.athlete_id).on_days(day - around, day + around)
    return overlaps_by_event(near.counting().with_completed()).get(event.pk, [])


def overlap_question(one: str, other: str) -> str:
    """What is asked about two sessions with these titles."""
    words = gettext("“%(one)s” and “%(other)s” overlap: is it the same session twice?")
    return words % {"one": one, "other": other}


def _span(event: TrainingEvent) -> tuple[datetime, datetime]:
    held = event.session or event
    return held.starts_at, held.starts_at + timedelta(minutes=held.duration_minutes or 0)


def _overlap(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Whether two stretches overlap, the second of which begins no earlier."""
    if start == other_start:
        return True
    if other_end == other_start:
        return other_start + LEAST_OVERLAP <= end
    return min(end, other_end) - other_start >= min(LEAST_OVERLAP, other_end - other_start)
