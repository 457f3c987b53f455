"""gunicorn's threaded worker: limits on how long one client may hold a thread, and refusals in the contract's shape.

Without them as many silent connections as there are threads stop the server, its health checks included: gunicorn reads
headers and body, and writes the answer, in a thread and waits for the client as long as it takes.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import time
from typing import Any

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from nutrition_site.kernel.ids import new_id

# A request is at most a megabyte, so even a slow phone has sent it by then; what the answer costs does not count.
READ_SECONDS = 15.0
# For one piece of an answer, not for all of it.
WRITE_SECONDS = 20
# How long, and how much, a client may go on sending what nobody reads any more, so that it can take its answer.
LINGER_SECONDS = 2.0
LINGER_BYTES = 64_000_000
# What gunicorn itself turns away, before the application hears of it: status, reason, code and words.
REFUSALS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], tuple[int, str, str, str]], ...] = (
    (errors.LimitRequestLine, (414, "URI Too Long", "too_large", "The address is too long.")),
    (errors.LimitRequestHeaders, (431, "Request Header Fields Too Large", "too_large", "The headers are too large.")),
    (
        errors.UnsupportedTransferCoding,
        (501, "Not Implemented", "not_implemented", "This transfer coding is not known."),
    ),
    (errors.ExpectationFailed, (417, "Expectation Failed", "invalid", "What is expected cannot be promised.")),
    (errors.ForbiddenProxyRequest, (403, "Forbidden", "forbidden", "This is not allowed.")),
    ((errors.ParseException, ssl.SSLError), (400, "Bad Request", "invalid", "This request cannot be understood.")),
)
FAILURE = (500, "Internal Server Error", "internal_error", "Something went wrong here. Nothing was changed.")
# Parse errors by their class that are the application's own: a header that it tried to send.
OWN_FAULTS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName, errors.ConfigurationProblem)


class BoundedThreadWorker(ThreadWorker):  # type: ignore[misc]
    """Ends the reading side of a connection that has not sent its request within `READ_SECONDS`.

    A request that was read in time is not disturbed, however long its answer takes: only further reading ends, and
    with it the connection after the answer. What cannot be read as a request is answered in the API's error shape.

    A connection that ends is brought to its end here, in the thread that served it: gunicorn would wait for the client
    to leave in its main loop, two seconds for each, and accept nobody meanwhile.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._began: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", WRITE_SECONDS, 0))
        self._began[conn] = time.monotonic()
        try:
            goes_on = super().handle(conn)
            if not goes_on:
                if not _is_read(conn.parser):
                    _linger(conn.sock)
                _shut(conn.sock, socket.SHUT_RDWR)
            return goes_on
        finally:
            self._began.pop(conn, None)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answers what never became a request, or failed outside of the application. Nothing of what was sent is
        logged: a header that cannot be parsed may hold a token.
        """
        request_id = new_id("req")
        known = next((row for kinds, row in REFUSALS if isinstance(exc, kinds)), FAILURE)
        status, reason, code, message = FAILURE if isinstance(exc, OWN_FAULTS) else known
        if status == 500:
            self.log.exception("Error handling request %s", request_id)
        else:
            self.log.warning("Invalid request %s: %s", request_id, type(exc).__name__)
        told = {"code": code, "message": message, "details": [], "request_id": request_id}
        body = json.dumps({"error": told}).encode()
        began = next((at for conn, at in list(self._began.items()) if conn.sock is client), time.monotonic())
        head = (
            f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nX-Request-ID: {request_id}\r\n"
            f"X-Process-Time: {time.monotonic() - began:.4f}\r\n\r\n"
        )
        try:
            client.sendall(head.encode() + body)
        except OSError:
            # The client has left, or what it speaks is not TLS.
            return
        _linger(client)

    def notify(self) -> None:
        """Called by the main loop at least once a second, also while every thread is held."""
        super().notify()
        oldest = time.monotonic() - READ_SECONDS
        for conn, began in list(self._began.items()):
            if began < oldest:
                self._began.pop(conn, None)
                _shut(conn.sock, socket.SHUT_RD)


def _shut(sock: socket.socket, how: int) -> None:
    try:
        # The method of a TLS socket would drop its keys and make the answer unwritable too.
        socket.socket.shutdown(sock, how)
    except OSError:
        # The client has left meanwhile.
        return


def _is_read(parser: Any) -> bool:
    """Whether nothing of the last request's body is still to come."""
    try:
        return parser is None or bool(parser.finish_body(deadline=time.monotonic() + 0.01))
    except (OSError, errors.ParseException):
        return False


def _linger(sock: socket.socket) -> None:
    """Lets the client finish: closing with unread bytes resets the connection, and the answer is lost on its way."""
    _shut(sock, socket.SHUT_WR)
    until, taken = time.monotonic() + LINGER_SECONDS, 0
    try:
        while taken < LINGER_BYTES and (remaining := until - time.monotonic()) > 0:
            sock.settimeout(remaining)
            piece = socket.socket.recv(sock, 65_536)
            if not piece:
                return
            taken += len(piece)
    except OSError:
        return
