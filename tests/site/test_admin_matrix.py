"""Coach, coach without consent, staff without a link, superuser × every page of the admin: nothing of Alice leaks."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from athletes.models import CoachLink, Squad, TrainingEvent
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.work import enqueue_work
from planning.models import CoachBound, CoachNote, Food
from planning.science.constants import CONSTANTS
from tests import access_table
from tests.factories import make_athlete, make_user
from tests.standing import make_cast, read_cast, standing_rows

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COACHED = ("athlete", "trainingevent", "calendarconnection", "mealplan", "planrevision", "shoppinglist")
# What a page may be answered with when it is not for the visitor: never 500, never content of Alice.
REFUSED = {302, 400, 403, 404, 405}
LIST_QUERIES = (
    "q=alice@example.com",
    "athlete__user__email__startswith=a",
    "q=Alice",
    "q={pk}",
    "athlete__id__exact={pk}",
    "athlete__name__startswith=A",
    "_popup=1&_to_field=id",
    "all=&o=1",
)


def models():
    """Every model that the admin shows, so that a new one is asked about from its first day."""
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def labels():
    return [pytest.param(model, id=model._meta.label) for model in models()]


def browser_of(user):
    browser = Client(raise_request_exception=False)
    browser.force_login(user, backend=BACKEND)
    return browser


@pytest.fixture(scope="module")
def _world_once(django_db_setup, django_db_blocker):
    """Alice with one of everything, an audit entry, and work to do; Sam with training of his own."""
    with django_db_blocker.unblock(), standing_rows():
        cast = make_cast()
        alice, carol = cast["alice"], cast["carol"]
        ids = access_table.make_world(alice, carol).ids
        TrainingEvent.objects.filter(pk=ids["event_id"]).update(title="Alice easy run")
        TrainingEvent.objects.create(
            athlete=cast["sam"].athlete,
            title="Sam hill run",
            type="workout",
            sport="run",
            starts_at="2026-05-04T07:00Z",
            local_date="2026-05-04",
        )
        squad = Squad.objects.create(coach=carol, name="Carol squad")
        CoachLink.objects.filter(coach=carol).update(squad=squad)
        record_audit(verb="athlete.changed", by=alice, object_id=alice.athlete.pk, athlete_id=alice.athlete.pk)
        enqueue_work(kind="calendar.sync", key=ids["calendar_id"])
        yield ids, {name: person.pk for name, person in cast.items()}


@pytest.fixture
def cast(db, _world_once):
    return read_cast(_world_once[1])


@pytest.fixture
def alice(cast):
    return cast["alice"]


@pytest.fixture
def carol(cast):
    return cast["carol"]


@pytest.fixture
def dan(cast):
    return cast["dan"]


@pytest.fixture
def sam(cast):
    return cast["sam"]


@pytest.fixture
def world(alice, _world_once):
    return access_table.World(alice.athlete, _world_once[0])


@pytest.fixture
def marks(world, alice, carol):
    """Everything by which Alice or her things could be recognised."""
    own = {name: value for name, value in world.ids.items() if name not in ("food_id", "recipe_id")}
    squad = Squad.objects.get(coach=carol)
    return [
        text.encode() for text in ("Alice", "alice@example.com", alice.pk, alice.athlete.pk, squad.pk, *own.values())
    ]


@pytest.fixture
def clerk(db):
    """Staff with every Django permission except billing's, and without a link."""
    person = make_user("clerk@example.com", is_staff=True)
    person.user_permissions.set(Permission.objects.exclude(content_type__app_label="billing"))
    return person


@pytest.fixture
def root(db):
    return make_user("root@example.com", is_staff=True, is_superuser=True)


def object_ids(model, world):
    """An object of Alice for a model, or whatever the first row is."""
    row = model._default_manager.order_by("pk").first()
    if model is type(world.athlete):
        return [world.athlete.pk]
    return [row.pk] if row is not None else ["0"]


def answers(browser, model, world):
    """The path and the answer of every kind of address that the admin has for a model.

    A list is asked with searches, filters, a sorting and guesses; one that is refused without any of them only with one
    search and one guess.
    """
    listing = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    plain = browser.get(listing)
    yield listing, plain
    queries = LIST_QUERIES if plain.status_code == 200 else LIST_QUERIES[:2]
    for path in [*(f"{listing}?{query.format(pk=world.athlete.pk)}" for query in queries), *pages_of(model, world)]:
        yield path, browser.get(path)


def pages_of(model, world):
    """What the admin has for a model beside its list."""
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{base}_add")
    yield f"{reverse(f'{base}_add')}?athlete={world.athlete.pk}"
    for pk in object_ids(model, world):
        for page in ("change", "history", "delete"):
            yield reverse(f"{base}_{page}", args=[pk])


