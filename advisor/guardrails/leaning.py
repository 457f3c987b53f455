"""Sentences that lean on the one before them: they take a warning back, or offer what it has just kept away.

No check looks beyond a sentence, so that answers can be streamed; a sentence that only makes sense with another one is
therefore refused by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails.reading import folded, split_sentences

_TAKE = (
    r"(?:eat|have|take|drink|add|use|enjoy|try|sprinkle|spread|stir|mix|put|throw|buy|grab|snack on|go for|reach for|"
    r"pojedi|jedi|uzmi|popij|pij|dodaj|probaj|stavi|pospi|kupi|posluzi se)"
)
_PRONOUN = r"(?:them|it|those|these|one|ones|that|ga|ih|je|nj(?:ih|ega)|time|njima|njim)"
_BIT = r"(?:a (?:few|handful|bit|little|spoon(?:ful)?|pinch|lot)|some|plenty|malo|saku|saka|kasik[ua]|koji|par)"
_END = r"(?=\s*(?:$|[.!?,;:]|(?:on|in|with|every|each|daily|now|then|before|after|to|for|as|at|and|too|anyway|instead|"
_END += r"a day|svak\w+|uz|sa|na|u|pre|posle|dnevno|sada|ipak|i)\b))"
_OFFERS = re.compile(
    rf"\b{_TAKE}\b(?: (?:just|only|at least|about|up to|quite|slobodno|bar|samo))*"
    rf" (?:{_BIT} (?:of |od )?{_PRONOUN}?\b|{_PRONOUN}\b){_END}|\b{_TAKE} (?:ga|ih|je|ti)? ?{_BIT}{_END}"
)
_REVERSES = re.compile(
    r"\b(?:just (?:kidding|joking)|only joking|i (?:was|am) (?:kidding|joking)|scratch that|on second thoughts?|forget "
    r"(?:that|what i said|the warning)|ignore (?:that|the warning|this|it)|(?:that|this|which) (?:is|was) (?:a mistake|"
    r"wrong|not true|no longer true|outdated)|never mind (?:that|the)|take that back|or (?:maybe )?not|i take it back|"
    r"(?:but|just|only) (?:not )?(?:their|its) \w+|"
    r"salim se|nemoj da verujes|zaboravi (?:to|na to|upozorenje)|to nije tacno|ipak smes|predomisli\w+)\b"
)
_ALLERGIC = re.compile(
    r"\b(?:what|anything|something|foods?|that which|ono (?:na )?sto|na sta) (?:that )?(?:you(?: are|'re)|si) allerg\w+"
    r"|\byour allergens?\b|\bsvo\w* alergen\w*"
)
_SAFE = re.compile(
    r"\b(?:fine|ok|okay|safe|good|allowed|harmless|amount of|little of|bit of|taste of|eat|have|try|u redu|bezbedn\w*|"
    r"pojedi|jedi|probaj|sme[st])\b"
)
_KEEPS_AWAY = re.compile(r"\b(?:not|no|never|avoid\w*|without|leave|left|free|nothing|don't|ne|bez|nemoj|izbegav\w*)\b")


def leaning(reply: str) -> Iterator[str]:
    """The words with which a sentence takes back another, or offers what only another one names."""
    for sentence in split_sentences(reply):
        text = folded(sentence)
        # `Confirm it to have it` speaks of a proposal, whose foods were checked.
        for pattern in (_REVERSES,) if "confirm" in text or "potvrd" in text else (_OFFERS, _REVERSES):
            yield from (match.group().strip() for match in pattern.finditer(text))
        match = _ALLERGIC.search(text)
        if match is not None and _SAFE.search(text) and not _KEEPS_AWAY.search(text):
            yield match.group()
