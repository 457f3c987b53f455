"""The board: moving a meal to another day or meal of its plan; and taking a move or a swap back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from athletes.models import Athlete
from nutrition_site.kernel.errors import Conflict, DomainError
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page, find_or_404, go_to, once
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import Place
from planning.phrases import tell
from planning.services.board import EXCHANGE, MovePlace, find_move_places, move_meal
from planning.services.plans import with_contents
from planning.services.swaps import PLAN_STALE
from planning.services.undoing import undo_change
from planning.views.meals import Meal, eaten_later, find_item
from planning.views.plans import attempt, back_to
from planning.views.reading import day_or_404, is_withheld


class MoveForm(forms.Form):
    """Where a meal is to stand: day, meal and its number, as `2026-11-21 dinner 0`."""

    to = forms.RegexField(r"^\d{4}-\d{2}-\d{2} [a-z_]{2,12} \d{1,2}$", max_length=30)

    def place(self) -> Place:
        day, slot, index = self.cleaned_data["to"].split(" ")
        return (day, slot, int(index))


class UndoForm(forms.Form):
    """Which revision the reader saw, and the page with its day to go back to."""

    revision = forms.IntegerField(min_value=1)
    back = forms.ChoiceField(required=False, choices=[("today", "today"), ("week", "week"), ("day", "day")])
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Any, day: str, item_id: str) -> HttpResponse:
    """Where a meal may move to, a button for each place; moving shows the week with what changed."""
    athlete: Athlete = request.athlete
    wanted = day_or_404(athlete, day)
    week_url = reverse("week", args=[wanted.isoformat()])
    item = find_item(athlete, item_id if is_id(item_id, "itm") else "")
    if item is None:
        return _gone(request, week_url)
    plan = with_contents(MealPlan.objects.filter(athlete=athlete)).get(pk=item.revision.plan_id)
    refusal = None
    form = MoveForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        place = form.place()

        def produce() -> str:
            move_meal(plan=plan, item=item, to=place, by=request.user)
            return f"{week_url}?changes={plan.pk}"

        answer, refusal = attempt(request, produce)
        if answer is not None:
            return answer
    places: list[MovePlace] = []
    stays = ""
    stale = False
    try:
        places = find_move_places(plan=plan, item=item)
    except Conflict as error:
        stays, stale = tell(error.message), error.code == PLAN_STALE
    page = {
        "plan": plan,
        "day": wanted,
        "meal": Meal(item, eaten_later=eaten_later(list(plan.current.items.all()), item) if plan.current else []),
        "days": _by_day(places),
        "stays": stays,
        "stale": stale,
        # What a whole week could give way in does not help a single move.
        "refusal": {**refusal, "relaxations": []} if refusal else None,
        "broken": form is not None and not form.is_valid(),
        "week_url": week_url,
        "withheld": is_withheld(athlete),
    }
    return render(request, "planning/move.html", page, status=422 if refusal or page["broken"] else 200)


def _gone(request: Any, week_url: str) -> HttpResponse:
    """The answer for a meal that is not there any more: what the same form led to, where it was sent twice."""

    def refuse() -> str:
        raise Conflict(_("This meal has changed meanwhile. This is your plan now."), code="plan_changed")

    try:
        return go_to(request, once(request, refuse))
    except Conflict as error:
        messages.warning(request, tell(error.message))
        return HttpResponseRedirect(week_url, status=303)


def _by_day(places: Sequence[MovePlace]) -> list[dict[str, Any]]:
    """The places under their days: `{date, rows: [{meal, to, exchange}]}`."""
    return [
        {
            "date": found,
            "rows": [
                {"meal": Meal(place.item), "to": _address(place.item), "exchange": place.way == EXCHANGE}
                for place in rows
            ],
        }
        for found, rows in groupby(places, key=lambda place: place.item.date)
    ]


def _address(item: PlanItem) -> str:
    return f"{item.date.isoformat()} {item.slot} {item.index}"


@athlete_page
@require_POST
def undo(request: Any, plan_id: str) -> HttpResponse:
    """Takes the last move or swap back: its meals are what they were before."""
    plan = find_or_404(with_contents(MealPlan.objects.filter(athlete=request.athlete)), plan_id, "mpl")
    form = UndoForm(request.POST)
    form.is_valid()
    shown = form.cleaned_data.get("day") or plan.week_start
    back_url = back_to(form.cleaned_data.get("back") or "week", shown)
    if form.errors:
        messages.warning(request, _("Nothing was taken back. Please try again."))
        return go_to(request, back_url)

    def produce() -> str:
        undo_change(plan=plan, revision=form.cleaned_data["revision"], by=request.user)
        return f"{back_url}?changes={plan.pk}"

    try:
        return go_to(request, once(request, produce))
    except DomainError as error:
        if error.status >= 500:
            raise
        messages.warning(request, tell(error.message))
        return go_to(request, back_url)
