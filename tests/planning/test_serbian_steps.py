"""Steps of the catalogue's methods in Serbian: the same numbers as in English, for every number of servings."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pytest
from django.utils import translation

from nutrition_site.kernel.cyrillic import to_cyrillic
from planning.catalogue import files
from planning.catalogue.names import steps as tables
from planning.catalogue.names.steps import serbian_method, serbian_steps
from planning.method import ToldMethod, tell_method
from planning.scaling import keeps_an_amount, scaled
from planning.scaling_serbian import measure_in_serbian, scaled_in_serbian
from tests.corpora import for_every
from tests.markup import Page
from tests.planning import shopping_kit as kit
from tests.planning.pages import sign_in

STEPS = serbian_steps().items()
PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
FIGURE = re.compile(rf"\d+(?:[.,]\d+)?[{''.join(PARTS)}]?|[{''.join(PARTS)}]")
ENGLISH_NUMBERS = (
    {"2": "two twice", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight"}
    | {"9": "nine", "10": "ten", "11": "eleven", "12": "twelve"}
    | {"0.5": "half", "0.3333": "third thirds", "1": "once"}
)
SERBIAN_NUMBERS = (
    {"2": "dva dve dvaput dvostruko", "3": "tri", "4": "četiri", "5": "pet", "6": "šest", "7": "sedam", "8": "osam"}
    | {"9": "devet", "10": "deset", "11": "jedanaest", "12": "dvanaest"}
    | {"0.5": "pola napola polovina polovine polovini polovinu polovinom"}
    | {"0.3333": "trećina trećine trećini trećinu trećinom", "1": "jednom"}
)
# Words of English steps that are none in Serbian, and letters that it does not have.
LEFT_OVER = re.compile(
    r"\b(?:the|and|with|of|until|for|minutes?|hours?|serve|add|water|oil|salt|rice|cook|simmer|bake|fry|stir|slice|half"
    r"|drain|serving|spoon|drink)\b|[qwxy]",
    re.IGNORECASE,
)
LATIN = re.compile(r"[a-zčćšžđ]+", re.IGNORECASE)
UNITS = {"ml", "l", "g", "kg", "cm", "C"}


@lru_cache(maxsize=1)
def catalogue_steps():
    return frozenset(step for row in files.read_recipes() for step in row.method)


def numbers_of(step, words):
    """How often a step names each value, in figures or in words; liters are told in milliliters."""
    values = {word: float(value) for value, said in words.items() for word in said.split()}
    step = re.sub(r"\bi po\b", "pola", step)
    found = []
    for figure in FIGURE.finditer(step):
        text = figure.group()
        part = PARTS.get(text[-1], 0.0)
        whole = text[:-1] if part else text
        value = part + (float(whole.replace(",", ".")) if whole else 0.0)
        liters = re.match(r"\s?l(?:iters?)?\b", step[figure.end() :])
        found.append(round(value * (1000 if liters else 1), 4))
    found += [values[word] for word in re.findall(r"[^\W\d_]+", step.lower()) if word in values]
    return Counter(found)


def test_every_step_of_the_catalogue_is_known_in_serbian_and_no_other():
    assert set(serbian_steps()) == catalogue_steps()


@for_every(("english", "serbian"), STEPS)
def test_a_serbian_step_names_the_numbers_of_the_english_one(english, serbian):
    assert numbers_of(serbian, SERBIAN_NUMBERS) == numbers_of(english, ENGLISH_NUMBERS)


@for_every("serbian", serbian_steps().values())
def test_a_serbian_step_is_a_sentence_without_english_words(serbian):
    assert (serbian[0].isupper(), serbian[-1], LEFT_OVER.findall(serbian)) == (True, ".", [])


@for_every("serbian", serbian_steps().values())
def test_a_step_in_cyrillic_has_latin_letters_in_units_only(serbian):
    assert set(LATIN.findall(to_cyrillic(serbian))) <= UNITS


@for_every("ratio", [0.5, 1.5, 2, 3.75])
@for_every(("english", "serbian"), STEPS)
def test_amounts_grow_and_shrink_alike_in_both_languages(english, serbian, ratio):
    assert not keeps_an_amount(english)
    told = numbers_of(scaled_in_serbian(serbian, ratio), SERBIAN_NUMBERS)
    assert told == numbers_of(scaled(english, ratio), ENGLISH_NUMBERS)


@pytest.mark.parametrize(
    ("step", "ratio", "told"),
    [
        ("Krčkajte u 700 ml vode 12 minuta.", 1.5, "Krčkajte u 1,05 l vode 12 minuta."),
        ("Dodajte 1,2 l vode.", 0.5, "Dodajte 600 ml vode."),
        ("Dodajte so i čašu vode.", 2, "Dodajte so i 2 čaše vode."),
        ("Dodajte so i čašu vode.", 5, "Dodajte so i 5 čaša vode."),
        ("Dodajte so i čašu vode.", 1.5, "Dodajte so i 1½ čaše vode."),
        ("Dodajte dve čaše vode.", 0.5, "Dodajte čašu vode."),
        ("Sačuvajte šolju vode.", 0.25, "Sačuvajte pola šolje vode."),
        ("Dodajte nekoliko kašika vode, kutlaču po kutlaču.", 2, "Dodajte nekoliko kašika vode, kutlaču po kutlaču."),
        ("Oblikujte dve tanke pljeskavice.", 0.5, "Oblikujte jednu tanku pljeskavicu."),
        ("Oblikujte dve tanke pljeskavice.", 2.5, "Oblikujte pet tankih pljeskavica."),
        ("Ispecite dva tanka omleta.", 0.5, "Ispecite jedan tanak omlet."),
        ("Napravite četiri udubljenja.", 0.25, "Napravite jedno udubljenje."),
        ("Napravite četiri udubljenja.", 1.5, "Napravite šest udubljenja."),
        ("Oblikujte dvanaest kuglica.", 1.75, "Oblikujte 21 kuglicu."),
        ("Pecite u osam kalupa za mafine na 190 °C 22 minuta.", 2, "Pecite u 16 kalupa za mafine na 190 °C 22 minuta."),
    ],
)
def test_serbian_nouns_agree_with_their_amounts(step, ratio, told):
    assert scaled_in_serbian(step, ratio) == told


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ("1 cup", "1 šolju"),
        ("2½ cups", "2½ šolje"),
        ("5 cups", "5 šolja"),
        ("2 tbsp", "2 kašike"),
        ("4.2 oz", "4,2 oz"),
        ("1 lb 4 oz", "1 lb 4 oz"),
    ],
)
def test_american_measures_have_serbian_nouns(measure, told):
    assert measure_in_serbian(measure) == told


def test_a_method_with_a_step_that_is_not_known_has_no_serbian():
    known = sorted(serbian_steps())[:2]
    assert serbian_method(known) == [serbian_steps()[step] for step in known]
    assert serbian_method([*known, "Garnish with a fern."]) is None


def test_a_step_that_comes_twice_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "TABLES", tmp_path)
    tmp_path.joinpath("serbian_steps_1.tsv").write_text("Eat.\tJedite.\nEat.\tPojedite.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"serbian_steps_1\.tsv: line 2"):
        serbian_steps.__wrapped__()


STEW = ["Add tomatoes and a glass of water and simmer for 30 minutes.", "Bake at 190 °C for 35 minutes."]


@pytest.mark.parametrize(
    ("language", "steps", "marked"),
    [
        ("en", ["Add tomatoes and 2 glasses of water and simmer for 30 minutes.", STEW[1]], ""),
        ("he", ["Add tomatoes and 2 glasses of water and simmer for 30 minutes.", STEW[1]], "en"),
        ("sr-latn", ["Dodajte paradajz i 2 čaše vode i krčkajte 30 minuta.", "Pecite na 190 °C 35 minuta."], ""),
        ("sr", ["Додајте парадајз и 2 чаше воде и крчкајте 30 минута.", "Пеците на 190 °C 35 минута."], ""),
    ],
)
def test_a_method_is_told_in_the_language_of_the_page_where_it_is_known(language, steps, marked):
    with translation.override(language):
        assert tell_method(STEW, ratio=2, us=False, own=False) == ToldMethod(steps, marked, keeps_amounts=False)


@pytest.mark.parametrize("language", ["sr-latn", "sr"])
def test_a_method_with_an_edited_step_is_english_as_a_whole(language):
    edited = [STEW[0], "Garnish with 5 g of fern."]
    with translation.override(language):
        told = tell_method(edited, ratio=1, us=False, own=False)
        assert (told.steps, told.language) == (edited, "en")


def test_what_an_athlete_wrote_is_never_translated():
    with translation.override("sr-latn"):
        assert tell_method(STEW, ratio=1, us=False, own=True) == ToldMethod(STEW, "", keeps_amounts=False)


def test_american_units_of_a_serbian_step_are_serbian_words():
    water = ["Add cubed chicken, potatoes, salt and 500 ml of water and simmer for 20 minutes.", STEW[1]]
    told = {}
    for language in ("sr-latn", "sr"):
        with translation.override(language):
            told[language] = tell_method(water, ratio=1, us=True, own=False).steps
    assert told == {
        "sr-latn": [
            "Dodajte piletinu isečenu na kockice, krompir, so i 2 šolje vode i krčkajte 20 minuta.",
            "Pecite na 375 °F (190 °C) 35 minuta.",
        ],
        "sr": [
            "Додајте пилетину исечену на коцкице, кромпир, со и 2 шоље воде и крчкајте 20 минута.",
            "Пеците на 375 °F (190 °C) 35 минута.",
        ],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words", "marked", "timer"),
    [
        ("en", "Add tomatoes and 2 glasses of water and simmer for 30 minutes.", None, "30 minutes"),
        ("he", "Add tomatoes and 2 glasses of water and simmer for 30 minutes.", "en", "30 min"),
        ("sr-latn", "Dodajte paradajz i 2 čaše vode i krčkajte 30 minuta.", None, "30 min"),
        ("sr", "Додајте парадајз и 2 чаше воде и крчкајте 30 минута.", None, "30 min"),
    ],
)
def test_recipe_paper_and_kitchen_show_a_step_in_the_page_s_language_and_time_it(
    language, words, marked, timer, athlete
):
    user = athlete.user
    user.language = language
    user.save(update_fields=["language"])
    nutrients = dict.fromkeys(("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg"), 10.0)
    dish = kit.make_dish("zzstew", {kit.make_food("zztomato"): 100}, nutrients=nutrients, method=STEW)
    client = sign_in(user)
    for path, tag in (("", "ol"), ("/print", "ol"), ("/cook", "p")):
        answer = client.get(f"/recipes/{dish.pk}{path}?servings=2&step=1")
        page = Page(answer.content.decode())
        steps = [one for one in page.all(tag) if one.get("class") in ("numbered", "says")]
        assert ([one.get("lang") for one in steps], words in page.text) == ([marked], True), path
        assert page.all("html")[0]["lang"].lower() == language
    assert [(one.seconds, one.words) for one in answer.context["timers"]] == [(1800, timer)]
