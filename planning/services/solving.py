"""From a problem to a solution, or to a refusal that says why and what would help."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from nutrition_site.kernel.errors import DomainError
from planning import mapping
from planning.adjustments import goal_of
from planning.optimizer.solve import solve
from planning.optimizer.types import Infeasible, Solved
from planning.science.closure import INFEASIBLE
from planning.services.inputs import PlanInputs
from planning.services.targets import TargetDay


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


def find_solution(inputs: PlanInputs, *, seconds: float) -> Solved:
    """Solves within the seconds. Raises PlanInfeasible, or OutOfTime when the time is what was missing."""
    refuse_impossible_days(inputs)
    outcome = solve(inputs.problem, deadline_seconds=seconds)
    if isinstance(outcome, Infeasible):
        if outcome.truncated:
            raise OutOfTime
        raise refusal_of(outcome)
    return outcome


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
    days = [day for day in inputs.days if INFEASIBLE in day.targets.warnings]
    if not days:
        return
    conflicts = [_impossible(day) for day in days]
    relaxations = []
    if all(goal_of(day.targets) == "lose" for day in days):
        relaxations.append(
            {
                "kind": "goal",
                "amount": 1.0,
                "unit": "goal",
                "day": None,
                "sentence": "Keep your weight instead of losing it: energy is then raised to what your food needs.",
                "cost": 1.0,
                "subject": "goals",
                "parts": [],
            }
        )
    raise PlanInfeasible(
        details=[{"field": "", "message": conflict["sentence"]} for conflict in conflicts],
        extra={"conflicts": conflicts, "relaxations": relaxations, "reason": "macros"},
    )


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


def refusal_of(outcome: Infeasible) -> PlanInfeasible:
    """The refusal with its reasons in plain words."""
    conflicts = [mapping.plain(asdict(conflict)) for conflict in outcome.conflicts]
    relaxations = [mapping.plain(asdict(relaxation)) for relaxation in outcome.relaxations]
    proven = outcome.reason != "not_found"
    message = PlanInfeasible.message if proven else "No plan was found within these limits."
    return PlanInfeasible(
        message,
        details=[{"field": "", "message": conflict["sentence"]} for conflict in conflicts],
        extra={"conflicts": conflicts, "relaxations": relaxations, "reason": outcome.reason},
    )
