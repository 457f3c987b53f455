"""The versioned table of constants, and the only way to read it.

Every coefficient and threshold of the calculations is a row of `constants_table.ROWS`: name, value, unit, source and
evidence tag. Tags: V checked against the paper or an official table, V1 one secondary transcription, U general
knowledge, E engineering choice. `ENGINE_VERSION` carries a digest of all values, so stored targets show under which
numbers they were calculated.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from planning.science.constants_table import CONSTANTS_VERSION as CONSTANTS_VERSION
from planning.science.constants_table import ROWS

EvidenceTag = Literal["V", "V1", "U", "E"]
Value = float | tuple[float, ...] | tuple[tuple[float, float], ...]

CODE_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Constant:
    """One row of the table. `value` is a number, a tuple of coefficients, or the points of a piecewise linear curve."""

    name: str
    value: Value
    unit: str
    source: str
    tag: EvidenceTag


CONSTANTS: dict[str, Constant] = {row[0]: Constant(*row) for row in ROWS}


def number(name: str) -> float:
    """Return a scalar constant. Raises KeyError for an unknown name, TypeError for a row that is not a scalar."""
    value = CONSTANTS[name].value
    if isinstance(value, tuple):
        raise TypeError(f"{name} is not a single number")
    return float(value)


def numbers(name: str) -> tuple[float, ...]:
    """Return a row of coefficients, in the order its unit column states."""
    value = CONSTANTS[name].value
    if not isinstance(value, tuple):
        raise TypeError(f"{name} is a single number")
    flat: list[float] = []
    for item in value:
        if isinstance(item, tuple):
            raise TypeError(f"{name} is a curve")
        flat.append(float(item))
    return tuple(flat)


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
    """Return the citation of a row with its evidence tag, as traces show it."""
    row = CONSTANTS[name]
    return f"{row.source} [{row.tag}]"


def interpolate(points: tuple[tuple[float, float], ...], x: float) -> float:
    """Read a piecewise linear curve at x; constant outside its points."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def _digest() -> str:
    payload = json.dumps([[row.name, row.value] for row in CONSTANTS.values()], sort_keys=True)
    return hashlib.sha256(payload.encode()).hexdigest()[:8]


ENGINE_VERSION = f"{CODE_VERSION}+c{CONSTANTS_VERSION}.{_digest()}"
