"""What a disliked word means: which foods and dishes it keeps off the table.

A word is met as a whole word in either number, never inside another: eggs are in an egg salad and not in an eggplant.
A word for a group ("dairy", "nuts") is met by the allergens, tags and aisle of a food too. Only a name counts that says
the food is there: what is `egg-free` or `without milk` has none, and black pepper is no pepper to who leaves peppers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from planning.catalogue.words import fold, singular, split_words

# Other names of one thing, after the singular is taken.
_SAME: Mapping[str, str] = {
    "aubergine": "eggplant",
    "beet": "beetroot",
    "capsicum": "pepper",
    "chile": "chili",
    "chilli": "chili",
    "cilantro": "coriander",
    "courgette": "zucchini",
    "garbanzo": "chickpea",
    "houmous": "hummus",
    "omelette": "omelet",
    "prawn": "shrimp",
    "rocket": "arugula",
    "scallion": "spring onion",
    "soya": "soy",
    "sweetcorn": "sweet corn",
    "yoghurt": "yogurt",
}
_ALIKE = 0.75
_ABSENT = re.compile(r"\b\w+[- ]free\b|\b(?:without|no) [\w' -]+")
# Names that hold a word and mean something else by it.
_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "bean": ("bean sprout", "vanilla bean", "coffee bean", "cocoa bean"),
    "butter": (
        *("peanut butter", "almond butter", "nut butter", "cashew butter", "hazelnut butter", "seed butter"),
        *("cocoa butter", "apple butter", "butter bean", "butter lettuce"),
    ),
    "corn": ("corn starch",),
    "cream": ("cream of rice", "cream of wheat", "cream of tartar"),
    "meat": ("meat only", "meat substitute", "meat alternative"),
    "milk": (
        *("coconut milk", "almond milk", "oat milk", "soy milk", "rice milk", "hemp milk", "pea milk", "nut milk"),
        "cashew milk",
    ),
    "nut": ("water chest nut", "tiger nut"),
    "olive": ("olive oil",),
    "pepper": ("black pepper", "white pepper", "pepper sauce"),
    "rice": ("rice vinegar", "cauliflower rice"),
    "wine": ("wine vinegar",),
}


@dataclass(frozen=True, slots=True)
class Group:
    """What a word stands for beyond itself: kinds of food (allergens, tags, `aisle …`) and further words."""

    kinds: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


def _group(kinds: str = "", words: str = "") -> Group:
    return Group(frozenset(one.strip() for one in kinds.split(";") if one.strip()), tuple(words.split()))


_DAIRY = _group("milk;dairy", "dairy")
_NUTS = _group(
    "tree_nuts;peanuts", "nut almond walnut cashew hazelnut peanut pecan pistachio macadamia chestnut marzipan"
)
_PULSES = _group("legumes;lupin", "legume pulse bean lentil chickpea pea edamame lupin hummus dal pasulj prebranac")
_BREAD = "bread toast bagel pita bun roll baguette flatbread crispbread cornbread sandwich ciabatta naan"
_PASTA = "pasta spaghetti penne macaroni fusilli tagliatelle lasagne lasagna linguine ravioli"
_BERRIES = "berry blueberry strawberry raspberry blackberry cranberry gooseberry"
_CHEESES = (
    "cheese cheddar mozzarella parmesan feta ricotta paneer halloumi gouda edam emmental gruyere brie camembert "
    "mascarpone pecorino provolone gorgonzola roquefort cheeseburger"
)
_GROUPS: Mapping[str, Group] = {
    "alcohol": _group("alcohol", "alcohol wine beer rum"),
    "avocado": _group(words="avocado guacamole"),
    "berry": _group(words=_BERRIES),
    "bread": _group(words=_BREAD),
    "cheese": _group(words=_CHEESES),
    "chickpea": _group(words="chickpea hummus falafel"),
    "citrus": _group(words="citrus orange lemon lime grapefruit mandarin tangerine clementine"),
    "crustacean": _group("crustaceans", "shrimp crab lobster crayfish"),
    "dairy": _DAIRY,
    "dairy product": _DAIRY,
    "fish": _group("fish", "fish"),
    "fruit": _group("aisle fruit", f"fruit {_BERRIES}"),
    "gluten": _group("gluten;wheat", "gluten"),
    "lactose": _DAIRY,
    "legume": _PULSES,
    "milk": _group(words="milk buttermilk milkshake"),
    "milk product": _DAIRY,
    "mollusc": _group("molluscs", "mussel squid oyster clam octopus scallop"),
    "mollusk": _group("molluscs", "mussel squid oyster clam octopus scallop"),
    "mushroom": _group(words="mushroom champignon chanterelle porcini portobello shiitake truffle"),
    "nut": _NUTS,
    "oily fish": _group("oily_fish"),
    "pasta": _group(words=_PASTA),
    "pork": _group("pork", "pork ham bacon prosciutto salami chorizo pancetta"),
    "poultry": _group("poultry", "poultry chicken turkey duck goose"),
    "processed meat": _group("processed_meat", "ham bacon salami sausage"),
    "pulse": _PULSES,
    "red meat": _group("red_meat", "beef veal lamb pork mutton venison"),
    "sea food": _group("fish;crustaceans;molluscs;shellfish", "seafood fish"),
    "seafood": _group("fish;crustaceans;molluscs;shellfish", "seafood fish"),
    "shellfish": _group("crustaceans;molluscs;shellfish", "shellfish shrimp crab lobster mussel squid oyster clam"),
    "soy": _group(words="soy soybean tofu tempeh edamame tamari miso"),
    "soy product": _group(words="soy soybean tofu tempeh edamame tamari miso"),
    "meat": _group("meat", "meat beef veal lamb pork chicken turkey ham bacon sausage"),
    "tree nut": _group("tree_nuts", "almond walnut cashew hazelnut pecan pistachio macadamia"),
    "vegetable": _group("aisle vegetables", "vegetable"),
    "wheat": _group("wheat", "wheat"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a dish or a food is called, and what it is: `dish` (empty for a food), names of foods, and their kinds."""

    dish: str
    foods: tuple[str, ...]
    kinds: frozenset[str]


