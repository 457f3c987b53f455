"""A worker that is killed in the middle of a stream: the question is kept, and the slot is free."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from athletes.authentication import make_access_token
from script.support import roles
from script.support.services import free_port
from tests.advisor.protocol_server import ProtocolServer, Streamed, text_answer
from tests.factories import make_athlete
from tests.processes import database_copy
from tests.standing import standing_rows

# The database is there to be copied.
pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
LONG = "You trained well. " + "Rest is part of it. " * 60


@pytest.fixture
def model():
    server = ProtocolServer([Streamed(text_answer(LONG), pause_seconds=0.2), text_answer("Rest well.")])
    yield server
    server.close()


@pytest.fixture(scope="module")
def kim(tmp_path_factory, django_db_setup, django_db_blocker):
    """(address of a database, token, path) of an athlete who stands in it."""
    with ExitStack() as stack:
        with django_db_blocker.unblock(), standing_rows():
            athlete = make_athlete("kim@example.com")
            token = make_access_token(athlete.user, issued_at=int(time.time()))
            address = stack.enter_context(database_copy(tmp_path_factory.mktemp("site")))
        yield address, token, f"/v1/athletes/{athlete.pk}/advisor"


@pytest.fixture
def site(tmp_path, model, kim):
    """(port, headers, path, pid of the server) of a real server with one slot for the model."""
    database, token, path = kim
    environ = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environ |= {
        "DATABASE_URL": database,
        "DATA_DIR": str(tmp_path),
        "JWT_SECRET": settings.JWT_SECRET,
        "ENVIRONMENT": "development",
        "DJANGO_SETTINGS_MODULE": "nutrition_site.settings",
        "AI_BACKEND": "anthropic",
        "AI_BASE_URL": model.url,
        "NUTRITION_AI_API_KEY": "key-for-tests",
        "MAX_CONCURRENT_AI_REQUESTS": "1",
        "LOG_LEVEL": "error",
        "WEB_CONCURRENCY": "1",
    }
    port = free_port()
    argv, web_environ = roles.web(sys.executable, host="127.0.0.1", port=port, environ=environ)
    server = subprocess.Popen(argv, cwd=ROOT, env=web_environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        _until_alive(port)
        yield port, headers, path, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _until_alive(port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError("the server did not answer")


def _workers_of(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], stdout=subprocess.PIPE, check=True)
    return [int(line) for line in listed.stdout.split()]


def _call(port, method, path, headers, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def test_a_killed_worker_keeps_the_question_and_no_slot(site):
    port, headers, path, pid = site
    streaming = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"message": "How was my week?"})
    streaming.request("POST", f"{path}/chat", body, {**headers, "Accept": "text/event-stream"})
    stream = streaming.getresponse()
    lines = []
    while not lines or not lines[-1].startswith(b"event: token"):
        lines.append(stream.readline())
    for worker in _workers_of(pid):
        os.kill(worker, signal.SIGKILL)
    _until_alive(port)
    status, listed = _call(port, "GET", f"{path}/conversations", headers)
    assert (status, listed["total"]) == (200, 1)
    conversation = listed["items"][0]["id"]
    _, whole = _call(port, "GET", f"{path}/conversations/{conversation}", headers)
    assert [(row["role"], row["text"]) for row in whole["messages"]] == [("athlete", "How was my week?")]
    again = {"message": "And now?", "conversation_id": conversation}
    status, answer = _call(port, "POST", f"{path}/chat", headers, again)
    assert (status, answer["reply"], answer["backend"]) == (200, "Rest well.", "anthropic")
