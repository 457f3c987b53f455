"""From a problem to a solution, or to a refusal that says why and what would help."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import asdict, replace
from typing import Any

from nutrition_site.kernel.errors import DomainError
from planning import mapping
from planning.adjustments import goal_of
from planning.optimizer.hashing import derive_seed
from planning.optimizer.solve import WAIVERS, attempt, solve
from planning.optimizer.types import Infeasible, Solved
from planning.science.closure import INFEASIBLE
from planning.services.inputs import PlanInputs
from planning.services.refusals import drop_unsafe_offers, name_food_rules
from planning.services.rules import TAG_WORDS
from planning.services.targets import TargetDay

Progress = Callable[[str, float], None]
# A change of the profile to be tried: its kind and subject, its words, and what `rebuild` is called with.
_Try = tuple[str, str | None, str, dict[str, Any]]
# How long a request solves, and how often it starts anew because the athlete changed something meanwhile.
REQUEST_SECONDS = 20.0
TRIES = 3
# Trying changes of the profile is a courtesy: it takes this long at most.
OFFER_SECONDS = 4.0
MOST_DISLIKES = 5
# Beside the costs of the search's own offers: leftovers are a small matter, a goal is a great one.
PROFILE_COSTS = {"rule": 0.5, "leftovers": 0.5, "override": 0.75, "dislike": 1.5, "goal": 1.0}
OWN_AMOUNTS = {
    "carbs_g_per_kg": "{value:g} g of carbohydrate per kg",
    "protein_g_per_kg": "{value:g} g of protein per kg",
    "fat_min_pct": "least fat of {value:g} % of energy",
}


class PlanInfeasible(DomainError):
    """422: no plan meets the limits; `conflicts` say why, `relaxations` what would help."""

    status = 422
    code = "plan_infeasible"
    message = "No plan meets all of these limits."


class NotVerified(DomainError):
    """A solution that the checker refused; it is never stored."""

    status = 422
    code = "plan_not_verified"
    message = "No plan could be verified."


class OutOfTime(Exception):
    """The search was cut short before it found a plan or a reason; more time may help."""


def find_solution(inputs: PlanInputs, *, seconds: float, progress: Progress | None = None) -> Solved:
    """Solves within the seconds. Raises PlanInfeasible, or OutOfTime when the time is what was missing.

    `progress` is called with a stage and a fraction while it works.
    """
    refuse_impossible_days(inputs)
    refuse_without_dishes(inputs)
    outcome = solve(inputs.problem, deadline_seconds=seconds, progress=progress)
    if isinstance(outcome, Infeasible):
        if outcome.truncated:
            raise OutOfTime
        outcome = drop_unsafe_offers(inputs, name_food_rules(inputs, outcome))
        raise refusal_of(outcome, more=profile_offers(inputs))
    return outcome


def refuse_without_dishes(inputs: PlanInputs) -> None:
    """Raises PlanInfeasible for somebody whom no dish is left for."""
    if any(dish.slots for dish in inputs.problem.dishes):
        return
    sentence = "No dish is left that you may eat and do not dislike."
    conflict = {"codes": ["empty_slot"], "sentence": sentence, "members": [["empty_slot", None]], "verified": True}
    raise PlanInfeasible(
        details=[{"field": "", "message": sentence}],
        extra={"conflicts": [conflict], "relaxations": profile_offers(inputs), "reason": "empty_slot"},
    )


def profile_offers(inputs: PlanInputs) -> list[dict[str, Any]]:
    """Changes of the profile that were tried and give a plan: leftovers allowed, an amount or a dislike dropped."""
    athlete = inputs.athlete
    tries: list[_Try] = []
    if not inputs.rules.leftovers:
        words = "Allow leftovers: a dinner is cooked once and eaten twice."
        tries.append(("leftovers", None, words, {"athlete": athlete, "rules": replace(inputs.rules, leftovers=True)}))
    served = {tag for dish in inputs.problem.dishes if dish.slots for tag in dish.tags}
    for tag, count in sorted(inputs.rules.weekly_min.items()):
        if count and tag not in served:
            least = {name: n for name, n in inputs.rules.weekly_min.items() if name != tag}
            words = f"Drop the rule “{TAG_WORDS.get(tag, tag)}: at least {count}”: you eat no dish with it."
            tries.append(("rule", tag, words, {"athlete": athlete, "rules": replace(inputs.rules, weekly_min=least)}))
    tries += _own_amounts(inputs)
    for dislike in athlete.dislikes[:MOST_DISLIKES]:
        other = copy(athlete)
        other.dislikes = [word for word in athlete.dislikes if word != dislike]
        words = f"Take “{dislike}” off the list of what you dislike."
        tries.append(("dislike", dislike, words, {"athlete": other, "rules": inputs.rules}))
    return _proven(inputs, tries)


def _own_amounts(inputs: PlanInputs) -> list[_Try]:
    """Amounts that the athlete set by hand, each left to the training instead."""
    tries: list[_Try] = []
    for name, value in sorted(inputs.athlete.macro_overrides.items()):
        other = copy(inputs.athlete)
        other.macro_overrides = {one: own for one, own in inputs.athlete.macro_overrides.items() if one != name}
        words = f"Let your training decide instead of your own {OWN_AMOUNTS[name].format(value=value)}."
        tries.append(("override", name, words, {"athlete": other, "rules": inputs.rules}))
    return tries


def _proven(inputs: PlanInputs, tries: Sequence[_Try]) -> list[dict[str, Any]]:
    """The offers of those changes with which a plan was found."""
    offers: list[dict[str, Any]] = []
    ends = time.monotonic() + OFFER_SECONDS
    for kind, subject, words, changes in tries:
        if time.monotonic() > ends:
            break
        changed = inputs.rebuild(**changes)
        problem = changed.problem
        if not problem.dishes or _impossible_days(changed):
            continue
        run = attempt(problem, WAIVERS[-1], seed=derive_seed(problem), deadline=ends)
        if run.status == "solved":
            offers.append(_offer(kind, words, cost=PROFILE_COSTS[kind], subject=subject))
    return offers


def _offer(kind: str, sentence: str, *, cost: float, subject: str | None) -> dict[str, Any]:
    """An offer that changes the profile, in the shape of the optimizer's relaxations."""
    return {
        "kind": kind,
        "amount": 1.0,
        "unit": kind,
        "day": None,
        "sentence": sentence,
        "cost": cost,
        "subject": subject,
        "parts": [],
    }


