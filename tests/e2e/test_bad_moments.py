"""What goes wrong in a browser: sessions that end, buttons pressed twice, the way back, two tabs, foreign forms."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from script.support.pages import BROWSER_ARGUMENTS, SIGNED_IN
from tests.e2e.conftest import new_context
from tests.e2e.people import PASSWORD, sign_up


def sessions_of(person):
    """How many sessions entered by hand the training page shows."""
    page = person.context.new_page()
    page.goto("/training")
    count = page.locator("main a[href*='/edit']").count()
    page.close()
    return count


def fill_session(page, person, title="Hill repeats"):
    page.goto("/training/add")
    page.get_by_label("What will you do?").fill(title)
    page.get_by_label("Day").fill(person.day(1))
    page.locator("input[name=time]").fill("17:00")
    page.get_by_text("Say it yourself instead of in the title").click()
    page.locator("input[name=duration_minutes]").fill("60")


def send_button(page):
    return page.get_by_role("button", name="Add the session")


def test_a_page_asked_for_while_signed_out_comes_after_signing_in(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    person.lose_session()
    page = person.page
    page.goto("/settings/food?from=mail")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/settings/food\?from=mail$"))


def test_a_form_sent_after_the_session_ended_changes_nothing_and_leads_back_to_itself(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    page = person.page
    fill_session(page, person)
    person.lose_session()
    send_button(page).click()
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/training/add$"))
    assert sessions_of(person) == 0


def test_what_was_typed_before_the_session_ended_is_in_the_form_again(new_person):
    person = new_person()
    page = person.page
    fill_session(page, person)
    page.get_by_label("Kind").select_option(label="Race")
    person.lose_session()
    send_button(page).click()
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You had been signed out, so this was not sent.")).to_be_visible()
    expect(page.get_by_label("What will you do?")).to_have_value("Hill repeats")
    expect(page.locator("input[name=duration_minutes]")).to_have_value("60")
    send_button(page).click()
    expect(page).not_to_have_url(re.compile("/training/add"))
    assert sessions_of(person) == 1


def test_somebody_else_who_signs_in_does_not_see_what_was_typed(new_person):
    other, person = new_person(), new_person()
    page = person.page
    fill_session(page, person)
    person.lose_session()
    send_button(page).click()
    page.get_by_label("Email").fill(other.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/training/add$"))
    expect(page.get_by_label("What will you do?")).to_have_value("")


def test_two_quick_clicks_make_one_session(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    fill_session(person.page, person)
    send_button(person.page).dblclick()
    expect(person.page).not_to_have_url(re.compile("/training/add"))
    assert sessions_of(person) == 1


def test_sending_the_form_again_after_going_back_makes_no_second_session(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    fill_session(person.page, person)
    send_button(person.page).click()
    expect(person.page).not_to_have_url(re.compile("/training/add"))
    person.page.go_back(wait_until="commit")
    expect(person.page.get_by_label("What will you do?")).to_have_value("Hill repeats")
    send_button(person.page).click()
    expect(person.page).not_to_have_url(re.compile("/training/add"))
    assert sessions_of(person) == 1


@pytest.fixture
def forgetful_browser(browser):
    """A browser that keeps no page in memory: going back loads it anew, as with little memory or after an hour."""
    program = os.environ["CHROMIUM"]
    launched = browser.browser_type.launch(executable_path=program, args=list(BROWSER_ARGUMENTS), timeout=60_000)
    yield launched
    launched.close()


def test_going_back_to_a_page_that_is_loaded_anew_and_sending_again_makes_no_second_session(
    forgetful_browser, base_url
):
    person = sign_up(new_context(forgetful_browser, base_url))
    person.make_profile()
    fill_session(person.page, person)
    send_button(person.page).click()
    expect(person.page).not_to_have_url(re.compile("/training/add"))
    person.page.go_back()
    expect(person.page.get_by_label("What will you do?")).to_have_value("Hill repeats")
    send_button(person.page).click()
    expect(person.page).not_to_have_url(re.compile("/training/add"))
    assert sessions_of(person) == 1


def test_the_same_form_in_two_tabs_is_two_wishes(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    first, second = person.page, person.context.new_page()
    for page in (first, second):
        fill_session(page, person)
    for page in (first, second):
        send_button(page).click()
        expect(page).not_to_have_url(re.compile("/training/add"))
    assert sessions_of(person) == 2


def test_a_tap_after_the_session_ended_marks_nothing_and_comes_back_after_signing_in(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    page = person.page
    page.goto("/today")
    person.lose_session()
    page.get_by_role("button", name=re.compile("^Mark as eaten")).first.click()
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/today$"))
    expect(page.get_by_text(re.compile(r"^0 of \d eaten$"))).to_be_visible()


def test_reloading_the_page_after_a_form_sends_nothing_again(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    fill_session(person.page, person)
    send_button(person.page).click()
    expect(person.page).not_to_have_url(re.compile("/training/add"))
    person.page.reload()
    assert sessions_of(person) == 1


def test_two_tabs_that_mark_the_same_meal_mark_it_once(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    first, second = person.page, person.context.new_page()
    for page in (first, second):
        page.goto("/today")
    for page in (first, second):
        page.get_by_role("button", name=re.compile("^Mark as eaten")).first.click()
        expect(page.get_by_text(re.compile(r"^1 of \d eaten$"))).to_be_visible()


def test_a_tab_left_open_tells_that_its_meal_was_swapped_meanwhile(new_person):
    person = new_person(plan_days=1)
    old = person.context.new_page()
    old.goto("/today")
    page = person.page
    page.goto("/today")
    page.locator("ol.meals summary").first.click()
    page.get_by_role("link", name="Swap this meal").first.click()
    page.get_by_role("button", name=re.compile("^Use ")).first.click()
    expect(page.get_by_role("button", name=re.compile("^Use "))).to_have_count(0)
    old.get_by_role("button", name=re.compile("^Mark as eaten")).first.click()
    expect(old.get_by_text("nothing was marked", exact=False)).to_be_visible()
    expect(old.get_by_text(re.compile(r"^0 of \d eaten$"))).to_be_visible()


def test_a_form_with_a_wrong_token_is_refused_in_words_and_what_was_typed_is_one_step_back(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    fill_session(person.page, person)
    person.context.clear_cookies(name="csrftoken")
    send_button(person.page).click()
    expect(person.page.get_by_role("heading", name="Please send it again")).to_be_visible()
    person.page.go_back(wait_until="commit")
    expect(person.page.get_by_label("What will you do?")).to_have_value("Hill repeats")
    assert sessions_of(person) == 0


def test_a_name_of_400_letters_is_refused_beside_its_field_and_kept(new_person, scripts):
    person = new_person(profile=False, java_script_enabled=scripts)
    page = person.page
    page.goto("/start/profile")
    page.locator("input[name=name]").evaluate("field => field.removeAttribute('maxlength')")
    page.locator("input[name=name]").fill("N" * 400)
    page.get_by_label("Main sport").select_option(label="Running")
    page.get_by_role("button", name="Next: food").click()
    expect(page.locator("input[name=name]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=name]")).to_have_value("N" * 400)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("name", ["today", "week", "shopping", "session-add"])
def test_nothing_moves_for_whoever_asked_for_less_motion(new_person, name):
    person = new_person(plan_days=1, reduced_motion="reduce")
    person.page.goto(next(one.path for one in SIGNED_IN if one.name == name))
    moving = """[...document.querySelectorAll('*')].flatMap(one => {
        const style = getComputedStyle(one);
        const seconds = [...style.animationDuration.split(','), ...style.transitionDuration.split(',')].map(parseFloat);
        return Math.max(...seconds) > 0.01 ? [one.outerHTML.slice(0, 80)] : [];
    })"""
    assert person.page.evaluate(moving) == []


def test_nothing_is_animated_by_a_tap_or_a_menu_for_whoever_asked_for_less_motion(new_person):
    page = new_person(plan_days=1, reduced_motion="reduce").page
    page.goto("/today")
    started = """new Promise(done => {
        const seen = [];
        for (const kind of ["animationstart", "transitionstart"])
            document.addEventListener(kind, event => seen.push(`${kind} ${event.target.outerHTML.slice(0, 80)}`), true);
        window.seenMoving = seen;
        done();
    })"""
    page.evaluate(started)
    page.locator("ol.meals details.more summary").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Mark as eaten")).first.click()
    expect(page.get_by_text(re.compile(r"^1 of \d eaten$"))).to_be_visible()
    running = "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 10).length"
    assert page.evaluate(f"[{running}, window.seenMoving]") == [0, []]
