"""Asking, reading where an answer comes from, and saying yes to a change."""

from __future__ import annotations

from playwright.sync_api import expect


def ask(page, words):
    page.get_by_label("Your question").fill(words)
    page.get_by_role("button", name="Send").click()


def test_a_question_is_answered_with_numbers_and_their_sources(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    page = person.page
    page.goto("/advisor")
    ask(page, "How much carbohydrate do I need today?")
    answer = page.locator("article.msg:not(.you)").filter(has_text="Numbers from your own data").last
    expect(answer).to_be_visible()
    expect(answer.locator(".said-text").first).to_contain_text("carbohydrate")
    sources = answer.locator("details ol li")
    answer.locator("summary", has_text="Where this comes from").click()
    expect(sources.first).to_be_visible()


def test_an_answer_comes_as_a_stream_into_the_page(new_person):
    page = new_person(plan_days=1).page
    page.goto("/advisor")
    page.evaluate("window.stillHere = true")
    with page.expect_response(lambda response: response.request.method == "POST") as sent:
        ask(page, "How much carbohydrate do I need today?")
    assert sent.value.headers["content-type"].startswith("text/event-stream")
    expect(page.locator("article.msg .tag", has_text="Numbers from your own data")).to_be_visible()
    assert page.evaluate("window.stillHere") is True


def test_a_change_is_made_only_when_it_is_confirmed(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    page = person.page
    page.goto("/advisor")
    ask(page, "Add a 60 minute easy run tomorrow at 18:00")
    expect(page.get_by_text("Nothing changed yet")).to_be_visible()
    elsewhere = person.context.new_page()
    elsewhere.goto("/training")
    expect(elsewhere.locator("main a[href*='/edit']")).to_have_count(0)
    page.get_by_role("button", name="Make this change").click()
    expect(page.locator(".tag", has_text="Done")).to_be_visible()
    elsewhere.goto("/training")
    expect(elsewhere.locator("main").get_by_text("18:00").first).to_be_visible()
