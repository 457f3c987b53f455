"""Problems small enough to be solved by hand."""

from __future__ import annotations

from datetime import date, timedelta

from planning.checker import CheckFood, CheckItem, CheckLock, CheckRecipe, WeekRules, check_plan
from planning.optimizer import DayNeed, Dish, Problem, SlotNeed, solve
from tests.planning.optimizer.generator import check_days

MONDAY = date(2026, 3, 2)


def on(number):
    """ISO date of the day `number` days after Monday."""
    return (MONDAY + timedelta(days=number)).isoformat()


def dish(key, slots="lunch", *, protein=5.0, fiber=3.0, fat=4.0, **fields):
    """A quarter serving: 100 kcal, 11 g carbohydrate, and what is said."""
    amounts = (100.0, protein, 11.0, fat, fiber, 50.0)
    return Dish(
        key=key,
        family=fields.pop("family", key),
        name=key,
        slots=frozenset(slots.split()),
        per_quarter=tuple(None if one is None else round(100 * one) for one in amounts),
        min_quarters=fields.pop("min_quarters", 1),
        max_quarters=fields.pop("max_quarters", 12),
        tags=frozenset(fields.pop("tags", ())),
        **fields,
    )


def day(number, quarters, slots="lunch", *, protein_g=None, **fields):
    """A day that asks for exactly so many quarters of 100 kcal in all; every slot takes 1 to 12 quarters."""
    limits = {name: fields.pop(name) for name in ("fiber_hi", "fat_hi") if name in fields}
    needs = tuple(
        SlotNeed(name, slots.split()[:place].count(name), "12:00", 90.0, 1210.0, **limits)
        for place, name in enumerate(slots.split())
    )
    return DayNeed(on(number), 100.0 * quarters, 11.0 * quarters, protein_g or 4.0 * quarters, needs, **fields)


def served(problem):
    """(dish, quarters) by place, of a problem that has a plan."""
    return {item.place: (item.dish_key, item.quarters) for item in solve(problem).items}


def check_small(problem, solved):
    """The independent verdict: each dish is one food, a hundred grams of it a quarter serving."""
    foods, recipes = {}, {}
    for one in problem.dishes:
        amounts = [None if amount is None else amount / 100 for amount in one.per_quarter]
        foods[one.key] = CheckFood(one.key, *amounts)
        recipes[one.key] = CheckRecipe(
            one.key,
            one.slots,
            ((one.key, 400.0),),
            one.family,
            min_quarters=one.min_quarters,
            max_quarters=one.max_quarters,
            step_quarters=one.step_quarters,
            prep_minutes=one.prep_minutes,
            batchable=one.batchable,
            keeps_days=one.keeps_days,
        )
    items = [CheckItem(i.date, i.slot, i.index, i.dish_key, i.quarters / 4, i.leftover_of) for i in solved.items]
    locks = [CheckLock(k.date, k.slot, k.index, k.dish_key, k.quarters / 4, k.reason) for k in problem.fixed]
    rules = WeekRules(
        max_repeats_per_week=problem.rules.max_repeats_per_week, adjacent_dinner=problem.rules.adjacent_dinner
    )
    return check_plan(days=check_days(problem), items=items, foods=foods, recipes=recipes, rules=rules, locks=locks)


def make(days, dishes, **fields):
    return Problem(tuple(days), tuple(dishes), seed=1, **fields)
