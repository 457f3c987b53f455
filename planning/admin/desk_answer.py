"""A changed plan that waits for an athlete's answer, answered by the coach with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from athletes.admin.scope import is_coach
from athletes.querysets import visible_athletes
from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import today
from nutrition_site.pages import find_or_404, posted, submit
from planning.admin.desk import coached_or_404
from planning.admin.forms import AnswerForm
from planning.models import MealPlan
from planning.services.coaching_proposals import answer_as_coach
from planning.services.plans import with_contents
from planning.services.proposals import calendar_trouble, open_proposals
from planning.views.plans import changes_in_words
from planning.views.proposals import moves_in_words
from planning.wording import CHANGE_WORDS


def answer_page(request: HttpRequest, plan_id: str) -> HttpResponse:
    """What moved and what would change, and a form that takes it or keeps the plan. 404 without agreement."""
    if not (is_coach(request.user) and request.user.is_coach):
        raise Http404
    seen = MealPlan.objects.filter(visible_athletes(request.user, prefix="athlete__"))
    plan: MealPlan = find_or_404(with_contents(seen), plan_id, "mpl")
    athlete = coached_or_404(request, plan.athlete_id)
    proposal = open_proposals([plan]).get(plan.pk)
    back = reverse("admin:coach_athlete", args=[athlete.pk])
    form = AnswerForm(posted(request), initial={"revision": proposal.number if proposal else None})
    if request.method == "POST":
        accept = request.POST.get("deed") == "accept"

        def answer() -> str:
            values = form.cleaned_data
            answer_as_coach(
                coach=request.user,
                plan=plan,
                revision=values["revision"],
                accept=accept,
                reason=values["reason"],
            )
            return back

        told = _("The changed plan is taken.") if accept else _("The plan stays as it is.")
        response = submit(request, form, answer, done=f"{told} {_('The athlete is told.')}")
        if response is not None:
            return response
        # A refusal may have left another change: that one is shown, and the next answer is about it.
        plan = find_or_404(with_contents(seen), plan_id, "mpl")
        proposal = open_proposals([plan]).get(plan.pk)
        if proposal is not None:
            form.data = request.POST.copy()
            form.data["revision"] = str(proposal.number)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("A changed plan"),
        "athlete": athlete,
        "plan": plan,
        "proposal": proposal,
        "moves": moves_in_words(proposal) if proposal else [],
        "changes": _changes(plan, proposal.diff) if proposal and proposal.diff else None,
        "withheld": numbers_withheld(athlete, today=today(athlete.zones)),
        "calendars": calendar_trouble(athlete),
        "form": form,
        "back": back,
    }
    return TemplateResponse(request, "admin/coach_answer.html", context, status=422 if form.errors else 200)


def _changes(plan: MealPlan, diff: dict[str, Any]) -> dict[str, Any]:
    """The athlete's own words for the changes, but for the one that says "you"."""
    changes = changes_in_words(plan, diff)
    for row in changes["rows"]:
        if row["why"] == str(CHANGE_WORDS["not_allowed"]):
            row["why"] = _("the athlete no longer eats it")
    return changes
