"""The week: load and carbohydrate by day, meals below, and the ways to make or renew the plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.pages import athlete_page
from planning.charts import week_strip
from planning.mapping import assumed_lengths, is_length_assumed
from planning.models import PlanItem
from planning.services.micronutrients import week_micronutrients
from planning.services.resolving import clock_at
from planning.services.settling import DURING
from planning.views.meals import AMOUNTS, Meal
from planning.views.plans import changes_asked_for, refusal_of
from planning.views.reading import (
    DayFood,
    day_or_404,
    is_withheld,
    read_days,
    troubled_calendars,
)
from planning.views.staleness import stale_lines, stale_words
from planning.wording import nutrient_name


@athlete_page
@require_safe
def week(request: Any, day: str = "") -> HttpResponse:
    """Monday to Sunday around a day; this week without one."""
    athlete: Athlete = request.athlete
    present = today(athlete.zones)
    wanted = day_or_404(athlete, day) if day else present
    monday = wanted - timedelta(days=wanted.weekday())
    sunday = monday + timedelta(days=6)
    standing = read_days(athlete, monday, sunday)
    foods = list(standing.days.values())
    withheld = is_withheld(athlete)
    missing = [day for day in standing.missing if day >= present]
    clock = clock_at(athlete, present)
    page = {
        "monday": monday,
        "sunday": sunday,
        "week_number": monday.isocalendar().week,
        "is_present": monday <= present <= sunday,
        "today": present,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "days": _rows(foods, present, withheld),
        "totals": None if withheld else _totals(foods),
        "standing": standing,
        "missing": missing,
        "make": _first_gap(missing),
        "waiting": standing.waiting,
        "refused": refusal_of(standing.refused.refusal or {}, withheld=withheld) if standing.refused else None,
        "stale": standing.stale_with_answer,
        "stale_words": stale_words(standing),
        "stale_lines": stale_lines(standing),
        "changes": changes_asked_for(request, standing.plans),
        "calendars": troubled_calendars(athlete),
        "checked": [plan for plan in standing.plans if plan.current and plan.current.certificate.get("ok")],
        "movable": {meal.item.pk for food in foods for meal in food.meals if _may_move(meal, present, clock)},
        "planned_days": sum(food.plan is not None for food in foods),
        "withheld": withheld,
        "biggest_kcal": _biggest_kcal(foods),
        "nutrients": _nutrients(athlete, foods, withheld),
        "shop_first": max(monday, present) if monday <= present <= sunday else monday,
    }
    return render(request, "planning/week.html", page)


def _nutrients(athlete: Athlete, foods: list[DayFood], withheld: bool) -> dict[str, Any] | None:
    """Means of vitamins and minerals over the planned days; None where nothing is planned or numbers are withheld."""
    planned = [food.date for food in foods if food.meals]
    if withheld or not planned:
        return None
    rows = week_micronutrients(athlete, planned[0], planned[-1])
    if not rows:
        return None
    shown = [{"row": row, "name": nutrient_name(row.nutrient), "percent": _percent(row.share)} for row in rows]
    return {"rows": shown, "days": len(planned), "look": [one for one in shown if one["row"].hint]}


def _biggest_kcal(foods: list[DayFood]) -> float | None:
    """The energy that fills the bar of a meal: that of the biggest of the week; None where none is known."""
    return max((meal.amounts["energy_kcal"] or 0.0 for food in foods for meal in food.meals), default=0.0) or None


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _may_move(meal: Meal, present: date, clock: str) -> bool:
    """Whether a meal may change places: it is still to come, and nobody has eaten, skipped or kept it."""
    item = meal.item
    if item.status != PlanItem.Status.PLANNED or item.locked or item.slot == DURING:
        return False
    return item.date > present or (item.date == present and item.time >= clock)


def _first_gap(missing: list[date]) -> dict[str, Any] | None:
    """The first run of days without a plan: `{"first", "last", "days"}`."""
    if not missing:
        return None
    count = 1
    while count < len(missing) and missing[count] == missing[0] + timedelta(days=count):
        count += 1
    return {"first": missing[0], "last": missing[count - 1], "days": count}


def _rows(foods: list[DayFood], present: date, withheld: bool) -> list[dict[str, Any]]:
    numbers = [
        {
            "tss": food.target.payload["tss"] if food.is_known else None,
            "carbs_g": food.planned["carbs_g"] if food.meals and not withheld else None,
            "target_carbs_g": None if withheld or not food.is_known else food.target.payload["carbs_g"],
        }
        for food in foods
    ]
    return [
        {
            "date": food.date,
            "food": food,
            "target": food.target.payload,
            "planned": food.planned if food.meals else None,
            "sessions": _sessions(food),
            "rests": food.is_known and not any(event.counts for event in food.target.events),
            "strip": strip,
            "now": food.date == present,
            "past": food.date < present,
            "state": _state(food, present),
            "as_planned": bool(food.meals) and not food.logged and food.eaten_count == len(food.meals),
        }
        for food, strip in zip(foods, week_strip(numbers), strict=True)
    ]


def _sessions(food: DayFood) -> list[dict[str, Any]]:
    """What counts on a day, with the length it is planned with: `{event, minutes, assumed}`."""
    lengths = {session["event_id"]: session["duration_minutes"] for session in food.target.payload["sessions"]}
    return [
        {
            "event": event,
            "minutes": event.duration_minutes or lengths.get(event.pk),
            "assumed": is_length_assumed(event),
        }
        for event in food.target.events
        if event.counts
    ]


def _state(food: DayFood, present: date) -> str:
    """How a day's meals went, and how much was logged besides them."""
    besides = len(food.logged)
    state = _meals_state(food, present)
    if not besides:
        return state
    if not food.meals:
        return ngettext("%(count)d thing logged", "%(count)d things logged", besides) % {"count": besides}
    return ngettext("%(state)s, %(count)d logged besides", "%(state)s, %(count)d logged besides", besides) % {
        "state": state,
        "count": besides,
    }


def _meals_state(food: DayFood, present: date) -> str:
    """How a day's planned meals went, without judging: missing marks are a gap in the log."""
    if not food.meals:
        return "" if food.date < present else _("no plan yet")
    count, eaten, skipped = len(food.meals), food.eaten_count, food.skipped_count
    if eaten == count:
        return _("as planned")
    if eaten or skipped:
        words = _("%(eaten)d of %(count)d eaten, %(skipped)d skipped") if skipped else _("%(eaten)d of %(count)d eaten")
        return words % {"eaten": eaten, "count": count, "skipped": skipped}
    return _("not logged") if food.date < present else _("to come")


def _totals(foods: list[DayFood]) -> dict[str, Any]:
    """Sums of the week; amounts over the planned days, targets over the same days."""
    planned = [food for food in foods if food.meals]
    sessions = [session for food in foods for session in food.target.payload["sessions"]]
    return {
        "days": len(planned),
        "minutes": sum(session["duration_minutes"] for session in sessions) or None,
        "sessions": len(sessions),
        "assumed": sum(len(assumed_lengths(food.target.payload)) for food in foods),
        "tss": sum(food.target.payload["tss"] for food in foods),
        "planned": {name: sum(food.planned[name] for food in planned) for name in AMOUNTS},
        "target": {name: sum(food.target.payload[name] for food in planned) for name in AMOUNTS},
        "eaten": sum(meal.item.status == PlanItem.Status.EATEN for food in foods for meal in food.meals),
        "meals": sum(len(food.meals) for food in foods),
    }
