"""Applying the proposal to enter a session."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from advisor.actions.kinds import Kind, Moved, Result, not_verified, say
from advisor.models import ProposedAction
from advisor.proposals.event_changes import (
    CANCEL,
    CHANGE,
    cancel_diff,
    change_diff,
    change_version,
    clock_of,
    new_values,
    refuse_change,
    refuse_fixed,
)
from advisor.proposals.events import EVENT, event_diff, event_version, refuse_event
from advisor.proposals.told import in_words
from athletes.models import Athlete, TrainingEvent, User
from athletes.services.events import create_event, delete_event, update_event
from nutrition_site.kernel.errors import DomainError

FOLLOWS = "Your targets and plans follow."
STATED = ("title", "sport", "duration_minutes", "intensity", "type")


def _apply_event(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    # Sessions of the day come and go under this lock, so what was compared is what is added to.
    athlete = Athlete.objects.select_for_update().get(pk=action.athlete_id)
    day = date.fromisoformat(arguments["date"])
    try:
        refuse_event(athlete, arguments)
    except DomainError as refusal:
        raise Moved.because(refusal) from None
    version = event_version(athlete, day)
    if version != action.base_version:
        raise Moved(diff=event_diff(athlete, arguments), base_version=version)
    clock = arguments["time"]
    starts_at: Any = day if clock is None else datetime.combine(day, time.fromisoformat(clock))
    values = {name: arguments[name] for name in STATED if arguments[name] is not None}
    made = create_event(by=by, athlete=athlete, values={**values, "starts_at": starts_at})
    event = TrainingEvent.objects.get(pk=made.pk, athlete=athlete)
    if event.local_date != day or event.duration_minutes != arguments["duration_minutes"]:
        raise not_verified("The session could not be verified; nothing was entered.")
    words = say(action, "“{title}” is in your calendar: {day}.", title=event.title, day=day)
    if not event.counts:
        words += " " + say(action, "A connected calendar has it too, so it counts once.")
    return {
        "kind": EVENT,
        "words": words,
        "event_id": event.pk,
        "date": arguments["date"],
        "title": event.title,
        "sport": event.sport,
        "type": event.type,
        "duration_minutes": event.duration_minutes,
        "intensity": event.intensity,
    }


def _own_event(action: ProposedAction) -> TrainingEvent:
    """The session, with its athlete's days locked. Raises Moved when it is gone."""
    Athlete.objects.select_for_update().get(pk=action.athlete_id)
    rows = TrainingEvent.objects.select_related("athlete").with_completed()
    event: TrainingEvent | None = rows.filter(
        pk=action.arguments["event_id"], athlete_id=action.athlete_id, duplicate_of=None
    ).first()
    if event is None:
        raise Moved(in_words("The session is not there any more."))
    return event


def _apply_change(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    event = _own_event(action)
    try:
        refuse_change(event, arguments)
        version = change_version(event, arguments)
        if version != action.base_version:
            raise Moved(diff=change_diff(event, arguments), base_version=version)
    except DomainError as refusal:
        raise Moved.because(refusal) from None
    update_event(by=by, event=event, values=new_values(event, arguments))
    event = TrainingEvent.objects.select_related("athlete").get(pk=event.pk)
    present = (event.local_date.isoformat(), clock_of(event), event.duration_minutes)
    if present != (arguments["date"], arguments["time"], arguments["duration_minutes"]):
        raise not_verified("The session could not be verified; it is as it was.")
    words = say(action, "“{title}” is changed: {day}.", title=event.title, day=event.local_date)
    return {
        "kind": CHANGE,
        "words": f"{words} {say(action, FOLLOWS)}",
        "event_id": event.pk,
        "title": event.title,
        "date": arguments["date"],
        "time": arguments["time"],
        "duration_minutes": event.duration_minutes,
    }


def _apply_cancel(action: ProposedAction, by: User) -> Result:
    event = _own_event(action)
    day, title = event.local_date, event.title
    try:
        refuse_fixed(event)
        version = change_version(event, {"date": day.isoformat()})
        if version != action.base_version:
            raise Moved(diff=cancel_diff(event), base_version=version)
    except DomainError as refusal:
        raise Moved.because(refusal) from None
    delete_event(by=by, event=event)
    if TrainingEvent.objects.filter(pk=action.arguments["event_id"]).exists():
        raise not_verified("The session could not be verified; it is as it was.")
    words = say(action, "“{title}” is out of your training: {day}.", title=title, day=day)
    return {
        "kind": CANCEL,
        "words": f"{words} {say(action, FOLLOWS)}",
        "event_id": action.arguments["event_id"],
        "title": title,
        "date": day.isoformat(),
    }


EVENTS = {
    EVENT: Kind(_apply_event, frozenset({"date", "time", *STATED})),
    CHANGE: Kind(_apply_change, frozenset({"event_id", "date", "time", "duration_minutes"})),
    CANCEL: Kind(_apply_cancel, frozenset({"event_id"})),
}
