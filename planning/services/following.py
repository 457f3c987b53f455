"""Plans that follow when training moves: proposing the new plan beside the present one, or changing it.

What a plan was last followed for is kept in its `request` under `FOLLOWED`, so that a plan which fits, was declined or
cannot follow costs nothing until something else moves. `moved_plans` finds the plans and waits for quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn

from django.db import transaction
from django.utils.translation import gettext_noop as _

from athletes.models import Athlete, Notice, User
from athletes.services.notices import settle_notices
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, DomainError, NotFound
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.optimizer.types import Solved
from planning.services.changes import PROPOSED
from planning.services.concessions import agreed_offers
from planning.services.inputs import PlanInputs
from planning.services.moves import describe_moves, picture_of, same_picture
from planning.services.plans import covering_plans, with_contents
from planning.services.proof import as_items, certify
from planning.services.proposals import (
    ACCEPTED,
    FOLLOWED_BY_ITSELF,
    NEWER_WAITS,
    ProposalOutdated,
    lock_plan,
    no_proposal,
    open_proposal,
    proposal_document,
    still_holds,
    take_proposal,
    undone_places,
    withdraw_proposals,
)
from planning.services.resolving import (
    BOUGHT_LET_GO,
    SKIPPED_LEFT,
    Way,
    clock_at,
    current_items,
    first_that_works,
)
from planning.services.rest import follow_rest, unchanged
from planning.services.revisions import FOLLOWED, InputsChanged, store_revision
from planning.services.rules import rules_of
from planning.services.solving import TRIES, PlanInfeasible
from planning.services.standing import needs_fingerprint, outdated_plan_ids, refused_items, standing_to_follow
from planning.services.targets import calculate_ranges
from planning.services.telling import tell_changed, tell_impossible, tell_proposed

# How following a plan ended.
GONE, OVER, FITS, KNOWN, WAITS, CHANGED, IMPOSSIBLE = (
    *("gone", "over", "fits", "known", "proposed", "changed"),
    "impossible",
)
# What became of a proposal that could not be taken any more, by how following the plan anew ended.
OUTDATED = {
    WAITS: _(
        "Something moved after this was proposed. Another change waits for your answer now. Please look at that one."
    ),
    CHANGED: _("Something moved after this was proposed. The plan has followed by now: this is how it is."),
    FITS: _("Something moved after this was proposed. The plan fits as it is, so there is nothing left to change."),
    IMPOSSIBLE: _(
        "Something moved after this was proposed, and no plan was found that follows. "
        "Yours stays as it is and is marked out of date."
    ),
    OVER: _("The days of this plan are over, or another plan has taken them. It stays as it was."),
    "": _("Something moved after this was proposed. The plan is being looked at again; for now it stays as it is."),
}


def follow_plan(*, plan_id: str, heartbeat: Callable[[], object] | None = None) -> str:
    """Brings one plan to where its athlete's training and profile are now; safe to repeat. Returns how it ended.

    `gone`, `over` (its days are over, or another plan's), `fits` (nothing to do; what was proposed is taken back),
    `known` (looked at before, and nothing moved since), `proposed`, `changed`, or `impossible` (the athlete is told
    why). Raises Conflict when the plan was changed while this worked.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return _look_at(plan_id, heartbeat or _nothing)
        except InputsChanged:
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def _look_at(plan_id: str, heartbeat: Callable[[], object]) -> str:
    plan = with_contents(MealPlan.objects.verified()).filter(pk=plan_id).first()
    if plan is None:
        return GONE
    athlete: Athlete = plan.athlete
    first = max(plan.week_start, today(athlete.zones))
    if plan.last_day < first or plan not in covering_plans(athlete, first, plan.last_day).values():
        withdraw_proposals(plan)
        settle_notices(athlete_id=athlete.pk, kind=Notice.Kind.PLAN_IMPOSSIBLE, key=plan.pk)
        _remember(plan, athlete, {}, OVER)
        return OVER
    try:
        return _follow(plan, athlete, heartbeat)
    except (Conflict, NotFound):
        raise
    except DomainError as refusal:
        # Not to be tried again each minute: what stands in the way is the athlete's to change.
        _give_up(plan, athlete, refusal)
        return IMPOSSIBLE


def _follow(plan: MealPlan, athlete: Athlete, heartbeat: Callable[[], object]) -> str:
    targets = calculate_ranges(athlete=athlete, ranges=[(plan.week_start, plan.last_day)])
    rules = rules_of(athlete)
    picture = picture_of(athlete, plan, targets, rules)
    if plan.pk not in outdated_plan_ids(athlete, [plan], targets, rules):
        withdraw_proposals(plan)
        settle_notices(athlete_id=athlete.pk, kind=Notice.Kind.PLAN_IMPOSSIBLE, key=plan.pk)
        _remember(plan, athlete, picture, FITS)
        return FITS
    proposal = open_proposal(plan)
    automatic = athlete.replan_policy == Athlete.ReplanPolicy.AUTOMATIC
    # Who has chosen meanwhile that plans follow by themselves is asked no more than is left to ask.
    asked = proposal is not None and (not automatic or proposal.cause.get("policy") == athlete.replan_policy)
    if asked and proposal is not None and still_holds(plan, proposal, athlete):
        _remember(plan, athlete, picture, WAITS)
        return WAITS
    followed = plan.request.get(FOLLOWED) or {}
    if proposal is None and followed.get("answer") in (WAITS, IMPOSSIBLE) and same_picture(followed, picture):
        _remember(plan, athlete, picture, followed["answer"])
        return KNOWN
    made_for = {"picture": picture, "policy": athlete.replan_policy}
    cause = {**describe_moves(athlete, plan, targets), **made_for}
    ended = ""
    if automatic:
        ended = _change_by_itself(plan, athlete, cause, heartbeat)
        plan = with_contents(MealPlan.objects).get(pk=plan.pk)
    # What is left of today is the athlete's to decide, whatever the policy.
    if not ended or plan.pk in outdated_plan_ids(athlete, [plan], targets, rules):
        cause = {**describe_moves(athlete, plan, targets), **made_for}
        try:
            ended = _propose(plan, athlete, cause, heartbeat)
        except PlanInfeasible:
            if not ended:
                raise
            # The days after today follow already; what is left of today stays, and is shown as out of date.
            _remember(plan, athlete, picture, IMPOSSIBLE)
            return ended
    _remember(plan, athlete, picture, WAITS if open_proposal(plan) else FITS)
    return ended


def _change_by_itself(plan: MealPlan, athlete: Athlete, cause: dict[str, Any], heartbeat: Callable[[], object]) -> str:
    """Changes what comes after today at once; empty when nothing of it had to change, or could."""
    try:
        revision = _make(plan, cause, hold_today=True, take=True, heartbeat=heartbeat)
    except PlanInfeasible:
        return ""
    return "" if revision is None else CHANGED


def _propose(plan: MealPlan, athlete: Athlete, cause: dict[str, Any], heartbeat: Callable[[], object]) -> str:
    """Leaves a proposal; where no meal has to change there is nothing to ask, and the plan is brought up to date.

    When today cannot follow any more, the proposal leaves it as it is. Raises PlanInfeasible.
    """
    try:
        revision = _make(plan, cause, hold_today=False, take=False, heartbeat=heartbeat)
    except PlanInfeasible:
        revision = _make(plan, cause, hold_today=True, take=False, heartbeat=heartbeat)
        if revision is None:
            raise
    assert revision is not None  # noqa: S101 - only a held day can leave nothing to do
    return CHANGED if revision.state == PlanRevision.State.CURRENT else WAITS


def _make(
    plan: MealPlan, cause: dict[str, Any], *, hold_today: bool, take: bool, heartbeat: Callable[[], object]
) -> PlanRevision | None:
    """Solves and stores a revision, taken at once with `take` or when no meal changes; None when a held today leaves
    nothing to change. Raises PlanInfeasible, Conflict."""
    heartbeat()
    newest = plan.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    items = current_items(plan)
    ways = _ways(plan, items, hold_today=hold_today)
    inputs, solved = first_that_works(plan, ways, agreed_offers(plan.request))
    if hold_today and not _changes_anything(plan, items, inputs, solved):
        return None
    present = today(plan.athlete.zones)
    left = any(item.date == present for item in refused_items(plan.athlete, plan))
    behind = hold_today and (left or present.isoformat() in cause["days"])
    return _store(plan, items, inputs, solved, cause=cause, take=take, behind=behind, newest=newest)


@transaction.atomic
def _store(
    plan: MealPlan,
    items: Sequence[PlanItem],
    inputs: PlanInputs,
    solved: Solved,
    *,
    cause: dict[str, Any],
    take: bool,
    behind: bool,
    newest: int,
) -> PlanRevision:
    present = lock_plan(plan)
    waiting = open_proposal(present)
    if waiting is not None and not take and waiting.number > newest and still_holds(present, waiting, inputs.athlete):
        # Somebody else was asked to follow at the same time: two equal proposals would outdate each other.
        return waiting
    made_for = plan.current
    locked = store_revision(
        plan,
        inputs=inputs,
        solved=solved,
        certificate=certify(inputs, solved),
        reason=PROPOSED,
        by=None,
        old=items,
        state=PlanRevision.State.PROPOSED,
        # A day that was left behind keeps the plan out of date, so it keeps the versions that day was made for.
        versions=(made_for.training_version, made_for.profile_version) if behind and made_for else None,
        cause=cause,
    )
    revision = locked.revisions.order_by("-number")[0]
    earlier = locked.revisions.filter(state=PlanRevision.State.PROPOSED).exclude(pk=revision.pk)
    earlier.update(state=PlanRevision.State.PAST)
    let_go = undone_places(plan, revision)
    if let_go:
        revision.cause = {**cause, "let_go": sorted(list(row) for row in let_go)}
        revision.save(update_fields=["cause"])
    # Told in the same transaction: whoever is killed after it has told, and before it has not stored.
    empty = (revision.diff or {}).get("empty")
    if take or empty:
        take_proposal(locked, revision, reason=FOLLOWED_BY_ITSELF, by=None)
        if not empty:
            tell_changed(plan, revision)
    else:
        tell_proposed(plan, revision)
    return revision


def _ways(plan: MealPlan, items: Sequence[PlanItem], *, hold_today: bool) -> list[Way]:
    """The standings to try, the one that keeps most first; see `resolving` for the same when an athlete asks."""
    clock = clock_at(plan.athlete, today(plan.athlete.zones))
    hold = partial(standing_to_follow, plan, items, clock=clock, hold_today=hold_today)
    best = hold()
    follow = partial(follow_rest, revision=plan.current, items=as_items(items))
    ways: list[Way] = [(best, (), follow)]
    if best.bought:
        ways.append((hold(hold_bought=False), (BOUGHT_LET_GO,), follow))
    if best.left_out:
        ways.append((hold(hold_bought=False, close_skipped=True), (SKIPPED_LEFT,), unchanged))
    return ways


def _changes_anything(plan: MealPlan, items: Sequence[PlanItem], inputs: PlanInputs, solved: Solved) -> bool:
    """Whether a solution differs from the plan in a meal or in what a day asks for."""
    was = {(item.place, item.dish_key, item.quarters, item.time) for item in as_items(items)}
    out = {(item.date.isoformat(), item.slot, item.index) for item in inputs.left_out}
    fresh = {(item.place, item.dish_key, item.quarters, item.time) for item in solved.items}
    if {row for row in was if row[0] not in out} != {row for row in fresh if row[0] not in out}:
        return True
    stored = {day["date"]: needs_fingerprint(day["target"]) for day in plan.current.days} if plan.current else {}
    return any(stored.get(day.date.isoformat()) != needs_fingerprint(day.payload) for day in inputs.days)


def accept_proposal(*, by: User, plan: MealPlan, revision: int | None = None) -> PlanRevision:
    """Lets the proposed revision be the plan. Meals that were marked since keep their marks; accepting twice is once.

    `revision` is the number that the athlete has seen. Raises what `take_if_it_holds` and `refuse_outdated` raise.
    """
    taken = take_if_it_holds(by=by, plan=plan, revision=revision)
    if taken is None:
        refuse_outdated(plan)
    return taken


@transaction.atomic
def take_if_it_holds(*, by: User, plan: MealPlan, revision: int | None = None) -> PlanRevision | None:
    """The proposed revision as the plan; None, and it waits no more, where what it was made for has moved or it would
    undo a meal that is eaten, locked, bought or past by now. Then `refuse_outdated` has the last word.

    Raises Conflict `no_proposal`, and ProposalOutdated for another number than the one that waits.
    """
    locked = lock_plan(plan)
    proposal = open_proposal(locked)
    if revision is not None and locked.revision == revision and locked.current is not None:
        return locked.current
    if proposal is None:
        raise no_proposal()
    if revision is not None and proposal.number != revision:
        raise ProposalOutdated(NEWER_WAITS, extra={"proposal": proposal_document(proposal)})
    athlete = Athlete.objects.get(pk=locked.athlete_id)
    if still_holds(locked, proposal, athlete):
        take_proposal(locked, proposal, reason=ACCEPTED, by=by)
        return proposal
    record_audit(verb="plan.proposal_outdated", by=by, object_id=locked.pk, athlete_id=locked.athlete_id)
    locked.revisions.filter(pk=proposal.pk).update(state=PlanRevision.State.PAST)
    MealPlan.objects.filter(pk=locked.pk).update(request=_forgotten(locked.request))
    return None


def refuse_outdated(plan: MealPlan) -> NoReturn:
    """Follows a plan anew after its proposal held no more. Raises ProposalOutdated, which says how that ended."""
    try:
        ended = follow_plan(plan_id=plan.pk)
    except Conflict:
        # Something moved once more: beat finds the plan again.
        ended = ""
    waiting = open_proposal(plan)
    raise ProposalOutdated(
        OUTDATED[WAITS if waiting else ended if ended in (CHANGED, FITS, IMPOSSIBLE, OVER) else ""],
        extra={"proposal": proposal_document(waiting)},
    )


def give_up_following(plan_id: str) -> None:
    """Nobody tries again until something else moves: every attempt failed unexpectedly, or its worker was lost."""
    plan = with_contents(MealPlan.objects.verified()).filter(pk=plan_id).first()
    if plan is not None:
        _give_up(plan, plan.athlete, None)


def _give_up(plan: MealPlan, athlete: Athlete, refusal: DomainError | None) -> None:
    withdraw_proposals(plan)
    try:
        targets = calculate_ranges(athlete=athlete, ranges=[(plan.week_start, plan.last_day)])
        picture = picture_of(athlete, plan, targets, rules_of(athlete))
    except DomainError:
        picture = {}
    tell_impossible(plan, refusal)
    _remember(plan, athlete, picture, IMPOSSIBLE)


def _remember(plan: MealPlan, athlete: Athlete, picture: dict[str, Any], answer: str) -> None:
    """Keeps what a plan was looked at for. The versions are those that were read at the beginning."""
    with transaction.atomic():
        locked = MealPlan.objects.select_for_update().filter(pk=plan.pk).first()
        if locked is None:
            return
        versions = {"training": athlete.training_version, "profile": athlete.profile_version}
        seen = {**versions, "policy": athlete.replan_policy, "answer": answer, **picture}
        locked.request = {**_forgotten(locked.request), FOLLOWED: seen}
        locked.save(update_fields=["request"])


def _forgotten(request: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if name != FOLLOWED}


def _nothing() -> None:
    """The heartbeat of work that nobody watches."""
