"""Lines as people write them, and the food that is offered first: common, raw or dry, plain, in the state they say."""

from __future__ import annotations

import pytest

from planning.services.recipe_import import draft_line

pytestmark = pytest.mark.django_db

FIRST = {
    "200 g rice": "White rice, long-grain",
    "300 g basmati rice": "White rice, long-grain",
    "1 cup jasmine rice": "White rice, long-grain",
    "250 g brown rice": "Brown rice, long-grain",
    "250 g flour": "Wheat flour, white",
    "2 cups all-purpose flour": "Wheat flour, white",
    "200 g whole wheat flour": "Wheat flour, whole-grain",
    "500 g chicken breast": "Chicken breast, skinless",
    "200 g cooked chicken breast": "Chicken breast, roasted",
    "200 g dried white beans": "White beans (tetovac)",
    "200 g cooked white beans": "White beans, cooked",
    "1 can white beans": "White beans, canned, with liquid",
    "200 g dry chickpeas": "Chickpeas",
    "1 can chickpeas": "Chickpeas, canned, drained and rinsed",
    "1 l vegetable stock": "Vegetable broth, ready to serve",
    "1 tsp vegetable stock powder": "Vegetable stock powder",
    "1 vegetable stock cube": "Vegetable stock powder",
    "1 tin of chopped tomatoes": "Canned tomatoes, chopped, in juice",
    "400 g tinned tomatoes": "Canned tomatoes, chopped, in juice",
    "2 tomatoes": "Tomatoes",
    "1 onion, chopped": "Onion",
    "1 red pepper": "Red bell pepper",
    "1 tsp black pepper": "Black pepper",
    "1 tbsp butter": "Butter, unsalted",
    "2 large eggs": "Egg",
    "400 g pasta": "Pasta, durum wheat",
    "100 g quinoa": "Quinoa",
    "200 g lentils": "Red lentils",
    "100 g oats": "Rolled oats",
    "200 g bacon": "Bacon, uncooked",
    "2 salmon fillets": "Salmon fillet, farmed",
    "100 g smoked salmon": "Smoked salmon (lox)",
    "500 g beef mince": "Ground beef (10 % fat)",
    "100 g dried apricots": "Dried apricots",
    "1 tsp dried thyme": "Dried thyme",
    "100 g frozen peas": "Green peas, frozen",
    "1 stick celery": "Celery stalk",
    "1 lemon": "Lemon, without peel",
    "juice of 1 lemon": "Lemon juice, fresh",
    "200 g brašna": "Wheat flour, white",
    "200 g Reis": "White rice, long-grain",
    # Serbian bends its words: these are genitives.
    "200 g kukuruznog brašna": "Corn flour, whole-grain (for corn bread)",
    "150 g belog sira": "Balkan white cheese in brine (sir)",
    "1 čaša jogurta": "Plain yogurt, whole milk",
    "300 g pirinča": "White rice, long-grain",
    "1 glavica crnog luka": "Onion",
    "2 čena belog luka": "Garlic",
    "150 g crvenog sočiva": "Red lentils",
    "150 g pilećeg belog mesa": "Chicken breast, skinless",
    "100 g suvih kajsija": "Dried apricots",
    "200 g kuvanog pirinča": "White rice, long-grain, cooked",
    "malo soli": "Salt",
}


@pytest.fixture
def read(athlete, catalogue):
    return lambda text: draft_line(athlete, 0, text, metric_cups=False)


def test_the_likeliest_food_comes_first(read):
    assert {text: read(text).matches[0].food.name for text in FIRST} == FIRST


def test_a_liter_of_powder_is_doubted(read):
    line = read("1 l vegetable stock powder")
    assert (line.needs_confirmation, line.matches[0].confidence) == (True, 0.25)


def test_a_can_weighs_what_shops_sell_and_is_asked_about(read):
    line = read("2 tins of chopped tomatoes")
    assert (float(line.grams.grams), line.grams.detail, line.needs_confirmation) == (800.0, "1 can = 400 g", True)


def test_a_drained_can_counts_what_is_left(read):
    """A 400 g can of chickpeas holds 60 % chickpeas."""
    assert float(read("1 can chickpeas").grams.grams) == 240.0


def test_a_food_of_ones_own_goes_before_others_that_fit_alike(athlete, read):
    from planning.services.own_foods import create_own_food

    label = {"name": "Basmati rice", "basis": "100g", "energy_kcal": 350, "protein_g": 8, "carbs_g": 78, "fat_g": 1}
    create_own_food(athlete=athlete, values={**label, "carbs_include_fiber": True}, by=athlete.user)
    assert read("300 g basmati rice").matches[0].food.name == "Basmati rice"
