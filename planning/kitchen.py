"""Grams in the words of a cook, at every portion: `1½ bananas`, `¾ tbsp olive oil`, `a pinch of salt`. Pure.

A count needs the weight of a piece, a spoon or a cup the density of the food; nothing is guessed. Grams stay beside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from planning.catalogue.pieces import piece_text
from planning.quantities import CUP_ML, TABLESPOON_ML, TEASPOON_ML

FRACTIONS = {0.25: "¼", 1 / 3: "⅓", 0.5: "½", 2 / 3: "⅔", 0.75: "¾"}
# A kitchen measure that is further off than this is only about right.
CLOSE = 0.06
MANY_PIECES = 20
# Where the dish itself weighs the food, only a few large pieces are easier to count than to weigh.
FEW_PIECES, LARGE_PIECE_GRAMS = 6, 20.0
SPOON_AISLES = ("Herbs & spices", "Oils & sauces", "Sweet & baking")
MANY_SPOONS = 8
PINCH_GRAMS, LITTLE_GRAMS = 0.4, 1.5
SMALL_GRAMS, SMALL_SPOONS = 10.0, 3
_SPOON = re.compile(r"\b(?:tsp|tbsp|teaspoons?|tablespoons?|cups?)\b", re.IGNORECASE)
_CUP = re.compile(r"\bcups?\b", re.IGNORECASE)
WEIGHED = re.compile(r"^[\d.,]+ ?k?g\b", re.IGNORECASE)
_POURED = re.compile(r"^[\d.,]+ ?(?:ml|l|dl)\b", re.IGNORECASE)


def kitchen_words(
    grams: float,
    *,
    name: str,
    shopping: Mapping[str, Any],
    density_g_per_ml: float | None,
    aisle: str = "",
    show: str = "",
) -> str:
    """Edible grams of a food as a cook measures them; empty where weighing is the only way.

    `name` is the food's own name, `show` the line as its dish writes it: its kind of measure is kept, and how the food
    is prepared ("1 onion, finely chopped") stays with it.
    """
    if grams <= 0:
        return ""
    word = shopping.get("kitchen_word") or re.split(r"[,(]", name)[0].strip()
    word = word if shopping.get("kitchen_word") else word[:1].lower() + word[1:]
    measured = _counted(grams, word, shopping, show) or _spooned(
        grams, word, density_g_per_ml, aisle=aisle, show=show, liquid=shopping.get("shop_unit") == "ml"
    )
    if not measured and grams < LITTLE_GRAMS:
        measured = f"a little {word}"
    _, _, prepared = show.partition(", ")
    return f"{measured}, {prepared}" if measured and prepared and "pinch" not in prepared else measured


def names_an_amount(text: str) -> bool:
    """Whether a step of a method says how much: `100 ml water`, `2 tbsp of the oil`; not minutes, degrees or sizes."""
    return bool(
        re.search(
            r"(?:\d|[¼½¾⅓⅔])\s?(?:g|kg|ml|dl|l|tsp|tbsp|teaspoons?|tablespoons?|cups?|eggs?|slices?|cloves?|grams?)\b",
            text,
            re.IGNORECASE,
        )
    )


def fraction_text(amount: float) -> tuple[str, float]:
    """(`1½`, 1.5): the amount to the nearest quarter or third, above five to a half, above ten to a whole."""
    if amount > 10:
        return str(round(amount)), float(round(amount))
    parts = [0.0, 0.5, 1.0] if amount > 5 else [0.0, *FRACTIONS, 1.0]
    whole = int(amount)
    part = min(parts, key=lambda value: abs(amount - whole - value))
    whole, part = (whole + 1, 0.0) if part == 1.0 else (whole, part)
    return f"{whole or ''}{FRACTIONS.get(part, '')}", whole + part


def _about(amount: float, noun_of: Mapping[bool, str]) -> str:
    """The amount with its noun, `noun_of[True]` for more than one."""
    text, shown = fraction_text(amount)
    if not shown:
        return ""
    about = "" if abs(shown - amount) <= CLOSE * amount else "about "
    return f"{about}{text} {noun_of[shown > 1]}"


def _counted(grams: float, word: str, shopping: Mapping[str, Any], show: str) -> str:
    piece, name = shopping.get("piece_grams"), shopping.get("piece_name") or ""
    if not piece or not name or word.endswith("juice") or _SPOON.search(show) or _POURED.match(show):
        return ""
    count = grams / piece
    served = bool(shopping.get("piece_step")) or (bool(show) and not WEIGHED.match(show))
    most = MANY_PIECES if served else FEW_PIECES
    bare_leaf = name == "leaf" and not word.endswith("leaf")
    weighed = piece < LARGE_PIECE_GRAMS and grams >= SMALL_GRAMS and name not in word.split()
    if not 0.2 <= count <= most or bare_leaf or (not served and weighed):
        return ""
    said = {
        many: piece_text(
            piece * (2 if many else 1), word=word, piece_name=name, piece_grams=piece, piece_step=1
        ).partition(" ")[2]
        for many in (False, True)
    }
    return _about(count, said)


def _spooned(grams: float, word: str, density: float | None, *, aisle: str, show: str, liquid: bool) -> str:
    spoons = bool(_SPOON.search(show)) or aisle in SPOON_AISLES
    if density and grams < SMALL_GRAMS and grams / density <= SMALL_SPOONS * TABLESPOON_ML:
        # No kitchen scale tells so little.
        spoons = True
    if not density:
        return f"a pinch of {word}" if aisle == SPOON_AISLES[0] and grams < PINCH_GRAMS else ""
    milliliters = grams / density
    teaspoons, tablespoons = milliliters / TEASPOON_ML, milliliters / TABLESPOON_ML
    if not spoons and not liquid and not _POURED.match(show):
        return ""
    if teaspoons < 0.19:
        small = f"a few drops of {word}" if liquid else f"a pinch of {word}"
        return small if teaspoons < 0.09 else f"⅛ tsp {word}"
    if tablespoons < 0.7:
        return _about(teaspoons, dict.fromkeys((False, True), f"tsp {word}"))
    if _CUP.search(show) and milliliters >= 0.24 * CUP_ML:
        return _about(milliliters / CUP_ML, {False: f"cup {word}", True: f"cups {word}"})
    if tablespoons <= (MANY_SPOONS if spoons and not liquid else 4):
        return _about(tablespoons, dict.fromkeys((False, True), f"tbsp {word}"))
    if liquid or _POURED.match(show):
        step = 5 if milliliters < 250 else 10
        return f"{round(milliliters / step) * step:g} ml {word}"
    return ""
