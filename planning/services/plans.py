"""Making, re-solving and reading meal plans. A plan is stored only when the independent checker passes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from athletes.models import Athlete, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import enqueue_work, wake
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.optimizer.types import Solved
from planning.services.choice import is_disliked, read_catalogue, why_not
from planning.services.inputs import PlanInputs, gather_inputs
from planning.services.proof import certify
from planning.services.revisions import diff_between, preview_document, store_revision
from planning.services.solving import NotVerified, OutOfTime, PlanInfeasible, find_solution, solve_or_refuse
from planning.services.targets import TargetDay, calculate_ranges

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
    "preview_document",
    "preview_meal_plan",
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
REQUEST_SECONDS = 20.0
BACKGROUND_SECONDS = 120.0
# A solve that its web process did not live to finish is taken up by a worker after this time.
TAKE_UP_SECONDS = 45
TOO_LONG = "No plan was found in the time there is."


def check_range(athlete: Athlete, first: date, count: int) -> None:
    """Raises InvalidInput for days outside what is planned."""
    if not 1 <= count <= MAX_DAYS:
        raise InvalidInput.of("days", f"Must be from 1 to {MAX_DAYS}.")
    latest = today(athlete.timezone) + timedelta(days=LATEST_AHEAD_DAYS)
    if not EARLIEST <= first <= latest:
        raise InvalidInput.of("week_start", f"Must be from {EARLIEST} to {latest}.")


def create_meal_plan(
    *, athlete: Athlete, first: date, count: int = 7, seed: int | None = None, by: User | None
) -> MealPlan:
    """Solves, verifies and stores a plan for `count` days from `first`.

    Returns a verified plan, or one that is still `solving` when the request's time did not suffice: a worker goes on
    with it. Raises PlanInfeasible with conflicts and relaxations, InvalidInput for days outside the range.
    """
    check_range(athlete, first, count)
    with transaction.atomic():
        plan = MealPlan.objects.create(
            athlete=athlete,
            week_start=first,
            days=count,
            request={"seed": seed, "by": getattr(by, "pk", "")},
            progress={"stage": "solving"},
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
    *, athlete: Athlete, first: date, count: int = 7, seed: int | None = None
) -> tuple[PlanInputs, Solved, dict[str, Any]]:
    """The same solve with nothing stored: (inputs, solution, certificate). Raises as create_meal_plan does."""
    check_range(athlete, first, count)
    inputs = gather_inputs(athlete=athlete, first=first, count=count, seed=seed)
    solved = solve_or_refuse(inputs, seconds=REQUEST_SECONDS)
    return inputs, solved, certify(inputs, solved)


def solve_plan(plan: MealPlan, *, seconds: float, by: User | None) -> MealPlan:
    """Solves a plan that is waiting. Safe to run twice: a plan is stored once. Raises OutOfTime and the refusals."""
    athlete = Athlete.objects.get(pk=plan.athlete_id)
    inputs = gather_inputs(athlete=athlete, first=plan.week_start, count=plan.days, seed=plan.request.get("seed"))
    solved = find_solution(inputs, seconds=seconds)
    certificate = certify(inputs, solved)
    return store_revision(plan, inputs=inputs, solved=solved, certificate=certificate, reason="created", by=by)


def finish_solving(plan_id: str) -> None:
    """The worker's part: solves a waiting plan with more time and records how it ended."""
    plan = MealPlan.objects.filter(pk=plan_id, status=MealPlan.Status.SOLVING).first()
    if plan is None:
        return
    MealPlan.objects.filter(pk=plan.pk).update(progress={"stage": "solving", "taken_up_at": now().isoformat()})
    try:
        solve_plan(plan, seconds=BACKGROUND_SECONDS, by=None)
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


def resolve_meal_plan(*, plan: MealPlan, full: bool = False, by: User | None) -> tuple[PlanRevision, dict[str, Any]]:
    """A new revision for the present training and profile: (revision, diff).

    Eaten and locked meals stay; without `full` the new plan keeps as much of the old one as it can. Raises Conflict
    when the plan changed meanwhile, PlanInfeasible as above.
    """
    old = _current_items(plan)
    kept = [item for item in old if item.locked or item.status == PlanItem.Status.EATEN]
    inputs = gather_inputs(
        athlete=Athlete.objects.get(pk=plan.athlete_id),
        first=plan.week_start,
        count=plan.days,
        seed=plan.request.get("seed"),
        kept=kept,
        previous=[] if full else old,
    )
    solved = solve_or_refuse(inputs, seconds=REQUEST_SECONDS)
    certificate = certify(inputs, solved)
    stored = store_revision(
        plan, inputs=inputs, solved=solved, certificate=certificate, reason="resolved", by=by, old=old
    )
    revision = stored.current
    assert revision is not None  # noqa: S101 - a stored revision is current
    return revision, revision.diff or {}


