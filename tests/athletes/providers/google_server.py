"""The parts of Google that the product talks to, on loopback: consent page, tokens, calendar list, events.

Written from the public reference of OAuth 2.0 for web servers and of Calendar API v3: codes and PKCE challenges are
checked, sync tokens may not travel with time bounds and tell what changed anywhere, pages belong to the answer that
began them, cancelled occurrences of a deleted series are named only for the nearest ones.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from tests.athletes.providers.loopback import Asked, Loopback, Said

CLIENT_ID = "athleat.apps.example.com"
CLIENT_SECRET = "client-secret-5a1f"
ACCOUNT = "ana@example.com"
READ_SCOPE = "https://www.googleapis.com/auth/calendar.readonly"
# What may not be sent together with a sync token.
NOT_WITH_SYNC_TOKEN = {"timeMin", "timeMax", "updatedMin", "orderBy", "q", "iCalUID"}
# Of a deleted series so many cancelled occurrences are told by changes.
TOLD_OF_A_SERIES = 2


@dataclass
class GoogleCalendar:
    """One calendar: its items, expanded, with the revision at which each last changed."""

    name: str
    role: str = "owner"
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    # Sync tokens of an earlier epoch are gone.
    epoch: int = 0

    def put(self, item: dict[str, Any]) -> None:
        self.revision += 1
        self.items[item["id"]] = {"status": "confirmed", **item}
        self.revisions[item["id"]] = self.revision

    def cancel(self, identity: str) -> None:
        kept = {key: value for key, value in self.items[identity].items() if key in ("id", "recurringEventId")}
        self.put({**kept, "status": "cancelled"})

    def cancel_series(self, series: str) -> None:
        names = [name for name, item in self.items.items() if item.get("recurringEventId") == series]
        for name in names[:TOLD_OF_A_SERIES]:
            self.cancel(name)
        for name in names[TOLD_OF_A_SERIES:]:
            del self.items[name]


class GoogleServer:
    """One account, ready to be asked. `refusal`, when set, answers every request of the calendar API instead."""

    def __init__(self) -> None:
        self.calendars = {ACCOUNT: GoogleCalendar(ACCOUNT)}
        self.scope = READ_SCOPE
        self.page_size = 2500
        self.token_seconds = 3600
        self.rotates = False
        self.consents = True
        self.gives_refresh_token = True
        self.refusal: Said | None = None
        self.token_refusal: Said | None = None
        self.refused: set[str] = set()
        self.access_tokens: set[str] = set()
        self.refresh_tokens: set[str] = set()
        self._codes: dict[str, dict[str, str]] = {}
        self._pages: dict[str, tuple[list[dict[str, Any]], str]] = {}
        self.http = Loopback(self._answer)

    @property
    def options(self) -> dict[str, str]:
        return {
            "base_url": f"{self.http.url}/calendar/v3",
            "auth_url": f"{self.http.url}/o/oauth2/v2/auth",
            "token_url": f"{self.http.url}/token",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        }

    def asked(self, part: str) -> list[dict[str, str]]:
        """The queries of the requests whose path holds `part`."""
        return [dict(parse_qsl(urlsplit(asked.path).query)) for asked in self.http.requests if part in asked.path]

    def grant(self) -> dict[str, Any]:
        """Credentials as a connection holds them after consent."""
        access, refresh = self._token("ya29."), self._token("1//")
        self.access_tokens.add(access)
        self.refresh_tokens.add(refresh)
        return {"oauth_token": access, "refresh_token": refresh, "expires_at": 4_000_000_000, "account": ACCOUNT}

    def withdraw(self) -> None:
        """As if the athlete had removed the product from the account."""
        self.access_tokens.clear()
        self.refresh_tokens.clear()

    def close(self) -> None:
        self.http.close()

    def _token(self, prefix: str) -> str:
        return prefix + secrets.token_urlsafe(18)

    def _answer(self, asked: Asked) -> Said:
        parts = urlsplit(asked.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.path == "/o/oauth2/v2/auth":
            return self._consent(query)
        if parts.path == "/token" and asked.method == "POST":
            return self.token_refusal or self._tokens(dict(parse_qsl(asked.body.decode())))
        if not parts.path.startswith("/calendar/v3/"):
            return _error(404, "notFound")
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.access_tokens:
            return _error(401, "authError")
        if self.refusal is not None:
            return self.refusal
        segments = [unquote(segment) for segment in parts.path.removeprefix("/calendar/v3/").split("/")]
        routes: dict[tuple[str, str], Callable[[list[str], Mapping[str, str]], Said]] = {
            ("calendars", "events"): self._events,
            ("users", "calendarList"): self._calendar_list,
            ("users", "primary"): self._one_calendar,
        }
        return routes[segments[0], segments[-1]](segments, query)

    def _consent(self, query: dict[str, str]) -> Said:
        wanted = {"client_id": CLIENT_ID, "response_type": "code", "code_challenge_method": "S256", "scope": READ_SCOPE}
        if any(query.get(name) != value for name, value in wanted.items()) or len(query.get("code_challenge", "")) < 43:
            return _error(400, "invalid_request")
        if not self.consents:
            given = {"error": "access_denied", "state": query["state"]}
        else:
            code = self._token("4/")
            self._codes[code] = query
            given = {"code": code, "state": query["state"], "scope": self.scope}
        return Said(302, {"Location": f"{query['redirect_uri']}?{urlencode(given)}"})

    def _tokens(self, form: dict[str, str]) -> Said:
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _json({"error": "invalid_client"}, 401)
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refresh_tokens:
                return _json({"error": "invalid_grant", "error_description": "Token has been revoked."}, 400)
            if not self.rotates:
                return self._fresh(None)
            self.refresh_tokens.remove(form["refresh_token"])
            return self._fresh(self._token("1//"))
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return _json({"error": "invalid_grant"}, 400)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return _json({"error": "invalid_grant", "error_description": "Invalid code verifier."}, 400)
        lasting = asked.get("access_type") == "offline" and self.gives_refresh_token
        return self._fresh(self._token("1//") if lasting else None)

    def _fresh(self, refresh: str | None) -> Said:
        access = self._token("ya29.")
        self.access_tokens.add(access)
        answer = {"access_token": access, "expires_in": self.token_seconds, "scope": self.scope, "token_type": "Bearer"}
        if refresh:
            self.refresh_tokens.add(refresh)
            answer["refresh_token"] = refresh
        return _json(answer)

    def _events(self, segments: list[str], query: Mapping[str, str]) -> Said:
        name = ACCOUNT if segments[1] == "primary" else segments[1]
        calendar = self.calendars.get(name)
        if calendar is None:
            return _error(404, "notFound")
        if calendar.role == "freeBusyReader":
            return _error(403, "forbidden")
        if query.get("singleEvents") != "true":
            return _error(400, "badRequest")
        question = json.dumps([name, query.get("timeZone"), query.get("maxResults"), query.get("maxAttendees")])
        mark = hashlib.sha256(question.encode()).hexdigest()[:8]
        if "pageToken" in query:
            items, following = self._pages[query["pageToken"]]
        elif "syncToken" in query:
            if NOT_WITH_SYNC_TOKEN & set(query):
                return _error(400, "syncTokenWithRequestRestrictions")
            epoch, given, revision = query["syncToken"].split("-")
            if int(epoch) != calendar.epoch:
                return _error(410, "fullSyncRequired")
            if given != mark:
                return _error(400, "invalidSyncToken")
            items = [item for key, item in calendar.items.items() if calendar.revisions[key] > int(revision)]
            following = f"{calendar.epoch}-{mark}-{calendar.revision}"
        else:
            bounds = datetime.fromisoformat(query["timeMin"]), datetime.fromisoformat(query["timeMax"])
            items = [item for item in calendar.items.values() if _overlaps(item, *bounds)]
            following = f"{calendar.epoch}-{mark}-{calendar.revision}"
        size = min(self.page_size, int(query["maxResults"]))
        if len(items) <= size:
            return _json({"kind": "calendar#events", "items": items, "nextSyncToken": following})
        page = f"page{len(self._pages)}"
        self._pages[page] = (items[size:], following)
        return _json({"kind": "calendar#events", "items": items[:size], "nextPageToken": page})

    def _calendar_list(self, segments: list[str], query: Mapping[str, str]) -> Said:
        readable = query.get("minAccessRole") == "reader"
        items = [
            {"id": key, "summary": calendar.name, **({"primary": True} if key == ACCOUNT else {})}
            for key, calendar in self.calendars.items()
            if not (readable and calendar.role == "freeBusyReader")
        ]
        return _json({"kind": "calendar#calendarList", "items": items})

    def _one_calendar(self, segments: list[str], query: Mapping[str, str]) -> Said:
        return _json({"id": ACCOUNT})


def timed(identity: str, title: str, starts_at: datetime, minutes: float = 60, **more: Any) -> dict[str, Any]:
    """An item with times."""
    ends_at = starts_at + timedelta(minutes=minutes)
    moments = {"start": {"dateTime": starts_at.isoformat()}, "end": {"dateTime": ends_at.isoformat()}}
    return {"id": identity, "summary": title, **moments, **more}


def all_day(identity: str, title: str, day: date, days: int = 1, **more: Any) -> dict[str, Any]:
    """An item with dates; the last one is exclusive."""
    dates = {"start": {"date": day.isoformat()}, "end": {"date": (day + timedelta(days=days)).isoformat()}}
    return {"id": identity, "summary": title, **dates, **more}


def _overlaps(item: dict[str, Any], first: datetime, beyond: datetime) -> bool:
    if item["status"] == "cancelled":
        return False
    start, end = _edge(item["start"]), _edge(item["end"])
    return start < beyond and end > first


def _edge(place: dict[str, str]) -> datetime:
    if "date" in place:
        return datetime.fromisoformat(place["date"]).replace(tzinfo=UTC)
    return datetime.fromisoformat(place["dateTime"])


def _json(body: Any, status: int = 200) -> Said:
    return Said(status, {"Content-Type": "application/json; charset=UTF-8"}, json.dumps(body).encode())


def _error(status: int, reason: str, **headers: str) -> Said:
    body = {"error": {"code": status, "errors": [{"domain": "calendar", "reason": reason}], "message": reason}}
    return Said(status, {"Content-Type": "application/json", **headers}, json.dumps(body).encode())


def refusal(status: int, reason: str, retry_after_seconds: int | None = None) -> Said:
    """A refusal of the calendar API."""
    headers = {} if retry_after_seconds is None else {"Retry-After": str(retry_after_seconds)}
    return _error(status, reason, **headers)
