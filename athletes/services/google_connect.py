"""Connecting a Google Calendar by consent: from the code that Google sends back to a calendar that lasts."""

from __future__ import annotations

import time
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from athletes.calendars import google, google_oauth
from athletes.calendars.google_account import GoogleAccount
from athletes.calendars.protocol import CalendarTokenExpired
from athletes.models import Athlete, CalendarConnection, User
from athletes.services.calendars import connect_calendar
from nutrition_site.kernel.entitlements import Entitlements
from nutrition_site.kernel.errors import DomainError

PROVIDER = "google_calendar"
ASK_SECONDS = 15.0


class GoogleNotGranted(DomainError):
    """Google answered, and what it gave is not enough to read a calendar with."""

    code = "google_not_granted"
    message = gettext_noop("Google did not let us read the calendar. Please connect again and allow it there.")


def google_options() -> Mapping[str, str] | None:
    """What the operator set for Google; None where this installation is not registered with Google."""
    options: Mapping[str, str] = settings.CALENDAR_PROVIDER_OPTIONS.get(PROVIDER, {})
    ready = all(options.get(name) for name in ("client_id", "client_secret", "auth_url", "token_url"))
    return options if ready and PROVIDER in settings.CALENDAR_PROVIDERS else None


def connect_google(
    *, by: User, athlete: Athlete, code: str, verifier: str, redirect_uri: str, entitlements: Entitlements
) -> CalendarConnection:
    """Connects the calendar for whose account the code was given; a known account gets new credentials instead.

    Talks to Google before it opens a transaction. Raises GoogleNotGranted, UpgradeRequired, and what a calendar
    provider raises when Google is away.
    """
    options = google_options()
    if options is None:
        raise GoogleNotGranted(gettext("Google Calendar cannot be connected here."))
    try:
        granted = google_oauth.exchange_code(options, code=code, verifier=verifier, redirect_uri=redirect_uri)
        if google_oauth.SCOPE not in str(granted.pop("scope")).split() or not granted.get("refresh_token"):
            raise GoogleNotGranted()
        asked = GoogleAccount(granted, options, deadline=time.monotonic() + ASK_SECONDS)
        fields = {**granted, "account": google.account_id(asked)}
    except CalendarTokenExpired:
        raise GoogleNotGranted()
    return connect_calendar(by=by, athlete=athlete, provider=PROVIDER, fields=fields, entitlements=entitlements)
