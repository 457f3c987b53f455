"""Claims of deeds in English: whatever a speaker says to have done or to do, unless the verb is known to claim nothing.

The lists in `deed_words` hold the harmless; a verb that is in none of them is a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.guardrails import deed_words as words_of

_TOKEN = re.compile(r"'?[a-z]+|[^\sa-z]")
_SPELLED = (
    (re.compile(r"\b(?:cannot|can't)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(i|we|you|they)'?ve\b"), r"\1 have"),
    (re.compile(r"\b(i|we|you|he|she|it|they|that|there)'ll\b"), r"\1 will"),
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"\b(we|you|they)'re\b"), r"\1 are"),
    (re.compile(r"\b(it|that|this|everything|all|he|she|what|here|there)'s\b"), r"\1 is"),
    (re.compile(r"\b(i|we)'d\b"), r"\1 'd"),
    (re.compile(r"\bgonna\b"), "going to"),
    (re.compile(r"\blet's\b"), "let us"),
)
_ADVERBS = words_of.word_set(
    """
    just now already also so then too really only simply gladly happily quickly quietly successfully actually
    always therefore both all since thus certainly definitely surely still usually normally hereby carefully
    automatically personally myself kindly immediately indeed first finally even clearly deliberately once again
    well have has had
    """
) - {"have", "has", "had"}
_NOT = frozenset({"not", "never", "neither", "hardly"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
_FREE = frozenset({"can", "could", "may", "might", "would"})
_ASKS = frozenset(
    {"shall", "should", "can", "may", "could", "do", "would", "did", "will", "must", "might", "nor", "am"}
)
_SUPPOSES = frozenset({"if", "whether", "until", "unless", "before", "were"})
_MORE = frozenset({"and", "then", "but", "so", ",", ";", "or", "-", "also", "plus", "before", "after"})
_OBJECTS = words_of.word_set(
    """
    the your it that this them you a an my all every each both everything some more to for from on in out off up
    down with away these those his her their instead by at as again already too
    """
)
_THING = re.compile(rf"(?:{words_of.THINGS}|{words_of.ERRANDS})")
_REACH = 7


def spelled_out(text: str) -> str:
    """Folded text with contractions written out."""
    for pattern, better in _SPELLED:
        text = pattern.sub(better, text)
    return text


def own_deeds(text: str) -> Iterator[str]:
    """What `I` or `we` say to have done, to be doing or to be about to do, in folded text."""
    tokens = _TOKEN.findall(text)
    for place, word in enumerate(tokens):
        if word in ("i", "we"):
            before = next((other for other in reversed(tokens[:place]) if other not in _ADVERBS), "")
            if (before in _ASKS and (tokens[-1] == "?" or before in ("nor", "do", "did"))) or before in _SUPPOSES:
                continue
            if _claims(tokens, place + 1):
                yield " ".join(tokens[place : place + _REACH])
        elif word == "let" and tokens[place + 1 : place + 2] in (["me"], ["us"]) and _claims(tokens, place + 2):
            yield " ".join(tokens[place : place + _REACH])


def is_participle(word: str) -> bool:
    """Whether a word may be a past participle."""
    return word in words_of.IRREGULAR or (
        len(word) > 3 and word.endswith("ed") and word not in words_of.NOT_PARTICIPLES and not word.endswith("eed")
    )


def _is_past(word: str) -> bool:
    return word in words_of.PAST or (is_participle(word) and word.endswith("ed"))


def _bases(word: str) -> Iterator[str]:
    """A verb form, and what it may be a form of."""
    yield word
    if word in words_of.BASES:
        yield words_of.BASES[word]
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"


def _is_of(word: str, verbs: frozenset[str]) -> bool:
    return any(base in verbs for base in _bases(word))


def _claims(tokens: Sequence[str], place: int) -> bool:
    """Whether the words behind a speaker claim a deed."""
    place = _past_aside(tokens, place)
    is_negated = is_free = is_would = False
    while place < len(tokens):
        word = tokens[place]
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if word in _NOT:
            is_negated = following not in _NOT_ONLY
        elif word in _FREE:
            is_free = True
        elif word == "'d":
            is_would = True
        elif word in ("have", "has", "had", "do", "did", "does") and _is_auxiliary(tokens, place):
            pass
        elif word in ("am", "was", "were", "are", "been", "be"):
            return (not is_negated and not is_free and _is_busy(tokens, place + 1)) or _goes_on(tokens, place + 1)
        elif word not in _ADVERBS and word not in ("will", "shall", "must", "should") and not word.endswith("ly"):
            break
        place += 1
    if place >= len(tokens):
        return False
    word = tokens[place]
    if tokens[place + 1 : place + 2] in (["nothing"], ["none"], ["no"]):
        is_negated = True
    if is_negated:
        is_claim = _is_of(word, words_of.REVERSED) and _chained(tokens, place)
    elif is_free:
        is_claim = False
    elif is_would:
        is_claim = _is_past(word) and not _is_harmless(tokens, place)
    else:
        is_claim = not _is_harmless(tokens, place)
    return is_claim or _goes_on(tokens, place + 1, is_past=_is_past(word))


def _past_aside(tokens: Sequence[str], place: int) -> int:
    """Behind an aside right after the speaker: `I, as you asked, moved it`."""
    closes = {",": ",", "(": ")", "-": "-"}.get(tokens[place] if place < len(tokens) else "")
    if closes is None:
        return place
    for end in range(place + 1, min(place + 12, len(tokens))):
        if tokens[end] == closes:
            return end + 1
    return place + 1


def _is_auxiliary(tokens: Sequence[str], place: int) -> bool:
    """Whether this `have` or `do` only helps another verb."""
    rest = [word for word in tokens[place + 1 : place + 6] if word not in _ADVERBS]
    while rest and (rest[0] in _NOT or rest[0] in _NOT_ONLY):
        rest = rest[1:]
    if not rest:
        return False
    if tokens[place] in ("do", "did", "does"):
        return any(word in _NOT for word in tokens[place + 1 : place + 3])
    return rest[0] == "been" or is_participle(rest[0]) or _is_past(rest[0]) or rest[0] in ("put", "come", "run")


def _is_busy(tokens: Sequence[str], place: int) -> bool:
    """Whether what follows `I am` is work: `moving it`, `on it`, `about to move it`, `done`."""
    while place < len(tokens) and (tokens[place] in _ADVERBS or tokens[place].endswith("ly")):
        place += 1
    if place >= len(tokens) or tokens[place] in _NOT:
        return False
    word, rest = tokens[place], tokens[place + 1 : place + 4]
    if word == "busy":
        return _is_busy(tokens, place + 1)
    if word in ("done", "finished", "through") or (word == "on" and rest[:1] == ["it"]):
        return True
    if "to" in rest[:1] and not word.endswith("ed"):
        # `I am able to` is only a can; `I was able to` has done it.
        if word == "able":
            return tokens[place - 1] == "was" and not _is_harmless(tokens, place + 2)
        return not _is_harmless(tokens, place + 2)
    return word.endswith("ing") and len(word) > 4 and not _is_harmless(tokens, place)


def _is_harmless(tokens: Sequence[str], place: int) -> bool:
    """Whether the verb at a place claims nothing, with the words behind it."""
    while place < len(tokens) and tokens[place] in _ADVERBS:
        place += 1
    if place >= len(tokens):
        return True
    word, rest = tokens[place], tokens[place + 1 : place + 1 + _REACH]
    following = rest[0] if rest else ""
    if not word.isalpha():
        return True
    if _chained(tokens, place) or rest[:2] == ["to", "it"]:
        return False
    if _is_of(word, words_of.PLACING) and _PLACED.search(" ".join(rest)):
        return False
    if _is_of(word, frozenset({"see"})):
        return rest[:2] not in (["to", "it"], ["to", "that"])
    if _is_of(word, frozenset({"work"})):
        return following not in ("on", "it")
    if _is_of(word, frozenset({"have"})):
        return not any(is_participle(later) and later not in words_of.STATIVES for later in rest[1:4])
    if _is_of(word, words_of.MAKERS | words_of.TOLD | {"take", "go"}):
        return _is_harmless_here(word, following, rest)
    return _is_of(word, words_of.HARMLESS) or word in words_of.HARMLESS_NOW


def _is_harmless_here(word: str, following: str, rest: Sequence[str]) -> bool:
    if _is_of(word, words_of.TOLD) and following in words_of.TO_WHOM:
        return True
    if _is_of(word, frozenset({"show"})):
        return True
    if _is_of(word, frozenset({"take"})):
        return bool(words_of.TAKEN & set(rest)) and not {"off", "out", "care", "liberty"} & set(rest[:4])
    if _is_of(word, frozenset({"go"})):
        return following in words_of.GONE and (word != "go" or following not in ("for", "with"))
    return _is_of(word, words_of.MAKERS) and bool(words_of.MADE & set(rest[:6]))


_PLACED = re.compile(
    rf"\b(?:in|from|on|off|out of|into|to) (?:your|the|this|that|\w+day'?s?)(?: \w+)? {words_of.PLACES}\b"
)


def _chained(tokens: Sequence[str], place: int) -> bool:
    """Whether a verb leads on to one that claims something: `managed to move`, `hesitate to move`, `help but move`."""
    rest = tokens[place + 1 : place + 4]
    for offset, word in enumerate(rest):
        if word in ("to", "but", "from"):
            following = place + 2 + offset
            if following >= len(tokens) or not tokens[following].isalpha():
                return False
            verb = tokens[following]
            if verb in _OBJECTS or verb in ("help", "be", "avoid") or (word == "from" and not verb.endswith("ing")):
                return False
            return offset == 0 and not _is_harmless(tokens, following)
    return False


def _goes_on(tokens: Sequence[str], place: int, *, is_past: bool = False) -> bool:
    """Whether a later verb of the same speaker claims a deed: `I looked at it and moved it`."""
    for index in range(place, len(tokens) - 1):
        if tokens[index] == ":":
            return False
        if tokens[index] not in _MORE:
            continue
        verb = index + 1
        while verb < len(tokens) and (tokens[verb] in _ADVERBS or tokens[verb] in _MORE or tokens[verb] == "have"):
            verb += 1
        if verb >= len(tokens):
            return False
        following = tokens[verb + 1] if verb + 1 < len(tokens) else "."
        is_end = not following.isalpha()
        word = tokens[verb]
        if is_past and word in ("put", "set", "cut", "reset", "let") and following in _OBJECTS:
            return "you" not in tokens[place:verb]
        if not (is_end or following in _OBJECTS or _THING.fullmatch(following) or tokens[verb - 1] in ("then", "so")):
            continue
        if _is_past(word) and word not in words_of.STATIVES and not _is_harmless(tokens, verb):
            return True
    return False
