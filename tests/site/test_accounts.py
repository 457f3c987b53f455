"""Accounts and tokens through the API."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from athletes import tokens
from athletes.authentication import make_access_token
from athletes.models import RefreshToken, User
from nutrition_site.kernel.models import AuditEntry
from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]
PERSON = {"email": "nina@example.com", "password": "a fine long secret"}


def error_of(response):
    return response.json()["error"]


def signed_in(api, email="someone@example.com"):
    response = api(None).post("/v1/auth/token", {"email": email, "password": PASSWORD})
    assert response.status_code == 200, response.content
    return response.json()


def test_an_account_is_made_with_exactly_id_and_email(api):
    response = api(None).post("/v1/accounts", PERSON)
    user = User.objects.get()
    assert (response.status_code, response.json()) == (201, {"id": user.pk, "email": "nina@example.com"})


def test_a_new_account_says_where_it_is(api):
    assert api(None).post("/v1/accounts", PERSON)["Location"] == "/v1/accounts/me"


def test_a_taken_address_is_409_whatever_its_case(api):
    api(None).post("/v1/accounts", PERSON)
    response = api(None).post("/v1/accounts", {**PERSON, "email": "NINA@Example.com"})
    assert (response.status_code, error_of(response)["code"]) == (409, "account_exists")


def test_a_weak_password_is_refused_with_every_reason(api):
    response = api(None).post("/v1/accounts", {**PERSON, "password": "1234567"})
    reasons = [row["field"] for row in error_of(response)["details"]]
    assert (response.status_code, error_of(response)["code"], reasons) == (400, "weak_password", ["password"] * 3)


def test_a_password_like_the_address_is_weak(api):
    response = api(None).post("/v1/accounts", {**PERSON, "password": "nina@example.com"})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "email",
    ["", "nina", "a@b", "x" * 250 + "@example.com", "nina@example.com\n@x", 5, None, ["a@b.com"], "ни́на@пример"],
)
def test_what_is_no_address_is_400_and_makes_nothing(api, email):
    response = api(None).post("/v1/accounts", {**PERSON, "email": email})
    assert (response.status_code, User.objects.count()) == (400, 0)


def test_an_address_with_a_unicode_domain_is_kept_in_one_spelling(api):
    api(None).post("/v1/accounts", {**PERSON, "email": "Nina@Müller.example"})
    assert User.objects.get().email == "nina@müller.example"


def test_a_password_keeps_its_spaces(api):
    api(None).post("/v1/accounts", {**PERSON, "password": "  spaced secret  "})
    answers = [
        api(None).post("/v1/auth/token", {**PERSON, "password": text}).status_code
        for text in ("  spaced secret  ", "spaced secret")
    ]
    assert answers == [200, 401]


def test_two_equal_requests_at_once_with_one_key_make_one_account(api):
    first, second = (api(None).post("/v1/accounts", PERSON, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, first.json(), User.objects.count()) == (second.status_code, second.json(), 1)


def test_an_account_of_the_api_signs_in_in_the_browser(api):
    api(None).post("/v1/accounts", PERSON)
    browser = Client(raise_request_exception=False)
    browser.post("/account/login/", {"login": "nina@example.com", "password": PERSON["password"]})
    assert browser.session.get("_auth_user_id") == User.objects.get().pk


def test_an_account_of_the_api_has_one_unverified_primary_address(api):
    api(None).post("/v1/accounts", PERSON)
    row = EmailAddress.objects.get()
    assert (row.email, row.primary, row.verified) == ("nina@example.com", True, False)


def test_an_account_of_the_browser_signs_in_through_the_api(api):
    Client(raise_request_exception=False).post(
        "/account/signup/", {"email": "Browser@Example.com", "password1": "a fine long secret"}
    )
    response = api(None).post("/v1/auth/token", {"email": "browser@example.com", "password": "a fine long secret"})
    assert response.status_code == 200


def test_sign_in_answers_with_every_field_of_the_contract(api):
    make_user()
    body = signed_in(api)
    assert (set(body), body["token_type"], body["expires_in"], body["token"] == body["access_token"]) == (
        {"token", "access_token", "token_type", "expires_in", "refresh_token"},
        "Bearer",
        settings.JWT_EXPIRES_IN,
        True,
    )


def test_a_token_may_not_be_cached(api):
    make_user()
    response = api(None).post("/v1/auth/token", {"email": "someone@example.com", "password": PASSWORD})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("email", ["someone@example.com", "nobody@example.com", "not an address"])
def test_a_wrong_pair_is_401_and_never_says_which_half(api, email):
    make_user()
    response = api(None).post("/v1/auth/token", {"email": email, "password": "wrong"})
    assert (response.status_code, error_of(response)["code"], error_of(response)["message"]) == (
        401,
        "invalid_credentials",
        "The e-mail address or the password is wrong.",
    )


def test_an_unknown_address_costs_one_password_hash_like_a_known_one(api, monkeypatch):
    hashed = []
    monkeypatch.setattr(tokens, "make_password", lambda password: hashed.append(password))
    api(None).post("/v1/auth/token", {"email": "nobody@example.com", "password": "wrong"})
    assert hashed == ["wrong"]


def test_a_locked_account_cannot_sign_in(api):
    make_user(is_active=False)
    response = api(None).post("/v1/auth/token", {"email": "someone@example.com", "password": PASSWORD})
    assert response.status_code == 401


def test_the_eleventh_failure_for_one_address_waits_even_with_the_right_password(api):
    make_user()
    body = {"email": "someone@example.com", "password": "wrong"}
    statuses = [api(None).post("/v1/auth/token", body).status_code for _ in range(10)]
    last = api(None).post("/v1/auth/token", {**body, "email": "SOMEONE@example.com", "password": PASSWORD})
    assert (statuses, last.status_code, 1 <= int(last["Retry-After"]) <= 900) == ([401] * 10, 429, True)


def test_sign_ins_are_limited_per_address(api, settings):
    settings.RATE_LIMIT_SIGN_IN_PER_MINUTE = 2
    make_user()
    body = {"email": "someone@example.com", "password": PASSWORD}
    statuses = [api(None).post("/v1/auth/token", body).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_new_accounts_are_limited_per_address_and_refusals_count_nothing(api, settings):
    settings.RATE_LIMIT_ACCOUNTS_PER_HOUR = 2
    bodies = [{**PERSON, "email": email} for email in ("a@example.com", "nothing", "a@example.com", "b@example.com")]
    statuses = [api(None).post("/v1/accounts", body).status_code for body in [*bodies, {**PERSON, "email": "c@x.org"}]]
    assert statuses == [201, 400, 409, 201, 429]


def test_a_token_of_another_secret_is_refused_with_the_words_of_the_contract(api, alice):
    forged = jwt.encode(
        {"sub": alice.pk, "token_type": "access", "gen": 0, "jti": "x", "iat": 1, "exp": 9999999999}
        | {"iss": "athleat", "aud": "athleat"},
        "another secret that is long enough for it",
        algorithm="HS256",
    )
    response = api(None).get("/v1/accounts/me", Authorization=f"Bearer {forged}")
    assert (response.status_code, error_of(response)["message"]) == (401, "invalid signature")


def test_an_expired_token_says_so(api, alice):
    stale = make_access_token(alice, issued_at=int(time.time()) - settings.JWT_EXPIRES_IN - 1)
    response = api(None).get("/v1/accounts/me", Authorization=f"Bearer {stale}")
    assert (response.status_code, error_of(response)["message"]) == (401, "token expired")


def test_a_refresh_token_is_no_access_token(api):
    make_user()
    refresh = signed_in(api)["refresh_token"]
    response = api(None).get("/v1/accounts/me", Authorization=f"Bearer {refresh}")
    assert (response.status_code, error_of(response)["message"]) == (401, "wrong token type")


def test_an_access_token_is_no_refresh_token(api):
    make_user()
    access = signed_in(api)["token"]
    assert api(None).post("/v1/auth/token/refresh", {"refresh_token": access}).status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer a b", "Bearer x.y.z", "Bearer \xff", "Basic abc", "Bearer " + "a" * 9000]
)
def test_what_is_no_token_is_401_with_a_challenge(api, header, db):
    response = api(None).get("/v1/accounts/me", Authorization=header)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Bearer realm="athleat"')


def test_an_unsigned_token_is_refused(api, alice):
    claims = jwt.decode(make_access_token(alice, issued_at=int(time.time())), options={"verify_signature": False})
    response = api(None).get("/v1/accounts/me", Authorization=f"Bearer {jwt.encode(claims, None, algorithm='none')}")
    assert response.status_code == 401


def test_a_refresh_gives_a_pair_that_works(api):
    make_user()
    pair = api(None).post("/v1/auth/token/refresh", {"refresh_token": signed_in(api)["refresh_token"]}).json()
    assert api(None).get("/v1/accounts/me", Authorization=f"Bearer {pair['token']}").status_code == 200


def test_using_a_refresh_token_twice_signs_its_family_and_its_access_tokens_out(api):
    make_user()
    first = signed_in(api)
    second = api(None).post("/v1/auth/token/refresh", {"refresh_token": first["refresh_token"]}).json()
    statuses = [
        api(None).post("/v1/auth/token/refresh", {"refresh_token": first["refresh_token"]}).status_code,
        api(None).post("/v1/auth/token/refresh", {"refresh_token": second["refresh_token"]}).status_code,
        api(None).get("/v1/accounts/me", Authorization=f"Bearer {second['token']}").status_code,
    ]
    assert statuses == [401, 401, 401]


def test_a_stolen_family_leaves_the_other_device_signed_in(api):
    make_user()
    stolen, other = signed_in(api), signed_in(api)
    for _ in range(2):
        api(None).post("/v1/auth/token/refresh", {"refresh_token": stolen["refresh_token"]})
    assert api(None).post("/v1/auth/token/refresh", {"refresh_token": other["refresh_token"]}).status_code == 200


def test_signing_out_stops_refresh_and_access_at_once(api):
    make_user()
    pair = signed_in(api)
    statuses = [
        api(None).post("/v1/auth/token/revoke", {"refresh_token": pair["refresh_token"]}).status_code,
        api(None).post("/v1/auth/token/refresh", {"refresh_token": pair["refresh_token"]}).status_code,
        api(None).get("/v1/accounts/me", Authorization=f"Bearer {pair['token']}").status_code,
    ]
    assert statuses == [204, 401, 401]


def test_signing_out_with_nonsense_is_no_error(api):
    assert api(None).post("/v1/auth/token/revoke", {"refresh_token": "nonsense"}).status_code == 204


def test_stale_rows_go_with_the_next_sign_in(api):
    user = make_user()
    RefreshToken.objects.create(user=user, family="rft_old", expires_at="2020-01-01T00:00:00Z")
    signed_in(api)
    assert RefreshToken.objects.filter(family="rft_old").count() == 0


def test_a_new_password_in_the_browser_ends_every_session_of_the_api(api):
    user = make_user()
    pair = signed_in(api)
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another fine secret", "password2": "another fine secret"},
    )
    statuses = [
        api(None).get("/v1/accounts/me", Authorization=f"Bearer {pair['token']}").status_code,
        api(None).post("/v1/auth/token/refresh", {"refresh_token": pair["refresh_token"]}).status_code,
    ]
    assert statuses == [401, 401]


def test_deeds_on_an_account_are_audited_without_words(api):
    api(None).post("/v1/accounts", PERSON)
    api(None).post("/v1/auth/token", PERSON)
    rows = list(AuditEntry.objects.order_by("at").values_list("verb", "details"))
    assert rows == [("account.created", {}), ("account.signed_in", {})]


def test_the_profile_tells_whose_token_it_is(api, alice):
    body = api(alice).get("/v1/accounts/me").json()
    assert (body["id"], body["athlete_id"], body["tier"]) == (alice.pk, alice.athlete.pk, "free")


def test_the_older_paths_give_the_same_answers(api):
    user = make_user()
    token = api(None).post("/api/auth/login", {"email": user.email, "password": PASSWORD}).json()["token"]
    assert api(None).get("/api/profile", Authorization=f"Bearer {token}").json()["id"] == user.pk


@pytest.mark.django_db(transaction=True)
def test_two_rotations_at_once_give_one_pair(api):
    make_user()
    token = signed_in(api)["refresh_token"]

    def rotate(_):
        from django.db import connection

        try:
            return api(None).post("/v1/auth/token/refresh", {"refresh_token": token}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(rotate, range(2))) == [200, 401]
