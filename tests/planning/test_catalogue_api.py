"""Foods and recipes over HTTP: found by words, complete, and enough to recompute a dish."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from planning.models import Food, Recipe

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(api, sam, catalogue):
    return api(sam).get


def found(get, words, limit=5):
    return [item["name"].lower() for item in get(f"/v1/foods?search={quote(words)}&limit={limit}").json()["items"]]


@pytest.mark.parametrize("words", ["oats", "banana", "milk", "rice", "chicken breast", "egg"])
def test_the_first_hit_is_a_reviewed_food_that_a_cook_would_mean(get, words):
    first = get(f"/v1/foods?search={quote(words)}").json()["items"][0]
    assert first["reviewed"] is True
    assert words.rstrip("s") in first["name"].lower()


def test_a_word_is_found_at_the_beginning_of_a_word_first(get):
    assert not any("goat" in name for name in found(get, "oat"))


def test_every_word_must_be_found(get):
    assert all("brown" in name and "rice" in name for name in found(get, "brown rice", 3))


def test_case_and_order_of_words_do_not_matter(get):
    assert set(found(get, "RICE Brown")) == set(found(get, "brown rice"))


@pytest.mark.parametrize("words", ["%", "_", "%%_", "\\", "*", '"'])
def test_marks_alone_are_no_words_and_find_nothing(get, words):
    assert get(f"/v1/foods?search={quote(words)}").json()["total"] == 0


@pytest.mark.parametrize(("written", "meant"), [("oat%", "oat"), ("m_lk", "m lk"), ("skim*milk", "skim milk")])
def test_wildcards_only_separate_words(get, written, meant):
    shown, expected = (get(f"/v1/foods?search={quote(words)}").json() for words in (written, meant))
    assert shown == expected


@pytest.mark.parametrize("words", ["'; drop table", "日本", "🍌", "‮", "a" * 100])
def test_strange_words_are_just_words(get, words):
    assert get(f"/v1/foods?search={quote(words)}").status_code == 200


@pytest.mark.parametrize("words", ["a" * 101, "oats\x00"])
@pytest.mark.parametrize("path", ["foods", "recipes"])
def test_too_long_or_null_is_400(get, path, words):
    answer = get(f"/v1/{path}?search={quote(words)}")
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "search")


def test_without_words_the_reviewed_foods_are_listed(get):
    page = get("/v1/foods?limit=100").json()
    assert page["total"] == Food.objects.filter(core=True).count() >= 250
    assert {item["reviewed"] for item in page["items"]} == {True}


@pytest.mark.parametrize("query", ["page=0", "page=x", "limit=0", "limit=101", "limit=1e3", "page=99999999999"])
def test_a_page_that_cannot_be_is_400(get, query):
    assert get(f"/v1/foods?{query}").status_code == 400


def test_pages_do_not_overlap(get):
    first, second = (
        {item["id"] for item in get(f"/v1/foods?search=milk&limit=10&page={page}").json()["items"]} for page in (1, 2)
    )
    assert (len(first), len(second), first & second) == (10, 10, set())


def test_an_unknown_nutrient_is_null_and_never_zero(get):
    food = Food.objects.filter(fiber_g=None).first()
    assert get(f"/v1/foods/{food.pk}").json()["nutrients_per_100g"]["fiber_g"] is None


def test_a_food_nobody_reviewed_claims_no_diet_and_no_safety(get):
    food = Food.objects.filter(core=False).first()
    shown = get(f"/v1/foods/{food.pk}").json()
    assert (shown["diets"], set(shown["allergens"].values())) == ([], {"unknown"})


def test_a_food_tells_every_allergen_of_the_contract(get):
    from nutrition_site.kernel.vocabulary import ALLERGENS

    food = Food.objects.filter(core=True).first()
    assert set(get(f"/v1/foods/{food.pk}").json()["allergens"]) == set(ALLERGENS)


def test_the_nutrients_of_every_recipe_follow_from_its_grams_and_its_foods(catalogue):
    for recipe in catalogue.recipes.values():
        energy = sum(
            catalogue.foods[line.food_id].energy_kcal * line.grams_per_serving / 100
            for line in catalogue.lines[recipe.pk]
        )
        assert recipe.nutrients["energy_kcal"] == pytest.approx(energy, abs=0.01), recipe.slug


def test_a_recipe_shows_its_ingredients_with_grams_and_its_limits(get):
    recipe = Recipe.objects.filter(active=True).first()
    shown = get(f"/v1/recipes/{recipe.pk}").json()
    assert {"id", "name", "slots", "ingredients", "nutrients_per_serving", "allergens", "diets"} <= set(shown)
    assert all(line["grams_per_serving"] > 0 for line in shown["ingredients"])
    assert 0 < shown["servings_min"] <= shown["servings_max"]


def test_a_recipe_that_is_no_longer_planned_is_still_readable(get):
    recipe = Recipe.objects.first()
    Recipe.objects.filter(pk=recipe.pk).update(active=False)
    assert get(f"/v1/recipes/{recipe.pk}").json()["active"] is False
    assert recipe.pk not in [item["id"] for item in get("/v1/recipes?limit=100").json()["items"]]


def test_recipes_are_found_by_slot(get):
    items = get("/v1/recipes?slot=breakfast&limit=100").json()["items"]
    assert items
    assert all("breakfast" in item["slots"] for item in items)


@pytest.mark.parametrize(
    "path", [f"foods/rcp_{'0' * 26}", f"recipes/fod_{'0' * 26}", f"foods/fod_{'0' * 26}", "foods/1"]
)
def test_what_does_not_exist_is_404(get, path):
    assert get(f"/v1/{path}").status_code == 404


@pytest.mark.parametrize("path", ["foods", "recipes"])
def test_reading_needs_an_account(api, path):
    assert api(None).get(f"/v1/{path}").status_code == 401
