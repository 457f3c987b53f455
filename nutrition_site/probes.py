"""Asking a dependency how it is, within a limit of time, at most once every few seconds, however many ask."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)
Value = TypeVar("Value")


class Probe(Generic[Value]):
    """One check in a thread of its own, so that a hanging dependency cannot hold the one who asks.

    `ask` returns the value and may raise or hang; `down` is what is told meanwhile. An answer is kept for
    `keep_seconds`; while one check runs no second is started, and everybody waits for the same one, never longer than
    `limit_seconds`.
    """

    def __init__(
        self,
        name: str,
        ask: Callable[[], Value],
        *,
        down: Value,
        limit_seconds: float = 1.0,
        keep_seconds: float = 5.0,
    ) -> None:
        self.name, self._ask, self._down = name, ask, down
        self._limit, self._keep = limit_seconds, keep_seconds
        self._lock = threading.Lock()
        self._value = down
        self._good_until = 0.0
        self._done: threading.Event | None = None
        self._started = 0.0

    def read(self) -> Value:
        """The present value, at most `keep_seconds` old."""
        with self._lock:
            now = time.monotonic()
            if now < self._good_until:
                return self._value
            if self._done is None:
                self._done, self._started = threading.Event(), now
                threading.Thread(target=self._run, args=(self._done,), name=f"probe-{self.name}", daemon=True).start()
            done, left = self._done, max(0.0, self._started + self._limit - now)
        done.wait(left)
        with self._lock:
            if not done.is_set():
                self._value, self._good_until = self._down, time.monotonic() + self._keep
            return self._value

    def forget(self) -> None:
        """The next one who asks gets a fresh answer."""
        with self._lock:
            self._good_until = 0.0

    def _run(self, done: threading.Event) -> None:
        try:
            value = self._ask()
        except Exception as error:
            # Only the kind of failure: the text of a driver quotes host names and users.
            log.warning("dependency check failed", extra={"dependency": self.name, "failure": type(error).__name__})
            value = self._down
        with self._lock:
            self._value, self._good_until = value, time.monotonic() + self._keep
            self._done = None
            done.set()
