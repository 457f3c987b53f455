"""From an account to a profile: the questions before the first plan."""

from __future__ import annotations

import datetime as dt

import pytest

from athletes.models import Athlete
from tests import factories
from tests.athletes.pages import ODD_TEXTS, keyed, shown, sign_in
from tests.markup import faults

pytestmark = pytest.mark.django_db

THIN = {"name": "Nora", "sport": "run", "aim": "maintain", "timezone": "Europe/Belgrade", "shown_units": "metric"}


@pytest.fixture
def newcomer(db):
    return factories.make_user("nora@example.com")


@pytest.fixture
def client(newcomer):
    return sign_in(newcomer)


def test_name_and_sport_are_enough_for_a_profile(client, newcomer):
    answer = client.post("/start/profile", keyed(**THIN))
    assert (answer.status_code, answer["Location"]) == (303, "/start/food")
    athlete = Athlete.objects.get(user=newcomer)
    assert (athlete.name, athlete.sport, athlete.weight_kg, athlete.birth_date, athlete.sex) == (
        *("Nora", "run", None, None),
        None,
    )


def test_every_answer_arrives_in_the_profile(client, newcomer):
    full = {"sex": "F", "birth_date": "1994-05-17", "weight_kg": "58,5", "height_cm": "168", "activity": "1.5"}
    client.post("/start/profile", keyed(**THIN, **full))
    athlete = Athlete.objects.get(user=newcomer)
    assert (athlete.sex, athlete.birth_date, athlete.weight_kg) == ("F", dt.date(1994, 5, 17), 58.5)
    assert (athlete.height_cm, athlete.pal_nonexercise, athlete.goals) == (168.0, 1.5, ["performance"])


def test_pounds_and_feet_become_kilograms_and_centimeters(client, newcomer):
    client.post("/start/profile", keyed(**{**THIN, "shown_units": "us"}, weight_kg="130", height_cm="5'8"))
    athlete = Athlete.objects.get(user=newcomer)
    assert (round(athlete.weight_kg, 3), round(athlete.height_cm, 2), athlete.units) == (58.967, 172.72, "us")


def test_a_wrong_answer_stands_beside_its_field_and_nothing_typed_is_lost(client, newcomer):
    answer = client.post("/start/profile", keyed(**THIN, weight_kg="58", height_cm="1.68"))
    page = shown(answer)
    assert answer.status_code == 422
    assert "Must be from 130 to 220 cm. Did you mean 168?" in page.text
    assert (page.value_of("height_cm"), page.value_of("weight_kg"), page.value_of("name")) == ("1.68", "58", "Nora")
    assert faults(answer.content.decode()) == {}
    assert not Athlete.objects.filter(user=newcomer).exists()


def test_the_form_sent_twice_makes_one_profile(client, newcomer):
    sent = keyed(**THIN)
    answers = [client.post("/start/profile", sent) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/start/food", "/start/food"]
    assert Athlete.objects.filter(user=newcomer).count() == 1


def test_going_back_and_changing_the_answers_changes_the_profile(client, newcomer):
    client.post("/start/profile", keyed(**THIN))
    client.post("/start/profile", keyed(**{**THIN, "sport": "cycle"}))
    assert Athlete.objects.get(user=newcomer).sport == "cycle"


def test_a_child_is_refused_in_words(client, newcomer):
    born = dt.date.today() - dt.timedelta(days=12 * 365)
    answer = client.post("/start/profile", keyed(**THIN, birth_date=born.isoformat()))
    assert "Athletes must be at least 13 years old." in shown(answer).text
    assert not Athlete.objects.filter(user=newcomer).exists()


@pytest.mark.parametrize("kind", ["emoji", "right to left", "combining", "markup", "template"])
def test_any_real_name_is_a_name(kind, client, newcomer):
    answer = client.post("/start/profile", keyed(**{**THIN, "name": ODD_TEXTS[kind]}))
    assert answer.status_code == 303
    assert Athlete.objects.get(user=newcomer).name == ODD_TEXTS[kind]
    assert faults(client.get("/settings/profile").content.decode()) == {}


@pytest.mark.parametrize("kind", ["four hundred", "null byte", "only a zero-width space"])
def test_a_name_that_is_none_is_refused_beside_its_field(kind, client, newcomer):
    answer = client.post("/start/profile", keyed(**{**THIN, "name": ODD_TEXTS[kind]}))
    assert answer.status_code == 422
    assert any(a.get("aria-invalid") == "true" and a.get("name") == "name" for _, a, _ in shown(answer).elements)
    assert not Athlete.objects.filter(user=newcomer).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("sport", "quidditch"), ("aim", "cut"), ("timezone", "Mars/Olympus"), ("birth_date", "2026-02-30")]
    + [("weight_kg", "1e3"), ("weight_kg", "NaN"), ("weight_kg", "9" * 30), ("height_cm", "tall"), ("activity", "9")],
)
def test_an_impossible_answer_is_refused_beside_its_field(field, value, client, newcomer):
    answer = client.post("/start/profile", keyed(**{**THIN, field: value}))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Athlete.objects.filter(user=newcomer).exists()


def test_an_empty_form_says_what_it_needs(client, newcomer):
    answer = client.post("/start/profile", {})
    assert answer.status_code == 422
    assert "id_name_error" in answer.content.decode()


def test_allergies_and_tastes_arrive_in_the_profile(alice):
    answer = sign_in(alice).post(
        "/start/food",
        keyed(
            allergies=["peanuts", "milk"], diets=["vegetarian"], dislikes="mushrooms,\n olives", max_prep_minutes="30"
        ),
    )
    alice.athlete.refresh_from_db()
    assert answer["Location"] == "/start/calendar"
    assert (alice.athlete.allergies, alice.athlete.dietary_preferences) == (["milk", "peanuts"], ["vegetarian"])
    assert (alice.athlete.dislikes, alice.athlete.max_prep_minutes) == (["mushrooms", "olives"], 30)


def test_an_allergy_that_nobody_knows_is_refused_never_ignored(alice):
    answer = sign_in(alice).post("/start/food", keyed(allergies=["unobtainium"]))
    alice.athlete.refresh_from_db()
    assert answer.status_code == 422
    assert alice.athlete.allergies == []


def test_the_calendar_step_can_be_passed_by(alice):
    page = shown(sign_in(alice).get("/start/calendar"))
    assert "Go on without a calendar" in page.text
