"""Recipes and shopping lists in the browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nutrition_site.kernel.ids import new_id
from planning.models import Recipe, RecipeIngredient, ShoppingItem, ShoppingList
from planning.services.shopping import create_shopping_list
from planning.views.recipes import batch_servings
from planning.views.shopping import spaced
from tests.markup import Page, faults
from tests.planning.pages import plan_week, sign_in, train

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(athlete, catalogue):
    """Alice's list for two planned days."""
    day = train(athlete)
    plan_week(athlete)
    made, _ = create_shopping_list(athlete=athlete, first=day, last=day + timedelta(days=1), by=athlete.user)
    return made


def text_of(answer):
    return " ".join(Page(answer.content.decode()).text.split())


def test_the_recipes_page_holds_nothing_the_athlete_may_not_eat(alice, athlete, catalogue):
    athlete.allergies = ["milk"]
    athlete.dietary_preferences = ["vegetarian"]
    athlete.save()
    client, seen = sign_in(alice), []
    for number in range(1, 30):
        found = client.get("/recipes", {"page": number}).context["found"]
        seen += list(found)
        if not found.has_next():
            break
    assert len(seen) > 30
    assert [r.name for r in seen if r.allergens.get("milk") != "free" or "vegetarian" not in r.diets] == []


def test_recipes_are_found_by_ingredient_and_meal(alice, catalogue):
    answer = sign_in(alice).get("/recipes", {"q": "banana", "meal": "breakfast"})
    found = list(answer.context["found"])
    assert found
    assert [r.name for r in found if "breakfast" not in r.slots or "banana" not in catalogue.food_words(r.pk)] == []


@pytest.mark.parametrize("words", ["\x00", "‮", "🍌🍌", "x" * 400, "%", "' or 1=1 --", "page"])
def test_odd_words_find_nothing_and_break_nothing(words, alice, catalogue):
    answer = sign_in(alice).get("/recipes", {"q": words, "meal": "midnight", "page": "-1"})
    assert (answer.status_code, faults(answer.content.decode())) == (200, {})


def test_a_recipe_is_shown_in_the_amounts_of_the_servings_asked_for(alice, catalogue):
    recipe = Recipe.objects.filter(kind="base").order_by("slug").first()
    lines = sign_in(alice).get(f"/recipes/{recipe.pk}", {"servings": "1.5"}).context["lines"]
    wanted = [grams * 1.5 for grams in recipe.ingredients.values_list("grams_per_serving", flat=True)]
    assert [row["grams"] for row in lines] == wanted


def test_kitchen_measures_follow_the_servings(alice, catalogue):
    recipe = Recipe.objects.get(slug="kajgana-white-cheese-bread")
    lines = sign_in(alice).get(f"/recipes/{recipe.pk}", {"servings": "1.5"}).context["lines"]
    assert [row["words"] for row in lines if row["line"].food.code in ("01123", "11529")] == [
        "3 eggs",
        "1½ tomatoes, sliced",
    ]


@pytest.mark.parametrize("language", ["en", "sr-latn"])
def test_water_is_told_once_by_what_is_poured(language, alice, catalogue):
    """A milliliter of water is a gram: 350 ml beside 351 g would be the same amount twice."""
    type(alice).objects.filter(pk=alice.pk).update(language=language)
    dish = Recipe.objects.get(name="Kačamak with white cheese and yogurt")
    lines = sign_in(alice).get(f"/recipes/{dish.pk}", {"servings": "1"}).context["lines"]
    told = {row["line"].food.name: (row["weight"], row["words"]) for row in lines}
    assert told["Water"] == ("350 ml", "")
    assert told["Plain yogurt, low-fat"][0] == "200 g"


@pytest.mark.parametrize("slug", ["kajgana-white-cheese-bread", "bosanski-lonac-veal"])
def test_a_method_needs_no_remark_because_its_amounts_follow_the_servings(slug, alice, catalogue):
    recipe = Recipe.objects.get(slug=slug)
    page = sign_in(alice).get(f"/recipes/{recipe.pk}", {"servings": "2"})
    assert "Amounts named in the method" not in page.content.decode()


@pytest.mark.parametrize("servings", ["", "-4", "nan", "inf", "1e9", "two", "0.3\x00"])
def test_servings_that_make_no_sense_show_a_sound_page(servings, alice, catalogue):
    recipe = Recipe.objects.order_by("slug").first()
    answer = sign_in(alice).get(f"/recipes/{recipe.pk}", {"servings": servings})
    assert (answer.status_code, faults(answer.content.decode())) == (200, {})


