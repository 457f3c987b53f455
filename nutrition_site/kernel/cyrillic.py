"""Serbian in its two alphabets: which one a text is in, and Latin letters as Cyrillic ones. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

CYRILLIC = {
    **dict(zip("абвгдежзијклмнопрстћуфхцчш", "abvgdežzijklmnoprstćufhcčš", strict=True)),
    "ђ": "đ",
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
}
_SERBIAN_CYRILLIC = re.compile(r"[абвгдђежзијклљмнњопрстћуфхцчџш]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_FROM_LATIN = {latin: letter for letter, latin in CYRILLIC.items() if len(latin) == 1}
_DIGRAPHS = {latin: letter for letter, latin in CYRILLIC.items() if len(latin) == 2}
# Two letters that stay two, because a word begins or is joined between them.
_APART = re.compile(r"(?:in|kon)(?=jekc|junk|jug)|(?:na|po|o)d(?=ž(?:iv|nj|up|al))|^tan(?=jug)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Signs and short names that both alphabets write in Latin letters; none of them is a Serbian word.
_SIGNS_TEXT = """
g kg mg µg μg ml l dl L h min km m cm W kW kcal kJ bpm TSS CTL ATL TSB FFM FTP RPE FODMAP HRV DRO NSF URL ISO API AI B
C D E A K
"""
_SIGNS = frozenset(_SIGNS_TEXT.split())
_VOWELS = frozenset("AEIOK")
_QUOTED = re.compile(r"[“„\"][^“”„\"]*[”“\"]")
_ADDRESS = re.compile(r"\b(?:[\w-]+\.)+(?:com|org|net|rs|eu|int)\b")


def is_cyrillic(text: str) -> bool:
    """Whether a text has more Serbian Cyrillic letters than others, quotations aside; False where it has none."""
    own = _QUOTED.sub(" ", text)
    return 2 * len(_SERBIAN_CYRILLIC.findall(own)) > len(_LETTER.findall(own))


def to_cyrillic(text: str, *, names: Iterable[str] = (), keep_quotations: bool = True) -> str:
    """A Serbian text in Cyrillic. Units, abbreviations, web addresses, foreign words and (but for `keep_quotations`)
    whatever stands between quotation marks stay in Latin letters, and so does each of `names`, exactly as written."""
    kept = [re.escape(name) for name in sorted({name for name in names if name.strip()}, key=len, reverse=True)]
    quotations = [_QUOTED.pattern] if keep_quotations else []
    pattern = re.compile("|".join([*quotations, _ADDRESS.pattern, *(rf"(?<!\w){name}(?!\w)" for name in kept)]))
    out, place = [], 0
    for match in pattern.finditer(text):
        out += [_words(text[place : match.start()]), match.group()]
        place = match.end()
    return "".join([*out, _words(text[place:])])


def _words(text: str) -> str:
    return _WORD.sub(lambda match: _word(match, text), text)


def _word(match: re.Match[str], text: str) -> str:
    word = match.group()
    beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    # `B12`, `Z2`: a letter of a name with a number.
    if any(mark.isdigit() for mark in beside):
        return word
    if word in _SIGNS and not (word in _VOWELS and _begins(text, match.start())):
        return word
    if re.search(r"[qwxyQWXY]|[^\x00-\x7fčćšžđČĆŠŽĐ]|[a-z][A-Z]", word):
        return word
    return "-".join(_letters(part) for part in word.split("-"))


def _begins(text: str, place: int) -> bool:
    """Whether a sentence begins here, so that a capital A or I is a word and no sign."""
    before = text[:place].rstrip()
    return not before or before[-1] in ".!?:;…-("


def _letters(word: str) -> str:
    out, place = [], 0
    apart = {match.end() for match in _APART.finditer(word)}
    while place < len(word):
        two = word[place : place + 2].lower()
        if two in _DIGRAPHS and place + 1 not in apart:
            letter, step = _DIGRAPHS[two], 2
        else:
            letter, step = _FROM_LATIN.get(word[place].lower(), word[place]), 1
        out.append(letter.upper() if word[place].isupper() else letter)
        place += step
    return "".join(out)
