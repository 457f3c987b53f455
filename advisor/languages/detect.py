"""Whether a message is English or Serbian: by its letters first, then by its words. Pure."""

from __future__ import annotations

import re
from typing import Literal

from advisor.languages import serbian_reading
from advisor.languages.serbian_text import split_tokens, to_latin
from advisor.words import fold

# Cyrillic letters that Serbian does not have; their text is Russian, Ukrainian, Bulgarian or the like.
_OTHER_CYRILLIC = re.compile(r"[ыэъьёщйюяіїєґѓќѝ]")
_CYRILLIC = re.compile(r"[а-џ]")
_OTHER_LATIN = re.compile(r"[äöüßñçåæøłąęřůěýőűğışțţăâêëïîôœàèìòùáéíóú]")
_SERBIAN_LATIN = re.compile(r"[čćšžđ]")
_QUOTED = re.compile(r"[“„\"«][^“”„\"«»]*[”“\"»]")
# Common words of the other language that are spelled like words of the lexicon, and names shared by both.
_BOTH_WORDS = """
plan a i o do to on me te si sad start list lists model protein proteins tempo interval intervals program marathon gel
gels gluten vitamin stress stres form forma lab pilates yoga tofu tempeh mango kefir ajvar pizza granola avocado sam
mora dana max min kg g ml h kcal tri pet most more post pre fit sport diet menu had but gram lan med tost som rest
even sir nar tuna bar pica luke par hummus humus bulgur skyr skir feta no of ok okay super dan sat kale gi tan past
far are home line
"""
_ENGLISH_WORDS = """
the an and or of in for with my your what when how why who which is are am was were be been can could should would may
might will shall have has did does it this that these those there here if then than so not please today tomorrow
yesterday tonight week weekend day days night morning evening before after during until from eat eating food meal
meals breakfast lunch dinner snack snacks drink drinking water recipe cook buy shopping grocery long run ride bike
swim race workout training session hard easy much many any some need want like carbs carb fat fiber calories energy
sodium salt iron calcium caffeine coffee milk bread rice chicken egg eggs show tell give make swap change replace lock
add remove explain compare hello hi hey thanks thank you help i'm don't what's still enough good safe about at by
we our next last monday tuesday wednesday thursday friday saturday sunday target targets weight body goal hours
minutes grams without instead something else another up out over under high low now delete data
"""
# Small Serbian words that carry a sentence even where nothing else is known.
_SERBIAN_WORDS = """
sta zasto kako kada kad koliko koji koja koje da li je su u na za sa se mi ti moj moja moje mog mom ne nije nisam imam
treba mogu smem posle nakon pre danas sutra juce veceras ovo ovaj ali ili jer zdravo cao hvala cemu gde ko sam bih bi
jel jesam smo ste nema neki neko nesto sve svaki vise manje jos vec samo uz bez od
"""
_BOTH = frozenset(_BOTH_WORDS.split())
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_SERBIAN = frozenset(_SERBIAN_WORDS.split())


def detect_language(text: str, *, default: Literal["en", "sr"] = "en") -> Literal["en", "sr"]:
    """`sr` for Serbian in either alphabet, with or without diacritics; `en` for everything else.

    What stands between quotation marks, a title or a dish, says nothing about the language around it. `default` is the
    answer where nothing tells, as in `ok` or `TSS?`: the language of the talk before it.
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
    for token in tokens:
        word = token.plain
        if token.written in _ENGLISH:
            english += 1
        elif word in _SERBIAN or (word not in _BOTH and len(word) > 2 and serbian_reading.knows(word)):
            serbian += 1
    if _SERBIAN_LATIN.search(folded) and not _OTHER_LATIN.search(folded):
        serbian += 1
    if serbian == english == 0:
        return default
    return "sr" if serbian > english else "en"
