"""Minimal sets of requirements that the linear program proves impossible together."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from planning.optimizer.columns import Columns, build_columns
from planning.optimizer.limits import day_limits
from planning.optimizer.relaxation import Member, WeekProgram
from planning.optimizer.types import Conflict, Problem

DAY_KINDS = ("energy", "carbs", "protein", "protein_cap", "fat", "prep")
# Tried first to last: what stays in a conflict is what a person can most easily judge.
DROP_ORDER = (
    "weekly_min",
    "weekly_max",
    "adjacent",
    "fat",
    "protein_cap",
    "repeats",
    "fixed",
    "budget",
    "prep",
    "protein",
    "carbs",
    "energy",
)
MOST_CONFLICTS = 3


class _Oracle:
    """Says whether the LP with only some members in force is infeasible. Fiber and sodium are out already."""

    def __init__(self, problem: Problem, waived: frozenset[str], deadline: float) -> None:
        self.problem, self.waived, self.deadline = problem, waived, deadline
        self.members = _members(problem)
        self.columns: dict[tuple[frozenset[str | None], frozenset[str | None]], Columns] = {}
        self.certain = True

    def impossible(self, active: frozenset[Member]) -> bool:
        dropped = frozenset(self.members) - active
        loose = frozenset(date for kind, date in dropped if kind == "fixed")
        hurried = frozenset(date for kind, date in dropped if kind == "prep")
        if (loose, hurried) not in self.columns:
            kept = tuple(fixed for fixed in self.problem.fixed if fixed.date not in loose)
            self.columns[loose, hurried] = build_columns(replace(self.problem, fixed=kept), any_prep=hurried)
        columns = self.columns[loose, hurried]
        limits = tuple(day_limits(day, self.waived) for day in columns.days)
        off = frozenset(member for member in dropped if member[0] != "fixed")
        everything = np.arange(len(columns.group), dtype=np.int64)
        program = WeekProgram(columns, limits, off=off, priced=False)
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            self.certain = False
            return False
        status = program.solve(everything, seconds=seconds).status
        if status == "unknown":
            self.certain = False
        return status == "infeasible"


def _members(problem: Problem) -> list[Member]:
    members: list[Member] = [(kind, day.date) for kind in DAY_KINDS for day in problem.days]
    members += [("fixed", date) for date in sorted({fixed.date for fixed in problem.fixed})]
    members += [("repeats", None), ("adjacent", None)]
    if problem.budget_milli is not None:
        members.append(("budget", None))
    members += [("weekly_max", tag) for tag in sorted(problem.rules.weekly_max)]
    members += [("weekly_min", tag) for tag in sorted(problem.rules.weekly_min)]
    return members


def find_conflicts(problem: Problem, *, waived: frozenset[str], deadline: float) -> tuple[Conflict, ...]:
    """Up to three conflicts, each impossible together and possible with any one member removed (LP level)."""
    oracle = _Oracle(problem, waived, deadline)
    active = frozenset(oracle.members)
    conflicts: list[Conflict] = []
    while len(conflicts) < MOST_CONFLICTS and oracle.impossible(active):
        core = _shrink(oracle, active)
        members = tuple(sorted(core, key=lambda member: (member[1] or "", DAY_KINDS.count(member[0]), member[0])))
        codes = tuple(sorted({kind for kind, _ in members}))
        verified = oracle.certain and _holds(oracle, core)
        conflicts.append(Conflict(codes, _sentence(problem, members), members, verified))
        active -= core
        if not core:
            break
    return tuple(conflicts)


def _shrink(oracle: _Oracle, active: frozenset[Member]) -> frozenset[Member]:
    """Deletion filter: whole kinds first, then whole days, then single members."""
    chunks: list[frozenset[Member]] = []
    for kind in DROP_ORDER:
        chunks.append(frozenset(member for member in oracle.members if member[0] == kind))
    for day in oracle.problem.days:
        chunks.append(frozenset(member for member in oracle.members if member[1] == day.date))
    for kind in DROP_ORDER:
        chunks.extend(frozenset({member}) for member in oracle.members if member[0] == kind)
    for chunk in chunks:
        if chunk & active and oracle.impossible(active - chunk):
            active -= chunk
    return active


def _holds(oracle: _Oracle, core: frozenset[Member]) -> bool:
    if not oracle.impossible(core):
        return False
    removable = [oracle.impossible(core - {member}) for member in sorted(core, key=str)]
    return not any(removable) and oracle.certain


def _sentence(problem: Problem, members: tuple[Member, ...]) -> str:
    days = {day.date: day for day in problem.days}
    rules = problem.rules
    parts: list[str] = []
    for kind, key in members:
        day = days.get(key or "")
        if day is not None:
            text = {
                "energy": f"{day.energy_kcal:.0f} kcal within {100 * day.energy_tolerance:g} %",
                "carbs": f"{day.carbs_g:.0f} g of carbohydrate within {100 * day.carbs_tolerance:g} %",
                "protein": f"at least {day.protein_g:.0f} g of protein",
                "protein_cap": f"at most {day.protein_g * day.protein_cap_factor:.0f} g of protein",
                "fat": f"at least {100 * day.fat_floor_fraction:g} % of energy from fat",
                "prep": f"at most {day.prep_minutes or 0:.0f} minutes of cooking",
                "fixed": "the meals kept as they are",
            }[kind]
            parts.append(f"{text} on {key}")
        else:
            parts.append(
                {
                    "budget": f"a weekly budget of {(problem.budget_milli or 0) / 1000:g}",
                    "repeats": f"the same dish at most {rules.max_repeats_per_week} times a week",
                    "adjacent": "no dinner twice running",
                    "weekly_max": f"{key} at most {rules.weekly_max.get(key or '', 0)} times a week",
                    "weekly_min": f"{key} at least {rules.weekly_min.get(key or '', 0)} times a week",
                }[kind]
            )
    if not parts:
        return "The dishes that you may eat cannot fill these meals, whatever the targets are."
    if len(parts) == 1:
        return f"The dishes that you may eat cannot meet this: {parts[0]}."
    return f"The dishes that you may eat cannot meet these together: {', '.join(parts[:-1])} and {parts[-1]}."
