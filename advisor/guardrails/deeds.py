"""Claims of deeds: an answer only ever proposes, so it may not say that something was done, or will be, by it.

A speaker's verb is a claim unless it is known to claim nothing, and so is what things of a plan are said to have
become. What is said of the time after confirming is no claim; what is said of the past is one whatever surrounds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails import deeds_english, deeds_serbian, deeds_things
from advisor.guardrails.deed_words import word_set
from advisor.guardrails.reading import folded, plain, split_sentences

# Only the athlete confirms: `I can confirm that …` is no condition.
_CONDITION = re.compile(
    r"\b(?:once|when|if|until|after|as soon as|before|unless)\b(?:(?! i )[^.])*\bconfirm|"
    r"(?:^|[,;:] |\b(?:you|please|must|can you) (?:\w+ )?)confirm\b[^.]*\b(?:to|and then|first|before|if)\b|"
    r"\bif you (?:want|like|agree|prefer|say so|wish)\b|\bas you (?:told|said|wrote|mention\w*)\b|"
    r"\b(?:kad|kada|cim|ako|dok|tek)\b[^.]*\bpotvrdi|\bako (?:zelis|hoces|se slazes)\b"
)
_ASKED = re.compile(r"\b(?:have|had) (?:you|they)\b|\bif (?:it|that|this|something|anything) (?:has|have) been\b")


def claimed_deeds(reply: str) -> Iterator[str]:
    """The words with which a reply claims to have acted, or to be about to, in English or Serbian."""
    for sentence in split_sentences(reply):
        text = " ".join(folded(sentence).split())
        if not text:
            continue
        spoken = " ".join(folded(_without_and(plain(sentence))).split())
        is_later = _CONDITION.search(text) is not None
        english = _ASKED.sub(" ", deeds_english.spelled_out(spoken))
        seen: set[str] = set()
        for words, may_wait in (*_english(english), *_serbian(text)):
            if words and not (may_wait and is_later) and words not in seen:
                seen.add(words)
                yield words


def _without_and(sentence: str) -> str:
    """The sentence with `i` of Serbian, which is an and, as a sign: only `I` in English is a speaker."""
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", sentence)}
    if len(words & _SERBIAN) > len(words & _ENGLISH):
        return _LONE.sub("&", sentence)
    return _SMALL.sub("&", sentence)


_SERBIAN = word_set(
    """
    je su sam si smo nije u na za sa se da od ili ako kao što sto iz po pre posle koji koja koje ti vam tvoj
    tvoja tvoje tvom tvoju bi će ce ću cu ne li već vec jer pa ali uz bez kad kada ga ih nema imaš imas može
    moze treba
    """
)
_ENGLISH = word_set(
    """
    the your you it for of and is are have has my that this with at was will in as not but what which from by or
    be if because their them can could would there here so an
    """
)
_LONE = re.compile(r"(?<![\w'])[iI](?![\w'])")
_SMALL = re.compile(
    r"(?<![\w'])i(?![\w'])(?!\W+(?:(?:just|now|also|already|really|simply|then)\s+)?(?:have|had|am|will|did|do|shall|"
    r"made|put|sent|took|wrote|told|set|went|[a-z]{2,}ed)\b)"
)


def _english(text: str) -> Iterator[tuple[str, bool]]:
    for words in deeds_english.own_deeds(text):
        yield words, not re.search(r"\b(?:have|has|had)\b|ed\b|\b(?:did|made|took|sent|wrote|put)\b", words)
    yield from deeds_things.told_deeds(text)


def _serbian(text: str) -> Iterator[tuple[str, bool]]:
    yield from deeds_serbian.own_deeds(text)
    yield from deeds_serbian.told_deeds(text)
