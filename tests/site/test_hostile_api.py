"""What a hostile client sends: each is refused in the error shape and nothing of it is stored."""

from __future__ import annotations

import time

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection, transaction
from django.test import Client
from rest_framework_simplejwt.backends import TokenBackend

from athletes.models import TrainingEvent
from nutrition_site import health, outage
from nutrition_site.kernel import clock
from nutrition_site.kernel.idempotency import answer_once

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def token_with(user, **claims):
    """A token signed with our own secret, whose claims nobody here would write."""
    now = int(time.time())
    usual = {"sub": user.pk, "gen": user.token_generation, "token_type": "access", "jti": "x", "iat": now}
    backend = TokenBackend("HS256", django_settings.JWT_SECRET, "", "athleat", "athleat", None, 0)
    return backend.encode({**usual, "exp": now + 60, **claims})


@pytest.mark.parametrize(
    "claims", [{"exp": 1e300}, {"exp": 10**30}, {"sub": "a\x00b"}, {"sub": "\ud800"}, {"sub": "ath_x"}, {"sub": 5}]
)
def test_a_token_with_impossible_claims_is_401(api, alice, claims):
    response = Client().get("/v1/accounts/me", headers={"Authorization": f"Bearer {token_with(alice, **claims)}"})
    assert (response.status_code, response.json()["error"]["message"]) == (401, "invalid token")


def test_a_token_with_the_usual_claims_is_accepted(alice):
    response = Client().get("/v1/accounts/me", headers={"Authorization": f"Bearer {token_with(alice)}"})
    assert response.status_code == 200


@pytest.mark.parametrize("day", ["２０２６-11-23", "2026-W48-1", "20261123", "2026-11-23T00:00:00", "2026-02-30"])
def test_a_day_is_written_in_one_way_only(api, alice, athlete, day):
    response = api(alice).post(f"/v1/athletes/{athlete.pk}/meal-plans", {"week_start": day})
    assert (response.status_code, response.json()["error"]["details"][0]["field"]) == (400, "week_start")


@pytest.mark.parametrize("moment", ["２０２６-11-23", "2026-W48-1", "20261123", "20261123T080000", "2026-11-23Tx"])
def test_a_moment_is_written_in_one_way_only(api, alice, athlete, moment):
    response = api(alice).post(f"/v1/athletes/{athlete.pk}/training-events", {"title": "Run", "starts_at": moment})
    assert (response.status_code, TrainingEvent.objects.count()) == (400, 0)


@pytest.mark.parametrize("moment", ["2026-11-23", "2026-11-23T08:00", "2026-11-23 08:00:00.5", "2026-11-23T08:00:00Z"])
def test_the_usual_ways_to_write_a_moment_are_accepted(api, alice, athlete, moment):
    response = api(alice).post(f"/v1/athletes/{athlete.pk}/training-events", {"title": "Run", "starts_at": moment})
    assert response.status_code == 201


@pytest.mark.parametrize("query", ["from=9999-12-31", "to=0001-01-01", "from=0001-01-01"])
def test_the_edges_of_the_calendar_are_400(api, alice, athlete, query):
    response = api(alice).get(f"/v1/athletes/{athlete.pk}/training-events?{query}")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "invalid")


def test_null_is_no_session(api, alice):
    response = api(alice).post("/v1/calculate/targets", {"profile": {}, "sessions": [None]})
    assert (response.status_code, response.json()["error"]["details"]) == (
        400,
        [{"field": "sessions.0", "message": "This field may not be null."}],
    )


def test_a_field_of_a_session_is_named_with_its_place(api, alice):
    session = {"sport": "run", "duration_minutes": "long"}
    response = api(alice).post("/v1/calculate/targets", {"profile": {}, "sessions": [session]})
    assert response.json()["error"]["details"][0]["field"] == "sessions.0.duration_minutes"


def test_negative_caffeine_is_400(api, alice):
    response = api(alice).post(
        "/v1/calculate/race", {"weight_kg": 70, "duration_minutes": 210, "caffeine_mg_per_kg": -1}
    )
    assert response.json()["error"]["details"] == [
        {"field": "caffeine_mg_per_kg", "message": "must be between 0 and 9"}
    ]


@pytest.mark.parametrize("value", [12345678901, -1.5, True])
def test_a_number_is_no_password(api, value):
    response = api().post("/v1/accounts", {"email": "new@example.com", "password": value})
    assert (response.status_code, response.json()["error"]["details"][0]["field"]) == (400, "password")


def test_a_number_for_a_text_is_named_beside_the_other_mistakes(api):
    details = api().post("/v1/accounts", {"email": "nobody", "password": 1}).json()["error"]["details"]
    assert [row["field"] for row in details] == ["email", "password"]


@pytest.mark.parametrize("method", ["\u0007", "\u200b", "   "])
def test_the_method_of_a_measurement_is_a_word(api, alice, athlete, method):
    body = {"weight_kg": 61, "method": method}
    response = api(alice).post(f"/v1/athletes/{athlete.pk}/measurements", body)
    assert (response.status_code, response.json()["error"]["details"][0]["field"]) == (400, "method")


