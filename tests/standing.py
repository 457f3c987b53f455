"""Rows that the tests of a module begin with: written once, taken away after its last test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models, transaction

from athletes.models import User
from tests.factories import make_athlete, make_coach


def keys_by_model() -> dict[type[models.Model], set[Any]]:
    """The primary keys of every row of every table."""
    kinds = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in kinds if not model._meta.proxy}


@contextmanager
def standing_rows() -> Iterator[None]:
    """What is written inside this block stands until its end, and then every table has the rows that it had.

    Tests change such rows inside their own transactions, so those with real transactions cannot use them.
    """
    before = keys_by_model()
    try:
        yield
    finally:
        # Whom a row belongs to is asked at the end of the transaction, so the order of the tables does not matter.
        with transaction.atomic():
            for model, now in keys_by_model().items():
                added = model._base_manager.filter(pk__in=now - before[model])
                added._raw_delete(added.db)
        assert keys_by_model() == before


def make_cast() -> dict[str, User]:
    """The people of `tests/conftest.py`: Alice, whom Carol coaches and Dan asked in vain, Sam is a stranger."""
    athlete = make_athlete(email="alice@example.com", name="Alice Marić")
    return {
        "alice": athlete.user,
        "sam": make_athlete(email="sam@example.com", name="Sam Stranger").user,
        "dan": make_coach(email="dan@example.com", athlete=athlete, status="invited"),
        "carol": make_coach(email="carol@example.com", athlete=athlete, status="active"),
    }


def read_cast(keys: dict[str, str]) -> dict[str, User]:
    """The same people as this test finds them, by the keys that were kept of them."""
    found = User.objects.select_related("athlete").in_bulk(keys.values())
    return {name: found[key] for name, key in keys.items()}
