"""A dish in the amounts that somebody cooks, and its method a step at a time."""

from __future__ import annotations

import pytest

from nutrition_site.kernel.clock import today
from planning.cooking import CookLine, Timer, find_timers, in_units, lines_by_step, weight_words
from planning.models import PlanItem, Recipe
from planning.views.recipes import batch_servings
from tests.markup import Page, faults
from tests.planning.pages import plan_week, sign_in

pytestmark = pytest.mark.django_db
LUNCH = "kajgana-white-cheese-bread"


def text_of(answer):
    return " ".join(Page(answer.content.decode()).text.split())


def hrefs_of(answer):
    return [link.get("href") for link in Page(answer.content.decode()).all("a")]


@pytest.mark.parametrize(
    ("step", "timers"),
    [
        ("Simmer for 15 minutes and serve.", [Timer("15 minutes", 900)]),
        ("Roast for 12 to 15 minutes.", [Timer("12 to 15 minutes", 720)]),
        ("Bake thin pancakes, a minute a side.", [Timer("a minute", 60)]),
        ("Rest it for ten minutes, then fry for 1½ minutes.", [Timer("ten minutes", 600), Timer("1½ minutes", 90)]),
        ("Braise for 1 hour 20 minutes.", [Timer("1 hour 20 minutes", 4800)]),
        ("Chill for half an hour.", [Timer("half an hour", 1800)]),
        ("Soak overnight, or at least eight hours.", []),
        ("Drink within the hour. Serves two; cut into 12 pieces.", []),
    ],
)
def test_a_step_is_timed_by_the_times_it_names(step, timers):
    assert find_timers(step) == timers


LINES = [
    CookLine("1 medium green bell pepper, in strips", "Peppers, sweet, green, raw", "Vegetables"),
    CookLine("1/4 tsp ground black pepper", "Spices, pepper, black", "Herbs & spices"),
    CookLine("2 tbsp sunflower oil", "Oil, sunflower", "Oils & sauces"),
    CookLine("180 g canned whole tomatoes with juice", "Tomatoes, canned", "Vegetables"),
    CookLine("2 tbsp tomato paste", "Tomato paste", "Vegetables"),
    CookLine("100 g zucchini", "Squash, zucchini", "Vegetables"),
    CookLine("400 ml water", "Water", "Drinks"),
]


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (["Grease a lightly oiled pan."], [[2]]),
        (["Slice the bell pepper.", "Season with pepper."], [[0], [0, 1]]),
        (["Add tomatoes, tomato paste and oil."], [[2, 3, 4]]),
        (["Stir in the tomato paste."], [[4]]),
        (["Fry the vegetables.", "Serve."], [[0, 3, 4, 5], []]),
        (["Put everything in a pot.", "Fry in the oil."], [[0, 1, 3, 4, 5, 6], [2]]),
    ],
)
def test_a_step_has_the_ingredients_at_hand_that_it_speaks_of(steps, found):
    assert lines_by_step(steps, LINES) == found


def test_nineteen_of_twenty_ingredients_of_the_catalogue_are_at_hand_in_a_step(catalogue):
    dishes = Recipe.objects.filter(owner=None).prefetch_related("ingredients__food")
    at_hand = count = 0
    for dish in dishes:
        lines = [CookLine(row.show, row.food.name, row.food.aisle) for row in dish.ingredients.all()]
        at_hand += len({position for positions in lines_by_step(dish.method, lines) for position in positions})
        count += len(lines)
    assert at_hand / count > 0.95


@pytest.mark.parametrize(
    ("grams", "metric", "us"),
    [(120.4, "120 g", "4.2 oz"), (2.25, "2.2 g", "0.1 oz"), (1.0, "1 g", "< 0.1 oz"), (567, "567 g", "1 lb 4 oz")],
)
def test_weights_are_told_in_the_units_of_the_cook(grams, metric, us):
    # 28.349523125 g to the ounce: international yard and pound agreement, 1959.
    assert (weight_words(grams, us=False), weight_words(grams, us=True)) == (metric, us)


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("Bake at 200 °C for 15 minutes.", "Bake at 390 °F (200 °C) for 15 minutes."),
        ("Pour in 600 ml of water.", "Pour in 2½ cups of water."),
        ("30 ml lemon juice", "2 tbsp lemon juice"),
        ("2 large eggs", "2 large eggs"),
    ],
)
def test_us_cooks_read_cups_and_fahrenheit(text, us):
    assert (in_units(text, us=False), in_units(text, us=True)) == (text, us)


@pytest.fixture
def dish(catalogue):
    return Recipe.objects.get(slug=LUNCH)


def test_people_multiply_what_is_weighed_but_not_what_each_eats(alice, dish):
    page = sign_in(alice).get(f"/recipes/{dish.pk}", {"servings": "1.5", "people": "4"})
    wanted = [grams * 6 for grams in dish.ingredients.values_list("grams_per_serving", flat=True)]
    assert [row["grams"] for row in page.context["lines"]] == wanted
    assert page.context["amounts"]["energy_kcal"] == dish.nutrients["energy_kcal"] * 1.5
    assert "For 4 people, 1.5 servings each" in text_of(page)


