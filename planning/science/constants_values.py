"""Values of the table of constants as text, as JSON, and number by number. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planning.science.constants_rows import Value


def flat(value: Value) -> tuple[float, ...]:
    """The numbers of a value one after the other; of a curve x, y, x, y …"""
    return tuple(_numbers(value))


def _numbers(value: Value) -> Iterator[float]:
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, tuple):
            yield from (float(part) for part in one)
        else:
            yield float(one)


def is_curve(value: Value) -> bool:
    return isinstance(value, tuple) and isinstance(value[0], tuple)


def shape_of(value: Value) -> tuple[int, ...] | None:
    """None of a number; the lengths of the parts of a row, 0 for a single number in it."""
    if not isinstance(value, tuple):
        return None
    return tuple(len(one) if isinstance(one, tuple) else 0 for one in value)


def in_words(value: Value) -> str:
    """A number, numbers one after the other, or the points of a curve: 0.8; 1.2, 3; (10: 0.5), (20: 0.7)."""
    if not isinstance(value, tuple):
        return f"{value:.10g}"
    return ", ".join(f"({one[0]:.10g}: {one[1]:.10g})" if isinstance(one, tuple) else f"{one:.10g}" for one in value)


_NUMBER = r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})"
_POINT = re.compile(rf"\(\s*({_NUMBER})\s*:\s*({_NUMBER})\s*\)")
_PLAIN = re.compile(_NUMBER)
_MOST_CHARACTERS = 500


def read_value(text: str) -> Value:
    """A value as `in_words` writes it. Raises ValueError with words for a person."""
    text = text.strip()
    if len(text) > _MOST_CHARACTERS:
        raise ValueError(f"At most {_MOST_CHARACTERS} characters.")
    if text.startswith("("):
        pieces = [piece.strip() for piece in text.split("),")]
        points = [_POINT.fullmatch(piece) for piece in (*(f"{piece})" for piece in pieces[:-1]), pieces[-1])]
        if None in points:
            raise ValueError("Write the points like (10: 0.5), (20: 0.7).")
        return tuple((_tidy(found[1]), _tidy(found[2])) for found in points if found)
    pieces = [piece.strip() for piece in text.split(",")]
    if not all(_PLAIN.fullmatch(piece) for piece in pieces):
        raise ValueError("Write numbers with a point for decimals and a comma between them, like 1.2, 3.")
    return _tidy(pieces[0]) if len(pieces) == 1 else tuple(_tidy(piece) for piece in pieces)


def value_of(stored: object) -> Value:
    """A value as JSON keeps it, lists for tuples. Raises ValueError for what is no value."""
    if isinstance(stored, bool):
        raise ValueError("not a value")
    if isinstance(stored, int | float):
        return stored
    if isinstance(stored, list | tuple) and stored:
        inner = [value_of(one) for one in stored]
        if all(not isinstance(one, tuple) for one in inner):
            return tuple(one for one in inner if not isinstance(one, tuple))
        points = [one for one in inner if isinstance(one, tuple) and len(one) == 2]
        if len(points) == len(inner):
            return tuple((flat(one)[0], flat(one)[1]) for one in points)
    raise ValueError("not a value")


def _tidy(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value


def as_json(value: Value) -> float | list[float] | list[list[float]]:
    """A value as JSON keeps it: lists for tuples."""
    if not isinstance(value, tuple):
        return value
    points = [list(one) for one in value if isinstance(one, tuple)]
    return points or [one for one in value if not isinstance(one, tuple)]
