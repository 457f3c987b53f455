"""Changes that the advisor proposes: built from the same alternatives that pages show, never applied here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.words import WEEKDAYS
from planning.models import MealPlan, PlanItem


def base_version_of(plan: MealPlan) -> str:
    """What a proposal rests on: the plan and its revision."""
    return f"{plan.pk}:{plan.revision}"


def swap_diff(item: PlanItem, row: Mapping[str, Any]) -> dict[str, Any]:
    """One dish for another: what leaves, what comes, what the day gains or loses."""
    kept = ("energy_kcal", "carbs_g", "protein_g", "fat_g")
    return {
        "date": item.date.isoformat(),
        "slot": item.slot,
        "index": item.index,
        "before": {
            "recipe_id": item.recipe_id,
            "name": item.recipe.name,
            "servings": item.quarters / 4,
            "nutrients": {name: item.nutrients.get(name) for name in kept},
        },
        "after": {
            "recipe_id": row["recipe_id"],
            "name": row["name"],
            "servings": row["servings"],
            "nutrients": {name: row["nutrients"].get(name) for name in kept},
        },
        "change": dict(row.get("change") or {}),
    }


def swap_proposal(plan: MealPlan, item: PlanItem, row: Mapping[str, Any]) -> Proposal:
    """The proposal to put an alternative in the place of a planned dish."""
    when = f"{item.slot} on {WEEKDAYS[item.date.weekday()]} {item.date.isoformat()}"
    sentence = f"Have “{row['name']}” instead of “{item.recipe.name}” at {when}."
    return Proposal(
        kind="swap_meal",
        arguments={
            "meal_plan_id": plan.pk,
            "date": item.date.isoformat(),
            "slot": item.slot,
            "index": item.index,
            "recipe_id": row["recipe_id"],
        },
        sentence=sentence[:500],
        diff=swap_diff(item, row),
        base_version=base_version_of(plan),
    )
