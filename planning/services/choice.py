"""What an athlete may eat: the one door through which recipes reach plans, swaps, chat and lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import prefetch_related_objects

from athletes.models import Athlete
from planning.catalogue.compose import REQUIRED
from planning.catalogue.dislikes import Named, kinds_of, meets_dislike
from planning.catalogue.loader import loaded_version
from planning.catalogue.tags import DishTags, refusal_reasons
from planning.checker import CheckFood, CheckRecipe
from planning.documents import recipe_document
from planning.models import Food, Recipe, RecipeIngredient
from planning.optimizer.types import Dish
from planning.services.coaching_limits import unwanted

PREFERENCE = 0.5
CUISINE_BONUS = 0.25
_MOST_DOCUMENTS = 2000
# Sets of allergies and diets, and words, that are kept in memory: some 30 kB each at most.
_MOST_WORDS = 256
_documents: dict[tuple[str, str], Mapping[str, Any]] = {}
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Line:
    """One ingredient of a recipe: grams of a food in one serving."""

    food_id: str
    grams_per_serving: float
    show: str


@dataclass(slots=True)
class Memory:
    """What follows from the dishes of one catalogue and the words they are asked with, as far as it was asked for.

    Nothing in it depends on an athlete but through the words that stand in the key, so a change of the athlete or of
    what is at home asks for another entry. `extended` is the catalogue that this one adds own dishes to.
    """

    extended: Catalogue | None = None
    named: dict[str, Named] = field(default_factory=dict)
    servable: frozenset[str] | None = None
    safe: dict[tuple[tuple[str, ...], tuple[str, ...]], frozenset[str]] = field(default_factory=dict)
    disliked: dict[str, frozenset[str]] = field(default_factory=dict)
    exchanged: dict[str, int] | None = None
    dishes: dict[tuple[Any, ...], Dish] = field(default_factory=dict)
    check_foods: dict[str, CheckFood] = field(default_factory=dict)
    check_recipes: dict[str, CheckRecipe] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The plannable recipes of one catalogue version with everything needed to compute on them.

    `extends` is the shared catalogue whose dishes are among these, when there are others beside them.
    """

    version: str
    recipes: dict[str, Recipe]
    lines: dict[str, tuple[Line, ...]]
    foods: dict[str, Food]
    extends: InitVar[Catalogue | None] = None
    memory: Memory = field(init=False, repr=False, compare=False)

    def __post_init__(self, extends: Catalogue | None) -> None:
        object.__setattr__(self, "memory", Memory(extended=extends))

    def home_of(self, recipe_id: str) -> Catalogue:
        """The catalogue whose memory tells of a dish: the one that this one extends, for what is the same there."""
        extended = self.memory.extended
        if extended is not None and extended.recipes.get(recipe_id) is self.recipes[recipe_id]:
            return extended
        return self

    def food_words(self, recipe_id: str) -> str:
        """Names of the dish and of its foods, in lower case, for finding a dish by a part of them."""
        names = [self.recipes[recipe_id].name, *(self.foods[line.food_id].name for line in self.lines[recipe_id])]
        return " | ".join(names).lower()

    def named(self, recipe_id: str) -> Named:
        """The dish as dislikes look at it: what it and its foods are called, and what they are."""
        known = self.home_of(recipe_id).memory.named
        found = known.get(recipe_id)
        if found is None:
            foods = [self.foods[line.food_id] for line in self.lines[recipe_id]]
            found = Named(self.recipes[recipe_id].name, tuple(food.name for food in foods), kinds_of(foods))
            known[recipe_id] = found
        return found


@lru_cache(maxsize=2)
def _read_catalogue(version: str) -> Catalogue:
    recipes = {recipe.pk: recipe for recipe in Recipe.objects.filter(owner=None).order_by("slug")}
    lines: dict[str, list[Line]] = {pk: [] for pk in recipes}
    for row in RecipeIngredient.objects.filter(recipe__owner=None).order_by("recipe_id", "position"):
        lines[row.recipe_id].append(Line(row.food_id, row.grams_per_serving, row.show))
    return Catalogue(
        version=version,
        recipes=recipes,
        lines={pk: tuple(rows) for pk, rows in lines.items()},
        foods={food.pk: food for food in Food.objects.filter(used_in__recipe__owner=None).distinct()},
    )


def read_catalogue() -> Catalogue:
    """The catalogue that everybody shares, kept in memory per version: a new load is seen at once by every process."""
    return _read_catalogue(loaded_version())


def full_recipe_document(recipe: Recipe, *, version: str) -> Mapping[str, Any]:
    """Everything about a dish, as `recipe_document` tells it; not to be changed.

    Kept in memory for a version of the catalogue; an athlete's own dish is read anew, because it changes without one.
    """
    if recipe.owner_id is not None:
        return _read_document(recipe)
    key = (version, recipe.pk)
    found = _documents.get(key)
    if found is None:
        if len(_documents) >= _MOST_DOCUMENTS:
            _documents.clear()
        found = _documents[key] = _read_document(recipe)
    return found


