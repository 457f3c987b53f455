"""The last hand on a finished Serbian answer: names of dishes and foods in Serbian, and the alphabet of the question.

It runs after every check, and changes letters and names alone: each name has one other name, each letter one other
letter, so what was checked is what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from advisor.facts import Citation
from advisor.languages.detect import detect_language
from advisor.languages.serbian_food_words import food_word
from nutrition_site.kernel.cyrillic import is_cyrillic, to_cyrillic
from planning.catalogue.names.serbian_dish_parts import dish_name
from planning.catalogue.names.serbian_foods import food_name, is_food_name

_QUOTED = re.compile(r"“([^“”]+)”")
# A dish as a line of a proposal has it: `Shakshuka × 1.5`.
_SERVED = re.compile(r"(?P<name>.+?)(?P<times> × [\d.,]+)?")
# What the facts of these kinds say is told in Serbian words; of any other kind it is a name and stays as it is.
_TOLD_KINDS = frozenset({"trace", "fueling", "target", "allergen", "profile", "reason"})
# `What you do not eat: liver, olives.`
_LISTED = re.compile(r"(?P<lead>[^:.“]+: )(?P<entries>[^.“]+)(?=\.)")
_NO_NAMES: frozenset[str] = frozenset()


def wants_cyrillic(message: str, earlier: Iterable[str] = ()) -> bool:
    """Whether an answer goes out in Cyrillic: the message is in it, or, where the message tells nothing (`ok`), the
    last one before it that tells. `earlier` are the athlete's messages, the latest first."""
    for text in (message, *earlier):
        if is_cyrillic(text):
            return True
        if detect_language(text, default="en") == detect_language(text, default="sr"):
            return False
    return False


def finish_answer(
    text: str, citations: Sequence[Citation], *, language: str, cyrillic: bool
) -> tuple[str, tuple[Citation, ...]]:
    """The answer as the athlete reads it, with its citations quoted as they are written there."""
    if language != "sr":
        return text, tuple(citations)
    names = frozenset(row.quote for row in citations if _is_name(row))
    sources = frozenset(row.fact.source for row in citations if row.fact.source in text)
    foods = frozenset(row.quote for row in citations if row.fact.kind not in ("dish", "plan"))
    written = finish_text(text, cyrillic=cyrillic, names=names | sources, foods=foods)
    return written, tuple(_finish_citation(row, cyrillic=cyrillic, names=names, foods=foods) for row in citations)


def finish_text(
    text: str, *, cyrillic: bool, names: frozenset[str] = _NO_NAMES, foods: frozenset[str] = _NO_NAMES
) -> str:
    """A Serbian text with the names between quotation marks in Serbian, in Cyrillic where that is wanted.

    `names` stay in Latin letters wherever they stand; what `foods` holds is no dish, should a dish be called like it.
    """
    written = to_cyrillic(text, names=names) if cyrillic else text
    return _QUOTED.sub(
        lambda match: f"“{serbian_name(match[1], cyrillic=cyrillic, is_food=match[1] in foods)}”", written
    )


def _is_name(row: Citation) -> bool:
    """Whether a citation quotes what somebody or a table called something, and no Serbian words of ours."""
    verbatim = row.quote == row.fact.value and row.fact.kind not in _TOLD_KINDS
    return verbatim and not is_food_name(row.quote)


def _finish_citation(row: Citation, *, cyrillic: bool, names: frozenset[str], foods: frozenset[str]) -> Citation:
    """The citation with its quote as it is written; a dish that got its Serbian name keeps the other in its label."""
    if row.quote not in names:
        return replace(row, quote=to_cyrillic(row.quote)) if cyrillic else row
    called = serbian_name(row.quote, cyrillic=cyrillic, is_food=row.quote in foods)
    if called == row.quote:
        return row
    return Citation(replace(row.fact, value=called, label=f"{row.fact.label} ({row.quote})"), called)


def serbian_name(name: str, *, cyrillic: bool, is_food: bool = False) -> str:
    """A dish or food of the catalogue by its Serbian name; any other name as it is."""
    told = _told(name, is_food=is_food)
    if told is None:
        return name
    return to_cyrillic(told) if cyrillic else told


def _told(name: str, *, is_food: bool = False) -> str | None:
    named = (food_name(name) or dish_name(name)) if is_food else (dish_name(name) or food_name(name))
    return named or food_word(name)


def finish_card(card: Mapping[str, Any], *, language: str, cyrillic: bool) -> dict[str, Any]:
    """A proposal as it is shown: its sentence, its lines, its note and the words of its result."""
    if language != "sr":
        return dict(card)
    diff = dict(card["diff"])
    if "rows" in diff:
        diff["rows"] = [_line(row, cyrillic=cyrillic) for row in diff["rows"]]
    if diff.get("note"):
        diff["note"] = finish_text(diff["note"], cyrillic=cyrillic)
    result = card.get("result")
    if result and result.get("words"):
        result = {**result, "words": _result(result["words"], cyrillic=cyrillic)}
    return {**card, "diff": diff, "result": result, "sentence": finish_text(card["sentence"], cyrillic=cyrillic)}


def _result(words: str, *, cyrillic: bool) -> str:
    """What was read back: a list of foods before the first full stop has its Serbian words."""
    listed = _LISTED.match(words)
    parts = listed["entries"].split(", ") if listed else []
    if listed is None or not all(_is_known(part) for part in parts):
        return finish_text(words, cyrillic=cyrillic)
    named = ", ".join(serbian_name(part, cyrillic=False) for part in parts)
    return finish_text(f"{listed['lead']}{named}{words[listed.end() :]}", cyrillic=cyrillic)


def _line(row: Mapping[str, Any], *, cyrillic: bool) -> dict[str, Any]:
    return {
        name: _cell(value, cyrillic=cyrillic)
        if isinstance(value, str) and name in ("words", "before", "after")
        else value
        for name, value in row.items()
    }


def _cell(text: str, *, cyrillic: bool) -> str:
    """One side of a line: a dish with its servings, a meal with its dish, a list of foods, or words of our own."""
    served = _SERVED.fullmatch(text)
    if served is not None and _is_known(served["name"]):
        return serbian_name(served["name"], cyrillic=cyrillic) + (served["times"] or "").replace(".", ",")
    lead, mark, name = text.partition(": ")
    if mark and _is_known(name):
        return finish_text(lead + mark, cyrillic=cyrillic) + serbian_name(name, cyrillic=cyrillic)
    if text.strip() and all(_is_known(part) for part in text.split(", ")):
        return ", ".join(serbian_name(part, cyrillic=cyrillic) for part in text.split(", "))
    # A title that somebody gave keeps its letters.
    is_ours = detect_language(text, default="sr") == "sr"
    return finish_text(text, cyrillic=cyrillic and is_ours)


def _is_known(name: str) -> bool:
    return _told(name) is not None
