"""Amounts, names and notes of lists, recipes and races as somebody reads them who does not read English."""

from __future__ import annotations

import re
from unicodedata import numeric

import pytest
from django.utils.translation import override

from planning.amounts import PREPARED, name_order, plural_count, told_amount, told_measure, told_number
from planning.catalogue import files
from planning.cooking import in_units
from planning.own.told import told_note
from planning.race_course import read_places
from planning.services.shopping_told import told_delta, told_item

LINE = {"name": "Egg", "own": False, "own_quantity": None, "quantity": "10 eggs", "notes": []}


@pytest.mark.parametrize(
    ("english", "serbian"),
    [
        ("1 egg", "1 jaje"),
        ("3 eggs", "3 jajeta"),
        ("10 eggs", "10 jaja"),
        ("2 × 400g can + 240g can", "2 × konzerva od 400g + konzerva od 240g"),
        ("about 2 cups", "oko 2 šolje"),
        ("½ teaspoon", "½ kašičice"),
        ("8 potatoes", "8 komada"),
        ("1.25kg", "1,25kg"),
        ("1.5 kg", "1,5 kg"),
        ("two boxes", "two boxes"),
        ("3 boxes", "3 boxes"),
    ],
)
def test_an_amount_to_buy_is_told_in_serbian_and_unknown_words_stay(english, serbian):
    with override("sr-latn"):
        assert told_amount(english) == serbian


@pytest.mark.parametrize(
    ("english", "piece_name", "serbian"),
    [
        ("1½ tbsp almonds, chopped", "", "1½ kašike, seckano"),
        ("a pinch of salt", "", "prstohvat"),
        ("1 onion, finely chopped", "onion", "1 komad, sitno seckano"),
        ("1 onion, as you like it", "onion", "1 komad"),
        ("2 cloves garlic", "clove", "2 čena"),
        ("1 1/2 tbsp olive oil", "", "1½ kašike"),
        ("1/2 medium onion", "", "½ komada"),
        ("about 1/4 tsp salt", "", "oko ¼ kašičice"),
        ("1 lb 2 oz potatoes, diced", "", "1 lb 2 oz, isečeno na kockice"),
        ("250 ml milk", "", "250 ml"),
        ("a handful of spinach", "", ""),
        ("salt to taste", "", ""),
    ],
)
def test_of_a_cooks_line_the_measure_is_told_and_the_food_is_not_said_twice(english, piece_name, serbian):
    with override("sr-latn"):
        assert told_measure(english, piece_name=piece_name) == serbian


@pytest.mark.parametrize(
    ("text", "weight", "told"),
    [
        ("280 g seitan, in strips", "280 g", "isečeno na trake"),
        ("1 lb 2 oz fresh cheese", "1 lb 2 oz", ""),
        ("600 ml milk", "619 g", "600 ml"),
    ],
)
def test_a_weight_is_not_told_beside_itself(text, weight, told):
    with override("sr-latn"):
        assert told_measure(text, beside=weight) == told


def test_a_preparation_without_words_in_a_language_is_left_out():
    with override("he"):
        assert told_measure("280 g seitan, in strips", beside="280 g") == ""


def test_every_preparation_of_the_catalogue_is_told_in_serbian():
    ends = {show.partition(", ")[2] for row in files.read_recipes() for *_, show, _ in row.ingredients}
    # A pinch is an amount, and a food may have a comma in its name.
    assert ends - {"", "a pinch", "boneless chicken thigh"} <= PREPARED.keys()


FIRST = re.compile(r"(?:(\d+) (?=\d/))?(?:(\d)/(\d)|(\d+(?:[.,]\d+)?)?([¼½¾⅓⅔⅛])?)")


def first_number(text):
    """The value of the number that a text begins with, None for none: `1 1/2` and `1½` are the same."""
    whole, above, below, plain, sign = FIRST.match(text.removeprefix("about ").removeprefix("oko ")).groups()
    parts = [whole, plain and plain.replace(",", "."), above and int(above) / int(below), sign and numeric(sign)]
    return sum(float(part) for part in parts if part) or None


def test_every_line_of_the_catalogue_begins_with_the_same_number_in_serbian():
    shown = {show for row in files.read_recipes() for *_, show, _ in row.ingredients}
    lines = {in_units(show, us=us) for show in shown for us in (False, True)}
    with override("sr-latn"):
        told = {line: told_measure(line) for line in lines}
    counted = {line: words for line, words in told.items() if first_number(words) is not None}
    assert len(counted) > 500
    assert [line for line, words in counted.items() if first_number(words) != first_number(line)] == []


def test_in_english_every_amount_stays_as_it_is():
    for text in ("2 × 400g can", "about 2 cups", "1.25kg", "8 potatoes"):
        assert told_amount(text) == text
    assert told_measure("1½ tbsp olive oil, chopped") == "1½ tbsp olive oil, chopped"
    assert told_number("1.25 kg") == "1.25 kg"


def test_one_and_a_half_is_counted_like_two_and_half_a_serving_like_one_in_english_only():
    assert [plural_count(amount) for amount in (0.5, 1.0, 1.5, 4.5, 5.0)] == [1, 1, 2, 2, 5]
    with override("sr-latn"):
        assert [plural_count(amount) for amount in (0.5, 1.0, 1.5, 4.5, 5.0)] == [2, 1, 2, 2, 5]


def test_a_line_of_the_athletes_own_keeps_its_words():
    own = LINE | {"name": "Eggs from Ana", "own": True, "quantity": "10 eggs", "own_quantity": "10 eggs"}
    with override("sr-latn"):
        assert told_item(own)["name"] == "Eggs from Ana"
        assert told_item(own)["quantity"] == "10 eggs"
        assert told_item(LINE)["name"] == "Jaje"
        assert told_item(LINE)["quantity"] == "10 jaja"


def test_what_a_renewed_list_gained_is_told_in_the_language_of_the_page():
    delta = [{"food": "Egg", "before": "none", "after": "3 eggs", "before_grams": 0.0, "after_grams": 150.0}]
    assert told_delta(delta) == "The list follows your plan again, and your ticks are kept. New: Egg."
    with override("sr-latn"):
        assert told_delta(delta) == "Spisak opet prati tvoj plan, a štiklirano je ostalo. Novo: Jaje."


def test_a_note_of_the_reader_of_pages_is_told_with_its_numbers():
    with override("sr-latn"):
        told = told_note("Only the first 60 of 75 ingredients were read.")
        assert told == "Pročitano je samo prvih 60 od 75 sastojaka."
        assert told_note("Something else.") == "Something else."


def test_names_are_put_in_order_without_accents_outside_of_english():
    with override("sr-latn"):
        assert sorted(["Tikvica", "Šargarepa", "Spanać"], key=name_order) == ["Šargarepa", "Spanać", "Tikvica"]


def test_tables_of_a_course_may_be_written_in_serbian():
    places = read_places("svakih 5 km", unit="km")
    assert places is not None
    assert places.text == "every 5 km"
