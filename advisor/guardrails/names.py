"""Names that tools returned, as they stand in a reply: dishes, foods and sessions, and the words of foods. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from advisor.facts import Citation, Fact
from advisor.guardrails.governing_words import MEASURES, levelled
from advisor.guardrails.measures import food_key, food_stems, group_of, meaning_of, stem_of
from advisor.guardrails.reading import plain, split_sentences
from advisor.guardrails.training_days import TrainingDays, read_training_days
from advisor.languages.serbian_foods import FOODS
from planning.catalogue.names.serbian_foods import food_name

# Stands for every letter of a name that was taken out: no letter, no digit and no space.
TAKEN = "\ue000"
_SHORTEST_SENTENCE = 12
_SENTENCE_SPACES = 3
# Serbian salt is `so`, which is an English word as well.
_SHORTEST_NAME = 3
_NAME_KINDS = frozenset({"dish", "food", "ingredient"})
_AMOUNTS = re.compile(r"k?cal\b|kj\b|\d\s*(?:k?g|mg|ml|l|dl)\b|gram", re.IGNORECASE)
_LONGEST_TITLE = 60
_WORD = re.compile(r"[^\W\d_]{3,}")
# Foods that answers name although no tool returned them: their amounts are no facts.
_COMMON = """
rice pasta bread oats potatoes chicken beef fish salmon tuna eggs cheese milk yogurt banana apple orange honey jam nuts
almonds beans lentils tofu vegetables fruit spaghetti noodles couscous quinoa cereal muesli granola toast butter oil
juice chocolate cookies cake pizza soup salad meat turkey pork ham dates raisins figs berries gel gels bar bars
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a reply: what it may belong to (groups of facts), its kind, and the words of a food."""

    start: int
    end: int
    kind: str
    groups: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()


@dataclass
class Names:
    """What the texts of facts name: found in a reply by `take`, and one by one as words by `food_words`."""

    facts: Sequence[Fact]
    mentions: list[Mention] = field(default_factory=list)
    cited: list[tuple[int, Citation]] = field(default_factory=list)
    stems: dict[str, frozenset[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # The food that a group of facts is about, by its name, and what sessions are called.
        for fact in self.facts:
            if fact.kind == "food" and isinstance(fact.value, str):
                group = group_of(fact)[0]
                if group is not None:
                    self.stems[group] = food_stems(fact.value)
            elif fact.kind == "event" and isinstance(fact.value, str):
                group = group_of(fact)[0]
                if group is not None:
                    self.titles[group] = levelled(fact.value)
        self._known = _common_stems() | frozenset(
            stem
            for fact in self.facts
            if fact.kind in ("food", "ingredient", "ingredient_grams", "shopping")
            for stem in (food_stems(fact.value) if isinstance(fact.value, str) else meaning_of(fact).food)
        )

    @cached_property
    def training(self) -> TrainingDays:
        """The sessions and days of training that the facts tell of."""
        return read_training_days(self.facts)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all texts of facts, levelled."""
        texts = {fact.value for fact in self.facts if isinstance(fact.value, str)}
        return frozenset(word for text in texts for word in _WORD.findall(levelled(text)))

    def take(self, text: str) -> str:
        """The text without what text facts say, whole or sentence by sentence; names are kept as mentions."""
        for value, facts in _rows(self.facts):
            for place in _places(value, text, facts[0].is_quoted_only):
                self._note(place, value, facts)
                if _is_told(value) or food_called(facts[0]) or facts[0].kind in _NAME_KINDS or facts[0].is_quoted_only:
                    text = text[:place] + TAKEN * len(value) + text[place + len(value) :]
        self.mentions.sort(key=lambda mention: mention.start)
        return text

    def _note(self, place: int, text: str, facts: Sequence[Fact]) -> None:
        told = next((fact for fact in facts if isinstance(fact.value, str) and not food_called(fact)), None)
        if told is not None and plain(str(told.value)).find(text) >= 0:
            self.cited.append((place, Citation(told, str(told.value))))
        named = [fact for fact in facts if fact.kind in _NAME_KINDS or fact.kind == "event" or food_called(fact)]
        if not named:
            return
        length = len(text)
        kinds = {"event": "session", "dish": "dish"}
        groups = frozenset(
            group for group in (group_of(fact)[0] for fact in named if fact.kind != "ingredient") if group
        )
        foods = [fact for fact in named if fact.kind in ("food", "ingredient") or food_called(fact)]
        stems = frozenset().union(*(_stems_of_food(fact) for fact in foods))
        keys = frozenset(food_key(fact) for fact in named) - {""}
        self.mentions.append(Mention(place, place + length, kinds.get(named[0].kind, "food"), groups, stems, keys))

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin within a part of the text."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return self.mentions[first:last]

    def food_words(self, sentence: str) -> list[Mention]:
        """Words of foods in a levelled sentence; neighbors are one name."""
        found: list[Mention] = []
        for match in _WORD.finditer(sentence):
            stems = self._stems_of(match.group())
            if not stems:
                continue
            if found and sentence[found[-1].end : match.start()] in (" ", "-"):
                before = found.pop()
                found.append(Mention(before.start, match.end(), "food", stems=before.stems | stems))
            else:
                found.append(Mention(match.start(), match.end(), "food", stems=stems))
        return found

    def _stems_of(self, word: str) -> frozenset[str]:
        if MEASURES.fullmatch(word):
            return frozenset()
        serbian = _serbian(word)
        if serbian:
            return serbian
        stem = stem_of(word)
        return frozenset({stem}) if stem in self._known and stem not in _NO_FOOD else frozenset()


