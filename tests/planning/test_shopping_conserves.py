"""What the plans hold is what the list holds plus what the pantry covers, food by food, to the last gram."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from planning.models import PlanItem, RecipeIngredient, ShoppingItem
from planning.services.pantry import add_to_pantry, stock_for_planning
from planning.services.shopping import list_document
from planning.services.shopping_delta import amount_text, list_delta, shopping_delta
from tests.planning import shopping_kit as kit

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def exact(number):
    return Decimal(repr(number))


def planned(plan):
    """Grams by food of a plan, in exact decimals."""
    total = {}
    for item in plan.current.items.all():
        for line in RecipeIngredient.objects.filter(recipe=item.recipe):
            grams = Decimal(item.quarters) / 4 * exact(line.grams_per_serving)
            total[line.food_id] = total.get(line.food_id, 0) + grams
    return total


def test_plan_grams_are_list_grams_plus_pantry_grams_exactly(athlete):
    rng = random.Random(7)
    for trial in range(12):
        foods = [
            kit.make_food(
                f"{trial}-{number}",
                shop_unit=rng.choice(["g", "ml", "can", "piece"]),
                pack_sizes=rng.sample([100, 250, 330, 400, 500, 1000], rng.randint(0, 2)),
                piece_grams=rng.choice([None, 17.5, 118]),
                refuse_pct=rng.choice([None, 12, 36.5]),
                density_g_per_ml=rng.choice([None, 0.913, 1.04]),
                state=rng.choice(["dry", "raw", "drained"]),
                drained_fraction=rng.choice([None, 0.6]),
            )
            for number in range(6)
        ]
        dishes = [
            kit.make_dish(f"{trial}-{number}", {food: round(rng.uniform(0.2, 400), 3) for food in rng.sample(foods, 4)})
            for number in range(4)
        ]
        meals = [(rng.randrange(7), "lunch", rng.choice(dishes), rng.randint(1, 12)) for _ in range(20)]
        plan = kit.make_plan(athlete, meals, start=7 * trial)
        for food in rng.sample(foods, 3):
            add_to_pantry(athlete=athlete, food_id=food.pk, grams=round(rng.uniform(1, 2500), 3), by=None)
        rows = list_document(kit.make_list(athlete, start=7 * trial))["items"]
        assert {row["food_id"]: exact(row["grams"]) + exact(row["pantry_grams"]) for row in rows} == planned(plan)
        for row in rows:
            basis = row["basis"]
            assert basis["bought_grams"] == pytest.approx(row["purchase_grams"] + basis["leftover_grams"], abs=0.01)
            assert basis["leftover_grams"] >= -0.001
            assert basis["edible_bought_grams"] >= row["grams"] - 1e-5


def test_list_merges_units_by_grams(athlete):
    """Two cups of oats, 100 g and a handful of 30 g are one line (2 cups of 236.588 ml at 0.38 g/ml)."""
    oats = kit.make_food("oats", density_g_per_ml=0.38, pack_sizes=[500, 1000])
    cups = kit.make_dish("cups", {oats: round(2 * 236.588 * 0.38, 3)})
    grams = kit.make_dish("grams", {oats: 100})
    handful = kit.make_dish("handful", {oats: 30})
    kit.make_plan(athlete, [(0, "breakfast", cups, 4), (1, "breakfast", grams, 4), (2, "snack", handful, 4)])
    (row,) = list_document(kit.make_list(athlete))["items"]
    assert (row["grams"], row["quantity"], row["kitchen"]) == (309.807, "500g", "about 3½ cups")


def test_pantry_partial(athlete):
    """Of 750 g that are needed 500 g are at home: the list says 250 g."""
    rice = kit.make_food("rice")
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("bowl", {rice: 750}), 4)])
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=500, by=athlete.user)
    (row,) = list_document(kit.make_list(athlete))["items"]
    assert (row["needed_grams"], row["pantry_grams"], row["grams"], row["quantity"]) == (750, 500, 250, "250g")


def test_what_is_at_home_to_the_full_is_not_to_buy(athlete):
    rice = kit.make_food("rice")
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("bowl", {rice: 300}), 4)])
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=500, by=athlete.user)
    (row,) = list_document(kit.make_list(athlete))["items"]
    assert (row["at_home"], row["grams"], row["purchase_grams"], row["price"]) == (True, 0, 0, None)


@pytest.mark.parametrize("order", [(0, 2), (2, 0)])
def test_lists_of_two_ranges_share_what_is_at_home_earlier_days_first(athlete, order):
    """600 g at home, 400 g for days 0-1, 400 g for days 2-3: whichever list is made first, 200 g have to be bought."""
    rice = kit.make_food("rice")
    bowl = kit.make_dish("bowl", {rice: 400})
    kit.make_plan(athlete, [(1, "lunch", bowl, 4), (3, "lunch", bowl, 4)])
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=600, by=athlete.user)
    bought = {start: list_document(kit.make_list(athlete, start=start, days=2))["items"][0] for start in order}
    assert (bought[0]["grams"], bought[2]["grams"]) == (0, 200)


def test_a_list_over_both_ranges_counts_the_stock_once(athlete):
    rice = kit.make_food("rice")
    bowl = kit.make_dish("bowl", {rice: 400})
    kit.make_plan(athlete, [(1, "lunch", bowl, 4), (3, "lunch", bowl, 4)])
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=600, by=athlete.user)
    (row,) = list_document(kit.make_list(athlete, days=4))["items"]
    assert (row["pantry_grams"], row["grams"]) == (600, 200)


def test_a_leftover_is_bought_with_the_meal_it_is_cooked_with(athlete):
    rice = kit.make_food("rice")
    stew = kit.make_dish("stew", {rice: 100})
    kit.make_plan(athlete, [(1, "dinner", stew, 4), (2, "lunch", stew, 4, (1, "dinner", 0))])
    cooking_day = list_document(kit.make_list(athlete, start=1, days=1))["items"]
    next_day = list_document(kit.make_list(athlete, start=2, days=1))["items"]
    assert ([row["grams"] for row in cooking_day], next_day) == ([200], [])


def test_a_leftover_of_a_meal_that_was_eaten_is_cooked_already(athlete):
    rice = kit.make_food("rice")
    stew = kit.make_dish("stew", {rice: 100})
    plan = kit.make_plan(athlete, [(1, "dinner", stew, 4), (2, "lunch", stew, 4, (1, "dinner", 0))])
    plan.current.items.filter(slot="dinner").update(status="eaten")
    assert list_document(kit.make_list(athlete))["items"] == []


def test_integer_packs(athlete):
    """1,200 ml of milk (1.03 g/ml) are two whole liters; what stays over is told and carried into the pantry."""
    milk = kit.make_food("milk", shop_unit="ml", pack_sizes=[1000], density_g_per_ml=1.03, state="ready")
    kit.make_plan(athlete, [(0, "breakfast", kit.make_dish("glass", {milk: 1236}), 4)])
    shopping_list = kit.make_list(athlete)
    (row,) = list_document(shopping_list)["items"]
    assert (row["quantity"], row["basis"]["packs"], row["basis"]["leftover_grams"]) == ("2 × 1l", [1030, 1030], 824)


def test_eggs_are_counted_not_weighed(athlete):
    """375 g of egg at 50 g each are seven and a half: eight are bought, with 12 % shell."""
    egg = kit.make_food("egg", shop_unit="piece", piece_grams=50, piece_name="egg", pack_sizes=[57], refuse_pct=12)
    kit.make_plan(athlete, [(0, "breakfast", kit.make_dish("omelet", {egg: 375}), 4)])
    (row,) = list_document(kit.make_list(athlete))["items"]
    assert (row["quantity"], row["kitchen"]) == ("8 eggs", "7½ eggs")
    assert row["basis"]["bought_grams"] == pytest.approx(8 * 50 / 0.88, abs=0.001)


def test_cooked_and_dry_rice_are_two_lines(athlete):
    """Their grams are not the same thing: without a sourced yield nothing turns one into the other."""
    dry, cooked = kit.make_food("rice, dry"), kit.make_food("rice, cooked", state="cooked")
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("plate", {dry: 80, cooked: 200}), 4)])
    rows = list_document(kit.make_list(athlete))["items"]
    assert {row["name"]: row["grams"] for row in rows} == {"rice, dry": 80, "rice, cooked": 200}


def test_basket_total_and_unit_price(athlete):
    """The total is the sum of whole packs at their unit price; a line without a price is said, not counted as free."""
    oats = kit.make_food("oats", pack_sizes=[500], price_minor_per_kg=240)
    milk = kit.make_food("milk", pack_sizes=[1000], price_minor_per_kg=110)
    salt = kit.make_food("salt", pack_sizes=[500])
    kit.make_plan(athlete, [(0, "breakfast", kit.make_dish("porridge", {oats: 600, milk: 300, salt: 1}), 4)])
    document = list_document(kit.make_list(athlete))
    rows = {row["name"]: row for row in document["items"]}
    assert rows["oats"]["price"] == {"amount_minor": 240, "currency": "EUR"}
    assert rows["oats"]["price_per_kg"] == {"amount_minor": 240, "currency": "EUR"}
    assert rows["salt"]["price"] is None
    assert document["total"] == {
        "price": {"amount_minor": 350, "currency": "EUR"},
        "estimate": True,
        "priced_count": 2,
        "line_count": 3,
        "priced_share": 0.667,
    }


def test_a_list_without_any_price_has_no_total(athlete):
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("plate", {kit.make_food("rice"): 80}), 4)])
    assert list_document(kit.make_list(athlete))["total"]["price"] is None


def test_a_changed_plan_says_what_the_list_gains_and_loses(athlete):
    rice, peas, oil = kit.make_food("rice"), kit.make_food("peas"), kit.make_food("oil")
    old = kit.make_dish("old", {rice: 100, oil: 10})
    new = kit.make_dish("new", {peas: 80, oil: 10})
    plan = kit.make_plan(athlete, [(0, "lunch", old, 4), (1, "lunch", old, 4)])
    before = list(plan.current.items.all())
    after = [PlanItem(date=item.date, slot="lunch", recipe=new if item.index else old, quarters=4) for item in before]
    found = shopping_delta(athlete=athlete, before_items=before, after_items=after)
    told = [(row["food_id"], row["food"], row["before_grams"], row["after_grams"]) for row in found]
    assert told == [(peas.pk, "peas", 0, 80), (rice.pk, "rice", 200, 100)]
    assert [(row["before"], row["after"]) for row in found] == [("none", "80\u00a0g"), ("200\u00a0g", "100\u00a0g")]


def test_what_is_counted_changes_by_the_piece():
    egg = {"piece_name": "egg", "piece_grams": 50.0, "piece_step": 1.0}
    assert [amount_text(grams, egg) for grams in (0, 50, 150)] == ["none", "1 egg", "3 eggs"]


def test_grams_that_read_the_same_are_no_change():
    assert list_delta({"a": 10.6, "b": 0.2}, {"a": 11.2, "b": 0.6}, {"a": "oats", "b": "salt"}) == []


def test_a_moved_meal_changes_nothing_to_buy(athlete, django_assert_num_queries):
    dish = kit.make_dish("old", {kit.make_food("rice"): 100})
    plan = kit.make_plan(athlete, [(0, "lunch", dish, 4)])
    before = list(plan.current.items.all())
    after = [PlanItem(date=plan.last_day, slot="dinner", recipe=dish, quarters=4)]
    with django_assert_num_queries(0):
        assert shopping_delta(athlete=athlete, before_items=before, after_items=after) == []


def test_a_list_says_who_eats_it_and_in_which_dishes(athlete):
    rice = kit.make_food("rice")
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("Risotto", {rice: 100}), 4)])
    document = list_document(kit.make_list(athlete))
    day = kit.first_day(athlete).isoformat()
    assert document["for_name"] == "Alice Marić"
    assert document["items"][0]["sources"] == [{"for": f"{day} lunch", "grams": 100, "dishes": ["Risotto"]}]


def test_making_a_list_changes_nothing_at_home(athlete):
    rice = kit.make_food("rice")
    kit.make_plan(athlete, [(0, "lunch", kit.make_dish("bowl", {rice: 300}), 4)])
    add_to_pantry(athlete=athlete, food_id=rice.pk, grams=500, by=athlete.user)
    kit.make_list(athlete)
    assert stock_for_planning(athlete) == {rice.pk: 500}
    assert ShoppingItem.objects.count() == 1
