"""An athlete's own foods and recipes: private, honest about what is unknown, and never a way around an allergy."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutrition_site.kernel.vocabulary import ALLERGENS
from planning.models import Food, MealPlan, PlanItem, Recipe
from planning.services.choice import allowed_recipes, athlete_catalogue, read_catalogue
from planning.services.own_recipes import changed_items, recompute_recipes

pytestmark = [pytest.mark.core, pytest.mark.django_db]

BAR = {
    "name": "Fig bar",
    "basis": "100g",
    "energy_kcal": 380,
    "protein_g": 5,
    "carbs_g": 70,
    "fat_g": 8,
    "fiber_g": 4,
    "carbs_include_fiber": False,
}
FREE = dict.fromkeys(ALLERGENS, "free")


@pytest.fixture
def mine(api, athlete, catalogue):
    """Alice's client and the paths of her own foods and recipes."""

    class Mine:
        client = api(athlete.user)
        foods = f"/v1/athletes/{athlete.pk}/foods"
        recipes = f"/v1/athletes/{athlete.pk}/recipes"

        def food(self, **changes):
            answer = self.client.post(self.foods, {**BAR, **changes})
            assert answer.status_code == 201, answer.content
            return answer.json()

        def recipe(self, *food_ids, **changes):
            body = {
                "name": "Fig bowl",
                "slots": ["snack"],
                "servings": 2,
                "hands_on_minutes": 5,
                "cook_minutes": 0,
                "ingredients": [{"food_id": food_id, "grams": 120} for food_id in food_ids],
                **changes,
            }
            answer = self.client.post(self.recipes, body)
            assert answer.status_code == 201, answer.content
            return answer.json()

    return Mine()


def fields_of(answer):
    return {row["field"] for row in answer.json()["error"]["details"]}


def oats():
    return Food.objects.get(code="08120")


# --- labels ----------------------------------------------------------------------------------------------------------


def test_a_european_label_leaves_fiber_out_so_it_is_added(mine):
    assert mine.food()["nutrients_per_100g"]["carbs_g"] == 74


def test_a_label_that_includes_fiber_is_taken_as_it_is(mine):
    assert mine.food(carbs_include_fiber=True)["nutrients_per_100g"]["carbs_g"] == 70


def test_without_fiber_a_european_label_does_not_tell_the_carbohydrate(mine):
    food = mine.food(fiber_g=None)
    assert (food["nutrients_per_100g"]["carbs_g"], food["missing_for_planning"]) == (None, ["carbs_g"])


def test_whether_fiber_is_included_is_asked(mine):
    answer = mine.client.post(mine.foods, {**BAR, "carbs_include_fiber": None})
    assert (answer.status_code, fields_of(answer)) == (400, {"carbs_include_fiber"})


def test_values_of_a_serving_become_values_of_100_g(mine):
    food = mine.food(basis="serving", serving_grams=50, energy_kcal=190, protein_g=2.5, carbs_g=35, fat_g=4, fiber_g=2)
    assert (food["nutrients_per_100g"]["energy_kcal"], food["nutrients_per_100g"]["fat_g"]) == (380, 8)


def test_values_of_100_ml_need_the_density(mine):
    answer = mine.client.post(mine.foods, {**BAR, "basis": "100ml"})
    assert fields_of(answer) == {"density_g_per_ml"}


def test_values_of_100_ml_become_values_of_100_g(mine):
    food = mine.food(basis="100ml", density_g_per_ml=1.25)
    assert food["nutrients_per_100g"]["energy_kcal"] == 304


def test_kilojoules_are_read(mine):
    food = mine.food(energy_kcal=None, energy_kj=1590)
    assert food["nutrients_per_100g"]["energy_kcal"] == pytest.approx(1590 / 4.184, abs=0.01)


def test_kilojoules_and_kilocalories_that_differ_are_asked_about(mine):
    assert fields_of(mine.client.post(mine.foods, {**BAR, "energy_kj": 900})) == {"energy_kj"}


def test_salt_becomes_sodium(mine):
    """Regulation (EU) 1169/2011, Annex I: salt is sodium times 2.5."""
    assert mine.food(salt_g=0.5)["nutrients_per_100g"]["sodium_mg"] == 200


