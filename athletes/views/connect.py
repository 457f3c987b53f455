"""The way to Google and back: its consent page is asked to send the athlete here with a code.

Going there is a link, not a form: the content security policy lets no form end on another site, and going there does
nothing that the athlete does not confirm at Google. Coming back counts only with a state that this session was given
within the last minutes and has not used yet.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from athletes.calendars.google_oauth import authorization_url, make_verifier
from athletes.models import CalendarConnection
from athletes.sentences import in_words
from athletes.services.calendars import choices_of, require_room_for_calendar
from athletes.services.google_connect import PROVIDER, connect_google, google_options
from athletes.views.calendars import connected_ids, read_now
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.entitlements import entitlements_of
from nutrition_site.kernel.errors import DomainError
from nutrition_site.pages import athlete_page, find_or_404

SESSION_KEY = "google_states"
STATE_SECONDS = 600
# Several windows may be on their way at once; whoever opens more starts again in the oldest.
STATES_KEPT = 5
# From where one can set out, and where one comes back to.
ORIGINS = {"start": "start_calendar"}


@athlete_page
@require_safe
def google_start(request: Any) -> HttpResponse:
    """To Google's consent page."""
    return _set_out(request, back=ORIGINS.get(request.GET.get("from", ""), "calendars"))


@athlete_page
@require_safe
def calendar_reconnect(request: Any, calendar_id: str) -> HttpResponse:
    """One click from a calendar that was refused: to Google's consent page, or to the form of its provider."""
    calendar = find_or_404(CalendarConnection.objects.filter(athlete=request.athlete), calendar_id, "cal")
    if calendar.provider == PROVIDER and google_options() is not None:
        return _set_out(request, back="calendars")
    return HttpResponseRedirect(f"{reverse('calendars')}?again={calendar.pk}#connect-{calendar.provider}")


@athlete_page
@require_safe
def google_return(request: Any) -> HttpResponse:
    """Back from Google: connects the calendar and reads it."""
    trip = _take_trip(request, request.GET.get("state", ""))
    if trip is None:
        messages.warning(
            request, gettext("This answer from Google is too old or was used already. Please connect once more.")
        )
        return HttpResponseRedirect(reverse("calendars"))
    code = request.GET.get("code", "")
    if not code or "error" in request.GET:
        messages.info(request, gettext("Google was not connected: it was not allowed there. Nothing has changed here."))
        return HttpResponseRedirect(reverse(trip["back"]))
    known = connected_ids(request)
    try:
        calendar = connect_google(
            by=request.user,
            athlete=request.athlete,
            code=code,
            verifier=trip["verifier"],
            redirect_uri=trip["redirect_uri"],
            entitlements=entitlements_of(request.user),
        )
        read_now(request, calendar, is_new=calendar.pk not in known)
    except DomainError as error:
        messages.warning(request, f"{gettext('Google was not connected.')} {in_words(error.message)}")
        return HttpResponseRedirect(reverse(trip["back"]))
    calendar.refresh_from_db()
    if len(choices_of(calendar)) > 1 and not calendar.selection:
        return HttpResponseRedirect(reverse("calendar_choose", args=[calendar.pk]))
    return HttpResponseRedirect(reverse(trip["back"]))


def _set_out(request: Any, *, back: str) -> HttpResponse:
    options = google_options()
    if options is None:
        messages.warning(request, gettext("Google Calendar can be connected here with an access token only."))
        return HttpResponseRedirect(reverse(back))
    try:
        if not CalendarConnection.objects.filter(athlete=request.athlete, provider=PROVIDER).exists():
            require_room_for_calendar(athlete=request.athlete, entitlements=entitlements_of(request.user))
    except DomainError as error:
        messages.warning(request, error.message)
        return HttpResponseRedirect(reverse(back))
    state, verifier = secrets.token_urlsafe(32), make_verifier()
    redirect_uri = request.build_absolute_uri(reverse("google_return"))
    trip = {
        "verifier": verifier,
        "redirect_uri": redirect_uri,
        "back": back,
        "user": request.user.pk,
        "until": now().timestamp() + STATE_SECONDS,
    }
    trips = [*request.session.get(SESSION_KEY, {}).items(), (state, trip)]
    request.session[SESSION_KEY] = dict(trips[-STATES_KEPT:])
    return HttpResponseRedirect(authorization_url(options, redirect_uri=redirect_uri, state=state, verifier=verifier))


def _take_trip(request: Any, state: str) -> dict[str, Any] | None:
    """What this session knows about a state, once; None when it knows nothing, or knew it too long ago."""
    trips = dict(request.session.get(SESSION_KEY, {}))
    trip: dict[str, Any] | None = trips.pop(state, None)
    if trip is None:
        return None
    request.session[SESSION_KEY] = trips
    good = trip["user"] == request.user.pk and now().timestamp() <= trip["until"]
    return trip if good else None