def sites():
    yield reverse("admin:index")
    yield reverse("admin:roster")
    yield reverse("admin:roster") + "?show=attention&squad=nothing"
    yield reverse("admin:squad_week")
    yield reverse("admin:squad_week_file")
    yield reverse("admin:coach_bound")
    yield reverse("admin:search") + "?s=alice"
    yield reverse("admin:search") + "?s=alice&extended=1"
    for label in {model._meta.app_label for model in models()}:
        yield reverse("admin:app_list", args=[label])


def autocompletes():
    """Every foreign key of every shown model, as a field that could be completed."""
    for model in models():
        for field in model._meta.get_fields():
            if field.many_to_one and field.concrete:
                query = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field.name}"
                yield f"{reverse('admin:autocomplete')}?{query}&term=a"


def leaks(response, path, marks):
    """The marks in a response, without those that the address itself held: some pages repeat the question."""
    return [mark for mark in marks if mark in response.content and mark.decode() not in path]


def leaking(answered, marks):
    """What leaked, by path, of pairs of a path and its answer."""
    found = {path: leaks(response, path, marks) for path, response in answered}
    return {path: seen for path, seen in found.items() if seen}


def ask(browser, paths):
    return ((path, browser.get(path)) for path in paths)


@pytest.mark.parametrize("model", labels())
@pytest.mark.parametrize("who", ["dan", "clerk"])
def test_no_page_of_a_model_tells_anything_of_alice(model, who, world, marks, dan, clerk):
    browser = browser_of({"dan": dan, "clerk": clerk}[who])
    wrong = []
    for path, response in answers(browser, model, world):
        found = leaks(response, path, marks)
        if response.status_code not in REFUSED | {200} or found:
            wrong.append((path, response.status_code, found))
    assert wrong == []


@pytest.mark.parametrize("who", ["dan", "clerk"])
def test_no_common_page_tells_anything_of_alice(who, world, marks, dan, clerk):
    browser = browser_of({"dan": dan, "clerk": clerk}[who])
    assert leaking(ask(browser, sites()), marks) == {}


@pytest.mark.parametrize("who", ["dan", "clerk"])
def test_no_autocompletion_tells_anything_of_alice(who, world, marks, dan, clerk):
    browser = browser_of({"dan": dan, "clerk": clerk}[who])
    assert leaking(ask(browser, autocompletes()), marks) == {}


@pytest.mark.parametrize("model", labels())
@pytest.mark.parametrize("who", ["dan", "clerk"])
def test_no_action_reaches_anything_of_alice(model, who, world, marks, dan, clerk):
    browser = browser_of({"dan": dan, "clerk": clerk}[who])
    listing = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    # The raw names of every declared action, allowed or not.
    names = {"delete_selected", *(name for name in admin.site._registry[model].actions if isinstance(name, str))}
    before = model._default_manager.count()
    for name in names:
        data = {"action": name, "_selected_action": object_ids(model, world), "confirmed": "yes", "post": "yes"}
        response = browser.post(listing, data)
        assert response.status_code in REFUSED | {200}
        assert leaks(response, str(data), marks) == []
    link = CoachLink.objects.get(coach__email="carol@example.com")
    assert (model._default_manager.count(), link.status) == (before, "active")


@pytest.mark.parametrize("who", ["dan", "clerk"])
def test_the_desk_of_alice_exists_for_nobody_without_her_word(who, world, marks, dan, clerk):
    browser = browser_of({"dan": dan, "clerk": clerk}[who])
    ids = world.ids
    desk = reverse("admin:coach_athlete", args=[world.athlete.pk])
    swap = reverse("admin:coach_swap", args=[world.athlete.pk, ids["meal-plans/items/item_id"]])
    end = reverse("admin:coach_bound_end", args=[ids["bound_id"]])
    delete = reverse("admin:coach_note_delete", args=[ids["note_id"]])
    asked = [(path, browser.get(path)) for path in (desk, swap, end, delete)]
    asked += [
        (path, browser.post(path, {"form": "note", "kind": "note", "text": "x"})) for path in (desk, swap, end, delete)
    ]
    assert {response.status_code for _, response in asked} == {404}
    assert leaking(asked, marks) == {}
    assert CoachNote.objects.filter(pk=ids["note_id"]).count() == 1
    assert CoachBound.objects.get(pk=ids["bound_id"]).ended_at is None


