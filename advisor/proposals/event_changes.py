"""Proposals about a session that the athlete entered: another day, hour or length, or that it falls away.

A session of a connected calendar is changed there: its calendar would write over anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import digest, refuse_past_day, row, title_of, titled
from advisor.proposals.events import FARTHEST, SHOWN, events_on, minute_of
from advisor.proposals.told import Told, amount_of, in_words, list_of, minutes_of, refuse
from advisor.readings.what_if import SessionChange, targets_with
from athletes.models import Athlete, TrainingEvent
from athletes.services.events import RANGES, wall_time
from athletes.validation import check_number
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput

CHANGE, CANCEL = "change_event", "cancel_event"
ALL_DAY = "all day"


def change_proposal(
    event: TrainingEvent, *, day: date | None = None, clock: str | None = None, duration_minutes: float | None = None
) -> Proposal:
    """The proposal to move a session to a day, an hour (`HH:MM`) or both, or to give it another length.

    What is None stays. Raises InvalidInput naming the field, Conflict for a session that comes from a calendar, was
    done, lies in the past or is so already.
    """
    arguments = read_change(event, day=day, clock=clock, duration_minutes=duration_minutes)
    refuse_change(event, arguments)
    diff = change_diff(event, arguments)
    return Proposal(
        kind=CHANGE,
        arguments=arguments,
        sentence=title_of(diff),
        diff=diff,
        base_version=change_version(event, arguments),
    )


def cancel_proposal(event: TrainingEvent) -> Proposal:
    """The proposal to take a session out. Raises Conflict as `change_proposal` does."""
    refuse_fixed(event)
    diff = cancel_diff(event)
    return Proposal(
        kind=CANCEL,
        arguments={"event_id": event.pk},
        sentence=title_of(diff),
        diff=diff,
        base_version=change_version(event, {"date": event.local_date.isoformat()}),
    )


def read_change(
    event: TrainingEvent, *, day: date | None, clock: str | None, duration_minutes: float | None
) -> dict[str, Any]:
    """The arguments of the proposal: day, hour and length as they would be. Raises InvalidInput."""
    minutes = event.duration_minutes
    try:
        if duration_minutes is not None:
            minutes = check_number(float(duration_minutes), *RANGES["duration_minutes"])
    except ValueError as error:
        raise InvalidInput.of("duration_minutes", str(error)) from error
    try:
        hour = clock_of(event) if clock is None else time.fromisoformat(clock).strftime("%H:%M")
    except ValueError as error:
        raise InvalidInput.of("time", "Must be a time HH:MM.") from error
    new_day = event.local_date if day is None else day
    return {"event_id": event.pk, "date": new_day.isoformat(), "time": hour, "duration_minutes": minutes}


def clock_of(event: TrainingEvent) -> str | None:
    """`HH:MM` at which a session begins, None for one that is all day."""
    return None if event.all_day else wall_time(event.starts_at, event.athlete.zones).strftime("%H:%M")


def refuse_fixed(event: TrainingEvent) -> None:
    """Raises Conflict for a session that nobody may change here: of a calendar, done, or of a day that is over."""
    if event.calendar_id is not None:
        raise refuse("This session comes from a calendar. Please change it there.", code="event_from_calendar")
    if event.session is not None:
        raise refuse("This session was done already.", code="session_done")
    refuse_past_day(event.local_date, today=today(event.athlete.zones))


def refuse_change(event: TrainingEvent, arguments: Mapping[str, Any]) -> None:
    """Raises Conflict as `refuse_fixed` does, for a day that is over and where nothing would change; InvalidInput for a
    day too far ahead."""
    refuse_fixed(event)
    day, present = date.fromisoformat(arguments["date"]), today(event.athlete.zones)
    refuse_past_day(day, today=present)
    if day > present + FARTHEST:
        raise InvalidInput.of("date", f"Must be at most {FARTHEST.days} days ahead.")
    same = (event.local_date, clock_of(event), event.duration_minutes)
    if same == (day, arguments["time"], arguments["duration_minutes"]):
        raise refuse("The session is like that already.", code="nothing_to_change")


def change_version(event: TrainingEvent, arguments: Mapping[str, Any]) -> str:
    """What the proposal rests on: the session, and those of its day and of the new one."""
    days = sorted({event.local_date.isoformat(), arguments["date"]})
    rows = [
        (one.pk, one.starts_at.isoformat(), one.duration_minutes)
        for day in days
        for one in events_on(event.athlete, date.fromisoformat(day))
    ]
    return f"event:{event.pk}:{digest([days, rows, event.title])}"


def new_values(event: TrainingEvent, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of a session as it was proposed, in the fields of `update_event`.

    A stated distance and load are those of the old length, so they grow and shrink with it.
    """
    day, hour, minutes = date.fromisoformat(arguments["date"]), arguments["time"], arguments["duration_minutes"]
    values: dict[str, Any] = {}
    if (event.local_date, clock_of(event)) != (day, hour):
        # By the clock on the wall, as a session that somebody enters by hand.
        values["starts_at"] = day if hour is None else datetime.combine(day, time.fromisoformat(hour))
    if minutes != event.duration_minutes:
        values["duration_minutes"] = minutes
        if event.duration_minutes:
            share = minutes / event.duration_minutes
            values |= {name: round(old * share, 2) for name in ("distance_km", "tss") if (old := getattr(event, name))}
    return values


