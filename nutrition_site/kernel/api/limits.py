"""Rate limits, shared across processes, counted with the `limits` library (atomic on Redis)."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from nutrition_site.kernel.errors import LimitReached

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands against one limit; seconds until the window ends."""

    limit: int
    remaining: int
    reset_seconds: int


@lru_cache(maxsize=1)
def limiter() -> RateLimiter:
    """The shared limiter."""
    url = settings.RATE_LIMIT_STORAGE_URL
    options = {"socket_connect_timeout": 1, "socket_timeout": 1} if url.startswith("redis") else {}
    storage: Storage = storage_from_string(url, **options) if url != "memory://" else MemoryStorage()
    return FixedWindowRateLimiter(storage)


def per_minute(amount: int) -> RateLimitItem:
    return RateLimitItemPerMinute(amount)


def per_hour(amount: int) -> RateLimitItem:
    return RateLimitItemPerHour(amount)


def per_day(amount: int) -> RateLimitItem:
    return RateLimitItemPerDay(amount)


def per_week(amount: int) -> RateLimitItem:
    return RateLimitItemPerDay(amount, 7)


def standing(item: RateLimitItem, *identifiers: str) -> Standing:
    """The present standing; counts nothing."""
    stats = limiter().get_window_stats(item, *identifiers)
    return Standing(item.amount, max(0, stats.remaining), max(1, math.ceil(stats.reset_time - time.time())))


def hit(item: RateLimitItem, *identifiers: str, message: str = "Too many requests. Please wait a moment.") -> Standing:
    """Counts one use. Raises LimitReached when the limit is used up.

    A limiter that cannot be reached lets the request pass: the store of counters must not be what stops the product.
    """
    try:
        allowed = limiter().hit(item, *identifiers)
        now_standing = standing(item, *identifiers)
    except Exception:
        log.warning("rate limit storage unreachable")
        return Standing(item.amount, item.amount, 60)
    if not allowed:
        raise LimitReached(message, retry_after_seconds=now_standing.reset_seconds, headers=limit_headers(now_standing))
    return now_standing


def test(item: RateLimitItem, *identifiers: str, message: str) -> None:
    """Raises LimitReached when one more use would not be allowed; counts nothing."""
    try:
        allowed = limiter().test(item, *identifiers)
    except Exception:
        log.warning("rate limit storage unreachable")
        return
    if not allowed:
        raise LimitReached(message, retry_after_seconds=standing(item, *identifiers).reset_seconds)


def limit_headers(value: Standing) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(value.limit),
        "RateLimit-Remaining": str(value.remaining),
        "RateLimit-Reset": str(value.reset_seconds),
    }


def client_address(request: Any) -> str:
    """The caller's address as the server saw it."""
    return request.META.get("REMOTE_ADDR") or "unknown"
