"""Planning again: the whole plan for what has changed, or the rest of a day after a meal was skipped."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from athletes.models import Athlete, User
from nutrition_site.kernel.clock import now, today, zone
from nutrition_site.kernel.errors import Conflict
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.optimizer.types import Relaxation, Solved
from planning.services.concessions import agreed_offers, stored_offers
from planning.services.inputs import PlanInputs, Standing, gather_inputs
from planning.services.proof import as_items, certify
from planning.services.rest import Shape, follow_rest, rest_ways, unchanged
from planning.services.revisions import InputsChanged, preview_document, store_revision
from planning.services.rules import StandingRules, read_rules
from planning.services.settling import put_back
from planning.services.solving import REQUEST_SECONDS, TRIES, PlanInfeasible, solve_or_refuse
from planning.services.standing import hold_other_days, standing_of
from planning.services.stored import left_out_places, place_of

# Told when meals that were bought already could not all stay.
BOUGHT_LET_GO = "BOUGHT_LET_GO"
SKIPPED_LEFT = "SKIPPED_NOT_MADE_UP"

# How to plan: what stays, notes for the athlete, and what is changed in the gathered inputs.
Way = tuple[Standing, tuple[str, ...], Shape]


def resolve_meal_plan(
    *, plan: MealPlan, full: bool = False, relaxations: Sequence[Relaxation] = (), by: User | None
) -> tuple[PlanRevision, dict[str, Any]]:
    """A new revision for the present training and profile: (revision, diff).

    Eaten, locked and bought meals stay, and days that are over; without `full` the new plan keeps as much of the old
    one as it can. Bought meals are let go, with a warning, only where nothing else helps. `relaxations` are added to
    what was given way in before. Raises Conflict when the plan changed meanwhile, PlanInfeasible when there is no plan.
    """
    agreed = [*agreed_offers(plan.request), *relaxations]
    revision = _solve_and_store(plan, lambda items: _ways(plan, items, full), agreed=agreed, reason="resolved", by=by)
    if relaxations:
        MealPlan.objects.filter(pk=plan.pk).update(request={**plan.request, "relaxations": stored_offers(agreed)})
    return revision, revision.diff or {}


def preview_resolve(*, plan: MealPlan, full: bool = False, relaxations: Sequence[Relaxation] = ()) -> dict[str, Any]:
    """What planning again would give, in the shape of a plan; nothing is stored. Raises as resolve_meal_plan does."""
    old = current_items(plan)
    inputs, solved = first_that_works(plan, _ways(plan, old, full), [*agreed_offers(plan.request), *relaxations])
    return preview_document(inputs, solved, certify(inputs, solved))


def replan_rest_of_day(*, plan: MealPlan, day: date, by: User | None) -> tuple[PlanRevision, dict[str, Any]]:
    """A new revision in which the meals of a day that are still to come make up for the skipped ones.

    Every other day stays as it is, and so do the day's eaten and locked meals and those whose time is past. Meals grow
    by a quarter at most, then a snack is added, and what still does not fit is left out, which the day then says.
    Raises Conflict when nothing of the day was skipped or nothing is left to change, PlanInfeasible when not even that
    gives a plan.
    """
    wishes = plan.current.certificate.get("wishes") if plan.current else None
    revision = _solve_and_store(
        plan,
        lambda items: rest_ways(_rest_of_day(plan, items, day), day, after=clock_at(plan.athlete, day)),
        agreed=agreed_offers(plan.request),
        reason="caught_up",
        by=by,
        # The week was planned under these rules; what changed since waits for the whole plan to be made again.
        rules=None if wishes is None else read_rules(wishes),
        versions=None if plan.current is None else (plan.current.training_version, plan.current.profile_version),
    )
    return revision, revision.diff or {}


def current_items(plan: MealPlan) -> list[PlanItem]:
    """The meals of the current revision with their recipes. Raises Conflict for a plan without one."""
    if plan.current_id is None:
        raise Conflict(_("The plan is not ready yet."), code="plan_not_ready")
    return list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))


def _solve_and_store(
    plan: MealPlan,
    ways: Callable[[Sequence[PlanItem]], Sequence[Way]],
    *,
    agreed: Sequence[Relaxation],
    reason: str,
    by: User | None,
    rules: StandingRules | None = None,
    versions: tuple[int, int] | None = None,
) -> PlanRevision:
    """Solves and stores, once more when the athlete changed something meanwhile."""
    for tries_left in reversed(range(TRIES)):
        old = current_items(plan)
        inputs, solved = first_that_works(plan, ways(old), agreed, rules=rules)
        certificate = certify(inputs, solved)
        try:
            stored = store_revision(
                plan,
                inputs=inputs,
                solved=solved,
                certificate=certificate,
                reason=reason,
                by=by,
                old=old,
                versions=versions,
            )
        except InputsChanged:
            if not tries_left:
                raise
            continue
        if stored.current is not None:
            return stored.current
    raise AssertionError("unreachable")


def first_that_works(
    plan: MealPlan, ways: Sequence[Way], agreed: Sequence[Relaxation], *, rules: StandingRules | None = None
) -> tuple[PlanInputs, Solved]:
    """The first way to plan that has a solution. Raises PlanInfeasible of the first way when none has."""
    ends = time.monotonic() + REQUEST_SECONDS
    athlete = Athlete.objects.get(pk=plan.athlete_id)
    refusal: PlanInfeasible | None = None
    for standing, notes, shape in ways:
        gathered = gather_inputs(
            athlete=athlete,
            first=plan.week_start,
            count=plan.days,
            seed=plan.request.get("seed"),
            standing=standing,
            relaxations=agreed,
            notes=notes,
            rules=rules,
        )
        inputs = shape(gathered)
        if inputs is None:
            continue
        try:
            solved = solve_or_refuse(inputs, seconds=max(2.0, ends - time.monotonic()))
            return inputs, put_back(inputs, solved, plan.current)
        except PlanInfeasible as error:
            refusal = refusal or error
    raise refusal or Conflict(_("There is nothing to plan."), code="nothing_to_plan")


def _ways(plan: MealPlan, items: Sequence[PlanItem], full: bool) -> list[Way]:
    """The standings to try, the one that keeps most first."""
    best = standing_of(plan, items, full=full)
    follow = partial(follow_rest, revision=plan.current, items=as_items(items))
    ways: list[Way] = [(best, (), follow)]
    if best.bought:
        ways.append((standing_of(plan, items, full=full, hold_bought=False), (BOUGHT_LET_GO,), follow))
    if best.left_out:
        ways.append(
            (standing_of(plan, items, full=full, hold_bought=False, close_skipped=True), (SKIPPED_LEFT,), unchanged)
        )
    return ways


def _rest_of_day(plan: MealPlan, items: Sequence[PlanItem], day: date) -> Standing:
    of_day = [item for item in items if item.date == day]
    skipped = [item for item in of_day if item.status == PlanItem.Status.SKIPPED]
    if not skipped:
        raise Conflict(_("No meal of this day was skipped."), code="nothing_skipped")
    clock = clock_at(plan.athlete, day)
    free = [
        item
        for item in of_day
        if item.status == PlanItem.Status.PLANNED and not item.locked and item.time >= clock and item.slot != "during"
    ]
    if not free:
        raise Conflict(_("No meal of this day is left to change."), code="nothing_left")
    freed = {item.pk for item in free}
    before = left_out_places(plan.current) if plan.current else set()
    out_before = [item for item in items if place_of(item) in before and item not in skipped]
    kept = [item for item in items if item.pk not in freed and item not in skipped]
    closed = hold_other_days(plan, items, day)
    return Standing(kept=kept, previous=items, left_out=[*skipped, *out_before], closed=closed)


def clock_at(athlete: Athlete, day: date) -> str:
    """`HH:MM` before which the meals of a day are past: now on the athlete's today, else the day's beginning."""
    if day != today(athlete.zones):
        return "00:00"
    return now().astimezone(zone(athlete.zones)).strftime("%H:%M")
