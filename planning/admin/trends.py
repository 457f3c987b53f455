"""What a coach reads of the past weeks of one athlete: weight with its range, and food where it was logged.

Nothing of it is read where numbers of the body could harm. What nobody weighed or logged is left out, never 0.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from athletes.forms.fields import KG_PER_LB
from athletes.models import Athlete
from athletes.rules import numbers_withheld
from planning.charts_progress import weight_chart
from planning.services.progress import read_progress
from planning.services.weight import WeightHistory, read_weight

WEIGHT_DAYS, FOOD_WEEKS = 84, 4
# So many weigh-ins of the table behind the chart.
LISTED = 30


def trends_of(athlete: Athlete, present: date) -> dict[str, Any]:
    """`weight` and `food` for the page of an athlete; both None where numbers are withheld."""
    if numbers_withheld(athlete, today=present):
        return {"weight": None, "food": None}
    return {"weight": _weight(athlete, present), "food": _food(athlete)}


def _weight(athlete: Athlete, present: date) -> dict[str, Any]:
    us = athlete.units == Athlete.Units.US
    factor, unit = (KG_PER_LB, "lb") if us else (1.0, "kg")
    history = read_weight(athlete=athlete, first=present - timedelta(days=WEIGHT_DAYS - 1), last=present)
    latest = history.segments[-1][-1] if history.segments else None
    return {
        "unit": unit,
        "chart": weight_chart(history, factor=factor),
        "latest": None
        if latest is None
        else {
            "date": latest.date,
            "value": latest.kg / factor,
            "low": latest.low_kg / factor,
            "high": latest.high_kg / factor,
        },
        "change": _change(history, factor),
        "readings": [(day, kg / factor) for day, kg in reversed(history.readings)][:LISTED],
    }


def _change(history: WeightHistory, factor: float) -> dict[str, Any] | None:
    change = history.change_kg
    if change is None:
        return None
    return {"value": change / factor, "since": history.segments[-1][0].date, "is_clear": history.change_is_clear}


def _food(athlete: Athlete) -> dict[str, Any] | None:
    """Key sessions that are known to have been fueled or not, and energy availability of the weeks that were logged."""
    progress = read_progress(athlete=athlete, weeks=FOOD_WEEKS)
    judged = [session for session in progress.key_sessions if session.is_reached is not None]
    weeks = [week for week in progress.weeks if week.availability is not None]
    if not judged and not weeks:
        return None
    return {
        "weeks": list(reversed(weeks)),
        "short": [session for session in reversed(judged) if session.is_reached is False],
        "reached": sum(session.is_reached is True for session in judged),
        "judged": len(judged),
    }
