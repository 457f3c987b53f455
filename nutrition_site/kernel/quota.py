"""Quotas of a tier that last longer than a minute: plans a week, advisor messages a day. Only success uses one up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext_noop
from limits import RateLimitItem

from .api import limits
from .entitlements import Entitlements, entitlements_of
from .errors import LimitReached

_ITEMS: dict[str, Callable[[Entitlements], RateLimitItem]] = {
    "plans_per_week": lambda allowed: limits.per_week(allowed.plans_per_week),
    "advisor_messages_per_day": lambda allowed: limits.per_day(allowed.advisor_messages_per_day),
}
_WORDS = {
    "plans_per_week": gettext_noop("This week's meal plans are used up."),
    "advisor_messages_per_day": gettext_noop("Today's messages to the advisor are used up."),
}


def quota_item(*, user: Any, name: str) -> RateLimitItem:
    """The limit in force for this user: `plans_per_week` or `advisor_messages_per_day`. KeyError for another name."""
    return _ITEMS[name](entitlements_of(user))


def quota_standing(*, user: Any, name: str) -> limits.Standing:
    """How much of a quota is left; counts nothing."""
    return limits.peek(quota_item(user=user, name=name), "quota", name, user.pk)


def check_quota(*, user: Any, name: str) -> None:
    """Raises LimitReached (429, `Retry-After`) when nothing is left; counts nothing."""
    present = quota_standing(user=user, name=name)
    if present.remaining < 1:
        raise _refusal(name, present)


def use_quota(*, user: Any, name: str) -> None:
    """Counts one use. Raises LimitReached, and counts nothing, when nothing is left."""
    item = quota_item(user=user, name=name)
    try:
        limits.hit(item, "quota", name, user.pk)
    except LimitReached:
        limits.give_back(item, "quota", name, user.pk)
        raise _refusal(name, limits.peek(item, "quota", name, user.pk))


@contextmanager
def quota(*, user: Any, name: str) -> Iterator[None]:
    """Counts one use for the block and takes it back when the block raises.

    Two requests at once cannot both take the last one, and a refused request uses nothing. Raises LimitReached.
    """
    use_quota(user=user, name=name)
    try:
        yield
    except BaseException:
        limits.give_back(quota_item(user=user, name=name), "quota", name, user.pk)
        raise


def _refusal(name: str, present: limits.Standing) -> LimitReached:
    return LimitReached(
        _WORDS[name],
        code="quota_used_up",
        retry_after_seconds=present.reset_seconds,
        extra={"quota": name, "limit": present.limit},
    )
