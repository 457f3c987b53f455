"""Planning again without storing it: from a day on, without a food, or with other training; and what would change."""

from __future__ import annotations

import time
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from advisor.facts import Bundle, Fact
from advisor.readings.what_if import SessionChange, Week, targets_with
from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict
from planning import mapping
from planning.models import MealPlan, PlanItem
from planning.optimizer.diff import diff as diff_items
from planning.optimizer.types import DayNeed, Relaxation, SlotNeed, Solved
from planning.schedule import loosen_limits
from planning.services.choice import is_disliked
from planning.services.coaching_limits import limits_on
from planning.services.concessions import agree, agreed_offers
from planning.services.inputs import ClosedDay, PlanInputs, Standing, gather_inputs
from planning.services.proof import as_items, certify
from planning.services.resolving import (
    BOUGHT_LET_GO,
    SKIPPED_LEFT,
    Way,
    clock_at,
    current_items,
    first_that_works,
)
from planning.services.rest import follow_rest, unchanged
from planning.services.settling import put_back
from planning.services.solving import PlanInfeasible, solve_or_refuse
from planning.services.standing import hold_other_days, standing_of
from planning.services.stored import left_out_places, place_of

# A dry run is a courtesy inside an answer; a refusal may take a few seconds more to name its reasons.
DRY_SECONDS = 6.0
DAYS_WITHOUT_A_PLAN = 7
SHOWN_REASONS = 3
SHOWN_CHANGES = 12
SOURCE = "a dry run of the planner; nothing is stored"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A solution that is not stored, beside the meals it would replace."""

    inputs: PlanInputs
    solved: Solved
    certificate: dict[str, Any]
    old: tuple[PlanItem, ...]

    @property
    def changes(self) -> list[dict[str, Any]]:
        """`{date, slot, before, after, servings_before, servings}` of each meal that would differ; None: none there."""
        names = {pk: recipe.name for pk, recipe in self.inputs.catalogue.recipes.items()}
        names |= {item.recipe_id: item.recipe.name for item in self.old}
        found = diff_items(as_items(self.old), self.solved.items)
        rows = [
            {
                "date": change.after.date,
                "slot": change.after.slot,
                "before": names[change.before.dish_key],
                "after": names[change.after.dish_key],
                "servings_before": change.before.quarters / 4,
                "servings": change.after.quarters / 4,
            }
            for change in found.changed
        ]
        rows += [
            {
                "date": item.date,
                "slot": item.slot,
                "before": None,
                "after": names[item.dish_key],
                "servings_before": None,
                "servings": item.quarters / 4,
            }
            for item in found.added
        ]
        rows += [
            {
                "date": item.date,
                "slot": item.slot,
                "before": names[item.dish_key],
                "after": None,
                "servings_before": item.quarters / 4,
                "servings": None,
            }
            for item in found.removed
        ]
        return sorted(rows, key=lambda row: (row["date"], row["slot"]))


def plan_again(plan: MealPlan, *, from_day: date | None = None) -> Outcome:
    """What planning again would give, days before `from_day` being held as they are.

    Eaten, locked and bought meals stay, days that are over, and of today every meal whose hour is past. Raises
    Conflict, PlanInfeasible (also for what the checker would refuse to store), ProfileOutOfRange.
    """
    old = current_items(plan)
    inputs, solved = first_that_works(plan, _ways(plan, old, from_day), agreed_offers(plan.request))
    return Outcome(inputs, solved, _verified(inputs, solved), tuple(old))


def _verified(inputs: PlanInputs, solved: Solved) -> dict[str, Any]:
    """The certificate. Raises PlanInfeasible where it is none: what cannot be stored must not be shown."""
    certificate = certify(inputs, solved)
    if not certificate["ok"]:
        raise PlanInfeasible("No plan was found that keeps all limits.", extra={"conflicts": [], "relaxations": []})
    return certificate


def open_days(plan: MealPlan) -> list[date]:
    """The days of a plan, from today on, with a meal that may still change: planned, free, its hour not past."""
    items = current_items(plan)
    closed = standing_of(plan, items, full=False).closed
    return sorted(
        {
            item.date
            for item in items
            if item.date not in closed
            and item.status == PlanItem.Status.PLANNED
            and not item.locked
            and not _is_past(plan, item)
        }
    )


def _is_past(plan: MealPlan, item: PlanItem) -> bool:
    """Whether the hour of a meal is over."""
    present = today(plan.athlete.zones)
    return item.date < present or (item.date == present and item.time < clock_at(plan.athlete, present))


def _ways(plan: MealPlan, items: Sequence[PlanItem], from_day: date | None) -> list[Way]:
    """The standings to try, the one that keeps most first."""
    follow = partial(follow_rest, revision=plan.current, items=as_items(items))
    best = _held_until(plan, items, from_day, standing_of(plan, items, full=False))
    ways: list[Way] = [(best, (), follow)]
    if best.bought:
        freed = standing_of(plan, items, full=False, hold_bought=False)
        ways.append((_held_until(plan, items, from_day, freed), (BOUGHT_LET_GO,), follow))
    if best.left_out:
        left = standing_of(plan, items, full=False, hold_bought=False, close_skipped=True)
        ways.append((_held_until(plan, items, from_day, left), (SKIPPED_LEFT,), unchanged))
    return ways


def _held_until(plan: MealPlan, items: Sequence[PlanItem], from_day: date | None, standing: Standing) -> Standing:
    """The standing with every day before `from_day` as it is, and with the meals whose hour is past."""
    present = today(plan.athlete.zones)
    earlier: dict[date, ClosedDay] = {}
    if from_day is not None:
        held = hold_other_days(plan, items, from_day)
        # A present day that is held has been lived as far as it goes: nothing of it is a fault of what comes after.
        earlier = {day: replace(one, lived=one.lived or day <= present) for day, one in held.items() if day < from_day}
    closed = {**earlier, **standing.closed}
    kept = {item.pk for item in standing.kept}
    before = left_out_places(plan.current) if plan.current else set()
    past = {
        item.pk
        for item in items
        if item.date not in closed and item.status == PlanItem.Status.PLANNED and _is_past(plan, item)
    }
    return replace(
        standing,
        kept=[item for item in items if item.pk in kept | past or item.date in closed],
        left_out=[item for item in standing.left_out if item.date not in closed or place_of(item) in before],
        closed=closed,
        past=past,
    )


def dry_run(
    athlete: Athlete,
    plan: MealPlan | None,
    *,
    first: date,
    without: str = "",
    change: SessionChange | None = None,
) -> Outcome:
    """Whether the plan (or a week from `first`, without one) could be made without a food, or with other training.

    Raises PlanInfeasible with its reasons, Conflict, NotFound, InvalidInput, ProfileOutOfRange.
    """
    who = athlete
    if without:
        who = copy(athlete)
        who.dislikes = [*athlete.dislikes, without]
    if plan is None:
        old: list[PlanItem] = []
        standing = None
        start, count, request = first, DAYS_WITHOUT_A_PLAN, {}
    else:
        old = current_items(plan)
        standing = standing_of(plan, old, full=False, hold_bought=not without)
        start, count, request = plan.week_start, plan.days, plan.request
    agreed = agreed_offers(request)
    gathered = gather_inputs(
        athlete=who, first=start, count=count, seed=request.get("seed"), standing=standing,
        relaxations=() if change else agreed,
    )  # fmt: skip
    if without and standing is not None:
        standing = _without_food(gathered, standing, without)
        gathered = gather_inputs(
            athlete=who, first=start, count=count, seed=request.get("seed"), standing=standing,
            relaxations=() if change else agreed,
        )  # fmt: skip
    if change is not None:
        gathered = _with_training(gathered, targets_with(athlete, change)[1], agreed)
    shaped = follow_rest(gathered, revision=plan.current, items=as_items(old)) if plan is not None else gathered
    if shaped is None:
        raise Conflict("There is nothing to plan.", code="nothing_to_plan")
    solved = solve_or_refuse(shaped, seconds=DRY_SECONDS)
    if plan is not None:
        solved = put_back(shaped, solved, plan.current)
    return Outcome(shaped, solved, _verified(shaped, solved), tuple(old))


def _without_food(inputs: PlanInputs, standing: Standing, word: str) -> Standing:
    """The standing without the locked meals that hold the food; what was eaten is a fact."""
    lets_go = {
        item.pk
        for item in standing.kept
        if item.status == PlanItem.Status.PLANNED
        and item.date not in standing.closed
        and item.recipe_id in inputs.catalogue.recipes
        and is_disliked(inputs.catalogue.named(item.recipe_id), [word])
    }
    return replace(standing, kept=[item for item in standing.kept if item.pk not in lets_go])


def _with_training(inputs: PlanInputs, targets: Week, agreed: Sequence[Relaxation]) -> PlanInputs:
    """The same inputs for other days: each open day asks for what its changed targets say."""
    days = tuple(day if day.date.isoformat() in inputs.closed else targets.get(day.date, day) for day in inputs.days)
    by_day = {day.date: day for day in days}
    needs = tuple(
        need
        if need.date in inputs.closed
        else _need(inputs, need, by_day[date.fromisoformat(need.date)], by_day | targets)
        for need in inputs.problem.days
    )
    problem = agree(replace(inputs.problem, days=needs), agreed)
    measured = tuple(
        old if old.date in inputs.closed else new for old, new in zip(inputs.measured, problem.days, strict=True)
    )
    return replace(inputs, days=days, problem=problem, measured=measured)


def _need(inputs: PlanInputs, before: DayNeed, day: Any, known: Week) -> DayNeed:
    athlete, rules = inputs.athlete, inputs.rules
    after = known.get(day.date + timedelta(days=1))
    need = mapping.day_need(
        athlete=athlete,
        day=day.date,
        targets=day.targets,
        sessions=day.sessions,
        prep_minutes=rules.minutes_on(day.date.weekday(), athlete.max_prep_minutes or None),
        batch=before.batch,
        tomorrow=() if after is None else mapping.session_windows(athlete, after.date, after.sessions),
        limits=limits_on(athlete, day.date),
    )
    need = loosen_limits(need, inputs.problem.dishes)
    out = {place_of(item) for item in inputs.left_out}
    slots = [slot for slot in need.slots if (need.date, slot.slot, slot.index) not in out]
    places = {(slot.slot, slot.index) for slot in slots}
    slots += [
        SlotNeed(slot=meal.slot, index=meal.index, time="12:00", energy_lo=0.0, energy_hi=need.energy_kcal)
        for meal in inputs.problem.fixed
        if meal.date == need.date and (meal.slot, meal.index) not in places
    ]
    return replace(need, slots=tuple(slots))


def dry_run_bundle(name: str, key: str, outcome: Outcome | PlanInfeasible, seconds: float) -> Bundle:
    """Whether it could be planned, how many meals would change, which, and why not.

    `data`: `possible`, `changes` (rows of `Outcome.changes`, at most a dozen), `reasons` in words.
    """
    base = f"dry_run:{key}"
    if isinstance(outcome, PlanInfeasible):
        sentences = [str(one["sentence"]) for one in outcome.extra.get("conflicts", [])][:SHOWN_REASONS]
        sentences = sentences or [outcome.message]
        facts = {
            f"reason:{n}": Fact(f"{base}:reason:{n}", "reason", "why no plan was found", text, "", SOURCE)
            for n, text in enumerate(sentences)
        }
        data = {"possible": False, "reasons": sentences, "changes": [], "seconds": round(seconds, 1)}
        return Bundle(name, facts, data)
    rows = outcome.changes
    facts = {
        "changed": Fact(f"{base}:changed", "count", "meals that would change", float(len(rows)), "", SOURCE),
        "meals": Fact(
            f"{base}:meals", "count", "meals of the plan", float(len(outcome.solved.items)), "", SOURCE
        ),
    }  # fmt: skip
    own = {recipe.name for recipe in outcome.inputs.catalogue.recipes.values() if recipe.owner_id}
    for number, change in enumerate(rows[:SHOWN_CHANGES]):
        for side in ("before", "after"):
            if change[side] is not None:
                facts[f"{number}:{side}"] = Fact(
                    f"{base}:{number}:{side}", "dish", f"{change['slot']} {side}", change[side], "", SOURCE,
                    own_words=change[side] in own,
                )  # fmt: skip
    data = {"possible": True, "reasons": [], "changes": rows[:SHOWN_CHANGES], "seconds": round(seconds, 1)}
    return Bundle(name, facts, data, tuple(day.date for day in outcome.inputs.days))


def timed_dry_run(athlete: Athlete, plan: MealPlan | None, key: str, **wish: Any) -> Bundle:
    """The dry run as facts; a refusal is an answer too."""
    started = time.monotonic()
    outcome: Outcome | PlanInfeasible
    try:
        outcome = dry_run(athlete, plan, **wish)
    except PlanInfeasible as refusal:
        outcome = refusal
    return dry_run_bundle("plan dry run", key, outcome, time.monotonic() - started)
