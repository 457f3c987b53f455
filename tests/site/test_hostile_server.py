"""Clients that stop talking or speak something else than HTTP, on a real server."""

from __future__ import annotations

import http.client
import json
import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from gunicorn.http.errors import InvalidHeader

from script.support import gunicorn_worker
from script.support.services import free_port

ROOT = Path(__file__).resolve().parents[2]
THREADS = 2
# The worker looks about once a second; starting threads of a busy machine take their time.
PATIENCE_SECONDS = 12
APPLICATION = """
import time
from script.support import gunicorn_worker
gunicorn_worker.READ_SECONDS = 1.0

def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(4)
    if environ["PATH_INFO"] != "/deaf":
        environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A server of two threads that gives each client one second to say what it wants."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "patient.py").write_text(APPLICATION)
    number = free_port()
    worker = f"{gunicorn_worker.__name__}.BoundedThreadWorker"
    argv = [sys.executable, "-m", "gunicorn", "-k", worker, "--threads", str(THREADS), "-b", f"127.0.0.1:{number}"]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
    server = subprocess.Popen(
        [*argv, "--no-control-socket", "patient:application"],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_listening(number)
        yield number
    finally:
        server.terminate()
        server.wait(20)


def _wait_until_listening(port):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def ask(port, path="/"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    "beginning",
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n", id="headers"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{", id="body"),
    ],
)
def test_clients_that_fall_silent_do_not_keep_the_others_waiting(port, beginning):
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(2 * THREADS)]
    try:
        for connection in silent:
            connection.sendall(beginning)
        assert ask(port) == 200
    finally:
        for connection in silent:
            connection.close()


def test_clients_that_stay_after_their_answer_keep_nobody_waiting(port):
    staying = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
    try:
        for connection in staying:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        for connection in staying:
            connection.recv(1000)
        began = time.monotonic()
        # Left to gunicorn, each would cost everybody two seconds.
        assert (ask(port), time.monotonic() - began < 2) == (200, True)
    finally:
        for connection in staying:
            connection.close()


def test_an_answer_reaches_a_client_that_is_still_sending(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("POST", "/deaf", b"a" * 20_000_000)
    assert connection.getresponse().status == 200
    connection.close()


def test_an_answer_that_takes_longer_than_the_reading_may_arrives(port):
    assert ask(port, "/slow") == 200


def answer_to(port, sent):
    """Status, headers and body that these bytes are answered with."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(sent)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        pytest.param(b"hello\r\n\r\n", 400, "invalid", id="no request"),
        pytest.param(b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400, "invalid", id="version"),
        pytest.param(b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n", 400, "invalid", id="header"),
        pytest.param(b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400, "invalid", id="length"),
        pytest.param(b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414, "too_large", id="long address"),
        pytest.param(b"GET / HTTP/1.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n", 431, "too_large", id="long header"),
        pytest.param(b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", 431, "too_large", id="many headers"),
        pytest.param(
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: bzip\r\n\r\n", 501, "not_implemented", id="coding"
        ),
    ],
)
def test_what_is_no_request_is_answered_in_the_error_shape(port, sent, status, code):
    answered, headers, body = answer_to(port, sent)
    error = json.loads(body)["error"]
    assert (answered, headers["Content-Type"], error["code"]) == (status, "application/json", code)
    assert (error["details"], error["request_id"]) == ([], headers["X-Request-ID"])


def test_what_is_no_request_is_not_repeated_to_the_client(port):
    _, _, body = answer_to(port, b"GET / HTTP/1.1\r\nAuthorization : Bearer abc\r\n\r\n")
    assert b"abc" not in body


def test_the_log_names_the_refusal_and_nothing_of_what_was_sent(caplog):
    worker = object.__new__(gunicorn_worker.BoundedThreadWorker)
    worker._began, worker.log = {}, logging.getLogger("server")
    ours, theirs = socket.socketpair()
    theirs.shutdown(socket.SHUT_WR)
    worker.handle_error(None, ours, ("10.1.2.3", 5), InvalidHeader("AUTHORIZATION: BEARER ABC"))
    error = json.loads(theirs.recv(4096).partition(b"\r\n\r\n")[2])["error"]
    assert caplog.messages == [f"Invalid request {error['request_id']}: InvalidHeader"]
