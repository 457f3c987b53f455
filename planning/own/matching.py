"""Which food an ingredient line means: candidates with a confidence and its reason. Nothing is chosen silently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planning.catalogue.words import SLASH, singular, split_words
from planning.models import Food
from planning.own.serbian_words import bares

MAX_CANDIDATES = 8
# Words that do not make it another food.
FILLERS = frozenset(
    {
        "fresh",
        "large",
        "small",
        "medium",
        "ripe",
        "good",
        "quality",
        "organic",
        "a",
        "the",
        "of",
        "some",
        "your",
        "malo",
    }
)
# Words that a line and a name may exchange.
SAME_WORDS = {"broth": "stock", "mince": "ground", "minced": "ground", "yoghurt": "yogurt"}
CAN_STATES = ("canned", "drained")
COOKED = ("cooked",)
DRY = ("dry",)
# What a word says about how the food comes into the kitchen; English, Serbian, German.
STATE_WORDS = {
    **dict.fromkeys(("dried", "dry", "uncooked", "suvi", "suva", "suvo", "getrocknet", "getrocknete", "trocken"), DRY),
    **dict.fromkeys(("suvih", "suvog", "suve", "susene", "susenih"), DRY),
    **dict.fromkeys(("kuvanog", "kuvanih", "kuvane", "pecenog", "pecenih", "pecene"), COOKED),
    **dict.fromkeys(("sirovog", "sirovih", "sirove", "svezeg", "svezih"), ("raw",)),
    # A cube of stock is dry whatever it is made of.
    "cube": DRY,
    **dict.fromkeys(("cooked", "boiled", "roasted", "baked", "fried", "kuvan", "kuvani", "kuvana"), COOKED),
    **dict.fromkeys(("kuvano", "pecen", "pecena", "peceno", "gekocht", "gekochte", "gebraten"), COOKED),
    **dict.fromkeys(("canned", "tinned", "tin", "can", "jarred", "konzerva", "konzerve", "dose"), CAN_STATES),
    **dict.fromkeys(("raw", "fresh", "sirov", "sirova", "sirovo", "svez", "sveza", "sveze", "roh", "frisch"), ("raw",)),
}
# Fillets of several fish are one word apart from the fish.
FISH_AISLE, CUTS = "Fish", frozenset({"fillet", "filet", "steak"})
# Bought by those who need it; nobody else means it by the plain word.
_SPECIAL = re.compile(r"(?<!fat)-free\b|\bwithout\b|\bno\b|\bless\b", re.IGNORECASE)
SEASONING_AISLES = ("Herbs & spices", "Oils & sauces")
READY_STATES = ("cooked", *CAN_STATES)
SURE, OTHER_NAME, ALL_WORDS, MOST_WORDS, FEW_WORDS = 1.0, 1.0, 0.8, 0.5, 0.25
IN_CAN = 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """A food that a line may mean. `confidence` is 1 only where the line names this food and no other."""

    food: Food
    confidence: float
    why: str


def match_food(
    food_text: str,
    candidates: Iterable[Food],
    *,
    canned: bool = False,
    poured: bool = False,
    preparation: str = "",
    uses: Mapping[str, int] | None = None,
) -> list[Match]:
    """The candidates that fit the words of a line, the best first.

    `canned` tells that the line measures cans: then what comes in a can goes first, and nothing else is certain.
    `poured` tells of a large volume: nobody pours a glass of stock powder. Among foods that fit alike the one in the
    state that the line or its `preparation` names goes first, else the raw, dry or plain one, then the one in more
    dishes (`uses`, by food id), then the order given.
    """
    wanted = _words(food_text)
    if not wanted:
        return []
    alternative = {"or", "ili", "oder"} & set(split_words(food_text))
    listed = list(candidates)
    said = set(wanted) | set(_words(preparation))
    states = _states(food_text)
    found = [_match(food, wanted, states) for food in listed]
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
    matches = [_with_state(match, matches, canned=canned, states=states) for match in matches]
    if poured:
        matches = [_poured(match) for match in matches]
    counts = uses or {}

    special = bool(_SPECIAL.search(food_text))

    def fit(index: int) -> tuple[float | int, ...]:
        food = matches[index].food
        return (
            -matches[index].confidence,
            _distance(food, states, canned=canned),
            int(not special and bool(_SPECIAL.search(food.name))),
            int(set(wanted) != set(_main_words(food))),
            -len(said & set(_words(food.name))),
            0 if food.owner_id else 1,
            -counts.get(food.pk, 0),
            index,
        )

    return [matches[index] for index in sorted(range(len(matches)), key=fit)][:MAX_CANDIDATES]


def _states(food_text: str) -> frozenset[str]:
    """The states that the words of a line leave open; empty where they say nothing about it."""
    return frozenset(state for word in split_words(food_text) for state in STATE_WORDS.get(word, ()))


def _distance(food: Food, states: frozenset[str], *, canned: bool) -> int:
    """How far a food's state is from what the line means; a line that says nothing means what is bought to cook."""
    if canned:
        return 0 if food.state in CAN_STATES else 1 if food.state in READY_STATES else 2
    if states:
        return 0 if food.state in states else 1
    return 1 if food.state in READY_STATES else 0


