"""Every address of the running admin, tried by people whom an athlete never agreed to, and each known trick."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from athletes.models import CoachLink, Notice, User
from nutrition_site.kernel import clock
from nutrition_site.kernel.models import AuditEntry
from planning.models import CatalogueRelease, CoachBound, CoachNote, CurationChange, Food, PlanItem, Recipe
from planning.services.coaching_week import squad_week, week_csv
from planning.services.curation import propose_change
from tests.planning import admin_kit as kit
from tests.standing import read_cast, standing_rows

pytestmark = pytest.mark.django_db

LISTS = "/admin/{}/"
MISSING = {"ath": "ath_" + "0" * 26, "mpl": "mpl_" + "0" * 26, "evt": "evt_" + "0" * 26}
COACHED = ("athlete", "trainingevent", "calendarconnection", "mealplan", "planrevision", "shoppinglist")
# What a coach without anybody's word is answered, by route: looking, and sending an empty form.
OF_ITS_OWN = {
    "admin/": (200, 200),
    "admin/search/": (200, 200),
    "admin/roster/": (200, 200),
    "admin/roster/week/": (200, 200),
    "admin/roster/week/file.csv": (200, 200),
    "admin/roster/limit/": (200, 422),
    "admin/roster/message/": (200, 422),
    "admin/login/": (302, 302),
    "admin/logout/": (405, 200),
    "admin/password_change/": (302, 302),
    "admin/password_change/done/": (200, 405),
    "admin/autocomplete/": (403, 405),
    "admin/jsi18n/": (200, 405),
    "admin/athletes/coachlink/": (200, 200),
    "admin/athletes/coachlink/add/": (200, 200),
    "admin/athletes/squad/": (200, 200),
    "admin/athletes/squad/add/": (200, 200),
    # Somebody else's squad does not exist: back to the first page, as for one that never was.
    "admin/athletes/squad/<path:object_id>/history/": (302, 302),
    "admin/athletes/squad/<path:object_id>/change/": (302, 302),
    "admin/athletes/squad/<path:object_id>/delete/": (302, 302),
    "admin/athletes/coachlink/<path:object_id>/history/": (302, 302),
    "admin/athletes/coachlink/<path:object_id>/change/": (302, 403),
    "admin/athletes/coachlink/<path:object_id>/delete/": (403, 403),
}


def answer_for_a_coach(address):
    """Looking and sending, for a coach whom nobody agreed to; a route of the desk about Alice is 404 for both."""
    if address.route in OF_ITS_OWN:
        return OF_ITS_OWN[address.route]
    if address.route.endswith("<path:object_id>/") and "/r/" not in address.route:
        return 302, 302
    if address.model is None:
        return (200, 200) if "app_label" in address.route else (404, 404)
    if address.model._meta.model_name not in COACHED:
        return 403, 403
    ending = address.route.rstrip("/").rpartition("/")[2]
    return {"add": (403, 403), "delete": (403, 403), "change": (302, 403), "history": (302, 302)}.get(
        ending, (200, 200)
    )


# What a dietitian is answered: looking, and sending an empty form. Everything else about a model is refused.
OF_A_DIETITIAN = {
    "admin/": (200, 200),
    "admin/search/": (200, 200),
    "admin/login/": (302, 302),
    "admin/logout/": (405, 200),
    "admin/password_change/": (302, 302),
    "admin/password_change/done/": (200, 405),
    "admin/autocomplete/": (403, 405),
    "admin/jsi18n/": (200, 405),
    "admin/planning/food/<path:object_id>/change/": (200, 422),
    "admin/planning/recipe/<path:object_id>/change/": (200, 422),
    "admin/planning/curationchange/<path:object_id>/change/": (200, 422),
}
CURATED = ("food", "recipe", "curationchange", "cataloguerelease")


def answer_for_a_dietitian(address):
    """Looking and sending, for who curates the catalogue and coaches nobody."""
    if address.route in OF_A_DIETITIAN:
        return OF_A_DIETITIAN[address.route]
    if address.route.endswith("<path:object_id>/") and "/r/" not in address.route:
        return 302, 302
    ending = address.route.rstrip("/").rpartition("/")[2]
    if address.model is None:
        # The pages of constants say themselves who may do what.
        return None if "constants/" in address.route else (404, 404)
    if address.model._meta.model_name not in CURATED:
        return 403, 403
    return {"add": (403, 403), "delete": (403, 403), "change": (200, 403)}.get(ending, (200, 200))


@pytest.fixture(scope="module")
def _stage_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing_rows():
        yield kit.make_stage()


@pytest.fixture
def ids(db, _stage_once):
    return _stage_once[0]


@pytest.fixture
def people(db, _stage_once):
    return read_cast(_stage_once[1])


@pytest.fixture
def alice(people):
    return people["alice"].athlete


@pytest.fixture
def marks(ids, alice):
    """By what Alice and her things can be recognised."""
    own = {value for name, value in ids.items() if name not in ("food_id", "recipe_id", "extension", "day")}
    return [text.encode() for text in ("Alice", "alice@example.com", "Carol squad", alice.pk, alice.user_id, *own)]


def leaked(response, path, marks):
    """The marks in an answer that the question itself did not hold."""
    return [mark.decode() for mark in marks if mark in response.content and mark.decode() not in path]


def rows_by_table():
    """How many rows each table has, without what sessions and audit trails write about any request."""
    beside = {"sessions.Session", "kernel.AuditEntry"}
    kinds = [model for model in apps.get_models() if model._meta.managed and model._meta.label not in beside]
    return {model._meta.label: model._base_manager.count() for model in kinds}


def test_a_coach_whose_consent_ended_is_answered_this_at_every_address(people, ids, alice, marks):
    browser = kit.browser_of(people["eve"])
    found, wrong, before, echoed = {}, {}, rows_by_table(), ""
    for address in sorted(kit.addresses(ids, alice), key=lambda one: "logout" in one.route):
        answers = []
        for send in (browser.get, browser.post):
            # What is not found is named on the next page that is shown: only what was asked for may be.
            echoed += address.path
            answers.append(send(address.path))
            found.setdefault(address.route, []).extend(leaked(answers[-1], echoed, marks))
            echoed = echoed if answers[-1].status_code == 302 else ""
        told = tuple(answer.status_code for answer in answers)
        if told != answer_for_a_coach(address):
            wrong[address.path] = (told, answer_for_a_coach(address))
    assert wrong == {}
    assert {route: seen for route, seen in found.items() if seen} == {}
    assert rows_by_table() == before


def test_a_dietitian_is_answered_this_at_every_address_and_reads_nothing_of_alice(people, ids, alice, marks):
    propose_change(by=people["clerk"], kind="food", key="01079", values={"refuse_pct": 2.0}, reason="x", source="x")
    browser = kit.browser_of(people["dina"])
    found, wrong, before, echoed = {}, {}, rows_by_table(), ""
    for address in sorted(kit.addresses(ids, alice), key=lambda one: "logout" in one.route):
        answers = []
        right = answer_for_a_dietitian(address)
        if right == (403, 403) and not address.route.endswith("/add/"):
            continue  # one page of a model that is closed stands for all: the clerk, who has more rights, tries each
        ways = (browser.get, browser.post)
        for send in ways if right != (200, 200) else ways[:1]:
            echoed += address.path
            answers.append(send(address.path))
            found.setdefault(address.route, []).extend(leaked(answers[-1], echoed, marks))
            echoed = echoed if answers[-1].status_code == 302 else ""
        told = tuple(answer.status_code for answer in answers)
        if right is not None and told != right[: len(told)]:
            wrong[address.path] = (told, right)
    assert wrong == {}
    assert {route: seen for route, seen in found.items() if seen} == {}
    assert rows_by_table() == before


@pytest.mark.parametrize("model", [Food, Recipe, CurationChange, CatalogueRelease], ids=lambda model: model.__name__)
def test_no_action_of_a_list_changes_the_catalogue(model, people):
    propose_change(by=people["clerk"], kind="food", key="01079", values={"aisle": "Drinks"}, reason="x")
    path = reverse(f"admin:planning_{model._meta.model_name}_changelist")
    row, count = model._base_manager.order_by("pk").first(), model._base_manager.count()
    form = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes", "select_across": "1"}
    for who in ("dina", "root"):
        assert kit.browser_of(people[who]).post(path, form).status_code in {200, 302, 403}
    assert model._base_manager.count() == count


@pytest.mark.parametrize("who", ["anonymous", "sam"])
def test_who_is_no_staff_is_sent_away_from_every_address(who, people, ids, alice):
    browser = kit.browser_of(people.get(who))
    doors = {"admin/login/": 302 if who == "anonymous" else 404}
    told = {
        (address.route, method): getattr(browser, method)(address.path).status_code
        for address in kit.addresses(ids, alice)
        for method in ("get", "post")
    }
    assert {place: status for place, status in told.items() if status != doors.get(place[0], 302)} == {}


def test_staff_with_every_django_permission_read_nothing_of_alice_on_pages_of_no_model(people, ids, alice, marks):
    browser = kit.browser_of(people["clerk"])
    pages = [one for one in kit.addresses(ids, alice) if one.model is None and "logout" not in one.route]
    told = {one.path: browser.get(one.path) for one in pages}
    assert {path: seen for path, response in told.items() if (seen := leaked(response, path, marks))} == {}
    assert {path for path, response in told.items() if response.status_code >= 500} == set()


@pytest.mark.parametrize(
    ("model", "question"),
    [
        ("athletes/athlete", "user__email__startswith=a"),
        ("athletes/athlete", "user__password__startswith=a"),
        ("athletes/athlete", "name__startswith=A"),
        ("athletes/athlete", "weight_kg__gte=1"),
        ("athletes/athlete", "ed_flag__exact=0"),
        ("athletes/athlete", "coach_links__coach__email__startswith=c"),
        ("athletes/trainingevent", "athlete__name__startswith=A"),
        ("athletes/trainingevent", "athlete__weight_kg__gt=1"),
        ("athletes/trainingevent", "external_id__startswith=a"),
        ("athletes/calendarconnection", "credentials__contains=a"),
        ("athletes/coachlink", "athlete__user__email__startswith=a"),
        ("athletes/coachlink", "coach__email__startswith=a"),
        ("athletes/coachlink", "status__exact=invited"),
        ("athletes/squad", "coach__email__startswith=c"),
        ("athletes/squad", "links__athlete__name__startswith=A"),
        ("planning/mealplan", "athlete__user__email__startswith=a"),
        ("planning/mealplan", "current__items__recipe__name__startswith=A"),
        ("planning/planrevision", "plan__athlete__name__startswith=A"),
        ("planning/planrevision", "cause__contains=a"),
        ("planning/shoppinglist", "items__name__startswith=A"),
    ],
)
def test_a_column_that_is_no_filter_cannot_be_asked(model, question, people):
    assert kit.browser_of(people["carol"]).get(f"{LISTS.format(model)}?{question}").status_code == 400


@pytest.mark.parametrize(
    "question", ["o=99", "o=-1.2.3", "p=9999", "p=x", "all=1", "_popup=1", "q=%00", "q=" + "a" * 5000]
)
def test_an_odd_question_of_a_list_tells_nothing(question, people, marks):
    """Statuses of 302 go back to the list with `e=1`, as Django does with a question that it does not understand."""
    browser = kit.browser_of(people["eve"])
    paths = [f"/admin/{model}/?{question}" for model in ("athletes/athlete", "planning/mealplan")]
    told = [browser.get(path) for path in paths]
    assert {response.status_code for response in told} <= {200, 302, 400}
    assert [leaked(response, path, marks) for path, response in zip(paths, told, strict=True)] == [[], []]


@pytest.mark.parametrize("field", ["user__password", "password", "credentials", "name"])
def test_no_pop_up_hands_out_another_column_than_the_id(field, people):
    path = f"/admin/athletes/athlete/?_popup=1&_to_field={field}"
    assert kit.browser_of(people["carol"]).get(path).status_code == 400


def completions():
    """A question for every foreign key of every model of the project, shown in the admin or not."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if (field.many_to_one or field.many_to_many) and field.concrete:
                names = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
                yield f"{reverse('admin:autocomplete')}?{names}&field_name={field.name}&term="


