"""Meals in the athlete's own calendar: the secret address, what it shows, and the file behind it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nutrition_site.kernel.api import limits
from nutrition_site.kernel.errors import NotFound
from nutrition_site.pages import athlete_page, go_to, once, posted, submit
from planning.forms import FeedForm
from planning.models import OutgoingFeed
from planning.services.feed_content import feed_content
from planning.services.feeds import SCOPES, feed_document, find_feed, open_feed, revoke_feed

# Calendars read a feed every few minutes at most; many of one household may share an address.
REQUESTS_PER_MINUTE = 60


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: Any) -> HttpResponse:
    """The address of the feed and what it shows; saving makes the address where there is none."""
    feed = OutgoingFeed.objects.filter(athlete=request.athlete).first()
    form = FeedForm(posted(request), initial={name: getattr(feed, name) for name in SCOPES} if feed else None)

    def save() -> str:
        open_feed(athlete=request.athlete, scopes=dict(form.cleaned_data), by=request.user)
        return reverse("calendar_feed")

    if request.method == "POST":
        answer = submit(request, form, save)
        if answer is not None:
            return answer
    shown = feed_document(feed, origin=request.build_absolute_uri("/")[:-1]) if feed else None
    page = {"feed": feed, "shown": shown, "form": form}
    return render(request, "planning/calendar_feed.html", page, status=422 if form.errors else 200)


@athlete_page
@require_POST
def calendar_feed_revoke(request: Any) -> HttpResponse:
    """Ends the address at once."""

    def end() -> str:
        if OutgoingFeed.objects.filter(athlete=request.athlete).exists():
            revoke_feed(athlete=request.athlete, by=request.user)
        return reverse("calendar_feed")

    return go_to(request, once(request, end))


@csrf_exempt
@require_safe
def feed_file(request: Any, token: str) -> HttpResponse:
    """The iCalendar file; 304 when the reader has it already. Unknown or revoked is 404."""
    limits.hit(limits.per_minute(REQUESTS_PER_MINUTE), "feed", limits.client_address(request))
    try:
        feed = find_feed(token)
    except NotFound as missing:
        raise Http404 from missing
    body, etag, changed = feed_content(feed, origin=request.build_absolute_uri("/")[:-1])
    known = [mark.strip() for mark in request.headers.get("If-None-Match", "").split(",")]
    response: HttpResponse
    if etag in known or f"W/{etag}" in known or "*" in known:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="athleat.ics"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