def _read_document(recipe: Recipe) -> Mapping[str, Any]:
    prefetch_related_objects([recipe], "ingredients__food")
    return recipe_document(recipe, full=True)


def athlete_catalogue(athlete: Athlete) -> Catalogue:
    """What may be on this athlete's table: the shared catalogue and the athlete's own recipes, of nobody else's.

    Costs one query for who has no recipe of their own. The version then is that of the shared catalogue; otherwise it
    changes with every change of an own recipe or of a food in it. An own recipe whose energy, carbohydrate, protein or
    fat is unknown is left out: nothing can be planned with it.
    """
    shared = read_catalogue()
    rows = Recipe.objects.filter(owner_id=athlete.pk).order_by("slug").prefetch_related("ingredients__food")
    own = [recipe for recipe in rows if is_measured(recipe)]
    if not own:
        return shared
    lines = {
        recipe.pk: tuple(Line(row.food_id, row.grams_per_serving, row.show) for row in recipe.ingredients.all())
        for recipe in own
    }
    foods = {row.food_id: row.food for recipe in own for row in recipe.ingredients.all()}
    return Catalogue(
        version=_version_with(shared.version, own, lines),
        recipes=shared.recipes | {recipe.pk: recipe for recipe in own},
        lines=shared.lines | lines,
        foods=foods | shared.foods,
        extends=shared,
    )


def is_measured(recipe: Recipe) -> bool:
    """Whether all that a plan promises is known of every ingredient of a dish."""
    return all(name in recipe.nutrients and name not in recipe.nutrient_coverage for name in REQUIRED)


def _version_with(shared: str, recipes: Sequence[Recipe], lines: dict[str, tuple[Line, ...]]) -> str:
    """Changes exactly when something changes that planning reads of the shared or the athlete's own dishes."""
    content: list[Any] = [shared]
    content += [
        [
            *(recipe.pk, recipe.active, recipe.name, recipe.slots, recipe.cuisine, recipe.nutrients, recipe.allergens),
            *(recipe.diets, recipe.tags, recipe.cost_minor, recipe.batchable, recipe.keeps, recipe.hands_on_minutes),
            *(recipe.prep_minutes, recipe.cook_minutes),
            *(recipe.min_quarters, recipe.max_quarters, recipe.step_quarters),
            [[line.food_id, line.grams_per_serving] for line in lines[recipe.pk]],
        ]
        for recipe in recipes
    ]
    return "sha256:" + hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def dish_tags(recipe: Recipe) -> DishTags:
    return DishTags(allergens=recipe.allergens, diets=frozenset(recipe.diets))


def why_not(recipe: Recipe, athlete: Athlete) -> list[str]:
    """Every safety or diet reason against serving this recipe to this athlete; empty means it may be served."""
    return _reasons_against(recipe, athlete.allergies, athlete.dietary_preferences)


def _reasons_against(recipe: Recipe, allergies: Iterable[str], diets: Iterable[str]) -> list[str]:
    return [str(reason) for reason in refusal_reasons(dish_tags(recipe), allergies=allergies, diets=diets)]


def is_disliked(named: Named, dislikes: Iterable[str]) -> bool:
    """Whether a dish or a food is, or holds, any of what is disliked; `meets_dislike` says when it does."""
    return any(meets_dislike(named, dislike) for dislike in dislikes)


def is_unfit(recipe: Recipe, quarters: int, athlete: Athlete, catalogue: Catalogue, *, day: date) -> bool:
    """Whether a portion may not stand in a plan that is made now: excluded, disliked, kept out on its day by a coach,
    or too large for the diet."""
    return (
        bool(why_not(recipe, athlete))
        or is_disliked(catalogue.named(recipe.pk), unwanted(athlete, day, day))
        or quarters > largest_serving(recipe, athlete, catalogue)
    )


def allowed_recipes(athlete: Athlete, catalogue: Catalogue, *, dislikes: Collection[str] | None = None) -> list[Recipe]:
    """The active recipes that this athlete may and wants to eat, in a fixed order. There is no way around this list.

    `dislikes` are those of the athlete unless a plan's days say more.
    """
    unwanted_words = tuple(athlete.dislikes if dislikes is None else dislikes)
    allergies, diets = tuple(athlete.allergies), tuple(athlete.dietary_preferences)
    extended = catalogue.memory.extended
    if extended is None:
        return [catalogue.recipes[pk] for pk in _allowed_ids(catalogue, allergies, diets, unwanted_words)]
    known = set(_allowed_ids(extended, allergies, diets, unwanted_words))
    return [
        recipe
        for recipe in catalogue.recipes.values()
        if (
            recipe.pk in known
            if catalogue.home_of(recipe.pk) is extended
            else _is_servable(recipe, catalogue)
            and not _reasons_against(recipe, allergies, diets)
            and not is_disliked(catalogue.named(recipe.pk), unwanted_words)
        )
    ]


