"""The certificate of a plan: every requirement measured again from foods and grams by the independent checker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from athletes.models import Athlete
from planning import mapping
from planning.checker import (
    CheckBefore,
    CheckDay,
    CheckFood,
    CheckItem,
    CheckLock,
    CheckRecipe,
    CheckSlot,
    Filters,
    Row,
    Violation,
    WeekRules,
    check_plan,
)
from planning.models import Food, PlanItem, Recipe
from planning.optimizer.types import DayNeed, Fixed, Item, Place, Problem, Solved, Waiver
from planning.optimizer.words import say_before
from planning.services.choice import Catalogue, Line, is_disliked, largest_serving, why_not
from planning.services.coaching_limits import unwanted
from planning.services.inputs import PlanInputs
from planning.services.rules import wishes_document
from planning.services.stored import place_of
from planning.wording import BEFORE_ROW

# Origin tags that a diet forbids, written here a second time on purpose: the check must not trust the filter.
FORBIDDEN_TAGS = {
    "vegetarian": {"meat", "poultry", "red_meat", "pork", "fish", "shellfish", "gelatin", "lard", "blood"},
    "vegan": {"meat", "poultry", "red_meat", "pork", "fish", "shellfish", "gelatin", "lard", "blood"}
    | {"dairy", "egg", "honey", "animal_rennet"},
    "pescatarian": {"meat", "poultry", "red_meat", "pork", "gelatin", "lard", "blood"},
    "halal": {"pork", "alcohol", "blood", "lard", "gelatin"},
    "kosher": {"pork", "rabbit", "shellfish", "blood", "lard", "non_kosher_fish"},
}
_MEASURED = tuple(field.name for field in fields(Row))
FREE_OF = {"gluten-free": {"gluten", "wheat"}, "dairy-free": {"milk"}, "nut-free": {"peanuts", "tree_nuts"}}


def certify(inputs: PlanInputs, solved: Solved) -> dict[str, Any]:
    """The certificate of a fresh solution: `{ok, rows, violations, waived, left_out, closed, wishes, adjacent_dinner}`.

    `left_out` are the skipped meals that it does not count, `closed` the days that are lived and kept as they were,
    `wishes` the rules, time and budget the plan was made for.
    """
    waived = frozenset((waiver.kind, waiver.date) for waiver in solved.relaxed)
    out = {place_of(item) for item in inputs.left_out}
    certificate = certify_items(
        athlete=inputs.athlete,
        catalogue=inputs.catalogue,
        days=_counted(inputs.measured, out),
        problem=inputs.problem,
        items=[item for item in solved.items if item.place not in out],
        waived=waived,
        closed=inputs.closed,
    )
    return {
        **certificate,
        "left_out": sorted(list(place) for place in out),
        "closed": sorted(inputs.closed),
        "wishes": wishes_document(inputs.athlete, inputs.rules, first=inputs.days[0].date, last=inputs.days[-1].date),
        "adjacent_dinner": inputs.problem.rules.adjacent_dinner,
    }


def certify_items(
    *,
    athlete: Athlete,
    catalogue: Catalogue,
    days: Sequence[DayNeed],
    problem: Problem,
    items: Sequence[Item],
    waived: frozenset[tuple[str, str]] = frozenset(),
    closed: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Checks any set of meals against the days' needs and the athlete's filters.

    `closed` days are lived: they are measured, but nothing of them is a fault of the plan.
    """
    places = {item.place for item in items}
    used = {item.dish_key for item in items}
    lines = {pk: catalogue.lines[pk] for pk in used if pk in catalogue.lines}
    food_ids = {line.food_id for rows in lines.values() for line in rows}
    eaten = {(fixed.date, fixed.slot, fixed.dish_key) for fixed in problem.fixed if fixed.reason == "eaten"}
    result = check_plan(
        days=[_day(need) for need in days],
        items=[
            CheckItem(
                date=item.date,
                slot=item.slot,
                index=item.index,
                recipe_id=item.dish_key,
                servings=item.quarters / 4,
                leftover_of=item.leftover_of,
            )
            for item in items
        ],
        foods={pk: _food(catalogue, pk) for pk in food_ids},
        recipes={pk: _recipe(catalogue, pk) for pk in lines},
        filters=_filters(athlete),
        rules=WeekRules(
            max_repeats_per_week=problem.rules.max_repeats_per_week,
            weekly_max=dict(problem.rules.weekly_max),
            weekly_min=dict(problem.rules.weekly_min),
            adjacent_dinner=problem.rules.adjacent_dinner,
            budget_milli=problem.budget_milli,
            waived=waived,
        ),
        locks=[_lock(fixed) for fixed in problem.fixed if (fixed.date, fixed.slot, fixed.index) in places],
    )
    violations = [asdict(f) for f in result.violations if not _is_fact(f, eaten) and f.date not in closed]
    open_items = (item for item in items if _at(item) not in eaten and item.date not in closed)
    violations += _refused(athlete, catalogue, open_items)
    return mapping.plain(
        {
            "ok": not violations,
            # `asdict` copies as if there were more within; that took a third of each proof.
            "rows": [{name: getattr(row, name) for name in _MEASURED} for row in result.rows],
            "violations": violations,
            "waived": sorted([kind, day] for kind, day in waived),
        }
    )