def _poured(match: Match) -> Match:
    food = match.food
    if food.state == "dry" and food.aisle in SEASONING_AISLES:
        return Match(food, min(match.confidence, FEW_WORDS), "a powder or a cube, not that much of a liquid")
    return match


def _with_state(match: Match, matches: list[Match], *, canned: bool, states: frozenset[str]) -> Match:
    """Dry and cooked pulses or grains weigh three times apart, and a line seldom says which it means."""
    if canned:
        if match.food.state in CAN_STATES:
            return replace(match, confidence=max(match.confidence, IN_CAN)) if match.confidence >= ALL_WORDS else match
        return Match(match.food, min(match.confidence, MOST_WORDS), "does not come in a can")
    if states and match.food.state not in states and match.confidence > MOST_WORDS and not _is_named(match, states):
        return Match(match.food, MOST_WORDS, f"the line says {' or '.join(sorted(states))}")
    if match.confidence < SURE or match.food.state != "dry" or "dry" in states:
        return match
    if any(other.confidence >= ALL_WORDS and other.food.state in READY_STATES for other in matches):
        return Match(match.food, ALL_WORDS, "dry or ready to eat?")
    return match


def _is_named(match: Match, states: frozenset[str]) -> bool:
    """Whether the food's own name says the state in words: roasted nuts are sold ready."""
    named = _states(match.food.name)
    return bool(named & states) or (states == {"raw"} and not named)


def _match(food: Food, wanted: list[str], states: frozenset[str]) -> Match | None:
    # A word that only says the state is no other food where the state is right.
    if food.state in states:
        wanted = [word for word in wanted if food.state not in STATE_WORDS.get(word, ())] or wanted
    whole, main = _words(food.name), _main_words(food)
    if food.state in states:
        whole = [word for word in whole if food.state not in STATE_WORDS.get(word, ())] or whole
        main = [word for word in main if food.state not in STATE_WORDS.get(word, ())] or main
    if food.aisle == FISH_AISLE:
        wanted, whole, main = (
            [word for word in words if word not in CUTS] or words for words in (wanted, whole, main)
        )  # fmt: skip
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
    bent = _bent(food, wanted)
    if bent:
        return bent
    if said & set(main):
        return Match(food, FEW_WORDS, "some words are in its name")
    return Match(food, FEW_WORDS, "found under another spelling")


def _bent(food: Food, wanted: list[str]) -> Match | None:
    """A food whose Serbian name the line says in another case, with or without more words."""
    said = bares(wanted)
    names = [bares(phrase.split()) for phrase in food.search_text.split(SLASH)[1:] if phrase.strip()]
    if said in names:
        return Match(food, ALL_WORDS, "another name of this food, in another form")
    if any(len(name) > 1 and name < said for name in names):
        return Match(food, MOST_WORDS, "its name is in the line, in another form")
    return None


def _main_words(food: Food) -> list[str]:
    return _words(food.name.split(",")[0].split("(")[0])


def _words(text: str) -> list[str]:
    words = [singular(word) for word in split_words(text)]
    words = [SAME_WORDS.get(word, word) for word in words]
    return [word for word in words if word not in FILLERS and not word.isdigit()]


def _translations(food: Food) -> list[list[str]]:
    return [
        [SAME_WORDS.get(singular(word), singular(word)) for word in phrase.split()]
        for phrase in food.search_text.split(SLASH)[1:]
        if phrase.strip()
    ]
