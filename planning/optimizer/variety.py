"""What makes two dishes alike, so that a day does not bring rice twice or two bananas as two snacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.optimizer.limits import Floats, Ints
from planning.optimizer.types import SLOTS, Dish

# The main starch and the main protein of a dish, as the catalogue tags them.
MEAL_PREFIXES = ("base_", "main_")
MEALS = frozenset(SLOTS.index(slot) for slot in ("lunch", "dinner"))
SNACKS = frozenset(SLOTS.index(slot) for slot in ("snack", "pre", "post"))

# Per pair of meals and tag that they share.
SAME_DAY_MEALS = 0.30
NEXT_DAY_MEALS = 0.15
SAME_DAY_SNACKS = 0.30


@dataclass(frozen=True, slots=True)
class Likeness:
    """Counts of what two of the offered dishes share: `meals` for lunch and dinner, `snacks` for small meals.

    Square over the offered dishes; None when no two dishes share anything.
    """

    meals: Floats | None
    snacks: Floats | None

    def same_day(self, first_slot: int, second_slot: int) -> tuple[Floats | None, float]:
        """The table and the weight that apply to two meals of one day."""
        if first_slot in MEALS and second_slot in MEALS:
            return self.meals, SAME_DAY_MEALS
        if first_slot in SNACKS and second_slot in SNACKS:
            return self.snacks, SAME_DAY_SNACKS
        return None, 0.0


def meal_marks(dish: Dish) -> frozenset[str]:
    """The starches and proteins a main meal is made of."""
    return frozenset(tag for tag in dish.tags if tag.startswith(MEAL_PREFIXES))


def snack_marks(dish: Dish) -> frozenset[str]:
    """The food of a snack that is one food and nothing else."""
    return dish.ingredient_ids if len(dish.ingredient_ids) == 1 else frozenset()


def likeness_of(dishes: tuple[Dish, ...], offered: Ints) -> Likeness:
    """How alike the offered dishes (numbers, sorted) are."""
    chosen = [dishes[number] for number in offered.tolist()]
    return Likeness(
        _shared([meal_marks(dish) for dish in chosen]),
        _shared([snack_marks(dish) for dish in chosen]),
    )


def _shared(marks: list[frozenset[str]]) -> Floats | None:
    names = {name: place for place, name in enumerate(sorted(set().union(*marks)))} if marks else {}
    if not names:
        return None
    table = np.zeros((len(marks), len(names)))
    for row, mark in enumerate(marks):
        for name in mark:
            table[row, names[name]] = 1.0
    return np.asarray(table @ table.T, dtype=np.float64)
