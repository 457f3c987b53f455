"""The planning problem read once more from its definition, for models and checks that share nothing with the engine."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as calendar_date
from typing import Any

OBJECTIVE_VERSION = "3"
SLOT_ORDER = ("breakfast", "lunch", "dinner", "snack", "pre", "during", "post")

PREP_WEIGHT = 0.35
LEFTOVER_CREDIT, BATCH_CREDIT = 0.15, 0.30
CHANGE_WEIGHT, COST_WEIGHT, DEVIATION_WEIGHT = 0.6, 6.0, 0.5
PROTEIN_FREE_SHARE, PROTEIN_WEIGHT = 1.25, 2.0
SAME_FAMILY = 0.5
LIKE_MEALS, LIKE_NEXT_DAY, LIKE_SNACKS = 0.30, 0.15, 0.30
STOCK_WEIGHT, STOCK_PORTION_G = 0.3, (50.0, 250.0)
BEFORE_WEIGHT, BEFORE_AIM = 10.0, 1.1
LEFTOVER_MINUTES = 3
EATEN_AGAIN, EATEN_AGAIN_BATCH = 1, 3
MARGIN, FAT_MARGIN, WINDOW_MARGIN = 30.0, 250.0, 0.2


@dataclass(frozen=True)
class Option:
    """One way to fill a meal: a dish, fresh or as the leftover of the dinner of an earlier day (`source`)."""

    group: int
    dish: int
    source: int | None
    low: int
    high: int
    step: int
    minutes: int
    fixed_cost: float
    counted: bool
    from_stock: bool


@dataclass(frozen=True)
class Meals:
    """Interchangeable meals of one day."""

    day: int
    slot: str
    needs: tuple[Any, ...]
    kept: Any | None


class Reading:
    """A problem as groups of meals and options; `loose` reads every window a rounding wider instead of narrower."""

    def __init__(self, problem: Any, *, loose: bool = False) -> None:
        self.problem, self.loose = problem, loose
        self.days = sorted(problem.days, key=lambda day: day.date)
        self.dishes = sorted(problem.dishes, key=lambda dish: dish.key)
        self.number = {dish.key: place for place, dish in enumerate(self.dishes)}
        self.ordinals = [calendar_date.fromisoformat(day.date).toordinal() for day in self.days]
        self.kept = {(meal.date, meal.slot, meal.index): meal for meal in problem.fixed}
        self.must_cook = {
            meal.leftover_of: meal.dish_key
            for meal in problem.fixed
            if meal.leftover_of is not None and meal.leftover_of not in self.kept
        }
        self.before = {(meal.date, meal.slot, meal.dish_key) for meal in problem.previous}
        self.groups: list[Meals] = []
        self.options: list[Option] = []
        for place, day in enumerate(self.days):
            self._read_day(place, day)

    @property
    def price_per_milli(self) -> float:
        """What a thousandth of the currency costs in the objective: six points for the usual price of the energy."""
        rates = sorted(
            dish.cost_milli * 100.0 / dish.per_quarter[0]
            for dish in self.problem.dishes
            if dish.cost_milli is not None and dish.per_quarter[0]
        )
        usual = rates[len(rates) // 2] if rates else 0.0
        week = usual * sum(day.energy_kcal for day in self.days)
        return COST_WEIGHT / week if week else 0.0

    def week(self, day: int) -> int:
        return (self.ordinals[day] - self.ordinals[0]) // 7

    def whole_weeks(self) -> int:
        return (self.ordinals[-1] - self.ordinals[0] + 1) // 7

    def _read_day(self, place: int, day: Any) -> None:
        alike: dict[tuple[Any, ...], list[Any]] = {}
        for need in sorted(day.slots, key=lambda one: (SLOT_ORDER.index(one.slot), one.index)):
            at = (day.date, need.slot, need.index)
            own = need.index if at in self.kept or at in self.must_cook else None
            window = (need.slot, need.energy_lo, need.energy_hi, need.carbs_lo, need.carbs_hi)
            ahead = tuple(is_before(wanted, need) for wanted in day.before)
            alike.setdefault((*window, need.fiber_hi, need.fat_hi, ahead, own), []).append(need)
        for needs in alike.values():
            at = (day.date, needs[0].slot, needs[0].index)
            self.groups.append(Meals(place, needs[0].slot, tuple(needs), self.kept.get(at)))
            self._read_options(len(self.groups) - 1, day)

    def _read_options(self, group: int, day: Any) -> None:
        meals = self.groups[group]
        need = meals.needs[0]
        if meals.kept is not None:
            self._keep(group, day, meals.kept)
            return
        only = self.must_cook.get((day.date, need.slot, need.index))
        for dish in self.dishes:
            if need.slot in dish.slots and only in (None, dish.key):
                self._offer(group, day, dish, None)
        if only is None and self.problem.rules.leftovers and need.slot in ("lunch", "dinner"):
            for source in range(meals.day):
                for dish in self.dishes:
                    if self._keeps(dish, need.slot, source, meals.day):
                        self._offer(group, day, dish, source)

    def _keeps(self, dish: Any, slot: str, source: int, day: int) -> bool:
        cook, gap = self.days[source], self.ordinals[day] - self.ordinals[source]
        if not dish.batchable or "dinner" not in dish.slots or gap > dish.keeps_days:
            return False
        if not any(need.slot == "dinner" for need in cook.slots):
            return False
        return cook.batch or gap == (1 if slot == "lunch" else 2)

    def _offer(self, group: int, day: Any, dish: Any, source: int | None) -> None:
        meals = self.groups[group]
        minutes = dish.prep_minutes if source is None else LEFTOVER_MINUTES
        low, high = servings(dish, meals.needs[0], loose=self.loose)
        if low > high or (day.prep_minutes is not None and minutes > day.prep_minutes):
            return
        self._add(group, dish, source, low, high, minutes, eaten=False)

    def _keep(self, group: int, day: Any, kept: Any) -> None:
        source = None
        if kept.leftover_of is not None:
            cook = self.kept.get(kept.leftover_of)
            dates = [one.date for one in self.days]
            if kept.leftover_of[0] in dates and (cook is None or cook.dish_key == kept.dish_key):
                source = dates.index(kept.leftover_of[0])
        dish = self.dishes[self.number[kept.dish_key]]
        minutes = dish.prep_minutes if kept.leftover_of is None else LEFTOVER_MINUTES
        eaten = kept.reason == "eaten"
        self._add(group, dish, source, kept.quarters, kept.quarters, 0 if eaten else minutes, eaten=eaten)

    def _add(
        self, group: int, dish: Any, source: int | None, low: int, high: int, minutes: int, *, eaten: bool
    ) -> None:
        meals = self.groups[group]
        batch = source is not None and self.days[source].batch
        cost = 1.0 - dish.preference + PREP_WEIGHT * minutes / 60.0
        if source is not None:
            cost -= BATCH_CREDIT if batch else LEFTOVER_CREDIT
        if self.before and (self.days[meals.day].date, meals.slot, dish.key) not in self.before:
            cost += CHANGE_WEIGHT
        step = 1 if low == high else dish.step_quarters
        self.options.append(
            Option(
                group,
                self.number[dish.key],
                source,
                low,
                high,
                step,
                minutes,
                cost,
                counted=meals.slot != "during" and not batch,
                from_stock=not eaten,
            )
        )


def servings(dish: Any, need: Any, *, loose: bool = False) -> tuple[int, int]:
    """Fewest and most quarters of a dish that fit a meal, in the dish's steps; low above high when none do."""
    low, high = dish.min_quarters, dish.max_quarters
    for amount, floor, cap in (
        (dish.per_quarter[0] or 0, need.energy_lo, need.energy_hi),
        (dish.per_quarter[2] or 0, need.carbs_lo, need.carbs_hi),
    ):
        if floor is None or cap is None:
            continue
        room = -WINDOW_MARGIN if loose else min(WINDOW_MARGIN, (cap - floor) / 4)
        least, most = (floor + room if floor > 0 else floor), cap - room
        if not amount:
            if least > 0:
                return 1, 0
            continue
        low, high = max(low, math.ceil(100 * least / amount - 1e-9)), min(high, math.floor(100 * most / amount + 1e-9))
    for amount, cap in ((dish.per_quarter[4], need.fiber_hi), (dish.per_quarter[3], need.fat_hi)):
        if cap is None:
            continue
        if amount is None:
            return 1, 0
        if amount:
            room = -WINDOW_MARGIN if loose else min(WINDOW_MARGIN, cap / 4)
            high = min(high, math.floor(100 * (cap - room) / amount + 1e-9))
    step = dish.step_quarters
    return math.ceil(low / step) * step, high // step * step


