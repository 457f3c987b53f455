"""A pasted recipe becomes a draft: every line with what it may mean, nothing stored, nothing fetched, nothing fatal."""

from __future__ import annotations

import json
import threading

import pytest

from nutrition_site.kernel.errors import DomainError
from planning.models import Food, Recipe
from planning.own.found import read_minutes, read_servings
from planning.own.matching import match_food
from planning.own.page_reader import read_page
from planning.own.splitting import split_text
from planning.services import recipe_import

pytestmark = pytest.mark.django_db

OATS = {
    "@context": "https://schema.org",
    "@type": "Recipe",
    "name": "Oats &amp; banana",
    "recipeYield": "4 servings",
    "prepTime": "PT10M",
    "recipeIngredient": ["2 cups rolled oats", "1 banana"],
    "recipeInstructions": [{"@type": "HowToStep", "text": "Cook."}, {"@type": "HowToStep", "text": "Slice."}],
}


def page_with(data, kind="application/ld+json"):
    body = data if isinstance(data, str) else json.dumps(data)
    return f"<html><head><script type='{kind}'>{body}</script></head><body></body></html>"


@pytest.fixture
def read(api, athlete, catalogue):
    """Sends a page or a text to the import of Alice; (status, body)."""
    client = api(athlete.user)

    def send(**body):
        answer = client.post(f"/v1/athletes/{athlete.pk}/recipes/import", body)
        return answer.status_code, answer.json()

    return send


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_page_with_schema_data_is_read():
    found = read_page(page_with(OATS))
    assert (found.title, found.lines, found.steps, found.servings, found.prep_minutes) == (
        "Oats & banana",
        ("2 cups rolled oats", "1 banana"),
        ("Cook.", "Slice."),
        4.0,
        10,
    )


@pytest.mark.parametrize(
    "data",
    [
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, OATS]},
        [OATS],
        [[[OATS]]],
        {**OATS, "@type": ["Thing", "Recipe"]},
        {**OATS, "recipeIngredient": "2 cups rolled oats\n1 banana"},
        {**OATS, "recipeIngredient": ["2 cups rolled oats", None, 5, {"name": "banana", "quantity": 1}]},
        {**OATS, "recipeYield": None, "recipeInstructions": 7, "name": 5},
        "```json\n" + json.dumps(OATS) + "\n```",
        "/* data */ " + json.dumps(OATS) + ";",
        json.dumps(OATS)[:-1],
        json.dumps(OATS)[: json.dumps(OATS).index("1 banana") + len('1 banana",')],
        json.dumps(OATS).replace('"Oats', '"Oats\n'),
    ],
)
def test_import_survives_bad_model_output(data):
    """Nested, fenced, wrongly typed, commented and cut off: the lines that are there are read."""
    found = read_page(page_with(data))
    assert [line.lower() for line in found.lines][:2] == ["2 cups rolled oats", "1 banana"]


@pytest.mark.parametrize(
    "text",
    [
        "Sure! Here is your recipe:\n```json\n"
        + json.dumps({"title": "Bowl", "ingredients": ["2 cups oats"]})
        + "\n```",
        '{"title": "Bowl", "ingredients": ["2 cups oats", "1 ban',
        '{"ingredients": [{"amount": 2, "unit": "cups", "name": "oats"}], "steps": {"1": "Mix"}}',
        'prose {broken {"ingredients": ["2 cups oats"]} more prose }',
    ],
)
def test_an_answer_of_a_language_model_is_read_as_far_as_it_goes(text):
    assert split_text(text).lines[0] == "2 cups oats"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html>",
        "<" * 5000,
        "<div>" * 20_000,
        page_with("[" * 50_000),
        page_with('{"a":' * 20_000),
        page_with({**OATS, "recipeIngredient": {"a": {"b": 1}}}),
        page_with('{"@type":"Recipe","recipeIngredient":'),
        "<script>" + "x" * 100_000,
        "\ufffd\ud7ff" * 1000,
    ],
)
def test_a_hostile_page_gives_no_lines_and_no_error(page):
    assert read_page(page).lines == ()


def test_microdata_is_read_by_the_library():
    line = '<span itemprop="recipeIngredient">{}</span>'
    page = (
        f'<div itemscope itemtype="https://schema.org/Recipe"><b itemprop="name">Bowl</b>{line.format("1 egg")}</div>'
    )
    assert (read_page(page).title, read_page(page).lines) == ("Bowl", ("1 egg",))


def test_without_data_the_visible_text_is_read():
    page = "<nav>Menu 2 eggs</nav><h1>Omelet</h1><h2>Ingredients</h2><ul><li>3 eggs<li>10 g butter</ul>"
    assert read_page(page).lines == ("3 eggs", "10 g butter")


