"""The quantity parser: what people write, in grams, or a question. Weights are those of the food table (USDA SR28)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planning.catalogue import files
from planning.units import FoodFacts, QuantityError, parse_quantity, to_grams
from planning.units_data import US_VOLUMES
from tests.corpora import for_every


@pytest.fixture(scope="module")
def food():
    """Facts of a food by its code in the table."""
    rows = {row.code: row for row in files.read_foods()}
    core, portions = files.read_core(), files.read_portions()

    def facts(code):
        known = core.get(code)
        density = known.density_g_per_ml if known and known.density_g_per_ml else rows[code].density_g_per_ml
        shopping = known.shopping if known else {}
        return FoodFacts(
            name=known.name if known else rows[code].name,
            portions=portions.get(code, []),
            density_g_per_ml=density,
            drained_fraction=shopping.get("drained_fraction"),
            state=known.state if known else "",
            piece_grams=shopping.get("piece_grams"),
            piece_name=shopping.get("piece_name") or "",
        )

    return facts


OATS, OIL, CHICKEN, EGG, CHICKPEAS, SALT = "08120", "04053", "05062", "01123", "16359", "02047"
MILK, GARLIC, BANANA, SALMON, BROCCOLI, BUTTER = "01077", "11215", "09040", "15076", "11090", "01145"

WEIGHED = [
    ("2 cups rolled oats", OATS, 162),
    ("1 1/2 tbsp extra-virgin olive oil", OIL, 20.25),
    ("250 g skinless chicken breast, diced", CHICKEN, 250),
    ("3 large eggs", EGG, 150),
    ("1 (400 g) can chickpeas, drained and rinsed", CHICKPEAS, 240),
    ("½ cup + 1 tbsp milk", MILK, 137),
    ("2-3 cloves garlic, minced", GARLIC, 7.5),
    ("1 banana", BANANA, 118),
    ("100ml whole milk", MILK, 103.1),
    ("1 lb 4 oz salmon fillet", SALMON, 566.99),
    ("1½ dl milk", MILK, 154.65),
    ("1 cup broccoli", BROCCOLI, 91),
    ("1 cup chopped broccoli", BROCCOLI, 91),
    ("1 cup broccoli, chopped", BROCCOLI, 91),
    ("2 cups + 100 g oats", OATS, 262),
    ("2 x 400 g chicken", CHICKEN, 800),
    ("2 × 400 g chicken", CHICKEN, 800),
    ("1,5 dl milk", MILK, 154.65),
    ("0.5 kg oats", OATS, 500),
    (".5 kg oats", OATS, 500),
    ("1/2 cup oats", OATS, 40.5),
    ("1⁄2 cup oats", OATS, 40.5),
    ("1½ cups oats", OATS, 121.5),
    ("1 ½ cups oats", OATS, 121.5),
    ("1-1/2 cups oats", OATS, 121.5),
    ("¾ cup oats", OATS, 60.75),
    ("one cup oats", OATS, 81),
    ("half a cup of oats", OATS, 40.5),
    ("a cup of oats", OATS, 81),
    ("a dozen large eggs", EGG, 600),
    ("2 small eggs", EGG, 76),
    ("2 eggs, large", EGG, 100),
    ("2 eggs (large)", EGG, 100),
    ("1 medium banana, sliced", BANANA, 118),
    ("1 large banana", BANANA, 136),
    ("half a banana", BANANA, 59),
    ("3 garlic cloves", GARLIC, 9),
    ("3 cloves of garlic", GARLIC, 9),
    ("1 T butter", BUTTER, 14.2),
    ("1 stick butter", BUTTER, 113),
    ("8 oz. butter", BUTTER, 226.796),
    ("1 pound butter", BUTTER, 453.592),
    ("1 cup (85 g) oats", OATS, 85),
    ("2 bananas (about 240 g)", BANANA, 240),
    ("1 400-g can chickpeas", CHICKPEAS, 240),
    ("400 g can chickpeas", CHICKPEAS, 240),
    ("2 cans (400 g each) chickpeas", CHICKPEAS, 480),
    ("2 x 400 g tins chickpeas", CHICKPEAS, 480),
    ("500 g / 1 lb 2 oz chicken", CHICKEN, 500),
    ("2 to 3 cloves garlic", GARLIC, 7.5),
    ("2–3 cloves garlic", GARLIC, 7.5),
    ("- 2 cups oats", OATS, 162),
    ("• 2 cups oats", OATS, 162),
    ("about 100 g oats", OATS, 100),
    ("1.500 g oats", OATS, 1500),
    ("1,500 g oats", OATS, 1500),
    ("1,5 kg oats", OATS, 1500),
    ("10 dag butter", BUTTER, 100),
    ("10 dkg butter", BUTTER, 100),
    ("2 kašike ulja", OIL, 27.389),
    ("2 KASIKE ulja", OIL, 27.389),
    ("1 kašičica soli", SALT, 6.087),
    ("mala kašika soli", SALT, 6.087),
    ("pola šolje mleka", MILK, 128.916),
    ("šolja mleka", MILK, 257.832),
    ("2 čena belog luka", GARLIC, 6),
    ("jedno veliko jaje", EGG, 50),
    ("butter 200 g", BUTTER, 200),
    ("Butter: 200 g", BUTTER, 200),
    ("3 EL Haferflocken", OATS, 15.39),
    ("1 TL Salz", SALT, 6.087),
    ("1 Tasse Milch", MILK, 257.832),
    ("2 Zehen Knoblauch", GARLIC, 6),
    ("1 tsp salt, or to taste", SALT, 6),
    ("2 heaped tbsp oats", OATS, 10.114),
    ("\u200f100 g oats\u200e", OATS, 100),
    ("١٠٠ g oats", OATS, 100),
    ("100\u00a0g oats", OATS, 100),
]


@for_every(("text", "code", "grams"), WEIGHED)
def test_a_line_weighs(food, text, code, grams):
    weighed = to_grams(parse_quantity(text), food(code))
    assert float(weighed.grams) == pytest.approx(grams, abs=0.26)


@for_every(("text", "code", "grams"), [("2 cups rolled oats", OATS, 171.18), ("1 tbsp olive oil", OIL, 13.695)])
def test_metric_cups_and_spoons_hold_a_little_more(food, text, code, grams):
    weighed = to_grams(parse_quantity(text, metric_cups=True), food(code))
    assert float(weighed.grams) == pytest.approx(grams, abs=0.01)


READ = [
    ("1 1/2 tbsp extra-virgin olive oil", "1.5", "tbsp", "extra-virgin olive oil", ""),
    ("250 g skinless chicken breast, diced", "250", "g", "skinless chicken breast", "diced"),
    ("3 large eggs", "3", "", "eggs", ""),
    ("1 (400 g) can chickpeas, drained and rinsed", "1", "can", "chickpeas", "drained and rinsed"),
    ("1 lb 4 oz salmon fillet", "20", "oz", "salmon fillet", ""),
    ("½ cup + 1 tbsp milk", "9", "tbsp", "milk", ""),
    ("2-3 cloves garlic, minced", "2.5", "clove", "garlic", "minced"),
    ("1,5 l water", "1.5", "l", "water", ""),
    ("2 x 400 g tins tomatoes", "2", "can", "tomatoes", ""),
    ("finely chopped onion", None, "", "onion", "finely chopped"),
    ("juice of 1 lemon", "1", "", "lemon juice", ""),
    ("100 m milk", "100", "", "m milk", ""),
    ("2 sports bars", "2", "", "sports bars", ""),
    ("1 onion (optional)", "1", "", "onion", "optional"),
]


@for_every(("text", "quantity", "unit", "food_text", "preparation"), READ)
def test_a_line_is_taken_apart(text, quantity, unit, food_text, preparation):
    read = parse_quantity(text)
    wanted = None if quantity is None else Decimal(quantity)
    assert (read.quantity, read.unit, read.food_text, read.preparation) == (wanted, unit, food_text, preparation)


def test_both_ends_of_a_range_are_kept():
    read = parse_quantity("2-3 cloves garlic")
    assert (read.quantity_min, read.quantity_max) == (2, 3)


def test_both_ends_of_a_range_are_weighed(food):
    weighed = to_grams(parse_quantity("2-3 cloves garlic"), food(GARLIC))
    assert (weighed.grams_min, weighed.grams_max) == (6, 9)


def test_the_text_is_kept_as_it_was_written():
    assert parse_quantity("  ½ CUP  Milk ").text == "  ½ CUP  Milk "


@for_every(
    "text", ["a pinch of salt", "salt to taste", "prstohvat soli", "1 Prise Salz", "so po ukusu", "dash of salt"]
)
def test_to_taste_has_no_grams_and_is_never_zero(food, text):
    read = parse_quantity(text)
    assert (read.to_taste, to_grams(read, food(SALT)).grams) == (True, None)


@for_every(("text", "code"), [("1 banana", BANANA), ("1 cup broccoli", BROCCOLI), ("2 heaped tbsp oats", OATS)])
def test_what_is_read_into_a_line_is_marked_as_assumed(food, text, code):
    assert to_grams(parse_quantity(text), food(code)).assumed is True


@for_every(("text", "code"), [("3 large eggs", EGG), ("2 cups oats", OATS), ("1 cup chopped broccoli", BROCCOLI)])
def test_what_a_line_says_is_not_assumed(food, text, code):
    assert to_grams(parse_quantity(text), food(code)).assumed is False


@for_every("text", ["a handful of oats", "1 bunch oats", "3 slices oats", "some oats", "100 m oats"])
def test_what_no_measure_of_the_food_answers_is_asked(food, text):
    weighed = to_grams(parse_quantity(text), food(OATS))
    assert (weighed.grams, weighed.question.endswith("?")) == (None, True)


def test_a_volume_without_density_is_asked_and_never_taken_for_water():
    weighed = to_grams(parse_quantity("1 cup mystery"), FoodFacts(name="Mystery"))
    assert (weighed.grams, "grams" in weighed.question) == (None, True)


def test_a_can_of_unknown_drained_weight_is_asked():
    weighed = to_grams(parse_quantity("1 (400 g) can peas, drained"), FoodFacts(name="Peas", state="canned"))
    assert (weighed.grams, "drained" in weighed.question) == (None, True)


def test_a_handful_that_the_food_measures_is_weighed():
    portion = {"amount": 2, "description": "handfuls", "grams": 60, "unit": "handful", "modifier": ""}
    assert to_grams(parse_quantity("a handful of nuts"), FoodFacts(portions=[portion])).grams == 30


@for_every("text", ["1 cup (5 kg) oats", "500 kg oats", "9999 cups oats"])
def test_an_amount_that_lies_is_asked_about(food, text):
    weighed = to_grams(parse_quantity(text), food(OATS))
    assert (weighed.assumed, weighed.question.endswith("?")) == (True, True)


@for_every(
    "text",
    [
        "0 eggs",
        "-1 cup milk",
        "1/0 cup milk",
        "0/5 cup milk",
        "0.0 g oats",
        "1e9 cups oats",
        "99999999999999999999 g oats",
        "1e9999 g oats",
        "",
        "   ",
        "1 cup \x00 milk",
        "1 cup milk " * 1000,
        "1" * 400,
        "1 cup milk + 100 g flour",
    ],
)
def test_an_impossible_line_is_refused_with_a_sentence(text):
    with pytest.raises(QuantityError) as refused:
        parse_quantity(text)
    assert str(refused.value).endswith(".")


@for_every(
    "text",
    [
        "1" + "/1" * 200,
        "(" * 400,
        "½" * 400,
        "1 - - - 2 cups",
        "cups cups cups",
        "🍌🍌🍌",
        "日本 100",
        "1 (((400 g)))) can",
        "+ + +",
        ",,,,",
        "1 x 2 x 3 g",
        "\ud800 1 g oats",
        "١/٠ cup",
        "1 000 000 g oats",
    ],
)
def test_strange_lines_are_read_or_refused_and_nothing_else(food, text):
    try:
        weighed = to_grams(parse_quantity(text), food(OATS))
    except QuantityError:
        return
    assert weighed.grams is None or weighed.grams > 0


@for_every("factor", ["2", "0.5", "3", "10", "1.25"])
@for_every(("text", "code", "grams"), WEIGHED[:20])
def test_units_property(food, text, code, grams, factor):
    """k times the amount weighs k times as much, in whatever units it is written."""
    read = parse_quantity(text)
    once, scaled = to_grams(read, food(code)), to_grams(read.scaled(factor), food(code))
    # Grams are rounded to thousandths before they are multiplied here.
    assert float(scaled.grams) == pytest.approx(float(once.grams) * float(factor), abs=0.0005 * (1 + float(factor)))


def test_a_factor_of_zero_is_refused():
    with pytest.raises(QuantityError):
        parse_quantity("1 cup oats").scaled(0)


def test_sixteen_us_tablespoons_are_a_cup():
    """NIST Handbook 44, appendix C."""
    assert US_VOLUMES["tbsp"] * 16 == US_VOLUMES["cup"]


def test_three_us_teaspoons_are_a_tablespoon():
    """NIST Handbook 44, appendix C."""
    assert US_VOLUMES["tsp"] * 3 == US_VOLUMES["tbsp"]


def test_what_the_reader_of_pages_takes_of_the_parser_needs_no_django():
    import subprocess
    import sys

    code = "import sys, planning.units_types, planning.units_data; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@for_every("text", ["59⅓ g oats", "2 x 59⅓ g oats"])
def test_a_single_amount_lies_within_itself(text):
    quantity = parse_quantity(text)
    assert quantity.quantity_min == quantity.quantity == quantity.quantity_max


def test_an_amount_too_small_to_weigh_is_asked_about_and_not_zero():
    answer = to_grams(parse_quantity("0.0001 mg salt"), FoodFacts(name="Salt"))
    assert (answer.grams, answer.question) == (None, "That weighs less than a milligram. How many grams is it?")
