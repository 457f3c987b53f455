"""The checker sees every kind of broken plan: one sound plan, and one mutation of it for each rule."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from planning.checker import (
    CheckDay,
    CheckFood,
    CheckItem,
    CheckLock,
    CheckRecipe,
    CheckSlot,
    Filters,
    WeekRules,
    check_plan,
)
from tests.corpora import for_every

MONDAY, TUESDAY = "2026-03-02", "2026-03-03"
# 100 g: 200 kcal, 10 g protein, 25 g carbohydrate, 6.67 g fat, 3 g fiber, 100 mg sodium.
FREE = {"milk": "free", "peanuts": "free"}
FOOD = CheckFood("oats", 200.0, 10.0, 25.0, 60 / 9, 3.0, 100.0, FREE, frozenset({"grain"}))
MEALS = ("breakfast", "lunch", "dinner")
DISHES = ("porridge", "stew", "roast", "muesli", "pilaf")


def recipe(name):
    """400 kcal a serving."""
    slots = frozenset({"breakfast"}) if name in ("porridge", "muesli") else frozenset({"lunch", "dinner"})
    return CheckRecipe(
        name,
        slots,
        (("oats", 200.0),),
        family=name,
        prep_minutes=10,
        batchable=name == "roast",
        cost_milli_per_serving=1000.0,
    )


def day(date):
    """1,200 kcal: three meals of 400."""
    windows = tuple(CheckSlot(meal, 0, "12:00", (300.0, 500.0)) for meal in MEALS)
    return CheckDay(
        date, 1200.0, 150.0, 60.0, windows, fiber_g=(10.0, 30.0), sodium_mg=(300.0, 900.0), prep_minutes=30.0
    )


PLAN = (
    CheckItem(MONDAY, "breakfast", 0, "porridge", 1.0),
    CheckItem(MONDAY, "lunch", 0, "stew", 1.0),
    CheckItem(MONDAY, "dinner", 0, "roast", 1.0),
    CheckItem(TUESDAY, "breakfast", 0, "muesli", 1.0),
    CheckItem(TUESDAY, "lunch", 0, "roast", 1.0, (MONDAY, "dinner", 0)),
    CheckItem(TUESDAY, "dinner", 0, "pilaf", 1.0),
)


@dataclass(frozen=True)
class Case:
    items: tuple[CheckItem, ...] = PLAN
    days: tuple[CheckDay, ...] = (day(MONDAY), day(TUESDAY))
    foods: dict[str, CheckFood] = field(default_factory=lambda: {"oats": FOOD})
    recipes: dict[str, CheckRecipe] = field(default_factory=lambda: {name: recipe(name) for name in DISHES})
    filters: Filters = Filters(allergies=frozenset({"milk"}), excluded_tags=frozenset({"meat"}))
    rules: WeekRules = WeekRules(budget_milli=6000.0)
    locks: tuple[CheckLock, ...] = ()

    def check(self):
        return check_plan(**{name: getattr(self, name) for name in self.__dataclass_fields__})


SOUND = Case()


def meal(number, **change):
    items = list(PLAN)
    items[number] = replace(items[number], **change)
    return replace(SOUND, items=tuple(items))


def food(**change):
    return replace(SOUND, foods={"oats": replace(FOOD, **change)})


def dish(name, **change):
    return replace(SOUND, recipes={**SOUND.recipes, name: replace(SOUND.recipes[name], **change)})


def monday(**change):
    return replace(SOUND, days=(replace(SOUND.days[0], **change), SOUND.days[1]))


def limited(**limit):
    """A limit on Monday's lunch, which holds 6 g of fiber and 13.3 g of fat."""
    slots = tuple(replace(need, **limit) if need.slot == "lunch" else need for need in SOUND.days[0].slots)
    return monday(slots=slots)


def ruled(**change):
    return replace(SOUND, rules=replace(SOUND.rules, **change))


