"""Nothing that a person typed, no token and no health value reaches a log, at any level."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.test import Client

from nutrition_site.logs import JsonFormatter, RequestIdFilter, RouteFilter
from nutrition_site.sentry import scrub

pytestmark = [pytest.mark.core, pytest.mark.django_db]
EMAIL, PASSWORD, WEIGHT = "nobody.knows@example.com", "hush hush hush 77", "73.4591"


@pytest.fixture(params=["INFO", "DEBUG"])
def written(request):
    """Everything that any logger writes, as the product formats it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RequestIdFilter())
    handler.addFilter(RouteFilter())
    root = logging.getLogger()
    before, quiet = root.level, {}
    for name in ("django.db.backends", "django.request", "athleat.request"):
        quiet[name] = logging.getLogger(name).level
    root.addHandler(handler)
    root.setLevel(request.param)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)


def test_a_full_cycle_of_requests_writes_no_word_of_its_content(api, written):
    api(None).post("/v1/accounts", {"email": EMAIL, "password": PASSWORD})
    pair = api(None).post("/v1/auth/token", {"email": EMAIL, "password": PASSWORD}).json()
    owner = {"Authorization": f"Bearer {pair['token']}"}
    api(None).get("/v1/accounts/me?weight=" + WEIGHT, **owner)
    api(None).post("/v1/athletes", {"name": "Hidden Name", "sport": "run", "weight_kg": float(WEIGHT)}, **owner)
    api(None).post("/v1/athletes", b'{"weight_kg": ' + WEIGHT.encode(), **owner)
    api(None).post("/v1/auth/token", {"email": EMAIL, "password": PASSWORD + "x"})
    api(None).post("/v1/auth/token/refresh", {"refresh_token": pair["refresh_token"]})
    text = written.getvalue()
    secrets = (
        EMAIL,
        PASSWORD,
        WEIGHT,
        pair["token"],
        pair["refresh_token"],
        "Hidden Name",
        pair["token"].split(".")[2],
    )
    assert [secret for secret in secrets if secret in text] == []
    assert '"route": "v1/auth/token"' in text


def test_a_line_is_json_with_the_request_id(api, written):
    response = api(None).get("/v1/plans")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    row = next(line for line in lines if line["logger"] == "athleat.request")
    assert (row["request_id"], row["method"], row["status"], row["level"]) == (
        response["X-Request-ID"],
        "GET",
        200,
        "info",
    )


def test_an_exception_leaves_its_place_and_not_its_words(written):
    try:
        raise ValueError(f"bad weight {WEIGHT}")
    except ValueError:
        logging.getLogger("athleat.test").exception("failed")
    text = written.getvalue()
    assert (WEIGHT in text, "ValueError at test_logging.py" in text) == (False, True)


def test_an_error_report_carries_no_person():
    event = {
        "user": {"email": EMAIL},
        "extra": {"a": WEIGHT},
        "request": {
            "method": "POST",
            "url": f"https://x/{EMAIL}/y?weight={WEIGHT}",
            "data": PASSWORD,
            "headers": {"a": "b"},
        },
        "logentry": {"message": "Failed: %s", "params": [EMAIL], "formatted": f"Failed: {EMAIL}"},
        "exception": {"values": [{"value": PASSWORD, "stacktrace": {"frames": [{"vars": {"w": WEIGHT}}]}}]},
    }
    text = json.dumps(scrub(event, {}))
    assert [secret for secret in (EMAIL, PASSWORD, WEIGHT) if secret in text] == []


@pytest.mark.parametrize("path", ["/feeds/a-key-to-meals.ics", "/shared/lists/a-key-to-meals", "/a-key-to-meals/other"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refused_request_is_logged_without_the_secret_in_its_path(written, method, path):
    logging.getLogger("django.request").setLevel("DEBUG")
    answer = Client(enforce_csrf_checks=True).generic(method, path)
    assert answer.status_code >= 400
    assert ("a-key-to-meals" in written.getvalue(), path in written.getvalue()) == (False, False)


def test_a_request_refused_for_its_missing_token_is_logged_by_its_route(written):
    Client(enforce_csrf_checks=True).post("/settings/feed")
    assert "Forbidden (CSRF cookie not set.): settings/feed" in written.getvalue()
