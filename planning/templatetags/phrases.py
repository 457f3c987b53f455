"""Filters that tell English texts of the calculations, and counts of servings, in the reader's language."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from planning import phrases, wording
from planning.mapping import REST_DAY
from planning.science.constants import engine_version

register = template.Library()


@register.filter
def told(text: str | None) -> str:
    """A sentence or word of the calculations in the reader's language; empty for None."""
    return phrases.tell(text or "")


@register.filter
def day_label(label: str | None) -> str:
    """What a day is called: a session's own title stays, a day without one is told in the reader's language."""
    return gettext(REST_DAY) if label == REST_DAY else label or ""


@register.filter
def calculated_otherwise(plan: Any) -> bool:
    """Whether a day of the plan was calculated by other equations or constants than those in force."""
    present = engine_version()
    days = plan.current.days if plan.current else []
    return any(day["target"].get("engine_version") != present for day in days)


@register.filter
def servings_count(servings: float) -> int:
    """The whole number by which the word for servings is chosen."""
    return wording.servings_count(servings)
