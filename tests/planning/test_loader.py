"""Loading the catalogue: once, whole or not at all, with identifiers that stay."""

from __future__ import annotations

import pytest

from planning.catalogue import files, loader
from planning.models import CatalogueRelease, Food, Recipe, RecipeIngredient
from planning.services.choice import read_catalogue

pytestmark = [pytest.mark.core, pytest.mark.django_db]


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


def test_a_catalogue_that_contradicts_itself_changes_nothing(catalogue, monkeypatch):
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
