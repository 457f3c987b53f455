"""Shapes of tiers and subscriptions, and how rows become them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from nutrition_site.kernel.api.operations import StrictSerializer
from nutrition_site.kernel.entitlements import Entitlements

from .models import Subscription, Tier
from .services import FREE, entitlements_of_tier


class SubscriptionIn(StrictSerializer):
    tier = serializers.CharField(max_length=20)


class EmptyIn(StrictSerializer):
    """No fields."""


class MoneyOut(serializers.Serializer):
    amount_minor = serializers.IntegerField(help_text="In the smallest unit of the currency.")
    currency = serializers.CharField()


class LimitsOut(serializers.Serializer):
    requests_per_minute = serializers.IntegerField()
    plans_per_week = serializers.IntegerField()
    advisor_messages_per_day = serializers.IntegerField()
    calendars = serializers.IntegerField()


class TierOut(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    price = MoneyOut(help_text="A month.")
    features = serializers.ListField(child=serializers.CharField())
    limits = LimitsOut()


class TierPageOut(serializers.Serializer):
    items = TierOut(many=True)
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    limit = serializers.IntegerField()


class RequestOut(serializers.Serializer):
    id = serializers.CharField()
    tier = serializers.CharField()
    created_at = serializers.DateTimeField()


class SubscriptionOut(serializers.Serializer):
    id = serializers.CharField(allow_null=True, help_text="Null on the free tier, which needs no subscription.")
    tier = serializers.CharField()
    status = serializers.CharField()
    gateway = serializers.CharField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    current_period_end = serializers.DateTimeField(allow_null=True)
    renews = serializers.BooleanField()
    features = serializers.ListField(child=serializers.CharField())
    limits = LimitsOut()
    requested = RequestOut(allow_null=True, help_text="Asked for and not answered yet.")


class CheckoutOut(SubscriptionOut):
    checkout_url = serializers.CharField(allow_null=True, help_text="Where to pay; null where staff decide.")
    message = serializers.CharField()


class PortalOut(serializers.Serializer):
    url = serializers.CharField()
    gateway = serializers.CharField()
    message = serializers.CharField()


def limits_of(allowed: Entitlements) -> dict[str, int]:
    return {
        "requests_per_minute": allowed.requests_per_minute,
        "plans_per_week": allowed.plans_per_week,
        "advisor_messages_per_day": allowed.advisor_messages_per_day,
        "calendars": allowed.calendars,
    }


def represent_tier(tier: Tier) -> dict[str, Any]:
    allowed = entitlements_of_tier(tier)
    return {
        "id": tier.id,
        "name": tier.name,
        "price": {"amount_minor": tier.price_minor, "currency": tier.currency},
        "features": sorted(allowed.features),
        "limits": limits_of(allowed),
    }


def represent_subscription(
    live: Subscription | None, requested: Subscription | None, allowed: Entitlements
) -> dict[str, Any]:
    """The subscription in force, or the free tier where there is none, and the request that waits."""
    waiting = requested and {"id": requested.pk, "tier": requested.tier_id, "created_at": requested.created_at}
    return {
        "id": live.pk if live else None,
        "tier": live.tier_id if live else FREE,
        "status": live.status if live else "active",
        "gateway": live.gateway if live else None,
        "started_at": live.started_at if live else None,
        "current_period_end": live.current_period_end if live else None,
        "renews": bool(live and live.renews),
        "features": sorted(allowed.features),
        "limits": limits_of(allowed),
        "requested": waiting,
    }
