"""How money, or a promise of it, comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """Who wants which tier; `return_url` is where a hosted page sends the person back to."""

    user_id: str
    email: str
    tier_id: str
    price_minor: int
    currency: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """What happens next: a page to go to, or somebody who decides. `message` is for the person."""

    url: str | None
    needs_approval: bool
    external_id: str
    message: str


@dataclass(frozen=True, slots=True)
class PortalRequest:
    """Whose subscription is to be managed; `external_id` is empty while the gateway does not know the account."""

    user_id: str
    external_id: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Portal:
    """Where a subscription is managed."""

    url: str
    message: str


class PaymentGateway(Protocol):
    """One way to pay.

    An implementation raises `ProviderError` (`permanent=True` when a retry cannot help) and nothing else; it must not
    read settings inside a call, write to our tables or grant anything: services do, when the gateway or staff confirms.
    Every method may be called twice with the same request and then has the effect of one call.
    """

    name: str
    # Whether our own beat renews periods, or the gateway tells us.
    renews_here: bool

    def start_checkout(self, request: CheckoutRequest) -> Checkout:
        """Begins the way to a tier."""
        ...

    def open_portal(self, request: PortalRequest) -> Portal:
        """Where the person manages the subscription."""
        ...

    def cancel_at_period_end(self, external_id: str) -> None:
        """Stops renewals of a subscription; it runs until the period ends."""
        ...
