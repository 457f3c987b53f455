"""Synthetic catalogues and athletes for the planner's tests: seeded, with the shapes of real ones.

Classes, energies, macro archetypes and athlete ranges follow the planner's benchmark description.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planning.checker import CheckDay, CheckFood, CheckRecipe, CheckSlot
from planning.optimizer.types import DayNeed, Dish, Problem, Rules, SlotNeed

MONDAY = date(2026, 3, 2)
ALLERGENS = ("milk", "eggs", "fish", "peanuts", "tree_nuts", "soy", "gluten", "sesame")
CLASSES = (
    ("breakfast", 0.18, 430.0),
    ("main", 0.48, 600.0),
    ("snack", 0.22, 210.0),
    ("during", 0.05, 110.0),
    ("post", 0.07, 290.0),
)
# Shares of energy from carbohydrate, protein and fat.
ARCHETYPES = ((0.68, 0.14, 0.18), (0.52, 0.20, 0.28), (0.38, 0.32, 0.30), (0.45, 0.15, 0.40), (0.60, 0.22, 0.18))


@dataclass(frozen=True)
class Catalogue:
    foods: dict[str, CheckFood]
    recipes: dict[str, CheckRecipe]
    names: dict[str, str]
    preference: dict[str, float]
    marks: dict[str, frozenset[str]] = field(default_factory=dict)


def make_catalogue(size: int = 200, seed: int = 1) -> Catalogue:
    """Foods carry the nutrients (per 100 g); each recipe mixes three to five of them."""
    rng = random.Random(seed)
    foods = {}
    for number in range(180):
        kind = rng.choice(("carb", "carb", "protein", "fat", "plant"))
        foods[f"food-{number:03}"] = _make_food(f"food-{number:03}", kind, rng)
    by_kind = {
        kind: [food for food in foods.values() if kind in food.tags] for kind in ("carb", "protein", "fat", "plant")
    }
    recipes: dict[str, CheckRecipe] = {}
    preference = {}
    for name, share, energy in CLASSES:
        for number in range(max(8, round(share * size))):
            key = f"{name}-{number:03}"
            recipes[key] = _make_recipe(key, name, energy, by_kind, rng)
            preference[key] = round(rng.uniform(0.2, 1.0), 3)
    return Catalogue(foods, recipes, {key: key.replace("-", " ") for key in recipes}, preference)


def enrich(catalogue: Catalogue, seed: int = 1) -> Catalogue:
    """The same catalogue with serving steps, keeping times, starches and proteins by name."""
    rng = random.Random(seed * 104729)
    recipes, marks = {}, {}
    for key, recipe in catalogue.recipes.items():
        step = rng.choice((1, 1, 2)) if "during" not in recipe.slots else 1
        recipes[key] = replace(recipe, step_quarters=step, keeps_days=rng.choice((1, 2, 3, 4)))
        if "dinner" in recipe.slots:
            base = rng.choice(("base_rice", "base_pasta", "base_potato", "base_bread", "base_legumes"))
            marks[key] = frozenset({base, rng.choice(("main_poultry", "main_fish", "main_egg", "main_tofu"))})
    return replace(catalogue, recipes=recipes, marks=marks)


def with_household(athlete: Athlete, seed: int) -> Athlete:
    """Two batch days, low-fiber food before training, and eight foods at home."""
    rng = random.Random(seed * 7907)
    problem = athlete.problem
    batch = set(rng.sample(range(len(problem.days)), min(2, len(problem.days))))
    days = tuple(
        replace(
            day,
            batch=number in batch,
            slots=tuple(replace(one, fiber_hi=6.0, fat_hi=14.0) if one.slot == "pre" else one for one in day.slots),
        )
        for number, day in enumerate(problem.days)
    )
    foods = sorted({food for dish in problem.dishes for food in dish.ingredient_ids})
    stock = tuple((food, rng.randrange(2000, 60000)) for food in rng.sample(foods, min(8, len(foods))))
    return replace(athlete, problem=replace(problem, days=days, stock=stock))


def _make_food(key: str, kind: str, rng: random.Random) -> CheckFood:
    carbs, protein, fat, fiber, sodium = {
        "carb": (rng.uniform(50, 80), rng.uniform(4, 13), rng.uniform(0.3, 4), rng.uniform(0.5, 5), rng.uniform(0, 60)),
        "protein": (rng.uniform(0, 10), rng.uniform(16, 32), rng.uniform(1, 12), 0.0, rng.uniform(40, 300)),
        "fat": (rng.uniform(0, 15), rng.uniform(1, 18), rng.uniform(35, 90), rng.uniform(0, 6), rng.uniform(0, 400)),
        "plant": (
            rng.uniform(3, 12),
            rng.uniform(0.5, 4),
            rng.uniform(0.1, 1),
            rng.uniform(0.8, 3),
            rng.uniform(1, 90),
        ),
    }[kind]
    allergens = {name: "contains" if rng.random() < 0.06 else "free" for name in ALLERGENS}
    tags = {kind}
    if kind == "protein":
        tags |= {rng.choice(("meat", "meat", "fish", "egg", "dairy", "legume", "legume", "legume"))}
    return CheckFood(
        id=key,
        energy_kcal=4 * carbs + 4 * protein + 9 * fat,
        protein_g=protein,
        carbs_g=carbs,
        fat_g=fat,
        fiber_g=fiber,
        sodium_mg=sodium,
        allergens=allergens,
        tags=frozenset(tags),
    )


def _make_recipe(
    key: str, name: str, energy: float, by_kind: dict[str, list[CheckFood]], rng: random.Random
) -> CheckRecipe:
    kcal = energy * math.exp(rng.gauss(0.0, 0.22))
    carbs, protein, fat = (0.97, 0.02, 0.01) if name == "during" else rng.choice(ARCHETYPES)
    parts = [(rng.choice(by_kind["carb"]), carbs)]
    if name != "during":
        parts += [(rng.choice(by_kind["protein"]), protein), (rng.choice(by_kind["fat"]), fat * 0.8)]
    scale = kcal / sum(share for _, share in parts)
    grams = {food.id: round(share * scale / (food.energy_kcal or 1) * 100, 1) for food, share in parts}
    if name in ("main", "snack"):
        grams[rng.choice(by_kind["plant"]).id] = rng.choice((60.0, 90.0, 120.0))
    slots = {
        "breakfast": {"breakfast"},
        "main": {"lunch", "dinner"},
        "snack": {"snack", "pre"},
        "during": {"during"},
        "post": {"post", "snack"},
    }[name]
    prep = round(24 * math.exp(rng.gauss(0, 0.4))) if name == "main" else rng.randint(1, 12)
    return CheckRecipe(
        id=key,
        family=key,
        slots=frozenset(slots),
        ingredients=tuple(sorted(grams.items())),
        min_quarters=2,
        max_quarters=40 if name == "during" else 10,
        prep_minutes=prep,
        batchable=name == "main" and rng.random() < 0.5,
        cost_milli_per_serving=round(kcal * rng.uniform(1.5, 6.0) / 4) * 4,
    )


def dish_from(catalogue: Catalogue, key: str) -> Dish:
    """The solver's view of a recipe: hundredths per quarter serving, rounded."""
    recipe = catalogue.recipes[key]
    sums = [0.0] * 6
    tags: set[str] = set()
    for food_id, grams in recipe.ingredients:
        food = catalogue.foods[food_id]
        tags |= food.tags
        amounts = (food.energy_kcal, food.protein_g, food.carbs_g, food.fat_g, food.fiber_g, food.sodium_mg)
        for place, amount in enumerate(amounts):
            sums[place] += (amount or 0.0) * grams / 100
    return Dish(
        key=key,
        family=recipe.family,
        name=catalogue.names[key],
        slots=recipe.slots,
        per_quarter=tuple(round(total * 100 / 4) for total in sums),
        min_quarters=recipe.min_quarters,
        max_quarters=recipe.max_quarters,
        step_quarters=recipe.step_quarters,
        keeps_days=recipe.keeps_days,
        prep_minutes=recipe.prep_minutes,
        batchable=recipe.batchable,
        cost_milli=None if recipe.cost_milli_per_serving is None else recipe.cost_milli_per_serving // 4,
        preference=catalogue.preference[key],
        tags=frozenset(tags) | catalogue.marks.get(key, frozenset()),
        ingredient_ids=frozenset(food_id for food_id, _ in recipe.ingredients),
        stock_use=tuple((food_id, round(grams * 25)) for food_id, grams in recipe.ingredients),
    )


