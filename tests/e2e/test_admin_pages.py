"""The admin as coaches, dietitians and operators see it: the rules of access, and the keyboard instead of a mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from script.support.pages import (
    COACH_EMAIL,
    COACH_PAGES,
    DEMO_PASSWORD,
    DIETITIAN_EMAIL,
    FIRST_ROW,
    OPERATOR_EMAIL,
    OPERATOR_PAGES,
    STAFF_PAGES,
    WIDTHS,
)
from tests.e2e.conftest import DESK, PHONE, new_context
from tests.e2e.people import sign_in
from tests.e2e.rules import beyond_the_edge, broken_rules
from tests.e2e.test_keyboard import tab_to

EVERY_PAGE = [
    *((COACH_EMAIL, page) for page in COACH_PAGES),
    *((DIETITIAN_EMAIL, page) for page in STAFF_PAGES),
    *((OPERATOR_EMAIL, page) for page in OPERATOR_PAGES),
]


@pytest.fixture(scope="module")
def staff(browser, base_url) -> Iterator[dict[str, BrowserContext]]:
    """A browser of each, signed in."""
    emails = (COACH_EMAIL, DIETITIAN_EMAIL, OPERATOR_EMAIL)
    contexts = {email: new_context(browser, base_url, viewport=DESK, reduced_motion="reduce") for email in emails}
    for email, context in contexts.items():
        sign_in(context, email, DEMO_PASSWORD)
        context.new_page()
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize(("email", "page"), EVERY_PAGE, ids=[page.name for _, page in EVERY_PAGE])
def test_a_page_of_the_admin_keeps_every_rule_of_access_and_fits_the_screen(staff, email, page):
    tab = staff[email].pages[0]
    answer = tab.goto(page.path)
    for link in page.links:
        answer = tab.goto(tab.locator(link).first.evaluate("link => link.href"))
    sideways = {width: beyond for width in WIDTHS if (beyond := beyond_the_edge(tab, width)) > 0}
    assert (answer.status, broken_rules(tab), sideways) == (200, [], {})


def test_what_a_limit_would_do_and_what_is_wrong_with_it_keep_every_rule_of_access(staff):
    tab = staff[COACH_EMAIL].pages[0]
    tab.set_viewport_size(DESK)
    tab.goto("/admin/roster/limit/")
    tab.get_by_role("button", name="Try it first").click()
    expect(tab.get_by_label("Why")).to_have_attribute("aria-invalid", "true")
    refused = broken_rules(tab)
    tab.get_by_label("For", exact=True).select_option(index=1)
    tab.get_by_label("Why").fill("Legs heal better")
    tab.get_by_label("At least").fill("80")
    tab.get_by_role("button", name="Try it first").click()
    expect(tab.get_by_role("heading", name="What it would do")).to_be_visible()
    assert (refused, broken_rules(tab)) == ([], [])


def test_a_food_is_curated_and_what_is_wrong_with_it_keeps_every_rule_of_access(staff):
    tab = staff[DIETITIAN_EMAIL].pages[0]
    tab.set_viewport_size(DESK)
    tab.goto("/admin/planning/food/?q=tahini")
    tab.goto(tab.locator(FIRST_ROW).first.evaluate("link => link.href"))
    energy = tab.get_by_label("Energy, kcal").input_value()
    tab.get_by_label("Energy, kcal").fill("5")
    tab.get_by_label("Why", exact=True).fill("A new label")
    tab.get_by_role("button", name="Send the change").click()
    expect(tab.get_by_label("Energy, kcal")).to_have_attribute("aria-invalid", "true")
    refused = broken_rules(tab)
    tab.get_by_label("Energy, kcal").fill(energy)
    tab.get_by_label("Price, euro cents per kg").fill("1234")
    tab.get_by_role("button", name="Send the change").click()
    expect(tab.get_by_text("In force now as version")).to_be_visible()
    assert (refused, broken_rules(tab)) == ([], [])


def test_a_coach_comes_to_an_athlete_and_signs_out_with_the_keyboard_alone(open_browser):
    page = sign_in(open_browser(viewport=DESK), COACH_EMAIL, DEMO_PASSWORD).page
    page.goto("/admin/roster/")
    tab_to(page, "^Skip to content$")
    page.keyboard.press("Enter")
    tab_to(page, "^Open$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The next seven days")).to_be_visible()
    # Some versions of the theme begin with the side bar folded away.
    if not page.get_by_role("link", name="Squad week", exact=True).is_visible():
        tab_to(page, "^Menu$")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Squad week", exact=True)).to_be_visible()
    tab_to(page, "coach@example.com")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.get_by_role("button", name="Log out").focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/roster/"))
    page.goto("/admin/roster/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_on_a_phone_the_menu_and_the_filters_open_with_the_keyboard(open_browser):
    page = sign_in(open_browser(viewport=PHONE), COACH_EMAIL, DEMO_PASSWORD).page
    page.goto("/admin/athletes/trainingevent/")
    expect(page.get_by_role("link", name="Squad week")).to_be_hidden()
    tab_to(page, "^Menu$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Squad week")).to_be_visible()
    page.get_by_role("button", name="Close the menu").press("Enter")
    expect(page.get_by_role("link", name="Squad week")).to_be_hidden()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
    tab_to(page, "^Filters")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="By intensity")).to_be_visible()
