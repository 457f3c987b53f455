"""What was eaten, day by day: the marked meals of the newest plan and what was logged besides. The one place that sums.

A planned meal that nobody marked is unknown, not skipped, and an amount that nobody knows is None, never 0.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from athletes.models import Athlete
from planning.models import LogEntry, MealPlan, PlanItem

AMOUNTS = ("energy_kcal", "carbs_g", "protein_g", "fat_g")


@dataclass(frozen=True, slots=True)
class EatenMeal:
    """One dish of a plan, or one logged thing. `time` is HH:MM, empty where a logged thing has none.

    `status` is planned, eaten or skipped; `plan_id` and `recipe_id` are empty for what was logged.
    """

    slot: str
    index: int
    time: str
    status: str
    nutrients: Mapping[str, Any]
    plan_id: str = ""
    recipe_id: str = ""

    @property
    def is_logged(self) -> bool:
        return not self.plan_id

    @property
    def is_eaten(self) -> bool:
        return self.status == PlanItem.Status.EATEN

    @property
    def is_skipped(self) -> bool:
        return self.status == PlanItem.Status.SKIPPED

    @property
    def is_unmarked(self) -> bool:
        """Planned, and nobody said how it went."""
        return self.status == PlanItem.Status.PLANNED


@dataclass(frozen=True, slots=True)
class EatenDay:
    """One local day. `planned` are the dishes of the newest verified plan, `logged` what was eaten besides."""

    planned: tuple[EatenMeal, ...] = ()
    logged: tuple[EatenMeal, ...] = ()

    @property
    def meals(self) -> tuple[EatenMeal, ...]:
        return (*self.planned, *self.logged)

    @property
    def is_marked(self) -> bool:
        """Whether something was planned and every meal of it is marked: then the day tells all that was eaten."""
        return bool(self.planned) and not any(meal.is_unmarked for meal in self.planned)

    def at_least(self, name: str) -> float:
        """What is known to be eaten of one of AMOUNTS, kcal or g."""
        amounts = (meal.nutrients.get(name) for meal in self.meals if meal.is_eaten)
        return math.fsum(amount for amount in amounts if amount is not None)

    def whole(self, name: str) -> float | None:
        """The whole day's amount of one of AMOUNTS; None where a meal is not marked or an amount not known."""
        known = all(meal.nutrients.get(name) is not None for meal in self.meals if meal.is_eaten)
        return self.at_least(name) if known and self.is_marked else None


def read_eaten(athlete: Athlete, first: date, last: date) -> dict[date, EatenDay]:
    """Every day from first to last that has a plan or an entry of the log, in two queries."""
    planned, logged = _planned(athlete, first, last), _logged(athlete, first, last)
    return {
        day: EatenDay(planned=planned.get(day, ()), logged=logged.get(day, ()))
        for day in sorted(planned.keys() | logged.keys())
    }


def _planned(athlete: Athlete, first: date, last: date) -> dict[date, tuple[EatenMeal, ...]]:
    rows = PlanItem.objects.filter(
        revision__current_of__athlete=athlete,
        revision__current_of__status=MealPlan.Status.VERIFIED,
        date__gte=first,
        date__lte=last,
    ).order_by("date", "time", "slot", "index")
    by_plan: dict[date, dict[tuple[datetime, str], list[EatenMeal]]] = defaultdict(lambda: defaultdict(list))
    fields = ("date", "revision__current_of__created_at", "revision__plan_id")
    for day, created, plan_id, slot, index, time, status, nutrients, recipe_id in rows.values_list(
        *fields, "slot", "index", "time", "status", "nutrients", "recipe_id"
    ):
        by_plan[day][created, plan_id].append(EatenMeal(slot, index, time, status, nutrients, plan_id, recipe_id))
    return {day: tuple(plans[max(plans)]) for day, plans in by_plan.items()}


def _logged(athlete: Athlete, first: date, last: date) -> dict[date, tuple[EatenMeal, ...]]:
    rows = LogEntry.objects.filter(athlete=athlete, day__gte=first, day__lte=last).order_by("day", "time", "id")
    by_day: dict[date, list[EatenMeal]] = defaultdict(list)
    for day, slot, time, nutrients in rows.values_list("day", "slot", "time", "nutrients"):
        by_day[day].append(EatenMeal(slot, 0, time, PlanItem.Status.EATEN, nutrients))
    return {day: tuple(meals) for day, meals in by_day.items()}


def complete_days(days: Mapping[date, EatenDay], name: str) -> dict[date, float]:
    """The days whose amount of one of AMOUNTS is known in whole."""
    return {day: amount for day, found in days.items() if (amount := found.whole(name)) is not None}


def mean_of(amounts: Iterable[float]) -> float | None:
    """The mean; None of nothing."""
    known = list(amounts)
    return math.fsum(known) / len(known) if known else None
