"""The quick log in the browser and over the API: few taps, nothing twice, nothing lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.ids import new_id
from planning.catalogue.words import compose_search_text
from planning.models import Food, LogEntry, Recipe
from tests.markup import Page, faults
from tests.planning.pages import sign_in
from tests.planning.test_log import planned_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(athlete):
    return sign_in(athlete.user)


@pytest.fixture
def day(athlete):
    return today(athlete.zones)


@pytest.fixture
def bar(athlete):
    return Food.objects.create(
        code="own:bar", name="Fig bar", owner=athlete, barcode="4006381333931", energy_kcal=400.0, carbs_g=70.0,
        protein_g=5.0, fat_g=10.0, search_text=compose_search_text(name="Fig bar", others=[]),
    )  # fmt: skip


def text_of(answer):
    return " ".join(Page(answer.content.decode()).text.split())


def entries(athlete):
    return [(row.name, row.day, row.amount) for row in LogEntry.objects.filter(athlete=athlete)]


def test_a_food_is_searched_and_its_amount_logged(page, athlete, day, bar):
    found = page.get(f"/day/{day}/log", {"q": "fig bar"})
    assert f"/day/{day}/log/add?food={bar.pk}" in found.content.decode()
    answer = page.post(f"/day/{day}/log/add?food={bar.pk}", {"amount": "50 g", "time": "10:15", "slot": "snack"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today#meals")
    assert entries(athlete) == [("Fig bar", day, "50 g")]


def test_the_days_page_counts_what_was_logged_and_says_at_least(page, athlete, day, bar):
    page.post(f"/day/{day}/log/add?food={bar.pk}", {"amount": "50 g"})
    page.post(f"/day/{day}/log", {"name": "Burek"})
    shown = page.get("/today")
    assert shown.context["track"]["eaten_kcal"] == 200.0
    assert "at least 200 eaten" in text_of(shown)
    assert "Not everything is known of Burek" in text_of(shown)


def test_a_form_that_is_sent_twice_counts_once(page, athlete, day, bar):
    sent = {"amount": "50 g", "form_key": new_id("frm")}
    answers = [page.post(f"/day/{day}/log/add?food={bar.pk}", sent) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/today#meals"] * 2
    assert len(entries(athlete)) == 1


def test_an_amount_that_cannot_be_read_is_still_there_beside_the_question(page, athlete, day, bar):
    answer = page.post(f"/day/{day}/log/add?food={bar.pk}", {"amount": "two handfuls", "time": "10:15"})
    assert answer.status_code == 422
    assert 'value="two handfuls"' in answer.content.decode()
    assert entries(athlete) == []


def test_one_tap_logs_the_same_again_today(page, athlete, day, bar):
    page.post(f"/day/{day - timedelta(days=1)}/log/add?food={bar.pk}", {"amount": "50 g"})
    shown = page.get(f"/day/{day}/log").content.decode()
    again = re.search(r'name="entry" value="(log_\w+)"', shown)[1]
    page.post(f"/day/{day}/log/again", {"entry": again})
    assert entries(athlete) == [("Fig bar", day - timedelta(days=1), "50 g"), ("Fig bar", day, "50 g")]


def test_undo_sent_twice_leads_back_twice(page, athlete, day):
    page.post(f"/day/{day}/log", {"name": "Burek"})
    entry = LogEntry.objects.get()
    sent = {"form_key": new_id("frm")}
    answers = [page.post(f"/day/{day}/log/{entry.pk}/undo", sent).status_code for _ in range(2)]
    assert (answers, entries(athlete)) == ([303, 303], [])


def test_a_meal_that_was_not_eaten_is_skipped_for_what_was(page, athlete, day, bar):
    dish = Recipe.objects.create(slug="soup", family="soup", name="Soup", slots=["lunch"])
    item = planned_day(athlete, dish, day, status="planned")
    page.post(f"/day/{day}/log/add?food={bar.pk}&instead={item.pk}", {"amount": "50 g"})
    item.refresh_from_db()
    assert (item.status, len(entries(athlete))) == ("skipped", 1)


def test_a_barcode_finds_the_own_food(page, day, bar):
    shown = page.get(f"/day/{day}/log", {"barcode": "4006381 333931"})
    assert f"/day/{day}/log/add?food={bar.pk}&amp;by=barcode" in shown.content.decode()


def test_a_barcode_typed_into_the_search_is_looked_up_like_one(page, day, bar):
    shown = page.get(f"/day/{day}/log", {"q": "4006381 333931"}).content.decode()
    assert f"/day/{day}/log/add?food={bar.pk}&amp;by=barcode" in shown
    assert "Nothing is called that" not in shown


def test_an_unknown_barcode_leads_to_the_label_and_back_to_the_log(page, athlete, day):
    from tests.planning.test_own_pages import label

    shown = page.get(f"/day/{day}/log", {"barcode": "4006381333931"})
    label_url = shown.context["label_url"]
    assert 'value="4006381333931"' in page.get(label_url).content.decode()
    answer = page.post("/own/foods/add", label(barcode="4006381333931", log_day=day.isoformat()))
    made = Food.objects.get(owner=athlete)
    assert (made.barcode, answer.headers["Location"]) == ("4006381333931", f"/day/{day}/log/add?food={made.pk}")


def test_a_mistyped_barcode_is_told_and_kept(page, day):
    shown = page.get(f"/day/{day}/log", {"barcode": "4006381333932"})
    assert 'value="4006381333932"' in shown.content.decode()
    assert "The last digit does not fit the others." in text_of(shown)


def test_what_is_excluded_is_said_plainly_before_and_after(page, athlete, day):
    Athlete.objects.filter(pk=athlete.pk).update(allergies=["milk"])
    milk = Food.objects.create(
        code="test:milk", name="Milk", core=True, energy_kcal=60.0, allergens={"milk": "contains"}
    )
    assert "not for you: contains milk" in text_of(page.get(f"/day/{day}/log/add?food={milk.pk}"))
    after = page.post(f"/day/{day}/log/add?food={milk.pk}", {"amount": "200 g"}, follow=True)
    assert "Milk is logged. By your settings it is not for you: contains milk." in text_of(after)


def test_where_numbers_are_withheld_only_names_are_shown(page, athlete, day, bar):
    Athlete.objects.filter(pk=athlete.pk).update(birth_date=day - timedelta(days=15 * 365))
    page.post(f"/day/{day}/log/add?food={bar.pk}", {"amount": "50 g"})
    for shown in (page.get(f"/day/{day}/log", {"q": "fig bar"}), page.get(f"/day/{day}")):
        assert "Fig bar" in text_of(shown)
        assert not re.search(r"kcal|50 g|\b200\b", text_of(shown))


def test_a_day_to_come_has_no_log(page, day):
    assert page.get(f"/day/{day + timedelta(days=1)}/log").status_code == 404


def test_the_pages_of_the_log_have_sound_markup(page, athlete, day, bar):
    page.post(f"/day/{day}/log", {"name": "<b>Burek</b>"})
    for path in ("log", "log?q=fig", "log?barcode=1", f"log/add?food={bar.pk}"):
        assert faults(page.get(f"/day/{day}/{path}").content.decode()) == {}
    assert faults(page.get(f"/day/{day}").content.decode()) == {}


def test_the_log_page_asks_as_much_of_the_database_for_eight_dishes_as_for_two(page, athlete, day):
    counts = []
    for wanted in (2, 8):
        for number in range(LogEntry.objects.count(), wanted):
            dish = Recipe.objects.create(slug=f"dish-{number}", family=f"dish-{number}", name=f"Dish {number}")
            LogEntry.objects.create(athlete=athlete, day=day, recipe=dish, name=dish.name, source="search")
        with CaptureQueriesContext(connection) as queries:
            assert len(page.get(f"/day/{day}/log").context["recent"]) == wanted
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_week_says_what_was_logged_besides(page, athlete, day):
    page.post(f"/day/{day}/log", {"name": "Burek"})
    shown = page.get("/week").context["days"][day.weekday()]
    assert shown["state"] == "1 thing logged"


# --- the API ---


def test_the_api_logs_reads_and_removes(api, athlete, day, bar):
    client, url = api(athlete.user), f"/v1/athletes/{athlete.pk}/log"
    made = client.post(url, {"day": day.isoformat(), "barcode": "4006381333931", "grams": 50, "slot": "snack"})
    assert (made.status_code, made.json()["nutrients"]["energy_kcal"], made.json()["unknown"]) == (201, 200.0, [])
    assert client.get(url).json()["items"] == [client.get(made.headers["Location"]).json()]
    assert client.delete(made.headers["Location"]).status_code == 204
    assert client.get(url).json()["total"] == 0


def test_the_api_says_what_is_unknown_of_own_words(api, athlete, day):
    answer = api(athlete.user).post(f"/v1/athletes/{athlete.pk}/log", {"day": day.isoformat(), "name": "Burek"})
    assert answer.json()["unknown"] == ["energy_kcal", "protein_g", "carbs_g", "fat_g"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "food_id"),
        ({"name": "Burek", "food_id": "fod_x"}, "food_id"),
        ({"name": "Burek", "grams": 10}, "grams"),
        ({"barcode": "4006381333931"}, "grams"),
        ({"barcode": "4006381333931", "grams": 10, "amount": "10 g"}, "grams"),
        ({"barcode": "036000291452", "grams": 10}, "barcode"),
        ({"recipe_id": "rcp_x", "servings": 1}, "recipe_id"),
        ({"name": "Burek", "time": "24:00"}, "time"),
        ({"name": "Burek", "day": "2999-01-01"}, "day"),
    ],
)
def test_the_api_refuses_what_cannot_be_meant_and_names_the_field(api, athlete, day, bar, body, field):
    answer = api(athlete.user).post(f"/v1/athletes/{athlete.pk}/log", {"day": day.isoformat(), **body})
    assert answer.status_code == 400
    assert [row["field"] for row in answer.json()["error"]["details"]] == [field]
