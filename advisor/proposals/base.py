"""What all proposals share: how a state is named that they rest on, how titles, lines and refusals read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from advisor.proposals.told import NOTHING, Told, refuse, tell

MAX_SENTENCE = 500
_DIGEST_CHARACTERS = 24


def digest(state: Any) -> str:
    """A short name for a state: another one, another name. `state` is what JSON can hold."""
    content = json.dumps(state, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:_DIGEST_CHARACTERS]


def row(words: Told, before: Told, after: Told) -> dict[str, Any]:
    """One line of a diff as people read it, in English, and `told` for other languages; an empty side is a dash."""
    told = {"words": words, "before": before or NOTHING, "after": after or NOTHING}
    return {**{name: tell(value) for name, value in told.items()}, "told": told}


def titled(title: Told, diff: Mapping[str, Any]) -> dict[str, Any]:
    """A diff with what the proposal is called."""
    return {**diff, "title": title}


def title_of(diff: Mapping[str, Any]) -> str:
    """What a proposal is called, in English."""
    return tell(diff["title"])[:MAX_SENTENCE]


def refuse_past_day(day: date, *, today: date) -> None:
    """Raises Conflict `day_over` for a day before the athlete's today."""
    if day < today:
        raise refuse("This day is over; what it held stays as it was.", code="day_over")
