"""Own foods, own recipes, and a pasted recipe confirmed line by line. Everything works without script."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from athletes.models import Athlete
from nutrition_site.kernel.errors import Conflict, DomainError
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, show_refusal, submit
from planning.forms_own import ImportForm, OwnFoodForm, OwnRecipeForm, recipe_initial
from planning.models import Food, Recipe
from planning.own.told import told_note
from planning.services.own_foods import carbs_on_label, create_own_food, delete_own_food, missing_words, update_own_food
from planning.services.own_recipes import (
    create_own_recipe,
    delete_own_recipe,
    entered_values,
    reasons_against,
    update_own_recipe,
)
from planning.services.recipe_import import read_draft
from planning.views.own_rows import Row, read_rows, rows_of_draft, rows_of_recipe
from planning.views.reading import is_withheld

SHOWN = 300


@athlete_page
@require_safe
def own_foods(request: Any) -> HttpResponse:
    """The foods this athlete has added."""
    foods = Food.objects.filter(owner=request.athlete).order_by("name", "id")[:SHOWN]
    rows = [{"food": food, "missing": missing_words(food), "label_carbs_g": carbs_on_label(food)} for food in foods]
    return render(request, "planning/own_foods.html", {"rows": rows, "withheld": is_withheld(request.athlete)})


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_food_add(request: Any) -> HttpResponse:
    """A food from its label."""
    return _food_page(request, None)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_food_edit(request: Any, food_id: str) -> HttpResponse:
    """The label of an own food, to correct."""
    return _food_page(request, find_or_404(Food.objects.filter(owner=request.athlete), food_id, "fod"))


def _food_page(request: Any, food: Food | None) -> HttpResponse:
    athlete: Athlete = request.athlete
    barcode = request.GET.get("barcode", "")[:20]
    form = OwnFoodForm(posted(request), food=food, currency=athlete.currency or "EUR", barcode=barcode)
    log_day = _day_to_log(request.POST.get("log_day") or request.GET.get("log_day", ""))
    if request.method == "POST":

        def save() -> str:
            if food is None:
                made = create_own_food(athlete=athlete, values=form.values(), by=request.user)
                if log_day:
                    return f"{reverse('log_add', args=[log_day])}?food={made.pk}"
            else:
                update_own_food(food=food, values=form.values(), by=request.user)
            return reverse("own_foods")

        answer = submit(request, form, save, done=gettext("Saved. You can use it in your recipes."))
        if answer is not None:
            return answer
    page = {"form": form, "food": food, "currency": form.currency, "log_day": log_day}
    return render(request, "planning/own_food.html", page, status=422 if form.errors else 200)


def _day_to_log(text: str) -> str:
    """The day on whose log the new food is to be written next; empty without one."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_food_delete(request: Any, food_id: str) -> HttpResponse:
    """Asks, then removes an own food that no recipe holds."""
    food = find_or_404(Food.objects.filter(owner=request.athlete), food_id, "fod")
    refusal = ""
    if request.method == "POST":

        def remove() -> str:
            delete_own_food(food=food, by=request.user)
            return reverse("own_foods")

        try:
            return go_to(request, once(request, remove))
        except Conflict as error:
            refusal = error.message
    page = {"name": food.name, "refusal": refusal, "back_url": reverse("own_foods"), "what": "food"}
    return render(request, "planning/own_delete.html", page, status=422 if refusal else 200)


@athlete_page
@require_safe
def own_recipes(request: Any) -> HttpResponse:
    """The recipes this athlete has added, and why one is not planned."""
    athlete: Athlete = request.athlete
    recipes = Recipe.objects.filter(owner=athlete, active=True).order_by("name", "id").prefetch_related(
        "ingredients__food"
    )[:SHOWN]  # fmt: skip
    rows = [{"recipe": recipe, "reasons": reasons_against(recipe, athlete)} for recipe in recipes]
    return render(request, "planning/own_recipes.html", {"rows": rows, "withheld": is_withheld(athlete)})


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_recipe_add(request: Any) -> HttpResponse:
    """A new recipe; its ingredients are read line by line."""
    return _recipe_page(request, None)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_recipe_edit(request: Any, recipe_id: str) -> HttpResponse:
    """An own recipe, to change."""
    recipes = Recipe.objects.filter(owner=request.athlete, active=True).prefetch_related("ingredients__food")
    return _recipe_page(request, find_or_404(recipes, recipe_id, "rcp"))


