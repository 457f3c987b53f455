"""Profile, food, coaches and the account itself."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from athletes.models import Athlete, CalendarConnection, CoachLink, TrainingEvent, User
from athletes.services.events import create_event
from tests import factories
from tests.athletes.pages import ODD_TEXTS, keyed, shown, sign_in

pytestmark = pytest.mark.django_db

PROFILE = {"name": "Alice Marić", "sport": "run", "aim": "maintain", "timezone": "Europe/Belgrade", "sex": "F"}
PROFILE |= {"birth_date": "1994-05-17", "weight_kg": "61", "height_cm": "168", "shown_units": "metric"}
PROFILE |= {"units": "metric", "replan_policy": "ask"}


@pytest.fixture
def client(alice):
    return sign_in(alice)


def confirm_email(user) -> None:
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


def test_a_saved_profile_is_the_profile(client, athlete):
    answer = client.post("/settings/profile", keyed(**{**PROFILE, "weight_kg": "60.5", "protein_g_per_kg": "1.8"}))
    athlete.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, "/settings/profile")
    assert (athlete.weight_kg, athlete.macro_overrides) == (60.5, {"protein_g_per_kg": 1.8})


def test_saving_an_unchanged_profile_makes_no_plan_stale(client, athlete):
    client.post("/settings/profile", keyed(**PROFILE))
    before = athlete.profile_version
    athlete.refresh_from_db()
    assert (athlete.profile_version, athlete.weight_kg, athlete.goals) == (before, 61.0, [])


def test_rounded_pounds_do_not_move_a_stored_kilogram(client, athlete):
    page = shown(client.get("/settings/profile?units=us"))
    assert (page.value_of("weight_kg"), page.value_of("height_cm")) == ("134.5", "5'6.1")
    sent = {**PROFILE, "shown_units": "us", "weight_kg": "134.5", "height_cm": "5'6.1"}
    client.post("/settings/profile", keyed(**sent))
    athlete.refresh_from_db()
    assert (athlete.weight_kg, athlete.height_cm) == (61.0, 168.0)


def test_a_limit_is_told_in_the_readers_units(client):
    answer = client.post(
        "/settings/profile", keyed(**{**PROFILE, "shown_units": "us", "weight_kg": "20", "height_cm": "5'6"})
    )
    assert "Must be from 66.1 to 440.9 lb." in shown(answer).text


def test_lean_mass_above_body_mass_is_refused_beside_its_field(client, athlete):
    answer = client.post("/settings/profile", keyed(**{**PROFILE, "ffm_kg": "70"}))
    assert "Fat-free mass must be below body mass." in shown(answer).text
    assert shown(answer).value_of("ffm_kg") == "70"


@pytest.mark.parametrize("fields", [{"ed_flag": True}, {"birth_date": "2011-01-01"}])
def test_weight_is_not_shown_to_whom_it_could_harm(fields, db):
    athlete = factories.make_athlete("young@example.com", weight_kg=47.3, body_fat_pct=19.4, **fields)
    html = sign_in(athlete.user).get("/settings/profile").content.decode()
    assert ("47.3" in html, "19.4" in html, "Weight and energy are not shown here" in html) == (False, False, True)


def test_a_hidden_weight_is_kept_when_its_field_stays_empty(db):
    athlete = factories.make_athlete("young@example.com", weight_kg=47.3, ed_flag=True)
    sign_in(athlete.user).post("/settings/profile", keyed(**{**PROFILE, "weight_kg": ""}))
    athlete.refresh_from_db()
    assert athlete.weight_kg == 47.3


def test_an_emptied_weight_is_unknown_not_zero(client, athlete):
    client.post("/settings/profile", keyed(**{**PROFILE, "weight_kg": ""}))
    athlete.refresh_from_db()
    assert athlete.weight_kg is None


def test_a_budget_is_kept_in_minor_units_of_its_currency(client, athlete):
    client.post("/settings/food", keyed(budget="12 500,50", currency="RSD"))
    athlete.refresh_from_db()
    assert (athlete.weekly_budget_minor, athlete.currency) == (1_250_050, "RSD")


def test_a_currency_without_cents_has_none(client, athlete):
    client.post("/settings/food", keyed(budget="9000", currency="JPY"))
    athlete.refresh_from_db()
    assert athlete.weekly_budget_minor == 9000


def test_a_budget_without_a_currency_is_refused(client, athlete):
    answer = client.post("/settings/food", keyed(budget="90"))
    assert "Please say in which currency." in shown(answer).text
    assert shown(answer).value_of("budget") == "90"


@pytest.mark.parametrize("kind", ["null byte", "four hundred"])
def test_a_disliked_food_that_is_no_text_is_refused(kind, client, athlete):
    answer = client.post("/settings/food", keyed(dislikes=ODD_TEXTS[kind]))
    athlete.refresh_from_db()
    assert (answer.status_code, athlete.dislikes) == (422, [])


def test_an_invitation_shows_nothing_before_consent_and_everything_after(client, alice, dan):
    confirm_email(alice)
    link = CoachLink.objects.get(coach=dan)
    assert not Athlete.objects.visible_to(dan).exists()
    answer = client.post(reverse("coach_consent", args=[link.pk]), keyed())
    assert answer["Location"] == "/settings/coaches"
    assert Athlete.objects.visible_to(dan).exists()


def test_an_unconfirmed_address_cannot_consent(client, dan):
    link = CoachLink.objects.get(coach=dan)
    answer = client.post(reverse("coach_consent", args=[link.pk]), keyed())
    assert answer.status_code == 403
    assert not Athlete.objects.visible_to(dan).exists()


def test_ending_coaching_asks_and_then_hides_everything(client, carol):
    link = CoachLink.objects.get(coach=carol)
    path = reverse("coach_end", args=[link.pk])
    assert "End coaching?" in shown(client.get(path)).text
    assert Athlete.objects.visible_to(carol).exists()
    client.post(path, keyed())
    assert not Athlete.objects.visible_to(carol).exists()


def test_a_copy_of_everything_has_the_rows_and_none_of_the_secrets(client, alice, sam):
    create_event(
        by=alice,
        athlete=alice.athlete,
        values={"title": "Run 60 min", "starts_at": dt.date.today()},
    )
    CalendarConnection.objects.create(
        athlete=alice.athlete, provider="ical", credentials={"url": "https://example.org/secret-token.ics"}
    )
    answer = client.get("/me/export")
    copy = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith('attachment; filename="athleat-')
    assert copy["account"]["email"] == "alice@example.com"
    assert [row["name"] for row in copy["tables"]["athletes.athlete"]] == ["Alice Marić"]
    assert len(copy["tables"]["athletes.trainingevent"]) == 1
    assert "password" not in copy["account"]
    assert ("secret-token" in answer.content.decode(), "sam@example.com" in answer.content.decode()) == (False, False)


def test_a_copy_names_no_food_and_no_recipe_of_everybody(client):
    tables = json.loads(client.get("/me/export").content)["tables"]
    assert [name for name in tables if name in ("planning.food", "planning.recipe", "billing.tier")] == []


def test_leaving_asks_for_the_password(client, alice):
    answer = client.post("/me/delete", {"password": "wrong"})
    assert "This is not your password." in shown(answer).text
    assert User.objects.filter(pk=alice.pk).exists()


def test_leaving_takes_everything_along(client, alice, sam):
    create_event(
        by=alice,
        athlete=alice.athlete,
        values={"title": "Run 60 min", "starts_at": dt.date.today()},
    )
    answer = client.post("/me/delete", {"password": factories.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert (User.objects.filter(pk=alice.pk).exists(), TrainingEvent.objects.exists()) == (False, False)
    assert User.objects.filter(pk=sam.pk).exists()
    assert client.get("/me").status_code == 302


def test_only_languages_with_a_translation_are_offered(client, alice):
    answer = client.post("/me/language", keyed(language="tlh"))
    alice.refresh_from_db()
    assert (answer.status_code, alice.language) == (303, "")


def test_english_can_always_be_chosen(client, alice):
    answer = client.post("/me/language", keyed(language="en"))
    alice.refresh_from_db()
    assert (alice.language, answer.cookies["django_language"].value) == ("en", "en")
