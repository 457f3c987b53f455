"""The scales of `script/bench pages`: what a browser loads by itself for a page, and the links that lead to one."""

from __future__ import annotations

from script.support.audit.site import first_link, local_path
from script.support.audit.weight import Resources

PAGE = """<head><link rel="stylesheet" href="/a.css"><link rel="icon" href="/i.svg"><link rel="canonical" href="/x">
<script src="/a.js" defer></script></head><body><nav><a href="/day/1">no</a></nav>
<main><a href="/week">Week</a><a href="/day/2/swap">Swap</a><svg><use href="/icons.svg#pot"/></svg>
<svg><use href="/icons.svg#bowl"/></svg><img src="data:image/png;base64,AA" alt=""><a href="/more">More</a></main>"""


def test_a_browser_loads_styles_icons_and_scripts_each_once():
    assert Resources(PAGE).found == ["/a.css", "/i.svg", "/a.js", "/icons.svg"]


def test_a_link_is_looked_for_in_the_main_part_only():
    assert first_link(PAGE, "main a[href^='/day/']") == "/day/2/swap"


def test_a_link_is_found_by_its_end():
    assert first_link(PAGE, "main a[href$='/swap']") == "/day/2/swap"


def test_a_link_that_is_not_there_is_none():
    assert first_link(PAGE, "main a[href*='/cook']") is None


def test_an_address_of_a_page_keeps_its_query():
    assert local_path("../week?units=us#top", "/day/2/") == "/day/week?units=us"
