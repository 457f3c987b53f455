"""Authorized questions to the Google Calendar API, and what its refusals mean.

Meaning of the statuses: https://developers.google.com/workspace/calendar/api/guides/errors
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx

from nutrition_site.kernel import http
from nutrition_site.kernel.clock import now

from .asking import read_retry_after
from .google_oauth import refresh_tokens
from .protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable

LIMITS = http.FetchLimits(connect_seconds=5, read_seconds=8, total_seconds=10, max_bytes=8_000_000)
# A token this close to its end is renewed before it is used.
SPARE_SECONDS = 60
NOT_UNDERSTOOD = "Google Calendar answered in a way that is not understood."
REFUSED = "Google no longer accepts this connection. Please connect the calendar again."

# Limits of one athlete's account or calendar, and limits of everybody together. A 403 with one of these passes by
# itself; any other means that the token lacks the right.
_OWN_LIMITS = (b"userRateLimitExceeded", b"quotaExceeded")
_COMMON_LIMITS = (b"rateLimitExceeded", b"dailyLimitExceeded", b"RATE_LIMIT_EXCEEDED")
# The API is switched off in the operator's own project: connecting again would not help the athlete.
_SWITCHED_OFF = (b"accessNotConfigured", b"SERVICE_DISABLED")
_LACKS_SCOPE = (b"insufficientPermissions", b"ACCESS_TOKEN_SCOPE_INSUFFICIENT")


class GoogleStale(CalendarUnreachable):
    """The sync token is too old, or was given for another question: the calendar has to be read whole."""


class GoogleMissing(CalendarUnreachable):
    """There is no such calendar, or it is there and `forbidden` to this account."""

    def __init__(self, message: str, *, forbidden: bool) -> None:
        super().__init__(message, host_wide=False)
        self.forbidden = forbidden


class GoogleAccount:
    """One connection to Google for the length of a fetch; it renews its access token when it has to and can.

    `renewed` are the credentials to keep instead of the given ones, None while those are still good. Past `deadline`
    (monotonic seconds) nothing more is asked.
    """

    def __init__(self, credentials: Mapping[str, Any], options: Mapping[str, str], *, deadline: float) -> None:
        self._credentials = credentials
        self._options = options
        self._deadline = deadline
        self.renewed: Mapping[str, Any] | None = None

    @property
    def lasting(self) -> bool:
        """Whether the access token can be renewed."""
        return bool(self._credentials.get("refresh_token"))

    def get(self, path: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        """The JSON object at a path. Raises GoogleStale, GoogleMissing and what a provider may raise."""
        expires_at = self._credentials.get("expires_at")
        if self.lasting and isinstance(expires_at, int | float) and expires_at - SPARE_SECONDS < now().timestamp():
            self._renew()
        answer = self._ask(path, query)
        if answer.status == 401 and self.lasting and self.renewed is None:
            self._renew()
            answer = self._ask(path, query)
        return _understood(answer)

    def _renew(self) -> None:
        self._left()
        self.renewed = self._credentials = refresh_tokens(self._options, self._credentials)

    def _ask(self, path: str, query: Mapping[str, str]) -> http.Fetched:
        limits = replace(LIMITS, total_seconds=min(LIMITS.total_seconds, self._left()))
        url = f"{self._options['base_url'].rstrip('/')}/{path}?{httpx.QueryParams(dict(query))}"
        headers = {"authorization": f"Bearer {self._credentials['oauth_token']}", "accept": "application/json"}
        try:
            # The base address is the operator's word, not the athlete's: it may be a stand-in on a private host.
            return http.fetch(url, allow_private=True, headers=headers, limits=limits)
        except http.FetchError as error:
            if error.kind in ("unreachable", "timeout"):
                raise CalendarUnreachable(error.message)
            if error.kind == "broken":
                raise CalendarUnreachable(error.message, host_wide=False)
            raise CalendarUnreadable(error.message)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise CalendarUnreachable("Google Calendar took too long to answer.")
        return left


def _understood(answer: http.Fetched) -> Mapping[str, Any]:
    if answer.status != 200:
        raise _refusal(answer)
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise CalendarUnreadable(NOT_UNDERSTOOD)
    if not isinstance(found, dict):
        raise CalendarUnreadable(NOT_UNDERSTOOD)
    return found


def _refusal(answer: http.Fetched) -> CalendarTokenExpired | CalendarUnreachable:
    status = answer.status
    trouble = f"Google Calendar has trouble (status {status})."
    if status == 401:
        return CalendarTokenExpired(REFUSED)
    if status == 429 or (status == 403 and _says(answer, _OWN_LIMITS + _COMMON_LIMITS)):
        return CalendarUnreachable(
            f"Google Calendar asks us to wait (status {status}).",
            retry_after_seconds=read_retry_after(answer.headers),
            host_wide=not _says(answer, _OWN_LIMITS),
        )
    if status == 403 and _says(answer, _SWITCHED_OFF):
        return CalendarUnreachable("Google refuses this installation of AthlEAT for now.")
    if status == 403 and _says(answer, (b'"forbidden"',)) and not _says(answer, _LACKS_SCOPE):
        return GoogleMissing(trouble, forbidden=True)
    if status == 403:
        return CalendarTokenExpired(REFUSED)
    if status == 404:
        return GoogleMissing(trouble, forbidden=False)
    if status in (400, 410):
        return GoogleStale(trouble, host_wide=False)
    return CalendarUnreachable(
        trouble, retry_after_seconds=read_retry_after(answer.headers), host_wide=status in (502, 503, 504)
    )


def _says(answer: http.Fetched, words: tuple[bytes, ...]) -> bool:
    return any(word in answer.body for word in words)
