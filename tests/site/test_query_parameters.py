"""An operation with query parameters refuses those that nobody described, and takes those that are."""

from __future__ import annotations

import pytest

from nutrition_site.api.description import describe
from tests import access_table as table
from tests.test_access import is_api, methods_of, routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice, carol):
    return table.make_world(alice, carol)


def unknown_field(response):
    return response.status_code == 400 and response.json()["error"]["code"] == "unknown_field"


def described():
    """The query parameters of every read, by its path in the description."""
    return {
        path: [row["name"] for row in operations["get"].get("parameters", []) if row["in"] == "query"]
        for path, operations in describe()["paths"].items()
        if "get" in operations
    }


def described_path(route):
    return "/" + route.replace("<str:", "{").replace(">", "}")


def test_a_read_with_parameters_refuses_one_that_nobody_described(api, alice, world):
    reads = [route for route, view in routes() if is_api(route) and "GET" in methods_of(view)]
    named = described()
    answers = {route: api(alice).get(f"{world.fill(route)}?nonsense=1") for route in reads}
    wrong = [r for r, answer in answers.items() if unknown_field(answer) != bool(named.get(described_path(r)))]
    assert wrong == []
    assert answers["v1/athletes"].json()["error"]["details"] == [
        {"field": "nonsense", "message": "This parameter is not known."}
    ]


def test_every_described_parameter_is_known(api, alice, world):
    named = described()
    refused = []
    for route, _ in routes():
        for name in named.get(described_path(route), ()):
            if unknown_field(api(alice).get(f"{world.fill(route)}?{name}=1")):
                refused.append((route, name))
    assert refused == []
    assert named["/v1/athletes"] == ["limit", "page"]


def test_whose_object_it_is_comes_before_what_is_asked(api, sam, athlete):
    assert api(sam).get(f"/v1/athletes/{athlete.pk}/targets?nonsense=1").status_code == 404


def test_reading_what_can_only_be_written_is_not_allowed(api, alice, world):
    writes = [route for route, view in routes() if is_api(route) and "GET" not in methods_of(view)]
    answers = {route: api(alice).get(f"{world.fill(route)}?nonsense=1").status_code for route in writes}
    assert {route: status for route, status in answers.items() if status not in (404, 405)} == {}
    assert len(answers) > 5
