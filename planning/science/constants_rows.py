"""The shape of a row of the constants table: name, value, unit, source, evidence tag."""

from __future__ import annotations

from typing import Literal

Tag = Literal["V", "V1", "U", "E"]
Value = float | tuple[float, ...] | tuple[tuple[float, float], ...]
Row = tuple[str, Value, str, str, Tag]

HOUSE = "AthlEAT's own rule"
