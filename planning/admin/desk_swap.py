"""One dish for another in an athlete's plan, by the coach: the same offers and the same check as for the athlete."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import posted, submit
from planning.admin.desk import coached_or_404
from planning.admin.forms import SwapForm
from planning.models import MealPlan, PlanItem
from planning.services.coaching_plan import coach_swaps_meal
from planning.services.plans import with_contents
from planning.services.proposals import open_proposals
from planning.services.swaps import find_alternatives
from planning.wording import slot_name


def swap_page(request: HttpRequest, athlete_id: str, item_id: str) -> HttpResponse:
    """Dishes that may stand in the place of a meal with its day still checked; choosing one stores it."""
    athlete = coached_or_404(request, athlete_id)
    if not request.user.is_coach:
        raise Http404
    item = _item(athlete.pk, item_id)
    plan = with_contents(MealPlan.objects.filter(athlete=athlete)).get(pk=item.revision.plan_id)
    place = (item.date, item.slot, item.index)
    offers: list[dict[str, Any]] = []
    unavailable = ""
    try:
        offers = find_alternatives(plan=plan, place=place)
    except DomainError as error:
        unavailable = error.message
    form = SwapForm(posted(request), dishes=[(row["recipe_id"], row["name"]) for row in offers])
    back = reverse("admin:coach_athlete", args=[athlete.pk])
    if request.method == "POST":

        def swap() -> str:
            values = form.cleaned_data
            coach_swaps_meal(
                coach=request.user,
                plan=plan,
                item_id=item.pk,
                recipe_id=values["recipe_id"],
                reason=values["reason"],
            )
            return back

        answer = submit(request, form, swap, done="Swapped. The athlete is told.")
        if answer is not None:
            return answer
    context = {
        **admin.site.each_context(request),
        "title": "Swap a meal",
        "athlete": athlete,
        "item": item,
        "slot": slot_name(item.slot),
        "form": form,
        "offers": offers,
        "unavailable": unavailable,
        "waiting": plan if not offers and open_proposals([plan]) else None,
        "back": back,
    }
    return TemplateResponse(request, "admin/coach_swap.html", context, status=422 if form.errors else 200)


def _item(athlete_id: str, item_id: str) -> PlanItem:
    """A meal of the present state of one of the athlete's plans; 404 for any other."""
    rows = PlanItem.objects.filter(revision__plan__athlete=athlete_id, revision__current_of__isnull=False)
    found = rows.filter(pk=item_id).select_related("recipe", "revision").first() if is_id(item_id, "itm") else None
    if found is None:
        raise Http404
    return found
