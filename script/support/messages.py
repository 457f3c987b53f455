"""Which texts of the product wait for a translation: read from its Python files and its templates."""

from __future__ import annotations

import ast
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

# What each function of Django's takes: how many leading texts, and whether the first is a context.
_SHAPES = {"gettext": (1, False), "ngettext": (2, False), "pgettext": (2, True), "npgettext": (3, True)}
_FUNCTIONS = {
    **{name + end: shape for name, shape in _SHAPES.items() for end in ("", "_lazy")},
    "gettext_noop": (1, False),
}
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **{"_": None, "gettext": None, "ngettext": (1, 2)},
    **{"pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)},
}
PACKAGES = ("nutrition_site", "athletes", "planning", "advisor", "billing")
# Staff works in English.
STAFF_FOLDERS = frozenset({"admin", "management", "migrations", "demo"})


@dataclass(frozen=True, order=True)
class Key:
    """What a translation is found by: the text, and its context where it has one."""

    text: str
    context: str = ""


@dataclass
class Message:
    """A text that was found: its plural where it has one, and the files that say it."""

    plural: str = ""
    files: set[str] = field(default_factory=set)


def find_messages(root: Path) -> dict[Key, Message]:
    """Every text of the product that is marked, with the files in which it stands."""
    found: dict[Key, Message] = defaultdict(Message)
    for path in _sources(root):
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        texts = _in_python(source) if path.suffix == ".py" else _in_template(source, name)
        for key, plural in texts:
            message = found[key]
            message.plural = message.plural or plural
            message.files.add(name)
    return dict(found)


def _sources(root: Path) -> Iterator[Path]:
    patterns = [(package, "*.py") for package in PACKAGES] + [("templates", "*.html"), ("templates", "*.txt")]
    for folder, pattern in patterns:
        for path in sorted((root / folder).rglob(pattern)):
            if not STAFF_FOLDERS & set(path.relative_to(root).parts):
                yield path


def _in_python(source: str) -> Iterator[tuple[Key, str]]:
    if "translation" not in source:
        return
    tree = ast.parse(source)
    called = {
        alias.asname or alias.name: _FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _FUNCTIONS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            shape = called.get(name) if isinstance(node.func, ast.Name) else _FUNCTIONS.get(name)
            if shape:
                yield from _of_call(node.args, *shape)


def _of_call(arguments: list[ast.expr], count: int, has_context: bool) -> Iterator[tuple[Key, str]]:
    texts = [one.value for one in arguments[:count] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if len(texts) == count and texts[-1]:
        context = texts.pop(0) if has_context else ""
        yield Key(texts[0], context), texts[1] if len(texts) > 1 else ""


def _in_template(source: str, name: str) -> Iterator[tuple[Key, str]]:
    # What is left of a template has no indentation that Python would accept.
    lines = "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())
    # Apostrophes and the like are blanked, so what remains are calls and the letter X.
    for _, function, texts, _ in extract_python(io.BytesIO(lines.encode()), _KEYWORDS, [], {}):
        yield from _of_function(function, texts)


def _of_function(function: str, texts: str | Iterable[str | None]) -> Iterator[tuple[Key, str]]:
    parts = [texts] if isinstance(texts, str) else [text for text in texts if isinstance(text, str)]
    count, has_context = _SHAPES.get(function, (1, False))
    if len(parts) >= count and parts[count - 1]:
        context = parts.pop(0) if has_context else ""
        yield Key(parts[0], context), parts[1] if count - has_context > 1 else ""
