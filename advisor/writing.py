"""Composing a reply from facts: every number that is written is cited in the same breath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from advisor.backends.protocol import Draft, Proposal
from advisor.facts import Bundle, Citation, Fact
from advisor.guardrails import WITHHELD_NUMBER
from advisor.tools import Toolbox
from advisor.words import amount, day_text, duration_text, join, near_text, sentence

_HIDDEN = "\x00"
_WITHHELD_UNITS = {"kcal", "kcal/d", "kg", "g/kg", "kcal/kg FFM/d", "kcal/kg FFM"}
WITHHELD_NOTE = "I leave out energy and weight here; the meals are what counts."


class Writer:
    """A reply in the making. A sentence that would hold a withheld number is left out as a whole."""

    def __init__(self, tools: Toolbox, *, withheld: bool) -> None:
        self.tools = tools
        self.withheld = withheld
        self.parts: list[str] = []
        self.citations: dict[str, Citation] = {}
        self.days: set[date] = set()
        self.proposals: list[Proposal] = []
        self.left_out = False

    # --- words for facts ---
    def num(self, fact: Fact | None) -> str:
        """A number with its unit; energy targets to 10 kcal. An unknown one hides its sentence."""
        if fact is None or not isinstance(fact.value, int | float):
            return _HIDDEN
        if self.withheld and fact.unit in _WITHHELD_UNITS:
            self.left_out = True
            return _HIDDEN
        value = float(fact.value)
        if fact.kind in ("target", "trace") and fact.unit == "kcal":
            value = round(value, -1)
        return self._cite(fact, duration_text(value) if self._is_length(fact) else amount(value, fact.unit))

    @staticmethod
    def _is_length(fact: Fact) -> bool:
        return fact.unit == "min" and isinstance(fact.value, int | float) and float(fact.value) % 30 == 0

    def count(self, fact: Fact | None) -> str:
        """A bare number."""
        if fact is None or not isinstance(fact.value, int | float):
            return _HIDDEN
        return self._cite(fact, f"{fact.value:g}")

    def text(self, fact: Fact | None) -> str:
        """A text as it is; a formula that holds withheld numbers hides its sentence."""
        if fact is None or not isinstance(fact.value, str):
            return _HIDDEN
        if self.withheld and WITHHELD_NUMBER.search(fact.value):
            self.left_out = True
            return _HIDDEN
        return self._cite(fact, fact.value)

    def quoted(self, fact: Fact | None) -> str:
        """A name between quotation marks, verbatim."""
        return _HIDDEN if fact is None or not isinstance(fact.value, str) else f"“{self._cite(fact, fact.value)}”"

    def _cite(self, fact: Fact, quote: str) -> str:
        self.citations.setdefault(fact.id, Citation(fact, quote))
        return quote

    def day(self, day: date, *, near: bool = True) -> str:
        """`tomorrow, Friday 27 March`."""
        self.days.add(day)
        return near_text(day, today=self.tools.today) if near else day_text(day, today=self.tools.today)

    def on(self, day: date) -> str:
        """`tomorrow, Friday 27 March` or `on Friday 27 March`: the day as part of a sentence."""
        text = self.day(day)
        return text if "," in text else f"on {text}"

    def amounts(self, bundle: Bundle, keys: Iterable[str], *, prefix: str = "") -> str:
        """`505 g of carbohydrate, 102 g of protein and 2,460 kcal`, without what is unknown or withheld."""
        parts = []
        for key in keys:
            fact = bundle.get(prefix + key)
            text = self.num(fact)
            if text != _HIDDEN:
                parts.append(text if key == "energy_kcal" else f"{text} of {_NOUNS.get(key, key)}")
        return join(parts)

    def ingredients(self, bundle: Bundle) -> str:
        """`rolled oats 75 g, banana 120 g`."""
        parts = []
        for row in bundle.data["ingredients"]:
            name = bundle[f"{row['key']}:name"]
            if any(mark.isdigit() for mark in row["name"]):
                self._cite(name, row["name"])
            grams = self.num(bundle.get(row["key"]))
            if grams != _HIDDEN:
                parts.append(f"{row['name']} {grams}" + (" (to taste)" if row["to_taste"] else ""))
        return "; ".join(parts)

    # --- sentences ---
    def say(self, text: str) -> None:
        """Adds a sentence; one that holds something unknown or withheld is left out."""
        if _HIDDEN not in text and text.strip():
            self.parts.append(sentence(text.strip()))

    def para(self, text: str) -> None:
        """Adds a sentence that begins a new line."""
        if _HIDDEN not in text and text.strip():
            self.parts.append("\n" + sentence(text.strip()))

    def line(self, text: str) -> None:
        """Adds a list line."""
        if _HIDDEN not in text and text.strip():
            self.parts.append("\n- " + sentence(text.strip()))

    def propose(self, proposal: Proposal) -> None:
        self.proposals.append(proposal)

    def draft(self, *, kind: str, backend: str) -> Draft:
        """The finished reply with everything it cites."""
        if self.left_out:
            self.parts.append(("\n" if any(part.startswith("\n") for part in self.parts) else "") + WITHHELD_NOTE)
        reply = ""
        for part in self.parts:
            reply += part if part.startswith("\n") or not reply else " " + part
        citations = tuple(self.citations.values())
        return Draft(
            reply=reply.strip(),
            backend=backend,
            kind=kind,
            facts=tuple(citation.fact for citation in citations),
            days=frozenset(self.days),
            citations=citations,
            proposals=tuple(self.proposals),
        )


_NOUNS = {
    "carbs_g": "carbohydrate",
    "protein_g": "protein",
    "fat_g": "fat",
    "fiber_g": "fiber",
    "sodium_mg": "sodium",
    "fluid_ml": "water, food included",
    "caffeine_mg": "caffeine",
    "iron_mg": "iron",
    "calcium_mg": "calcium",
    "potassium_mg": "potassium",
}


def noun(key: str) -> str:
    """The word for a nutrient key."""
    return "energy" if key == "energy_kcal" else _NOUNS.get(key, key)


def event_words(w: Writer, event: Any) -> str:
    """`“Long run 90min Z2” on Saturday 28 March at 09:00, 90 min`."""
    facts = w.tools.read_event(event)
    words = f"{w.quoted(facts['title'])} {w.on(event.local_date)}"
    if facts.get("starts"):
        words += f" at {w.text(facts['starts'])}"
    if facts.get("duration_minutes"):
        words += f", {w.num(facts['duration_minutes'])}"
    return words


def why_of(w: Writer, day: date, name: str, *, formula: bool = False) -> None:
    """The reason behind one target of a day in the engine's own words, with its formula where that was asked for.

    The paper it rests on is the source of the cited reason, so that the sentence stays readable.
    """
    target = w.tools.read_targets(day)
    words = target.get(f"words:{name}")
    if words is None:
        return
    w.say(f"Why: {w.text(words)}.")
    if formula:
        w.say(f"It is calculated as: {w.text(target.get(f'formula:{name}'))}.")


def pick_items(items: Sequence[Any], slot: str) -> list[Any]:
    """The dishes of one slot; snacks are everything outside the main meals."""
    if slot == "snack":
        return [item for item in items if item.slot in ("snack", "pre", "during", "post")]
    return [item for item in items if item.slot == slot]
