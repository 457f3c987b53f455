"""Composing a reply from facts: every number that is written is cited in the same breath.

A sentence is a template with places (`"Your plan for {day} has no {slot}."`), always written out where it is used, so
that every language can have the same sentence; what goes into the places comes from facts and from the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.backends.protocol import Draft, Proposal
from advisor.facts import Bundle, Citation, Fact
from advisor.guardrails import WITHHELD_NUMBER
from advisor.languages import language_of
from advisor.languages.protocol import Language
from advisor.tools import Toolbox
from advisor.words import sentence
from nutrition_site.kernel.clock import zone

_HIDDEN = "\x00"
_WITHHELD_UNITS = {"kcal", "kcal/d", "kg", "g/kg", "kcal/kg FFM/d", "kcal/kg FFM"}
# Texts of our own code, in English words; clock times and the like are the same in every language.
_TOLD_KINDS = {"trace", "fueling", "target", "allergen", "method", "shopping", "profile"}
WITHHELD_NOTE = "I leave out energy and weight here; the meals are what counts."


class Writer:
    """A reply in the making. A sentence that would hold something unknown or withheld is left out as a whole."""

    def __init__(self, tools: Toolbox, *, withheld: bool, language: Language | None = None) -> None:
        self.tools = tools
        self.withheld = withheld
        self.language = language or language_of("en")
        self.parts: list[str] = []
        self.citations: dict[str, Citation] = {}
        self.days: set[date] = set()
        self.proposals: list[Proposal] = []
        self.topic: dict[str, Any] = {}
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
        if fact.kind in ("target", "trace", "what_if", "week") and fact.unit == "kcal":
            value = round(value, -1)
        if self._is_length(fact):
            return self._cite(fact, self.language.duration(value))
        return self._cite(fact, self.language.amount(value, fact.unit))

    @staticmethod
    def _is_length(fact: Fact) -> bool:
        return fact.unit == "min" and isinstance(fact.value, int | float) and float(fact.value) % 30 == 0

    def count(self, fact: Fact | None) -> str:
        """A bare number."""
        if fact is None or not isinstance(fact.value, int | float):
            return _HIDDEN
        return self._cite(fact, self.language.amount(float(fact.value), ""))

    def text(self, fact: Fact | None) -> str:
        """A text in the reply's language; a formula that holds withheld numbers hides its sentence."""
        if fact is None or not isinstance(fact.value, str):
            return _HIDDEN
        if self.withheld and WITHHELD_NUMBER.search(fact.value):
            self.left_out = True
            return _HIDDEN
        if fact.own_words:
            return self.quoted(fact)
        if fact.kind == "ingredient":
            return self.food(fact)
        told = self.language.told(fact) if fact.kind in _TOLD_KINDS else fact.value
        if told is None:
            return _HIDDEN
        # A quantity holds numbers, so the fact has to say it in the same words.
        return self._cite(replace(fact, value=told) if fact.kind == "shopping" else fact, told)

    def food(self, fact: Fact) -> str:
        """A food of the catalogue by its name in the reply's language, which is what the fact then says."""
        called = self.language.food(str(fact.value))
        return self._cite(replace(fact, value=called), called)

    def source(self, fact: Fact | None) -> str:
        """Where something comes from, verbatim: the name of a paper, a table, a calendar."""
        return _HIDDEN if fact is None or not isinstance(fact.value, str) else self._cite(fact, fact.value)

    def quoted(self, fact: Fact | None) -> str:
        """A name between quotation marks, verbatim."""
        return _HIDDEN if fact is None or not isinstance(fact.value, str) else f"“{self._cite(fact, fact.value)}”"

    def _cite(self, fact: Fact, quote: str) -> str:
        self.citations.setdefault(fact.id, Citation(fact, quote))
        return quote

    def day(self, day: date, *, near: bool = True) -> str:
        """`tomorrow, Friday 27 March`."""
        self.days.add(day)
        return self.language.day_text(day, today=self.tools.today, near=near)

    def on(self, day: date) -> str:
        """`tomorrow, Friday 27 March` or `on Friday 27 March`: the day as part of a sentence."""
        self.days.add(day)
        return self.language.on_day(day, today=self.tools.today)

    def slot(self, key: str) -> str:
        """`dinner`, `food before the session`."""
        return self.language.slot(key)

    def join(self, parts: Sequence[str]) -> str:
        """`a, b and c`, without what is unknown or withheld."""
        return self.language.join([part for part in parts if part and _HIDDEN not in part])

    def amounts(self, bundle: Bundle, keys: Iterable[str], *, prefix: str = "") -> str:
        """`505 g of carbohydrate, 102 g of protein and 2,460 kcal`, without what is unknown or withheld."""
        parts = []
        for key in keys:
            text = self.num(bundle.get(prefix + key))
            if text != _HIDDEN:
                parts.append(self.language.of(text, key))
        return self.language.join(parts)

    def ingredients(self, bundle: Bundle) -> str:
        """`rolled oats 75 g; banana 120 g`."""
        parts = []
        for row in bundle.data["ingredients"]:
            name = bundle[f"{row['key']}:name"]
            called = self.language.food(row["name"])
            if any(mark.isdigit() for mark in called):
                self.food(name)
            amount = bundle.get(row["key"])
            # The checks look for the food that an amount is of by its label.
            grams = self.num(None if amount is None else replace(amount, label=called))
            if grams != _HIDDEN:
                taste = f" ({self.language.word('to_taste')})" if row["to_taste"] else ""
                parts.append(f"{called} {grams}{taste}")
        return "; ".join(parts)

    # --- sentences ---
    def part(self, template: str, **places: str) -> str:
        """A piece of a sentence from its template; one with an unknown, withheld or empty place hides the whole."""
        if any(not text or _HIDDEN in text for text in places.values()):
            return _HIDDEN
        sentences = self.language.sentences
        words = template if sentences is None else sentences.get(template, template)
        return self.language.agreed(words.format(**places))

    def say(self, template: str, **places: str) -> None:
        """Adds a sentence; one with an unknown, withheld or empty place is left out."""
        self._add("", self.part(template, **places))

    def para(self, template: str, **places: str) -> None:
        """Adds a sentence that begins a new line."""
        self._add("\n", self.part(template, **places))

    def line(self, template: str, **places: str) -> None:
        """Adds a list line."""
        self._add("\n- ", self.part(template, **places))

    def step(self, number: int, fact: Fact | None) -> None:
        """Adds a numbered line, a recipe's step; one that cannot be told is left out."""
        text, note = self.text(fact), self.language.word("steps_note")
        if text != _HIDDEN:
            if number == 1 and note:
                self.parts.append(f"\n{note}")
            self.parts.append(f"\n{number}. {text}")

    def _add(self, start: str, text: str) -> None:
        if text.strip() and _HIDDEN not in text:
            self.parts.append(start + sentence(text.strip()))

    def propose(self, proposal: Proposal) -> None:
        self.proposals.append(proposal)

    def about(self, **topic: Any) -> None:
        """What the reply is about, for a question that follows it; days as dates."""
        for name, value in topic.items():
            self.topic[name] = value.isoformat() if isinstance(value, date) else value

    def draft(self, *, kind: str, backend: str) -> Draft:
        """The finished reply with everything it cites."""
        if self.left_out:
            start = "\n" if any(part.startswith("\n") for part in self.parts) else ""
            self._add(start, self.part("I leave out energy and weight here; the meals are what counts."))
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
            topic={"kind": kind, **{name: value for name, value in self.topic.items() if value not in (None, "")}},
        )


