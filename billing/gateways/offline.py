"""Payment outside the product: a person asks, staff receive the money their own way and grant the tier."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .protocol import Checkout, CheckoutRequest, Portal, PortalRequest


class OfflineGateway:
    """Never fails and calls nobody."""

    name = "offline"
    renews_here = True

    def start_checkout(self, request: CheckoutRequest) -> Checkout:
        """Staff decide; there is no page to go to."""
        return Checkout(
            url=None,
            needs_approval=True,
            external_id="",
            message=_("Your request was sent to the staff. Your present plan stays until they confirm it."),
        )

    def open_portal(self, request: PortalRequest) -> Portal:
        """Our own page is the portal."""
        return Portal(url=request.return_url, message=_("Subscriptions are arranged with the staff."))

    def cancel_at_period_end(self, external_id: str) -> None:
        """Nobody else has to be told."""
