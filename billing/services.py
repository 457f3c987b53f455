"""Requesting, granting, extending, ending and renewing subscriptions, and what they allow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from nutrition_site.kernel import clock
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.entitlements import Entitlements
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound

from .gateways import gateway_named, present_gateway
from .gateways.protocol import Checkout, CheckoutRequest, Portal, PortalRequest
from .models import Subscription, Tier
from .periods import next_period_end
from .states import require_transition

FREE = "free"
Status = Subscription.Status


def resolve_entitlements(user: Any) -> Entitlements:
    """What the live subscription of a user allows; the free tier without one. One query."""
    if not getattr(user, "is_authenticated", False):
        return free_entitlements()
    live = Subscription.objects.of(user).entitling(clock.now()).select_related("tier").first()
    return entitlements_of_tier(live.tier) if live else free_entitlements()


def entitlements_of_tier(tier: Tier) -> Entitlements:
    """The limits of a tier; those of the free one come from the settings."""
    if tier.id == FREE:
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
    """The free tier has every feature; `RATE_LIMIT_*` changes its limits."""
    return Entitlements(
        tier=FREE,
        features=FREE_FEATURES,
        requests_per_minute=settings.RATE_LIMIT_REQUESTS_PER_MINUTE,
        plans_per_week=settings.RATE_LIMIT_PLANS_PER_WEEK,
        advisor_messages_per_day=settings.RATE_LIMIT_ADVISOR_PER_DAY,
        calendars=settings.RATE_LIMIT_CALENDARS,
    )


FREE_FEATURES = frozenset({"calendars", "meal_plans", "shopping_lists", "advisor"})


def live_subscription(user: Any) -> Subscription | None:
    """The subscription in force."""
    return Subscription.objects.of(user).entitling(clock.now()).select_related("tier").first()


def requested_subscription(user: Any) -> Subscription | None:
    """What the user asked for and nobody has answered yet."""
    return Subscription.objects.of(user).requested().select_related("tier").first()


def find_tier(tier_id: str, *, offered_only: bool = False) -> Tier:
    """A tier by id. Raises InvalidInput that lists what there is."""
    tiers = Tier.objects.filter(offered=True) if offered_only else Tier.objects.all()
    by_id = {tier.id: tier for tier in tiers}
    if tier_id not in by_id:
        raise InvalidInput.of("tier", _("Must be one of: %(names)s.") % {"names": ", ".join(by_id)})
    return by_id[tier_id]


@transaction.atomic
def request_subscription(*, by: Any, tier_id: str, return_url: str) -> tuple[Subscription, Checkout]:
    """Asks for a tier in one's own name; asking again for the same changes nothing, for another replaces the request.

    Raises InvalidInput for an unknown tier and Conflict `already_subscribed` for the one in force.
    """
    tier = find_tier(tier_id, offered_only=True)
    _lock(by)
    live = live_subscription(by)
    if (live.tier_id if live else FREE) == tier.id:
        raise Conflict(_("This is your present plan."), code="already_subscribed")
    gateway = present_gateway()
    checkout = gateway.start_checkout(
        CheckoutRequest(by.pk, by.email, tier.id, tier.price_minor, tier.currency, return_url)
    )
    waiting = requested_subscription(by)
    if waiting is not None and waiting.tier_id == tier.id:
        return waiting, checkout
    if waiting is not None:
        _close(waiting, status=Status.CANCELED, at=clock.now())
    request = Subscription.objects.create(
        user=by, tier=tier, status=Status.REQUESTED, gateway=gateway.name, external_id=checkout.external_id
    )
    record_audit(verb="subscription.requested", by=by, object_id=request.pk, tier=tier.id)
    return request, checkout


@transaction.atomic
def grant_subscription(
    *, user: Any, tier_id: str, by: Any, until: datetime | None = None, renews: bool = False, note: str = ""
) -> Subscription:
    """Gives a tier from now on, to a moment or without end, in place of the live one and of an open request.

    `renews`: beat adds a month each time `until` comes, for as long as nobody ends it. Raises InvalidInput for an
    unknown tier, an `until` that is not ahead, or a renewal without `until`.
    """
    moment = clock.now()
    tier = find_tier(tier_id)
    _check_until(until, moment)
    if renews and until is None:
        raise InvalidInput.of("until", "A subscription that renews needs the end of its first period.")
    _lock(user)
    for live in Subscription.objects.of(user).live():
        _close(live, status=Status.CANCELED, at=moment)
    values = {"tier": tier, "status": Status.ACTIVE, "started_at": moment, "current_period_end": until}
    values |= {"renews": renews, "note": note, "gateway": "offline"}
    waiting = requested_subscription(user)
    if waiting is not None and waiting.tier_id == tier.id:
        require_transition(waiting.status, Status.ACTIVE)
        Subscription.objects.filter(pk=waiting.pk).update(**values)
        granted = Subscription.objects.get(pk=waiting.pk)
    else:
        if waiting is not None:
            _close(waiting, status=Status.CANCELED, at=moment)
        granted = Subscription.objects.create(user=user, **values)
    record_audit(verb="subscription.granted", by=by, object_id=granted.pk, tier=tier.id, user_id=user.pk)
    return granted


@transaction.atomic
def extend_subscription(*, user: Any, by: Any, until: datetime | None = None) -> Subscription:
    """Moves the end of the live period to a moment, or by a month without one. Raises NotFound and InvalidInput."""
    moment = clock.now()
    _lock(user)
    live = _require_live(user)
    if until is None:
        if live.current_period_end is None:
            raise InvalidInput.of("until", "This subscription has no end; nothing has to be extended.")
        until = next_period_end(live.current_period_end, after=max(moment, live.current_period_end))
    _check_until(until, moment)
    require_transition(live.status, Status.ACTIVE)
    Subscription.objects.filter(pk=live.pk).update(current_period_end=until, status=Status.ACTIVE)
    record_audit(verb="subscription.extended", by=by, object_id=live.pk, user_id=user.pk)
    live.refresh_from_db()
    return live


@transaction.atomic
def end_subscription(*, user: Any, by: Any) -> Subscription:
    """Ends the live subscription at once. Raises NotFound when there is none."""
    _lock(user)
    live = _require_live(user)
    _close(live, status=Status.CANCELED, at=clock.now())
    record_audit(verb="subscription.ended", by=by, object_id=live.pk, user_id=user.pk)
    return live


@transaction.atomic
def cancel_subscription(*, user: Any, by: Any) -> Subscription:
    """Stops renewals and an open request; what is paid for stays until the period ends, an open end is now.

    Raises Conflict `not_subscribed` when there is nothing to cancel.
    """
    _lock(user)
    waiting, live = requested_subscription(user), Subscription.objects.of(user).live().first()
    if waiting is not None:
        _close(waiting, status=Status.CANCELED, at=clock.now())
    if live is not None:
        gateway_named(live.gateway).cancel_at_period_end(live.external_id)
        if live.current_period_end is None:
            _close(live, status=Status.CANCELED, at=clock.now())
        else:
            Subscription.objects.filter(pk=live.pk).update(renews=False)
    subject = live or waiting
    if subject is None:
        raise Conflict(_("There is no subscription to cancel."), code="not_subscribed")
    record_audit(verb="subscription.canceled", by=by, object_id=subject.pk, user_id=user.pk)
    subject.refresh_from_db()
    return subject


def renew_and_expire() -> dict[str, int]:
    """Renews or closes every period that is over; safe to run at any time, twice, and in several places at once."""
    moment = clock.now()
    counts = {"renewed": 0, "expired": 0}
    for pk in list(Subscription.objects.due(moment).values_list("pk", flat=True)):
        outcome = _settle(pk, moment)
        if outcome:
            counts[outcome] += 1
    return counts


@transaction.atomic
def _settle(pk: str, moment: datetime) -> str | None:
    row = Subscription.objects.select_for_update().due(moment).filter(pk=pk).first()
    if row is None or row.current_period_end is None:
        return None
    if not row.renews:
        _close(row, status=Status.EXPIRED, at=row.current_period_end)
        record_audit(verb="subscription.expired", by=None, object_id=row.pk, user_id=row.user_id)
        return "expired"
    if not gateway_named(row.gateway).renews_here:
        return None
    end = next_period_end(row.current_period_end, after=moment)
    Subscription.objects.filter(pk=pk, current_period_end=row.current_period_end).update(current_period_end=end)
    record_audit(verb="subscription.renewed", by=None, object_id=row.pk, user_id=row.user_id)
    return "renewed"


def open_portal(*, user: Any, return_url: str) -> Portal:
    """Where the user manages the subscription. Raises ProviderError."""
    live = live_subscription(user)
    gateway = gateway_named(live.gateway) if live else present_gateway()
    return gateway.open_portal(PortalRequest(user.pk, live.external_id if live else "", return_url))


def _lock(user: Any) -> None:
    """One at a time for one account: two grants at once must not both see no live subscription."""
    get_user_model().objects.select_for_update().get(pk=user.pk)


def _require_live(user: Any) -> Subscription:
    live = Subscription.objects.of(user).live().select_related("tier").first()
    if live is None:
        raise NotFound(_("There is no live subscription."))
    return live


def _check_until(until: datetime | None, moment: datetime) -> None:
    if until is not None and until <= moment:
        raise InvalidInput.of("until", "Must lie ahead.")


def _close(row: Subscription, *, status: str, at: datetime) -> None:
    require_transition(row.status, status)
    Subscription.objects.filter(pk=row.pk).update(status=status, ended_at=at, renews=False)
    row.refresh_from_db()
