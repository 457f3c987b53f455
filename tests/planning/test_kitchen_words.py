"""Grams in the words of a cook, at every portion; grams stay the truth beside them."""

from __future__ import annotations

from planning.catalogue import files
from planning.kitchen import fraction_text, kitchen_words, names_an_amount
from tests.corpora import for_every

CORE = files.read_core()
DENSITY = {row.code: row.density_g_per_ml for row in files.read_foods() if row.code in CORE}
BANANA, EGG, OLIVE_OIL, SALT, SODA, GARLIC = "09040", "01123", "04053", "02047", "18372", "11215"
ARUGULA, MILK, FLOUR, ONION, BREAD, LEMON_JUICE = "11959", "01079", "20481", "11282", "18069", "09152"


def words(code, grams, show=""):
    food = CORE[code]
    density = food.density_g_per_ml or DENSITY[code]
    return kitchen_words(
        grams, name=food.name, shopping=food.shopping, density_g_per_ml=density, aisle=food.aisle, show=show
    )


@for_every(
    ("code", "grams", "show", "text"),
    [
        (BANANA, 177, "1 medium banana", "1½ bananas"),
        (BANANA, 59, "1 medium banana, sliced", "½ banana, sliced"),
        (BANANA, 71, "1 medium banana", "about ⅔ banana"),
        (EGG, 150, "2 large eggs", "3 eggs"),
        (EGG, 25, "1 large egg", "½ egg"),
        (OLIVE_OIL, 10, "1 tbsp olive oil", "¾ tbsp olive oil"),
        (OLIVE_OIL, 4.5, "1 tbsp olive oil", "1 tsp olive oil"),
        (SALT, 0.4, "1 g salt", "a pinch of salt"),
        (SODA, 0.6, "5 g baking soda", "⅛ tsp baking soda"),
        (SODA, 0.2, "5 g baking soda", "a pinch of baking soda"),
        (GARLIC, 4.5, "2 cloves garlic", "1½ cloves garlic"),
        (ONION, 55, "1 medium onion, finely chopped", "½ onion, finely chopped"),
        (MILK, 309.5, "600 ml milk", "300 ml milk"),
        (LEMON_JUICE, 7.6, "1 tbsp lemon juice", "1½ tsp lemon juice"),
    ],
)
def test_a_portion_is_said_as_a_cook_measures_it(code, grams, show, text):
    assert words(code, grams, show) == text


@for_every(
    ("code", "grams", "show"),
    [(ARUGULA, 68, "60 g arugula"), (FLOUR, 90, "240 g wheat flour"), (LEMON_JUICE, 0, "1 tbsp lemon juice")],
)
def test_what_is_weighed_has_no_other_words(code, grams, show):
    assert words(code, grams, show) == ""


def test_without_density_nothing_is_poured_into_a_spoon():
    assert kitchen_words(12, name="Paste", shopping={}, density_g_per_ml=None, show="1 tbsp paste") == ""


@for_every(
    ("amount", "text"), [(0.25, "¼"), (1 / 3, "⅓"), (0.97, "1"), (1.5, "1½"), (6.3, "6½"), (12.4, "12"), (0.05, "")]
)
def test_fractions_are_those_on_a_spoon(amount, text):
    assert fraction_text(amount)[0] == text


def test_no_catalogue_dish_asks_for_a_crumb_on_a_scale():
    """Below a gram and a half nobody weighs: at half and at one and a half servings every line has other words."""
    silly = [
        (row.slug, show, grams * share)
        for row in files.read_recipes()
        for code, grams, show, to_taste in row.ingredients
        for share in (0.5, 1.5)
        if grams * share < 1.5 and not to_taste and not words(code, grams * share, show)
    ]
    assert silly == []


@for_every(
    ("step", "named"),
    [
        ("Whisk with 100 ml water.", True),
        ("Fry in 1 tbsp of the oil.", True),
        ("Bake 20 minutes at 180 °C.", False),
        ("Use a tin of 25 by 35 cm.", False),
        ("Slice the banana.", False),
    ],
)
def test_a_step_names_an_amount_or_does_not(step, named):
    assert names_an_amount(step) is named