def test_what_the_label_does_not_say_stays_unknown(mine):
    food = mine.food()
    assert (food["nutrients_per_100g"]["sodium_mg"], food["nutrients_per_100g"].get("iron_mg")) == (None, None)


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"protein_g": 130}, "protein_g"),
        ({"fat_g": -1}, "fat_g"),
        ({"energy_kcal": 1200}, "energy_kcal"),
        ({"protein_g": 60, "fat_g": 30}, "carbs_g"),
        ({"sugars_g": 90}, "sugars_g"),
        ({"saturated_fat_g": 9}, "saturated_fat_g"),
        ({"salt_g": 1, "sodium_mg": 1000}, "salt_g"),
        ({"basis": "serving"}, "serving_grams"),
        ({"density_g_per_ml": 9}, "density_g_per_ml"),
        ({"name": "  "}, "name"),
        ({"name": "\u200b\u200b"}, "name"),
        ({"name": "Fig\x1b[31m bar"}, "name"),
        ({"brand": "Two\nlines"}, "brand"),
        ({"serving_grams": -1}, "serving_grams"),
        ({"serving_grams": 1e308}, "serving_grams"),
        ({"portions": [{"name": "\u200b", "grams": 20}]}, "portions"),
        ({"allergens": {"milk": "maybe"}}, "allergens.milk"),
        ({"allergens": {"dust": "free"}}, "allergens"),
        ({"origins": ["unicorn"]}, "origins.0"),
        ({"aisle": "Garage"}, "aisle"),
        ({"portions": [{"name": "bar", "grams": 0}]}, "portions"),
        ({"price": {"amount_minor": 200, "currency": "EUR", "grams": 0}}, "price"),
        ({"energy_kcal": "380"}, "energy_kcal"),
        ({"owner": "me"}, "owner"),
    ],
)
def test_an_impossible_label_names_its_field(mine, changes, field):
    answer = mine.client.post(mine.foods, {**BAR, **changes})
    assert (answer.status_code, field in fields_of(answer)) == (400, True), answer.content


def test_an_energy_that_does_not_follow_has_to_be_confirmed(mine):
    doubtful = {**BAR, "energy_kcal": 250}
    answer = mine.client.post(mine.foods, doubtful)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "energy_doubtful")
    assert mine.client.post(mine.foods, {**doubtful, "confirm_energy": True}).status_code == 201


def test_a_confirmation_does_not_cover_later_numbers(mine):
    food = mine.food()
    assert mine.client.patch(f"{mine.foods}/{food['id']}", {"energy_kcal": 200}).status_code == 409


def test_every_allergen_starts_unknown(mine):
    assert set(mine.food()["allergens"].values()) == {"unknown"}


def test_allergens_are_stated_one_by_one(mine):
    food = mine.food(allergens={"milk": "contains"})
    changed = mine.client.patch(f"{mine.foods}/{food['id']}", {"allergens": {"soy": "free"}}).json()["allergens"]
    assert (changed["milk"], changed["soy"], changed["eggs"]) == ("contains", "free", "unknown")


def test_a_change_of_one_field_keeps_the_others(mine):
    food = mine.food(salt_g=0.5)
    changed = mine.client.patch(f"{mine.foods}/{food['id']}", {"name": "Date bar"}).json()
    assert (changed["name"], changed["nutrients_per_100g"]) == ("Date bar", food["nutrients_per_100g"])


def test_a_food_in_a_recipe_is_not_deleted_and_the_recipe_is_named(mine):
    food = mine.food()
    mine.recipe(food["id"])
    answer = mine.client.delete(f"{mine.foods}/{food['id']}")
    assert (answer.status_code, answer.json()["error"]["recipes"]) == (409, ["Fig bowl"])


def test_an_unused_food_is_deleted(mine):
    food = mine.food()
    assert mine.client.delete(f"{mine.foods}/{food['id']}").status_code == 204
    assert not Food.objects.filter(pk=food["id"]).exists()


def test_somebody_elses_food_does_not_exist(mine, api, sam):
    food = mine.food()
    assert api(sam).get(f"/v1/foods/{food['id']}").status_code == 404
    assert api(sam).get(f"{mine.foods}/{food['id']}").status_code == 404


def test_somebody_elses_food_cannot_go_into_a_recipe(mine, api, sam):
    food = mine.food()
    body = {
        "name": "Stolen",
        "slots": ["snack"],
        "servings": 1,
        "hands_on_minutes": 5,
        "cook_minutes": 0,
        "ingredients": [{"food_id": food["id"], "grams": 50}],
    }
    answer = api(sam).post(f"/v1/athletes/{sam.athlete.pk}/recipes", body)
    assert fields_of(answer) == {"ingredients.0.food_id"}


