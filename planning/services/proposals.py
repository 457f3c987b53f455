"""Revisions that wait beside the current plan for the athlete's answer: reading, judging, taking and declining them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from athletes.models import Athlete, CalendarConnection, Notice, User
from athletes.services.notices import settle_notices
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, NotFound
from planning.documents import utc_text
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.services.bought import bought_items
from planning.services.choice import athlete_catalogue, why_not
from planning.services.moves import picture_of, same_picture
from planning.services.own_recipes import changed_items
from planning.services.resolving import clock_at
from planning.services.revisions import make_current
from planning.services.rules import rules_of
from planning.services.standing import holds_disliked, is_lived, unsafe_items
from planning.services.stored import left_out_places, place_of
from planning.services.targets import calculate_ranges

ACCEPTED, FOLLOWED_BY_ITSELF = "accepted", "followed"
# What a cause tells everybody; the rest is for judging the proposal later.
TOLD = ("days", "events", "profile")
Places = Collection[tuple[str, str, int]]


class ProposalOutdated(Conflict):
    """409: training, profile or meals moved on after the proposal was made; `extra` holds the one made instead."""

    code = "proposal_outdated"
    message = "Something moved after this was proposed. Please look at the plan again."


def open_proposals(plans: Sequence[MealPlan]) -> dict[str, PlanRevision]:
    """The proposals that wait for an answer, by plan id, without their days and proofs. At most one query."""
    if not plans:
        return {}
    rows = PlanRevision.objects.filter(plan__in=[plan.pk for plan in plans], state=PlanRevision.State.PROPOSED)
    told = rows.only("plan_id", "number", "state", "cause", "diff", "created_at", "training_data_as_of")
    return {row.plan_id: row for row in told.order_by("number")}


def open_proposal(plan: MealPlan) -> PlanRevision | None:
    """The proposal of one plan with its meals; None when nothing waits."""
    items = Prefetch("items", PlanItem.objects.select_related("recipe"))
    proposals = plan.revisions.filter(state=PlanRevision.State.PROPOSED).prefetch_related(items)
    return proposals.order_by("-number").first()


def proposal_document(proposal: PlanRevision | None) -> dict[str, Any] | None:
    """A proposal as API and pages show it: what moved and what would change."""
    if proposal is None:
        return None
    return {
        "revision": proposal.number,
        "created_at": utc_text(proposal.created_at),
        "cause": {name: proposal.cause[name] for name in TOLD if name in proposal.cause},
        "diff": proposal.diff,
    }


def calendar_trouble(athlete: Athlete) -> list[dict[str, Any]]:
    """Calendars whose sessions may be out of date, with the reason: no plan is quietly made from old training."""
    trouble = (CalendarConnection.Status.ERROR, CalendarConnection.Status.RECONNECT)
    rows = CalendarConnection.objects.filter(athlete=athlete, status__in=trouble)
    return [
        {"id": pk, "status": status, "reason": reason, "last_synced_at": utc_text(moment)}
        for pk, status, reason, moment in rows.values_list("pk", "status", "status_reason", "last_synced_at")
    ]


def still_holds(plan: MealPlan, proposal: PlanRevision, athlete: Athlete) -> bool:
    """Whether a proposal may still be taken: made for what is asked today, and nothing that stays would be undone."""
    if (proposal.training_version, proposal.profile_version) != (athlete.training_version, athlete.profile_version):
        targets = calculate_ranges(athlete=athlete, ranges=[(plan.week_start, plan.last_day)])
        present = picture_of(athlete, plan, targets, rules_of(athlete))
        if not same_picture(proposal.cause.get("picture", {}), present):
            return False
    as_taken = copy(plan)
    as_taken.current = proposal
    if unsafe_items(athlete, as_taken) or holds_disliked(athlete, as_taken) or changed_items(as_taken):
        return False
    known = {(day, slot, int(index)) for day, slot, index in proposal.cause.get("let_go", [])}
    return not (undone_places(plan, proposal) - known) and not _counts_again(plan, proposal)


def undone_places(plan: MealPlan, proposal: PlanRevision) -> set[tuple[str, str, int]]:
    """Meals of the current plan that have to stay (eaten, skipped, locked, bought, or past) and that a proposal has
    not, or has otherwise."""
    athlete: Athlete = plan.athlete
    present = today(athlete.zones)
    clock = clock_at(athlete, present)
    items = list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))
    bought = {item.pk for item in bought_items(plan, items, athlete_catalogue(athlete))}
    proposed = {place_of(item): item for item in proposal.items.all()}
    undone = set()
    for item in items:
        lived = is_lived(plan, item.date, present=present)
        past = lived or (item.date == present and item.time < clock)
        if item.status == PlanItem.Status.PLANNED and not (item.locked or past or item.pk in bought):
            continue
        if not lived and item.status != PlanItem.Status.EATEN and why_not(item.recipe, athlete):
            continue
        other = proposed.get(place_of(item))
        if other is None or (other.recipe_id, other.quarters) != (item.recipe_id, item.quarters):
            undone.add(place_of(item))
    return undone


def _counts_again(plan: MealPlan, proposal: PlanRevision) -> bool:
    """Whether a meal that the proposal leaves out as skipped is not skipped any more."""
    out = left_out_places(proposal)
    items = PlanItem.objects.filter(revision_id=plan.current_id).exclude(status=PlanItem.Status.SKIPPED)
    return bool(out) and any(place_of(item) in out for item in items)


def take_proposal(plan: MealPlan, proposal: PlanRevision, *, reason: str, by: User | None) -> None:
    """Lets a proposal be the plan, with the marks that the meals have by now. The plan's row is locked."""
    present = {place_of(item): item for item in PlanItem.objects.filter(revision_id=plan.current_id)}
    marked = []
    for item in proposal.items.all():
        was = present.get(place_of(item))
        if was is None or was.recipe_id != item.recipe_id or (was.status, was.locked) == (item.status, item.locked):
            continue
        item.status, item.locked = was.status, was.locked
        marked.append(item)
    PlanItem.objects.bulk_update(marked, ["status", "locked"])
    proposal.reason = reason
    make_current(plan, proposal)
    record_audit(verb=f"plan.{reason}", by=by, object_id=plan.pk, athlete_id=plan.athlete_id, revision=proposal.number)


