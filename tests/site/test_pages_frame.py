"""Every page of the athlete and of the account: who may open it, and whether a strict browser and a reader can."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from athletes.models import CalendarConnection, CoachLink
from athletes.services.events import create_event
from nutrition_site.context import section_of
from tests import factories
from tests.markup import Page, faults

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/account/login/", "/account/signup/", "/account/password/reset/", "/account/password/reset/done/"]
ATHLETE_ONLY = [
    "/more",
    "/start/food",
    "/start/calendar",
    "/training",
    "/training/add",
    "/training/calendars",
    "/settings/profile",
    "/settings/profile?units=us",
    "/settings/food",
    "/settings/coaches",
]
ANY_ACCOUNT = [
    "/start/profile",
    "/me",
    "/me/delete",
    "/account/email/",
    "/account/password/change/",
    "/account/logout/",
]


def sign_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def furnished(athlete, carol, dan):
    """Alice with every kind of session, calendar and coach; returns the paths that exist only then."""
    day = dt.date.today()
    for offset, title in enumerate(["Long run 28k", "Rest", "Dentist", "Something", "Race: 10k", "Swim 3x800"], -2):
        create_event(by=athlete.user, athlete=athlete, values={"title": title, "starts_at": day + dt.timedelta(offset)})
    own = athlete.training_events.first()
    calendar = CalendarConnection.objects.create(
        athlete=athlete,
        provider="ical",
        label="calendar.example.org",
        status="error",
        status_reason="It is no calendar.",
    )
    CalendarConnection.objects.create(athlete=athlete, provider="google_calendar", status="reconnect")
    link = CoachLink.objects.get(coach=carol)
    return [
        reverse("event_edit", args=[own.pk]),
        reverse("event_delete", args=[own.pk]),
        reverse("calendar_remove", args=[calendar.pk]),
        reverse("coach_end", args=[link.pk]),
    ]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_sound(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert faults(answer.content.decode()) == {}


@pytest.mark.parametrize("path", ATHLETE_ONLY + ANY_ACCOUNT)
def test_the_owner_sees_a_sound_page(path, alice, furnished):
    answer = sign_in(alice).get(path)
    assert answer.status_code == 200
    assert faults(answer.content.decode()) == {}


def test_pages_of_single_things_are_sound(alice, furnished):
    client = sign_in(alice)
    for path in furnished:
        answer = client.get(path)
        assert (path, answer.status_code, faults(answer.content.decode())) == (path, 200, {})


@pytest.mark.parametrize("path", ATHLETE_ONLY)
def test_a_thin_profile_sees_a_sound_page(path, db):
    thin = factories.make_athlete(
        "thin@example.com", name="T", birth_date=None, sex=None, height_cm=None, weight_kg=None, timezone="UTC"
    )
    answer = sign_in(thin.user).get(path)
    assert answer.status_code == 200
    assert faults(answer.content.decode()) == {}


@pytest.mark.parametrize("path", ATHLETE_ONLY + ANY_ACCOUNT[:5])
def test_an_anonymous_reader_is_asked_to_sign_in_and_comes_back(path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("path", ATHLETE_ONLY)
def test_an_account_without_a_profile_is_asked_for_it_first(path, db):
    answer = sign_in(factories.make_user("new@example.com")).get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/start/profile")


def test_a_coach_without_a_profile_goes_to_the_desk(carol):
    assert sign_in(carol).get("/training")["Location"] == "/admin/"


def test_somebody_elses_things_do_not_exist(sam, furnished):
    client = sign_in(sam)
    assert [client.get(path).status_code for path in furnished] == [404] * 4
    assert [client.post(path).status_code for path in furnished] == [404] * 4


@pytest.mark.parametrize("path", ["/", "/training", "/account/login/", "/no-such-page"])
def test_the_content_security_policy_allows_no_inline_code(path, alice):
    policy = sign_in(alice).get(path)["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["default-src"] == "'none'"


def test_pages_with_health_data_stay_out_of_shared_caches(alice):
    assert set(sign_in(alice).get("/settings/profile")["Cache-Control"].split(", ")) >= {"private", "no-cache"}


@pytest.mark.parametrize(
    ("name", "section"),
    [("today", "today"), ("day", "today"), ("swap", "today"), ("week", "week"), ("recipe", "recipes")]
    + [("shopping", "shopping"), ("calendars", "training"), ("event_edit", "training"), ("account_home", "account")]
    + [("settings_food", "account"), ("subscription", "account"), ("advisor", "advisor"), ("landing", "landing")]
    + [("load", "training"), ("notices", "account"), ("plan_proposal", "week"), ("calendar_feed", "training")],
)
def test_a_page_lies_in_its_section(name, section):
    assert section_of(name) == section


def test_the_present_section_is_marked(alice):
    page = Page(sign_in(alice).get("/training/calendars").content.decode())
    marked = [a["href"] for tag, a, around in page.elements if tag == "a" and a.get("aria-current") and "nav" in around]
    assert "/training" in marked


def test_an_unknown_page_says_so_in_the_products_own_frame():
    answer = Client().get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert faults(answer.content.decode()) == {}


def test_a_form_without_its_token_says_that_nothing_is_lost(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/training/add", {"title": "Run 60 min", "date": "2026-03-27"})
    assert answer.status_code == 403
    assert "nothing you typed is lost" in answer.content.decode()
    assert faults(answer.content.decode()) == {}
    assert not alice.athlete.training_events.exists()


def test_the_failure_page_reads_no_database(django_assert_num_queries, rf):
    from nutrition_site.failures import failed

    request = rf.get("/training")
    with django_assert_num_queries(0):
        answer = failed(request)
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert faults(answer.content.decode()) == {}


def test_signed_in_readers_of_the_landing_page_go_on(alice):
    answer = sign_in(alice).get("/")
    assert answer.status_code == 302
    assert answer["Location"] in ("/today", "/training")


def test_the_reader_of_pages_sees_what_is_wrong():
    bad = (
        "<html><body><h1>a</h1><h1>b</h1><p id=x style='color:red'></p><p id=x></p>"
        "<input name=q><label for=none>l</label><button onclick='go()'></button><script>1</script><img></body></html>"
    )
    assert set(faults(bad)) == {
        *("inline code", "repeated ids", "controls without a label", "references to nothing"),
        *("images without text", "h1", "main"),
    }


@pytest.mark.parametrize("template", ["400.html", "403.html", "429.html", "error.html"])
def test_a_page_that_refuses_is_sound(template, rf):
    from django.template.loader import render_to_string

    from nutrition_site.kernel.errors import LimitReached

    request = rf.get("/")
    html = render_to_string(template, {"error": LimitReached("Please wait.")}, request=request)
    assert faults(html) == {}


def test_a_page_of_somebody_without_a_profile_names_no_foreign_thing(carol, furnished):
    client = sign_in(carol)
    assert [client.get(path).status_code for path in furnished] == [404] * 4


@pytest.mark.parametrize(
    ("shown", "back"),
    [("http://testserver/training/add?x=1", "/training/add%3Fx%3D1"), ("https://evil.example/", "/"), ("", "/")],
)
def test_an_htmx_request_without_a_session_goes_to_the_sign_in_page_and_back_to_its_own(shown, back):
    headers = {"HX-Request": "true", "HX-Current-URL": shown}
    answer = Client().post("/training/add", {"look": "1"}, headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/account/login/?next={back}")
