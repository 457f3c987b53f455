"""A stored proposal as it is shown in its language: title, lines, until when, and why it cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from advisor.languages.protocol import Language
from advisor.proposals.told import in_words, tell
from nutrition_site.kernel.clock import zone

# Parts of a diff that only serve its telling.
_INNER = frozenset({"title", "reason", "moved"})


def card_title(sentence: str, diff: Mapping[str, Any], language: Language) -> str:
    """What the proposal would do; `sentence` is what was stored where the diff has no title."""
    return tell(diff["title"], language) if diff.get("title") else sentence


def card_diff(
    diff: Mapping[str, Any], language: Language, *, status: str, expires_at: datetime, zones: str
) -> dict[str, Any]:
    """The diff with its lines and a `note` in this language: until when it stands, that it moved, or why it is over.

    `status` is that of the proposal as it is shown, `zones` the athlete's clock.
    """
    shown = {name: value for name, value in diff.items() if name not in _INNER}
    if "rows" in diff:
        shown["rows"] = [_line(one, language) for one in diff["rows"]]
    note = _note(diff, language, status, expires_at, zones)
    return {**shown, "note": note} if note else shown


def _line(line: Mapping[str, Any], language: Language) -> dict[str, Any]:
    told = line.get("told")
    if told is None:
        return dict(line)
    return {**{name: value for name, value in line.items() if name != "told"}, **_told(told, language)}


def _told(told: Mapping[str, Any], language: Language) -> dict[str, str]:
    return {name: tell(value, language) for name, value in told.items()}


def _note(diff: Mapping[str, Any], language: Language, status: str, expires_at: datetime, zones: str) -> str:
    if status == "expired":
        over = in_words("The time to confirm this is over. Ask again if you still want it.")
        return tell(diff.get("reason") or over, language)
    if status not in ("open", "applying"):
        return ""
    local = expires_at.astimezone(zone(zones))
    until = tell(
        in_words("You can confirm it until {time}, {day}.", time=local.strftime("%H:%M"), day=local.date()), language
    )
    moved = diff.get("moved")
    return f"{tell(moved, language)} {until}" if moved else until
