"""What the planning pages read: days with their targets, plan and meals, and how the plans stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from athletes.models import Athlete, CalendarConnection
from athletes.rules import numbers_withheld
from athletes.services.known_days import known_since
from nutrition_site.kernel.clock import now, today, zone
from planning.models import LogEntry, MealPlan, PlanItem, PlanRevision
from planning.services.log import entries_by_day, logged_amount
from planning.services.plans import (
    EARLIEST,
    LATEST_AHEAD_DAYS,
    MAX_DAYS,
    covering_plans,
    stale_plan_ids,
    unsafe_items,
)
from planning.services.proposals import open_proposals
from planning.services.stored import left_out_places, place_of
from planning.services.targets import TargetDay, calculate_targets
from planning.views.meals import AMOUNTS, Meal, eaten_later, unsafe_in_words
from planning.wording import STAGES


@dataclass(slots=True)
class DayFood:
    """One local day: what it asks for and what is planned. `plan` is None for a day nobody has planned.

    `logged` is what was eaten besides or instead of the plan. `is_known` says whether anything could be known of the
    day's training: before the athlete came here, a day without a session is unknown and no day of rest.
    """

    date: date
    target: TargetDay
    plan: MealPlan | None
    document: dict[str, Any] | None
    meals: list[Meal] = field(default_factory=list)
    logged: list[LogEntry] = field(default_factory=list)
    is_known: bool = True

    @property
    def planned(self) -> dict[str, float]:
        """Sums of what is planned and not skipped."""
        return _sums(meal for meal in self.meals if meal.item.status != PlanItem.Status.SKIPPED)

    @property
    def eaten(self) -> dict[str, float]:
        """What is known of the meals that were eaten and of what was logged besides them."""
        return {name: self.eaten_amount(name)[0] for name in AMOUNTS}

    def eaten_amount(self, nutrient: str) -> tuple[float, bool]:
        """(what was eaten of a nutrient as far as it is known, whether it is known of everything that was eaten)."""
        meals = [meal.item.nutrients.get(nutrient) for meal in self.meals if meal.item.status == PlanItem.Status.EATEN]
        logged, complete = logged_amount(self.logged, nutrient)
        return sum(value or 0.0 for value in meals) + logged, complete and None not in meals

    @property
    def to_come(self) -> dict[str, float]:
        """Sums of the planned meals that are neither eaten nor skipped."""
        return _sums(meal for meal in self.meals if meal.item.status == PlanItem.Status.PLANNED)

    @property
    def eaten_count(self) -> int:
        return sum(meal.item.status == PlanItem.Status.EATEN for meal in self.meals)

    @property
    def skipped_count(self) -> int:
        return sum(meal.item.status == PlanItem.Status.SKIPPED for meal in self.meals)


@dataclass(slots=True)
class Standing:
    """How the plans of a range of days stand.

    `stale` and `unsafe` are plans of these days; `waiting` is one that is still being solved, `refused` the last that
    could not be made for days that have no plan. `proposals` wait beside stale plans, by the id of the plan.
    """

    days: dict[date, DayFood]
    plans: list[MealPlan]
    stale: list[MealPlan]
    unsafe: list[dict[str, Any]]
    waiting: MealPlan | None
    refused: MealPlan | None
    proposals: dict[str, PlanRevision]

    @property
    def missing(self) -> list[date]:
        return [day for day, food in self.days.items() if food.plan is None]

    @property
    def unsafe_plan(self) -> MealPlan | None:
        """The plan of the first meal that may not be eaten any more: the one to make again first."""
        return next((food.plan for food in self.days.values() if any(meal.is_unsafe for meal in food.meals)), None)

    @property
    def stale_with_answer(self) -> MealPlan | None:
        """The stale plan to speak of first: one with a proposal that waits, else any."""
        return next((plan for plan in self.stale if plan.pk in self.proposals), next(iter(self.stale), None))

    @property
    def proposal(self) -> PlanRevision | None:
        """The proposal that waits beside that plan."""
        plan = self.stale_with_answer
        return None if plan is None else self.proposals.get(plan.pk)

    @property
    def progress(self) -> dict[str, Any] | None:
        """How far the plan in the making is; None without one."""
        return None if self.waiting is None else progress_in_words(self.waiting.progress)


def read_days(athlete: Athlete, first: date, last: date) -> Standing:
    """Every day from first to last with targets, plan and meals. Raises what calculating targets raises."""
    targets = {day.date: day for day in calculate_targets(athlete=athlete, first=first, last=last)}
    logged = entries_by_day(athlete, first, last)
    by_day = covering_plans(athlete, first, last)
    plans = list({plan.pk: plan for plan in by_day.values()}.values())
    stale = stale_plan_ids(athlete, plans)
    rows = [(plan, row) for plan in plans for row in unsafe_items(athlete, plan)]
    # A meal of an older plan on a day that a newer one has is nobody's meal any more.
    unsafe = [row for plan, row in rows if by_day.get(date.fromisoformat(row["date"])) is plan]
    places = {(row["date"], row["slot"], row["index"]) for row in unsafe}
    since = known_since([athlete], shown_from=first)[athlete.pk]
    days = {}
    for day, target in targets.items():
        plan = by_day.get(day)
        meals = _meals(plan, day, places)
        days[day] = DayFood(day, target, plan, _document(plan, day), meals, logged.get(day, []), day >= since)
    waiting, refused = _unfinished(athlete, first, last, [day for day in days if day not in by_day])
    told = unsafe_in_words(unsafe)
    behind = [plan for plan in plans if plan.pk in stale]
    return Standing(days, plans, behind, told, waiting, refused, open_proposals(behind))


def _meals(plan: MealPlan | None, day: date, unsafe: set[tuple[str, str, int]]) -> list[Meal]:
    if plan is None or plan.current is None:
        return []
    items = list(plan.current.items.all())
    return [
        Meal(item, is_unsafe=place_of(item) in unsafe, eaten_later=eaten_later(items, item))
        for item in items
        if item.date == day
    ]


def _document(plan: MealPlan | None, day: date) -> dict[str, Any] | None:
    if plan is None or plan.current is None:
        return None
    return next((row for row in plan.current.days if row["date"] == day.isoformat()), None)


def _unfinished(
    athlete: Athlete, first: date, last: date, missing: Sequence[date]
) -> tuple[MealPlan | None, MealPlan | None]:
    open_plans = MealPlan.objects.filter(
        athlete=athlete, week_start__lte=last, week_start__gt=first - timedelta(days=MAX_DAYS)
    ).exclude(status=MealPlan.Status.VERIFIED)
    waiting = refused = None
    for plan in open_plans.order_by("-created_at", "-id")[:5]:
        if plan.last_day < first:
            continue
        if plan.status == MealPlan.Status.SOLVING:
            waiting = waiting or plan
        elif any(plan.week_start <= day <= plan.last_day for day in missing):
            refused = refused or plan
    return waiting, refused


def _sums(meals: Any) -> dict[str, float]:
    rows = list(meals)
    return {name: sum(meal.amounts[name] or 0.0 for meal in rows) for name in AMOUNTS}


def progress_in_words(progress: Mapping[str, Any]) -> dict[str, Any]:
    """A stored progress as a page shows it: the stage in words, percent (0: nothing to tell), seconds since."""
    since = progress.get("since")
    seconds = None if not since else max(0, round((now() - datetime.fromisoformat(since)).total_seconds()))
    return {
        "stage": _(STAGES.get(progress.get("stage", ""), STAGES["solving"])),
        "percent": round(100 * min(1.0, max(0.0, progress.get("fraction") or 0.0))),
        "seconds": seconds,
    }


def may_catch_up(food: DayFood, minute: int | None) -> bool:
    """Whether skipped meals of a day can still be made up for by what is left of it.

    `minute` is the athlete's minute of the day on today, None on another day.
    """
    if food.plan is None or food.plan.current is None:
        return False
    out = left_out_places(food.plan.current)
    skipped = [meal for meal in food.meals if meal.item.status == PlanItem.Status.SKIPPED]
    left = [
        meal
        for meal in food.meals
        if meal.item.status == PlanItem.Status.PLANNED
        and not meal.item.locked
        and meal.item.slot != "during"
        and (minute is None or meal.minute >= minute)
    ]
    return bool(left) and any(place_of(meal.item) not in out for meal in skipped)


def is_withheld(athlete: Athlete) -> bool:
    """Whether this athlete's pages show meals without numbers."""
    return numbers_withheld(athlete, today=today(athlete.zones))


def troubled_calendars(athlete: Athlete) -> list[CalendarConnection]:
    """Calendars whose sessions may be out of date."""
    trouble = (CalendarConnection.Status.ERROR, CalendarConnection.Status.RECONNECT)
    return list(athlete.calendars.filter(status__in=trouble))


def day_or_404(athlete: Athlete, text: str) -> date:
    """The day of an address. Raises Http404 for what is no day, or one that is too far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not EARLIEST + timedelta(days=14) <= day <= today(athlete.zones) + timedelta(days=LATEST_AHEAD_DAYS):
        raise Http404
    return day


def minute_of(text: str) -> float:
    """The minute of the day of HH:MM; after every minute for what has no time."""
    return int(text[:2]) * 60 + int(text[3:5]) if text else math.inf


def minute_now(athlete: Athlete) -> int:
    """The athlete's minute of the day."""
    local = now().astimezone(zone(athlete.zones))
    return local.hour * 60 + local.minute
