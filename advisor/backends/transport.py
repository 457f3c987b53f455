"""The connection of one question to a model: signed, and cut at once when time is up or nobody waits any more."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from advisor.backends.protocol import Cancelled
from advisor.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign_request
from nutrition_site.kernel import clock

# How soon it is noticed that whoever asked has left.
WATCH_SECONDS = 0.05
CONNECT_SECONDS = 10.0
_DONE, _FAILED, _HEARD = "done", "failed", "heard"


class OutOfTime(Exception):
    """The deadline passed while the other side was working."""


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Reading the certificates of the system costs tens of milliseconds, so it is done once."""
    from httpx2 import create_ssl_context

    return create_ssl_context(trust_env=False)


class Transport:
    """An HTTP client for one question; `client` is what an SDK is given."""

    def __init__(self, *, secret: str) -> None:
        from httpx2 import Client

        self._secret = secret
        self._sockets: list[socket.socket] = []
        self._is_cut = False
        # Whether anything has come back on the request under way.
        self.has_answered = False
        self.client = Client(
            event_hooks={"request": [self._prepare]},
            verify=_trusted(),
            # No variable meant for other programs (a proxy, a file of certificates) may see an athlete's data.
            trust_env=False,
            follow_redirects=False,
        )

    def _prepare(self, request: Any) -> None:
        request.extensions["trace"] = self._notice
        self.has_answered = False
        if not self._secret:
            return
        stamp = int(clock.now().timestamp())
        request.headers[TIMESTAMP_HEADER] = str(stamp)
        request.headers[SIGNATURE_HEADER] = sign_request(
            secret=self._secret,
            timestamp=stamp,
            method=request.method,
            path=request.url.raw_path.decode("ascii"),
            body=request.read(),
        )

    def _notice(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith("receive_response_headers.complete"):
            self.has_answered = True
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        found = info["return_value"].get_extra_info("socket")
        if found is not None:
            self._sockets.append(found)
            if self._is_cut:
                self.cut()

    def cut(self) -> None:
        """Ends whatever is under way. Closing a socket does not wake a thread that reads from it; this does."""
        self._is_cut = True
        for found in self._sockets:
            try:
                found.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        """Gives everything back; not while a request is under way."""
        self.client.close()

    def listen(
        self,
        work: Callable[[Callable[[Any], None]], Any],
        *,
        deadline: float,
        is_cancelled: Callable[[], bool],
        hear: Callable[[Any], None],
        meanwhile: Callable[[], object] = lambda: None,
    ) -> Any:
        """The result of `work`, run in a thread of its own; what it hands on is heard in this one, in order.

        `meanwhile` is done here while the other side begins to think.

        Raises what `work` raises, OutOfTime at the deadline (of the monotonic clock) and Cancelled; in both cases the
        connection is cut. A server that drips bytes never trips a read time-out, so the clock is outside the request.
        """
        events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

        def run() -> None:
            try:
                events.put((_DONE, work(lambda item: events.put((_HEARD, item)))))
            except BaseException as error:
                events.put((_FAILED, error))

        threading.Thread(target=run, daemon=True, name="advisor-model").start()
        try:
            meanwhile()
            kind, item = self._await(events, deadline=deadline, is_cancelled=is_cancelled, hear=hear)
        except BaseException:
            self.cut()
            raise
        if kind == _FAILED:
            raise item
        return item

    def _await(
        self,
        events: queue.SimpleQueue[tuple[str, Any]],
        *,
        deadline: float,
        is_cancelled: Callable[[], bool],
        hear: Callable[[Any], None],
    ) -> tuple[str, Any]:
        while True:
            if is_cancelled():
                raise Cancelled()
            left = deadline - time.monotonic()
            if left <= 0:
                raise OutOfTime()
            try:
                kind, item = events.get(timeout=min(left, WATCH_SECONDS))
            except queue.Empty:
                continue
            if kind != _HEARD:
                return kind, item
            hear(item)


def timeout_within(seconds: float) -> Any:
    """A request's own limits for a deadline in so many seconds: a little later, so that the deadline says it first."""
    from httpx2 import Timeout

    whole = max(0.0, seconds) + 1.0
    return Timeout(whole, connect=min(whole, CONNECT_SECONDS))


def pause(seconds: float, *, is_cancelled: Callable[[], bool]) -> None:
    """Waits; raises Cancelled as soon as nobody waits for the answer any more."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if is_cancelled():
            raise Cancelled()
        time.sleep(min(left, WATCH_SECONDS))
