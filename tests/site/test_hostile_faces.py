"""What a hostile reader sends to the pages: each is refused in words, and nothing of it is stored or told to others."""

from __future__ import annotations

import re
import threading
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.models import Conversation, Message
from athletes.models import CoachLink, Notice
from athletes.services.coaches import end_coach_link
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import NotFound
from nutrition_site.kernel.ids import new_id
from planning.models import CoachBound, CoachNote, MealPlan
from planning.services.coaching_bounds import Wish, set_coach_bounds
from planning.services.coaching_notes import write_coach_note
from planning.services.solving import PlanInfeasible
from tests import access_table as table
from tests.corpora import for_every
from tests.factories import make_coach
from tests.markup import Page
from tests.planning.pages import sign_in
from tests.test_access import routes

pytestmark = pytest.mark.django_db

PAGES = [route for route, _ in routes() if not route.startswith(("v1/", "api/"))]
# The address itself is what authorizes, and neither reads a cookie.
WITHOUT_COOKIE = {"shared/lists/<str:token>", "mail/stop/<str:token>"}
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def world(athlete):
    return table.make_world(athlete.user, make_coach(email="carol@example.com", athlete=athlete))


@pytest.fixture
def browser(athlete):
    return sign_in(athlete.user)


def poisoned(route, world):
    """The address of a page with a null byte in each of its parameters, one after another."""
    for name in re.findall(r"<\w+:(\w+)>", route):
        known = dict(world.ids)
        changed = {key: f"{value}%00" for key, value in known.items() if key.rpartition("/")[2] == name}
        world.ids.update(changed)
        yield world.fill(route)
        world.ids.update(known)


# Only PostgreSQL refuses a null byte.
@pytest.mark.core
@for_every("route", [route for route in PAGES if ":" in route])
def test_a_null_byte_in_an_address_names_nothing(world, browser, route):
    for path in poisoned(route, world):
        statuses = {browser.get(path).status_code, browser.post(path, {"form_key": new_id("frm")}).status_code}
        assert statuses <= {302, 303, 404, 405, 422}, path


@for_every("place", ["/today\r\nX-Evil: yes", "/today\n", "/week/žute-šljive"])
def test_an_address_to_go_back_to_adds_no_header(world, browser, place):
    path = world.fill("recipes/<str:recipe_id>/opinion")
    answer = browser.post(path, {"favorite": "yes", "next": place}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, quote(place, safe="/:"))


@for_every(
    "place",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:1",
    ],
)
def test_nothing_leads_to_another_site(world, browser, place):
    path = world.fill("recipes/<str:recipe_id>/opinion")
    assert browser.post(path, {"favorite": "yes", "next": place}).headers["Location"] == path.removesuffix("/opinion")
    asked = Client().post("/me/language", headers={"Referer": f"http://testserver{place}"})
    login = browser.get(asked.headers["Location"])
    assert not urlsplit(login.headers["Location"].replace("\\", "/")).netloc


# --- what is in no page, whoever asks ---


def test_every_form_needs_the_token_of_its_page(world):
    browser = sign_in(world.athlete.user, enforce_csrf_checks=True)
    answered = {route: browser.post(world.fill(route)).status_code for route in PAGES if route not in WITHOUT_COOKIE}
    assert {route: status for route, status in answered.items() if status not in (403, 405)} == {}


def test_reading_a_page_writes_nothing_and_what_an_account_reads_is_kept_by_no_cache_between(world, browser):
    writing, kept, shown = {}, set(), 0
    for route in PAGES:
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(world.fill(route))
        # The session's own row says when it was used.
        changed = [
            row["sql"] for row in queries if row["sql"].startswith(WRITES) and "django_session" not in row["sql"]
        ]
        if changed:
            writing[route] = changed
        if answer.status_code != 200 or route in table.PAGES_PUBLIC:
            continue
        shown += 1
        varies = set(re.split(r",\s*", answer.headers["Vary"]))
        if "private" not in answer.headers["Cache-Control"] or not varies >= {"Cookie", "Accept-Language"}:
            kept.add(route)
    assert (writing, kept, shown > 60) == ({}, set(), True)


# --- amounts that were written down before they were withheld ---


@pytest.fixture
def careful(athlete):
    """Alice while an eating problem may ask for care: pages show neither energy nor body mass."""
    athlete.ed_flag = True
    athlete.save()
    return athlete


REFUSAL = {
    "code": "plan_infeasible",
    "message": "No plan meets all of these limits.",
    "conflicts": [
        {"sentence": "There is no dish for the snack that you may eat with 310 to 420 kcal on Monday at 10:00."},
        {"sentence": "No choice of dishes meets this: at least 96 g of protein."},
        {"sentence": "No choice of dishes that fits vegan and no soy can fill these meals, whatever the targets are."},
    ],
    "relaxations": [
        {"kind": "protein", "amount": 12.0, "sentence": "Ask for 12 g less protein on every day."},
        {"kind": "prep", "amount": 15.0, "sentence": "Allow 15 more minutes in the kitchen on every day."},
    ],
}


