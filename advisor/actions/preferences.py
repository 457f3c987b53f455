"""Applying the proposal to change what an athlete likes."""

from __future__ import annotations

from typing import Any

from advisor.actions.kinds import Kind, Moved, Result, not_verified, say
from advisor.models import ProposedAction
from advisor.proposals.preferences import (
    LISTS,
    PREFERENCE,
    changed_value,
    preference_diff,
    preference_title,
    preference_version,
    read_wish,
)
from advisor.proposals.told import in_words, list_of
from athletes.models import Athlete, User
from athletes.services.profile import update_athlete
from nutrition_site.kernel.errors import DomainError


def _apply_preference(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    athlete = Athlete.objects.select_for_update().get(pk=action.athlete_id)
    field, change = arguments["field"], arguments["change"]
    try:
        wished = read_wish(field, change, arguments["value"])
        after = changed_value(athlete, field, change, wished)
        diff = preference_diff(athlete, field, after, title=preference_title(field, change, wished))
    except DomainError as refusal:
        raise Moved.because(refusal) from None
    version = preference_version(athlete, field)
    if version != action.base_version:
        raise Moved(diff=diff, base_version=version)
    column = LISTS[field][0] if field in LISTS else "max_prep_minutes"
    update_athlete(by=by, athlete=athlete, values={column: after})
    present = Athlete.objects.values_list(column, flat=True).get(pk=athlete.pk)
    if not _is_as_wished(present, after):
        raise not_verified("The change could not be verified; your profile is as it was.")
    return {
        "kind": PREFERENCE,
        "words": _told(action, field, present),
        "field": field,
        "change": change,
        "value": wished,
        "present": present,
        "name": str(wished),
    }


def _is_as_wished(present: Any, after: Any) -> bool:
    if isinstance(after, list):
        return sorted(present) == sorted(after)
    return bool(present == after)


def _told(action: ProposedAction, field: str, present: Any) -> str:
    if field in LISTS:
        told = say(action, "{what}: {entries}.", what=in_words(LISTS[field][1]), entries=list_of(present))
    elif present is None:
        told = say(action, "Hands-on cooking time has no limit now.")
    else:
        told = say(action, "Hands-on cooking time is at most {minutes} minutes a day now.", minutes=str(present))
    return f"{told} {say(action, 'Plans you have follow when they are made again.')}"


PREFERENCES = {PREFERENCE: Kind(_apply_preference, frozenset({"field", "change", "value"}))}
