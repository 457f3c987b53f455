"""The numbers of a sentence as it writes them, in figures and in words, with their units and rates. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.guardrails.number_words import WORDED, worded_value
from advisor.guardrails.units import PIECES, UNITS, per_suffix

FIGURE = (
    r"\d+ \d+/\d+|\d+/\d+|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|"
    r"\d{1,3}(?: \d{3}){1,3}(?= ?(?:k?cal|kj|ml|m?g)\b)|\d+(?:[.,]\d+)?"
)
_NAMES = "|".join(sorted((re.escape(name) for name in (*UNITS, *PIECES)), key=len, reverse=True))
_PER_WORDS = (
    r"h|hr|hour|kg|kilo|kilogram[ua]?|day|d|serving|week|min|minute|sat[au]?|danu?|nedelji|sedmici|porciji|minuti?"
)
_WHEN = r"(?!\w)(?!\s{1,3}(?:before|after|later|prior|ago|ahead|earlier|pre|posle|nakon|ranije|kasnije)\b)"
_PER = (
    rf"\s{{0,3}}(?:/|\bper\b)\s{{0,3}}(?P<rate>{_PER_WORDS})(?!\w)"
    rf"|\s{{0,3}}\b(?:an|a|(?:for )?(?:each|every)|na|po|za svaki)\s{{1,3}}(?P<per>{_PER_WORDS}){_WHEN}"
    rf"|\s{{0,3}}(?P<ly>hourly|daily|weekly|dnevno|nedeljno|sedmi[cč]no)\b"
    # Words between the amount and its rate: `60 g of carbohydrate per hour`.
    rf"|(?:\s{{1,3}}(?!and\b|or\b|to\b|i\b|ili\b|plus\b|with\b)[^\W\d_]{{1,30}}){{1,3}}?"
    rf"\s{{1,3}}(?:per|an|each|every|na|po)\s{{1,3}}(?P<far>{_PER_WORDS}){_WHEN}"
)
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<number>{FIGURE})(?P<thousand>\s?k(?=\s{{1,3}}(?:k?cal|kilocal|kalorij)))?"
    rf"(?P<first>\s{{0,3}}(?:{_NAMES})(?=\s{{0,3}}(?:-|to|and|or|do|i|ili)\s{{0,3}}\d))?"
    rf"(?P<range>\s{{0,3}}(?:-|to|and|or|do|i|ili)\s{{0,3}}(?:{FIGURE})(?:\s?k(?=\s{{1,3}}(?:k?cal|kilocal|kalorij)))?)?"
    r"[\s-]{0,3}"
    rf"(?:(?:large|small|medium|big|whole|ripe|boiled|extra|more|energy|sports?|velik\w{{1,3}}|mal\w{{1,3}}|kuvan\w{{1,3}})"
    rf"\s{{1,3}})?(?:(?P<unit>{_NAMES})(?![\w]))?(?:{_PER})?",
    re.IGNORECASE,
)
_RATE = re.compile(_PER, re.IGNORECASE)
_EACH_HOUR = re.compile(r"(?:\b(?:each|every|svakog|svaki)|^\W{0,3}per) (?:hour|sata?)\b[^\d.;]{0,30}$", re.IGNORECASE)
_LOOK_BACK = 60
_MINUS = re.compile(r"(?:(?:^|[\s(])-|\bminus )$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands: the values it may be read as, what it measures (None for a bare number), its words."""

    values: tuple[float, ...]
    dimension: tuple[str, float] | None
    words: str
    place: int
    factor: float = 1.0
    decimals: int = 0
    end: int = 0


def read_figures(text: str, *, language: str | None = None) -> Iterator[Figure]:
    """The numbers of one sentence, in figures and in words."""
    for match in _numbers(text):
        unit = (match["unit"] or match["first"] or "").strip().lower()
        per = (match["rate"] or match["per"] or match["ly"] or match["far"] or "").lower()
        dimension = dimension_of(unit)
        if dimension is not None and dimension[0] not in ("time", "pieces"):
            if not per and _EACH_HOUR.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]):
                per = "hour"
            dimension = (dimension[0] + (per_suffix(per) if per else ""), dimension[1])
        words = match.group().strip(" -")
        numbers = [match["number"]]
        if match["range"]:
            numbers += [second.group() for second in [re.search(FIGURE, match["range"])] if second]
        factor = 1000.0 if match["thousand"] or re.search(r"\d\s?k$", match["range"] or "") else 1.0
        sign = -1.0 if _MINUS.search(text[max(0, match.start() - 7) : match.start()]) else 1.0
        for number in numbers:
            values = tuple(sign * factor * value for value in _values(number, language))
            point = re.search(r"\d[.,](\d{1,2})(?!\d)", number)
            decimals = len(point[1]) if point else 0
            yield Figure(values, dimension, words, match.start(), factor, decimals, _end(match))
    for match in WORDED.finditer(text):
        dimension = dimension_of(match["unit"] or match["weighed"] or "")
        rate = _RATE.match(text, match.end())
        if dimension is not None and rate is not None and dimension[0] not in ("time", "pieces"):
            per = (rate["rate"] or rate["per"] or rate["ly"] or rate["far"]).lower()
            dimension = (dimension[0] + per_suffix(per), dimension[1])
        value = 1.0 if match["weighed"] else worded_value(match["words"] or match["bare"])
        yield Figure((value,), dimension, match.group().strip(), match.start(), end=match.end())


def _end(match: re.Match[str]) -> int:
    """Where the number with its unit ends; what was read beyond is the way to its rate."""
    for name in ("unit", "range", "first", "thousand", "number"):
        if match[name]:
            return match.end(name)
    return match.end()


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Numbers with their units; `505 g and 102 ml` are two, `60 g to 90 g` is a range."""
    place = 0
    while match := _NUMBER.search(text, place):
        first, unit = dimension_of((match["first"] or "").strip()), dimension_of(match["unit"] or "")
        if first is not None and (unit is None or unit != first):
            match = _NUMBER.match(text[: match.end("first")], match.start()) or match
        yield match
        place = max(match.end(), match.start() + 1)


def dimension_of(unit: str) -> tuple[str, float] | None:
    """What a unit measures and its factor; pieces of food are a dimension of their own."""
    unit = unit.lower()
    return ("pieces", 1.0) if unit in PIECES else UNITS.get(unit)


def _values(text: str, language: str | None) -> tuple[float, ...]:
    """A number as its language reads it, or as either would when the language is not known."""
    if "/" in text:
        whole, _, part = text.rpartition(" ")
        above, _, below = part.partition("/")
        return () if float(below) == 0 else (float(whole or 0) + float(above) / float(below),)
    text = text.replace(" ", "")
    readings = {"en": [(",", ".")], "sr": [(".", ",")]}.get(language or "", [(",", "."), (".", ",")])
    values = []
    for thousands, point in readings:
        if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{point}\d+)?", text):
            values.append(float(text.replace(thousands, "").replace(point, ".")))
        elif text.count(".") + text.count(",") <= 1:
            values.append(float(text.replace(",", ".")))
    return tuple(dict.fromkeys(values))
