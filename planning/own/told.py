"""Notes of the reader of pages in the athlete's language. The reader is a process of its own and speaks English."""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

NOTES = (
    gettext_noop("Only the first %(most)s of %(count)s ingredients were read."),
    gettext_noop("Only the first %(most)s of %(count)s steps were read."),
    gettext_noop("The cooking time, %(minutes)s minutes, was added up from the steps. Check it."),
    gettext_noop("The recipe breaks off or is damaged; some of it may be missing."),
    gettext_noop("The page is too large or too deeply nested to be read."),
    gettext_noop("The page has a part that cannot be read (%(error)s)."),
)
_PLACE = re.compile(r"%\\\((\w+)\\\)s")
_PATTERNS = [(re.compile(_PLACE.sub(r"(?P<\1>\\w+)", re.escape(note))), note) for note in NOTES]


def told_note(sentence: str) -> str:
    """The same sentence in the active language; one that is not of the reader stays."""
    for pattern, note in _PATTERNS:
        found = pattern.fullmatch(sentence)
        if found:
            return gettext(note) % found.groupdict() if found.groupdict() else gettext(note)
    return sentence
