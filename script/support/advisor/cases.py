"""The questions of the evaluation, as they are committed, and what each expects and forbids.

A case is an object of a file in `tests/advisor/evaluation/cases`: `id`, `person`, `question` (with places such as
`{run_day}`), `expects` (facts as `truth.py` names them), `says` (patterns the answer must contain), `forbids` (patterns
it must not), `flag` (a hand-over that must come), `after` (questions asked before it in the same conversation),
`adversarial`, and `sample` for those that run with the tests.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from script.support.environment import ROOT

FOLDER = ROOT / "tests" / "advisor" / "evaluation" / "cases"


@dataclass(frozen=True)
class Case:
    """One question; all texts as they are in its file."""

    id: str
    person: str
    question: str
    expects: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    flag: str = ""
    after: tuple[str, ...] = ()
    adversarial: bool = False
    sample: bool = False


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """All cases in the order of their files. Raises ValueError for two of one id and TypeError for unknown keys."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        defaults: dict[str, Any] = document.get("defaults", {})
        for number, row in enumerate(document["cases"], start=1):
            values = {**defaults, "id": f"{path.stem}-{number:02}", **row}
            lists = ("expects", "says", "forbids", "after")
            values |= {name: tuple(values[name]) for name in lists if name in values}
            cases.append(Case(**values))
    if len({case.id for case in cases}) != len(cases):
        raise ValueError("two cases have the same id")
    return cases
