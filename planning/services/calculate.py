"""The stateless calculations: profile and sessions in, numbers and their trace out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from nutrition_site.kernel.errors import InvalidInput
from planning import mapping, science
from planning.science.reference import profile_from_mapping, session_from_mapping
from planning.science.types import DayTargets, ScienceInputError


def calculate_targets_of(
    *,
    profile: Mapping[str, Any],
    sessions: Sequence[Mapping[str, Any]] | None = None,
    offset_kcal: float | None = None,
) -> dict[str, Any]:
    """Targets of one day. Null is left out; raises InvalidInput naming the field that is out of range."""
    try:
        targets = science.calculate_day_targets(
            profile_from_mapping(_stated(profile)),
            tuple(session_from_mapping(_stated(session)) for session in sessions or ()),
            offset_kcal=offset_kcal or 0.0,
        )
    except ScienceInputError as error:
        raise _invalid(error, place=_field_of) from error
    return targets_document(targets)


def targets_document(targets: DayTargets) -> dict[str, Any]:
    """The answer of the calculation: numbers with their decimals, codes, trace."""
    fields = asdict(targets)
    for name in ("date", "trace", "sessions"):
        fields.pop(name)
    return mapping.plain(
        {
            **fields,
            "sessions": [mapping.session_payload(session) for session in targets.sessions],
            "trace": [{**asdict(step), "inputs": dict(step.inputs)} for step in targets.trace],
        }
    )


def calculate_race(body: Mapping[str, Any]) -> dict[str, Any]:
    """A race plan from the stated values; raises InvalidInput naming the field that is out of range."""
    try:
        plan = science.calculate_race_plan(**_stated(body))
    except ScienceInputError as error:
        raise _invalid(error) from error
    document = asdict(plan)
    document["trace"] = [{**asdict(step), "inputs": dict(step.inputs)} for step in plan.trace]
    return mapping.plain(document)


def _stated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _field_of(name: str) -> str:
    """Where a value stands in the request: `profile.age_years`, `sessions.0.rpe`, `offset_kcal`."""
    if name == "offset_kcal" or name == "sessions":
        return name
    session = re.fullmatch(r"sessions\[(\d+)\]\.(\w+)", name)
    return f"sessions.{session[1]}.{session[2]}" if session else f"profile.{name}"


def _invalid(error: ScienceInputError, *, place: Callable[[str], str] = str) -> InvalidInput:
    return InvalidInput(details=[{"field": place(name), "message": message} for name, message in error.errors])
