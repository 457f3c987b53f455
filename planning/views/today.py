"""Today, and any day in detail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from athletes.models import Athlete, TrainingEvent
from athletes.services.overlaps import overlap_question, overlapping_pairs
from nutrition_site.kernel.clock import today as day_today
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page
from planning.catalogue.names import name_of
from planning.charts import CourseMeal, CourseSession, course_chart, lap
from planning.forms import MarkForm
from planning.fueling import SessionFood, feed_sessions
from planning.models import PlanItem
from planning.phrases import tell
from planning.services.coaching_notes import notes_on_day
from planning.services.log import unknown_amounts
from planning.services.opinions import opinions_of
from planning.services.plans import set_item_status
from planning.services.stored import bounds_of
from planning.views.ledger import ledger_of
from planning.views.meals import Meal, find_item, logged_row
from planning.views.plans import changes_asked_for, refusal_of
from planning.views.reading import (
    DayFood,
    Standing,
    day_or_404,
    is_withheld,
    may_catch_up,
    minute_now,
    minute_of,
    read_days,
    troubled_calendars,
)
from planning.views.staleness import stale_lines, stale_words
from planning.wording import BEFORE_ROW, DAY_CLASSES, Remark, assumed_in_words, remarks_on

LATE_MINUTES = 45
# A message of a coach stands on Today for this many days after the one it was written on.
MESSAGE_DAYS = 3


@athlete_page
@require_safe
def today(request: Any) -> HttpResponse:
    """The session first, then what to eat before, during and after it, and the day's meals."""
    athlete: Athlete = request.athlete
    day = day_today(athlete.zones)
    standing = read_days(athlete, day, day)
    page = _day_page(request, athlete, standing, day, minute_now(athlete))
    page["back"] = "today"
    page["coach_notes"] = notes_on_day(athlete, day, messages_from=day - timedelta(days=MESSAGE_DAYS))
    page["calendars"] = troubled_calendars(athlete)
    return render(request, "planning/today.html", page)


@athlete_page
@require_safe
def day(request: Any, day: str) -> HttpResponse:
    """One day with the steps of every number."""
    athlete: Athlete = request.athlete
    wanted = day_or_404(athlete, day)
    standing = read_days(athlete, wanted, wanted)
    minute = minute_now(athlete) if wanted == day_today(athlete.zones) else None
    page = _day_page(request, athlete, standing, wanted, minute)
    page["back"] = "day"
    page["coach_notes"] = notes_on_day(athlete, wanted)
    page["ledger"] = ledger_of(page["food"]) if page["food"].is_known and not page["withheld"] else []
    page["calendars"] = troubled_calendars(athlete)
    page["standing_today"] = day_today(athlete.zones)
    page["before"], page["after"] = wanted - timedelta(days=1), wanted + timedelta(days=1)
    return render(request, "planning/day.html", page)