def change_diff(event: TrainingEvent, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The session before and after, and what its days ask for without the change and with it."""
    day, hour, minutes = date.fromisoformat(arguments["date"]), arguments["time"], arguments["duration_minutes"]
    moved = (event.local_date, clock_of(event)) != (day, hour)
    longer = minutes != event.duration_minutes
    rows = []
    if moved:
        rows.append(row(in_words("When"), _when(event.local_date, clock_of(event)), _when(day, hour)))
    if longer:
        rows.append(row(in_words("Length"), _length(event.duration_minutes), _length(minutes)))
        if event.distance_km and event.duration_minutes:
            distance = round(event.distance_km * minutes / event.duration_minutes, 2)
            rows.append(row(in_words("Distance"), amount_of(event.distance_km, "km"), amount_of(distance, "km")))
    change = SessionChange(
        kind="move",
        event_id=event.pk,
        day=day,
        duration_minutes=minutes,
        starts_at_minute=minute_of(hour),
    )
    targets, more = _days(event.athlete, change, sorted({event.local_date, day}))
    title = _title(event, day, hour, minutes, moved=moved, longer=longer)
    return titled(title, {"event_id": event.pk, **dict(arguments), "targets": targets, "rows": [*rows, *more]})


def cancel_diff(event: TrainingEvent) -> dict[str, Any]:
    """The sessions and targets of the day with the session and without it."""
    day = event.local_date
    titles = [one.title for one in events_on(event.athlete, day)]
    left = [one.title for one in events_on(event.athlete, day) if one.pk != event.pk]
    targets, more = _days(event.athlete, SessionChange(kind="remove", event_id=event.pk), [day])
    title = in_words("Take “{title}” out of your training: {day}.", title=event.title, day=day)
    rows = [row(in_words("Training"), list_of(titles), list_of(left)), *more]
    return titled(title, {"event_id": event.pk, "date": day.isoformat(), "targets": targets, "rows": rows})


def _title(
    event: TrainingEvent, day: date, hour: str | None, minutes: float | None, *, moved: bool, longer: bool
) -> Told:
    when, length = _when(day, hour), _length(minutes)
    if moved and longer:
        return in_words("Move “{title}” to {when}, for {length}.", title=event.title, when=when, length=length)
    if moved:
        return in_words("Move “{title}” to {when}.", title=event.title, when=when)
    return in_words("Make “{title}” last {length}: {day}.", title=event.title, length=length, day=event.local_date)


def _when(day: date, hour: str | None) -> Told:
    return in_words("{day}, {time}", day=day, time=hour or in_words(ALL_DAY))


def _length(minutes: float | None) -> Told:
    return in_words("no length stated") if minutes is None else minutes_of(minutes)


def _days(athlete: Athlete, change: SessionChange, days: list[date]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Targets by day without and with a change, and a line for each amount that moves."""
    before, after = targets_with(athlete, change)
    targets: dict[str, Any] = {}
    rows = []
    for day in days:
        old, new = before[day].payload, after[day].payload
        names = [name for name, _, _ in SHOWN]
        targets[day.isoformat()] = {"was": {n: old[n] for n in names}, "becomes": {n: new[n] for n in names}}
        for name, words, unit in SHOWN:
            if round(old[name]) != round(new[name]):
                label = in_words("{what}, {day}", what=in_words(words), day=day)
                rows.append(row(label, amount_of(old[name], unit), amount_of(new[name], unit)))
    return targets, rows
