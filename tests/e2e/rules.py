"""What a page in a tab has to keep, whoever it is for."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from script.support.pages import HEIGHT, THEMES, WIDTHS

# Nothing but colors differs between the themes, so the second one is held to the rules about colors.
ONLY_COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SHOWN = {"resultTypes": ["violations"]}


def broken_rules(tab: Tab) -> list[str]:
    """What axe finds on a page, at every width and in both themes: the rule, and where."""
    axe, found = Axe(), []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in THEMES:
            tab.emulate_media(color_scheme=theme)
            # What is measured before the next picture is drawn still has the colors of the other theme.
            tab.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
            options = SHOWN if theme == THEMES[0] else {**SHOWN, **ONLY_COLORS}
            for rule in axe.run(tab, options=options).response["violations"]:
                places = [place["target"] for place in rule["nodes"]]
                found.append(f"{width} px, {theme}: {rule['id']} ({rule['help']}) at {places[:5]}")
    return found


def beyond_the_edge(tab: Tab, width: int) -> int:
    """By how many pixels a page of this width has to be scrolled sideways."""
    tab.set_viewport_size({"width": width, "height": HEIGHT})
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
