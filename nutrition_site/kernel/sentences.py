"""Sentences that are kept in English and told in the reader's language: is that needed, and what stands in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from django.utils.translation import get_language, gettext

PLACE = re.compile(r"%\((\w+)\)s|%%")


def in_english() -> bool:
    """Whether the active language is English, or none is."""
    return (get_language() or "en").partition("-")[0] == "en"


def fixed_length(template: str) -> int:
    """How many characters of a template are fixed: the more, the more a match says."""
    return len(PLACE.sub("", template))


def sentence_reader(template: str, shapes: Mapping[str, str] | None = None, *, flags: int = 0) -> re.Pattern[str]:
    """What finds the values of `%(name)s` in a sentence made by a template. `shapes` are patterns by the name of a
    place without its trailing digits; any text fits the others.
    """
    parts: list[str] = []
    start = 0
    for found in PLACE.finditer(template):
        name = found[1]
        shape = (shapes or {}).get(name.rstrip("0123456789"), ".+?") if name else ""
        parts += [re.escape(template[start : found.start()]), f"(?P<{name}>{shape})" if name else "%"]
        start = found.end()
    parts.append(re.escape(template[start:]))
    return re.compile("".join(parts), flags)


class SentenceTable:
    """Sentences of ours, by which an English text of one of them is told in the active language.

    `sentences` are fixed ones and templates; of the templates that fit a text, the one with the most fixed characters
    counts, because it says most. `shapes` and `flags` are those of `sentence_reader`.
    """

    def __init__(self, sentences: Iterable[str], *, shapes: Mapping[str, str] | None = None, flags: int = 0) -> None:
        known = tuple(sentences)
        self._templates = [one for one in known if PLACE.search(one)]
        self._templates.sort(key=lambda template: -fixed_length(template))
        self._fixed = frozenset(known) - set(self._templates)
        self._shapes, self._flags = shapes, flags

    def knows(self, text: str) -> bool:
        """Whether the text is one of the sentences."""
        return text in self._fixed or self._read(text) is not None

    def tell(self, text: str, value: Callable[[str, str], str]) -> str | None:
        """The text in the active language, what stands at a place told by `value(name, text)`; None for another."""
        if text in self._fixed:
            return gettext(text)
        found = self._read(text)
        if found is None:
            return None
        template, values = found
        return gettext(template) % {name: value(name, inner) for name, inner in values.items()}

    @cached_property
    def _readers(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        # Compiled when the first text is read: an English process never needs them.
        shapes, flags = self._shapes, self._flags
        return tuple((template, sentence_reader(template, shapes, flags=flags)) for template in self._templates)

    def _read(self, text: str) -> tuple[str, dict[str, str]] | None:
        for template, reader in self._readers:
            found = reader.fullmatch(text)
            if found:
                return template, found.groupdict()
        return None
