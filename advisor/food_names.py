"""What foods and dishes are called, and which of these names one athlete's allergies, diets and dislikes rule out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from advisor.guardrails import FoodBook
from advisor.guardrails.foods import allergen_words
from advisor.guardrails.reading import folded
from athletes.models import Athlete
from planning.catalogue.tags import DishTags, refusal_reasons
from planning.documents import food_document
from planning.models import Food
from planning.services.choice import read_catalogue

# A word that most foods named with it share their refusal by names them all; fewer foods than this prove nothing.
_SHARE, _FEWEST = 0.6, 2
_SHORTEST = 3
# Words of names that name no food.
_PLAIN_TEXT = """
and or of in with without no not any the for from added ready eat drink dry dried cooked raw fresh frozen
canned drained smoked roasted baked boiled fried ground minced sliced whole half light low high reduced fat
free plain sweetened unsweetened salted unsalted white black red green yellow brown dark golden sweet sour hot
mild fine coarse small large thin thick fillet breast thigh leg drumstick meat only skin skinless boneless
lean extra powder mix mixed sauce soup stock broth paste butter oil seed seeds flakes flour juice water cream
spread bar gel salad snack style type hard soft firm semi strained cultured creamed natural isolate protein
energy enriched american greek french italian serbian turkish sports baby spring summer winter cold fruit
vegetable pearl instant bread cheese cube
"""
_PLAIN_WORDS = frozenset(_PLAIN_TEXT.split())
# Kinds that people name without naming a food; each is ruled out when all of these foods are.
_KINDS = {
    "cheese": ("cheddar", "feta", "parmesan"),
    "yogurt": ("plain yogurt", "greek yogurt"),
    "bread": ("whole wheat bread", "white bread", "bread"),
    "pasta": ("pasta", "spaghetti"),
    "meat": ("ground beef", "beef"),
    "ham": ("ham",),
    "bacon": ("bacon",),
    "tuna": ("canned tuna", "tuna"),
}


def food_book(athlete: Athlete) -> FoodBook:
    """The names for this athlete: of the reviewed foods and all dishes, in English and Serbian.

    Kept in memory for each version of the catalogue and each set of allergies, diets and dislikes.
    """
    catalogue = read_catalogue()
    return _book(
        catalogue.version,
        tuple(sorted(athlete.allergies)),
        tuple(sorted(athlete.dietary_preferences)),
        tuple(sorted(word.strip().lower() for word in athlete.dislikes if word.strip())),
    )


@lru_cache(maxsize=64)
def _book(version: str, allergies: tuple[str, ...], diets: tuple[str, ...], dislikes: tuple[str, ...]) -> FoodBook:
    excluded: set[str] = set()
    allowed: set[str] = set()
    words: dict[str, list[bool]] = {}
    for names, tags, text in _names(version):
        refused = bool(refusal_reasons(tags, allergies=allergies, diets=diets)) or any(
            word in text for word in dislikes
        )
        (excluded if refused else allowed).update(names)
        for word in set(re.findall(r"[a-z]{3,}", names[0])) - _PLAIN_WORDS:
            words.setdefault(word, []).append(refused)
    # The plain name of a food that is allowed stays, even where a special kind of it is not; an allergen never does.
    excluded -= allowed
    for word, verdicts in words.items():
        if len(verdicts) >= _FEWEST and sum(verdicts) >= _SHARE * len(verdicts) and word not in allowed:
            excluded.add(word)
    for kind, foods in _KINDS.items():
        known = [food for food in foods if food in excluded or food in allowed]
        if known and all(food in excluded for food in known):
            excluded.add(kind)
            allowed.discard(kind)
    stated = allergen_words(allergies) | {folded(word) for word in dislikes if len(word) >= _SHORTEST}
    excluded |= stated
    dishes = frozenset(folded(recipe.name) for recipe in read_catalogue().recipes.values())
    return FoodBook(frozenset(excluded), frozenset(allowed - excluded), dishes)


@lru_cache(maxsize=2)
def _names(version: str) -> Sequence[tuple[tuple[str, ...], DishTags, str]]:
    """Of each reviewed food: its folded names, the first being the display name's head, what it contains, its words."""
    rows = []
    for food in Food.objects.filter(core=True, owner=None).order_by("name"):
        document = food_document(food)
        tags = DishTags(allergens=document["allergens"], diets=frozenset(document["diets"]))
        rows.append((_called(food), tags, f"{food.name} {food.common_name}".lower()))
    return rows


def _called(food: Food) -> tuple[str, ...]:
    head = re.sub(r"\(.*?\)", "", food.name).split(",")[0]
    aliases = food.search_text.partition("|")[2].split("/")[1:]
    names = [folded(head).strip(), folded(food.name).strip(), *(alias.strip() for alias in aliases)]
    return tuple(dict.fromkeys(name for name in names if _is_name(name)))


def _is_name(name: str) -> bool:
    return len(name) >= _SHORTEST and name not in _PLAIN_WORDS | _SHORT_WORDS


# Serbian and German names of foods that are everyday words of another language.
_SHORT_WORDS = frozenset({"med", "mais", "reis", "hafer", "not", "pur", "date", "ren", "rum"})