def completed(browser):
    """What is offered for any relation of any model, as (model of the relation, words)."""
    found = set()
    for path in completions():
        response = browser.get(path)
        assert response.status_code in {200, 403, 404}
        words = [row["text"] for row in response.json()["results"]] if response.status_code == 200 else []
        found |= set(words)
    return found


def test_nothing_is_completed_for_a_coach_whose_consent_ended(people):
    assert completed(kit.browser_of(people["eve"])) == set()


def test_only_her_own_athletes_are_completed_for_a_coach(people, ids):
    """Names of athletes and squads, plans by their week; Sam and every account stay unknown."""
    found = completed(kit.browser_of(people["carol"]))
    assert {"Alice Marić", "Carol squad"} <= found
    assert [words for words in found if "@" in words or "Sam" in words] == []


def test_own_food_and_dishes_of_athletes_are_not_among_the_catalogue(people, ids):
    browser = kit.browser_of(people["clerk"])
    food, dish = ids["own/foods/food_id"], ids["own/recipes/recipe_id"]
    assert (Food.objects.get(pk=food).name, Recipe.objects.get(pk=dish).name) == ("Alice's oats", "Alice's bowl")
    lists = [
        browser.get("/admin/planning/food/?q=oats").content,
        browser.get("/admin/planning/recipe/?q=bowl").content,
        browser.get("/admin/search/?s=oats&extended=1").content,
    ]
    assert [b"Alice" in content for content in lists] == [False, False, False]
    pages = [f"/admin/planning/food/{food}/change/", f"/admin/planning/recipe/{dish}/change/"]
    pages += [path.replace("change", "history") for path in pages]
    assert [browser.get(path).status_code for path in pages] == [302] * 4


