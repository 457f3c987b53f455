"""Every number of a reply must be a fact: its value within rounding, in its unit, and of what the sentence says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from advisor.facts import Citation, Fact
from advisor.guardrails.binding import accepts, accepts_time
from advisor.guardrails.clock import clock_times
from advisor.guardrails.disguise import (
    disguised,
    leftovers,
    multiples,
    odd_characters,
    starts_with_unit,
    without_names,
)
from advisor.guardrails.figures import FIGURE, Figure, read_figures
from advisor.guardrails.governing_words import WITHIN, levelled
from advisor.guardrails.measures import meaning_of
from advisor.guardrails.names import Names
from advisor.guardrails.number_words import COUNTED, HARMLESS, worded_value
from advisor.guardrails.reading import plain, split_sentences
from advisor.guardrails.sentences import Sentence
from advisor.guardrails.sessions import misplaced_sessions
from advisor.guardrails.units import fact_unit
from advisor.words import MONTHS, WEEKDAYS

__all__ = ["FIGURE", "Checked", "Figure", "Finding", "check_numbers", "read_figures"]

_LIST_MARK = re.compile(r"(?m)^[ \t]*(?:[1-9]|1[0-2])[.)][ \t]+(?=[^\W\d]|[“„\"])")
_STEP = re.compile(
    r"(?m)^[ \t]*(?:[-•][ \t]*)?(?:step|option|tip|point|idea|korak|opcija|savet) \d{1,2}(?=[:.)])", re.IGNORECASE
)
_SPACES = re.compile(r"[^\S\n]{2,}")
_KCAL_ROUNDING = 5.0
_CONVERTED = 0.02
_SERBIAN_MONTHS = (
    *("januar", "februar", "mart", "april", "maj", "jun", "jul"),
    *("avgust", "septembar", "oktobar", "novembar", "decembar"),
)
_NUMBER_CODE = "number_without_fact"
# A small number word that points back to what was named: `these two`, `the other three`.
_POINTING = re.compile(
    r"\b(?:the|these|those|all|both|other|any|of|my|your|last|next|ta|te|ove|oba|sva|sve|druga|ovih)\s+$"
)
_OFFERED = re.compile(r"\s+(?:\w+\s+){0,2}?(?:that|which|to|keep|fit|instead|for|from|as|of|koja|koje|koji|za)\b")


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


def check_numbers(
    reply: str,
    *,
    facts: Iterable[Fact],
    days: Collection[date] = (),
    language: str | None = None,
    today: date | None = None,
) -> Checked:
    """Every number of a reply must be a fact, within the rounding it is written with; dates must be among `days`.

    The words of its sentence bind a number: to a measure (448 g of protein is no carbohydrate), a food, a meal, a part
    of a session and a day, whether it is needed or planned, eaten or spent, more or less. A number that no word governs
    may be any fact of its value and unit. Factors, and numbers that are not plainly written, are never facts.

    Names and formulas of text facts may hold numbers of their own; what others wrote (titles of a calendar) between
    quotation marks, or as it stands where it is short and states no amount. `language` decides how 2.460 and 2,460 are
    read; without one, either way will do. `today` says what today and tomorrow mean; without it they bind nothing.
    """
    known = list(facts)
    names = Names(known)
    text = _LIST_MARK.sub(_blank, _SPACES.sub(" ", plain(reply)))
    text = names.take(_STEP.sub(_blank, text))
    dates: list[tuple[int, int, date]] = []
    text = without_names(_take_dates(text, days, dates))
    found = list(names.cited)
    findings = [Finding(_NUMBER_CODE, mark) for mark in odd_characters(_without_texts(reply, known))]
    numeric = _by_dimension(known)
    start = 0
    for part in split_sentences(text):
        found += _check_sentence(part, start, names, dates, numeric, findings, language, today)
        start += len(part)
    seen: dict[str, Citation] = {}
    for _, citation in sorted(found, key=lambda row: row[0]):
        seen.setdefault(citation.fact.id, citation)
    return Checked(tuple(seen.values()), tuple(findings))


_Numeric = dict[str | None, list[Fact]]


def _by_dimension(facts: Sequence[Fact]) -> _Numeric:
    """Facts with a number by what their unit measures; times of day under `clock`."""
    found: _Numeric = {"clock": [fact for fact in facts if meaning_of(fact).minute is not None]}
    for fact in facts:
        if isinstance(fact.value, int | float):
            unit = fact_unit(fact.unit)
            found.setdefault(unit[0] if unit else None, []).append(fact)
    return found


def _check_sentence(
    part: str,
    start: int,
    names: Names,
    dates: Sequence[tuple[int, int, date]],
    numeric: _Numeric,
    findings: list[Finding],
    language: str | None,
    today: date | None,
) -> Iterator[tuple[int, Citation]]:
    times = list(clock_times(levelled(part)))
    rest = part
    for time in times:
        rest = rest[: time.place] + " " * (time.end - time.place) + rest[time.end :]
    figures = list(read_figures(rest, language=language))
    counted = list(_counted(rest, figures))
    sentence = Sentence(part, start, names, dates, [*figures, *counted], today)
    for time in times:
        fact = next(
            (
                fact
                for fact in numeric["clock"]
                if (minute := meaning_of(fact).minute) in time.minutes
                and minute is not None
                and accepts_time(sentence, time.place, time.end, minute, meaning_of(fact))
            ),
            None,
        )
        if fact is None:
            findings.append(Finding(_NUMBER_CODE, part[time.place : time.end]))
        else:
            yield start + time.place, Citation(fact, part[time.place : time.end])
    for figure in [*figures, *counted]:
        rest = rest[: figure.place] + " " * (figure.end - figure.place) + rest[figure.end :]
        near = (fact for fact in numeric.get(_dimension(figure), ()) if _matches(figure, fact))
        fact = next((fact for fact in near if accepts(sentence, figure, fact)), None)
        if fact is not None:
            yield start + figure.place, Citation(fact, figure.words)
        elif not _is_told_time(figure, part, names):
            findings.append(Finding(_NUMBER_CODE, figure.words))
    findings += [Finding("session_on_another_day", words) for words in misplaced_sessions(sentence)]
    level = levelled(part)
    findings += [Finding(_NUMBER_CODE, match.group()) for match in multiples(level)]
    findings += [Finding(_NUMBER_CODE, words) for words in disguised(rest)]
    findings += [Finding(_NUMBER_CODE, words) for words in leftovers(rest)]
    unit = starts_with_unit(part)
    if unit is not None:
        findings.append(Finding(_NUMBER_CODE, unit))


def _is_told_time(figure: Figure, part: str, names: Names) -> bool:
    """Whether a length of time stands in a fact's own words: `protein within two hours after`."""
    if _dimension(figure) != "time" or not WITHIN.search(levelled(part[max(0, figure.place - 30) : figure.place])):
        return False
    words = levelled(figure.words)
    return any(re.search(rf"\b{re.escape(words)}\b", levelled(fact.label)) for fact in names.facts)


