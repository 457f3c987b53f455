"""Proving a stored plan again: rows of the database in, a fresh certificate out."""

from __future__ import annotations

from typing import Any

from nutrition_site.kernel.errors import Conflict
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import DayNeed, Fixed, Problem, Rules, SlotNeed
from planning.services.choice import read_catalogue
from planning.services.inputs import WEEKLY_MAX
from planning.services.proof import as_items, certify_items


def certify_stored(plan: MealPlan) -> dict[str, Any]:
    """The certificate of the current revision, measured again from its meals and the catalogue of today.

    Targets are the stored ones, and so are the limits of fiber, sodium, preparation, fat and budget; allergies, diets
    and dislikes are the athlete's present ones, so that a plan that became unsafe does not pass. Raises Conflict for
    a plan without a revision.
    """
    revision = plan.current
    if revision is None:
        raise Conflict("The plan is not ready yet.", code="plan_not_ready")
    rows = list(PlanItem.objects.filter(revision=revision).select_related("recipe"))
    bounds = {(row["name"], row["day"]): row for row in revision.certificate.get("rows", [])}
    days = tuple(_need(document, rows, bounds) for document in revision.days)
    budget = bounds.get(("cost_milli", None), {}).get("high")
    problem = Problem(
        days=days,
        dishes=(),
        fixed=tuple(_fixed(row) for row in rows if row.locked or row.status == PlanItem.Status.EATEN),
        rules=Rules(weekly_max=dict(WEEKLY_MAX)),
        budget_milli=None if budget is None else round(budget),
    )
    return certify_items(
        athlete=plan.athlete,
        catalogue=read_catalogue(),
        days=days,
        problem=problem,
        items=as_items(rows),
        waived=frozenset((kind, day) for kind, day in revision.certificate.get("waived", [])),
    )


def _need(
    document: dict[str, Any], rows: list[PlanItem], bounds: dict[tuple[str, str | None], dict[str, Any]]
) -> DayNeed:
    """One stored day as it was asked for. The windows of single meals are not stored and are not asked for again."""
    day, target = document["date"], document["target"]

    def bound(name: str, end: str) -> float | None:
        value = bounds.get((name, day), {}).get(end)
        return None if value is None else float(value)

    return DayNeed(
        date=day,
        energy_kcal=target["energy_kcal"],
        carbs_g=target["carbs_g"],
        protein_g=target["protein_g"],
        slots=tuple(SlotNeed(row.slot, row.index, row.time) for row in rows if row.date.isoformat() == day),
        fat_floor_fraction=_fat_share(bounds, day, loading=target["loading"]),
        fiber_lo=bound("fiber_g", "low"),
        fiber_hi=bound("fiber_g", "high"),
        sodium_lo=bound("sodium_mg", "low"),
        sodium_hi=bound("sodium_mg", "high"),
        prep_minutes=bound("prep_minutes", "high"),
    )


def _fat_share(bounds: dict[tuple[str, str | None], dict[str, Any]], day: str, *, loading: bool) -> float:
    """The least share of energy from fat that the stored certificate measured against, to a tenth of a percent."""
    fat, energy = bounds.get(("fat_g", day)), bounds.get(("energy_kcal", day))
    if not fat or not energy or not energy["value"] or fat["low"] is None:
        return 0.15 if loading else 0.20
    return round(9 * float(fat["low"]) / float(energy["value"]), 3)


def _fixed(row: PlanItem) -> Fixed:
    eaten = row.status == PlanItem.Status.EATEN
    return Fixed(
        date=row.date.isoformat(),
        slot=row.slot,
        index=row.index,
        dish_key=row.recipe_id,
        quarters=row.quarters,
        reason="eaten" if eaten else "locked",
    )
