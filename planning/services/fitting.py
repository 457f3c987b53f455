"""Which dishes, at which servings, fit one place of a plan with the rest of the day as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planning.optimizer.servings import quarters_range
from planning.optimizer.types import DayNeed, Dish, Item, Place, SlotNeed
from planning.services.inputs import PlanInputs

KCAL, PROTEIN, CARBS, FAT = range(4)
# Stay a hair inside the tolerance: hundredths in quarter servings are rounded, the checker's floats are not.
MARGIN = 0.001
LEFTOVER_MINUTES = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """One dish in one place with the serving that suits the day best; `deviation` is relative, 0 is on target."""

    dish: Dish
    quarters: int
    deviation: float


def find_portions(
    inputs: PlanInputs,
    items: Sequence[Item],
    target: Place,
    before: Item,
    quarters: int | None = None,
) -> list[Fit]:
    """The same dish in other servings that keep the day's hard rows, the nearest first."""
    dish = next((dish for dish in inputs.problem.dishes if dish.key == before.dish_key and dish.slots), None)
    if dish is None or before.leftover_of is not None:
        return []
    wanted = [quarters] if quarters is not None else range(dish.min_quarters, dish.max_quarters + 1)
    found = []
    for count in wanted:
        one = replace(dish, min_quarters=count, max_quarters=count)
        if (
            count == before.quarters
            or count % dish.step_quarters
            or not dish.min_quarters <= count <= dish.max_quarters
        ):
            continue
        found += find_fits(inputs, items, target, replace(before, dish_key=""), only=one)
    return sorted(found, key=lambda fit: (abs(fit.quarters - before.quarters), fit.quarters))


def find_fits(
    inputs: PlanInputs,
    items: Sequence[Item],
    target: Place,
    before: Item,
    quarters: int | None = None,
    *,
    only: Dish | None = None,
    leftover: bool = False,
) -> list[Fit]:
    """Every dish, or the `only` one, that can take the place with all of the day's hard rows kept, best first.

    `quarters` asks for exactly this serving; `leftover` for what is warmed up there, cooked the evening before.
    """
    need = next((day for day in inputs.problem.days if day.date == target[0]), None)
    slot = next((s for s in need.slots if (s.slot, s.index) == target[1:]), None) if need else None
    if need is None or slot is None:
        return []
    dishes = {dish.key: dish for dish in inputs.problem.dishes}
    others = [item for item in items if item.place != target]
    sums = [0.0] * 4
    minutes = 0.0
    for item in others:
        dish = dishes.get(item.dish_key)
        if item.date != target[0]:
            continue
        if dish is None:
            return []
        for nutrient in range(4):
            sums[nutrient] += (dish.per_quarter[nutrient] or 0) * item.quarters / 100
        minutes += LEFTOVER_MINUTES if item.leftover_of else dish.prep_minutes
    blocked = _blocked_families(inputs, others, target, dishes)
    fits = []
    for dish in inputs.problem.dishes if only is None else (only,):
        if dish.key == before.dish_key or dish.family in blocked:
            continue
        if not (dish.batchable and "dinner" in dish.slots if leftover else target[1] in dish.slots):
            continue
        work = LEFTOVER_MINUTES if leftover else dish.prep_minutes
        if need.prep_minutes is not None and minutes + work > need.prep_minutes:
            continue
        best = _best_serving(dish, need, slot, sums, quarters)
        if best is not None:
            fits.append(best)
    fits.sort(key=lambda fit: (round(fit.deviation - 0.2 * fit.dish.preference, 6), fit.dish.key))
    return fits


def one_of_each_family(fits: Sequence[Fit]) -> list[Fit]:
    best: dict[str, Fit] = {}
    for fit in fits:
        best.setdefault(fit.dish.family, fit)
    return list(best.values())


def _blocked_families(inputs: PlanInputs, others: Sequence[Item], target: Place, dishes: dict[str, Dish]) -> set[str]:
    """Families that variety rules keep out of this place."""
    first = inputs.days[0].date
    day = date.fromisoformat(target[0])
    week = (day - first).days // 7
    family = {item.place: dishes[item.dish_key].family for item in others if item.dish_key in dishes}
    counts: Counter[str] = Counter()
    blocked: set[str] = set()
    for item in others:
        if item.place not in family:
            continue
        if (date.fromisoformat(item.date) - first).days // 7 == week and item.slot != "during":
            counts[family[item.place]] += 1
        if item.date == target[0] and item.slot == target[1]:
            blocked.add(family[item.place])
        near = abs((date.fromisoformat(item.date) - day).days) == 1
        if near and item.slot == "dinner" == target[1]:
            blocked.add(family[item.place])
    if target[1] != "during":
        blocked |= {name for name, count in counts.items() if count >= inputs.problem.rules.max_repeats_per_week}
    return blocked


def _best_serving(
    dish: Dish, need: DayNeed, slot: SlotNeed, sums: Sequence[float], exactly: int | None = None
) -> Fit | None:
    best: Fit | None = None
    low, high = quarters_range(dish, slot)
    step = dish.step_quarters
    for quarters in range(low, high + 1, step) if exactly is None else [q for q in (exactly,) if low <= q <= high]:
        amounts = [(dish.per_quarter[n] or 0) * quarters / 100 for n in range(4)]
        if not _within(slot.energy_lo, amounts[KCAL], slot.energy_hi):
            continue
        if not _within(slot.carbs_lo, amounts[CARBS], slot.carbs_hi):
            continue
        totals = [sums[n] + amounts[n] for n in range(4)]
        energy_off = abs(totals[KCAL] - need.energy_kcal) / need.energy_kcal
        carbs_off = abs(totals[CARBS] - need.carbs_g) / need.carbs_g
        enough = need.protein_g * (1 + MARGIN) <= totals[PROTEIN] <= need.protein_g * need.protein_cap_factor
        fat_enough = totals[FAT] * 9 >= need.fat_floor_fraction * totals[KCAL] * (1 + MARGIN)
        if energy_off > need.energy_tolerance - MARGIN or carbs_off > need.carbs_tolerance - MARGIN:
            continue
        if not enough or not fat_enough:
            continue
        if need.fat_most_g is not None and totals[FAT] > need.fat_most_g * (1 - MARGIN):
            continue
        deviation = energy_off / need.energy_tolerance + carbs_off / need.carbs_tolerance
        if best is None or deviation < best.deviation:
            best = Fit(dish, quarters, deviation)
    return best


def _within(low: float | None, value: float, high: float | None) -> bool:
    return low is None or high is None or low <= value <= high
