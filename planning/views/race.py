"""Races: which there are, what is planned for one, its strip to tape on, and what to buy for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from athletes.models import Athlete, TrainingEvent
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit
from planning.forms_race import RaceForm, grouped
from planning.phrases import tell
from planning.race_feeds import Hour
from planning.race_words import Line, Words, race_clock
from planning.science.types import TraceStep
from planning.services.race_options import races_of
from planning.services.race_shopping import list_for_race, shop_for_race
from planning.services.races import RaceSheet, plan_race_as_said, save_race_options
from planning.views.reading import DayFood, is_withheld, read_days
from planning.wording import input_name, source_in_words, unit_name

SHOWN_PAST = 12
CARBS_TOLERANCE_G = 0.5
ROUNDING_ML = 1.0
WHOLE_UNITS = ("g", "mg", "g/h", "mg/h")


@athlete_page
@require_safe
def races(request: Any) -> HttpResponse:
    """The athlete's races: those to come, soonest first, and the latest that are over."""
    athlete: Athlete = request.athlete
    day = today(athlete.zones)
    found = races_of(athlete)
    page = {
        "today": day,
        "upcoming": [_listed(event, day) for event in found.filter(local_date__gte=day)],
        "past": [_listed(event, day) for event in found.filter(local_date__lt=day).reverse()[:SHOWN_PAST]],
    }
    return render(request, "planning/race_list.html", page)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def race(request: Any, event_id: str) -> HttpResponse:
    """What is planned for a race, why, and the questions it rests on."""
    athlete: Athlete = request.athlete
    event = _own_race(request, event_id)
    day = today(athlete.zones)
    sheet, misfits = plan_race_as_said(athlete=athlete, event=event, today=day)
    withheld = is_withheld(athlete)
    us = athlete.units == Athlete.Units.US
    form = RaceForm(posted(request), sheet=sheet, us=us, withheld=withheld)

    def produce() -> str:
        save_race_options(event=event, values=form.values(), today=day, by=request.user)
        return reverse("race", args=[event.pk])

    if request.method == "POST":
        answer = submit(request, form, produce, done=_("Saved. The race is planned with it."))
        if answer is not None:
            return answer
    page = _race_page(athlete, sheet, form, withheld=withheld, us=us)
    page["misfits"] = [(form[name].label if name in form.fields else "", words) for name, words in misfits.items()]
    return render(request, "planning/race.html", page, status=422 if form.errors else 200)


@athlete_page
@require_safe
def strip(request: Any, event_id: str) -> HttpResponse:
    """The race on a narrow strip of paper: minute, and what to take."""
    athlete: Athlete = request.athlete
    event = _own_race(request, event_id)
    sheet, _misfits = plan_race_as_said(athlete=athlete, event=event, today=today(athlete.zones))
    words = Words(sheet, us=athlete.units == Athlete.Units.US, withheld=is_withheld(athlete))
    first = [line for line in words.before() if line.kind in ("caffeine", "topup")]
    second = [line for line in words.middle() if line.kind == "caffeine"]
    lines = [*words.during(skip_empty=True), *second]
    page = {"event": event, "sheet": sheet, "before": first, "lines": _in_order(lines)}
    return render(request, "planning/race_strip.html", page)


@athlete_page
@require_POST
def shopping(request: Any, event_id: str) -> HttpResponse:
    """Puts what the race needs on the list that is shopped from before it; a second click adds nothing."""
    athlete: Athlete = request.athlete
    event = _own_race(request, event_id)
    sheet, _misfits = plan_race_as_said(athlete=athlete, event=event, today=today(athlete.zones))

    def produce() -> str:
        found, added = shop_for_race(sheet=sheet, by=request.user)
        if added:
            words = ngettext(
                "%(count)s line for your race is on the list.", "%(count)s lines for your race are on the list.", added
            )
            messages.success(request, words % {"count": added})
        else:
            messages.info(request, _("All that the race needs is on the list already."))
        return reverse("shopping_list", args=[found.pk])

    try:
        url = once(request, produce)
    except Conflict:
        messages.info(request, _("Make a list for the days up to the race first; then put the race on it."))
        first = max(today(athlete.zones), min(sheet.day - timedelta(days=2), sheet.day))
        url = f"{reverse('shopping')}?first={first.isoformat()}&last={max(first, sheet.day).isoformat()}"
    return go_to(request, url)


