"""Making and reading meal plans. A plan is stored only when the independent checker passes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from athletes.models import Athlete, Notice, User
from athletes.services.notices import settle_notices
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import enqueue_work, wake
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import Relaxation, Solved
from planning.services.changes import diff_between
from planning.services.concessions import agreed_offers, stored_offers
from planning.services.inputs import PlanInputs, gather_inputs
from planning.services.pantry import restore_from_meal, use_for_meal
from planning.services.proof import certify
from planning.services.proposals import withdraw_taken_proposals
from planning.services.resolving import preview_resolve, replan_rest_of_day, resolve_meal_plan
from planning.services.revisions import InputsChanged, preview_document, store_revision
from planning.services.rules import rules_of
from planning.services.solving import (
    REQUEST_SECONDS,
    TRIES,
    NotVerified,
    OutOfTime,
    PlanInfeasible,
    find_solution,
    solve_or_refuse,
)
from planning.services.standing import counts_again, holds_disliked, needs_fingerprint, outdated_plan_ids, unsafe_items
from planning.services.targets import calculate_ranges

__all__ = [
    "NotVerified",
    "PlanInfeasible",
    "check_range",
    "covering_plans",
    "create_meal_plan",
    "delete_meal_plan",
    "diff_between",
    "ensure_plans",
    "finish_solving",
    "give_up_solving",
    "holds_disliked",
    "needs_fingerprint",
    "preview_document",
    "preview_meal_plan",
    "preview_resolve",
    "replan_rest_of_day",
    "resolve_meal_plan",
    "set_item_status",
    "stale_plan_ids",
    "store_revision",
    "unsafe_items",
    "with_contents",
]

EARLIEST = date(2000, 1, 1)
LATEST_AHEAD_DAYS = 400
MAX_DAYS = 14
BACKGROUND_SECONDS = 120.0
# A solve that its web process did not live to finish is taken up by a worker after this time.
TAKE_UP_SECONDS = 45
TOO_LONG = "No plan was found in the time there is."
PROGRESS_EVERY_SECONDS = 1.0


def check_range(athlete: Athlete, first: date, count: int) -> None:
    """Raises InvalidInput for days outside what is planned."""
    if not 1 <= count <= MAX_DAYS:
        raise InvalidInput.of("days", _("Must be from %(low)s to %(high)s.") % {"low": 1, "high": MAX_DAYS})
    latest = today(athlete.zones) + timedelta(days=LATEST_AHEAD_DAYS)
    if not EARLIEST <= first <= latest:
        raise InvalidInput.of("week_start", _("Must be from %(low)s to %(high)s.") % {"low": EARLIEST, "high": latest})


def create_meal_plan(
    *,
    athlete: Athlete,
    first: date,
    count: int = 7,
    seed: int | None = None,
    relaxations: Sequence[Relaxation] = (),
    by: User | None,
) -> MealPlan:
    """Solves, verifies and stores a plan for `count` days from `first`; `relaxations` is what the athlete gave way in.

    Returns a verified plan, or one that is still `solving` when the request's time did not suffice: a worker goes on
    with it. Raises PlanInfeasible with conflicts and relaxations, InvalidInput for days outside the range.
    """
    check_range(athlete, first, count)
    with transaction.atomic():
        plan = MealPlan.objects.create(
            athlete=athlete,
            week_start=first,
            days=count,
            request={"seed": seed, "by": getattr(by, "pk", ""), "relaxations": stored_offers(relaxations)},
            progress={"stage": "waiting", "fraction": 0.0, "since": now().isoformat()},
        )
        work = enqueue_work(kind="plan.solve", key=plan.pk, run_after=now() + timedelta(seconds=TAKE_UP_SECONDS))
    try:
        solved = solve_plan(plan, seconds=REQUEST_SECONDS, by=by)
    except OutOfTime:
        with transaction.atomic():
            WorkItem.objects.filter(pk=work.pk, state=WorkItem.State.QUEUED).update(run_after=now())
            transaction.on_commit(partial(wake, work.pk), robust=True)
        return plan
    except BaseException:
        # Whatever went wrong, the athlete was told so: nothing of it may come back as a plan later.
        with transaction.atomic():
            MealPlan.objects.filter(pk=plan.pk, status=MealPlan.Status.SOLVING).delete()
            WorkItem.objects.filter(pk=work.pk, state=WorkItem.State.QUEUED).delete()
        raise
    WorkItem.objects.filter(pk=work.pk, state=WorkItem.State.QUEUED).update(
        state=WorkItem.State.DONE, finished_at=now()
    )
    return solved


def preview_meal_plan(
    *,
    athlete: Athlete,
    first: date,
    count: int = 7,
    seed: int | None = None,
    relaxations: Sequence[Relaxation] = (),
) -> tuple[PlanInputs, Solved, dict[str, Any]]:
    """The same solve with nothing stored: (inputs, solution, certificate). Raises as create_meal_plan does."""
    check_range(athlete, first, count)
    inputs = gather_inputs(athlete=athlete, first=first, count=count, seed=seed, relaxations=relaxations)
    solved = solve_or_refuse(inputs, seconds=REQUEST_SECONDS)
    return inputs, solved, certify(inputs, solved)


def solve_plan(
    plan: MealPlan, *, seconds: float, by: User | None, heartbeat: Callable[[], object] | None = None
) -> MealPlan:
    """Solves a plan that is waiting. Safe to run twice: a plan is stored once.

    What the athlete changes meanwhile counts: then it is solved again. Raises OutOfTime and the refusals, NotFound when
    plan or athlete are gone.
    """
    ends = time.monotonic() + seconds
    note = _progress_of(plan, heartbeat)
    for tries_left in reversed(range(TRIES)):
        athlete = Athlete.objects.filter(pk=plan.athlete_id).first()
        if athlete is None:
            raise NotFound(_("The athlete was deleted meanwhile."))
        inputs = gather_inputs(
            athlete=athlete,
            first=plan.week_start,
            count=plan.days,
            seed=plan.request.get("seed"),
            relaxations=agreed_offers(plan.request),
        )
        solved = find_solution(inputs, seconds=max(1.0, ends - time.monotonic()), progress=note)
        certificate = certify(inputs, solved)
        try:
            stored = store_revision(
                plan, inputs=inputs, solved=solved, certificate=certificate, reason="created", by=by
            )
            withdraw_taken_proposals(athlete=athlete)
            return stored
        except InputsChanged:
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def _progress_of(plan: MealPlan, heartbeat: Callable[[], object] | None) -> Callable[[str, float], None]:
    """Stores how far a solve is, once a second at most, so that a page can show it; quick solves store nothing."""
    since = now().isoformat()
    last = time.monotonic()

    def note(stage: str, fraction: float) -> None:
        nonlocal last
        if time.monotonic() - last < PROGRESS_EVERY_SECONDS:
            return
        last = time.monotonic()
        told = {"stage": stage, "fraction": round(float(fraction), 2), "since": since}
        MealPlan.objects.filter(pk=plan.pk, status=MealPlan.Status.SOLVING).update(progress=told)
        if heartbeat is not None:
            heartbeat()

    return note


def finish_solving(plan_id: str, *, heartbeat: Callable[[], object] | None = None) -> None:
    """The worker's part: solves a waiting plan with more time and records how it ended.

    `heartbeat` is called while it works, so that nobody else takes the work up.
    """
    plan = MealPlan.objects.filter(pk=plan_id, status=MealPlan.Status.SOLVING).first()
    if plan is None:
        return
    progress = {"stage": "solving", "fraction": 0.0, "since": now().isoformat()}
    MealPlan.objects.filter(pk=plan.pk).update(progress=progress)
    try:
        solve_plan(plan, seconds=BACKGROUND_SECONDS, by=None, heartbeat=heartbeat)
    except InputsChanged as error:
        give_up_solving(plan_id, status=MealPlan.Status.FAILED, code=error.code, message=error.message)
    except (Conflict, NotFound):
        # Somebody else was faster, or the plan was deleted: there is nothing left to do.
        return
    except OutOfTime:
        give_up_solving(plan_id, status=MealPlan.Status.INFEASIBLE, code="plan_infeasible", message=TOO_LONG)
    except (PlanInfeasible, NotVerified) as error:
        give_up_solving(
            plan_id, status=MealPlan.Status.INFEASIBLE, code=error.code, message=error.message, extra=error.extra
        )


def give_up_solving(plan_id: str, *, status: str, code: str, message: str, extra: dict[str, Any] | None = None) -> None:
    """Ends the waiting of a plan with a reason that the athlete is shown."""
    MealPlan.objects.filter(pk=plan_id, status=MealPlan.Status.SOLVING).update(
        status=status, refusal={"code": code, "message": message, **(extra or {})}, progress={}
    )


def with_contents(plans: Any) -> Any:
    """A queryset of plans with revision, items and recipes fetched in three queries."""
    items = PlanItem.objects.select_related("recipe").order_by("date", "time", "slot", "index")
    return plans.select_related("current", "athlete").prefetch_related(Prefetch("current__items", queryset=items))


def stale_plan_ids(athlete: Athlete, plans: Sequence[MealPlan]) -> set[str]:
    """Plans whose days ask for something else now than when they were made, or that hold what is not wanted any more.

    Versions are compared first; only plans behind them have their targets calculated again, all in one go.
    """
    behind = []
    for plan in plans:
        made_from = plan.current
        if made_from is None:
            continue
        versions = (made_from.profile_version, made_from.training_version)
        if versions != (athlete.profile_version, athlete.training_version):
            behind.append(plan)
    changed = {plan.pk for plan in plans if counts_again(plan)}
    if not behind:
        return changed
    present = calculate_ranges(athlete=athlete, ranges=[(plan.week_start, plan.last_day) for plan in behind])
    return changed | outdated_plan_ids(athlete, behind, present, rules_of(athlete))


def covering_plans(athlete: Athlete, first: date, last: date) -> dict[date, MealPlan]:
    """For each day, the newest verified plan that covers it; days without one are absent."""
    plans = (
        with_contents(MealPlan.objects.filter(athlete=athlete).verified())
        .filter(week_start__lte=last, week_start__gte=first - timedelta(days=MAX_DAYS))
        .order_by("-created_at", "-id")
    )
    by_day: dict[date, MealPlan] = {}
    for plan in plans:
        day = plan.week_start
        while day <= plan.last_day:
            if first <= day <= last:
                by_day.setdefault(day, plan)
            day += timedelta(days=1)
    return by_day


def ensure_plans(
    *, athlete: Athlete, first: date, last: date, by: User | None
) -> tuple[dict[date, MealPlan], list[str]]:
    """Plans for every day of a range, making what is missing: (plan by day, ids of the plans made).

    Raises PlanInfeasible when a missing part cannot be planned, Conflict while one is still being solved.
    """
    by_day = covering_plans(athlete, first, last)
    made: list[str] = []
    missing = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    missing = [day for day in missing if day not in by_day]
    while missing:
        start = missing[0]
        count = 1
        while count < 7 and start + timedelta(days=count) in missing:
            count += 1
        plan = create_meal_plan(athlete=athlete, first=start, count=count, by=by)
        if plan.status != MealPlan.Status.VERIFIED:
            raise Conflict(_("The plan for these days is still being solved."), code="plan_solving")
        made.append(plan.pk)
        missing = [day for day in missing if not start <= day <= plan.last_day]
    return (covering_plans(athlete, first, last), made) if made else (by_day, made)


def delete_meal_plan(*, plan: MealPlan, by: User) -> None:
    """Removes a plan with all its revisions; older plans then count again for its days."""
    with transaction.atomic():
        record_audit(verb="plan.deleted", by=by, object_id=plan.pk, athlete_id=plan.athlete_id)
        for kind in (Notice.Kind.PLAN_PROPOSED, Notice.Kind.PLAN_CHANGED, Notice.Kind.PLAN_IMPOSSIBLE):
            settle_notices(athlete_id=plan.athlete_id, kind=kind, key=plan.pk)
        MealPlan.objects.filter(pk=plan.pk).update(current=None)
        plan.delete()


def present_item(item: PlanItem) -> PlanItem | None:
    """The meal as the current revision of its plan has it: same place, same dish; None when it is gone.

    Whoever marks a meal may have read the plan before it was made again. Needs `revision__plan` selected.
    """
    plan = item.revision.plan
    if item.revision_id == plan.current_id:
        return item
    same = PlanItem.objects.filter(
        revision_id=plan.current_id, date=item.date, slot=item.slot, index=item.index, recipe_id=item.recipe_id
    )
    return same.select_related("revision__plan", "recipe").first()


def set_item_status(
    *, plan: MealPlan, item_id: str, status: str | None = None, locked: bool | None = None, by: User
) -> PlanItem:
    """Marks one meal eaten, skipped or planned, or locks it. Raises NotFound for a meal that is not in it."""
    with transaction.atomic():
        locked_plan = MealPlan.objects.select_for_update().get(pk=plan.pk)
        items = PlanItem.objects.filter(pk=item_id, revision_id=locked_plan.current_id)
        item = items.select_related("recipe").first()
        if item is None:
            raise NotFound(_("This meal is not part of the current plan."))
        was_eaten = item.status == PlanItem.Status.EATEN
        if status is not None:
            item.status = status
        if locked is not None:
            item.locked = locked
        item.save(update_fields=["status", "locked"])
        is_eaten = item.status == PlanItem.Status.EATEN
        if is_eaten and not was_eaten:
            use_for_meal(item=item, by=by)
        elif was_eaten and not is_eaten:
            restore_from_meal(item=item, by=by)
        record_audit(verb="plan.marked", by=by, object_id=plan.pk, athlete_id=plan.athlete_id, item=item.pk)
    return item
