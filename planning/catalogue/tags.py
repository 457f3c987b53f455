"""Allergens and diets: the one filter that plans, swaps, chat answers, product hints and imports go through.

A food states one of four words for each allergen: `contains`, `may_contain` (recipes differ, or traces are usual for
that kind of food), `free` (reviewed, and none) and `unknown` (nobody has looked). Unknown never means free. Diets are
never typed in: they follow from the foods of a dish, from the tags of their origin and from their allergen words.

Pure Python. An ingredient is anything with `code`, `grams` (per serving), `allergens` (id -> word), `tags` and
`fodmap_limit_g`. Sources: Regulation (EU) 1169/2011 Annex II for the fourteen allergens, the US FALCPA and FASTER
Acts for wheat apart from gluten; the diet rules are our own reading, stricter where a rule is disputed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from nutrition_site.kernel.vocabulary import ALLERGEN_WORDS, ALLERGENS, DIET_WORDS, DIETS, fold

# from harmless to decisive; the union of a dish takes the last one that any of its foods has
STATUSES = ("free", "unknown", "may_contain", "contains")

TAGS = frozenset(
    {
        "meat",
        "poultry",
        "red_meat",
        "pork",
        "rabbit",
        "fish",
        "oily_fish",
        "processed_meat",
        "legumes",
        "non_kosher_fish",
        "shellfish",
        "egg",
        "dairy",
        "honey",
        "gelatin",
        "lard",
        "blood",
        "animal_rennet",
        "animal_fining",
        "alcohol",
        "caffeine",
        "certified_gf",
        "check_gf_label",
        "check_rennet",
        "high_fodmap",
    }
)

LAND_ANIMAL = frozenset({"meat", "poultry", "red_meat", "pork", "rabbit", "lard", "blood", "gelatin"})
FROM_SLAUGHTER = LAND_ANIMAL | {"fish", "shellfish", "non_kosher_fish", "animal_rennet", "animal_fining"}
FLESH = frozenset({"meat", "poultry", "red_meat", "pork", "rabbit"})

# origin tags and contained allergens that break a diet
BROKEN_BY_TAGS: dict[str, frozenset[str]] = {
    "vegetarian": FROM_SLAUGHTER,
    "vegan": FROM_SLAUGHTER | {"dairy", "egg", "honey"},
    "pescatarian": LAND_ANIMAL,
    "halal": frozenset({"pork", "lard", "blood", "alcohol", "gelatin", "animal_rennet"}),
    "kosher": frozenset(
        {"pork", "rabbit", "lard", "blood", "shellfish", "non_kosher_fish", "gelatin", "animal_rennet"}
    ),
}
BROKEN_BY_CONTAINING: dict[str, tuple[str, ...]] = {
    "vegetarian": ("fish", "crustaceans", "molluscs"),
    "vegan": ("fish", "crustaceans", "molluscs", "milk", "eggs"),
    "kosher": ("crustaceans", "molluscs"),
}
# diets that people keep for their health: traces and doubt break them too
BROKEN_UNLESS_FREE: dict[str, tuple[str, ...]] = {
    "gluten-free": ("gluten", "wheat"),
    "dairy-free": ("milk",),
    "nut-free": ("peanuts", "tree_nuts"),
}


class Ingredient(Protocol):
    """One food of a dish as this module sees it; `grams` are per serving, edible and as used."""

    @property
    def code(self) -> str: ...
    @property
    def grams(self) -> float: ...
    @property
    def allergens(self) -> Mapping[str, str]: ...
    @property
    def tags(self) -> Collection[str]: ...
    @property
    def fodmap_limit_g(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class DishTags:
    """What a food or a dish is, for the filter: the word for each allergen, and the diets it satisfies."""

    allergens: Mapping[str, str]
    diets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not offered: an allergen with its word, or a diet it does not satisfy."""

    kind: str
    name: str
    status: str

    def __str__(self) -> str:
        label = self.name.replace("_", " ")
        if self.kind == "diet":
            return f"not {label}"
        return {"contains": f"contains {label}", "may_contain": f"may contain {label}"}.get(
            self.status, f"not known to be free of {label}"
        )


def normalize_allergy(text: str) -> tuple[str, ...]:
    """Return the allergen ids a word stands for, in canonical order.

    Case, spaces, hyphens and underscores do not matter. Most words give one id; "shellfish" gives crustaceans and
    molluscs, "nuts" gives peanuts and tree nuts. Raises ValueError naming every id when the word is not known.
    """
    found = ALLERGEN_WORDS.get(fold(text))
    if not found:
        raise ValueError(f"unknown allergy {text!r}; known are {', '.join(ALLERGENS)}")
    return found


def normalize_allergies(texts: Iterable[str]) -> list[str]:
    """Return the distinct allergen ids of several words, in canonical order. Raises ValueError as above."""
    wanted = {allergen for text in texts for allergen in normalize_allergy(text)}
    return [allergen for allergen in ALLERGENS if allergen in wanted]


def normalize_diet(text: str) -> str:
    """Return the diet id a word stands for. Raises ValueError naming every id when the word is not known."""
    found = DIET_WORDS.get(fold(text))
    if not found:
        raise ValueError(f"unknown diet {text!r}; known are {', '.join(DIETS)}")
    return found[0]


def normalize_diets(texts: Iterable[str]) -> list[str]:
    """Return the distinct diet ids of several words, in canonical order. Raises ValueError as above."""
    wanted = {normalize_diet(text) for text in texts}
    return [diet for diet in DIETS if diet in wanted]


