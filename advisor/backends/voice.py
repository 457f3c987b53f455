"""Which words of a model are said while it is still writing."""

from __future__ import annotations

import re
from collections.abc import Callable

# A second sentence, or a second line, has begun.
_GOES_ON = re.compile(r"[.!?…][”\"»)\]]*\s+\S|\n\s*\S")


class Voice:
    """Hands the words of an answer to `emit` as they come, and none of a turn that calls a tool.

    Whether a turn is the answer is known only at its end, but models announce a look-up in one sentence ("Let me
    check."): so the first sentence of every turn waits until a second begins. Where longer words came out and a tool
    was called all the same, nothing more is said: the whole answer then takes their place.
    """

    def __init__(self, emit: Callable[[str], None] | None) -> None:
        self._emit = emit
        self._held = ""
        self._is_open = False
        self._is_muted = False
        self._is_silent = emit is None

    @property
    def is_wanted(self) -> bool:
        """Whether anybody hears the words while they are written."""
        return self._emit is not None

    def begin_turn(self) -> None:
        """The next turn begins; what was held of the one before is forgotten."""
        self._held = ""
        self._is_muted = False
        self._is_silent = self._is_silent or self._is_open

    def mute_turn(self) -> None:
        """This turn calls a tool, so it is not the answer."""
        self._is_muted = True

    def hear(self, text: str) -> None:
        """The next words of this turn."""
        if self._is_silent or self._is_muted:
            return
        self._held = self._held + text if self._is_open else (self._held + text).lstrip()
        if self._is_open or _GOES_ON.search(self._held):
            self._is_open = True
            # An answer does not end in white space, and whether it ends here is not known yet.
            said = self._held.rstrip()
            self._say(said)
            self._held = self._held[len(said) :]

    def finish(self, addition: str = "") -> None:
        """This turn was the answer: says what is left of it, and what was added to it."""
        if not self._is_silent:
            self._say(self._held.rstrip() + addition)
            self._is_silent = True

    def _say(self, text: str) -> None:
        if text and self._emit is not None:
            self._emit(text)
