"""Storing a verified solution as a revision, and telling what a revision changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from athletes.models import Athlete, Notice, User
from athletes.services.notices import settle_notices
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, NotFound
from planning import mapping
from planning.documents import revision_content
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.optimizer.hashing import inputs_hash
from planning.optimizer.types import Item, Solved
from planning.services.changes import tell_changes
from planning.services.choice import athlete_catalogue
from planning.services.inputs import PlanInputs
from planning.services.proof import as_items
from planning.services.solving import NotVerified
from planning.services.stored import place_of

# Where a plan keeps what it was last followed for; see `planning.services.following`.
FOLLOWED = "followed"


class InputsChanged(Conflict):
    """409: the athlete changed something that the plan depends on while it was solved."""

    code = "inputs_changed"


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
    versions: tuple[int, int] | None = None,
    cause: dict[str, Any] | None = None,
    marks: Sequence[PlanItem] | None = None,
) -> MealPlan:
    """Stores a verified solution as the next revision, when the plan is still as it was read with `old` meals.

    `versions` (training, profile) are those of an earlier state when most of the plan still stands on it. `cause` is
    what moved, for a revision that nobody asked for. One that is only proposed leaves the plan as it is. A dish keeps
    the marks that it has among `marks`, by default among `old`.

    Raises NotVerified, Conflict when another change was faster, InputsChanged when what it was made from has changed
    meanwhile, NotFound when the plan is gone.
    """
    if not certificate["ok"]:
        raise NotVerified(extra={"violations": certificate["violations"][:20]})
    locked = MealPlan.objects.select_for_update().filter(pk=plan.pk).first()
    if locked is None:
        raise NotFound("The plan was deleted meanwhile.")
    if locked.revision != plan.revision or _marked_since(locked, old):
        raise Conflict("The plan was changed meanwhile.", code="plan_changed")
    present = Athlete.objects.filter(pk=locked.athlete_id).values_list("training_version", "profile_version").first()
    if present != (inputs.training_version, inputs.profile_version):
        raise InputsChanged("Your training or profile changed while the plan was made. Please try again.")
    if athlete_catalogue(inputs.athlete).version != inputs.catalogue.version:
        # A plan that is not stored yet is not found by who corrects a dish, and would hold it as it was.
        raise InputsChanged("A food or a dish changed while the plan was made. Please try again.")
    number = (locked.revisions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    revision = PlanRevision.objects.create(
        plan=locked,
        number=number,
        state=state,
        reason=reason,
        cause=cause or {},
        days=_day_documents(inputs, solved),
        inputs_hash=inputs_hash(inputs.problem),
        engine=_engine(inputs, solved),
        optimality={**_optimality(solved), "waivers": [mapping.plain(asdict(waiver)) for waiver in solved.relaxed]},
        certificate=certificate,
        training_version=versions[0] if versions else inputs.training_version,
        profile_version=versions[1] if versions else inputs.profile_version,
        catalogue_version=inputs.catalogue.version,
        training_data_as_of=inputs.training_data_as_of,
    )
    rows = _rows(revision, inputs, solved, old if marks is None else marks)
    PlanItem.objects.bulk_create(rows)
    if old and plan.current is not None:
        revision.diff = tell_changes(inputs=inputs, plan=plan, old=old, new=rows, days=revision.days)
        revision.save(update_fields=["diff"])
    if state == PlanRevision.State.CURRENT:
        make_current(locked, revision)
    record_audit(verb=f"plan.{reason}", by=by, object_id=locked.pk, athlete_id=locked.athlete_id, revision=number)
    return locked


def make_current(plan: MealPlan, revision: PlanRevision) -> None:
    """Lets a revision be what the plan holds; earlier ones and other proposals are past. The plan's row is locked."""
    others = plan.revisions.exclude(pk=revision.pk)
    others.filter(state=PlanRevision.State.CURRENT).update(state=PlanRevision.State.PAST)
    if others.filter(state=PlanRevision.State.PROPOSED).update(state=PlanRevision.State.PAST):
        # What was proposed beside the former plan has to be proposed anew beside this one, if it is still wanted.
        plan.request = {name: value for name, value in plan.request.items() if name != FOLLOWED}
    for kind in (Notice.Kind.PLAN_PROPOSED, Notice.Kind.PLAN_IMPOSSIBLE):
        settle_notices(athlete_id=plan.athlete_id, kind=kind, key=plan.pk)
    PlanRevision.objects.filter(pk=revision.pk).update(state=PlanRevision.State.CURRENT, reason=revision.reason)
    revision.state = PlanRevision.State.CURRENT
    plan.current = revision
    plan.revision = revision.number
    plan.status = MealPlan.Status.VERIFIED
    plan.verified_at = now()
    plan.progress = {}
    plan.save(update_fields=["current", "revision", "status", "verified_at", "progress", "request"])


def _rows(revision: PlanRevision, inputs: PlanInputs, solved: Solved, marks: Sequence[PlanItem]) -> list[PlanItem]:
    """The meals of a revision: what was solved, with the marks it had, and what was skipped and left out."""
    before = {place_of(item): item for item in marks}
    rows = []
    for item in solved.items:
        was = before.get(item.place)
        same = was is not None and was.recipe_id == item.dish_key
        rows.append(_item_row(revision, inputs, item, was if same else None))
    solved_places = {item.place for item in solved.items}
    for skipped in inputs.left_out:
        if place_of(skipped) not in solved_places and skipped.recipe_id in inputs.catalogue.recipes:
            rows.append(_item_row(revision, inputs, as_items([skipped])[0], skipped))
    return rows


def _marked_since(plan: MealPlan, old: Sequence[PlanItem]) -> bool:
    """Whether a meal was marked eaten, skipped or locked after `old` was read: that must not be lost."""
    if not old:
        return False
    present = PlanItem.objects.filter(revision_id=plan.current_id).values_list("pk", "status", "locked")
    return set(present) != {(item.pk, item.status, item.locked) for item in old}


def _optimality(solved: Solved) -> dict[str, float | None]:
    """How good the plan is, in plain floats: the search works with numpy's."""
    known = {"objective": solved.objective, "lp_bound": solved.lp_bound, "gap": solved.gap}
    return {name: None if value is None else float(value) for name, value in known.items()}


def _engine(inputs: PlanInputs, solved: Solved) -> dict[str, Any]:
    return {**solved.engine, "version": inputs.days[0].targets.engine_version}


def _day_documents(inputs: PlanInputs, solved: Solved) -> list[dict[str, Any]]:
    """Per day: date, label, target, totals and warnings."""
    waived: dict[str, list[str]] = {}
    for waiver in solved.relaxed:
        waived.setdefault(waiver.date, []).append(waiver.sentence)
    out = {place_of(item) for item in inputs.left_out}
    counted = [item for item in solved.items if item.place not in out]
    documents = []
    for day in inputs.days:
        iso = day.date.isoformat()
        amounts = [item_nutrients(inputs, item) for item in counted if item.date == iso]
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
    """Amounts of one planned dish: servings times the amounts of a serving, None where an ingredient's is unknown."""
    recipe = inputs.catalogue.recipes[item.dish_key]
    per_serving = {n: amount for n, amount in recipe.nutrients.items() if n not in recipe.nutrient_coverage}
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
        optimality=_optimality(solved),
        training_data_as_of=inputs.training_data_as_of,
        catalogue_version=inputs.catalogue.version,
    )
    rows = [_item_row(revision, inputs, item, None) for item in solved.items]
    for row in rows:
        # Nothing of a dry run exists, so nothing of it has an identifier.
        row.pk = None  # type: ignore[assignment]
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
