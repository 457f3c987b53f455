"""Taking back what an athlete, or a coach, last did to a plan by hand: a meal that was moved or swapped.

The meals that were there before come back, measured again by what holds now: nothing that was excluded, disliked or
retired in between comes with them. What was marked since is a fact that nothing takes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from athletes.models import Athlete, User
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from planning.catalogue.names import dish_name
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.services.board import MOVED
from planning.services.by_hand import as_solution, tell_violation
from planning.services.changes import PROPOSED
from planning.services.choice import is_disliked
from planning.services.coaching_limits import unwanted
from planning.services.concessions import agreed_offers
from planning.services.inputs import PlanInputs, gather_inputs
from planning.services.plans import stale_plan_ids
from planning.services.proof import as_items
from planning.services.resolving import current_items
from planning.services.rest import follow_rest
from planning.services.revisions import store_revision
from planning.services.standing import is_lived, standing_of
from planning.services.stored import place_of
from planning.services.swaps import SWAPPED, FoodExcluded, refuse_excluded

MOVE_UNDONE, SWAP_UNDONE = "move_undone", "swap_undone"
# The reasons of revisions that can be taken back, and of those that do it.
UNDONE_AS = {MOVED: MOVE_UNDONE, SWAPPED: SWAP_UNDONE}


def may_undo(plan: MealPlan) -> bool:
    """Whether the last change of a plan was one that can be taken back."""
    return plan.current is not None and plan.current.reason in UNDONE_AS


def undo_change(*, plan: MealPlan, revision: int, by: User | None) -> dict[str, Any]:
    """Puts every meal back to what it was before a move or a swap, verified again; returns the diff.

    `revision` is the number of the change that the reader saw. Marks stay with their dishes. Raises Conflict when the
    plan has changed since, a meal that would change was eaten, skipped or kept meanwhile, or the former meals do not
    hold any more; FoodExcluded where a dish that would come back is not to be eaten by now.
    """
    current = plan.current
    if current is None or current.number != revision or current.reason not in UNDONE_AS:
        raise Conflict(_("The plan was changed since, so this cannot be taken back."), code="plan_changed")
    former = _revision_before(plan, current)
    rows = current_items(plan)
    back = list(former.items.select_related("recipe"))
    changed = _changed(plan, back, rows)
    _mark_as_now(back, rows)
    as_it_was = copy(plan)
    as_it_was.current = former
    inputs = _gather(as_it_was, back)
    for item in changed:
        _refuse_unwanted(inputs, item)
    out = {place_of(item) for item in inputs.left_out}
    items = [item for item in as_items(back) if item.place not in out]
    solved, certificate = as_solution(as_it_was, inputs, items)
    if not certificate["ok"]:
        if stale_plan_ids(inputs.athlete, [plan]):
            raise Conflict(
                _("Your training or profile changed since, so this cannot be taken back. Plan again instead."),
                code="plan_stale",
            )
        raise Conflict(tell_violation(certificate["violations"][0]), code="undo_does_not_fit")
    stored = store_revision(
        plan,
        inputs=inputs,
        solved=solved,
        certificate=certificate,
        reason=UNDONE_AS[current.reason],
        by=by,
        old=rows,
        marks=back,
    )
    return (stored.current.diff or {}) if stored.current else {}


def _revision_before(plan: MealPlan, current: PlanRevision) -> PlanRevision:
    """What the plan was before its last change; a proposal that nobody took never was the plan."""
    past = plan.revisions.filter(number__lt=current.number, state=PlanRevision.State.PAST)
    former = past.exclude(reason=PROPOSED).order_by("number").last()
    if former is None:
        raise Conflict(_("There is nothing to take back."), code="nothing_to_undo")
    return former


def _changed(plan: MealPlan, back: Sequence[PlanItem], rows: Sequence[PlanItem]) -> list[PlanItem]:
    """The former meals that stand otherwise now. Raises Conflict where what stands there may not change any more."""
    before = {place_of(item): item for item in back}
    present = today(plan.athlete.zones)
    for row in rows:
        item = before.get(place_of(row))
        if item is not None and _content(item) == _content(row):
            continue
        if is_lived(plan, row.date, present=present):
            raise Conflict(_("This day is over; its meals stay as they were."), code="day_over")
        # A dish kept its marks when its serving changed; another one began without any.
        same = item is not None and item.recipe_id == row.recipe_id
        marks = (item.status, item.locked) if item is not None and same else (PlanItem.Status.PLANNED, False)
        if (row.status, row.locked) != marks:
            raise Conflict(_("A meal that would change back was eaten, skipped or kept since."), code="meal_stays")
    standing = {place_of(row): _content(row) for row in rows}
    return [item for item in back if standing.get(place_of(item)) != _content(item)]


def _mark_as_now(back: Sequence[PlanItem], rows: Sequence[PlanItem]) -> None:
    """Gives the former meals their present marks where the same dish still stands; others keep those they had."""
    present = {place_of(row): row for row in rows}
    for item in back:
        row = present.get(place_of(item))
        if row is not None and row.recipe_id == item.recipe_id:
            item.status, item.locked = row.status, row.locked


def _content(item: PlanItem) -> tuple[str, int, list[Any] | None]:
    return item.recipe_id, item.quarters, item.leftover_of


def _gather(plan: MealPlan, rows: Sequence[PlanItem]) -> PlanInputs:
    inputs = gather_inputs(
        athlete=Athlete.objects.get(pk=plan.athlete_id),
        first=plan.week_start,
        count=plan.days,
        seed=plan.request.get("seed"),
        standing=standing_of(plan, rows, full=False, hold_bought=False),
        relaxations=agreed_offers(plan.request),
    )
    return follow_rest(inputs, revision=plan.current, items=as_items(rows))


def _refuse_unwanted(inputs: PlanInputs, item: PlanItem) -> None:
    """Raises FoodExcluded or Conflict for a dish that may not come back."""
    athlete, recipe = inputs.athlete, inputs.catalogue.recipes.get(item.recipe_id)
    if recipe is None or not recipe.active:
        message = _("%(dish)s is not in the catalogue any more, so this cannot be taken back.")
        raise Conflict(message % {"dish": dish_name(item.recipe)}, code="dish_gone")
    refuse_excluded(recipe, athlete)
    if is_disliked(inputs.catalogue.named(recipe.pk), unwanted(athlete, item.date, item.date)):
        raise FoodExcluded(_("You said that you do not want this food."))
