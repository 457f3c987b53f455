"""Sentences that are kept in English and told in the reader's language: is that needed, and what stands in one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import get_language

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