def cost(browser, path):
    """Status, place, body and number of queries: all by which an answer could tell that something is there."""
    with CaptureQueriesContext(connection) as seen:
        response = browser.get(path)
    body = re.sub(rb"[0-9a-zA-Z_-]{20,}", b"", response.content.replace(path.encode(), b""))
    return response.status_code, response.get("Location"), body, len(seen)


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ("/admin/roster/athlete/{athlete_id}/", "/admin/roster/athlete/{ath}/"),
        ("/admin/athletes/trainingevent/{event_id}/history/", "/admin/athletes/trainingevent/{evt}/history/"),
        ("/admin/athletes/trainingevent/{event_id}/change/", "/admin/athletes/trainingevent/{evt}/change/"),
        ("/admin/planning/mealplan/{plan_id}/delete/", "/admin/planning/mealplan/{mpl}/delete/"),
        ("/admin/r/{athletes}/{athlete_id}/", "/admin/r/{athletes}/{ath}/"),
        ("/admin/athletes/user/{user}/history/", "/admin/athletes/user/usr_0/history/"),
        ("/admin/account/emailaddress/{address}/history/", "/admin/account/emailaddress/999999/history/"),
        ("/admin/kernel/auditentry/{entry}/history/", "/admin/kernel/auditentry/aud_0/history/"),
        ("/admin/billing/tier/free/history/", "/admin/billing/tier/none/history/"),
        ("/admin/athletes/squad/{squad_id}/change/", "/admin/athletes/squad/sqd_0/change/"),
    ],
)
def test_what_is_there_is_answered_like_what_is_not(there, missing, people, ids, alice):
    from allauth.account.models import EmailAddress

    names = {
        **ids,
        **MISSING,
        "athletes": ContentType.objects.get_for_model(type(alice)).pk,
        "user": alice.user_id,
        "address": EmailAddress.objects.get(user=alice.user).pk,
        "entry": AuditEntry.objects.create(verb="x", object_id="y").pk,
    }
    browser = kit.browser_of(people["eve"])
    first, second = (path.format(**names) for path in (there, missing))
    browser.get(second)
    # The id is repeated in a message of the next page, never in the answer.
    assert cost(browser, first) == cost(browser, second)