def _own_race(request: Any, event_id: str) -> TrainingEvent:
    found: TrainingEvent = find_or_404(races_of(request.athlete), event_id, "evt")
    return found


def _listed(event: TrainingEvent, day: date) -> dict[str, Any]:
    return {"event": event, "days": (event.local_date - day).days, "asked": hasattr(event, "race_plan")}


def _race_page(athlete: Athlete, sheet: RaceSheet, form: RaceForm, *, withheld: bool, us: bool) -> dict[str, Any]:
    words = Words(sheet, us=us, withheld=withheld)
    day = today(athlete.zones)
    to_buy = [need for need in sheet.needed if need.product is not None and not need.on_course]
    second = [line for line in words.middle() if line.kind == "caffeine"]
    return {
        "event": sheet.event,
        "sheet": sheet,
        "days_left": (sheet.day - day).days,
        "withheld": withheld,
        "words": words,
        "start": words.clock(0),
        "distance": words.distance(sheet.distance_km),
        "glance": [] if withheld else _glance(sheet, words),
        "before": words.before(),
        "during": _in_order([*words.during(), *second]),
        "after": words.after(),
        "hours": [] if withheld else [_hour(sheet, words, hour) for hour in sheet.hours if sheet.feeds],
        "legs": [] if withheld else _legs(sheet),
        "limits": _limits(sheet, words),
        "needed": words.needed(),
        "to_buy": bool(to_buy),
        "list": list_for_race(sheet) if to_buy else None,
        "days": _days(athlete, sheet, withheld=withheld),
        "weeks": [] if withheld else sheet.weeks,
        "assumed": words.assumed(),
        "caffeine": words.caffeine(),
        "remarks": words.remarks(),
        "steps": [] if withheld else [_step(step) for step in sheet.numbers.trace],
        "form": form,
        "groups": grouped(form),
    }


def _in_order(lines: list[Line]) -> list[Line]:
    """The feeds with what else is taken under way, by the clock of the race."""
    return sorted(lines, key=lambda line: (_minutes(line.when), line.kind))


def _minutes(when: str) -> int:
    hours, _colon, rest = when.partition(" ")[0].partition(":")
    return int(hours) * 60 + int(rest)


def _glance(sheet: RaceSheet, words: Words) -> list[dict[str, str]]:
    numbers = sheet.numbers
    tiles = []
    if sheet.feeds:
        mean = sheet.carbs_g / (sheet.duration_minutes / 60)
        note = _("%(taken)s g in all, %(mean)s an hour as pieces come") % {
            "taken": round(sheet.carbs_g),
            "mean": round(mean),
        }
        tiles.append({"key": "carb", "name": _("Carbohydrate"), "value": f"{numbers.carbs_g_h:.0f} g/h", "note": note})
        note = _("%(drink)s in all, of %(loss)s you sweat") % {
            "drink": words.volume(sheet.fluid_ml),
            "loss": words.volume(sheet.sweat_loss_ml),
        }
        tiles.append({"key": "fluid", "name": _("Fluid"), "value": words.rate(numbers.fluid_l_h), "note": note})
    else:
        tiles.append(
            {"key": "carb", "name": _("Carbohydrate"), "value": _("none"), "note": _("too short to need any under way")}
        )
    sodium = _("no plan needed") if numbers.sodium_mg_h is None else f"{numbers.sodium_mg_h:.0f} mg/h"
    if numbers.sodium_mg_h is None and "SODIUM_WITHHELD_CONDITION" in numbers.warnings:
        sodium = _("your doctor’s to say")
    tiles.append({"key": "", "name": _("Sodium"), "value": sodium, "note": ""})
    caffeine = f"{numbers.caffeine_mg:.0f} mg" if numbers.caffeine_mg else _("none")
    tiles.append({"key": "", "name": _("Caffeine"), "value": caffeine, "note": ""})
    return tiles


