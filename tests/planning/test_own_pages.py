"""The pages for own foods and recipes, and a pasted recipe: nothing typed is lost, nothing is stored unseen."""

from __future__ import annotations

import html
import re

import pytest

from planning.models import Food, Recipe
from tests.markup import faults
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db

LABEL = {
    "name": "Fig bar",
    "basis": "100g",
    "energy_kcal": "380",
    "protein_g": "5",
    "carbs_g": "70",
    "fat_g": "8",
    "fiber_g": "4,0",
    "carbs_include_fiber": "no",
    "aisle": "Sports",
    "origin": "plants",
}
PASTED = """Grandmother's oats
Serves 2
Ingredients
2 cups rolled oats
a pinch of salt
1 banana
200 g dragon fruit flakes
Method
Cook the oats.
Slice the banana over it.
"""


TIMES = {"hands_on_minutes": "10", "cook_minutes": "0"}


def label(**changes):
    from athletes.words import ALLERGEN_NAMES

    return {**LABEL, **{f"allergen_{name}": "unknown" for name in ALLERGEN_NAMES}, **changes}


def fields(page):
    """What a browser would send from the rows of a recipe page, without any tick."""
    text = page.content.decode()
    rows = re.findall(r'<fieldset class="field[^"]*" id="line\d+".*?</fieldset>', text, re.DOTALL)
    sent = {"line_text": [], "line_was": [], "line_food": [], "line_words": [], "line_grams": []}
    for row in rows:
        for name in ("line_text", "line_was", "line_grams"):
            sent[name].append(html.unescape(re.search(rf'name="{name}"[^>]*?value="([^"]*)"', row)[1]))
        chosen = re.search(r'<option value="([^"]*)" selected', row)
        sent["line_food"].append(chosen[1] if chosen else "")
        sent["line_words"].append("")
    return sent


@pytest.fixture
def page(athlete, catalogue):
    return sign_in(athlete.user)


def test_a_food_is_added_from_its_label(page, athlete):
    answer = page.post("/own/foods/add", label())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/own/foods")
    food = Food.objects.get(owner=athlete)
    assert (food.name, food.carbs_g, food.energy_kcal) == ("Fig bar", 74, 380)


def test_what_was_typed_is_still_there_after_an_error(page):
    answer = page.post("/own/foods/add", label(protein_g="500"))
    assert answer.status_code == 422
    assert 'value="500"' in answer.content.decode()
    assert "Fig bar" in answer.content.decode()


def test_a_doubtful_energy_is_confirmed_with_a_tick(page, athlete):
    first = page.post("/own/foods/add", label(energy_kcal="200"))
    assert (first.status_code, "confirm_energy" in first.content.decode()) == (422, True)
    second = page.post("/own/foods/add", label(energy_kcal="200", confirm_energy="on"))
    assert second.status_code == 303


def test_the_label_comes_back_as_it_was_entered(page, athlete):
    page.post("/own/foods/add", label(portion_name="bar", portion_grams="45", allergen_milk="contains"))
    food = Food.objects.get(owner=athlete)
    shown = page.get(f"/own/foods/{food.pk}/edit").content.decode()
    assert 'value="bar"' in shown
    assert re.search(r'<option value="contains" selected', shown)


def test_a_food_in_a_recipe_stays_and_the_page_says_where_it_is(page, athlete):
    page.post("/own/foods/add", label(name="Quillaberry crunch"))
    food = Food.objects.get(owner=athlete)
    shown = page.post("/own/recipes/add", {"more_lines": "50 g quillaberry crunch", "action": "check"})
    save(page, shown, name="Crunch bowl")
    answer = page.post(f"/own/foods/{food.pk}/delete")
    assert (answer.status_code, "Crunch bowl" in answer.content.decode()) == (422, True)


def save(page, shown, *, name, path="/own/recipes/add", **more):
    body = {
        "name": name,
        "slots": ["snack"],
        "servings": "2",
        "step_servings": "0.25",
        **TIMES,
        **fields(shown),
        **more,
    }
    return page.post(path, {**body, "action": "save"})


def test_lines_are_read_and_shown_before_anything_is_stored(page):
    shown = page.post("/own/recipes/add", {"more_lines": "2 cups rolled oats\n1 banana", "action": "check"})
    assert fields(shown)["line_grams"] == ["162", "118"]
    assert not Recipe.objects.exclude(owner=None).exists()


def test_what_leaves_no_doubt_is_stored_without_a_tick(page):
    shown = page.post("/own/recipes/add", {"more_lines": "2 cups rolled oats", "action": "check"})
    answer = save(page, shown, name="Oats")
    recipe = Recipe.objects.get(name="Oats")
    assert answer.headers["Location"] == f"/recipes/{recipe.pk}"
    assert recipe.ingredients.get().grams_per_serving == 81


def test_an_assumed_weight_needs_its_tick(page):
    shown = page.post("/own/recipes/add", {"more_lines": "1 banana", "action": "check"})
    refused = save(page, shown, name="My banana")
    assert (refused.status_code, Recipe.objects.filter(name="My banana").exists()) == (422, False)
    assert save(page, refused, name="My banana", line_ok=["0"]).status_code == 303


def test_changed_grams_need_a_tick_too(page):
    shown = page.post("/own/recipes/add", {"more_lines": "2 cups rolled oats", "action": "check"})
    assert save(page, shown, name="Oats", line_grams=["999"]).status_code == 422