def test_the_steps_of_a_variant_name_what_it_uses(alice, catalogue):
    recipe = Recipe.objects.get(slug="apple-hazelnut-bircher--nut-free")
    page = sign_in(alice).get(f"/recipes/{recipe.pk}").content.decode().lower()
    assert ("flaxseed" in page, "hazelnuts" in page.replace("hazelnut muesli", "")) == (True, False)


def test_a_recipe_says_for_how_many_its_words_are():
    lines = [
        RecipeIngredient(show="2 eggs", grams_per_serving=50.0),
        RecipeIngredient(show="120 g oats", grams_per_serving=60.0),
    ]
    assert batch_servings(lines) == 2.0


def test_a_recipe_for_somebody_allergic_says_so_first(alice, athlete, catalogue):
    recipe = next(r for r in Recipe.objects.filter(kind="base") if r.allergens.get("milk") == "contains")
    athlete.allergies = ["milk"]
    athlete.save()
    assert "This is not for you:" in text_of(sign_in(alice).get(f"/recipes/{recipe.pk}"))


def test_a_recipe_that_is_none_is_not_found(alice):
    assert [sign_in(alice).get(f"/recipes/{name}").status_code for name in ("rcp_x", new_id("rcp"), "🍝")] == [404] * 3


def test_a_list_is_made_once_for_a_form_that_is_sent_twice(alice, athlete, catalogue):
    day, client = train(athlete), sign_in(alice)
    plan_week(athlete)
    fields = {"first": day.isoformat(), "last": day.isoformat(), "form_key": new_id("frm")}
    answers = {client.post("/shopping", fields)["Location"] for _ in range(2)}
    assert answers == {f"/shopping/{ShoppingList.objects.get().pk}"}


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-11-21", "2026-11-20", "last"),
        ("2026-01-01", "2026-06-01", "last"),
        ("1970-01-01", "1970-01-02", "first"),
        ("never", "2026-11-20", "first"),
        ("", "", "first"),
    ],
)
def test_days_that_cannot_be_shopped_for_are_refused_beside_the_field(first, last, field, alice):
    answer = sign_in(alice).post("/shopping", {"first": first, "last": last})
    page = Page(answer.content.decode())
    assert (answer.status_code, field in answer.context["form"].errors, page.value_of("first")) == (422, True, first)
    assert ShoppingList.objects.count() == 0


def test_the_shopping_pages_are_sound(alice, listed):
    client, item = sign_in(alice), listed.items.first()
    paths = ["/shopping", f"/shopping/{listed.pk}", f"/shopping/{listed.pk}/{item.pk}", f"/shopping/{listed.pk}/delete"]
    answers = [client.get(path) for path in paths]
    assert [(a.status_code, faults(a.content.decode())) for a in answers] == [(200, {})] * 4


def test_somebody_elses_list_does_not_exist(sam, listed):
    client, item = sign_in(sam), listed.items.first()
    base = f"/shopping/{listed.pk}"
    gets = [client.get(path).status_code for path in (base, f"{base}/{item.pk}", f"{base}/delete")]
    posts = [client.post(f"{base}/{name}").status_code for name in ("ticks", "renew", "delete", item.pk)]
    assert (gets, posts, ShoppingList.objects.count()) == ([404] * 3, [404] * 4, 1)


def test_an_anonymous_shopper_is_asked_to_sign_in(listed):
    answer = Client().post(f"/shopping/{listed.pk}/ticks", {"ticked": "x"})
    assert (answer.status_code, answer["Location"].startswith("/account/login/")) == (302, True)


def test_a_tick_is_kept_and_taken_back(alice, listed):
    client, item = sign_in(alice), listed.items.first()
    url = reverse("shopping_ticks", args=[listed.pk])
    seen = []
    for fields in ({"ticked": item.pk, "open": item.pk}, {"done": item.pk}):
        client.post(url, fields)
        item.refresh_from_db()
        seen.append(item.checked)
    assert seen == [True, False]


