"""Amounts that steps name, for another number of servings."""

from __future__ import annotations

import re

import pytest

from planning.models import Recipe
from planning.scaling import keeps_an_amount, scaled, scaled_method
from planning.views.recipes import batch_servings

WEIGHED_LINE = re.compile(r"^([\d.]+) g\b")
LIQUID = re.compile(r"([\d.]+) (ml|l)")


def milliliters(method):
    """All that the steps pour, where they say how much."""
    found = LIQUID.findall(" ".join(method))
    return sum(float(amount) * (1 if unit == "ml" else 1000) for amount, unit in found)


@pytest.mark.parametrize(
    ("step", "ratio", "told"),
    [
        ("Simmer in 700 ml of water for 12 minutes.", 1.5, "Simmer in 1.05 l of water for 12 minutes."),
        ("Simmer in 700 ml of water for 12 minutes.", 0.25, "Simmer in 180 ml of water for 12 minutes."),
        ("Add 1.2 liters of water.", 0.5, "Add 600 ml of water."),
        ("Add 2 liters of water.", 0.5, "Add 1 liter of water."),
        ("Add salt and a glass of water.", 2, "Add salt and 2 glasses of water."),
        ("Add two glasses of water.", 0.5, "Add a glass of water."),
        ("Keep a cup of the water.", 0.25, "Keep half a cup of the water."),
        ("Fry in 2 tbsp of the oil with 1/2 tsp cumin.", 1.5, "Fry in 3 tbsp of the oil with ¾ tsp cumin."),
        ("Mix 100–150 g flour with 1,5 l milk.", 3, "Mix 300–450 g flour with 4,5 l milk."),
        ("Beat 2 eggs with 1 cup milk.", 3, "Beat 6 eggs with 3 cups milk."),
        ("Shape two thin patties.", 1.5, "Shape three thin patties."),
        ("Roll into twelve balls.", 1.5, "Roll into 18 balls."),
        ("Make four hollows.", 0.25, "Make one hollow."),
    ],
)
def test_amounts_grow_and_shrink_with_the_servings(step, ratio, told):
    assert scaled(step, ratio) == told


@pytest.mark.parametrize(
    "step",
    [
        "Bake at 200 °C for 12 to 15 minutes.",
        "Fill a tin of 25 by 35 cm, 3 cm deep.",
        "Fry for two minutes a side in two pans.",
        "Open a 400 g tin of tomatoes.",
        "Add 1 jar (400 g) of beans.",
        "Divide into 60 g balls of 60 g each.",
        "Boil in a 5 l pot.",
        "Fry with half of the oil and a third of the salt.",
        "Serves 4. Cut the bread in half.",
    ],
)
def test_times_degrees_sizes_packages_and_parts_stay_as_written(step):
    assert scaled(step, 3) == step


def test_a_method_is_scaled_whole_or_not_at_all():
    assert scaled_method(["Add 500 ml water.", "Add a 400 g tin."], 2) == ["Add 500 ml water.", "Add a 400 g tin."]
    assert scaled_method(["Add 500 ml water.", "Serve."], 2) == ["Add 1 l water.", "Serve."]


def test_spoons_of_a_serbian_method_are_left_with_a_remark():
    assert keeps_an_amount("Dodaj 2 kašike ulja.")
    assert not keeps_an_amount("Dodaj 200 g brašna i peci 20 minuta.")


@pytest.mark.django_db
def test_every_method_of_the_catalogue_can_be_told_for_any_number_of_servings(catalogue):
    """No step keeps an amount, twice the servings take twice the liquid, and all weighed lines stand for one batch."""
    dishes = list(Recipe.objects.filter(owner=None).prefetch_related("ingredients"))
    named = 0
    for dish in dishes:
        assert not any(map(keeps_an_amount, dish.method)), dish.slug
        doubled = scaled_method(dish.method, 2)
        assert milliliters(doubled) == pytest.approx(2 * milliliters(dish.method)), dish.slug
        if doubled == dish.method:
            continue
        named += 1
        lines = list(dish.ingredients.all())
        batch = batch_servings(lines)
        for line in lines:
            weighed = WEIGHED_LINE.match(line.show)
            if weighed and line.grams_per_serving:
                assert float(weighed[1]) / line.grams_per_serving == pytest.approx(batch, rel=0.15), dish.slug
    assert named > 100
