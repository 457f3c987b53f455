"""A message as the built-in advisor reads it: days, events, meals, nutrients and amounts it names."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from advisor import dates
from advisor.dates import DayMention, EventWish, RangeMention
from advisor.spelling import mend_typos
from advisor.tools import Toolbox
from advisor.words import fold
from planning.catalogue.words import singular
from planning.services.vocabulary import Speller

NUTRIENTS: tuple[tuple[str, str], ...] = (
    ("carbs_g", r"carb(?:s|os?|ohydrates?|ohydrate)?|glycogen"),
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
    ("magnesium_mg", r"magnesium"),
    ("zinc_mg", r"zinc"),
    ("vitamin_d_ug", r"vitamin d3?"),
    ("vitamin_b12_ug", r"(?:vitamin )?b ?12"),
    ("vitamin_c_mg", r"vitamin c"),
    ("folate_ug", r"folate|folic acid"),
)
SLOTS = (
    ("breakfast", r"breakfast|in the morning|tomorrow morning"),
    ("lunch", r"lunch|at noon|midday"),
    ("dinner", r"dinner|supper|evening meal|tonight|in the evening|(?:tomorrow|\w+day) (?:evening|night)"),
    ("snack", r"snacks?|snacking"),
)


MOST_GRAMS = 5000
# In "50-100 g" the mark stands between two amounts.
_MASS = re.compile(
    r"(?<![\w.,])(?P<less>(?<!\d)(?<!\d )-|minus )? ?(?P<number>\d{1,9}(?:[.,]\d+)*) ?(?P<unit>kg|kilos?|g|grams?)\b"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is eaten in relation to an event: the day, the slot if one is meant, and how it was said."""

    relation: str
    offset_days: int = 0
    slot: str = ""


_MOMENT_WORDS: tuple[tuple[str, Moment], ...] = (
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
    (r"in (?:the|my) (?:half )?(?:race|marathon)(?! week| day)", Moment("during")),
    (r"after|post-?\w*|recover|recovery|afterwards?", Moment("after")),
    (r"before|pre-?\w*|prior to|ahead of", Moment("before")),
)
MOMENTS = tuple(moment for _, moment in _MOMENT_WORDS)


