"""The dishes of a problem: recipes as the optimizer sees them, for one athlete with what is at home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from athletes.models import Athlete
from planning import mapping
from planning.models import DishOpinion, Recipe
from planning.optimizer.types import Dish
from planning.services.choice import (
    PREFERENCE,
    Catalogue,
    Line,
    largest_serving,
    preference_of,
    substitutions,
    wanted_cuisines,
)
from planning.services.opinions import preference_with

# What each exchanged food takes from how gladly a dish is served, and the most that they take together.
EXCHANGE_MALUS, MOST_MALUS = 0.1, 0.3
# Dishes that are kept in memory for a version of the catalogue, some 300 bytes each.
_MOST_DISHES = 20_000


def make_dishes(
    athlete: Athlete,
    catalogue: Catalogue,
    allowed: Mapping[str, Recipe],
    kept: frozenset[str],
    stock: Mapping[str, float],
    opinions: Mapping[str, DishOpinion],
) -> tuple[Dish, ...]:
    """The `allowed` recipes as dishes, in their order; one too large for the athlete's diet only where it is `kept`.

    `stock` is what is at home, in grams by food; `opinions` are the athlete's by family of dishes.
    """
    exchanged = substitutions(allowed.values(), catalogue)
    wanted = wanted_cuisines(athlete)
    made = []
    for recipe in allowed.values():
        largest = largest_serving(recipe, athlete, catalogue)
        if largest < recipe.min_quarters and recipe.pk not in kept:
            continue
        liked = preference_with(opinions.get(recipe.family), preference_of(recipe, wanted))
        preference = max(0.0, liked - min(EXCHANGE_MALUS * exchanged[recipe.pk], MOST_MALUS))
        made.append(_dish(catalogue.home_of(recipe.pk), recipe, preference, largest, stock))
    return tuple(made)


def _dish(catalogue: Catalogue, recipe: Recipe, preference: float, largest: int, stock: Mapping[str, float]) -> Dish:
    """A recipe of this catalogue as a dish, kept in memory by everything that it is made from."""
    known = catalogue.memory.dishes
    stock_use = _stock_use(catalogue.lines[recipe.pk], stock) if stock else ()
    key = (recipe.pk, preference, largest, stock_use)
    found = known.get(key)
    if found is None:
        if len(known) >= _MOST_DISHES:
            known.clear()
        plain = known.get((recipe.pk,))
        if plain is None:
            foods = frozenset(line.food_id for line in catalogue.lines[recipe.pk])
            plain = known[recipe.pk,] = mapping.dish(recipe, preference=PREFERENCE, ingredient_ids=foods)
        most = max(recipe.min_quarters, largest)
        found = known[key] = replace(plain, preference=preference, max_quarters=most, stock_use=stock_use)
    return found


def _stock_use(lines: Sequence[Line], stock: Mapping[str, float]) -> tuple[tuple[str, int], ...]:
    """Hundredths of a gram, in a quarter serving, of each food of a dish that is at home."""
    grams: Counter[str] = Counter()
    for line in lines:
        if line.food_id in stock:
            grams[line.food_id] += line.grams_per_serving
    return tuple((food_id, round(amount / 4 * 100)) for food_id, amount in sorted(grams.items()) if amount > 0)


def useful_stock(stock: Mapping[str, float], dishes: Sequence[Dish]) -> tuple[tuple[str, int], ...]:
    """What is at home, in hundredths of a gram, as far as a dish of this athlete uses it."""
    used = {food_id for dish in dishes for food_id, _ in dish.stock_use}
    return tuple((food_id, round(grams * 100)) for food_id, grams in sorted(stock.items()) if food_id in used)