# Stems of food names that are ordinary words of an answer.
_NO_FOOD = frozenset(
    {"drink", "energ", "sport", "half", "part", "meal", "food", "type", "leaf", "free", "slice", "piece"}
)
_NO_FOOD |= frozenset(
    {"sprin", "bay", "hard", "soft", "long", "extra", "rest", "plan", "cover", "shake", "light", "label"}
)
_NO_FOOD |= frozenset({"fast", "top", "roll", "wrap", "bowl", "mix", "snack", "dinne", "lunch", "break", "cold", "hot"})


def _rows(facts: Sequence[Fact]) -> list[tuple[str, list[Fact]]]:
    """Texts to look for, the longest first, each with the facts that say it."""
    by_text: dict[tuple[str, bool], list[Fact]] = {}
    for fact in facts:
        if isinstance(fact.value, str) and fact.value.strip() and meaning_of(fact).minute is None:
            value = _plain_name(fact.value)
            outside = fact.is_quoted_only
            if not MEASURES.fullmatch(levelled(value)):
                by_text.setdefault((value, outside), []).append(fact)
            parts = [] if outside else split_sentences(value)
            if len(parts) > 1:
                for part in parts:
                    if len(part.strip()) >= _SHORTEST_SENTENCE:
                        by_text.setdefault((part.strip(), outside), []).append(fact)
        called = food_called(fact)
        for name in {called, *_serbian_names(called or fact)} - {""}:
            by_text.setdefault((_plain_name(name), False), []).append(fact)
        for source in _sources(fact):
            by_text.setdefault((source, False), []).append(fact)
    return sorted(((text, rows) for (text, _), rows in by_text.items()), key=lambda row: -len(row[0]))


@lru_cache(maxsize=4096)
def _plain_name(text: str) -> str:
    """`plain`, kept: the names that facts have are asked for again with every sentence."""
    return plain(text)


def _stems_of_food(fact: Fact) -> frozenset[str]:
    return food_stems(food_called(fact) or str(fact.value))


def food_called(fact: Fact) -> str:
    """The food that an amount is of, by the name in its label; empty for other facts."""
    if fact.kind == "ingredient_grams":
        name = fact.label
    elif fact.kind in ("shopping", "pantry"):
        name = fact.label.partition(" of ")[2]
    else:
        return ""
    return "" if MEASURES.fullmatch(levelled(name)) else name


def _serbian_names(food: Fact | str) -> tuple[str, ...]:
    """A food's name as Serbian answers tell it, also at the beginning of a sentence."""
    if isinstance(food, Fact):
        if food.kind not in ("food", "ingredient") or not isinstance(food.value, str):
            return ()
        food = food.value
    told = food_name(food) if food else None
    if told is None or len(told) < _SHORTEST_NAME:
        return ()
    return (told, told[:1].upper() + told[1:])


@lru_cache(maxsize=2048)
def _source_parts(source: str) -> tuple[str, ...]:
    parts = (
        source,
        *(part.strip() for part in source.split(";")),
        *(part.partition(", doi")[0].strip() for part in source.split(";")),
    )
    return tuple(
        dict.fromkeys(plain(part) for part in parts if len(part) > _SHORTEST_SENTENCE and re.search(r"\d", part))
    )


def _sources(fact: Fact) -> tuple[str, ...]:
    """The papers and tables that a fact names as its source, where their names hold numbers of their own."""
    return () if fact.is_quoted_only else _source_parts(fact.source)


def _is_told(text: str) -> bool:
    """Whether a text is a sentence or holds a number; of single words (`light`) the place is all that counts."""
    return text.count(" ") >= _SENTENCE_SPACES or any(mark.isdigit() for mark in text)


def _places(value: str, text: str, outside: bool) -> list[int]:
    """Where a text stands as whole words; what others wrote, in quotation marks or as a short title without amounts."""
    found = []
    bare = not outside or (len(value) <= _LONGEST_TITLE and " " in value and not _AMOUNTS.search(value))
    place = text.find(value)
    while place >= 0:
        before, after = text[place - 1 : place], text[place + len(value) : place + len(value) + 1]
        quoted = before in ("“", "„", '"') and after in ("”", "“", '"') and before and after
        whole = not (before.isalnum() or before == "_" or after.isalnum() or after == "_")
        if quoted or (bare and whole):
            found.append(place)
        place = text.find(value, place + len(value))
    return found


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    return frozenset(stem_of(word) for word in _COMMON.split())


@lru_cache(maxsize=1)
def _serbian_rows() -> tuple[dict[str, frozenset[str]], tuple[tuple[str, frozenset[str]], ...]]:
    """Serbian food words by their forms, and by the beginnings that any ending may follow."""
    forms: dict[str, frozenset[str]] = {}
    starts: dict[str, frozenset[str]] = {}
    for line in FOODS.strip().splitlines():
        left, _, right = line.partition("=")
        words = left.split()
        if len(words) != 1:
            continue
        stems = food_stems(right)
        for form in words[0].split("|"):
            if form.endswith("*"):
                starts.setdefault(levelled(form[:-1]), stems)
            else:
                forms.setdefault(levelled(form), stems)
    return forms, tuple(starts.items())


@lru_cache(maxsize=4096)
def _serbian(word: str) -> frozenset[str]:
    forms, starts = _serbian_rows()
    if word in forms:
        return forms[word]
    return next(
        (stems for start, stems in starts if word.startswith(start) and len(start) > 3 and len(word) - len(start) <= 4),
        frozenset(),
    )