_LOOKS_BACK = (
    r"(?:what|how much|how many|how|which|when|where) (?:\w+ ){0,2}?did i|(?:what|how much|how many|how) (?:\w+ )?"
    r"have i (?:eaten|had|done|trained)|^(?:so |and |but )?(?:did|have) i(?! (?:missed|been))|i ate|"
    r"how (?:was|were|did|has)|(?:was|were) my (?:week|weekend|day)|"
    # As Serbian says it: “koliko sam proteina pojeo”, “da li sam pojeo dovoljno”.
    r"^(?:am i |how (?:much|many) (?:\w+ )?)(?:have i )?eaten"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The event a question is about. Without `event`, `day` is the calendar date and `missing` what was looked for."""

    day: date
    event: Any = None
    missing: str = ""


@lru_cache(maxsize=2048)
def _whole_words(pattern: str) -> re.Pattern[str]:
    """Compiled once: the kinds of questions have more patterns than the cache of `re` holds."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def _read_mass(number: str, unit: str) -> float:
    """Grams. `1,000 g` is a thousand, `1.250 kg` and `0,125 kg` have decimals."""
    if unit.startswith("k"):
        return float(number.replace(",", ".")) * 1000 if len(re.findall(r"[.,]", number)) < 2 else math.inf
    plain = re.sub(r"[.,]", "", number) if _THOUSANDS.fullmatch(number) else number.replace(",", ".")
    return float(plain) if plain.count(".") < 2 else math.inf


def _is_food_word(word: str) -> bool:
    speller = Speller(())
    return any(speller.knows(form, form) for form in {word, singular(word)})


class Question:
    """One message, read once."""

    def __init__(self, message: str, tools: Toolbox, *, topic: Mapping[str, Any] | None = None) -> None:
        self.message = mend_typos(message, is_food_word=_is_food_word)
        self.text = fold(self.message).replace("?", " ").replace("!", " ").strip()
        self.tools = tools
        # What the answer before this question was about. `follows` says that the question leans on it for what it
        # does not name itself; `asked_food` is a food it names where only an earlier question tells what is asked.
        self.topic = dict(topic or {})
        self.follows = bool(self.topic) and self._points_back()
        self.asked_food = ""
        # Set where it asks for the reason of the answer before it: what that answer said need not be said again.
        self.asks_reason = False

    def _points_back(self) -> bool:
        """Whether it speaks of `it` or `that` and names neither day nor meal nor event of its own."""
        own = self.days or self.range or self.wish or self._own_slot
        return not own and self.has(r"it|that|this|them|those|these|one")

    def has(self, pattern: str) -> bool:
        """Whether these words occur, as whole words."""
        return _whole_words(pattern).search(self.text) is not None

    def find(self, pattern: str) -> re.Match[str] | None:
        return re.search(pattern, self.text)

    @cached_property
    def days(self) -> list[DayMention]:
        found = dates.read_days(self.message, today=self.tools.today)
        return [dates.last_such_day(mention, today=self.tools.today) for mention in found] if self.looks_back else found

    @cached_property
    def looks_back(self) -> bool:
        """Whether it asks how things went: its weekdays and weeks are those that were."""
        return self.has(_LOOKS_BACK)

    @cached_property
    def range(self) -> RangeMention | None:
        found = dates.read_range(self.message, today=self.tools.today)
        return dates.last_such_range(found, today=self.tools.today) if found and self.looks_back else found

    @cached_property
    def wish(self) -> EventWish | None:
        return dates.read_event(self.message)

    @property
    def day(self) -> date:
        """The day it is about: named, that of the talk before, or today."""
        if self.days:
            return self.days[0].day
        return self._past_day or self.tools.today

    @property
    def _past_day(self) -> date | None:
        words = self.topic.get("day") if self.follows else None
        try:
            return date.fromisoformat(words) if isinstance(words, str) else None
        except ValueError:
            return None

    @property
    def names_day(self) -> bool:
        """Whether a day was named, here or in the question that this one follows."""
        return bool(self.days) or self._past_day is not None

    def past(self, name: str) -> str:
        """What the talk before was about, where this question leans on it; else empty."""
        value = self.topic.get(name) if self.follows else None
        return value if isinstance(value, str) else ""

    @property
    def has_own_slot(self) -> bool:
        """Whether it names a meal itself."""
        return bool(self._own_slot)

    @property
    def slot(self) -> str:
        """The meal it names, or that of the talk before."""
        return self._own_slot or self.past("slot")

    @cached_property
    def _own_slot(self) -> str:
        for slot, pattern in SLOTS:
            if self.has(pattern):
                return slot
        return "dinner" if any(mention.evening for mention in self.days) else ""

    @property
    def nutrients(self) -> list[str]:
        """The nutrients it names, or that of the talk before."""
        return self.own_nutrients or [name for name in [self.past("nutrient")] if name]

    @cached_property
    def own_nutrients(self) -> list[str]:
        """The nutrients it names itself."""
        return [name for name, pattern in NUTRIENTS if self.has(pattern)]

    @property
    def moment(self) -> Moment | None:
        """Night before, morning of, before, during, after."""
        if self._own_moment is None and self.past("relation"):
            return next((row for row in MOMENTS if row.relation == self.past("relation")), None)
        return self._own_moment

    @cached_property
    def _own_moment(self) -> Moment | None:
        text = re.sub(r"\bday (?:after tomorrow|before yesterday)\b", " ", self.text)
        return next((moment for pattern, moment in _MOMENT_WORDS if _whole_words(pattern).search(text)), None)

    @cached_property
    def meant(self) -> Meant | None:
        """The event the question names, found by the rule for weekdays; None when it names none."""
        if self.wish is None:
            return self._past_event()
        mention = self.days[0] if self.days else None
        if mention is None and self.has(r"(?:my|the) (?:last|latest|previous|most recent)"):
            return self._last_event(self.wish)
        event = dates.find_event(self.wish, self.tools.events, today=self.tools.today, now=self.tools.now, day=mention)
        if event is not None:
            return Meant(event.local_date, event)
        day = mention.day if mention else self.tools.today
        if mention is not None and mention.weekday and self._is_over(day):
            day += timedelta(days=7)
        return Meant(day, None, self.wish.words)

    @property
    def event_day(self) -> date | None:
        """The day of the event it is about, when there is such an event."""
        return self.meant.day if self.meant is not None and self.meant.event is not None else None

    def _past_event(self) -> Meant | None:
        """The event of the talk before; a day of its own leaves it behind."""
        event_id = "" if self.days else self.past("event_id")
        event = next((event for event in self.tools.events if event.pk == event_id), None)
        return None if event is None else Meant(event.local_date, event)

    def _last_event(self, wish: EventWish) -> Meant:
        """The last event of that kind that has begun."""
        begun = [
            event
            for event in self.tools.events
            if event.counts and not event.all_day and event.starts_at <= self.tools.now and wish.fits(event)
        ]
        return Meant(begun[-1].local_date, begun[-1]) if begun else Meant(self.tools.today, None, wish.words)

    def _is_over(self, day: date) -> bool:
        """Whether the meal asked about (the night before that day) lies in the past already."""
        return self.moment is not None and day + timedelta(days=self.moment.offset_days) < self.tools.today

    @cached_property
    def grams(self) -> float | None:
        """An amount of food in grams, when one is stated that people eat."""
        return next((grams for grams in self._stated_grams if 0 < grams <= MOST_GRAMS), None)

    @property
    def has_odd_grams(self) -> bool:
        """Whether an amount is stated that nobody eats: nothing, less than nothing, or more than five kilograms."""
        return any(not 0 < grams <= MOST_GRAMS for grams in self._stated_grams)

    @cached_property
    def _stated_grams(self) -> list[float]:
        return [
            (-1 if match["less"] else 1) * _read_mass(match["number"], match["unit"])
            for match in _MASS.finditer(self.text)
        ]

    @cached_property
    def minutes(self) -> float | None:
        """A length of time in minutes, when one is stated: `30 min`, `an hour`, `1.5 h`, `an hour and a half`."""
        total, found = 0.0, False
        for match in re.finditer(
            r"(?<![\w.,])(\d{1,3}(?:[.,]\d+)?|an?|half an?|one|two|three|four) ?-?"
            r"(h|hrs?|hours?|min|mins|minutes?)\b(?P<half> and a half)?",
            self.text,
        ):
            words = {
                "a": 1.0,
                "an": 1.0,
                "half a": 0.5,
                "half an": 0.5,
                "one": 1.0,
                "two": 2.0,
                "three": 3.0,
                "four": 4.0,
            }
            value = words[match[1]] if match[1] in words else float(match[1].replace(",", "."))
            total += (value + (0.5 if match["half"] else 0.0)) * (60 if match[2].startswith("h") else 1)
            found = True
        return total if found and 0 < total <= 1440 else None

    def span(self, *, days: int = 7) -> tuple[date, date]:
        """The days it is about: a range, a single day, or the next week."""
        if self.range is not None:
            return self.range.first, min(self.range.last, self.range.first + timedelta(days=30))
        if self.names_day:
            return self.day, self.day
        return self.tools.today, self.tools.today + timedelta(days=days - 1)
