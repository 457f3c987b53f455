"""Numbers written as words, in English and Serbian."""

from __future__ import annotations

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
SMALL: dict[str, float] = {**NUMBER_WORDS, **_SERBIAN, "dozen": 12, "couple": 2}
_HUNDREDS = frozenset({"hundred", "stotina", "stotine", "stotinu"})
_THOUSANDS = frozenset({"thousand", "hiljada", "hiljade", "hiljadu"})
_PARTS = {"half": 0.5, "quarter": 0.25, "pola": 0.5, "cetvrt": 0.25}
_LINKS = frozenset({"a", "an", "and", "of", "i"})
_ACCENTED = {"četiri", "šest", "četrnaest", "šesnaest", "četrdeset", "šezdeset", "šesto", "četiristo", "četvrt"}
_NUMBERS = "|".join(sorted({*SMALL, *_ACCENTED, *_HUNDREDS, *_THOUSANDS, *_PARTS}, key=len, reverse=True))
_LARGE = "hundred|thousand|stotin[aeu]|hiljad[aeu]|dvesta|trista|petsto|" + "|".join(
    word for word, number in NUMBER_WORDS.items() if number >= 20
)
# After these, `a` and `one` are an amount; before other units they are mere speech (“an hour before”).
_WEIGHED = "|".join(name for name, (kind, _) in UNITS.items() if kind in ("mass", "energy", "volume") and len(name) > 3)
_NAMES = "|".join(sorted((re.escape(name) for name in (*UNITS, *PIECES) if len(name) > 1), key=len, reverse=True))
_RUN = rf"(?:(?:an?|{_NUMBERS})[\s-]+(?:(?:and|i|of|a|an)\s+)?)*"
_ADJECTIVE = r"(?:(?:large|small|medium|big|whole|energy|extra|more)\s+)?"
WORDED = re.compile(
    rf"(?<![\w-])(?:(?P<words>{_RUN}(?:{_NUMBERS}))[\s-]+(?:of\s+)?(?:an?\s+)?{_ADJECTIVE}(?P<unit>{_NAMES})|"
    rf"(?P<article>one|an?|jedan|jednu)\s+(?P<weighed>{_WEIGHED})|"
    rf"(?P<bare>{_RUN}(?:{_LARGE})(?:[\s-]+(?:(?:and|i)\s+)?(?:{_NUMBERS}))*))(?!\w)",
    re.IGNORECASE,
)


def worded_value(words: str) -> float:
    """`two hundred and five`, `half a`, `dve stotine` as a number."""
    total, part = 0.0, 0.0
    for word in re.findall(r"[a-z]+", folded(words)):
        if word in _HUNDREDS:
            part = max(part, 1) * 100
        elif word in _THOUSANDS:
            total, part = total + max(part, 1) * 1000, 0.0
        elif word in _PARTS:
            part += _PARTS[word]
        elif word not in _LINKS:
            part += SMALL.get(word, 0)
    return total + part
