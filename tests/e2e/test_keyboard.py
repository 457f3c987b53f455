"""The main job without a mouse: see today, mark a meal eaten, swap one, tick a line of the list."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import DESK

FOCUS = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        name: one === document.body ? ''
            : one.getAttribute('aria-label') || one.textContent.trim() || one.getAttribute('name') || '',
        // Past the last thing of a page the focus is nowhere on it.
        seen: one === document.body || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
            || style.boxShadow !== 'none'
            || [one.closest('label'), one.closest('.input')].some(
                (around) => around && getComputedStyle(around).outlineStyle !== 'none'),
        within: box.bottom > 0 && box.top < innerHeight,
    };
}"""
FARTHEST = 150


def tab_to(page, name):
    """Presses Tab until something of this name has the focus; everything on the way has to show that it has it."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["seen"], f"no focus ring on {focus['name']!r}"
        if re.search(name, focus["name"]):
            assert focus["within"], f"{focus['name']!r} has the focus outside of the screen"
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def test_a_day_is_lived_with_the_keyboard_alone(new_person):
    person = new_person(plan_days=1, viewport=DESK)
    path = person.make_list(days=1)
    page = person.page

    page.goto("/today")
    tab_to(page, "^Skip to content$")
    page.keyboard.press("Enter")
    tab_to(page, "^Mark as eaten")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^1 of \d eaten$"))).to_be_visible()
    # The focus is still on the meal, so the way goes on from here.
    tab_to(page, "^Mark as eaten")
    tab_to(page, "^More for ")
    page.keyboard.press("Enter")
    tab_to(page, "^Swap this meal$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What fits instead")).to_be_visible()
    tab_to(page, "^Use ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What fits instead")).to_have_count(0)

    page.goto(path)
    tab_to(page, "^ticked$")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name=re.compile(r"^1 of \d+ in the basket$"))).to_be_visible()


def test_an_open_menu_closes_with_escape_and_gives_the_focus_back(new_person):
    page = new_person(plan_days=1).page
    page.goto("/today")
    summary = page.locator("ol.meals details.more summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("ol.meals details.more[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("ol.meals details.more[open]")).to_have_count(0)
    expect(summary).to_be_focused()
