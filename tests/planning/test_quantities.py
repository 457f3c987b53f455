"""From edible grams to what a shop sells."""

from __future__ import annotations

import random

import pytest

from planning.quantities import choose_packs, grams_text, kitchen_text, plan_purchase, plural, volume_text
from tests.corpora import for_every


def purchase(grams, *, refuse_pct=None, density=None, state="", aisle="", **shopping):
    return plan_purchase(
        grams=grams,
        shopping=shopping,
        refuse_pct=refuse_pct,
        density_g_per_ml=density,
        state=state,
        aisle=aisle,
    )


@for_every(
    ("grams", "text"),
    [(0.04, "0.1g"), (2.34, "2.4g"), (12.2, "13g"), (850, "850g"), (999.4, "1kg"), (1000, "1kg"), (1250, "1.25kg"),
     (1234.6, "1.24kg"), (12_000, "12kg")],
)  # fmt: skip
def test_grams_are_told_as_a_shopper_reads_them_and_never_as_too_little(grams, text):
    assert grams_text(grams) == text


@for_every(("amount", "text"), [(0.2, "1ml"), (250, "250ml"), (1000, "1l"), (1504, "1.51l")])
def test_volumes_are_told_the_same_way(amount, text):
    assert volume_text(amount) == text


@for_every(
    ("need", "sizes", "packs"),
    [
        (750, [500, 1000], (1000,)),
        (1100, [1000, 500, 100], (1000, 100)),
        (450, [500, 200, 50], (500,)),
        (900, [400], (400, 400, 400)),
        (1500, [500, 1000], (1000, 500)),
        (1, [500], (500,)),
        (500, [500], (500,)),
    ],
)
def test_packs_cover_the_need_with_little_left_over(need, sizes, packs):
    assert choose_packs(need, sizes) == packs


def test_packs_always_cover_the_need_and_none_could_be_left_in_the_shop():
    rng = random.Random(5)
    for _ in range(500):
        need = rng.uniform(1, 8000)
        packs = choose_packs(need, [rng.choice((100, 200, 250, 400, 500, 750, 1000)) for _ in range(rng.randint(1, 3))])
        assert sum(packs) >= need - 1e-6
        assert sum(packs) - min(packs) < need


@for_every(("need", "sizes"), [(0, [500]), (100, []), (100, [0])])
def test_without_a_need_or_a_size_there_is_no_pack(need, sizes):
    assert choose_packs(need, sizes) == ()


def test_a_need_of_hundreds_of_packs_is_answered_at_once():
    assert len(choose_packs(100_000, [100.0])) == 1000


def test_refuse_is_bought_on_top():
    """A banana is 36 % peel: 64 g eaten are 100 g bought."""
    assert purchase(64, refuse_pct=36).purchase_grams == pytest.approx(100)


def test_what_is_drained_off_a_can_is_bought_too():
    """Beans drain to 60 %: 240 g eaten are one can of 400 g."""
    bought = purchase(240, drained_fraction=0.6, state="canned", shop_unit="can", pack_sizes=[400])
    assert (bought.purchase_grams, bought.display) == (pytest.approx(400), "400g can")


def test_a_fresh_food_is_not_drained():
    assert purchase(240, drained_fraction=0.6, state="raw").purchase_grams == 240


def test_pieces_are_whole():
    bought = purchase(250, shop_unit="piece", piece_grams=118, piece_name="banana", refuse_pct=36)
    assert (bought.display, bought.basis["piece_grams"]) == ("3 bananas", 118)
    assert bought.bought_grams == pytest.approx(3 * 118 / 0.64)


def test_exactly_two_pieces_are_not_three():
    assert purchase(236, shop_unit="piece", piece_grams=118).display == "2"


def test_liquids_are_told_in_milliliters_through_their_density():
    bought = purchase(1030, shop_unit="ml", density=1.03, pack_sizes=[1000], density_source="label")
    assert (bought.display, bought.basis["density_source"]) == ("1l", "label")


def test_a_liquid_of_unknown_density_stays_in_grams():
    assert purchase(1030, shop_unit="ml", pack_sizes=[1000]).display == "1.03kg"


def test_equal_packs_are_counted():
    assert purchase(900, pack_sizes=[400]).display == "3 × 400g"


def test_the_edible_grams_stay_the_truth_and_the_rest_of_the_pack_is_told():
    bought = purchase(900, pack_sizes=[400])
    assert (bought.grams, bought.bought_grams, bought.leftover_grams) == (900, 1200, 300)


@for_every(
    ("noun", "many"),
    [("egg", "eggs"), ("potato", "potatoes"), ("peach", "peaches"), ("cherry", "cherries"), ("leaf", "leaves"),
     ("avocado", "avocados"), ("bay leaf", "bay leaves"), ("", "")],
)  # fmt: skip
def test_pieces_are_named_in_plural(noun, many):
    assert (plural(noun, 1), plural(noun, 2)) == (noun, many)


def banana(grams):
    return purchase(
        grams, piece_grams=118, piece_name="banana", pack_sizes=[500, 1000], refuse_pct=36, state="raw", aisle="Fruit"
    )


def test_loose_fruit_is_counted_while_a_hand_can_carry_it():
    assert (banana(236).display, banana(1200).display) == ("2 bananas", "2 × 1kg")


def test_a_leaf_is_no_piece_that_is_sold():
    bought = purchase(30, piece_grams=60, piece_name="leaf", pack_sizes=[250], state="raw", aisle="Vegetables")
    assert bought.display == "250g"


def test_a_gel_is_its_own_pack():
    assert purchase(110, piece_grams=40, piece_name="gel", pack_sizes=[40]).display == "3 gels"


def test_a_piece_without_a_weight_of_its_own_is_its_pack_without_the_refuse():
    """A melon of 1 kg is 54 % rind: 460 g to eat."""
    bought = purchase(500, shop_unit="piece", pack_sizes=[1000], piece_name="melon", refuse_pct=54)
    assert (bought.display, bought.edible_bought_grams) == ("2 melons", pytest.approx(920))


@for_every(
    ("grams", "facts", "text"),
    [
        (236.588, {"density": 1.0}, "1 cup"),
        (300, {"density": 1.0}, "about 1¼ cups"),
        (14.7868, {"density": 1.0}, "1 tablespoon"),
        (4.92892, {"density": 1.0}, "1 teaspoon"),
        (0.1, {"density": 1.0}, ""),
        (125, {"piece_grams": 50, "piece_name": "egg"}, "2½ eggs"),
        (1270, {"piece_grams": 50, "piece_name": "egg"}, "about 25 eggs"),
        (100, {}, ""),
        (0, {"density": 1.0}, ""),
    ],
)
def test_grams_are_told_in_kitchen_words_only_through_a_known_measure(grams, facts, text):
    facts = dict(facts)
    density = facts.pop("density", None)
    assert kitchen_text(grams, shopping=facts, density_g_per_ml=density) == text


def test_garlic_is_bought_by_the_head():
    bought = purchase(36, piece_grams=3, piece_name="clove", pack_sizes=[100], state="raw", aisle="Vegetables")
    assert (bought.display, bought.edible_bought_grams) == ("2 heads", 60)


def test_arugula_is_not_counted_by_the_leaf():
    assert kitchen_text(68, shopping={"piece_grams": 2, "piece_name": "leaf"}, density_g_per_ml=None) == ""
