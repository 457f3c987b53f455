"""Steps of the catalogue's methods in Serbian: tables of ours, `English<TAB>Serbian` a line, in Latin letters.

A step is found by its exact English words, so one that somebody has edited since has no Serbian.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

TABLES = Path(__file__).parent


@lru_cache(maxsize=1)
def serbian_steps() -> dict[str, str]:
    """Serbian steps by their English ones. Raises ValueError for a line that is no pair or comes twice."""
    steps: dict[str, str] = {}
    for path in sorted(TABLES.glob("serbian_steps_*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            english, _, serbian = line.partition("\t")
            if not english or not serbian or "\t" in serbian or english in steps:
                raise ValueError(f"{path.name}: line {number} is no pair, or a second one")
            steps[english] = serbian
    return steps


def serbian_method(english: Sequence[str]) -> list[str] | None:
    """A method in Serbian; None where one of its steps has no Serbian, since a method is told in one language."""
    known = serbian_steps()
    told = [known[step] for step in english if step in known]
    return told if len(told) == len(english) else None
