"""From the events of an iCalendar file to their occurrences, each with its exact start and end.

Rules are expanded by `recurring-ical-events`; what calendars in the wild get wrong is put right before: times without
a zone, exceptions and ends of a series written in another kind of time than its start, masters given twice, ends
before the beginning. Ends are worked out here: an event that lasts two hours lasts two hours (RFC 5545, 3.8.5.3), also
on the night on which the clocks change.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from .ical_text import Unreadable

# What the libraries raise on events that contradict themselves.
BAD_SERIES = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, AssertionError)
LONGEST_QUERY = timedelta(days=31)
_LENGTH = "X-ATHLEAT-LENGTH"
_FLOATING = "X-ATHLEAT-FLOATING"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: `begin` and `end` are both dates (`end` is the day after the last) or both aware times.

    `end` is None where the calendar gives none that makes sense. `planned` is the start that the series first gave this
    occurrence, None outside a series; it is naive where the event floats.
    """

    uid: str
    component: Any
    begin: date
    end: date | None
    planned: date | None


def occurrences_between(events: Iterable[Any], zone: tzinfo, start: datetime, stop: datetime) -> Iterator[Occurrence]:
    """What takes place from `start` to `stop`, canceled occurrences left out; an event that cannot be understood takes
    only its own series with it. Raises Unreadable for a series of seconds or minutes.
    """
    for uid, same in _group(events).items():
        with contextlib.suppress(*BAD_SERIES):
            for event in same:
                _refuse_endless(event)
            same = _straight(same, zone)
            if len(same) == 1 and not any(mark in same[0] for mark in ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")):
                yield from _single(uid, same[0], start, stop)
            else:
                yield from _expand(uid, same, zone, start, stop)


def _group(events: Iterable[Any]) -> dict[str, list[Any]]:
    """Events that belong together, by UID; those without one get a name from what they say."""
    found: dict[str, list[Any]] = {}
    for event in events:
        if not start_text(event):
            continue
        uid = str(event.get("UID") or "")
        if not uid:
            words = f"{event.get('SUMMARY', '')}|{start_text(event)}"
            uid = "none-" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:24]
        event["UID"] = uid
        found.setdefault(uid, []).append(event)
    parted: dict[str, list[Any]] = {}
    for uid, same in found.items():
        for name, together in _part_false_twins(uid, same):
            for event in together:
                event["UID"] = name
            parted.setdefault(name, []).extend(together)
    return parted


