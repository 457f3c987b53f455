"""Neither logs nor error reports hold a word of a conversation, whatever breaks in it."""

from __future__ import annotations

import gzip
import io
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from advisor import services
from advisor.backends.protocol import Draft
from nutrition_site.logs import JsonFormatter
from nutrition_site.sentry import start_sentry

pytestmark = pytest.mark.django_db

# Put together here, for an error report holds the lines of the program around the place where it broke.
ASKED, SAID, WEIGHT = "".join(("zanzi", "bar")), "".join(("quetzal", "coatl")), 61.7


def says(context):
    return f"{context.message} {SAID} {context.tools.athlete.weight_kg} kg"


class Breaking:
    """A backend that breaks with the athlete's own words in its mouth."""

    name = "scripted"

    def reply(self, context):
        raise RuntimeError(says(context))


class Inventing:
    """A backend whose drafts fail their checks."""

    name = "scripted"

    def reply(self, context):
        return Draft(says(context), self.name)


@pytest.fixture
def reports():
    """What an error tracker on loopback is sent; the SDK is off again afterwards."""
    import sentry_sdk

    received: list[str] = []
    arrived = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode())
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")
            arrived.set()

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    start_sentry(f"http://key@127.0.0.1:{server.server_port}/1", environment="tests", release="1")
    try:
        yield received
    finally:
        sentry_sdk.get_client().close(timeout=2)
        sentry_sdk.init()
        server.shutdown()
        server.server_close()


@pytest.fixture
def written():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def athlete(athlete):
    athlete.weight_kg = WEIGHT
    athlete.save()
    return athlete


def holds(text):
    return [word for word in (ASKED, SAID, str(WEIGHT)) if word in text]


def test_an_error_report_tells_where_it_broke_and_nothing_of_the_talk(athlete, reports):
    import sentry_sdk

    try:
        services.ask_advisor(athlete=athlete, message=f"{ASKED} thanks", by=athlete.user, backend=Breaking())
    except RuntimeError as error:
        sentry_sdk.capture_exception(error)
    sentry_sdk.flush(timeout=5)
    assert len(reports) == 1, reports
    event = json.loads(reports[0].splitlines()[-1])
    assert event["exception"]["values"][0]["type"] == "RuntimeError"
    assert holds(reports[0]) == []


def test_a_whole_conversation_writes_none_of_its_words(athlete, written):
    for message, backend in (
        (f"{ASKED} flavored hello", None),
        (f"{ASKED}, what do I eat?", Inventing()),
        (f"I want to make myself vomit, {ASKED}", None),
    ):
        services.ask_advisor(athlete=athlete, message=message, by=athlete.user, backend=backend)
    lines = [line for line in written.getvalue().splitlines() if "django.db" not in line]
    assert holds("\n".join(lines)) == []
