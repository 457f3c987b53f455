"""What moved under a plan: the days that ask for something else than it was made for, and the sessions behind that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today
from planning.mapping import assumed_lengths
from planning.models import MealPlan
from planning.services.rules import StandingRules, wishes_document
from planning.services.standing import is_lived, needs_fingerprint, taken_days
from planning.services.targets import TargetDay

# Of a session: where it stands and how long it is. What it costs may change without it having moved.
PLACE = ("starts_at_minute", "duration_minutes")


def picture_of(
    athlete: Athlete, plan: MealPlan, present_targets: Mapping[date, TargetDay], rules: StandingRules
) -> dict[str, Any]:
    """What a plan made now would be made for: `{"days": {ISO day: digest}, "wishes": digest}` of its open days.

    Holds no health value, only digests: good for telling whether anything has moved since.
    """
    present = today(athlete.zones)
    taken = taken_days([plan])[plan.pk]
    profile = {
        **wishes_document(athlete, rules, first=plan.week_start, last=plan.last_day),
        "diets": athlete.dietary_preferences,
        "allergies": athlete.allergies,
        "dislikes": athlete.dislikes,
    }
    return {
        "days": {
            day.isoformat(): _digest(needs_fingerprint(present_targets[day].payload))
            for day in _days(plan)
            if day in present_targets and day not in taken and not is_lived(plan, day, present=present)
        },
        "wishes": _digest(profile),
    }


def same_picture(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether nothing moved between two pictures, as far as the later one reaches: days end, and are then no matter."""
    days: Mapping[str, str] = before.get("days", {})
    return before.get("wishes") == after["wishes"] and all(
        days.get(day) == digest for day, digest in after["days"].items()
    )


def describe_moves(athlete: Athlete, plan: MealPlan, present_targets: Mapping[date, TargetDay]) -> dict[str, Any]:
    """The cause of a new revision: `{"days", "events", "profile", "engine"}`.

    `days` are the open days (ISO) whose numbers or sessions changed. `events` are their sessions that are not where
    they were: `{event_id, change, before, after}` with `change` one of moved, changed, added, removed, and each side
    `{date, starts_at_minute, duration_minutes, duration_assumed}` or None; the last is True where nobody has stated the
    length. `profile` says that the profile, rules or an estimate changed, `engine` that other equations or constants
    calculate the days.
    """
    revision = plan.current
    if revision is None:
        return {"days": [], "events": [], "profile": False, "engine": False}
    present = today(athlete.zones)
    taken = taken_days([plan])[plan.pk]
    stored = {date.fromisoformat(day["date"]): day["target"] for day in revision.days}
    days = [
        day
        for day, target in stored.items()
        if day in present_targets
        and day not in taken
        and not is_lived(plan, day, present=present)
        and needs_fingerprint(present_targets[day].payload) != needs_fingerprint(target)
    ]
    before = _sessions(stored)
    after = _sessions({day: present_targets[day].payload for day in stored if day in present_targets})
    touched = {
        event_id
        for event_id in before.keys() | after.keys()
        if before.get(event_id) != after.get(event_id)
        and any(side["date"] in {day.isoformat() for day in days} for side in _sides(before, after, event_id))
    }
    elsewhere = _elsewhere([event_id for event_id in touched if event_id not in after])
    return {
        "days": [day.isoformat() for day in sorted(days)],
        "events": [
            _event(event_id, before.get(event_id), after.get(event_id) or elsewhere.get(event_id))
            for event_id in sorted(touched)
        ],
        "profile": revision.profile_version != athlete.profile_version,
        "engine": any(
            stored[day].get("engine_version") != present_targets[day].payload["engine_version"] for day in days
        ),
    }


def _sessions(targets: Mapping[date, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        session["event_id"]: {
            "date": day.isoformat(),
            **{name: session.get(name) for name in PLACE},
            "duration_assumed": session["event_id"] in assumed_lengths(target),
            "_cost": session.get("net_kcal"),
        }
        for day, target in targets.items()
        for session in target["sessions"]
    }


def _sides(before: Mapping[str, Any], after: Mapping[str, Any], event_id: str) -> list[dict[str, Any]]:
    return [side[event_id] for side in (before, after) if event_id in side]


def _elsewhere(event_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Sessions that left the days of the plan and still are in the training."""
    rows = TrainingEvent.objects.filter(pk__in=event_ids).counting().values_list("pk", "local_date", "duration_minutes")
    return {
        pk: {"date": day.isoformat(), "starts_at_minute": None, "duration_minutes": minutes, "duration_assumed": False}
        for pk, day, minutes in rows
    }


def _event(event_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[str, Any]:
    if before is None:
        change = "added"
    elif after is None:
        change = "removed"
    elif before["date"] != after["date"] or before["starts_at_minute"] != after["starts_at_minute"]:
        change = "moved"
    else:
        change = "changed"
    return {"event_id": event_id, "change": change, "before": _shown(before), "after": _shown(after)}


def _shown(side: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if side is None else {name: value for name, value in side.items() if not name.startswith("_")}


def _days(plan: MealPlan) -> list[date]:
    return [date.fromisoformat(day["date"]) for day in plan.current.days] if plan.current else []


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
