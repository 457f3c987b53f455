"""What an athlete can do about what a coach set."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nutrition_site.pages import athlete_page, find_or_404, go_to, once
from planning.models import CoachBound
from planning.services.coaching_bounds import bound_words, coach_name, end_coach_bound


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def coach_bound_end(request: Any, bound_id: str) -> HttpResponse:
    """Asks, then ends a limit that a coach set for the athlete's plans."""
    rows = CoachBound.objects.filter(athlete=request.athlete).select_related("coach")
    bound: CoachBound = find_or_404(rows, bound_id, "cbd")
    if request.method == "POST":

        def end() -> str:
            end_coach_bound(by=request.user, bound=bound)
            return reverse("settings_coaches")

        return go_to(request, once(request, end))
    page = {
        "bound": bound,
        "words": bound_words(bound),
        "coach": coach_name(bound.coach),
        "back_url": reverse("settings_coaches"),
    }
    return render(request, "planning/coach_limit_end.html", page)
