"""Every page of the list that pictures are taken of, as the demo athlete sees it, held to the same rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import html5lib
import pytest
from playwright.sync_api import BrowserContext, Response
from playwright.sync_api import Page as Tab

from script.support.pages import DEMO_EMAIL, DEMO_PASSWORD, HEIGHT, SIGNED_IN, SIGNED_OUT, THEMES, WIDTHS, Page
from tests.e2e.conftest import new_context
from tests.e2e.people import sign_in
from tests.e2e.rules import broken_rules

NARROWEST = 320
# What a browser at 200 % zoom leaves of a window of 1280 x 1024 pixels.
ZOOMED = {"width": 640, "height": 512}


@dataclass
class Opened:
    """A page in a tab, and what the server answered."""

    page: Page
    tab: Tab
    answer: Response


@pytest.fixture(scope="module")
def visitors(browser, base_url) -> Iterator[dict[bool, BrowserContext]]:
    """A stranger and the demo athlete, by whether they are signed in."""
    options = {"reduced_motion": "reduce", "service_workers": "block"}
    contexts = {signed_in: new_context(browser, base_url, **options) for signed_in in (False, True)}
    sign_in(contexts[True], DEMO_EMAIL, DEMO_PASSWORD)
    for context in contexts.values():
        context.new_page()
    yield contexts
    for context in contexts.values():
        context.close()


EVERY_PAGE = [(False, page) for page in SIGNED_OUT] + [(True, page) for page in SIGNED_IN]


# Of the module, so that a page is opened once for all that is looked at on it.
@pytest.fixture(scope="module", params=EVERY_PAGE, ids=[page.name for _, page in EVERY_PAGE])
def opened(request, visitors) -> Opened:
    signed_in, page = request.param
    tab = visitors[signed_in].pages[0]
    tab.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    tab.emulate_media(color_scheme=THEMES[0])
    answer = tab.goto(page.path)
    for link in page.links:
        answer = tab.goto(tab.locator(link).first.get_attribute("href"))
    return Opened(page, tab, answer)


def test_a_page_answers_with_what_it_is(opened):
    assert opened.answer.status == opened.page.status


def test_a_page_keeps_every_rule_of_access_on_phone_and_desk_by_day_and_night(opened):
    assert broken_rules(opened.tab) == []


def test_a_page_scrolls_in_one_direction_only_however_narrow_or_enlarged(opened):
    sideways = {}
    for size in ({"width": NARROWEST, "height": HEIGHT}, ZOOMED, *({"width": w, "height": HEIGHT} for w in WIDTHS)):
        opened.tab.set_viewport_size(size)
        beyond = opened.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            sideways[size["width"]] = beyond
    assert sideways == {}


def test_a_page_is_written_as_the_html_standard_asks(opened):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(opened.answer.text())
    lines = opened.answer.text().splitlines()
    found = [f"{code} {details}: {lines[at[0] - 1].strip()[:120]}" for at, code, details in parser.errors]
    assert found == []


def test_every_id_of_a_page_is_there_once_and_every_reference_leads_somewhere(opened):
    tree = html5lib.parse(opened.answer.text(), treebuilder="etree", namespaceHTMLElements=False)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    wanted = {
        target
        for one in tree.iter()
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
        for target in (one.get(name) or "").split()
    }
    assert (sorted({name for name in ids if ids.count(name) > 1}), sorted(wanted - set(ids))) == ([], [])
