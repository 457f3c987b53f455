"""Where a number of an answer comes from, told in the reader's language.

What is stored with an answer is English: the label of each fact and its source. Here such a text is told when it is
shown: a fixed one as it is, one with values by its template, whose values are told in turn. What nobody has words for
stays English and says so, so that it can be marked as English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_noop as _

from advisor.source_labels import LABELS, TEMPLATES
from nutrition_site.kernel.sentences import SentenceTable, in_english
from nutrition_site.templatetags.athleat import left_to_right, plain_number
from planning.amounts import told_amount
from planning.catalogue import names
from planning.phrases import tell
from planning.phrases.values import tell_allergen, tell_date, tell_diet
from planning.wording import DAY_CLASSES, servings_in_words, source_in_words

_SENTENCES = SentenceTable((*LABELS, *TEMPLATES), shapes={"date": r"\d{4}-\d{2}-\d{2}"})
# A language that has no words for this one has none for the others.
_OF = "%(what)s of %(food)s"
# Units that are words; all others are signs, which languages share.
_UNITS = {"kcal/kg FFM": _("kcal per kg of lean mass"), "kcal/kg": _("kcal per kg of lean mass")}
# What the facts of these kinds say is one of our texts; of any other kind it is what somebody or a table called it.
_TOLD_KINDS = frozenset({"trace", "fueling", "allergen", "reason", "availability", "method"})
_NAMES = frozenset({"dish", "food", "ingredient"})


@dataclass(frozen=True, slots=True)
class Told:
    """A text as it is shown; `english` where it is still the English one though the reader has another language."""

    text: str
    english: bool = False


def tell_citation(row: Mapping[str, Any]) -> dict[str, Any]:
    """A citation as a page shows it: `{n, quote, label, shown, source}`, the last three as `Told`.

    `shown` is the value with its unit, empty for a source that is not a value; `source` is empty where the value is it.
    """
    source = Told("") if row["value"] == row["source"] else tell_source(row["source"])
    return {
        "n": row["n"],
        "quote": row["quote"],
        # What an amount of an ingredient is called is the ingredient.
        "label": Told(names.name_of(row["label"])) if row["kind"] == "ingredient_grams" else tell_label(row["label"]),
        "shown": _tell_value(row),
        "source": source,
    }


def tell_label(text: str) -> Told:
    """What a fact is called."""
    return _told(text, _label)


def tell_source(text: str) -> Told:
    """Where a fact comes from."""
    return _told(text, _source)


class _Unknown(Exception):
    """Nobody has words for what stands in a place of a template."""


def _told(text: str, words: Callable[[str, str], str | None]) -> Told:
    if not text or in_english():
        # Evidence is told in words in English, too.
        return Told(source_in_words(text) if text else "")
    told = words(text, get_language() or "")
    return Told(text, english=True) if told is None else Told(told)


@lru_cache(maxsize=4096)
def _label(text: str, language: str) -> str | None:
    """A label in the active language, None where nobody has words for it. `language` is part of the key only."""
    if gettext(_OF) == _OF:
        return None

    def place(name: str, value: str) -> str:
        if name == "date":
            return tell_date(value)
        if name == "own":
            return value
        told = _label(value, language)
        if told is None and name != "food":
            raise _Unknown
        # A name that is in no table is what its owner calls it.
        return told or names.name_of(value)

    try:
        known = _SENTENCES.tell(text, place)
    except _Unknown:
        return None
    if known is not None:
        return known
    told = tell(text)
    if told != text:
        return told
    # The steps of a calculation have their words at the beginning of a sentence.
    heading = text[:1].upper() + text[1:]
    told = tell(heading)
    return None if told == heading else told[:1].lower() + told[1:]


def _source(text: str, language: str) -> str | None:
    told = _label(text, language)
    if told is None and (worded := source_in_words(text)) != text:
        told = worded
    return told


def _tell_value(row: Mapping[str, Any]) -> Told:
    value, unit, kind = row.get("value"), row.get("unit") or "", row.get("kind")
    if value is None or value == "":
        return Told("")
    if isinstance(value, int | float):
        return Told(_tell_amount(float(value), unit))
    text = str(value)
    if kind == "event":
        # What somebody called a session is theirs.
        return Told(text)
    if kind in _NAMES:
        return Told(names.name_of(text))
    if kind == "shopping":
        return Told(told_amount(text))
    if kind == "target":
        return _told(text, _day_class)
    if kind == "profile":
        return Told(", ".join(_told(one, _excluded).text for one in text.split(", ")))
    return tell_source(text) if kind in _TOLD_KINDS else Told(tell(text))


def _day_class(text: str, language: str) -> str | None:
    name = text.replace(" ", "_")
    return gettext(DAY_CLASSES[name]) if name in DAY_CLASSES else _source(text, language)


def _excluded(text: str, language: str) -> str | None:
    """An allergen or a diet of a profile."""
    told = tell_allergen(text)
    return told if told != text else tell_diet(text)


def _tell_amount(value: float, unit: str) -> str:
    shown = unit.removesuffix("/d")
    if shown == "servings":
        return servings_in_words(value)
    if shown == "years":
        return ngettext("%(count)s year", "%(count)s years", round(value)) % {"count": plain_number(value)}
    words = gettext(_UNITS[shown]) if shown in _UNITS else shown
    return left_to_right(f"{plain_number(value)}\u00a0{words}".rstrip("\u00a0"))
