"""Advice that no draft may give: what calls for a hand-over in a question calls for silence in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails.reading import folded, split_sentences
from advisor.redflags import red_flags

_GRAVE = frozenset(
    {
        "self_harm",
        "eating_disorder",
        "long_fast",
        "very_low_energy",
        "fast_loss",
        "doping",
        "medication",
        "minor_deficit",
    }
)
# A sentence that declines or sends to somebody who may advise.
_DECLINES = re.compile(
    r"\b(?:cannot|can't|can not|do not|don't|not able|never|no advice|unable|won't|should not|must not|please (?:ask|"
    r"talk|see)|"
    r"ask (?:a|your)|talk (?:to|with)|see (?:a|your)|ne mogu|nemoj\w*|ne preporucujem|pitaj\w*|porazgovaraj\w*|"
    r"obrati\w*)\b"
)
# These look like declining and are none.
_HOLLOW = re.compile(
    r"\b(?:(?:cannot|can't|can not) (?:go wrong|hurt|harm|be wrong|beat)|(?:do not|don't|never) (?:worry|hesitate|"
    r"forget|mind|be afraid|fear)|ne (?:brini|oklevaj|zaboravi)\w*|nemoj (?:da )?(?:brine|okleva|zaboravi)\w*)\b"
)
_BUT = re.compile(r"\b(?:but|however|though|though,|still|ali|medjutim)\b")


def unsafe_advice(reply: str) -> Iterator[str]:
    """The beginning of each sentence about doping, medicines, purging or extreme loss that does not decline."""
    for sentence in split_sentences(reply):
        if not _GRAVE & set(red_flags(sentence)):
            continue
        text = _HOLLOW.sub(" ", folded(sentence))
        if not _DECLINES.search(text) or _BUT.search(text):
            yield sentence.strip()[:60]
