"""The versioned table of constants, and the only way to read it.

Every coefficient and threshold of the calculations is a row of `ALL_ROWS` (from the `constants_*` modules): name,
value, unit, source and evidence tag. Beside the rows stand which activity codes a sport picks, and the groups of
supplements. Tags: V checked against the paper or an official table, V1 one secondary transcription, U general
knowledge, E engineering choice. `ENGINE_VERSION` carries a digest of all of it, so stored targets show under which
numbers they were calculated.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise

from planning.science.constants_activities import ACTIVITY_ROWS, PICKS
from planning.science.constants_nutrients import NUTRIENT_ROWS
from planning.science.constants_planner import PLANNER_ROWS
from planning.science.constants_rows import HOUSE, Row, Tag, Value
from planning.science.constants_supplements import SUPPLEMENT_CLASSES, SUPPLEMENT_ROWS
from planning.science.constants_table import CONSTANTS_VERSION as CONSTANTS_VERSION
from planning.science.constants_table import ROWS

EvidenceTag = Tag

CODE_VERSION = "1.1.0"


@dataclass(frozen=True, slots=True)
class Constant:
    """One row of the table. `value` is a number, a tuple of coefficients, or the points of a piecewise linear curve."""

    name: str
    value: Value
    unit: str
    source: str
    tag: EvidenceTag


ALL_ROWS: tuple[Row, ...] = (*ROWS, *ACTIVITY_ROWS, *NUTRIENT_ROWS, *SUPPLEMENT_ROWS, *PLANNER_ROWS)
CONSTANTS: dict[str, Constant] = {row[0]: Constant(*row) for row in ALL_ROWS}


def number(name: str) -> float:
    """Return a scalar constant. Raises KeyError for an unknown name, TypeError for a row that is not a scalar."""
    value = CONSTANTS[name].value
    if isinstance(value, tuple):
        raise TypeError(f"{name} is not a single number")
    return float(value)


# Rows as they were read, each with the row itself: a squad asks for the same few rows a hundred thousand times.
_READ: dict[str, tuple[Constant, tuple[float, ...]]] = {}


def numbers(name: str) -> tuple[float, ...]:
    """Return a row of coefficients, in the order its unit column states."""
    row = CONSTANTS[name]
    kept = _READ.get(name)
    if kept is not None and kept[0] is row:
        return kept[1]
    if not isinstance(row.value, tuple):
        raise TypeError(f"{name} is a single number")
    flat: list[float] = []
    for item in row.value:
        if isinstance(item, tuple):
            raise TypeError(f"{name} is a curve")
        flat.append(float(item))
    _READ[name] = row, tuple(flat)
    return _READ[name][1]


def bounds(name: str) -> tuple[float, float]:
    """Return a (low, high) row."""
    low, high = numbers(name)
    return low, high


def curve(name: str) -> tuple[tuple[float, float], ...]:
    """Return the (x, y) points of a piecewise linear curve, x ascending."""
    value = CONSTANTS[name].value
    if not isinstance(value, tuple):
        raise TypeError(f"{name} is a single number")
    points: list[tuple[float, float]] = []
    for item in value:
        if not isinstance(item, tuple):
            raise TypeError(f"{name} is not a curve")
        points.append((float(item[0]), float(item[1])))
    return tuple(points)


def source(name: str) -> str:
    """Return where a row comes from, as traces show it: a citation with its evidence tag, or whose rule it is."""
    row = CONSTANTS[name]
    if row.tag != "E":
        return f"{row.source} [{row.tag}]"
    return row.source if row.source == HOUSE else f"{HOUSE}, after {row.source}"


def interpolate(points: tuple[tuple[float, float], ...], x: float) -> float:
    """Read a piecewise linear curve at x; constant outside its points."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def _digest() -> str:
    values = [[row.name, row.value] for row in CONSTANTS.values()]
    classes = {name: group for name, (_, group, _, _) in SUPPLEMENT_CLASSES.items()}
    payload = json.dumps([values, PICKS, classes], sort_keys=True)
    return hashlib.sha256(payload.encode()).hexdigest()[:8]


ENGINE_VERSION = f"{CODE_VERSION}+c{CONSTANTS_VERSION}.{_digest()}"