def event_words(w: Writer, event: Any) -> str:
    """`“Long run 90min Z2” on Saturday 28 March at 09:00, 90 min`."""
    facts = w.tools.read_event(event)
    words = w.part("{title} {on}", title=w.quoted(facts["title"]), on=w.on(event.local_date))
    if facts.get("starts"):
        words = w.part("{event} at {time}", event=words, time=w.text(facts["starts"]))
    if facts.get("duration_minutes"):
        words = w.part("{event}, {length}", event=words, length=w.num(facts["duration_minutes"]))
    return words


def dish_line(w: Writer, item: Any) -> None:
    """One planned dish as a line of a list, what is only heated up told as that."""
    facts = w.tools.read_item(item)
    places = {
        "time": w.text(facts["time"]),
        "slot": w.slot(item.slot),
        "dish": w.quoted(facts["name"]),
        "servings": w.num(facts["servings"]),
        "amounts": w.amounts(facts, ("carbs_g", "protein_g")),
    }
    if facts.data["leftover"]:
        w.line("{time} {slot}: {dish}, left from an earlier meal, {servings}, {amounts}.", **places)
    else:
        w.line("{time} {slot}: {dish}, {servings}, {amounts}.", **places)


OPEN_HOURS = 2


def is_to_come(w: Writer, item: Any) -> bool:
    """Whether a planned meal is still to come: neither eaten nor skipped, and its hour at most two hours past."""
    if item.status != "planned" or item.date < w.tools.today:
        return False
    if item.date > w.tools.today:
        return True
    now = w.tools.now.astimezone(zone(w.tools.athlete.zones))
    return int(item.time[:2]) * 60 + int(item.time[3:5]) + OPEN_HOURS * 60 >= now.hour * 60 + now.minute


def titles_on(w: Writer, day: date) -> str:
    """The training of a day by its titles, or the word for none."""
    sessions = [event for event in w.tools.events_on(day, day) if event.counts]
    titles = w.join([w.quoted(w.tools.read_event(event)["title"]) for event in sessions])
    return titles or w.language.word("no_training")


def why_of(w: Writer, day: date, name: str, *, formula: bool = False) -> None:
    """The reason behind one target of a day in the engine's own words, with its formula where that was asked for.

    The paper it rests on is the source of the cited reason, so that the sentence stays readable.
    """
    target = w.tools.read_targets(day)
    words = target.get(f"words:{name}")
    if words is None:
        return
    w.say("Why: {reason}.", reason=w.text(words))
    if formula:
        w.say("It is calculated as: {formula}.", formula=w.text(target.get(f"formula:{name}")))


def pick_items(items: Sequence[Any], slot: str) -> list[Any]:
    """The dishes of one slot; snacks are everything outside the main meals."""
    if slot == "snack":
        return [item for item in items if item.slot in ("snack", "pre", "during", "post")]
    return [item for item in items if item.slot == slot]
