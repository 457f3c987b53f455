"""Names of the catalogue's foods, dishes and aisles in the language that is active; nobody's own names are changed.

The catalogue is kept in English, and so are the answers of the API. Serbian names are tables of ours, in Latin letters;
Cyrillic is the same in other letters. What has no name in a language keeps its English one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from django.utils.translation import get_language

from nutrition_site.kernel.cyrillic import to_cyrillic
from planning.catalogue.names import serbian_dish_parts, serbian_foods
from planning.catalogue.names.aisles import AISLES


class Named(Protocol):
    """A food or a recipe: its name, and whose it is (None for the catalogue's)."""

    name: str
    owner_id: str | None


def food_name(food: Named | str) -> str:
    """What a food is called; a text is taken for the name of one of the catalogue's."""
    return _called(food, "food")


def dish_name(recipe: Named | str) -> str:
    """What a dish is called; a text is taken for the name of one of the catalogue's."""
    return _called(recipe, "dish")


def name_of(thing: Named | str) -> str:
    """What a food or a dish is called, whichever of them it is."""
    return _called(thing, "")


def aisle_name(aisle: str) -> str:
    """What a part of a shop is called; a name that is not one of ours stays."""
    return str(AISLES.get(aisle, aisle))


def _called(thing: Named | str, kind: str) -> str:
    if isinstance(thing, str):
        return _told(thing, kind, serbian_alphabet())
    return thing.name if thing.owner_id else _told(thing.name, kind, serbian_alphabet())


def serbian_alphabet() -> str | None:
    """The alphabet of the active language where it is Serbian, else None."""
    language = (get_language() or "").lower()
    return {"sr": "cyrillic", "sr-latn": "latin"}.get(language)


@lru_cache(maxsize=8192)
def _told(english: str, kind: str, alphabet: str | None) -> str:
    if alphabet is None:
        return english
    told = _serbian(english, kind)
    if told is None:
        return english
    told = told[:1].upper() + told[1:]
    return to_cyrillic(told) if alphabet == "cyrillic" else told


def _serbian(english: str, kind: str) -> str | None:
    if kind == "food":
        return serbian_foods.food_name(english)
    if kind == "dish":
        return serbian_dish_parts.dish_name(english)
    return serbian_dish_parts.dish_name(english) or serbian_foods.food_name(english)
