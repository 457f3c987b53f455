"""Weigh-ins: the trend for who opens it, adding one, correcting and deleting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from athletes.forms.fields import KG_PER_LB
from athletes.forms.measurements import METHODS, WeighInForm
from athletes.models import Athlete, BodyMeasurement
from athletes.services.measurements import correct_measurement, delete_measurement, record_measurement
from nutrition_site.kernel.clock import today
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit
from planning import mapping
from planning.charts_progress import weight_chart
from planning.services.progress import SPANS
from planning.services.weight import WeightHistory, read_weight
from planning.views.progress import asked_span
from planning.views.reading import is_withheld

LISTED = 14


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def weight(request: Any) -> HttpResponse:
    """The weight trend of the last weeks, and a form for a weigh-in. Without numbers where they are withheld."""
    athlete: Athlete = request.athlete
    if is_withheld(athlete):
        return render(request, "planning/progress_weight.html", {"withheld": True})
    present = today(athlete.zones)
    us = athlete.units == Athlete.Units.US
    form = WeighInForm(posted(request), day=present, us=us)
    if request.method == "POST":

        def save() -> str:
            record_measurement(by=request.user, athlete=athlete, values=form.values())
            return reverse("progress_weight")

        answer = submit(request, form, save, done=_("Your weigh-in is saved."))
        if answer:
            return answer
    span = asked_span(request)
    first = mapping.monday_of(present) - timedelta(days=7 * (span - 1))
    history = read_weight(athlete=athlete, first=first, last=present)
    factor, unit = (KG_PER_LB, "lb") if us else (1.0, "kg")
    rows = _rows(history, factor)
    page = {
        "form": form,
        "withheld": False,
        "span": span,
        "spans": SPANS,
        "history": history,
        "chart": weight_chart(history, factor=factor),
        "unit": unit,
        "latest": _latest(history, factor),
        "table": rows,
        "rows": rows[:LISTED],
        "earlier": rows[LISTED:],
    }
    return render(request, "planning/progress_weight.html", page, status=422 if form.errors else 200)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def weigh_in(request: Any, measurement_id: str) -> HttpResponse:
    """Corrects a weigh-in."""
    row = _mine(request, measurement_id)
    athlete: Athlete = request.athlete
    if is_withheld(athlete):
        return go_to(request, reverse("progress_weight"))
    us = athlete.units == Athlete.Units.US
    form = WeighInForm(posted(request), day=row.measured_on, us=us, measurement=row)
    if request.method == "POST":

        def save() -> str:
            correct_measurement(by=request.user, measurement=row, values=form.values())
            return reverse("progress_weight")

        answer = submit(request, form, save, done=_("Your weigh-in is corrected."))
        if answer:
            return answer
    page = {"form": form, "row": row, "back_url": reverse("progress_weight")}
    return render(request, "planning/progress_weigh_in.html", page, status=422 if form.errors else 200)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def weigh_in_delete(request: Any, measurement_id: str) -> HttpResponse:
    """Asks, then deletes a weigh-in. Sent twice it is gone once."""
    if request.method == "POST":

        def delete() -> str:
            delete_measurement(by=request.user, measurement=_mine(request, measurement_id))
            return reverse("progress_weight")

        return go_to(request, once(request, delete))
    page = {"row": _mine(request, measurement_id), "back_url": reverse("progress_weight")}
    return render(request, "planning/progress_weigh_in_delete.html", page)


def _mine(request: Any, measurement_id: str) -> BodyMeasurement:
    found: BodyMeasurement = find_or_404(BodyMeasurement.objects.filter(athlete=request.athlete), measurement_id, "bms")
    return found


def _latest(history: WeightHistory, factor: float) -> dict[str, Any] | None:
    """Where the trend stands, and how far its last stretch has moved; None where nothing was weighed lately."""
    if not history.segments:
        return None
    part = history.segments[-1]
    end = part[-1]
    change = history.change_kg
    return {
        "day": end.date,
        "value": end.kg / factor,
        "low": end.low_kg / factor,
        "high": end.high_kg / factor,
        "since": part[0].date,
        "change": None if change is None else change / factor,
        "is_clear": history.change_is_clear,
        "is_old": (history.last - end.date).days > 14,
    }


def _rows(history: WeightHistory, factor: float) -> list[dict[str, Any]]:
    """The weigh-ins, the latest first, with the trend after each."""
    trend = {point.date: point for part in history.segments for point in part}
    methods = dict(METHODS)
    return [
        {
            "row": row,
            "value": None if row.weight_kg is None else row.weight_kg / factor,
            "trend": trend[row.measured_on].kg / factor if row.measured_on in trend else None,
            "low": trend[row.measured_on].low_kg / factor if row.measured_on in trend else None,
            "high": trend[row.measured_on].high_kg / factor if row.measured_on in trend else None,
            "method": methods.get(row.method, row.method) if row.method else "",
            "held": row.measured_on in history.held,
        }
        for row in reversed(history.rows)
    ]
