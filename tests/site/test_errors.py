"""One error shape, the order of checks, the headers of every answer, and what a body may not be."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from athletes.models import Athlete, User
from nutrition_site.kernel.api.operations import Operation, StrictSerializer
from nutrition_site.kernel.api.schema import PAGING
from nutrition_site.kernel.errors import DomainError
from nutrition_site.urls import handler400, handler403, handler404, handler500  # noqa: F401
from nutrition_site.urls import urlpatterns as product_urls

pytestmark = pytest.mark.django_db
SECRET = "weight 61.5 kg and a secret"


class NoteIn(StrictSerializer):
    text = serializers.CharField()
    number = serializers.IntegerField(required=False)


class Probe(Operation):
    """An operation that finds an athlete, reads a body, and fails when told to."""

    def locate(self, request, **kwargs):
        self.athlete = self.find(Athlete.objects.visible_to(request.user), kwargs["athlete_id"], "ath")

    @extend_schema(parameters=PAGING)
    def get(self, request, athlete_id):
        return self.page(list(range(5)), lambda row: row)

    def post(self, request, athlete_id):
        text = self.read(NoteIn)["text"]
        if text == SECRET:
            raise RuntimeError(text)
        if text == "refuse":
            raise DomainError("No.", code="plan_infeasible", extra={"conflicts": [1]})
        return Response({"text": text})


def broken_page(request):
    raise RuntimeError(SECRET)


def overtaken_page(request):
    Athlete.objects.get(pk="gone")


urlpatterns = [
    path("overtaken-page", overtaken_page),
    path("v1/probe/<athlete_id>", Probe.as_view()),
    path("v1/broken", broken_page),
    path("broken-page", broken_page),
    *product_urls,
]


@pytest.fixture
def probe(settings, alice):
    settings.ROOT_URLCONF = __name__
    return f"/v1/probe/{alice.athlete.pk}"


def error_of(response):
    return response.json()["error"]


def test_an_error_has_code_message_details_and_the_request_id(api, probe, alice):
    response = api(alice).post(probe, {"number": "many"})
    assert error_of(response) == {
        "code": "invalid",
        "message": "Some fields are not valid.",
        "details": [
            {"field": "text", "message": "This field is required."},
            {"field": "number", "message": "A valid integer is required."},
        ],
        "request_id": response["X-Request-ID"],
    }


def test_an_unknown_field_is_named(api, probe, alice):
    response = api(alice).post(probe, {"text": "a", "txet": "b"})
    assert (response.status_code, error_of(response)["code"], error_of(response)["details"][0]["field"]) == (
        400,
        "unknown_field",
        "txet",
    )


def test_a_refusal_of_the_domain_carries_what_it_knows(api, probe, alice):
    response = api(alice).post(probe, {"text": "refuse"})
    assert (response.status_code, error_of(response)["code"], error_of(response)["conflicts"]) == (
        422,
        "plan_infeasible",
        [1],
    )


def test_401_comes_before_404(api, probe):
    assert api(None).get("/v1/probe/ath_nothing").status_code == 401


def test_404_comes_before_429(api, probe, alice, settings):
    settings.RATE_LIMIT_REQUESTS_PER_MINUTE = 1
    api(alice).get(probe)
    assert (api(alice).get("/v1/probe/ath_nothing").status_code, api(alice).get(probe).status_code) == (404, 429)


def test_429_comes_before_400(api, probe, alice, settings):
    settings.RATE_LIMIT_REQUESTS_PER_MINUTE = 1
    api(alice).get(probe)
    assert api(alice).post(probe, b"{not json").status_code == 429


def test_404_comes_before_400(api, probe, alice):
    assert api(alice).post("/v1/probe/ath_nothing", b"{not json").status_code == 404


def test_a_wrong_prefix_is_404_before_any_query_for_it(api, probe, alice, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert api(alice).get(f"/v1/probe/{alice.pk}").status_code == 404


def test_somebody_elses_is_404_like_nothing_at_all(api, probe, sam):
    there, nowhere = api(sam).get(probe), api(sam).get("/v1/probe/ath_" + "0" * 26)
    assert [error_of(r)["code"] for r in (there, nowhere)] == ["not_found", "not_found"]
    assert error_of(there)["message"] == error_of(nowhere)["message"]


@pytest.mark.parametrize("status", [200, 400, 401, 404, 405, 415, 429, 500])
def test_every_answer_tells_where_the_limit_stands(api, probe, alice, settings, status):
    if status == 429:
        settings.RATE_LIMIT_REQUESTS_PER_MINUTE = 1
        api(alice).get(probe)
    response = {
        200: lambda: api(alice).get(probe),
        400: lambda: api(alice).post(probe, {}),
        401: lambda: api(None).get(probe),
        404: lambda: api(alice).get("/v1/probe/ath_nothing"),
        405: lambda: api(alice).delete(probe),
        415: lambda: Client().post(probe, "a=b", content_type="text/plain", headers=api(alice).headers),
        429: lambda: api(alice).get(probe),
        500: lambda: api(alice).post(probe, {"text": SECRET}),
    }[status]()
    names = {name for name in ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset") if response.get(name)}
    assert (response.status_code, len(names)) == (status, 3)


def test_429_says_when_to_come_back_in_whole_seconds(api, probe, alice, settings):
    settings.RATE_LIMIT_REQUESTS_PER_MINUTE = 1
    api(alice).get(probe)
    response = api(alice).get(probe)
    assert (response["Retry-After"].isdigit(), 1 <= int(response["Retry-After"]) <= 60) == (True, True)


def test_one_callers_limit_is_not_anothers(api, probe, alice, carol, settings):
    settings.RATE_LIMIT_REQUESTS_PER_MINUTE = 1
    assert [api(alice).get(probe).status_code, api(carol).get(probe).status_code] == [200, 200]


def test_remaining_counts_down(api, probe, alice, settings):
    settings.RATE_LIMIT_REQUESTS_PER_MINUTE = 3
    left = [api(alice).get(probe)["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("sent", "kept"), [("abcDEF-123_x.y", True), ("short", False), ("x" * 65, False), ("a b c d e f g", False)]
)
def test_a_sane_request_id_is_kept(sent, kept):
    response = Client().get("/v1/plans", headers={"x-request-id": sent})
    assert (response["X-Request-ID"] == sent) is kept


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/accounts/", "/api/nothing", "/v1"])
def test_an_unknown_api_path_is_404_in_the_error_shape(path):
    response = Client().get(path)
    assert (response.status_code, error_of(response)["code"]) == (404, "not_found")


def test_an_unknown_page_is_a_page():
    response = Client().get("/nothing-here")
    assert (response.status_code, response["Content-Type"].split(";")[0]) == (404, "text/html")


def test_a_wrong_method_is_405_in_the_error_shape(api, alice):
    response = api(alice).delete("/v1/accounts/me")
    assert (response.status_code, error_of(response)["code"], response["Allow"]) == (
        405,
        "method_not_allowed",
        "GET, HEAD, OPTIONS",
    )


def test_an_unexpected_failure_says_nothing_of_its_cause(api, probe, alice):
    response = api(alice).post(probe, {"text": SECRET})
    assert (response.status_code, error_of(response)["code"], SECRET in response.content.decode()) == (
        500,
        "internal_error",
        False,
    )


@pytest.mark.parametrize(("path", "kind"), [("/v1/broken", "application/json"), ("/broken-page", "text/html")])
def test_a_failure_outside_the_operations_is_500_in_the_right_clothes(probe, path, kind):
    response = Client(raise_request_exception=False).get(path)
    assert (response.status_code, response["Content-Type"].split(";")[0], SECRET in response.content.decode()) == (
        500,
        kind,
        False,
    )


def test_what_went_away_while_a_page_was_made_is_404(probe):
    assert Client(raise_request_exception=False).get("/overtaken-page").status_code == 404


def test_a_foreign_host_is_400_in_the_error_shape(settings):
    settings.ALLOWED_HOSTS = ["example.com"]
    response = Client().get("/v1/plans", headers={"host": "evil.example"})
    assert (response.status_code, error_of(response)["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=1&limit=2", 200),
        ("page=0", 400),
        ("limit=101", 400),
        ("limit=-1", 400),
        ("page=two", 400),
        ("page=٣", 400),
        ("page=" + "9" * 40, 400),
    ],
)
def test_pages_are_whole_numbers_in_range(api, probe, alice, query, status):
    assert api(alice).get(f"{probe}?{query}").status_code == status


def test_a_page_has_items_total_page_and_limit(api, probe, alice):
    assert api(alice).get(f"{probe}?page=2&limit=2").json() == {"items": [2, 3], "total": 5, "page": 2, "limit": 2}


BAD_BODIES = {
    "not json": b"{not json",
    "half a document": b'{"text": "a"',
    "an array": b"[]",
    "an array with an object": b'[{"text": "a"}]',
    "a bare text": b'"text"',
    "null": b"null",
    "not a number": b'{"text": NaN}',
    "infinity": b'{"text": Infinity}',
    "a number beyond floats": b'{"number": 1e999}',
    "a whole number beyond floats": b'{"number": 123456789012345678901234567890}',
    "a very long number": b'{"number": ' + b"1" * 5000 + b"}",
    "a null byte": b'{"text": "a\\u0000b"}',
    "a lone surrogate": b'{"text": "\\ud800"}',
    "a name with a null byte": b'{"te\\u0000xt": "a"}',
    "a name twice": b'{"text": "a", "text": "b"}',
    "not utf-8": b'{"text": "\xff\xfe"}',
    "a byte order mark": b'\xef\xbb\xbf{"text": "a"}',
    "a deep array": b'{"text": ' + b"[" * 50 + b"]" * 50 + b"}",
    "a depth bomb": b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "a depth bomb of objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "wrong type": b'{"text": {"a": 1}}',
    "a truth for a text": b'{"text": true}',
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_body_is_400_in_the_error_shape(api, probe, alice, name):
    response = api(alice).post(probe, BAD_BODIES[name])
    assert (response.status_code, set(error_of(response))) == (400, {"code", "message", "details", "request_id"})


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_body_makes_no_account(api, db, name):
    assert (api(None).post("/v1/accounts", BAD_BODIES[name]).status_code, User.objects.count()) == (400, 0)


@pytest.mark.parametrize("text", ["🍝🏊‍♀️", "مرحبا", "Ђорђе", "a" * 5000, "<script>", "'; DROP TABLE--"])
def test_any_real_text_goes_through_unchanged(api, probe, alice, text):
    assert api(alice).post(probe, {"text": text}).json() == {"text": text}


def test_two_megabytes_are_413(api, probe, alice):
    response = api(alice).post(probe, json.dumps({"text": "x" * 2_000_000}).encode())
    assert (response.status_code, error_of(response)["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_another_content_type_is_415(api, probe, alice, kind):
    response = Client().generic("POST", probe, b'{"text": "a"}', content_type=kind, headers=api(alice).headers)
    assert (response.status_code, error_of(response)["code"]) == (415, "unsupported_media_type")


def test_an_accept_that_we_cannot_serve_is_406(api, alice):
    response = api(alice).get("/v1/accounts/me", Accept="text/csv")
    assert response.status_code == 406


def test_a_browser_elsewhere_may_ask_first():
    response = Client().options(
        "/v1/accounts/me",
        headers={
            "origin": "https://app.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "authorization,idempotency-key",
        },
    )
    allowed = {name.strip() for name in response["Access-Control-Allow-Headers"].split(",")}
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")
    assert {"authorization", "idempotency-key"} <= allowed


def test_head_is_a_get_without_body(api, alice):
    response = api(alice).call("HEAD", "/v1/accounts/me")
    assert (response.status_code, response.content) == (200, b"")


def test_options_lists_the_methods(api, alice):
    response = api(alice).call("OPTIONS", "/v1/accounts/me")
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")
