"""Recipes in JSON that somebody else wrote: schema.org data in a page, or what a language model answered.

Such JSON is cut off, fenced, wrapped in prose, nested in lists and graphs, or of the wrong types. What can be read is
read; nothing here raises for bad input, and the work is bounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from planning.own.found import FoundRecipe, make_found

MAX_NODES = 20_000
MAX_DEPTH = 40
MAX_STARTS = 60
MAX_TEXTS = 500

LINE_NAMES = ("recipeIngredient", "recipeIngredients", "ingredients", "ingredient", "sastojci", "zutaten")
STEP_NAMES = ("recipeInstructions", "instructions", "steps", "method", "directions", "priprema", "zubereitung")
TITLE_NAMES = ("name", "title", "headline", "naziv")
SERVINGS_NAMES = ("recipeYield", "yield", "servings", "serves", "yields", "porcije", "portionen")
_SCRIPT = re.compile(r"<script[^<>]{0,500}ld\+json[^<>]{0,500}>(.*?)(?:</script|$)", re.IGNORECASE | re.DOTALL)
_CUT_LIST = re.compile(rf'"(?:{"|".join(LINE_NAMES)})"\s*:\s*\[', re.IGNORECASE)
_STRING = re.compile(r'"((?:[^"\\]|\\.){1,2000})"')
_START = re.compile(r"[\[{]")


def from_page(page: str) -> FoundRecipe | None:
    """The recipe in the JSON-LD of a page, however it is broken; None when there is none."""
    for match in _SCRIPT.finditer(page):
        found = from_json_text(match[1])
        if found is not None:
            return found
    return None


def from_json_text(text: str) -> FoundRecipe | None:
    """The recipe in a text that holds JSON somewhere; None when there is none."""
    if not any(name.lower() in text.lower() for name in LINE_NAMES):
        return None
    for value in _values(text):
        for node in _nodes(value):
            found = _recipe(node)
            if found is not None:
                return found
    return _from_cut_json(text)


def _values(text: str) -> Iterator[Any]:
    """Every JSON value that begins somewhere in the text, outermost first."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(MAX_STARTS):
        start = _START.search(text, position)
        if start is None:
            return
        try:
            value, position = decoder.raw_decode(text, start.start())
            yield value
        except (ValueError, RecursionError):
            position = start.end()


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a value, breadth first, up to a number and a depth."""
    layer = [value]
    seen = 0
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for item in layer:
            seen += 1
            if seen > MAX_NODES:
                return
            if isinstance(item, dict):
                yield item
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        layer = [item for item in below if isinstance(item, dict | list)]
        if not layer:
            return


def _recipe(node: dict[str, Any]) -> FoundRecipe | None:
    lines = [text for text in _texts(_first(node, LINE_NAMES)) if text.strip()]
    if not lines:
        return None
    return make_found(
        title=next(iter(_texts(_first(node, TITLE_NAMES))), ""),
        lines=lines,
        steps=_steps(_first(node, STEP_NAMES)),
        servings=_first(node, SERVINGS_NAMES),
        prep_minutes=_first(node, ("prepTime", "prep_minutes", "prep_time")),
        cook_minutes=_first(node, ("cookTime", "cook_minutes", "cook_time")),
        total_minutes=_first(node, ("totalTime", "total_minutes", "total_time")),
    )


def _first(node: dict[str, Any], names: tuple[str, ...]) -> Any:
    lower = {str(key).lower(): value for key, value in node.items()}
    return next((lower[name.lower()] for name in names if lower.get(name.lower()) not in (None, "", [], {})), None)


def _texts(value: Any, depth: int = 0) -> list[str]:
    """The texts of an ingredient list, whatever its type: texts, objects with amount and name, lists in lists."""
    if isinstance(value, str):
        return [line for line in value.splitlines() if line.strip()]
    if depth > 6:
        return []
    if isinstance(value, dict):
        direct = value.get("text") or value.get("original") or value.get("raw")
        if isinstance(direct, str):
            return [direct]
        amount = [
            value.get(name) for name in ("amount", "quantity", "value", "unit", "unitText", "name", "food", "item")
        ]
        words = [str(part) for part in amount if isinstance(part, str | int | float) and not isinstance(part, bool)]
        if words and any(isinstance(value.get(name), str) for name in ("name", "food", "item")):
            return [" ".join(words)]
        return [text for part in list(value.values())[:MAX_TEXTS] for text in _texts(part, depth + 1)][:MAX_TEXTS]
    if isinstance(value, list):
        return [text for part in value[:MAX_TEXTS] for text in _texts(part, depth + 1)][:MAX_TEXTS]
    return []


def _steps(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [line for line in re.split(r"\n+|(?<=[.!])\s{2,}", value) if line.strip()]
    if depth > 6:
        return []
    if isinstance(value, dict):
        if isinstance(value.get("itemListElement"), list | dict):
            return _steps(value["itemListElement"], depth + 1)
        return _steps(value.get("text") or value.get("name") or value.get("item"), depth + 1)
    if isinstance(value, list):
        return [step for part in value[:MAX_TEXTS] for step in _steps(part, depth + 1)][:MAX_TEXTS]
    return []


def _from_cut_json(text: str) -> FoundRecipe | None:
    """What is left of JSON that breaks off inside its list of ingredients."""
    start = _CUT_LIST.search(text)
    if start is None:
        return None
    # What follows the list of ingredients is another list; a text inside it would not begin with a name and a colon.
    end = text.find("]", start.end())
    lines = [_unescaped(match[1]) for match in _STRING.finditer(text[start.end() : end if end > 0 else len(text)])]
    if not lines:
        return None
    title = re.search(r'"(?:name|title)"\s*:\s*"((?:[^"\\]|\\.){1,300})"', text)
    return make_found(
        title=_unescaped(title[1]) if title else "",
        lines=lines,
        notes=("The recipe breaks off or is damaged; some of it may be missing.",),
    )


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
