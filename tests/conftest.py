"""The cast of every test: Alice owns, Carol coaches her by consent, Dan without consent, Sam is a stranger."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.cache import cache

from nutrition_site.kernel.api import limits
from tests import factories
from tests.solutions import Solutions

# These drive a browser against a running product: `script/e2e` brings both.
collect_ignore = ["e2e"]


def pytest_collection():
    """Ten thousand tests and the product are no garbage: looking through them over and over was a tenth of a run."""
    gc.disable()


def pytest_collection_modifyitems(items):
    """Tests that start processes are the longest, so they come first: none is left to wait for at the end."""
    items.sort(key=lambda item: not starts_processes(item))


def starts_processes(item):
    if "django_db" in item.keywords:
        return hasattr(item.module, "database_copy")
    return hasattr(item.module, "subprocess")


def pytest_collection_finish():
    keep_what_there_is()
    gc.enable()
    # The youngest objects are looked through as ever, all of them ten times as seldom.
    gc.set_threshold(700, 10, 100)


def keep_what_there_is():
    """What is there by now stays to the end, so it is not searched for garbage any more."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _fresh_counters():
    """Caches and rate limits start empty in every test."""
    cache.clear()
    # One Redis database holds both, and it is emptied as a whole.
    if settings.RATE_LIMIT_STORAGE_URL != settings.REDIS_URL:
        limits.limiter().storage.reset()


@pytest.fixture(scope="session", autouse=True)
def _constants_as_published():
    """No request asks by itself whether a constant was changed: a query of some requests and not of others."""
    settings.CONSTANTS_SECONDS = 0


@pytest.fixture(scope="session", autouse=True)
def solutions():
    """What the planner found in this run, by problem; `forget()` has the next plan searched for anew."""
    from planning.services import solving

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "solve", Solutions())
        yield solving.solve


@pytest.fixture(scope="session", autouse=True)
def _static_files_once():
    """The static files are searched for once: every client begins with the middleware, which asks the disk for each."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, known = WhiteNoiseMiddleware.add_files_from_finders, {}

    def remember(self):
        if self.static_prefix not in known:
            before = set(self.files)
            look(self)
            known[self.static_prefix] = {url: self.files[url] for url in self.files.keys() - before}
        self.files.update(known[self.static_prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", remember)
        yield


@pytest.fixture
def late_november(monkeypatch):
    """The clock stands at noon (UTC) of 21 November 2026, for tests that tell of days by their dates."""
    moment = datetime(2026, 11, 21, 12, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def alice(db):
    """An account with an athlete profile."""
    return factories.make_athlete(email="alice@example.com", name="Alice Marić").user


@pytest.fixture
def athlete(alice):
    """Alice's profile."""
    return alice.athlete


@pytest.fixture
def sam(db):
    """A stranger with a profile of his own."""
    return factories.make_athlete(email="sam@example.com", name="Sam Stranger").user


@pytest.fixture
def carol(athlete):
    """A coach to whom Alice consented."""
    return factories.make_coach(email="carol@example.com", athlete=athlete, status="active")


@pytest.fixture
def dan(athlete):
    """A coach whom Alice has not answered."""
    return factories.make_coach(email="dan@example.com", athlete=athlete, status="invited")


@pytest.fixture
def api():
    """An API client: `api(user).get(...)`; `api(None)` is anonymous."""
    return factories.ApiClient


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The test database with the whole catalogue in it, and so it is again after every test that commits."""
    from django.test import TransactionTestCase

    from tests.first_database import FirstDatabase

    with django_db_blocker.unblock():
        database = FirstDatabase()
    keep_what_there_is()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.renew())
        yield database
    with django_db_blocker.unblock():
        database.remove()


@pytest.fixture
def catalogue(db):
    """The foods and recipes of the product."""
    from planning.services.choice import read_catalogue

    return read_catalogue()
