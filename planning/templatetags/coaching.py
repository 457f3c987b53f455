"""What coaches set and wrote, for the page of coaches, which belongs to an app that knows no plans."""

from __future__ import annotations

from typing import Any

from django import template

from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import today
from planning.services.coaching_bounds import bound_words, bounds_shown, coach_name
from planning.services.coaching_notes import notes_for_athlete

register = template.Library()


@register.inclusion_tag("planning/coach_limits.html")
def coach_limits(athlete: Any) -> dict[str, Any]:
    """Every limit that holds now or will: what, who set it, why and until when, with a way to end it."""
    withheld = numbers_withheld(athlete, today=today(athlete.zones))
    rows = [
        {
            "bound": bound,
            "words": bound.get_measure_display().capitalize() if withheld and bound.measure else bound_words(bound),
            "coach": coach_name(bound.coach),
        }
        for bound in bounds_shown(athlete)
    ]
    return {"limits": rows}


@register.inclusion_tag("planning/coach_words.html")
def coach_words(athlete: Any) -> dict[str, Any]:
    """The messages and comments of coaches, newest first."""
    return {"notes": notes_for_athlete(athlete), "zones": athlete.zones}
