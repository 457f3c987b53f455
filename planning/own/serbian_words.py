"""Serbian words of an ingredient line, which bend: "150 g belog sira" names beli sir. Pure.

No dictionary: endings of cases and numbers are taken off, which is enough to compare a line with the names of foods.
"""

from __future__ import annotations

from collections.abc import Iterable

# Of nouns and adjectives, without accents, the longest first.
_ENDINGS = (
    *("ovima", "evima", "ovi", "evi", "ova", "eva", "ama", "ima", "oga", "ega", "ome", "emu"),
    *("og", "eg", "om", "em", "im", "ih", "oj", "u", "a", "e", "i", "o"),
)
_SHORTEST = 3
# Too short to lose an ending.
_IRREGULAR = {"soli": "so"}
_VOWELS = "aeiou"


def bare(word: str) -> str:
    """What stays of a word without its ending: sira, sir → sir; belog, beli → bel; pirinca, pirinac → pirinc."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    # The a of -ac and -ak stands only where nothing follows.
    if len(word) > _SHORTEST + 1 and word[-2:] in ("ac", "ak") and word[-3] not in _VOWELS:
        word = word[:-2] + word[-1]
    return word


def beginning(word: str) -> str:
    """The letters that all forms of a word begin with, to look for it: pirinc is pirinac, too."""
    stem = bare(word)
    return stem[:-1] if len(stem) > _SHORTEST and stem[-1] in "ck" and stem[-2] not in _VOWELS else stem


def bares(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(bare, words))