@pytest.mark.parametrize("place", ["/today", "/week"])
def test_a_refusal_tells_no_amounts_where_numbers_are_withheld(careful, browser, place):
    day = today(careful.zones)
    MealPlan.objects.create(athlete=careful, week_start=day, days=7, status="infeasible", refusal=REFUSAL)
    text = Page(browser.get(place).content.decode()).text
    assert [words for words in ("kcal", "96 g", "12 g", "vegan", "15 more minutes") if words in text] == [
        "vegan",
        "15 more minutes",
    ]


def test_a_refused_form_tells_no_amounts_where_numbers_are_withheld(careful, browser, monkeypatch):
    def refuse(**_):
        raise PlanInfeasible(extra={name: REFUSAL[name] for name in ("conflicts", "relaxations")})

    for module, path in (("plans.create_meal_plan", "/start/plan"), ("shopping.create_shopping_list", "/shopping")):
        monkeypatch.setattr(f"planning.views.{module}", refuse)
        day = today(careful.zones).isoformat()
        answer = browser.post(path, {"first": day, "last": day, "days": "1"})
        text = Page(answer.content.decode()).text
        assert (answer.status_code, "vegan" in text, "kcal" in text, "96 g" in text) == (422, True, False, False), path


def test_an_older_notice_tells_no_amounts_where_numbers_are_withheld(careful, browser):
    body = "There is no dish for the snack that you may eat with 310 to 420 kcal. The plan stays as it is."
    Notice.objects.create(athlete=careful, kind="plan_impossible", key="mpl_1", title="Your plan stays", body=body)
    text = Page(browser.get("/notices").content.decode()).text
    assert ("Your plan stays" in text, "kcal" in text) == (True, False)


def test_an_older_answer_of_the_advisor_tells_no_energy_where_it_is_withheld(careful, browser):
    talk = Conversation.objects.create(athlete=careful, title="Dinner")
    Message.objects.create(conversation=talk, role="athlete", text="What is in my dinner?")
    Message.objects.create(conversation=talk, role="advisor", text="Your dinner holds 849 kcal.")
    Message.objects.create(conversation=talk, role="advisor", text="Your dinner is at 19:00.")
    text = Page(browser.get(f"/advisor/{talk.pk}").content.decode()).text
    assert ("849" in text, "19:00" in text, "What is in my dinner?" in text) == (False, True, True)


def test_a_search_in_older_talks_shows_no_energy_where_it_is_withheld(careful, browser):
    talk = Conversation.objects.create(athlete=careful, title="Dinner")
    Message.objects.create(conversation=talk, role="advisor", text="Your lasagna holds 849 kcal.")
    text = Page(browser.get("/advisor", {"find": "lasagna"}).content.decode()).text
    assert ("Dinner" in text, "849" in text) == (True, False)


# --- consent that ends in the middle ---


def writes_while_coaching_ends(athlete, coach, write):
    """What a deed of a coach is answered that begins before the end of coaching is written down, and goes on after."""
    told = []

    def begin():
        try:
            write()
            told.append("written")
        except NotFound:
            told.append("not found")
        finally:
            connection.close()

    thread = threading.Thread(target=begin)
    with transaction.atomic():
        end_coach_link(by=athlete.user, link=CoachLink.objects.get(coach=coach, athlete=athlete))
        thread.start()
        # Long enough for it to read that coaching goes on, and to wait.
        thread.join(timeout=0.5)
    thread.join()
    return told


@pytest.mark.core
@pytest.mark.django_db(transaction=True)
def test_no_limit_is_set_by_a_coach_whom_the_athlete_is_just_leaving(athlete, carol):
    day = today(athlete.zones)
    wish = Wish("For the long runs.", day, day, measure="protein_g", minimum=90.0)
    told = writes_while_coaching_ends(
        athlete, carol, lambda: set_coach_bounds(coach=carol, athletes=[athlete], wish=wish)
    )
    assert (told, CoachBound.objects.count()) == (["not found"], 0)


@pytest.mark.core
@pytest.mark.django_db(transaction=True)
def test_no_message_comes_from_a_coach_whom_the_athlete_is_just_leaving(athlete, carol):
    told = writes_while_coaching_ends(
        athlete, carol, lambda: write_coach_note(coach=carol, athlete=athlete, kind="message", text="One more thing")
    )
    assert (told, CoachNote.objects.count()) == (["not found"], 0)
