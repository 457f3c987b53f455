"""What every page's frame shows: sections, whose account it is, when a calendar was last read and what hinders it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from athletes.services.health import CalendarHealth, read_calendar_health
from athletes.services.notices import unseen_count
from nutrition_site.pages import url_or_none


class Section(NamedTuple):
    """One entry of the navigation. `place`: "both", "narrow" (tab bar only), "wide" or "gap" (side rail only)."""

    name: str
    label: Any
    icon: str
    place: str
    url: str


# Section: label, icon, place, the page it opens.
SECTIONS = (
    ("today", lazy("Today"), "today", "both", "today"),
    ("week", lazy("Week"), "week", "both", "week"),
    ("shopping", lazy("Shopping"), "basket", "both", "shopping"),
    ("advisor", lazy("Advisor"), "chat", "both", "advisor"),
    ("more", pgettext_lazy("navigation", "More"), "more", "narrow", "more"),
    ("recipes", lazy("Recipes"), "pot", "gap", "recipes"),
    ("training", lazy("Training"), "route", "wide", "training"),
    ("progress", lazy("Progress"), "trend", "wide", "progress"),
    ("account", lazy("Account"), "person", "gap", "account_home"),
)
# Pages below a section: the first word of their URL name tells which.
_BELOW = {
    "day": "today",
    "swap": "today",
    "recipe": "recipes",
    "calendars": "training",
    "calendar": "training",
    "event": "training",
    "session": "training",
    "sessions": "training",
    "load": "training",
    "race": "training",
    "races": "training",
    "weigh": "progress",
    "plan": "week",
    "settings": "account",
    "subscription": "account",
    "notices": "account",
    "account": "account",
    "export": "account",
    "delete": "account",
}


def section_of(url_name: str) -> str:
    """The section that a page lies in; empty for pages outside of the navigation."""
    if url_name in {name for name, *_ in SECTIONS}:
        return url_name
    first = url_name.split("_")[0]
    return _BELOW.get(first, first)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Version, sections with their addresses, and what is read only when a template asks for it."""
    match = request.resolver_match
    section = section_of(match.url_name or "") if match else ""
    user = getattr(request, "user", None)
    health = SimpleLazyObject(lambda: _health_of(user))
    return {
        "version": settings.VERSION,
        "section": section,
        "sections": SimpleLazyObject(_sections),
        "frame_athlete": SimpleLazyObject(lambda: getattr(user, "athlete", None)),
        "last_calendar_read": SimpleLazyObject(lambda: health.last_read),
        "unseen_notices": SimpleLazyObject(lambda: _unseen(user)),
        "calendar_trouble": SimpleLazyObject(lambda: health.trouble),
    }


def _sections() -> list[Section]:
    found = []
    for name, label, icon, place, page in SECTIONS:
        url = url_or_none(page)
        if url:
            found.append(Section(name, label, icon, place, url))
    return found


def _health_of(user: Any) -> CalendarHealth:
    athlete = getattr(user, "athlete", None)
    return CalendarHealth() if athlete is None else read_calendar_health(athlete=athlete)


def _unseen(user: Any) -> int:
    athlete = getattr(user, "athlete", None)
    return 0 if athlete is None else unseen_count(athlete)
