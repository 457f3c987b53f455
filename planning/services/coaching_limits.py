"""Which limits of coaches hold for an athlete, on which days: what targets, plans and swaps all ask.

A limit holds from its first day through its last while nobody has ended it and its coach still coaches the athlete.
What was read is kept with the athlete's object for its `profile_version`, which every change of a limit raises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from athletes.models import Athlete, CoachLink
from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import today
from planning.bounding import DayBounds, Span
from planning.models import CoachBound
from planning.optimizer.words import DAY_KINDS

# Plans of this long ago are not made again.
PAST = timedelta(days=60)
_KEPT = "_coach_limits"
# What the kinds of requirements of a refusal are called as limits, and those that are about one day.
_MEASURES = {"protein": "protein_g", "protein_cap": "protein_g", "carbs": "carbs_g", "fat": "fat_g"}
_OF_DAYS = frozenset(DAY_KINDS)
_SPANS = {"protein_g", "carbs_g", "fat_g", "fluid_ml"}


def limits_in_force(athletes: Iterable[Athlete | str]) -> QuerySet[CoachBound]:
    """The limits that nobody has ended, of coaches whose athletes still agree, newest first; over or not."""
    still = CoachLink.objects.filter(
        coach=OuterRef("coach"),
        athlete=OuterRef("athlete"),
        status=CoachLink.Status.ACTIVE,
        coach__is_active=True,
        # Who agrees a second time does not agree to what was set before.
        consented_at__lte=OuterRef("created_at"),
    )
    rows: QuerySet[CoachBound] = CoachBound.objects.filter(Exists(still), athlete__in=list(athletes), ended_at=None)
    return rows


def remember_limits(athletes: Sequence[Athlete]) -> None:
    """Reads the limits of many athletes in one query, so that asking for each costs none."""
    found: dict[str, list[CoachBound]] = defaultdict(list)
    if athletes:
        earliest = min(today(athlete.zones) for athlete in athletes) - PAST
        for row in limits_in_force(athletes).filter(last_day__gte=earliest):
            found[row.athlete_id].append(row)
    for athlete in athletes:
        setattr(athlete, _KEPT, (athlete.profile_version, tuple(found[athlete.pk])))


def limits_of(athlete: Athlete) -> tuple[CoachBound, ...]:
    """The limits of one athlete, newest first. One query for each state of the profile."""
    kept: tuple[int, tuple[CoachBound, ...]] | None = getattr(athlete, _KEPT, None)
    if kept is None or kept[0] != athlete.profile_version:
        remember_limits([athlete])
        kept = getattr(athlete, _KEPT)
    return kept[1] if kept else ()


def limits_on(athlete: Athlete, day: date | None) -> DayBounds:
    """What holds on one day, all coaches together. Where numbers could harm, no food is limited from above."""
    if day is None or not limits_of(athlete):
        return DayBounds()
    found = merge_limits(bound for bound in limits_of(athlete) if bound.holds_on(day))
    if not numbers_withheld(athlete, today=day):
        return found
    foods = {name: replace(getattr(found, name), most=None) for name in ("protein_g", "carbs_g", "fat_g")}
    return replace(found, **foods)


def with_limits(athlete: Athlete, limits: Iterable[CoachBound]) -> Athlete:
    """The athlete as if these limits, stored or not, were the ones in force: for trying, never for saving."""
    other = copy(athlete)
    setattr(other, _KEPT, (athlete.profile_version, tuple(limits)))
    return other


def merge_limits(limits: Iterable[CoachBound]) -> DayBounds:
    """Several limits as one set of spans."""
    spans: dict[str, Span] = {}
    for bound in limits:
        if bound.measure in _SPANS:
            spans[bound.measure] = spans.get(bound.measure, Span()).meet(Span(bound.minimum, bound.maximum))
    return DayBounds(**spans)


def kept_out(athlete: Athlete, first: date, last: date) -> list[str]:
    """The foods that are not to be served on any of these days, in the words that dislikes are matched by."""
    held = [bound for bound in limits_of(athlete) if bound.kept_out and _reaches(bound, first, last)]
    return sorted({bound.kept_out for bound in held})


def unwanted(athlete: Athlete, first: date, last: date) -> list[str]:
    """What is not to be served on these days: dislikes, and what a coach keeps out."""
    return [*athlete.dislikes, *kept_out(athlete, first, last)]


def limits_named(athlete: Athlete, members: Iterable[tuple[str, str | None]]) -> list[CoachBound]:
    """The limits that a refusal speaks of: of an amount of food that it names, on a day that it names.

    `members` are the requirements of its conflicts, kinds with a day or another subject. A food that is kept out leaves
    fewer dishes for whatever collides, so it belongs to every refusal of its days.
    """
    named = list(members)
    asked = {(_MEASURES[kind], key) for kind, key in named if kind in _MEASURES}
    days = {date.fromisoformat(key) for kind, key in named if kind in _OF_DAYS and key}
    present = today(athlete.zones)

    def is_named(bound: CoachBound) -> bool:
        if bound.kept_out:
            return any(bound.holds_on(day) for day in days) if days else bound.last_day >= present
        return any(
            measure == bound.measure and key is not None and bound.holds_on(date.fromisoformat(key))
            for measure, key in asked
        )

    return [bound for bound in limits_of(athlete) if is_named(bound)] if named else []


def limits_document(athlete: Athlete, first: date, last: date) -> list[dict[str, Any]]:
    """The limits that a plan of these days was made for; another list makes the plan out of date."""
    held = [bound for bound in limits_of(athlete) if _reaches(bound, first, last)]
    return [
        {
            "measure": bound.measure,
            "minimum": bound.minimum,
            "maximum": bound.maximum,
            "kept_out": bound.kept_out,
            "first_day": max(bound.first_day, first).isoformat(),
            "last_day": min(bound.last_day, last).isoformat(),
        }
        for bound in sorted(held, key=lambda bound: bound.pk)
    ]


def _reaches(bound: CoachBound, first: date, last: date) -> bool:
    return bound.first_day <= last and bound.last_day >= first