def before_waivers(certificate: Mapping[str, Any]) -> list[Waiver]:
    """What the meals before sessions lack by a certificate, as the solver tells it of a plan of its own."""
    found = []
    for row in certificate["rows"]:
        if row["ok"] or not row["name"].startswith(BEFORE_ROW):
            continue
        clock = row["name"].removeprefix(BEFORE_ROW)
        value, low, high = row["value"], row["low"], row["high"]
        ends = {"low": low} if value < low else {"high": high}
        words = say_before(row["day"], int(clock[:2]) * 60 + int(clock[2:]), value, **ends)
        found.append(Waiver("before", row["day"], value, low, high, words))
    return found


def _counted(days: Sequence[DayNeed], out: set[Place]) -> list[DayNeed]:
    """The days without the meals that were left out."""
    return [
        replace(day, slots=tuple(slot for slot in day.slots if (day.date, slot.slot, slot.index) not in out))
        for day in days
    ]


def _at(item: Item) -> tuple[str, str, str]:
    return item.date, item.slot, item.dish_key


def _is_fact(found: Violation, eaten: set[tuple[str, str, str]]) -> bool:
    """What was eaten before an allergy was entered is a fact about the past, not a fault of the plan."""
    if found.code not in ("allergen", "diet", "excluded_food"):
        return False
    return any(found.date == day and found.slot == slot and dish in found.message for day, slot, dish in eaten)


def as_items(rows: Iterable[PlanItem]) -> list[Item]:
    """Stored meals as the optimizer's items."""
    return [
        Item(
            date=row.date.isoformat(),
            slot=row.slot,
            index=row.index,
            time=row.time,
            dish_key=row.recipe_id,
            quarters=row.quarters,
            leftover_of=(row.leftover_of[0], row.leftover_of[1], int(row.leftover_of[2])) if row.leftover_of else None,
        )
        for row in rows
    ]


def _refused(athlete: Athlete, catalogue: Catalogue, items: Iterable[Item]) -> list[dict[str, Any]]:
    """Dish-level diets (kosher, low-FODMAP) and dislikes, which no single food decides."""
    found = []
    for item in items:
        recipe = catalogue.recipes.get(item.dish_key)
        reasons = why_not(recipe, athlete) if recipe else []
        day = date.fromisoformat(item.date)
        if recipe and is_disliked(catalogue.named(recipe.pk), unwanted(athlete, day, day)):
            reasons = [*reasons, "disliked"]
        if recipe and item.quarters > max(largest_serving(recipe, athlete, catalogue), 0):
            reasons = [*reasons, "the portion is too large for the diet"]
        if reasons:
            found.append({"code": "refused", "date": item.date, "slot": item.slot, "message": "; ".join(reasons)})
    return found


