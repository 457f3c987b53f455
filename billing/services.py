"""Granting, ending and resolving subscriptions."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from nutrition_site.kernel.entitlements import Entitlements

from .models import Subscription, Tier


def resolve_entitlements(user: Any) -> Entitlements:
    """What the live subscription of a user allows; the free tier without one."""
    tier = (
        Tier.objects.filter(subscriptions__user=user, subscriptions__status__in=["active", "past_due"]).first()
        if getattr(user, "is_authenticated", False)
        else None
    )
    if tier is None:
        return free_entitlements()
    return Entitlements(
        tier=tier.id,
        features=frozenset(tier.features),
        requests_per_minute=tier.requests_per_minute,
        plans_per_week=tier.plans_per_week,
        advisor_messages_per_day=tier.advisor_messages_per_day,
        calendars=tier.calendars,
    )


def free_entitlements() -> Entitlements:
    """The free tier; `RATE_LIMIT_*` changes its limits."""
    return Entitlements(
        tier="free",
        requests_per_minute=settings.RATE_LIMIT_REQUESTS_PER_MINUTE,
        plans_per_week=settings.RATE_LIMIT_PLANS_PER_WEEK,
        advisor_messages_per_day=settings.RATE_LIMIT_ADVISOR_PER_DAY,
        calendars=settings.RATE_LIMIT_CALENDARS,
    )


__all__ = ["Subscription", "free_entitlements", "resolve_entitlements"]
