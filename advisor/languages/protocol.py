"""What a language gives the built-in advisor: its sentences, and the words that go into their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from advisor.facts import Fact


class Language(Protocol):
    """One language. Pure: no state, no database; every method may be called any number of times.

    Sentences are looked up by their English template (`Your plan for {day} has no {slot}.`) and have the same places.
    Numbers come in as values and go out as that language writes them; names that an athlete or a calendar gave are
    never changed. What is written here must be readable by the guardrails, which find numbers,
    units and dates in the finished reply.
    """

    code: str
    # By English template. None: the templates are the sentences (English).
    sentences: Mapping[str, str] | None

    def to_english(self, text: str) -> str:
        """A question in the English words that the advisor's intents know; unknown words and names pass through."""
        ...

    def noun(self, key: str) -> str:
        """The word for a nutrient key (`carbs_g`, `energy_kcal`), as in "too little iron"."""
        ...

    def of(self, amount: str, key: str) -> str:
        """An amount of a nutrient: `505 g of carbohydrate`; energy is the amount alone."""
        ...

    def slot(self, key: str) -> str:
        """The word for a meal (`breakfast`, `pre`, …): `dinner`, `food before the session`."""
        ...

    def word(self, key: str) -> str:
        """A word of its own, by key: see `WORDS` of the English module for all of them."""
        ...

    def called(self, words: str) -> str:
        """What the athlete called an event, in English canonical words (`long run`, `race`), in this language."""
        ...

    def food(self, name: str) -> str:
        """A food of the catalogue by its name in this language; a name that it does not know stays as it is."""
        ...

    def weekday(self, number: int) -> str:
        """A weekday's name; Monday is 0."""
        ...

    def day_text(self, day: date, *, today: date, near: bool = True) -> str:
        """`Saturday 28 March`, with the year when it is another; a near day with its word first."""
        ...

    def on_day(self, day: date, *, today: date) -> str:
        """The day as part of a sentence that tells when: `on Saturday 28 March`, `tomorrow, Friday 27 March`."""
        ...

    def amount(self, value: float, unit: str) -> str:
        """`505 g`, `2,460 kcal`, `60 g per hour`; bare with an empty unit."""
        ...

    def duration(self, minutes: float) -> str:
        """`90 min`, `2 h 30 min`."""
        ...

    def join(self, parts: Sequence[str]) -> str:
        """`a, b and c`; empty parts are left out."""
        ...

    def agreed(self, text: str) -> str:
        """A finished sentence with its nouns in the forms that go with their numbers, where sentences mark them."""
        ...

    def told(self, fact: Fact) -> str | None:
        """A text that our own code wrote in English, in this language; None where it cannot be told.

        By the fact's kind: `trace` and `fueling` (reasons), `target` (class of a day), `allergen` (why a food is
        refused), `method` (a recipe's step), `shopping` (a quantity with its unit), `profile` (diets, allergies). The
        sentence around a text that cannot be told is left out.
        """
        ...
