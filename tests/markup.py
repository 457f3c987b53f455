"""Reading a rendered page the way a strict browser and a screen reader do."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "img", "hr", "path", "rect", "line", "circle", "use"}
CONTROLS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """The elements of a page as (tag, attributes, tags around it), and what is wrong with them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self._open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes, _ in self.elements if name == tag]

    def inline_code(self) -> list[str]:
        """Everything that the content security policy forbids."""
        found = []
        for tag, attributes, _ in self.elements:
            found += [f"<{tag} {name}>" for name in attributes if name == "style" or name.startswith(("on", "hx-on"))]
            if tag == "style" or (tag == "script" and not attributes.get("src")):
                found.append(f"<{tag}>")
            found += [
                f"{name}={value}"
                for name, value in attributes.items()
                if name in ("href", "src", "action") and (value or "").lower().startswith("javascript:")
            ]
        return found

    def repeated_ids(self) -> list[str]:
        ids = [attributes["id"] for _, attributes, _ in self.elements if attributes.get("id")]
        return sorted({name for name in ids if ids.count(name) > 1})

    def unlabeled(self) -> list[str]:
        """Controls that nobody could name, by the name they send."""
        labeled = {attributes.get("for") for attributes in self.all("label")}
        return [
            str(attributes.get("name"))
            for tag, attributes, around in self.elements
            if tag in CONTROLS
            and attributes.get("type") != "hidden"
            and attributes.get("id") not in labeled
            and "label" not in around
            and not attributes.get("aria-label")
        ]

    def dangling(self) -> list[str]:
        """Descriptions and labels that point to nothing on the page."""
        ids = {attributes.get("id") for _, attributes, _ in self.elements}
        wanted = [
            target
            for _, attributes, _ in self.elements
            for name in ("aria-describedby", "aria-labelledby", "for")
            for target in (attributes.get(name) or "").split()
        ]
        return sorted({target for target in wanted if target not in ids})

    def unnamed_buttons(self) -> list[str]:
        """Icons alone in links without a name are caught by `aria-label`; here are the images without one."""
        return [str(a) for t, a, _ in self.elements if t == "img" and a.get("alt") is None]

    def value_of(self, name: str) -> str | None:
        """What a control shows: its value, or the text for a textarea is not read here."""
        return next((a.get("value") for _, a, _ in self.elements if a.get("name") == name), None)


def faults(html: str) -> dict[str, list[str]]:
    """What is wrong with a page, by kind; empty when nothing is."""
    page = Page(html)
    found = {
        "inline code": page.inline_code(),
        "repeated ids": page.repeated_ids(),
        "controls without a label": page.unlabeled(),
        "references to nothing": page.dangling(),
        "images without text": page.unnamed_buttons(),
        "h1": [] if len(page.all("h1")) == 1 else [f"{len(page.all('h1'))} of them"],
        "main": [] if len(page.all("main")) == 1 else [f"{len(page.all('main'))} of them"],
    }
    return {kind: rows for kind, rows in found.items() if rows}
