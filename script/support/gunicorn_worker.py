"""gunicorn's threaded worker with limits on how long one client may hold a thread.

Without them as many silent connections as there are threads stop the server, its health checks included: gunicorn reads
headers and body, and writes the answer, in a thread and waits for the client as long as it takes.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

# A request is at most a megabyte, so even a slow phone has sent it by then; what the answer costs does not count.
READ_SECONDS = 15.0
# For one piece of an answer, not for all of it.
WRITE_SECONDS = 20


class BoundedThreadWorker(ThreadWorker):  # type: ignore[misc]
    """Ends the reading side of a connection that has not sent its request within `READ_SECONDS`.

    A request that was read in time is not disturbed, however long its answer takes: only further reading ends, and
    with it the connection after the answer.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._began: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", WRITE_SECONDS, 0))
        self._began[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self._began.pop(conn, None)

    def notify(self) -> None:
        """Called by the main loop at least once a second, also while every thread is held."""
        super().notify()
        oldest = time.monotonic() - READ_SECONDS
        for conn, began in list(self._began.items()):
            if began < oldest:
                self._began.pop(conn, None)
                self._stop_reading(conn.sock)

    @staticmethod
    def _stop_reading(sock: socket.socket) -> None:
        try:
            # The method of a TLS socket would drop its keys and make the answer unwritable too.
            socket.socket.shutdown(sock, socket.SHUT_RD)
        except OSError:
            # The client has left meanwhile.
            return
