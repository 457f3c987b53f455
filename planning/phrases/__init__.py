"""Sentences of the calculations and the planner, told in the reader's language.

What is calculated, stored and hashed is English, so that nobody's language changes a plan. Here such a text is looked
up when it is shown: a fixed one as it is, one with values by its template, whose values are told in turn. What is not
known stays English.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import get_language, gettext

from nutrition_site.kernel.sentences import SentenceTable, in_english
from planning.phrases import race, refusals, science
from planning.phrases.values import CONVERTERS, SHAPES, join_words

__all__ = ["knows", "tell"]

_SENTENCE_ENDS = re.compile(r"(?<=[.!?]) (?=[A-Z“])")
_WHEN = re.compile(rf"(?P<what>.+) (?P<when>{SHAPES['when']})")
_SENTENCES = SentenceTable(
    (*science.FIXED, *race.FIXED, *refusals.FIXED, *science.TEMPLATES, *refusals.TEMPLATES), shapes=SHAPES
)


def tell(text: str) -> str:
    """A text of ours in the active language; English, and what is not known, as it is."""
    if not text or in_english():
        return text
    return _told(text, get_language() or "")


def knows(text: str) -> bool:
    """Whether a text is one that `tell` has words for."""
    return _SENTENCES.knows(text)


@lru_cache(maxsize=4096)
def _told(text: str, language: str) -> str:
    """`language` is part of the key only: the active one tells."""
    pieces = _SENTENCE_ENDS.split(text)
    told = [_whole(piece) for piece in pieces]
    if None not in told or not _SENTENCES.knows(text):
        return " ".join(piece if words is None else words for piece, words in zip(pieces, told, strict=True))
    return _whole(text) or text


def _whole(text: str) -> str | None:
    """One sentence or part of a sentence; None where it is not known."""
    words = _SENTENCES.tell(text, _value)
    if words is not None:
        return words
    # Messages of services, which are marked where they stand.
    told = gettext(text)
    return None if told == text else told


def _value(name: str, text: str) -> str:
    kind = name.rstrip("0123456789")
    if kind == "part":
        return _part(text)
    if kind == "parts":
        listed = re.split(r"; (?:and )?", text)
        return "; ".join(_part(one) for one in listed)
    if kind == "missed":
        return join_words([_part(one) for one in re.split(r", | and (?=the )", text)])
    if kind == "reasons":
        return "; ".join(_whole(one) or one for one in text.split("; "))
    if kind == "rule":
        return gettext(text)
    convert = CONVERTERS.get(kind)
    return convert(text) if convert else text


def _part(text: str) -> str:
    """A requirement, with the days that it holds on behind it or without."""
    whole = _whole(text)
    if whole is not None:
        return whole
    found = _WHEN.fullmatch(text)
    if found is None:
        return text
    return f"{_whole(found['what']) or found['what']} {CONVERTERS['when'](found['when'])}"
