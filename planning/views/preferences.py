"""Standing rules, and what an athlete thinks of a dish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from athletes.models import Athlete
from nutrition_site.kernel.errors import DomainError
from nutrition_site.pages import athlete_page, find_or_404, go_to, posted, submit
from planning.catalogue.names import dish_name
from planning.forms import OpinionForm, RulesForm
from planning.models import Recipe
from planning.phrases import tell
from planning.services.opinions import never_again, set_opinion
from planning.services.rules import offered_tags, rules_of, update_rules


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def planning_rules(request: Any) -> HttpResponse:
    """How often, how long, and on which days the athlete cooks; every new plan keeps to it."""
    athlete: Athlete = request.athlete
    form = RulesForm(posted(request), rules=rules_of(athlete), tags=offered_tags())
    if request.method == "POST":

        def save() -> str:
            update_rules(athlete=athlete, values=form.values(), by=request.user)
            return reverse("planning_rules")

        answer = submit(request, form, save, done=_("Saved. New plans keep to it."))
        if answer:
            return answer
    return render(request, "planning/rules.html", {"form": form}, status=422 if form.errors else 200)


@athlete_page
@require_POST
def recipe_opinion(request: Any, recipe_id: str) -> HttpResponse:
    """Says what the athlete thinks of a dish; sent twice it has the effect of once."""
    recipe = find_or_404(Recipe.objects.visible_to(request.user), recipe_id, "rcp")
    form = OpinionForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Nothing was noted. Please try again."))
    else:
        try:
            _note(request, recipe, form)
        except DomainError as error:
            messages.warning(request, tell(error.message))
    return go_to(request, _back(request) or reverse("recipe", args=[recipe.pk]))


def _note(request: Any, recipe: Recipe, form: OpinionForm) -> None:
    athlete: Athlete = request.athlete
    values = form.values()
    if form.cleaned_data["never"]:
        never_again(athlete=athlete, recipe=recipe, by=request.user)
        words = _("%(dish)s is among your dislikes now. New plans leave it out.")
        messages.success(request, words % {"dish": dish_name(recipe)})
    elif values:
        set_opinion(athlete=athlete, recipe=recipe, values=values, by=request.user)
        messages.success(request, _("Noted. New plans follow it."))


def _back(request: Any) -> str:
    """The page of ours that the form was on."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if ours else ""
