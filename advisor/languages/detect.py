"""Whether a message is English or Serbian: by its letters first, then by its words. Pure."""

from __future__ import annotations

import re
from typing import Literal

from advisor.languages import serbian_reading
from advisor.languages.english_words import BOTH, ENGLISH
from advisor.languages.serbian_text import split_tokens, to_latin
from advisor.words import fold

# Cyrillic letters that Serbian does not have; their text is Russian, Ukrainian, Bulgarian or the like.
_OTHER_CYRILLIC = re.compile(r"[ыэъьёщйюяіїєґѓќѝ]")
_CYRILLIC = re.compile(r"[а-џ]")
_OTHER_LATIN = re.compile(r"[äöüßñçåæøłąęřůěýőűğışțţăâêëïîôœàèìòùáéíóú]")
_SERBIAN_LATIN = re.compile(r"[čćšžđ]")
_QUOTED = re.compile(r"[“„\"«][^“”„\"«»]*[”“\"»]")
# Small Serbian words that carry a sentence even where nothing else is known.
_SERBIAN_WORDS = """
sta zasto kako kada kad koliko koji koja koje da li je su u na za sa se mi ti moj moja moje mog mom ne nije nisam imam
treba mogu smem posle nakon pre danas sutra juce veceras ovo ovaj ali ili jer zdravo cao hvala cemu gde ko sam bih bi
jel jesam smo ste nema neki neko nesto sve svaki vise manje jos vec samo uz bez od
"""
# With these a Serbian question begins, whatever names come after.
_STARTS_TEXT = """
sta zasto kako kada kad koliko koji koja koje kakav kakva da jel smem smijem mogu treba gde ko cime
"""
_SERBIAN_STARTS = frozenset(_STARTS_TEXT.split())
# What no Serbian word has: letters of its own, or an ending.
_ENGLISH_SHAPE = re.compile(r"[wxyq]|(?:ing|tion|ness|ough|ight)$|th|sh|ck|ee|oo|ea")
_SERBIAN = frozenset(_SERBIAN_WORDS.split())


def detect_language(text: str, *, default: Literal["en", "sr"] = "en") -> Literal["en", "sr"]:
    """`sr` for Serbian in either alphabet, with or without diacritics; `en` for everything else.

    What stands between quotation marks, a title or a dish, says nothing about the language around it, nor does a word
    that both have (`vegan`). `default` is the answer where nothing tells, as in `ok` or `TSS?`, or where both are as
    likely: the language of the talk before it.
    """
    folded = fold(text)
    bare = _QUOTED.sub(" ", folded)
    folded = bare if re.search(r"[^\W\d_]{2}", bare) else folded
    cyrillic = len(_CYRILLIC.findall(folded))
    latin = len(re.findall(r"[a-zčćšžđ]", folded))
    if cyrillic > latin:
        return "en" if _OTHER_CYRILLIC.search(folded) else "sr"
    serbian = english = 0
    tokens = split_tokens(to_latin(folded))
    if " ".join(token.plain for token in tokens) in serbian_reading.ANSWERS:
        return "sr"
    for place, token in enumerate(tokens):
        word = token.plain
        if token.written in ENGLISH:
            english += 1
        elif word in _SERBIAN or (word not in BOTH and len(word) > 2 and serbian_reading.knows(word, abroad=False)):
            serbian += 1
        elif word not in BOTH and len(word) > 3 and word.isascii() and _ENGLISH_SHAPE.search(word):
            english += 1
        if place == 0 and word in _SERBIAN_STARTS and len(tokens) > 2:
            serbian += 1
    if _SERBIAN_LATIN.search(folded) and not _OTHER_LATIN.search(folded):
        serbian += 1
    if serbian == english:
        return default
    return "sr" if serbian > english else "en"