@dataclass(frozen=True, slots=True)
class HourRow:
    """One hour beside its limits; `ok` says that it keeps them."""

    name: str
    carbs_g: float
    fluid: str
    sodium_mg: float | None
    ok: bool


def _hour(sheet: RaceSheet, words: Words, hour: Hour) -> HourRow:
    share = (hour.last_minute - hour.first_minute) / 60
    carbs_ok = hour.carbs_g <= sheet.gut_cap_g_h + CARBS_TOLERANCE_G
    fluid_ok = (
        hour.fluid_ml
        <= 1000 * max(sheet.numbers.sweat_rate_l_h, sheet.numbers.fluid_l_h) * max(share, 1 / 3) + ROUNDING_ML
    )
    name = f"{race_clock(hour.first_minute)} – {race_clock(hour.last_minute)}"
    return HourRow(name, hour.carbs_g, words.volume(hour.fluid_ml), hour.sodium_mg, carbs_ok and fluid_ok)


def _limits(sheet: RaceSheet, words: Words) -> dict[str, str]:
    sodium = sheet.numbers.sodium_mg_h
    return {
        "carbs": f"{sheet.gut_cap_g_h:.0f} g",
        "fluid": words.volume(1000 * sheet.numbers.sweat_rate_l_h),
        "sodium": "" if sodium is None else f"{sodium:.0f} mg",
    }


def _legs(sheet: RaceSheet) -> list[dict[str, Any]]:
    names = {"swim": _("Swim"), "cycle": _("Bike"), "run": _("Run")}
    return [
        {"name": names[leg.sport], "minutes": leg.duration_minutes, "carbs_g_h": leg.carbs_g_h}
        for leg in sheet.numbers.legs
    ]


def _days(athlete: Athlete, sheet: RaceSheet, *, withheld: bool) -> list[dict[str, Any]]:
    """The days before and the race day, with what is asked for and what is planned of it."""
    back = 2 if sheet.loading else 1
    first = sheet.day - timedelta(days=back)
    rows = []
    for day, food in read_days(athlete, first, sheet.day).days.items():
        carbs_g = None if withheld else food.target.payload.get("carbs_g")
        planned = food.planned["carbs_g"] if food.meals and not withheld else None
        rows.append(
            {
                "day": day,
                "is_race": day == sheet.day,
                "loads": sheet.loading and day != sheet.day,
                "carbs_g": carbs_g,
                "planned_g": planned,
                "meals": _key_meals(sheet, food, day),
                "has_plan": food.plan is not None,
            }
        )
    return rows


def _key_meals(sheet: RaceSheet, food: DayFood, day: date) -> list[Any]:
    """The dinner before, and what is eaten before the start."""
    if day == sheet.day:
        if sheet.starts_at is None:
            return [meal for meal in food.meals if meal.item.slot in ("breakfast", "pre")]
        start = sheet.starts_at.hour * 60 + sheet.starts_at.minute
        return [meal for meal in food.meals if meal.minute < start and meal.item.slot != "during"]
    if day == sheet.day - timedelta(days=1):
        return [meal for meal in food.meals if meal.item.slot == "dinner"]
    return []


def _step(step: TraceStep) -> dict[str, Any]:
    inputs = [(*map(tell, input_name(key)), value) for key, value in step.inputs.items() if value is not None]
    return {
        "name": tell(step.words),
        "formula": tell(step.formula),
        "inputs": inputs,
        # Nobody measures parts of a gram, or of a milligram.
        "value": round(step.value)
        if step.value is not None and step.unit in ("g", "mg", "g/h", "mg/h")
        else step.value,
        "unit": unit_name(step.unit),
        "source": source_in_words(step.source),
    }
