"""Geometry of the charts: numbers in, strings for SVG attributes out. Pure; colors and words belong to the templates.

Positions across are percentages, heights are pixels (percent in the week strip), so that text never scales.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planning.charts_progress import nice_step

KCAL_PER_G = {"carb": 4.0, "protein": 4.0, "fat": 9.0}
# The day's course: base line, room for bars, and where the clock starts and ends across.
BASE_Y = 162.0
BAR_HEIGHT = 108.0
LEFT, WIDTH = 3.0, 94.0
BLOCK_HEIGHTS = {"easy": 34.0, "moderate": 48.0, "hard": 62.0, "race": 70.0}
STEP_MINUTES = 180
# A narrower block (in percent) has no room for words on a phone.
BLOCK_LABEL_FROM = 11.0
# The week strip: share of the height that the highest bar takes, and the load that fills it at least.
STRIP_PERCENT = 84.0
STRIP_LOAD = 100.0


@dataclass(frozen=True, slots=True)
class CourseMeal:
    """One meal of the day: local minute, energy, macronutrients (None: unknown). `feed` marks food during training."""

    minute: int
    name: str
    slot: str
    energy_kcal: float | None
    carbs_g: float | None
    protein_g: float | None
    fat_g: float | None
    feed: bool = False


@dataclass(frozen=True, slots=True)
class CourseSession:
    """One session of the day; `label` stands in the block (28 km, 1 h)."""

    minute: int
    duration_minutes: float
    title: str
    label: str
    intensity: str = "moderate"


def course_chart(
    meals: Sequence[CourseMeal], sessions: Sequence[CourseSession], *, now_minute: int | None = None
) -> dict[str, Any] | None:
    """The day on a clock: meals as stacked bars (height is energy), sessions as blocks with a dot for each feed.

    None when there is neither a meal nor a session with a time.
    """
    if not meals and not sessions:
        return None
    start, end = _clock_range(meals, sessions)
    span = end - start

    def across(minute: float) -> float:
        return LEFT + WIDTH * (min(max(minute, start), end) - start) / span

    bars = [meal for meal in meals if not meal.feed]
    most = max((meal.energy_kcal or 0.0 for meal in bars), default=0.0)
    scale = BAR_HEIGHT / most if most else 0.0
    blocks = [_block(session, meals, across) for session in sessions]
    return {
        "hours": [
            {"x": f"{across(minute):.2f}", "label": f"{minute // 60 % 24:02d}"}
            for minute in range(start, end + 1, STEP_MINUTES)
        ],
        "first_hour": f"{start // 60:02d}:00",
        "last_hour": f"{end // 60 % 24:02d}:00" if end < 1440 else "24:00",
        "bars": [_bar(meal, across(meal.minute), scale) for meal in bars],
        "blocks": blocks,
        "now_x": None if now_minute is None or not start <= now_minute <= end else f"{across(now_minute):.2f}",
    }


def _clock_range(meals: Sequence[CourseMeal], sessions: Sequence[CourseSession]) -> tuple[int, int]:
    """From the full three hours before the first thing to those after the last."""
    first = min([m.minute for m in meals] + [s.minute for s in sessions])
    last = max([m.minute for m in meals] + [round(s.minute + s.duration_minutes) for s in sessions])
    start = (max(first - 20, 0)) // STEP_MINUTES * STEP_MINUTES
    end = min(-(-(last + 20) // STEP_MINUTES) * STEP_MINUTES, 1440)
    return start, max(end, start + 2 * STEP_MINUTES)


def _bar(meal: CourseMeal, x: float, scale: float) -> dict[str, Any]:
    """One meal: its macronutrients from the base line up, each as high as its share of the meal's energy."""
    amounts = (("carb", meal.carbs_g), ("protein", meal.protein_g), ("fat", meal.fat_g))
    energies = [(name, (grams or 0.0) * KCAL_PER_G[name]) for name, grams in amounts]
    total = sum(energy for _, energy in energies)
    height = (meal.energy_kcal or 0.0) * scale
    top, parts = BASE_Y - 1, []
    for name, energy in energies:
        part = height * energy / total if total else 0.0
        if part >= 0.5:
            top -= part
            parts.append({"name": name, "y": f"{top:.1f}", "height": f"{max(part - 1, 0.5):.1f}"})
    return {
        "x": f"{x:.2f}",
        "parts": parts,
        "label": meal.energy_kcal if height >= 26 else None,
        "label_y": f"{top - 6:.1f}",
        "meal": meal,
    }


