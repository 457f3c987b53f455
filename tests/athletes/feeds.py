"""A small web server on the loopback that plays calendars: good, slow, broken and hostile ones."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server says: status, headers, body; `script` takes over the connection instead."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    script: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class FeedServer:
    """`answers` by path; `requests` holds (path with query, headers) of every request."""

    url: str
    answers: dict[str, Any]
    requests: list[tuple[str, dict[str, str]]]


@contextlib.contextmanager
def feed_server(tls: ssl.SSLContext | None = None, **answers: Any) -> Iterator[FeedServer]:
    """Serves `answers` (name of the path → Answer, or a function of path and headers that gives one)."""
    table = {f"/{name}": answer for name, answer in answers.items()}
    requests: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answer = table.get(self.path.partition("?")[0], Answer(status=404))
            if callable(answer):
                answer = answer(self.path, requests[-1][1])
            with contextlib.suppress(OSError):
                if answer.script is not None:
                    answer.script(self)
                    return
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                super().handle()

        def log_message(self, *args: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield FeedServer(f"http://127.0.0.1:{server.server_address[1]}", table, requests)
    finally:
        server.shutdown()
        server.server_close()


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Says nothing for longer than anybody waits."""
    time.sleep(6)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte of a header line at a time: no single wait is long."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(60):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.1)


def calendar(*events: str, zone: str = "") -> bytes:
    """An iCalendar file of VEVENT bodies."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN", *([zone] if zone else [])]
    for event in events:
        lines += ["BEGIN:VEVENT", *[line.strip() for line in event.strip().splitlines()], "END:VEVENT"]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()
