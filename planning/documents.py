"""Plans, foods and recipes as the documents that API, pages and advisor show."""

from __future__ import annotations

from typing import Any

from planning.catalogue.compose import Part
from planning.catalogue.tags import ALLERGENS, allergen_status, derive_diets
from planning.fueling import planned_takes
from planning.models import Food, MealPlan, PlanItem, PlanRevision, Recipe

SNACK_SLOTS = ("snack", "pre", "during", "post")
MAIN_SLOTS = ("breakfast", "lunch", "dinner")


def utc_text(moment: Any) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def item_document(item: PlanItem, *, cook_quarters: int | None = None) -> dict[str, Any]:
    """One planned dish. `cook_servings` is what is cooked at this meal, with what later ones eat; 0 for a leftover.

    Without `cook_quarters`, the other meals not being known, it is left out.
    """
    cooked = {} if cook_quarters is None else {"cook_servings": cook_quarters / 4}
    return {
        "id": item.pk,
        "slot": item.slot,
        "index": item.index,
        "time": item.time,
        "recipe_id": item.recipe_id,
        "name": item.recipe.name,
        "servings": item.quarters / 4,
        **cooked,
        "nutrients": item.nutrients,
        "leftover_of": item.leftover_of,
        "locked": item.locked,
        "status": item.status,
    }


def _cooked(item: PlanItem, items: list[PlanItem]) -> int:
    """Quarters of servings that are cooked at this meal: 0 where a leftover is warmed up."""
    if item.leftover_of:
        return 0
    place = [item.date.isoformat(), item.slot, item.index]
    return item.quarters + sum(other.quarters for other in items if list(other.leftover_of or ()) == place)


def meals_of(items: list[PlanItem]) -> dict[str, Any]:
    """Dish names by meal; `snacks` lists snack, pre, during and post in time order."""
    meals: dict[str, Any] = {}
    for slot in MAIN_SLOTS:
        names = [item.recipe.name for item in items if item.slot == slot]
        meals[slot] = names[0] if names else ""
    meals["snacks"] = [item.recipe.name for item in items if item.slot in SNACK_SLOTS]
    return meals


