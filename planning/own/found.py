"""A recipe as it was found in a page or a text: words only, nothing weighed, nothing matched. Pure and bounded."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from planning.own.durations import cooking_minutes
from planning.units_data import NUMBER_WORDS
from planning.units_types import fold_text

MAX_LINES = 60
MAX_STEPS = 40
MAX_LINE = 500
MAX_STEP = 2000
MAX_TITLE = 200
MAX_MINUTES = 1440

_SERVINGS = re.compile(r"([0-9]+(?:[.,][0-9]+)?)")
_DURATION = re.compile(r"P(?:([0-9]{1,3})D)?(?:T(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:[0-9.]{1,9}S)?)?", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class FoundRecipe:
    """Title, ingredient lines, steps, servings and minutes; None or empty is what nothing was said about."""

    title: str = ""
    lines: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    servings: float | None = None
    prep_minutes: int | None = None
    cook_minutes: int | None = None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the way between two processes."""
        return asdict(self)


def make_found(
    *,
    title: Any = "",
    lines: Iterable[Any] = (),
    steps: Iterable[Any] = (),
    servings: Any = None,
    prep_minutes: Any = None,
    cook_minutes: Any = None,
    total_minutes: Any = None,
    notes: Iterable[str] = (),
) -> FoundRecipe:
    """Cleans and cuts whatever a page said; values of the wrong type are left out.

    A cooking time that is not stated is what the total leaves after the preparation, else what the steps add up to.
    """
    told = list(notes)
    prep, cook, total = read_minutes(prep_minutes), read_minutes(cook_minutes), read_minutes(total_minutes)
    kept = list(clean_lines(lines, MAX_LINE))
    if len(kept) > MAX_LINES:
        told.append(f"Only the first {MAX_LINES} of {len(kept)} ingredients were read.")
    done = list(clean_lines(steps, MAX_STEP))
    if len(done) > MAX_STEPS:
        told.append(f"Only the first {MAX_STEPS} of {len(done)} steps were read.")
    if cook is None and prep is not None and total is not None and total > prep:
        cook = total - prep
    if cook is None:
        cook = cooking_minutes(done)
        if cook is not None:
            told.append(f"The cooking time, {cook} minutes, was added up from the steps. Check it.")
    return FoundRecipe(
        title=clean_text(title, MAX_TITLE),
        lines=tuple(kept[:MAX_LINES]),
        steps=tuple(done[:MAX_STEPS]),
        servings=read_servings(servings),
        prep_minutes=prep,
        cook_minutes=cook,
        notes=tuple(told),
    )


def clean_lines(values: Iterable[Any], limit: int) -> list[str]:
    """The texts among these values, cleaned, without empty ones."""
    return [text for value in values if isinstance(value, str) and (text := clean_text(value, limit))]


def clean_text(value: Any, limit: int) -> str:
    """One line of plain text: no tags, no entities, no control or direction marks; at most `limit` characters."""
    if not isinstance(value, str):
        return ""
    text = value[: limit * 8]
    # Twice: feeds like to escape what is escaped already.
    text = html.unescape(html.unescape(text))
    text = _TAG.sub(" ", text)
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " if char.isspace() else "" for char in text)
    return " ".join(kept.split())[:limit]


def read_servings(value: Any) -> float | None:
    """Servings from 4, "4", "serves 4-6" or ["4 servings"]; None for what is none or cannot be."""
    if isinstance(value, list):
        return next((found for item in value[:5] if (found := read_servings(item)) is not None), None)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = float(value)
    else:
        text = fold_text(str(value)[:200])
        match = _SERVINGS.search(text)
        if match is None:
            word = next((word for word in re.findall(r"[a-z]+", text) if word in NUMBER_WORDS and len(word) > 2), None)
            number = float(Decimal(NUMBER_WORDS[word])) if word else 0.0
        else:
            number = float(match[1].replace(",", "."))
    return number if 0.25 <= number <= 100 else None


def read_minutes(value: Any) -> int | None:
    """Minutes from a number, an ISO 8601 duration or "1 h 20 min"; None for what is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        minutes = float(value)
    else:
        text = str(value).strip()[:80]
        iso = _DURATION.fullmatch(text)
        if iso and len(text) > 2:
            days, hours, rest = (int(part or 0) for part in iso.groups())
            minutes = days * 1440.0 + hours * 60 + rest
        else:
            parts = re.findall(r"([0-9]{1,4}(?:[.,][0-9])?) ?(h|std|sat|hr|min|m)", fold_text(text))
            if not parts:
                return None
            minutes = sum(float(n.replace(",", ".")) * (1 if unit.startswith("m") else 60) for n, unit in parts)
    return round(minutes) if 0 < minutes <= MAX_MINUTES else None
