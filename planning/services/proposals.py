"""Revisions that wait beside the current plan for the athlete's answer: reading, judging, taking and declining them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
from planning.services.resolving import clock_at
from planning.services.revisions import make_current
from planning.services.rules import rules_of
from planning.services.standing import is_lived, needs_fingerprint, refused_items, taken_days
from planning.services.stored import left_out_places, place_of
from planning.services.targets import calculate_ranges

ACCEPTED, FOLLOWED_BY_ITSELF = "accepted", "followed"
# What a cause tells everybody; the rest is for judging the proposal later.
TOLD = ("days", "events", "profile")
# A meal as it stands: ISO date, slot, index, and how it is marked; or that a proposal would add it to the past.
Undone = tuple[str, str, int, str]
NEW_PLACE = "new"


class ProposalOutdated(Conflict):
    """409: training, profile or meals moved on after the proposal was made; `extra` holds the one that waits instead,
    None where none does."""

    code = "proposal_outdated"
    message = gettext_noop("Something moved after this was proposed. Please look at the plan again.")


NEWER_WAITS = gettext_noop("Another change waits for your answer by now. Please look at that one.")


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
    if _is_over(plan, taken_days([plan])[plan.pk]):
        return False
    if (proposal.training_version, proposal.profile_version) != (athlete.training_version, athlete.profile_version):
        targets = calculate_ranges(athlete=athlete, ranges=[(plan.week_start, plan.last_day)])
        picture = picture_of(athlete, plan, targets, rules_of(athlete))
        if not same_picture(proposal.cause.get("picture", {}), picture):
            return False
    as_taken = copy(plan)
    as_taken.current = proposal
    held = PlanItem.objects.filter(revision_id=plan.current_id)
    as_it_is = {(place_of(item), item.recipe_id) for item in held}
    # What the plan itself holds at the same meal, a proposal only leaves as it is: today may not follow any more.
    if any((place_of(item), item.recipe_id) not in as_it_is for item in refused_items(athlete, as_taken)):
        return False
    known = {tuple(row) for row in proposal.cause.get("let_go", [])}
    undone = undone_places(plan, proposal) - known
    return not (undone or _counts_again(plan, proposal) or _rewrites_what_is_over(plan, proposal))


def _is_over(plan: MealPlan, taken: Collection[date]) -> bool:
    """Whether all of a plan is history by now, or another plan's."""
    present = today(plan.athlete.zones)
    days = (plan.week_start + timedelta(days=n) for n in range(plan.days))
    return not any(day >= present and day not in taken for day in days)


def undone_places(plan: MealPlan, proposal: PlanRevision) -> set[Undone]:
    """What of the current plan has to stay (eaten, skipped, locked, bought or past meals) and a proposal has not, or
    has otherwise; and what a proposal adds to the past. Each with the mark that the meal has now.

    Whoever lets a meal go that is planned or bought has not let go the same meal once it is eaten.
    """
    athlete: Athlete = plan.athlete
    present = today(athlete.zones)
    clock = clock_at(athlete, present)
    items = list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))
    bought = {item.pk for item in bought_items(plan, items, athlete_catalogue(athlete))}
    proposed = {place_of(item): item for item in proposal.items.all()}
    places = {place_of(item) for item in items}
    undone: set[Undone] = {
        (*place, NEW_PLACE)
        for place, item in proposed.items()
        if place not in places and _is_past(plan, item, present, clock)
    }
    for item in items:
        lived = is_lived(plan, item.date, present=present)
        past = _is_past(plan, item, present, clock)
        if item.status == PlanItem.Status.PLANNED and not (item.locked or past or item.pk in bought):
            continue
        if not lived and item.status != PlanItem.Status.EATEN and why_not(item.recipe, athlete):
            continue
        other = proposed.get(place_of(item))
        if other is None or (other.recipe_id, other.quarters) != (item.recipe_id, item.quarters):
            undone.add((*place_of(item), f"{item.status}, locked" if item.locked else item.status))
    return undone


def _is_past(plan: MealPlan, item: PlanItem, present: date, clock: str) -> bool:
    return is_lived(plan, item.date, present=present) or (item.date == present and item.time < clock)


def _rewrites_what_is_over(plan: MealPlan, proposal: PlanRevision) -> bool:
    """Whether a day that is over would be measured against other numbers than those it was planned for."""
    present = today(plan.athlete.zones)
    was = {day["date"]: day["target"] for day in plan.current.days} if plan.current else {}
    return any(
        is_lived(plan, date.fromisoformat(day["date"]), present=present)
        and needs_fingerprint(was[day["date"]]) != needs_fingerprint(day["target"])
        for day in proposal.days
        if day["date"] in was
    )


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
        raise ProposalOutdated(NEWER_WAITS, extra={"proposal": proposal_document(proposal)})
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


def withdraw_taken_proposals(*, athlete: Athlete) -> int:
    """Takes back what waits beside plans that newer ones have replaced for all the days that are left. Returns for how
    many plans."""
    told = Notice.objects.filter(athlete=athlete, kind=Notice.Kind.PLAN_IMPOSSIBLE, resolved_at=None)
    waiting = Q(revisions__state=PlanRevision.State.PROPOSED) | Q(pk__in=told.values("key"))
    plans = list(MealPlan.objects.filter(waiting, athlete=athlete).select_related("athlete").distinct())
    taken = taken_days(plans)
    over = [plan for plan in plans if _is_over(plan, taken[plan.pk])]
    for plan in over:
        withdraw_proposals(plan)
        settle_notices(athlete_id=athlete.pk, kind=Notice.Kind.PLAN_IMPOSSIBLE, key=plan.pk)
    return len(over)


def lock_plan(plan: MealPlan) -> MealPlan:
    """The plan's row for writing. Raises NotFound when it was deleted meanwhile."""
    locked: MealPlan | None = MealPlan.objects.select_for_update().filter(pk=plan.pk).first()
    if locked is None:
        raise NotFound(_("The plan was deleted meanwhile."))
    return locked


def no_proposal() -> Conflict:
    """Nothing waits for an answer."""
    return Conflict(_("There is no changed plan to answer."), code="no_proposal")