def test_a_coach_without_her_word_sets_no_limit_for_alice(world, dan):
    form = {"whom": world.athlete.pk, "kind": "kept_out", "kept_out": "oats", "reason": "x", "deed": "set"}
    days = {"first_day": "2026-11-01", "last_day": "2099-01-01"}
    answers_of = [
        browser_of(dan).post(reverse("admin:coach_bound"), {**form, **days, "deed": d}) for d in ("set", "try")
    ]
    assert [answer.status_code for answer in answers_of] == [422, 422]
    assert CoachBound.objects.count() == 1


@pytest.mark.parametrize("name", COACHED)
def test_a_coach_opens_what_belongs_to_an_athlete_who_agreed(name, world, carol):
    browser = browser_of(carol)
    model = next(model for model in models() if model._meta.model_name == name)
    base = f"admin:{model._meta.app_label}_{name}"
    row = model._default_manager.filter(**{admin.site._registry[model].athlete_path + "pk": world.athlete.pk}).first()
    listing, page = browser.get(reverse(f"{base}_changelist")), browser.get(reverse(f"{base}_change", args=[row.pk]))
    assert (listing.status_code, page.status_code) == (200, 200)
    assert b"Alice" in listing.content
    assert b"Alice" in page.content


@pytest.mark.parametrize("model", labels())
def test_a_coach_reads_nothing_of_sam_anywhere(model, world, carol, sam):
    browser = browser_of(carol)
    marks = [b"Sam ", b"sam@example.com", sam.pk.encode(), sam.athlete.pk.encode()]
    assert leaking(answers(browser, model, world), marks) == {}


def test_a_coach_cannot_open_sam_by_his_address(world, carol, sam):
    response = browser_of(carol).get(reverse("admin:athletes_athlete_change", args=[sam.athlete.pk]))
    missing = browser_of(carol).get(reverse("admin:athletes_athlete_change", args=["ath_" + "0" * 26]))
    assert response.status_code == missing.status_code == 302
    assert response["Location"] == missing["Location"]


def test_an_ended_consent_closes_every_page_at_once(world, marks, carol):
    browser = browser_of(carol)
    coached = [model for model in models() if model._meta.model_name in COACHED]
    lists = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in coached]
    assert [b"Alice" in browser.get(path).content for path in lists] == [True] * len(COACHED)
    CoachLink.objects.filter(coach=carol).update(status="ended")
    own = [mark for mark in marks if not mark.startswith(b"sqd_")]
    closed = [pair for model in coached for pair in answers(browser, model, world)]
    assert leaking([*closed, *ask(browser, sites())], own) == {}


@pytest.mark.parametrize("name", COACHED)
def test_a_coach_changes_nothing_of_an_athlete(name, world, carol):
    browser = browser_of(carol)
    model = next(model for model in models() if model._meta.model_name == name)
    row = model._default_manager.filter(**{admin.site._registry[model].athlete_path + "pk": world.athlete.pk}).first()
    before = list(model._default_manager.values_list())
    base = f"admin:{model._meta.app_label}_{name}"
    statuses = [
        browser.post(reverse(f"{base}_change", args=[row.pk]), {"name": "Mallory", "title": "Mallory"}).status_code,
        browser.post(reverse(f"{base}_delete", args=[row.pk]), {"post": "yes"}).status_code,
        browser.post(reverse(f"{base}_add"), {"name": "Mallory"}).status_code,
    ]
    assert statuses == [403, 403, 403]
    assert list(model._default_manager.values_list()) == before


def test_conversations_and_tokens_are_not_in_the_admin():
    shown = {model._meta.label for model in models()}
    hidden = {"advisor.Conversation", "advisor.Message", "advisor.ProposedAction", "athletes.RefreshToken"}
    assert shown & (hidden | {"kernel.IdempotencyRecord", "athletes.BodyMeasurement"}) == set()


def test_a_calendars_address_and_credentials_are_shown_to_nobody(world, carol, root):
    page = reverse("admin:athletes_calendarconnection_change", args=[world.ids["calendar_id"]])
    contents = [browser_of(user).get(page).content for user in (carol, root)]
    assert all(b"feed.ics" not in content and b"127.0.0.1" not in content for content in contents)


@pytest.mark.parametrize("lookup", ["credentials__startswith", "sync_lease__startswith", "athlete__user__password__gt"])
def test_a_column_cannot_be_guessed_through_the_query_string(lookup, world, carol):
    response = browser_of(carol).get(reverse("admin:athletes_calendarconnection_changelist"), {lookup: "a"})
    assert response.status_code == 400


