"""Names as long as the product takes them, on the narrowest phone: nothing scrolls sideways, nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from script.support.pages import CROWDED_COACH_EMAIL, DEMO_PASSWORD
from tests.e2e.people import confirmation_link, sign_in
from tests.e2e.rules import beyond_the_edge

NARROWEST = 320
# No space to break at, as with an address or a made-up word.
LETTERS = 400


def fits(page):
    return beyond_the_edge(page, NARROWEST) <= 0


def longest(page, name, text):
    """Fills a field with as much of the text as it takes; returns that."""
    field = page.locator(f"[name={name}]").first
    most = field.evaluate("field => field.maxLength")
    taken = text * LETTERS if most < 0 else text * most
    field.fill(taken)
    return taken


@pytest.fixture
def person(new_person):
    return new_person()


def test_a_food_and_a_logged_meal_with_the_longest_names_fit_a_narrow_phone(person):
    page = person.page
    page.goto("/own/foods/add")
    longest(page, "name", "F")
    page.locator("input[name=energy_kcal]").fill("100")
    page.locator("main form").get_by_role("button", name="Save").click()
    expect(page).not_to_have_url("/own/foods/add")
    page.goto(f"/day/{person.day(0)}/log")
    longest(page, "name", "M")
    page.get_by_role("button", name="Log it", exact=True).click()
    expect(page.locator("li.logged")).to_have_count(1)
    narrow = {}
    for path in ("/own/foods", "/today", f"/day/{person.day(0)}", f"/day/{person.day(0)}/log?q={'F' * 60}"):
        page.goto(path)
        narrow[path] = fits(page)
    assert [path for path, kept in narrow.items() if not kept] == []


def test_an_athlete_and_a_session_with_the_longest_names_fit_a_narrow_phone(person):
    page = person.page
    person.make_profile(name="N" * 100)
    page.goto("/training/add")
    title = longest(page, "title", "T")
    page.locator("input[name=date]").fill(person.day(1))
    page.locator("input[name=time]").fill("17:00")
    page.get_by_text("Say it yourself instead of in the title").click()
    page.locator("input[name=duration_minutes]").fill("225")
    page.get_by_label("Kind").select_option(label="Race")
    page.get_by_role("button", name="Add the session").click()
    expect(page.get_by_text(title).first).to_be_visible()
    kept = {}
    for path in ("/training", f"/week/{person.day(1)}", f"/day/{person.day(1)}", "/races", "/me", "/more"):
        page.goto(path)
        kept[path] = fits(page)
    page.goto("/races")
    page.locator("main a[href^='/races/evt_']").first.click()
    kept["the race"] = fits(page)
    page.get_by_role("link", name="Strip to tape on").click()
    kept["its strip"] = fits(page)
    assert [path for path, good in kept.items() if not good] == []


def test_a_list_with_the_longest_line_fits_a_narrow_phone(new_person):
    person = new_person(plan_days=1)
    page = person.page
    page.goto(person.make_list(days=1))
    field = page.get_by_label("Something else to buy")
    words = "W" * field.evaluate("field => Math.min(400, field.maxLength < 0 ? 400 : field.maxLength)")
    field.fill(words)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text(words).first).to_be_visible()
    assert fits(page)


def test_an_athlete_with_the_longest_name_fits_the_coach_s_pages_on_a_phone(new_person, open_browser):
    athlete = new_person()
    athlete.make_profile(name="N" * 100)
    athlete.page.goto(confirmation_link(athlete.email))
    athlete.page.get_by_role("button", name="Yes, it is mine").click()
    coach = sign_in(open_browser(), CROWDED_COACH_EMAIL, DEMO_PASSWORD)
    coach.send("/admin/athletes/coachlink/add/", email=athlete.email)
    athlete.page.goto("/settings/coaches")
    athlete.page.get_by_role("button", name="Say yes to this coach").click()
    expect(athlete.page.get_by_text("Sees your data")).to_be_visible()
    page, kept = coach.page, {}
    for path in (
        "/admin/roster/",
        "/admin/roster/week/",
        "/admin/roster/limit/",
        "/admin/roster/message/",
        "/admin/athletes/athlete/",
    ):
        page.goto(path)
        kept[path] = fits(page)
    page.goto("/admin/roster/")
    page.get_by_role("link", name="N" * 100).first.click()
    kept["the athlete"] = fits(page)
    athlete.page.goto("/settings/coaches")
    athlete.page.get_by_role("link", name="End coaching").click()
    athlete.page.get_by_role("button", name="End coaching").click()
    assert [path for path, good in kept.items() if not good] == []