def kinds_of(foods: Iterable[Any]) -> frozenset[str]:
    """The allergens that foods contain for sure, their tags and their aisles."""
    found: set[str] = set()
    for food in foods:
        found.update(name for name, status in food.allergens.items() if status == "contains")
        found.update(food.tags)
        if food.aisle:
            found.add(f"aisle {food.aisle.lower()}")
    return frozenset(found)


@lru_cache(maxsize=16384)
def word_forms(text: str) -> tuple[str, ...]:
    """The words of a text as dislikes compare them: folded, in the singular, by one name for one thing."""
    words = (singular(word) for word in split_words(text))
    return tuple(part for word in words for part in _SAME.get(word, word).split())


@lru_cache(maxsize=16384)
def _present(name: str) -> tuple[str, ...]:
    """The words of what is there by a name: nothing that it says to be without."""
    return word_forms(_ABSENT.sub(" , ", fold(name)))


def meets_dislike(named: Named, dislike: str) -> bool:
    """Whether a dish or a food is, or holds, what is disliked. A dislike without a word in it meets nothing."""
    wanted = word_forms(dislike)
    if not wanted:
        return False
    group = _GROUPS.get(" ".join(wanted))
    if group is not None:
        if group.kinds & named.kinds:
            return True
        if any(_holds_word(name, word) for word in group.words for name in (named.dish, *named.foods)):
            return True
    if len(wanted) == 1:
        return any(_holds_word(name, wanted[0]) for name in (named.dish, *named.foods))
    # What is disliked by words like "gluten-free bread" is there under them, although a name tells what it is without.
    if any(_times(word_forms(name), wanted) for name in (named.dish, *named.foods)):
        return True
    # A dish names several foods, so there the words must stand together; "Red bell pepper" is a red pepper.
    return any(set(wanted) <= set(_present(name)) for name in named.foods)


@lru_cache(maxsize=65536)
def _holds_word(name: str, word: str) -> bool:
    words = _present(name)
    if word not in words:
        return False
    others = [word_forms(phrase) for phrase in _OTHERWISE.get(word, ())]
    return words.count(word) > sum(_times(words, other) for other in others)


def _times(words: tuple[str, ...], run: tuple[str, ...]) -> int:
    return sum(words[at : at + len(run)] == run for at in range(len(words) - len(run) + 1))


def near_names(named: Iterable[Named], dislike: str, *, limit: int = 3) -> list[str]:
    """Names of foods that share a word with what nothing is called, then those with a word spelled nearly so."""
    wanted = set(word_forms(dislike))
    words: dict[str, str] = {}
    sharing: list[str] = []
    for name in sorted({food for one in named for food in one.foods}, key=lambda name: (len(name), name)):
        if wanted & set(_present(name)):
            sharing.append(name)
        for word in _present(name):
            words.setdefault(word, name)
    alike = [words[near] for word in wanted for near in get_close_matches(word, words, n=limit, cutoff=_ALIKE)]
    return list(dict.fromkeys([*sharing, *alike]))[:limit]
