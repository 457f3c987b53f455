"""Tiers and subscriptions. Billing reaches the other apps only as a frozen `Entitlements` value."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from nutrition_site.kernel.fields import IdField

from . import querysets


class Tier(models.Model):
    """What a subscription of this tier includes, as data that staff can edit."""

    id = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    price_minor = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, default="EUR")
    features = models.JSONField(default=list)
    requests_per_minute = models.PositiveIntegerField()
    plans_per_week = models.PositiveIntegerField()
    advisor_messages_per_day = models.PositiveIntegerField()
    calendars = models.PositiveIntegerField()
    offered = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A request for a tier or a period of entitlement; an account has at most one of each."""

    class Status(models.TextChoices):
        REQUESTED = "requested"
        ACTIVE = "active"
        PAST_DUE = "past_due"
        CANCELED = "canceled"
        EXPIRED = "expired"

    id = IdField("sub")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="subscriptions")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    gateway = models.CharField(max_length=20, default="offline")
    external_id = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    current_period_end = models.DateTimeField(null=True, blank=True)
    renews = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["status", "current_period_end"], name="subscription_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(status__in=["active", "past_due"]), name="subscription_one_live_per_user"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(status="requested"), name="subscription_one_request_per_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.tier_id} {self.status}"
