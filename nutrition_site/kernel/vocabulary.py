"""Words that more than one app must understand alike: allergens and diets, with what people call them.

The fourteen allergens are those of Regulation (EU) 1169/2011 Annex II, with wheat apart as the US FALCPA and FASTER
Acts have it. An unknown word is never ignored: a skipped allergy is the one mistake that cannot be taken back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

ALLERGENS: tuple[str, ...] = (
    "milk",
    "eggs",
    "fish",
    "crustaceans",
    "molluscs",
    "peanuts",
    "tree_nuts",
    "soy",
    "gluten",
    "wheat",
    "sesame",
    "celery",
    "mustard",
    "lupin",
    "sulphites",
)
DIETS: tuple[str, ...] = (
    "vegetarian",
    "vegan",
    "pescatarian",
    "gluten-free",
    "dairy-free",
    "nut-free",
    "halal",
    "kosher",
    "low-fodmap",
)

# A word that names two kinds ("shellfish", "nuts") keeps its speaker from both.
ALLERGEN_ALIASES: Mapping[str, tuple[str, ...]] = {
    "milk": ("dairy", "lactose", "whey", "casein", "cow's milk", "cows milk", "milk protein"),
    "eggs": ("egg", "hen's egg"),
    "crustaceans": ("crustacean", "shellfish", "shrimp", "prawn", "prawns", "crab", "lobster"),
    "molluscs": ("mollusc", "mollusk", "mollusks", "shellfish", "mussels", "squid", "oysters"),
    "peanuts": ("peanut", "groundnut", "groundnuts", "nut", "nuts"),
    "tree_nuts": (
        *("tree nut", "nut", "nuts", "almond", "almonds", "hazelnut", "hazelnuts", "walnut", "walnuts", "cashew"),
        *("cashews", "pecan", "pecans", "pistachio", "pistachios", "brazil nut", "brazil nuts", "macadamia"),
        "macadamias",
    ),
    "soy": ("soya", "soybean", "soybeans", "soya beans"),
    "gluten": ("gluten cereals", "cereals containing gluten", "celiac", "coeliac", "celiac disease", "barley", "rye"),
    "sesame": ("sesame seed", "sesame seeds"),
    "celery": ("celeriac",),
    "mustard": ("mustard seed",),
    "lupin": ("lupine", "lupins", "lupini"),
    "sulphites": ("sulphite", "sulfite", "sulfites", "sulphur dioxide", "sulfur dioxide", "so2"),
}
# Lactose-free is no alias of dairy-free: such milk is still milk.
DIET_ALIASES: Mapping[str, tuple[str, ...]] = {
    "vegetarian": ("veggie", "lacto-ovo", "lacto-ovo-vegetarian", "ovo-lacto vegetarian"),
    "vegan": ("plant-based", "strict vegetarian"),
    "pescatarian": ("pescetarian", "pesco-vegetarian"),
    "gluten-free": ("no gluten", "celiac", "coeliac", "gf"),
    "dairy-free": ("no dairy", "non-dairy", "milk-free"),
    "nut-free": ("no nuts",),
    "low-fodmap": ("fodmap", "fodmap-aware"),
}


def fold(word: str) -> str:
    """A word without its case, its spaces, `-`, `_` and apostrophes: "Tree-Nuts" and "tree nuts" are one."""
    return re.sub(r"[\s_'’-]+", "", unicodedata.normalize("NFKC", word)).casefold()


def _index(ids: Iterable[str], aliases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for canonical in ids:
        for word in (canonical, *aliases.get(canonical, ())):
            key = fold(word)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), canonical)))
    return found


ALLERGEN_WORDS = _index(ALLERGENS, ALLERGEN_ALIASES)
DIET_WORDS = _index(DIETS, DIET_ALIASES)


def read_allergens(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The distinct allergen ids of several words in canonical order, and the words that nobody knows."""
    return _read(words, ALLERGENS, ALLERGEN_WORDS)


def read_diets(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The distinct diet ids of several words in canonical order, and the words that nobody knows."""
    return _read(words, DIETS, DIET_WORDS)


def _read(
    words: Iterable[str], ids: tuple[str, ...], index: Mapping[str, tuple[str, ...]]
) -> tuple[list[str], list[str]]:
    wanted: set[str] = set()
    unknown: list[str] = []
    for word in words:
        found = index.get(fold(word))
        if found is None:
            unknown.append(word)
        else:
            wanted.update(found)
    return [canonical for canonical in ids if canonical in wanted], unknown
