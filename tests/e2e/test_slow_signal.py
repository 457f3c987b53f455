"""A phone on the edge of its net: half a second there and back, as much as fits into 400 kilobits a second."""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect

LATENCY_MS, BYTES_PER_SECOND = 400, 400_000 / 8
# Of waiting for the net, once a phone has the stylesheet and the scripts: what somebody in a shop has patience for.
PATIENCE_SECONDS = 10


def slow_down(person):
    """The net of this tab as a slow one, with an empty cache."""
    tools = person.context.new_cdp_session(person.page)
    tools.send("Network.enable")
    limits = {"downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
    tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **limits})


def test_today_can_be_used_while_the_net_is_slow_and_two_impatient_taps_count_once(new_person, scripts):
    person = new_person(plan_days=1, java_script_enabled=scripts, service_workers="block")
    page = person.page
    slow_down(person)
    begun = time.monotonic()
    page.goto("/today", wait_until="commit")
    button = page.get_by_role("button", name=re.compile("^Mark as eaten")).first
    expect(button).to_be_visible()
    waited = time.monotonic() - begun
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    button.dblclick()
    expect(page.get_by_text(re.compile(r"^1 of \d eaten$"))).to_be_visible()
    assert waited < PATIENCE_SECONDS
    if scripts:
        assert len(sent) == 1


def test_a_tick_in_a_shop_with_a_slow_net_is_seen_at_once_and_arrives(new_person, second_browser):
    person = new_person(plan_days=1)
    path = person.make_list(days=1)
    page = person.page
    slow_down(person)
    page.goto(path, wait_until="commit")
    line = page.locator("#ticks label.tick").first
    expect(line).to_be_visible()
    page.wait_for_load_state("load")
    name = line.get_attribute("for")
    begun = time.monotonic()
    line.click()
    expect(page.locator(f"#{name}")).to_be_checked()
    assert time.monotonic() - begun < PATIENCE_SECONDS
    expect(page.get_by_role("heading", name=re.compile(r"^1 of \d+ in the basket$"))).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    other = second_browser(person).page
    other.goto(path)
    expect(other.locator(f"#{name}")).to_be_checked()
