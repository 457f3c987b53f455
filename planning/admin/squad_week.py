"""The week of a squad: a heat map of load, target and what was eaten, and the same as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from athletes.admin.scope import is_coach
from athletes.models import Squad
from athletes.services.coaches import coach_day
from nutrition_site.kernel.audit import record_audit
from planning.services.coaching_week import WeekCell, WeekRow, squad_week, week_csv

# Height of one athlete's row in the picture, and of what stands above the first (px).
ROW_PX, TOP_PX = 36, 24
LEFT_PCT, STEP_PCT, CELL_PCT = 27.0, 10.42, 9.8
# More of a name does not fit.
LONGEST_NAME = 16
# Text on the darkest steps is light.
INVERTED_FROM = 3


def squad_week_page(request: HttpRequest) -> HttpResponse:
    """Monday to Sunday of everybody who agreed, or of `?squad=`; `?from=` is any day of the week wanted."""
    monday, squad, squads = _asked(request)
    present = coach_day(request.user)
    rows = squad_week(request.user, monday, squad=squad)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    context = {
        **admin.site.each_context(request),
        "title": "Squad week",
        "rows": [
            _drawn(row, number, short) for number, (row, short) in enumerate(zip(rows, _shorts(rows), strict=True))
        ],
        "columns": [
            {"date": day, "x": _percent(LEFT_PCT + number * STEP_PCT + CELL_PCT / 2), "present": day == present}
            for number, day in enumerate(days)
        ],
        "height": TOP_PX + ROW_PX * len(rows) + 8,
        "squads": squads,
        "squad": squad,
        "monday": monday,
        "sunday": days[-1],
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "week_url": reverse("admin:squad_week"),
        "file_url": reverse("admin:squad_week_file"),
    }
    return TemplateResponse(request, "admin/squad_week.html", context)


def squad_week_file(request: HttpRequest) -> HttpResponse:
    """The same week as CSV; that it was taken is written down."""
    monday, squad, _ = _asked(request)
    rows = squad_week(request.user, monday, squad=squad)
    record_audit(
        verb="coach.week_exported",
        by=request.user,
        object_id=squad.pk if squad else "",
        athletes=len(rows),
        monday=monday.isoformat(),
    )
    response = HttpResponse(week_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="squad-week-{monday.isoformat()}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest) -> tuple[date, Squad | None, list[Squad]]:
    """The Monday and the squad of the question; there is no page for staff who coach nobody."""
    if not is_coach(request.user):
        raise Http404
    present = coach_day(request.user)
    try:
        wanted = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        wanted = present
    if abs((wanted - present).days) > 400:
        wanted = present
    squads = list(Squad.objects.filter(coach=request.user).order_by("name"))
    squad = next((row for row in squads if row.pk == request.GET.get("squad")), None)
    return wanted - timedelta(days=wanted.weekday()), squad, squads


def _drawn(row: WeekRow, number: int, short: str) -> dict[str, Any]:
    top = TOP_PX + ROW_PX * number
    return {
        "athlete": row.athlete,
        "short": short,
        "withheld": row.withheld,
        "load_tss": row.load_tss,
        "label_y": top + 19,
        "cells": [_cell(cell, index, top) for index, cell in enumerate(row.cells)],
    }


def _cell(cell: WeekCell, index: int, top: int) -> dict[str, Any]:
    share = None if cell.eaten_share is None else min(1.0, cell.eaten_share)
    return {
        "day": cell,
        "step": cell.step,
        "inverted": cell.step >= INVERTED_FROM,
        "x": _percent(LEFT_PCT + index * STEP_PCT),
        "middle": _percent(LEFT_PCT + index * STEP_PCT + CELL_PCT / 2),
        "y": top,
        "text_y": top + 16,
        "bar_y": top + 26,
        "width": _percent(CELL_PCT),
        "eaten_width": None if share is None else _percent(CELL_PCT * share),
        "eaten_pct": None if cell.eaten_share is None else round(100 * cell.eaten_share),
    }


def _shorts(rows: Sequence[WeekRow]) -> list[str]:
    """Names that fit beside the picture: "M. Petrović"; "Maja P." where that would name two athletes."""
    words = [row.athlete.name.split() for row in rows]
    found = [" ".join(name) if len(name) < 2 else f"{name[0][0]}. {name[-1]}" for name in words]
    times = Counter(found)
    clear = [
        f"{name[0]} {name[-1][0]}." if times[short] > 1 and len(name) > 1 else short
        for name, short in zip(words, found, strict=True)
    ]
    return [short if len(short) <= LONGEST_NAME else f"{short[: LONGEST_NAME - 1]}…" for short in clear]


def _percent(value: float) -> str:
    return f"{value:.2f}%"