def _allowed_ids(
    catalogue: Catalogue, allergies: tuple[str, ...], diets: tuple[str, ...], dislikes: Iterable[str]
) -> list[str]:
    """The dishes of a catalogue for anybody with these allergies, diets and dislikes, in the order of the catalogue."""
    disliked = frozenset[str]().union(*(_disliked_ids(catalogue, word) for word in dislikes))
    safe = _safe_ids(catalogue, allergies, diets)
    return [pk for pk in catalogue.recipes if pk in safe and pk not in disliked]


def _safe_ids(catalogue: Catalogue, allergies: tuple[str, ...], diets: tuple[str, ...]) -> frozenset[str]:
    """The dishes that may be served to anybody with these allergies and diets, kept in memory."""
    known = catalogue.memory.safe
    found = known.get((allergies, diets))
    if found is None:
        servable = _servable_ids(catalogue)
        found = frozenset(pk for pk in servable if not _reasons_against(catalogue.recipes[pk], allergies, diets))
        _remember(known, (allergies, diets), found)
    return found


def _disliked_ids(catalogue: Catalogue, word: str) -> frozenset[str]:
    """The dishes that could be planned but for this word, which they are or hold; kept in memory."""
    known = catalogue.memory.disliked
    found = known.get(word)
    if found is None:
        found = frozenset(pk for pk in _servable_ids(catalogue) if is_disliked(catalogue.named(pk), (word,)))
        _remember(known, word, found)
    return found


def _servable_ids(catalogue: Catalogue) -> frozenset[str]:
    found = catalogue.memory.servable
    if found is None:
        found = frozenset(recipe.pk for recipe in catalogue.recipes.values() if _is_servable(recipe, catalogue))
        catalogue.memory.servable = found
    return found


def _remember(known: dict[Key, frozenset[str]], key: Key, dishes: frozenset[str]) -> None:
    """Keeps an answer; a memory that is full begins anew."""
    if len(known) >= _MOST_WORDS:
        known.clear()
    known[key] = dishes


def _is_servable(recipe: Recipe, catalogue: Catalogue) -> bool:
    """Whether a dish can be planned for anybody: what it is made of decides what it contains, so it has to be known,
    and an imported food may have lost its energy: one such row must not stop every plan."""
    return recipe.active and is_measured(recipe) and bool(catalogue.lines[recipe.pk])


def largest_serving(recipe: Recipe, athlete: Athlete, catalogue: Catalogue) -> int:
    """Quarter servings up to which a dish keeps what its diet promises.

    Low-FODMAP is a matter of the portion: twice a dish that is low in FODMAPs need not be.
    """
    if "low-fodmap" not in athlete.dietary_preferences:
        return recipe.max_quarters
    largest = float(recipe.max_quarters)
    grams: dict[str, float] = {}
    for line in catalogue.lines[recipe.pk]:
        grams[line.food_id] = grams.get(line.food_id, 0.0) + line.grams_per_serving
    for food_id, amount in grams.items():
        limit = catalogue.foods[food_id].shopping.get("fodmap_limit_g")
        if limit is None:
            return 0
        if amount > 0:
            largest = min(largest, limit / amount * 4)
    return int(largest + 1e-9)


def substitutions(recipes: Collection[Recipe], catalogue: Catalogue) -> dict[str, int]:
    """By recipe, how many foods it exchanges beyond the least exchanged dish of its family among these.

    Somebody who eats everything is served the dish itself; what is exchanged is for those who need it.
    """
    exchanged = {recipe.pk: _exchanged(catalogue.home_of(recipe.pk), recipe) for recipe in recipes}
    least: dict[str, int] = {}
    for recipe in recipes:
        count = exchanged[recipe.pk]
        least[recipe.family] = min(count, least.get(recipe.family, count))
    return {recipe.pk: exchanged[recipe.pk] - least[recipe.family] for recipe in recipes}


def _exchanged(catalogue: Catalogue, recipe: Recipe) -> int:
    """How many foods a dish has that the dish its family goes back to has not, kept in memory."""
    known = catalogue.memory.exchanged
    if known is None:
        foods = {recipe_id: {line.food_id for line in lines} for recipe_id, lines in catalogue.lines.items()}
        base = {r.family: r.pk for r in catalogue.recipes.values() if r.kind == Recipe.Kind.BASE and r.owner_id is None}
        known = catalogue.memory.exchanged = {
            other.pk: len(foods[other.pk] - foods.get(base.get(other.family, ""), foods[other.pk]))
            for other in catalogue.recipes.values()
        }
    return known[recipe.pk]


def preference_of(recipe: Recipe, wanted: Collection[str]) -> float:
    """Between 0 and 1: how gladly somebody eats it who likes these cuisines; `wanted_cuisines` reads them."""
    return PREFERENCE + (CUISINE_BONUS if recipe.cuisine and recipe.cuisine in wanted else 0.0)


def wanted_cuisines(athlete: Athlete) -> frozenset[str]:
    """The cuisines that an athlete likes, as recipes name them."""
    return frozenset(cuisine.strip().lower().replace(" ", "_").replace("-", "_") for cuisine in athlete.cuisines)
