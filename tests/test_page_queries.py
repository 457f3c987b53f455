"""How many queries each page of an athlete takes, exactly: a query less is committed as well, so that it stays won.

`script/bench pages` holds the same pages to `tests/page_queries.txt`, with the demo behind them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.services.shopping import create_shopping_list
from script.support.audit.site import first_link, local_path
from script.support.pages import SIGNED_IN
from tests.planning.pages import plan_week, sign_in, train

pytestmark = pytest.mark.django_db

BREAKFAST = datetime(2026, 10, 5, 6, tzinfo=UTC)
QUERIES = {
    "today": 16,
    "week": 15,
    "week-checked": 7,
    "day": 15,
    "swap": 18,
    "move": 18,
    "log": 8,
    "shopping": 6,
    "shopping-list": 7,
    "shopping-item": 8,
    "shopping-share": 7,
    "shopping-print": 7,
    "shopping-delete": 6,
    "aisles": 6,
    "pantry": 6,
    "advisor": 9,
    "recipes": 7,
    "recipe": 11,
    "cook": 7,
    "recipe-print": 8,
    "own-recipes": 6,
    "own-recipe-add": 5,
    "recipe-import": 5,
    "own-foods": 6,
    "own-food-add": 5,
    "training": 7,
    "session-add": 5,
    "races": 7,
    "race": 17,
    "race-strip": 8,
    "load": 7,
    "progress": 11,
    "weight": 6,
    "done": 6,
    "upload": 5,
    "calendars": 8,
    "feed": 6,
    "notices": 6,
    "more": 5,
    "account": 6,
    "profile": 5,
    "profile-us": 5,
    "food": 5,
    "rules": 7,
    "notifications": 8,
    "coaches": 9,
    "travel": 5,
    "advisor-settings": 6,
    "advisor-sent": 6,
    "subscription": 9,
    "email": 7,
    "password": 5,
    "sign-out": 5,
    "delete-account": 5,
    "start-profile": 4,
    "start-food": 4,
    "start-calendar": 6,
    "start-plan": 13,
}


@pytest.fixture
def client(athlete, catalogue, monkeypatch, settings):
    """Alice's browser on a Monday morning: a week is planned, its list is made, three sessions and a race are ahead."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: BREAKFAST)
    # With Redis a session is asked for there, which is a query less.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    # Who came before the week that is shown: of an earlier week it is asked since when its days are known.
    type(athlete).objects.filter(pk=athlete.pk).update(created_at=BREAKFAST - timedelta(days=30))
    first = train(athlete)
    plan_week(athlete)
    create_shopping_list(athlete=athlete, first=first, last=first + timedelta(days=6), by=athlete.user)
    return sign_in(athlete.user)


def address_of(read, page):
    """Where a page of the list is, None where this athlete has no link to it."""
    address = page.path
    for selector in page.links:
        link = first_link(read(address), selector)
        if link is None:
            return None
        address = local_path(link, address)
    return address


def count_queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    return len(seen) if answer.status_code == 200 else None


def test_every_page_takes_exactly_the_queries_that_are_committed(client):
    """Of a second visit, for the first one fills what is kept in memory."""

    @cache
    def read(address):
        return client.get(address, follow=True).content.decode()

    addresses = {page.name: address_of(read, page) for page in SIGNED_IN}
    visited = {name: address for name, address in addresses.items() if address and read(address)}
    found = {name: count_queries(client, address) for name, address in visited.items()}
    assert found == QUERIES
