"""Minimal sets of requirements that cannot hold together: proved impossible, and possible with any one left out.

Impossible is proved by the linear program with every bound a rounding wider than the plan's; possible by a plan that
was found. Days are looked at one by one first, because what one day cannot do needs no week to explain it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planning.optimizer.columns import Columns, build_columns, short_groups
from planning.optimizer.limits import DayLimits, Ints
from planning.optimizer.scopes import (
    DAILY,
    Withheld,
    day_scope,
    loose_limits,
    loosen,
    members_of,
    with_only,
    without_foods,
)
from planning.optimizer.solve import WAIVERS, attempt
from planning.optimizer.subset import IMPOSSIBLE, solve_elastic
from planning.optimizer.types import Conflict, Problem
from planning.optimizer.words import FOOD_KINDS, Member, say_conflict, sort_members

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
# A longer set takes too many searches to show that nothing in it can be left out.
MOST_SHOWN_MINIMAL = 10
PROOF_PATIENCE = 30
PROOF_SECONDS = 5.0


def least_shortfall(
    columns: Columns, limits: tuple[DayLimits, ...], *, off: frozenset[Member] = frozenset(), seconds: float
) -> float | None:
    """By how much, in all and relative to each requirement, the linear program must miss: 0 when it need not.

    A lower bound of it once that is above `IMPOSSIBLE`. Infinite when some meal has too few dishes, None when the
    solver gave no answer.
    """
    return _shortfall(columns, limits, off, seconds, None)[0]


def _shortfall(
    columns: Columns, limits: tuple[DayLimits, ...], off: frozenset[Member], seconds: float, start: Ints | None
) -> tuple[float | None, Ints | None]:
    if short_groups(columns):
        return math.inf, None
    outcome, subset = solve_elastic(columns, limits, off=off, seconds=seconds, start=start)
    if outcome.status == "infeasible":
        return math.inf, subset
    if outcome.status != "optimal":
        return None, subset
    return (outcome.value if outcome.value <= IMPOSSIBLE else max(outcome.bound, 0.0)), subset


@dataclass(frozen=True, slots=True)
class Core:
    """A set that was proved impossible in `problem` (the week or a part of it)."""

    problem: Problem
    members: frozenset[Member]


class Oracle:
    """Says whether a linear program with only some members in force is infeasible; fiber and sodium are out already.

    `certain` turns False when an answer had to be guessed, because the clock ran out or the solver gave up.
    """

    def __init__(
        self, problem: Problem, members: Sequence[Member], deadline: float, withheld: Iterable[Withheld] = ()
    ) -> None:
        self.problem, self.members, self.deadline = loosen(problem), tuple(members), deadline
        self.withheld = tuple(withheld)
        self.columns: dict[frozenset[Member], Columns] = {}
        # What the last program of the same columns needed, the next needs nearly all of.
        self.subsets: dict[int, Ints] = {}
        self.absent = frozenset((kind, day.date) for day in problem.days for kind in DAILY) - set(members)
        self.certain = True

    def impossible(self, active: frozenset[Member]) -> bool:
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            self.certain = False
            return False
        dropped = (frozenset(self.members) - active) | self.absent
        columns = self._columns(dropped)
        limits = tuple(loose_limits(day, WAIVERS[-1]) for day in columns.days)
        shortfall, subset = _shortfall(columns, limits, dropped, seconds, self.subsets.get(id(columns)))
        if subset is not None:
            self.subsets[id(columns)] = subset
        if shortfall is None:
            self.certain = False
        return shortfall is not None and shortfall > IMPOSSIBLE

    def _columns(self, dropped: frozenset[Member]) -> Columns:
        """Columns once more where dishes, kept meals or preparation times are let go."""
        shaping = frozenset(member for member in dropped if member[0] in ("fixed", "prep", *FOOD_KINDS))
        if shaping not in self.columns:
            days = tuple(
                replace(day, prep_minutes=None) if ("prep", day.date) in shaping else day for day in self.problem.days
            )
            kept = tuple(meal for meal in self.problem.fixed if ("fixed", meal.date) not in shaping)
            problem = without_foods(replace(self.problem, days=days, fixed=kept), self.withheld, shaping)
            self.columns[shaping] = build_columns(problem)
        return self.columns[shaping]


def find_cores(problem: Problem, *, deadline: float) -> tuple[Core, ...]:
    """Minimal impossible sets: those of single days first, then one or more of the week. Empty: nothing is proved."""
    cores: list[Core] = []
    for date in sorted(day.date for day in problem.days):
        part = day_scope(problem, date)
        oracle = Oracle(part, members_of(part, [date]), deadline)
        active = frozenset(oracle.members)
        if oracle.impossible(active):
            cores.append(Core(part, shrink(oracle, active)))
    oracle = Oracle(problem, members_of(problem), deadline)
    active = frozenset(oracle.members).difference(*(core.members for core in cores))
    for _ in range(1 if cores else MOST_CONFLICTS):
        if any(not core.members for core in cores) or not oracle.impossible(active):
            break
        members = shrink(oracle, active)
        cores.append(Core(problem, members))
        active -= members
    return tuple(cores)


def shrink(oracle: Oracle, active: frozenset[Member]) -> frozenset[Member]:
    """Deletion filter: whole kinds first, then whole days, then single members."""
    chunks = [frozenset(member for member in oracle.members if member[0] in FOOD_KINDS)]
    chunks += [frozenset(member for member in oracle.members if member[0] == kind) for kind in DROP_ORDER]
    for day in oracle.problem.days:
        chunks.append(frozenset(member for member in oracle.members if member[1] == day.date))
    for kind in (*FOOD_KINDS, *DROP_ORDER):
        chunks.extend(frozenset({member}) for member in oracle.members if member[0] == kind)
    tried: set[frozenset[Member]] = set()
    for chunk in chunks:
        rest = active - chunk
        if rest == active or rest in tried:
            continue
        tried.add(rest)
        if oracle.impossible(rest):
            active = rest
    return active


def holds_without_each(
    core: Core, *, seed: int, deadline: float, withheld: Iterable[Withheld] = ()
) -> tuple[Member, ...]:
    """The first member without which no plan was found, or all of a set too long to try: empty when it is minimal."""
    if len(core.members) > MOST_SHOWN_MINIMAL:
        return sort_members(core.members)
    for member in sort_members(core.members):
        rest = core.members - {member}
        dropped = frozenset({member}) if member[0] in FOOD_KINDS else frozenset[Member]()
        problem = without_foods(with_only(core.problem, rest), withheld, dropped)
        until = min(deadline, time.monotonic() + PROOF_SECONDS)
        # Any plan will do: nothing is improved after the first.
        quick = replace(problem, iterations=0)
        run = attempt(quick, WAIVERS[-1], seed=seed, deadline=until, patience=PROOF_PATIENCE, most_mended=1)
        if run.status != "solved":
            return (member,)
    return ()


def find_conflicts(problem: Problem, *, seed: int, deadline: float) -> tuple[tuple[Conflict, ...], tuple[Core, ...]]:
    """Up to three conflicts in words with the cores behind them; days with the same trouble share a sentence."""
    cores = find_cores(problem, deadline=deadline)
    groups: dict[tuple[str, ...], list[Core]] = {}
    for core in cores:
        single = core.problem is not problem
        kinds = (
            tuple(sorted(kind for kind, _ in core.members))
            if single
            else ("week", *map(str, sort_members(core.members)))
        )
        groups.setdefault(kinds, []).append(core)
    conflicts = []
    for group in list(groups.values())[:MOST_CONFLICTS]:
        first = group[0]
        dated = any(key is not None and kind in DAILY for kind, key in first.members)
        also = [core.problem.days[-1].date for core in group[1:]] if dated else []
        proven = not any(holds_without_each(core, seed=seed, deadline=deadline) for core in group)
        conflicts.append(tell(problem, first.members, also=also, verified=proven))
    return tuple(conflicts), cores


def tell(problem: Problem, members: frozenset[Member], *, also: Sequence[str] = (), verified: bool) -> Conflict:
    """The conflict of a set in words."""
    codes = tuple(sorted({kind for kind, _ in members}))
    sentence = say_conflict(problem, members, also=also)
    return Conflict(codes, sentence, sort_members(members), verified)


def name_foods(
    problem: Problem, conflict: Conflict, withheld: Sequence[Withheld], *, seed: int, deadline: float
) -> Conflict:
    """The conflict with the diets, allergies and dislikes that belong to it, as long as dishes were withheld for them.

    Each of them is one that the conflict would not exist without; a conflict that has nothing to do with food rules
    comes back as it is.
    """
    foods = sorted({reason for one in withheld for reason in one.reasons})
    members = frozenset(conflict.members)
    dates = {key for kind, key in members if kind in ("slot", *DROP_ORDER[3:]) and key is not None}
    if not foods or ("not_found" in conflict.codes):
        return conflict
    part = day_scope(problem, next(iter(dates))) if len(dates) == 1 and not _weekly(members) else problem
    core = frozenset(member for member in members if member[0] != "slot")
    oracle = Oracle(part, (*sort_members(core), *_others(part, core), *foods), deadline, withheld)
    if oracle.impossible(core):
        return conflict
    found = core | frozenset(foods)
    for food in foods:
        rest = found - {food}
        if oracle.impossible(rest):
            found = rest
    part_core = Core(part, found)
    proven = oracle.certain and not holds_without_each(part_core, seed=seed, deadline=deadline, withheld=withheld)
    told = tell(problem, found | (members - core), verified=proven)
    return replace(told, sentence=say_conflict(problem, found), codes=tuple(sorted({*told.codes, *conflict.codes})))


def _others(problem: Problem, core: frozenset[Member]) -> list[Member]:
    return [member for member in members_of(problem) if member not in core]


def _weekly(members: Iterable[Member]) -> bool:
    return any(kind in ("budget", "weekly_min", "adjacent") for kind, _ in members)
