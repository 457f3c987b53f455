"""Prices as the reader's language writes them: `€1.22` in English, `1,22 €` in Serbian."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language

# What people write in place of a code; every other currency keeps its own.
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
# Languages that name the currency behind the amount.
_BEHIND = frozenset({"sr", "he"})
_NBSP = "\u00a0"


def told_price(money: Mapping[str, Any] | None) -> str:
    """`{amount_minor, currency}` (hundredths, ISO 4217) in words; empty where no price is known."""
    if not money:
        return ""
    code = str(money["currency"])
    sign = SIGNS.get(code, code)
    amount = number_format(money["amount_minor"] / 100, 2, force_grouping=True)
    if (get_language() or "en").partition("-")[0] in _BEHIND:
        return f"{amount}{_NBSP}{sign}"
    return f"{sign}{amount}" if code in SIGNS else f"{sign}{_NBSP}{amount}"
