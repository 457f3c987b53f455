"""Replies as the checks read them: without tricks of writing, and cut into whole sentences."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_DASHES = str.maketrans("–—−⁄", "---/")
_CYRILLIC, _LATIN = "абвгдђежзијклљмнњопрстћуфхцчџш", "abvgdđežzijkllmnnoprstćufhcčdš"
# One letter for one, so that places in the text stay what they are.
_LETTERS = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())
_DIGRAPHS = str.maketrans({"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"})
_MARKUP = re.compile(r"[*`]+|(?<!\w)_+|(?<!_)_++(?!\w)")
_END = re.compile(r"(?<=[.!?…])[”\")\]]*\s+|\n+")
# `1. Rice` and `28. marta` go on after their full stop.
_LISTED = re.compile(r"\s*\d{1,2}[.)]")
_GOES_ON = re.compile(r"(?<![\w.,])\d{1,4}\.$")
_ABBREVIATED = re.compile(r"\b(?:approx|ca|cca|e\.g|i\.e|vs|npr|tj|min|max|tbsp|tsp|no|br)\.$", re.IGNORECASE)
# No abbreviation, date or number of a list is longer.
_LOOK_BACK = 12


def plain(text: str) -> str:
    """Compatibility forms, plain dashes and slashes, no invisible marks and no markup, Serbian Cyrillic as Latin."""
    formed = unicodedata.normalize("NFKC", re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", text)).translate(_DASHES)
    seen = "".join(mark for mark in formed if unicodedata.category(mark) != "Cf")
    return _MARKUP.sub("", seen).translate(_LETTERS).replace("’", "'")


def folded(text: str) -> str:
    """The same in lower case and without accents, for finding words; its places are not those of the text."""
    spelled = text.translate(_DIGRAPHS)
    parts = unicodedata.normalize("NFKD", plain(spelled).casefold().replace("đ", "dj"))
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def sentence_ends(text: str) -> list[int]:
    """Where sentences end, a place after each one's white space. Quotations are not cut, nor what follows `28.`"""
    ends = []
    line_start = read_to = opened = 0
    for match in _END.finditer(text):
        place, end = match.start(), match.end()
        closing = place + len(match.group().rstrip())
        # Quotation marks are counted once each, line by line, so that the whole takes one pass.
        newest = text.rfind("\n", read_to, closing) + 1
        if newest > line_start:
            line_start, opened, read_to = newest, 0, newest
        opened += text.count("“", read_to, closing) - text.count("”", read_to, closing)
        read_to = closing
        if "\n" not in match.group():
            before = text[max(0, place - _LOOK_BACK) : closing]
            follows = text[end : end + 1]
            if _ABBREVIATED.search(before) or (_GOES_ON.search(before) and (not follows or follows.islower())):
                continue
            # The number of a list stands at the beginning of its line.
            if closing == place and _LISTED.fullmatch(text, line_start, place):
                continue
            if opened > 0:
                continue
        ends.append(end)
    return ends


def split_sentences(text: str) -> list[str]:
    """The text in sentences; together they are the text."""
    places = [0, *sentence_ends(text)]
    if places[-1] < len(text):
        places.append(len(text))
    return [text[start:end] for start, end in pairwise(places)]


def whole_sentences(text: str) -> int:
    """How much of a text that still grows is whole sentences: its length, 0 for none.

    What stands at the very end may go on (a closing quotation mark, a date), so it waits for the next words.
    """
    ends = [end for end in sentence_ends(text) if end < len(text)]
    return ends[-1] if ends else 0
