"""Leaving: what is left of an athlete in the browser after signing out, and anywhere after the account is deleted."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from script.support.pages import DEMO_PASSWORD, NEW_COACH_EMAIL
from tests.e2e.conftest import DESK
from tests.e2e.people import PASSWORD, sign_in
from tests.e2e.test_coach import agree

# The addresses of every page that this browser keeps for later, whosever it is.
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        if (name.startsWith("athleat-files-")) continue;
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    }
    return found;
}"""


def keep_pages(person, *paths):
    """Reads pages until the browser keeps a copy of each of them."""
    page = person.page
    page.goto(paths[0])
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for path in paths:
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
    page.wait_for_function(
        """async (paths) => {
            const kept = await caches.open("athleat-pages");
            for (const path of paths) if (!(await kept.match(path))) return false;
            return true;
        }""",
        arg=list(paths),
    )


def left_behind(page):
    """What is kept of the athlete: pages, and what waits to be sent."""
    waits = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
    return [path for path in page.evaluate(KEPT) if path != "/state"], [key for key in waits if "athleat" in key]


def test_signing_out_leaves_no_page_of_the_athlete_in_the_browser(new_person):
    person = new_person(plan_days=1)
    page, path = person.page, person.make_list(days=1)
    keep_pages(person, "/today", path)
    page.goto("/me")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/(\?.*)?$"))
    assert left_behind(page) == ([], [])
    person.context.set_offline(True)
    for kept in ("/today", path):
        page.goto(kept)
        expect(page.get_by_role("heading", name=re.compile("No connection|not on this device", re.I))).to_be_visible()
        expect(page.locator("ol.meals, #ticks")).to_have_count(0)


def test_going_back_after_signing_out_shows_nothing_of_the_athlete(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    page = person.page
    page.goto("/today")
    meal = page.locator("ol.meals h3, ol.meals .dish, ol.meals a").first.inner_text()
    page.goto("/me")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/(\?.*)?$"))
    page.go_back(wait_until="commit")
    page.go_back(wait_until="commit")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text(meal)).to_have_count(0)


def test_a_deleted_account_is_gone_for_its_owner_its_browser_and_its_coach(new_person, open_browser, scripts):
    coach = sign_in(open_browser(viewport=DESK, java_script_enabled=scripts), NEW_COACH_EMAIL, DEMO_PASSWORD)
    person = new_person(plan_days=1, java_script_enabled=scripts)
    agree(person, coach, "Gita Going")
    desk, page = coach.page, person.page
    desk.goto("/admin/roster/")
    desk.get_by_role("link", name="Gita Going").first.click()
    own_page = desk.url
    if scripts:
        keep_pages(person, "/today")

    page.goto("/me")
    page.get_by_role("link", name="Delete the account").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Your account and everything in it is deleted.")).to_be_visible()
    if scripts:
        assert left_behind(page) == ([], [])
    for _ in range(2):
        page.go_back(wait_until="commit")
        expect(page.get_by_text("Gita Going")).to_have_count(0)

    page.goto("/today")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("not correct", exact=False)).to_be_visible()
    expect(page).to_have_url(re.compile("/account/login/"))
    for address in (own_page, "/admin/roster/", "/admin/roster/week/", "/admin/athletes/athlete/?q=Gita"):
        desk.goto(address)
        assert "Gita Going" not in desk.locator("body").inner_text(), address
