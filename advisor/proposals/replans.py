"""The proposal to plan again from a day on, shown with the meals it would change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import digest, refuse_past_day, row, title_of, titled
from advisor.proposals.told import Refusal, Told, day_of, dish, in_words, list_of, reasoned, refuse, slot_of
from advisor.readings.replans import Outcome, open_days, plan_again
from nutrition_site.kernel.clock import today
from planning.models import MealPlan, PlanItem
from planning.optimizer.types import Item
from planning.services.proof import as_items
from planning.services.solving import PlanInfeasible

REPLAN = "resolve_plan"
SHOWN_ROWS = 30
# What may collide, by the planner's kinds of requirements.
LIMITS = {
    "energy": "the energy of the day",
    "carbs": "the carbohydrate of the day",
    "protein": "the protein of the day",
    "protein_cap": "the most protein of the day",
    "fat": "the least fat of the day",
    "prep": "the time in the kitchen",
    "slot": "the size of a meal",
    "fixed": "the meals that you keep as they are",
    "budget": "the food budget",
    "repeats": "how often a dish may come",
    "adjacent": "no dinner on two days running",
    "weekly_max": "your rules for the week",
    "weekly_min": "your rules for the week",
    "diet": "your diet",
    "allergy": "your allergies",
    "dislike": "what you do not eat",
    "dishes": "the dishes that there are",
}


def replan_proposal(plan: MealPlan, *, from_day: date | None = None) -> Proposal:
    """The proposal to plan again, by default from today on; it is solved once, dry, so that its diff is what comes.

    Eaten, locked and bought meals stay, days before `from_day`, and meals whose hour is past. Where the rest of today
    cannot hold what today asks for, or nothing of it is left to change, it is from tomorrow on: `from_date` says so.
    Raises Conflict for days that are over or when nothing would change, PlanInfeasible when there is no such plan,
    ProfileOutOfRange.
    """
    first, outcome = solve_again(plan, first_day(plan, from_day))
    if not outcome.changes:
        raise nothing_changes()
    diff = replan_diff(outcome, first)
    return Proposal(
        kind=REPLAN,
        arguments={
            "meal_plan_id": plan.pk,
            "from_date": first.isoformat(),
            "outcome": outcome_of(outcome.solved.items),
        },
        sentence=title_of(diff),
        diff=diff,
        base_version=replan_version(plan),
    )


def nothing_changes() -> Refusal:
    """The refusal of planning again what would come out as it is."""
    return refuse("Planning again would change no meal.", code="nothing_to_change")


def solve_again(plan: MealPlan, first: date) -> tuple[date, Outcome]:
    """Planning again from a day on, dry, and the day from which it is: today may have to stay as it is.

    Raises Conflict where nothing is left to change, PlanInfeasible, ProfileOutOfRange.
    """
    free = [day for day in open_days(plan) if day >= first]
    if not free:
        raise refuse("No meal of these days is left to change.", code="nothing_left")
    present = today(plan.athlete.zones)
    first = max(first, min(free[0], present + timedelta(days=1)))
    try:
        return first, plan_again(plan, from_day=first)
    except PlanInfeasible:
        if first != present or free[-1] == present:
            raise
    tomorrow = present + timedelta(days=1)
    return tomorrow, plan_again(plan, from_day=tomorrow)


def why_infeasible(refusal: PlanInfeasible) -> Told:
    """Why there is no such plan: the first set of requirements that collide, as the planner says it.

    Languages in which the planner does not speak name the requirements without their numbers.
    """
    conflict = next(iter(refusal.extra.get("conflicts", [])), None)
    if conflict is None:
        return in_words("It cannot be planned that way: no plan keeps all limits.")
    names = dict.fromkeys(LIMITS[kind] for kind, _ in conflict["members"] if kind in LIMITS)
    limits = list_of([in_words(name) for name in names] or [in_words(LIMITS["dishes"])])
    return reasoned(
        str(conflict["sentence"]), in_words("No plan keeps all of these together: {limits}.", limits=limits)
    )


def first_day(plan: MealPlan, from_day: date | None) -> date:
    """The first day that may change. Raises Conflict for days that are over or that the plan does not have."""
    present = today(plan.athlete.zones)
    refuse_past_day(plan.last_day, today=present)
    if from_day is None:
        return max(present, plan.week_start)
    refuse_past_day(from_day, today=present)
    if not plan.week_start <= from_day <= plan.last_day:
        raise refuse("The plan does not cover this day.", code="not_in_plan")
    return from_day


def replan_version(plan: MealPlan) -> str:
    """What the proposal rests on: the plan with its marks, the training and the profile."""
    athlete = plan.athlete
    marks = PlanItem.objects.filter(revision_id=plan.current_id).order_by("pk").values_list("pk", "status", "locked")
    versions = f"{athlete.training_version}:{athlete.profile_version}"
    return f"{plan.pk}:{plan.revision}:{versions}:{digest(list(marks))}"


def outcome_of(items: tuple[Item, ...]) -> str:
    """A short name for the meals of a plan: another dish, place or serving, another name."""
    return digest(sorted((item.date, item.slot, item.index, item.dish_key, item.quarters) for item in items))


def stored_outcome(plan: MealPlan) -> str:
    """The same of the plan as it is stored, without the meals that were left out as skipped."""
    rows = PlanItem.objects.filter(revision_id=plan.current_id)
    out = {tuple(place) for place in (plan.current.certificate.get("left_out", []) if plan.current else [])}
    return outcome_of(tuple(item for item in as_items(rows) if item.place not in out))


def replan_diff(outcome: Outcome, first: date) -> dict[str, Any]:
    """Every meal that would change."""
    changes = outcome.changes
    rows = [
        row(
            in_words("{day}, {slot}", day=day_of(date.fromisoformat(change["date"])), slot=slot_of(change["slot"])),
            dish(change["before"], change["servings_before"]),
            dish(change["after"], change["servings"]),
        )
        for change in changes[:SHOWN_ROWS]
    ]
    if len(changes) > SHOWN_ROWS:
        rows.append(row(in_words("More meals"), "", str(len(changes) - SHOWN_ROWS)))
    last = outcome.inputs.days[-1].date
    count = str(len(changes))
    title = (
        in_words("Plan {first} to {last} again: 1 meal changes.", first=first, last=last)
        if len(changes) == 1
        else in_words("Plan {first} to {last} again: {count} meals change.", first=first, last=last, count=count)
    )
    document = {"from_date": first.isoformat(), "to_date": last.isoformat(), "count": len(changes), "meals": changes}
    return titled(title, {**document, "rows": rows})
