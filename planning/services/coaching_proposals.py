"""A coach answers what waits for an athlete's answer: takes the changed plan or keeps the present one, with a reason.

The athlete is told and can take the answer back: then it is the athlete's own again. Who answered, and how, stands in
the cause of the revision (`ANSWERED`), which outlives the link.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from athletes.models import Athlete, Notice, User
from athletes.rules import owns
from athletes.services.locking import lock_athletes
from athletes.services.notices import settle_notices, tell_athlete
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Conflict, NotFound
from nutrition_site.kernel.ids import new_id
from planning.models import CoachNote, MealPlan, PlanItem, PlanRevision
from planning.services.coaching_bounds import coach_name, coached_athletes
from planning.services.coaching_notes import checked_text
from planning.services.following import refuse_outdated, take_if_it_holds
from planning.services.proposals import (
    decline_proposal,
    lock_plan,
    open_proposals,
    take_proposal,
    undone_places,
)
from planning.services.standing import refused_items
from planning.services.telling import tell_proposed

ANSWERED = "answered"
UNDONE = "answer_undone"


@dataclass(frozen=True, slots=True)
class CoachAnswer:
    """An answer that a coach gave for the athlete, and that can still be taken back: to which revision, and how."""

    revision: PlanRevision
    accepted: bool
    coach_id: str
    before: int


def answer_as_coach(*, coach: User, plan: MealPlan, revision: int, accept: bool, reason: str) -> PlanRevision:
    """Takes the proposed revision, or keeps the plan as it is; the athlete is told who did and why, and can undo it.

    `revision` is the number that the coach has seen. Raises Forbidden, NotFound without the athlete's agreement,
    InvalidInput without a reason, and what `accept_proposal` and `decline_proposal` raise.
    """
    words = checked_text(reason)
    with transaction.atomic():
        lock_athletes([plan.athlete_id])
        athlete = coached_athletes(coach, [plan.athlete_id])[0]
        locked = lock_plan(plan)
        waited, before = open_proposals([locked]).get(plan.pk), locked.revision
        give = take_if_it_holds if accept else decline_proposal
        answered = give(by=coach, plan=plan, revision=revision)
        if answered is not None:
            # What had its answer before is nobody's to answer again.
            if waited is not None and waited.number == answered.number:
                _tell_answer(coach, athlete, answered, accept=accept, before=before, reason=words)
            return answered
    refuse_outdated(plan)


def _tell_answer(
    coach: User, athlete: Athlete, answered: PlanRevision, *, accept: bool, before: int, reason: str
) -> None:
    answered.cause = {**answered.cause, ANSWERED: {"coach": coach.pk, "accepted": accept, "before": before}}
    answered.save(update_fields=["cause"])
    CoachNote.objects.create(athlete=athlete, coach=coach, kind=CoachNote.Kind.MESSAGE, text=reason)
    deed = "took the changed plan" if accept else "kept your plan as it is"
    tell_athlete(
        athlete=athlete,
        kind=Notice.Kind.PLAN_CHANGED,
        key=answered.plan_id,
        title=f"{coach_name(coach)}, your coach, {deed}",
        body="You can take that back there. Why stands on the page of your coaches.",
        path=reverse("coach_answer", args=[answered.plan_id]),
        renew=True,
    )
    record_audit(
        verb="coach.proposal_accepted" if accept else "coach.proposal_declined",
        by=coach,
        object_id=answered.plan_id,
        athlete_id=athlete.pk,
        revision=answered.number,
    )


def coach_answer(plan: MealPlan) -> CoachAnswer | None:
    """The answer of a coach that is still how things stand; None once anything has happened to the plan since."""
    newest = plan.revisions.order_by("-number").first()
    told = newest.cause.get(ANSWERED) if newest is not None else None
    if newest is None or not told:
        return None
    stands = newest.pk == plan.current_id if told["accepted"] else newest.state == PlanRevision.State.DECLINED
    return CoachAnswer(newest, told["accepted"], told["coach"], told["before"]) if stands else None


@transaction.atomic
def undo_coach_answer(*, by: User, plan: MealPlan, revision: int) -> MealPlan:
    """Takes a coach's answer back. What was declined waits for the athlete again; what was taken is put back as it was
    before, as a revision of its own, with the marks that meals have by now.

    `revision` is the one that was answered. Raises NotFound for anybody but the athlete, and Conflict when the plan was
    changed since, or a meal was eaten or kept that would not be there any more.
    """
    locked = lock_plan(plan)
    athlete: Athlete = locked.athlete
    if not owns(by, athlete):
        raise NotFound()
    answer = coach_answer(locked)
    if answer is None or answer.revision.number != revision:
        raise Conflict(_("The plan was changed since, so this cannot be taken back."), code="plan_changed")
    settle_notices(athlete_id=athlete.pk, kind=Notice.Kind.PLAN_CHANGED, key=locked.pk)
    record_audit(verb="coach.answer_undone", by=by, object_id=locked.pk, athlete_id=athlete.pk, revision=revision)
    if not answer.accepted:
        proposal = answer.revision
        proposal.cause = {name: value for name, value in proposal.cause.items() if name != ANSWERED}
        proposal.state = PlanRevision.State.PROPOSED
        proposal.save(update_fields=["cause", "state"])
        tell_proposed(locked, proposal)
        return locked
    former = locked.revisions.filter(number=answer.before).first()
    if former is None:
        raise Conflict(_("There is nothing to take back."), code="nothing_to_undo")
    again = _copied(former, number=answer.revision.number + 1)
    with_it = copy(locked)
    with_it.current = again
    present = {(item.date, item.slot, item.index, item.recipe_id) for item in locked.current.items.all()}  # type: ignore[union-attr]
    unsafe = [
        item
        for item in refused_items(athlete, with_it)
        if (item.date, item.slot, item.index, item.recipe_id) not in present
    ]
    if unsafe or undone_places(locked, again):
        raise Conflict(
            _("A meal was eaten, kept or excluded since, so the former plan cannot come back as it was."),
            code="meal_stays",
        )
    take_proposal(locked, again, reason=UNDONE, by=by)
    return locked


def _copied(former: PlanRevision, *, number: int) -> PlanRevision:
    """A former revision once more under a new number: numbers only grow, because faces compare by them."""
    again = PlanRevision.objects.get(pk=former.pk)
    again.pk, again.number, again.state = new_id("rev"), number, PlanRevision.State.PROPOSED
    again.cause, again.diff = {}, None
    again._state.adding = True
    again.save(force_insert=True)
    rows = list(PlanItem.objects.filter(revision_id=former.pk))
    for row in rows:
        row.pk, row.revision_id = new_id("itm"), again.pk
        row._state.adding = True
    PlanItem.objects.bulk_create(rows)
    return again
