"""Applying the proposal to plan again: exactly the meals that were shown, or the new diff."""

from __future__ import annotations

from datetime import date

from advisor.actions.kinds import Kind, Moved, Result, own_plan
from advisor.models import ProposedAction
from advisor.proposals.base import day_words
from advisor.proposals.replans import REPLAN, first_day, outcome_of, replan_diff, replan_version, stored_outcome
from advisor.readings.replans import plan_again
from athletes.models import User
from nutrition_site.kernel.errors import Conflict, DomainError
from planning.models import MealPlan
from planning.services.plans import PlanInfeasible, covering_plans
from planning.services.revisions import store_revision


def _apply_replan(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    plan = own_plan(action)
    wished = date.fromisoformat(arguments["from_date"])
    try:
        first = first_day(plan, wished)
    except Conflict as refusal:
        raise Moved(refusal.message) from None
    counting = covering_plans(action.athlete, first, plan.last_day).values()
    if plan.pk not in {other.pk for other in counting}:
        raise Moved("Another plan counts for these days now.")
    version = replan_version(plan)
    if version != action.base_version and stored_outcome(plan) == arguments["outcome"]:
        # An earlier request stored it and did not live to say so, or the athlete did the same on the page.
        return _stored(plan, arguments["outcome"], first)
    try:
        outcome = plan_again(plan, from_day=first)
    except PlanInfeasible as refusal:
        raise Moved(refusal.message) from None
    name = outcome_of(outcome.solved.items)
    if not outcome.changes:
        raise Moved("Planning again would change no meal any more.")
    if version != action.base_version or name != arguments["outcome"]:
        raise Moved(
            diff=replan_diff(outcome, first), base_version=version, arguments={**arguments, "outcome": name}
        )  # fmt: skip
    try:
        store_revision(
            plan,
            inputs=outcome.inputs,
            solved=outcome.solved,
            certificate=outcome.certificate,
            reason="resolved",
            by=by,
            old=outcome.old,
        )
    except DomainError as refusal:
        if refusal.code not in ("plan_changed", "inputs_changed", "not_found"):
            raise
        raise Conflict("Your plan is changing at this moment. Please try again.", code="plan_changed") from None
    plan.refresh_from_db()
    return _stored(plan, name, first)


def _stored(plan: MealPlan, name: str, first: date) -> Result:
    """What the plan holds now. Raises Conflict when it is not what was confirmed."""
    if stored_outcome(plan) != name or plan.current is None:
        raise Conflict("The change could not be verified; the plan is as it was read.", code="action_not_verified")
    diff = plan.current.diff or {}
    count = sum(len(diff.get(part, ())) for part in ("changed", "added", "removed"))
    meals = "1 meal is" if count == 1 else f"{count} meals are"
    return {
        "kind": REPLAN,
        "words": f"{day_words(first)} to {day_words(plan.last_day)} are planned again: {meals} different, all checked.",
        "meal_plan_id": plan.pk,
        "revision": plan.revision,
        "from_date": first.isoformat(),
        "count": count,
        "name": "the new plan",
        "diff": diff,
    }


REPLANS = {REPLAN: Kind(_apply_replan, frozenset({"meal_plan_id", "from_date", "outcome"}), together=False)}