def _filters(athlete: Athlete) -> Filters:
    diets = set(athlete.dietary_preferences)
    free_of = set(athlete.allergies).union(*(FREE_OF.get(diet, set()) for diet in diets))
    tags = set().union(*(FORBIDDEN_TAGS.get(diet, set()) for diet in diets))
    return Filters(allergies=frozenset(free_of), excluded_tags=frozenset(tags))


def _day(need: DayNeed) -> CheckDay:
    return CheckDay(
        date=need.date,
        energy_kcal=need.energy_kcal,
        carbs_g=need.carbs_g,
        protein_g=need.protein_g,
        slots=tuple(
            CheckSlot(
                slot=slot.slot,
                index=slot.index,
                time=slot.time,
                energy_kcal=None
                if slot.energy_lo is None or slot.energy_hi is None
                else (slot.energy_lo, slot.energy_hi),
                carbs_g=None if slot.carbs_lo is None or slot.carbs_hi is None else (slot.carbs_lo, slot.carbs_hi),
                fiber_hi_g=slot.fiber_hi,
                fat_hi_g=slot.fat_hi,
            )
            for slot in need.slots
        ),
        fat_floor_fraction=need.fat_floor_fraction,
        fiber_g=(need.fiber_lo, need.fiber_hi),
        sodium_mg=(need.sodium_lo, need.sodium_hi),
        prep_minutes=need.prep_minutes,
        batch=need.batch,
        energy_tolerance=need.energy_tolerance,
        carbs_tolerance=need.carbs_tolerance,
        protein_cap_factor=need.protein_cap_factor,
        fat_most_g=need.fat_most_g,
        before=tuple(
            CheckBefore(one.from_minute, one.start_minute, (one.carbs_lo, one.carbs_hi)) for one in need.before
        ),
    )


def _window(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _food(catalogue: Catalogue, pk: str) -> CheckFood:
    """A food as the checker sees it, kept in memory with its catalogue: a page proves ten plans of the same foods."""
    known: dict[str, CheckFood] = catalogue.memory.check_foods
    if pk not in known:
        known[pk] = _checked_food(catalogue.foods[pk])
    return known[pk]


def _checked_food(food: Food) -> CheckFood:
    return CheckFood(
        id=food.pk,
        energy_kcal=food.energy_kcal,
        protein_g=food.protein_g,
        carbs_g=food.carbs_g,
        fat_g=food.fat_g,
        fiber_g=food.fiber_g,
        sodium_mg=food.sodium_mg,
        allergens=food.allergens,
        tags=frozenset(food.tags),
    )


def _recipe(catalogue: Catalogue, pk: str) -> CheckRecipe:
    """A dish as the checker sees it, kept in memory with its catalogue."""
    known: dict[str, CheckRecipe] = catalogue.memory.check_recipes
    if pk not in known:
        known[pk] = _checked_recipe(catalogue.recipes[pk], catalogue.lines[pk])
    return known[pk]


def _checked_recipe(recipe: Recipe, lines: Sequence[Line]) -> CheckRecipe:
    return CheckRecipe(
        id=recipe.pk,
        slots=frozenset(recipe.slots),
        ingredients=tuple((line.food_id, line.grams_per_serving) for line in lines),
        family=recipe.family,
        min_quarters=recipe.min_quarters,
        max_quarters=recipe.max_quarters,
        prep_minutes=recipe.hands_on_minutes,
        batchable=recipe.batchable,
        step_quarters=recipe.step_quarters,
        keeps_days=mapping.keeps_days(recipe),
        cost_milli_per_serving=None if recipe.cost_minor is None else recipe.cost_minor * 10,
    )


def _lock(fixed: Fixed) -> CheckLock:
    return CheckLock(
        date=fixed.date,
        slot=fixed.slot,
        index=fixed.index,
        recipe_id=fixed.dish_key,
        servings=fixed.quarters / 4,
        reason=fixed.reason,
    )
