"""Which words of a sentence govern a number: its measure, food, meal, session, day and side. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from advisor.guardrails.figures import Figure
from advisor.guardrails.governing_words import (
    AFTER_MEAL,
    ASKED,
    BEFORE_SIGN,
    BODY,
    DOINGS,
    EATEN,
    LOSES,
    MEASURES,
    MORE,
    NUTRIENTS,
    PARTS_OF_DAY,
    PHASES,
    PLANNED,
    SLOTS,
    SPAN_END,
    SPANS,
    SPENT,
    STARTS,
    TRAINING_SPENDS,
    WEAK_AFTER,
    WEAK_BEFORE,
    WEEKDAYS,
    WHEN,
    WHOLE_DAY,
    levelled,
)
from advisor.guardrails.measures import COUNTS, food_stems
from advisor.guardrails.names import Mention, Names
from advisor.guardrails.persons import other_persons
from advisor.guardrails.session_words import Told, told_sessions

_CUT = re.compile(r"[,;:!?()\n]|\.(?:\s|$)|\s-\s")
_APART = re.compile(r"[;:!?()\n]|\.(?:\s|$)")
_AND = re.compile(r"\b(?:and|or|but|while|i|a|ali|ili|dok)\b")
_SEPARATE = re.compile(r"\b(?:and|or|but|plus|while|with|against|vs|versus|than|is|are|was|a|ali|uz|dok|i|nego)\b")
_NO_LIST = re.compile(
    r"\b(?:is|are|was|were|has|have|but|while|with|against|vs|versus|than|above|below|je|su|ali|dok|nego|iznad|ispod)\b"
)
_FAR = 5
_OF = re.compile(r"\s{1,3}(?:of|od|worth of)\s{1,3}((?:[^\W\d_]+[ -]?){1,6})")
# After `of`, these name nothing that a number could be an amount of.
_NEUTRAL_WORDS = """
it that this them these those which the your my its a an each every all any total whole daily today tomorrow
yesterday tonight day days week plan target targets goal portion serving servings food meal meals fuel work cooking
preparation prep time rest training exercise running riding cycling swimming easy hard steady warm up cool down
energy intake them what in recommended planned usual other such toga tog te ovoga ukupno dnevno tvog tvoje breakfast
lunch dinner snack snacks motion effort sessions session added extra pure quality good about around hrane obroka
digestible mixed quick fast slow simple complex dietary useful lean
"""
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
_STOPS_WORDS = """
and or at for in on with over during before after per from to by is are as i za u na uz kod
"""
_STOPS = frozenset(_STOPS_WORDS.split())
_DIFFERENCE = re.compile(
    r"\b(?:more|less|fewer|lower|higher|differ\w*|sav\w+|drop\w*|fall\w*|rise\w*|change\w*|extra|add\w*|gap|vise|manje|"
    r"razlik\w*|pad\w*|rast\w*)\b"
)
_PORTION_OF = re.compile(r"\b(?:in|per|from|u|na)\s+(?:a |every |each |the )?$")
# `55 g, out of the 240 g you need`: what is needed is the day's, whatever meal was named before.
_OUT_OF = re.compile(r"\b(?:of|od) (?:the |your |a |tvojih |ukupno )?(?:total of |daily |day's )?$")
_NEEDED = re.compile(
    r"\s*(?:of [a-z]+ )?(?:(?:that )?you need|needed|you aim for|target|koliko ti treba|koje ti treba)\b"
)
_LOOK_BACK = 30
_MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word that governs numbers: what it says, and where it stands."""

    start: int
    end: int
    says: str
    mention: Mention | None = None
    day: date | None = None


