"""A message as the built-in advisor reads it: days, events, meals, nutrients and amounts it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from advisor import dates
from advisor.dates import DayMention, EventWish, RangeMention
from advisor.tools import Toolbox
from advisor.words import fold

NUTRIENTS: tuple[tuple[str, str], ...] = (
    ("carbs_g", r"carb(?:s|ohydrates?|ohydrate)?|glycogen"),
    ("protein_g", r"proteins?"),
    ("fat_g", r"fats?"),
    ("fiber_g", r"fib(?:er|re)"),
    ("sodium_mg", r"sodium|salt|electrolytes?"),
    ("energy_kcal", r"kcal|calories|calorie|energy|cals"),
    ("fluid_ml", r"fluids?|water|hydration|hydrate|hydrated|liquid"),
    ("caffeine_mg", r"caffeine"),
    ("iron_mg", r"iron"),
    ("calcium_mg", r"calcium"),
    ("potassium_mg", r"potassium"),
)
_SLOTS = (
    ("breakfast", r"breakfast"),
    ("lunch", r"lunch"),
    ("dinner", r"dinner|supper|evening meal|tonight"),
    ("snack", r"snacks?|snacking"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is eaten in relation to an event: the day, the slot if one is meant, and how it was said."""

    relation: str
    offset_days: int = 0
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The event a question is about. Without `event`, `day` is the calendar date and `missing` what was looked for."""

    day: date
    event: Any = None
    missing: str = ""


class Question:
    """One message, read once."""

    def __init__(self, message: str, tools: Toolbox) -> None:
        self.message = message
        self.text = fold(message).replace("?", " ").replace("!", " ").strip()
        self.tools = tools

    def has(self, pattern: str) -> bool:
        """Whether these words occur, as whole words."""
        return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", self.text) is not None

    def find(self, pattern: str) -> re.Match[str] | None:
        return re.search(pattern, self.text)

    @cached_property
    def days(self) -> list[DayMention]:
        return dates.read_days(self.message, today=self.tools.today)

    @cached_property
    def range(self) -> RangeMention | None:
        return dates.read_range(self.message, today=self.tools.today)

    @cached_property
    def wish(self) -> EventWish | None:
        return dates.read_event(self.message)

    @property
    def day(self) -> date:
        """The day it is about; today without another word."""
        return self.days[0].day if self.days else self.tools.today

    @cached_property
    def slot(self) -> str:
        for slot, pattern in _SLOTS:
            if self.has(pattern):
                return slot
        return "dinner" if any(mention.evening for mention in self.days) else ""

    @cached_property
    def nutrient(self) -> str:
        for name, pattern in NUTRIENTS:
            if self.has(pattern):
                return name
        return ""

    @cached_property
    def nutrients(self) -> list[str]:
        return [name for name, pattern in NUTRIENTS if self.has(pattern)]

    @cached_property
    def moment(self) -> Moment | None:
        """Night before, morning of, before, during, after."""
        for pattern, moment in (
            (r"(?:the )?(?:night|evening) before|pre-race dinner|eve of", Moment("the night before", -1, "dinner")),
            (r"(?:the )?day before", Moment("the day before", -1)),
            (r"(?:the )?morning (?:of|before)|breakfast before", Moment("the morning of", 0, "breakfast")),
            (r"(?:the )?day after", Moment("the day after", 1)),
            (
                r"during|while (?:i am |i'm )?(?:running|riding|cycling|racing|swimming|training)|mid-?(?:run|"
                r"ride|race)",
                Moment("during"),
            ),
            (r"on (?:the|my) (?:bike|ride|run|long run|long ride)", Moment("during")),
            (r"after|post-?\w*|recover|recovery", Moment("after")),
            (r"before|pre-?\w*|prior to|ahead of", Moment("before")),
        ):
            if self.has(pattern) and not (pattern.startswith("(?:the )?day after") and self.has("day after tomorrow")):
                return moment
        return None

    @cached_property
    def meant(self) -> Meant | None:
        """The event the question names, found by the rule for weekdays; None when it names none."""
        if self.wish is None:
            return None
        mention = self.days[0] if self.days else None
        event = dates.find_event(self.wish, self.tools.events, today=self.tools.today, now=self.tools.now, day=mention)
        if event is not None:
            return Meant(event.local_date, event)
        day = mention.day if mention else self.tools.today
        if mention is not None and mention.weekday and self._is_over(day):
            day += timedelta(days=7)
        return Meant(day, None, self.wish.words)

    def _is_over(self, day: date) -> bool:
        """Whether the meal asked about (the night before that day) lies in the past already."""
        return self.moment is not None and day + timedelta(days=self.moment.offset_days) < self.tools.today

    @cached_property
    def grams(self) -> float | None:
        """An amount of food in grams, when one is stated."""
        match = self.find(r"(?<![\w.])(\d{1,4}(?:[.,]\d+)?) ?(kg|kilos?|g|grams?)\b")
        if match is None:
            return None
        value = float(match[1].replace(",", "."))
        grams = value * 1000 if match[2].startswith("k") else value
        return grams if 0 < grams <= 5000 else None

    def span(self, *, days: int = 7) -> tuple[date, date]:
        """The days it is about: a range, a single day, or the next week."""
        if self.range is not None:
            return self.range.first, min(self.range.last, self.range.first + timedelta(days=30))
        if self.days:
            return self.days[0].day, self.days[0].day
        return self.tools.today, self.tools.today + timedelta(days=days - 1)
