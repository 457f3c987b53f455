"""What a revision changed: meals with the reason they moved, targets before and after, and what the basket gains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from athletes.models import Athlete
from nutrition_site.kernel.errors import Conflict, InvalidInput
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.optimizer.diff import diff as diff_items
from planning.optimizer.servings import quarters_range
from planning.optimizer.types import Item
from planning.services.inputs import PlanInputs
from planning.services.proof import as_items
from planning.services.shopping_delta import shopping_delta
from planning.services.standing import needs_fingerprint

# Why a meal moved. All but the last are forced: the old meal could not stay where it was.
NEW_SLOT, SLOT_GONE, NOT_ALLOWED, DAY_CHANGED, CHOSEN = "slot_new", "slot_gone", "not_allowed", "day_changed", "chosen"
# The reason of a revision that nobody has taken yet.
PROPOSED = "proposed"
AMOUNTS = ("energy_kcal", "carbs_g", "protein_g", "fat_g")


def tell_changes(
    *,
    inputs: PlanInputs,
    plan: MealPlan,
    old: Sequence[PlanItem],
    new: Sequence[PlanItem],
    days: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """The diff that a new revision keeps: `{changed, added, removed, moved_times, empty, targets, shopping}`.

    Each changed meal says `forced` and `why`. `plan` still has its earlier revision as the current one.
    """
    before = {day["date"]: day for day in plan.current.days} if plan.current else {}
    moved = {
        day["date"]
        for day in days
        if day["date"] in before
        and needs_fingerprint(before[day["date"]]["target"]) != needs_fingerprint(day["target"])
    }
    needs = {(day.date, slot.slot, slot.index): slot for day in inputs.problem.days for slot in day.slots}
    dishes = {dish.key: dish for dish in inputs.problem.dishes if dish.slots}

    def why(was: Item) -> str:
        dish, slot = dishes.get(was.dish_key), needs.get(was.place)
        if dish is None:
            return NOT_ALLOWED
        if was.date in moved:
            return DAY_CHANGED
        low, high = quarters_range(dish, slot) if slot is not None else (was.quarters, was.quarters)
        return CHOSEN if low <= was.quarters <= high else DAY_CHANGED

    names = {pk: recipe.name for pk, recipe in inputs.catalogue.recipes.items()}
    return {
        **_told(names, as_items(old), as_items(new), why),
        "targets": _targets(before, days),
        "shopping": shopping_delta(athlete=inputs.athlete, before_items=old, after_items=new),
    }


def diff_between(*, plan: MealPlan, against: int | None = None) -> dict[str, Any]:
    """What the current revision changed against another one; against what was the plan before it without a number.

    The first revision is compared with itself. Raises InvalidInput for a number that the plan never had.
    """
    if plan.current is None:
        raise Conflict(_("The plan is not ready yet."), code="plan_not_ready")
    if against is None:
        before_it = plan.revisions.filter(number__lt=plan.current.number, state=PlanRevision.State.PAST)
        # A proposal that was replaced was never what anybody ate.
        earlier = before_it.exclude(reason=PROPOSED).last() or plan.current
    else:
        earlier = plan.revisions.filter(number=against).first()
    if earlier is None:
        raise InvalidInput.of("against", _("The plan has no such revision."))
    old = list(earlier.items.select_related("recipe"))
    new = list(plan.current.items.all())
    names = {row.recipe_id: row.recipe.name for row in [*old, *new]}
    before = {day["date"]: day for day in earlier.days}
    moved = {
        day["date"]
        for day in plan.current.days
        if day["date"] in before
        and needs_fingerprint(before[day["date"]]["target"]) != needs_fingerprint(day["target"])
    }
    athlete: Athlete = plan.athlete
    return {
        "meal_plan_id": plan.pk,
        "from_revision": earlier.number,
        "to_revision": plan.current.number,
        **_told(names, as_items(old), as_items(new), lambda was: DAY_CHANGED if was.date in moved else CHOSEN),
        "targets": _targets(before, plan.current.days),
        "shopping": shopping_delta(athlete=athlete, before_items=old, after_items=new),
    }


def _told(
    names: Mapping[str, str], old: Iterable[Item], new: Iterable[Item], why: Callable[[Item], str]
) -> dict[str, Any]:
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

    def changed(before: Item, after: Item) -> dict[str, Any]:
        reason = why(before)
        return {"before": told(before), "after": told(after), "forced": reason != CHOSEN, "why": reason}

    return {
        "changed": [changed(c.before, c.after) for c in changes.changed],
        "added": [{**told(item), "forced": True, "why": NEW_SLOT} for item in changes.added],
        "removed": [{**told(item), "forced": True, "why": SLOT_GONE} for item in changes.removed],
        "moved_times": [{"before": told(c.before), "after": told(c.after)} for c in changes.moved_times],
        "empty": changes.is_empty,
    }


def _targets(before: Mapping[str, Mapping[str, Any]], days: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The days whose targets moved: `{date, before, after}` in kcal and grams."""
    found = []
    for day in days:
        was = before.get(day["date"])
        if was is None:
            continue
        old, new = ({name: round(d["target"][name], 1) for name in AMOUNTS} for d in (was, day))
        if old != new:
            found.append({"date": day["date"], "before": old, "after": new})
    return found