@pytest.mark.parametrize(
    ("model", "action"),
    [
        (model, action)
        for model in kit.shown_models()
        for action in (
            "delete_selected",
            *(name for name in admin.site._registry[model].actions if isinstance(name, str)),
        )
    ],
    ids=lambda value: value if isinstance(value, str) else value._meta.label,
)
def test_no_action_takes_the_id_of_a_stranger(model, action, people, ids, alice, marks):
    """By Eve, whose consent has ended; the ids are those of Alice's things, chosen one by one and all across pages."""
    browser = kit.browser_of(people["eve"])
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    before = model._base_manager.filter(pk=kit.object_of(model, alice)).values_list().first()
    count = model._base_manager.count()
    form = {"action": action, "_selected_action": kit.object_of(model, alice), "confirmed": "yes", "post": "yes"}
    for wish in (form, {**form, "select_across": "1"}):
        response = browser.post(path, wish)
        assert response.status_code in {200, 302, 403}
        assert leaked(response, str(wish), marks) == []
    assert model._base_manager.filter(pk=form["_selected_action"]).values_list().first() == before
    assert model._base_manager.count() == count


def test_every_form_of_the_admin_needs_its_token(people, ids, alice):
    """Without the token of the form nothing is taken, not even from a superuser or from her own coach."""
    told = {}
    for who in ("carol", "root"):
        browser = kit.browser_of(people[who], enforce_csrf_checks=True)
        for one in kit.addresses(ids, alice):
            told[who, one.route] = browser.post(one.path).status_code
    unasked = {"admin/login/", "admin/(?P<url>.*)$"}
    assert {place for place, status in told.items() if status != 403 and place[1] not in unasked} == set()