def starches_and_proteins(dish: Any) -> frozenset[str]:
    return frozenset(tag for tag in dish.tags if tag.startswith(("base_", "main_")))


def single_food(dish: Any) -> frozenset[str]:
    return dish.ingredient_ids if len(dish.ingredient_ids) == 1 else frozenset()


def stock_worth(problem: Any) -> dict[str, tuple[float, float]]:
    """By stocked food that some dish uses: (hundredths of a gram at home, points for using all of it)."""
    used = {food for dish in problem.dishes for food, amount in dish.stock_use if amount > 0}
    worth = {}
    for food, amount in problem.stock:
        if amount > 0 and food in used:
            grams = amount / 100.0
            portion = min(max(grams, STOCK_PORTION_G[0]), STOCK_PORTION_G[1])
            worth[food] = (float(amount), STOCK_WEIGHT * grams / portion)
    return worth


def objective_of(problem: Any, items: Iterable[Any]) -> float:
    """The objective of a finished plan, counted meal by meal; waived fiber and sodium limits are not priced here."""
    reading = Reading(problem)
    dishes = {dish.key: dish for dish in problem.dishes}
    place = {day.date: number for number, day in enumerate(reading.days)}
    total, worth = 0.0, stock_worth(problem)
    used = dict.fromkeys(worth, 0.0)
    by_day: dict[int, list[tuple[Any, Any]]] = {number: [] for number in place.values()}
    price = reading.price_per_milli
    for item in items:
        dish, kept = dishes[item.dish_key], reading.kept.get((item.date, item.slot, item.index))
        again = item.leftover_of is not None
        minutes = LEFTOVER_MINUTES if again else dish.prep_minutes
        eaten = kept is not None and kept.reason == "eaten"
        total += 1.0 - dish.preference + PREP_WEIGHT * (0 if eaten else minutes) / 60.0
        if again and item.leftover_of[0] in place:
            total -= BATCH_CREDIT if reading.days[place[item.leftover_of[0]]].batch else LEFTOVER_CREDIT
        if reading.before and (item.date, item.slot, item.dish_key) not in reading.before:
            total += CHANGE_WEIGHT
        total += price * (dish.cost_milli or 0) * item.quarters
        for food, amount in dish.stock_use:
            if food in used and not eaten:
                used[food] += amount * item.quarters / worth[food][0]
        by_day[place[item.date]].append((item, dish))
    total -= sum(points * min(1.0, used[food]) for food, (_, points) in worth.items())
    for number, meals in by_day.items():
        total += _of_day(reading.days[number], meals)
        if number + 1 in by_day and reading.ordinals[number + 1] == reading.ordinals[number] + 1:
            for one, dish in meals:
                for two, other in by_day[number + 1]:
                    if one.slot == two.slot and one.slot in ("lunch", "dinner"):
                        total += LIKE_NEXT_DAY * len(starches_and_proteins(dish) & starches_and_proteins(other))
    return total


