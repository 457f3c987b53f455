"""Rate limits, shared across processes, counted with the `limits` library (atomic on Redis)."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext_noop
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
    storage = MemoryStorage() if url == "memory://" else storage_from_string(url, **options)
    return FixedWindowRateLimiter(cast(Storage, storage))


def per_minute(amount: int, minutes: int = 1) -> RateLimitItem:
    return RateLimitItemPerMinute(amount, minutes)


def per_hour(amount: int) -> RateLimitItem:
    return RateLimitItemPerHour(amount)


def per_day(amount: int) -> RateLimitItem:
    return RateLimitItemPerDay(amount)


def per_week(amount: int) -> RateLimitItem:
    return RateLimitItemPerDay(amount, 7)


def peek(item: RateLimitItem, *identifiers: str) -> Standing:
    """Like `standing`, and never fails: an unreachable store reads as an unused limit."""
    try:
        return standing(item, *identifiers)
    except Exception:
        log.warning("rate limit storage unreachable")
        return Standing(item.amount, item.amount, 60)


def standing(item: RateLimitItem, *identifiers: str) -> Standing:
    """The present standing; counts nothing."""
    stats = limiter().get_window_stats(item, *identifiers)
    unused = stats.remaining >= item.amount
    seconds = item.get_expiry() if unused else max(1, math.ceil(stats.reset_time - time.time()))
    return Standing(item.amount, max(0, stats.remaining), seconds)


TOO_MANY = gettext_noop("Too many requests. Please wait a moment.")


def hit(item: RateLimitItem, *identifiers: str, message: str = TOO_MANY) -> Standing:
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


def test(item: RateLimitItem, *identifiers: str, message: str) -> Standing:
    """Raises LimitReached when one more use would not be allowed; counts nothing."""
    present = peek(item, *identifiers)
    if present.remaining < 1:
        raise LimitReached(message, retry_after_seconds=present.reset_seconds, headers=limit_headers(present))
    return present


def give_back(item: RateLimitItem, *identifiers: str) -> None:
    """Takes one counted use back, because what it was counted for did not happen."""
    try:
        # A window that has ended meanwhile has nothing to take back from.
        if limiter().get_window_stats(item, *identifiers).remaining < item.amount:
            limiter().storage.incr(item.key_for(*identifiers), item.get_expiry(), amount=-1)
    except Exception:
        log.warning("rate limit storage unreachable")


def limit_headers(value: Standing) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(value.limit),
        "RateLimit-Remaining": str(value.remaining),
        "RateLimit-Reset": str(value.reset_seconds),
    }


def client_address(request: Any) -> str:
    """The caller's address.

    What the server saw; behind a proxy of `TRUSTED_PROXIES` the last address in `X-Forwarded-For` that is not itself
    such a proxy. Without that setting the header is ignored: anybody can send it.
    """
    seen: str = request.META.get("REMOTE_ADDR") or "unknown"
    trusted: list[str] = getattr(settings, "TRUSTED_PROXIES", [])
    if not trusted or not in_networks(seen, trusted):
        return seen
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        address = hop.strip()
        if not _is_address(address):
            break
        seen = address
        if not in_networks(address, trusted):
            break
    return seen


def in_networks(address: str, networks: list[str]) -> bool:
    """Whether an address lies in one of these networks; False for what is no address."""
    if not _is_address(address):
        return False
    parsed = ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return any((mapped or parsed) in ip_network(network, strict=False) for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
