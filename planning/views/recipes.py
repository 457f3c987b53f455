"""Recipes that may be planned for this athlete, and one recipe in the amounts it is cooked in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.ids import is_id
from nutrition_site.kernel.sentences import in_english
from nutrition_site.pages import athlete_page
from planning.amounts import name_order, plural_count, told_measure, told_number
from planning.catalogue.names import dish_name, food_name
from planning.catalogue.pieces import sizes
from planning.cooking import in_units, weight_words
from planning.kitchen import WEIGHED, kitchen_words
from planning.method import tell_method
from planning.models import PlanItem, Recipe, RecipeIngredient
from planning.phrases import tell
from planning.phrases.values import tell_diet
from planning.services.choice import Catalogue, allowed_recipes, athlete_catalogue, largest_serving, why_not
from planning.services.opinions import opinions_of
from planning.services.own_recipes import batch_of, reasons_against
from planning.services.standing import taken_days
from planning.units_types import fold_text
from planning.views.meals import Meal, eaten_later
from planning.views.reading import is_withheld
from planning.wording import DISCLAIMER, SLOTS, allergens_in_words, slot_name

PAGE_SIZE = 30
MOST_CHOICES, MOST_PEOPLE = 8, 12
# How far ahead a page looks for the meals that serve its dish.
PLANNED_DAYS = 6
MAX_SEARCH = 100
# What weighs as much as water, by the share that its density differs; nobody weighs or pours more exactly.
AS_WATER = 0.005
_MILLILITERS = re.compile(r"[\d.]+ ml\b")
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
        if words and not _is_found(words.lower(), recipe, catalogue):
            continue
        present = families.get(recipe.family)
        # The base of a family speaks for it; a swap only where the base is not for this athlete.
        if present is None or (recipe.kind == Recipe.Kind.BASE and present.kind != Recipe.Kind.BASE):
            families[recipe.family] = recipe
    rows = sorted(families.values(), key=lambda recipe: (name_order(dish_name(recipe).lower()), recipe.pk))
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page = {
        "found": found,
        "count": len(rows),
        "words": words,
        "slot": slot,
        "slots": SLOTS.items(),
        "withheld": is_withheld(athlete),
        "biggest_kcal": max((row.nutrients["energy_kcal"] or 0.0 for row in found), default=0.0) or None,
    }
    return render(request, "planning/recipes.html", page)


def _is_found(words: str, found: Recipe, catalogue: Catalogue) -> bool:
    """Whether a dish or a food in it is called so, in English or in the language of the page."""
    if words in catalogue.food_words(found.pk):
        return True
    if in_english():
        return False
    foods = (catalogue.foods[line.food_id] for line in catalogue.lines[found.pk])
    names = " | ".join([dish_name(found), *map(food_name, foods)])
    return fold_text(words) in fold_text(names)


@athlete_page
@require_safe
def recipe(request: Any, recipe_id: str) -> HttpResponse:
    """One dish: amounts for the servings and people asked for, method, what is in it and what it gives."""
    athlete: Athlete = request.athlete
    page = dish_page(request, recipe_id)
    found: Recipe = page["recipe"]
    catalogue = athlete_catalogue(athlete)
    limit = _portion_limit(found, athlete, catalogue)
    page |= {
        "amounts": {name: value * page["servings"] for name, value in found.nutrients.items()},
        "coverage": found.nutrient_coverage,
        "opinion": opinions_of(athlete).get(found.family),
        "diets": [diet.replace("-", " ") if in_english() else tell_diet(diet) for diet in found.diets],
        "portion_limit": limit,
        "portion_limit_count": 1 if limit == 1 else max(2, plural_count(limit or 0)),
        "slots": [slot_name(slot) for slot in found.slots],
        "withheld": is_withheld(athlete),
    }
    return render(request, "planning/recipe.html", page)


def dish_page(request: Any, recipe_id: str) -> dict[str, Any]:
    """What every page of one dish shows: the amounts for these servings and people, where the plan serves it, and who
    may not eat it. Raises Http404 for what this reader may not see."""
    athlete: Athlete = request.athlete
    found = Recipe.objects.visible_to(request.user).filter(pk=recipe_id).first() if is_id(recipe_id, "rcp") else None
    if found is None:
        raise Http404
    lines = list(found.ingredients.select_related("food"))
    planned = _planned(athlete, found)
    asked = request.GET.get("servings")
    quarters = _quarters(asked, found) if asked or not planned else planned[0]["quarters"]
    people = _people(request.GET.get("people"))
    servings, us = quarters / 4, athlete.units == "us"
    total = servings * people
    batch = batch_of(found, lines) if found.owner_id else batch_servings(lines)
    own = found.owner_id is not None
    method = tell_method(found.method, ratio=total / batch, us=us, own=own)
    for row in planned:
        row.update(url=_address(row["quarters"] / 4, people), on=row["quarters"] == quarters)
    return {
        "recipe": found,
        "servings": servings,
        # Languages have plural forms for whole numbers only.
        "servings_count": plural_count(servings),
        "given_count": 1 if servings == 1 else max(2, plural_count(servings)),
        "people": people,
        "total": total,
        "asked": _address(servings, people),
        "planned": planned,
        "choices": [
            {"number": n, "url": _address(n, people), "on": n == servings}
            for n in _choices(found, quarters, max(found.max_quarters, quarters))
        ],
        "tables": [{"number": n, "url": _address(servings, n), "on": n == people} for n in _tables(people)],
        "lines": [_told_line(line, total, as_written=abs(total - batch) < 0.01, us=us) for line in lines],
        "method": method.steps,
        "steps_language": method.language,
        "batch": batch,
        "batch_count": plural_count(batch),
        "method_keeps_amounts": abs(total - batch) >= 0.01 and method.keeps_amounts,
        "step": found.step_quarters / 4,
        "allergens": allergens_in_words(found.allergens, allergies=athlete.allergies),
        "reasons": [tell(reason) for reason in (reasons_against(found, athlete) if own else why_not(found, athlete))],
        "own": own,
        "keeps": found.keeps,
        "disclaimer": gettext(DISCLAIMER),
    }


def _planned(athlete: Athlete, found: Recipe) -> list[dict[str, Any]]:
    """Where the plan serves this dish from today on, the next first: `{meal, count, day, is_today, quarters}`.

    The quarters are what is cooked there, with what later meals eat of it.
    """
    present = today(athlete.zones)
    rows = list(
        PlanItem.objects.filter(
            recipe=found,
            date__range=(present, present + timedelta(days=PLANNED_DAYS)),
            revision__current_of__athlete=athlete,
        )
        .exclude(status=PlanItem.Status.SKIPPED)
        .select_related("recipe", "revision__current_of")
        .order_by("date", "time", "index")
    )
    plans = list({row.revision.current_of.pk: row.revision.current_of for row in rows}.values())
    taken = taken_days(plans)
    told = []
    for row in rows:
        if row.date in taken[row.revision.current_of.pk] or row.status == PlanItem.Status.EATEN:
            continue
        same_plan = [other for other in rows if other.revision_id == row.revision_id]
        meal = Meal(row, eaten_later=eaten_later(same_plan, row))
        told.append(
            {
                "meal": meal,
                "count": plural_count(meal.servings),
                "day": row.date,
                "is_today": row.date == present,
                "quarters": round(meal.cook_servings * 4),
            }
        )
    return told


def _address(servings: float, people: int) -> str:
    """The query of a page of this dish, as short as it can be."""
    return f"?servings={servings:g}" + (f"&people={people}" if people > 1 else "")


def _people(text: str | None) -> int:
    """How many eat; what makes no sense is one."""
    known = {str(number): number for number in range(1, MOST_PEOPLE + 1)}
    return known.get(text or "", 1)


def _tables(people: int) -> list[int]:
    return sorted({1, 2, 3, 4, 5, 6, people})


def _told_line(line: RecipeIngredient, servings: float, *, as_written: bool, us: bool) -> dict[str, Any]:
    """One food of a dish: its weight, and beside it what a cook measures.

    A milliliter of water is a gram of it: what is measured in milliliters then stands alone, in place of the weight.
    """
    grams, density = line.grams_per_serving * servings, line.food.density_g_per_ml
    weight, words = weight_words(grams, us=us), in_units(_words(line, servings, as_written=as_written), us=us)
    poured = _MILLILITERS.match(words) if density is not None and abs(density - 1) <= AS_WATER else None
    if poured:
        weight = poured[0]
    told = told_measure(words, piece_name=line.food.shopping.get("piece_name") or "", beside=weight)
    return {
        "line": line,
        "grams": grams,
        "weight": told_number(weight),
        "words": told.partition(", ")[2] if poured and in_english() else told,
    }


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
    """Servings to choose from: those that the dish comes in, halves at most where it has many, and what was asked."""
    served = list(sizes(min_quarters=found.min_quarters, max_quarters=most, step_quarters=found.step_quarters))
    for step in (2, 4, 8, 16):
        served = served if len(served) <= MOST_CHOICES else [number for number in served if number % step == 0]
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
