"""The athlete's profile through the API."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from athletes.models import Athlete, BodyMeasurement
from athletes.services.profile import update_athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.models import AuditEntry
from tests import factories

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def newcomer(db):
    """An account without a profile."""
    return factories.make_user("new@example.com")


def made(api, user, **fields):
    answer = api(user).post("/v1/athletes", {"name": "Ana", "sport": "running", **fields})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_name_and_a_sport_are_enough(api, newcomer):
    body = made(api, newcomer, dietary_preferences=[], goals=[])
    assert (body["name"], body["sport"], body["weight_kg"], body["age_years"]) == ("Ana", "run", None, None)
    assert (body["timezone"], body["allergies"], body["warnings"]) == ("UTC", [], [])


def test_the_answer_says_where_the_profile_is(api, newcomer):
    answer = api(newcomer).post("/v1/athletes", {"name": "Ana", "sport": "run"})
    assert answer.headers["Location"] == f"/v1/athletes/{answer.json()['id']}"
    assert api(newcomer).get(answer.headers["Location"]).json() == answer.json()


def test_everything_that_is_sent_comes_back_in_canonical_words(api, newcomer):
    body = made(
        api,
        newcomer,
        birth_date="1990-02-03",
        sex="female",
        height_cm=170,
        weight_kg=62.5,
        body_fat_pct=20,
        timezone="Europe/Belgrade",
        allergies=["Egg", "shellfish", "nuts"],
        dietary_preferences=["Gluten Free"],
        goals=["Weight loss"],
        dislikes=["olives", "Olives"],
        cuisines=["Serbian"],
        weekly_budget={"amount_minor": 7500, "currency": "eur"},
        max_prep_minutes=30,
        macro_overrides={"carbs_g_per_kg": 6},
        replan_policy="automatic",
    )
    assert body["sex"] == "F"
    assert body["allergies"] == ["eggs", "crustaceans", "molluscs", "peanuts", "tree_nuts"]
    assert (body["dietary_preferences"], body["goals"], body["dislikes"]) == (
        ["gluten-free"],
        ["weight_loss"],
        ["olives"],
    )
    assert body["weekly_budget"] == {"amount_minor": 7500, "currency": "EUR"}
    assert body["macro_overrides"] == {"carbs_g_per_kg": 6.0}


def test_a_second_profile_is_refused_with_the_id_of_the_first(api, newcomer):
    first = made(api, newcomer)
    answer = api(newcomer).post("/v1/athletes", {"name": "Ana", "sport": "run"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "athlete_exists")
    assert answer.json()["error"]["details"][0]["id"] == first["id"]


def test_the_same_key_gives_the_same_profile(api, newcomer):
    bodies = [
        api(newcomer).post("/v1/athletes", {"name": "A", "sport": "run"}, **{"Idempotency-Key": "k1"}).json()
        for _ in range(2)
    ]
    assert bodies[0] == bodies[1]


def test_an_unknown_sport_is_kept_with_a_warning(api, newcomer):
    body = made(api, newcomer, sport="Kubb")
    assert (body["sport"], [row["code"] for row in body["warnings"]]) == ("Kubb", ["SPORT_UNKNOWN"])


def test_an_unknown_goal_is_kept_with_a_warning(api, newcomer):
    body = made(api, newcomer, goals=["be happy"])
    assert (body["goals"], [row["code"] for row in body["warnings"]]) == (["be happy"], ["GOAL_UNKNOWN"])


def test_an_unknown_allergy_is_refused_with_the_list(api, newcomer):
    answer = api(newcomer).post("/v1/athletes", {"name": "A", "sport": "run", "allergies": ["moonlight"]})
    assert answer.status_code == 400
    assert "tree_nuts" in answer.json()["error"]["details"][0]["message"]
    assert not Athlete.objects.exists()


@pytest.mark.parametrize("name", ["Zoë 🏃‍♀️", "محمد صلاح", "नेहा", "Z͑ͫ̓ͪ̂ͫ̽a", "O'Brien-Ćosić", "名前", "x" * 200])
def test_any_human_name_is_kept_as_it_is(api, newcomer, name):
    assert made(api, newcomer, name=name)["name"] == name


BAD = [
    ("name", ""),
    ("name", "   "),
    ("name", "\u200b\u200b"),
    ("name", "x" * 201),
    ("name", 7),
    ("name", None),
    ("name", ["A"]),
    ("name", "a\u0007b"),
    ("name", "line\nbreak"),
    ("sport", ""),
    ("sport", True),
    ("sport", "x" * 81),
    ("birth_date", "2026-02-30"),
    ("birth_date", "1990-1-1"),
    ("birth_date", 19900101),
    ("birth_date", "2999-01-01"),
    ("birth_date", "1800-01-01"),
    ("birth_date", f"{today('UTC').year - 10}-01-01"),
    ("sex", "X"),
    ("height_cm", 129.9),
    ("height_cm", 220.1),
    ("height_cm", "170"),
    ("weight_kg", 29.9),
    ("weight_kg", 200.1),
    ("weight_kg", True),
    ("weight_kg", {}),
    ("weight_kg", 1e30),
    ("body_fat_pct", 2),
    ("body_fat_pct", 61),
    ("ffm_kg", 24),
    ("measured_rmr_kcal", 0),
    ("vo2max", 5),
    ("pal_nonexercise", 1.1),
    ("rate_pct_per_week", 1.1),
    ("rate_pct_per_week", -0.1),
    ("surplus_kcal", 501),
    ("max_prep_minutes", 0),
    ("max_prep_minutes", 12.5),
    ("timezone", "Mars/Phobos"),
    ("timezone", "../../etc/passwd"),
    ("timezone", None),
    ("units", "stone"),
    ("allergies", "milk"),
    ("allergies", [1]),
    ("allergies", None),
    ("allergies", ["milk"] * 51),
    ("dietary_preferences", ["breatharian"]),
    ("goals", ["x" * 81]),
    ("dislikes", [""]),
    ("weekly_budget", 75),
    ("weekly_budget", {"amount_minor": -1, "currency": "EUR"}),
    ("weekly_budget", {"amount_minor": 7500}),
    ("weekly_budget", {"amount_minor": 7500, "currency": "XYZ"}),
    ("weekly_budget", {"amount_minor": 75.5, "currency": "EUR"}),
    ("weekly_budget", {"amount_minor": 2**40, "currency": "EUR"}),
    ("macro_overrides", {"carbs_g_per_kg": 13}),
    ("macro_overrides", {"protein_g_per_kg": "2"}),
    ("macro_overrides", {"fat_min_pct": 10}),
    ("macro_overrides", {"vodka_ml": 1}),
    ("macro_overrides", []),
    ("pregnant", "yes"),
    ("ed_flag", None),
    ("replan_policy", "always"),
    ("id", "ath_00000000000000000000000000"),
    ("profile_version", 9),
    ("surprise", 1),
]


@pytest.mark.once
@pytest.mark.parametrize(("field", "value"), BAD)
def test_a_wrong_field_is_named_and_nothing_is_stored(api, newcomer, field, value):
    answer = api(newcomer).post("/v1/athletes", {"name": "Ana", "sport": "run", field: value})
    assert answer.status_code == 400, answer.content
    error = answer.json()["error"]
    assert error["code"] in ("invalid", "unknown_field")
    assert all(row["field"].split(".")[0] == field for row in error["details"])
    assert not Athlete.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize(("field", "value"), BAD)
def test_a_wrong_change_is_refused_and_changes_nothing(api, alice, athlete, field, value):
    before = Athlete.objects.filter(pk=athlete.pk).values().get()
    assert api(alice).patch(f"/v1/athletes/{athlete.pk}", {field: value}).status_code == 400
    assert Athlete.objects.filter(pk=athlete.pk).values().get() == before


@pytest.mark.once
@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"name": "a\\u0000b", "sport": "run"}', 400),
        (b'{"name": "\\ud800", "sport": "run"}', 400),
        (b'{"name": NaN, "sport": "run"}', 400),
        (b'{"name": "A", "sport": "run", "weight_kg": 1e999}', 400),
        (b'{"name": "A", "sport": "run", "weight_kg": ' + b"9" * 400 + b"}", 400),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, 400),
        (b'{"name": "' + b"x" * 2_000_000 + b'"}', 413),
    ],
)
def test_a_body_that_is_no_good_json_is_refused(api, newcomer, raw, status):
    answer = api(newcomer).post("/v1/athletes", raw)
    assert (answer.status_code, set(answer.json())) == (status, {"error"})


def test_fat_free_mass_is_held_against_the_weight_that_is_stored(api, alice, athlete):
    answer = api(alice).patch(f"/v1/athletes/{athlete.pk}", {"ffm_kg": 61})
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "ffm_kg")


def test_null_makes_a_field_unknown_again(api, alice, athlete):
    body = api(alice).patch(f"/v1/athletes/{athlete.pk}", {"weight_kg": None, "weekly_budget": None}).json()
    assert (body["weight_kg"], body["weekly_budget"], body["height_cm"]) == (None, None, 168.0)


def test_a_change_that_targets_follow_raises_the_profile_version(api, alice, athlete):
    body = api(alice).patch(f"/v1/athletes/{athlete.pk}", {"weight_kg": 60}).json()
    assert body["profile_version"] == athlete.profile_version + 1


@pytest.mark.parametrize("change", [{"name": "Alisa"}, {"units": "us"}, {"weight_kg": 61}, {}])
def test_a_change_that_no_target_follows_leaves_the_profile_version(api, alice, athlete, change):
    body = api(alice).patch(f"/v1/athletes/{athlete.pk}", change).json()
    assert body["profile_version"] == athlete.profile_version


def test_a_new_weight_is_a_measurement_of_today(api, alice, athlete):
    api(alice).patch(f"/v1/athletes/{athlete.pk}", {"weight_kg": 60})
    api(alice).patch(f"/v1/athletes/{athlete.pk}", {"weight_kg": 60.5, "body_fat_pct": 21})
    row = BodyMeasurement.objects.get(athlete=athlete)
    assert (row.measured_on, row.weight_kg, row.body_fat_pct) == (today("Europe/Belgrade"), 60.5, 21.0)


def test_a_deleted_profile_is_gone_and_may_be_made_anew(api, alice, athlete):
    assert api(alice).delete(f"/v1/athletes/{athlete.pk}").status_code == 204
    assert api(alice).get(f"/v1/athletes/{athlete.pk}").status_code == 404
    assert made(api, alice)["id"] != athlete.pk


def test_the_list_holds_the_own_profile_and_those_who_consented(api, alice, sam, carol, dan, athlete):
    def names(user):
        return [row["name"] for row in api(user).get("/v1/athletes").json()["items"]]

    assert (names(alice), names(sam), names(carol), names(dan)) == (
        ["Alice Marić"],
        ["Sam Stranger"],
        ["Alice Marić"],
        [],
    )


def test_a_stranger_finds_no_profile_and_changes_nothing(api, sam, dan, athlete):
    before = Athlete.objects.filter(pk=athlete.pk).values().get()
    path = f"/v1/athletes/{athlete.pk}"
    for client, status in ((api(sam), 404), (api(dan), 404), (api(None), 401)):
        assert client.get(path).status_code == status
        assert client.patch(path, {"name": "X"}).status_code == status
        assert client.delete(path).status_code == status
    assert Athlete.objects.filter(pk=athlete.pk).values().get() == before


def test_a_coach_reads_and_does_not_write(api, carol, athlete):
    path = f"/v1/athletes/{athlete.pk}"
    assert [api(carol).get(path).status_code, api(carol).patch(path, {"name": "X"}).status_code] == [200, 403]
    assert api(carol).delete(path).status_code == 403


@pytest.mark.parametrize("wrong", ["usr_00000000000000000000000000", "ath_1", "ath_%00", "ATH_x", "null"])
def test_an_id_of_another_kind_is_not_found_without_a_query(api, alice, wrong):
    assert api(alice).get(f"/v1/athletes/{wrong}").status_code == 404


def test_the_audit_trail_names_fields_but_no_values(api, alice, athlete):
    api(alice).patch(f"/v1/athletes/{athlete.pk}", {"weight_kg": 60})
    entry = AuditEntry.objects.get(verb="athlete.changed")
    assert entry.details == {"fields": ["weight_kg"]}


def test_a_measurement_of_today_becomes_the_weight(api, alice, athlete):
    answer = api(alice).post(f"/v1/athletes/{athlete.pk}/measurements", {"weight_kg": 59.8, "method": "scale"})
    assert (answer.status_code, api(alice).get(f"/v1/athletes/{athlete.pk}").json()["weight_kg"]) == (201, 59.8)


def test_an_older_measurement_leaves_the_weight(api, alice, athlete):
    client, path = api(alice), f"/v1/athletes/{athlete.pk}/measurements"
    client.post(path, {"weight_kg": 60})
    client.post(path, {"weight_kg": 64, "measured_on": "2025-01-05"})
    assert client.get(f"/v1/athletes/{athlete.pk}").json()["weight_kg"] == 60
    assert [row["weight_kg"] for row in client.get(path).json()["items"]] == [60.0, 64.0]


@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"weight_kg": 20},
        {"weight_kg": None},
        {"weight_kg": 60, "measured_on": "2999-01-01"},
        {"ffm_kg": 61},
        {"x": 1},
    ],
)
def test_a_wrong_measurement_is_refused(api, alice, athlete, body):
    assert api(alice).post(f"/v1/athletes/{athlete.pk}/measurements", body).status_code == 400
    assert not BodyMeasurement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_both_stay(alice, athlete):
    changes = [{"weight_kg": 60}, {"height_cm": 169}, {"vo2max": 52}, {"surplus_kcal": 200}]

    def change(values):
        update_athlete(by=alice, athlete=athlete, values=values)
        connection.close()

    threads = [threading.Thread(target=change, args=(values,)) for values in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = Athlete.objects.get(pk=athlete.pk)
    assert (stored.weight_kg, stored.height_cm, stored.vo2max, stored.surplus_kcal) == (60, 169, 52, 200)
    assert stored.profile_version == athlete.profile_version + 4
