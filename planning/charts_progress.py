"""Geometry of the progress charts: weeks in, strings for SVG attributes out. Pure; colors and words are the templates'.

As in `charts.py`, positions across are percentages and heights are pixels, so that text never scales.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

TOP, BASE = 12.0, 132.0
HEIGHT = BASE - TOP
# Room for the labels of a scale at the left, in percent.
LEFT = 9.0
# So many dates fit below a chart on a phone.
MOST_LABELS = 6
# A part that is lower than this has no room for its number.
LABEL_FROM = 13.0
# Columns of more weeks than this are narrow: smaller marks, no numbers on them.
CROWDED_FROM = 13


def _across(count: int) -> tuple[float, float]:
    """(left edge of the first column, width of a column), percent."""
    return LEFT, (100.0 - LEFT) / max(count, 1)


def _labels(days: Sequence[date], step: float, left: float) -> list[dict[str, Any]]:
    """A date below every so many columns, so that they never touch."""
    every = max(1, math.ceil(len(days) / MOST_LABELS))
    return [
        {"x": f"{left + (index + 0.5) * step:.2f}", "date": day}
        for index, day in enumerate(days)
        if index % every == 0 and (len(days) < MOST_LABELS or index + every / 2 <= len(days))
    ]


def nice_step(span: float, parts: int = 4) -> float:
    """A round step (1, 2 or 5 times a power of ten) that divides a span into about so many parts."""
    if span <= 0:
        return 1.0
    rough = span / parts
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if rough <= power * factor * (1 + 1e-9))


def _scale(values: Sequence[float], *, zero: bool) -> tuple[float, float, list[float]]:
    """(lowest, highest, marks) of a scale with round marks that holds the values."""
    low, high = min(values), max(values)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    step = nice_step(max(high - low, 1e-6))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        last += 1
    return first * step, last * step, [mark * step for mark in range(first, last + 1)]


def _height(low: float, high: float) -> Callable[[float], float]:
    return lambda value: BASE - HEIGHT * (min(max(value, low), high) - low) / (high - low)


def meals_chart(weeks: Sequence[Any]) -> dict[str, Any] | None:
    """Planned meals by week as stacked columns; None where none was planned.

    `weeks` have `monday` and `meals` with `as_planned`, `swapped`, `skipped`, `not_logged`, `planned`.
    """
    most = max((week.meals.planned for week in weeks), default=0)
    if not most:
        return None
    left, step = _across(len(weeks))
    columns = []
    for index, week in enumerate(weeks):
        top, parts = BASE, []
        for name in ("as_planned", "swapped", "skipped", "not_logged"):
            count = getattr(week.meals, name)
            tall = HEIGHT * count / most
            top -= tall
            if count:
                parts.append(
                    {
                        "name": name,
                        "y": f"{top:.1f}",
                        "height": f"{max(tall - 1, 0.5):.1f}",
                        "count": count if tall >= LABEL_FROM and len(weeks) <= CROWDED_FROM else None,
                        "text_y": f"{top + tall / 2 + 4:.1f}",
                    }
                )
        columns.append(
            {
                "x": f"{left + (index + 0.14) * step:.2f}",
                "middle": f"{left + (index + 0.5) * step:.2f}",
                "width": f"{0.72 * step:.2f}",
                "parts": parts,
            }
        )
    return {"columns": columns, "most": most, "labels": _labels([week.monday for week in weeks], step, left)}


def load_and_carbs_chart(weeks: Sequence[Any]) -> dict[str, Any] | None:
    """Load and carbohydrate of each week side by side, each on its own scale; None where neither is known.

    `weeks` have `monday`, `load`, `load_planned`, `carbs_g`, `carbs_target_g` (None: unknown, drawn as nothing).
    """
    loads = [week.load for week in weeks if week.load]
    carbs = [value for week in weeks for value in (week.carbs_g, week.carbs_target_g) if value]
    if not loads and not carbs:
        return None
    left, step = _across(len(weeks))
    most_load, most_carbs = max(loads, default=1.0), max(carbs, default=1.0)

    def bar(value: float | None, most: float, index: int, from_share: float) -> dict[str, str] | None:
        if not value:
            return None
        tall = HEIGHT * value / most
        x, width = left + (index + from_share) * step, 0.36 * step
        return {
            "x": f"{x:.2f}",
            "width": f"{width:.2f}",
            "end": f"{x + width:.2f}",
            "y": f"{BASE - tall:.1f}",
            "height": f"{tall:.1f}",
        }

    columns = [
        {
            "load": bar(week.load, most_load, index, 0.12),
            "load_planned": week.load_planned,
            "carbs": bar(week.carbs_g, most_carbs, index, 0.52),
            "target": bar(week.carbs_target_g, most_carbs, index, 0.52),
        }
        for index, week in enumerate(weeks)
    ]
    return {
        "columns": columns,
        "most_load": most_load if loads else None,
        "most_carbs": most_carbs if carbs else None,
        "labels": _labels([week.monday for week in weeks], step, left),
    }


def range_chart(
    rows: Sequence[tuple[date, float, float, float] | None],
    days: Sequence[date],
    *,
    marks: Sequence[float] = (),
    zero: bool = False,
) -> dict[str, Any] | None:
    """Values with the range that holds each, one column a day of `days`; None where no value is known.

    `rows` hold (day, value, low, high), None for a column without one. `marks` are lines that the scale has to hold.
    """
    known = [row for row in rows if row is not None]
    if not known:
        return None
    low, high, steps = _scale([*(value for row in known for value in row[1:]), *marks], zero=zero)
    y = _height(low, high)
    left, step = _across(len(days))
    points = [
        {
            "x": f"{left + (index + 0.5) * step:.2f}",
            "y": f"{y(row[1]):.1f}",
            "top": f"{y(row[3]):.1f}",
            "tall": f"{y(row[2]) - y(row[3]):.1f}",
            "left": f"{left + (index + 0.3) * step:.2f}",
            "width": f"{0.4 * step:.2f}",
        }
        for index, row in enumerate(rows)
        if row is not None
    ]
    return {
        "points": points,
        "radius": "4" if len(days) <= CROWDED_FROM else "3",
        "marks": [{"value": mark, "y": f"{y(mark):.1f}", "tall": f"{BASE - y(mark):.1f}"} for mark in marks],
        "steps": [{"value": mark, "y": f"{y(mark):.1f}", "text_y": f"{y(mark) + 4:.1f}"} for mark in steps],
        "labels": _labels(days, step, left),
    }


def weight_chart(history: Any, *, factor: float = 1.0) -> dict[str, Any] | None:
    """Weigh-ins as dots, the trend as lines with its range around them; None without a weigh-in.

    `history` is a WeightHistory; `factor` is how much of a kilogram the shown unit is. Lines and ranges are points in
    a box of one unit a day and 100 units of height, to be stretched over the width beside the scale. A stretch of
    a single reading has no line.
    """
    readings = history.readings
    if not readings:
        return None
    ranges = [value for part in history.segments for point in part for value in (point.low_kg, point.high_kg)]
    values = [kg / factor for kg in (*(kg for _, kg in readings), *ranges)]
    low, high, steps = _scale(values, zero=False)
    y = _height(low, high)
    units = (history.last - history.first).days + 1
    width = 100.0 - LEFT

    first: date = history.first

    def across(day: date) -> float:
        return (day - first).days + 0.5

    def point(day: date, kg: float) -> str:
        return f"{across(day):g},{100 * (y(kg / factor) - TOP) / HEIGHT:.1f}"

    segments = [
        {
            "line": " ".join(point(one.date, one.kg) for one in part),
            "band": " ".join(
                [
                    *(point(one.date, one.high_kg) for one in part),
                    *(point(one.date, one.low_kg) for one in reversed(part)),
                ]
            ),
        }
        for part in history.segments
        if len(part) > 1
    ]
    dots = [
        {
            "x": f"{LEFT + width * across(day) / units:.2f}",
            "y": f"{y(kg / factor):.1f}",
            "held": day in history.held,
        }
        for day, kg in readings
    ]
    every = max(1, math.ceil(units / MOST_LABELS))
    labels = [
        {
            "x": f"{LEFT + width * (offset + 0.5) / units:.2f}",
            "date": date.fromordinal(history.first.toordinal() + offset),
        }
        for offset in range(every // 2, units, every)
    ]
    return {
        "dots": dots,
        "segments": segments,
        "units": units,
        "left": f"{LEFT:g}",
        "width": f"{width:g}",
        "steps": [{"value": mark, "y": f"{y(mark):.1f}", "text_y": f"{y(mark) + 4:.1f}"} for mark in steps],
        "labels": labels,
    }
