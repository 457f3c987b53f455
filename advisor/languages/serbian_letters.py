"""Words found in either Serbian alphabet, with or without their diacritics. Pure."""

from __future__ import annotations

import re

from advisor.languages.serbian_text import to_plain
from advisor.words import fold
from nutrition_site.kernel.cyrillic import CYRILLIC

_LETTER = re.compile(r"[^\W\d_]")
# What each plain letter may have been written as; digraphs may be one letter.
_WRITTEN = {
    **{letter: letter for letter in "abdefghijklmnoprstuvz"},
    **{"c": "cčćцчћ", "s": "sšсш", "z": "zžзж", "d": "dđдђ"},
    **{latin: latin + letter for letter, latin in CYRILLIC.items() if latin in "abefghijklmnoprtuv"},
}
_TWO = {"lj": "љ", "nj": "њ", "dj": "đђ", "dz": "џ"}
_ACCENTED = {"a": "áàâä", "e": "éèêë", "i": "íìîï", "o": "óòôö", "u": "úùûü", "n": "ñ"}


def any_spelling(word: str) -> str:
    """A regular expression for a word in both alphabets, with and without diacritics, in either case; it backtracks
    over nothing, and Python and PostgreSQL read it alike."""
    plain = to_plain(word) if _LETTER.search(word) else fold(word)
    out, place = [], 0
    while place < len(plain):
        two = plain[place : place + 2]
        if two in _TWO:
            out.append(f"(?:{_one(two[0])}{_one(two[1])}|{_one_of(_TWO[two])})")
            place += 2
            continue
        out.append(_one(plain[place]))
        place += 1
    return "".join(out)


def _one(letter: str) -> str:
    written = _WRITTEN.get(letter, "") + _ACCENTED.get(letter, "")
    if not written:
        return _one_of(letter) if letter.isalpha() else re.escape(letter)
    return _one_of(written)


def _one_of(letters: str) -> str:
    both = dict.fromkeys(form for letter in letters for form in (letter, letter.upper()) if len(form) == 1)
    return f"[{''.join(both)}]"
