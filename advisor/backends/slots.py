"""How many requests to an outside model may run at once on this instance, across its processes."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from nutrition_site.kernel.errors import DomainError

log = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 5
_TAKE = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
"""


class Busy(DomainError):
    """503: every slot is taken; nothing was sent."""

    status = 503
    code = "ai_busy"
    message = "The advisor is answering others right now. Please try again in a moment."

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


class LocalSlots:
    """Slots of one process; a dead process holds none."""

    def __init__(self, limit: int) -> None:
        self._semaphore = threading.BoundedSemaphore(max(1, limit))

    @contextmanager
    def take(self, *, lease_seconds: float) -> Iterator[None]:
        """Holds a slot for the block. Raises Busy at once when none is free."""
        if not self._semaphore.acquire(blocking=False):
            raise Busy()
        try:
            yield
        finally:
            self._semaphore.release()


class RedisSlots:
    """Slots of one host shared by its processes: a sorted set of holders by the end of their lease.

    A killed process frees its slot when the lease ends. An unreachable Redis lets the local count decide.
    """

    def __init__(self, client: Any, limit: int, *, instance: str = "") -> None:
        self._client = client
        self._limit = max(1, limit)
        self._key = f"athleat:ai-slots:{instance or socket.gethostname()}"
        self._local = LocalSlots(limit)

    @contextmanager
    def take(self, *, lease_seconds: float) -> Iterator[None]:
        """Holds a slot for the block. Raises Busy at once when none is free."""
        holder = secrets.token_hex(8)
        try:
            taken = self._take(holder, lease_seconds)
        except Exception:
            log.warning("slots of the AI backend: Redis unreachable")
            with self._local.take(lease_seconds=lease_seconds):
                yield
            return
        if not taken:
            raise Busy()
        try:
            yield
        finally:
            try:
                self._client.zrem(self._key, holder)
            except Exception:
                log.warning("slots of the AI backend: Redis unreachable")

    def _take(self, holder: str, lease_seconds: float) -> bool:
        seconds, micros = self._client.time()
        present = seconds + micros / 1e6
        arguments = (present, present + lease_seconds, self._limit, holder, int(lease_seconds * 2000) + 1000)
        return bool(self._client.eval(_TAKE, 1, self._key, *arguments))


@lru_cache(maxsize=4)
def slots_of(redis_url: str, limit: int) -> LocalSlots | RedisSlots:
    """The slots in force for this process."""
    if not redis_url:
        return LocalSlots(limit)
    from redis import Redis

    client = Redis.from_url(redis_url, socket_connect_timeout=1, socket_timeout=2)
    return RedisSlots(client, limit)
