"""A list as plain text and as CSV, from the document that pages and API show.

The text is for people, in their language; the table is for programs, in English like the API.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from planning.catalogue.names import aisle_name, dish_name
from planning.prices import told_price
from planning.services.shopping_told import told_line

# Spreadsheets read a cell that begins like this as a formula, in East Asian settings with full-width signs as well.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
COLUMNS = (
    "aisle", "item", "to_buy", "grams_to_buy", "grams_needed", "grams_at_home", "price_minor", "currency",
    "for", "notes", "state",
)  # fmt: skip
# Without it Excel reads UTF-8 as the code page of the machine; every other reader drops it.
BYTE_ORDER_MARK = "\ufeff"
EXCLUDED = "for a dish you can no longer eat: plan it again before you buy"


def file_name(document: Mapping[str, Any], extension: str) -> str:
    """`shopping-2026-W41.csv` for a week from Monday, else both days."""
    first, last = date.fromisoformat(document["from"]), date.fromisoformat(document["to"])
    if first.weekday() == 0 and last - first == timedelta(days=6):
        year, week, _ = first.isocalendar()
        return f"shopping-{year}-W{week:02d}.{extension}"
    return f"shopping-{first}-to-{last}.{extension}"


def as_text(document: Mapping[str, Any]) -> str:
    """Aisle by aisle, one line an item: `[ ] 8 eggs, Egg`. UTF-8, lines end with a line feed."""
    title = gettext("Shopping list, %(first)s to %(last)s") % {"first": document["from"], "last": document["to"]}
    lines = [title, "", *_warning(document)]
    to_buy = [told_line(item) for item in document["items"] if not item["at_home"]]
    for aisle, items in groupby(to_buy, key=lambda item: item["category"]):
        lines.append(aisle_name(aisle).upper())
        lines += [_text_line(item) for item in items]
        lines.append("")
    at_home = [told_line(item) for item in document["items"] if item["at_home"]]
    if at_home:
        lines.append(gettext("At home").upper())
        lines += [f"    {_one_line(item['name'])}, {_one_line(item['quantity'])}" for item in at_home]
        lines.append("")
    price = document["total"]["price"]
    if price:
        total = document["total"]
        lines.append(
            gettext("About %(cost)s, an estimate from %(priced)s of %(all)s lines.")
            % {
                "cost": told_price(price),
                "priced": total["priced_count"],
                "all": total["line_count"],
            }
        )
    lines += [gettext(sentence) for sentence in document["disclaimers"]]
    return "\n".join(lines) + "\n"


def _warning(document: Mapping[str, Any]) -> list[str]:
    """What whoever carries the file has to know before they buy: a file is not seen again by the product."""
    if document["excluded_dishes"]:
        dishes = ", ".join(_one_line(dish_name(name)) for name in document["excluded_dishes"])
        words = gettext(
            "This list holds food you can no longer eat, for %(dishes)s. Plan these days again before you buy."
        )
        return [words % {"dishes": dishes}, ""]
    return [gettext("Your plan changed after this list was made."), ""] if document["out_of_date"] else []


def _is_for(item: Mapping[str, Any], dishes: Container[str]) -> bool:
    return any(name in dishes for use in item["sources"] for name in use.get("dishes", ()))


def _text_line(item: Mapping[str, Any]) -> str:
    mark = "x" if item["checked"] else " "
    notes = f" ({'; '.join(item['notes'])})" if item["notes"] else ""
    return f"[{mark}] {_one_line(item['name'])}: {_one_line(item['quantity'])}{notes}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def as_csv(document: Mapping[str, Any]) -> str:
    """One row an item, with a header and a byte order mark; no cell can be read as a formula."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in document["items"]:
        excluded = [EXCLUDED] if _is_for(item, document["excluded_dishes"]) else []
        price = item["price"] or {"amount_minor": None, "currency": None}
        row = (
            item["category"],
            item["name"],
            item["quantity"],
            item["grams"],
            item["needed_grams"],
            item["pantry_grams"],
            price["amount_minor"],
            price["currency"],
            "; ".join(item["for"]),
            "; ".join([*excluded, *item["notes"]]),
            "in the basket" if item["checked"] else "at home" if item["at_home"] else "to buy",
        )
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Text that a spreadsheet will not run: a mark in front keeps it text. Numbers stay numbers, unknown is empty."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_MARKS):
        return "'" + value
    return value


def export(document: Mapping[str, Any], extension: str) -> tuple[bytes, str, str]:
    """(content, content type, file name) for `txt` or `csv`."""
    content = as_csv(document) if extension == "csv" else as_text(document)
    kind = "text/csv" if extension == "csv" else "text/plain"
    return content.encode(), f"{kind}; charset=utf-8", file_name(document, extension)
