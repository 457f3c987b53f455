"""Dishes of the catalogue as dietitians change them: amounts, sizes and words, and whether they are served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse

from athletes.validation import check_text
from nutrition_site.kernel.errors import NotFound
from planning.catalogue import files
from planning.catalogue.compose import missing_required
from planning.catalogue.curated import (
    GRAMS,
    MINUTES,
    QUARTERS,
    curate_row,
    piece_step,
    read_overlay,
    recipe_values,
    record_change,
)
from planning.catalogue.loader import build_recipe
from planning.catalogue.pieces import sizes
from planning.models import CurationChange, Food, Recipe, RecipeIngredient
from planning.own.composing import MAX_SERVING_GRAMS, MAX_SERVING_KCAL, MAX_SERVING_SODIUM_MG
from planning.services.changed_dishes import count_plans_ahead, follow_changed_dishes
from planning.services.curation_kinds import Kind, Weight
from planning.wording import SLOTS

STEPS = (1, 2, 4, 8)
MOST_QUARTERS = 40
MOST_LINE_GRAMS = 2000.0
MOST_MINUTES = 1440
MOST_STEPS, MOST_STEP_LETTERS = 40, 2000
LABELS = {
    "active": "Served",
    "slots": "Meals",
    "method": "Method",
    "min_quarters": "Smallest serving, quarters",
    "max_quarters": "Largest serving, quarters",
    "step_quarters": "Servings in steps of, quarters",
    "prep_minutes": "Preparing, minutes",
    "cook_minutes": "Cooking, minutes",
    "hands_on_minutes": "Work, minutes",
}


def _find(key: str) -> Recipe:
    found = Recipe.objects.filter(owner=None, slug=key).prefetch_related("ingredients__food").first()
    if found is None:
        raise NotFound("There is no such dish in the catalogue.")
    return found


def _read_current(key: str) -> dict[str, Any]:
    recipe = _find(key)
    lines = list(recipe.ingredients.all())
    return recipe_values(recipe, lines, {line.food_id: line.food.code for line in lines})


def _check(key: str, current: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    errors = {field: wrong for field, value in after.items() if (wrong := _wrong(field, value))}
    if errors:
        return errors
    core = files.read_core()
    row = _row_of_files(key, core)
    if row is None:
        return dict.fromkeys(after, "This dish has left the reviewed files: it stays to be read and is served no more.")
    whole = {**current, **after}
    if set(after) & set(MINUTES) and whole["hands_on_minutes"] > whole["prep_minutes"] + whole["cook_minutes"]:
        errors["hands_on_minutes"] = "Not more than preparing and cooking together."
    grams = [field for field in after if field.startswith(GRAMS)]
    if not errors and (grams or set(after) & set(QUARTERS)):
        errors |= _wrong_amounts(row, core, whole, grams, after)
    return errors


def _wrong(field: str, value: Any) -> str:
    if field.startswith(GRAMS):
        return (
            "" if _is_number(value) and 0 < value <= MOST_LINE_GRAMS else f"More than 0 g, at most {MOST_LINE_GRAMS:g}."
        )
    if field == "active":
        return "" if isinstance(value, bool) else "Yes or no."
    if field == "slots":
        known = isinstance(value, list) and value and all(slot in SLOTS for slot in value)
        return "" if known and len(set(value)) == len(value) else f"One or more of {', '.join(SLOTS)}."
    if field == "method":
        return _wrong_method(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return "A whole number."
    if field == "step_quarters":
        return "" if value in STEPS else f"One of {', '.join(map(str, STEPS))}."
    low, high = (1, MOST_QUARTERS) if field in QUARTERS else (0, MOST_MINUTES)
    return "" if low <= value <= high else f"From {low} to {high}."


def _wrong_method(value: Any) -> str:
    if not isinstance(value, list) or not value or len(value) > MOST_STEPS:
        return f"From one to {MOST_STEPS} steps."
    try:
        stripped = [check_text(str(step), limit=MOST_STEP_LETTERS) for step in value]
    except ValueError as error:
        return str(error)
    return "" if stripped == value else "Steps without space around them."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _row_of_files(key: str, core: dict[str, files.CoreRow]) -> files.RecipeRow | None:
    rows = files.read_family(key.partition("--")[0], core)
    return next((row for row in rows if row.slug == key), None)


def _wrong_amounts(
    row: files.RecipeRow,
    core: dict[str, files.CoreRow],
    whole: Mapping[str, Any],
    grams: Sequence[str],
    after: Mapping[str, Any],
) -> dict[str, str]:
    """What is wrong with grams and sizes as they would be together."""
    curated = curate_row(row, whole, core)
    blamed = list(grams) or [name for name in QUARTERS if name in after]
    given = {name: whole[name] for name in QUARTERS}
    served = sizes(**given)
    if not served or (served[0], served[-1]) != (given["min_quarters"], given["max_quarters"]):
        told = "The smallest and the largest serving are multiples of the step, the largest not below the smallest."
        return dict.fromkeys([name for name in QUARTERS if name in after] or blamed, told)
    try:
        needed = piece_step(curated, core)
    except ValueError:
        return dict.fromkeys(blamed, "Eggs, rolls and the like would not come out whole in any serving.")
    if given["step_quarters"] % needed:
        return dict.fromkeys(
            blamed, f"Eggs, rolls and the like come out whole in steps of {needed} quarters: set these."
        )
    if not grams:
        return {}
    recipe, lines = build_recipe(curated, _foods_of(curated), lenient=True)
    limits = {"energy_kcal": MAX_SERVING_KCAL, "sodium_mg": MAX_SERVING_SODIUM_MG}
    doubts = [
        f"One serving would hold {recipe.nutrients[name]:.0f} {name.rpartition('_')[2]} of {name.rpartition('_')[0]}."
        for name, most in limits.items()
        if recipe.nutrients.get(name, 0.0) > most
    ]
    weight = sum(line.grams_per_serving for line in lines)
    if weight > MAX_SERVING_GRAMS:
        doubts.append(f"One serving would weigh {weight:.0f} g.")
    if missing_required(recipe.nutrients):
        doubts.append("Energy, protein, carbohydrate or fat would be unknown: it could not be planned.")
    return dict.fromkeys(grams, " ".join(doubts)) if doubts else {}


def _foods_of(row: files.RecipeRow) -> dict[str, Food]:
    rows = Food.objects.filter(owner=None, code__in=[code for code, *_ in row.ingredients])
    return {food.code: food for food in rows}


def _weigh(field: str, before: Any, after: Any) -> Weight:
    if field == "active":
        # Whoever takes a dish out may have found what is wrong with it: that does not wait for the rest of the form.
        return Weight.SECOND if after else Weight.URGENT
    return Weight.AT_ONCE if field in (*MINUTES, "method") else Weight.SECOND


def _apply(change: CurationChange) -> None:
    core = files.read_core()
    row = _row_of_files(change.key, core)
    if row is None:
        raise NotFound("This dish has left the reviewed files.")
    curated = curate_row(row, read_overlay().recipes[change.key], core)
    recipe, lines = build_recipe(curated, _foods_of(curated), lenient=True)
    columns = {column.name: getattr(recipe, column.name) for column in Recipe._meta.concrete_fields}
    fresh = {name: value for name, value in columns.items() if name not in ("id", "slug", "owner")}
    Recipe.objects.filter(pk=recipe.pk, owner=None).update(**fresh)
    RecipeIngredient.objects.filter(recipe=recipe).delete()
    RecipeIngredient.objects.bulk_create(lines)
    record_change(change)
    follow_changed_dishes([recipe.pk])


def _label(field: str) -> str:
    if not field.startswith(GRAMS):
        return LABELS.get(field, field)
    code, _, nth = field.removeprefix(GRAMS).partition("#")
    name = Food.objects.filter(owner=None, code=code).values_list("name", flat=True).first() or code
    return f"{name}{f' ({nth}nd line)' if nth else ''}, g per serving"


def _in_words(field: str, value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field == "method":
        return " ".join(f"{number}. {step}" for number, step in enumerate(value, start=1))
    if isinstance(value, list):
        return ", ".join(str(SLOTS.get(word, word)) for word in value) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _touches(change: CurationChange) -> Sequence[str]:
    recipe = _find(change.key)
    told = [f"Plans ahead with it: {count_plans_ahead([recipe.pk])}."]
    if recipe.kind == Recipe.Kind.BASE and Recipe.objects.filter(owner=None, family=recipe.family).count() > 1:
        told.append("Its variants with exchanged foods keep their own amounts, words and times.")
    return told


def _page(key: str) -> str:
    return reverse("admin:planning_recipe_change", args=[quote(_find(key).pk)])


RECIPE = Kind(
    name=CurationChange.Kind.RECIPE.value,
    read_current=_read_current,
    title=lambda key: _find(key).name,
    check=_check,
    weigh=_weigh,
    needs_source=lambda field: field.startswith(GRAMS),
    apply=_apply,
    label=_label,
    in_words=_in_words,
    touches=_touches,
    page=_page,
)