def _current_items(plan: MealPlan) -> list[PlanItem]:
    if plan.current_id is None:
        raise Conflict("The plan is not ready yet.", code="plan_not_ready")
    return list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))


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
    if not behind:
        return set()
    present = calculate_ranges(athlete=athlete, ranges=[(plan.week_start, plan.last_day) for plan in behind])
    return {
        plan.pk
        for plan in behind
        if _asks_for_more(plan, present) or unsafe_items(athlete, plan) or holds_disliked(athlete, plan)
    }


def _asks_for_more(plan: MealPlan, present: dict[date, TargetDay]) -> bool:
    days = plan.current.days if plan.current else []
    return any(
        needs_fingerprint(present[date.fromisoformat(d["date"])].payload) != needs_fingerprint(d["target"])
        for d in days
    )


def holds_disliked(athlete: Athlete, plan: MealPlan) -> bool:
    if not athlete.dislikes or plan.current is None:
        return False
    catalogue = read_catalogue()
    planned = {item.recipe_id for item in plan.current.items.all() if item.status == PlanItem.Status.PLANNED}
    return any(
        is_disliked(catalogue.food_words(recipe_id), athlete.dislikes)
        for recipe_id in planned
        if recipe_id in catalogue.recipes
    )


def needs_fingerprint(target: dict[str, Any]) -> tuple[Any, ...]:
    """What a plan was made for, of one day: the numbers, and the sessions with their times."""
    sessions = tuple(
        (s["event_id"], s["starts_at_minute"], s["duration_minutes"], s["net_kcal"]) for s in target["sessions"]
    )
    return (target["energy_kcal"], target["carbs_g"], target["protein_g"], target["fat_g"], sessions)


def unsafe_items(athlete: Athlete, plan: MealPlan) -> list[dict[str, Any]]:
    """Planned dishes that the athlete may no longer eat, with the reason: shown at once, never served on."""
    if plan.current is None:
        return []
    found = []
    for item in plan.current.items.all():
        if item.status == PlanItem.Status.EATEN:
            continue
        reasons = why_not(item.recipe, athlete)
        if reasons:
            found.append(
                {
                    "date": item.date.isoformat(),
                    "slot": item.slot,
                    "index": item.index,
                    "recipe_id": item.recipe_id,
                    "reasons": reasons,
                }
            )
    return found


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
            raise Conflict("The plan for these days is still being solved.", code="plan_solving")
        made.append(plan.pk)
        missing = [day for day in missing if not start <= day <= plan.last_day]
    return (covering_plans(athlete, first, last), made) if made else (by_day, made)


def delete_meal_plan(*, plan: MealPlan, by: User) -> None:
    """Removes a plan with all its revisions; older plans then count again for its days."""
    with transaction.atomic():
        record_audit(verb="plan.deleted", by=by, object_id=plan.pk, athlete_id=plan.athlete_id)
        MealPlan.objects.filter(pk=plan.pk).update(current=None)
        plan.delete()


def set_item_status(
    *, plan: MealPlan, item_id: str, status: str | None = None, locked: bool | None = None, by: User
) -> PlanItem:
    """Marks one meal eaten, skipped or planned, or locks it. Raises NotFound for a meal that is not in it."""
    with transaction.atomic():
        locked_plan = MealPlan.objects.select_for_update().get(pk=plan.pk)
        items = PlanItem.objects.filter(pk=item_id, revision_id=locked_plan.current_id)
        item = items.select_related("recipe").first()
        if item is None:
            raise NotFound("This meal is not part of the current plan.")
        if status is not None:
            item.status = status
        if locked is not None:
            item.locked = locked
        item.save(update_fields=["status", "locked"])
        record_audit(verb="plan.marked", by=by, object_id=plan.pk, athlete_id=plan.athlete_id, item=item.pk)
    return item
