"""The cast of every test: Alice owns, Carol coaches her by consent, Dan without consent, Sam is a stranger."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from nutrition_site.kernel.api import limits
from tests import factories
from tests.solutions import Solutions


@pytest.fixture(autouse=True)
def _fresh_counters():
    """Caches and rate limits start empty in every test."""
    cache.clear()
    limits.limiter().storage.reset()


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
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the whole catalogue in it, loaded once."""
    from planning.catalogue.loader import load_catalogue

    with django_db_blocker.unblock():
        load_catalogue()


@pytest.fixture
def catalogue(db):
    """The foods and recipes of the product; loaded again only where a test that commits has emptied the tables."""
    from planning.catalogue.loader import load_catalogue
    from planning.services.choice import read_catalogue

    load_catalogue()
    return read_catalogue()
