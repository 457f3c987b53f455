"""What a coach answered for the athlete about a changed plan, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from athletes.models import User
from nutrition_site.kernel.errors import Conflict
from nutrition_site.pages import athlete_page, find_or_404, go_to, once
from planning.models import MealPlan
from planning.services.coaching_bounds import coach_name
from planning.services.coaching_proposals import coach_answer, undo_coach_answer


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def coach_answer_page(request: Any, plan_id: str) -> HttpResponse:
    """Who answered and how, with a form that takes it back."""
    plan: MealPlan = find_or_404(MealPlan.objects.filter(athlete=request.athlete), plan_id, "mpl")
    here = reverse("coach_answer", args=[plan.pk])
    if request.method == "POST":
        seen = request.POST.get("revision", "")

        def undo() -> str:
            undo_coach_answer(by=request.user, plan=plan, revision=int(seen) if seen.isdecimal() else 0)
            return reverse("plan_proposal", args=[plan.pk])

        try:
            url = once(request, undo)
        except Conflict as error:
            messages.warning(request, error.message)
            return go_to(request, here)
        messages.success(request, _("Taken back."))
        return go_to(request, url)
    answer = coach_answer(plan)
    coach = User.objects.filter(pk=answer.coach_id).first() if answer else None
    page = {
        "plan": plan,
        "answer": answer,
        "coach": coach_name(coach) if coach else _("Your coach"),
        "back_url": reverse("week", args=[plan.week_start.isoformat()]),
    }
    return render(request, "planning/coach_answer.html", page)
