"""Problems to measure the planner with: the frozen thirty over synthetic catalogues, and real and enlarged ones."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from planning.checker import Certificate
from planning.optimizer import Problem, Solved
from tests.planning.optimizer.cases import check_solved
from tests.planning.optimizer.generator import Athlete, Catalogue, make_athlete, make_catalogue

ATHLETES = 30
JITTER = 0.12


@dataclass(frozen=True)
class Case:
    """One athlete-week with what the independent check of its plan needs."""

    name: str
    problem: Problem
    catalogue: Catalogue
    athlete: Athlete

    def check(self, solved: Solved) -> Certificate:
        return check_solved(self.catalogue, self.athlete, solved, self.problem)


def synthetic_cases(size: int, *, seed: int, athletes: int = ATHLETES) -> Iterator[Case]:
    """The first athletes of the frozen thirty over a synthetic catalogue of this size."""
    catalogue = make_catalogue(size, seed)
    for number in range(athletes):
        athlete = make_athlete(catalogue, 1000 + number)
        yield Case(f"synthetic-{size}-{seed}-{number:02}", athlete.problem, catalogue, athlete)


def enlarge(problem: Problem, size: int, *, seed: int = 1) -> Problem:
    """The problem with jittered copies of its own dishes, each a new family, up to about `size` dishes in all.

    Copies differ by up to 12 % in every amount and in price, time and preference, and keep slots and tags.
    """
    rng = random.Random(seed)
    dishes = list(problem.dishes)
    free = [dish for dish in dishes if dish.slots]
    while free and len(dishes) < size:
        model = free[len(dishes) % len(free)]
        number = len(dishes)

        def shaken(value: int | None) -> int | None:
            return None if value is None else round(value * rng.uniform(1 - JITTER, 1 + JITTER))

        carbs, protein, fat = (shaken(model.per_quarter[row]) or 0 for row in (2, 1, 3))
        before = 4 * (model.per_quarter[2] or 0) + 4 * (model.per_quarter[1] or 0) + 9 * (model.per_quarter[3] or 0)
        factor = (model.per_quarter[0] or 0) / before if before else 0.0
        energy = round(factor * (4 * carbs + 4 * protein + 9 * fat))
        dishes.append(
            replace(
                model,
                key=f"{model.key}-copy-{number:04}",
                family=f"{model.family}-copy-{number:04}",
                per_quarter=(energy, protein, carbs, fat, shaken(model.per_quarter[4]), shaken(model.per_quarter[5])),
                prep_minutes=shaken(model.prep_minutes) or 0,
                cost_milli=shaken(model.cost_milli),
                preference=min(1.0, max(0.0, model.preference + rng.uniform(-0.15, 0.15))),
            )
        )
    return replace(problem, dishes=tuple(dishes))


def swap_hardest_and_easiest(problem: Problem) -> Problem:
    """The same week with the needs of its hardest and its easiest day exchanged: training that moved."""
    days = sorted(problem.days, key=lambda day: day.energy_kcal)
    easiest, hardest = days[0], days[-1]
    dates = {easiest.date: hardest, hardest.date: easiest}
    return replace(
        problem,
        days=tuple(replace(dates[day.date], date=day.date) if day.date in dates else day for day in problem.days),
    )


def digest(problem: Problem) -> str:
    """A fingerprint of what a plan is judged by, the same over engine releases as long as the problem is the same.

    Names, seeds and whatever stands at its default do not count, nor what a dish uses of foods that nobody has at home.
    """
    dishes = tuple(replace(dish, stock_use=dish.stock_use if problem.stock else ()) for dish in problem.dishes)
    bare = replace(problem, dishes=dishes, seed=None, iterations=None, objective_version="", catalogue_version="")
    return hashlib.sha256(json.dumps(_plain(bare), sort_keys=True).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kept = [one for one in fields(value) if one.name != "name" and getattr(value, one.name) != one.default]
        return {one.name: _plain(getattr(value, one.name)) for one in kept}
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value
