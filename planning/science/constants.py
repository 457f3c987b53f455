"""The versioned table of constants, and the only way to read it.

Every coefficient and threshold of the calculations is a row of `ALL_ROWS` (from the `constants_*` modules): name,
value, unit, source and evidence tag. Beside the rows stand which activity codes a sport picks, and the groups of
supplements. Tags: V checked against the paper or an official table, V1 one secondary transcription, U general
knowledge, E engineering choice. `ENGINE_VERSION` carries a digest of all of it, so stored targets show under which
numbers they were calculated.

A `Revision` changes values of the published table while the program runs: `use_revision` has every reader of this
process read the changed table from then on. Whoever calculates more than one number holds one table for all of it
(`hold_table`), so that nothing is calculated half under one table and half under another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeVar

from planning.science.constants_activities import ACTIVITY_ROWS, PICKS
from planning.science.constants_nutrients import NUTRIENT_ROWS
from planning.science.constants_planner import PLANNER_ROWS
from planning.science.constants_rows import HOUSE, Row, Tag, Value
from planning.science.constants_supplements import SUPPLEMENT_CLASSES, SUPPLEMENT_ROWS
from planning.science.constants_table import CONSTANTS_VERSION as CONSTANTS_VERSION
from planning.science.constants_table import ROWS

EvidenceTag = Tag
T = TypeVar("T")

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
# The table as it was published with the program.
CONSTANTS: dict[str, Constant] = {row[0]: Constant(*row) for row in ALL_ROWS}


def _digest(rows: Mapping[str, Constant] = CONSTANTS) -> str:
    values = [[row.name, row.value] for row in rows.values()]
    classes = {name: group for name, (_, group, _, _) in SUPPLEMENT_CLASSES.items()}
    payload = json.dumps([values, PICKS, classes], sort_keys=True)
    return hashlib.sha256(payload.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Revision:
    """Values that hold instead of the published ones. `number` is the version of the newest of these changes."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A whole table: what every reader reads at one time.

    `version` is that of the published table, with `r` and the revision's number behind it where one holds;
    `engine_version` names the equations and the table, with a digest of every value.
    """

    rows: Mapping[str, Constant]
    version: str
    engine_version: str
    revision: Revision | None = None
    # Rows of coefficients as they were read, each with the row itself: a squad asks for the same few a hundred thousand
    # times.
    _read: dict[str, tuple[Constant, tuple[float, ...]]] = field(default_factory=dict)
    _built: dict[Callable[[], Any], Any] = field(default_factory=dict)


def _table(rows: Mapping[str, Constant], version: str, revision: Revision | None = None) -> Table:
    return Table(rows, version, f"{CODE_VERSION}+c{version}.{_digest(rows)}", revision)


PUBLISHED = _table(CONSTANTS, CONSTANTS_VERSION)
ENGINE_VERSION = PUBLISHED.engine_version


def table_of(revision: Revision | None) -> Table:
    """The table under a revision; values equal to the published ones change nothing, and without others it is the
    published table itself.

    Raises KeyError for a name that the table does not have. Whether a value may hold is `constants_limits`'s part.
    """
    changed = {
        name: value for name, value in (revision.values if revision else {}).items() if value != CONSTANTS[name].value
    }
    if revision is None or not changed:
        return PUBLISHED
    rows = {name: replace(row, value=changed[name]) if name in changed else row for name, row in CONSTANTS.items()}
    held = Revision(revision.number, MappingProxyType(changed))
    return _table(MappingProxyType(rows), f"{CONSTANTS_VERSION}r{revision.number}", held)


_in_force = PUBLISHED
_held: ContextVar[Table | None] = ContextVar("constants_table", default=None)


def table_in_force() -> Table:
    """The table that this thread reads: the one it holds, else the one in force in this process."""
    return _held.get() or _in_force


def is_held() -> bool:
    """Whether this thread holds a table, so that what it reads cannot change under it."""
    return _held.get() is not None


def use_revision(revision: Revision | None) -> Table:
    """Has the whole process read the table under a revision, None for the published one; returns the table.

    What is being calculated meanwhile under `hold_table` ends under the table it began with. Raises as `table_of`.
    """
    global _in_force
    table = table_of(revision)
    _in_force = table
    return table


@contextmanager
def hold_table(table: Table | None = None) -> Iterator[Table]:
    """Within, this thread reads one table: the given one, else that which it reads at the beginning."""
    held = table or table_in_force()
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)


def remembered(build: Callable[[], T]) -> Callable[[], T]:
    """What `build` makes of constants, made once for each table. What it makes must not be changed."""

    def read() -> T:
        table = table_in_force()
        try:
            made: T = table._built[build]
        except KeyError:
            with hold_table(table):
                made = table._built[build] = build()
        return made

    return read


def engine_version() -> str:
    """The version of equations and table that a calculation rests on now; `ENGINE_VERSION` without a revision."""
    return table_in_force().engine_version


def constants_version() -> str:
    """The version of the table in force; `CONSTANTS_VERSION` without a revision."""
    return table_in_force().version


def number(name: str) -> float:
    """Return a scalar constant. Raises KeyError for an unknown name, TypeError for a row that is not a scalar."""
    value = table_in_force().rows[name].value
    if isinstance(value, tuple):
        raise TypeError(f"{name} is not a single number")
    return float(value)


def numbers(name: str) -> tuple[float, ...]:
    """Return a row of coefficients, in the order its unit column states."""
    table = table_in_force()
    row = table.rows[name]
    kept = table._read.get(name)
    if kept is not None and kept[0] is row:
        return kept[1]
    if not isinstance(row.value, tuple):
        raise TypeError(f"{name} is a single number")
    flat: list[float] = []
    for item in row.value:
        if isinstance(item, tuple):
            raise TypeError(f"{name} is a curve")
        flat.append(float(item))
    found = tuple(flat)
    table._read[name] = row, found
    return found


def bounds(name: str) -> tuple[float, float]:
    """Return a (low, high) row."""
    low, high = numbers(name)
    return low, high


def curve(name: str) -> tuple[tuple[float, float], ...]:
    """Return the (x, y) points of a piecewise linear curve, x ascending."""
    value = table_in_force().rows[name].value
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
    row = table_in_force().rows[name]
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
