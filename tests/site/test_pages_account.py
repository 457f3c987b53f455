"""Making an account and signing in with a browser."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from athletes.models import User
from tests import factories
from tests.athletes.mail_work import send_mails
from tests.markup import Page, faults

pytestmark = pytest.mark.django_db

NEW = {"email": "Nora@Example.com", "password1": "long-run-saturday"}


def test_an_address_and_a_password_make_an_account_that_is_signed_in():
    client = Client()
    answer = client.post("/account/signup/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/today")
    assert client.get("/me").status_code == 200
    assert User.objects.get().email == "nora@example.com"


def test_an_account_made_in_the_browser_can_get_a_token(api):
    Client().post("/account/signup/", NEW)
    answer = api(None).post("/v1/auth/token", {"email": "nora@example.com", "password": NEW["password1"]})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "no address"), ("email", "a\x00@example.com"), ("email", f"{'a' * 300}@example.com")]
    + [("password1", "short"), ("password1", "12345678901"), ("password1", "password")],
)
def test_a_wrong_answer_keeps_the_address_and_makes_nothing(field, value):
    answer = Client().post("/account/signup/", {**NEW, field: value})
    page = Page(answer.content.decode())
    assert f"id_{field}_error" in answer.content.decode()
    assert faults(answer.content.decode()) == {}
    if field != "email":
        assert page.value_of("email") == NEW["email"]
    assert page.value_of("password1") in (None, "")
    assert not User.objects.exists()


def test_a_wrong_password_says_so_without_telling_who_has_an_account(alice):
    answers = [
        Client().post("/account/login/", {"login": login, "password": "wrong"}).content.decode()
        for login in ("alice@example.com", "nobody@example.com")
    ]
    texts = [re.sub(r"\S+@\S+", "", Page(html).text) for html in answers]
    assert "You are not signed in yet." in texts[0]
    assert texts[0] == texts[1]
    assert [faults(html) for html in answers] == [{}, {}]


def test_signing_in_comes_back_to_where_it_was_asked_for(alice):
    client = Client()
    asked = client.get("/settings/food")
    answer = client.post(
        asked["Location"], {"login": "alice@example.com", "password": factories.PASSWORD, "next": "/settings/food"}
    )
    assert answer["Location"] == "/settings/food"


def test_signing_in_never_leads_to_another_site(alice):
    sent = {"login": "alice@example.com", "password": factories.PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/account/login/", sent)["Location"] == "/today"


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(alice):
    answer = Client().post("/training/calendars/connect", headers={"Referer": "http://testserver/training/calendars"})
    assert answer["Location"] == "/account/login/?next=/training/calendars"


def test_a_foreign_referer_leads_nowhere(alice):
    answer = Client().post("/training/calendars/connect", headers={"Referer": "https://evil.example/"})
    assert answer["Location"] == "/account/login/?next=/"


def test_signing_out_asks_first(alice):
    client = Client()
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Sign out?" in Page(client.get("/account/logout/").content.decode()).text
    assert client.get("/me").status_code == 200
    client.post("/account/logout/")
    assert client.get("/me").status_code == 302


def test_a_forgotten_password_is_set_anew_by_the_link_in_the_mail(alice):
    client = Client()
    client.post("/account/password/reset/", {"email": "alice@example.com"})
    send_mails()
    path = re.search(r"/account/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(path, follow=True)
    assert faults(form.content.decode()) == {}
    place = form.redirect_chain[-1][0]
    client.post(place, {"password1": "a new long password", "password2": "a new long password"})
    alice.refresh_from_db()
    assert alice.check_password("a new long password")


def test_a_link_that_no_longer_works_says_so():
    answer = Client().get("/account/password/reset/key/abc-def/")
    assert "This link no longer works" in Page(answer.content.decode()).text
    assert faults(answer.content.decode()) == {}


def test_an_address_is_confirmed_by_the_link_in_the_mail():
    client = Client()
    client.post("/account/signup/", NEW)
    send_mails()
    path = re.search(r"/account/confirm-email/\S+", mail.outbox[0].body)[0]
    page = client.get(path)
    assert faults(page.content.decode()) == {}
    client.post(path)
    assert "Confirmed" in Page(client.get("/me").content.decode()).text


@pytest.mark.parametrize("path", ["/account/inactive/", "/account/confirm-email/", "/account/confirm-email/nonsense/"])
def test_the_rarer_pages_are_sound(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert faults(answer.content.decode()) == {}


def test_the_address_page_is_sound_with_an_unconfirmed_address():
    client = Client()
    client.post("/account/signup/", NEW)
    answer = client.get("/account/email/")
    assert "not confirmed" in Page(answer.content.decode()).text
    assert faults(answer.content.decode()) == {}


def test_people_behind_one_proxy_do_not_share_the_limit_of_signing_up(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/h/ip"}
    settings.TRUSTED_PROXIES = ["127.0.0.1"]

    def sign_up(nth: int, address: str) -> int:
        fields = {"email": f"new-{nth}@example.com", "password1": "a long password 42"}
        return client.post("/account/signup/", fields, headers={"X-Forwarded-For": address}).status_code

    first = sign_up(1, "10.0.0.1")
    client.logout()
    second = sign_up(2, "10.0.0.2")
    client.logout()
    assert (first, second, sign_up(3, "10.0.0.1")) == (302, 302, 429)
