"""Reading a recipe page that somebody pasted: a program of its own, with limits on time and memory.

Runs `main` in a process of its own, without Django. Standard input: the page, UTF-8. Standard output: one JSON
object, `{"recipe": {…}}` or `{"error": "…"}`. A page may hold millions of nested elements or a loop of data; a process
can be ended, a thread cannot. Nothing is ever fetched.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from athletes.child_process import limit_process
from planning.own.found import FoundRecipe, make_found
from planning.own.splitting import split_text
from planning.own.structured import from_page

CPU_SECONDS = 8
MEMORY_BYTES = 1_000_000_000
# The parser descends for each level; real pages stay below a hundred.
MAX_NESTING = 2_000
NOWHERE = "https://pasted.invalid/"
_SILENT = {"script", "style", "noscript", "template", "svg", "head", "nav", "footer"}
_BREAKS = {
    *("p", "div", "li", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "ul", "ol", "dd", "dt"),
}
_VOID = {"br", "img", "input", "meta", "link", "hr", "source", "wbr", "col", "area", "base", "embed", "track"}


def main() -> int:
    """Reads standard input, writes the answer. A page that is beyond us is an answer too, exit code 0."""
    limit_process(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES)
    page = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    try:
        answer: dict[str, Any] = {"recipe": read_page(page).as_json()}
    except (MemoryError, RecursionError):
        answer = {"error": "The page is too large or too deeply nested to be read."}
    except Exception as error:
        answer = {"error": f"The page has a part that cannot be read ({type(error).__name__})."}
    sys.stdout.write(json.dumps(answer))
    return 0


def read_page(page: str) -> FoundRecipe:
    """The recipe of a page: by its schema.org data, however broken, else by its visible text.

    Our own reader of JSON-LD minds types and survives damage; the library also knows microdata, RDFa and the ways of
    many sites. What the one leaves open, the other fills.
    """
    own = from_page(page)
    schema = _by_schema(page) if _depth(page) <= MAX_NESTING else None
    found = [recipe for recipe in (own, schema) if recipe is not None and recipe.lines]
    if not found:
        return split_text(visible_text(page))
    first, *others = found
    for other in others:
        first = replace(
            first,
            title=first.title or other.title,
            steps=first.steps or other.steps,
            servings=first.servings or other.servings,
            prep_minutes=first.prep_minutes or other.prep_minutes,
            cook_minutes=first.cook_minutes or other.cook_minutes,
        )
    return first


def _by_schema(page: str) -> FoundRecipe | None:
    from recipe_scrapers import scrape_html

    try:
        scraper = scrape_html(page, org_url=NOWHERE, supported_only=False)
    except (MemoryError, RecursionError):
        raise
    except Exception:
        # The library raises whatever its parsers raise on broken data; the readers after it are made for that.
        return None

    def ask(question: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return question()
        except (MemoryError, RecursionError):
            raise
        except Exception:
            return otherwise

    lines = ask(scraper.ingredients, [])
    return make_found(
        title=ask(scraper.title, ""),
        lines=lines if isinstance(lines, list) else [],
        steps=ask(scraper.instructions_list, []) or [],
        servings=ask(scraper.yields, None),
        prep_minutes=ask(scraper.prep_time, None),
        cook_minutes=ask(scraper.cook_time, None),
        total_minutes=ask(scraper.total_time, None),
    )


def _depth(page: str) -> int:
    """Roughly how deep the elements nest; costs one pass."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", page):
        if match[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Text(HTMLParser):
    """Collects what a reader of the page would see, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data.replace("\n", " "))


def visible_text(page: str) -> str:
    """The text of a page without scripts, styles and navigation."""
    reader = _Text()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts)


if __name__ == "__main__":
    sys.exit(main())
