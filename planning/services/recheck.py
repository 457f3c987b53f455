"""Proving a stored plan again: rows of the database in, a fresh certificate out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from nutrition_site.kernel.errors import Conflict
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import Fixed, Problem, Rules
from planning.services.choice import athlete_catalogue
from planning.services.proof import as_items, certify_items
from planning.services.rules import StandingRules, read_rules
from planning.services.standing import unsafe_items
from planning.services.stored import batch_days, bounds_of, left_out_places, place_of, stored_need


def certify_stored(plan: MealPlan) -> dict[str, Any]:
    """The certificate of the current revision, measured again from its meals and the catalogue of today.

    Targets are the stored ones, and so are the limits of fiber, sodium, preparation, fat, budget and the week's rules;
    allergies, diets and dislikes are the athlete's present ones, so that a plan that became unsafe does not pass.
    Raises Conflict for a plan without a revision.
    """
    revision = plan.current
    if revision is None:
        raise Conflict(_("The plan is not ready yet."), code="plan_not_ready")
    out = left_out_places(revision)
    rows = [
        row for row in PlanItem.objects.filter(revision=revision).select_related("recipe") if place_of(row) not in out
    ]
    bounds = bounds_of(revision)
    batch = batch_days(revision)
    days = tuple(stored_need(document, rows, bounds, batch=document["date"] in batch) for document in revision.days)
    budget = bounds.get(("cost_milli", None), {}).get("high")
    problem = Problem(
        days=days,
        dishes=(),
        fixed=tuple(_fixed(row) for row in rows if row.locked or row.status == PlanItem.Status.EATEN),
        rules=_rules(revision.certificate),
        budget_milli=None if budget is None else round(budget),
    )
    return certify_items(
        athlete=plan.athlete,
        catalogue=athlete_catalogue(plan.athlete),
        days=days,
        problem=problem,
        items=as_items(rows),
        waived=frozenset((kind, day) for kind, day in revision.certificate.get("waived", [])),
        closed=frozenset(revision.certificate.get("closed", [])),
    )


def standing_certificate(plan: MealPlan) -> dict[str, Any]:
    """The stored certificate as it stands today.

    `ok` is false as soon as the plan holds what its athlete may no longer eat: `violations` then are the present ones,
    and `stored` says what was measured when the plan was made. Raises Conflict for a plan without a revision.
    """
    if plan.current is None:
        raise Conflict(_("The plan is not ready yet."), code="plan_not_ready")
    certificate: dict[str, Any] = plan.current.certificate
    unsafe = unsafe_items(plan.athlete, plan)
    if not unsafe:
        return certificate
    present = [
        {"code": "refused", "date": row["date"], "slot": row["slot"], "message": "; ".join(row["reasons"])}
        for row in unsafe
    ]
    stored = {"ok": certificate.get("ok", False), "violations": certificate.get("violations", [])}
    return {**certificate, "ok": False, "violations": [*stored["violations"], *present], "stored": stored}


def _rules(certificate: dict[str, Any]) -> Rules:
    """The week's rules as they were measured: what a rule allowed is the row's upper end."""
    wishes = certificate.get("wishes")
    rules = (StandingRules() if wishes is None else read_rules(wishes)).for_week()
    highs = {row["name"]: row["high"] for row in certificate.get("rows", []) if row["day"] is None}
    most = {tag: round(highs.get(f"at_most_{tag}", limit)) for tag, limit in rules.weekly_max.items()}
    lows = {row["name"]: row["low"] for row in certificate.get("rows", []) if row["day"] is None}
    least = {tag: round(lows.get(f"at_least_{tag}", limit)) for tag, limit in rules.weekly_min.items()}
    return Rules(
        max_repeats_per_week=round(highs.get("repeats", rules.max_repeats_per_week)),
        weekly_max=most,
        weekly_min=least,
        adjacent_dinner=certificate.get("adjacent_dinner", True),
        leftovers=rules.leftovers,
    )


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
