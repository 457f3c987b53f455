"""Whole eggs and half bananas: the sizes of a dish, how pieces are said, and what a swap variant says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from planning.catalogue import files, kinds, pieces, swaps
from planning.catalogue.compose import Part, dish_tags
from planning.units import parse_quantity
from planning.units_types import FoodFacts
from planning.units_weight import to_grams
from tests.corpora import for_every

# Dishes whose pieces are whole ones on both sides: a bun with a patty, half a bagel.
TWO_SIZES = {
    "half-bagel-jam",
    "beef-burger-oven-wedges",
    "beef-burger-oven-wedges--turkey",
    "beef-burger-oven-wedges--bean",
}
EGG = "01123"


@dataclass(frozen=True)
class Food:
    """A food in the shape that wording reads."""

    slug: str
    words: tuple[str, ...]
    name: str = ""
    aisle: str = "Meat"
    state: str = "raw"
    density_g_per_ml: float | None = None
    piece_name: str = ""
    piece_grams: float | None = None
    piece_step: float | None = None


CHICKEN = Food("chicken-breast-raw", ("chicken breast", "chicken"))
TOFU = Food("tofu-firm", ("tofu",), aisle="Legumes", state="ready")
CHICKPEAS = Food("chickpeas", ("chickpeas",), aisle="Legumes", state="drained")
EGGS = Food("egg-raw", ("eggs", "egg"), aisle="Eggs", piece_name="egg", piece_grams=50, piece_step=1)
MILK = Food("milk", ("milk",), aisle="Dairy", state="ready", density_g_per_ml=1.03)
SOY_DRINK = Food("soy-milk", ("soy drink", "drink"), aisle="Legumes", state="ready", density_g_per_ml=1.03)
BREAD = Food("bread-rye", ("rye bread", "bread"), aisle="Bread", state="ready")
PLAIN_BREAD = Food("bread-gf", ("gluten-free bread", "bread"), "", "Bread", "ready", None, "slice", 35, 0.5)
SEED_BUTTER = Food("sunflower-seed-butter", ("sunflower seed butter", "seed butter"), aisle="Nuts & seeds")
BUTTER = Food("butter-unsalted", ("butter",), aisle="Dairy")
OLIVE_OIL = Food("olive-oil", ("olive oil", "oil"), aisle="Oils & sauces")
SESAME_OIL = Food("sesame-oil", ("sesame oil", "oil"), aisle="Oils & sauces")
GARLIC_OIL = Food("garlic-oil", ("garlic oil", "oil"), aisle="Oils & sauces")


@cache
def core():
    return files.read_core()


@cache
def rows():
    return tuple(files.read_recipes())


@cache
def nutrients():
    return {row.code: row for row in files.read_foods()}


@cache
def facts(code: str) -> FoodFacts:
    food = core()[code]
    density = food.density_g_per_ml
    return FoodFacts(
        name=food.name,
        portions=tuple(portions().get(code, ())),
        density_g_per_ml=nutrients()[code].density_g_per_ml if density is None else density,
        drained_fraction=food.shopping["drained_fraction"],
        state=food.state,
        piece_grams=food.piece_grams,
        piece_name=food.piece_name,
    )


@cache
def portions():
    return files.read_portions()


def variants():
    base = {row.slug: row for row in rows() if row.kind != "variant"}
    return [(base[row.family], row) for row in rows() if row.kind == "variant"]


def sizes_of(row):
    return pieces.sizes(min_quarters=row.min_quarters, max_quarters=row.max_quarters, step_quarters=row.step_quarters)


@for_every(
    ("counts", "step"),
    [
        ([], 1),
        ([(2, 1)], 2),
        ([(1, 1)], 4),
        ([(4, 1)], 1),
        ([(1, 0.5)], 2),
        ([(3, 0.5)], 2),
        ([(2, 1), (3, 0.5)], 2),
        ([(1, 1), (1, 0.5)], 4),
        ([(0.5, 1)], 8),
    ],
)
def test_the_smallest_step_serves_every_piece_whole(counts, step):
    assert pieces.smallest_step_quarters(counts) == step


def test_pieces_that_never_come_out_even_are_refused():
    with pytest.raises(ValueError, match="do not come out whole"):
        pieces.smallest_step_quarters([(0.3, 1)])


def test_sizes_are_multiples_of_the_step_counted_from_zero():
    assert list(pieces.sizes(min_quarters=3, max_quarters=9, step_quarters=2)) == [4, 6, 8]


@for_every(
    ("grams", "piece_grams", "piece_step", "count"),
    [(100, 50, 1, 2.0), (59, 118, 0.5, 0.5), (80, 50, 1, None), (75, None, 1, None), (75, 50, None, None)],
)
def test_an_amount_is_counted_in_parts_that_are_served_or_not_at_all(grams, piece_grams, piece_step, count):
    assert pieces.count_pieces(grams, piece_grams=piece_grams, piece_step=piece_step) == count


@for_every(
    ("grams", "word", "piece_name", "piece_grams", "piece_step", "text"),
    [
        (100, "eggs", "egg", 50, 1, "2 eggs"),
        (50, "eggs", "egg", 50, 1, "1 egg"),
        (59, "banana", "banana", 118, 0.5, "½ banana"),
        (177, "banana", "banana", 118, 0.5, "1½ bananas"),
        (105, "gluten-free bread", "slice", 35, 0.5, "3 slices gluten-free bread"),
        (340, "potatoes", "potato", 170, 1, "2 potatoes"),
        (80, "eggs", "egg", 50, 1, ""),
    ],
)
def test_pieces_are_said_as_a_cook_says_them(grams, word, piece_name, piece_grams, piece_step, text):
    said = pieces.piece_text(grams, word=word, piece_name=piece_name, piece_grams=piece_grams, piece_step=piece_step)
    assert said == text


@for_every(
    ("code", "grams", "text"),
    [
        (EGG, 150, "3 eggs"),
        ("09040", 177, "1½ bananas"),
        ("18449", 48, "2 corn tortillas"),
        ("bread-gluten-free-vegan", 105, "3 slices gluten-free bread"),
        ("energy-gel", 80, "2 energy gels"),
        ("18407", 49, "½ bagel"),
        ("18075", 48, "1½ slices whole-wheat bread"),
        ("20444", 80, ""),
        ("11529", 123, ""),
    ],
)
def test_an_amount_of_a_reviewed_food_is_shown_in_pieces_where_it_is_served_so(code, grams, text):
    facts, name = core()[code].shopping, core()[code].name.split(",")[0].lower()
    sizes = {name: facts.get(name) for name in ("piece_grams", "piece_step")}
    said = pieces.piece_text(
        grams, word=facts.get("kitchen_word") or name, piece_name=facts.get("piece_name") or "", **sizes
    )
    assert said == text


@for_every(("word", "many"), [("egg", "eggs"), ("leaf", "leaves"), ("potato", "potatoes"), ("radish", "radishes")])
def test_kitchen_nouns_have_their_plural(word, many):
    assert pieces.plural(word) == many


def test_eggs_on_a_plate_are_whole_in_every_size_of_every_dish():
    broken = [
        (row.slug, quarters)
        for row in rows()
        if float(row.raw["servings"]) <= 2
        for code, grams, *_ in row.ingredients
        if code == EGG
        for quarters in sizes_of(row)
        if pieces.count_pieces(grams * quarters / 4, piece_grams=50, piece_step=1) is None
    ]
    assert broken == []


def test_what_a_dish_counts_comes_out_whole_in_every_size():
    broken = []
    for row in rows():
        counted = {str(code) for code in (row.raw.get("scale") or {}).get("indivisible") or []}
        for code, grams, *_ in row.ingredients:
            food = core()[code]
            if code in counted and food.piece_step:
                for quarters in sizes_of(row):
                    amount = grams * quarters / 4
                    if not pieces.count_pieces(amount, piece_grams=food.piece_grams, piece_step=food.piece_step):
                        broken.append((row.slug, code, quarters))
    assert broken == []


def test_the_limits_of_a_dish_are_sizes_of_it():
    off = [row.slug for row in rows() if row.min_quarters % row.step_quarters or row.max_quarters % row.step_quarters]
    assert off == []


def test_nearly_every_dish_comes_in_three_sizes_or_more():
    assert {row.slug for row in rows() if len(sizes_of(row)) < 3} == TWO_SIZES


@for_every("slug", ["energy-gel", "fruit-chews", "oat-bar-on-the-go"])
def test_what_is_torn_open_on_the_road_goes_by_whole_pieces_from_one_to_ten(slug):
    row = next(row for row in rows() if row.slug == slug)
    assert (row.min_quarters, row.max_quarters, row.step_quarters) == (4, 40, 4)


def test_a_dish_of_one_food_is_a_food():
    kind = {row.slug: row.kind for row in rows()}
    assert (kind["energy-gel"], kind["banana-on-the-go"], kind["pasulj-bread"]) == ("food", "food", "base")


def test_every_line_means_its_grams_within_five_percent_by_the_parser_of_recipes():
    wrong = []
    for row in rows():
        for code, grams, show, _ in row.ingredients:
            batch = grams * float(row.raw["servings"])
            weighed = to_grams(parse_quantity(show), facts(code))
            if weighed.grams is None or abs(float(weighed.grams) - batch) > 0.05 * batch + 0.02:
                wrong.append((row.slug, show, round(batch, 1), weighed.grams))
    assert wrong == []


def test_a_variant_names_the_new_food_in_its_steps_and_never_the_old_one():
    wrong = []
    for base, variant in variants():
        old = {code for code, *_ in base.ingredients} - {code for code, *_ in variant.ingredients}
        kept = {word for code, *_ in variant.ingredients for word in core()[code].words}
        for code in old:
            gone = [word for word in core()[code].words if not any(word in other for other in kept)]
            steps = " ".join(variant.method)
            wrong.extend((variant.slug, word) for word in gone if re.search(rf"\b{re.escape(word)}\b", steps))
    assert wrong == []


def test_no_line_of_a_variant_is_empty():
    assert [(row.slug, code) for row in rows() for code, _, show, _ in row.ingredients if not show] == []


def test_a_variant_says_something_else_than_its_base():
    same = [
        variant.slug
        for base, variant in variants()
        if [line[2] for line in base.ingredients] == [line[2] for line in variant.ingredients]
    ]
    assert same == []


def swapped(step, old, new, *others, says=None):
    foods = {"old": old, **{str(index): food for index, food in enumerate(others)}}
    return swaps.swap_method([step], replaced={"old": new}, foods=foods, says=says)[0]


def test_a_step_speaks_of_the_new_food():
    assert swapped("Fry the sliced chicken in the oil.", CHICKEN, TOFU) == "Fry the sliced tofu in the oil."


def test_a_step_that_begins_with_the_food_keeps_its_capital():
    assert swapped("Chicken goes in last.", CHICKEN, TOFU) == "Tofu goes in last."


def test_nobody_slices_chickpeas():
    assert swapped("Fry the sliced chicken strips.", CHICKEN, CHICKPEAS) == "Fry the chickpeas."


def test_a_word_both_foods_bear_stays():
    assert swapped("Toast the bread.", BREAD, PLAIN_BREAD) == "Toast the bread."


def test_a_longer_name_protects_its_parts():
    step = "Spread with sunflower seed butter and butter."
    assert swapped(step, BUTTER, OLIVE_OIL, SEED_BUTTER) == "Spread with sunflower seed butter and olive oil."


def test_a_word_that_also_stands_for_a_food_that_stays_is_left_alone():
    step = "Fry in half of the oil and finish with olive oil."
    assert swapped(step, OLIVE_OIL, GARLIC_OIL, SESAME_OIL) == "Fry in half of the oil and finish with garlic oil."


def test_meat_is_called_by_its_short_name():
    assert swapped("Brown the tofu.", TOFU, CHICKEN) == "Brown the chicken."


def test_a_swap_may_state_what_cooks_differently():
    says = {"Boil the chickpeas for 8 minutes": "Warm the chickpeas"}
    assert swapped("Boil the eggs for 8 minutes.", EGGS, CHICKPEAS, says=says) == "Warm the chickpeas."


def test_a_phrase_that_no_step_has_is_an_error():
    with pytest.raises(ValueError, match="no step says"):
        swapped("Boil the eggs.", EGGS, TOFU, says={"Fry": "Bake"})


@for_every(
    ("food", "grams", "old_text", "text"),
    [
        (EGGS, 200, "300 g firm tofu, crumbled", "4 eggs"),
        (PLAIN_BREAD, 70, "2 slices rye bread", "2 slices gluten-free bread"),
        (SOY_DRINK, 257.5, "250 ml milk", "250 ml soy drink"),
        (TOFU, 300, "250 g chicken breast, sliced", "300 g tofu, sliced"),
        (CHICKPEAS, 200, "250 g chicken breast, sliced", "200 g canned chickpeas, drained"),
        (MILK, 20.5, "1 tbsp cream", "20 g milk"),
        (BUTTER, 7.1, "1 tbsp oil", "7.1 g butter"),
    ],
)
def test_the_line_of_a_variant_is_what_a_cook_would_write(food, grams, old_text, text):
    assert swaps.line_text(food, grams=grams, old_text=old_text) == text


def part(slug, grams, *, aisle="Grains", tags=(), carbs_g=0.0, protein_g=0.0):
    return Part(
        code=slug,
        grams=grams,
        nutrients={"carbs_g": carbs_g, "protein_g": protein_g},
        allergens={},
        tags=tuple(tags),
        price_minor_per_kg=None,
        slug=slug,
        aisle=aisle,
    )


RICE = part("rice-white-long-raw", 80, carbs_g=80, protein_g=7)
HAM = part("ham", 30, aisle="Meat", tags=["red_meat", "pork", "processed_meat"], protein_g=17)
LENTILS = part("lentils-cooked", 150, aisle="Legumes", tags=["legumes"], carbs_g=20, protein_g=9)
JAM = part("jam", 40, aisle="Sweet & baking", carbs_g=69)


def test_a_dish_rests_on_the_starch_that_gives_a_third_of_its_carbohydrate():
    assert kinds.kind_tags([RICE, HAM], slots=["lunch"]) >= {"base_rice"}


def test_a_pulse_that_gives_most_protein_is_the_main_of_a_dish():
    assert kinds.kind_tags([RICE, LENTILS], slots=["lunch"]) == {"base_rice", "main_legumes", "legumes"}


def test_a_spoonful_of_lentils_makes_no_dish_of_legumes():
    spoonful = part("lentils-cooked", 20, aisle="Legumes", tags=["legumes"], carbs_g=20, protein_g=9)
    assert "legumes" not in dish_tags([RICE, spoonful], slots=["lunch"])


def test_the_tags_of_foods_reach_the_dish():
    assert {"red_meat", "processed_meat"} <= set(dish_tags([RICE, HAM], slots=["lunch"]))


def test_a_snack_of_jam_is_a_sweet_one_and_the_same_at_breakfast_is_not():
    assert "sweet_snack" in kinds.kind_tags([JAM, RICE], slots=["snack"])
    assert "sweet_snack" not in kinds.kind_tags([JAM, RICE], slots=["breakfast"])


def test_a_dish_without_a_third_of_anything_has_no_base():
    mixed = [
        part("rice-white-long-raw", 10, carbs_g=80),
        part("pasta-dry", 10, carbs_g=80),
        part("potato-raw", 46, aisle="Vegetables", carbs_g=17.5),
    ]
    assert not {tag for tag in kinds.kind_tags(mixed, slots=["lunch"]) if tag.startswith("base_")}


@for_every(
    ("slug", "expected"),
    [
        ("pasulj-bread", {"base_legumes", "main_legumes", "legumes"}),
        ("djuvec-pork-rice", {"base_rice", "main_red_meat", "red_meat"}),
        ("djuvec-pork-rice--seitan", {"base_rice", "main_seitan"}),
        ("turkey-bolognese-spaghetti", {"base_pasta", "main_poultry"}),
        ("baked-trout-cucumber-yogurt", {"base_potato", "main_fish", "oily_fish"}),
        ("sea-bass-blitva", {"base_potato", "main_fish", "fish"}),
        ("tofu-vegetable-fried-rice", {"base_rice", "main_tofu"}),
        ("scrambled-eggs-toast-tomato", {"base_bread", "main_egg"}),
        ("oat-porridge-banana-almond-butter", {"base_oats", "main_dairy"}),
        ("kacamak-white-cheese-yogurt", {"base_corn", "main_dairy"}),
        ("quinoa-tofu-spinach-bowl", {"base_quinoa", "main_tofu"}),
        ("ham-egg-tomato-roll", {"base_bread", "main_egg", "processed_meat"}),
        ("dark-chocolate-orange", {"base_fruit", "sweet_snack"}),
        ("posni-cevapi-ajvar", {"base_bread", "main_plant_protein"}),
    ],
)
def test_known_dishes_carry_the_tags_one_would_give_them(slug, expected):
    row = next(row for row in rows() if row.slug == slug)
    parts = [files.part(core()[code], nutrients()[code].nutrients, grams) for code, grams, *_ in row.ingredients]
    assert expected <= set(dish_tags(parts, slots=row.slots))


def test_sea_bass_is_no_oily_fish():
    row = next(row for row in rows() if row.slug == "sea-bass-blitva")
    parts = [files.part(core()[code], nutrients()[code].nutrients, grams) for code, grams, *_ in row.ingredients]
    assert "oily_fish" not in dish_tags(parts, slots=row.slots)
