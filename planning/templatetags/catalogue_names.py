"""Names of the catalogue in every template."""

from __future__ import annotations

from typing import Any

from django import template

from planning.catalogue import names

register = template.Library()


@register.filter
def named(thing: Any) -> str:
    """What a food or a dish is called in the reader's language; somebody's own keeps its name.

    Of a text it is taken for granted that it is a name from the catalogue; empty for None.
    """
    return "" if thing is None else names.name_of(thing)


@register.filter
def aisle_named(aisle: str) -> str:
    """What a part of a shop is called in the reader's language."""
    return names.aisle_name(aisle)
