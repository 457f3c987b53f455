"""The subscription page: what is included, what is used, choosing and cancelling."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from billing import services
from billing.forms import TierForm
from billing.models import Tier
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.quota import quota_standing
from nutrition_site.pages import go_to, once, posted, show_refusal, signed_in_page

QUOTAS = (
    ("plans_per_week", lazy("Meal plans this week")),
    ("advisor_messages_per_day", lazy("Questions to the advisor today")),
)
FEATURES = {
    "calendars": lazy("Training calendars"),
    "meal_plans": lazy("Meal plans"),
    "shopping_lists": lazy("Shopping lists"),
    "advisor": lazy("The advisor"),
    "coaching": lazy("For coaches and their athletes"),
}


@signed_in_page
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: Any) -> HttpResponse:
    """The present tier with its limits, and the others on offer; asking for one changes nothing yet."""
    form = TierForm(posted(request))
    if request.method == "POST" and form.is_valid():
        answer = _choose(request, form)
        if answer is not None:
            return answer
    user = request.user
    live = services.live_subscription(user)
    waiting = services.requested_subscription(user)
    allowed = services.entitlements_of_tier(live.tier) if live else services.free_entitlements()
    page = {
        "form": form,
        "live": live,
        "waiting": waiting,
        "may_cancel": bool(waiting or (live and (live.renews or live.current_period_end is None))),
        "allowed": allowed,
        "used": [_used(user, name, words) for name, words in QUOTAS],
        "tiers": [_tier(tier, allowed.tier, waiting) for tier in Tier.objects.filter(offered=True)],
        "present_name": gettext(live.tier.name) if live else gettext("Free"),
    }
    return render(request, "billing/subscription.html", page, status=422 if form.errors else 200)


def _choose(request: Any, form: TierForm) -> HttpResponse | None:
    """Redirects after a request for a tier; None when it was refused, with the reason above the form."""

    def produce() -> str:
        _, checkout = services.request_subscription(
            by=request.user,
            tier_id=form.cleaned_data["tier"],
            return_url=request.build_absolute_uri(reverse("subscription")),
        )
        messages.success(request, checkout.message)
        return checkout.url or reverse("subscription")

    try:
        return go_to(request, once(request, produce))
    except DomainError as error:
        if error.status >= 500:
            raise
        show_refusal(form, error)
        return None


def _used(user: Any, name: str, words: str) -> dict[str, Any]:
    """How much of a limit is used, with a width for its bar."""
    standing = quota_standing(user=user, name=name)
    used = standing.limit - standing.remaining
    width = min(100.0, 100.0 * used / standing.limit) if standing.limit else 100.0
    return {"words": words, "used": used, "limit": standing.limit, "width": f"{width:.1f}"}


def _tier(tier: Tier, present: str, waiting: Any) -> dict[str, Any]:
    limits = services.entitlements_of_tier(tier)
    return {
        "tier": tier,
        "price": f"{number_format(tier.price_minor / 100, 2)} {tier.currency}" if tier.price_minor else "",
        "limits": limits,
        "features": [FEATURES.get(name, name.replace("_", " ")) for name in sorted(limits.features)],
        "is_present": tier.id == present,
        "is_waiting": bool(waiting and waiting.tier_id == tier.id),
        "is_free": tier.id == services.FREE,
    }


@signed_in_page
@require_http_methods(["GET", "HEAD"])
def subscription_cancel(request: Any) -> HttpResponse:
    """Asks before a subscription or a request ends."""
    live, waiting = services.live_subscription(request.user), services.requested_subscription(request.user)
    page = {"live": live, "waiting": waiting, "back_url": reverse("subscription")}
    return render(request, "billing/cancel.html", page)


@signed_in_page
@require_POST
def subscription_end(request: Any) -> HttpResponse:
    """Stops renewals and an open request; what is paid for stays until its end."""

    def produce() -> str:
        services.cancel_subscription(user=request.user, by=request.user)
        return reverse("subscription")

    try:
        url = once(request, produce)
    except DomainError as error:
        if error.status >= 500:
            raise
        messages.warning(request, error.message)
        url = reverse("subscription")
    else:
        messages.success(request, gettext("Canceled. What is paid for stays until the period ends."))
    return go_to(request, url)
