"""Numbers that are not plainly written: glued to letters, in other scripts, as exponents, as factors. Pure.

A reader takes them for amounts, and no fact can be compared with them, so an answer may not hold any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from advisor.guardrails.governing_words import levelled
from advisor.guardrails.number_words import ENGLISH_NUMBERS, NUMBER_TOKENS
from advisor.guardrails.units import UNITS

_UNIT_WORDS = "|".join(
    sorted((re.escape(levelled(name)) for name in UNITS if name not in ("%", "k")), key=len, reverse=True)
)
# Names that hold a digit and state no amount.
_NAMES = re.compile(
    r"\b(?:vitamins? )?(?:b(?:1|2|3|5|6|7|9|12)|d[23]|k[12]|q10)\b(?!\s*(?:mg|g|kg|kcal|ml|%))"
    r"|\bomega[- ]?[369]\b|\bvo2(?:max)?\b|\bco2\b|\bh2o\b|\bz(?:one )?[1-7]\b(?!\s*(?:mg|g|kg|kcal|ml|%))"
    r"|\bzon[aeiu] [1-7]\b|\bsr ?28\b"
    r"|(?:(?<=\bthe )|(?<=\bour )|(?<=\bmy )|(?<=\byour )|(?<=\bnext )|(?<=\ba ))"
    r"(?:5|10)\s?k\b(?!\s*(?:of|a|per|k?cal|g|ml)\b)"
    r"|\b(?:5|10)\s?k (?:race|run|time trial|event|pace|trk\w*)\b|\b70\.3\b(?= (?:race|triathlon|ironman))",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s()\[\]“”„\"/,;:!?]+")
_DIGIT = re.compile(r"\d")
_ROMAN = re.compile(r"\b(?=[IVXLCDM]{2,}\b)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_NO_ROMAN = frozenset({"MD", "CV", "XL", "DC", "MIX", "DI", "LI", "MI"})
_ROMAN_UNIT = re.compile(rf"\b(?P<numeral>[ivxlcdm]{{2,}})\s(?:{_UNIT_WORDS})\b")
_ROMAN_GLUED = re.compile(rf"\b[IVXLCDM]+\s?(?:{_UNIT_WORDS})\b")
_ROMAN_WHOLE = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
# Words that are Roman numerals by chance.
_WORDS_OF_ROMAN = frozenset({"mi", "vi", "li", "di", "mix", "dim", "civil", "mild", "vivid", "livid"})
_LETTERS_AS_DIGITS = re.compile(rf"(?<![\w'])[lIO|]{{2,}}\s?(?:{_UNIT_WORDS})\b")
_RUN = re.compile(rf"\b(?:{ENGLISH_NUMBERS})(?:(?:and)?(?:{ENGLISH_NUMBERS}))+(?:{_UNIT_WORDS})?\b")
_RUN_UNIT = re.compile(
    rf"\b(?:{NUMBER_TOKENS})(?:grams?|grama|kilograms?|kcal|calories|liters?|litres?|minutes?|hours?)\b"
)
_POWERS = re.compile(r"\d\s*(?:[×*^·÷=~]|x(?=\s?\d))\s*\d|\d\s*[×*^÷]")
_FRACTIONS = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_MULTIPLES = re.compile(
    r"\b(?:(?<!think )twice|thrice|doubl(?:e|ed|es|ing)(?![ -]?check)|tripl(?:e|ed|es|ing)|trebl\w+|quadrupl\w+|"
    r"\w+fold|halv(?:e|ed|es|ing)|dozens?|hundreds|thousands)\b"
    r"|\bhalf(?! (?:marathon|an hour|past)\b|-(?:marathon|time|hour)\b)(?<!first half)(?<!second half)(?<!other half)"
    r"(?=(?: of)? (?:as|again|the|your|my|that|this|it|of|what|more|less|its|his|her|all|a day)\b|[\s]*[.,;!?]|$)"
    r"|\bmore than half\b|\bby half\b"
    r"|\b(?:a|one|two|three|another)[ -](?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b"
    r"(?= (?:of|more|less|fewer|as|again|higher|lower|above|below|extra|up|down)\b|\s*[.,;!?]|$)"
    r"|\b(?:two|three|four|five|\d+) (?:thirds|quarters|fifths|sixths|eighths|tenths)\b"
    r"|\b\w+ times (?:as|more|less|your|the|that|this|higher|lower|over|what|it)\b|\b(?:x|×)\s?\d|\d\s?[x×]\b"
    r"|\bby (?:a|one) (?:third|quarter|fifth|tenth)\b|\b(?:a|one) tenth\b"
    r"|\b(?:dvostruk\w*|trostruk\w*|cetvorostruk\w*|duplo|dupl[aeiu]|dupliraj\w*|udvostruc\w*|utrostruc\w*|upola|prepolov\w*|"
    r"dvaput|triput|dva puta|tri puta|cetiri puta|trecin[aeu]\w*|cetvrtin[aeu]\w*|petin[aeu]\w*|desetin[aeu]\w*|"
    r"polovin[aeu]\w*|dva put|\w+ puta (?:vise|manje|od|toliko))\b"
    r"|\bpola (?:od|tog|toga|tvo\w+|vise|manje|dnevn\w+|cilja)\b"
)
# A share of something that no fact states: `10 % more`, `20 % of your carbohydrate`.
_SHARE_CHANGE = re.compile(
    r"(?:\d|\b(?:percent|per cent|posto|odsto))\s*(?:%|percent|per cent|posto|odsto|procen\w+)?\s*"
    r"(?:%|percent|per cent|posto|odsto|procen\w+)\s*(?:[a-z]+ ){0,2}?"
    r"(?:more|less|fewer|higher|lower|above|below|extra|on top|up|down|over|under|vise|manje|iznad|ispod|preko)\b"
)
_UNIT_START = re.compile(
    r"\s*[-–•]?\s*(?:grams?|g|kg|kilos?|kilograms?|mg|milligrams?|kcal|calories|kilocalories|ml|mililit\w+|millilit\w+|lit(?:er|re)s?|"
    r"minutes?|hours?|percent|km|kilomet\w+|miles?|ounces?|pounds?|grama|kalorij[ae]|minuta|sati|litara|posto|odsto)"
    r"(?=\s+(?:of|per|or|a|an|each|every|od|na|po|that|to|dnevno|daily|ugljen\w*|protein\w*|mast\w*|vod\w*|carb\w*|fat|"
    r"fluid|sodium|energy|water)\b|\s*[,.;:!?/]|\s*$)"
)


def odd_characters(text: str) -> Iterator[str]:
    """Digits of other scripts and signs that stand for numbers, in a text as it was written."""
    for mark in text:
        if mark.isascii() or mark in _FRACTIONS:
            continue
        is_number = unicodedata.numeric(mark, None) is not None and not "０" <= mark <= "９"
        if is_number or unicodedata.category(mark) in ("Nl", "No") or _is_raised(mark):
            yield mark


def _is_raised(mark: str) -> bool:
    """Whether a mark is a small letter or figure above or below the line, as in 98ₐ and 10²."""
    return unicodedata.category(mark) in ("Lm", "No") and unicodedata.decomposition(mark).startswith(
        ("<super>", "<sub>")
    )


def without_names(text: str) -> str:
    """The text with blanks for names that hold a digit and state no amount."""
    return _NAMES.sub(lambda match: " " * len(match.group()), text)


def multiples(sentence: str) -> Iterator[re.Match[str]]:
    """Factors and shares of other amounts, in a levelled sentence: twice, a third more, 10 % less, dvostruko."""
    yield from _MULTIPLES.finditer(sentence)
    yield from _SHARE_CHANGE.finditer(sentence)
    yield from _POWERS.finditer(sentence)


def disguised(sentence: str) -> Iterator[str]:
    """Numbers hidden in letters: Roman ones, letters for digits, number words run together."""
    for match in _ROMAN.finditer(sentence):
        if match.group() not in _NO_ROMAN:
            yield match.group()
    level = levelled(sentence)
    for match in _ROMAN_UNIT.finditer(level):
        numeral = match["numeral"]
        if numeral not in _WORDS_OF_ROMAN and _ROMAN_WHOLE.fullmatch(numeral):
            yield match.group()
    yield from (match.group() for match in _ROMAN_GLUED.finditer(sentence))
    yield from (match.group() for match in _LETTERS_AS_DIGITS.finditer(sentence))
    yield from (match.group() for match in _RUN.finditer(level))
    yield from (match.group() for match in _RUN_UNIT.finditer(level))


def leftovers(sentence: str) -> Iterator[str]:
    """What still holds a digit once every plainly written number was taken out."""
    if _DIGIT.search(sentence):
        yield from (match.group() for match in _TOKEN.finditer(sentence) if _DIGIT.search(match.group()))


def starts_with_unit(sentence: str) -> str | None:
    """The unit word that a sentence begins with, which makes an amount of the number before it; None for none."""
    match = _UNIT_START.match(levelled(sentence))
    return sentence[match.start() : match.end()].strip() if match else None