def plan_document(
    plan: MealPlan,
    *,
    stale: bool = False,
    unsafe: list[dict[str, Any]] | None = None,
    proposal: dict[str, Any] | None = None,
    calendar_trouble: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The meal plan as guide and contract show it. A plan that is not verified yet has no days.

    `proposal` waits beside it for an answer; `calendar_trouble` are calendars whose sessions may be out of date.
    """
    document: dict[str, Any] = {
        "id": plan.pk,
        "athlete_id": plan.athlete_id,
        "week_start": plan.week_start.isoformat(),
        "day_count": plan.days,
        "status": plan.status,
        "revision": plan.revision,
        "days": [],
        "stale": stale,
        "unsafe": unsafe or [],
        "proposal": proposal,
        "calendar_trouble": calendar_trouble or [],
        "created_at": utc_text(plan.created_at),
    }
    if plan.status == MealPlan.Status.SOLVING:
        document["progress"] = plan.progress
    if plan.refusal:
        document["error"] = plan.refusal
    revision = plan.current
    if revision is not None:
        document.update(revision_document(revision))
    return document


def revision_document(revision: PlanRevision) -> dict[str, Any]:
    """Days, meals and proof of one stored revision."""
    return revision_content(revision, list(revision.items.all()))


def revision_content(revision: PlanRevision, items: list[PlanItem]) -> dict[str, Any]:
    """The same from items in hand, stored or not."""
    by_day: dict[str, list[PlanItem]] = {}
    for item in sorted(items, key=lambda row: (row.date, row.time, row.slot, row.index)):
        by_day.setdefault(item.date.isoformat(), []).append(item)
    days = []
    for day in revision.days:
        meals = by_day.get(day["date"], [])
        totals = day["totals"]
        days.append(
            {
                "date": day["date"],
                "training_event": day["training_event"],
                "meals": meals_of(meals),
                "total_calories": round(totals["energy_kcal"]),
                "macros": {name: round(totals[name], 1) for name in ("carbs_g", "protein_g", "fat_g")},
                "totals": totals,
                "items": [item_document(item, cook_quarters=_cooked(item, items)) for item in meals],
                "during": planned_takes(day["target"], meals),
                "target": day["target"],
                "warnings": day["warnings"],
            }
        )
    return {
        "days": days,
        "inputs_hash": revision.inputs_hash,
        "engine": revision.engine,
        "optimality": revision.optimality,
        "training_data_as_of": utc_text(revision.training_data_as_of),
        "catalogue_version": revision.catalogue_version,
    }


def food_document(food: Food, *, full: bool = False) -> dict[str, Any]:
    """A food with its nutrients per 100 g. Unknown is null; an allergen nobody reviewed is `unknown`."""
    main = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")
    nutrients: dict[str, Any] = {name: getattr(food, name) for name in main}
    carbs, fiber = food.carbs_g, food.fiber_g
    nutrients["carbs_available_g"] = None if carbs is None or fiber is None else round(max(0.0, carbs - fiber), 2)
    if full:
        nutrients.update({name: value for name, value in food.nutrients.items() if name not in nutrients})
    return {
        "id": food.pk,
        "code": food.code,
        "name": food.name,
        "description": food.common_name,
        "group": food.group,
        "aisle": food.aisle,
        "state": food.state,
        "source": food.source,
        "reviewed": food.core,
        "nutrients_per_100g": nutrients,
        "portions": food.portions,
        "allergens": {name: allergen_status(food.allergens, name) for name in ALLERGENS},
        "diets": food_diets(food),
        "refuse_pct": food.refuse_pct,
        "density_g_per_ml": food.density_g_per_ml,
    }


def as_part(food: Food) -> Part:
    """A food row as 100 g of an ingredient, for the tag rules."""
    return Part(
        code=food.code,
        grams=100.0,
        nutrients={},
        allergens=food.allergens,
        tags=tuple(food.tags),
        price_minor_per_kg=None,
        fodmap_limit_g=food.shopping.get("fodmap_limit_g"),
    )


def food_diets(food: Food) -> list[str]:
    """The diets one food satisfies; none are claimed for a food that nobody reviewed."""
    return sorted(derive_diets([as_part(food)])) if food.core else []


def recipe_document(recipe: Recipe, *, full: bool = False) -> dict[str, Any]:
    """A recipe with grams per serving: enough to recompute any plan that uses it."""
    document: dict[str, Any] = {
        "id": recipe.pk,
        "name": recipe.name,
        "family": recipe.family,
        "kind": recipe.kind,
        "slots": recipe.slots,
        "cuisine": recipe.cuisine,
        "servings_min": recipe.min_quarters / 4,
        "servings_max": recipe.max_quarters / 4,
        "servings_step": recipe.step_quarters / 4,
        "time": {
            "prep_minutes": recipe.prep_minutes,
            "cook_minutes": recipe.cook_minutes,
            "hands_on_minutes": recipe.hands_on_minutes,
        },
        "batchable": recipe.batchable,
        "nutrients_per_serving": recipe.nutrients,
        "nutrient_coverage": recipe.nutrient_coverage,
        "allergens": recipe.allergens,
        "diets": recipe.diets,
        "tags": recipe.tags,
        "ingredients": [
            {
                "food_id": line.food_id,
                "name": line.food.name,
                "grams_per_serving": line.grams_per_serving,
                "show": line.show,
                "to_taste": line.to_taste,
            }
            for line in recipe.ingredients.all()
        ],
    }
    if full:
        document.update(method=recipe.method, equipment=recipe.equipment, keeps=recipe.keeps, active=recipe.active)
    return document
