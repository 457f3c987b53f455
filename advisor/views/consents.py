"""What the athlete allows the advisor, and exactly what would be sent."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from advisor.consents import consent_of, may_ask_outside, set_consents
from advisor.forms import ConsentForm, PreviewForm
from advisor.outgoing import is_outside, preview_request
from advisor.retention import default_retention_days
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.pages import athlete_page, posted, show_refusal, submit


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_advisor(request: Any) -> HttpResponse:
    """Who may read what, and how long it is kept; each is taken back at once."""
    athlete = request.athlete
    default = default_retention_days()
    consent = consent_of(athlete)
    form = ConsentForm(posted(request), consent=consent, default_days=default)
    if request.method == "POST":

        def save() -> str:
            set_consents(athlete=athlete, by=request.user, values=form.cleaned_data)
            return reverse("settings_advisor")

        answer = submit(request, form, save, done=gettext("Saved. It holds from now on."))
        if answer:
            return answer
    page = {"form": form, "consent": consent, "outside": is_outside(), "model": settings.AI_MODEL}
    return render(request, "advisor/settings.html", page, status=422 if form.errors else 200)


@athlete_page
@require_safe
def settings_advisor_sent(request: Any) -> HttpResponse:
    """What a question of the athlete's would send to the outside model; nothing is sent by looking."""
    form = PreviewForm(request.GET if "q" in request.GET else None)
    shown = None
    if form.is_valid():
        try:
            shown = preview_request(athlete=request.athlete, by=request.user, question=form.cleaned_data["q"])
        except InvalidInput as error:
            show_refusal(form, error)
    page = {
        "form": form,
        "shown": shown,
        "body": json.dumps(shown.body, indent=2, ensure_ascii=False) if shown and shown.body else "",
        "outside": is_outside(),
        "allowed": may_ask_outside(request.athlete),
        "model": settings.AI_MODEL,
    }
    return render(request, "advisor/sent.html", page, status=422 if form.errors else 200)
