"""Stops asking a model that does not answer, so that athletes get the built-in answer at once instead of waiting."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache

from advisor.backends.protocol import BackendFailed
from nutrition_site.kernel import clock

FAILURE_MEMORY_SECONDS = 60
# Open for so long without one question is closed: nothing is known any more.
_FORGET_SECONDS = 86_400


class Breaker:
    """Closed: questions pass. Open after `failures` in a row within a minute, for `seconds`: none passes. Then one
    trial passes, and its outcome closes the breaker or opens it again.

    The state lives in the cache, so the processes that share one share it. An unreachable cache leaves it closed.
    Failures lie in a ring of keys that each expire by themselves: full means that all of them are younger than a
    minute, and counting needs no lock.
    """

    def __init__(self, *, name: str, failures: int, seconds: float, trial_seconds: float) -> None:
        place = f"advisor:breaker:{hashlib.sha256(name.encode()).hexdigest()[:16]}"
        self._until, self._trial, self._count = f"{place}:until", f"{place}:trial", f"{place}:count"
        self._ring = [f"{place}:failure:{number}" for number in range(max(1, failures))]
        self._seconds = seconds
        self._trial_seconds = trial_seconds

    def enter(self) -> None:
        """Before a question. Raises BackendFailed("breaker_open") when the model is not to be asked."""
        until = cache.get(self._until)
        if until is None:
            return
        if clock.now().timestamp() < until or not _added(self._trial, self._trial_seconds):
            raise BackendFailed("breaker_open")

    def leave(self, well: bool | None) -> None:
        """After a question that `enter` let pass: whether the model answered; None when that was not found out."""
        if well:
            cache.delete_many([self._until, self._trial, self._count, *self._ring])
        elif well is None:
            cache.delete(self._trial)
        elif cache.get(self._until) is not None:
            self._open()
        else:
            self._note_failure()

    def _note_failure(self) -> None:
        _added(self._count, _FORGET_SECONDS)
        try:
            number = cache.incr(self._count)
        except ValueError:
            # The count was taken away in between: by a success, or by a cache that is full.
            return
        if number is None:
            return
        cache.set(self._ring[number % len(self._ring)], 1, FAILURE_MEMORY_SECONDS)
        if len(cache.get_many(self._ring)) == len(self._ring):
            self._open()

    def _open(self) -> None:
        cache.set(self._until, clock.now().timestamp() + self._seconds, _FORGET_SECONDS)
        cache.delete_many([self._trial, self._count, *self._ring])


def _added(key: str, seconds: float) -> Any:
    return cache.add(key, 0, seconds)