def allowed_keys(catalogue: Catalogue, allergies: frozenset[str], excluded_tags: frozenset[str]) -> list[str]:
    """Recipes without the allergens and tags: what a caller hands to the solver."""
    keys = []
    for key, recipe in catalogue.recipes.items():
        foods = [catalogue.foods[food_id] for food_id, _ in recipe.ingredients]
        if any(food.allergens.get(name, "unknown") != "free" for food in foods for name in allergies):
            continue
        if any(food.tags & excluded_tags for food in foods):
            continue
        keys.append(key)
    return keys


@dataclass(frozen=True)
class Athlete:
    problem: Problem
    allergies: frozenset[str]
    excluded_tags: frozenset[str]


DIETS = (
    (frozenset[str](), 0.60),
    (frozenset({"meat", "fish"}), 0.22),
    (frozenset({"meat", "fish", "egg", "dairy"}), 0.18),
)
WINDOWS = {"breakfast": (0.14, 0.36), "lunch": (0.18, 0.42), "dinner": (0.18, 0.42), "post": (0.04, 0.18)}
TIMES = {"breakfast": "07:00", "lunch": "12:30", "dinner": "19:00", "post": "18:00", "during": "16:00", "pre": "15:00"}


def make_athlete(catalogue: Catalogue, seed: int, *, days: int = 7, budget: bool = True) -> Athlete:
    """One athlete-week: hours, targets, windows, limits and filters drawn from the seed."""
    rng = random.Random(seed * 7919)
    weight = rng.uniform(50, 88)
    excluded = rng.choices([diet for diet, _ in DIETS], [share for _, share in DIETS])[0]
    allergies = frozenset(rng.sample(ALLERGENS, 1)) if rng.random() < 0.3 else frozenset()
    protein = rng.uniform(1.6, 2.0) * weight
    needs = tuple(make_day(MONDAY + timedelta(days=number), weight, protein, rng) for number in range(days))
    total = sum(day.energy_kcal for day in needs)
    dishes = tuple(dish_from(catalogue, key) for key in allowed_keys(catalogue, allergies, excluded))
    problem = Problem(
        days=needs,
        dishes=dishes,
        rules=Rules(),
        budget_milli=round(total * rng.uniform(3.6, 5.0)) if budget else None,
        seed=seed,
        catalogue_version="synthetic-1",
    )
    return Athlete(problem, allergies, excluded)


