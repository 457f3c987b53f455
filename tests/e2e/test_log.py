"""What was eaten besides the plan: found, tapped, typed by its bars, told in words, and taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def eater(new_person, scripts):
    return new_person(java_script_enabled=scripts)


def open_log(page):
    page.goto("/today")
    page.get_by_role("link", name="Something else", exact=True).click()
    expect(page.get_by_role("heading", name="Something else you ate", level=1)).to_be_visible()


def test_a_food_that_is_found_is_logged_with_its_amount_and_taken_back(eater):
    page = eater.page
    open_log(page)
    page.get_by_label("Food or dish").fill("banana")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("region", name="Found").get_by_role("link").first.click()
    page.get_by_label("How much was it?").fill("2")
    page.get_by_role("button", name="Log it for today").click()
    logged = page.locator("li.logged")
    expect(logged).to_have_count(1)
    expect(logged.locator("h3")).to_contain_text("anana")
    expect(logged.locator(".meta")).to_contain_text("kcal")
    page.get_by_role("button", name=re.compile("^Undo logging .*anana")).click()
    expect(page.get_by_text("is no longer logged.")).to_be_visible()
    expect(logged).to_have_count(0)


def test_an_amount_that_cannot_be_read_is_asked_for_again_and_kept(eater):
    page = eater.page
    open_log(page)
    page.get_by_label("Food or dish").fill("banana")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("region", name="Found").get_by_role("link").first.click()
    page.get_by_label("How much was it?").fill("plenty")
    page.get_by_role("button", name="Log it for today").click()
    expect(page.get_by_label("How much was it?")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("How much was it?")).to_have_value("plenty")
    page.goto("/today")
    expect(page.locator("li.logged")).to_have_count(0)


def test_a_favorite_dish_is_one_tap_and_two_quick_taps_count_once(eater):
    page = eater.page
    page.goto("/recipes")
    page.locator("main a[href^='/recipes/rcp_']").first.click()
    dish = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name=re.compile("avorite")).first.click()
    open_log(page)
    page.get_by_role("button", name=f"Log it {dish}").dblclick()
    expect(page.locator("li.logged")).to_have_count(1)
    expect(page.locator("li.logged h3")).to_have_text(dish)
    page.reload()
    expect(page.locator("li.logged")).to_have_count(1)


def test_digits_under_bars_find_the_own_food_after_its_label_was_entered_once(eater):
    page = eater.page
    open_log(page)
    page.get_by_label("The digits under the bars").fill("4006381333931")
    page.get_by_role("button", name="Look it up").click()
    page.get_by_role("link", name="Enter the label").click()
    expect(page.locator("input[name=barcode]")).to_have_value("4006381333931")
    page.locator("input[name=name]").fill("Oat bar")
    for name, grams in {"energy_kcal": "410", "carbs_g": "60", "protein_g": "9", "fat_g": "14"}.items():
        page.locator(f"input[name={name}]").fill(grams)
    page.locator("main form").get_by_role("button").last.click()
    open_log(page)
    page.get_by_label("The digits under the bars").fill("4006381333931")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("Oat bar")).to_be_visible()
    page.get_by_role("link", name="Say how much").click()
    page.get_by_label("How much was it?").fill("50 g")
    page.get_by_role("button", name="Log it for today").click()
    expect(page.locator("li.logged .meta")).to_contain_text("205 kcal")


def test_digits_that_were_mistyped_are_told_apart_from_unknown_ones(eater):
    page = eater.page
    open_log(page)
    page.get_by_label("The digits under the bars").fill("4006381333932")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_label("The digits under the bars")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("link", name="Enter the label")).to_have_count(0)


def test_own_words_are_logged_with_energy_unknown_rather_than_none(eater):
    page = eater.page
    open_log(page)
    page.get_by_label("What was it?").fill("Grandmother’s soup")
    page.get_by_role("button", name="Log it", exact=True).click()
    expect(page.locator("li.logged h3")).to_have_text("Grandmother’s soup")
    expect(page.locator("li.logged .meta")).to_contain_text("energy unknown")
