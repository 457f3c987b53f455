"""Gathering everything a solve depends on into one immutable problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from athletes.models import Athlete, CalendarConnection
from nutrition_site.kernel.clock import now
from planning import mapping
from planning.models import PlanItem
from planning.optimizer.types import DayNeed, Fixed, Previous, Problem, Rules, SlotNeed
from planning.services.choice import (
    Catalogue,
    allowed_recipes,
    largest_serving,
    preference_of,
    read_catalogue,
    why_not,
)
from planning.services.targets import TargetDay, calculate_targets

PRICE_CURRENCY = "EUR"
PRICED_SHARE = 0.8
WEEKLY_MAX = {"red_meat": 3}


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """A snapshot: what the athlete is, will do, and may eat, at the versions it was read."""

    athlete: Athlete
    days: tuple[TargetDay, ...]
    problem: Problem
    catalogue: Catalogue
    training_version: int
    profile_version: int
    training_data_as_of: datetime
    notes: tuple[str, ...]


def gather_inputs(
    *,
    athlete: Athlete,
    first: date,
    count: int,
    seed: int | None = None,
    kept: Sequence[PlanItem] = (),
    previous: Sequence[PlanItem] = (),
) -> PlanInputs:
    """Reads the athlete's state and builds the problem for `count` days from `first`.

    `kept` items stay exactly (eaten or locked); a locked dish that the athlete may no longer eat is let go, an eaten
    one stays as a fact. `previous` items are what the new plan should resemble.
    """
    catalogue = read_catalogue()
    last = first + timedelta(days=count - 1)
    days = tuple(calculate_targets(athlete=athlete, first=first, last=last))
    allowed = {recipe.pk: recipe for recipe in allowed_recipes(athlete, catalogue)}
    fixed = []
    for item in kept:
        eaten = item.status == PlanItem.Status.EATEN
        if item.recipe_id not in catalogue.recipes or not first <= item.date <= last:
            continue
        if not eaten and why_not(catalogue.recipes[item.recipe_id], athlete):
            continue
        allowed.setdefault(item.recipe_id, catalogue.recipes[item.recipe_id])
        fixed.append(_fixed(item, reason="eaten" if eaten else "locked"))
    needs = tuple(_with_kept_slots(_need(athlete, day), fixed) for day in days)
    dishes = tuple(
        mapping.dish(
            recipe,
            preference=preference_of(recipe, athlete),
            ingredient_ids=frozenset(line.food_id for line in catalogue.lines[recipe.pk]),
            max_quarters=largest_serving(recipe, athlete, catalogue),
        )
        for recipe in allowed.values()
        if largest_serving(recipe, athlete, catalogue) >= recipe.min_quarters
        or recipe.pk in {item.dish_key for item in fixed}
    )
    # What was eaten before it was excluded stays where it was, and may be chosen nowhere else.
    past = {key for key in allowed if why_not(allowed[key], athlete)}
    dishes = tuple(replace(dish, slots=frozenset(), batchable=False) if dish.key in past else dish for dish in dishes)
    budget, notes = _budget(athlete, dishes, count)
    problem = Problem(
        days=needs,
        dishes=dishes,
        fixed=tuple(fixed),
        previous=tuple(_previous(item) for item in previous if item.recipe_id in allowed.keys() - past),
        rules=Rules(weekly_max=dict(WEEKLY_MAX)),
        budget_milli=budget,
        seed=seed,
        catalogue_version=catalogue.version,
    )
    return PlanInputs(
        athlete=athlete,
        days=days,
        problem=problem,
        catalogue=catalogue,
        training_version=athlete.training_version,
        profile_version=athlete.profile_version,
        training_data_as_of=training_data_as_of(athlete),
        notes=tuple(notes),
    )


def training_data_as_of(athlete: Athlete) -> datetime:
    """How current the training is: the oldest last reading among the athlete's calendars, now without any."""
    times = [
        moment
        for moment in CalendarConnection.objects.filter(athlete=athlete).values_list("last_synced_at", flat=True)
        if moment is not None
    ]
    return min(times) if times else now()


def _need(athlete: Athlete, day: TargetDay) -> DayNeed:
    return mapping.day_need(athlete=athlete, day=day.date, targets=day.targets, sessions=day.sessions)


def _fixed(item: PlanItem, *, reason: str) -> Fixed:
    return Fixed(
        date=item.date.isoformat(),
        slot=item.slot,
        index=item.index,
        dish_key=item.recipe_id,
        quarters=item.quarters,
        reason=reason,
        leftover_of=_place(item),
    )


def _previous(item: PlanItem) -> Previous:
    return Previous(
        date=item.date.isoformat(),
        slot=item.slot,
        index=item.index,
        dish_key=item.recipe_id,
        quarters=item.quarters,
        leftover_of=_place(item),
    )


def _place(item: PlanItem) -> tuple[str, str, int] | None:
    return None if not item.leftover_of else (item.leftover_of[0], item.leftover_of[1], int(item.leftover_of[2]))


def _with_kept_slots(need: DayNeed, fixed: Sequence[Fixed]) -> DayNeed:
    """A kept meal whose slot is gone (the session it belonged to moved) keeps a slot of its own."""
    places = {(slot.slot, slot.index) for slot in need.slots}
    extra = [
        SlotNeed(slot=item.slot, index=item.index, time="12:00", energy_lo=0.0, energy_hi=need.energy_kcal)
        for item in fixed
        if item.date == need.date and (item.slot, item.index) not in places
    ]
    return replace(need, slots=(*need.slots, *extra)) if extra else need


def _budget(athlete: Athlete, dishes: Sequence, count: int) -> tuple[int | None, list[str]]:
    """The budget of the plan in thousandths, or None with a note when prices or currency do not allow one."""
    if athlete.weekly_budget_minor is None:
        return None, []
    if (athlete.currency or PRICE_CURRENCY) != PRICE_CURRENCY:
        return None, ["BUDGET_NOT_APPLIED"]
    priced = sum(1 for dish in dishes if dish.cost_milli is not None)
    if not dishes or priced < PRICED_SHARE * len(dishes):
        return None, ["BUDGET_NOT_APPLIED"]
    return round(athlete.weekly_budget_minor * 10 * count / 7), []
