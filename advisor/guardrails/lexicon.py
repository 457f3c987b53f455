"""What foods and dishes usually hold, by the names that people use for them: far more names than the catalogue has.

Pure data and its reading. A name says what it usually means: a latte has milk, a satay peanuts. The lists are our own
reading of common recipes and labels; the allergen ids are those of `nutrition_site.kernel.vocabulary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from advisor.guardrails import lexicon_english, lexicon_serbian
from nutrition_site.kernel.vocabulary import ALLERGENS

# What a class of the lists means: allergens that are contained, and tags of origin as foods have them.
_MEANING: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "none": ((), ()),
    "milk": (("milk",), ("dairy", "high_fodmap")),
    "eggs": (("eggs",), ("egg",)),
    "nuts": (("tree_nuts",), ()),
    "wheat": (("gluten", "wheat"), ("high_fodmap",)),
    "fish": (("fish",), ("fish",)),
    "crustaceans": (("crustaceans",), ("shellfish",)),
    "molluscs": (("molluscs",), ("shellfish",)),
    "seafood": (("fish", "crustaceans", "molluscs"), ("fish", "shellfish")),
    "meat": ((), ("meat", "red_meat")),
    "poultry": ((), ("meat", "poultry")),
    "pork": ((), ("meat", "pork")),
    "rabbit": ((), ("meat", "rabbit")),
    "blood": ((), ("meat", "blood")),
    "honey": ((), ("honey", "high_fodmap")),
    "gelatin": ((), ("gelatin",)),
    "alcohol": ((), ("alcohol",)),
    "rennet": ((), ("animal_rennet",)),
    "fodmap": ((), ("high_fodmap",)),
}
# Classes that only dislikes know.
TASTES = frozenset(("cheese", "mushroom", "tomato", "onion", "garlic", "coriander", "olive", "legume", "offal"))
CLASSES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **{allergen: ((allergen,), ()) for allergen in ALLERGENS},
    **_MEANING,
    **dict.fromkeys(sorted(TASTES), ((), ())),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name usually stands for: its classes, the allergens it contains, and tags as foods have them."""

    classes: frozenset[str]
    allergens: frozenset[str]
    tags: frozenset[str]


@lru_cache(maxsize=1)
def read_lexicon() -> Mapping[str, Meaning]:
    """Every name with its meaning; what stands in several rows means all of them together.

    Raises KeyError for a class that is none of `CLASSES`.
    """
    found: dict[str, set[str]] = {}
    for rows in (lexicon_english.ROWS, lexicon_serbian.ROWS):
        for row in rows.strip().splitlines():
            classes, _, names = row.partition(":")
            for name in names.split(";"):
                found.setdefault(name.strip(), set()).update(classes.split())
    return {name: _meaning(frozenset(classes)) for name, classes in found.items() if name}


def _meaning(classes: frozenset[str]) -> Meaning:
    told = [CLASSES[name] for name in sorted(classes)]
    return Meaning(
        classes=classes,
        allergens=frozenset(allergen for allergens, _ in told for allergen in allergens),
        tags=frozenset(tag for _, tags in told for tag in tags),
    )
