"""What is told of a proposal, kept so that any language can tell it: a template and what goes into its places.

Proposals outlive the answer they came with, and their state is told again when it has moved. So what is stored is not a
sentence but its English template with typed values: a day, a meal, an amount, a list, or a text that stays as it is.
Everything here is plain JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from advisor.facts import Fact
from advisor.languages import language_of
from advisor.languages.protocol import Language
from nutrition_site.kernel.errors import Conflict, DomainError

# A text that stays as it is, or a mapping: `template` with `places`, `day`, `slot`, `amount` with `unit`,
# `minutes`, `quantity`, `list`, or `english` with what stands for it `otherwise`.
Told = str | Mapping[str, Any]
ENGLISH = "en"
NOTHING = "–"


class Refusal(Conflict):
    """409: why something is not proposed or not done, in words that any language has. `told` is the sentence."""

    def __init__(self, told: Told, *, code: str) -> None:
        self.told = told
        super().__init__(tell(told), code=code)


def in_words(template: str, **places: Told | date) -> dict[str, Any]:
    """A sentence, or a part of one, by its English template."""
    values = {name: day_of(value) if isinstance(value, date) else value for name, value in places.items()}
    return {"template": template, "places": values}


def day_of(day: date) -> dict[str, Any]:
    """`Saturday 28 March 2026`: a proposal may be read much later, so it names its year."""
    return {"day": day.isoformat()}


def slot_of(key: str) -> dict[str, Any]:
    """`dinner`, `food before the session`."""
    return {"slot": key}


def amount_of(value: float, unit: str) -> dict[str, Any]:
    """`505 g`, `1.5 servings`."""
    return {"amount": value, "unit": unit}


def minutes_of(minutes: float) -> dict[str, Any]:
    """`90 min`, `3 h`."""
    return {"minutes": minutes}


def quantity_of(text: str) -> dict[str, Any]:
    """An amount as a shopping list has it: `24 eggs`, `2 × 250g`."""
    return {"quantity": text}


def list_of(values: Sequence[Told]) -> dict[str, Any]:
    """`olives, beetroot`; nothing is a dash."""
    return {"list": list(values)}


def reasoned(english: str, otherwise: Told) -> dict[str, Any]:
    """A sentence that our own engines wrote in English, and what other languages say in its place."""
    return {"english": english, "otherwise": otherwise}


def dish(name: str | None, servings: float | None) -> Told:
    """`Shakshuka × 1.5`; empty for no dish."""
    return "" if name is None or servings is None else f"{name} × {servings:g}"


def refuse(template: str, *, code: str, **places: Told | date) -> Refusal:
    """A refusal by its English template."""
    return Refusal(in_words(template, **places), code=code)


def tell(told: Told, language: Language | None = None) -> str:
    """The words in a language, English without one."""
    if isinstance(told, str):
        return told
    speaks = language or language_of(ENGLISH)
    if "template" in told:
        words = (
            told["template"] if speaks.sentences is None else speaks.sentences.get(told["template"], told["template"])
        )
        return speaks.agreed(str(words).format(**{name: tell(value, speaks) for name, value in told["places"].items()}))
    if "english" in told:
        return str(told["english"]) if speaks.sentences is None else tell(told["otherwise"], speaks)
    if "day" in told:
        return speaks.day_text(date.fromisoformat(told["day"]), today=date.min, near=False)
    if "slot" in told:
        return speaks.slot(told["slot"])
    if "quantity" in told:
        return speaks.told(Fact("", "shopping", "", told["quantity"])) or str(told["quantity"])
    if "minutes" in told:
        return speaks.duration(told["minutes"])
    if "list" in told:
        return ", ".join(tell(value, speaks) for value in told["list"]) or NOTHING
    return speaks.amount(told["amount"], told["unit"])


def reason_of(error: DomainError, language: Language) -> str:
    """Why something was refused; empty where that language has no words for it."""
    told = getattr(error, "told", None)
    if told is not None:
        return tell(told, language)
    return error.message if language.sentences is None else ""
