"""The load page: what was trained and what is planned, with the fitness, fatigue and form that follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nutrition_site.kernel.clock import today
from nutrition_site.pages import athlete_page
from planning.charts import load_chart
from planning.services.load import DEFAULT_AHEAD, DEFAULT_BACK, LoadDay, load_range, read_load
from planning.services.targets import EARLIEST

SPAN = timedelta(days=DEFAULT_BACK + DEFAULT_AHEAD)
STEP = timedelta(days=42)
# A chart of fewer days than these would stretch a few bars over the whole page.
LEAST_DAYS = 42


@athlete_page
@require_safe
def load(request: Any) -> HttpResponse:
    """Three months up to today and two weeks ahead; `?to=` shows those before another day."""
    present = today(request.athlete.zones)
    latest = present + timedelta(days=DEFAULT_AHEAD)
    first, last = load_range(request.athlete, None, min(_asked(request) or latest, latest))
    history = read_load(athlete=request.athlete, first=first, last=last)
    known = [day for day in history.days if day.ctl is not None]
    standing = next((day for day in reversed(known) if day.date <= present), None)
    shown = _from_first_known(history.days)
    page = {
        "today": present,
        "first": first,
        "last": last,
        "history": history,
        "chart": load_chart(shown, present=present),
        "chart_from": shown[0].date if shown else first,
        "standing": standing,
        "later_form": _at(known, present + timedelta(days=DEFAULT_AHEAD)),
        "rows": list(reversed(known)),
        "warming": history.warmed_up_on is not None and first < history.warmed_up_on,
        "estimated": any(day.estimated for day in known),
        "unconfirmed": sum(day.planned and day.date < present for day in known),
        "before": last - STEP if history.data_from is not None and first > max(history.data_from, EARLIEST) else None,
        "after": min(last + STEP, latest) if last < latest else None,
    }
    return render(request, "planning/load.html", page)


def _from_first_known(days: Sequence[LoadDay]) -> Sequence[LoadDay]:
    """Without the days before anything is known, which would be an empty half of the chart; at least `LEAST_DAYS`."""
    known = next((index for index, day in enumerate(days) if day.ctl is not None), 0)
    return days[max(0, min(known, len(days) - LEAST_DAYS)) :]


def _at(days: list[LoadDay], day: date) -> LoadDay | None:
    return next((row for row in days if row.date == day), None)


def _asked(request: Any) -> date | None:
    try:
        asked = date.fromisoformat(request.GET.get("to", ""))
    except ValueError:
        return None
    return max(asked, EARLIEST + SPAN)
