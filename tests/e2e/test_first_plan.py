"""From an address and a password to a plan."""

from __future__ import annotations

import itertools
import re
import time

from playwright.sync_api import expect

from tests.e2e.people import PASSWORD, PLACES, Person, morning_offset_hours

_addresses = itertools.count(1)


def test_a_newcomer_answers_three_pages_and_has_a_plan_for_today(open_browser, scripts):
    zone = PLACES[morning_offset_hours()]
    context = open_browser(java_script_enabled=scripts, timezone_id=zone)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Make an account").first.click()
    page.get_by_label("Email").fill(f"newcomer-{time.time_ns():x}-{next(_addresses)}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()

    expect(page.get_by_role("heading", name="About you")).to_be_visible()
    page.get_by_label("Your name").fill("Nora Lind")
    page.get_by_label("Main sport").select_option(label="Running")
    page.get_by_text("Train and race well").click()
    page.get_by_text("Women’s").click()
    page.get_by_label("Birth date").fill("1996-04-02")
    page.get_by_role("textbox", name="Weight").fill("58")
    page.get_by_role("textbox", name="Height").fill("168")
    page.get_by_text("Desk, some walking").click()
    if not scripts:
        # With scripts the zone of the device is chosen already.
        page.get_by_label("Time zone").select_option(zone)
    expect(page.get_by_label("Time zone")).to_have_value(zone)
    page.get_by_role("button", name="Next: food").click()

    expect(page.get_by_role("heading", name="Your food", exact=True)).to_be_visible()
    page.get_by_text("Peanuts").click()
    page.get_by_role("button", name="Next: calendar").click()

    expect(page.get_by_role("heading", name="Your training calendar")).to_be_visible()
    page.get_by_role("link", name="Go on without a calendar").click()
    page.get_by_role("button", name="Make my plan").click()

    expect(page).to_have_url(re.compile(r"/(today|week/[\d-]+)$"))
    page.goto("/today")
    today = Person(context, "").today
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(today.day))
    assert page.locator("ol.meals > li").count() >= 3
    expect(page.get_by_role("link", name=re.compile("^Plan checked"))).to_be_visible()


def test_a_wrong_answer_stands_beside_its_question_and_the_others_stay(new_person, scripts):
    page = new_person(profile=False, java_script_enabled=scripts).page
    page.goto("/start/profile")
    page.get_by_label("Your name").fill("Nora Lind")
    page.get_by_label("Main sport").select_option(label="Running")
    page.get_by_role("textbox", name="Weight").fill("five hundred")
    page.get_by_role("button", name="Next: food").click()
    expect(page.get_by_role("textbox", name="Weight")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("textbox", name="Weight")).to_have_value("five hundred")
    expect(page.get_by_label("Your name")).to_have_value("Nora Lind")