def _recipe_page(request: Any, recipe: Recipe | None) -> HttpResponse:
    athlete: Athlete = request.athlete
    rows: list[Row] = []
    initial: dict[str, Any] = {}
    if request.method != "POST" and recipe is not None:
        initial, rows = recipe_initial(entered_values(recipe)), rows_of_recipe(recipe)
    form = OwnRecipeForm(posted(request), initial=initial)
    if request.method != "POST":
        return _show_recipe(request, form, rows, recipe)
    saving = request.POST.get("action") == "save"
    rows = read_rows(athlete, request.POST, demand=saving)
    valid = form.is_valid()
    if saving and valid and rows and not any(row.error for row in rows):

        def save() -> str:
            values = form.values([row.as_ingredient() for row in rows])
            confirmed = form.cleaned_data["confirm_amounts"]
            if recipe is None:
                made = create_own_recipe(athlete=athlete, values=values, confirm_amounts=confirmed, by=request.user)
            else:
                made = update_own_recipe(recipe=recipe, values=values, confirm_amounts=confirmed, by=request.user)
            return reverse("recipe", args=[made.pk])

        try:
            return go_to(request, once(request, save))
        except DomainError as error:
            if error.status >= 500:
                raise
            show_refusal(form, error)
    elif saving and not rows:
        form.add_error("more_lines", gettext("A recipe has at least one ingredient."))
    elif not saving:
        # Only the lines were asked for: what is still empty above is no mistake yet.
        form = OwnRecipeForm(initial={**request.POST.dict(), "slots": request.POST.getlist("slots"), "more_lines": ""})
    return _show_recipe(request, form, rows, recipe)


def _show_recipe(request: Any, form: OwnRecipeForm, rows: list[Row], recipe: Recipe | None) -> HttpResponse:
    wrong = bool(form.errors) or any(row.error for row in rows)
    # The lines that were typed have become rows; shown twice they would be read twice.
    page = {
        "form": form,
        "rows": rows,
        "look": sum(row.needs_look for row in rows),
        "recipe": recipe,
        "action": reverse("own_recipe_edit", args=[recipe.pk]) if recipe else reverse("own_recipe_add"),
        "lines_left": "" if rows else form["more_lines"].value() or "",
    }
    return render(request, "planning/own_recipe.html", page, status=422 if wrong and form.is_bound else 200)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_recipe_delete(request: Any, recipe_id: str) -> HttpResponse:
    """Asks, then removes an own recipe; plans that hold it keep it."""
    recipe = find_or_404(Recipe.objects.filter(owner=request.athlete, active=True), recipe_id, "rcp")
    if request.method == "POST":

        def remove() -> str:
            delete_own_recipe(recipe=recipe, by=request.user)
            return reverse("own_recipes")

        return go_to(request, once(request, remove))
    page = {"name": recipe.name, "back_url": reverse("recipe", args=[recipe.pk]), "what": "recipe"}
    return render(request, "planning/own_delete.html", page)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def import_recipe(request: Any) -> HttpResponse:
    """Paste a recipe; the next page shows every line with what it was taken for. Nothing is stored before that."""
    athlete: Athlete = request.athlete
    form = ImportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        pasted, metric = form.cleaned_data["text"], form.cleaned_data["metric_cups"]
        try:
            part = {"html": pasted} if form.is_page else {"text": pasted}
            draft = read_draft(athlete=athlete, metric_cups=metric, **part)
        except DomainError as error:
            if error.status >= 500:
                raise
            form.add_error("text", error.message)
        else:
            found = draft.found
            values = {
                "name": found.title,
                "servings": found.servings,
                "steps": found.steps,
                "hands_on_minutes": found.prep_minutes,
                "cook_minutes": found.cook_minutes,
            }
            rows = rows_of_draft(draft)
            page = {
                "form": OwnRecipeForm(initial=recipe_initial(values)),
                "rows": rows,
                "look": sum(row.needs_look for row in rows),
                "action": reverse("own_recipe_add"),
                "notes": [told_note(note) for note in found.notes],
                "imported": True,
            }
            return render(request, "planning/own_recipe.html", page)
    return render(request, "planning/import_recipe.html", {"form": form}, status=422 if form.errors else 200)
