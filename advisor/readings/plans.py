"""Facts about planned days, dishes, and what could stand in their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.facts import Bundle, Fact
from athletes.models import CalendarConnection
from nutrition_site.kernel.clock import zone
from planning.models import MealPlan, PlanItem

NUTRIENTS = {
    "energy_kcal": ("energy", "kcal"),
    "carbs_g": ("carbohydrate", "g"),
    "protein_g": ("protein", "g"),
    "fat_g": ("fat", "g"),
    "fiber_g": ("fiber", "g"),
    "sodium_mg": ("sodium", "mg"),
}
SLOT_WORDS = {
    "breakfast": "breakfast",
    "lunch": "lunch",
    "dinner": "dinner",
    "snack": "snack",
    "pre": "food before the session",
    "during": "food during the session",
    "post": "food after the session",
}


def item_bundle(item: PlanItem, document: Mapping[str, Any], *, excluded: Sequence[str] = ()) -> Bundle:
    """One planned dish with the whole document of its recipe; `excluded` holds the reasons why the athlete may not
    eat it any more."""
    key = f"item:{item.pk}"
    slot = SLOT_WORDS.get(item.slot, item.slot)
    source = f"meal plan, {slot} of {item.date.isoformat()}"

    def fact(name: str, kind: str, label: str, value: float | str | None, unit: str = "", object_id: str = "") -> Fact:
        return Fact(f"{key}:{name}", kind, label, value, unit, source, object_id or item.pk)

    servings = item.quarters / 4
    facts = {
        "name": replace(
            fact("name", "dish", slot, item.recipe.name, object_id=item.recipe_id),
            own_words=item.recipe.owner_id is not None,
        ),
        "time": fact("time", "plan", f"time of {slot}", item.time),
        "servings": fact("servings", "plan", "servings", servings, "servings"),
        "hands_on_minutes": fact(
            "hands_on_minutes", "plan", "work", document["time"]["hands_on_minutes"] or None, "min"
        ),
        "cook_minutes": fact("cook_minutes", "plan", "cooking", document["time"]["cook_minutes"] or None, "min"),
    }
    for name, (label, unit) in NUTRIENTS.items():
        facts[name] = fact(name, "plan", f"{label} of {slot}", item.nutrients.get(name), unit)
    ingredients: list[dict[str, Any]] = []
    for line in document["ingredients"]:
        name = f"ingredient:{line['food_id']}:{len(ingredients)}"
        grams = servings * line["grams_per_serving"]
        facts[name] = fact(name, "ingredient_grams", line["name"], round(grams, 2), "g", line["food_id"])
        facts[f"{name}:name"] = fact(
            f"{name}:name", "ingredient", "ingredient", line["name"], object_id=line["food_id"]
        )
        ingredients.append({"key": name, "name": line["name"], "to_taste": line["to_taste"]})
    steps = [str(step.get("text") if isinstance(step, Mapping) else step) for step in document["method"]]
    for number, step in enumerate(steps):
        told = fact(f"step:{number}", "method", "step of the recipe", step or None, object_id=item.recipe_id)
        facts[f"step:{number}"] = replace(told, own_words=item.recipe.owner_id is not None)
    if excluded:
        facts = {key: replace(one, excluded=True) for key, one in facts.items()}
    data = {
        "item_id": item.pk,
        "slot": item.slot,
        "index": item.index,
        "recipe_id": item.recipe_id,
        "ingredients": ingredients,
        "steps": len(steps),
        "leftover": bool(item.leftover_of),
        "status": item.status,
        "excluded": list(excluded),
    }
    return Bundle("dish", facts, data, (item.date,))


def day_bundle(plan: MealPlan, day: date, items: Sequence[PlanItem]) -> Bundle:
    document = (
        next((row for row in plan.current.days if row["date"] == day.isoformat()), None) if plan.current else None
    )
    totals = document["totals"] if document else {}
    facts = {
        f"total_{name}": Fact(
            f"day:{day}:total:{name}",
            "plan",
            f"planned {label}",
            totals.get(name),
            unit,
            f"meal plan of {day}",
            plan.pk,
        )
        for name, (label, unit) in NUTRIENTS.items()
    }
    facts["dishes"] = Fact(
        f"day:{day}:dishes", "count", "dishes", float(len(items)), "", f"meal plan of {day}", plan.pk
    )
    data = {
        "plan_id": plan.pk,
        "training_event": document["training_event"] if document else "",
        "warnings": document["warnings"] if document else [],
        "items": [
            {"item_id": item.pk, "slot": item.slot, "index": item.index, "time": item.time, "name": item.recipe.name}
            for item in items
        ],
    }
    return Bundle("day plan", facts, data, (day,))


def state_bundle(
    plan: MealPlan | None,
    calendars: Sequence[CalendarConnection],
    *,
    stale: bool,
    unsafe: Sequence[Mapping[str, Any]],
    zone_name: str,
) -> Bundle:
    place = zone(zone_name)
    facts: dict[str, Fact] = {}
    days: list[date] = []
    if plan is not None and plan.current is not None:
        made = plan.current.created_at.astimezone(place)
        days.append(made.date())
        facts["made_at"] = Fact(
            f"plan:{plan.pk}:made_at", "plan", "plan made at", made.strftime("%H:%M"), "", "meal plan", plan.pk
        )
        facts["revision"] = Fact(
            f"plan:{plan.pk}:revision", "plan", "revision", float(plan.revision), "", "meal plan", plan.pk
        )
    rows = []
    for calendar in calendars:
        read = calendar.last_synced_at.astimezone(place) if calendar.last_synced_at else None
        if read is not None:
            days.append(read.date())
            facts[f"read:{calendar.pk}"] = Fact(
                f"calendar:{calendar.pk}:read", "calendar", "calendar last read", read.strftime("%H:%M"), "",
                "calendar connection", calendar.pk,
            )  # fmt: skip
        rows.append(
            {
                "id": calendar.pk,
                "provider": calendar.provider.replace("_", " "),
                "status": calendar.status,
                "day": read.date() if read else None,
            }
        )
    data = {"exists": plan is not None, "stale": stale, "unsafe": list(unsafe), "calendars": rows,
            "made_on": days[0] if plan is not None and days else None}  # fmt: skip
    return Bundle("plan state", facts, data, tuple(days))


def alternatives_bundle(item: PlanItem, rows: Sequence[Mapping[str, Any]], *, own: Collection[str]) -> Bundle:
    """Dishes that could stand in a place; `own` are the ids of those that are the athlete's own."""
    facts: dict[str, Fact] = {}
    source = f"alternatives for {SLOT_WORDS.get(item.slot, item.slot)} of {item.date.isoformat()}"
    for number, row in enumerate(rows):
        base = f"alternative:{item.pk}:{row['recipe_id']}"
        facts[f"{number}:name"] = Fact(
            f"{base}:name", "dish", "alternative", row["name"], "", source, row["recipe_id"],
            own_words=row["recipe_id"] in own,
        )  # fmt: skip
        facts[f"{number}:servings"] = Fact(
            f"{base}:servings", "plan", "servings", row["servings"], "servings", source, row["recipe_id"]
        )
        for name, (label, unit) in NUTRIENTS.items():
            if name in row["nutrients"]:
                facts[f"{number}:{name}"] = Fact(
                    f"{base}:{name}",
                    "plan",
                    f"{label} of {row['name']}",
                    row["nutrients"][name],
                    unit,
                    source,
                    row["recipe_id"],
                )
        facts[f"{number}:prep_minutes"] = Fact(
            f"{base}:prep_minutes", "plan", "work", row.get("prep_minutes") or None, "min", source, row["recipe_id"]
        )
    return Bundle("alternatives", facts, {"rows": [dict(row) for row in rows]}, (item.date,))