def _day_page(request: Any, athlete: Athlete, standing: Standing, day: date, minute: int | None) -> dict[str, Any]:
    food = standing.days[day]
    sessions = feed_sessions(athlete=athlete, day=food.target, items=[meal.item for meal in food.meals])
    _mark_next(food.meals, minute)
    opinions = opinions_of(athlete) if food.meals else {}
    for meal in food.meals:
        meal.opinion = opinions.get(meal.recipe.family)
    withheld = is_withheld(athlete)
    lead = lead_session(sessions, minute)
    payload = food.target.payload
    codes = [*payload["warnings"], *payload["notices"]]
    codes += [code for session in payload["sessions"] for code in session["warnings"]]
    codes += (food.document or {}).get("warnings", [])
    titles = {event.pk: event.name for event in food.target.events}
    lengths = {session["event_id"]: session["duration_minutes"] for session in payload["sessions"]}
    return {
        "day": day,
        "food": food,
        "target": payload,
        "withheld": withheld,
        "lead": lead,
        "before_held": _is_held_before(food, lead),
        "unsafe_ids": {meal.item.pk for meal in food.meals if meal.is_unsafe},
        "lead_in": _from_now(lead, minute),
        "other_sessions": [session for session in sessions if session is not lead],
        "rests": [event for event in food.target.events if event.type == TrainingEvent.Type.REST],
        "day_class": _(DAY_CLASSES[payload["day_class"]]) if payload["day_class"] in DAY_CLASSES else "",
        "rows": _rows(food, sessions),
        "chart": None if withheld else _course(food, sessions, minute),
        "track": None if withheld or not (food.meals or food.logged) else track_of(food),
        "biggest_kcal": max((meal.amounts["energy_kcal"] or 0.0 for meal in food.meals), default=0.0) or None,
        "remarks": [*_overlaps(food), *remarks_on(codes, withheld=withheld)],
        "assumed": assumed_in_words(payload["assumed"], titles, lengths),
        "standing": standing,
        "stale": standing.stale_with_answer,
        "stale_words": stale_words(standing),
        "stale_lines": stale_lines(standing),
        "refused": refusal_of(standing.refused.refusal or {}, withheld=withheld) if standing.refused else None,
        "changes": changes_asked_for(request, standing.plans),
        "week_url": reverse("week", args=[day.isoformat()]),
        "may_log": day <= day_today(athlete.zones),
        "catch_up": day >= day_today(athlete.zones) and may_catch_up(food, minute),
    }


def _is_held_before(food: DayFood, session: SessionFood | None) -> bool:
    """Whether the plan was made with a look at what this session wants beforehand."""
    if food.plan is None or food.plan.current is None or session is None or session.starts_at_minute is None:
        return False
    name = f"{BEFORE_ROW}{session.starts_at_minute // 60:02d}{session.starts_at_minute % 60:02d}"
    return (name, food.date.isoformat()) in bounds_of(food.plan.current)


def _overlaps(food: DayFood) -> list[Remark]:
    """A question for every two sessions of the day that are at the same time."""
    pairs = overlapping_pairs(food.target.events)
    questions = [overlap_question(one.name, other.name) for one, other in pairs]
    return [Remark("SESSION_OVERLAP", "warn", question, numeric=False) for question in questions]


def lead_session(sessions: list[SessionFood], minute: int | None) -> SessionFood | None:
    """The session that leads a page: today the next that is not over, otherwise the one with the highest load."""
    if minute is not None:
        ahead = [s for s in sessions if s.ends_at_minute is not None and s.ends_at_minute > minute]
        if ahead:
            return min(ahead, key=lambda s: s.starts_at_minute or 0)
    return max(sessions, key=lambda s: (s.tss or 0.0, s.duration_minutes), default=None)


def _from_now(session: SessionFood | None, minute: int | None) -> dict[str, Any] | None:
    """How far away a session is: `{"state": "ahead" or "running" or "over", "minutes": …}`."""
    if session is None or minute is None or session.starts_at_minute is None or session.ends_at_minute is None:
        return None
    if minute < session.starts_at_minute:
        return {"state": "ahead", "minutes": session.starts_at_minute - minute}
    return {"state": "running" if minute < session.ends_at_minute else "over", "minutes": None}


def _mark_next(meals: list[Meal], minute: int | None) -> None:
    """The next meal is the first that is neither eaten nor skipped and not long past."""
    if minute is None:
        return
    for meal in meals:
        if meal.item.status == PlanItem.Status.PLANNED and meal.minute >= minute - LATE_MINUTES:
            meal.is_next = True
            return


def _rows(food: DayFood, sessions: list[SessionFood]) -> list[dict[str, Any]]:
    """Meals, sessions and what was logged besides in order of time; a session stands before the food that is eaten
    during it, and what was logged without a time last.
    """
    rows: list[tuple[float, int, dict[str, Any]]] = [(meal.minute, 1, {"meal": meal}) for meal in food.meals]
    rows += [(minute_of(entry.time), 2, logged_row(entry)) for entry in food.logged]
    for session in sessions:
        start = session.starts_at_minute
        rows.append((-1 if start is None else start, 0, {"session": session}))
    return [row for _, _, row in sorted(rows, key=lambda found: found[:2])]


