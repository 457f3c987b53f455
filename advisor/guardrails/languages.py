"""Whether a reply is in a language that the checks can read: a claim in another one would pass unseen.

The words of a sentence must be known, as English or Serbian or as names that tools returned; letters of another script
and letters that only look like those of a word are refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from advisor.guardrails import vocabulary_english, vocabulary_serbian
from advisor.guardrails.foods import FoodBook
from advisor.guardrails.number_words import SMALL
from advisor.guardrails.reading import folded, split_sentences
from advisor.guardrails.units import PIECES, UNITS
from advisor.languages import language_of, serbian_care, serbian_reading

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SERBIAN_CYRILLIC = frozenset("абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ")
_PLAIN_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzčćšžđABCDEFGHIJKLMNOPQRSTUVWXYZČĆŠŽĐ")
_MICRO = frozenset("µμ")
_SIGNS = frozenset("ªº")
# Words of other languages that are spelled like English or Serbian ones; several in a sentence tell.
_OTHER_WORDS = """
der die das und ist nicht ich du dein deine dir dich ein eine einen mit fur auf zu den dem wurde habe hat sie
heute morgen abendessen iss deinen le la les et est pas je tu ton ta tes un une des avec pour sur vous
votre vos avez ete dans que qui el los las y es tus una con para por ha sido en su lo del se
al il gli e non sono stato ho hai della nel o os nao seu sua um uma com foi em
het een niet jouw voor op zijn och att det som inte din ditt med till har jest
twoj twoja z na sie ve bir icin ile bu nie nem egy az meg van kell
"""
_OTHER = frozenset(_OTHER_WORDS.split())
_ENGLISH_ENDINGS = (
    *(("'s", ""), ("'", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("d", "")),
    *(("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("ier", "y"), ("est", ""), ("est", "e"), ("iest", "y")),
    *(("ly", ""), ("ily", "y"), ("ally", ""), ("ness", ""), ("ful", ""), ("less", ""), ("able", ""), ("able", "e")),
    *(("y", ""), ("ers", ""), ("ings", ""), ("ment", ""), ("ion", "e"), ("like", ""), ("ish", "")),
)
_BEGINNINGS = ("un", "re", "non", "over", "under", "pre", "post", "mid", "anti", "semi", "multi", "super")
_SHORT, _MEDIUM = 3, 6
_SHARE = 4
_LEAST_STEM = 3
_LONGEST_ACRONYM = 5


def unread_words(
    reply: str, *, known: Collection[str] = (), book: FoodBook | None = None, said: Collection[str] = ()
) -> Iterator[str]:
    """The beginning of each sentence that is in neither English nor Serbian, as far as its letters and words tell.

    `known` are texts that tools returned, whose words are names; `said` is what the athlete wrote, whose words may be
    taken up in a sentence that can be read without them.
    """
    names = _words_of(known)
    if book is not None:
        names |= book.words or _name_words(book.excluded, book.allowed, book.dishes)
    taken_up = _words_of(said)
    for sentence in split_sentences(reply):
        words = _WORD.findall(unicodedata.normalize("NFKC", sentence))
        if not words:
            continue
        if any(_is_strange(word) and folded(word) not in names for word in words):
            yield sentence.strip()[:40]
            continue
        plain_words = [
            (word, form) for word in words for form in folded(word).replace("’", "'").split("'s")[:1] if form
        ]
        if _is_foreign(plain_words, names, taken_up):
            yield sentence.strip()[:40]


def _is_strange(word: str) -> bool:
    """Whether a word has letters of another script or of two scripts at once, or letters that only look alike."""
    scripts = set()
    for mark in word:
        if mark in _SERBIAN_CYRILLIC:
            scripts.add("cyrillic")
        elif mark in _PLAIN_LATIN:
            scripts.add("latin")
        elif mark in _MICRO or mark in _SIGNS or not mark.isalpha():
            continue
        elif unicodedata.name(mark, "").startswith("LATIN"):
            scripts.add("latin")
        else:
            return True
    return len(scripts) > 1


def _is_foreign(words: list[tuple[str, str]], names: frozenset[str], taken_up: frozenset[str]) -> bool:
    shouted = all(word.isupper() for word, _ in words)
    counted = [(word, form) for word, form in words if len(form) > 1 and (shouted or not _is_acronym(word))]
    if not counted:
        return False
    understood = sum(is_known(form) for _, form in counted)
    unknown = []
    for place, (word, form) in enumerate(counted):
        if is_known(form) or form in names or (form in taken_up and understood >= _SHORT):
            continue
        if not set(word) <= _PLAIN_LATIN | _SERBIAN_CYRILLIC | {"'", "’"}:
            # An accent of another language on a word that is not English with an accent.
            return True
        unknown.append((place, word[0].isupper() and place > 0))
    other = sum(form in _OTHER for _, form in counted)
    read = sum(is_known(form) and form not in _OTHER for _, form in counted)
    if other >= _SHORT and other > read + 1:
        return True
    if not unknown:
        return False
    if len(counted) <= _SHORT:
        return True
    if len(counted) <= _MEDIUM:
        # Words of two languages with one of neither are none of both.
        missing = len(counted) - max(
            sum(reads(form) or form in names for _, form in counted) for reads in (_reads_english, _reads_serbian)
        )
        return len(unknown) > 1 or missing > 1
    neighbors = any(
        later == place + 1 and not (is_name and later_is_name)
        for (place, is_name), (later, later_is_name) in pairwise(unknown)
    )
    return (neighbors and len(unknown) > 2) or len(unknown) * _SHARE > len(counted)


def is_known(word: str) -> bool:
    """Whether a folded word is a common word of English or Serbian in any of its forms."""
    return _reads_english(word) or _reads_serbian(word)


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= _LONGEST_ACRONYM


@lru_cache(maxsize=8192)
def _reads_english(word: str) -> bool:
    return word in _english() or _is_english(word)


@lru_cache(maxsize=8192)
def _reads_serbian(word: str) -> bool:
    return word in _serbian() or _is_serbian(word)


def _is_english(word: str) -> bool:
    if _has_base(word):
        return True
    return any(
        word.startswith(start) and len(word) - len(start) > _LEAST_STEM and _has_base(word[len(start) :])
        for start in _BEGINNINGS
    )


def _has_base(word: str) -> bool:
    if word in _english():
        return True
    for ending, instead in _ENGLISH_ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        if stem + instead in _english():
            return True
        if len(stem) > _LEAST_STEM and stem[-1] == stem[-2] and stem[:-1] in _english():
            return True
    return False


def _is_serbian(word: str) -> bool:
    stems, endings = _stems(), _serbian_endings()
    for length in range(min(len(word), 12), 1, -1):
        if word[:length] in stems and (length == len(word) or word[length:] in endings):
            return len(word) > 2
    for start in ("naj", "ne", "po", "pre", "na", "iz", "do"):
        rest = word.removeprefix(start)
        if rest != word and len(rest) > _LEAST_STEM and _is_plain_serbian(rest):
            return True
    return len(word) > 2 and serbian_reading.knows(word)


def _is_plain_serbian(word: str) -> bool:
    stems, endings = _stems(), _serbian_endings()
    return any(
        word[:length] in stems and (length == len(word) or word[length:] in endings)
        for length in range(min(len(word), 12), _LEAST_STEM, -1)
    )


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    found = set(vocabulary_english.WORDS.split()) | set(UNITS) | PIECES | set(SMALL)
    found |= set(_plain_words(" ".join(_templates())))
    return frozenset(part for word in found for part in (word, *word.split("-")))


@lru_cache(maxsize=1)
def _serbian() -> frozenset[str]:
    found = set(vocabulary_serbian.WHOLE.split())
    found |= set(_plain_words(" ".join(_templates().values())))
    found |= set(_plain_words(" ".join((serbian_care.DISCLAIMER, *serbian_care.HAND_OVER.values()))))
    return frozenset(found)


def _templates() -> Mapping[str, str]:
    """The advisor's own sentences, English and Serbian."""
    return language_of("sr").sentences or {}


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    return frozenset(vocabulary_serbian.STEMS.split())


@lru_cache(maxsize=1)
def _serbian_endings() -> frozenset[str]:
    return frozenset(vocabulary_serbian.ENDINGS.split())


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", folded(re.sub(r"\{\w+\}", " ", text)))


def _words_of(texts: Collection[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in re.findall(r"[^\W\d_]+", folded(text)))


@lru_cache(maxsize=16)
def _name_words(*books: frozenset[str]) -> frozenset[str]:
    return frozenset(word for names in books for name in names for word in name.split())
