"""One meal for another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from athletes.models import Athlete
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page
from planning.catalogue.names import dish_name
from planning.forms import SwapForm
from planning.models import MealPlan, PlanItem
from planning.phrases import tell
from planning.services.plans import with_contents
from planning.services.swaps import LEFTOVER_KEPT, PLAN_STALE, suggest_swaps, swap_meal
from planning.views.meals import Meal, eaten_later, find_item
from planning.views.plans import attempt
from planning.views.reading import day_or_404, is_withheld
from planning.wording import ALSO_WORDS, SWAP_WORDS, meal_in_words, servings_in_words


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def swap(request: Any, day: str, item_id: str) -> HttpResponse:
    """Dishes that may stand here with the day still checked, best first; choosing one stores it."""
    athlete: Athlete = request.athlete
    wanted = day_or_404(athlete, day)
    back_url = reverse("day", args=[wanted.isoformat()])
    item = find_item(athlete, item_id if is_id(item_id, "itm") else "")
    if item is None:
        messages.warning(request, _("This meal has changed meanwhile. This is your plan now."))
        return HttpResponseRedirect(back_url, status=303)
    plan = with_contents(MealPlan.objects.filter(athlete=athlete)).get(pk=item.revision.plan_id)
    place = (item.date, item.slot, item.index)
    refusal = None
    form = SwapForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        chosen = form.cleaned_data["recipe_id"]
        quarters = form.cleaned_data["quarters"]

        def produce() -> str:
            swap_meal(plan=plan, place=place, recipe_id=chosen, quarters=quarters, by=request.user)
            return f"{back_url}?changes={plan.pk}"

        answer, refusal = attempt(request, produce)
        if answer is not None:
            return answer
    rows: list[dict[str, Any]] = []
    unavailable = why_none = ""
    reason: str | None = None
    if item.status != PlanItem.Status.EATEN:
        try:
            found = suggest_swaps(plan=plan, place=place, portions=True)
            rows = [{**row, "change": _signed(row["change"]), "also": _also_in_words(row)} for row in found.rows]
            reason, why_none = found.reason, tell(found.message)
        except DomainError as error:
            unavailable = tell(error.message)
    page = {
        "cooked_for": _cooked_for(plan, item) if reason == LEFTOVER_KEPT else [],
        "why_none": why_none,
        "plan": plan,
        # Alternatives are measured against the present targets: an old plan has to catch up before any can fit.
        "stale": reason == PLAN_STALE,
        "day": wanted,
        "meal": Meal(item, eaten_later=eaten_later(list(plan.current.items.all()), item) if plan.current else []),
        "rows": rows,
        "groups": _groups(rows),
        "unavailable": unavailable,
        "refusal": refusal,
        "broken": form is not None and not form.is_valid(),
        "back_url": back_url,
        "withheld": is_withheld(athlete),
        "eaten": item.status == PlanItem.Status.EATEN,
    }
    return render(request, "planning/swap.html", page, status=422 if refusal or page["broken"] else 200)


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The alternatives under what else they change, or what speaks for each, best first within a group."""
    found: dict[str, list[dict[str, Any]]] = {reason: [] for reason in SWAP_WORDS}
    for row in rows:
        reason = row["kind"] if row["kind"] in found else row["why"][0] if row["why"] else ""
        # Another serving is asked for exactly; another dish takes the serving that suits the day.
        found[reason].append({**row, "quarters": round(row["servings"] * 4) if reason == "portion" else None})
    return [{"words": _(SWAP_WORDS[reason]), "rows": group} for reason, group in found.items() if group]


def _cooked_for(plan: MealPlan, item: PlanItem) -> list[Meal]:
    """Later meals that eat what is cooked here: while they stay, this dish has to stay."""
    place = [item.date.isoformat(), item.slot, item.index]
    later = PlanItem.objects.filter(revision_id=plan.current_id, leftover_of__isnull=False).select_related("recipe")
    return [Meal(row) for row in later if list(row.leftover_of or ()) == place]


def _also_in_words(row: dict[str, Any]) -> list[str]:
    """The other meals that an alternative changes, a sentence each."""
    return [
        _(ALSO_WORDS[other["change"]]).format(
            meal=meal_in_words(date.fromisoformat(other["date"]), other["slot"]),
            name=dish_name(other["name"]),
            servings=servings_in_words(other["servings"]),
        )
        for other in row["also"]
    ]


def _signed(change: dict[str, float]) -> dict[str, str]:
    """What the day gains or loses, with a sign that is read out: +12, −5, ±0."""
    told = {}
    for name, amount in change.items():
        whole = round(amount)
        told[name] = f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "±0"
    return told
