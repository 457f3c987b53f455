"""Loading the catalogue: once, whole or not at all, with identifiers that stay."""

from __future__ import annotations

import time

import pytest

from planning.catalogue import files, loader
from planning.models import CatalogueRelease, Food, Recipe, RecipeIngredient
from planning.services.choice import read_catalogue
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_core_foods(monkeypatch):
    """A load that leaves the 8,000 foods of the reference table alone: a third of the time."""
    core = set(files.read_core())
    rows = [row for row in files.read_foods() if row.code in core]
    monkeypatch.setattr(files, "read_foods", lambda: rows)


def test_the_whole_reference_table_is_there(catalogue):
    assert Food.objects.filter(source="sr28").count() == 8789


def test_loading_again_does_nothing(catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert loader.load_catalogue() == {}


def test_loading_by_force_doubles_nothing_and_retires_what_left_the_files(catalogue):
    before, lines = set(Recipe.objects.values_list("pk", "slug")), RecipeIngredient.objects.count()
    gone = Recipe.objects.create(slug="gone", family="gone", name="Gone")
    stray = Food.objects.create(code="stray", name="Stray", core=True)
    loader.load_catalogue(force=True)
    assert set(Recipe.objects.exclude(pk=gone.pk).values_list("pk", "slug")) == before
    assert RecipeIngredient.objects.count() == lines
    assert Recipe.objects.get(pk=gone.pk).active is False
    assert Food.objects.get(pk=stray.pk).core is False


def test_what_athletes_entered_is_neither_retired_nor_changed(catalogue, only_core_foods):
    owner = factories.make_athlete(email="cook@example.com", name="Cook")
    food = Food.objects.create(code="own-ajvar", name="Grandmother's ajvar", owner=owner, core=True)
    recipe = Recipe.objects.create(slug="own-dish", family="own-dish", name="My dish", owner=owner, kind="own")
    line = RecipeIngredient.objects.create(recipe=recipe, food=food, position=0, grams_per_serving=100.0)
    loader.load_catalogue(force=True)
    recipe.refresh_from_db()
    food.refresh_from_db()
    assert (recipe.active, recipe.owner_id, food.core, food.owner_id) == (True, owner.pk, True, owner.pk)
    assert RecipeIngredient.objects.filter(pk=line.pk).exists()


def test_files_that_name_what_an_athlete_entered_are_refused(catalogue, only_core_foods):
    owner = factories.make_athlete(email="cook@example.com", name="Cook")
    Food.objects.filter(code="08120").update(owner=owner)
    Recipe.objects.filter(slug="pasulj-bread").update(owner=owner)
    with pytest.raises(files.CatalogueError, match=r"\['08120', 'pasulj-bread'\]"):
        loader.load_catalogue(force=True)


def test_a_recipe_is_stored_with_its_step_and_the_words_of_its_variant(catalogue):
    base = Recipe.objects.get(slug="oat-porridge-banana-almond-butter")
    variant = Recipe.objects.get(slug="oat-porridge-banana-almond-butter--soy-drink")
    assert (base.min_quarters, base.max_quarters, base.step_quarters) == (2, 8, 2)
    assert variant.method[0] == "Bring the soy drink, water and salt to a simmer with the oats."
    assert variant.ingredients.get(position=1).show == "250 ml soy drink"


def test_the_files_are_read_in_a_few_seconds_of_computing():
    started = time.process_time()
    list(files.read_foods())
    files.read_portions()
    files.read_recipes()
    assert time.process_time() - started < 4


def test_a_catalogue_that_contradicts_itself_changes_nothing(catalogue, only_core_foods, monkeypatch):
    recipes = [*files.read_recipes()]
    broken = files.RecipeRow(
        slug="broken",
        family="broken",
        kind="base",
        name="Broken",
        slots=("lunch",),
        ingredients=(("no-such-food", 10.0, "", False),),
        min_quarters=2,
        max_quarters=10,
    )
    monkeypatch.setattr(files, "read_recipes", lambda: [*recipes, broken])
    with pytest.raises(files.CatalogueError, match="broken"):
        loader.load_catalogue(force=True)
    assert not Recipe.objects.filter(slug="broken").exists()


def test_a_new_version_is_seen_at_once(catalogue):
    CatalogueRelease.objects.update(version="another")
    assert read_catalogue().version == "another"


def test_every_recipe_knows_energy_and_macronutrients(catalogue):
    for recipe in catalogue.recipes.values():
        known = set(recipe.nutrients) - set(recipe.nutrient_coverage)
        assert {"energy_kcal", "protein_g", "carbs_g", "fat_g"} <= known, recipe.slug


def test_an_empty_cell_is_unknown_and_not_zero():
    food = next(food for food in files.read_foods() if "fiber_g" not in food.nutrients)
    assert food.nutrients.get("fiber_g") is None
