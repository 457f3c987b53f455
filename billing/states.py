"""Which state of a subscription may follow which."""

from __future__ import annotations

from nutrition_site.kernel.errors import Conflict

LIVE = ("active", "past_due")

ALLOWED: dict[str, frozenset[str]] = {
    "requested": frozenset({"active", "canceled"}),
    "active": frozenset({"active", "past_due", "canceled", "expired"}),
    "past_due": frozenset({"active", "canceled", "expired"}),
    "canceled": frozenset(),
    "expired": frozenset(),
}


def require_transition(before: str, after: str) -> None:
    """Raises Conflict `subscription_state` when `after` may not follow `before`; staying active is a renewal."""
    if after not in ALLOWED[before]:
        raise Conflict(f"A subscription that is {before} cannot become {after}.", code="subscription_state")
