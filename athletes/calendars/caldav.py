"""Calendars on a CalDAV server (RFC 4791): iCloud, Nextcloud, Fastmail, Radicale, Baïkal and others.

The address may be a calendar, an account, or only the server (RFC 6764). What changed is asked for with a sync token
(RFC 6578), else by the collection's tag, else by the tags of its events. Whenever anything did, the whole window is
read: an event that is gone is named there only by its file, its occurrences by their UID.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import unquote, urljoin, urlsplit

from django.utils.translation import gettext

from athletes.sentences import in_words
from nutrition_site.kernel import http
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput

from . import caldav_xml as xml
from .asking import Asker
from .ical import parse_calendar
from .protocol import CalendarTokenExpired, CalendarUnreadable, FetchContext, FetchResult
from .resources import join_resources

# With the 20 seconds that reading the answers may take, a fetch ends within a minute.
TOTAL_SECONDS = 35.0
LIMITS = http.FetchLimits(connect_seconds=5, read_seconds=8, total_seconds=15, max_bytes=8_000_000)
MAX_CALENDARS = 50
MAX_MARK_CHARACTERS = 1000
MAX_RESOURCES = 10_000
RESOURCES_A_REQUEST = 100
WELL_KNOWN = "/.well-known/caldav"
# The one large provider whose accounts live on another host than the address that everybody knows.
_APPLE = ".icloud.com"
_LIST = (xml.KIND, xml.NAME, xml.PARTS, xml.PRINCIPAL, xml.HOME)
_UNSUPPORTED = frozenset({400, 403, 405, 409, 412, 415, 422, 501, 507})
_NOT_HERE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class _Calendar:
    url: str
    name: str

    @property
    def id(self) -> str:
        """A name for it that says nothing about the account."""
        return hashlib.sha256(unquote(self.url).rstrip("/").encode()).hexdigest()[:16]


class _Gone(Exception):
    """A calendar that was there is not there any more."""


class CaldavProvider:
    """Reads the calendars of an account, or the one calendar that the address names, with user name and password."""

    def check_credentials(self, fields: Mapping[str, Any], *, allow_private_hosts: bool) -> dict[str, Any]:
        given = {name: str(fields.get(name) or "") for name in ("url", "username", "password")}
        for name, value in given.items():
            if not value.strip():
                raise InvalidInput.of(name, gettext("This field is required."))
        url = given["url"].strip()
        try:
            parsed = http.check_url(url, allow_private=allow_private_hosts)
        except http.FetchError as error:
            raise InvalidInput.of("url", in_words(error.message))
        if parsed.scheme != "https" and not allow_private_hosts:
            raise InvalidInput.of(
                "url", gettext("The address must start with https://, or the password would travel openly.")
            )
        if len(given["username"]) > 200 or ":" in given["username"] or not given["username"].isprintable():
            raise InvalidInput.of("username", gettext("This is not a user name."))
        if len(given["password"]) > 1000 or not given["password"].isprintable():
            raise InvalidInput.of("password", gettext("This is not a password."))
        return {"url": url, "username": given["username"].strip(), "password": given["password"]}

    def label(self, credentials: Mapping[str, Any]) -> str:
        return (urlsplit(str(credentials["url"])).hostname or "")[:200]

    def host(self, credentials: Mapping[str, Any], options: Mapping[str, str]) -> str:
        return urlsplit(str(credentials["url"])).netloc.lower()[:255]

    def fetch(self, context: FetchContext) -> FetchResult:
        server = _Server(context)
        state = context.sync_state
        window = f"{context.first_day} {context.last_day} {context.timezone}"
        day = today(context.timezone).isoformat()
        same = state if state.get("window") == window else {}
        # The list of calendars is asked for anew once a day.
        if same.get("day") == day and (known := _known(same, server)):
            try:
                return _read(server, context, known, same, {"window": window, "day": day}, fresh=False)
            except _Gone:
                server.forget()
        try:
            return _read(server, context, server.find_calendars(), same, {"window": window, "day": day}, fresh=True)
        except _Gone:
            raise CalendarUnreadable("There is no calendar at this address any more.")


def _known(state: Mapping[str, Any], server: _Server) -> list[_Calendar]:
    rows = state.get("calendars")
    pairs = [row for row in rows if isinstance(row, list) and len(row) == 2] if isinstance(rows, list) else []
    return [_Calendar(server.resolve(str(path)), str(name)) for path, name in pairs]


def _read(
    server: _Server,
    context: FetchContext,
    calendars: Sequence[_Calendar],
    state: Mapping[str, Any],
    stamp: Mapping[str, str],
    *,
    fresh: bool,
) -> FetchResult:
    """The window of the chosen calendars, or None for it when no mark of theirs has moved. Raises _Gone."""
    chosen = [row for row in calendars if row.id in context.selection] if context.selection else list(calendars)
    if not chosen:
        raise CalendarUnreadable("The calendars that were chosen are no longer there. Please choose again.")
    before = state.get("marks") if isinstance(state.get("marks"), dict) else {}
    marks: dict[str, Any] = {}
    moved = set(before or {}) != {row.id for row in chosen}
    # The marks are taken before the events: what changes in between is seen again next time, never missed.
    for row in chosen:
        mark, same = server.mark(row, (before or {}).get(row.id))
        marks[row.id] = mark
        moved = moved or not same
    following = {
        **stamp,
        "calendars": [[server.path_of(row), row.name] for row in calendars],
        "marks": marks,
        "content": state.get("content", ""),
    }
    names = [(row.id, row.name) for row in calendars] if fresh else None
    if not moved:
        return FetchResult(None, following, calendars=names)
    content = join_resources([server.read_resources(row, context) for row in chosen])
    following["content"] = hashlib.sha256(content).hexdigest()
    if following["content"] == state.get("content"):
        return FetchResult(None, following, calendars=names)
    events = parse_calendar(content, context).events if content else []
    return FetchResult(events, following, calendars=names)


class _Server:
    """The requests to one account. Raises what providers raise, and _Gone for a calendar that is not there."""

    def __init__(self, context: FetchContext) -> None:
        self._base = str(context.credentials["url"])
        pair = f"{context.credentials['username']}:{context.credentials['password']}".encode()
        headers = {
            "authorization": f"Basic {base64.b64encode(pair).decode('ascii')}",
            "content-type": "application/xml; charset=utf-8",
        }
        name = urlsplit(self._base).hostname or "The server"
        self._asker = Asker(name, headers, context.allow_private_hosts, LIMITS, TOTAL_SECONDS)
        self._bytes_left = LIMITS.max_bytes

    def forget(self) -> None:
        """Starts over with what may be read."""
        self._bytes_left = LIMITS.max_bytes

    def resolve(self, href: str, base: str = "") -> str:
        """The address of an href. Raises CalendarUnreadable for one on a server that must not get the password."""
        if len(href) > http.MAX_URL_CHARACTERS:
            raise CalendarUnreadable("The server names an address that is none.")
        try:
            url = urljoin(base or self._base, href)
            here, there = urlsplit(self._base), urlsplit(url)
            same = (here.scheme, here.hostname, here.port or _port(here.scheme)) == (
                there.scheme,
                there.hostname,
                there.port or _port(there.scheme),
            )
        except ValueError:
            raise CalendarUnreadable("The server names an address that is none.")
        apple = all((part.hostname or "").endswith(_APPLE) and part.scheme == "https" for part in (here, there))
        if not same and not (apple and there.port in (None, 443)):
            raise CalendarUnreadable("The account lives on another server. Please connect with its address there.")
        return url

    def path_of(self, calendar: _Calendar) -> str:
        """What is kept of an address: its path, the host only where it is another one."""
        parts = urlsplit(calendar.url)
        return parts.path if parts.netloc == urlsplit(self._base).netloc else calendar.url

    def find_calendars(self) -> list[_Calendar]:
        """The calendar that the address names, else all calendars of the account that hold events."""
        found = self._find()
        if not found:
            raise CalendarUnreadable("There is no calendar with events at this address.")
        if len(found) > MAX_CALENDARS:
            raise CalendarUnreadable(
                f"The account has more than {MAX_CALENDARS} calendars: connect one by its address."
            )
        return found

    def _find(self) -> list[_Calendar]:
        here = self._describe(self._base)
        if here is None:
            # Only an address without a path may mean the whole server (RFC 6764 §6).
            if _has_path(self._base):
                raise CalendarUnreadable("There is no CalDAV calendar at this address.")
            here = self._describe(self.resolve(WELL_KNOWN))
            if here is None:
                raise CalendarUnreadable("There is no CalDAV calendar at this address.")
        if here.is_calendar:
            return [self._calendar(here, self._base)] if here.may_hold_events else []
        home = here.href_in(xml.HOME)
        if not home and (principal := here.href_in(xml.PRINCIPAL)):
            account = self._describe(self.resolve(principal))
            home = account.href_in(xml.HOME) if account is not None else ""
        listing = self.resolve(home) if home else self._base
        rows = self._properties(listing, _LIST, depth="1")
        return [self._calendar(row, listing) for row in rows if row.may_hold_events]

    def _calendar(self, row: xml.Resource, base: str) -> _Calendar:
        url = self.resolve(row.href, base)
        last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
        name = "".join(mark for mark in row.text(xml.NAME) or last if mark.isprintable()).strip()
        return _Calendar(url, name[:200] or "Calendar")

    def _describe(self, url: str) -> xml.Resource | None:
        """What is at an address, None where nothing speaks CalDAV."""
        answer = self._ask("PROPFIND", url, xml.ask_properties(_LIST), depth="0")
        if answer.status == 403 and _has_path(url):
            self._refuse(answer)
        if answer.status != 207:
            return None
        rows = xml.read_multistatus(answer.body).resources
        return rows[0] if rows else None

    def mark(self, calendar: _Calendar, last: Any) -> tuple[list[str], bool]:
        """How the calendar stands, as `[kind, value]`, and whether that is how it stood at `last`."""
        kind, value = last if isinstance(last, list) and len(last) == 2 else ("", "")
        without_token = kind in ("tag", "tags")
        if kind == "token":
            answer = self._ask("REPORT", calendar.url, xml.ask_changes(value), depth="0")
            if answer.status == 207:
                changes = xml.read_multistatus(answer.body)
                if 0 < len(changes.sync_token) <= MAX_MARK_CHARACTERS:
                    return ["token", changes.sync_token], not changes.resources and not changes.truncated
            elif answer.status not in _UNSUPPORTED:
                self._refuse(answer)
            without_token = answer.status in (207, 400, 405, 415, 501)
        present = self._mark_anew(calendar, without_token=without_token)
        return present, present == [kind, value] and kind != "token"

    def _mark_anew(self, calendar: _Calendar, *, without_token: bool) -> list[str]:
        rows = self._properties(calendar.url, (xml.TOKEN, xml.CTAG), depth="0")
        token, tag = (rows[0].text(name).strip() if rows else "" for name in (xml.TOKEN, xml.CTAG))
        if 0 < len(token) <= MAX_MARK_CHARACTERS and not without_token:
            return ["token", token]
        if 0 < len(tag) <= MAX_MARK_CHARACTERS:
            return ["tag", tag]
        tags = sorted((row.href, row.text(xml.ETAG)) for row in self._list(calendar))
        return ["tags", hashlib.sha256(repr(tags).encode()).hexdigest()]

    def read_resources(self, calendar: _Calendar, context: FetchContext) -> list[str]:
        """The texts of the events in the window, in the order of their hrefs."""
        question = xml.ask_events(context.first_day, context.last_day)
        answer = self._ask("REPORT", calendar.url, question, depth="1")
        found: dict[str, str] = {}
        if answer.status == 207:
            rows = xml.read_multistatus(answer.body)
            missing = [row.href for row in self._take(rows.resources, found)]
            if rows.truncated:
                missing = [row.href for row in self._list(calendar) if _key(row.href) not in found]
        elif self._wants_another_way(answer):
            missing = [row.href for row in self._list(calendar)]
        else:
            self._refuse(answer)
        for start in range(0, len(missing), RESOURCES_A_REQUEST):
            self._read_some(calendar, missing[start : start + RESOURCES_A_REQUEST], found)
        return [text for _, text in sorted(found.items())]

    def _read_some(self, calendar: _Calendar, hrefs: Sequence[str], found: dict[str, str]) -> None:
        answer = self._ask("REPORT", calendar.url, xml.ask_resources(hrefs), depth="1")
        if answer.status != 207:
            self._refuse(answer)
        missing = self._take(xml.read_multistatus(answer.body).resources, found)
        # What is expressly kept from us is private; it must not keep us from the rest.
        if any(xml.DATA not in row.denied for row in missing):
            # Without them the window would look as if they were gone.
            raise CalendarUnreadable("The server names events that it does not give.")

    def _take(self, rows: Iterable[xml.Resource], found: dict[str, str]) -> list[xml.Resource]:
        """Keeps the texts that came; returns those that should have come with one."""
        missing = []
        for row in rows:
            text = row.text(xml.DATA)
            self._bytes_left -= len(text)
            if text:
                found[_key(row.href)] = text
            elif row.status not in (404, 410, 403) and not row.is_collection and not row.href.endswith("/"):
                missing.append(row)
        if self._bytes_left < 0:
            raise CalendarUnreadable(f"The calendar has more than {LIMITS.max_bytes // 1_000_000} MB.")
        return missing

    def _list(self, calendar: _Calendar) -> list[xml.Resource]:
        rows = self._properties(calendar.url, (xml.ETAG, xml.KIND), depth="1")
        members = [row for row in rows if not row.is_collection and row.text(xml.ETAG)]
        if len(members) > MAX_RESOURCES:
            raise CalendarUnreadable(f"The calendar has more than {MAX_RESOURCES} entries.")
        return members

    def _properties(self, url: str, names: Iterable[str], *, depth: str) -> list[xml.Resource]:
        answer = self._ask("PROPFIND", url, xml.ask_properties(names), depth=depth)
        if answer.status != 207:
            self._refuse(answer)
        return xml.read_multistatus(answer.body).resources

    def _ask(self, method: str, url: str, content: bytes, *, depth: str) -> http.Fetched:
        answer = self._asker.ask(method, url, content=content, headers={"depth": depth})
        if answer.status == 401:
            ways = answer.headers.get("www-authenticate", "basic").lower()
            if "basic" not in ways:
                raise CalendarUnreadable("The server does not take a user name and a password in the way we send them.")
            raise CalendarTokenExpired("The server refuses this user name and password. Please connect it again.")
        return answer

    def _wants_another_way(self, answer: http.Fetched) -> bool:
        if answer.status == 403:
            return bool(xml.read_conditions(answer.body) & xml.FILTER_REFUSED)
        return answer.status in _UNSUPPORTED

    def _refuse(self, answer: http.Fetched) -> NoReturn:
        if answer.status in _NOT_HERE:
            raise _Gone
        if answer.status == 403:
            raise CalendarTokenExpired("The server does not let this user read the calendar. Please connect it again.")
        if answer.status == 200:
            raise CalendarUnreadable("The server does not answer as a CalDAV server does.")
        raise CalendarUnreadable(f"The calendar's server answers with status {answer.status}.")


def _has_path(url: str) -> bool:
    return urlsplit(url).path not in ("", "/")


def _key(href: str) -> str:
    """One spelling for an href: with or without host, with or without escapes."""
    return unquote(urlsplit(href).path)


def _port(scheme: str) -> int | None:
    return {"http": 80, "https": 443}.get(scheme)