@transaction.atomic
def decline_proposal(*, by: User, plan: MealPlan, revision: int | None = None) -> PlanRevision:
    """Keeps the plan as it is; nothing is proposed again until something else moves.

    `revision` is the number that the athlete has seen. Declining twice is declining. Raises Conflict `no_proposal`, and
    ProposalOutdated for another number than the one that waits.
    """
    locked = lock_plan(plan)
    proposal = locked.revisions.filter(state=PlanRevision.State.PROPOSED).order_by("-number").first()
    if proposal is None:
        done = locked.revisions.filter(number=revision or 0, state=PlanRevision.State.DECLINED).first()
        if done is not None:
            return done
        raise no_proposal()
    if revision is not None and proposal.number != revision:
        raise ProposalOutdated(extra={"proposal": proposal_document(proposal)})
    proposal.state = PlanRevision.State.DECLINED
    proposal.save(update_fields=["state"])
    settle_notices(athlete_id=locked.athlete_id, kind=Notice.Kind.PLAN_PROPOSED, key=locked.pk)
    record_audit(
        verb="plan.declined", by=by, object_id=locked.pk, athlete_id=locked.athlete_id, revision=proposal.number
    )
    return proposal


def withdraw_proposals(plan: MealPlan) -> int:
    """Takes back what waits for an answer: it is not needed any more. Returns how many proposals there were."""
    settle_notices(athlete_id=plan.athlete_id, kind=Notice.Kind.PLAN_PROPOSED, key=plan.pk)
    return plan.revisions.filter(state=PlanRevision.State.PROPOSED).update(state=PlanRevision.State.PAST)


def lock_plan(plan: MealPlan) -> MealPlan:
    """The plan's row for writing. Raises NotFound when it was deleted meanwhile."""
    locked: MealPlan | None = MealPlan.objects.select_for_update().filter(pk=plan.pk).first()
    if locked is None:
        raise NotFound("The plan was deleted meanwhile.")
    return locked


def no_proposal() -> Conflict:
    """Nothing waits for an answer."""
    return Conflict("There is no changed plan to answer.", code="no_proposal")
