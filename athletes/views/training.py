"""The training page: what was and what comes, by day, and sessions entered by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from athletes.forms.training import CorrectionForm, EventForm
from athletes.models import Athlete, TrainingEvent
from athletes.services.corrections import correction_for, forget_correction, remember_correction
from athletes.services.events import create_event, delete_event, fill_from_title, is_main_sport, update_event
from athletes.services.like_titles import apply_corrections, corrections_of
from athletes.services.overlaps import overlap_question, overlapping_pairs
from athletes.titles import parse_title
from athletes.words import EFFORT_WORDS, FIELD_NAMES
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit, url_or_none

DAYS_BACK, DAYS_AHEAD = 7, 28
CHART_HEIGHT = 84
READ_FIELDS = ("type", "sport", "intensity", "duration_minutes", "distance_km")


@dataclass(slots=True)
class TrainingDay:
    """One local day of the training page. `minutes` is the known time of its sessions, None when there is none;
    `questions` are about sessions that overlap."""

    date: date
    is_today: bool
    events: list[TrainingEvent] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    @property
    def minutes(self) -> float | None:
        held = [(event.session or event).duration_minutes for event in self.events if event.counts]
        known = [minutes for minutes in held if minutes]
        return sum(known) if known else None

    @property
    def unknown(self) -> int:
        """Sessions whose length nobody knows."""
        return sum(event.counts and not (event.session or event).duration_minutes for event in self.events)


@athlete_page
@require_safe
def training(request: Any) -> HttpResponse:
    """Four weeks ahead and the last one, by day, with the load of each."""
    day = today(request.athlete.zones)
    first, last = day - timedelta(days=DAYS_BACK), day + timedelta(days=DAYS_AHEAD - 1)
    days = {
        first + timedelta(days=n): TrainingDay(first + timedelta(days=n), n == DAYS_BACK)
        for n in range((last - first).days + 1)
    }
    events = TrainingEvent.objects.filter(athlete=request.athlete).on_days(first, last).with_completed()
    events = events.select_related("calendar", "duplicate_of")
    for event in events:
        event.main_sport = _from_profile(event)
        event.intensity_words = _effort(event.intensity)
        unread = {"type", "sport"} if event.main_sport else {"type"}
        event.read_words = ", ".join(str(FIELD_NAMES[name]) for name in event.estimated if name not in unread)
        days[event.local_date].events.append(event)
    for one, other in overlapping_pairs(events):
        days[other.local_date].questions.append(overlap_question(one.name, other.name))
    rows = list(days.values())
    week = [row for row in rows if day <= row.date < day + timedelta(days=7)]
    page = {
        "today": day,
        "ahead": [row for row in rows if row.date >= day and row.events],
        "past": [row for row in reversed(rows) if row.date < day and row.events],
        "chart": _chart(rows),
        "week_minutes": sum(row.minutes or 0 for row in week) or None,
        "week_sessions": sum(event.counts for row in week for event in row.events),
        "week_unknown": sum(row.unknown for row in week),
        "unclear": sum(event.type == "unclassified" for row in rows if row.date >= day for event in row.events),
        "calendars": list(request.athlete.calendars.all()),
    }
    return render(request, "athletes/training.html", page)


def _chart(days: list[TrainingDay]) -> dict[str, Any] | None:
    """Geometry of the bars: x and width in percent, heights in pixels; None when there is nothing to draw."""
    most = max((day.minutes or 0 for day in days), default=0)
    if not most:
        return None
    step = 100 / len(days)
    bars, weeks, unknown = [], [], []
    for index, day in enumerate(days):
        height = CHART_HEIGHT * (day.minutes or 0) / most
        place = {"x": f"{index * step + step * 0.14:.2f}", "width": f"{step * 0.72:.2f}"}
        if day.minutes:
            past = index < DAYS_BACK
            bars.append({**place, "y": f"{100 - height:.1f}", "height": f"{height:.1f}", "past": past})
        elif day.unknown:
            unknown.append(place)
        if day.date.weekday() == 0:
            weeks.append({"x": f"{index * step:.2f}", "label": date_format(day.date, gettext("j M"))})
    return {
        "bars": bars,
        "weeks": weeks,
        "unknown": unknown,
        "now_x": f"{(DAYS_BACK + 0.5) * step:.2f}",
        "most": most,
        "days": [day for day in days if day.minutes],
    }


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def event_add(request: Any) -> HttpResponse:
    """A session by hand, a race with `?kind=race`; shows how its title is read before it is saved, if asked."""
    zone_name = request.athlete.zones
    race = request.GET.get("kind") == TrainingEvent.Type.RACE
    form = EventForm(
        posted(request),
        zone_name=zone_name,
        day=_asked_day(request) or today(zone_name),
        kind=TrainingEvent.Type.RACE if race else "",
    )
    if request.method == "POST" and "look" not in request.POST:

        def save() -> str:
            event = create_event(by=request.user, athlete=request.athlete, values=form.values())
            planner = url_or_none("race", event.pk) if race and event.type == TrainingEvent.Type.RACE else None
            return planner or f"{reverse('training')}#d{event.local_date:%Y%m%d}"

        answer = submit(request, form, save, done=gettext("The session is in your training."))
        if answer:
            return answer
    return _show_form(request, form, heading=gettext("Add a race") if race else gettext("Add a session"), unfolded=race)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: Any, event_id: str) -> HttpResponse:
    """Changes a session that was entered by hand."""
    event = _mine(request, event_id)
    if event.calendar_id is not None:
        raise Conflict(
            gettext("This session comes from a calendar. Please change it there."), code="event_from_calendar"
        )
    form = EventForm(posted(request), event=event, zone_name=request.athlete.zones)
    if request.method == "POST" and "look" not in request.POST:

        def save() -> str:
            changed = update_event(by=request.user, event=event, values=form.values())
            return f"{reverse('training')}#d{changed.local_date:%Y%m%d}"

        answer = submit(request, form, save, done=gettext("The session is changed."))
        if answer:
            return answer
    return _show_form(request, form, heading=gettext("Change a session"), event=event)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def event_delete(request: Any, event_id: str) -> HttpResponse:
    """Asks, then deletes a session that was entered by hand."""
    if request.method == "POST":

        def delete() -> str:
            delete_event(by=request.user, event=_mine(request, event_id))
            return reverse("training")

        return go_to(request, once(request, delete))
    page = {"event": _mine(request, event_id), "back_url": reverse("training")}
    return render(request, "athletes/event_delete.html", page)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def event_correct(request: Any, event_id: str) -> HttpResponse:
    """How an event is read, and what the athlete says titles like it mean."""
    event = _mine(request, event_id)
    known = correction_for(event)
    form = CorrectionForm(posted(request), known=known)
    back_url = f"{reverse('training')}#d{event.local_date:%Y%m%d}"
    if request.method == "POST":

        def save() -> str:
            if "forget" in request.POST:
                forget_correction(by=request.user, athlete=request.athlete, event=event)
            else:
                remember_correction(by=request.user, athlete=request.athlete, event=event, values=form.values())
            return back_url

        forgotten = gettext("Titles like this one are read as before.")
        done = forgotten if "forget" in request.POST else gettext("It is read your way now.")
        answer = submit(request, form, save, done=done)
        if answer:
            return answer
    page = {"form": form, "event": event, "known": known, "read": _read(event), "back_url": back_url}
    return render(request, "athletes/event_correct.html", page, status=422 if form.errors else 200)


def _mine(request: Any, event_id: str) -> TrainingEvent:
    found: TrainingEvent = find_or_404(TrainingEvent.objects.filter(athlete=request.athlete), event_id, "evt")
    return found


def _asked_day(request: Any) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _show_form(
    request: Any, form: EventForm, *, heading: str, event: TrainingEvent | None = None, unfolded: bool = False
) -> HttpResponse:
    looking = "look" in request.POST
    page: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "event": event,
        "back_url": reverse("training"),
        "unfolded": unfolded or event is not None or looking or bool(form.errors),
    }
    if (form.is_bound and form.is_valid()) or looking:
        page["read"] = read_as(form, request.athlete)
    elif event is not None:
        page["read"] = _read(event)
    if looking and getattr(request, "htmx", False):
        return render(request, "athletes/event_read.html", page)
    # Looking is no attempt to save: it blames nothing.
    return render(request, "athletes/event_form.html", page, status=422 if form.errors and not looking else 200)


def _read(event: TrainingEvent) -> dict[str, Any]:
    """How a stored event is read, as `event_read.html` shows it."""
    fields = {name: getattr(event, name) for name in (*READ_FIELDS, "estimated", "corrected")}
    return {**fields, "intensity_words": _effort(event.intensity), "main_sport": _from_profile(event)}


def _effort(intensity: str | None) -> str:
    return str(EFFORT_WORDS.get(intensity or "", intensity or ""))


def _from_profile(event: TrainingEvent) -> bool:
    return is_main_sport(title=event.title, description=event.description, estimated=event.estimated)


def read_as(form: EventForm, athlete: Athlete) -> dict[str, Any] | None:
    """What a form amounts to: the stated fields, and the title for the rest, as corrected. None without a title."""
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    title = said.get("title")
    if not title:
        return None
    stated = {name: said.get(name) or None for name in READ_FIELDS}
    filled = fill_from_title(parse_title(title, "", stated["duration_minutes"]), stated, main_sport=athlete.sport)
    columns = {"title": title, **filled}
    read = apply_corrections(columns, corrections_of(athlete), main_sport=athlete.sport, by_hand=True)
    main_sport = is_main_sport(title=title, description="", estimated=read["estimated"])
    return {**read, "intensity_words": _effort(read["intensity"]), "main_sport": main_sport}