@pytest.mark.parametrize("name", ["localtime", "Factory"])
def test_a_zone_that_means_this_machine_is_no_zone(name):
    assert not clock.is_zone(name)


def test_a_body_that_announces_too_much_is_refused_without_being_read(alice, api):
    class Silent:
        def read(self, size=-1):
            raise AssertionError("nothing of it may be read")

        readline = read

    response = Client().generic(
        "POST",
        "/v1/auth/token",
        b"{}",
        content_type="application/json",
        CONTENT_LENGTH="104857600",
        **{"wsgi.input": Silent()},
    )
    assert (response.status_code, response.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(("path", "kind"), [("/v1/auth/token", "application/json"), ("/account/login/", "text/html")])
def test_a_body_in_chunks_is_refused_and_not_taken_for_an_empty_one(path, kind):
    response = Client().post(path, headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")
    assert (response.status_code, response["Content-Type"].split(";")[0]) == (411, kind)


@pytest.mark.parametrize("path", ["/v1/plans?format=xml", "/v1/docs?format=json", "/v1/openapi.json?format=yaml"])
def test_a_format_in_the_address_changes_nothing(path):
    assert Client(raise_request_exception=False).get(path).status_code == 200


def test_a_repeated_request_gets_the_same_answer_to_the_letter():
    def produce():
        return 201, {"b": 1, "a": clock.now()}, {"Location": "/x"}

    from rest_framework.renderers import JSONRenderer

    first = answer_once(scope="s", key="k", body={}, produce=produce)
    second = answer_once(scope="s", key="k", body={}, produce=produce)
    assert JSONRenderer().render(first[1]) == JSONRenderer().render(second[1])


@pytest.fixture
def outage_of(monkeypatch, settings):
    """An API whose database fails, and how the probe answers meanwhile."""
    from athletes import account_api

    def fail(self, request):
        raise OperationalError("server closed the connection; password=hunter2")

    state = {"up": False, "asked": 0}

    def read():
        state["asked"] += 1
        return state["up"]

    monkeypatch.setattr(account_api.ReadProfile, "get", fail)
    monkeypatch.setattr(health.database, "read", read)
    return state


def test_a_failing_database_is_503_with_the_time_to_come_back(api, alice, outage_of):
    response = api(alice).get("/v1/accounts/me")
    assert (response.status_code, response.json()["error"]["code"], response["Retry-After"]) == (
        503,
        "database_unavailable",
        "5",
    )


def test_while_the_database_is_away_nothing_waits_for_it(api, alice, outage_of):
    client = api(alice)
    client.get("/v1/accounts/me")
    response = client.get("/v1/plans")
    assert (response.status_code, outage_of["asked"]) == (503, 1)


def test_a_database_that_is_back_is_used_again(api, alice, outage_of):
    client = api(alice)
    client.get("/v1/accounts/me")
    outage_of["up"] = True
    assert (client.get("/v1/plans").status_code, client.get("/v1/plans").status_code) == (200, 200)
    assert outage_of["asked"] == 1


def test_a_page_without_a_database_says_so(rf):
    def fail(request):
        raise AssertionError("never asked")

    middleware = outage.DatabaseOutageMiddleware(fail)
    response = middleware.process_exception(rf.get("/today"), OperationalError("x"))
    assert (response.status_code, response["Retry-After"]) == (503, "5")


def locked_out():
    """What Django raises when a statement waits for a lock that somebody else holds: by the database itself."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL statement_timeout = 20")
                cursor.execute("SELECT pg_sleep(5)")
            else:
                raise OperationalError("database is locked")
    except OperationalError as error:
        return error


@pytest.mark.django_db(transaction=True)
def test_two_changes_that_meet_are_told_apart_from_a_database_that_is_away(api, alice, outage_of, monkeypatch):
    from athletes import account_api

    with transaction.atomic():
        error = locked_out()
        transaction.set_rollback(True)

    def fail(self, request):
        raise error

    monkeypatch.setattr(account_api.ReadProfile, "get", fail)
    response = api(alice).get("/v1/accounts/me")
    assert (response.status_code, response.json()["error"]["code"], response["Retry-After"]) == (503, "busy", "1")
    # Nobody else is turned away meanwhile.
    assert outage_of["asked"] == 0


@pytest.mark.parametrize("words", ["\u0007", "\u200b", "1\r\nSet-Cookie: x"])
def test_an_own_quantity_is_words_without_control_characters(api, alice, athlete, words):
    client = api(alice)
    made = client.post(f"/v1/athletes/{athlete.pk}/shopping-lists", {"week_start": "2026-11-23"}).json()
    path = f"/v1/athletes/{athlete.pk}/shopping-lists/{made['id']}"
    response = client.patch(f"{path}/items/{made['items'][0]['id']}", {"quantity": words})
    assert (response.status_code, response.json()["error"]["details"][0]["field"]) == (400, "quantity")
    assert client.get(path).json()["items"] == made["items"]