def test_deeply_nested_pages_are_read_without_recursion():
    page = "<div>" * 20_000 + "<h2>Ingredients</h2><p>3 eggs</p><p>10 g butter</p>"
    assert read_page(page).lines == ("3 eggs", "10 g butter")


def test_tags_and_entities_in_a_line_are_removed():
    data = {**OATS, "recipeIngredient": ["<b>2 cups</b> rolled&nbsp;oats &amp;frac12; <i>alert(1)</i>"]}
    assert read_page(page_with(data)).lines == ("2 cups rolled oats ½ alert(1)",)


def test_no_more_than_sixty_lines_are_taken_and_that_is_said():
    found = read_page(page_with({**OATS, "recipeIngredient": [f"{n} g oats" for n in range(1, 500)]}))
    assert (len(found.lines), found.notes[0]) == (60, "Only the first 60 of 499 ingredients were read.")


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title", "servings", "lines"),
    [
        ("Oat bowl\n\n2 cups oats\n1 banana\n\nCook it.", "Oat bowl", None, ("2 cups oats", "1 banana")),
        (
            "# Soup\nServes 2\n## Ingredients\n- 1 onion\n- salt\n## Method\n1) Boil.",
            "Soup",
            2,
            ("- 1 onion", "- salt"),
        ),
        (
            "Palačinke\nZa 4 osobe\nSastojci:\n2 jaja\nprstohvat soli\nPriprema\nPeći.",
            "Palačinke",
            4,
            ("2 jaja", "prstohvat soli"),
        ),
        (
            "Mehlspeise\nZutaten für 4 Portionen\n250 g Mehl\n1 Prise Salz\nZubereitung\nRühren.",
            "Mehlspeise",
            4,
            ("250 g Mehl", "1 Prise Salz"),
        ),
        ("Serves four\nINGREDIENTS\n1 egg\nDIRECTIONS\nBoil.\nNUTRITION\n80 kcal", "", 4, ("1 egg",)),
    ],
)
def test_a_pasted_text_is_split(text, title, servings, lines):
    found = split_text(text)
    assert (found.title, found.servings, found.lines) == (title, servings, lines)


def test_steps_lose_their_numbers():
    assert split_text("Egg\nIngredients\n1 egg\nMethod\n1. Boil.\nStep 2: Peel.").steps == ("Boil.", "Peel.")


@pytest.mark.parametrize(
    ("value", "servings"),
    [
        *((4, 4), ("4", 4), ("serves 4-6", 4), (["2 bowls"], 2), ("four", 4)),
        *((0, None), (True, None), ("many", None), ({}, None)),
    ],
)
def test_servings_are_read_or_unknown(value, servings):
    assert read_servings(value) == servings


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        *(("PT1H20M", 80), ("PT10M", 10), (15, 15), ("1 h 20 min", 80)),
        *(("soon", None), ("P900D", None), (None, None), (-5, None)),
    ],
)
def test_minutes_are_read_or_unknown(value, minutes):
    assert read_minutes(value) == minutes


# --- matching --------------------------------------------------------------------------------------------------------


def named(name, state="raw", text=""):
    return Food(name=name, state=state, search_text=text)


@pytest.mark.parametrize(
    ("line", "name", "confidence"),
    [
        ("rolled oats", "Rolled oats", 1),
        ("skinless chicken breast", "Chicken breast, skinless", 1),
        ("eggs", "Egg", 1),
        ("milk", "Whole milk", 0.8),
        ("tomatoes", "Tomato, canned", 0.8),
        ("extra-virgin olive oil", "Olive oil", 0.5),
        ("olive oil", "Garlic-infused olive oil", 0.8),
    ],
)
def test_confidence_follows_from_the_names(line, name, confidence):
    assert match_food(line, [named(name)])[0].confidence == confidence


def test_two_foods_of_one_name_are_not_certain():
    assert {match.confidence for match in match_food("feta", [named("Feta"), named("Feta")])} == {0.8}


def test_dry_or_cooked_is_asked():
    matches = match_food("chickpeas", [named("Chickpeas", "dry"), named("Chickpeas, cooked", "cooked")])
    assert max(match.confidence for match in matches) == 0.8


def test_a_line_with_a_choice_is_not_certain():
    assert match_food("butter or oil", [named("Butter")])[0].confidence == 0.25


def test_what_comes_in_a_can_goes_first_when_cans_are_meant():
    foods = [named("Chickpeas", "dry"), named("Chickpeas, canned", "drained")]
    assert [match.food.state for match in match_food("chickpeas", foods, canned=True)] == ["drained", "dry"]


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_a_draft_weighs_what_it_can_and_asks_the_rest(read):
    _, draft = read(
        text="Bowl\nServes 2\nIngredients\n2 cups rolled oats\n1 banana\n200 g zzyzx\nsalt to taste\n0 eggs"
    )
    asked = [(line["grams"], line["needs_confirmation"]) for line in draft["lines"]]
    assert asked == [(162, False), (118, True), (None, True), (None, False), (None, True)]


