"""The learned correction of expenditure that targets follow: which estimate holds in which week, and for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from athletes.models import Athlete
from planning import mapping
from planning.models import ExpenditureEstimate

Estimate = ExpenditureEstimate
Estimates = Mapping[str, Sequence[Estimate]]


def read_estimates(athlete_ids: Collection[str]) -> dict[str, list[ExpenditureEstimate]]:
    """Published estimates by athlete, newest first, in one query."""
    found: dict[str, list[ExpenditureEstimate]] = defaultdict(list)
    rows = ExpenditureEstimate.objects.filter(athlete__in=list(athlete_ids), published=True)
    for row in rows.order_by("-as_of"):
        found[row.athlete_id].append(row)
    return found


def may_follow_offset(athlete: Athlete, *, on: date) -> bool:
    """Whether targets may follow what was learned: known adults, not in pregnancy or breastfeeding, no red flag."""
    cared_for = athlete.pregnant or athlete.lactating or athlete.needs_care_on(on)
    return mapping.is_known_adult(athlete, on=on) and not cared_for


def offset_in_week(athlete: Athlete, estimates: Sequence[ExpenditureEstimate], day: date) -> ExpenditureEstimate | None:
    """The estimate that holds in the week of a day: the newest one made before its Monday, so that a week is one.

    None where nothing is learned, and for whom targets may not follow it.
    """
    monday = mapping.monday_of(day)
    if not may_follow_offset(athlete, on=monday):
        return None
    return next((row for row in estimates if row.as_of < monday and row.published), None)


def last_sunday(day: date) -> date:
    """The last Sunday before a day: estimates are made for Sundays and hold from the Monday after."""
    return mapping.monday_of(day) - timedelta(days=1)
