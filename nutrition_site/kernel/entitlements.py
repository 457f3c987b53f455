"""What a subscription allows, as a value that travels with the request; billing decides it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from nutrition_site.kernel.context import request_id

_KEPT = "_entitlements_in_request"


@dataclass(frozen=True, slots=True)
class Entitlements:
    """The limits and features in force for one account."""

    tier: str = "free"
    features: frozenset[str] = field(default_factory=frozenset)
    requests_per_minute: int = 300
    plans_per_week: int = 20
    advisor_messages_per_day: int = 40
    calendars: int = 5

    def allows(self, feature: str) -> bool:
        return feature in self.features


@lru_cache(maxsize=1)
def _resolver() -> Any:
    return import_string(settings.ENTITLEMENTS_RESOLVER)


def entitlements_of(user: Any) -> Entitlements:
    """The entitlements of a user, through the resolver named in settings (tasks and requests alike).

    Asked once a request: limits, quotas and features of one request are those it began with.
    """
    asked = request_id.get()
    known: tuple[str, Entitlements] | None = getattr(user, _KEPT, None)
    if asked and known is not None and known[0] == asked:
        return known[1]
    result: Entitlements = _resolver()(user)
    if asked and getattr(user, "is_authenticated", False):
        setattr(user, _KEPT, (asked, result))
    return result