def test_lines_typed_and_saved_at_once_are_shown_when_in_doubt(page):
    body = {"name": "Quick", "slots": ["snack"], "servings": "1", "step_servings": "0.25", "action": "save", **TIMES}
    answer = page.post("/own/recipes/add", {**body, "more_lines": "1 banana"})
    assert (answer.status_code, fields(answer)["line_text"]) == (422, ["1 banana"])


def test_another_food_is_searched_for_within_the_row(page):
    shown = page.post("/own/recipes/add", {"more_lines": "200 g dragon fruit flakes", "action": "check"})
    again = page.post("/own/recipes/add", {**fields(shown), "line_words": ["rolled oats"], "action": "check"})
    assert fields(again)["line_food"] == [Food.objects.get(code="08120").pk]


def test_a_recipe_is_changed_without_ticking_again_what_was_stored(page):
    shown = page.post("/own/recipes/add", {"more_lines": "1 banana", "action": "check"})
    save(page, shown, name="My banana", line_ok=["0"])
    recipe = Recipe.objects.get(name="My banana")
    path = f"/own/recipes/{recipe.pk}/edit"
    answer = save(page, page.get(path), name="Two bananas", path=path)
    assert (answer.status_code, Recipe.objects.get(pk=recipe.pk).name) == (303, "Two bananas")


def test_a_line_can_be_left_out(page):
    shown = page.post("/own/recipes/add", {"more_lines": "2 cups rolled oats\n1 banana", "action": "check"})
    save(page, shown, name="Oats", line_gone=["1"])
    assert Recipe.objects.get(name="Oats").ingredients.count() == 1


def test_a_pasted_recipe_becomes_lines_to_check(page):
    shown = page.post("/own/recipes/import", {"text": PASTED})
    text = html.unescape(shown.content.decode())
    assert fields(shown)["line_grams"] == ["162", "", "118", "200"]
    assert ("Grandmother's oats" in text, "Cook the oats." in text) == (True, True)
    assert not Recipe.objects.exclude(owner=None).exists()


def test_what_holds_no_recipe_stays_in_its_field(page):
    answer = page.post("/own/recipes/import", {"text": "Dear diary, today it rained."})
    assert (answer.status_code, "Dear diary" in answer.content.decode()) == (422, True)


def test_a_pasted_page_cannot_bring_script_into_ours(page):
    shown = page.post("/own/recipes/import", {"text": "Ingredients\n2 eggs <script>alert(1)</script>\n1 banana"})
    assert "<script>alert" not in shown.content.decode()


def test_own_recipes_stand_among_the_others_for_their_owner_only(page, sam):
    shown = page.post("/own/recipes/add", {"more_lines": "2 cups rolled oats", "action": "check"})
    save(page, shown, name="Grandmother's oats")
    assert "Grandmother&#x27;s oats" in page.get("/recipes?q=grandmother").content.decode()
    assert "Grandmother&#x27;s oats" not in sign_in(sam).get("/recipes?q=grandmother").content.decode()


def test_somebody_elses_recipe_page_does_not_exist(page, sam):
    shown = page.post("/own/recipes/add", {"more_lines": "2 cups rolled oats", "action": "check"})
    recipe_url = save(page, shown, name="Oats").headers["Location"]
    assert (page.get(recipe_url).status_code, sign_in(sam).get(recipe_url).status_code) == (200, 404)


@pytest.mark.parametrize("path", ["own/foods", "own/foods/add", "own/recipes", "own/recipes/add", "own/recipes/import"])
def test_every_page_is_sound(page, path):
    answer = page.get(f"/{path}")
    assert (answer.status_code, faults(answer.content.decode())) == (200, {})


def test_a_page_full_of_lines_and_questions_is_sound(page):
    answer = page.post("/own/recipes/import", {"text": PASTED})
    assert faults(answer.content.decode()) == {}


def test_a_page_with_errors_is_sound(page):
    answer = page.post("/own/recipes/add", {"more_lines": "1 banana\n0 eggs", "action": "save"})
    assert faults(answer.content.decode()) == {}


@pytest.mark.parametrize(
    "body",
    [
        {"line_text": ["1 banana"], "line_food": ["fod_\x00"], "line_grams": ["x" * 500], "line_was": ["zz"]},
        {"line_text": ["a"] * 200, "action": "save"},
        {"line_food": ["fod_" + "0" * 26], "line_text": ["\x00"], "action": "save"},
        {"more_lines": "1 " * 200, "action": "check"},
    ],
)
def test_forged_rows_are_shown_with_what_they_lack(page, body):
    assert page.post("/own/recipes/add", body).status_code in (200, 422)


def test_the_lines_in_doubt_are_counted_and_the_sure_ones_folded(page):
    shown = page.post("/own/recipes/import", {"text": PASTED}).content.decode()
    assert re.search(r"(\d) of (\d) lines need a look", shown).groups() == ("2", "4")
    folded = re.findall(r"<details class=\"data\"><summary>([^<]*)", shown)
    assert folded[0].strip() == "2 cups rolled oats"


@pytest.mark.parametrize("field", ["hands_on_minutes", "cook_minutes"])
def test_a_time_that_was_not_said_is_asked_for(page, field):
    shown = page.post("/own/recipes/add", {"more_lines": "2 cups rolled oats", "action": "check"})
    answer = save(page, shown, name="Oats", **{field: ""})
    assert (answer.status_code, Recipe.objects.filter(name="Oats").exists()) == (422, False)


def test_a_label_of_europe_is_told_with_and_without_fiber(page):
    page.post("/own/foods/add", label(carbs_g="71", fiber_g="2.5"))
    assert "73.5 g carbohydrate with fiber (71 g on the label)" in page.get("/own/foods").content.decode()
