"""The objective added up a second time, meal by meal, in plain Python: what the solver must agree with."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

from planning.optimizer import Problem, Solved

MEALS = ("lunch", "dinner")
SMALL = ("snack", "pre", "post")


def objective_of(problem: Problem, solved: Solved) -> float:
    """Dish by dish, then day by day, then the week; valid for plans without waivers."""
    dishes = {dish.key: dish for dish in problem.dishes}
    days = {day.date: day for day in problem.days}
    meals = [(item, dishes[item.dish_key]) for item in solved.items]
    eaten = {(kept.date, kept.slot, kept.index) for kept in problem.fixed if kept.reason == "eaten"}
    old = {(one.date, one.slot, one.dish_key) for one in problem.previous}
    total = 0.0
    rates = sorted(
        dish.cost_milli / (dish.per_quarter[0] / 100)
        for dish in problem.dishes
        if dish.cost_milli is not None and dish.per_quarter[0]
    )
    reference = rates[len(rates) // 2] * sum(day.energy_kcal for day in problem.days) if rates else 0.0
    for item, dish in meals:
        minutes = dish.prep_minutes if item.leftover_of is None else 3
        total += 1 - dish.preference + 0.35 * (0 if item.place in eaten else minutes) / 60
        if item.leftover_of is not None and item.leftover_of[0] in days:
            total -= 0.30 if days[item.leftover_of[0]].batch else 0.15
        if old and (item.date, item.slot, item.dish_key) not in old:
            total += 0.6
        if reference:
            total += 6 * (dish.cost_milli or 0) * item.quarters / reference
    for day in problem.days:
        total += _day(day, [meal for meal in meals if meal[0].date == day.date])
    for (one, first), (two, second) in combinations(meals, 2):
        gap = abs(date.fromisoformat(one.date) - date.fromisoformat(two.date)).days
        if gap == 1 and one.slot == two.slot and one.slot in MEALS:
            total += 0.15 * len(marks(first) & marks(second))
    used: dict[str, float] = defaultdict(float)
    for item, dish in meals:
        for food, amount in dish.stock_use:
            used[food] += 0 if item.place in eaten else amount * item.quarters
    for food, amount in problem.stock:
        grams = amount / 100
        total -= 0.3 * min(used[food] / 100, grams) / min(max(grams, 50.0), 250.0)
    return total


def marks(dish):
    return {tag for tag in dish.tags if tag.startswith(("base_", "main_"))}


def _day(day, meals):
    def total(row):
        return sum((dish.per_quarter[row] or 0) * item.quarters for item, dish in meals) / 100

    cost = 0.5 * abs(total(0) / day.energy_kcal - 1) / day.energy_tolerance
    cost += 0.5 * abs(total(2) / day.carbs_g - 1) / day.carbs_tolerance
    cost += 2.0 * max(0.0, total(1) / day.protein_g - 1.25)
    for before in day.before:
        carbs = sum(
            (dish.per_quarter[2] or 0) * item.quarters for item, dish in meals if before.counts(item.slot, item.time)
        )  # fmt: skip
        low, high = 110 * before.carbs_lo + 30, 100 * before.carbs_hi - 30
        cost += 10 * max(0.0, low - carbs, carbs - high) / max(100 * before.carbs_lo, 100)
    slots = defaultdict(set)
    for item, dish in meals:
        if item.slot != "during":
            slots[dish.family].add(item.slot)
    cost += 0.5 * sum(len(where) - 1 for where in slots.values())
    for (one, first), (two, second) in combinations(meals, 2):
        if one.slot in MEALS and two.slot in MEALS:
            cost += 0.3 * len(marks(first) & marks(second))
        if one.slot in SMALL and two.slot in SMALL and len(first.ingredient_ids) == len(second.ingredient_ids) == 1:
            cost += 0.3 * len(first.ingredient_ids & second.ingredient_ids)
    return cost