def make_day(day: date, weight: float, protein: float, rng: random.Random, hours: float | None = None) -> DayNeed:
    """Targets and slots of one day for given training hours (drawn when None)."""
    if hours is None:
        hours = rng.choice((0.0, 0.0, 0.75, 1.0, 1.5, 2.0, 3.0))
    energy = (9.5 * weight + 900) * 1.38 + hours * weight * 7.5
    carbs = min((3.6 + 1.6 * hours) * weight * rng.uniform(0.92, 1.08), 0.62 * energy / 4)
    snacks = 1 if energy < 2500 else 2 if energy < 3200 else 3 if energy < 3900 else 4
    slots = []
    for slot in ("breakfast", "lunch", "dinner") + (("post",) if hours >= 1 else ()):
        low, high = WINDOWS[slot]
        slots.append(SlotNeed(slot, 0, TIMES[slot], low * energy, high * energy))
    if hours >= 1.5:
        slots.append(SlotNeed("during", 0, TIMES["during"], carbs_lo=30 * hours, carbs_hi=75 * hours))
    if hours >= 0.75:
        slots.append(SlotNeed("pre", 0, TIMES["pre"], 0.03 * energy, 0.16 * energy))
    for index in range(snacks):
        slots.append(SlotNeed("snack", index, f"{10 + 3 * index:02}:00", 0.03 * energy, 0.16 * energy))
    return DayNeed(
        date=day.isoformat(),
        energy_kcal=round(energy, 1),
        carbs_g=round(carbs, 1),
        protein_g=round(protein, 1),
        slots=tuple(slots),
        fiber_lo=max(18.0, 0.008 * energy) * 0.6,
        fiber_hi=max(60.0, 0.019 * energy),
        sodium_lo=0.0,
        sodium_hi=3200 + 0.2 * energy + 650 * hours,
        prep_minutes=rng.uniform(90, 150),
    )


def check_days(problem: Problem) -> list[CheckDay]:
    """The same requirement in the checker's own vocabulary."""
    return [
        CheckDay(
            date=day.date,
            energy_kcal=day.energy_kcal,
            carbs_g=day.carbs_g,
            protein_g=day.protein_g,
            fat_floor_fraction=day.fat_floor_fraction,
            fiber_g=(day.fiber_lo, day.fiber_hi),
            sodium_mg=(day.sodium_lo, day.sodium_hi),
            prep_minutes=day.prep_minutes,
            energy_tolerance=day.energy_tolerance,
            carbs_tolerance=day.carbs_tolerance,
            protein_cap_factor=day.protein_cap_factor,
            batch=day.batch,
            slots=tuple(
                CheckSlot(
                    slot=need.slot,
                    index=need.index,
                    time=need.time,
                    energy_kcal=None if need.energy_lo is None else (need.energy_lo, need.energy_hi or 0.0),
                    carbs_g=None if need.carbs_lo is None else (need.carbs_lo, need.carbs_hi or 0.0),
                    fiber_hi_g=need.fiber_hi,
                    fat_hi_g=need.fat_hi,
                )
                for need in day.slots
            ),
        )
        for day in problem.days
    ]