def solve_or_refuse(inputs: PlanInputs, *, seconds: float) -> Solved:
    """The same where nothing goes on in the background: running out of time is a refusal too."""
    try:
        return find_solution(inputs, seconds=seconds)
    except OutOfTime:
        raise PlanInfeasible(
            "No plan was found in the time there is.",
            extra={"conflicts": [], "relaxations": [], "reason": "not_found"},
        ) from None


def refuse_impossible_days(inputs: PlanInputs) -> None:
    """Raises PlanInfeasible for days whose macronutrients do not fit into the energy even without a deficit."""
    days = _impossible_days(inputs)
    if not days:
        return
    conflicts = [_impossible(day) for day in days]
    relaxations = _proven(inputs, _own_amounts(inputs))
    if all(goal_of(day.targets) == "lose" for day in days):
        words = "Keep your weight instead of losing it: energy is then raised to what your food needs."
        relaxations.append(_offer("goal", words, cost=PROFILE_COSTS["goal"], subject="goals"))
    raise PlanInfeasible(
        details=[{"field": "", "message": conflict["sentence"]} for conflict in conflicts],
        extra={"conflicts": conflicts, "relaxations": relaxations, "reason": "macros"},
    )


def _impossible_days(inputs: PlanInputs) -> list[TargetDay]:
    open_days = [day for day in inputs.days if day.date.isoformat() not in inputs.closed]
    return [day for day in open_days if INFEASIBLE in day.targets.warnings]


def _impossible(day: TargetDay) -> dict[str, Any]:
    targets = day.targets
    date = day.date.isoformat()
    return {
        "codes": ["energy", "protein", "carbs", "fat"],
        "sentence": (
            f"On {date}, {targets.energy_kcal:.0f} kcal do not hold {targets.protein_low_g:.0f} g of protein, "
            f"{targets.carbs_low_g:.0f} g of carbohydrate and the least fat a day needs."
        ),
        "members": [[kind, date] for kind in ("energy", "protein", "carbs", "fat")],
        "verified": True,
    }


def refusal_of(outcome: Infeasible, *, more: Sequence[dict[str, Any]] = ()) -> PlanInfeasible:
    """The refusal with its reasons in plain words; `more` are offers beyond those of the search."""
    conflicts = [mapping.plain(asdict(conflict)) for conflict in outcome.conflicts]
    relaxations = [mapping.plain(asdict(relaxation)) for relaxation in outcome.relaxations]
    relaxations = sorted([*relaxations, *more], key=lambda offer: (offer["cost"], offer["kind"]))
    proven = outcome.reason != "not_found"
    message = PlanInfeasible.message if proven else "No plan was found within these limits."
    return PlanInfeasible(
        message,
        details=[{"field": "", "message": conflict["sentence"]} for conflict in conflicts],
        extra={"conflicts": conflicts, "relaxations": relaxations, "reason": outcome.reason},
    )
