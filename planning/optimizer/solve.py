"""Solve a week: columns, linear program, search; a plan that meets every hard rule, or the reason why there is none."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planning.optimizer.columns import NO_SOURCE, Columns, build_columns, short_groups
from planning.optimizer.hashing import derive_seed, engine_versions
from planning.optimizer.keep import frozen_problems
from planning.optimizer.limits import MARGIN, DayLimits, day_limits
from planning.optimizer.options import Position, make_choices
from planning.optimizer.relaxation import Outcome, WeekProgram
from planning.optimizer.repair import MOST_BROKEN, mend_with_all
from planning.optimizer.search import Found, Search
from planning.optimizer.start import first_choice, previous_columns
from planning.optimizer.subset import solve_relaxation
from planning.optimizer.types import (
    Coverage,
    DayNeed,
    Dish,
    Infeasible,
    Item,
    Problem,
    Solved,
    Waiver,
    check_problem,
    sort_key,
)
from planning.optimizer.week import Week
from planning.optimizer.words import say_before, say_outside

Progress = Callable[[str, float], None]

ITERATIONS = 4
PATIENCE = 120
STRICT_PATIENCE = 60
FROZEN_PATIENCE = 20
# After so many kicks an integer program looks at a plan that breaks a limit on one day.
FIRST_PATIENCE = 20
# What still breaks limits by more than this then is not worth the rest of the patience.
HOPELESS = 0.25
SEARCH_SHARE = 0.6
# What may be left before a week is refused, in this order.
WAIVERS: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"fiber", "sodium"}),
    frozenset({"fiber", "sodium", "protein_cap"}),
)


@dataclass(slots=True)
class Attempt:
    """One run at one set of waivers. `status`: solved, infeasible (proved by the LP), not_found."""

    status: str
    columns: Columns
    limits: tuple[DayLimits, ...]
    outcome: Outcome
    positions: list[Position]
    found: Found | None = None


def solve(problem: Problem, *, deadline_seconds: float = 20.0, progress: Progress | None = None) -> Solved | Infeasible:
    """Plan the days of `problem`, or say what stands in the way.

    Deterministic for a given problem: the search stops on iteration caps. The deadline is a safety net; a plan cut
    short by it is marked `truncated`. `progress` is called with a stage name and a fraction.
    Raises ProblemError for a problem that contradicts itself.
    """
    from planning.optimizer.explain import explain

    check_problem(problem)
    started = time.monotonic()
    deadline = started + SEARCH_SHARE * deadline_seconds
    seed = derive_seed(problem)
    say: Progress = progress or (lambda stage, fraction: None)
    say("columns", 0.0)
    columns = build_columns(problem)
    if short_groups(columns):
        return explain(problem, reason="empty_slot", nearest=None, seed=seed, deadline=deadline, progress=say)
    frozen_first = frozen_problems(problem, columns)
    reason, truncated = "lp", False
    nearest: Attempt | None = None
    for waived in WAIVERS:
        limits = tuple(day_limits(day, waived) for day in columns.days)
        say("bound", 0.1)
        outcome = relax(columns, limits, deadline)
        if outcome.status == "infeasible":
            continue
        reason = "not_found"
        if outcome.status != "optimal":
            continue
        for frozen in frozen_first:
            kept = attempt(frozen, waived, seed=seed, deadline=deadline, progress=say, patience=FROZEN_PATIENCE)
            if kept.status == "solved":
                return _finish(problem, kept, outcome.bound, seed)
        patience = PATIENCE if waived else STRICT_PATIENCE
        run = search_plan(columns, limits, outcome, seed=seed, deadline=deadline, progress=say, patience=patience)
        if run.status == "solved":
            return _finish(problem, run, outcome.bound, seed)
        if run.found is not None and run.found.truncated:
            truncated = True
            break
        nearest = run if waived else None
    told = explain(
        problem, reason=reason, nearest=nearest, seed=seed, deadline=started + deadline_seconds, progress=say
    )
    return replace(told, truncated=truncated)


def attempt(
    problem: Problem,
    waived: frozenset[str],
    *,
    seed: int,
    deadline: float,
    progress: Progress | None = None,
    patience: int = PATIENCE,
    most_mended: int = MOST_BROKEN,
) -> Attempt:
    """Columns, LP and search for one set of waivers; `most_mended` days may be mended by an integer program."""
    columns = build_columns(problem)
    limits = tuple(day_limits(day, waived) for day in columns.days)
    if short_groups(columns):
        return Attempt("infeasible", columns, limits, Outcome("infeasible"), [])
    outcome = relax(columns, limits, deadline)
    if outcome.status != "optimal":
        status = "infeasible" if outcome.status == "infeasible" else "not_found"
        return Attempt(status, columns, limits, outcome, [])
    return search_plan(
        columns,
        limits,
        outcome,
        seed=seed,
        deadline=deadline,
        progress=progress,
        patience=patience,
        most_mended=most_mended,
    )


def relax(columns: Columns, limits: tuple[DayLimits, ...], deadline: float) -> Outcome:
    """The LP answer for given limits."""
    return solve_relaxation(columns, WeekProgram(columns, limits), seconds=deadline - time.monotonic())


def search_plan(
    columns: Columns,
    limits: tuple[DayLimits, ...],
    outcome: Outcome,
    *,
    seed: int,
    deadline: float,
    progress: Progress | None = None,
    patience: int = PATIENCE,
    most_mended: int = MOST_BROKEN,
) -> Attempt:
    """Search from the LP answer, and mend what is broken on a day or two when it finds nothing sound."""
    rules = columns.problem.rules
    tags = sorted(set(rules.weekly_max) | set(rules.weekly_min))
    active = np.flatnonzero(outcome.share > 1e-6)
    keep = np.unique(np.concatenate([active, previous_columns(columns)])).astype(np.int64)
    choices = make_choices(columns, limits, outcome.reduced, outcome.share, keep, tags)
    positions = choices.positions
    week = Week(columns, limits, choices, tags)
    week.reset(first_choice(columns, positions, outcome))
    report = (lambda fraction: progress("search", 0.2 + 0.8 * fraction)) if progress else None
    iterations = ITERATIONS if columns.problem.iterations is None else columns.problem.iterations
    search = Search(week, seed=seed, deadline=deadline, progress=report)
    # As many kicks with as without improving afterwards, so that a plan found in a proof is found by a solve as well.
    found = search.run(iterations=iterations, patience=min(patience, FIRST_PATIENCE) - iterations)
    for left in (patience - FIRST_PATIENCE, 0):
        if found.violation == 0 or found.truncated:
            break
        week.reset(list(found.choice))
        mended = mend_with_all(week, outcome, keep, tags, most=most_mended, deadline=deadline)
        if mended is not None:
            week, positions = mended
            search = Search(week, seed=seed, deadline=deadline, progress=report)
            found = _more(found, search.run(iterations=iterations, patience=0))
            break
        if left <= 0 or found.violation > HOPELESS:
            break
        week.reset(list(found.choice))
        found = _more(found, search.run(iterations=0, patience=left))
    status = "solved" if found.violation == 0 else "not_found"
    return Attempt(status, columns, limits, outcome, positions, found)


def _more(before: Found, after: Found) -> Found:
    return replace(after, iterations=before.iterations + after.iterations)


def _finish(problem: Problem, run: Attempt, bound: float, seed: int) -> Solved:
    if run.found is None:
        raise ValueError("only a finished attempt makes a plan")
    items = plan_items(run.columns, run.positions, run.found.choice)
    objective = round(run.found.objective, 6)
    lp_bound = round(bound, 6)
    gap = round((objective - lp_bound) / objective, 6) if objective > 0 else None
    engine: dict[str, str | int] = {**engine_versions(), "seed": seed, "objective": problem.objective_version}
    dishes = {dish.key: dish for dish in problem.dishes}
    return Solved(
        items=items,
        objective=objective,
        lp_bound=lp_bound,
        gap=gap,
        relaxed=tuple(waiver for day in run.columns.days for waiver in _waivers(day, items, dishes)),
        truncated=run.found.truncated,
        iterations=run.found.iterations,
        engine=engine,
        coverage=tuple(_coverage(day.date, items, dishes) for day in run.columns.days),
    )


def plan_items(columns: Columns, positions: list[Position], choice: tuple[int, ...]) -> tuple[Item, ...]:
    """The chosen options as meals, in plan order."""
    cooks: dict[tuple[int, int], tuple[str, str, int]] = {}
    for position in positions:
        option = choice[position.number]
        if position.need.slot == "dinner" and position.source[option] == NO_SOURCE:
            place = (columns.days[position.day].date, "dinner", position.need.index)
            cooks[position.day, int(position.dish[option])] = place
    kept = {(fixed.date, fixed.slot, fixed.index): fixed for fixed in columns.problem.fixed}
    items = []
    for position in positions:
        option = choice[position.number]
        date = columns.days[position.day].date
        source = cooks.get((int(position.source[option]), int(position.dish[option])))
        fixed = kept.get((date, position.need.slot, position.need.index))
        if fixed is not None and source is None:
            source = _outside(columns, fixed.leftover_of)
        items.append(
            Item(
                date=date,
                slot=position.need.slot,
                index=position.need.index,
                time=position.need.time,
                dish_key=columns.dishes[int(position.dish[option])].key,
                quarters=int(position.quarters[option]),
                leftover_of=source,
            )
        )
    return tuple(sorted(items, key=lambda item: sort_key(item.place)))


def _outside(columns: Columns, source: tuple[str, str, int] | None) -> tuple[str, str, int] | None:
    """A kept leftover keeps its source when that dinner lies before the planned days."""
    return None if source is None or source[0] in {day.date for day in columns.days} else source


def _waivers(day: DayNeed, items: tuple[Item, ...], dishes: dict[str, Dish]) -> list[Waiver]:
    def total(row: int) -> float:
        amounts = [(dishes[item.dish_key].per_quarter[row] or 0) * item.quarters for item in items if _on(day, item)]
        return sum(amounts) / 100.0

    limits = (
        ("fiber", 4, day.fiber_lo, day.fiber_hi, "g"),
        ("sodium", 5, day.sodium_lo, day.sodium_hi, "mg"),
        ("protein_cap", 1, None, day.protein_g * day.protein_cap_factor, "g"),
    )
    found = []
    for kind, row, low, high, unit in limits:
        value = round(total(row), 2)
        name = "protein" if kind == "protein_cap" else kind
        # The search keeps this distance from every limit; a value inside it was waived, and says so.
        if low is not None and value < low + MARGIN / 200:
            text = say_outside(name, day.date, value, unit, low=low)
            found.append(Waiver(kind, day.date, value, low, high, text))
        elif high is not None and value > high - MARGIN / 200:
            text = say_outside(name, day.date, value, unit, high=high)
            found.append(Waiver(kind, day.date, value, low, high, text))
    return [*found, *_before_sessions(day, items, dishes)]


def _before_sessions(day: DayNeed, items: tuple[Item, ...], dishes: dict[str, Dish]) -> list[Waiver]:
    """What the meals before a session hold less, or more, than it wants."""
    found = []
    for need in day.before:
        carbs = [
            (dishes[item.dish_key].per_quarter[2] or 0) * item.quarters
            for item in items
            if _on(day, item) and need.counts(item.slot, item.time)
        ]
        value = round(sum(carbs) / 100.0, 2)
        ends: dict[str, float] = {}
        if value < need.carbs_lo + MARGIN / 200:
            ends = {"low": need.carbs_lo}
        elif value > need.carbs_hi - MARGIN / 200:
            ends = {"high": need.carbs_hi}
        if ends:
            text = say_before(day.date, need.start_minute, value, **ends)
            found.append(Waiver("before", day.date, value, need.carbs_lo, need.carbs_hi, text))
    return found


def _on(day: DayNeed, item: Item) -> bool:
    return item.date == day.date


def _coverage(date: str, items: tuple[Item, ...], dishes: dict[str, Dish]) -> Coverage:
    energy = fiber = sodium = priced = 0.0
    for item in items:
        if item.date != date:
            continue
        dish = dishes[item.dish_key]
        amount = float((dish.per_quarter[0] or 0) * item.quarters)
        energy += amount
        fiber += amount if dish.per_quarter[4] is not None else 0.0
        sodium += amount if dish.per_quarter[5] is not None else 0.0
        priced += amount if dish.cost_milli is not None else 0.0
    if not energy:
        return Coverage(date, 0.0, 0.0, 0.0)
    return Coverage(date, round(fiber / energy, 4), round(sodium / energy, 4), round(priced / energy, 4))