def test_an_unreviewed_reference_food_cannot_go_into_a_recipe(mine):
    reference = Food.objects.filter(core=False, owner=None).first()
    body = {
        "name": "X",
        "slots": ["snack"],
        "servings": 1,
        "hands_on_minutes": 5,
        "cook_minutes": 0,
        "ingredients": [{"food_id": reference.pk, "grams": 50}],
    }
    assert fields_of(mine.client.post(mine.recipes, body)) == {"ingredients.0.food_id"}


# --- recipes ---------------------------------------------------------------------------------------------------------


def test_a_recipe_is_the_sum_of_its_foods_by_serving(mine):
    recipe = mine.recipe(oats().pk, servings=4)
    assert recipe["nutrients_per_serving"]["energy_kcal"] == pytest.approx(oats().energy_kcal * 0.3, abs=0.001)


def test_an_ingredient_may_be_a_line_that_leaves_no_doubt(mine):
    recipe = mine.recipe(servings=1, ingredients=[{"food_id": oats().pk, "text": "1 cup rolled oats"}])
    assert recipe["ingredients"][0]["grams_per_serving"] == 81


@pytest.mark.parametrize("text", ["a handful of oats", "some oats", "2 heaped tbsp oats"])
def test_a_line_in_doubt_asks_for_its_grams(mine, text):
    body = {
        "name": "X",
        "slots": ["snack"],
        "servings": 1,
        "hands_on_minutes": 5,
        "cook_minutes": 0,
        "ingredients": [{"food_id": oats().pk, "text": text}],
    }
    assert fields_of(mine.client.post(mine.recipes, body)) == {"ingredients.0.grams"}


def test_to_taste_has_no_grams_and_its_sodium_is_unknown(mine):
    salt = Food.objects.get(code="02047")
    lines = [{"food_id": oats().pk, "grams": 80}, {"food_id": salt.pk, "to_taste": True}]
    recipe = mine.recipe(servings=1, ingredients=lines)
    assert recipe["nutrient_coverage"]["sodium_mg"] == {"known": 1, "of": 2}


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"servings": 0}, "servings"),
        ({"servings": 1000}, "servings"),
        ({"ingredients": []}, "ingredients"),
        ({"ingredients": [{"food_id": "fod_x", "grams": 10}]}, "ingredients.0.food_id"),
        ({"slots": ["midnight"]}, "slots.0"),
        ({"name": ""}, "name"),
        ({"name": "Fig\x1b[31m bowl"}, "name"),
        ({"cuisine": "two\nlines"}, "cuisine"),
        ({"steps": ["Boil.\x07"]}, "steps"),
        ({"min_servings": 3, "max_servings": 2}, "min_servings"),
        ({"step_servings": 0.3}, "step_servings"),
        ({"min_servings": 0.25, "max_servings": 0.75, "step_servings": 1}, "step_servings"),
    ],
)
def test_an_impossible_recipe_names_its_field(mine, changes, field):
    body = {
        "name": "X",
        "slots": ["snack"],
        "servings": 1,
        "hands_on_minutes": 5,
        "cook_minutes": 0,
        "ingredients": [{"food_id": oats().pk, "grams": 50}],
        **changes,
    }
    answer = mine.client.post(mine.recipes, body)
    assert (answer.status_code, fields_of(answer)) == (400, {field})


def test_a_serving_with_half_a_kilogram_of_salt_has_to_be_confirmed(mine):
    salt = Food.objects.get(code="02047")
    body = {
        "name": "Salt",
        "slots": ["snack"],
        "servings": 1,
        "hands_on_minutes": 5,
        "cook_minutes": 0,
        "ingredients": [{"food_id": salt.pk, "grams": 500}],
    }
    answer = mine.client.post(mine.recipes, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "amounts_doubtful")
    assert mine.client.post(mine.recipes, {**body, "confirm_amounts": True}).status_code == 201


def test_an_own_recipe_is_planned_for_its_owner_only(mine, athlete, sam):
    recipe = mine.recipe(oats().pk)
    assert recipe["id"] in {row.pk for row in allowed_recipes(athlete, athlete_catalogue(athlete))}
    assert recipe["id"] not in athlete_catalogue(sam.athlete).recipes
    assert recipe["id"] not in read_catalogue().recipes


def test_without_own_recipes_the_catalogue_is_the_shared_one(athlete, catalogue):
    assert athlete_catalogue(athlete) is catalogue


def test_the_version_of_the_athletes_catalogue_follows_every_change(mine, athlete):
    recipe = mine.recipe(oats().pk)
    first = athlete_catalogue(athlete).version
    assert athlete_catalogue(athlete).version == first
    mine.client.patch(f"{mine.recipes}/{recipe['id']}", {"slots": ["breakfast"]})
    assert first not in (athlete_catalogue(athlete).version, read_catalogue().version)


