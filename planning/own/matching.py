"""Which food an ingredient line means: candidates with a confidence and its reason. Nothing is chosen silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planning.catalogue.words import SLASH, singular, split_words
from planning.models import Food

MAX_CANDIDATES = 6
# Words that do not make it another food.
FILLERS = frozenset(
    {"fresh", "large", "small", "medium", "ripe", "good", "quality", "organic", "a", "the", "of", "some", "your"}
)
CAN_STATES = ("canned", "drained")
READY_STATES = ("cooked", *CAN_STATES)
SURE, OTHER_NAME, ALL_WORDS, MOST_WORDS, FEW_WORDS = 1.0, 1.0, 0.8, 0.5, 0.25
IN_CAN = 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """A food that a line may mean. `confidence` is 1 only where the line names this food and no other."""

    food: Food
    confidence: float
    why: str


def match_food(food_text: str, candidates: Iterable[Food], *, canned: bool = False) -> list[Match]:
    """The candidates that fit the words of a line, the best first; ties keep the order given.

    `canned` tells that the line measures cans: then what comes in a can goes first, and nothing else is certain.
    """
    wanted = _words(food_text)
    if not wanted:
        return []
    alternative = {"or", "ili", "oder"} & set(split_words(food_text))
    found = [_match(food, wanted) for food in candidates]
    matches = [match for match in found if match is not None]
    if alternative:
        matches = [
            Match(match.food, min(match.confidence, FEW_WORDS), "the line names more than one food")
            for match in matches
        ]
    sure = [match for match in matches if match.confidence == SURE]
    if len(sure) > 1:
        # Two foods of the very same name: the words alone cannot decide between them.
        matches = [
            Match(match.food, ALL_WORDS, "several foods have this name") if match.confidence == SURE else match
            for match in matches
        ]
    matches = [_with_state(match, matches, canned=canned) for match in matches]
    order = sorted(range(len(matches)), key=lambda index: (-matches[index].confidence, index))
    return [matches[index] for index in order][:MAX_CANDIDATES]


def _with_state(match: Match, matches: list[Match], *, canned: bool) -> Match:
    """Dry and cooked pulses or grains weigh three times apart, and a line seldom says which it means."""
    if canned:
        if match.food.state in CAN_STATES:
            return replace(match, confidence=max(match.confidence, IN_CAN)) if match.confidence >= ALL_WORDS else match
        return Match(match.food, min(match.confidence, MOST_WORDS), "does not come in a can")
    if match.confidence < SURE or match.food.state != "dry":
        return match
    if any(other.confidence >= ALL_WORDS and other.food.state in READY_STATES for other in matches):
        return Match(match.food, ALL_WORDS, "dry or ready to eat?")
    return match


def _match(food: Food, wanted: list[str]) -> Match | None:
    whole = _words(food.name)
    main = _words(food.name.split(",")[0].split("(")[0])
    said = set(wanted)
    if wanted == whole or (wanted == main and whole == main) or said == set(whole):
        return Match(food, SURE, "the same name")
    if wanted in _translations(food):
        return Match(food, OTHER_NAME, "another name of this food")
    if said == set(main):
        return Match(food, ALL_WORDS, f"its kind is open: {food.name}")
    if said <= set(whole):
        return Match(
            food, ALL_WORDS if whole[: len(main)][-1:] == wanted[-1:] else MOST_WORDS, "all words are in its name"
        )
    if set(main) <= said:
        left = ", ".join(word for word in wanted if word not in set(whole))
        return Match(food, MOST_WORDS, f"not in its name: {left}" if left else "its name is in the line")
    if said & set(main):
        return Match(food, FEW_WORDS, "some words are in its name")
    return Match(food, FEW_WORDS, "found under another spelling")


def _words(text: str) -> list[str]:
    words = [singular(word) for word in split_words(text)]
    return [word for word in words if word not in FILLERS and not word.isdigit()]


def _translations(food: Food) -> list[list[str]]:
    return [
        [singular(word) for word in phrase.split()] for phrase in food.search_text.split(SLASH)[1:] if phrase.strip()
    ]
