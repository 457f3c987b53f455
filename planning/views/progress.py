"""Progress over weeks: meals, carbohydrate around sessions, load, energy availability, and what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from athletes.models import Athlete
from nutrition_site.pages import athlete_page
from planning.charts_progress import load_and_carbs_chart, meals_chart, range_chart
from planning.science.availability import EA_AMBER, EA_RED
from planning.science.constants import number
from planning.services.offsets import Estimate
from planning.services.progress import DEFAULT_SPAN, SPANS, Progress, ProgressWeek, read_progress
from planning.services.week_availability import Availability
from planning.services.weight import SURE_SD
from planning.views.reading import is_withheld
from planning.wording import CODES

TABLE_SESSIONS = 60
# Charts begin where something is known, but fewer weeks than these would be a column as wide as the page.
LEAST_WEEKS = 4


@athlete_page
@require_safe
def progress(request: Any) -> HttpResponse:
    """The last 12 weeks; `?weeks=` 4, 26 or 52 for another span."""
    athlete: Athlete = request.athlete
    span = asked_span(request)
    withheld = is_withheld(athlete)
    found = read_progress(athlete=athlete, weeks=span)
    latest_first = list(reversed(found.weeks))
    drawn = replace(found, weeks=_from_first_known(found.weeks))
    page = {
        "withheld": withheld,
        "span": span,
        "spans": SPANS,
        "found": found,
        "rows": latest_first,
        "meals": meals_chart(drawn.weeks),
        "keys": _key_sessions(found),
        "load": load_and_carbs_chart(_without_food(drawn) if withheld else drawn.weeks),
        "load_estimated": any(week.load_estimated for week in found.weeks),
        "load_planned": any(week.load_planned for week in found.weeks),
        "availability": None if withheld else _availability(drawn),
        "expenditure": None if withheld else _expenditure(drawn),
        "is_empty": found.is_empty,
    }
    return render(request, "planning/progress.html", page)


def asked_span(request: Any) -> int:
    """The number of weeks that the address asks for; twelve for any other."""
    asked = request.GET.get("weeks", "")
    return int(asked) if asked in {str(span) for span in SPANS} else DEFAULT_SPAN


def _from_first_known(weeks: Sequence[ProgressWeek]) -> tuple[ProgressWeek, ...]:
    """Without the weeks before anything is known, which would be the empty half of every chart."""
    known = (index for index, week in enumerate(weeks) if week.load or week.meals.planned or week.carbs_g)
    return tuple(weeks[max(0, min(next(known, 0), len(weeks) - LEAST_WEEKS)) :])


def _without_food(found: Progress) -> list[ProgressWeek]:
    return [replace(week, carbs_g=None, carbs_target_g=None) for week in found.weeks]


def _key_sessions(found: Progress) -> dict[str, Any] | None:
    """How many key sessions had their carbohydrate, and the sessions, the latest first; None without one."""
    sessions = found.key_sessions
    if not sessions:
        return None
    return {
        "count": len(sessions),
        "reached": sum(session.is_reached is True for session in sessions),
        "below": sum(session.is_reached is False for session in sessions),
        "unknown": sum(session.is_reached is None for session in sessions),
        "rows": list(reversed(sessions))[:TABLE_SESSIONS],
        "more": max(0, len(sessions) - TABLE_SESSIONS),
    }


def _availability(found: Progress) -> dict[str, Any] | None:
    """The chart and words of energy availability; None where no week has a complete day."""
    weeks = [(week, week.availability) for week in found.weeks]
    known = [one for _week, one in weeks if one is not None]
    if not known:
        return None
    last = known[-1]
    rows = [None if one is None else (week.monday, one.kcal_per_kg, one.low, one.high) for week, one in weeks]
    judged = [one for one in known if one.is_judged]
    return {
        "chart": range_chart(
            rows, [week.monday for week in found.weeks], marks=(last.red_below, last.amber_below), zero=True
        ),
        "red_below": last.red_below,
        "amber_below": last.amber_below,
        "rows": [(week, one, availability_words(one)) for week, one in reversed(weeks) if one is not None],
        "latest": judged[-1] if judged else None,
        "warn": bool(judged) and judged[-1].code == EA_RED,
        "words": availability_words(judged[-1] if judged else None),
    }


def availability_words(found: Availability | None) -> str:
    """What a week's energy availability means, and where its range leaves that open."""
    if found is None or not found.is_judged:
        needed = int(number("ea.logged_days_min"))
        return _("Too few days are known to say: it takes %(days)d of seven.") % {"days": needed}
    if found.code == EA_RED:
        said = _("Little energy was left for your body after training.")
        open_end = found.high >= found.red_below
    elif found.code == EA_AMBER:
        said = _("Less was left than is good for long.")
        open_end = found.high >= found.amber_below
    else:
        said = _("Enough was left for your body.")
        open_end = found.low < found.amber_below
    return said + (" " + _("The range leaves room for the other side of the line, too.") if open_end else "")


