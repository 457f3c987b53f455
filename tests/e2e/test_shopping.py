"""The list in the shop: ticks, a signal that goes and comes, and two people with one list."""

from __future__ import annotations

import re

from playwright.sync_api import expect

BOXES = "#ticks input[name=ticked]"
# Says that something on this device has not reached the list yet.
WAITING = "[data-waiting]"


def boxes(page):
    """The names of the lines to tick, in the order of the list."""
    return page.locator(BOXES).evaluate_all("found => found.map(box => box.value)")


def tick(page, item_id):
    """What a thumb does: on the line, not on the little box."""
    page.locator(f"label.tick[for='t-{item_id}']").click()


def is_ticked(page, item_id):
    return page.locator(f"#t-{item_id}").is_checked()


def seen_ticked(page, path, item_id):
    """Opens the list until the tick of somebody else, who may be about to send it, has arrived."""
    for _ in range(20):
        page.goto(path)
        if is_ticked(page, item_id):
            return
        page.wait_for_timeout(250)
    raise AssertionError("the tick did not arrive")


def test_what_is_ticked_in_the_shop_stays_ticked(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    page, path = person.page, person.make_list(days=1)
    page.goto(path)
    first, second = boxes(page)[:2]
    tick(page, second)
    if not scripts:
        page.get_by_role("button", name="Save ticks").click()
    expect(page.get_by_role("heading", name=re.compile(r"^1 of \d+ in the basket$"))).to_be_visible()
    page.goto(path)
    expect(page.locator(f"#t-{second}")).to_be_checked()
    expect(page.locator(f"#t-{first}")).not_to_be_checked()


def test_a_page_that_was_on_its_way_before_the_tick_arrived_shows_it_soon(new_person):
    person = new_person(plan_days=1, service_workers="block")
    page, path = person.page, person.make_list(days=1)
    page.goto(path)
    older, item = page.content(), boxes(page)[0]
    with page.expect_response(lambda answer: answer.request.method == "GET" and answer.url.endswith(path)):
        tick(page, item)
    page.route(f"**{path}", lambda route: route.fulfill(body=older, content_type="text/html; charset=utf-8"), times=1)
    page.goto(path)
    expect(page.locator(f"#t-{item}")).to_be_checked(timeout=10_000)


def test_ticks_made_without_a_signal_join_the_list_and_nobody_s_are_lost(new_person, second_browser):
    person = new_person(plan_days=1)
    path = person.make_list(days=1)
    in_the_shop, at_home = person.page, second_browser(person).page
    in_the_shop.goto(path)
    at_home.goto(path)
    one, two, three, four = boxes(in_the_shop)[:4]

    person.context.set_offline(True)
    tick(in_the_shop, one)
    tick(in_the_shop, two)
    expect(in_the_shop.locator(WAITING)).to_be_visible()
    tick(at_home, three)
    expect(at_home.get_by_role("heading", name=re.compile(r"^1 of \d+ in the basket$"))).to_be_visible()

    person.context.set_offline(False)
    expect(in_the_shop.get_by_role("heading", name=re.compile(r"^3 of \d+ in the basket$"))).to_be_visible()
    expect(in_the_shop.locator(WAITING)).to_be_hidden()
    at_home.goto(path)
    assert [is_ticked(at_home, item) for item in (one, two, three, four)] == [True, True, True, False]


def test_a_closed_browser_forgets_no_tick(new_person, second_browser):
    person = new_person(plan_days=1)
    path = person.make_list(days=1)
    person.page.goto(path)
    first = boxes(person.page)[0]
    person.context.set_offline(True)
    tick(person.page, first)
    expect(person.page.locator(WAITING)).to_be_visible()
    person.page.close()
    person.context.set_offline(False)
    later = person.context.new_page()
    later.goto(path)
    expect(later.get_by_role("heading", name=re.compile(r"^1 of \d+ in the basket$"))).to_be_visible()
    seen_ticked(second_browser(person).page, path, first)


def test_a_line_added_without_a_signal_is_on_everybody_s_list_later(new_person, second_browser):
    person = new_person(plan_days=1)
    path = person.make_list(days=1)
    person.page.goto(path)
    person.context.set_offline(True)
    person.page.get_by_label("Something else to buy").fill("Oat cookies")
    person.page.get_by_role("button", name="Add it").click()
    expect(person.page.get_by_text("Oat cookies")).to_be_visible()
    person.context.set_offline(False)
    expect(person.page.locator("#ticks").get_by_text("Oat cookies")).to_be_visible()
    elsewhere = second_browser(person).page
    elsewhere.goto(path)
    expect(elsewhere.locator("#ticks").get_by_text("Oat cookies")).to_be_visible()


def test_the_list_opens_without_a_signal_and_says_so(new_person):
    person = new_person(plan_days=1)
    path = person.make_list(days=1)
    page = person.page
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(path)
    lines = boxes(page)
    person.context.set_offline(True)
    page.reload()
    assert boxes(page) == lines
    expect(page.locator("[data-copy-note]").first).to_be_visible()


def test_an_own_line_is_added_changed_and_taken_off(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts)
    page = person.page
    page.goto(person.make_list(days=1))
    page.get_by_label("Something else to buy").fill("Oat cookies")
    page.get_by_role("button", name="Add it").click()
    line = page.locator("li.buy").filter(has_text="Oat cookies")
    expect(line).to_be_visible()
    line.get_by_role("link").click()
    page.get_by_role("button", name="Take it off the list").click()
    expect(page.get_by_role("heading", name="Shopping", exact=True)).to_be_visible()
    expect(page.locator("li.buy").filter(has_text="Oat cookies")).to_have_count(0)


def test_a_shared_list_is_ticked_by_somebody_without_an_account(new_person, open_browser, scripts):
    person = new_person(plan_days=1)
    path = person.make_list(days=1)
    person.page.goto(f"{path}/share")
    person.page.get_by_text("Whoever has the link may also tick things off").click()
    person.page.get_by_role("button", name="Make a link").click()
    expect(person.page.get_by_role("heading", name="May read and tick")).to_be_visible()
    address = re.search(r"/shared/lists/[\w-]+", person.page.content())[0]
    friend = open_browser(java_script_enabled=scripts).new_page()
    friend.goto(address)
    item = friend.locator("input[name=ticked]").first.get_attribute("value")
    tick(friend, item)
    if not scripts:
        friend.get_by_role("button", name="Save ticks").click()
        expect(friend.locator(f"#t-{item}")).to_be_checked()
    seen_ticked(person.page, path, item)
