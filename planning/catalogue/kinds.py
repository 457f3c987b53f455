"""What a dish is mainly made of: the starch it rests on and the food its protein comes from.

Both are computed from the foods of a serving, so that a week can be varied by rules ("not rice twice a day", "fish
once a week") without anybody tagging dishes by hand. The shares below are our own design: a food that gives a third of
the carbohydrate is what one would name the dish by, and two fifths of the protein make it the main one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

BASE_SHARE = 0.35
MAIN_SHARE = 0.40
SWEET_SHARE = 0.30
# Pulses count for "legumes twice a week" from about half a small can.
LEGUMES_PROTEIN_G = 4.0
# A dash of milk in a batter is no dairy dish, whatever its share.
LEAST_MAIN_PROTEIN_G = 3.0
LEAST_BASE_CARBS_G = 8.0

# The first pattern that a slug matches names its starch.
BASES = (
    (r"bread|bagel|^burger-bun|^pita|^tortilla-(wheat|flour)|^roll-|muffin|focaccia|crackers|croissant", "bread"),
    (r"^rye-wafers|^pretzels|^croutons|^phyllo|^puff-pastry", "bread"),
    (r"noodles", "noodles"),
    (r"^(gluten-free-)?pasta-(?!sauce)", "pasta"),
    (r"^rice-(?!drink|protein|vinegar)|^cream-of-rice|^wild-rice|^brown-rice-(?!syrup)", "rice"),
    (r"^potato|^gnocchi|^sweet-potato|^yam-|^french-fries|^cassava", "potato"),
    (r"^oat(s|-bran|-flour)|^muesli|^granola", "oats"),
    (r"^polenta|^corn(meal|starch|-flakes|-)|^masa|^tortilla-corn|^popcorn|^tortilla-chips", "corn"),
    (r"^quinoa|^amaranth", "quinoa"),
    (r"^buckwheat", "buckwheat"),
    (r"^millet|^teff", "millet"),
    (r"^semolina", "semolina"),
    (r"^couscous|^bulgur|^spelt-dry", "couscous"),
    (r"^barley", "barley"),
    (r"^wheat-(flour|bran|germ|biscuits)|^rye-flour|^gluten-free-flour", "flour"),
)
PLANT_MAINS = (
    (r"^seitan|^wheat-gluten", "seitan"),
    (r"^tofu|^tempeh|^soy-(?!sauce|cream)|^edamame|^textured-soy|^fava-tofu", "tofu"),
    (r"^(pea|rice)-protein-(isolate|mince|chunks)|^hemp-protein", "plant_protein"),
)
BASE_PATTERNS = tuple((re.compile(pattern), name) for pattern, name in BASES)
PLANT_PATTERNS = tuple((re.compile(pattern), name) for pattern, name in PLANT_MAINS)
NO_STARCH_AISLES = frozenset({"Oils & sauces", "Herbs & spices", "Drinks", "Dairy"})


class Part(Protocol):
    """A food of a serving as this module sees it; nutrients are per 100 g."""

    @property
    def slug(self) -> str: ...
    @property
    def aisle(self) -> str: ...
    @property
    def grams(self) -> float: ...
    @property
    def nutrients(self) -> dict[str, float]: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


def starch_of(part: Part) -> str:
    """The starch a food stands for (rice, pasta, potato, bread, …), legumes, fruit, or "" for none."""
    if part.aisle in NO_STARCH_AISLES:
        return ""
    for pattern, name in BASE_PATTERNS:
        if pattern.search(part.slug):
            return name
    if "legumes" in part.tags:
        return "legumes"
    return "fruit" if part.aisle == "Fruit" else ""


def protein_source_of(part: Part) -> str:
    """The protein source a food stands for (poultry, fish, egg, dairy, tofu, legumes, seitan, …), or "" for none."""
    for pattern, name in PLANT_PATTERNS:
        if pattern.search(part.slug):
            return name
    for tag, name in (
        ("poultry", "poultry"),
        ("red_meat", "red_meat"),
        ("fish", "fish"),
        ("shellfish", "shellfish"),
        ("dairy", "dairy"),
        ("egg", "egg"),
        ("legumes", "legumes"),
    ):
        if tag in part.tags and not (tag == "egg" and part.aisle != "Eggs"):
            return name
    return "nuts" if part.aisle == "Nuts & seeds" else ""


def kind_tags(parts: Sequence[Part], *, slots: Iterable[str]) -> set[str]:
    """The computed tags of a serving: base_*, main_*, legumes, and sweet_snack for a snack that is mostly sugar.

    A dish without a starch of more than a third of its carbohydrate has no base, one without a protein source of two
    fifths of its protein no main: a mixed plate is neither.
    """
    found: set[str] = set()
    base = _dominant(parts, "carbs_g", starch_of, share=BASE_SHARE, least_g=LEAST_BASE_CARBS_G)
    main = _dominant(parts, "protein_g", protein_source_of, share=MAIN_SHARE, least_g=LEAST_MAIN_PROTEIN_G)
    if base:
        found.add(f"base_{base}")
    if main:
        found.add(f"main_{main}")
    if _sum(parts, "protein_g", lambda part: "legumes" in part.tags) >= LEGUMES_PROTEIN_G:
        found.add("legumes")
    sweet_g = _sum(parts, "carbs_g", lambda part: part.aisle == "Sweet & baking")
    if "snack" in slots and sweet_g >= SWEET_SHARE * _sum(parts, "carbs_g", lambda part: True) > 0:
        found.add("sweet_snack")
    return found


def _dominant(
    parts: Sequence[Part], nutrient: str, kind_of: Callable[[Part], str], *, share: float, least_g: float
) -> str:
    sums: dict[str, float] = {}
    for part in parts:
        sums[kind_of(part)] = sums.get(kind_of(part), 0.0) + part.nutrients.get(nutrient, 0.0) * part.grams / 100
    total = sum(sums.values())
    best = max((name for name in sums if name), key=lambda name: (sums[name], name), default="")
    return best if best and sums[best] >= max(share * total, least_g) else ""


def _sum(parts: Sequence[Part], nutrient: str, wanted: Callable[[Part], bool]) -> float:
    return sum(part.nutrients.get(nutrient, 0.0) * part.grams / 100 for part in parts if wanted(part))
