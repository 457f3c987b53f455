"""Dishes and foods by their Serbian names: every dish of the catalogue has one of its own, and is found by it."""

from __future__ import annotations

from collections import Counter

import pytest

from advisor.answering import with_exclusions
from advisor.facts import Citation, Fact
from advisor.languages.finishing import finish_answer, finish_card, finish_text
from advisor.languages.serbian import LANGUAGE
from advisor.services import ask_advisor
from advisor.tools import Toolbox
from planning.catalogue.names.serbian_dish_parts import WITH, catalogue_name, dish_name
from planning.catalogue.names.serbian_dishes import HEADS
from planning.catalogue.names.serbian_foods import NAMES, food_name


@pytest.fixture
def dishes(catalogue):
    """The names of all dishes."""
    from planning.models import Recipe

    return sorted(Recipe.objects.filter(active=True, owner=None).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("english", "serbian"),
    [
        ("Boiled potatoes with salt", "Kuvani krompir sa solju"),
        ("Punjene paprike, peppers stuffed with beef and rice", "Punjene paprike sa junetinom i pirinčem"),
        ("Scrambled eggs on toast with tomato", "Mešana jaja na tostu sa paradajzom"),
        ("White beans in tomato sauce on gluten-free toast", "Beli pasulj u paradajz sosu na bezglutenskom tostu"),
        ("Toast with kajmak, boiled eggs and a glass of yogurt", "Tost sa kajmakom, kuvanim jajima i čašom jogurta"),
        ("Shepherd's pie with lamb, carrots and peas", "Pastirska pita sa jagnjetinom, šargarepama i graškom"),
        ("Sea bass with blitva, chard and potatoes", "Brancin sa blitvom i krompirom"),
        ("Moon cheese with stardust", None),
    ],
)
def test_a_dish_is_named_in_serbian_with_its_parts_in_their_case(english, serbian):
    assert dish_name(english) == serbian


@pytest.mark.django_db
def test_every_dish_of_the_catalogue_has_a_serbian_name_of_its_own(dishes):
    names = Counter(map(dish_name, dishes))
    assert [name for name, count in names.items() if name is None or count > 1] == []


@pytest.mark.django_db
def test_every_dish_is_found_again_by_its_serbian_name(dishes):
    assert [name for name in dishes if catalogue_name(dish_name(name)) != name.casefold()] == []


@pytest.mark.django_db
def test_no_part_of_a_name_is_told_that_no_dish_has(dishes):
    written = "\n".join(dishes)
    tables = (line.partition(" = ")[0] for table in (HEADS, WITH) for line in table.strip().splitlines())
    assert [english for english in tables if english not in written] == []


@pytest.mark.django_db
def test_every_food_that_a_dish_is_made_of_has_a_serbian_name(catalogue):
    from planning.models import Food, RecipeIngredient

    used = Food.objects.filter(pk__in=RecipeIngredient.objects.values("food"), owner=None).values_list(
        "name", flat=True
    )
    assert [name for name in used if food_name(name) is None] == []


@pytest.mark.django_db
def test_every_food_that_is_named_is_one_of_the_catalogue(catalogue):
    from planning.models import Food

    known = set(Food.objects.filter(owner=None).values_list("name", flat=True))
    assert [
        line.partition(" = ")[0] for line in NAMES.strip().splitlines() if line.partition(" = ")[0] not in known
    ] == []


def test_the_numbers_of_a_food_stay_in_its_serbian_name():
    digits = {
        english: "".join(filter(str.isdigit, english)) for english in map(str.strip, NAMES.split("\n")) if english
    }
    wrong = [line for line in digits if _digits(line.partition(" = ")[0]) != _digits(line.partition(" = ")[2])]
    assert wrong == []


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit())


def test_a_name_in_quotation_marks_is_put_into_the_catalogues_words_before_it_is_read():
    asked = LANGUAGE.to_english("Daj mi recept za “Kuvani krompir sa solju”")
    assert asked == "show me recipe for “boiled potatoes with salt”"


def test_an_answer_names_a_dish_in_serbian_and_keeps_the_other_name_with_its_source():
    fact = Fact("f", "dish", "dinner", "Boiled potatoes with salt")
    text, (cited,) = finish_answer(
        "Večera je “Boiled potatoes with salt”.", [Citation(fact, str(fact.value))], language="sr", cyrillic=False
    )
    assert text == "Večera je “Kuvani krompir sa solju”."
    assert (cited.quote, cited.fact.value, cited.fact.label, cited.fact.id) == (
        "Kuvani krompir sa solju",
        "Kuvani krompir sa solju",
        "dinner (Boiled potatoes with salt)",
        "f",
    )


