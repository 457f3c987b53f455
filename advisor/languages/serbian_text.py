"""Letters of Serbian: both alphabets as one plain Latin text, and a text in words with their places. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from advisor.words import fold

CYRILLIC = {
    **dict(zip("абвгдежзијклмнопрстћуфхцчш", "abvgdežzijklmnoprstćufhcčš", strict=True)),
    "ђ": "đ",
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
}
_TO_LATIN = str.maketrans(
    CYRILLIC | {letter.upper(): latin[0].upper() + latin[1:] for letter, latin in CYRILLIC.items()}
)
# What a keyboard without Serbian letters leaves of them.
_TO_PLAIN = str.maketrans({"č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "dj"})
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*\.?|[^\W\d_]+(?:['-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number: how it was written (in Latin letters), its plain form, and its place in the text."""

    written: str
    plain: str
    start: int
    end: int


def to_latin(text: str) -> str:
    """Serbian Cyrillic in Latin letters; everything else stays."""
    return unicodedata.normalize("NFC", text).translate(_TO_LATIN)


def to_plain(text: str) -> str:
    """Folded, in Latin letters, without diacritics: `Ручку` and `Ručku` are both `rucku`."""
    return to_latin(fold(text)).translate(_TO_PLAIN)


def split_tokens(text: str) -> list[Token]:
    """The words and numbers of a text that is in Latin letters already."""
    return [Token(m.group(), to_plain(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]
