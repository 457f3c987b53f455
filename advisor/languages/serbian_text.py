"""Letters of Serbian: both alphabets as one plain Latin text, and a text in words with their places. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from advisor.words import fold
from nutrition_site.kernel.cyrillic import CYRILLIC

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


_AGREEING = re.compile(r"(?P<number>\d[\d.]*(?:,\d+)?) \[(?P<one>[^|\]]+)\|(?P<few>[^|\]]+)\|(?P<many>[^|\]]+)\]")
_TWO_STOPS = re.compile(r"(?<=\d)\.\.(?!\.)")


def agreed(text: str) -> str:
    """Each `6 [obrok|obroka|obroka]` of a sentence in the form that goes with its number; a year that ends a sentence
    has one full stop."""
    told = _AGREEING.sub(lambda one: f"{one['number']} {agreeing(_value(one['number']), *one.groups()[1:])}", text)
    return _TWO_STOPS.sub(".", told)


def _value(number: str) -> float:
    return float(number.replace(".", "").replace(",", "."))


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbors exchanged, make one word the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return left[1:] == right or left == right[1:]


def agreeing(count: float, one: str, few: str, many: str) -> str:
    """The form of a noun after a number: `1 obrok`, `2 obroka`, `5 obroka`, `21 obrok`, `1,5 obroka`."""
    if not float(count).is_integer():
        return few
    last, teens = int(abs(count)) % 10, int(abs(count)) % 100 in (11, 12, 13, 14)
    if last == 1 and not teens:
        return one
    return few if last in (2, 3, 4) and not teens else many
