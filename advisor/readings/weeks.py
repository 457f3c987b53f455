"""Facts about several planned days at once, and about what is at home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.words import days_between
from planning.models import MealPlan, PantryItem, PlanItem
from planning.services.targets import TargetDay

AMOUNTS = {"energy_kcal": ("energy", "kcal"), "carbs_g": ("carbohydrate", "g"), "protein_g": ("protein", "g")}
MAIN_SLOTS = ("breakfast", "lunch", "dinner")
MOST_PANTRY_ROWS = 60


def week_bundle(
    first: date, last: date, targets: Mapping[date, TargetDay], plans: Mapping[date, MealPlan]
) -> Bundle:  # fmt: skip
    """Days from first to last: what each asks for, what its plan gives, its main dishes and its marks.

    Facts begin with the ISO day: `2026-03-28:target_carbs_g`, `2026-03-28:planned_carbs_g`, `2026-03-28:dinner`,
    `2026-03-28:eaten`. `data["rows"]` has a row for each day, `data["unplanned"]` the days without a plan.
    """
    facts: dict[str, Fact] = {}
    rows = []
    for day in days_between(first, last):
        iso, plan = day.isoformat(), plans.get(day)
        document = _document(plan, iso)
        for name, (label, unit) in AMOUNTS.items():
            facts[f"{iso}:target_{name}"] = Fact(
                f"week:{iso}:target:{name}", "target", f"{label} to eat", targets[day].payload[name], unit,
                "targets of the day", iso,
            )  # fmt: skip
            if document is not None and plan is not None:
                facts[f"{iso}:planned_{name}"] = Fact(
                    f"week:{iso}:planned:{name}", "plan", f"planned {label}", document["totals"].get(name), unit,
                    f"meal plan of {iso}", plan.pk,
                )  # fmt: skip
        items = [item for item in plan.current.items.all() if item.date == day] if plan and plan.current else []
        for item in items:
            if item.slot in MAIN_SLOTS and item.index == 0:
                facts[f"{iso}:{item.slot}"] = Fact(
                    f"week:{iso}:{item.slot}", "dish", item.slot, item.recipe.name, "", f"meal plan of {iso}",
                    item.recipe_id, own_words=item.recipe.owner_id is not None,
                )  # fmt: skip
        marks = {
            "dishes": len(items),
            "eaten": sum(item.status == PlanItem.Status.EATEN for item in items),
            "skipped": sum(item.status == PlanItem.Status.SKIPPED for item in items),
            "locked": sum(item.locked for item in items),
        }
        for name, count in marks.items():
            facts[f"{iso}:{name}"] = Fact(
                f"week:{iso}:{name}", "count", f"{name} that day", float(count), "", f"meal plan of {iso}", iso
            )
        rows.append(
            {
                "date": iso,
                "label": targets[day].label,
                "day_class": targets[day].payload["day_class"],
                "plan_id": plan.pk if plan else None,
                "warnings": list(document["warnings"]) if document else [],
                **marks,
            }
        )
    data: dict[str, Any] = {"rows": rows, "unplanned": [row["date"] for row in rows if row["plan_id"] is None]}
    return Bundle("week", facts, data, tuple(days_between(first, last)))


def _document(plan: MealPlan | None, iso: str) -> Mapping[str, Any] | None:
    days = plan.current.days if plan is not None and plan.current is not None else []
    return next((row for row in days if row["date"] == iso), None)


def pantry_bundle(items: Sequence[PantryItem]) -> Bundle:
    """What is at home, at most 60 foods: `<food id>:name` and `<food id>:grams`, most first."""
    facts: dict[str, Fact] = {}
    shown = sorted(items, key=lambda item: (-item.grams, item.food.name))[:MOST_PANTRY_ROWS]
    for item in shown:
        key = item.food_id
        facts[f"{key}:name"] = Fact(f"pantry:{key}:name", "ingredient", "at home", item.food.name, "", "pantry", key)
        facts[f"{key}:grams"] = Fact(
            f"pantry:{key}:grams", "pantry", f"at home of {item.food.name}", round(item.grams, 1), "g", "pantry", key
        )
    facts["count"] = Fact("pantry:count", "count", "foods at home", float(len(items)), "", "pantry")
    rows = [{"key": item.food_id, "name": item.food.name} for item in shown]
    return Bundle("pantry", facts, {"rows": rows, "left_out": len(items) - len(shown)})