def test_every_number_of_servings_and_people_is_a_link_that_keeps_the_other(alice, dish):
    found = hrefs_of(sign_in(alice).get(f"/recipes/{dish.pk}", {"servings": "1.5", "people": "2"}))
    assert {"?servings=2&people=2", "?servings=1.5&people=3", "?servings=1.5"} <= set(found)


@pytest.mark.parametrize("people", ["0", "-1", "13", "two", "1e3", "99999999999", "٢", ""])
def test_people_that_make_no_sense_are_one(people, alice, dish):
    page = sign_in(alice).get(f"/recipes/{dish.pk}", {"servings": "1", "people": people})
    assert (page.status_code, page.context["people"]) == (200, 1)


def test_a_dish_of_the_plan_is_shown_as_the_plan_serves_it(alice, athlete, catalogue):
    plan = plan_week(athlete)
    item = plan.current.items.filter(date=today(athlete.zones), leftover_of__isnull=True).first()
    PlanItem.objects.filter(pk=item.pk).update(quarters=7)
    page = sign_in(alice).get(f"/recipes/{item.recipe_id}")
    first = page.context["planned"][0]
    assert (first["meal"].servings, first["is_today"], page.context["servings"]) == (1.75, True, first["quarters"] / 4)
    assert "For you today" in text_of(page)


def test_a_plan_of_somebody_else_serves_nothing_here(sam, athlete, catalogue):
    item = plan_week(athlete).current.items.first()
    assert sign_in(sam).get(f"/recipes/{item.recipe_id}").context["planned"] == []


def test_cooking_walks_from_getting_ready_to_the_last_step_by_links(alice, dish):
    client, seen = sign_in(alice), []
    url = f"/recipes/{dish.pk}/cook?servings=2&people=3"
    while url:
        page = client.get(url)
        assert faults(page.content.decode()) == {}
        seen.append((page.context["step"], page.context.get("words", "")))
        url = page.context["after_url"]
        assert not url or url in hrefs_of(page)
    assert seen == [(0, ""), *enumerate(dish.method, start=1)]


@pytest.mark.parametrize(("step", "shown"), [("-1", 0), ("x", 0), ("99", 3), ("10000000000", 3), ("²", 0)])
def test_a_step_that_is_none_shows_the_nearest(step, shown, alice, dish):
    dish.method = ["Whisk the eggs.", "Fry them.", "Eat."]
    dish.save()
    page = sign_in(alice).get(f"/recipes/{dish.pk}/cook", {"step": step})
    assert (page.status_code, page.context["step"]) == (200, shown)


def test_a_step_names_its_amounts_for_the_servings_that_are_cooked(alice, catalogue):
    dish = Recipe.objects.get(slug="bosanski-lonac-veal")
    batch = batch_servings(list(dish.ingredients.all()))
    number, step = next((n, step) for n, step in enumerate(dish.method, start=1) if "800 ml" in step)
    client = sign_in(alice)
    for servings, people, words in ((batch, 1, "800 ml"), (batch / 2, 1, "400 ml"), (batch, 4, "3.2 l")):
        asked = f"servings={servings:g}&people={people}"
        told = step.replace("800 ml", words)
        assert client.get(f"/recipes/{dish.pk}/cook?{asked}&step={number}").context["words"] == told
        for page in ("", "/print"):
            assert told in text_of(client.get(f"/recipes/{dish.pk}{page}?{asked}"))


def test_a_method_with_an_amount_that_cannot_be_scaled_stays_whole_and_says_for_how_many_it_is(alice, dish):
    dish.method = ["Add 1 jar (400 g) of beans.", "Pour in 200 ml of water.", "Serve."]
    dish.save()
    batch = batch_servings(list(dish.ingredients.all()))
    for servings, remark in ((batch, False), (batch * 2, True)):
        steps = [
            text_of(sign_in(alice).get(f"/recipes/{dish.pk}/cook?servings={servings:g}&step={n}")) for n in (1, 2, 3)
        ]
        assert "200 ml" in steps[1]
        assert ["Go by the list below" in step for step in steps] == [remark, remark, False]


def test_without_script_a_time_is_plain_words_and_nothing_claims_that_the_screen_stays_on(alice, dish):
    dish.method = ["Simmer for 15 minutes."]
    dish.save()
    page = Page(sign_in(alice).get(f"/recipes/{dish.pk}/cook?step=1").content.decode())
    hidden = [b for b in page.all("button") if "data-timer" in b or b.get("id") == "awake"]
    bars = [one for one in page.all("div") if one.get("id") == "kitchenbar"]
    assert ["hidden" in b for b in hidden if "data-timer" in b] == [True]
    assert ["hidden" in bar for bar in bars] == [True]


def test_the_paper_holds_the_amounts_asked_for_and_the_allergens(alice, athlete, dish):
    athlete.units = "us"
    athlete.save()
    page = sign_in(alice).get(f"/recipes/{dish.pk}/print?servings=2&people=2")
    assert faults(page.content.decode()) == {}
    assert "For 2 people, 2 servings each" in text_of(page)
    assert " oz" in text_of(page)
    assert "Contains" in text_of(page)


def test_a_dish_without_a_method_leads_back_to_its_recipe(alice, dish):
    dish.method = []
    dish.save()
    answer = sign_in(alice).get(f"/recipes/{dish.pk}/cook?servings=2")
    assert answer["Location"] == f"/recipes/{dish.pk}?servings=2"
