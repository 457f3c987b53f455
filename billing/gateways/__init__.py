"""Gateways by name, as `PAYMENT_GATEWAYS` in the settings lists them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from .protocol import PaymentGateway


@lru_cache(maxsize=8)
def _make(path: str) -> PaymentGateway:
    gateway: PaymentGateway = import_string(path)()
    return gateway


def gateway_named(name: str) -> PaymentGateway:
    """The gateway of a subscription. KeyError for a name that is not in the settings."""
    return _make(settings.PAYMENT_GATEWAYS[name])


def present_gateway() -> PaymentGateway:
    """The gateway for new subscriptions."""
    return gateway_named(settings.PAYMENT_GATEWAY)