MUTATIONS = {
    "an allergen that is contained": (food(allergens={**FREE, "milk": "contains"}), "allergen"),
    "an allergen that may be contained": (food(allergens={**FREE, "milk": "may_contain"}), "allergen"),
    "an allergen marked unknown": (food(allergens={**FREE, "milk": "unknown"}), "allergen"),
    "an allergen nobody recorded": (food(allergens={}), "allergen"),
    "an excluded food": (replace(SOUND, filters=Filters(excluded_food_ids=frozenset({"oats"}))), "excluded_food"),
    "a diet tag": (food(tags=frozenset({"meat"})), "diet"),
    "a diet test": (replace(SOUND, filters=Filters(rejects_food=lambda one: one.id == "oats")), "diet"),
    "a missing meal": (replace(SOUND, items=PLAN[:-1]), "slot_missing"),
    "a meal too many": (replace(SOUND, items=(*PLAN, replace(PLAN[0], slot="snack"))), "slot_not_wanted"),
    "a slot filled twice": (replace(SOUND, items=(*PLAN, replace(PLAN[0], recipe_id="muesli"))), "slot_twice"),
    "the same dish twice in one slot": (replace(SOUND, items=(*PLAN, replace(PLAN[0], index=1))), "duplicate"),
    "a serving between the steps": (meal(0, servings=1.1), "serving_step"),
    "a serving of nothing": (meal(0, servings=0.0), "serving_step"),
    "half a serving of what comes whole": (dish("porridge", step_quarters=3), "serving_step"),
    "more fiber than a meal before a session may hold": (limited(fiber_hi_g=5.9), "slot_limit"),
    "more fat than a meal before a session may hold": (limited(fat_hi_g=13.3), "slot_limit"),
    "unknown fiber where it is bounded": (
        replace(limited(fiber_hi_g=9.0), foods=food(fiber_g=None).foods),
        "slot_limit",
    ),
    "a serving over the recipe's most": (dish("porridge", max_quarters=3), "serving_range"),
    "a serving under the recipe's least": (dish("porridge", min_quarters=5), "serving_range"),
    "a dish in the wrong slot": (dish("porridge", slots=frozenset({"snack"})), "wrong_slot"),
    "a meal outside its window": (meal(0, servings=1.5), "slot_window"),
    "too little energy": (monday(energy_kcal=1264.0), "energy"),
    "too much energy": (monday(energy_kcal=1142.0), "energy"),
    "too little carbohydrate": (monday(carbs_g=162.0), "carbs"),
    "too much carbohydrate": (monday(carbs_g=140.0), "carbs"),
    "too little protein": (monday(protein_g=60.1), "protein"),
    "too much protein": (monday(protein_g=35.0), "protein"),
    "too little fat": (monday(fat_floor_fraction=0.31), "fat"),
    "too little fiber": (monday(fiber_g=(19.0, 30.0)), "fiber"),
    "too much fiber": (monday(fiber_g=(0.0, 17.0)), "fiber"),
    "too little sodium": (monday(sodium_mg=(601.0, 900.0)), "sodium"),
    "too much sodium": (monday(sodium_mg=(0.0, 599.0)), "sodium"),
    "too much cooking": (monday(prep_minutes=29.0), "prep"),
    "too dear": (ruled(budget_milli=5999.0), "budget"),
    "a dish too often": (ruled(max_repeats_per_week=1), "repeats"),
    "a tag too often": (ruled(weekly_max={"grain": 5}), "weekly_max"),
    "a tag too rarely": (
        replace(
            SOUND,
            days=(*SOUND.days, *(replace(day("2026-03-08"), date=f"2026-03-0{number}") for number in range(4, 9))),
            rules=WeekRules(weekly_min={"fish": 1}),
        ),
        "weekly_min",
    ),
    "one dinner on two days running": (meal(5, recipe_id="roast"), "adjacent_dinners"),
    "a leftover of another dish": (meal(2, recipe_id="pilaf"), "leftover_source"),
    "a leftover from nowhere": (meal(4, leftover_of=("2026-03-01", "dinner", 0)), "leftover_source"),
    "a leftover of a dish that does not keep": (dish("roast", batchable=False), "leftover_source"),
    "a leftover older than the dish keeps": (dish("roast", keeps_days=0), "leftover_source"),
    "a leftover of a lunch": (meal(4, recipe_id="stew", leftover_of=(MONDAY, "lunch", 0)), "leftover_source"),
    "a broken lock": (replace(SOUND, locks=(CheckLock(MONDAY, "lunch", 0, "stew", 1.25),)), "lock_broken"),
    "a lock on a missing meal": (replace(SOUND, locks=(CheckLock(MONDAY, "post", 0, "stew", 1.0),)), "lock_broken"),
    "an unknown recipe": (meal(0, recipe_id="nothing"), "unknown_recipe"),
    "a recipe with an unknown food": (dish("porridge", ingredients=(("air", 10.0),)), "unknown_recipe"),
    "a food of unknown energy": (food(energy_kcal=None), "nutrient_unknown"),
    "a food of unknown protein": (food(protein_g=None), "nutrient_unknown"),
}


def test_a_sound_plan_passes():
    assert SOUND.check().violations == ()


@for_every("name", MUTATIONS)
def test_the_checker_catches(name):
    case, code = MUTATIONS[name]
    certificate = case.check()
    assert not certificate.ok
    assert code in {violation.code for violation in certificate.violations}


def test_a_waived_fiber_limit_is_measured_but_does_not_fail():
    case = monday(fiber_g=(19.0, 30.0))
    certificate = replace(case, rules=replace(case.rules, waived=frozenset({("fiber", MONDAY)}))).check()
    row = next(row for row in certificate.rows if (row.name, row.day) == ("fiber_g", MONDAY))
    assert (certificate.ok, row.ok, row.slack) == (True, False, -1.0)


