"""Lines of a list in the language of who reads them. They are stored and served in English."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from nutrition_site.kernel.sentences import in_english
from planning.amounts import told_amount
from planning.catalogue.names import food_name
from planning.wording import spaced

SHOWN_CHANGES = 6


def told_item(item: dict[str, Any]) -> dict[str, Any]:
    """A line with its name, amount and notes in the language of the page; what the athlete wrote stays."""
    told = told_line(item)
    return {**told, "quantity": spaced(told["quantity"])}


def told_line(item: dict[str, Any]) -> dict[str, Any]:
    """The same for a file of plain text, where an amount is one word: `500g`."""
    quantity = item["own_quantity"] or (item["quantity"] if item["own"] else told_amount(item["quantity"]))
    return {**item, "name": line_name(item), "quantity": quantity, "notes": [gettext(note) for note in item["notes"]]}


def line_name(item: dict[str, Any]) -> str:
    """What a line is called: a food of the catalogue by its name in the language of the page."""
    return str(item["name"]) if item["own"] else food_name(item["name"])


def piece_of(basis: dict[str, Any]) -> str:
    """What the catalogue calls a piece, in English; elsewhere it is only a piece."""
    return str(basis.get("piece_name") or "") if in_english() else ""


def source_of(basis: dict[str, Any], name: str) -> str:
    """Where a measure of a line comes from, in the language of the page."""
    source = basis.get(name) or ""
    return gettext(source) if source else ""


def told_delta(delta: list[dict[str, Any]]) -> str:
    """What a renewed list gained and lost, in one paragraph."""
    if not delta:
        return gettext("The list is up to date. Nothing changed on it.")
    new: list[str] = []
    more: list[str] = []
    less: list[str] = []
    gone: list[str] = []
    for line in delta:
        food = food_name(line["food"])
        change = gettext("%(food)s, %(before)s to %(after)s") % {
            "food": food,
            "before": told_amount(line["before"]),
            "after": told_amount(line["after"]),
        }
        if not line["before_grams"]:
            new.append(food)
        elif not line["after_grams"]:
            gone.append(food)
        else:
            (more if line["after_grams"] > line["before_grams"] else less).append(change)
    told = [gettext("The list follows your plan again, and your ticks are kept.")]
    if new:
        told.append(gettext("New: %(lines)s.") % {"lines": _some(new)})
    if more:
        told.append(gettext("More: %(lines)s.") % {"lines": _some(more)})
    if less:
        told.append(gettext("Less: %(lines)s.") % {"lines": _some(less)})
    if gone:
        told.append(gettext("No longer needed: %(lines)s.") % {"lines": _some(gone)})
    return " ".join(told)


def _some(lines: list[str]) -> str:
    shown, rest = "; ".join(lines[:SHOWN_CHANGES]), len(lines) - SHOWN_CHANGES
    return gettext("%(lines)s; and %(count)s more") % {"lines": shown, "count": rest} if rest > 0 else shown