def test_a_line_tells_why_each_food_is_offered(read):
    _, draft = read(text="Ingredients\n1 cup milk\n1 egg")
    first = draft["lines"][0]["candidates"][0]
    assert (first["confidence"] < 1, bool(first["why"])) == (True, True)


def test_a_unit_that_lies_is_asked_about(read):
    _, draft = read(text="Ingredients\n500 g salt\n1 cup (5 kg) rolled oats")
    assert [line["question"].endswith("?") for line in draft["lines"]] == [True, True]


def test_drained_chickpeas_do_not_weigh_what_the_can_says(read):
    _, draft = read(text="Ingredients\n1 (400 g) can chickpeas, drained and rinsed\n1 egg")
    line = draft["lines"][0]
    assert (line["grams"], line["needs_confirmation"]) == (240, True)


def test_nothing_is_stored_and_the_draft_says_so(read):
    status, draft = read(html=page_with(OATS))
    assert (status, draft["stored"], Recipe.objects.exclude(owner=None).exists()) == (200, False, False)


def test_a_confirmed_draft_is_a_recipe(read, api, athlete):
    _, draft = read(html=page_with(OATS))
    lines = [{"food_id": row["food_id"], "grams": row["grams"], "show": row["text"]} for row in draft["lines"]]
    body = {"name": draft["name"], "slots": ["breakfast"], "servings": draft["servings"], "ingredients": lines}
    body |= {"hands_on_minutes": 10, "cook_minutes": 0}
    answer = api(athlete.user).post(f"/v1/athletes/{athlete.pk}/recipes", body)
    grams = [line["grams_per_serving"] for line in answer.json()["ingredients"]]
    assert (answer.status_code, grams) == (201, [40.5, 29.5])


def test_the_same_text_is_read_in_cups_of_250_ml(read):
    _, draft = read(text="Ingredients\n2 cups rolled oats\n1 egg", metric_cups=True)
    assert draft["lines"][0]["grams"] == pytest.approx(171.18, abs=0.01)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"text": "  "}, 400),
        ({"text": "1 egg", "html": "<p>1 egg</p>"}, 400),
        ({"text": 5}, 400),
        ({"url": "https://example.org"}, 400),
        ({"text": "Dear diary"}, 422),
        ({"html": "<p>Nothing here</p>"}, 422),
        ({"text": "a" * 70_000}, 400),
        ({"html": "a" * 5_000_000}, 413),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(read, body, status):
    assert read(**body)[0] == status


def test_an_own_food_is_among_the_candidates_of_its_owner_only(read, api, athlete, sam):
    label = {"name": "Quillaberry crunch", "energy_kcal": 400, "protein_g": 10, "carbs_g": 60, "fat_g": 13}
    api(athlete.user).post(f"/v1/athletes/{athlete.pk}/foods", {**label, "carbs_include_fiber": True})
    text = {"text": "Ingredients\n50 g quillaberry crunch\n1 egg"}
    _, mine = read(**text)
    theirs = api(sam).post(f"/v1/athletes/{sam.athlete.pk}/recipes/import", text).json()
    assert mine["lines"][0]["candidates"][0]["own"] is True
    assert "Quillaberry crunch" not in json.dumps(theirs["lines"][0]["candidates"])


def test_one_line_can_be_tried_on_its_own(api, sam, catalogue):
    oats = Food.objects.get(code="08120").pk
    answer = api(sam).post("/v1/quantities/parse", {"text": "2 cups oats", "food_id": oats})
    assert (answer.json()["grams"], answer.json()["grams_source"]) == (162, "portion")


@pytest.mark.parametrize("text", ["0 eggs", "1/0 cup milk", "-1 cup milk"])
def test_an_impossible_amount_is_an_error_of_its_field(api, sam, text):
    answer = api(sam).post("/v1/quantities/parse", {"text": text})
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "text")


def test_a_page_that_finds_no_reader_is_refused_instead_of_holding_up_everybody(read, monkeypatch):
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(recipe_import, "_readers", taken)
    monkeypatch.setattr(recipe_import, "WAIT_SECONDS", 0.01)
    status, body = read(html="<p>Ingredients</p><p>200 g oats</p>")
    assert (status, body["error"]["code"]) == (429, "busy")


def test_a_reader_is_free_again_after_a_page_that_cannot_be_read(monkeypatch):
    alone = threading.BoundedSemaphore(1)
    monkeypatch.setattr(recipe_import, "_readers", alone)
    monkeypatch.setattr(recipe_import, "READ_SECONDS", 0.001)
    with pytest.raises(DomainError, match="too long"):
        recipe_import.read_page("<p>Ingredients</p><p>200 g oats</p>")
    assert alone.acquire(blocking=False)