def test_unknown_sodium_lowers_the_coverage():
    case = replace(food(sodium_mg=None), days=tuple(replace(one, sodium_mg=(None, 900.0)) for one in SOUND.days))
    rows = [row for row in case.check().rows if row.name == "sodium_mg"]
    assert [(row.value, row.coverage) for row in rows] == [(0.0, 0.0), (0.0, 0.0)]


def test_a_row_says_value_bounds_and_distance():
    row = next(row for row in SOUND.check().rows if (row.name, row.day) == ("energy_kcal", MONDAY))
    assert (row.value, row.low, row.high, row.slack) == (1200.0, 1140.0, 1260.0, 60.0)


def test_a_leftover_takes_three_minutes_instead_of_cooking_again():
    rows = {row.day: row.value for row in SOUND.check().rows if row.name == "prep_minutes"}
    assert rows == {MONDAY: 30, TUESDAY: 23}


@for_every(("protein_g", "counted"), [(1.9, 0.0), (2.0, 6.0)])
def test_a_dish_counts_as_legumes_from_four_grams_of_their_protein_a_serving(protein_g, counted):
    """200 g of the one food a serving: 3.8 and 4.0 g; the rule is that of the catalogue's dish tags."""
    case = replace(food(protein_g=protein_g, tags=frozenset({"legumes"})), rules=WeekRules(weekly_max={"legumes": 9}))
    row = next(row for row in case.check().rows if row.name == "at_most_legumes")
    assert row.value == counted


def test_a_locked_meal_may_lie_between_the_steps():
    case = replace(dish("stew", step_quarters=3), locks=(CheckLock(MONDAY, "lunch", 0, "stew", 1.0),))
    assert case.check().ok


def batch_week(*, dates, batch=True, keeps_days=3, repeats=2):
    """Monday's roast is lunch again on the given dates, with an own dish for everything else."""
    lunches = {date: (date, "lunch") for date in dates}
    items, names = [], []
    for date in (MONDAY, *dates):
        for slot in MEALS:
            again = (date, slot) == lunches.get(date)
            name = "roast" if again or (date, slot) == (MONDAY, "dinner") else f"{slot} {date}"
            items.append(CheckItem(date, slot, 0, name, 1.0, (MONDAY, "dinner", 0) if again else None))
            names.append((name, "dinner" if name == "roast" else slot))
    recipes = {
        name: replace(
            recipe("roast"), id=name, family=name, slots=frozenset({slot}), batchable=True, keeps_days=keeps_days
        )
        for name, slot in names
    }
    days = (replace(day(MONDAY), batch=batch), *map(day, dates))
    rules = WeekRules(max_repeats_per_week=repeats)
    return replace(SOUND, items=tuple(items), recipes=recipes, days=days, rules=rules).check()


THREE_DAYS = (TUESDAY, "2026-03-04", "2026-03-05")


def test_a_batch_may_be_eaten_three_more_times_and_counts_once():
    certificate = batch_week(dates=THREE_DAYS, repeats=1)
    minutes = [row.value for row in certificate.rows if row.name == "prep_minutes"]
    assert (certificate.violations, minutes) == ((), [30, 23, 23, 23])


@pytest.mark.parametrize(
    "case",
    [
        {"dates": (*THREE_DAYS, "2026-03-06"), "keeps_days": 5},
        {"dates": THREE_DAYS, "keeps_days": 2},
        {"dates": (TUESDAY, "2026-03-04"), "batch": False},
    ],
    ids=["a fourth time", "after it has gone off", "twice on an ordinary day"],
)
def test_a_batch_is_not_eaten(case):
    assert {violation.code for violation in batch_week(**case).violations} >= {"leftover_source"}


def test_an_eaten_meal_takes_no_time_and_may_lie_outside_its_window():
    lock = CheckLock(MONDAY, "lunch", 0, "stew", 1.0, "eaten")
    narrow = tuple(replace(need, energy_kcal=(10.0, 20.0)) if need.slot == "lunch" else need for need in day("").slots)
    case = replace(monday(slots=narrow), locks=(lock,))
    rows = {row.day: row.value for row in case.check().rows if row.name == "prep_minutes"}
    assert (case.check().ok, rows[MONDAY]) == (True, 20)


def test_the_checker_imports_nothing_of_the_project_or_of_numpy():
    folder = Path(__file__).resolve().parents[2] / "planning" / "checker"
    imported = set()
    for source in folder.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
            elif isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
    own = {"planning.checker.checks", "planning.checker.types"}
    assert imported - own == {"__future__", "collections", "collections.abc", "dataclasses", "datetime"}
