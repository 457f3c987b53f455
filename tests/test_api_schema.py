"""The committed OpenAPI description is the contract: what the code does now must be what it says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

COMMITTED = Path(__file__).resolve().parent.parent / "docs" / "openapi.yaml"
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def fresh():
    """What the code describes now, as text, and every complaint on the way."""
    out, err = io.StringIO(), io.StringIO()
    call_command("spectacular", validate=True, stdout=out, stderr=err)
    return out.getvalue()


@pytest.fixture(scope="module")
def described(fresh):
    return yaml.safe_load(fresh)


def operations(described):
    return [
        (path, method, operation)
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_the_committed_description_is_what_the_code_does(fresh):
    assert COMMITTED.read_text(encoding="utf-8") == fresh, "run: manage.py spectacular --file docs/openapi.yaml"


def test_the_description_is_openapi_3_1(described):
    assert described["openapi"].startswith("3.1")


def test_every_operation_has_a_name_of_its_own(described):
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert (len(names) > 5, len(names)) == (True, len(set(names)))


def test_every_operation_belongs_to_a_group(described):
    assert [path for path, _, operation in operations(described) if not operation.get("tags")] == []


def test_every_operation_tells_the_error_shape(described):
    ref = "#/components/schemas/ErrorOut"
    wrong = [
        (path, method)
        for path, method, operation in operations(described)
        if operation["responses"]["default"]["content"]["application/json"]["schema"] != {"$ref": ref}
    ]
    assert wrong == []


def test_the_error_shape_is_the_contracts(described):
    inside = described["components"]["schemas"]["ErrorInsideOut"]["properties"]
    assert set(inside) == {"code", "message", "details", "request_id"}


def test_creating_an_account_may_carry_an_idempotency_key(described):
    names = {row["name"] for row in described["paths"]["/v1/accounts"]["post"]["parameters"]}
    assert "Idempotency-Key" in names


def test_every_url_of_v1_is_described(described):
    """A route that nobody described would be a second, secret contract."""
    hidden = {"/v1/openapi.json", "/v1/docs"}
    routes = {"/" + str(route) for route in _routes(get_resolver()) if str(route).startswith("v1/")}
    spelled = {_braces(route) for route in routes} - hidden
    assert spelled == set(described["paths"])


def _routes(resolver, prefix=""):
    for entry in resolver.url_patterns:
        text = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _routes(entry, text)
        else:
            yield text


def _braces(route):
    import re

    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


@pytest.mark.django_db
def test_the_served_description_has_the_same_paths(described):
    assert set(Client().get("/v1/openapi.json").json()["paths"]) == set(described["paths"])


@pytest.mark.django_db
def test_the_page_to_browse_it_has_no_inline_script():
    response = Client().get("/v1/docs")
    page = response.content.decode()
    assert (response.status_code, page.count("<script"), page.count("<script src="), "style=" in page) == (
        200,
        3,
        3,
        False,
    )
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_script_of_the_page_points_at_the_description():
    response = Client().get("/v1/docs?script=")
    assert (response["Content-Type"].split(";")[0], "/v1/openapi.json" in response.content.decode()) == (
        "application/javascript",
        True,
    )