def test_a_recipe_with_unknown_energy_is_kept_and_says_why_it_is_not_planned(mine, athlete):
    food = mine.food(fiber_g=None)
    recipe = mine.recipe(food["id"])
    assert (recipe["planned"], recipe["not_planned_because"]) == (False, ["carbohydrate of Fig bar unknown"])
    assert recipe["id"] not in athlete_catalogue(athlete).recipes


def test_editing_raises_the_version_that_plans_follow(mine, athlete):
    recipe = mine.recipe(oats().pk)
    before = type(athlete).objects.get(pk=athlete.pk).profile_version
    mine.client.patch(f"{mine.recipes}/{recipe['id']}", {"name": "Other"})
    assert type(athlete).objects.get(pk=athlete.pk).profile_version > before


def test_editing_keeps_the_amounts_that_were_not_sent(mine):
    recipe = mine.recipe(oats().pk, servings=4)
    changed = mine.client.patch(f"{mine.recipes}/{recipe['id']}", {"name": "Other"}).json()
    assert (changed["servings"], changed["ingredients"][0]["grams_per_serving"]) == (4, 30)


def test_a_changed_food_changes_the_recipes_that_hold_it(mine):
    food = mine.food()
    recipe = mine.recipe(food["id"])
    mine.client.patch(f"{mine.foods}/{food['id']}", {"fat_g": 10, "energy_kcal": 398})
    assert Recipe.objects.get(pk=recipe["id"]).nutrients["fat_g"] == 6


def test_recipes_follow_a_catalogue_whose_allergens_were_corrected(mine):
    recipe = mine.recipe(oats().pk)
    Food.objects.filter(pk=oats().pk).update(allergens={**oats().allergens, "sesame": "contains"})
    assert recompute_recipes() == 1
    assert Recipe.objects.get(pk=recipe["id"]).allergens["sesame"] == "contains"


def test_diets_of_origin_are_claimed_only_when_the_origin_was_stated(mine):
    silent = mine.recipe(mine.food(allergens=FREE)["id"])
    stated = mine.recipe(mine.food(allergens=FREE, origins=[])["id"])
    assert ("vegan" in silent["diets"], "vegan" in stated["diets"]) == (False, True)


def test_pork_is_meat_whatever_was_ticked(mine):
    recipe = mine.recipe(mine.food(allergens=FREE, origins=["pork"])["id"])
    assert {"vegetarian", "vegan", "halal", "kosher", "pescatarian"} & set(recipe["diets"]) == set()


# --- plans -----------------------------------------------------------------------------------------------------------


def serve(athlete, recipe_id, quarters=4):
    """A stored plan with one meal of this recipe."""
    from datetime import date

    from django.utils import timezone

    from planning.models import PlanRevision

    day = date(2026, 10, 5)
    recipe = Recipe.objects.get(pk=recipe_id)
    plan = MealPlan.objects.create(athlete=athlete, week_start=day, days=1, status="verified", revision=1)
    revision = PlanRevision.objects.create(
        plan=plan,
        number=1,
        days=[],
        inputs_hash="sha256:0",
        training_version=athlete.training_version,
        profile_version=athlete.profile_version,
        catalogue_version="0",
        training_data_as_of=timezone.now(),
    )
    MealPlan.objects.filter(pk=plan.pk).update(current=revision)
    nutrients = {name: value * quarters / 4 for name, value in recipe.nutrients.items()}
    PlanItem.objects.create(
        revision=revision, date=day, slot="snack", time="10:00", recipe=recipe, quarters=quarters, nutrients=nutrients
    )
    return MealPlan.objects.get(pk=plan.pk)


def test_a_recipe_that_a_plan_holds_stays_readable_and_is_never_planned_again(mine, athlete):
    recipe = mine.recipe(oats().pk)
    serve(athlete, recipe["id"])
    assert mine.client.delete(f"{mine.recipes}/{recipe['id']}").status_code == 204
    assert mine.client.get(f"{mine.recipes}/{recipe['id']}").json()["active"] is False
    assert recipe["id"] not in {row.pk for row in allowed_recipes(athlete, athlete_catalogue(athlete))}


def test_a_recipe_that_no_plan_holds_is_gone(mine):
    recipe = mine.recipe(oats().pk)
    mine.client.delete(f"{mine.recipes}/{recipe['id']}")
    assert not Recipe.objects.filter(pk=recipe["id"]).exists()


