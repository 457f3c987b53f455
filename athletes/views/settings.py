"""Settings of the athlete: profile, food, coaches."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from athletes.forms.food import FoodForm
from athletes.forms.profile import ProfileForm
from athletes.forms.travel import JourneyForm, JourneyStartForm
from athletes.models import CoachLink
from athletes.rules import has_verified_email, numbers_withheld
from athletes.services.care import end_care
from athletes.services.coaches import consent_to_coach, end_coach_link
from athletes.services.profile import add_journey, remove_journey, update_athlete
from athletes.validation import profile_warnings
from athletes.views.start import wants_us_units
from nutrition_site.kernel.clock import today
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_profile(request: Any) -> HttpResponse:
    """Every answer of the profile, in the units the athlete reads."""
    athlete = request.athlete
    us = wants_us_units(request, athlete)
    day = today(athlete.zones)
    withheld = numbers_withheld(athlete, today=day)
    form = ProfileForm(posted(request), athlete=athlete, us=us, withheld=withheld)
    if request.method == "POST":

        def save() -> str:
            update_athlete(by=request.user, athlete=athlete, values=form.values())
            return reverse("settings_profile")

        answer = submit(request, form, save, done=gettext("Your profile is saved. New plans use it."))
        if answer:
            return answer
    page = {
        "form": form,
        "us": us,
        "withheld": withheld,
        "care_until": athlete.care_until if athlete.care_until is not None and day <= athlete.care_until else None,
        "warnings": profile_warnings(athlete, today=day) if not withheld else [],
    }
    return render(request, "athletes/settings_profile.html", page, status=422 if form.errors else 200)


@athlete_page
@require_POST
def care_end(request: Any) -> HttpResponse:
    """Shows energy and weight again, which the advisor's care had hidden."""

    def end() -> str:
        end_care(by=request.user, athlete=request.athlete)
        return reverse("settings_profile")

    return go_to(request, once(request, end))


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_food(request: Any) -> HttpResponse:
    """Diets, allergies, tastes, time and money."""
    form = FoodForm(posted(request), athlete=request.athlete)
    if request.method == "POST":

        def save() -> str:
            update_athlete(by=request.user, athlete=request.athlete, values=form.values())
            return reverse("settings_food")

        said = gettext("Saved. New plans keep to it; your week marks what you no longer eat.")
        answer = submit(request, form, save, done=said)
        if answer:
            return answer
    return render(request, "athletes/settings_food.html", {"form": form}, status=422 if form.errors else 200)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_travel(request: Any) -> HttpResponse:
    """The days in other time zones, and a form for more of them."""
    athlete = request.athlete
    form = JourneyForm(posted(request))
    if request.method == "POST":

        def save() -> str:
            add_journey(by=request.user, athlete=athlete, values=form.values())
            return reverse("settings_travel")

        answer = submit(
            request, form, save, done=gettext("Saved. Sessions and meals on these days follow the clock there.")
        )
        if answer:
            return answer
    day = today(athlete.zones)
    page = {
        "form": form,
        "athlete": athlete,
        "day": day,
        "ahead": [journey for journey in athlete.journeys if journey.last_day >= day],
        "over": [journey for journey in reversed(athlete.journeys) if journey.last_day < day],
    }
    return render(request, "athletes/settings_travel.html", page, status=422 if form.errors else 200)


@athlete_page
@require_POST
def journey_remove(request: Any) -> HttpResponse:
    """Takes the journey that begins on the day `first_day` out again."""
    form = JourneyStartForm(request.POST)
    if not form.is_valid():
        raise Http404

    def remove() -> str:
        remove_journey(by=request.user, athlete=request.athlete, first_day=form.cleaned_data["first_day"])
        return reverse("settings_travel")

    return go_to(request, once(request, remove))


@athlete_page
@require_safe
def settings_coaches(request: Any) -> HttpResponse:
    """Who may see the athlete, and who asks to."""
    links = CoachLink.objects.filter(athlete=request.athlete).select_related("coach").order_by("-invited_at")
    page = {
        "invited": [link for link in links if link.status == CoachLink.Status.INVITED],
        "active": [link for link in links if link.status == CoachLink.Status.ACTIVE],
        "ended": [link for link in links if link.status == CoachLink.Status.ENDED],
        "verified": has_verified_email(request.user),
    }
    return render(request, "athletes/settings_coaches.html", page)


@athlete_page
@require_POST
def coach_consent(request: Any, link_id: str) -> HttpResponse:
    """Lets a coach see the athlete's data."""
    link = _mine(request, link_id)

    def consent() -> str:
        consent_to_coach(by=request.user, link=link)
        return reverse("settings_coaches")

    return go_to(request, once(request, consent))


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def coach_end(request: Any, link_id: str) -> HttpResponse:
    """Asks, then ends an invitation or a link."""
    link = _mine(request, link_id)
    if request.method == "POST":

        def end() -> str:
            end_coach_link(by=request.user, link=link)
            return reverse("settings_coaches")

        return go_to(request, once(request, end))
    return render(request, "athletes/coach_end.html", {"link": link, "back_url": reverse("settings_coaches")})


def _mine(request: Any, link_id: str) -> CoachLink:
    links = CoachLink.objects.filter(athlete=request.athlete).select_related("coach")
    found: CoachLink = find_or_404(links, link_id, "lnk")
    return found
