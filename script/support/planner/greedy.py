"""The rule of an open-source peer, rebuilt: each meal by kilocalories alone, the best of 200 random portions.

It looks at no carbohydrate, no protein, no budget and no time; portions run from 0.4 to 2.5 servings, and 40 % off is
good enough. Allergies and diets hold, because it chooses from the dishes that are allowed.
"""

from __future__ import annotations

import random
from dataclasses import replace

from planning.optimizer import Item, Problem, Solved

TRIES = 200
SMALLEST, LARGEST = 0.4, 2.5
TOLERANCE = 0.40


def plan_greedily(problem: Problem, *, seed: int) -> Solved | None:
    """A plan by that rule, or None when some meal finds nothing within its tolerance."""
    rng = random.Random(seed)
    items = []
    for day in sorted(problem.days, key=lambda day: day.date):
        middles = [((need.energy_lo or 0) + (need.energy_hi or 0)) / 2 for need in day.slots]
        total = sum(middles) or 1.0
        for need, middle in zip(day.slots, middles, strict=True):
            wanted = day.energy_kcal * middle / total
            if need.carbs_lo is not None and need.carbs_hi is not None:
                wanted = 4 * (need.carbs_lo + need.carbs_hi) / 2
            dishes = [dish for dish in problem.dishes if need.slot in dish.slots]
            best = None
            for _ in range(TRIES if dishes else 0):
                dish = rng.choice(dishes)
                quarters = max(1, round(4 * rng.uniform(SMALLEST, LARGEST)))
                off = abs((dish.per_quarter[0] or 0) * quarters / 100 - wanted) / max(wanted, 1.0)
                if best is None or off < best[0]:
                    best = (off, dish.key, quarters)
            if best is None or best[0] > TOLERANCE:
                return None
            items.append(Item(day.date, need.slot, need.index, need.time, best[1], best[2]))
    empty = Solved(tuple(items), 0.0, None, None, (), False, 0, {})
    return replace(empty, items=tuple(sorted(items, key=lambda item: item.place)))
