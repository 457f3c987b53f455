"""The coming days of one athlete as a coach reads them: sessions, what the day asks for, what the plan gives, meals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from athletes.models import Athlete
from athletes.words import ALLERGEN_NAMES, DIET_NAMES
from planning.models import MealPlan, PlanItem
from planning.phrases import tell
from planning.services.plans import unsafe_items
from planning.services.stored import place_of
from planning.services.targets import ProfileOutOfRange, TargetDay, calculate_targets
from planning.wording import slot_name

SUMMED = ("energy_kcal", "carbs_g", "protein_g", "fat_g")


def days_of(
    athlete: Athlete, days: Sequence[date], plans: Mapping[date, MealPlan], meals: Sequence[PlanItem], *, withheld: bool
) -> list[dict[str, Any]]:
    """One entry a day; empty for a profile that nothing can be calculated from.

    `target` and `planned` are None where numbers are withheld, `planned` also where an amount of the plan is unknown.
    `unsafe` of a meal says why the athlete may not eat it, and is empty for one that is allowed.
    """
    try:
        targets: list[TargetDay] = calculate_targets(athlete=athlete, first=days[0], last=days[-1])
    except ProfileOutOfRange:
        return []
    unsafe = _unsafe(athlete, plans)
    by_day = {day: list(rows) for day, rows in groupby(meals, key=lambda item: item.date)}
    return [
        {
            "date": day.date,
            "label": day.label,
            "sessions": [event for event in day.events if event.counts],
            "target": None if withheld else day.payload,
            "planned": None if withheld else _planned(by_day.get(day.date, [])),
            "meals": [
                {"item": item, "slot": slot_name(item.slot), "unsafe": unsafe.get(place_of(item), [])}
                for item in by_day.get(day.date, [])
            ],
        }
        for day in targets
    ]


def coming(present: date, count: int) -> list[date]:
    """So many days from a day on."""
    return [present + timedelta(days=offset) for offset in range(count)]


def table_manners(athlete: Athlete) -> dict[str, list[str]]:
    """What a coach must know before speaking of food: allergies, diets and dislikes, as people call them."""
    return {
        "allergies": [str(ALLERGEN_NAMES.get(name, name)) for name in athlete.allergies],
        "diets": [str(DIET_NAMES.get(name, name)) for name in athlete.dietary_preferences],
        "dislikes": [str(name) for name in athlete.dislikes],
    }


def _unsafe(athlete: Athlete, plans: Mapping[date, MealPlan]) -> dict[tuple[str, str, int], list[str]]:
    """Why, by the place of a meal, in the plan that its day belongs to."""
    found: dict[tuple[str, str, int], list[str]] = {}
    for plan in {plan.pk: plan for plan in plans.values()}.values():
        for row in unsafe_items(athlete, plan):
            owner = plans.get(date.fromisoformat(row["date"]))
            if owner is not None and owner.pk == plan.pk:
                found[row["date"], row["slot"], row["index"]] = [tell(reason) for reason in row["reasons"]]
    return found


def _planned(meals: Sequence[PlanItem]) -> dict[str, float] | None:
    """The sums of a day's plan; None without a plan, and where an amount is not known."""
    amounts = {name: [item.nutrients.get(name) for item in meals] for name in SUMMED}
    if not meals or any(value is None for values in amounts.values() for value in values):
        return None
    return {name: float(sum(value for value in values if value is not None)) for name, values in amounts.items()}
