"""Finds names of foods in folded text: as whole words, with plural and Serbian endings, and in disguised spelling."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from advisor.guardrails.plain_words import OTHER_WORDS


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, as the book has it, and where it stands."""

    name: str
    start: int
    end: int


_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ama", "ima", "om", "em", "a", "e", "i", "o", "u")
_SHORTEST_STEM = 4
_SAME_START = 3
# Shorter words have too many neighbors that mean something else.
_SHORTEST_GUESS = 6
_MOST_PIECES = 4
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
    | {"@": "a", "$": "s", "€": "e", "!": "i", "|": "l", "+": "t"}
)
_LEET_WORD = re.compile(r"(?<![^\W_])[a-z0-9@$€][a-z0-9@$€!|+]*[a-z0-9@$€](?![^\W_])")
_LEET_MARK = re.compile(r"[0-9@$€!|+]")
_GAP = re.compile(r"[\s.\-_·/|'~+*:^]{0,3}")
_SPELLED = re.compile(r"(?<![^\W_])[^\W\d_](?:[\s.\-_·/|'~+*,:]{1,3}[^\W\d_](?![^\W_])){3,}")
_LETTER = re.compile(r"[^\W\d_]")
_COMPOUND_ENDS = frozenset(
    """
    butter milk oil flour cream paste cheese bread sauce bar bars sandwich sandwiches shake y ty ed puter maslac namaz
    """.split()  # noqa: SIM905
)


class Names:
    """Finds names as whole words, the longest at each place."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_words = {tuple(_WORD.findall(name)): name for name in names}
        self._by_words.pop((), None)
        self._longest: dict[str, int] = {}
        for words in self._by_words:
            self._longest[words[0]] = max(self._longest.get(words[0], 1), len(words))
        # Endings change nothing before the fourth letter, so most words are no name at the first look.
        self._starts = {words[-1][:_SAME_START] for words in self._by_words}

    def find(self, text: str) -> Iterator[Named]:
        """Every name, from left to right, the longest at each place."""
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            longest = min(self._longest.get(words[place][0], 1), len(words) - place)
            for count in range(longest, 0, -1):
                name = self.known([word for word, _, _ in words[place : place + count]])
                if name is not None:
                    yield Named(name, words[place][1], words[place + count - 1][2])
                    place += count - 1
                    break
            place += 1

    def known(self, words: Sequence[str]) -> str | None:
        """The name that these words are, or an inflected form of."""
        if words[-1][:_SAME_START] not in self._starts:
            return None
        for last in _forms(words[-1]):
            found = self._by_words.get((*words[:-1], last))
            if found is not None:
                return found
        return None


def _forms(word: str) -> Iterator[str]:
    yield word
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    yield word + "s"
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield stem
            yield from (stem + vowel for vowel in "aieo")


class Disguises:
    """Finds names that are written so that a plain search misses them.

    Spaced or broken letters, digits and signs for letters, doubled letters, one letter wrong in a long word, and two
    words run together. Linear in the length of the text.
    """

    def __init__(self, names: Iterable[str], *, known: Collection[str] = ()) -> None:
        self._singles = {name for name in names if _WORD.fullmatch(name)}
        self._names = Names(self._singles)
        # What is said by these words is no misspelling.
        self._known = known
        self._guess = lru_cache(maxsize=2048)(self._guess_at)

    @cached_property
    def _squeezed(self) -> dict[str, str]:
        return {_squeeze(name): name for name in self._singles if len(name) >= _SHORTEST_STEM}

    @cached_property
    def _shortened(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._singles:
            if len(name) >= _SHORTEST_GUESS:
                for short in (name, *_without_one(name)):
                    found.setdefault(short, []).append(name)
        return found

    def find(self, text: str, taken: Sequence[Named] = ()) -> Iterator[Named]:
        """Disguised names outside of the places that `taken` names have."""
        if not self._singles:
            return
        covered = bytearray(len(text) + 1)
        for named in taken:
            covered[named.start : named.end] = b"\1" * (named.end - named.start)
        for found in (*self._spelled_out(text), *self._in_leet(text), *self._word_by_word(text)):
            if not any(covered[found.start : found.end]):
                covered[found.start : found.end] = b"\1" * (found.end - found.start)
                yield found

    def _spelled_out(self, text: str) -> Iterator[Named]:
        for match in _SPELLED.finditer(text):
            letters = "".join(_LETTER.findall(match.group()))
            name = self._names.known([letters]) or next(
                (one for one in sorted(self._singles) if len(one) >= _SHORTEST_STEM and one in letters), None
            )
            if name is not None:
                yield Named(name, match.start(), match.end())

    def _in_leet(self, text: str) -> Iterator[Named]:
        for match in _LEET_WORD.finditer(text):
            word = match.group()
            if not _LEET_MARK.search(word) or not _LETTER.search(word):
                continue
            for spelled in (word.translate(_LEET), word.translate(_LEET).replace("i", "l")):
                name = self._names.known([spelled])
                if name is not None:
                    yield Named(name, match.start(), match.end())
                    break

    def _word_by_word(self, text: str) -> Iterator[Named]:
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        for place, (word, start, end) in enumerate(words):
            joined, last = word, end
            for piece, piece_start, piece_end in words[place + 1 : place + _MOST_PIECES]:
                if not _GAP.fullmatch(text, last, piece_start):
                    break
                joined, last = joined + piece, piece_end
                if len(joined) >= _SHORTEST_GUESS and (name := self._names.known([joined])) is not None:
                    yield Named(name, start, last)
                    break
            name = self._guess(word)
            if name is not None:
                yield Named(name, start, end)

    def _guess_at(self, word: str) -> str | None:
        if word in self._known or word in OTHER_WORDS or self._names.known([word]) is not None:
            return None
        squeezed = _squeeze(word)
        if squeezed in self._squeezed and (
            len(word) >= _SHORTEST_GUESS or len(word) - len(self._squeezed[squeezed]) > 1
        ):
            return self._squeezed[squeezed]
        if len(word) < _SHORTEST_GUESS - 1 or not word.isalpha():
            return None
        for form in dict.fromkeys((word, word.removesuffix("s"))):
            for short in (form, *_without_one(form)):
                for name in self._shortened.get(short, ()):
                    if name[0] == form[0] and _is_near(form, name):
                        return name
        for length in range(_SHORTEST_GUESS - 1, len(word)):
            if word[:length] in self._singles and word[length:] in _COMPOUND_ENDS:
                return word[:length]
        return None


def _squeeze(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


def _without_one(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _is_near(one: str, other: str) -> bool:
    """Whether one letter too many, missing, wrong or swapped with its neighbor makes one word of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) != len(long):
        return short[start:] == long[start + 1 :]
    return short[start + 1 :] == long[start + 1 :] or (
        short[start + 2 :] == long[start + 2 :] and short[start : start + 2] == long[start : start + 2][::-1]
    )
