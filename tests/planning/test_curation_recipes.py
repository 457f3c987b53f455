"""Curating dishes: amounts, sizes and words; whole pieces stay whole, and a dish stays what it is made of."""

from __future__ import annotations

import pytest

from planning.catalogue import files, loader
from planning.catalogue.curated import files_moved
from planning.fdc.service import import_foods
from planning.models import CurationChange, Food, Recipe
from planning.services.curation import approve_change, propose_change
from tests.planning.curation_kit import MILK, OATS, PORRIDGE, dina, food, refused, vera
from tests.planning.fdc_files import FakeRelease

__all__ = ["dina", "vera"]
pytestmark = pytest.mark.django_db
BANANA = "09040"


def propose(by, values, *, slug=PORRIDGE, source="Weighed thrice"):
    return propose_change(by=by, kind="recipe", key=slug, values=values, reason="As cooked.", source=source)


def wrong_fields(by, values, **kwargs):
    return {row["field"] for row in refused("invalid", propose, by, values, **kwargs).details}


def dish(slug=PORRIDGE):
    return Recipe.objects.get(slug=slug, owner=None)


def test_words_and_times_are_in_force_at_once(dina):
    made = propose(dina, {"method": ["Cook it.", "Eat it."], "prep_minutes": 3, "cook_minutes": 9}, source="")
    assert [change.state for change in made] == ["applied"]
    row = dish()
    assert (row.method, row.prep_minutes, row.cook_minutes) == (["Cook it.", "Eat it."], 3, 9)


def test_grams_wait_and_then_decide_nutrients_cost_and_the_words_of_their_line(dina, vera):
    before, oats = dish(), food(OATS)
    change = propose(dina, {f"grams.{OATS}": 90.0})[0]
    assert (change.state, dish().nutrients) == ("waiting", before.nutrients)
    approve_change(by=vera, change=change)
    after = dish()
    line = after.ingredients.get(food__code=OATS)
    assert (line.grams_per_serving, line.show, after.yield_g) == (90.0, "90 g rolled oats", None)
    more = after.nutrients["energy_kcal"] - before.nutrients["energy_kcal"]
    assert more == pytest.approx(30 * oats.energy_kcal / 100, abs=0.01)
    assert after.ingredients.count() == before.ingredients.count()


def test_grams_that_are_put_back_bring_back_the_dish_as_it_was(dina, vera):
    before = dish()
    lines = list(before.ingredients.values_list("food", "grams_per_serving", "show"))
    for grams in (258.5, 258.0):
        approve_change(by=vera, change=propose(dina, {f"grams.{MILK}": grams})[0])
    after = dish()
    assert list(after.ingredients.values_list("food", "grams_per_serving", "show")) == lines
    assert (after.yield_g, after.nutrients, after.cost_minor) == (before.yield_g, before.nutrients, before.cost_minor)


def test_variants_keep_their_own_amounts(dina, vera):
    variant = dish(f"{PORRIDGE}--soy-drink")
    approve_change(by=vera, change=propose(dina, {f"grams.{OATS}": 90.0})[0])
    assert dish(variant.slug).nutrients == variant.nutrients
    assert propose(dina, {"cook_minutes": 9}, slug=variant.slug, source="")[0].state == "applied"


def test_a_dish_goes_at_once_and_comes_back_with_a_second_person(dina, vera):
    assert propose(dina, {"active": False}, source="")[0].state == "applied"
    back = propose(dina, {"active": True}, source="")[0]
    assert (back.state, dish().active) == ("waiting", False)
    approve_change(by=vera, change=back)
    assert dish().active is True


WRONG = [
    ({f"grams.{OATS}": 0.0}, {f"grams.{OATS}"}),
    ({f"grams.{OATS}": -1.0}, {f"grams.{OATS}"}),
    ({f"grams.{OATS}": 2001.0}, {f"grams.{OATS}"}),
    ({f"grams.{OATS}": None}, {f"grams.{OATS}"}),
    ({f"grams.{OATS}": 1500.0}, {f"grams.{OATS}"}),
    # 0.7 of a banana is no half and no whole one in any serving.
    ({f"grams.{BANANA}": 82.6}, {f"grams.{BANANA}"}),
    # Half a banana a serving comes out whole in every second half serving only.
    ({f"grams.{BANANA}": 59.0}, {f"grams.{BANANA}"}),
    ({"grams.99999": 1.0}, {"grams.99999"}),
    ({"method": []}, {"method"}),
    ({"method": ["Cook.", " "]}, {"method"}),
    ({"method": ["Cook.\x00"]}, {"method"}),
    ({"method": "Cook."}, {"method"}),
    ({"slots": []}, {"slots"}),
    ({"slots": ["brunch"]}, {"slots"}),
    ({"active": "yes"}, {"active"}),
    ({"cook_minutes": -1}, {"cook_minutes"}),
    ({"hands_on_minutes": 60}, {"hands_on_minutes"}),
    ({"step_quarters": 3}, {"step_quarters"}),
    ({"step_quarters": 1}, {"step_quarters"}),
    ({"min_quarters": 3}, {"min_quarters"}),
    ({"min_quarters": 10}, {"min_quarters"}),
    ({"owner": "ath_1"}, {"owner"}),
    ({"nutrients": {}}, {"nutrients"}),
    ({"allergens": {}}, {"allergens"}),
]


def test_a_value_that_cannot_be_names_its_field(dina):
    named = [wrong_fields(dina, values) for values, _ in WRONG]
    assert named == [fields for _, fields in WRONG]
    assert CurationChange.objects.count() == 0


def test_sizes_and_grams_that_fit_each_other_are_taken_together(dina, vera):
    values = {f"grams.{BANANA}": 59.0, "min_quarters": 4, "max_quarters": 8, "step_quarters": 4}
    approve_change(by=vera, change=propose(dina, values)[0])
    row = dish()
    assert (row.min_quarters, row.max_quarters, row.step_quarters) == (4, 8, 4)


def test_a_dish_that_left_the_files_is_curated_no_more(dina):
    Recipe.objects.create(slug="gone", family="gone", name="Gone", active=False, slots=["lunch"])
    assert wrong_fields(dina, {"active": True}, slug="gone") == {"active"}


def test_one_dish_computed_alone_is_what_a_load_makes_of_it(catalogue):
    """Otherwise a curated word would change numbers."""
    foods = {row.code: row for row in Food.objects.filter(core=True, owner=None)}
    for row in files.read_family(PORRIDGE, files.read_core()):
        made, lines = loader.build_recipe(row, foods)
        stored = dish(row.slug)
        names = [column.name for column in Recipe._meta.concrete_fields]
        assert [getattr(made, name) for name in names] == [getattr(stored, name) for name in names]
        assert [line.show for line in lines] == [line.show for line in stored.ingredients.all()]


def test_an_import_brings_what_was_not_curated_and_tells_what_it_would_have_brought(dina, vera, tmp_path):
    sodium = food(OATS).sodium_mg
    waiting = propose_change(
        by=dina, kind="food", key=OATS, values={"nutrients.sodium_mg": 99.0}, reason="Label.", source="Label"
    )
    approve_change(by=vera, change=waiting[0])
    import_foods(path=FakeRelease().add_sr28(OATS, sodium_mg=12.0, iron_mg=5.5).write_zip(tmp_path / "release.zip"))
    row = food(OATS)
    assert (row.sodium_mg, row.nutrients["sodium_mg"], row.nutrients["iron_mg"]) == (99.0, 99.0, 5.5)
    assert files_moved() == {("food", OATS): {"nutrients.sodium_mg": (sodium, 12.0)}}
