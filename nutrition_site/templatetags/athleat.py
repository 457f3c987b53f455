"""Template filters that every page has at hand: numbers with the design language's rounding."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def kcal10(value: float | None) -> str:
    """Energy targets to the nearest ten; empty when unknown."""
    return "" if value is None else number_format(int(round(value, -1)), use_l10n=True, force_grouping=True)


@register.filter
def whole(value: float | None) -> str:
    """A whole number with digit grouping; empty when unknown."""
    return "" if value is None else number_format(round(value), use_l10n=True, force_grouping=True)


@register.filter
def liters(milliliters: float | None) -> str:
    """Milliliters as liters to one decimal; empty when unknown."""
    return "" if milliliters is None else number_format(milliliters / 1000, decimal_pos=1, use_l10n=True)
