"""Facts about recipes: what is in one serving, whether this athlete may have it, and finding one by its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.readings.plans import NUTRIENTS
from advisor.words import fold
from athletes.models import Athlete
from planning.documents import recipe_document
from planning.models import Recipe
from planning.services.choice import Catalogue, allowed_recipes, is_disliked, why_not

# How alike two words must be to be spellings of one (difflib's ratio), and how long a word is that tells a dish.
SAME_WORD, TELLING_LETTERS = 0.82, 4
_JOINING = frozenset({"with", "and", "the", "a", "an", "of", "in", "on", "my", "your", "for"})


def find_recipe(catalogue: Catalogue, athlete: Athlete, words: str) -> Recipe | None:
    """The active recipe whose name holds all the words; an exact name first, then allowed ones, then short names.

    Words that are in no name are taken for other spellings of one (“lasagna” for “lasagne”).
    """
    wanted = name_terms(words)
    if not wanted:
        return None
    said = fold(words)
    rows = [recipe for recipe in catalogue.recipes.values() if recipe.active and catalogue.lines[recipe.pk]]
    terms = {recipe.pk: name_terms(recipe.name) for recipe in rows}
    found = [recipe for recipe in rows if wanted <= terms[recipe.pk]]
    if not found:
        known = sorted(frozenset[str]().union(*terms.values()))
        meant = [get_close_matches(word, known, n=1, cutoff=SAME_WORD) for word in wanted]
        found = [recipe for recipe in rows if all(near and near[0] in terms[recipe.pk] for near in meant)]
    return min(
        found,
        key=lambda recipe: (
            fold(recipe.name) != said,
            bool(why_not(recipe, athlete)),
            is_disliked(catalogue.named(recipe.pk), athlete.dislikes),
            len(recipe.name),
            recipe.slug,
        ),
        default=None,
    )


def near_recipes(catalogue: Catalogue, athlete: Athlete, words: str) -> list[Recipe]:
    """Recipes that share a telling word with these words, those with most first; only what this athlete may eat."""
    wanted = {word for word in name_terms(words) if len(word) >= TELLING_LETTERS}
    rows = [recipe for recipe in allowed_recipes(athlete, catalogue) if wanted & name_terms(recipe.name)]
    return sorted(rows, key=lambda recipe: (-len(wanted & name_terms(recipe.name)), len(recipe.name), recipe.slug))


def name_terms(text: str) -> frozenset[str]:
    """The words of a dish's name in the singular; accents are optional, so none are kept."""
    plain = unicodedata.normalize("NFD", fold(text).replace("đ", "dj"))
    words = re.findall(r"[^\W_]+", "".join(mark for mark in plain if not unicodedata.combining(mark)))
    return frozenset(word.removesuffix("s") or word for word in words if word not in _JOINING)


def recipe_bundle(recipe: Recipe, *, reasons: Sequence[str], disliked: bool) -> Bundle:
    """One serving of a recipe: nutrients, ingredients in grams, times and steps.

    `data`: `allowed`, `reasons` (allergies and diet that speak against it), `disliked`, `ingredients` (keys of facts),
    `steps`, `slots`.
    """
    document: Mapping[str, Any] = recipe_document(recipe, full=True)
    base, origin = f"recipe:{recipe.pk}", "your own recipe" if recipe.owner_id else "recipe catalogue"

    def fact(name: str, kind: str, label: str, value: float | str | None, unit: str = "", object_id: str = "") -> Fact:
        return Fact(f"{base}:{name}", kind, label, value, unit, origin, object_id or recipe.pk)

    called = replace(fact("name", "dish", "recipe", recipe.name), own_words=recipe.owner_id is not None)
    facts = {"name": called}
    for name, (label, unit) in NUTRIENTS.items():
        known = name not in document["nutrient_coverage"]
        value = document["nutrients_per_serving"].get(name) if known else None
        facts[name] = fact(
            name, "recipe", f"{label} of a serving", None if value is None else round(value, 2), unit
        )  # fmt: skip
    for name, label in (("hands_on_minutes", "work"), ("cook_minutes", "cooking"), ("prep_minutes", "preparation")):
        facts[name] = fact(name, "recipe", label, document["time"][name] or None, "min")
    for name, label in (("servings_min", "smallest portion"), ("servings_max", "largest portion")):
        facts[name] = fact(name, "recipe", label, document[name], "servings")
    ingredients = []
    for number, line in enumerate(document["ingredients"]):
        key = f"ingredient:{line['food_id']}:{number}"
        grams = round(line["grams_per_serving"], 2)
        facts[key] = fact(key, "ingredient_grams", line["name"], grams, "g", line["food_id"])
        facts[f"{key}:name"] = fact(f"{key}:name", "ingredient", "ingredient", line["name"], "", line["food_id"])
        ingredients.append({"key": key, "name": line["name"], "to_taste": line["to_taste"]})
    steps = [str(step.get("text") if isinstance(step, Mapping) else step) for step in document["method"]]
    for number, step in enumerate(steps):
        told = fact(f"step:{number}", "method", "step of the recipe", step or None)
        facts[f"step:{number}"] = replace(told, own_words=recipe.owner_id is not None)
    for number, reason in enumerate(reasons):
        facts[f"reason:{number}"] = fact(f"reason:{number}", "allergen", "reason against it", reason)
    if reasons:
        facts = {key: replace(one, excluded=True) for key, one in facts.items()}
    data = {
        "recipe_id": recipe.pk,
        "allowed": not reasons,
        "reasons": list(reasons),
        "disliked": disliked,
        "slots": list(recipe.slots),
        "ingredients": ingredients,
        "steps": len(steps),
    }
    return Bundle("recipe", facts, data)
