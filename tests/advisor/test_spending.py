"""What the outside model costs, and the caps on it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection

from advisor.backends.protocol import BackendFailed
from advisor.models import ModelSpend
from advisor.spending import Prices, carry_usage, cost_of, note_cost, refuse_over_cap, spent_microusd, usage_of

pytestmark = [pytest.mark.django_db, pytest.mark.core]

PRICES = Prices(
    input_usd=Decimal(3), output_usd=Decimal(15), cache_read_usd=Decimal("0.3"), cache_write_usd=Decimal("3.75")
)
USAGE = {"input_tokens": 1000, "output_tokens": 200, "cache_read_tokens": 5000, "cache_write_tokens": 400}
# 3000 for what was read, 3000 for what was written, 1500 from the cache, 1500 into it.
COST = 9000


@pytest.fixture(autouse=True)
def _prices(settings):
    settings.AI_PRICE_INPUT_USD_PER_MTOK, settings.AI_PRICE_OUTPUT_USD_PER_MTOK = Decimal(3), Decimal(15)
    settings.AI_PRICE_CACHE_READ_USD_PER_MTOK = Decimal("0.3")
    settings.AI_PRICE_CACHE_WRITE_USD_PER_MTOK = Decimal("3.75")
    settings.AI_MONTHLY_CAP_ACCOUNT_USD = settings.AI_MONTHLY_CAP_INSTANCE_USD = None


def test_a_token_costs_as_many_microdollars_as_a_million_cost_dollars():
    assert cost_of(USAGE, PRICES) == COST


def test_parts_of_a_microdollar_are_rounded_up():
    assert cost_of({"cache_read_tokens": 1}, PRICES) == 1


def test_what_is_not_said_was_not_used():
    assert cost_of({"model": "x", "input_tokens": None, "output_tokens": "many"}, PRICES) == 0


def test_an_answer_is_added_to_the_account_and_to_all(alice, sam):
    costs = [note_cost(alice, USAGE), note_cost(alice, USAGE), note_cost(sam, USAGE)]
    sums = [spent_microusd(owner) for owner in (alice, sam, None)]
    assert (costs, sums) == ([COST] * 3, [2 * COST, COST, 3 * COST])


def test_the_row_of_a_month_counts_answers_and_tokens(alice):
    note_cost(alice, USAGE)
    note_cost(alice, USAGE)
    row = ModelSpend.objects.get(account=alice)
    assert (row.month.day, row.answers, row.input_tokens, row.output_tokens) == (1, 2, 12_800, 400)


def test_an_answer_of_the_built_in_advisor_costs_nothing_and_leaves_no_row(alice):
    assert (note_cost(alice, {"latency_ms": 5}), ModelSpend.objects.count()) == (0, 0)


def test_without_a_cap_nobody_is_refused(alice):
    note_cost(alice, {"output_tokens": 10**9})
    assert refuse_over_cap(alice) is None


def test_an_account_at_its_cap_is_refused_and_others_are_not(alice, sam, settings):
    settings.AI_MONTHLY_CAP_ACCOUNT_USD = Decimal("0.009")
    note_cost(alice, USAGE)
    with pytest.raises(BackendFailed) as caught:
        refuse_over_cap(alice)
    assert (caught.value.code, refuse_over_cap(sam)) == ("spend_cap", None)


def test_an_account_below_its_cap_may_ask(alice, settings):
    settings.AI_MONTHLY_CAP_ACCOUNT_USD = Decimal("0.009001")
    note_cost(alice, USAGE)
    assert refuse_over_cap(alice) is None


def test_the_cap_of_all_refuses_everybody(alice, sam, settings):
    settings.AI_MONTHLY_CAP_INSTANCE_USD = Decimal("0.018")
    note_cost(alice, USAGE)
    assert refuse_over_cap(sam) is None
    note_cost(alice, USAGE)
    with pytest.raises(BackendFailed):
        refuse_over_cap(sam)


def test_a_new_month_begins_with_nothing_spent(alice, settings, monkeypatch):
    settings.AI_MONTHLY_CAP_ACCOUNT_USD = Decimal("0.001")
    monkeypatch.setattr("nutrition_site.kernel.clock.now", lambda: datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    note_cost(alice, USAGE)
    monkeypatch.setattr("nutrition_site.kernel.clock.now", lambda: datetime(2026, 2, 1, 0, 0, tzinfo=UTC))
    assert (refuse_over_cap(alice), spent_microusd(alice)) == (None, 0)


def test_an_error_carries_what_was_used_before_it():
    error = BackendFailed("cut_stream")
    carry_usage(error, {"input_tokens": 7})
    assert (usage_of(error), usage_of(BackendFailed("other"))) == ({"input_tokens": 7}, {})


@pytest.mark.django_db(transaction=True)
def test_answers_that_end_at_once_lose_no_sum():
    from tests import factories

    users = [factories.make_athlete(email=f"spender{n}@example.com").user for n in range(2)]
    start = threading.Barrier(6)

    def spend(user):
        try:
            start.wait(10)
            for _ in range(3):
                note_cost(user, USAGE)
        finally:
            connection.close()

    threads = [threading.Thread(target=spend, args=(users[n % 2],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [spent_microusd(owner) for owner in (*users, None)] == [9 * COST, 9 * COST, 18 * COST]
