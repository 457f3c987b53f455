"""Foods of the catalogue as dietitians change them: ranges, what needs a second person, and the dishes that follow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse

from athletes.services.locking import lock_athletes
from nutrition_site.kernel.errors import NotFound
from planning.catalogue import compose
from planning.catalogue.curated import (
    ALLERGEN,
    NUTRIENT,
    curate_food,
    food_values,
    record_change,
)
from planning.catalogue.tags import LAND_ANIMAL, STATUSES, TAGS, describe_dish
from planning.models import CurationChange, Food, Recipe, RecipeIngredient
from planning.own.composing import as_part
from planning.own.label import ENERGY_SLACK_KCAL, ENERGY_TOLERANCE, LIMITS, expected_energy
from planning.services.changed_dishes import count_plans_ahead, follow_changed_dishes
from planning.services.curation_kinds import Kind, Weight
from planning.services.own_recipes import recompute_recipes
from planning.services.shopping_lines import AISLES

MOST_KCAL = 910.0
MOST_TOGETHER_G = 105.0
# Per gram of the unit, the most that 100 g of food can hold.
MOST_IN_100_G = {"g": 100.0, "mg": 100_000.0, "ug": 100_000_000.0}
RANGES = {
    "price_minor_per_kg": (0, 1_000_000),
    "refuse_pct": (0, 90),
    "density_g_per_ml": (0.02, 2),
    "fodmap_limit_g": (0, 1000),
}
AT_ONCE = frozenset({"price_minor_per_kg", "aisle"})
UNITS = {"g": "g", "mg": "mg", "ug": "µg", "kcal": "kcal"}
NAMED = {
    "carbs": "carbohydrate",
    "mufa": "monounsaturated fat",
    "pufa": "polyunsaturated fat",
    "epa": "EPA",
    "dha": "DHA",
}
VITAMINS = {"a": "A", "b6": "B6", "b12": "B12", "c": "C", "d": "D", "e": "E", "k": "K", "rae": "RAE", "dfe": "DFE"}
LABELS = {
    "tags": "Tags",
    "aisle": "Aisle",
    "price_minor_per_kg": "Price, euro cents per kg",
    "refuse_pct": "Refuse, % of what is bought",
    "density_g_per_ml": "Density, g per ml",
    "fodmap_limit_g": "Low-FODMAP limit, g in one serving",
}
ENERGY_PARTS = ("energy_kcal", "protein_g", "fat_g", "carbs_g", "fiber_g", "alcohol_g")
PARTS_OF = (("sugars_g", "carbs_g"), ("fiber_g", "carbs_g"), ("saturated_fat_g", "fat_g"))
# Kinds of meat that are meat; gelatin, lard and blood come from animals without being any.
IS_MEAT = LAND_ANIMAL - {"meat", "gelatin", "lard", "blood"}
# A food of such an origin is never free of all of these allergens.
HOLDS_ONE_OF = {
    "dairy": ("milk",),
    "egg": ("eggs",),
    "fish": ("fish",),
    "oily_fish": ("fish",),
    "non_kosher_fish": ("fish",),
    "shellfish": ("crustaceans", "molluscs"),
}
ROUNDING_G = 0.6


def nutrient_label(name: str) -> str:
    """ "energy_kcal" is "Energy, kcal", "vitamin_b6_mg" "Vitamin B6, mg"."""
    stem, _, unit = name.rpartition("_")
    words = NAMED.get(stem) or " ".join(VITAMINS.get(word, word) for word in stem.split("_"))
    return f"{words[:1].upper()}{words[1:]}, {UNITS[unit]}"


def _find(key: str) -> Food:
    found = Food.objects.filter(owner=None, code=key).first()
    if found is None:
        raise NotFound("There is no such food in the catalogue.")
    return found


def _read_current(key: str) -> dict[str, Any]:
    return food_values(_find(key))


def _check(key: str, current: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    errors: dict[str, str] = {}
    for field, value in after.items():
        wrong = _wrong(field, value)
        if wrong:
            errors[field] = wrong
    if errors:
        return errors
    before = _nutrients(current)
    nutrients = _nutrients({**current, **after})
    changed = {field.removeprefix(NUTRIENT) for field in after if field.startswith(NUTRIENT)}
    errors |= _contradictions(before, nutrients) | _against_origin({**current, **after}, after)
    if not errors and changed & set(ENERGY_PARTS) and _off(nutrients) > _off(before):
        expected = expected_energy(nutrients)
        errors[f"{NUTRIENT}energy_kcal"] = (
            f"Protein, carbohydrate, fat, fiber and alcohol would give {expected:.0f} kcal; "
            f"{nutrients['energy_kcal']:g} is too far from it."
        )
    lost = [name for name in compose.REQUIRED if name in changed and name not in nutrients]
    if lost:
        dishes = RecipeIngredient.objects.filter(food__owner=None, food__code=key).values("recipe").distinct().count()
        if dishes:
            told = f"{dishes} dishes need it: they could not be planned any more."
            errors |= {f"{NUTRIENT}{name}": told for name in lost}
    return errors


def _wrong(field: str, value: Any) -> str:
    """What is wrong with one value by itself; empty when nothing is."""
    if field.startswith(NUTRIENT):
        unit = field.rpartition("_")[2]
        most = MOST_KCAL if unit == "kcal" else MOST_IN_100_G[unit]
        return _out_of_range(value, 0, min(most, LIMITS.get(field.removeprefix(NUTRIENT), most)))
    if field.startswith(ALLERGEN):
        return "" if value in STATUSES else f"One of {', '.join(STATUSES)}."
    if field == "tags":
        return _wrong_tags(value)
    if field == "aisle":
        return "" if value in AISLES else f"One of {', '.join(AISLES)}."
    if field == "price_minor_per_kg" and value is not None and not isinstance(value, int):
        return "Whole cents."
    return _out_of_range(value, *RANGES[field])


def _wrong_tags(value: Any) -> str:
    if not isinstance(value, list) or any(not isinstance(tag, str) for tag in value):
        return "A list of tags."
    unknown = sorted(set(value) - TAGS)
    if unknown:
        return f"Not known: {', '.join(unknown)[:200]}."
    if value != sorted(set(value)):
        return "Each tag once, in the order of the alphabet."
    if set(value) & IS_MEAT and "meat" not in value:
        return f"{', '.join(sorted(set(value) & IS_MEAT))} is meat: add the tag meat."
    return ""


def _against_origin(values: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """What changes so that a food is said to be free of an allergen although its tags say that it is made of it."""
    errors = {}
    for tag in values.get("tags", ()):
        stated = [f"{ALLERGEN}{name}" for name in HOLDS_ONE_OF.get(tag, ())]
        if stated and all(values[field] == "free" for field in stated):
            told = f"The tag {tag.replace('_', ' ')} says otherwise: take it away where the food holds none."
            errors |= {field: told for field in ("tags", *stated) if field in after}
    return errors


def _out_of_range(value: Any, low: float, high: float) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "A number, or empty where it is unknown."
    return "" if low <= value <= high else f"From {low:.10g} to {high:.10g}."


def _nutrients(values: Mapping[str, Any]) -> dict[str, float]:
    """The known nutrients by name."""
    return {
        field.removeprefix(NUTRIENT): value
        for field, value in values.items()
        if field.startswith(NUTRIENT) and value is not None
    }


def _contradictions(before: Mapping[str, float], nutrients: Mapping[str, float]) -> dict[str, str]:
    """Parts that weigh more than the whole, and more so than now: a few published rows do by a little."""
    errors = {}
    together = _together(nutrients)
    if together > max(MOST_TOGETHER_G, _together(before)):
        errors[f"{NUTRIENT}carbs_g"] = f"Protein, fat, carbohydrate and alcohol weigh {together:g} g in 100 g of food."
    for part, whole in PARTS_OF:
        if _excess(nutrients, part, whole) > max(ROUNDING_G, _excess(before, part, whole)):
            errors[f"{NUTRIENT}{part}"] = f"More than all {nutrient_label(whole).partition(',')[0].lower()}."
    return errors


def _together(nutrients: Mapping[str, float]) -> float:
    return sum(nutrients.get(name, 0.0) for name in ("protein_g", "fat_g", "carbs_g", "alcohol_g"))


def _excess(nutrients: Mapping[str, float], part: str, whole: str) -> float:
    """By how many grams a part weighs more than its whole; 0 where one of them is unknown."""
    known = part in nutrients and whole in nutrients
    return nutrients[part] - nutrients[whole] if known else 0.0


def _off(nutrients: Mapping[str, float]) -> float:
    """By how many kcal per 100 g the energy lies outside of what the other values allow; 0 within, and where one of
    them is unknown. Fiber may count as 2 or 4 kcal per g, and a fifth either way is usual (Annex XIV, and food-specific
    factors)."""
    expected = expected_energy(nutrients)
    energy = nutrients.get("energy_kcal")
    if expected is None or energy is None:
        return 0.0
    allowed = max(ENERGY_TOLERANCE * max(energy, expected), ENERGY_SLACK_KCAL)
    most = expected + 2 * nutrients.get("fiber_g", 0.0) + allowed
    return max(0.0, expected - allowed - energy, energy - most)


def _weigh(field: str, before: Any, after: Any) -> Weight:
    if field.startswith(ALLERGEN):
        return Weight.URGENT if STATUSES.index(after) > STATUSES.index(before) else Weight.SECOND
    return Weight.AT_ONCE if field in AT_ONCE else Weight.SECOND


def _needs_source(field: str) -> bool:
    return field not in AT_ONCE


def _apply(change: CurationChange) -> None:
    dishes = Recipe.objects.filter(ingredients__food__owner=None, ingredients__food__code=change.key).distinct()
    # Whoever edits a dish of their own holds their row first and its foods then: the same order here.
    owners = dishes.exclude(owner=None).values_list("owner", flat=True)
    lock_athletes(owners)
    # Without the key: who writes a row about this food and then wants an athlete held here would wait for ever.
    food = Food.objects.select_for_update(no_key=True).get(owner=None, code=change.key)
    curate_food(food, {field: row["after"] for field, row in change.changes.items()})
    food.save()
    record_change(change)
    shared = dishes.filter(owner=None)
    moved = _recompute(shared)
    if "fodmap_limit_g" in change.changes:
        # One serving may be low in FODMAPs still where two are not.
        moved = list(shared.values_list("pk", flat=True))
    recompute_recipes(foods=[food.pk])
    follow_changed_dishes(moved)


def _recompute(dishes: Any) -> list[str]:
    """Computes these dishes of the catalogue from their foods as they are now; the ids of those that differ."""
    changed = []
    columns = ("nutrients", "nutrient_coverage", "allergens", "diets", "tags", "cost_minor")
    for recipe in dishes.prefetch_related("ingredients__food"):
        parts = [as_part(line.food, line.grams_per_serving) for line in recipe.ingredients.all()]
        described = describe_dish(parts)
        nutrients, coverage = compose.serving_nutrients(parts)
        fresh = {
            "nutrients": nutrients,
            "nutrient_coverage": coverage,
            "allergens": dict(described.allergens),
            "diets": sorted(described.diets),
            "tags": compose.dish_tags(parts, slots=recipe.slots),
            "cost_minor": compose.serving_cost_minor(parts),
        }
        if any(getattr(recipe, name) != fresh[name] for name in columns):
            Recipe.objects.filter(pk=recipe.pk).update(**fresh)
            changed.append(recipe.pk)
    return changed


def _label(field: str) -> str:
    if field.startswith(NUTRIENT):
        return nutrient_label(field.removeprefix(NUTRIENT))
    if field.startswith(ALLERGEN):
        return f"Allergen: {field.removeprefix(ALLERGEN).replace('_', ' ')}"
    return LABELS.get(field, field)


def _in_words(field: str, value: Any) -> str:
    if value is None or value == "":
        return "unknown"
    if isinstance(value, list):
        return ", ".join(str(word).replace("_", " ") for word in value) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


def _touches(change: CurationChange) -> Sequence[str]:
    dishes = Recipe.objects.filter(ingredients__food__owner=None, ingredients__food__code=change.key).distinct()
    shared = list(dishes.filter(owner=None).order_by("name").values_list("pk", "name"))
    own = dishes.exclude(owner=None).values("owner").distinct().count()
    plans = count_plans_ahead([pk for pk, _ in shared])
    told = [f"Dishes of the catalogue with it: {len(shared)}. Plans ahead with one of them: {plans}."]
    if own:
        told.append(f"Athletes with dishes of their own with it: {own}.")
    if shared:
        named = "; ".join(name for _, name in shared[:12])
        told.append(f"{named}{' and others' if len(shared) > 12 else ''}.")
    return told


def _page(key: str) -> str:
    return reverse("admin:planning_food_change", args=[quote(_find(key).pk)])


FOOD = Kind(
    name=CurationChange.Kind.FOOD.value,
    read_current=_read_current,
    title=lambda key: _find(key).name,
    check=_check,
    weigh=_weigh,
    needs_source=_needs_source,
    apply=_apply,
    label=_label,
    in_words=_in_words,
    touches=_touches,
    page=_page,
)
