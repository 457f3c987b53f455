"""A race: from a line in the calendar to what is taken when, what is taped on, and what is bought."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def add_race(person, *, ahead=9):
    """A marathon at nine; the page of its plan."""
    person.add_session(ahead=ahead, hour="09:00", minutes="225", title="Spring marathon", kind="race")
    person.page.goto("/races")
    person.page.get_by_role("link", name=re.compile("^Spring marathon")).click()
    expect(person.page.get_by_role("heading", name="Spring marathon", level=1)).to_be_visible()


def answer(page, group):
    """Opens a group of questions; one that stands open stays so."""
    fold = page.locator("details.fold").filter(has=page.get_by_role("heading", name=group, exact=True))
    if not fold.evaluate("fold => fold.open"):
        fold.locator("summary").click()
    return fold


def test_a_race_is_planned_by_the_minute_with_what_the_racer_takes(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    page = person.page
    add_race(person)
    under_way = page.locator("section", has=page.get_by_role("heading", name="During the race")).last.locator("ol > li")
    assert under_way.count() >= 4
    expect(under_way.first.locator(".at b")).to_have_text(re.compile(r"^09:\d\d$"))

    offered = answer(page, "What you carry").locator("input[name=foods]")
    shown = offered.evaluate_all("boxes => boxes.map(box => [box.value, box.closest('label').textContent.trim()])")
    gel = next(words for value, words in shown if "gel" in words.lower())
    drink = next(words for value, words in shown if "drink" in words.lower())
    for words in (gel, drink):
        page.get_by_label(words, exact=True).check()
    page.get_by_label("Bottles you carry").fill("2")
    page.get_by_label("Size of a bottle").fill("500")
    page.get_by_label("Gels and bites you can carry").fill("6")
    page.get_by_role("button", name="Plan with these answers").click()

    expect(page.get_by_text("Saved. The race is planned with it.")).to_be_visible()
    expect(page.get_by_text("Fits into the bottles and pockets you named.")).to_be_visible()
    kept = answer(page, "What you carry")
    expect(kept.get_by_label(gel, exact=True)).to_be_checked()
    expect(kept.get_by_label("Bottles you carry")).to_have_value("2")


def test_a_wrong_answer_about_a_race_stands_beside_its_question_and_changes_nothing(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    page = person.page
    add_race(person)
    page.get_by_label("Expected finish time").fill("soon")
    page.get_by_label("Temperature expected").fill("24")
    page.get_by_role("button", name="Plan with these answers").click()
    expect(page.get_by_text("Write hours and minutes, such as 3:45, or 95 min.").first).to_be_visible()
    expect(page.get_by_label("Expected finish time")).to_have_value("soon")
    expect(page.get_by_label("Temperature expected")).to_have_value("24")
    page.reload()
    page.goto("/races")
    page.get_by_role("link", name=re.compile("^Spring marathon")).click()
    expect(page.get_by_label("Temperature expected")).to_have_value("")


def test_the_strip_of_a_race_prints_its_lines_and_nothing_of_the_page_around(new_person, scripts):
    person = new_person(java_script_enabled=scripts)
    page = person.page
    add_race(person)
    page.get_by_role("link", name="Strip to tape on").click()
    strip = page.get_by_role("region", name="Strip")
    expect(strip.get_by_role("heading", name="Spring marathon")).to_be_visible()
    assert strip.locator("li").count() >= 4
    page.emulate_media(media="print")
    expect(strip).to_be_visible()
    expect(page.get_by_role("link", name="Back to the race")).to_be_hidden()
    expect(page.get_by_text("Print this page, cut along the dashed line")).to_be_hidden()


def test_what_a_race_needs_is_on_the_list_once_however_often_it_is_asked_for(new_person, scripts):
    person = new_person(plan_days=2, java_script_enabled=scripts)
    page = person.page
    add_race(person, ahead=1)
    person.make_list(days=2)
    for said in (r"for your race (is|are) on the list\.$", "All that the race needs is on the list already."):
        page.goto("/races")
        page.get_by_role("link", name=re.compile("^Spring marathon")).click()
        page.get_by_role("button", name="Put it on the list").click()
        expect(page.get_by_text(re.compile(said))).to_be_visible()
