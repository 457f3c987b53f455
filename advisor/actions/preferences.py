"""Applying the proposal to change what an athlete likes."""

from __future__ import annotations

from typing import Any

from advisor.actions.kinds import Kind, Moved, Result
from advisor.models import ProposedAction
from advisor.proposals.preferences import (
    LISTS,
    PREFERENCE,
    changed_value,
    preference_diff,
    preference_version,
    read_wish,
)
from athletes.models import Athlete, User
from athletes.services.profile import update_athlete
from nutrition_site.kernel.errors import Conflict, DomainError


def _apply_preference(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    athlete = Athlete.objects.select_for_update().get(pk=action.athlete_id)
    field, change = arguments["field"], arguments["change"]
    try:
        wished = read_wish(field, change, arguments["value"])
        after = changed_value(athlete, field, change, wished)
        diff = preference_diff(athlete, field, after)
    except DomainError as refusal:
        raise Moved(refusal.message) from None
    version = preference_version(athlete, field)
    if version != action.base_version:
        raise Moved(diff=diff, base_version=version)
    column = LISTS[field][0] if field in LISTS else "max_prep_minutes"
    update_athlete(by=by, athlete=athlete, values={column: after})
    present = Athlete.objects.values_list(column, flat=True).get(pk=athlete.pk)
    if not _is_as_wished(present, after):
        raise Conflict("The change could not be verified; your profile is as it was.", code="action_not_verified")
    return {
        "kind": PREFERENCE,
        "words": _told(field, present),
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


def _told(field: str, present: Any) -> str:
    if field not in LISTS:
        limit = "has no limit" if present is None else f"is at most {present} minutes a day"
        return f"Hands-on cooking time {limit} now. Plans you have follow when they are made again."
    entries = ", ".join(present) or "nothing"
    return f"{LISTS[field][1]}: {entries}. Plans you have follow when they are made again."


PREFERENCES = {PREFERENCE: Kind(_apply_preference, frozenset({"field", "change", "value"}))}
