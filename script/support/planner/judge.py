"""What the soak asks of every answer, decided apart from the code that gave it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from planning.optimizer import Infeasible, Problem, Solved, apply_relaxation, solve
from planning.optimizer.scopes import Withheld, day_scope, with_only
from planning.optimizer.types import Conflict, Relaxation
from planning.services.proof import certify_items
from script.support.planner.model import least_miss
from script.support.planner.reading import Reading

FOOD_KINDS = ("diet", "allergy", "dislike")
# What one day asks for; a conflict of nothing else is about that day, whatever the others cannot do.
DAILY = ("energy", "carbs", "protein", "protein_cap", "fat", "prep", "fixed", "repeats", "weekly_max")
ROUNDING = 1e-6
SECONDS = 90.0

# Food groups of the table of origin, and names, that no dish of a diet may hold. Tags and allergen words are not asked:
# what a tag rule lets through by mistake must not pass here too.
FLESH_GROUPS = ("beef products", "pork products", "poultry products", "lamb, veal", "sausages and luncheon")
SEA_GROUPS = ("finfish and shellfish",)
FLESH = r"\b(beef|pork|chicken|turkey|lamb|veal|ham|bacon|sausages?|salami|gelatin|lard|broth, chicken|broth, beef)\b"
SEA = r"\b(salmon|tuna|cod|shrimp|prawns?|mackerel|trout|sardines?|anchov\w+|squid|mussels?|crab|haddock|hake|carp)\b"
PIG = r"\b(pork|bacon|ham|prosciutto|lard|salami)\b"
SHELL = r"\b(shrimp|prawns?|mussels?|squid|crab|lobster|clams?|oysters?)\b"
DRINK = r"\b(wine|beer|rum|brandy|vodka|liqueur)\b(?! vinegar)"
ANIMAL = r"\b(honey|eggs?|butter|cheese|yogh?urt|kefir|cream|whey|milk|mayonnaise)\b"
PLANT_WORDS = (
    "vegan",
    "plant",
    "soy",
    "soymilk",
    "coconut",
    "almond",
    "oat",
    "rice milk",
    "rice drink",
    "peanut butter",
)
PLANT_WORDS += (
    "peanut butter",
    "nut butter",
    "tofu",
    "vinegar",
    "cocoa butter",
    "tahini",
    "cashew",
    "seed butter",
    "meatless",
)
PLANT_WORDS += (
    "bean",
    "eggplant",
    "lettuce",
    "pea protein",
    "butternut",
    "milk-free",
    "lima",
    "vegetarian",
    "cream of tartar",
    "cream of rice",
)
FREE_OF = {"gluten-free": ("gluten", "wheat"), "dairy-free": ("milk",), "nut-free": ("peanuts", "tree_nuts")}


def excluded_foods(athlete: Any, catalogue: Any, items: Sequence[Any]) -> list[str]:
    """Every food of these meals that the athlete must not or does not want to get, in words for the log."""
    found = []
    diets = set(athlete.dietary_preferences)
    free_of = set(athlete.allergies).union(*(FREE_OF.get(diet, ()) for diet in diets))
    if "gluten" in free_of:
        free_of.add("wheat")
    for item in items:
        recipe = catalogue.recipes[item.dish_key]
        foods = [catalogue.foods[line.food_id] for line in catalogue.lines[item.dish_key]]
        if not foods:
            found.append(f"{recipe.name}: nobody knows what is in it")
        for food in foods:
            risky = sorted(name for name in free_of if food.allergens.get(name, "unknown") != "free")
            found += [f"{recipe.name}: {food.name} has {name} {food.allergens.get(name)}" for name in risky]
            found += [f"{recipe.name}: {food.name} is not {diet}" for diet in sorted(diets) if breaks(food, diet)]
        text = " | ".join([recipe.name, *(food.name for food in foods)]).lower()
        found += [f"{recipe.name}: {word} is disliked" for word in athlete.dislikes if holds(text, word)]
    return found


def holds(text: str, word: str) -> bool:
    """Whether a word stands in a text as a whole word, in either number."""
    text = re.sub(r"coconut milk|rice vinegar|bean sprouts?|\bwithout [a-z ]+|\b\w+-free\b", "", text)
    stem = re.escape(word.lower().removesuffix("s"))
    return re.search(rf"(?<!\w){stem}(?:e?s)?(?!\w)", text) is not None


def breaks(food: Any, diet: str) -> bool:
    """Whether a food plainly breaks a diet, by its group in the table of origin and by its name."""
    name, group = re.sub(r"\bwithout [a-z ]+", "", food.name.lower()), (food.group or "").lower()
    plant = any(word in name for word in PLANT_WORDS)
    flesh = group.startswith(FLESH_GROUPS) or (re.search(FLESH, name) and not plant)
    sea = group.startswith(SEA_GROUPS) or (re.search(SEA, name) and not plant)
    if diet == "vegetarian":
        return bool(flesh or sea)
    if diet == "vegan":
        dairy = group.startswith("dairy and egg") or re.search(ANIMAL, name)
        return bool(flesh or sea or (dairy and not plant))
    if diet == "pescatarian":
        return bool(flesh)
    if diet == "halal":
        return bool((re.search(PIG, name) and not plant) or re.search(DRINK, name) or group.startswith("pork products"))
    if diet == "kosher":
        pig = (re.search(PIG, name) and not plant) or group.startswith("pork products")
        return bool(pig or re.search(SHELL, name))
    return False


def judge_plan(inputs: Any, problem: Problem, solved: Solved, *, dropped: Collection[Any] = ()) -> list[str]:
    """Violations of a plan of `problem`; with food rules dropped, what only these forbid is no fault."""
    waived = frozenset((waiver.kind, waiver.date) for waiver in solved.relaxed)
    certificate = certify_items(
        athlete=inputs.athlete,
        catalogue=inputs.catalogue,
        days=problem.days,
        problem=problem,
        items=solved.items,
        waived=waived,
    )
    faults = certificate["violations"]
    if dropped:
        faults = [fault for fault in faults if fault["code"] not in ("allergen", "diet", "refused", "excluded_food")]
    return [f"{fault['code']} {fault['date']} {fault['message']}" for fault in faults]


def with_foods(problem: Problem, withheld: Sequence[Withheld], dropped: Collection[Any]) -> Problem:
    """The problem with the dishes that nothing but the dropped food rules kept away."""
    gone = set(dropped)
    known = {dish.key for dish in problem.dishes}
    more = [one.dish for one in withheld if set(one.reasons) <= gone and one.dish.key not in known]
    return replace(problem, dishes=(*problem.dishes, *more))


def conflict_holds(problem: Problem, conflict: Conflict, withheld: Sequence[Withheld]) -> str | None:
    """None when the members cannot hold together, by a second linear program or by trying every dish; else why not."""
    members = set(conflict.members)
    named = {member for member in members if member[0] in FOOD_KINDS}
    foods = {reason for one in withheld for reason in one.reasons}
    problem = with_foods(problem, withheld, foods - named)
    days = tuple(day if ("prep", day.date) in members else replace(day, prep_minutes=None) for day in problem.days)
    fixed = tuple(meal for meal in problem.fixed if ("fixed", meal.date) in members)
    problem = replace(problem, days=days, fixed=fixed)
    if "empty_slot" in conflict.codes:
        return _slot_is_empty(problem, conflict)
    miss = least_miss(problem, {member for member in members if member[0] not in FOOD_KINDS}, seconds=SECONDS)
    if miss is None:
        return "the second program gave no answer"
    return None if miss > ROUNDING else f"the members can hold together: {conflict.sentence}"


def _slot_is_empty(problem: Problem, conflict: Conflict) -> str | None:
    slot = conflict.codes[1]
    date = next(key for kind, key in conflict.members if kind == "slot")
    reading = Reading(problem, loose=True)
    for number, meals in enumerate(reading.groups):
        if meals.slot == slot and reading.days[meals.day].date == date:
            families = {reading.dishes[option.dish].family for option in reading.options if option.group == number}
            if len(families) < len(meals.needs):
                return None
    return f"dishes exist for it: {conflict.sentence}"


def subsets_are_possible(inputs: Any, problem: Problem, conflict: Conflict, withheld: Sequence[Withheld]) -> list[str]:
    """For each member: what went wrong when a plan was sought with all the others but without it."""
    wrong = []
    members = frozenset(member for member in conflict.members if member[0] != "slot")
    named = {member for member in members if member[0] in FOOD_KINDS}
    foods = {reason for one in withheld for reason in one.reasons}
    dates = sorted({key for kind, key in members if kind in DAILY and key is not None})
    for member in sorted(members, key=str):
        dropped = (foods - named) | ({member} & foods)
        changed = with_foods(with_only(problem, members - {member}), withheld, dropped)
        if "empty_slot" in conflict.codes:
            changed = _only_that_slot(changed, conflict)
        elif conflict.codes and len(dates) == 1 and all(kind in DAILY for kind, _ in members if kind not in FOOD_KINDS):
            changed = day_scope(changed, dates[0])
        answer = solve(changed, deadline_seconds=SECONDS)
        if not isinstance(answer, Solved):
            wrong.append(f"no plan without {member}: {conflict.sentence}")
            continue
        faults = judge_plan(inputs, changed, answer, dropped=foods)
        wrong += [f"without {member} the plan fails: {fault}" for fault in faults]
    return wrong


def _only_that_slot(problem: Problem, conflict: Conflict) -> Problem:
    """The meal in question and the dinners before it; other meals of the week may be empty for reasons of their own."""
    slot, date = conflict.codes[1], next(key for kind, key in conflict.members if kind == "slot")
    days = []
    for day in problem.days:
        wanted = [need for need in day.slots if need.slot == slot] if day.date == date else []
        if day.date < date and slot in ("lunch", "dinner"):
            wanted = [need for need in day.slots if need.slot == "dinner"]
        if wanted:
            days.append(replace(day, slots=tuple(wanted)))
    return replace(problem, days=tuple(days))


def offer_works(inputs: Any, problem: Problem, offer: Relaxation) -> list[str]:
    """What is wrong with an offered relaxation: no plan with it, or a plan that the checker refuses."""
    changed = apply_relaxation(problem, offer)
    answer = solve(changed, deadline_seconds=SECONDS)
    if isinstance(answer, Infeasible):
        return [f"offered in vain: {offer.sentence}"]
    return [f"the plan of an offer fails: {fault}" for fault in judge_plan(inputs, changed, answer)]