@pytest.mark.parametrize("model", labels())
def test_a_superuser_opens_every_list_and_every_object(model, world, root):
    browser = browser_of(root)
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model._default_manager.order_by("pk").first()
    pages = [reverse(f"{base}_changelist")]
    if row is not None:
        pages += [reverse(f"{base}_change", args=[row.pk]), reverse(f"{base}_history", args=[row.pk])]
    assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_superuser_sees_alice_and_sam(world, root):
    content = browser_of(root).get(reverse("admin:athletes_athlete_changelist")).content
    assert (b"Alice" in content, b"Sam Stranger" in content) == (True, True)


@pytest.mark.parametrize("name", ["food", "recipe", "cataloguerelease"])
def test_curators_read_the_catalogue_by_djangos_permissions(name, world, clerk):
    listing = reverse(f"admin:planning_{name}_changelist")
    bare = make_user("bare@example.com", is_staff=True)
    assert (browser_of(clerk).get(listing).status_code, browser_of(bare).get(listing).status_code) == (200, 403)


@pytest.mark.parametrize("name", ["athlete", "trainingevent", "mealplan", "planrevision", "shoppinglist", "coachlink"])
def test_djangos_permissions_open_no_athletes_data(name, world, clerk):
    model = next(model for model in models() if model._meta.model_name == name)
    listing = reverse(f"admin:{model._meta.app_label}_{name}_changelist")
    assert browser_of(clerk).get(listing).status_code == 403


def test_the_roster_is_no_page_for_staff_who_coach_nobody(clerk):
    assert browser_of(clerk).get(reverse("admin:roster")).status_code == 404


def test_an_anonymous_visitor_signs_in_on_the_sites_own_page():
    response = Client().get("/admin/athletes/athlete/?q=x", follow=True)
    assert [place for place, _ in response.redirect_chain] == [
        "/admin/login/?next=/admin/athletes/athlete/%3Fq%3Dx",
        "/account/login/?next=/admin/athletes/athlete/%3Fq%3Dx",
    ]


def test_a_post_to_the_admins_own_sign_in_signs_nobody_in(root):
    browser = Client()
    response = browser.post("/admin/login/", {"username": root.email, "password": "correct horse battery"})
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/admin/")
    assert "_auth_user_id" not in browser.session


def test_signed_in_people_who_are_no_staff_find_no_admin(alice):
    assert browser_of(alice).get("/admin/", follow=True).status_code == 404


def test_the_sign_in_page_sends_nobody_to_another_site(root):
    response = browser_of(root).get("/admin/login/?next=https://evil.example/")
    assert response["Location"] == "/admin/"


def test_a_password_is_changed_where_every_session_ends(root):
    assert browser_of(root).get("/admin/password_change/")["Location"] == reverse("account_change_password")


def test_a_locked_coach_sees_nothing(world, carol):
    browser = browser_of(carol)
    type(carol).objects.filter(pk=carol.pk).update(is_active=False)
    assert browser.get("/admin/athletes/athlete/").status_code == 302


def test_a_coach_without_the_staff_right_has_no_admin(world, carol):
    type(carol).objects.filter(pk=carol.pk).update(is_staff=False)
    assert browser_of(carol).get("/admin/athletes/athlete/", follow=True).status_code == 404


def test_the_names_to_filter_by_are_those_of_ones_own_athletes(world, carol, sam):
    make_athlete("third@example.com", name="Third Person")
    content = browser_of(carol).get(reverse("admin:athletes_trainingevent_changelist")).content
    assert (b"Alice" in content, b"Third Person" in content, b"Sam Stranger" in content) == (True, False, False)


def test_curators_find_a_constant_with_its_value_unit_and_source_and_nobody_else_finds_the_page(world, clerk, carol):
    page = f"{reverse('admin:constants')}?q=ea+red"
    shown = browser_of(clerk).get(page).content.decode()
    row = CONSTANTS["ea.red"]
    assert [text in shown for text in (f"<td>{row.value:g}</td>", escape(row.unit), escape(row.source))] == [True] * 3
    assert [browser_of(who).get(page).status_code for who in (carol, make_user("bare@example.com", is_staff=True))] == [
        404,
        404,
    ]


def test_the_review_queue_of_foods_holds_those_of_the_kitchen_whose_price_nobody_knows(world, clerk):
    listing = reverse("admin:planning_food_changelist")
    wanted = Food.objects.create(code="x-1", name="Priceless root", core=True)
    Food.objects.create(code="x-2", name="Root of the large table", core=False)
    rows = browser_of(clerk).get(f"{listing}?missing=price").context["cl"].queryset
    assert (wanted in rows, rows.filter(core=False).exists(), rows.exclude(price_minor_per_kg=None).exists()) == (
        True,
        False,
        False,
    )
