"""Living with a plan: marking, swapping, planning again."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_one_tap_marks_a_meal_eaten_and_another_takes_it_back(new_person, scripts):
    page = new_person(plan_days=1, java_script_enabled=scripts).page
    page.goto("/today")
    expect(page.get_by_text(re.compile(r"^0 of \d eaten$"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^Mark as eaten")).first.click()
    expect(page.get_by_text(re.compile(r"^1 of \d eaten$"))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Eaten: .* Undo$")).click()
    expect(page.get_by_text(re.compile(r"^0 of \d eaten$"))).to_be_visible()


def test_marking_a_meal_keeps_the_page_and_the_focus(new_person):
    page = new_person(plan_days=1).page
    page.goto("/today")
    page.evaluate("window.stillHere = true")
    button = page.get_by_role("button", name=re.compile("^Mark as eaten")).first
    name = button.get_attribute("id")
    button.click()
    expect(page.locator(f"#{name}")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"#{name}")).to_be_focused()
    assert page.evaluate("window.stillHere") is True


def swap_a_meal(page):
    """Puts the first dish that is offered in the place of the next meal; returns the names of the old and the new."""
    page.goto("/today")
    meal = page.locator("ol.meals > li").filter(has=page.get_by_role("button", name=re.compile("^Mark as"))).first
    old = meal.locator("h3").inner_text()
    meal.locator("summary").click()
    meal.get_by_role("link", name="Swap this meal").click()
    expect(page.get_by_role("heading", name=old)).to_be_visible()
    use = page.get_by_role("button", name=re.compile("^Use ")).first
    new = use.get_attribute("aria-label").removeprefix("Use ").split(", ")[0]
    use.click()
    expect(page.get_by_role("link", name=new).first).to_be_visible()
    return old, new


def dishes_of_today(page):
    page.goto("/today")
    return page.locator("ol.meals h3").all_inner_texts()


def test_a_swapped_meal_is_the_chosen_dish_from_then_on(new_person, scripts):
    page = new_person(plan_days=1, java_script_enabled=scripts).page
    old, new = swap_a_meal(page)
    dishes = dishes_of_today(page)
    assert (new in dishes, dishes.count(old)) == (True, 0)


def test_a_swap_is_taken_back_with_one_button(new_person, scripts):
    page = new_person(plan_days=1, java_script_enabled=scripts).page
    before = dishes_of_today(page)
    _old, new = swap_a_meal(page)
    undo = page.get_by_role("button", name="Undo the swap")
    undo.click()
    meals = page.get_by_role("status").filter(has_text="This is what changed.").locator("ul.diff").first
    expect(meals.locator("del")).to_have_text(new)
    expect(undo).to_have_count(0)
    assert dishes_of_today(page) == before


def test_a_new_session_makes_the_plan_old_and_planning_again_tells_what_changed(new_person, scripts):
    person = new_person(plan_days=2, java_script_enabled=scripts)
    page = person.page
    page.goto("/training/add")
    page.get_by_label("What will you do?").fill("Long run")
    page.get_by_label("Day").fill(person.day(0))
    page.locator("input[name=time]").fill("17:00")
    page.get_by_text("Say it yourself instead of in the title").click()
    page.locator("input[name=duration_minutes]").fill("150")
    page.get_by_role("button", name="Add the session").click()
    expect(page).not_to_have_url(re.compile("/training/add"))
    page.goto(f"/week/{person.day(0)}")
    expect(page.get_by_text("Your training or profile changed after this plan was made.")).to_be_visible()
    page.get_by_role("button", name="Plan again").click()
    changes = page.get_by_role("status").filter(has_text="This is what changed.")
    expect(changes).to_be_visible()
    assert changes.locator("ul.diff ins").count() >= 1
    expect(page.get_by_text("Your training or profile changed after this plan was made.")).to_have_count(0)


def test_every_number_of_a_day_opens_into_its_steps(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    person.page.goto(f"/day/{person.day(0)}")
    energy = person.page.locator(".ledger details").first
    expect(energy.locator("ol li").first).to_be_hidden()
    energy.locator("summary").click()
    expect(energy.locator("ol li.result")).to_be_visible()
