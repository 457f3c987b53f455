"""The first page, and the questions before the first plan."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from athletes.forms.food import FoodForm
from athletes.forms.profile import BasicsForm
from athletes.rules import numbers_withheld
from athletes.services.profile import create_athlete, update_athlete
from athletes.views.calendars import blank_forms, connect_from, forms_by_name
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from nutrition_site.pages import athlete_page, first_url, home_of, posted, signed_in_page, submit


@require_safe
def landing(request: Any) -> HttpResponse:
    """What it does, on one screen; who is signed in goes on to the day."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(home_of(request.user))
    return render(request, "athletes/landing.html")


@athlete_page
@require_safe
def more(request: Any) -> HttpResponse:
    """Everything that has no place in the tab bar of a phone."""
    return render(request, "athletes/more.html")


def wants_us_units(request: Any, athlete: Any = None) -> bool:
    """Pounds and feet: as asked for on this page, else as the athlete set it."""
    asked = request.POST.get("shown_units") or request.GET.get("units")
    return asked == "us" if asked in ("us", "metric") else athlete is not None and athlete.units == "us"


@signed_in_page
@require_http_methods(["GET", "HEAD", "POST"])
def start_profile(request: Any) -> HttpResponse:
    """Step 1: who you are. Makes the profile, or changes the one that is there."""
    athlete = getattr(request.user, "athlete", None)
    us = wants_us_units(request, athlete)
    withheld = athlete is not None and numbers_withheld(athlete, today=today(athlete.zones))
    form = BasicsForm(posted(request), athlete=athlete, us=us, withheld=withheld)

    def save() -> str:
        values = form.values()
        if athlete is not None:
            update_athlete(by=request.user, athlete=athlete, values=values)
        else:
            # A profile that was made meanwhile in another window is the one to go on with.
            with suppress(Conflict):
                create_athlete(by=request.user, values={**values, "units": "us" if us else "metric"})
        return reverse("start_food")

    if request.method == "POST":
        answer = submit(request, form, save)
        if answer:
            return answer
    page = {"form": form, "us": us, "step": 1, "questions": len(form.visible_fields())}
    return render(request, "onboarding/profile.html", page, status=422 if form.errors else 200)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def start_food(request: Any) -> HttpResponse:
    """Step 2: what you eat and do not eat."""
    form = FoodForm(posted(request), athlete=request.athlete)
    if request.method == "POST":

        def save() -> str:
            update_athlete(by=request.user, athlete=request.athlete, values=form.values())
            return reverse("start_calendar")

        answer = submit(request, form, save)
        if answer:
            return answer
    return render(request, "onboarding/food.html", {"form": form, "step": 2}, status=422 if form.errors else 200)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def start_calendar(request: Any) -> HttpResponse:
    """Step 3: where your training is written down; it works without one, too."""
    following = first_url("start_plan", "today", "training")
    forms = blank_forms()
    if request.method == "POST":
        answer, forms = connect_from(request, next_url=reverse("start_calendar"))
        if answer:
            return answer
    calendars = list(request.athlete.calendars.all())
    day = today(request.athlete.zones)
    page = {
        "step": 3,
        **forms_by_name(forms),
        "google_open": any(row.provider == "google_calendar" and row.status == "reconnect" for row in calendars),
        "calendars": calendars,
        "upcoming": list(request.athlete.training_events.counting().filter(local_date__gte=day)[:3]),
        "following": following,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "onboarding/calendar.html", page, status=status)


@signed_in_page
@require_safe
def start(request: Any) -> HttpResponse:
    """Where the questions begin."""
    return redirect("start_profile")
