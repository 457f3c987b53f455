"""Facts that tools return and replies cite. A reply may state no number that is not one of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

# Facts whose text was written by somebody else (an athlete, a calendar): quoted in replies, never obeyed.
OUTSIDE_KINDS = frozenset({"event", "profile_text"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so. `value` is a number with `unit`, or a text; None is unknown and is never written as 0.

    `source` says where it comes from in words; `object_id` is the row it belongs to, empty for a calculation.
    """

    id: str
    kind: str
    label: str
    value: float | str | None
    unit: str = ""
    source: str = ""
    object_id: str = ""
    # A name that an athlete gave: their own dish, food or line of a list.
    own_words: bool = False
    # Of a dish that this athlete may not eat: its name and its foods are no food to offer.
    excluded: bool = False

    @property
    def is_quoted_only(self) -> bool:
        """Whether its text may stand in a reply between quotation marks only, because somebody else wrote it."""
        return self.own_words or self.kind in OUTSIDE_KINDS


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one tool found: facts by their short name, what surrounds them, and the days they speak of."""

    name: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    days: tuple[date, ...] = ()

    def __getitem__(self, key: str) -> Fact:
        return self.facts[key]

    def get(self, key: str) -> Fact | None:
        """The fact, or None when it is missing or unknown."""
        found = self.facts.get(key)
        return None if found is None or found.value is None else found

    def number(self, key: str) -> float | None:
        """The value of a numeric fact, None when unknown."""
        found = self.get(key)
        return found.value if found is not None and isinstance(found.value, int | float) else None


@dataclass(frozen=True, slots=True)
class Citation:
    """A fact as a reply shows it; `quote` is how it is written there."""

    fact: Fact
    quote: str


def citation_rows(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """`[{n, fact_id, kind, label, value, unit, source, object_id, quote}]`, numbered from 1."""
    rows = []
    for number, citation in enumerate(citations, start=1):
        row = asdict(citation.fact)
        row["fact_id"] = row.pop("id")
        del row["own_words"], row["excluded"]
        rows.append({"n": number, **row, "quote": citation.quote})
    return rows
