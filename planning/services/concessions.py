"""What an athlete gives way in so that a plan exists: offers in, changes of these days or of the profile out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from athletes.models import Athlete, User
from athletes.services.profile import update_athlete
from nutrition_site.kernel.errors import InvalidInput
from planning import mapping
from planning.optimizer.relax import CAPS, apply_relaxation, make_relaxation
from planning.optimizer.types import Problem, Relaxation
from planning.phrases import tell
from planning.services.offsets import may_follow_offset
from planning.services.rules import rules_of, update_rules

# Offers that change the profile for good; every other one holds for the days of one plan.
PROFILE_KINDS = ("goal", "dislike", "leftovers", "rule", "override")
PLAN_KINDS = (
    "energy",
    "carbs",
    "protein",
    "prep",
    "budget",
    "repeats",
    "adjacent",
    "weekly_max",
    "weekly_min",
    "slot_window",
    "slot_caps",
    "fixed",
)
WITH_SUBJECT = ("weekly_max", "weekly_min", "slot_caps")
# What lets go of meals that were kept speaks of those; what is kept later is kept.
ONCE = ("fixed",)
LEAST_AMOUNT, MOST_AMOUNT = 0.0, 100_000.0
MOST_PARTS = 12
# Offers that lower what is eaten.
EATING_LESS = frozenset({"energy", "protein"})


def read_offer(document: Mapping[str, Any], *, field: str = "relaxations") -> list[Relaxation]:
    """The relaxations of an offer as refusals hold it; a combined one gives its parts. Raises InvalidInput."""
    kind = document.get("kind")
    if kind == "combined":
        parts = document.get("parts")
        if not isinstance(parts, list) or not 1 <= len(parts) <= MOST_PARTS:
            raise InvalidInput.of(field, _("A combined offer needs its parts."))
        if not all(isinstance(part, Mapping) and part.get("kind") in PLAN_KINDS for part in parts):
            raise InvalidInput.of(field, _("A part of the offer is not known."))
        return [relaxation for part in parts for relaxation in read_offer(part, field=field)]
    amount, subject, day = document.get("amount"), document.get("subject"), document.get("day")
    if kind not in PLAN_KINDS:
        raise InvalidInput.of(field, _("The kind must be one of: %(kinds)s.") % {"kinds": ", ".join(PLAN_KINDS)})
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not LEAST_AMOUNT < amount <= MOST_AMOUNT:
        raise InvalidInput.of(field, _("The amount of an offer must be a positive number."))
    if not isinstance(day, str | None) or not isinstance(subject, str | None):
        raise InvalidInput.of(field, _("The day and the subject of an offer are words."))
    if kind in WITH_SUBJECT and not subject:
        raise InvalidInput.of(field, _("This offer needs its subject."))
    return [make_relaxation(str(kind), float(amount), cost=0.0, day=day, subject=subject)]


def refuse_eating_less(athlete: Athlete, relaxations: Sequence[Relaxation], *, on: date) -> None:
    """Raises InvalidInput for less energy or protein where nobody may give it up; such offers are sent, never made.

    Minors, unknown ages, pregnancy, breastfeeding and a stated eating disorder keep their targets whole.
    """
    if not may_follow_offset(athlete, on=on) and EATING_LESS & {relaxation.kind for relaxation in relaxations}:
        raise InvalidInput.of("relaxations", _("Your targets for energy and protein stay as they are."))


def stored_offers(relaxations: Sequence[Relaxation]) -> list[dict[str, Any]]:
    """Relaxations as a plan's request keeps them, without those that hold for one planning alone."""
    return [mapping.plain(asdict(relaxation)) for relaxation in relaxations if relaxation.kind not in ONCE]


def agreed_offers(request: Mapping[str, Any]) -> list[Relaxation]:
    """The relaxations that the athlete agreed to for a plan."""
    return [one for document in request.get("relaxations") or [] for one in read_offer(document)]


def agree(problem: Problem, relaxations: Sequence[Relaxation]) -> Problem:
    """The problem with the relaxations in force. Those that speak of a rule it does not have fall away.

    Raises InvalidInput for more than may ever be offered.
    """
    for relaxation in relaxations:
        kind, subject = relaxation.kind, relaxation.subject
        if kind == "weekly_max" and subject not in problem.rules.weekly_max:
            continue
        if kind == "weekly_min" and subject not in problem.rules.weekly_min:
            continue
        if kind == "budget" and problem.budget_milli is None:
            continue
        if kind in CAPS and relaxation.amount > CAPS[kind](problem) + 1e-9:
            raise InvalidInput.of(
                "relaxations",
                _("This is more than can be given way in: %(what)s") % {"what": tell(relaxation.sentence)},
            )
        problem = apply_relaxation(problem, relaxation)
    return problem


@transaction.atomic
def accept_offer(*, athlete: Athlete, document: Mapping[str, Any], by: User) -> list[Relaxation]:
    """Gives way: changes the profile where the offer asks for it, and returns what holds for the plan alone.

    Raises InvalidInput for an offer that nobody can have made.
    """
    kind, subject = document.get("kind"), document.get("subject")
    if kind not in PROFILE_KINDS:
        return read_offer(document)
    if kind == "goal":
        goals = [goal for goal in athlete.goals if goal not in mapping.LOSE_GOALS]
        update_athlete(by=by, athlete=athlete, values={"goals": goals})
    elif kind == "override":
        if subject not in athlete.macro_overrides:
            raise InvalidInput.of("relaxations", _("This is not among your own amounts."))
        own = {name: value for name, value in athlete.macro_overrides.items() if name != subject}
        update_athlete(by=by, athlete=athlete, values={"macro_overrides": own})
    elif kind == "leftovers":
        update_rules(athlete=athlete, values={"leftovers": True}, by=by)
    elif kind == "rule":
        least = {tag: count for tag, count in rules_of(athlete).weekly_min.items() if tag != subject}
        update_rules(athlete=athlete, values={"weekly_min": least}, by=by)
    else:
        kept = [dislike for dislike in athlete.dislikes if dislike != subject]
        if len(kept) == len(athlete.dislikes):
            raise InvalidInput.of("relaxations", _("This is not among your dislikes."))
        update_athlete(by=by, athlete=athlete, values={"dislikes": kept})
    return []