def test_a_tick_of_somebody_else_stays_when_an_older_page_is_saved(alice, listed):
    mine, theirs = listed.items.all()[:2]
    ShoppingItem.objects.filter(pk=theirs.pk).update(checked=True)
    older = {"ticked": [mine.pk], "open": [mine.pk, theirs.pk]}
    sign_in(alice).post(reverse("shopping_ticks", args=[listed.pk]), older)
    theirs.refresh_from_db()
    assert theirs.checked is True


def test_a_tick_for_another_list_changes_nothing(alice, athlete, listed):
    day = listed.first_day
    other, _ = create_shopping_list(athlete=athlete, first=day, last=day, by=alice)
    foreign = other.items.first()
    sign_in(alice).post(reverse("shopping_ticks", args=[listed.pk]), {"ticked": foreign.pk, "open": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.checked is False


def test_an_own_amount_is_shown_and_what_is_at_home_leaves_the_aisles(alice, listed):
    client, (first, second) = sign_in(alice), listed.items.all()[:2]
    client.post(f"/shopping/{listed.pk}/{first.pk}", {"own_quantity": "two big ones 🥕"})
    client.post(f"/shopping/{listed.pk}/{second.pk}", {"own_quantity": "", "at_home": "on"})
    answer = client.get(f"/shopping/{listed.pk}")
    assert "two big ones 🥕" in text_of(answer)
    assert second.pk in [row["id"] for row in answer.context["at_home"]]


def test_an_amount_that_is_too_long_is_refused_and_still_there(alice, listed):
    item = listed.items.first()
    answer = sign_in(alice).post(f"/shopping/{listed.pk}/{item.pk}", {"own_quantity": "x" * 400})
    assert (answer.status_code, Page(answer.content.decode()).value_of("own_quantity")) == (422, "x" * 400)


def test_the_page_of_a_list_names_the_dishes_that_became_excluded(alice, athlete, listed):
    athlete.allergies = ["gluten", "milk", "eggs", "soy", "fish", "tree_nuts"]
    athlete.save()
    text = text_of(sign_in(alice).get(reverse("shopping_list", args=[listed.pk])))
    assert "This list holds food you can no longer eat." in text
    assert "No ingredient holds an allergen" not in text


def test_ticks_with_a_null_byte_change_nothing_and_break_nothing(alice, listed):
    item = listed.items.first()
    sent = {"ticked": [item.pk, "\x00"], "open": [item.pk, "\x00"]}
    answer = sign_in(alice).post(reverse("shopping_ticks", args=[listed.pk]), sent)
    assert (answer.status_code, listed.items.filter(checked=True).count()) == (303, 1)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "\x00", "2026-13-45"])
def test_an_impossible_first_day_in_the_address_still_shows_the_lists(day, alice, athlete):
    assert sign_in(alice).get(reverse("shopping"), {"first": day}).status_code == 200


def test_a_list_whose_plan_moved_on_offers_a_new_one_that_keeps_the_ticks(alice, athlete, listed):
    client, plan = sign_in(alice), athlete.meal_plans.get()
    item = listed.items.first()
    ShoppingItem.objects.filter(pk=item.pk).update(checked=True)
    client.post(f"/plans/{plan.pk}/again", {"back": "week"})
    assert "Your plan changed after this list was made." in text_of(client.get(f"/shopping/{listed.pk}"))
    answer = client.post(f"/shopping/{listed.pk}/renew", {"form_key": new_id("frm")})
    assert answer["Location"] == f"/shopping/{listed.pk}"
    assert listed.items.get(food_id=item.food_id).checked is True


def test_deleting_a_list_asks_first_and_can_be_repeated_harmlessly(alice, listed):
    client, key = sign_in(alice), new_id("frm")
    client.get(f"/shopping/{listed.pk}/delete")
    assert ShoppingList.objects.count() == 1
    answers = [client.post(f"/shopping/{listed.pk}/delete", {"form_key": key}).status_code for _ in range(2)]
    assert (answers, ShoppingList.objects.count()) == ([303, 303], 0)


def test_a_list_asks_the_database_few_questions(alice, listed):
    client = sign_in(alice)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/shopping/{listed.pk}")
    assert len(queries) <= 10


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("500g", "500\u00a0g"), ("1.5kg", "1.5\u00a0kg"), ("2 l", "2\u00a0l"), ("400g can", "400\u00a0g can"), ("6", "6")],
)
def test_a_unit_stands_after_a_space(text, wanted):
    assert spaced(text) == wanted
