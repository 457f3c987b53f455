"""What coaches set and wrote, for the page of coaches, which belongs to an app that knows no plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import today
from planning.models import CoachBound
from planning.services.coaching_bounds import bound_words, bounds_shown, coach_name
from planning.services.coaching_limits import limits_named
from planning.services.coaching_notes import notes_for_athlete

register = template.Library()


@register.inclusion_tag("planning/coach_limits.html")
def coach_limits(athlete: Any) -> dict[str, Any]:
    """Every limit that holds now or will: what, who set it, why and until when, with a way to end it."""
    words = _words_for(athlete)
    rows = [{"bound": one, "words": words(one), "coach": coach_name(one.coach)} for one in bounds_shown(athlete)]
    return {"limits": rows}


@register.inclusion_tag("planning/coach_limits_named.html")
def coach_limits_named(athlete: Any, refusal: dict[str, Any]) -> dict[str, Any]:
    """The limits of coaches that a refusal speaks of, each with a way to end it; nothing without any."""
    members = refusal.get("members") or []
    found = limits_named(athlete, members) if athlete and members else []
    words = _words_for(athlete) if found else None
    return {"limits": [{"bound": one, "words": words(one)} for one in found] if words else []}


def _words_for(athlete: Any) -> Callable[[CoachBound], str]:
    """A limit in words; where numbers are withheld, only what it is about."""
    withheld = numbers_withheld(athlete, today=today(athlete.zones))

    def words(bound: CoachBound) -> str:
        if withheld and bound.measure:
            return _(CoachBound.Measure(bound.measure).label).capitalize()
        return bound_words(bound)

    return words


@register.inclusion_tag("planning/coach_words.html")
def coach_words(athlete: Any) -> dict[str, Any]:
    """The messages and comments of coaches, newest first."""
    return {"notes": notes_for_athlete(athlete), "zones": athlete.zones}
