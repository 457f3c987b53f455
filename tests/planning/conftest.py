"""What the tests of planning share: recomputing days from the public documents of recipes and foods."""

from __future__ import annotations

import pytest

from tests.planning.people import MONDAY


class Larder:
    """Recipes and foods as `/v1/recipes/{id}` and `/v1/foods/{id}` show them, and sums made from nothing else."""

    def __init__(self, client, *, recipes, foods):
        self.client = client
        self.recipes, self.foods = recipes, foods

    def recipe(self, recipe_id):
        if recipe_id not in self.recipes:
            answer = self.client.get(f"/v1/recipes/{recipe_id}")
            assert answer.status_code == 200, answer.content
            self.recipes[recipe_id] = answer.json()
        return self.recipes[recipe_id]

    def food(self, food_id):
        if food_id not in self.foods:
            answer = self.client.get(f"/v1/foods/{food_id}")
            assert answer.status_code == 200, answer.content
            self.foods[food_id] = answer.json()
        return self.foods[food_id]

    def grams(self, items):
        """Edible grams by food of these planned items."""
        total = {}
        for item in items:
            for line in self.recipe(item["recipe_id"])["ingredients"]:
                grams = item["servings"] * line["grams_per_serving"]
                total[line["food_id"]] = total.get(line["food_id"], 0.0) + grams
        return total

    def amount(self, items, nutrient):
        """A nutrient of these items from grams and the food table."""
        return sum(
            grams * self.food(food_id)["nutrients_per_100g"][nutrient] / 100
            for food_id, grams in self.grams(items).items()
        )


@pytest.fixture(scope="module")
def _documents():
    """What the tests of a module have read of a version of the catalogue, which says the same to every reader."""
    return {}


@pytest.fixture
def larder(catalogue, api, _documents):
    """One signed-in reader of the catalogue with no limit in the way."""
    from nutrition_site.kernel.api import limits
    from planning.catalogue.loader import loaded_version
    from tests import factories

    class Patient:
        def __init__(self):
            self.inner = api(factories.make_user("reader@example.com"))

        def get(self, path):
            limits.limiter().storage.reset()
            return self.inner.get(path)

    known = _documents.setdefault(loaded_version(), {"recipes": {}, "foods": {}})
    return Larder(Patient(), **known)


@pytest.fixture
def plan_of(catalogue):
    """Makes and stores a plan: `plan_of(athlete, first=…, count=…)`."""
    from planning.services.plans import create_meal_plan

    def make(athlete, *, first=MONDAY, count=7, **kwargs):
        return create_meal_plan(athlete=athlete, first=first, count=count, by=athlete.user, **kwargs)

    return make
