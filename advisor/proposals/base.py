"""What all proposals share: how a state is named that they rest on, how days and refusals read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from advisor.words import MONTHS, WEEKDAYS
from nutrition_site.kernel.errors import Conflict

MAX_SENTENCE = 500
_DIGEST_CHARACTERS = 24


def digest(state: Any) -> str:
    """A short name for a state: another one, another name. `state` is what JSON can hold."""
    content = json.dumps(state, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:_DIGEST_CHARACTERS]


def day_words(day: date) -> str:
    """`Saturday 28 March 2026`: a proposal may be read much later, so it names its year."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def row(words: str, before: str, after: str) -> dict[str, str]:
    """One line of a diff as people read it; an empty side is a dash."""
    return {"words": words, "before": before or "–", "after": after or "–"}


def listed(values: Sequence[str]) -> str:
    return ", ".join(values)


def refuse_past_day(day: date, *, today: date) -> None:
    """Raises Conflict `day_over` for a day before the athlete's today."""
    if day < today:
        raise Conflict("This day is over; what it held stays as it was.", code="day_over")