def _part_false_twins(uid: str, same: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Tells apart events that share a UID by mistake: same sequence, no RECURRENCE-ID, other start.

    Careless exporters give a whole season one UID; read strictly, all but one of its events would vanish. Exceptions
    stay with the one that repeats. Of events that agree in all of it the last one counts.
    """
    masters = [event for event in same if "RECURRENCE-ID" not in event]
    others = [event for event in same if "RECURRENCE-ID" in event]
    latest = max((_sequence(event) for event in masters), default=0)
    masters = list({start_text(event): event for event in masters if _sequence(event) == latest}.values())
    if len(masters) < 2:
        yield uid, [*masters, *others]
        return
    series = next((event for event in masters if "RRULE" in event or "RDATE" in event), None)
    for event in masters:
        if event is series:
            yield uid, [event, *others]
        else:
            yield f"{uid}~{start_text(event)}", [event]
    if series is None and others:
        yield uid, others


def _sequence(event: Any) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def start_text(event: Any) -> str:
    """DTSTART in ISO 8601 as it is written, empty when there is none."""
    with contextlib.suppress(*BAD_SERIES):
        moment = event["DTSTART"].dt
        if isinstance(moment, date):
            return moment.isoformat()
    return ""


def _refuse_endless(event: Any) -> None:
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = "".join(str(word) for word in rule.get("FREQ", ())).upper() if isinstance(rule, dict) else ""
        if frequency in ("SECONDLY", "MINUTELY"):
            raise Unreadable("The calendar has an event that repeats every second or minute.")


def _straight(same: list[Any], zone: tzinfo) -> list[Any]:
    """The events of a series set straight, its master first; an exception that makes no sense is left out."""
    masters = [event for event in same if "RECURRENCE-ID" not in event]
    found = []
    for event in [*masters, *(event for event in same if "RECURRENCE-ID" in event)]:
        with contextlib.suppress(*BAD_SERIES):
            _set_straight(event, masters[0] if masters else None, zone)
            found.append(event)
    return found


def _set_straight(event: Any, master: Any, zone: tzinfo) -> None:
    """Gives an event one kind of time throughout, and its length in place of its end."""
    from icalendar.prop import vDDDLists, vDDDTypes

    begin = event["DTSTART"].dt
    if isinstance(begin, datetime) and begin.tzinfo is None:
        event[_FLOATING] = True
        begin = begin.replace(tzinfo=zone)
        event["DTSTART"] = vDDDTypes(begin)
    event[_LENGTH] = _length(event, begin, zone)
    event.pop("DTEND", None)
    event.pop("DURATION", None)
    if "SEQUENCE" in event:
        event["SEQUENCE"] = _sequence(event)
    if "RECURRENCE-ID" in event:
        like = master["DTSTART"].dt if master is not None else begin
        given = event["RECURRENCE-ID"]
        planned = vDDDTypes(_like(given.dt, like, zone))
        if str(given.params.get("RANGE", "")) == "THISANDFUTURE":
            planned.params["RANGE"] = "THISANDFUTURE"
        event["RECURRENCE-ID"] = planned
        for name in ("RRULE", "RDATE", "EXDATE"):
            event.pop(name, None)
        return
    _settle_rules(event, begin)
    for name in ("RDATE", "EXDATE"):
        moments = []
        values = event.pop(name, [])
        for several in values if isinstance(values, list) else [values]:
            with contextlib.suppress(*BAD_SERIES):
                moments += [_like_in_list(value.dt, begin, zone, keep_days=name == "EXDATE") for value in several.dts]
        if moments:
            event[name] = vDDDLists(moments)


def _settle_rules(event: Any, begin: date) -> None:
    """UNTIL in the kind of time of the start; a day stands for its end, for that is what people mean by it."""
    rules = event.pop("RRULE", [])
    kept = []
    for rule in rules if isinstance(rules, list) else [rules]:
        if not isinstance(rule, dict) or not rule.get("FREQ") or _is_impossible(rule):
            continue
        if any(count < 0 for count in _numbers(rule, "COUNT")):
            # Some write -1 for a series without an end.
            rule.pop("COUNT")
        until = rule.get("UNTIL")
        if until:
            last = until[0] if isinstance(until, list) else until
            if not isinstance(begin, datetime):
                last = last.date() if isinstance(last, datetime) else last
            else:
                if not isinstance(last, datetime):
                    last = datetime.combine(last, time(23, 59, 59))
                last = (last if last.tzinfo else last.replace(tzinfo=begin.tzinfo)).astimezone(UTC)
            rule["UNTIL"] = [last]
        kept.append(rule)
    if kept:
        event["RRULE"] = kept if len(kept) > 1 else kept[0]


def _is_impossible(rule: Any) -> bool:
    """Whether a rule asks for days that no year has, as the 30th of February (looking for one takes until 9999), or
    stands still (an interval of nothing never ends).
    """
    if any(interval < 1 for interval in _numbers(rule, "INTERVAL")):
        return True
    months, days = _numbers(rule, "BYMONTH"), _numbers(rule, "BYMONTHDAY")
    longest = max((29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in months), default=31)
    return bool(days) and all(abs(day) > longest for day in days)


def _numbers(rule: Any, name: str) -> list[int]:
    values = rule.get(name, [])
    return [int(value) for value in (values if isinstance(values, list) else [values])]


def _length(event: Any, begin: date, zone: tzinfo) -> timedelta | None:
    """How long the event lasts, exactly; whole days for an all-day one; None for what is missing, zero or negative."""
    length = None
    with contextlib.suppress(*BAD_SERIES):
        if "DTEND" in event:
            end = _like(event["DTEND"].dt, begin, zone)
            length = _exact(begin, end)
        elif "DURATION" in event:
            given = event["DURATION"].dt
            # A day is a day on the calendar, hours are hours (RFC 5545, 3.3.6).
            by_the_clock = not given.seconds or not isinstance(begin, datetime)
            length = _exact(begin, begin + given) if by_the_clock else given
    return length if length is not None and length > timedelta(0) else None


def _exact(begin: date, end: date) -> timedelta:
    if isinstance(begin, datetime) and isinstance(end, datetime):
        return end.astimezone(UTC) - begin.astimezone(UTC)
    return end - begin


def _like(moment: date, start: date, zone: tzinfo) -> date:
    """A moment in the kind of time that `start` has: its day, or the same hour of that day; naive is in its zone."""
    if not isinstance(start, datetime):
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is not None and moment.utcoffset() == timedelta(0) and moment.time() != time.min:
            moment = moment.astimezone(zone)
        return moment.date()
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.timetz())
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=start.tzinfo)


def _like_in_list(moment: Any, start: date, zone: tzinfo, *, keep_days: bool) -> Any:
    if isinstance(moment, tuple):
        first = _like(moment[0], start, zone)
        last = moment[1] if isinstance(moment[1], timedelta) else _like(moment[1], start, zone) - first
        return (first, last)
    if keep_days and not isinstance(moment, datetime):
        return moment
    return _like(moment, start, zone)


def _single(uid: str, event: Any, start: datetime, stop: datetime) -> Iterator[Occurrence]:
    begin, length = event["DTSTART"].dt, event[_LENGTH]
    end = _end(begin, length)
    first = begin if isinstance(begin, datetime) else datetime.combine(begin, time.min, tzinfo=start.tzinfo)
    if first < stop and first + (length or timedelta(days=1)) >= start and not _is_canceled(event):
        yield Occurrence(uid, event, begin, end, None)


def _expand(uid: str, events: list[Any], zone: tzinfo, start: datetime, stop: datetime) -> Iterator[Occurrence]:
    import icalendar
    import recurring_ical_events

    calendar = icalendar.Calendar()
    calendar.subcomponents = list(events)
    longest = max((event[_LENGTH] or timedelta(0) for event in events), default=timedelta(0))
    floating = any(_FLOATING in event for event in events)
    all_series = recurring_ical_events.CalendarQuery(calendar, skip_bad_series=True).series
    if not all_series:
        # A rule that only its expansion finds fault with: the event itself is left.
        for event in events:
            event.pop("RRULE", None)
        all_series = recurring_ical_events.CalendarQuery(calendar, skip_bad_series=True).series
    for series in all_series:
        for found in series.between(start - min(longest, LONGEST_QUERY), stop):
            event = found.as_component(False)
            if _is_canceled(event):
                continue
            begin = event["DTSTART"].dt
            length = event.get(_LENGTH)
            period = event["DTEND"].dt
            # All ends were taken away, so one that is there came with its date (RDATE;VALUE=PERIOD).
            if isinstance(begin, datetime) and period != begin:
                length = _exact(begin, period)
            yield Occurrence(uid, event, begin, _end(begin, length), _planned(found, event, begin, zone, floating))


def _planned(found: Any, event: Any, begin: date, zone: tzinfo, floating: bool) -> date | None:
    given = event.get("RECURRENCE-ID")
    planned: date = begin if given is None else given.dt
    if given is not None and "RANGE" in given.params:
        # One exception stands for all that follow: each is told by the time from which it was moved.
        source = found._adapter
        planned = begin - source.move_recurrences_by
    if floating and isinstance(planned, datetime):
        planned = planned.astimezone(zone).replace(tzinfo=None)
    return planned


def _end(begin: date, length: timedelta | None) -> date | None:
    if length is None:
        return None
    if isinstance(begin, datetime):
        return (begin.astimezone(UTC) + length).astimezone(begin.tzinfo)
    return begin + timedelta(days=length.days) if length.days else None


def _is_canceled(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"