def is_before(wanted: Any, meal: Any) -> bool:
    """Whether a meal is one of those before a session; food during another one is none."""
    hours, minutes = meal.time.split(":")
    return meal.slot != "during" and 60 * int(hours) + int(minutes) in range(wanted.from_minute, wanted.start_minute)


def before_bounds(wanted: Any) -> tuple[float, float]:
    """Hundredths of a gram that the meals before a session should lie between."""
    low = min(100.0 * BEFORE_AIM * wanted.carbs_lo + MARGIN, 100.0 * wanted.carbs_hi)
    return low, max(100.0 * wanted.carbs_hi - MARGIN, low)


def _before_sessions(day: Any, meals: list[tuple[Any, Any]]) -> float:
    total = 0.0
    for wanted in day.before:
        low, high = before_bounds(wanted)
        carbs = sum((dish.per_quarter[2] or 0) * one.quarters for one, dish in meals if is_before(wanted, one))
        total += BEFORE_WEIGHT * max(0.0, low - carbs, carbs - high) / max(100.0 * wanted.carbs_lo, 100.0)
    return total


def _of_day(day: Any, meals: list[tuple[Any, Any]]) -> float:
    def share(row: int, target: float) -> float:
        return sum((dish.per_quarter[row] or 0) * item.quarters for item, dish in meals) / (100.0 * target)

    total = DEVIATION_WEIGHT * abs(share(0, day.energy_kcal) - 1) / day.energy_tolerance
    total += DEVIATION_WEIGHT * abs(share(2, day.carbs_g) - 1) / day.carbs_tolerance
    total += PROTEIN_WEIGHT * max(0.0, share(1, day.protein_g) - PROTEIN_FREE_SHARE)
    total += _before_sessions(day, meals)
    table = [(item.slot, dish.family) for item, dish in meals if item.slot != "during"]
    total += SAME_FAMILY * (len(set(table)) - len({family for _, family in table}))
    for number, (one, dish) in enumerate(meals):
        for two, other in meals[number + 1 :]:
            if one.slot in ("lunch", "dinner") and two.slot in ("lunch", "dinner"):
                total += LIKE_MEALS * len(starches_and_proteins(dish) & starches_and_proteins(other))
            if one.slot in ("snack", "pre", "post") and two.slot in ("snack", "pre", "post"):
                total += LIKE_SNACKS * len(single_food(dish) & single_food(other))
    return total
