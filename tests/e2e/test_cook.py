"""At the stove: a step a screen, turned with a key, a thumb or without any script."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def begin_cooking(page):
    """The first recipe, before its first step; how many steps it has."""
    page.goto("/recipes")
    page.locator("main a[href^='/recipes/rcp_']").first.click()
    page.get_by_role("link", name="Cook this").click()
    expect(page.get_by_role("heading", name="Get everything ready")).to_be_visible()
    page.wait_for_load_state()  # the keys are listened to from then on
    return page.locator("ol.lap li").count() - 1


def test_every_step_of_a_dish_is_a_screen_and_the_last_leads_out(new_person, scripts):
    page = new_person(java_script_enabled=scripts).page
    count = begin_cooking(page)
    page.get_by_role("link", name="Start cooking").click()
    for step in range(1, count + 1):
        expect(page.get_by_role("heading", name=f"Step {step} of {count}")).to_be_visible()
        assert page.locator(".says").inner_text().strip()
        if step < count:
            page.get_by_role("link", name="Next step").click()
    page.get_by_role("link", name="Done").click()
    expect(page).not_to_have_url(re.compile("/cook"))


def test_arrow_keys_turn_the_steps_in_the_same_page_and_tell_where_one_is(new_person):
    page = new_person().page
    count = begin_cooking(page)
    page.evaluate("window.stillHere = true")
    for step in (1, 2):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("heading", name=f"Step {step} of {count}")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name=f"Step 1 of {count}")).to_be_focused()
    assert page.evaluate("window.stillHere") is True
    page.go_back()
    expect(page.get_by_role("heading", name=f"Step 2 of {count}")).to_be_visible()


def swipe(page, *, from_x, to_x, to_y=430):
    """One finger from one place of the step to another, as a touch screen tells it."""
    told = page.context.new_cdp_session(page)
    move = "Input.dispatchTouchEvent"
    told.send(move, {"type": "touchStart", "touchPoints": [{"x": from_x, "y": 420}]})
    for part in (0.5, 1):
        point = {"x": from_x + (to_x - from_x) * part, "y": 420 + (to_y - 420) * part}
        told.send(move, {"type": "touchMove", "touchPoints": [point]})
    told.send(move, {"type": "touchEnd", "touchPoints": []})


def test_a_swipe_turns_the_step_and_scrolling_does_not(new_person):
    page = new_person(has_touch=True).page
    count = begin_cooking(page)
    heading = page.locator("#step-h")
    swipe(page, from_x=300, to_x=120)
    expect(heading).to_have_text(f"Step 1 of {count}")
    swipe(page, from_x=300, to_x=120)
    expect(heading).to_have_text(f"Step 2 of {count}")
    swipe(page, from_x=220, to_x=130, to_y=700)
    page.wait_for_timeout(400)
    expect(heading).to_have_text(f"Step 2 of {count}")
    swipe(page, from_x=100, to_x=320)
    expect(heading).to_have_text(f"Step 1 of {count}")
