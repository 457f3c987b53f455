"""What a browser with an empty cache fetches for a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from script.support.audit.site import Answer, Visitor, local_path

FETCHED_LINKS = frozenset({"stylesheet", "icon", "manifest", "preload", "modulepreload"})
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?!data:|#)([^"')\s]+)""")


@dataclass(frozen=True)
class Weight:
    """Bytes over the line by address, the page itself first; and what the service worker fetches after the page."""

    page: dict[str, int]
    worker: dict[str, int]

    @property
    def page_kb(self) -> float:
        return sum(self.page.values()) / 1000

    @property
    def worker_kb(self) -> float:
        return sum(self.worker.values()) / 1000


@dataclass
class Scales:
    """Weighs pages; what does not change from page to page is fetched once."""

    stranger: Visitor
    _known: dict[str, Answer] = field(default_factory=dict)

    def weigh(self, page: Answer) -> Weight:
        """The weight of a page. Raises RuntimeError when something that it needs is not there."""
        found = {page.url: page.size}
        waiting = [local_path(url, page.url) for url in Resources(page.text).found]
        while waiting:
            address = waiting.pop(0)
            if address in found:
                continue
            answer = self._fetch(address)
            found[address] = answer.size
            if answer.headers.get("content-type", "").startswith("text/css"):
                waiting += [local_path(url, address) for url in _CSS_ADDRESS.findall(answer.text)]
        return Weight(found, {url: size for url, size in self._worker_files().items() if url not in found})

    def _worker_files(self) -> dict[str, int]:
        script = self._fetch("/service-worker.js")
        match = re.search(r'"assets": \[([^\]]*)\], "static": "[^"]*", "offline": "([^"]+)"', script.text)
        if match is None:
            raise RuntimeError("the service worker does not say what it keeps")
        assets = re.findall(r'"([^"]+)"', match[1])
        return {"/service-worker.js": script.size} | {url: self._fetch(url).size for url in (*assets, match[2])}

    def _fetch(self, address: str) -> Answer:
        if address not in self._known:
            answer = self.stranger.ask(address)
            if answer.status != 200:
                raise RuntimeError(f"{address} answered {answer.status}")
            self._known[address] = answer
        return self._known[address]


class Resources(HTMLParser):
    """The addresses that a page has a browser load by itself, in order and without fragments."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        readers: dict[str, Callable[[dict[str, str | None]], str | None]] = {
            "script": lambda row: row.get("src"),
            "img": lambda row: row.get("src"),
            "use": lambda row: row.get("href") or row.get("xlink:href"),
            "link": lambda row: row.get("href") if FETCHED_LINKS & set((row.get("rel") or "").split()) else None,
        }
        self._readers = readers
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        reader = self._readers.get(tag)
        address = (reader(dict(attrs)) or "").partition("#")[0] if reader else ""
        if address and not address.startswith("data:") and address not in self.found:
            self.found.append(address)

    handle_startendtag = handle_starttag
