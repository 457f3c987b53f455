"""A client that stops talking, on a real server with as many threads as the product has."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

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


def test_an_answer_that_takes_longer_than_the_reading_may_arrives(port):
    assert ask(port, "/slow") == 200
