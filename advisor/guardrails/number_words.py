"""Numbers written as words, in English and Serbian."""

from __future__ import annotations

import math
import re

from advisor.guardrails.reading import folded
from advisor.guardrails.units import PIECES, UNITS
from advisor.words import NUMBER_WORDS

_SERBIAN = {
    **{"jedan": 1, "jedna": 1, "jedno": 1, "jednu": 1, "dva": 2, "dve": 2, "tri": 3, "cetiri": 4, "pet": 5, "sest": 6},
    **{"sedam": 7, "osam": 8, "devet": 9, "deset": 10, "jedanaest": 11, "dvanaest": 12, "trinaest": 13},
    **{"cetrnaest": 14, "petnaest": 15, "sesnaest": 16, "sedamnaest": 17, "osamnaest": 18, "devetnaest": 19},
    **{"dvadeset": 20, "trideset": 30, "cetrdeset": 40, "pedeset": 50, "sezdeset": 60, "sedamdeset": 70},
    **{"osamdeset": 80, "devedeset": 90, "sto": 100, "dvesta": 200, "trista": 300, "petsto": 500, "sesto": 600},
    **{"cetiristo": 400, "sedamsto": 700, "osamsto": 800, "devetsto": 900},
}
# `petnaestak` is about fifteen.
_ABOUT = {f"{word}ak": number for word, number in _SERBIAN.items() if word.endswith(("deset", "naest"))} | {
    "stotinak": 100,
    "hiljadak": 1000,
}
SMALL: dict[str, float] = {**NUMBER_WORDS, **_SERBIAN, **_ABOUT, "dozen": 12, "couple": 2}
_HUNDREDS = frozenset({"hundred", "stotina", "stotine", "stotinu"})
_THOUSANDS = frozenset({"thousand", "hiljada", "hiljade", "hiljadu"})
_PARTS = {"half": 0.5, "quarter": 0.25, "pola": 0.5, "cetvrt": 0.25}
_LINKS = frozenset({"a", "an", "and", "of", "i"})
_ACCENTED = {"četiri", "šest", "četrnaest", "šesnaest", "četrdeset", "šezdeset", "šesto", "četiristo", "četvrt"}
_ACCENTED |= {"četrnaestak", "šesnaestak", "četrdesetak", "šezdesetak"}
_NUMBERS = "|".join(sorted({*SMALL, *_ACCENTED, *_HUNDREDS, *_THOUSANDS, *_PARTS}, key=len, reverse=True))
_LARGE = (
    "hundred|thousand|stotin[aeu]|hiljad[aeu]|dvesta|trista|petsto|"
    + "|".join(sorted(_ABOUT, key=len, reverse=True))
    + "|"
    + "|".join(word for word, number in NUMBER_WORDS.items() if number >= 20)
)
ENGLISH_NUMBERS = "|".join(
    sorted({*NUMBER_WORDS, *_HUNDREDS, *_THOUSANDS} - {"stotina", "stotine"}, key=len, reverse=True)
)
NUMBER_TOKENS = "|".join(sorted({*SMALL, *_HUNDREDS, *_THOUSANDS}, key=len, reverse=True))
# After these, `a` and `one` are an amount; before other units they are mere speech (“an hour before”).
_WEIGHED = "|".join(name for name, (kind, _) in UNITS.items() if kind in ("mass", "energy", "volume") and len(name) > 3)
_NAMES = "|".join(sorted((re.escape(name) for name in (*UNITS, *PIECES) if len(name) > 1), key=len, reverse=True))
_RUN = rf"(?:(?:an?|{_NUMBERS})[\s-]{{1,3}}(?:(?:and|i|of)\s{{1,3}})?){{0,8}}"
_ADJECTIVE = r"(?:(?:large|small|medium|big|whole|energy|extra|more)\s+)?"
WORDED = re.compile(
    rf"(?<![\w-])(?:(?P<words>{_RUN}(?:{_NUMBERS}))[\s-]+(?:of\s+)?(?:an?\s+)?{_ADJECTIVE}(?P<unit>{_NAMES})|"
    rf"(?P<article>one|an?|jedan|jednu)\s+(?P<weighed>{_WEIGHED})|"
    rf"(?P<bare>{_RUN}(?:{_LARGE})(?:[\s-]+(?:(?:and|i)\s+)?(?:{_NUMBERS})){{0,8}}))(?!\w)",
    re.IGNORECASE,
)
# A small number in words and the word after it; Serbian `pet` and `tri` are English words as well.
COUNTED = re.compile(
    r"(?<![\w'-])(?P<number>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|dva|dve|cetiri|sest|sedam|osam|devet|deset|jedanaest|dvanaest|trinaest|cetrnaest|"
    r"petnaest|sesnaest|sedamnaest|osamnaest|devetnaest|dvadeset|trideset|cetrdeset|pedeset|couple|(?:pet|tri)(?= "
    r"\w+(?:a|i|e|aka)\b))(?!\w)(?:[\s-]+(?P<noun>[^\W\d_]+))?"
)
# Speech that counts what the answer itself holds, or nothing at all.
_HARMLESS_WORDS = """
of them options option things thing ways reasons choices proposals alternatives points sentences questions steps
examples ideas suggestions swaps parts sides main changes others other more to and or are is were have can both that
which keep keeps stay at in on with from for fit fits good kinds groups words opcije opcija stvari nacina razloga
predloga primera ideje saveta koraka od i ili su je strane reci dela jela predlozi
"""
HARMLESS = frozenset(_HARMLESS_WORDS.split())


def worded_value(words: str) -> float:
    """`two hundred and five`, `half a`, `dve stotine`, `petnaestak` as a number.

    Words that make no number together, such as `nine four three`, are none: NaN, which equals nothing.
    """
    total, part = 0.0, 0.0
    for word in re.findall(r"[a-z]+", folded(words)):
        if word in _HUNDREDS:
            part = max(part, 1) * 100
        elif word in _THOUSANDS:
            total, part = total + max(part, 1) * 1000, 0.0
        elif word in _PARTS:
            part += _PARTS[word]
        elif word not in _LINKS:
            value = SMALL.get(word, 0)
            tens = part % 100
            if part and not (value < 100 and (tens == 0 or (tens >= 20 and tens % 10 == 0 and value < 10))):
                return math.nan
            part += value
    return total + part
