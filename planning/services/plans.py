"""Making, re-solving and reading meal plans. A plan is stored only when the independent checker passes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from athletes.models import Athlete, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, DomainError, InvalidInput
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import enqueue_work
from planning import mapping
from planning.documents import revision_content
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.optimizer.diff import diff as diff_items
from planning.optimizer.hashing import inputs_hash
from planning.optimizer.solve import solve
from planning.optimizer.types import Infeasible, Item, Solved
from planning.services.choice import why_not
from planning.services.inputs import PlanInputs, gather_inputs
from planning.services.proof import as_items, certify
from planning.services.targets import calculate_targets

EARLIEST = date(2000, 1, 1)
LATEST_AHEAD_DAYS = 400
MAX_DAYS = 14
REQUEST_SECONDS = 20.0
BACKGROUND_SECONDS = 120.0
# A solve that its web process did not live to finish is taken up by a worker after this time.
TAKE_UP_SECONDS = 45


class PlanInfeasible(DomainError):
    """422: no plan meets the limits; `conflicts` say why, `relaxations` what would help."""

    status = 422
    code = "plan_infeasible"
    message = "No plan meets all of these limits."


class NotVerified(DomainError):
    """A solution that the checker refused; it is never stored."""

    status = 422
    code = "plan_not_verified"
    message = "No plan could be verified."


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
        outcome = solve_plan(plan, seconds=REQUEST_SECONDS, by=by)
    except DomainError:
        plan.delete()
        WorkItem.objects.filter(pk=work.pk).delete()
        raise
    if outcome is None:
        WorkItem.objects.filter(pk=work.pk, state=WorkItem.State.QUEUED).update(run_after=now())
        return plan
    WorkItem.objects.filter(pk=work.pk, state=WorkItem.State.QUEUED).update(
        state=WorkItem.State.DONE, finished_at=now()
    )
    return outcome


def preview_meal_plan(
    *, athlete: Athlete, first: date, count: int = 7, seed: int | None = None
) -> tuple[PlanInputs, Solved, dict[str, Any]]:
    """The same solve with nothing stored: (inputs, solution, certificate). Raises as create_meal_plan does."""
    check_range(athlete, first, count)
    inputs = gather_inputs(athlete=athlete, first=first, count=count, seed=seed)
    solved = solve_or_refuse(inputs, seconds=REQUEST_SECONDS)
    return inputs, solved, certify(inputs, solved)


def solve_plan(plan: MealPlan, *, seconds: float, by: User | None) -> MealPlan | None:
    """Solves a plan that is waiting; None when time ran out. Safe to run twice: a plan is stored once."""
    athlete = Athlete.objects.get(pk=plan.athlete_id)
    inputs = gather_inputs(athlete=athlete, first=plan.week_start, count=plan.days, seed=plan.request.get("seed"))
    outcome = solve(inputs.problem, deadline_seconds=seconds)
    if isinstance(outcome, Infeasible):
        if outcome.reason == "not_found" and seconds < BACKGROUND_SECONDS:
            return None
        raise refusal_of(outcome)
    certificate = certify(inputs, outcome)
    return store_revision(plan, inputs=inputs, solved=outcome, certificate=certificate, reason="created", by=by)


def finish_solving(plan_id: str) -> None:
    """The worker's part: solves a waiting plan with more time and records how it ended."""
    plan = MealPlan.objects.filter(pk=plan_id, status=MealPlan.Status.SOLVING).first()
    if plan is None:
        return
    MealPlan.objects.filter(pk=plan.pk).update(progress={"stage": "solving", "taken_up_at": now().isoformat()})
    try:
        solve_plan(plan, seconds=BACKGROUND_SECONDS, by=None)
    except (PlanInfeasible, NotVerified) as error:
        MealPlan.objects.filter(pk=plan.pk, status=MealPlan.Status.SOLVING).update(
            status=MealPlan.Status.INFEASIBLE,
            refusal={"code": error.code, "message": error.message, **error.extra},
            progress={},
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


def solve_or_refuse(inputs: PlanInputs, *, seconds: float) -> Solved:
    outcome = solve(inputs.problem, deadline_seconds=seconds)
    if isinstance(outcome, Infeasible):
        raise refusal_of(outcome)
    return outcome


def refusal_of(outcome: Infeasible) -> PlanInfeasible:
    """The refusal with its reasons in plain words."""
    conflicts = [mapping.plain(asdict(conflict)) for conflict in outcome.conflicts]
    relaxations = [mapping.plain(asdict(relaxation)) for relaxation in outcome.relaxations]
    proven = outcome.reason != "not_found"
    message = PlanInfeasible.message if proven else "No plan was found within these limits."
    return PlanInfeasible(
        message,
        details=[{"field": "", "message": conflict["sentence"]} for conflict in conflicts],
        extra={"conflicts": conflicts, "relaxations": relaxations, "reason": outcome.reason},
    )


@transaction.atomic
def store_revision(
    plan: MealPlan,
    *,
    inputs: PlanInputs,
    solved: Solved,
    certificate: dict[str, Any],
    reason: str,
    by: User | None,
    old: Sequence[PlanItem] = (),
    state: str = PlanRevision.State.CURRENT,
) -> MealPlan:
    """Stores a verified solution as the next revision. Raises NotVerified, or Conflict when another was faster."""
    if not certificate["ok"]:
        raise NotVerified(extra={"violations": certificate["violations"][:20]})
    locked = MealPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.revision != plan.revision:
        raise Conflict("The plan was changed meanwhile.", code="plan_changed")
    number = (locked.revisions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    revision = PlanRevision.objects.create(
        plan=locked,
        number=number,
        state=state,
        reason=reason,
        days=_day_documents(inputs, solved),
        inputs_hash=inputs_hash(inputs.problem),
        engine=_engine(inputs, solved),
        optimality={
            "objective": solved.objective,
            "lp_bound": solved.lp_bound,
            "gap": solved.gap,
            "waivers": [asdict(waiver) for waiver in solved.relaxed],
        },
        certificate=certificate,
        training_version=inputs.training_version,
        profile_version=inputs.profile_version,
        catalogue_version=inputs.catalogue.version,
        training_data_as_of=inputs.training_data_as_of,
    )
    status = {(i.date.isoformat(), i.slot, i.index): i for i in old}
    rows = []
    for item in solved.items:
        before = status.get(item.place)
        same = before is not None and before.recipe_id == item.dish_key
        rows.append(_item_row(revision, inputs, item, before if same else None))
    PlanItem.objects.bulk_create(rows)
    if old:
        revision.diff = describe_diff(inputs, as_items(old), solved.items)
        revision.save(update_fields=["diff"])
    if state == PlanRevision.State.CURRENT:
        locked.revisions.exclude(pk=revision.pk).filter(
            state__in=[PlanRevision.State.CURRENT, PlanRevision.State.PROPOSED]
        ).update(state=PlanRevision.State.PAST)
        locked.current = revision
        locked.revision = number
        locked.status = MealPlan.Status.VERIFIED
        locked.verified_at = now()
        locked.progress = {}
        locked.save(update_fields=["current", "revision", "status", "verified_at", "progress"])
    record_audit(verb=f"plan.{reason}", by=by, object_id=locked.pk, athlete_id=locked.athlete_id, revision=number)
    return locked


def _engine(inputs: PlanInputs, solved: Solved) -> dict[str, Any]:
    return {**solved.engine, "version": inputs.days[0].targets.engine_version}


def _day_documents(inputs: PlanInputs, solved: Solved) -> list[dict[str, Any]]:
    """Per day: date, label, target, totals and warnings."""
    waived: dict[str, list[str]] = {}
    for waiver in solved.relaxed:
        waived.setdefault(waiver.date, []).append(waiver.sentence)
    documents = []
    for day in inputs.days:
        iso = day.date.isoformat()
        amounts = [item_nutrients(inputs, item) for item in solved.items if item.date == iso]
        totals = {name: round(sum(a[name] or 0.0 for a in amounts), 2) for name in mapping.NUTRIENTS}
        documents.append(
            {
                "date": iso,
                "training_event": day.label,
                "target": day.payload,
                "totals": totals,
                "warnings": [*day.payload["warnings"], *waived.get(iso, []), *inputs.notes],
            }
        )
    return documents


def item_nutrients(inputs: PlanInputs, item: Item) -> dict[str, float | None]:
    """Amounts of one planned dish: servings times the amounts of a serving."""
    per_serving = inputs.catalogue.recipes[item.dish_key].nutrients
    return {
        name: None if per_serving.get(name) is None else round(per_serving[name] * item.quarters / 4, 2)
        for name in mapping.NUTRIENTS
    }


def _item_row(revision: PlanRevision, inputs: PlanInputs, item: Item, before: PlanItem | None) -> PlanItem:
    return PlanItem(
        revision=revision,
        date=date.fromisoformat(item.date),
        slot=item.slot,
        index=item.index,
        time=item.time,
        recipe_id=item.dish_key,
        quarters=item.quarters,
        nutrients=item_nutrients(inputs, item),
        leftover_of=list(item.leftover_of) if item.leftover_of else None,
        locked=before.locked if before else False,
        status=before.status if before else PlanItem.Status.PLANNED,
    )


def describe_diff(inputs: PlanInputs, old: Iterable[Item], new: Iterable[Item]) -> dict[str, Any]:
    """What moved between two states, with dish names, in plan order."""
    return _told_diff({pk: recipe.name for pk, recipe in inputs.catalogue.recipes.items()}, old, new)


def _told_diff(names: dict[str, str], old: Iterable[Item], new: Iterable[Item]) -> dict[str, Any]:
    changes = diff_items(old, new)

    def told(item: Item) -> dict[str, Any]:
        return {
            "date": item.date,
            "slot": item.slot,
            "index": item.index,
            "time": item.time,
            "recipe_id": item.dish_key,
            "name": names.get(item.dish_key, ""),
            "servings": item.quarters / 4,
        }

    return {
        "changed": [{"before": told(c.before), "after": told(c.after)} for c in changes.changed],
        "added": [told(item) for item in changes.added],
        "removed": [told(item) for item in changes.removed],
        "moved_times": [{"before": told(c.before), "after": told(c.after)} for c in changes.moved_times],
        "empty": changes.is_empty,
    }


def _current_items(plan: MealPlan) -> list[PlanItem]:
    if plan.current_id is None:
        raise Conflict("The plan is not ready yet.", code="plan_not_ready")
    return list(PlanItem.objects.filter(revision_id=plan.current_id).select_related("recipe"))


def with_contents(plans: Any) -> Any:
    """A queryset of plans with revision, items and recipes fetched in three queries."""
    items = PlanItem.objects.select_related("recipe").order_by("date", "time", "slot", "index")
    return plans.select_related("current", "athlete").prefetch_related(Prefetch("current__items", queryset=items))


def stale_plan_ids(athlete: Athlete, plans: Sequence[MealPlan]) -> set[str]:
    """Plans whose days ask for something else now than when they were made.

    Versions are compared first; only plans behind them have their targets calculated again, all in one go.
    """
    behind = [
        plan
        for plan in plans
        if plan.current is not None
        and (
            plan.current.training_version != athlete.training_version
            or plan.current.profile_version != athlete.profile_version
        )
    ]
    stale = set()
    for plan in behind:
        revision = plan.current
        days = calculate_targets(athlete=athlete, first=plan.week_start, last=plan.last_day)
        present = [_fingerprint(day.payload) for day in days]
        if revision is not None and present != [_fingerprint(document["target"]) for document in revision.days]:
            stale.add(plan.pk)
    return stale


def _fingerprint(target: dict[str, Any]) -> tuple[Any, ...]:
    """What a plan was made for, of one day: the numbers and when the sessions are."""
    sessions = tuple((s["event_id"], s["duration_minutes"], s["net_kcal"]) for s in target["sessions"])
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


def preview_document(inputs: PlanInputs, solved: Solved, certificate: dict[str, Any]) -> dict[str, Any]:
    """A dry run in the shape of a plan; nothing of it is stored."""
    if not certificate["ok"]:
        raise NotVerified(extra={"violations": certificate["violations"][:20]})
    plan = MealPlan(athlete=inputs.athlete, week_start=inputs.days[0].date, days=len(inputs.days), status="verified")
    revision = PlanRevision(
        plan=plan,
        number=0,
        days=_day_documents(inputs, solved),
        inputs_hash=inputs_hash(inputs.problem),
        engine=_engine(inputs, solved),
        optimality={"objective": solved.objective, "lp_bound": solved.lp_bound, "gap": solved.gap},
        training_data_as_of=inputs.training_data_as_of,
        catalogue_version=inputs.catalogue.version,
    )
    rows = [_item_row(revision, inputs, item, None) for item in solved.items]
    for row in rows:
        row.recipe = inputs.catalogue.recipes[row.recipe_id]
    document = revision_content(revision, rows)
    return {
        "id": None,
        "athlete_id": inputs.athlete.pk,
        "week_start": plan.week_start.isoformat(),
        "day_count": plan.days,
        "status": "verified",
        "dry_run": True,
        **document,
    }


def delete_meal_plan(*, plan: MealPlan, by: User) -> None:
    """Removes a plan with all its revisions; older plans then count again for its days."""
    with transaction.atomic():
        record_audit(verb="plan.deleted", by=by, object_id=plan.pk, athlete_id=plan.athlete_id)
        MealPlan.objects.filter(pk=plan.pk).update(current=None)
        plan.delete()


def diff_between(*, plan: MealPlan, against: int) -> dict[str, Any]:
    """What the current revision changed against an earlier one. Raises InvalidInput for a number it never had."""
    if plan.current is None:
        raise Conflict("The plan is not ready yet.", code="plan_not_ready")
    earlier = plan.revisions.filter(number=against).first()
    if earlier is None:
        raise InvalidInput.of("against", "The plan has no such revision.")
    old = list(earlier.items.select_related("recipe"))
    new = list(plan.current.items.all())
    names = {row.recipe_id: row.recipe.name for row in [*old, *new]}
    return {
        "meal_plan_id": plan.pk,
        "from_revision": earlier.number,
        "to_revision": plan.current.number,
        **_told_diff(names, as_items(old), as_items(new)),
    }


def set_item_status(
    *, plan: MealPlan, item_id: str, status: str | None = None, locked: bool | None = None, by: User
) -> PlanItem:
    """Marks one meal eaten, skipped or planned, or locks it. Raises InvalidInput for an item of another plan."""
    item = PlanItem.objects.filter(pk=item_id, revision_id=plan.current_id).select_related("recipe").first()
    if item is None:
        raise InvalidInput.of("item", "This meal is not part of the current plan.")
    if status is not None:
        item.status = status
    if locked is not None:
        item.locked = locked
    item.save(update_fields=["status", "locked"])
    record_audit(verb="plan.marked", by=by, object_id=plan.pk, athlete_id=plan.athlete_id, item=item.pk)
    return item
