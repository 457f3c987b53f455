"""Applying the proposal to plan again: exactly the meals that were shown, or the new diff."""

from __future__ import annotations

from datetime import date

from advisor.actions.kinds import Kind, Moved, Result, not_verified, own_plan, say
from advisor.models import ProposedAction
from advisor.proposals.replans import (
    REPLAN,
    first_day,
    nothing_changes,
    outcome_of,
    replan_diff,
    replan_version,
    solve_again,
    stored_outcome,
    why_infeasible,
)
from advisor.proposals.told import in_words, refuse
from athletes.models import User
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, DomainError
from planning.models import MealPlan
from planning.services.plans import PlanInfeasible, covering_plans
from planning.services.revisions import store_revision


def _apply_replan(action: ProposedAction, by: User) -> Result:
    arguments = action.arguments
    plan = own_plan(action)
    # A proposal that was read after midnight is about the days that are left.
    wished = max(date.fromisoformat(arguments["from_date"]), today(plan.athlete.zones))
    try:
        first = first_day(plan, wished)
    except Conflict as refusal:
        raise Moved.because(refusal) from None
    counting = covering_plans(action.athlete, first, plan.last_day).values()
    if plan.pk not in {other.pk for other in counting}:
        raise Moved(in_words("Another plan counts for these days now."))
    version = replan_version(plan)
    if version != action.base_version and stored_outcome(plan) == arguments["outcome"]:
        # An earlier request stored it and did not live to say so, or the athlete did the same on the page.
        return _stored(action, plan, arguments["outcome"], first)
    try:
        first, outcome = solve_again(plan, first)
    except PlanInfeasible as refusal:
        raise Moved(why_infeasible(refusal)) from None
    except Conflict as refusal:
        raise Moved.because(refusal) from None
    name = outcome_of(outcome.solved.items)
    if not outcome.changes:
        raise Moved.because(nothing_changes())
    if version != action.base_version or name != arguments["outcome"]:
        offer = {**arguments, "from_date": first.isoformat(), "outcome": name}
        raise Moved(diff=replan_diff(outcome, first), base_version=version, arguments=offer)
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
        raise refuse("Your plan is changing at this moment. Please try again.", code="plan_changed") from None
    plan.refresh_from_db()
    return _stored(action, plan, name, first)


def _stored(action: ProposedAction, plan: MealPlan, name: str, first: date) -> Result:
    """What the plan holds now. Raises Conflict when it is not what was confirmed."""
    if stored_outcome(plan) != name or plan.current is None:
        raise not_verified("The change could not be verified; the plan is as it was read.")
    diff = plan.current.diff or {}
    count = sum(len(diff.get(part, ())) for part in ("changed", "added", "removed"))
    words = (
        say(
            action,
            "{first} to {last} are planned again: 1 meal is different, all checked.",
            first=first,
            last=plan.last_day,
        )
        if count == 1
        else say(
            action,
            "{first} to {last} are planned again: {count} meals are different, all checked.",
            first=first,
            last=plan.last_day,
            count=str(count),
        )
    )
    return {
        "kind": REPLAN,
        "words": words,
        "meal_plan_id": plan.pk,
        "revision": plan.revision,
        "from_date": first.isoformat(),
        "count": count,
        "name": "the new plan",
        "diff": diff,
    }


REPLANS = {REPLAN: Kind(_apply_replan, frozenset({"meal_plan_id", "from_date", "outcome"}), together=False)}
