"""One dish at the stove: a step a screen, and the same on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nutrition_site.kernel.sentences import in_english
from nutrition_site.pages import athlete_page
from planning.cooking import CookLine, find_timers, lines_by_step
from planning.kitchen import names_an_amount
from planning.views.recipes import dish_page
from planning.wording import length_in_words


@athlete_page
@require_safe
def cook(request: Any, recipe_id: str) -> HttpResponse:
    """Getting everything ready (step 0), then one step a screen with what it takes and the times it names."""
    page = dish_page(request, recipe_id)
    found, asked = page["recipe"], page["asked"]
    back_url = reverse("recipe", args=[found.pk]) + asked
    if not found.method:
        return HttpResponseRedirect(back_url)
    count = len(found.method)
    step = _step(request.GET.get("step"), count)
    here = reverse("recipe_cook", args=[found.pk]) + asked
    page |= {
        "back_url": back_url,
        "step": step,
        "count": count,
        "steps": [{"number": n, "url": f"{here}&step={n}", "on": n == step} for n in range(count + 1)],
        "before_url": f"{here}&step={step - 1}" if step else "",
        "after_url": f"{here}&step={step + 1}" if step < count else "",
        "done_url": f"{reverse('today')}#meals" if any(row["is_today"] for row in page["planned"]) else back_url,
        "needed": page["lines"],
        "timers": [],
    }
    if step:
        told = found.method[step - 1]
        timers, own_words = find_timers(told), page["own"] or in_english()
        named = [CookLine(row["line"].show, row["line"].food.name, row["line"].food.aisle) for row in page["lines"]]
        page |= {
            "words": page["method"][step - 1],
            "needed": [page["lines"][position] for position in lines_by_step(found.method, named)[step - 1]],
            # Times are found in the English step, whatever language it is shown in.
            "timers": [
                timer if own_words else replace(timer, words=length_in_words(timer.seconds / 60)) for timer in timers
            ],
            "for_a_batch": page["method_keeps_amounts"] and names_an_amount(told),
        }
    return render(request, "planning/cook.html", page)


@athlete_page
@require_safe
def recipe_print(request: Any, recipe_id: str) -> HttpResponse:
    """Ingredients and steps for paper, in the amounts asked for."""
    page = dish_page(request, recipe_id)
    page["back_url"] = reverse("recipe", args=[page["recipe"].pk]) + page["asked"]
    return render(request, "planning/recipe_print.html", page)


def _step(text: str | None, count: int) -> int:
    """Which screen is asked for: 0 is getting ready; what is none is the nearest."""
    if not text or not (text.isascii() and text.isdigit()):
        return 0
    return min(int(text[:4]), count)
