"""Moving a meal on the board: with buttons, with a mouse, and back again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK


@pytest.fixture
def planner(new_person):
    """Somebody with a plan from next Monday on, so that all of it stands on one board, and the board's address."""

    def make(**options):
        person = new_person(**options)
        ahead = 7 - person.today.weekday()
        person.make_plan(days=3, ahead=ahead)
        return person, f"/week/{person.day(ahead)}"

    return make


def dishes_of(page, board):
    """What stands in each place of the board."""
    page.goto(board)
    rows = page.locator(".board [data-place]")
    return dict(rows.evaluate_all("rows => rows.map(row => [row.dataset.place, row.querySelector('a').textContent])"))


def find_move(page, board):
    """The place of a meal that may change places with one of another day, and that place."""
    page.goto(board)
    rows = page.locator(".board [data-move]")
    meals = rows.evaluate_all("rows => rows.map(row => [row.dataset.place, row.dataset.move])")
    for place, address in meals:
        page.goto(address)
        exchanges = page.locator("#move-form li").filter(has_text="Changes places with")
        for target in exchanges.locator("button").evaluate_all("found => found.map(button => button.value)"):
            if target[:10] != place[:10]:
                page.goto(board)
                return place, target
    raise AssertionError("no meal of the plan may change places with one of another day")


def lift(page, place):
    """Takes a meal of the board in the hand."""
    row = page.locator(f".board [data-place='{place}']")
    row.scroll_into_view_if_needed()
    start = row.locator("a").first.bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 20, steps=3)
    expect(page.get_by_text("Drop it on a marked meal.")).to_be_visible()


def test_a_meal_moves_with_a_button_and_back_with_another(planner, scripts):
    person, board = planner(java_script_enabled=scripts)
    page = person.page
    before = dishes_of(page, board)
    place, target = find_move(page, board)
    page.locator(f".board [data-place='{place}']").get_by_role("link", name=re.compile("^Move ")).click()
    page.locator(f"#move-form button[value='{target}']").click()
    expect(page.get_by_text("This is what changed.")).to_be_visible()
    undo = page.get_by_role("button", name="Undo the move")
    moved = dict(before, **{place: before[target], target: before[place]})
    shown = page.locator(".board [data-place]").evaluate_all(
        "rows => rows.map(row => [row.dataset.place, row.querySelector('a').textContent])"
    )
    assert dict(shown) == moved
    undo.click()
    expect(undo).to_have_count(0)
    assert dishes_of(page, board) == before


def test_a_meal_is_dragged_to_another_day_and_the_board_says_what_changed(planner):
    person, board = planner(viewport=DESK)
    page = person.page
    before = dishes_of(page, board)
    place, target = find_move(page, board)
    lift(page, place)
    end = page.locator(f".board [data-place='{target}']").bounding_box()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    page.mouse.up()
    expect(page.get_by_text("This is what changed.")).to_be_visible()
    assert dishes_of(page, board) == dict(before, **{place: before[target], target: before[place]})


def test_a_meal_dropped_beside_every_place_stays_where_it_was(planner):
    person, board = planner(viewport=DESK)
    page = person.page
    before = dishes_of(page, board)
    place, _target = find_move(page, board)
    lift(page, place)
    page.mouse.move(5, 5, steps=3)
    page.mouse.up()
    expect(page.get_by_text("Drop it on a marked meal.")).to_have_count(0)
    assert dishes_of(page, board) == before
