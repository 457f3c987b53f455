"""Prices in the order and with the marks of the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from planning.prices import told_price


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["€1.22", "$1,234.50", "RSD\u00a080.00"]),
        ("sr-latn", ["1,22\u00a0€", "1.234,50\u00a0$", "80,00\u00a0RSD"]),
        ("sr", ["1,22\u00a0€", "1.234,50\u00a0$", "80,00\u00a0RSD"]),
        ("he", ["1.22\u00a0€", "1234.50\u00a0$", "80.00\u00a0RSD"]),
    ],
)
def test_a_price_is_written_as_the_language_writes_it(language, told):
    prices = [(122, "EUR"), (123450, "USD"), (8000, "RSD")]
    with translation.override(language):
        assert [told_price({"amount_minor": minor, "currency": code}) for minor, code in prices] == told


def test_an_unknown_price_is_nothing_and_not_nought():
    assert told_price(None) == ""
