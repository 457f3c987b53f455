"""What is at home: looking, adding, correcting."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from athletes.models import Athlete
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit
from planning.amounts import name_order, told_amount
from planning.catalogue.names import aisle_name, food_name
from planning.forms_shopping import PantryAmountForm, PantryForm
from planning.models import Food, PantryItem
from planning.quantities import grams_text, kitchen_text
from planning.services.pantry import (
    add_to_pantry,
    read_grams,
    remove_pantry_item,
    set_pantry_item,
    usable_food,
)
from planning.services.past_meals import mark_past_as_eaten, unmarked_meals
from planning.services.search import search_foods
from planning.wording import spaced

MAX_FOUND = 8
MAX_WORDS = 80


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def pantry(request: Any) -> HttpResponse:
    """Everything at home by aisle; a food is searched first, then its amount is said."""
    athlete: Athlete = request.athlete
    words = "".join(mark for mark in request.GET.get("q", "") if mark.isprintable()).strip()[:MAX_WORDS]
    foods = _offered(request, athlete, words)
    form = PantryForm(posted(request), foods=foods, initial={"food_id": foods[0][0] if len(foods) == 1 else None})
    if request.method == "POST":

        def produce() -> str:
            food = usable_food(athlete, form.cleaned_data["food_id"])
            grams = read_grams(athlete=athlete, food=food, text=form.cleaned_data["quantity"])
            add_to_pantry(athlete=athlete, food_id=food.pk, grams=grams, by=request.user)
            return reverse("shopping_pantry")

        answer = submit(request, form, produce)
        if answer is not None:
            return answer
    aisles = _by_aisle(athlete)
    page = {
        "aisles": aisles,
        "words": words,
        "foods": foods,
        "form": form,
        "unmarked": len(unmarked_meals(athlete)) if aisles else 0,
    }
    return render(request, "planning/pantry.html", page, status=422 if form.errors else 200)


@athlete_page
@require_POST
def pantry_past(request: Any) -> HttpResponse:
    """Says that the planned meals of past days were eaten: the pantry gives what they took."""

    def produce() -> str:
        mark_past_as_eaten(athlete=request.athlete, by=request.user)
        return reverse("shopping_pantry")

    return go_to(request, once(request, produce))


def _offered(request: Any, athlete: Athlete, words: str) -> list[tuple[str, str]]:
    """The foods to choose from: what the words mean best, or the one that was chosen already."""
    chosen = request.POST.get("food_id", "")
    if is_id(chosen, "fod"):
        foods = list(Food.objects.filter(pk=chosen))
    else:
        among = Food.objects.filter(Q(owner=None) | Q(owner=athlete))
        foods = list(search_foods(words, among=among)[:MAX_FOUND]) if words else []
    return [(food.pk, food_name(food)) for food in foods if food.owner_id in (None, athlete.pk)]


def _by_aisle(athlete: Athlete) -> list[dict[str, Any]]:
    aisles: dict[str, list[dict[str, Any]]] = {}
    for item in PantryItem.objects.filter(athlete=athlete).select_related("food").order_by("food__name"):
        food = item.food
        kitchen = kitchen_text(item.grams, shopping=food.shopping, density_g_per_ml=food.density_g_per_ml)
        row = {
            "id": item.pk,
            "name": food_name(food),
            "amount": spaced(told_amount(grams_text(item.grams))),
            "kitchen": told_amount(kitchen),
        }
        aisles.setdefault(food.aisle or "Other", []).append({**row, "none": item.grams <= 0})
    for rows in aisles.values():
        rows.sort(key=lambda row: name_order(row["name"]))
    return [{"name": aisle_name(name), "items": rows} for name, rows in sorted(aisles.items())]


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def pantry_item(request: Any, pantry_id: str) -> HttpResponse:
    """Corrects how much of one food there is."""
    athlete: Athlete = request.athlete
    item = find_or_404(PantryItem.objects.filter(athlete=athlete).select_related("food"), pantry_id, "pty")
    form = PantryAmountForm(posted(request), initial={"quantity": f"{item.grams:g} g"})
    if request.method == "POST":

        def produce() -> str:
            text = form.cleaned_data["quantity"]
            # "Nothing left" is an amount that no recipe line has.
            grams = 0.0 if _is_nothing(text) else read_grams(athlete=athlete, food=item.food, text=text)
            set_pantry_item(athlete=athlete, pantry_id=item.pk, grams=grams, by=request.user)
            return reverse("shopping_pantry")

        answer = submit(request, form, produce)
        if answer is not None:
            return answer
    page = {"item": item, "form": form}
    return render(request, "planning/pantry_item.html", page, status=422 if form.errors else 200)


def _is_nothing(text: str) -> bool:
    return text.strip().lower() in ("0", "0g", "0 g", "nothing", "none")


@athlete_page
@require_POST
def pantry_remove(request: Any, pantry_id: str) -> HttpResponse:
    """Takes a food out of the pantry. A second click finds it gone already."""
    find_or_404(PantryItem.objects.filter(athlete=request.athlete), pantry_id, "pty")
    remove_pantry_item(athlete=request.athlete, pantry_id=pantry_id, by=request.user)
    return go_to(request, reverse("shopping_pantry"))
