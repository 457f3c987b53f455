"""Tiers and one's own subscription."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from nutrition_site.kernel.api.operations import CreatingMixin, Operation, PublicOperation
from nutrition_site.kernel.api.schema import PAGING

from . import services
from .models import Tier
from .serializers import (
    CheckoutOut,
    EmptyIn,
    PortalOut,
    SubscriptionIn,
    SubscriptionOut,
    TierPageOut,
    represent_subscription,
    represent_tier,
)

PAGE = "/subscription"


def _present(user: Any) -> dict[str, Any]:
    return represent_subscription(
        services.live_subscription(user), services.requested_subscription(user), services.resolve_entitlements(user)
    )


class ListTiers(PublicOperation):
    """The tiers on offer, with their limits and monthly prices."""

    @extend_schema(operation_id="list_tiers", tags=["billing"], parameters=PAGING, responses={200: TierPageOut})
    def get(self, request: Any) -> Response:
        return self.page(Tier.objects.filter(offered=True), represent_tier)


class OwnSubscription(CreatingMixin, Operation):
    """One's own subscription."""

    @extend_schema(operation_id="read_subscription", tags=["billing"], responses={200: SubscriptionOut})
    def get(self, request: Any) -> Response:
        return Response(_present(request.user))

    @extend_schema(
        operation_id="request_subscription",
        tags=["billing"],
        request=SubscriptionIn,
        responses={200: CheckoutOut, 202: CheckoutOut},
        description="Asks for a tier: 202 while payment or staff decide. `free` cancels at the end of the period: 200.",
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        tier_id = services.find_tier(self.read(SubscriptionIn)["tier"], offered_only=True).id
        if tier_id == services.FREE:
            services.cancel_subscription(user=request.user, by=request.user)
            words = {
                "checkout_url": None,
                "message": gettext("Canceled. What is paid for stays until the period ends."),
            }
            return Response({**_present(request.user), **words})
        _, checkout = services.request_subscription(
            by=request.user, tier_id=tier_id, return_url=request.build_absolute_uri(PAGE)
        )
        words = {"checkout_url": checkout.url, "message": checkout.message}
        return Response({**_present(request.user), **words}, status=202, headers={"Location": "/v1/subscription"})


class SubscriptionPortal(Operation):
    """Where the subscription is managed."""

    @extend_schema(operation_id="read_portal", tags=["billing"], responses={200: PortalOut})
    def get(self, request: Any) -> Response:
        return self._answer(request)

    @extend_schema(operation_id="open_portal", tags=["billing"], request=EmptyIn, responses={200: PortalOut})
    def post(self, request: Any) -> Response:
        self.read(EmptyIn)
        return self._answer(request)

    def _answer(self, request: Any) -> Response:
        portal = services.open_portal(user=request.user, return_url=request.build_absolute_uri(PAGE))
        live = services.live_subscription(request.user)
        gateway = live.gateway if live else services.present_gateway().name
        return Response({"url": portal.url, "gateway": gateway, "message": portal.message})
