"""Sessions as a sentence names them: `your long run`, `the intervals`, `dugo trcanje`, by title or as deeds. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.guardrails.training_days import Session

if TYPE_CHECKING:
    from advisor.guardrails.sentences import Sentence

_NOUNS = {
    "race": r"races?|half[- ]marathon|marathon|(?:polu)?maraton\w*|trk(?:a|e|u|om|i)|triathlon|triatlon\w*|competition|"
    r"takmicenj\w+",
    "run": r"runs?|jog|trcanj\w+",
    "ride": r"rides?|voznj\w+",
    "swim": r"swims?|plivanj\w+",
    "intervals": r"interval\w*",
    "any": r"sessions?|workouts?|trainings?|trening\w*",
}
_DETERMINERS = (
    r"the|your|this|that|our|an?|another|my|tvoj\w*|tvog\w*|ovaj|ovo|ova|ovu|taj|ta|tu|to|jedan|jedno|jednu|neki|neka"
)
_ADJECTIVES = (
    r"long|easy|next|hard|short|steady|big|key|morning|evening|first|last|planned|dug\w*|lak\w*|lagan\w*|sledec\w+"
)
_PHRASE = re.compile(
    rf"(?P<det>\b(?:{_DETERMINERS})\s+)?(?P<adjectives>(?:\b(?:{_ADJECTIVES})\s+){{0,3}})"
    rf"(?:{'|'.join(rf'(?P<{name}>{chr(92)}b(?:{words}){chr(92)}b)' for name, words in _NOUNS.items())})"
    # What is named after a session is no session: `the race plan`, `run pace`.
    r"(?![- ](?:plan\w*|pace|fuel\w*|breakfast|meals?|dinner|lunch|snacks?|target|number|load|nutrition|prep\w*|"
    r"week\w*|kit|energy|food|time|effort|log|data|history|stress|zone|goal)\b)"
)
_YOU = r"\byou(?:'ll| will|'re| are)?(?: also)?"
_PERSON_DOES = re.compile(
    rf"(?P<run>{_YOU} (?:run|running)\b(?: long)?|\btrcis\b)|(?P<ride>{_YOU} (?:ride|riding)\b|\bvozis\b)"
    rf"|(?P<swim>{_YOU} (?:swim|swimming)\b|\bplivas\b)|(?P<race>{_YOU} (?:race|racing)\b|\btrkas se\b)"
    rf"|(?P<any>{_YOU} (?:train|training)\b|\btreniras\b)"
)
_VERB_BEFORE = re.compile(r"\b(?:you|to|we|i|they|and|or|then|please|can|will|'ll|not|don't|must|let's)\s+$")
_NONE_BEFORE = re.compile(r"\b(?:no|not any|not an?|never|nijedan|nema|nemas|nije|nikakav)\s+(?:\w+\s+)?$")
_INDEFINITE = frozenset({"a", "an", "another", "jedan", "jedno", "jednu", "neki", "neka"})
_THERE_IS = re.compile(r"\b(?:you have|there is|there's|you've got|imas|enjoy)\s+$")


@dataclass(frozen=True, slots=True)
class Told:
    """A session as a sentence names it: where, which it may be, and whether the words say that there is one."""

    start: int
    end: int
    sessions: tuple[Session, ...]
    kind: str
    definite: bool
    bare: bool = False
    does: bool = False


def told_sessions(sentence: Sentence) -> list[Told]:
    """The sessions that a sentence names, by title or as `your long run`, in order."""
    known = sentence.names.training
    meant: dict[tuple[str, str], tuple[Session, ...]] = {}

    def of_kind(kind: str, adjective: str = "") -> tuple[Session, ...]:
        if (kind, adjective) not in meant:
            meant[kind, adjective] = tuple(known.of_kind(kind, adjective))
        return meant[kind, adjective]

    found = []
    for mark in sentence.sessions:
        groups = mark.mention.groups if mark.mention is not None else frozenset()
        titled = tuple(row for row in known.sessions if row.group in groups)
        found.append(Told(mark.start, mark.end, titled, "any", definite=True))
    for match in _PHRASE.finditer(sentence.level):
        kind = match.lastgroup or "any"
        det, adjectives = (match["det"] or "").strip(), match["adjectives"].split()
        ahead = sentence.level[max(0, match.start() - 20) : match.start()]
        if _NONE_BEFORE.search(ahead):
            continue
        if not det and not adjectives and _VERB_BEFORE.search(ahead):
            continue
        adjective = next(
            (name for name, starts in (("long", ("long", "dug")), ("easy", ("easy", "lak", "lagan"))) for word in
             adjectives if word.startswith(starts)), "",
        )  # fmt: skip
        definite = det not in _INDEFINITE or _THERE_IS.search(ahead) is not None
        found.append(Told(match.start(), match.end(), of_kind(kind, adjective), kind, definite, bare=not det))
    for match in _PERSON_DOES.finditer(sentence.level):
        kind = match.lastgroup or "any"
        found.append(Told(match.start(), match.end(), of_kind(kind), kind, definite=True, does=True))
    return sorted(found, key=lambda row: row.start)
