"""Two dietitians, and what the tests of curation send for them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from athletes.models import User
from nutrition_site.kernel.errors import DomainError
from planning.models import Food
from planning.services.curation import propose_change
from tests.factories import make_user

MILK, OATS, PORRIDGE = "01079", "08120", "oat-porridge-banana-almond-butter"


def dietitian(email, name):
    person = make_user(email, name=name, is_staff=True)
    person.groups.add(Group.objects.get(name="Dietitians"))
    return User.objects.get(pk=person.pk)


@pytest.fixture
def dina(db):
    """A dietitian."""
    return dietitian("dina@example.com", "Dina Kovač")


@pytest.fixture
def vera(db):
    """A second dietitian."""
    return dietitian("vera@example.com", "Vera Ilić")


def propose(by, key, values, *, kind="food", reason="The label says so.", source="Label of May 2026", seen=None):
    return propose_change(by=by, kind=kind, key=key, values=values, reason=reason, source=source, seen=seen)


def food(code):
    return Food.objects.get(code=code, owner=None)


def refused(code, call, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def wrong_fields(by, key, values, **kwargs):
    return {row["field"] for row in refused("invalid", propose, by, key, values, **kwargs).details}
