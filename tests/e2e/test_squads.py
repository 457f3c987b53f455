"""Squads of nobody and of two hundred, in the browser of their coach."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from script.support.pages import CROWD_SIZE, CROWDED_COACH_EMAIL, DEMO_PASSWORD, LONELY_COACH_EMAIL
from tests.e2e.conftest import DESK
from tests.e2e.people import sign_in
from tests.e2e.rules import beyond_the_edge
from tests.e2e.seed import SQUAD_SIZE


def test_a_coach_without_athletes_is_told_how_to_begin(open_browser, scripts):
    page = sign_in(open_browser(viewport=DESK, java_script_enabled=scripts), LONELY_COACH_EMAIL, DEMO_PASSWORD).page
    page.goto("/admin/roster/")
    expect(page.get_by_role("heading", name="No athletes yet")).to_be_visible()
    expect(page.get_by_role("link", name="Set a limit")).to_have_count(0)
    page.goto("/admin/roster/week/")
    expect(page.get_by_role("heading", name="Nobody here yet")).to_be_visible()
    expect(page.get_by_role("link", name="Download as CSV")).to_have_count(0)
    page.goto("/admin/roster/")
    page.get_by_role("link", name="Invite an athlete").click()
    expect(page.get_by_role("heading", name="Invite an athlete")).to_be_visible()


def test_a_squad_of_two_hundred_is_ranked_filtered_and_fits_every_screen(open_browser, scripts):
    page = sign_in(open_browser(viewport=DESK, java_script_enabled=scripts), CROWDED_COACH_EMAIL, DEMO_PASSWORD).page
    page.goto("/admin/roster/")
    everybody = page.locator(".triage a[href^='/admin/roster/athlete/']:not(.btn)")
    assert everybody.count() >= CROWD_SIZE
    assert beyond_the_edge(page, 390) <= 0
    squads = page.get_by_role("navigation", name="Squad")
    squads.get_by_role("link", name="Regional team").click()
    expect(page.get_by_text(f"{SQUAD_SIZE} athletes in Regional team")).to_be_visible()
    assert everybody.count() == SQUAD_SIZE
    squads.get_by_role("link", name="Nobody yet").click()
    expect(page.get_by_text("Nobody yet in Nobody yet.")).to_be_visible()


def test_the_week_of_two_hundred_is_a_row_each_in_picture_table_and_file(open_browser, scripts):
    context = open_browser(viewport=DESK, java_script_enabled=scripts)
    page = sign_in(context, CROWDED_COACH_EMAIL, DEMO_PASSWORD).page
    page.goto("/admin/roster/week/")
    assert page.locator("figure.drawing text.t-end").count() >= CROWD_SIZE
    rows = page.locator("details.data tbody tr")
    assert rows.count() >= CROWD_SIZE
    page.locator("details.data summary").click()
    expect(rows.first).to_be_visible()
    assert beyond_the_edge(page, 390) <= 0
    address = page.get_by_role("link", name="Download as CSV").get_attribute("href")
    lines = context.request.get(address).text().strip().splitlines()
    assert sum(bool(re.search(r"Athlete 0\d\d of", line)) for line in lines) >= 100