class Sentence:
    """One sentence with the words that govern its numbers; `start` is its place in the text that `names` read."""

    def __init__(
        self,
        text: str,
        start: int,
        names: Names,
        dates: Sequence[tuple[int, int, date]],
        figures: Sequence[Figure],
        today: date | None,
    ) -> None:
        self.text = text
        self.level = levelled(text)
        self.names = names
        self.today = today
        self.figures = sorted(figures, key=lambda figure: figure.place)
        self.places = [figure.place for figure in self.figures]
        self._start, self._dates = start, dates
        self._fitting: dict[str, tuple[list[Word], list[Word], list[Word]]] = {}

    def is_out_of_day(self, figure: Figure) -> bool:
        """Whether a number is what a part of the day is measured against."""
        before = self.level[max(0, figure.place - _LOOK_BACK) : figure.place]
        return bool(_OUT_OF.search(before) and _NEEDED.match(self.level, figure.end))

    @cached_property
    def marks(self) -> list[Mention]:
        found = self.names.between(self._start, self._start + len(self.text))
        return [_moved(mention, -self._start) for mention in found]

    @cached_property
    def foods(self) -> list[Mention]:
        return self.names.food_words(self.level)

    @cached_property
    def measures(self) -> list[Word]:
        return _words(MEASURES, self.level)

    @cached_property
    def roles(self) -> list[Word]:
        return _sides(PLANNED, "planned", ASKED, "target", self.level)

    @cached_property
    def ways(self) -> list[Word]:
        return _sides(EATEN, "eaten", SPENT, "spent", self.level)

    @cached_property
    def doings(self) -> list[Word]:
        return _words(DOINGS, self.level)

    @cached_property
    def parts(self) -> list[Word]:
        return _words(PARTS_OF_DAY, self.level)

    @cached_property
    def sessions(self) -> list[Word]:
        return [Word(mark.start, mark.end, "session", mark) for mark in self.marks if mark.kind == "session"]

    @cached_property
    def others(self) -> list[tuple[int, int]]:
        """Where it speaks of somebody else than the athlete."""
        return other_persons(self)

    @cached_property
    def told_sessions(self) -> list[Told]:
        """The sessions that it names, with those that may be meant."""
        return told_sessions(self)

    @cached_property
    def counts(self) -> list[Word]:
        found = (Word(m.start(), m.end(), name) for name, words in COUNTS.items() for m in words.finditer(self.level))
        return sorted(found, key=place_of)

    @cached_property
    def timed(self) -> list[Word]:
        """Meals, phases and sessions: what a time of day belongs to."""
        meals = [word for word in self.scopes if word.says not in ("day", "free", "food")]
        held = {place for word in meals for place in range(word.start, word.end)}
        starts = [word for word in self.doings if word.says == "training"]
        starts += [Word(m.start(), m.end(), "training") for m in STARTS.finditer(self.level)]
        starts += [Word(mark.start, mark.end, "training") for mark in self.marks if mark.kind == "session"]
        return sorted([*meals, *(word for word in starts if word.start not in held)], key=place_of)

    @cached_property
    def is_of_body(self) -> bool:
        """Whether a body is spoken of as it is, and not as it is to become."""
        return BODY.search(self.level) is not None and LOSES.search(self.level) is None

    @cached_property
    def is_of_training(self) -> bool:
        return TRAINING_SPENDS.search(self.level) is not None

    @cached_property
    def compares(self) -> bool:
        return _DIFFERENCE.search(self.level) is not None

    @cached_property
    def scopes(self) -> list[Word]:
        return self._scopes()

    @cached_property
    def days(self) -> list[Word]:
        end = self._start + len(self.text)
        return self._days([row for row in self._dates if self._start <= row[0] < end], self._start)

    def _scopes(self) -> list[Word]:
        found = []
        for match in SLOTS.finditer(self.level):
            before = self.level[max(0, match.start() - 20) : match.start()]
            if not WHEN.search(before) and not AFTER_MEAL.match(self.level, match.end()):
                found.append(Word(match.start(), match.end(), match.lastgroup or ""))
        found += [Word(m.start(), m.end(), m.lastgroup or "") for m in PHASES.finditer(self.level)]
        found += [Word(m.start(), m.end(), m.lastgroup or "") for m in WHOLE_DAY.finditer(self.level)]
        found += [Word(mark.start, mark.end, mark.kind, mark) for mark in self.marks if mark.kind in ("dish", "food")]
        return sorted(found, key=lambda word: word.start)

    def _days(self, dates: Sequence[tuple[int, int, date]], start: int) -> list[Word]:
        found = [Word(first - start, last - start, "date", day=day) for first, last, day in dates]
        for match in WEEKDAYS.finditer(self.level):
            if any(word.start <= match.start() < word.end for word in found):
                continue
            says = match.lastgroup or "other"
            weak = WEAK_AFTER.match(self.level, match.end()) or WEAK_BEFORE.search(
                self.level[max(0, match.start() - 12) : match.start()]
            )
            ahead = self.level[max(0, match.start() - _LOOK_BACK) : match.start()]
            spans = SPANS.search(ahead) or SPAN_END.search(ahead)
            found.append(Word(match.start(), match.end(), "other" if weak or spans else says))
        return sorted(found, key=lambda word: word.start)

    # --- what governs a number ---
    def after(self, figure: Figure, words: Sequence[Word], *, near: bool = False) -> Word | None:
        """The first of these words behind a number, in its clause and before the next number."""
        first = bisect_left(words, figure.place, key=place_of)
        if first == len(words):
            return None
        word = words[first]
        if word.start >= figure.end:
            later = bisect_right(self.places, figure.place)
            stop = self.places[later] if later < len(self.places) else len(self.text)
            if word.start >= stop or _CUT.search(self.level, figure.end, word.start):
                return None
            between = self.level[figure.end : word.start]
            if later < len(self.places) and _AND.search(between):
                return None
            if near and (_SEPARATE.search(between) or between.count(" ") > _FAR):
                return None
        return word

    def before(self, figure: Figure, words: Sequence[Word]) -> Word | None:
        """The last of these words that ends before a number."""
        last = bisect_left(words, figure.place, key=place_of) - 1
        while last >= 0 and words[last].end > figure.place:
            last -= 1
        return words[last] if last >= 0 else None

    def nearest(self, figure: Figure, words: Sequence[Word]) -> Word | None:
        """The word that governs a number: behind it in its clause, else the last before it, else the list's own.

        In `285 g of carbohydrate and 98 g of protein on Monday` the day stands behind the last of several.
        """
        if not words:
            return None
        found = self.after(figure, words) or self.before(figure, words)
        if found is not None:
            return found
        end = figure.end
        later = bisect_right(self.places, figure.place)
        for follower in self.figures[later : later + _MOST_LISTED]:
            between = self.level[end : follower.place]
            if _APART.search(between) or _NO_LIST.search(between) or between.count(" ") > _FAR + 1:
                return None
            behind = self.after(follower, words)
            if behind is not None:
                return behind
            end = follower.end
        return None

    def measure_of(self, figure: Figure) -> Word | None:
        """The measure or the food that a number is an amount of, None where the sentence does not say."""
        dimension = figure.dimension[0] if figure.dimension else ""
        fitting, foods, both = self._governors(dimension)
        if dimension == "share":
            return self.after(figure, fitting, near=True) or self.nearest(figure, fitting)
        if dimension.startswith("energy"):
            return self.after(figure, fitting, near=True)
        behind = self.after(figure, both, near=True)
        if behind is not None:
            return behind
        if dimension == "mass" and foods and _PORTION_OF.search(self.level[max(0, figure.place - 12) : figure.place]):
            # `422 mg of potassium in 118 g`: how much of the food that holds it.
            return self.before(figure, foods) or foods[0]
        unknown = self._of_something(figure, both)
        if unknown is not None:
            return unknown
        if not dimension.startswith(("mass", "volume")):
            return None
        before = self.before(figure, both)
        if before is not None and before.says == "food" and self._is_over(before, figure):
            # In a list each food stands before its own amount; what stands here is a name that nobody knows.
            before = None if "/" in dimension else self.before(figure, fitting)
            before = None if before is not None and self._is_over(before, figure) else before
        if before is not None:
            return before
        later = bisect_right(self.places, figure.place)
        stop = self.places[later] if later < len(self.places) else len(self.text)
        first = bisect_left(fitting, figure.end, key=place_of)
        return fitting[first] if first < len(fitting) and fitting[first].start < stop else None

    def _is_over(self, word: Word, figure: Figure) -> bool:
        """Whether another number and the end of its part stand between a word and a number."""
        between = bisect_right(self.places, word.end), bisect_left(self.places, figure.place)
        if between[0] >= between[1]:
            return False
        return _APART.search(self.level, self.places[between[1] - 1], figure.place) is not None

    def _governors(self, dimension: str) -> tuple[list[Word], list[Word], list[Word]]:
        """Measures that a number of this dimension may have, foods, and both; in the order of the sentence."""
        known = self._fitting.get(dimension)
        if known is None:
            fitting = [word for word in self.measures if word.says != "none" and _may_govern(word.says, dimension)]
            foods = [Word(food.start, food.end, "food", food) for food in self.foods]
            foods += [Word(mark.start, mark.end, "food", mark) for mark in self.marks if mark.kind == "food"]
            if dimension.startswith("mass"):
                # Weighed, water is an ingredient.
                foods += [_water(word) for word in self.measures if word.says == "fluid"]
            foods.sort(key=place_of)
            known = self._fitting[dimension] = (fitting, foods, sorted([*fitting, *foods], key=place_of))
        return known

    def _of_something(self, figure: Figure, known: Sequence[Word]) -> Word | None:
        """`448 g of gravel`: a thing that no word list knows."""
        if figure.dimension is None or not figure.dimension[0].startswith(("mass", "volume", "energy")):
            return None
        match = _OF.match(self.level, figure.end)
        if match is None:
            return None
        words = []
        for word in re.findall(r"[^\W\d_]+", match[1]):
            if word in _STOPS:
                break
            words.append(word)
        strange = [word for word in words if word not in _NEUTRAL and not MEASURES.fullmatch(word)]
        if not strange or (len(strange) < len(words) and words[0] in ("it", "that", "this", "which")):
            return None
        stems = food_stems(" ".join(strange)) or frozenset(strange)
        return Word(match.start(1), match.end(1), "food", Mention(match.start(1), match.end(1), "food", stems=stems))

    def sign_of(self, figure: Figure) -> str | None:
        """`+` or `-` where the sentence calls a number a difference."""
        match = MORE.match(self.level, figure.end)
        if match is None:
            match = BEFORE_SIGN.search(self.level[max(0, figure.place - 40) : figure.place])
        return None if match is None else "+" if match["more"] else "-"


_OF_MASS = NUTRIENTS | {"lean", "weight"}


def _may_govern(measure: str, dimension: str) -> bool:
    if dimension.startswith("volume"):
        return measure in ("fluid", "alcohol", "electrolytes")
    if dimension.endswith("/kg"):
        return measure in NUTRIENTS
    if dimension == "share":
        return measure in NUTRIENTS | {"weight"}
    return measure in _OF_MASS


def place_of(word: Word) -> int:
    return word.start


def _sides(first: re.Pattern[str], says: str, second: re.Pattern[str], other: str, level: str) -> list[Word]:
    found = [Word(match.start(), match.end(), says) for match in first.finditer(level)]
    return sorted(
        [*found, *(Word(match.start(), match.end(), other) for match in second.finditer(level))], key=place_of
    )


def _words(pattern: re.Pattern[str], level: str) -> list[Word]:
    return [Word(match.start(), match.end(), match.lastgroup or "") for match in pattern.finditer(level)]


def _water(word: Word) -> Word:
    return Word(word.start, word.end, "food", Mention(word.start, word.end, "food", stems=frozenset({"water"})))


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)
