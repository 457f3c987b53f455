"""Results as a model gets them: plain JSON of a bounded size, without what the athlete must not see. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MOST_CHARACTERS = 24_000
MOST_TEXT = 600
# What is left out first where a result is too large: the steps behind a number, then the steps of a recipe.
FIRST_TO_GO = ("trace", "method")
LEFT_OUT = "left_out_of_this_result"
# Energy and body mass, wherever an athlete has to be spared them: units of facts, names of values, numbers in words.
WITHHELD_UNITS = frozenset({"kcal", "kJ", "kg", "kcal/kg FFM", "kcal/kg FFM/d"})
_WITHHELD_NAMES = re.compile(r"kcal|calorie|weight|ffm|energy_availability")
_WITHHELD_WORDS = re.compile(r"\d\s*-?(?:kcal|kj|kg)\b|\bkcal/kg\b", re.IGNORECASE)


def bounded(result: dict[str, Any]) -> dict[str, Any]:
    """The result with long texts cut and, where it is still too large, with facts and rows left out and counted."""
    small: dict[str, Any] = _clipped(result)
    left_out = 0
    for kind in FIRST_TO_GO:
        if _size(small) <= MOST_CHARACTERS:
            break
        for holder, name in _lists(small):
            kept = [row for row in holder[name] if not (isinstance(row, dict) and row.get("kind") == kind)]
            left_out += len(holder[name]) - len(kept)
            holder[name] = kept
    while _size(small) > MOST_CHARACTERS:
        found = list(_lists(small))
        holder, name = max(found, key=lambda place: _size(place[0][place[1]]), default=({}, ""))
        if not name or not holder[name]:
            return {"error": "too_large", "message": "This result is too large. Ask for fewer days."}
        kept_count = len(holder[name]) * 3 // 4
        left_out += len(holder[name]) - kept_count
        holder[name] = holder[name][:kept_count]
    return {**small, LEFT_OUT: left_out} if left_out else small


def without_withheld(value: Any) -> Any:
    """The result without energy and body mass: what a model was never told it cannot let slip."""
    if isinstance(value, dict):
        return {
            name: without_withheld(inner)
            for name, inner in value.items()
            if not _WITHHELD_NAMES.search(str(name)) and not _is_withheld_text(inner)
        }
    if isinstance(value, list | tuple):
        return [without_withheld(row) for row in value if not _is_withheld_row(row)]
    return value


def _is_withheld_row(row: Any) -> bool:
    if not isinstance(row, dict):
        return _is_withheld_text(row)
    if row.get("unit") in WITHHELD_UNITS or _WITHHELD_NAMES.search(str(row.get("id", ""))):
        return True
    return "value" in row and _is_withheld_text(row["value"])


def _is_withheld_text(value: Any) -> bool:
    return isinstance(value, str) and _WITHHELD_WORDS.search(value) is not None


def _clipped(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= MOST_TEXT else value[:MOST_TEXT] + "…"
    if isinstance(value, dict):
        return {str(name): _clipped(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clipped(inner) for inner in value]
    return value


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, default=str))


def _lists(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Every list of rows inside, with the object and the name that hold it; inner ones first."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lists(inner)
            if isinstance(inner, list) and inner:
                yield value, name
    elif isinstance(value, list):
        for inner in value:
            yield from _lists(inner)
