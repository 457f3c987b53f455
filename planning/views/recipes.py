"""Recipes that may be planned for this athlete, and one recipe in the amounts it is cooked in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from athletes.models import Athlete
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page
from planning.catalogue.pieces import sizes
from planning.kitchen import WEIGHED, kitchen_words, names_an_amount
from planning.models import Recipe, RecipeIngredient
from planning.services.choice import allowed_recipes, athlete_catalogue, largest_serving, why_not
from planning.services.opinions import opinions_of
from planning.services.own_recipes import batch_of, reasons_against
from planning.views.reading import is_withheld
from planning.wording import DISCLAIMER, SLOTS, allergens_in_words, slot_name

PAGE_SIZE = 30
MAX_SEARCH = 100
_GRAMS = re.compile(r"^([\d.]+) (?:g|ml)\b")


@athlete_page
@require_safe
def recipes(request: Any) -> HttpResponse:
    """What may be planned for this athlete, by meal and by words; one dish of each family."""
    athlete: Athlete = request.athlete
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_SEARCH]
    slot = request.GET.get("meal", "")
    slot = slot if slot in SLOTS else ""
    catalogue = athlete_catalogue(athlete)
    families: dict[str, Recipe] = {}
    for recipe in allowed_recipes(athlete, catalogue):
        if slot and slot not in recipe.slots:
            continue
        if words and words.lower() not in catalogue.food_words(recipe.pk):
            continue
        present = families.get(recipe.family)
        # The base of a family speaks for it; a swap only where the base is not for this athlete.
        if present is None or (recipe.kind == Recipe.Kind.BASE and present.kind != Recipe.Kind.BASE):
            families[recipe.family] = recipe
    rows = sorted(families.values(), key=lambda recipe: (recipe.name.lower(), recipe.pk))
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page = {
        "found": found,
        "count": len(rows),
        "words": words,
        "slot": slot,
        "slots": SLOTS.items(),
        "withheld": is_withheld(athlete),
    }
    return render(request, "planning/recipes.html", page)


@athlete_page
@require_safe
def recipe(request: Any, recipe_id: str) -> HttpResponse:
    """One dish: amounts for the servings asked for, method, what is in it and what it gives."""
    athlete: Athlete = request.athlete
    found = Recipe.objects.visible_to(request.user).filter(pk=recipe_id).first() if is_id(recipe_id, "rcp") else None
    if found is None:
        raise Http404
    lines = list(found.ingredients.select_related("food"))
    quarters = _quarters(request.GET.get("servings"), found)
    servings = quarters / 4
    batch = batch_of(found, lines) if found.owner_id else batch_servings(lines)
    most = max(found.max_quarters, quarters)
    catalogue = athlete_catalogue(athlete)
    own = found.owner_id is not None
    page = {
        "recipe": found,
        "servings": servings,
        "choices": _choices(found, quarters, most),
        "lines": [
            {
                "line": line,
                "grams": line.grams_per_serving * servings,
                "words": _words(line, servings, as_written=abs(servings - batch) < 0.01),
            }
            for line in lines
        ],
        "batch": batch,
        "method_names_amounts": any(map(names_an_amount, found.method)),
        "step": found.step_quarters / 4,
        "amounts": {name: value * servings for name, value in found.nutrients.items()},
        "coverage": found.nutrient_coverage,
        "allergens": allergens_in_words(found.allergens, allergies=athlete.allergies),
        "reasons": reasons_against(found, athlete) if own else why_not(found, athlete),
        "own": own,
        "opinion": opinions_of(athlete).get(found.family),
        "diets": [diet.replace("-", " ") for diet in found.diets],
        "portion_limit": _portion_limit(found, athlete, catalogue),
        "slots": [slot_name(slot) for slot in found.slots],
        "keeps": found.keeps,
        "disclaimer": DISCLAIMER,
        "withheld": is_withheld(athlete),
    }
    return render(request, "planning/recipe.html", page)


def _words(line: RecipeIngredient, servings: float, *, as_written: bool) -> str:
    """What a cook measures beside the grams: the dish's own words where they are for these servings."""
    food = line.food
    if line.to_taste and not line.grams_per_serving:
        return line.show
    if as_written and line.show and not WEIGHED.match(line.show):
        return line.show
    measured = kitchen_words(
        line.grams_per_serving * servings,
        name=food.name,
        shopping=food.shopping,
        density_g_per_ml=food.density_g_per_ml,
        aisle=food.aisle,
        show=line.show,
    )
    return measured or (line.show if as_written else "")


def _choices(found: Recipe, quarters: int, most: int) -> list[float]:
    """Servings to choose from: those that the dish comes in, and the one that was asked for."""
    served = sizes(min_quarters=found.min_quarters, max_quarters=most, step_quarters=found.step_quarters)
    return [number / 4 for number in sorted({*served, quarters})]


def _quarters(text: str | None, found: Recipe) -> int:
    """Quarter servings of an address: `1.25` is 5. What makes no sense is one serving, or the least of the dish."""
    try:
        quarters = round(float(text or "") * 4)
    except (ValueError, OverflowError):
        step = found.step_quarters
        quarters = math.ceil(max(4, found.min_quarters) / step) * step
    return min(max(quarters, 1), 80)


def batch_servings(lines: Sequence[RecipeIngredient]) -> float:
    """For how many servings the amounts in words stand: `250 g yogurt` at 125 g a serving is a recipe for two."""
    for line in lines:
        amount = _GRAMS.match(line.show)
        if amount and line.show[amount.end(1) + 1] == "g" and line.grams_per_serving > 0:
            return round(float(amount[1]) / line.grams_per_serving * 4) / 4 or 1.0
    return 1.0


def _portion_limit(found: Recipe, athlete: Athlete, catalogue: Any) -> float | None:
    """Servings up to which the dish keeps what the athlete's diet promises; None where portion does not matter."""
    if "low-fodmap" not in athlete.dietary_preferences or found.pk not in catalogue.recipes:
        return None
    return largest_serving(found, athlete, catalogue) / 4
