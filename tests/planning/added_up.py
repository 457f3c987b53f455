"""Planned weeks added up again from what anyone can read of recipes and foods, and refusals tried for their truth."""

from __future__ import annotations

import pytest

from planning.models import MealPlan
from planning.services.inputs import gather_inputs
from planning.services.plans import PlanInfeasible, create_meal_plan, finish_solving
from planning.services.shopping import create_shopping_list, list_document
from tests.planning import people

# Written here a second time on purpose: what a tag rule lets through by mistake must not pass here too.
FLESH = ("beef", "pork", "chicken", "turkey", "lamb", "veal", "ham", "bacon", "sausage", "salami")
SEAFOOD = ("salmon", "tuna", "cod", "shrimp", "prawn", "mackerel", "trout", "sardine", "anchov", "squid", "mussel")
FORBIDDEN_WORDS = {
    "vegetarian": (*FLESH, *SEAFOOD, "gelatin"),
    "vegan": (*FLESH, *SEAFOOD, "gelatin", "honey", "cheddar", "yogurt, plain, whole", "egg, whole", "butter, salted"),
    "pescatarian": FLESH,
    "halal": ("pork", "bacon", "ham,", "wine", "beer"),
    "kosher": ("pork", "bacon", "ham,", "shrimp", "prawn", "mussel", "squid"),
}
FREE_OF = {"gluten-free": ("gluten", "wheat"), "dairy-free": ("milk",), "nut-free": ("peanuts", "tree_nuts")}


def settle_and_plan(person, larder, api):
    """Plans the week of somebody and asserts that all of it is right: "verified", or "refused" with a true reason."""
    athlete = people.settle(person)
    try:
        plan = create_meal_plan(athlete=athlete, first=people.MONDAY, by=athlete.user)
        if plan.status == MealPlan.Status.SOLVING:
            # A busy machine: the request's time was not enough, and the worker goes on.
            finish_solving(plan.pk)
            assert MealPlan.objects.get(pk=plan.pk).status == MealPlan.Status.VERIFIED
    except PlanInfeasible as refusal:
        assert_the_refusal_is_true(athlete, refusal)
        return "refused"
    document = api(athlete.user).get(f"/v1/athletes/{athlete.pk}/meal-plans/{plan.pk}").json()
    assert (document["status"], len(document["days"])) == ("verified", 7)
    for day in document["days"]:
        assert_day_meets_its_target(larder, day)
    items = [item for day in document["days"] for item in day["items"]]
    assert_nothing_excluded(larder, person, items)
    assert_servings_in_range(larder, items)
    assert_list_holds_the_plan_to_the_gram(athlete, larder, items)
    return "verified"


def assert_day_meets_its_target(larder, day):
    target = day["target"]
    energy = larder.amount(day["items"], "energy_kcal")
    carbs = larder.amount(day["items"], "carbs_g")
    protein = larder.amount(day["items"], "protein_g")
    fat = larder.amount(day["items"], "fat_g")
    assert energy == pytest.approx(target["energy_kcal"], rel=0.05), day["date"]
    assert carbs == pytest.approx(target["carbs_g"], rel=0.07), day["date"]
    assert protein >= target["protein_g"], day["date"]
    assert 9 * fat >= (0.15 if target["loading"] else 0.2) * energy, day["date"]
    assert day["total_calories"] == pytest.approx(energy, abs=1.5)
    assert day["macros"]["carbs_g"] == pytest.approx(carbs, abs=0.3)
    assert day["macros"]["protein_g"] == pytest.approx(protein, abs=0.3)
    assert day["macros"]["fat_g"] == pytest.approx(fat, abs=0.3)


def assert_nothing_excluded(larder, person, items):
    diets, profile = person.profile["dietary_preferences"], person.profile
    free_of = {*profile["allergies"], *(name for diet in diets for name in FREE_OF.get(diet, ()))}
    words = [word for diet in diets for word in FORBIDDEN_WORDS.get(diet, ())] + profile["dislikes"]
    for item in items:
        recipe = larder.recipe(item["recipe_id"])
        assert set(diets) <= set(recipe["diets"]), recipe["name"]
        for line in recipe["ingredients"]:
            food = larder.food(line["food_id"])
            risky = {name: food["allergens"][name] for name in free_of if food["allergens"][name] != "free"}
            assert risky == {}, (recipe["name"], food["name"])
            meant = food["name"].lower()
            plant = any(mark in meant for mark in ("vegan", "plant", "soy", "coconut", "vinegar", "peanut butter"))
            assert plant or not [word for word in words if word in meant], (recipe["name"], food["name"])


def assert_servings_in_range(larder, items):
    for item in items:
        recipe = larder.recipe(item["recipe_id"])
        assert item["servings"] * 4 == int(item["servings"] * 4)
        assert recipe["servings_min"] <= item["servings"] <= recipe["servings_max"], recipe["name"]


def assert_list_holds_the_plan_to_the_gram(athlete, larder, items):
    shopping_list, made = create_shopping_list(
        athlete=athlete, first=people.MONDAY, last=people.MONDAY.replace(day=people.MONDAY.day + 6), by=athlete.user
    )
    bought = {row["food_id"]: row["grams"] for row in list_document(shopping_list)["items"]}
    planned = larder.grams(items)
    assert made == []
    assert bought.keys() == planned.keys()
    assert bought == pytest.approx(planned, abs=0.01)


def assert_the_refusal_is_true(athlete, refusal):
    """A conflict names what cannot be, in words, and one of the offered changes really makes a plan."""
    from planning.optimizer.relax import apply_relaxation
    from planning.optimizer.solve import solve
    from planning.optimizer.types import Conflict, Relaxation, Solved
    from planning.services.refusals import withheld_dishes
    from script.support.planner.judge import conflict_holds

    conflicts, offers = refusal.extra["conflicts"], refusal.extra["relaxations"]
    assert conflicts, refusal.extra
    assert all(conflict["sentence"] for conflict in conflicts)
    inputs = gather_inputs(athlete=athlete, first=people.MONDAY, count=7)
    problem = inputs.problem
    withheld = withheld_dishes(athlete, inputs.catalogue, {dish.key for dish in problem.dishes})
    for told in conflicts if refusal.extra["reason"] in ("lp", "empty_slot") else ():
        members = tuple((kind, key) for kind, key in told["members"])
        conflict = Conflict(tuple(told["codes"]), told["sentence"], members, told["verified"])
        assert conflict_holds(problem, conflict, withheld) is None, told["sentence"]
    for offer in offers[:1]:
        parts = tuple(Relaxation(**{**part, "parts": ()}) for part in offer["parts"])
        changed = apply_relaxation(problem, Relaxation(**{**offer, "parts": parts}))
        assert isinstance(solve(changed), Solved), offer["sentence"]
    assert not MealPlan.objects.filter(athlete=athlete).exists()
