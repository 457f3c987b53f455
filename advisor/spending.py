"""What the outside model costs: the price of an answer, the sums of a month, and the caps on them.

Prices are dollars for a million tokens, so a token costs as many micro-dollars as its price says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from advisor.backends.protocol import BackendFailed
from advisor.models import ModelSpend
from athletes.models import User
from nutrition_site.kernel import clock

MICROUSD_PER_USD = 1_000_000
MOST_TOKENS = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """USD for a million tokens, by kind of token."""

    input_usd: Decimal
    output_usd: Decimal
    cache_read_usd: Decimal
    cache_write_usd: Decimal


def prices_in_force() -> Prices:
    """The prices that the operator set; see `AI_PRICE_…`."""
    return Prices(
        input_usd=settings.AI_PRICE_INPUT_USD_PER_MTOK,
        output_usd=settings.AI_PRICE_OUTPUT_USD_PER_MTOK,
        cache_read_usd=settings.AI_PRICE_CACHE_READ_USD_PER_MTOK,
        cache_write_usd=settings.AI_PRICE_CACHE_WRITE_USD_PER_MTOK,
    )


def cost_of(usage: Mapping[str, Any], prices: Prices) -> int:
    """What these tokens cost in whole micro-dollars, rounded up.

    `usage` holds `input_tokens` (without those from or into the cache), `output_tokens`, `cache_read_tokens` and
    `cache_write_tokens`; what is missing was not used.
    """
    cost = (
        _tokens(usage, "input_tokens") * prices.input_usd
        + _tokens(usage, "output_tokens") * prices.output_usd
        + _tokens(usage, "cache_read_tokens") * prices.cache_read_usd
        + _tokens(usage, "cache_write_tokens") * prices.cache_write_usd
    )
    return int(cost.to_integral_value(rounding=ROUND_CEILING))


def note_cost(account: User, usage: Mapping[str, Any]) -> int:
    """Adds what an answer used to the sums of this month, of the account and of all, and returns its cost in
    micro-dollars. Also for a draft that was thrown away: it was paid for.

    Sums are added in the database, so two at once lose nothing.
    """
    cost = cost_of(usage, prices_in_force())
    read = _tokens(usage, "input_tokens") + _tokens(usage, "cache_read_tokens") + _tokens(usage, "cache_write_tokens")
    written = _tokens(usage, "output_tokens")
    if not (read or written):
        return cost
    # Always in this order: two accounts wait for each other at the sum of all, never in a circle.
    with transaction.atomic():
        for owner in (account, None):
            row, _ = ModelSpend.objects.get_or_create(month=_month(), account=owner)
            ModelSpend.objects.filter(pk=row.pk).update(
                cost_microusd=F("cost_microusd") + cost,
                input_tokens=F("input_tokens") + read,
                output_tokens=F("output_tokens") + written,
                answers=F("answers") + 1,
            )
    return cost


def refuse_over_cap(account: User) -> None:
    """Raises BackendFailed("spend_cap") once this month's sum of the account, or of all, has reached its cap.

    The answer that reaches a cap is still given, so a month may end one answer of each question at a time above it.
    """
    caps = (
        (account, settings.AI_MONTHLY_CAP_ACCOUNT_USD),
        (None, settings.AI_MONTHLY_CAP_INSTANCE_USD),
    )
    for owner, cap_usd in caps:
        if cap_usd is not None and spent_microusd(owner) >= cap_usd * MICROUSD_PER_USD:
            raise BackendFailed("spend_cap")


def spent_microusd(account: User | None) -> int:
    """What the model has cost this month for an account, or for all of them."""
    found = ModelSpend.objects.filter(month=_month(), account=account).values_list("cost_microusd", flat=True).first()
    return found or 0


def carry_usage(error: BaseException, usage: Mapping[str, Any]) -> None:
    """Leaves with an error what was used before it: a failure has been paid for, too."""
    vars(error)["usage"] = dict(usage)


def usage_of(error: BaseException) -> dict[str, Any]:
    """What was used before this error; empty when nothing was, or nobody knows."""
    return dict(vars(error).get("usage", {}))


def _tokens(usage: Mapping[str, Any], name: str) -> int:
    value = usage.get(name)
    # No answer within the limits of a question uses as many: what a broken server says may not use up a month.
    return min(max(0, value), MOST_TOKENS) if isinstance(value, int) and not isinstance(value, bool) else 0


def _month() -> date:
    """The first day of this month, UTC, as bills have it."""
    return clock.now().date().replace(day=1)
