"""Files in forms: refused where nobody asked for them, counted where somebody did, and never left lying about."""

from __future__ import annotations

import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from athletes.api import session_parsers
from athletes.views import sessions as views

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORM = "multipart/form-data; boundary=x"
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.fit"\r\n\r\n'
UPLOAD_PAGE = "/training/done/add"


class Body(io.BytesIO):
    """A body that knows how much of it was read."""

    def __init__(self, content):
        super().__init__(content)
        self.taken = 0

    def read(self, *size):
        piece = super().read(*size)
        self.taken += len(piece)
        return piece


@pytest.fixture
def kept(monkeypatch):
    """The temporary files that were made."""
    made = []
    make = tempfile.NamedTemporaryFile

    def noted(*args, **kwargs):
        made.append(make(*args, **kwargs))
        return made[-1]

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", noted)
    return made


def browser_of(user, *, checks=False):
    browser = Client(enforce_csrf_checks=checks)
    browser.force_login(user, backend=BACKEND)
    return browser


def post(client, path, body, *, announced=None, **headers):
    meta = {"CONTENT_LENGTH": announced or len(body.getvalue()), "CONTENT_TYPE": FORM, "wsgi.input": body}
    return client.generic("POST", path, headers=headers, **meta)


@pytest.mark.parametrize("checks", [True, False], ids=["read by the token's check", "read by the view"])
@pytest.mark.parametrize("path", ["/training/add", "/settings/profile", "/account/login/"])
def test_a_page_that_takes_no_file_ends_reading_at_the_first(alice, kept, path, checks):
    body = Body(HEAD + b"a" * 900_000 + b"\r\n--x--\r\n")
    client = Client(enforce_csrf_checks=checks) if path == "/account/login/" else browser_of(alice, checks=checks)
    client.cookies["csrftoken"] = "a" * 32
    answer = post(client, path, body)
    assert (answer.status_code, body.taken <= 3 * 65_536, kept) == (400, True, [])
    assert b"This request was not understood" in answer.content


def test_a_form_that_announces_more_than_a_form_can_be_is_not_read(alice):
    body = Body(HEAD)
    answer = post(browser_of(alice), "/training/add", body, announced=5_000_000_000)
    assert (answer.status_code, body.taken) == (413, 0)


def test_a_file_control_that_was_left_empty_is_no_file(alice):
    empty = b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--\r\n'
    assert post(browser_of(alice), "/training/add", Body(empty)).status_code == 422


def test_the_upload_page_ends_reading_at_its_limit(alice, kept, monkeypatch):
    monkeypatch.setattr(views, "MAX_UPLOAD_BYTES", 100_000)
    body = Body(HEAD + b"a" * 250_000 + b"\r\n--x--\r\n")
    answer = post(browser_of(alice), UPLOAD_PAGE, body)
    assert (answer.status_code, body.taken < 250_000, kept) == (413, True, [])


def test_files_count_together(alice, monkeypatch):
    monkeypatch.setattr(views, "MAX_UPLOAD_BYTES", 100_000)
    files = [SimpleUploadedFile(f"{name}.fit", b"a" * 60_000) for name in "ab"]
    assert browser_of(alice).post(UPLOAD_PAGE, {"file": files}).status_code == 413
    assert browser_of(alice).post(UPLOAD_PAGE, {"file": files[:1]}).status_code == 422


def test_the_api_ends_reading_at_its_limit(api, alice, athlete, monkeypatch):
    monkeypatch.setattr(session_parsers, "MAX_UPLOAD_BYTES", 100_000)
    body = Body(HEAD + b"a" * 250_000 + b"\r\n--x--\r\n")
    answer = post(Client(), f"/v1/athletes/{athlete.pk}/sessions", body, **api(alice).headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert body.taken < 250_000


@pytest.mark.parametrize("path", ["/v1/athletes", "/v1/calculate/targets", "/v1/auth/token"])
def test_an_operation_that_takes_no_file_does_not_read_a_form(api, alice, path):
    body = Body(HEAD + b"a" * 900_000 + b"\r\n--x--\r\n")
    answer = post(Client(), path, body, **api(alice).headers)
    assert (answer.status_code, answer.json()["error"]["code"], body.taken) == (415, "unsupported_media_type", 0)


def test_a_form_of_words_alone_has_its_limit_too(alice):
    answer = browser_of(alice).post("/training/add", {"title": "a" * 1_100_000})
    assert answer.status_code == 413