def _block(session: CourseSession, meals: Sequence[CourseMeal], across: Any) -> dict[str, Any]:
    """One session: a block as high as it is hard; dots every 20 minutes where carbohydrate is planned during it."""
    height = BLOCK_HEIGHTS.get(session.intensity, BLOCK_HEIGHTS["moderate"])
    end = session.minute + session.duration_minutes
    feeds = [meal for meal in meals if meal.feed and session.minute <= meal.minute <= end]
    known = [meal.carbs_g for meal in feeds if meal.carbs_g is not None]
    dots = range(20, int(session.duration_minutes), 20) if known else ()
    left, right = across(session.minute), across(end)
    return {
        "x": f"{left:.2f}",
        "width": f"{max(right - left, 1.2):.2f}",
        "middle": f"{(left + right) / 2:.2f}",
        "y": f"{BASE_Y - height:.1f}",
        "height": f"{height:.1f}",
        "dots": [f"{across(session.minute + minute):.2f}" for minute in dots],
        "dots_y": f"{BASE_Y - height - 12:.1f}",
        "feed_y": f"{BASE_Y - height - 22:.1f}",
        "feed_g": sum(known) if known else None,
        "label": session.label if right - left >= BLOCK_LABEL_FROM else "",
        "session": session,
    }


def week_strip(days: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Load and carbohydrate of each day on one scale each. `days` have `tss`, `carbs_g`, `target_carbs_g` (or None)."""
    most_load = max([day["tss"] or 0.0 for day in days] + [STRIP_LOAD])
    most_carbs = max([max(day["carbs_g"] or 0.0, day["target_carbs_g"] or 0.0) for day in days], default=0.0) or 1.0

    def bar(value: float | None, most: float) -> dict[str, str] | None:
        if not value:
            return None
        height = STRIP_PERCENT * value / most
        return {"y": f"{100 - height:.1f}", "height": f"{height:.1f}"}

    return [
        {
            "load": bar(day["tss"], most_load),
            "carbs": bar(day["carbs_g"], most_carbs),
            "target": bar(day["target_carbs_g"], most_carbs),
        }
        for day in days
    ]


def lap(part: float | None, whole: float | None) -> str:
    """How much of a lap is run, for `stroke-dasharray` on a path of length 100. At most one lap; unknown is nothing."""
    if not part or not whole:
        return "0.0"
    return f"{min(100.0, 100.0 * part / whole):.1f}"


def share(part: float, whole: float) -> str:
    """A width in percent, between 0 and 100."""
    return f"{min(100.0, max(0.0, 100.0 * part / whole)) if whole else 0.0:.1f}"


# The load chart: a fixed height, room for the dates below, and a scale that a quiet week does not blow up.
LOAD_TOP, LOAD_BASE = 8.0, 148.0
LOAD_LEAST = 50.0
# Charts of so many days have a date below every Monday, longer ones below the first and the middle of a month.
WEEKS_UP_TO = 60


def _is_dated(day: date, count: int) -> bool:
    """Whether a chart of so many days has a line and a date at this one."""
    if count <= WEEKS_UP_TO:
        return day.weekday() == 0
    return day.day == 1 or (day.day == 15 and count <= 120)


def load_chart(days: Sequence[Any], *, present: Any) -> dict[str, Any] | None:
    """Load by day as bars, fitness and fatigue as lines; None when nothing is known of these days.

    `days` have `date`, `tss`, `ctl`, `atl` (None: unknown) and `planned`. Lines are points in a box of one unit a day
    and 100 units of height, to be stretched over the whole width.
    """
    known = [day for day in days if day.ctl is not None]
    if not known:
        return None
    most = max([LOAD_LEAST, *(max(day.tss, day.ctl, day.atl) for day in known)])
    step = 100 / len(days)
    height = LOAD_BASE - LOAD_TOP
    bars, months = [], []
    points: dict[str, list[str]] = {"ctl": [], "atl": []}
    for index, day in enumerate(days):
        if _is_dated(day.date, len(days)):
            months.append({"x": f"{index * step:.2f}", "date": day.date, "label": index < len(days) * 0.88})
        if day.ctl is None:
            continue
        for name in points:
            points[name].append(f"{index + 0.5:g},{100 - 100 * getattr(day, name) / most:.1f}")
        if day.tss:
            tall = height * day.tss / most
            bars.append(
                {
                    "x": f"{(index + 0.15) * step:.2f}",
                    "width": f"{0.7 * step:.2f}",
                    "y": f"{LOAD_BASE - tall:.1f}",
                    "height": f"{tall:.1f}",
                    "planned": day.planned,
                }
            )
    every = nice_step(most, 3)
    today_at = next((index for index, day in enumerate(days) if day.date == present), None)
    return {
        "bars": bars,
        "months": months,
        "units": len(days),
        "ctl": " ".join(points["ctl"]),
        "atl": " ".join(points["atl"]),
        "now_x": None if today_at is None else f"{(today_at + 0.5) * step:.2f}",
        "most": most,
        "steps": [
            {"value": mark * every, "y": f"{LOAD_BASE - height * mark * every / most:.1f}"}
            for mark in range(1, int(most / every) + 1)
        ],
    }
