"""What foods and dishes are called, and which of these names one athlete's allergies, diets and dislikes rule out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from advisor.guardrails import FoodBook
from advisor.guardrails.foods import FREEING_WORDS, allergen_words
from advisor.guardrails.lexicon import CLASSES, TASTES, Meaning, read_lexicon
from advisor.guardrails.reading import folded
from athletes.models import Athlete
from nutrition_site.kernel.vocabulary import ALLERGENS, read_allergens
from planning.catalogue.loader import loaded_version
from planning.catalogue.tags import DishTags, describe_dish, refusal_reasons
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
vegetable pearl instant bread cheese cube cooking vegan roll crumbs stew rainbow round skim
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


def food_book(athlete: Athlete, *, version: str = "") -> FoodBook:
    """The names for this athlete: of the reviewed foods and all dishes, in English and Serbian.

    Kept in memory for each version of the catalogue, by default the loaded one, and each set of allergies, diets and
    dislikes.
    """
    return book_for(
        version or loaded_version(),
        allergies=athlete.allergies,
        diets=athlete.dietary_preferences,
        dislikes=athlete.dislikes,
    )


def book_for(
    version: str, *, allergies: Iterable[str] = (), diets: Iterable[str] = (), dislikes: Iterable[str] = ()
) -> FoodBook:
    """The names for such a profile in a version of the catalogue."""
    return _book(
        version,
        tuple(sorted(allergies)),
        tuple(sorted(diets)),
        tuple(sorted(word.strip().lower() for word in dislikes if word.strip())),
    )


@lru_cache(maxsize=64)
def _book(version: str, allergies: tuple[str, ...], diets: tuple[str, ...], dislikes: tuple[str, ...]) -> FoodBook:
    excluded: set[str] = set()
    allowed: set[str] = set()
    freed: dict[str, set[str]] = {word: set() for word in FREEING_WORDS}
    words: dict[str, list[bool]] = {}
    every_word: set[str] = set()
    for names, tags, text in _names(version):
        reasons = _reasons(tags, allergies, diets)
        refused = bool(reasons) or any(word in text for word in dislikes)
        (excluded if refused else allowed).update(names)
        if refused:
            _free(freed, names, reasons, text, dislikes, allergies=allergies, diets=diets)
        every_word.update(word for name in names for word in _WORDS.findall(name))
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
    tastes = _tastes(dislikes)
    for name, meaning in read_lexicon().items():
        reasons = _reasons(_usual(meaning), allergies, diets)
        if not reasons and not meaning.classes & tastes:
            if name not in excluded:
                allowed.add(name)
        elif name not in allowed or meaning.allergens & set(allergies):
            # What the catalogue has by this name is a kind that may be eaten; an allergy does not rely on that.
            excluded.add(name)
            _free(freed, (name,), reasons, "", dislikes, allergies=allergies, diets=diets)
        every_word.update(_WORDS.findall(name))
    stated = allergen_words(allergies) | {folded(word) for word in dislikes if len(word) >= _SHORTEST}
    excluded |= stated
    recipes = read_catalogue().recipes.values()
    dishes = frozenset(folded(recipe.name) for recipe in recipes)
    every_word.update(word for dish in dishes for word in _WORDS.findall(dish))
    return FoodBook(
        excluded=frozenset(excluded),
        allowed=frozenset(allowed - excluded),
        dishes=dishes,
        freed={word: frozenset(names) for word, names in freed.items()},
        words=frozenset(every_word),
    )


_WORDS = re.compile(r"[^\W_]+")
# What a word before a food takes out of it: the allergies and diets that then speak against it no more. Gluten-free
# bread may be made of wheat starch, so for an allergy to wheat alone it stays out.
_TAKES_OUT = {
    "gluten": {"gluten", "gluten-free"},
    "wheat": {"wheat"},
    "dairy": {"milk", "dairy-free"},
    "milk": {"milk", "dairy-free"},
    "egg": {"eggs"},
    "nut": {"peanuts", "tree_nuts", "nut-free"},
    "peanut": {"peanuts"},
    "soy": {"soy"},
    "sesame": {"sesame"},
    "fish": {"fish"},
    "meat": {"vegetarian", "pescatarian"},
    "vegan": {"milk", "eggs", "fish", "crustaceans", "molluscs", "vegan", "vegetarian", "pescatarian", "dairy-free",
              "halal", "kosher"},
    "vegetarian": {"fish", "crustaceans", "molluscs", "vegetarian", "pescatarian"},
    "alcohol": {"halal"},
}  # fmt: skip


def _reasons(tags: DishTags, allergies: tuple[str, ...], diets: tuple[str, ...]) -> frozenset[str]:
    return frozenset(refusal.name for refusal in refusal_reasons(tags, allergies=allergies, diets=diets))


def _free(
    freed: dict[str, set[str]],
    names: Sequence[str],
    reasons: frozenset[str],
    text: str,
    dislikes: tuple[str, ...],
    *,
    allergies: tuple[str, ...],
    diets: tuple[str, ...],
) -> None:
    """Notes which words before a refused food would take everything out that speaks against it."""
    if not reasons or any(word in text for word in dislikes):
        return
    without_gluten = "gluten" in allergies or "gluten-free" in diets
    for word, taken in _TAKES_OUT.items():
        if reasons <= (taken | {"wheat"} if word == "gluten" and without_gluten else taken):
            freed[word].update(names)


@lru_cache(maxsize=4096)
def _usual(meaning: Meaning) -> DishTags:
    """What a name usually stands for, as the filter of all foods sees it."""
    return describe_dish([_Usual(meaning)])


@dataclass(frozen=True)
class _Usual:
    """One food of which only its name is known, for the filter: what it does not usually contain it is free of."""

    meaning: Meaning
    code: str = ""
    grams: float = 1.0

    @property
    def allergens(self) -> dict[str, str]:
        return {name: "contains" if name in self.meaning.allergens else "free" for name in ALLERGENS}

    @property
    def tags(self) -> frozenset[str]:
        return self.meaning.tags

    @property
    def fodmap_limit_g(self) -> float | None:
        return 0.0 if "high_fodmap" in self.meaning.tags else self.grams


def _tastes(dislikes: tuple[str, ...]) -> frozenset[str]:
    """The classes of names that dislikes mean: of an allergen (“nuts”), or of their own (“mushrooms”)."""
    found: set[str] = set()
    for word in dislikes:
        known, _ = read_allergens([word, word.removesuffix("s")])
        found.update({"tree_nuts": "nuts"}.get(name, name) for name in known)
        named = folded(word)
        found.update({named, named.removesuffix("s"), named.removesuffix("es"), f"{named}s"} & CLASSES.keys())
        meaning = read_lexicon().get(named) or read_lexicon().get(named.removesuffix("s"))
        if meaning is not None and len(meaning.classes) == 1:
            found.update(meaning.classes & TASTES)
    if "fish" in found or "seafood" in found:
        found.add("seafood")
    return frozenset(found - {"none"})


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
