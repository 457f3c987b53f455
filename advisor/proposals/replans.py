"""The proposal to plan again from a day on, shown with the meals it would change."""

from __future__ import annotations

from datetime import date
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import MAX_SENTENCE, day_words, digest, refuse_past_day, row
from advisor.readings.replans import Outcome, plan_again
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import Item
from planning.services.proof import as_items

REPLAN = "resolve_plan"
SHOWN_ROWS = 30


def replan_proposal(plan: MealPlan, *, from_day: date | None = None) -> Proposal:
    """The proposal to plan again, by default from today on; it is solved once, dry, so that its diff is what comes.

    Eaten, locked and bought meals stay, and days before `from_day`. Raises Conflict for days that are over or when
    nothing would change, PlanInfeasible when there is no such plan, ProfileOutOfRange.
    """
    first = first_day(plan, from_day)
    outcome = plan_again(plan, from_day=first)
    if not outcome.changes:
        raise Conflict("Planning again would change no meal.", code="nothing_to_change")
    last = f"{day_words(first)} to {day_words(plan.last_day)}"
    return Proposal(
        kind=REPLAN,
        arguments={
            "meal_plan_id": plan.pk,
            "from_date": first.isoformat(),
            "outcome": outcome_of(outcome.solved.items),
        },
        sentence=f"Plan {last} again: {_meals(len(outcome.changes))}."[:MAX_SENTENCE],
        diff=replan_diff(outcome, first),
        base_version=replan_version(plan),
    )


def _meals(count: int) -> str:
    return "1 meal changes" if count == 1 else f"{count} meals change"


def first_day(plan: MealPlan, from_day: date | None) -> date:
    """The first day that may change. Raises Conflict for days that are over or that the plan does not have."""
    present = today(plan.athlete.zones)
    refuse_past_day(plan.last_day, today=present)
    if from_day is None:
        return max(present, plan.week_start)
    refuse_past_day(from_day, today=present)
    if not plan.week_start <= from_day <= plan.last_day:
        raise Conflict("The plan does not cover this day.", code="not_in_plan")
    return from_day


def replan_version(plan: MealPlan) -> str:
    """What the proposal rests on: the plan with its marks, the training and the profile."""
    athlete = plan.athlete
    marks = PlanItem.objects.filter(revision_id=plan.current_id).order_by("pk").values_list("pk", "status", "locked")
    versions = f"{athlete.training_version}:{athlete.profile_version}"
    return f"{plan.pk}:{plan.revision}:{versions}:{digest(list(marks))}"


def outcome_of(items: tuple[Item, ...]) -> str:
    """A short name for the meals of a plan: another dish, place or serving, another name."""
    return digest(sorted((item.date, item.slot, item.index, item.dish_key, item.quarters) for item in items))


def stored_outcome(plan: MealPlan) -> str:
    """The same of the plan as it is stored, without the meals that were left out as skipped."""
    rows = PlanItem.objects.filter(revision_id=plan.current_id)
    out = {tuple(place) for place in (plan.current.certificate.get("left_out", []) if plan.current else [])}
    return outcome_of(tuple(item for item in as_items(rows) if item.place not in out))


def replan_diff(outcome: Outcome, first: date) -> dict[str, Any]:
    """Every meal that would change."""
    changes = outcome.changes
    rows = [
        row(
            f"{change['date']} {change['slot']}",
            _dish(change["before"], change["servings_before"]),
            _dish(change["after"], change["servings"]),
        )
        for change in changes[:SHOWN_ROWS]
    ]
    if len(changes) > SHOWN_ROWS:
        rows.append(row("More meals", "", str(len(changes) - SHOWN_ROWS)))
    return {"from_date": first.isoformat(), "count": len(changes), "meals": changes, "rows": rows}


def _dish(name: str | None, servings: float | None) -> str:
    return "" if name is None else f"{name} × {servings:g}"
