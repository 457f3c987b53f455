"""Billing's operations, relative to `/v1/`."""

from django.urls import path

from . import api

urlpatterns = [
    path("plans", api.ListTiers.as_view(), name="api-tiers"),
    path("subscription", api.OwnSubscription.as_view(), name="api-subscription"),
    path("subscription/portal", api.SubscriptionPortal.as_view(), name="api-portal"),
]
