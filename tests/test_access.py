"""Every URL × anonymous, stranger, coach without consent, coach, owner; a denied request changes nothing."""

from __future__ import annotations

import hashlib
from itertools import groupby

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from athletes.models import User
from tests import access_table as table
from tests.factories import ApiClient
from tests.standing import make_cast, read_cast, standing_rows

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
GRANTED = {200, 201, 202, 204}
# Signed in, and neither the athlete nor a coach of hers.
STRANGERS = ("sam", "dan")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The catalogue belongs to nobody, and hashing it would cost a second a test where it is loaded.
SHARED = {"planning.Food", "planning.Recipe", "planning.RecipeIngredient", "planning.CatalogueRelease"}


def walk(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from walk(entry, route)
        else:
            yield route, entry.callback


def routes():
    return [(route, view) for route, view in walk(get_resolver()) if not route.startswith(table.LIBRARIES)]


def is_api(route):
    return route.startswith(("v1/", "api/"))


def methods_of(view):
    operation = getattr(view, "cls", None) or getattr(view, "view_class", None)
    return [method for method in METHODS if hasattr(operation, method.lower())] if operation else ["GET", "POST"]


def api_cases():
    return [
        pytest.param(route, method, id=f"{method} /{route}")
        for route, view in routes()
        if is_api(route)
        for method in methods_of(view)
    ]


def private_pages():
    """Every page that asks who is there; one without a row in the table is among them."""
    return [route for route, _ in routes() if not is_api(route) and route not in table.PAGES_PUBLIC]


def page_cases():
    """Each page with each who may open it: a visitor only what is public, others no page of one athlete."""
    return [
        pytest.param(route, actor, id=f"/{route} {actor}")
        for route, _ in routes()
        if not is_api(route)
        for actor in table.ACTORS
        if route in table.PAGES_PUBLIC
        or (actor != "anonymous" and not (route in table.PAGES_OWNED and actor in STRANGERS))
    ]


@pytest.fixture(scope="module")
def _world_once(django_db_setup, django_db_blocker):
    """Alice with one of everything, and the others: the ids of her things and of the people."""
    with django_db_blocker.unblock(), standing_rows():
        cast = make_cast()
        ids = table.make_world(cast["alice"], cast["carol"]).ids
        yield ids, {name: person.pk for name, person in cast.items()}


@pytest.fixture
def people(db, _world_once):
    return {"anonymous": None, **read_cast(_world_once[1])}


@pytest.fixture
def world(people, _world_once):
    return table.World(people["alice"].athlete, _world_once[0])


class Untouched:
    """Around what may change nothing: `changed()` tells whether it did.

    The rows are read before the first statement that does more than read them; without one nothing can have changed,
    and reading every table twice would be most of what a test costs.
    """

    READING = ("SELECT ", "SAVEPOINT ", "RELEASE SAVEPOINT ", "ROLLBACK TO SAVEPOINT ")

    def __init__(self):
        self.before = None
        self._watching = connection.execute_wrapper(self._execute)

    def _execute(self, execute, sql, params, many, context):
        if self.before is None and not sql.startswith(self.READING):
            # Its own questions are no changes.
            self.before = {}
            self.before = snapshot()
        return execute(sql, params, many, context)

    def __enter__(self):
        self._watching.__enter__()
        return self

    def __exit__(self, *raised):
        self._watching.__exit__(*raised)

    def changed(self):
        return self.before is not None and self.before != snapshot()


def snapshot():
    """Every row of ours that belongs to somebody."""
    return {
        model._meta.label: hashlib.sha256(repr(sorted(map(repr, model.objects.values_list()))).encode()).hexdigest()
        for label in ("kernel", "athletes", "planning", "advisor", "billing")
        for model in apps.get_app_config(label).get_models()
        if model._meta.label not in SHARED
    }


@pytest.mark.parametrize(("route", "method"), api_cases())
def test_an_api_url_answers_whom_it_may(route, method, people, world):
    path = world.fill(route) + (table.QUERIES.get(route, "") if method == "GET" else "")
    body = None if method in ("GET", "DELETE") else table.BODIES.get((route, method), {})
    wrong = []
    # The owner comes last, who may change what the others are refused.
    for denied, group in groupby(table.ACTORS, key=lambda actor: not table.expected(route, method, actor) & GRANTED):
        actors = list(group)
        with Untouched() as rows:
            for actor in actors:
                response = ApiClient(people[actor]).call(method, path, body)
                if response.status_code not in table.expected(route, method, actor):
                    wrong.append((actor, response.status_code, response.content[:300]))
        if denied and rows.changed():
            wrong.append((actors, "one of them was denied and changed something"))
    assert wrong == []


def browser_of(person):
    """A browser in which a person signed in, or nobody."""
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.force_login(person, backend=BACKEND)
    return browser


def test_a_change_is_noticed_and_reading_is_none(world):
    with Untouched() as rows:
        list(User.objects.all())
    with Untouched() as renamed, transaction.atomic():
        User.objects.filter(pk=world.athlete.user_id).update(name="Mallory")
    assert (rows.changed(), renamed.changed()) == (False, True)


@pytest.mark.parametrize("route", private_pages())
def test_a_page_sends_visitors_to_the_sign_in_and_changes_nothing(route, world):
    browser, path = browser_of(None), world.fill(route)
    with Untouched() as rows:
        responses = [browser.get(path), browser.post(path)]
    places = [response.headers.get("Location", "") for response in responses if response.status_code == 302]
    assert {response.status_code for response in responses} <= {302, 405}
    assert all(place.startswith("/account/login/") for place in places)
    assert not rows.changed()


@pytest.mark.parametrize("route", sorted(table.PAGES_OWNED))
def test_a_page_of_an_athlete_is_not_there_for_others_and_changes_nothing(route, people, world):
    browsers = {name: browser_of(people[name]) for name in STRANGERS}
    path = world.fill(route)
    with Untouched() as rows:
        statuses = {
            name: {browser.get(path).status_code, browser.post(path).status_code} for name, browser in browsers.items()
        }
    assert {name: seen for name, seen in statuses.items() if not seen <= {404, 405}} == {}
    assert not rows.changed()


@pytest.mark.parametrize(("route", "actor"), page_cases())
def test_a_page_answers_whom_it_may(route, actor, people, world):
    browser, path = browser_of(people[actor]), world.fill(route)
    assert max(browser.get(path).status_code, browser.post(path).status_code) < 500


def test_every_url_has_its_row():
    pages = table.PAGES_PUBLIC | table.PAGES_ACCOUNT | table.PAGES_OWNED
    api = table.PUBLIC | table.ACCOUNT | table.OWNED
    missing = [
        route
        for route, _ in routes()
        if (is_api(route) and route not in api and not route.startswith(table.UNDER_ATHLETE))
        or (not is_api(route) and route not in pages)
    ]
    assert missing == []


def test_every_object_that_a_path_names_exists(world):
    for route, _ in routes():
        assert "<" not in world.fill(route)


@pytest.mark.parametrize(("actor", "status"), [("anonymous", 302), ("alice", 302), ("sam", 302), ("carol", 200)])
def test_the_admin_opens_for_staff_only(actor, status, people):
    browser = Client()
    if people[actor] is not None:
        browser.force_login(people[actor], backend=BACKEND)
    assert browser.get("/admin/").status_code == status


def test_a_coach_reads_until_the_athlete_ends_it(people, world):
    from athletes.models import CoachLink

    path = f"/v1/athletes/{world.athlete.pk}"
    before = ApiClient(people["carol"]).get(path).status_code
    CoachLink.objects.filter(coach=people["carol"]).update(status="ended")
    assert (before, ApiClient(people["carol"]).get(path).status_code) == (200, 404)


def test_staff_rights_alone_open_nobodys_profile(people, world):
    from tests.factories import make_user

    clerk = make_user("clerk@example.com", is_staff=True)
    assert ApiClient(clerk).get(f"/v1/athletes/{world.athlete.pk}").status_code == 404


def test_a_locked_account_may_nothing(people, world):
    alice = people["alice"]
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    assert ApiClient(alice).get(f"/v1/athletes/{world.athlete.pk}").status_code == 401