def _dimension(figure: Figure) -> str | None:
    return figure.dimension[0] if figure.dimension else None


def _counted(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Small numbers in words that count something; those that point back or count what is offered are mere speech."""
    level = levelled(text)
    for match in COUNTED.finditer(level):
        if any(figure.place < match.end("number") and match.start() < figure.end for figure in figures):
            continue
        noun = match["noun"]
        before = level[max(0, match.start() - 12) : match.start()]
        if _POINTING.search(before) and (noun is None or not _is_unit_like(noun)):
            continue
        if noun is not None and (noun in HARMLESS or (_OFFERED.match(level, match.end()) and not _is_unit_like(noun))):
            continue
        words = text[match.start() : match.end()].strip()
        yield Figure((worded_value(match["number"]),), None, words, match.start(), end=match.end("number"))


# Counts of time and of what is carried: never mere speech.
_MEASURED = re.compile(r"(?:days?|weeks?|months?|times|dana|nedelj\w+|puta|bidon\w*|flasic\w*|bottles?|gel\w*|percent)")


def _is_unit_like(noun: str) -> bool:
    return _MEASURED.fullmatch(noun) is not None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _without_texts(reply: str, facts: Sequence[Fact]) -> str:
    """The reply without its names, for marks that only a name may hold."""
    if reply.isascii():
        return ""
    for value in {fact.value for fact in facts if isinstance(fact.value, str) and not fact.value.isascii()}:
        reply = reply.replace(value, " ")
    return reply


@lru_cache(maxsize=512)
def _date_forms(day: date) -> re.Pattern[str]:
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    serbian = _SERBIAN_MONTHS[day.month - 1]
    stem = serbian.removesuffix("ar") if serbian.endswith("bar") else serbian
    forms = (
        rf"(?:{weekday}|{weekday[:3]})?,? ?{day.day}(?:st|nd|rd|th)? (?:of )?(?:{month}|{month[:3]})\b(?:,"
        rf"? {day.year})?",
        rf"(?:{weekday}|{weekday[:3]})?,? ?(?:the )?{day.day}(?:st|nd|rd|th)\b",
        rf"(?:{weekday}|{weekday[:3]})?,? ?(?:{month}|{month[:3]}) {day.day}(?:st|nd|rd|th)?\b(?:,? {day.year})?",
        rf"{day.day}\. ?(?:{serbian}|{stem}(?:r?[aue])?|{serbian}[aue])\b(?: {day.year}\.?)?",
        rf"0?{day.day}\. ?0?{day.month}\.(?: ?{day.year}\.?)?",
        day.isoformat(),
    )
    return re.compile(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)", re.IGNORECASE)


def _take_dates(text: str, days: Collection[date], found: list[tuple[int, int, date]]) -> str:
    """Blanks the dates that may be named, and notes where they stand."""
    if not re.search(r"\d", text):
        return text
    numbers = {int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)}
    for day in days:
        if day.day not in numbers:
            continue

        def note(match: re.Match[str], day: date = day) -> str:
            found.append((match.start(), match.end(), day))
            return _blank(match)

        text = _date_forms(day).sub(note, text)
    found.sort()
    return text


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
