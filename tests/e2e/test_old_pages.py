"""Pages whose token is not the browser's any more: what is tapped on them is refused in words, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

TOO_OLD = "This was not done: the page had become too old."
# A token of the right length that this page was not made with.
FOREIGN = "A" * 32


def lose_token(person):
    person.context.clear_cookies(name="csrftoken")


def take_a_foreign_token(person):
    host = re.sub(r"^https?://|[:/].*$", "", person.page.url)
    person.context.add_cookies([{"name": "csrftoken", "value": FOREIGN, "domain": host, "path": "/"}])


@pytest.mark.parametrize("spoil", [lose_token, take_a_foreign_token])
def test_a_tap_with_a_missing_or_foreign_token_says_so_and_works_once_the_page_is_reloaded(new_person, scripts, spoil):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    page = person.page
    page.goto("/today")
    eat = page.get_by_role("button", name=re.compile("^Mark as eaten")).first
    spoil(person)
    eat.click()
    if scripts:
        expect(page.get_by_text(TOO_OLD)).to_be_visible()
        expect(page.get_by_text(re.compile(r"^0 of \d eaten$"))).to_be_visible()
        page.get_by_role("button", name="Reload the page").click()
        expect(page.get_by_text(TOO_OLD)).to_be_hidden()
    else:
        expect(page.get_by_role("heading", name="Please send it again")).to_be_visible()
        page.go_back(wait_until="commit")
        page.reload()
        expect(page.get_by_text(re.compile(r"^0 of \d eaten$"))).to_be_visible()
    eat.click()
    expect(page.get_by_text(re.compile(r"^1 of \d eaten$"))).to_be_visible()


def test_a_question_to_the_advisor_that_was_refused_is_there_again_and_answered_once(new_person):
    person = new_person(plan_days=1)
    page = person.page
    page.goto("/advisor")
    question = page.get_by_label("Your question")
    question.fill("When is dinner today?")
    lose_token(person)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(TOO_OLD)).to_be_visible()
    expect(question).to_have_value("When is dinner today?")
    page.get_by_role("button", name="Reload the page").click()
    expect(page.get_by_text("The page had become too old, so this was not sent.")).to_be_visible()
    expect(question).to_have_value("When is dinner today?")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile(r"/advisor/cnv_"))
    expect(page.locator("article.msg.you")).to_have_count(1)


def test_what_was_typed_about_a_wrong_answer_survives_a_page_that_was_too_old(new_person):
    person = new_person(plan_days=1)
    answer = person.send("/advisor", message="When is dinner today?")
    page = person.page
    page.goto(answer.url)
    page.get_by_text("This is wrong", exact=True).first.click()
    note = page.get_by_label("What is wrong", exact=False)
    note.fill("Dinner is later for me")
    lose_token(person)
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text(TOO_OLD)).to_be_visible()
    expect(note).to_have_value("Dinner is later for me")
    page.get_by_role("button", name="Reload the page").click()
    expect(note).to_have_value("Dinner is later for me")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("Reported as wrong")).to_be_visible()
    expect(page.get_by_text("“Dinner is later for me”")).to_be_visible()