@pytest.mark.parametrize("name", ["coach_bound_end", "coach_note_delete", "coach_template_delete"])
def test_a_deed_is_not_done_by_a_look(name, people, ids):
    pk = ids[{"coach_bound_end": "bound_id", "coach_note_delete": "note_id"}.get(name, "template_id")]
    browser = kit.browser_of(people["carol"])
    assert [getattr(browser, how)(reverse(f"admin:{name}", args=[pk])).status_code for how in ("get", "head")] == [
        404,
        404,
    ]
    assert (CoachBound.objects.get(pk=ids["bound_id"]).ended_at, CoachNote.objects.count()) == (None, 1)


def test_a_consent_that_ends_while_a_form_is_open_refuses_what_is_sent(people, ids, alice):
    browser = kit.browser_of(people["carol"])
    desk = reverse("admin:coach_athlete", args=[alice.pk])
    item = PlanItem.objects.filter(revision__plan=ids["plan_id"], slot="breakfast").get()
    swap = reverse("admin:coach_swap", args=[alice.pk, item.pk])
    assert [browser.get(path).status_code for path in (desk, swap)] == [200, 200]
    CoachLink.objects.filter(coach=people["carol"]).update(status="ended", ended_at=clock.now())
    before = rows_by_table()
    day = clock.today("UTC").isoformat()
    limit = {"whom": alice.pk, "kind": "kept_out", "kept_out": "oats", "reason": "x", "first_day": day, "last_day": day}
    sent = [
        (desk, {"form": "note", "kind": "message", "text": "late"}, 404),
        (desk, {"form": "meal", "deed": "lock", "item": item.pk, "text": "late"}, 404),
        (swap, {"recipe_id": ids["recipe_id"], "reason": "late"}, 404),
        (reverse("admin:coach_bound"), {**limit, "deed": "set"}, 422),
        (reverse("admin:coach_bound"), {**limit, "deed": "try"}, 422),
        (reverse("admin:coach_bound"), {**limit, "whom": ids["squad_id"], "deed": "set"}, 422),
        (reverse("admin:coach_message"), {"athletes": [alice.pk], "text": "late"}, 422),
        (reverse("admin:coach_bound_end", args=[ids["bound_id"]]), {}, 404),
        (reverse("admin:coach_note_delete", args=[ids["note_id"]]), {}, 404),
    ]
    assert [browser.post(path, form).status_code for path, form, _ in sent] == [status for *_, status in sent]
    assert rows_by_table() == before
    assert CoachBound.objects.get(pk=ids["bound_id"]).ended_at is None
    assert PlanItem.objects.get(pk=item.pk).locked is False


