"""One flag with the phrases that raise it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One flag with the phrases that raise it."""

    flag: str
    patterns: tuple[re.Pattern[str], ...]


def make_rule(flag: str, *patterns: str) -> Rule:
    """A rule from regular expressions over flattened text."""
    return Rule(flag, tuple(re.compile(pattern) for pattern in patterns))
