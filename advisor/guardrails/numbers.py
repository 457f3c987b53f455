"""Every number of a reply must be a fact, in its unit, within the rounding it is written with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.facts import OUTSIDE_KINDS, Citation, Fact
from advisor.guardrails.number_words import WORDED, worded_value
from advisor.guardrails.reading import plain, split_sentences
from advisor.guardrails.units import PIECES, UNITS, fact_unit, per_suffix
from advisor.words import MONTHS, WEEKDAYS

FIGURE = (
    r"\d+ \d+/\d+|\d+/\d+|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|"
    r"\d{1,3}(?: \d{3})+(?= ?(?:k?cal|kj|ml|m?g)\b)|\d+(?:[.,]\d+)?"
)
_NAMES = "|".join(sorted((re.escape(name) for name in (*UNITS, *PIECES)), key=len, reverse=True))
_PER_WORDS = (
    r"h|hr|hour|kg|kilo|kilogram[ua]?|day|d|serving|week|min|minute|sat[au]?|danu?|nedelji|sedmici|porciji|minuti?"
)
_WHEN = r"(?!\w)(?!\s+(?:before|after|later|prior|ago|ahead|earlier|pre|posle|nakon|ranije|kasnije)\b)"
_PER = (
    rf"\s*(?:/|per|an|a|(?:for )?(?:each|every)|na|po|za svaki)\s*(?P<per>{_PER_WORDS}){_WHEN}"
    rf"|\s*(?P<ly>hourly|daily|weekly|dnevno|nedeljno|sedmi[cč]no)\b"
    # Words between the amount and its rate: `60 g of carbohydrate per hour`.
    rf"|(?:\s+(?!and\b|or\b|to\b|i\b|ili\b|plus\b|with\b)[^\W\d_]+){{1,3}}?"
    rf"\s+(?:per|an|each|every|na|po)\s+(?P<far>{_PER_WORDS}){_WHEN}"
)
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<number>{FIGURE})(?P<thousand>\s?k(?=\s+(?:k?cal|kilocal|kalorij)))?"
    rf"(?P<first>\s*(?:{_NAMES})(?=\s*(?:-|to|and|or|do|i|ili)\s*\d))?"
    rf"(?P<range>\s*(?:-|to|and|or|do|i|ili)\s*(?:{FIGURE})(?:\s?k(?=\s+(?:k?cal|kilocal|kalorij)))?)?[\s-]*"
    rf"(?:(?:large|small|medium|big|whole|ripe|boiled|extra|more|energy|sports?|velik\w+|mal\w+|kuvan\w+)\s+)?"
    rf"(?:(?P<unit>{_NAMES})(?![\w]))?(?:{_PER})?",
    re.IGNORECASE,
)
_RATE = re.compile(_PER, re.IGNORECASE)
_EACH_HOUR = re.compile(r"\b(?:per|each|every|svakog|svaki) (?:hour|sata?)\b[^\d.;]{0,30}$", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b([01]?\d|2[0-3]):([0-5]\d)\b(?:\s*(?P<half>[ap]\.?m\b\.?))?|\b(1[0-2]|[1-9])\s*[ap]\.?m\b\.?", re.I
)
_LIST_MARK = re.compile(r"(?m)^[ \t]*(?:[1-9]|1[0-2])[.)][ \t]+(?=[^\W\d])")
_KCAL_ROUNDING = 5.0
_CONVERTED = 0.02
_SHORTEST_SENTENCE = 12
_SERBIAN_MONTHS = (
    *("januar", "februar", "mart", "april", "maj", "jun", "jul"),
    *("avgust", "septembar", "oktobar", "novembar", "decembar"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a draft: the code of the check and the words it stumbled over."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a draft: what it cites, in order, and what is wrong; `ok` means it may be sent."""

    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands: the values it may be read as, what it measures (None for a bare number), its words."""

    values: tuple[float, ...]
    dimension: tuple[str, float] | None
    words: str
    place: int
    factor: float = 1.0
    decimals: int = 0


def check_numbers(
    reply: str, *, facts: Iterable[Fact], days: Collection[date] = (), language: str | None = None
) -> Checked:
    """Every number of a reply must be a fact, within the rounding it is written with; dates must be among `days`.

    Names and formulas of text facts may hold numbers of their own; what others wrote (titles of a calendar) only
    between quotation marks. `language` decides how 2.460 and 2,460 are read; without one, either way will do.
    """
    known = list(facts)
    found: list[tuple[int, Citation]] = []
    text = _take_texts(_LIST_MARK.sub(_blank, plain(reply)), known, found)
    text = _take_dates(text, days)
    findings: list[Finding] = [Finding("number_without_fact", match.group()) for match in _CLOCK.finditer(text)]
    text = _CLOCK.sub(_blank, text)
    numeric = [fact for fact in known if isinstance(fact.value, int | float)]
    start = 0
    for sentence in split_sentences(text):
        for figure in read_figures(sentence, language=language):
            fact = next((fact for fact in numeric if _matches(figure, fact)), None)
            if fact is None:
                findings.append(Finding("number_without_fact", figure.words))
            else:
                found.append((start + figure.place, Citation(fact, figure.words)))
        start += len(sentence)
    seen: dict[str, Citation] = {}
    for _, citation in sorted(found, key=lambda row: row[0]):
        seen.setdefault(citation.fact.id, citation)
    return Checked(tuple(seen.values()), tuple(findings))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _take_texts(text: str, facts: Sequence[Fact], found: list[tuple[int, Citation]]) -> str:
    """Blanks what text facts say, whole or sentence by sentence."""
    worded = [(plain(str(fact.value)), fact) for fact in facts if isinstance(fact.value, str) and fact.value.strip()]
    rows = list(worded)
    for value, fact in worded:
        parts = split_sentences(value) if fact.kind not in OUTSIDE_KINDS else []
        if len(parts) > 1:
            rows += [(part.strip(), fact) for part in parts if len(part.strip()) >= _SHORTEST_SENTENCE]
    for value, fact in sorted(rows, key=lambda row: -len(row[0])):
        if fact.kind not in OUTSIDE_KINDS and value not in text:
            continue
        pattern = re.escape(value)
        pattern = rf"[“„\"]{pattern}[”“\"]" if fact.kind in OUTSIDE_KINDS else rf"(?<!\w){pattern}(?!\w)"
        match = re.search(pattern, text)
        if match:
            found.append((match.start(), Citation(fact, str(fact.value))))
            text = re.sub(pattern, _blank, text)
    return text


def _take_dates(text: str, days: Collection[date]) -> str:
    if not re.search(r"\d", text):
        return text
    for day in days:
        month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
        serbian = _SERBIAN_MONTHS[day.month - 1]
        stem = serbian.removesuffix("ar") if serbian.endswith("bar") else serbian
        forms = (
            rf"(?:{weekday}|{weekday[:3]})?,? ?{day.day}(?:st|nd|rd|th)? (?:of )?(?:{month}|{month[:3]})\b(?:,"
            rf"? {day.year})?",
            rf"(?:{weekday}|{weekday[:3]})?,? ?(?:{month}|{month[:3]}) {day.day}(?:st|nd|rd|th)?\b(?:,? {day.year})?",
            rf"{day.day}\. ?(?:{serbian}|{stem}(?:r?[aue])?|{serbian}[aue])\b(?: {day.year}\.?)?",
            rf"0?{day.day}\. ?0?{day.month}\.(?: ?{day.year}\.?)?",
            day.isoformat(),
        )
        text = re.sub(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)", _blank, text, flags=re.IGNORECASE)
    return text


def read_figures(text: str, *, language: str | None = None) -> Iterator[Figure]:
    """The numbers of one sentence, in figures and in words."""
    for match in _numbers(text):
        unit = (match["unit"] or match["first"] or "").strip().lower()
        per = (match["per"] or match["ly"] or match["far"] or "").lower()
        dimension = dimension_of(unit)
        if dimension is not None and dimension[0] not in ("time", "pieces"):
            if not per and _EACH_HOUR.search(text[: match.start()]):
                per = "hour"
            dimension = (dimension[0] + (per_suffix(per) if per else ""), dimension[1])
        words = match.group().strip(" -")
        numbers = [match["number"]]
        if match["range"]:
            numbers += [second.group() for second in [re.search(FIGURE, match["range"])] if second]
        factor = 1000.0 if match["thousand"] or re.search(r"\d\s?k$", match["range"] or "") else 1.0
        for number in numbers:
            values = tuple(factor * value for value in _values(number, language))
            point = re.search(r"\d[.,](\d{1,2})(?!\d)", number)
            decimals = len(point[1]) if point else 0
            yield Figure(values, dimension, words, match.start(), factor, decimals)
    for match in WORDED.finditer(text):
        dimension = dimension_of(match["unit"] or match["weighed"] or "")
        rate = _RATE.match(text, match.end())
        if dimension is not None and rate is not None and dimension[0] not in ("time", "pieces"):
            per = (rate["per"] or rate["ly"] or rate["far"]).lower()
            dimension = (dimension[0] + per_suffix(per), dimension[1])
        value = 1.0 if match["weighed"] else worded_value(match["words"] or match["bare"])
        yield Figure((value,), dimension, match.group().strip(), match.start())


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


def _matches(figure: Figure, fact: Fact) -> bool:
    return any(_is_near(number, figure, fact) for number in figure.values)


def _is_near(number: float, figure: Figure, fact: Fact) -> bool:
    value = float(fact.value or 0.0)
    unit = fact_unit(fact.unit)
    half = 0.5 * 10**-figure.decimals * figure.factor + 1e-9
    dimension = figure.dimension
    if dimension is None:
        # A number without a unit is no amount, length or energy, whatever equals it.
        return bool(unit is None and abs(number - value) <= half)
    if unit is None or unit[0] != dimension[0]:
        return False
    if dimension[0] == "energy" and number % 10 == 0:
        half = max(half, _KCAL_ROUNDING + 1e-9)
    if unit[1] != dimension[1] or number % 1:
        # In another unit, or as a fraction, a number is no excuse for half a unit: 0.75 kg is not 285 g.
        half = min(half, _CONVERTED * abs(number) + 1e-9) if not figure.decimals else half
    return bool(abs(number - value * unit[1] / dimension[1]) <= half)
