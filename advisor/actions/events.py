"""Applying the proposal to enter a session."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from advisor.actions.kinds import Kind, Moved, Result
from advisor.models import ProposedAction
from advisor.proposals.base import day_words
from advisor.proposals.events import EVENT, event_diff, event_version, refuse_event
from athletes.models import Athlete, TrainingEvent, User
from athletes.services.events import create_event
from nutrition_site.kernel.errors import Conflict, DomainError

STATED = ("title", "sport", "duration_minutes", "intensity", "type")


def _apply_event(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    # Sessions of the day come and go under this lock, so what was compared is what is added to.
    athlete = Athlete.objects.select_for_update().get(pk=action.athlete_id)
    day = date.fromisoformat(arguments["date"])
    try:
        refuse_event(athlete, arguments)
    except DomainError as refusal:
        raise Moved(refusal.message) from None
    version = event_version(athlete, day)
    if version != action.base_version:
        raise Moved(diff=event_diff(athlete, arguments), base_version=version)
    clock = arguments["time"]
    starts_at: Any = day if clock is None else datetime.combine(day, time.fromisoformat(clock))
    values = {name: arguments[name] for name in STATED if arguments[name] is not None}
    made = create_event(by=by, athlete=athlete, values={**values, "starts_at": starts_at})
    event = TrainingEvent.objects.get(pk=made.pk, athlete=athlete)
    if event.local_date != day or event.duration_minutes != arguments["duration_minutes"]:
        raise Conflict("The session could not be verified; nothing was entered.", code="action_not_verified")
    counted = "" if event.counts else " It is another calendar's session, so it counts once."
    return {
        "kind": EVENT,
        "words": f"“{event.title}” is in your calendar on {day_words(day)}.{counted}",
        "event_id": event.pk,
        "date": arguments["date"],
        "title": event.title,
        "sport": event.sport,
        "type": event.type,
        "duration_minutes": event.duration_minutes,
        "intensity": event.intensity,
    }


EVENTS = {EVENT: Kind(_apply_event, frozenset({"date", "time", *STATED}))}