def test_an_edited_dish_shows_in_the_plans_that_were_made_from_it(mine, athlete):
    recipe = mine.recipe(oats().pk)
    plan = serve(athlete, recipe["id"])
    assert changed_items(plan) == []
    mine.client.patch(f"{mine.recipes}/{recipe['id']}", {"ingredients": [{"food_id": oats().pk, "grams": 200}]})
    assert [item.recipe_id for item in changed_items(MealPlan.objects.get(pk=plan.pk))] == [recipe["id"]]


def test_a_dish_that_becomes_unsafe_is_flagged_in_the_plan_at_once(mine, athlete):
    from planning.services.plans import unsafe_items

    type(athlete).objects.filter(pk=athlete.pk).update(allergies=["milk"])
    athlete.refresh_from_db()
    food = mine.food(allergens={"milk": "free"})
    plan = serve(athlete, mine.recipe(food["id"])["id"])
    assert unsafe_items(athlete, plan) == []
    mine.client.patch(f"{mine.foods}/{food['id']}", {"allergens": {"milk": "contains"}})
    assert unsafe_items(athlete, MealPlan.objects.get(pk=plan.pk))[0]["reasons"] == ["contains milk"]


def test_a_coach_reads_a_dish_that_a_plan_shows_and_nothing_else(mine, api, athlete, carol):
    shown, hidden = mine.recipe(oats().pk), mine.recipe(oats().pk, name="Secret")
    serve(athlete, shown["id"])
    names = [row["name"] for row in api(carol).get(mine.recipes).json()["items"]]
    assert names == ["Fig bowl"]
    assert api(carol).get(f"{mine.recipes}/{hidden['id']}").status_code == 404


def test_deleting_an_account_takes_its_foods_and_recipes_along(mine, athlete):
    food = mine.food()
    serve(athlete, mine.recipe(food["id"])["id"])
    athlete.user.delete()
    assert not Food.objects.filter(pk=food["id"]).exists()


# --- allergies -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["contains", "may_contain", "unknown", None])
def test_allergen_every_path(mine, athlete, status):
    """Nothing but "free" lets an own food through: not to plans, not to swaps, not to the recipes shown."""
    from planning.services.inputs import gather_inputs
    from tests.planning.people import MONDAY

    food = mine.food(allergens={} if status is None else {"milk": status})
    type(athlete).objects.filter(pk=athlete.pk).update(allergies=["milk"])
    athlete.refresh_from_db()
    recipe = mine.recipe(food["id"])
    inputs = gather_inputs(athlete=athlete, first=MONDAY, count=1)
    assert recipe["id"] not in {row.pk for row in allowed_recipes(athlete, athlete_catalogue(athlete))}
    assert recipe["id"] not in {dish.key for dish in inputs.problem.dishes}
    assert recipe["planned"] is False


def test_an_own_food_that_is_stated_free_is_offered(mine, athlete):
    from planning.services.inputs import gather_inputs
    from tests.planning.people import MONDAY

    type(athlete).objects.filter(pk=athlete.pk).update(allergies=["milk"])
    athlete.refresh_from_db()
    recipe = mine.recipe(mine.food(allergens={"milk": "free"})["id"])
    inputs = gather_inputs(athlete=athlete, first=MONDAY, count=1)
    assert (recipe["planned"], recipe["id"] in {dish.key for dish in inputs.problem.dishes}) == (True, True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database")
@pytest.mark.parametrize("kind", ["foods", "recipes"])
@pytest.mark.parametrize("method", ["patch", "delete"])
def test_every_change_of_an_own_food_or_recipe_locks_its_owner_first(mine, kind, method):
    """Of two changes that lock in different orders PostgreSQL would end one."""
    food = mine.food()
    place = f"{mine.foods}/{food['id']}" if kind == "foods" else f"{mine.recipes}/{mine.recipe(food['id'])['id']}"
    with CaptureQueriesContext(connection) as queries:
        if method == "patch":
            mine.client.patch(place, {"name": "Other"})
        else:
            mine.client.delete(place)
    locks = [row["sql"].split('FROM "')[1].split('"')[0] for row in queries if "FOR UPDATE" in row["sql"]]
    assert locks[0] == "athletes_athlete"


@pytest.mark.parametrize("field", ["hands_on_minutes", "cook_minutes"])
def test_minutes_that_were_not_sent_are_asked_for_and_not_zero(field, sam, api, catalogue):
    body = {"name": "X", "slots": ["snack"], "servings": 1, "ingredients": [{"food_id": oats().pk, "grams": 50}]}
    times = {"hands_on_minutes": 5, "cook_minutes": 0}
    del times[field]
    answer = api(sam).post(f"/v1/athletes/{sam.athlete.pk}/recipes", {**body, **times})
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, field)