def _expenditure(found: Progress) -> dict[str, Any]:
    """What was learned of the athlete's expenditure: the newest estimate, and those of these weeks as a chart."""
    by_week = {(row.as_of.isocalendar().year, row.as_of.isocalendar().week): row for row in found.estimates}
    weeks = [week.sunday for week in found.weeks]
    made = [by_week.get((day.isocalendar().year, day.isocalendar().week)) for day in weeks]
    rows = [None if row is None else (row.as_of, row.offset_kcal, _low(row), _high(row)) for row in made]
    latest = found.present_estimate
    total = None
    if latest is not None and found.formula_kcal is not None:
        total = {
            "kcal": found.formula_kcal + latest.offset_kcal,
            "low": found.formula_kcal + _low(latest),
            "high": found.formula_kcal + _high(latest),
        }
    return {
        "latest": latest,
        "low": None if latest is None else _low(latest),
        "high": None if latest is None else _high(latest),
        "total": total,
        "formula_kcal": found.formula_kcal,
        "follows": follow_words(found),
        "remarks": [CODES[flag][1] for flag in (latest.flags if latest else ()) if flag in CODES],
        "against": against_words(latest),
        "chart": range_chart(rows, weeks, marks=(0.0,)),
        "rows": [(row, _low(row), _high(row)) for row in found.estimates],
        "food_days": int(number("adaptive.min_food_days")),
        "weigh_ins": int(number("adaptive.min_weigh_ins")),
        "window_days": int(number("adaptive.window_days")),
    }


def against_words(row: Estimate | None) -> str:
    """How the newest estimate lies to the formula, as of when and from how much; empty without one."""
    if row is None:
        return ""
    kcal = abs(round(row.offset_kcal))
    given = {"kcal": kcal, "day": date_format(row.as_of, "j F Y"), "count": row.windows}
    if not kcal:
        said = _("As of %(day)s that is what the formula gives,")
    elif row.offset_kcal > 0:
        said = _("As of %(day)s that is %(kcal)d kcal more than the formula gives,")
    else:
        said = _("As of %(day)s that is %(kcal)d kcal less than the formula gives,")
    learned = ngettext(
        "learned from %(count)d stretch of two weeks.", "learned from %(count)d stretches of two weeks.", row.windows
    )
    return f"{said % given} {learned % given}"


def follow_words(found: Progress) -> str:
    """Whether targets follow what was learned, and why not."""
    row = found.present_estimate
    if row is None:
        return ""
    if not found.may_follow:
        return _(
            "Your targets keep to the formula: what is learned is followed for adults outside of special care only."
        )
    given = {"kcal": abs(round(row.applied_kcal)), "most": int(number("adaptive.move_max_kcal_week"))}
    if row.applied_kcal and round(row.applied_kcal) == round(row.offset_kcal):
        return _("Your targets follow it, by at most %(most)d kcal a week.") % given
    if row.applied_kcal > 0:
        return _("Your targets are %(kcal)d kcal higher for it, and move by at most %(most)d kcal a week.") % given
    if row.applied_kcal < 0:
        return _("Your targets are %(kcal)d kcal lower for it, and move by at most %(most)d kcal a week.") % given
    if not row.published:
        return _("Your targets do not follow it yet: it is not sure enough.")
    return _("It is so close to the formula that your targets need not move.")


def _low(row: Estimate) -> float:
    return row.offset_kcal - SURE_SD * row.sd_kcal


def _high(row: Estimate) -> float:
    return row.offset_kcal + SURE_SD * row.sd_kcal
