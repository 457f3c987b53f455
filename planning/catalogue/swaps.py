"""A swap variant in words: its lines and its steps speak of the food that is in it, not of the one it replaces.

A food carries the words a cook uses for it (`kitchen_words`): the first names it, the others are recognized in a step.
A step is rewritten by these words; where cooking itself changes, the swap states its own `method`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from planning.catalogue.pieces import piece_text

CUTTING = (
    "thinly sliced|finely diced|finely chopped|sliced|diced|cubed|chopped|crumbled|halved|grated|torn|beaten|ground"
)
PREPARATION = re.compile(rf",\s*(?P<how>{CUTTING}|in (?:strips|pieces|chunks))$")
# What is poured, spooned or small already is not cut, whatever was done to the food before it.
UNCUT_AISLES = frozenset({"Legumes", "Nuts & seeds", "Dairy", "Oils & sauces", "Grains", "Sports", "Herbs & spices"})
UNCUT_STATES = frozenset({"drained", "cooked", "canned"})
CUT_PLANTS = ("tofu", "tempeh", "seitan", "fava-tofu")
UNCUT_PLANTS = ("olives",)
VOLUME_ROUND_ML = 10
IN_STATE = {"drained": "canned ", "cooked": "cooked "}


class Food(Protocol):
    """What wording needs to know of a food."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aisle(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...
    @property
    def density_g_per_ml(self) -> float | None: ...
    @property
    def piece_name(self) -> str: ...
    @property
    def piece_grams(self) -> float | None: ...
    @property
    def piece_step(self) -> float | None: ...


def kitchen_word(food: Food) -> str:
    """What a cook calls a food: its first kitchen word, or its name up to the first comma or bracket."""
    if food.words:
        return food.words[0]
    name = re.split(r"[,(]", food.name)[0].strip()
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def line_text(food: Food, *, grams: float, old_text: str) -> str:
    """The line of a food that took another's place: "2 eggs", "250 ml soy drink", "200 g tofu, diced".

    Milliliters stay milliliters where the density of the new food is known, and the way of cutting carries over to
    what can be cut. `grams` are those of the whole recipe, as in the text it follows.
    """
    word = kitchen_word(food)
    pieces = piece_text(
        grams,
        word=word,
        piece_name=food.piece_name,
        piece_grams=food.piece_grams,
        piece_step=food.piece_step,
    )
    if pieces:
        return pieces
    if " ml " in f" {old_text} " and food.density_g_per_ml:
        milliliters = grams / food.density_g_per_ml
        rounded = round(milliliters / VOLUME_ROUND_ML) * VOLUME_ROUND_ML
        if abs(rounded - milliliters) <= 0.03 * milliliters:
            return f"{rounded:g} ml {word}"
    text = f"{_grams_text(grams)} g {IN_STATE.get(food.state, '')}{word}"
    how = PREPARATION.search(old_text)
    if food.state == "drained":
        text += ", drained"
    elif how and _is_cut(food):
        text += f", {how['how']}"
    return text


def swap_method(
    steps: Sequence[str],
    *,
    replaced: Mapping[str, Food],
    foods: Mapping[str, Food],
    says: Mapping[str, str] | None = None,
) -> list[str]:
    """The steps of a recipe with the words of the replaced foods exchanged.

    `replaced` maps the code of an old food to its new one, `foods` has every food of the recipe by code. A word that
    the new food bears as well stays ("bread"), one that also stands for a food that is kept ("oil" with two oils) is
    left alone, and a longer name protects its parts: "sunflower seed butter" is no butter. Words of cutting go where
    there is nothing to cut. `says` then replaces phrases. Raises ValueError for a phrase that no step has.
    """
    owners: dict[str, set[str]] = {}
    for code, food in foods.items():
        for word in (*food.words, kitchen_word(food)):
            owners.setdefault(word.casefold(), set()).add(code)
    longest_first = sorted(owners, key=lambda word: (-len(word), word))
    words = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"\b(?P<cut>(?:{CUTTING}) )?(?P<word>{words})(?:e?s)?\b(?P<strips> strips)?", re.IGNORECASE)

    def exchange(match: re.Match[str]) -> str:
        codes = owners[match["word"].casefold()]
        if len(codes) != 1 or not codes <= replaced.keys():
            return match[0]
        new = replaced[next(iter(codes))]
        cut, strips = match["cut"] or "", match["strips"] or ""
        if not _is_cut(new):
            cut = strips = ""
        word = match["word"] if match["word"].casefold() in _folded(new) else _step_word(new)
        text = f"{cut}{word}{strips}"
        return text[:1].upper() + text[1:] if match.start() == 0 else text

    written = [pattern.sub(exchange, step) for step in steps]
    for old, new in (says or {}).items():
        if not any(old in step for step in written):
            raise ValueError(f"no step says {old!r}: {written}")
        written = [step.replace(old, new) for step in written]
    return written


def _step_word(food: Food) -> str:
    """Meat is called by its short name while one cooks: chicken, not chicken breast."""
    return food.words[1] if food.aisle == "Meat" and len(food.words) > 1 else kitchen_word(food)


def _folded(food: Food) -> set[str]:
    return {word.casefold() for word in food.words}


def _is_cut(food: Food) -> bool:
    if food.slug.startswith(CUT_PLANTS):
        return True
    return food.aisle not in UNCUT_AISLES and food.state not in UNCUT_STATES and not food.slug.startswith(UNCUT_PLANTS)


def _grams_text(grams: float) -> str:
    return f"{grams:.0f}" if grams >= 20 else f"{grams:.1f}".rstrip("0").rstrip(".")