def allergen_status(allergens: Mapping[str, str], allergen: str) -> str:
    """Return the word for one allergen; absent or unreadable is unknown, and wheat always counts as gluten."""
    status = _readable(allergens.get(allergen))
    if allergen == "gluten":
        return _worst(status, _readable(allergens.get("wheat", "free")))
    return status


def union_allergens(ingredients: Iterable[Ingredient]) -> dict[str, str]:
    """Return the word of a whole dish for each of the fifteen allergens.

    `contains` outweighs `may_contain`, that outweighs `unknown`, and only all `free` is free. A dish without
    ingredients is unknown throughout.
    """
    foods = list(ingredients)
    if not foods:
        return dict.fromkeys(ALLERGENS, "unknown")
    return {allergen: _worst(*(allergen_status(food.allergens, allergen) for food in foods)) for allergen in ALLERGENS}


def derive_diets(ingredients: Iterable[Ingredient]) -> set[str]:
    """Return the diets that a dish of these ingredients satisfies.

    A food with any unknown allergen has not been reviewed, so no diet of origin (vegetarian, vegan, pescatarian,
    halal, kosher) is derived from it; nothing is derived from an empty list. Low-FODMAP compares the grams of each
    food in a serving with our own conservative limit for it, and an unknown limit fails.
    """
    foods = list(ingredients)
    if not foods:
        return set()
    dish = union_allergens(foods)
    tags = {tag for food in foods for tag in food.tags}
    reviewed = all(_readable(food.allergens.get(allergen)) != "unknown" for food in foods for allergen in ALLERGENS)
    diets = set()
    if reviewed:
        for diet, broken_by in BROKEN_BY_TAGS.items():
            contained = (dish[allergen] == "contains" for allergen in BROKEN_BY_CONTAINING.get(diet, ()))
            if not tags & broken_by and not any(contained):
                diets.add(diet)
        if "kosher" in diets and tags & FLESH and ("dairy" in tags or dish["milk"] == "contains"):
            diets.discard("kosher")
    diets |= {
        diet for diet, needed in BROKEN_UNLESS_FREE.items() if all(dish[allergen] == "free" for allergen in needed)
    }
    if "dairy" in tags:
        diets.discard("dairy-free")
    if _is_low_fodmap(foods):
        diets.add("low-fodmap")
    return diets


def describe_dish(ingredients: Sequence[Ingredient]) -> DishTags:
    """Return allergen words and diets of a dish, or of a single food given as a list of one."""
    return DishTags(allergens=union_allergens(ingredients), diets=frozenset(derive_diets(ingredients)))


def refusal_reasons(dish: DishTags, *, allergies: Iterable[str], diets: Iterable[str]) -> list[Refusal]:
    """Return every reason not to offer a dish to somebody with these allergies and diets; empty means it may be.

    `allergies` and `diets` are ids or any word the normalizers know. `contains`, `may_contain` and `unknown` of an
    athlete's allergen all refuse. Raises ValueError for a word that is not known, rather than ignoring it.
    """
    reasons = []
    own_allergies, own_diets = _normalized(tuple(allergies), tuple(diets))
    for allergen in own_allergies:
        status = allergen_status(dish.allergens, allergen)
        if status != "free":
            reasons.append(Refusal(kind="allergen", name=allergen, status=status))
    for diet in own_diets:
        if diet not in dish.diets:
            reasons.append(Refusal(kind="diet", name=diet, status="not_satisfied"))
    return reasons


# The same athlete is asked about for every dish of the catalogue.
@lru_cache(maxsize=1024)
def _normalized(allergies: tuple[str, ...], diets: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(normalize_allergies(allergies)), tuple(normalize_diets(diets))


def is_allowed(dish: DishTags, *, allergies: Iterable[str], diets: Iterable[str]) -> bool:
    """Return whether a dish may be offered; `refusal_reasons` says why not."""
    return not refusal_reasons(dish, allergies=allergies, diets=diets)


def buying_notes(
    ingredients: Iterable[Ingredient], *, allergies: Iterable[str], diets: Iterable[str]
) -> list[tuple[str, str]]:
    """Return (food code, what to look for on the pack) for foods whose tag rests on buying the right pack."""
    kept = set(normalize_diets(diets))
    without_gluten = "gluten-free" in kept or {"gluten", "wheat"} & set(normalize_allergies(allergies))
    notes = []
    for food in ingredients:
        if without_gluten and {"check_gf_label", "certified_gf"} & set(food.tags):
            notes.append((food.code, "buy a pack labeled gluten-free"))
        if "check_rennet" in food.tags and kept & {"vegetarian", "halal", "kosher"}:
            notes.append((food.code, "buy one made with microbial rennet"))
        if FLESH & set(food.tags):
            notes.extend((food.code, f"buy {diet}-certified meat") for diet in ("halal", "kosher") if diet in kept)
        elif "dairy" in food.tags and "kosher" in kept:
            notes.append((food.code, "buy kosher-certified dairy"))
    return notes


def _is_low_fodmap(foods: Sequence[Ingredient]) -> bool:
    grams: dict[str, float] = {}
    limits: dict[str, float | None] = {}
    for food in foods:
        grams[food.code] = grams.get(food.code, 0.0) + food.grams
        limits[food.code] = food.fodmap_limit_g
    return all(limit_g is not None and grams[code] <= limit_g for code, limit_g in limits.items())


def _readable(status: str | None) -> str:
    return status if status in STATUSES else "unknown"


def _worst(*statuses: str) -> str:
    return max(statuses, key=STATUSES.index)
