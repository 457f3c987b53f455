"""What goes over the line: text shrinks, streams and pictures stay, and lengths tell nothing of what is secret."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from nutrition_site.middleware import compress

TEXT = "Porridge with berries, and a banana on the way. " * 40
# RFC 1952: the fourth byte has a bit for a name, and random bytes stand in its place.
FLAGS, HAS_NAME = 3, 8


@pytest.fixture
def request_for_gzip():
    return RequestFactory().get("/today", headers={"Accept-Encoding": "gzip, br"})


def test_a_page_goes_out_compressed_and_is_the_same_unpacked(request_for_gzip):
    answer = compress(request_for_gzip, HttpResponse(TEXT))
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == TEXT
    assert int(answer["Content-Length"]) == len(answer.content) < len(TEXT) / 4


def test_caches_are_told_that_the_answer_depends_on_what_the_reader_takes(request_for_gzip):
    assert compress(request_for_gzip, HttpResponse(TEXT))["Vary"] == "Accept-Encoding"


def test_who_takes_no_gzip_gets_the_page_as_it_is():
    answer = compress(RequestFactory().get("/today"), HttpResponse(TEXT))
    assert answer.content.decode() == TEXT
    assert not answer.has_header("Content-Encoding")


def test_random_bytes_hide_the_length_of_a_page(request_for_gzip):
    assert compress(request_for_gzip, HttpResponse(TEXT)).content[FLAGS] & HAS_NAME


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/pdf"])
def test_what_is_compressed_already_stays(request_for_gzip, kind):
    assert not compress(request_for_gzip, HttpResponse(TEXT, content_type=kind)).has_header("Content-Encoding")


def test_a_stream_is_not_held_back(request_for_gzip):
    answer = StreamingHttpResponse(iter(["data: one\n\n"] * 100), content_type="text/event-stream")
    assert compress(request_for_gzip, answer).streaming


@pytest.mark.django_db
def test_a_static_file_is_compressed_and_keeps_its_tag(client):
    plain = client.get("/static/img/favicon.svg")
    packed = client.get("/static/img/favicon.svg", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == b"".join(plain)
    assert packed.get("ETag") == plain.get("ETag")


@pytest.mark.django_db
def test_a_static_file_that_the_reader_has_is_not_sent_again(client):
    known = client.get("/static/img/favicon.svg")["Last-Modified"]
    answer = client.get("/static/img/favicon.svg", headers={"Accept-Encoding": "gzip", "If-Modified-Since": known})
    assert answer.status_code == 304
