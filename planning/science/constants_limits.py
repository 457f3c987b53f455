"""Which constants may be changed while the program runs, and how far. Pure.

Only rows tagged E, our own choices, are changed so: a row of literature changes with a release and its source. The
rules stand in `constants_rules`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from planning.science.constants import CONSTANTS
from planning.science.constants_rows import Value
from planning.science.constants_rules import DAILY, DAILY_HIGH, DAILY_LOW, EDITABLE_TAG, FIXED, ORDERED, RULES
from planning.science.constants_values import flat, in_words, is_curve, shape_of


def is_editable(name: str) -> bool:
    """Whether a row may be changed while the program runs. Raises KeyError for an unknown name."""
    return CONSTANTS[name].tag == EDITABLE_TAG and name in RULES


def may_sign(name: str) -> bool:
    """Whether a row is a choice of ours, which somebody may agree to. Raises KeyError for an unknown name."""
    return CONSTANTS[name].tag == EDITABLE_TAG


def why_fixed(name: str) -> str:
    """Why a row waits for a release; empty where it may be changed. Raises KeyError for an unknown name."""
    if is_editable(name):
        return ""
    if CONSTANTS[name].tag != EDITABLE_TAG:
        return "It is taken from the literature; a correction comes with a release and with its source."
    return FIXED[name]


def spans_of(name: str) -> tuple[tuple[float, float], ...]:
    """The least and the most of each number of an editable row, in order. Raises KeyError for others."""
    rule, value = RULES[name], CONSTANTS[name].value
    curve = is_curve(value)
    found = []
    for place, published in enumerate(flat(value)):
        low, high = sorted((published * rule.factor[0], published * rule.factor[1]))
        if not (curve and place % 2 == 0):
            low = low if rule.low is None else max(low, min(rule.low, published))
            high = high if rule.high is None else min(high, max(rule.high, published))
        if rule.safe == "up":
            low = published
        if rule.safe == "down":
            high = published
        found.append((published, published) if place in rule.still else (low, high))
    return tuple(found)


def limits_in_words(name: str) -> tuple[str, ...]:
    """What an editable row may become, one sentence for each rule; empty for others."""
    if not is_editable(name):
        return ()
    rule, spans = RULES[name], spans_of(name)
    told = [_told_spans(CONSTANTS[name].value, spans)]
    if rule.safe:
        told.append(
            "It guards athletes, so it is never "
            + ("lowered below" if rule.safe == "up" else "raised above")
            + " the published value."
        )
    if rule.whole:
        told.append("Whole numbers only.")
    if rule.total is not None:
        told.append(f"The numbers add up to {rule.total:g}.")
    if is_curve(CONSTANTS[name].value) or _rising(name) > 1:
        told.append("The order stays as published: what rises must not fall.")
    for lower, _, higher, _ in ORDERED:
        if name == lower:
            told.append(f"Never above {higher}.")
        if name == higher:
            told.append(f"Never below {lower}.")
    if name in DAILY:
        told.append("All meals of a day together can stay below the day and can hold all of it.")
    return tuple(told)


def _told_spans(value: Value, spans: Sequence[tuple[float, float]]) -> str:
    """One number between two; each of several with what it may become; the points of a curve likewise."""

    def told(low: float, high: float) -> str:
        return f"{low:g} to {high:g}" if low < high else f"{low:g}"

    if not isinstance(value, tuple):
        return f"Between {spans[0][0]:g} and {spans[0][1]:g}."
    parts = [told(*span) for span in spans]
    if is_curve(value):
        numbers = flat(value)
        rows = zip(numbers[::2], numbers[1::2], parts[::2], parts[1::2], strict=True)
        return "; ".join(f"({x:g}: {y:g}) may become ({x_span}: {y_span})" for x, y, x_span, y_span in rows) + "."
    pieces = [
        f"{one:g} may become {part}" if low < high else f"{one:g} stays"
        for one, part, (low, high) in zip(flat(value), parts, spans, strict=True)
    ]
    return "; ".join(pieces) + "."


def problems_of(name: str, value: Value, others: Mapping[str, Value] | None = None) -> tuple[str, ...]:
    """Why a value may not hold, in words; empty where it may. `others` are values in force that differ from the
    published ones. Raises KeyError for an unknown name."""
    if not is_editable(name):
        return (why_fixed(name),)
    published = CONSTANTS[name].value
    if shape_of(value) != shape_of(published):
        return (f"It needs the shape of the published value: {in_words(published)}.",)
    given = flat(value)
    if not all(math.isfinite(one) for one in given):
        return ("Every number must be finite.",)
    rule, found = RULES[name], []
    for one, (low, high) in zip(given, spans_of(name), strict=True):
        # A bound is a multiple of a published number, so the last digit may differ.
        if not low - 1e-9 <= one <= high + 1e-9:
            found.append(f"{one:g} is not between {low:g} and {high:g}.")
    whole = given[1::2] if is_curve(published) else given
    if rule.whole and any(not one.is_integer() for one in whole):
        found.append("Whole numbers only.")
    if rule.total is not None and abs(sum(given) - rule.total) > 1e-6:
        found.append(f"The numbers must add up to {rule.total:g}; they come to {sum(given):g}.")
    if not _keeps_order(name, value):
        found.append("What rises in the published value must not fall.")
    table = {**(others or {}), name: value}
    return (*found, *_disorder(name, table))


def _rising(name: str) -> int:
    """How many leading numbers of a plain row rise."""
    stated = RULES[name].rising
    published = flat(CONSTANTS[name].value)
    if stated is not None:
        return stated
    return len(published) if all(a <= b for a, b in pairwise(published)) else 0


def _keeps_order(name: str, value: Value) -> bool:
    published, given = flat(CONSTANTS[name].value), flat(value)
    if not is_curve(value):
        return all(a <= b for a, b in pairwise(given[: _rising(name)]))
    xs, ys, were = given[::2], given[1::2], published[1::2]
    falls = all(a >= b for a, b in pairwise(were)) and were[0] > were[-1]
    y_keeps = all(a >= b for a, b in pairwise(ys)) if falls else all(a <= b for a, b in pairwise(ys))
    return all(a < b for a, b in pairwise(xs)) and y_keeps


def _disorder(name: str, table: Mapping[str, Value]) -> list[str]:
    """Where a row no longer fits the others."""

    def at(row: str, place: int) -> float:
        return flat(table.get(row, CONSTANTS[row].value))[place]

    found = [
        f"{at(lower, a):g} of {lower} would be above {at(higher, b):g} of {higher}."
        for lower, a, higher, b in ORDERED
        if name in (lower, higher) and at(lower, a) > at(higher, b) + 1e-9
    ]
    if name in DAILY:
        low, high = (sum(at(row, place) for row in DAILY) for place in (0, 1))
        if low > DAILY_LOW:
            found.append(f"The least shares of all meals come to {low:g}; at most {DAILY_LOW:g} can be planned.")
        if high < DAILY_HIGH:
            found.append(f"The largest shares of all meals come to {high:g}; a day needs at least {DAILY_HIGH:g}.")
    return found
