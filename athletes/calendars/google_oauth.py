"""Google's OAuth for web servers: the address to send an athlete to, and tokens for what comes back.

Authorization code with PKCE (S256), offline access, and refresh; RFC 6749, RFC 7636 and
https://developers.google.com/identity/protocols/oauth2/web-server. No token is ever part of a message.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from nutrition_site.kernel import http
from nutrition_site.kernel.clock import now

from .asking import read_retry_after
from .protocol import CalendarTokenExpired, CalendarUnreachable, CalendarUnreadable

# Events, and the list of calendars to choose from; nothing may be written with it.
SCOPE = "https://www.googleapis.com/auth/calendar.readonly"
LIMITS = http.FetchLimits(connect_seconds=5, read_seconds=8, total_seconds=10, max_bytes=200_000)
# Google states 3600; what states nothing is taken for that.
USUAL_LIFE_SECONDS = 3600.0


class GrantRefused(CalendarTokenExpired):
    """Google knows neither this code nor this refresh token (any more)."""

    message = "Google no longer accepts this connection. Please connect the calendar again."


def make_verifier() -> str:
    """A PKCE code verifier (RFC 7636, 4.1): 64 characters that nobody can guess."""
    return secrets.token_urlsafe(48)


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def authorization_url(options: Mapping[str, str], *, redirect_uri: str, state: str, verifier: str) -> str:
    """Where the athlete is asked. `prompt=consent` makes Google give a refresh token every time."""
    query = {
        "client_id": options["client_id"],
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": SCOPE,
        "access_type": "offline",
        "prompt": "consent",
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
    }
    return f"{options['auth_url']}?{urlencode(query)}"


def exchange_code(options: Mapping[str, str], *, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
    """The credentials for a code: `oauth_token`, `expires_at` (unix seconds), `refresh_token` and `scope` if given.

    Raises GrantRefused for a code that is used, old or not ours, CalendarUnreachable, CalendarUnreadable.
    """
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": redirect_uri}
    answer = _ask_for_tokens(options, form)
    return {**_tokens_of(answer), "scope": str(answer.get("scope") or "")}


def refresh_tokens(options: Mapping[str, str], credentials: Mapping[str, Any]) -> dict[str, Any]:
    """The credentials with a new access token; a rotated refresh token replaces the old one.

    Raises GrantRefused when the athlete or Google withdrew the grant, CalendarUnreachable, CalendarUnreadable.
    """
    form = {"grant_type": "refresh_token", "refresh_token": str(credentials["refresh_token"])}
    return {**credentials, **_tokens_of(_ask_for_tokens(options, form))}


def sound_token(value: Any) -> bool:
    """Whether this can be sent as a bearer token: printable ASCII without a space, of bearable length."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= 4096
        and value.isascii()
        and value.isprintable()
        and " " not in value
    )


def _ask_for_tokens(options: Mapping[str, str], form: Mapping[str, str]) -> Mapping[str, Any]:
    sent = {**form, "client_id": options.get("client_id", ""), "client_secret": options.get("client_secret", "")}
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    try:
        # The address is the operator's word, not the athlete's: it may be a stand-in on a private host.
        answer = http.send(
            "POST",
            options["token_url"],
            allow_private=True,
            headers=headers,
            content=urlencode(sent).encode(),
            limits=LIMITS,
        )
    except http.FetchError as error:
        raise CalendarUnreachable(error.message, host_wide=error.kind in ("unreachable", "timeout"))
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        body = None
    if answer.status == 200 and isinstance(body, dict):
        return body
    refusal = body.get("error") if isinstance(body, dict) else None
    if answer.status in (400, 401) and refusal == "invalid_grant":
        raise GrantRefused()
    if answer.status in (400, 401, 403):
        # Not the athlete's doing: this installation's own registration with Google is wrong or gone.
        raise CalendarUnreachable("Google refuses this installation of AthlEAT for now.", host_wide=False)
    if answer.status == 200:
        raise CalendarUnreadable("Google answered in a way that is not understood.")
    raise CalendarUnreachable(
        f"Google's sign-in has trouble (status {answer.status}).",
        retry_after_seconds=read_retry_after(answer.headers),
        host_wide=answer.status in (429, 502, 503, 504),
    )


def _tokens_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    token, refresh, life = answer.get("access_token"), answer.get("refresh_token"), answer.get("expires_in")
    if not sound_token(token) or not (refresh is None or sound_token(refresh)):
        raise CalendarUnreadable("Google answered in a way that is not understood.")
    stated = isinstance(life, int | float) and not isinstance(life, bool) and 0 < life < 1e9
    seconds = float(life) if stated and life is not None else USUAL_LIFE_SECONDS
    kept = {"oauth_token": token, "expires_at": int(now().timestamp() + seconds)}
    return {**kept, "refresh_token": refresh} if refresh else kept
