"""The words of the food table, and which of them a misspelled word may have meant.

The reviewed and the reference foods have some 3,500 different words, so each process keeps them in memory, per
catalogue version; an athlete's own foods are looked at afresh and never enter what others are offered. Because the
correction is made here and not by a database, it is the same on every one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from planning.catalogue.words import text_words
from planning.models import CatalogueRelease, Food

SHORTEST_CORRECTED = 3
LONG_WORD = 6
SHORTEST_PART = 4
LETTER_BITS = {letter: 1 << position for position, letter in enumerate("abcdefghijklmnopqrstuvwxyz0123456789")}
OTHER_BIT = 1 << len(LETTER_BITS)


class Vocabulary:
    """A set of words that can be asked for beginnings and for neighbors."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for word in self.words:
            self._by_length.setdefault(len(word), []).append((letters_of(word), word))

    def knows(self, beginning: str, whole: str) -> bool:
        """Whether some word begins with the one, or is the other."""
        at = bisect_left(self.words, beginning)
        if at < len(self.words) and self.words[at].startswith(beginning):
            return True
        at = bisect_left(self.words, whole)
        return at < len(self.words) and self.words[at] == whole

    def near(self, word: str) -> tuple[int, tuple[str, ...]]:
        """(edits, words): the nearest other words, all of those that are equally near. Nothing near gives no words.

        Up to one edit for three to five letters, two from six on; an edit is a letter more, less, other, or two
        neighbors swapped. A word of which the given one is a part is the last resort (“flocken” in “haferflocken”).
        """
        allowed = 0 if len(word) < SHORTEST_CORRECTED else 1 if len(word) < LONG_WORD else 2
        letters = letters_of(word)
        best: dict[int, list[str]] = {}
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for others, candidate in self._by_length.get(length, ()):
                # An edit changes at most two letters of the set: this passes over nearly all words at no cost.
                if (letters ^ others).bit_count() <= 2 * allowed:
                    edits = edit_distance(word, candidate)
                    if 0 < edits <= allowed:
                        best.setdefault(edits, []).append(candidate)
        if best:
            edits = min(best)
            return edits, tuple(sorted(best[edits]))
        if len(word) < SHORTEST_PART:
            return allowed, ()
        return allowed + 1, tuple(candidate for candidate in self.words if word in candidate and word != candidate)


def letters_of(word: str) -> int:
    """The set of letters of a word as bits."""
    bits = 0
    for letter in word:
        bits |= LETTER_BITS.get(letter, OTHER_BIT)
    return bits


def edit_distance(one: str, other: str) -> int:
    """Edits between two words, two swapped neighbors counted as one (optimal string alignment; Damerau 1964)."""
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, across in enumerate(other, start=1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != across))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == across:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


@lru_cache(maxsize=2)
def _catalogue_vocabulary(version: tuple[tuple[str, str], ...]) -> Vocabulary:
    texts = Food.objects.filter(owner=None).values_list("search_text", flat=True)
    return Vocabulary(word for text in texts.iterator() for word in text_words(text))


@lru_cache(maxsize=4096)
def _near_in_catalogue(version: tuple[tuple[str, str], ...], word: str) -> tuple[int, tuple[str, ...]]:
    return _catalogue_vocabulary(version).near(word)


class Speller:
    """Corrects the words of one query against the catalogue and the searcher's own foods."""

    def __init__(self, own_texts: Iterable[str]) -> None:
        self._version = tuple(CatalogueRelease.objects.order_by("name").values_list("name", "version"))
        self._own = Vocabulary(word for text in own_texts for word in text_words(text))

    def knows(self, beginning: str, whole: str) -> bool:
        """Whether any food has a word that begins with the one or is the other."""
        return self._own.knows(beginning, whole) or _catalogue_vocabulary(self._version).knows(beginning, whole)

    def near(self, word: str) -> tuple[str, ...]:
        """The nearest known words, at most thirty."""
        found = [_near_in_catalogue(self._version, word), self._own.near(word)]
        fewest = min((edits for edits, words in found if words), default=None)
        return tuple(sorted({word for edits, words in found if edits == fewest for word in words}))[:30]
