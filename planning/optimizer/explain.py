"""Why no plan exists, in words: slots nothing fits, requirements that exclude each other, changes that would help.

Allergens, diets, fat and the safety floors are never offered for relaxation. Every offer has been solved again.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from planning.optimizer.columns import Columns, build_columns, short_groups
from planning.optimizer.conflicts import find_conflicts
from planning.optimizer.limits import Ints, day_limits
from planning.optimizer.relax import (
    CAPS,
    apply_relaxation,
    combine,
    describe,
    from_slack,
    small_steps,
    window_relaxations,
)
from planning.optimizer.relaxation import WeekProgram
from planning.optimizer.solve import WAIVERS, attempt
from planning.optimizer.types import Conflict, Infeasible, Problem, Relaxation

# Per unit of relative violation.
WEIGHTS = {
    "energy": 40.0,
    "carbs": 40.0,
    "protein": 40.0,
    "budget": 30.0,
    "prep": 15.0,
    "repeats": 8.0,
    "adjacent": 5.0,
    "weekly_max": 5.0,
    "weekly_min": 5.0,
}
TRIES = 2
GROWTH = 1.5
PATIENCE = 30
LEAST_SECONDS = 5.0


def explain(
    problem: Problem,
    *,
    reason: str,
    seed: int,
    deadline: float,
    progress: Callable[[str, float], None],
) -> Infeasible:
    """Conflicts and proven relaxations of a problem that has no plan; at least five seconds are taken for it."""
    deadline = max(deadline, time.monotonic() + LEAST_SECONDS)
    progress("explain", 0.0)
    if reason == "empty_slot":
        conflicts = _empty_slots(problem)
        offers = window_relaxations(problem)
    elif reason == "lp":
        conflicts = find_conflicts(problem, waived=WAIVERS[-1], deadline=deadline)
        offers = _elastic_offers(problem, deadline)
    else:
        text = "No plan was found that meets every rule at once, although none of them is impossible by itself."
        conflicts = (Conflict(("not_found",), text, ()),)
        offers = small_steps(problem)
    progress("explain", 0.5)
    proven: list[Relaxation] = []
    for offer in offers:
        if time.monotonic() > deadline:
            break
        shown = _prove(problem, offer, seed, deadline)
        if shown is not None:
            proven.append(shown)
    if not proven and len(offers) > 1 and reason != "not_found":
        together = _prove(problem, combine(offers), seed, deadline)
        if together is not None:
            proven.append(together)
    progress("explain", 1.0)
    ordered = sorted(proven, key=lambda offer: (offer.cost, offer.kind, offer.subject or ""))
    return Infeasible(conflicts, tuple(ordered), reason)


def _prove(problem: Problem, offer: Relaxation, seed: int, deadline: float) -> Relaxation | None:
    """The offer, enlarged if needed, once a plan has been found with it; None if none is found."""
    for _ in range(TRIES):
        if offer.kind in CAPS and offer.amount > CAPS[offer.kind](problem) + 1e-9:
            return None
        run = attempt(apply_relaxation(problem, offer), WAIVERS[-1], seed=seed, deadline=deadline, patience=PATIENCE)
        if run.status == "solved":
            return offer
        if time.monotonic() > deadline:
            return None
        offer = describe(problem, offer, offer.amount * GROWTH)
    return None


def _empty_slots(problem: Problem) -> tuple[Conflict, ...]:
    columns = build_columns(problem)
    conflicts: list[Conflict] = []
    absent: dict[str, list[str]] = {}
    for group in short_groups(columns):
        need, day = group.needs[0], columns.days[group.day]
        fitting = len(set(columns.family[group.start : group.stop].tolist()))
        if need.carbs_lo is not None and need.carbs_hi is not None:
            window = f"{need.carbs_lo:.0f} to {need.carbs_hi:.0f} g of carbohydrate"
        else:
            window = f"{need.energy_lo or 0:.0f} to {need.energy_hi or 0:.0f} kcal"
        time_text = "" if day.prep_minutes is None else f" within {day.prep_minutes:.0f} minutes of preparation"
        if not any(need.slot in dish.slots for dish in problem.dishes):
            absent.setdefault(need.slot, []).append(day.date)
            continue
        if fitting == 0:
            text = f"No {need.slot} dish that you may eat gives {window}{time_text} ({day.date}, {need.time})."
        else:
            text = (
                f"Only {fitting} of {len(group.needs)} {need.slot} meals on {day.date} can be filled with different "
                f"dishes of {window}{time_text}."
            )
        conflicts.append(Conflict(("empty_slot", need.slot), text, (("slot", day.date),), verified=True))
    for slot, dates in absent.items():
        text = f"No dish that you may eat is meant for {slot} ({', '.join(dict.fromkeys(dates))})."
        members = tuple(("slot", date) for date in dict.fromkeys(dates))
        conflicts.append(Conflict(("empty_slot", slot), text, members, verified=True))
    return tuple(conflicts)


def _elastic_offers(problem: Problem, deadline: float) -> list[Relaxation]:
    """One family of rows freed at a time; if no family suffices alone, the cheapest mixture's parts."""
    strict = build_columns(problem)
    hurried = build_columns(problem, any_prep=frozenset(day.date for day in problem.days))
    limits = tuple(day_limits(day, WAIVERS[-1]) for day in strict.days)
    offers: list[Relaxation] = []
    for kind, weight in WEIGHTS.items():
        seconds = deadline - time.monotonic()
        if seconds <= 0:
            return offers
        columns = hurried if kind == "prep" else strict
        program = WeekProgram(columns, limits, slack={kind: weight}, priced=False)
        outcome = program.solve(_everything(columns), seconds=seconds)
        if outcome.status == "optimal" and outcome.slack:
            offers.extend(from_slack(problem, kind, outcome.slack, weight))
    if offers:
        return offers
    program = WeekProgram(strict, limits, slack=WEIGHTS, priced=False)
    outcome = program.solve(_everything(strict), seconds=max(1.0, deadline - time.monotonic()))
    if outcome.status == "optimal":
        for kind, weight in WEIGHTS.items():
            offers.extend(from_slack(problem, kind, outcome.slack, weight))
    return offers


def _everything(columns: Columns) -> Ints:
    return np.arange(len(columns.group), dtype=np.int64)
