"""Making plans, planning again, and the proof of a plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from athletes.models import Athlete
from athletes.rules import tells_an_amount
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, DomainError
from nutrition_site.kernel.quota import quota
from nutrition_site.pages import athlete_page, find_or_404, go_to, once
from planning.amounts import told_amount
from planning.forms import OfferForm, PlanForm, ResolveForm, RestForm
from planning.models import MealPlan
from planning.optimizer.relax import say_changes
from planning.phrases import tell
from planning.services.board import MOVED
from planning.services.changes import CHOSEN
from planning.services.concessions import PROFILE_KINDS, accept_offer, agreed_offers
from planning.services.plans import (
    LATEST_AHEAD_DAYS,
    MAX_DAYS,
    create_meal_plan,
    replan_rest_of_day,
    resolve_meal_plan,
    unsafe_items,
    with_contents,
)
from planning.services.recheck import standing_certificate
from planning.services.swaps import SWAPPED
from planning.services.undoing import UNDONE_AS, may_undo
from planning.views.meals import unsafe_in_words
from planning.views.reading import is_withheld, read_days
from planning.wording import CHANGE_WORDS, check_name, slot_name

OFFER_FIELDS = ("kind", "amount", "day", "subject", "parts")
QUOTA = "plans_per_week"
FIRST_PLAN_DAYS = 7


def told_refusal(error: DomainError, *, withheld: bool) -> dict[str, Any]:
    """A refusal to plan as the page shows it: the fact, what collides, and what would help, each with its button."""
    return refusal_of({"message": error.message, **error.extra}, withheld=withheld)


def refusal_of(stored: dict[str, Any], *, withheld: bool) -> dict[str, Any]:
    """The same from the refusal that a plan keeps; where numbers are withheld, without sentences that hold amounts."""
    conflicts, relaxations = (
        [row for row in stored.get(name) or [] if not (withheld and tells_an_amount(str(row.get("sentence", ""))))]
        for name in ("conflicts", "relaxations")
    )
    offers = [
        {
            "sentence": tell(row.get("sentence", "")),
            "for_good": row.get("kind") in PROFILE_KINDS,
            "json": json.dumps({name: row.get(name) for name in OFFER_FIELDS}, separators=(",", ":")),
        }
        for row in relaxations
    ]
    return {
        "message": tell(stored.get("message") or "No plan was found."),
        "conflicts": [tell(row.get("sentence", "")) for row in conflicts],
        "members": [tuple(member) for row in stored.get("conflicts") or [] for member in row.get("members") or []],
        "relaxations": offers,
    }


def attempt(request: Any, produce: Callable[[], str]) -> tuple[HttpResponse | None, dict[str, Any] | None]:
    """Runs the writes of a form once: (redirect, None), or (None, why not) where the planner refuses."""
    try:
        return go_to(request, once(request, produce)), None
    except DomainError as error:
        if error.status >= 500:
            raise
        return None, told_refusal(error, withheld=is_withheld(request.athlete))


def back_to(name: str, day: date) -> str:
    """Where a form came from: today, a day, or the week that holds the day."""
    if name == "today":
        return reverse("today")
    if name == "day":
        return reverse("day", args=[day.isoformat()])
    return reverse("week", args=[day.isoformat()])


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def start_plan(request: Any) -> HttpResponse:
    """The first plan, or one for days that have none; from a page that says what will happen."""
    athlete: Athlete = request.athlete
    day = today(athlete.zones)
    form = PlanForm(request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        first, days, back = form.cleaned_data["first"], form.cleaned_data["days"], form.cleaned_data["back"]

        def produce() -> str:
            with quota(user=request.user, name=QUOTA):
                plan = create_meal_plan(athlete=athlete, first=first, count=days, by=request.user)
            if plan.status == MealPlan.Status.SOLVING and (back, first) != ("today", day):
                return back_to("week", first)
            return back_to(back or "week", first)

        answer, refusal = attempt(request, produce)
        if answer is not None:
            return answer
    first = (form.is_bound and form.is_valid() and form.cleaned_data["first"]) or day
    days = (form.is_bound and form.is_valid() and form.cleaned_data["days"]) or FIRST_PLAN_DAYS
    last = first + timedelta(days=days - 1)
    # Days that nobody may plan are refused above; the page then speaks of today's.
    known = day - timedelta(days=MAX_DAYS) <= first and last <= day + timedelta(days=LATEST_AHEAD_DAYS)
    standing = read_days(athlete, first, last) if known else read_days(athlete, day, day)
    is_first = not MealPlan.objects.filter(athlete=athlete, current__isnull=False).exists()
    page = {
        "step": 4,
        "layout": "onboarding/base.html" if is_first else "planning/plan_days.html",
        "title": _("Your first week") if is_first else _("Plan these days"),
        "is_first": is_first,
        "first": first,
        "last": last,
        "days": days,
        "back": form.data.get("back", "") if form.is_bound else "today",
        "upcoming": [food for food in standing.days.values() if food.target.sessions],
        "has_plan": known and not standing.missing,
        "waiting": standing.waiting,
        "progress": standing.progress,
        "refusal": refusal,
        "broken": form.is_bound and not form.is_valid(),
        "withheld": is_withheld(athlete),
    }
    return render(request, "planning/start_plan.html", page, status=422 if refusal or page["broken"] else 200)


@athlete_page
@require_POST
def take_offer(request: Any) -> HttpResponse:
    """Gives way in what a refusal offered, and plans with it at once."""
    athlete: Athlete = request.athlete
    form = OfferForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("This offer is not there any more. Please plan again."))
        return go_to(request, reverse("week"))
    wanted = form.cleaned_data
    plan = find_or_404(MealPlan.objects.filter(athlete=athlete), wanted["plan"], "mpl") if wanted["plan"] else None
    first = plan.week_start if plan else wanted["first"]

    def produce() -> str:
        relaxations = accept_offer(athlete=athlete, document=wanted["offer"], by=request.user)
        athlete.refresh_from_db()
        if plan is not None:
            resolve_meal_plan(plan=plan, full=wanted["full"], relaxations=relaxations, by=request.user)
            return f"{back_to('week', first)}?changes={plan.pk}"
        with quota(user=request.user, name=QUOTA):
            create_meal_plan(
                athlete=athlete, first=first, count=wanted["days"], relaxations=relaxations, by=request.user
            )
        return back_to("week", first)

    answer, refusal = attempt(request, produce)
    if answer is not None:
        return answer
    page = {
        "refusal": refusal,
        "plan": plan,
        "day": first,
        "first": first,
        "days": plan.days if plan else wanted["days"],
        "back_url": back_to("week", first),
    }
    return render(request, "planning/refused.html", page, status=422)


@athlete_page
@require_POST
def rest_of_day(request: Any, plan_id: str) -> HttpResponse:
    """What is left of a day makes up for the meals that were skipped."""
    plan = find_or_404(MealPlan.objects.filter(athlete=request.athlete), plan_id, "mpl")
    form = RestForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Nothing was planned again. Please choose the day once more."))
        return go_to(request, reverse("today"))
    day = form.cleaned_data["day"]
    back = back_to(form.cleaned_data["back"] or "day", day)

    def produce() -> str:
        replan_rest_of_day(plan=plan, day=day, by=request.user)
        return f"{back}?changes={plan.pk}"

    answer, refusal = attempt(request, produce)
    if answer is not None:
        return answer
    # What a week could give way in does not help a day that is half eaten.
    page = {"refusal": {**(refusal or {}), "relaxations": []}, "plan": plan, "day": day, "back_url": back, "rest": True}
    return render(request, "planning/refused.html", page, status=422)


@athlete_page
@require_POST
def plan_resolve(request: Any, plan_id: str) -> HttpResponse:
    """Plans again for the present training and profile, and shows what changed."""
    athlete: Athlete = request.athlete
    plan = find_or_404(MealPlan.objects.filter(athlete=athlete), plan_id, "mpl")
    form = ResolveForm(request.POST)
    form.is_valid()
    day = form.cleaned_data.get("day") or max(plan.week_start, min(today(athlete.zones), plan.last_day))
    back = form.cleaned_data.get("back") or "week"

    def produce() -> str:
        resolve_meal_plan(plan=plan, full=bool(form.cleaned_data.get("full")), by=request.user)
        return f"{back_to(back, day)}?changes={plan.pk}"

    answer, refusal = attempt(request, produce)
    if answer is not None:
        return answer
    full = bool(form.cleaned_data.get("full"))
    page = {"refusal": refusal, "plan": plan, "day": day, "back_url": back_to(back, day), "full": full}
    return render(request, "planning/refused.html", page, status=422)


def changes_asked_for(request: Any, plans: list[MealPlan]) -> dict[str, Any] | None:
    """What the last planning changed, when the address asks for it and the plan is one of these."""
    wanted = request.GET.get("changes")
    plan = next((plan for plan in plans if plan.pk == wanted), None)
    if plan is None or plan.current is None or plan.current.diff is None:
        return None
    return changes_in_words(plan, plan.current.diff)


def changes_in_words(plan: MealPlan, diff: dict[str, Any]) -> dict[str, Any]:
    """A stored diff as rows of a page, in the order of the days."""
    rows = [{"kind": "changed", **change} for change in diff["changed"]]
    rows += [{"kind": "moved", **change} for change in diff["moved_times"]]
    rows += [{"kind": "added", "after": told} for told in diff["added"]]
    rows += [{"kind": "removed", "before": told} for told in diff["removed"]]
    # Only the plan's own difference says how it came about.
    reason = plan.current.reason if plan.current is not None and plan.current.diff is diff else ""
    known = reason == MOVED or reason in UNDONE_AS.values()
    for row in rows:
        told = row.get("after") or row["before"]
        row.update(date=date.fromisoformat(told["date"]), slot=slot_name(told["slot"]).lower())
        before, after = row.get("before"), row.get("after")
        row["same_dish"] = bool(before and after and before["recipe_id"] == after["recipe_id"])
        # Who moved or swapped a meal, or took that back, knows why.
        why = "" if known else row.get("why") or told.get("why", "")
        if reason == SWAPPED and why == CHOSEN:
            why = ""
        row["why"] = _(CHANGE_WORDS[why]) if why in CHANGE_WORDS else ""
    rows.sort(key=lambda row: (row["date"], (row.get("after") or row["before"])["time"]))
    targets = [{**day, "date": date.fromisoformat(day["date"])} for day in diff.get("targets", [])]
    return {
        "plan": plan,
        "rows": rows,
        "empty": not rows,
        "anew": reason != SWAPPED and not known,
        "undo": plan.current.number if plan.current is not None and reason and may_undo(plan) else None,
        "swapped": reason == SWAPPED,
        "targets": targets,
        "shopping": [_told_line(line) for line in differing_lines(diff.get("shopping", []))],
        "chosen": any(row["kind"] == "changed" and not row["forced"] for row in diff_rows(diff)),
    }


def _told_line(line: dict[str, Any]) -> dict[str, Any]:
    """A line of a shopping difference with its amounts in the language of the page."""
    amounts = {side: told_amount(line[side]) if line.get(side) else line.get(side) for side in ("before", "after")}
    return {**line, **amounts}


def differing_lines(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a shopping difference that read differently: a few grams may be the same amount in words."""
    return [line for line in lines if line.get("before") is None or line["before"] != line.get("after")]


