"""What an alternative for a meal is told as: the dish, what speaks for it, and what else it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planning.optimizer.types import Dish, Item, Place
from planning.services.fitting import LEFTOVER_MINUTES
from planning.services.inputs import PlanInputs
from planning.services.trades import Trade

# Less hands-on time than this is no difference that anybody plans by.
QUICKER_MINUTES = 5


def alternative_row(inputs: PlanInputs, items: Sequence[Item], target: Place, trade: Trade) -> dict[str, Any]:
    """A verified trade as an alternative of API and pages."""
    before = next(item for item in items if item.place == target)
    fit, recipes = trade.fit, inputs.catalogue.recipes
    amounts = [round((value or 0) * fit.quarters / 100, 1) for value in fit.dish.per_quarter]
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    was = {item.place: item for item in items}
    also = [item for item in trade.items if item.place != target and item != was[item.place]]
    here = next(item for item in trade.items if item.place == target)
    source = here.leftover_of or target
    cooked = sum(item.quarters for item in trade.items if source in (item.place, item.leftover_of))
    return {
        "recipe_id": fit.dish.key,
        "name": recipes[fit.dish.key].name,
        "servings": fit.quarters / 4,
        "cook_servings": cooked / 4,
        "prep_minutes": recipes[fit.dish.key].hands_on_minutes,
        "nutrients": dict(zip(("energy_kcal", "protein_g", "carbs_g", "fat_g"), amounts, strict=False)),
        "why": _why(inputs.favorites, dishes, before, here),
        "kind": trade.kind,
        "also": [
            {
                "date": item.date,
                "slot": item.slot,
                "index": item.index,
                "recipe_id": item.dish_key,
                "name": recipes[item.dish_key].name,
                "servings": item.quarters / 4,
                "leftover": item.leftover_of is not None,
                "change": _how(was[item.place], item),
            }
            for item in also
        ],
        "change": _change(dishes, items, trade.items, target[0]),
        "deviation": round(fit.deviation, 4),
    }


def _how(was: Item, item: Item) -> str:
    """What happens to a meal that a trade changes beside its own."""
    if item.leftover_of is not None:
        return "leftover"
    if item.dish_key != was.dish_key:
        return "dish"
    return "fresh" if was.leftover_of is not None else "serving"


def _why(favorites: frozenset[str], dishes: Mapping[str, Dish], before: Item, here: Item) -> list[str]:
    """What speaks for a dish beside the one that stands there, the strongest reason first."""
    if here.dish_key == before.dish_key:
        return ["portion"]
    found = []
    dish = dishes[here.dish_key]
    if dish.family in favorites:
        found.append("favorite")
    if dish.stock_use:
        found.append("pantry")
    if before.dish_key in dishes:
        minutes = _minutes(dishes, before) - _minutes(dishes, here)
        if minutes >= QUICKER_MINUTES:
            found.append("quicker")
        elif abs(minutes) < QUICKER_MINUTES:
            found.append("same_time")
    return found


def _minutes(dishes: Mapping[str, Dish], item: Item) -> int:
    """Hands-on minutes of a meal: what is left over is only warmed up."""
    return LEFTOVER_MINUTES if item.leftover_of is not None else dishes[item.dish_key].prep_minutes


def _change(dishes: Mapping[str, Dish], before: Sequence[Item], after: Sequence[Item], day: str) -> dict[str, float]:
    """What the day gains or loses."""

    def total(items: Sequence[Item], nutrient: int) -> float:
        of_day = [item for item in items if item.date == day and item.dish_key in dishes]
        return sum((dishes[item.dish_key].per_quarter[nutrient] or 0) * item.quarters / 100 for item in of_day)

    names = ("energy_kcal", "protein_g", "carbs_g", "fat_g")
    return {name: round(total(after, n) - total(before, n), 1) for n, name in enumerate(names)}