def test_a_squad_takes_no_link_whose_consent_ended_since(people, ids):
    browser = kit.browser_of(people["carol"])
    link = CoachLink.objects.get(coach=people["carol"])
    CoachLink.objects.filter(pk=link.pk).update(status="ended", squad=None)
    page = f"/admin/athletes/squad/{ids['squad_id']}/change/"
    assert browser.post(page, {"name": "Carol squad", "members": [link.pk]}).status_code == 200
    assert CoachLink.objects.get(pk=link.pk).squad is None


def test_a_coach_who_lost_the_right_to_coach_has_no_admin_of_athletes(people, ids, alice):
    browser = kit.browser_of(people["carol"])
    User.objects.filter(pk=people["carol"].pk).update(is_coach=False)
    paths = ["/admin/athletes/athlete/", reverse("admin:roster"), reverse("admin:coach_athlete", args=[alice.pk])]
    assert [browser.get(path).status_code for path in paths] == [403, 404, 404]


def test_an_account_that_was_changed_leaves_no_address_in_djangos_log(people):
    from django.contrib.admin.models import LogEntry

    form = {"name": "Sam", "language": "", "is_active": "on"}
    path = f"/admin/athletes/user/{people['sam'].pk}/change/"
    assert kit.browser_of(people["root"]).post(path, form).status_code == 302
    assert (LogEntry.objects.count(), AuditEntry.objects.filter(verb="account.changed").count()) == (0, 1)


def test_nobody_changes_the_password_of_somebody_else(people):
    browser = kit.browser_of(people["root"])
    before = people["sam"].password
    page = f"/admin/athletes/user/{people['sam'].pk}"
    assert browser.get(f"{page}/password/").status_code == 302
    browser.post(f"{page}/change/", {"name": "Sam", "is_active": "on", "password": "x", "password1": "x"})
    assert User.objects.get(pk=people["sam"].pk).password == before


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\ufeff=1", "\u200b=1", "\uff1d1", "a;=1+1", 'a";=1']
)
def test_no_name_in_the_file_of_a_week_is_run_by_a_spreadsheet(name, people, alice):
    """Also where the spreadsheet splits at semicolons, as it does in most of Europe."""
    type(alice).objects.filter(pk=alice.pk).update(name=name)
    text = week_csv(squad_week(people["carol"], clock.today("UTC"))).decode("utf-8-sig")
    cell = next(iter(list(csv.reader(io.StringIO(text)))[1:]))[0]
    assert cell == name if name.startswith("a") else cell.startswith("'")
    # In quotation marks, so that a semicolon inside of it parts nothing.
    assert text.splitlines()[1].startswith('"')


def test_the_first_page_of_a_coach_counts_nobody_who_did_not_agree(people):
    told = kit.browser_of(people["eve"]).get("/admin/").content.decode()
    assert "Nobody yet" in told
    assert Notice.objects.count() == 1