def _course(food: DayFood, sessions: list[SessionFood], minute: int | None) -> dict[str, Any] | None:
    meals = [
        CourseMeal(
            minute=meal.minute,
            name=meal.name,
            slot=meal.slot,
            feed=meal.item.slot == "during",
            **meal.amounts,
        )
        for meal in food.meals
        if meal.item.status != PlanItem.Status.SKIPPED
    ]
    blocks = [
        CourseSession(
            minute=session.starts_at_minute,
            duration_minutes=session.duration_minutes,
            title=session.event.name,
            label=_length(session),
            intensity="race" if session.event.type == TrainingEvent.Type.RACE else session.event.intensity or "",
        )
        for session in sessions
        if session.starts_at_minute is not None
    ]
    return course_chart(meals, blocks, now_minute=minute) if meals else None


def _length(session: SessionFood) -> str:
    distance_km = (session.event.session or session.event).distance_km
    if distance_km:
        return f"{number_format(f'{distance_km:g}', use_l10n=True)} km"
    hours, minutes = divmod(round(session.duration_minutes), 60)
    length = f"{hours}:{minutes:02d} h" if hours else f"{minutes} min"
    return _("%(length)s, assumed") % {"length": length} if session.is_length_assumed else length


def track_of(food: DayFood) -> dict[str, Any]:
    """Eaten and planned against target: laps for the drawing, amounts for the table beside it."""
    eaten, planned, target, to_come = food.eaten, food.planned, food.target.payload, food.to_come
    names = (("carb", "carbs_g", _("Carbohydrate")), ("protein", "protein_g", _("Protein")), ("fat", "fat_g", _("Fat")))
    return {
        "lanes": [
            {
                "key": key,
                "name": words,
                "eaten": eaten[name],
                "at_least": not food.eaten_amount(name)[1],
                "planned": planned[name],
                "target": target[name],
                "eaten_lap": lap(eaten[name], target[name]),
                "planned_lap": lap(eaten[name] + to_come[name], target[name]),
            }
            for key, name, words in names
        ],
        "eaten_kcal": eaten["energy_kcal"],
        "at_least": not food.eaten_amount("energy_kcal")[1],
        "logged": len(food.logged),
        "unknown": list(dict.fromkeys(name_of(row.name) for row in food.logged if unknown_amounts(row.nutrients))),
        "planned_kcal": planned["energy_kcal"],
        "target_kcal": target["energy_kcal"],
        "to_come_kcal": to_come["energy_kcal"],
    }


@athlete_page
@require_POST
def mark(request: Any, day: str, item_id: str) -> HttpResponse:
    """Marks a meal eaten, skipped or planned again, or keeps it when the plan is made again.

    Sent twice it has the effect of once. Answers with a redirect that htmx follows too.
    """
    athlete: Athlete = request.athlete
    wanted = day_or_404(athlete, day)
    form = MarkForm(request.POST)
    # Found before the form is judged: a stranger's meal is not there, whatever is sent.
    item = find_item(athlete, item_id if is_id(item_id, "itm") else "")
    if not form.is_valid():
        messages.warning(request, _("Nothing was marked. Please try again."))
    elif item is None:
        messages.warning(request, _("This meal has changed meanwhile, so nothing was marked. This is your plan now."))
    else:
        locked = {"yes": True, "no": False}.get(form.cleaned_data["keep"])
        try:
            set_item_status(
                plan=item.revision.plan,
                item_id=item.pk,
                status=form.cleaned_data["status"] or None,
                locked=locked,
                by=request.user,
            )
        except DomainError as error:
            messages.warning(request, tell(error.message))
    back = reverse("today") if form.cleaned_data.get("back") == "today" else reverse("day", args=[wanted.isoformat()])
    return HttpResponseRedirect(f"{back}#meals", status=303)
