"""A web server on the loopback that can be unwell in every way a world has to offer, and well again."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RETRY_AFTER_SECONDS = 120
# Longer than the suite lets a provider wait, short enough to leave no threads behind.
UNWELL_SECONDS = 3.0


@dataclass(frozen=True)
class Asked:
    """A request; `path` with its query, header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Loopback:
    """Answers with `handler`, unless `fail` made it unwell; `requests` are those that reached it, well or not."""

    def __init__(self, handler: Callable[[Asked], Said]) -> None:
        self.requests: list[Asked] = []
        self.how = ""
        self._handler = handler
        self._well = threading.Event()
        self._server = self._listen(0)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def fail(self, how: str) -> None:
        """Unwell from now on, in one of the ways of `World.fail`; "" is well."""
        if how != self.how and how == "down":
            self._stop()
        elif how != self.how and self.how == "down":
            self._server = self._listen(self.port)
        self.how = how
        self._well.set()
        self._well = threading.Event()

    def close(self) -> None:
        self._well.set()
        if self.how != "down":
            self._stop()

    def _stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _listen(self, port: int) -> ThreadingHTTPServer:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                owner.requests.append(asked)
                if owner.how:
                    owner._be_unwell(self)
                else:
                    _send(self, owner._handler(asked))

            do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PROPFIND = do_REPORT = do

            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    super().handle()

            def log_message(self, *args: object) -> None:
                return None

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server

    def _be_unwell(self, handler: BaseHTTPRequestHandler) -> None:
        well = self._well
        if self.how == "timeout":
            well.wait(UNWELL_SECONDS)
        elif self.how == "slow":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            until = time.monotonic() + UNWELL_SECONDS
            while time.monotonic() < until and not well.wait(0.05):
                handler.wfile.write(b"a")
                handler.wfile.flush()
        elif self.how == "half":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nBEGIN:VCALENDAR\r\n{")
        elif self.how == "garbage":
            page = b"<!doctype html><title>Sign in</title><form>Please sign in</form>"
            _send(handler, Said(200, {"Content-Type": "text/html"}, page))
        elif self.how == "429":
            _send(handler, Said(429, {"Retry-After": str(RETRY_AFTER_SECONDS)}))
        elif self.how == "500":
            _send(handler, Said(500))
        else:
            raise ValueError(self.how)


def _send(handler: BaseHTTPRequestHandler, said: Said) -> None:
    handler.send_response(said.status)
    for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(said.body)