def test_a_dish_in_cyrillic_has_its_serbian_name_in_cyrillic():
    fact = Fact("f", "dish", "dinner", "Boiled potatoes with salt")
    text, _ = finish_answer(
        "Večera je “Boiled potatoes with salt”.", [Citation(fact, str(fact.value))], language="sr", cyrillic=True
    )
    assert text == "Вечера је “Кувани кромпир са сољу”."


def test_a_title_that_the_athlete_gave_is_never_changed():
    fact = Fact("f", "event", "title", "Potatoes and hills")
    text, _ = finish_answer(
        "Imaš “Potatoes and hills”.", [Citation(fact, str(fact.value))], language="sr", cyrillic=True
    )
    assert text == "Имаш “Potatoes and hills”."


def test_an_english_answer_keeps_every_name():
    assert (
        finish_answer("“Boiled potatoes with salt”", [], language="en", cyrillic=True)[0]
        == "“Boiled potatoes with salt”"
    )


def test_the_lines_of_a_card_name_their_dishes_in_serbian():
    row = {"words": "ručak", "before": "Boiled potatoes with salt × 0.5", "after": "–"}
    card = {"sentence": "“Boiled potatoes with salt” ostaje.", "diff": {"rows": [row]}, "result": None}
    told = finish_card(card, language="sr", cyrillic=False)
    assert (told["sentence"], told["diff"]["rows"][0]["before"]) == (
        "“Kuvani krompir sa solju” ostaje.",
        "Kuvani krompir sa solju × 0,5",
    )


@pytest.mark.parametrize(
    ("cell", "latin", "cyrillic"),
    [
        ("liver, mushrooms", "džigerica, pečurke", "џигерица, печурке"),
        ("ručak: Boiled potatoes with salt", "ručak: Kuvani krompir sa solju", "ручак: Кувани кромпир са сољу"),
        ("Recovery ride 60 min easy", "Recovery ride 60 min easy", "Recovery ride 60 min easy"),
        ("ostaje kako jeste", "ostaje kako jeste", "остаје како јесте"),
        ("102 g", "102 g", "102 g"),
        ("–", "–", "–"),
    ],
)
def test_a_side_of_a_line_is_told_in_serbian_but_for_titles_and_units(cell, latin, cyrillic):
    card = {"sentence": "", "diff": {"rows": [{"words": "", "before": cell, "after": ""}]}, "result": None}
    sides = [finish_card(card, language="sr", cyrillic=way)["diff"]["rows"][0]["before"] for way in (False, True)]
    assert sides == [latin, cyrillic]


def test_what_was_read_back_lists_its_foods_in_serbian():
    card = {"sentence": "", "diff": {}, "result": {"words": "Ono što ne jedeš: liver, tofu. Planovi to prate."}}
    told = finish_card(card, language="sr", cyrillic=False)
    assert told["result"] == {"words": "Ono što ne jedeš: džigerica, tofu. Planovi to prate."}


@pytest.mark.django_db
def test_a_planned_dish_is_told_by_its_serbian_name_and_found_by_it(mina):
    first = ask_advisor(athlete=mina, message="Šta je sutra za večeru?", by=mina.user)
    name = next(row["quote"] for row in first.message.citations if row["kind"] == "dish")
    recipe = ask_advisor(athlete=mina, message=f"Daj mi recept za “{name}” sutra", by=mina.user)
    assert catalogue_name(name) is not None
    assert (recipe.message.context["kind"] in ("recipe", "named_dish"), f"“{name}”" in recipe.message.text) == (
        True,
        True,
    )


@pytest.mark.django_db
def test_the_ingredients_of_a_meal_are_told_in_serbian(mina):
    answer = ask_advisor(athlete=mina, message="Koji su sastojci sutrašnje večere?", by=mina.user)
    from planning.models import Food

    english = {name for name in Food.objects.filter(core=True).values_list("name", flat=True) if len(name) > 5}
    assert [name for name in english if f"{name} " in answer.message.text and food_name(name) != name] == []


@pytest.mark.django_db
def test_a_dish_that_became_excluded_is_warned_of_by_its_serbian_name(mina):
    tools = Toolbox(athlete=mina, by=mina.user)
    tools.excluded["Boiled potatoes with salt"] = ["sadrži so"]
    text = with_exclusions("Večera je “Boiled potatoes with salt”.", tools, language="sr")
    assert "Boiled" not in finish_text(text, cyrillic=False)