def diff_rows(diff: dict[str, Any]) -> list[dict[str, Any]]:
    """The changed meals of a stored diff; those of earlier versions do not say whether they had to change."""
    return [{"kind": "changed", "forced": True, **change} for change in diff["changed"]]


@athlete_page
@require_safe
def week_checked(request: Any, plan_id: str) -> HttpResponse:
    """The proof of a plan: every limit, what was measured, and how much room is left."""
    plan = find_or_404(with_contents(MealPlan.objects.filter(athlete=request.athlete)), plan_id, "mpl")
    if plan.current is None:
        raise Conflict(_("This plan is not ready yet."), code="plan_not_ready")
    certificate = standing_certificate(plan)
    by_day: dict[str | None, list[dict[str, Any]]] = {}
    for row in certificate.get("rows", []):
        name, unit = check_name(row["name"])
        # Money is counted in thousandths, so that sums stay exact.
        factor = 0.001 if row["name"] == "cost_milli" else 1.0
        values = {key: None if row[key] is None else row[key] * factor for key in ("value", "low", "high", "slack")}
        by_day.setdefault(row["day"], []).append({**row, **values, "name": name, "unit": unit})
    groups = [
        {"date": date.fromisoformat(day), "rows": rows} for day, rows in sorted(by_day.items(), key=_day_key) if day
    ]
    rows = [row for found in by_day.values() for row in found if row["low"] is not None or row["high"] is not None]
    page = {
        "plan": plan,
        "revision": plan.current,
        "ok": certificate.get("ok", False),
        "unsafe": [] if certificate.get("ok", False) else unsafe_in_words(unsafe_items(request.athlete, plan)),
        "lived": [date.fromisoformat(day) for day in certificate.get("closed", [])],
        "given_way": [tell(words) for words in say_changes(agreed_offers(plan.request))],
        "groups": groups,
        "whole": by_day.get(None, []),
        "held": sum(row["ok"] for row in rows),
        "count": len(rows),
        "waivers": [tell(row["sentence"]) for row in plan.current.optimality.get("waivers") or []],
        "withheld": is_withheld(request.athlete),
        "week_url": reverse("week", args=[plan.week_start.isoformat()]),
    }
    return render(request, "planning/week_checked.html", page)


def _day_key(pair: tuple[str | None, Any]) -> str:
    return pair[0] or ""
