"""All checks of a draft together, whole or sentence by sentence with the same verdict."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from advisor.facts import Fact
from advisor.guardrails.care import unsafe_advice
from advisor.guardrails.deeds import claimed_deeds
from advisor.guardrails.foods import FoodBook, excluded_foods, invented_names
from advisor.guardrails.languages import unread_words
from advisor.guardrails.numbers import FIGURE, Checked, Finding, check_numbers, read_figures
from advisor.guardrails.reading import plain, split_sentences
from nutrition_site.kernel.ids import PREFIXES

WITHHELD_NUMBER = re.compile(
    rf"(?:{FIGURE})(?:\s?k)?\s*-?(?:kcal|kkal|k?cals?|(?:kilo)?calories?|(?:kilo)?kalorij[ae]|kj|kilojoules?|kg|kilos?|"
    r"kilograms?|kilogram[ai]?|lbs?|pounds?|stones?|(?:%|posto|percent)\s*(?:body ?fat|of your (?:body )?weight|"
    r"masti|telesne))\b",
    re.IGNORECASE,
)
_WITHHELD_DIMENSIONS = frozenset({"energy", "energy/kg", "energy/h"})
_HEAVY_GRAMS = 453.0
_IDENTIFIER = re.compile(
    rf"\b(?:{'|'.join(PREFIXES)})_[0-9a-z]{{6,}}\b|\b(?:item|target|event|food|shopping|fueling|plan|day|need|race|"
    r"alternative|calendar):[0-9a-z_-]+:[0-9a-z_:-]+|\btoolu_\w+",
    re.IGNORECASE,
)
_ASSISTANT_TALK = re.compile(
    r"</?data-|\b(?:tool_use|tool_result|system prompt)\b|\"(?:fact_id|object_id|recipe_id)\"", re.I
)


def check_reply(
    reply: str,
    *,
    facts: Iterable[Fact],
    days: Collection[date] = (),
    withheld: bool = False,
    allergies: Iterable[str] = (),
    book: FoodBook | None = None,
    language: str | None = None,
    said: Collection[str] = (),
) -> Checked:
    """All checks of a draft: numbers, numbers that must be withheld, claims of deeds, identifiers, excluded foods.

    With a `book`, as every draft of an outside model needs one, every food, dish and quotation is checked by name as
    well, no advice may be of the kind that questions are handed over for, and the reply must be in a language that
    these checks can read; `said` is what the athlete wrote, which may be quoted. `language` is that of the answer
    (`en`, `sr`): it decides how 2.460 is read.
    """
    known = list(facts)
    checked = check_numbers(reply, facts=known, days=days, language=language)
    findings = list(checked.findings)
    if withheld:
        findings += [Finding("withheld_number", words) for words in withheld_numbers(reply)]
    # A conversation only ever proposes; whatever is applied is told by the confirmation, not by a reply.
    findings += [Finding("claimed_deed", words) for words in claimed_deeds(_without_quotations(reply, known))]
    findings += [Finding("identifier", match.group()) for match in _IDENTIFIER.finditer(plain_names(reply))]
    findings += [Finding("machine_talk", match.group()) for match in _ASSISTANT_TALK.finditer(reply)]
    quoted = {str(fact.value) for fact in known if fact.kind in ("dish", "ingredient")}
    for word in excluded_foods(reply, allergies=allergies, quoted=quoted, book=book):
        findings.append(Finding("excluded_food", word))
    if book is not None:
        texts = {str(fact.value) for fact in known if isinstance(fact.value, str)}
        findings += [
            Finding("name_without_fact", name) for name in invented_names(reply, known=texts, book=book, said=said)
        ]
        findings += [Finding("unsafe_advice", words) for words in unsafe_advice(_without_quotations(reply, known))]
        findings += [Finding("unread_language", words) for words in unread_words(_without_quotations(reply, known))]
    return Checked(checked.citations, tuple(findings))


def check_part(
    text: str,
    *,
    facts: Iterable[Fact],
    days: Collection[date] = (),
    withheld: bool = False,
    allergies: Iterable[str] = (),
    book: FoodBook | None = None,
    language: str | None = None,
    said: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What is wrong with some whole sentences of a draft (`whole_sentences` says how far they go).

    The parts of a draft have together the findings of the whole, because no check looks beyond a sentence.
    """
    checked = check_reply(
        text, facts=facts, days=days, withheld=withheld, allergies=allergies, book=book, language=language, said=said
    )
    return checked.findings


def withheld_numbers(reply: str) -> list[str]:
    """Amounts of energy and body weight, in figures or words, that must not be shown where they are withheld."""
    text = plain(reply)
    found = [match.group() for match in WITHHELD_NUMBER.finditer(text)]
    for sentence in split_sentences(text):
        for figure in read_figures(sentence):
            if figure.dimension is None or any(figure.words in words or words in figure.words for words in found):
                continue
            kind, factor = figure.dimension
            if kind in _WITHHELD_DIMENSIONS or (kind == "mass" and factor >= _HEAVY_GRAMS):
                found.append(figure.words)
    return found


def plain_names(text: str) -> str:
    """The text without invisible marks, with underscores left where they are."""
    return plain(text.replace("_", "\x1f")).replace("\x1f", "_")


def _without_quotations(reply: str, facts: Iterable[Fact]) -> str:
    """The reply without the titles and names that tools returned: what somebody else wrote claims nothing."""
    text = reply
    for fact in facts:
        if isinstance(fact.value, str) and len(fact.value.strip()) > 2:
            for quotation in (f"“{fact.value}”", f'"{fact.value}"', f"„{fact.value}“"):
                text = text.replace(quotation, "it")
    return text
