"""What CalDAV says in XML: requests as text, answers read with limits (RFC 4918, 4791, 6578)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .protocol import CalendarUnreadable

MAX_ELEMENTS = 100_000
MAX_DEPTH = 40
DAV, CAL, CS = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
PRINCIPAL, HOME, KIND = DAV + "current-user-principal", CAL + "calendar-home-set", DAV + "resourcetype"
NAME, PARTS = DAV + "displayname", CAL + "supported-calendar-component-set"
ETAG, DATA, TOKEN, CTAG = DAV + "getetag", CAL + "calendar-data", DAV + "sync-token", CS + "getctag"
# A server that names one of these wants the events asked for in another way.
FILTER_REFUSED = frozenset(
    {
        *(DAV + "number-of-matches-within-limits", CAL + "supported-filter", CAL + "valid-filter"),
        *(CAL + "supported-calendar-data", CAL + "min-date-time", CAL + "max-date-time"),
    }
)
_PREFIXES = {DAV: "d", CAL: "c", CS: "s"}
_NAMESPACES = " ".join(f'xmlns:{prefix}="{space[1:-1]}"' for space, prefix in _PREFIXES.items())


@dataclass(slots=True)
class Resource:
    """One `response` of a multistatus: its href as sent, the properties found and denied, and a status of its own."""

    href: str
    status: int | None = None
    found: dict[str, Element] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """The text of a property, "" where it is missing."""
        element = self.found.get(name)
        return (element.text or "") if element is not None else ""

    def href_in(self, name: str) -> str:
        """The href inside a property, "" where it is missing."""
        element = self.found.get(name)
        inner = element.find(DAV + "href") if element is not None else None
        return (inner.text or "").strip() if inner is not None else ""

    @property
    def is_collection(self) -> bool:
        return self._is(DAV + "collection")

    @property
    def is_calendar(self) -> bool:
        return self._is(CAL + "calendar")

    @property
    def may_hold_events(self) -> bool:
        """Whether a calendar is one for events; one that does not say what it holds may hold anything."""
        parts = self.found.get(PARTS)
        named = [part.get("name", "").upper() for part in parts] if parts is not None else []
        return self.is_calendar and (not named or "VEVENT" in named)

    def _is(self, kind: str) -> bool:
        kinds = self.found.get(KIND)
        return kinds is not None and kinds.find(kind) is not None


@dataclass(slots=True)
class Multistatus:
    """An answer 207. `truncated` says that the server left something out (507, RFC 6578 §3.6)."""

    resources: list[Resource]
    sync_token: str = ""
    truncated: bool = False


def read_multistatus(body: bytes) -> Multistatus:
    """Raises CalendarUnreadable for what is no multistatus, or one beyond the limits."""
    root = _read(body)
    if root.tag != DAV + "multistatus":
        raise CalendarUnreadable("The server does not answer as a CalDAV server does.")
    answer = Multistatus([], (root.findtext(TOKEN) or "").strip())
    for response in root.iterfind(DAV + "response"):
        resource = Resource((response.findtext(DAV + "href") or "").strip(), _status(response))
        if resource.status == 507:
            answer.truncated = True
            continue
        for propstat in response.iterfind(DAV + "propstat"):
            named = {element.tag: element for element in propstat.iterfind(f"{DAV}prop/*")}
            if _status(propstat) in (200, None):
                resource.found.update(named)
            else:
                resource.denied.update(named)
        answer.resources.append(resource)
    return answer


def read_conditions(body: bytes) -> frozenset[str]:
    """The conditions that a refusal names (RFC 4918 §16), empty for a body that names none."""
    try:
        root = _read(body)
    except CalendarUnreadable:
        return frozenset()
    return frozenset(element.tag for element in root) if root.tag == DAV + "error" else frozenset()


def _status(element: Element) -> int | None:
    words = (element.findtext(DAV + "status") or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) == 3 else None


def _read(body: bytes) -> Element:
    """The root element; counted while it grows, so that a small body cannot become a large tree."""
    depth = count = 0
    root: Element | None = None
    try:
        for happened, element in iterparse(io.BytesIO(body), events=("start", "end"), forbid_dtd=True):
            if happened == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth, count = depth + 1, count + 1
            if depth > MAX_DEPTH or count > MAX_ELEMENTS:
                raise CalendarUnreadable("The server's answer is too large or too deeply nested to be read.")
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise CalendarUnreadable("The server does not answer as a CalDAV server does.")
    if root is None:
        raise CalendarUnreadable("The server does not answer as a CalDAV server does.")
    return root


def ask_properties(names: Iterable[str]) -> bytes:
    """PROPFIND for some properties."""
    return _document("d:propfind", _prop(names))


def ask_changes(token: str) -> bytes:
    """REPORT of what changed since a token (RFC 6578 §3.2)."""
    return _document(
        "d:sync-collection",
        f"<d:sync-token>{escape(token)}</d:sync-token><d:sync-level>1</d:sync-level>{_prop([ETAG])}",
    )


def ask_events(first_day: date, last_day: date) -> bytes:
    """REPORT of the events between two days (RFC 4791 §7.8), a day wider: the days are the athlete's, not UTC's."""
    start, end = first_day - timedelta(days=1), last_day + timedelta(days=2)
    wanted = f'<c:time-range start="{start:%Y%m%d}T000000Z" end="{end:%Y%m%d}T000000Z"/>'
    events = f'<c:comp-filter name="VEVENT">{wanted}</c:comp-filter>'
    parts = f'{_prop([ETAG, DATA])}<c:filter><c:comp-filter name="VCALENDAR">{events}</c:comp-filter></c:filter>'
    return _document("c:calendar-query", parts)


def ask_resources(hrefs: Iterable[str]) -> bytes:
    """REPORT of resources by name (RFC 4791 §7.9)."""
    named = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    return _document("c:calendar-multiget", _prop([ETAG, DATA]) + named)


def _prop(names: Iterable[str]) -> str:
    return f"<d:prop>{''.join(f'<{_short(name)}/>' for name in names)}</d:prop>"


def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    return f"{_PREFIXES[space + '}']}:{local}"


def _document(root: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><{root} {_NAMESPACES}>{inside}</{root}>'.encode()
