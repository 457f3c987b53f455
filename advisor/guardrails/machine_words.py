"""Words of machines, which no answer shows: identifiers, addresses, paths, code and markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from advisor.guardrails.reading import plain
from nutrition_site.kernel.ids import PREFIXES

_NAMES = "|".join(sorted(PREFIXES))
_IDENTIFIERS = (
    # Prefixed, with any separator, and what is left of one when it is cut short.
    rf"\b(?:{_NAMES})_[0-9a-z]{{6,}}",
    rf"\b(?:{_NAMES})[-:#/](?=[0-9a-z]*\d)(?=[0-9a-z]*[a-z])[0-9a-z]{{6,}}",
    rf"\b(?:{_NAMES})[-:#/ ]{{1,2}}0\d[0-9a-z]{{2,}}",
    r"\b0\d(?!h\d\d\b)[a-hjkmnp-tv-z]\d[0-9a-z]*",
    r"\b(?:item|target|event|food|shopping|fueling|plan|day|need|race|alternative|calendar):[0-9a-z_-]+:[0-9a-z_:-]+",
    r"\btoolu\w*",
    r"\b[0-9a-f]{8}-[0-9a-f]{4}\b(?:-[0-9a-f]{4,12})*",
    # Digits and letters in one long word are no word of a language.
    r"\b(?=[0-9a-z]*\d)(?=[0-9a-z]*[a-z])[0-9a-z]{10,}\b",
    r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b",
)
_ADDRESSES = (
    r"\b[a-z][a-z0-9+.-]{1,12}://\S+",
    r"\b(?:mailto|javascript|data):\S+",
    r"\bwww\.\S+",
    r"\b[\w.+-]+ ?@ ?[\w-]+(?:\.\w+)+",
    r"\b[\w-]+\.(?:com|org|net|io|rs|eu|dev|app|info|edu|gov|example|html?|php|aspx?)\b(?:/\S*)?",
    r"(?<![\w./])(?:~|\.{1,2})?/(?:[\w.-]+/)+[\w.-]*",
    r"(?<![\w./])~?/(?:etc|usr|var|tmp|home|root|api|v\d|admin)\b\S*",
    r"\b[a-z]:\\\S*",
    r"\b[\w-]+\.(?:py|js|json|csv|txt|md|pdf|xml|ya?ml|ics|fit|gpx|sql|log|sh|exe|zip|env)\b",
)
_IDENTIFIER = re.compile("|".join((*_IDENTIFIERS, *_ADDRESSES)), re.IGNORECASE)
_TALK = re.compile(
    r"```+|~~~+|[{}]|\]\(|\"[\w-]+\"[ \t]*:|</?[ \t]*[a-z!?][^>\n]{0,80}>?|&(?:#\d+|[a-z]{2,8});|"
    r"\b(?:tool_use|tool_result|tool[ -]calls?|function[ -]calls?|system prompt|stack ?trace|traceback|"
    r"(?:fact|object|recipe|user|athlete|item) ids?)\b|\\[nrtux]|\b(?:null|undefined|NaN)\b(?=[,;)\]])",
    re.IGNORECASE,
)


def identifiers(reply: str, *, known: Iterable[str] = ()) -> Iterator[str]:
    """Identifiers, addresses and paths of a reply that no text of a fact (`known`) holds, each where it stands."""
    yield from _without(_IDENTIFIER, plain_names(reply), known)


def machine_talk(reply: str, *, known: Iterable[str] = ()) -> Iterator[str]:
    """Code, markup and the talk of programs in a reply, where no text of a fact (`known`) holds it."""
    yield from _without(_TALK, reply, known)


def _without(pattern: re.Pattern[str], text: str, known: Iterable[str]) -> Iterator[str]:
    found = [match.group().strip() for match in pattern.finditer(text)]
    if found:
        told = "\n".join(known).casefold()
        yield from (words for words in found if words.casefold() not in told)


def plain_names(text: str) -> str:
    """The text without invisible marks, with underscores left where they are."""
    return plain(text.replace("_", "\x1f")).replace("\x1f", "_")
