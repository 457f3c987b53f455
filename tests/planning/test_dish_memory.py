"""What is kept in memory of the dishes says what the rows say, whatever the athlete changes, and at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from athletes.models import Athlete
from athletes.services.profile import update_athlete
from planning.models import Food, Recipe
from planning.services import choice
from planning.services.inputs import gather_inputs
from planning.services.opinions import set_opinion
from planning.services.own_recipes import create_own_recipe, update_own_recipe
from planning.services.pantry import add_to_pantry
from tests import factories
from tests.planning.people import MONDAY

pytestmark = pytest.mark.django_db
PORRIDGE = {"name": "Porridge", "slots": ["breakfast"], "servings": 1, "hands_on_minutes": 5, "cook_minutes": 0}


@pytest.fixture
def problem_of(catalogue, monkeypatch):
    """The problem of an athlete's Monday, which is the same without anything in memory."""

    def gather(athlete):
        return gather_inputs(athlete=Athlete.objects.get(pk=athlete.pk), first=MONDAY, count=1).problem

    def make(athlete):
        remembered = gather(athlete)
        with monkeypatch.context() as patch:
            patch.setattr(choice, "read_catalogue", lambda: replace(catalogue))
            assert gather(athlete) == remembered
        return remembered

    return make


def dish(problem, recipe):
    return next(one for one in problem.dishes if one.key == recipe.pk)


def test_the_memory_follows_what_an_athlete_may_and_likes_to_eat(athlete, problem_of):
    first = problem_of(athlete)
    milky = Recipe.objects.filter(pk__in=[one.key for one in first.dishes], allergens__milk="contains").first()
    liked = next(one for one in first.dishes if one.key != milky.pk and one.preference == 0.5)
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": ["milk"]})
    without_milk = {one.key for one in problem_of(athlete).dishes}
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [], "dislikes": [milky.name.lower()]})
    undisliked = {one.key for one in problem_of(athlete).dishes}
    update_athlete(by=athlete.user, athlete=athlete, values={"dislikes": []})
    opinion = Recipe.objects.get(pk=liked.key)
    set_opinion(athlete=athlete, recipe=opinion, values={"favorite": True}, by=athlete.user)
    last = problem_of(athlete)
    assert (milky.pk in without_milk, milky.pk in undisliked, dish(last, milky)) == (False, False, dish(first, milky))
    assert (liked.preference, dish(last, opinion).preference) == (0.5, 0.95)


def test_the_memory_follows_a_diet_that_limits_portions(athlete, problem_of):
    largest = {one.key: one.max_quarters for one in problem_of(athlete).dishes}
    update_athlete(by=athlete.user, athlete=athlete, values={"dietary_preferences": ["low-fodmap"]})
    limited = {one.key: one.max_quarters for one in problem_of(athlete).dishes}
    assert limited.keys() < largest.keys()
    assert any(limited[key] < largest[key] for key in limited)


def test_the_memory_follows_what_is_at_home(athlete, problem_of):
    recipe = Recipe.objects.get(pk=next(one for one in problem_of(athlete).dishes if "lunch" in one.slots).key)
    line = recipe.ingredients.order_by("-grams_per_serving").first()
    assert dish(problem_of(athlete), recipe).stock_use == ()
    add_to_pantry(athlete=athlete, food_id=line.food_id, grams=2000.0, by=athlete.user)
    assert dict(dish(problem_of(athlete), recipe).stock_use).keys() == {line.food_id}


def test_the_memory_follows_an_own_recipe_and_is_nobody_elses(athlete, problem_of):
    oats = Food.objects.get(code="08120")
    values = {**PORRIDGE, "ingredients": [{"food_id": oats.pk, "grams": 80.0}]}
    own = create_own_recipe(athlete=athlete, values=values, by=athlete.user)
    before = dish(problem_of(athlete), own)
    twice = {"ingredients": [{"food_id": oats.pk, "grams": 160.0}]}
    update_own_recipe(recipe=own, values=twice, by=athlete.user)
    after = dish(problem_of(athlete), own)
    assert abs(after.per_quarter[0] - 2 * before.per_quarter[0]) <= 1
    other = factories.make_athlete("other@example.com")
    assert own.pk not in {one.key for one in problem_of(other).dishes}


def test_another_catalogue_asks_nothing_of_the_memory_of_the_first(athlete, catalogue):
    """A dish whose row says something else is judged anew, by whatever name it goes."""
    recipe = next(one for one in choice.allowed_recipes(athlete, catalogue) if one.allergens["sesame"] == "free")
    changed = Recipe.objects.get(pk=recipe.pk)
    changed.allergens = {**changed.allergens, "sesame": "contains"}
    other = replace(catalogue, recipes=catalogue.recipes | {recipe.pk: changed})
    athlete.allergies = ["sesame"]
    allowed = [{one.pk for one in choice.allowed_recipes(athlete, one)} for one in (catalogue, other)]
    assert [recipe.pk in dishes for dishes in allowed] == [True, False]
