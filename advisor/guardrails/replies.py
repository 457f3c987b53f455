"""All checks of a draft together, whole or sentence by sentence with the same verdict."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from advisor.facts import Fact
from advisor.guardrails.care import unsafe_advice
from advisor.guardrails.deeds import claimed_deeds
from advisor.guardrails.foods import FoodBook, excluded_foods, invented_names
from advisor.guardrails.languages import unread_words
from advisor.guardrails.leaning import leaning
from advisor.guardrails.machine_words import identifiers, machine_talk
from advisor.guardrails.names import food_called
from advisor.guardrails.numbers import Checked, Finding, check_numbers
from advisor.guardrails.reading import split_sentences
from advisor.guardrails.withheld import WITHHELD_NUMBER, advice_to_have_less, withheld_amounts
from advisor.words import TURNING

__all__ = ["WITHHELD_NUMBER", "check_part", "check_reply"]
# Kinds of facts that are names of the catalogue: “Edamame, shelled” tells of no deed.
_NAME_KINDS = frozenset({"dish", "food", "ingredient"})


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
    today: date | None = None,
) -> Checked:
    """All checks of a draft: numbers, numbers that must be withheld, claims of deeds, identifiers, excluded foods.

    With a `book`, as every draft of an outside model needs one, every food, dish and quotation is checked by name as
    well, no advice may be of the kind that questions are handed over for, and the reply must be in a language that
    these checks can read; `said` is what the athlete wrote, which may be quoted. `language` is that of the answer
    (`en`, `sr`): it decides how 2.460 is read. `today` is the athlete's, for words such as tomorrow.
    """
    if book is not None and (finding := _unfit(reply)) is not None:
        return Checked((), (finding,))
    known = list(facts)
    checked = check_numbers(reply, facts=known, days=days, language=language, today=today)
    findings = list(checked.findings)
    texts = {str(fact.value) for fact in known if isinstance(fact.value, str)}
    told = _without_quotations(reply, known)
    if withheld:
        findings += [Finding("withheld_number", words) for words in withheld_amounts(reply)]
        findings += [Finding("withheld_advice", words) for words in advice_to_have_less(told)]
    # A conversation only ever proposes; whatever is applied is told by the confirmation, not by a reply.
    findings += [Finding("claimed_deed", words) for words in claimed_deeds(told)]
    findings += [Finding("identifier", words) for words in identifiers(reply, known=texts)]
    findings += [Finding("machine_talk", words) for words in machine_talk(reply, known=texts)]
    quoted = {str(fact.value) for fact in known if fact.kind in ("dish", "ingredient") and not fact.excluded}
    for word in excluded_foods(reply, allergies=allergies, quoted=quoted, book=book):
        findings.append(Finding("excluded_food", word))
    if book is not None:
        findings += [
            Finding("name_without_fact", name) for name in invented_names(reply, known=texts, book=book, said=said)
        ]
        if book.excluded:
            findings += [Finding("leaning_sentence", words) for words in leaning(told)]
        findings += [Finding("unsafe_advice", words) for words in unsafe_advice(told)]
        findings += [Finding("unread_language", words) for words in unread_words(told)]
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
    today: date | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with some whole sentences of a draft (`whole_sentences` says how far they go).

    The parts of a draft have together the findings of the whole, because no check looks beyond a sentence.
    """
    checked = check_reply(
        text, facts=facts, days=days, withheld=withheld, allergies=allergies, book=book, language=language, said=said,
        today=today,
    )  # fmt: skip
    return checked.findings


def _unfit(text: str) -> Finding | None:
    """Marks that hide or turn the words around them, before any other check reads those."""
    if any((unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\n\t") or mark in TURNING for mark in text):
        return Finding("unprintable", "control characters")
    return None


def _without_quotations(reply: str, facts: Iterable[Fact]) -> str:
    """The reply without the titles and names that tools returned: a name claims nothing.

    What somebody else wrote counts as a name between quotation marks only.
    """
    known = list(facts)
    text = reply
    names = {str(fact.value) for fact in known if fact.kind in _NAME_KINDS and not fact.is_quoted_only}
    names |= {food_called(fact) for fact in known}
    # Steps of the catalogue's recipes order the cook about; they tell of no deed of ours.
    names |= {
        part.strip()
        for fact in known
        if fact.kind == "method" and isinstance(fact.value, str) and not (fact.is_quoted_only or fact.excluded)
        for part in (fact.value, *split_sentences(fact.value))
    }
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 2:
            text = text.replace(name, "it")
    for fact in known:
        if isinstance(fact.value, str) and len(fact.value.strip()) > 2:
            for quotation in (f"“{fact.value}”", f'"{fact.value}"', f"„{fact.value}“"):
                text = text.replace(quotation, "it")
    return text
