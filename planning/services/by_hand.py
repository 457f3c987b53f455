"""Meals that somebody put together: measured as a plan by the checker, and in words why they make none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nutrition_site.kernel.errors import Conflict
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import Item, Solved, Waiver
from planning.optimizer.words import say_outside
from planning.services.inputs import PlanInputs
from planning.services.proof import before_waivers, certify


def meals_as_read(plan: MealPlan) -> list[PlanItem]:
    """The meals of a plan, without asking again for those that were read with it: to show what is possible.

    Whoever changes a plan reads them anew. Raises Conflict for a plan without a revision.
    """
    if plan.current is None:
        raise Conflict(_("The plan is not ready yet."), code="plan_not_ready")
    return list(plan.current.items.all())


def as_solution(plan: MealPlan, inputs: PlanInputs, items: Sequence[Item]) -> tuple[Solved, dict[str, Any]]:
    """Meals put together by hand as a solution, with its certificate.

    Fiber and sodium may be waived as in any plan, with a warning; what the meals before a session lack is told.
    """
    current = plan.current
    waivers = [Waiver(**w) for w in (current.optimality.get("waivers", []) if current else [])]

    def measure() -> tuple[Solved, dict[str, Any]]:
        solved = Solved(
            items=tuple(items),
            objective=(current.optimality.get("objective") if current else None) or 0.0,
            lp_bound=None,
            gap=None,
            relaxed=tuple(waivers),
            truncated=False,
            iterations=0,
            engine=dict(current.engine) if current else {},
        )
        return solved, certify(inputs, solved)

    solved, certificate = measure()
    before = before_waivers(certificate)
    if before != [waiver for waiver in waivers if waiver.kind == "before"]:
        waivers = [*(waiver for waiver in waivers if waiver.kind != "before"), *before]
        solved, certificate = measure()
    soft = [row for row in certificate["violations"] if row["code"] in ("fiber", "sodium")]
    if soft and len(soft) == len(certificate["violations"]):
        for row in soft:
            unit = "g" if row["code"] == "fiber" else "mg"
            name = f"{row['code']}_{unit}"
            measured = next(r for r in certificate["rows"] if r["name"] == name and r["day"] == row["date"])
            value, low, high = measured["value"], measured["low"], measured["high"]
            ends = {"low": low} if low is not None and value < low else {"high": high}
            words = say_outside(row["code"], row["date"], value, unit, **ends)
            waivers.append(Waiver(row["code"], row["date"], value, low, high, words))
        solved, certificate = measure()
    return solved, certificate


def tell_violation(violation: dict[str, Any]) -> str:
    """Why meals put together by hand are refused, from the first thing that the checker found."""
    day = day_name(violation["date"]) if violation["date"] else ""
    code = violation["code"]
    if code in _NUTRIENTS:
        words = _("%(day)s would no longer reach its targets (%(what)s).")
        return words % {"day": day, "what": _NUTRIENTS[code]()}
    if code in ("allergen", "diet", "excluded_food"):
        return _("You may not eat this dish.")
    if code in ("repeats", "duplicate", "adjacent_dinners", "weekly_max", "weekly_min"):
        return _("The same kind of dish would stand too close, or too often in the week.")
    if code == "prep":
        return _("%(day)s would take more time in the kitchen than you have.") % {"day": day}
    if code == "leftover_source":
        return _("What is left of it could not be eaten where it is planned.")
    return _("It does not suit the meal on %(day)s.") % {"day": day} if day else _("The plan would not hold.")


_NUTRIENTS = {
    "energy": lambda: _("energy"),
    "carbs": lambda: _("carbohydrate"),
    "protein": lambda: _("protein"),
    "fat": lambda: _("fat"),
    "fiber": lambda: _("fiber"),
    "sodium": lambda: _("sodium"),
}


def day_name(iso: str) -> str:
    """The weekday of an ISO date in the reader's language."""
    return date_format(date.fromisoformat(iso), "l")
