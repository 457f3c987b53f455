"""Why no plan exists, in words: meals nothing fits, requirements that exclude each other, changes that would help.

Allergens, diets, fat and the safety floors are never offered for relaxation. Every offer has been solved again. The
order of what is tried and how often is fixed, so that the same problem brings the same answer; the clock is a net.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planning.optimizer.columns import build_columns, short_groups
from planning.optimizer.conflicts import Core, find_conflicts, least_shortfall
from planning.optimizer.empty import find_empty_slots
from planning.optimizer.limits import DAY_ROWS, day_limits, excess
from planning.optimizer.relax import (
    CAPS,
    apply_relaxation,
    combine,
    describe,
    from_slack,
    large_steps,
    make_relaxation,
    small_steps,
    window_relaxations,
)
from planning.optimizer.solve import WAIVERS, Attempt, attempt
from planning.optimizer.subset import IMPOSSIBLE, solve_cheapest_miss
from planning.optimizer.types import Conflict, Infeasible, Problem, Relaxation
from planning.optimizer.words import say_miss

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
LET_GO_COST = 6.0
WINDOW_STEP_KCAL = 100.0
WINDOW_COST = 8.0
TRIES = 3
# A search that finds nothing takes longest: so many of them are enough for one refusal, or for one of guesses.
MOST_FAILED = 4
MOST_GUESSED = 9
GROWTH = 2.0
PATIENCE = 20
PROOF_SECONDS = 5.0
LEAST_SECONDS = 8.0
WANTED = 2
# A bundle of more kinds of change is nothing that a person would weigh.
MOST_KINDS = 2
BY_ROUNDING = "No plan was found within these limits; it may be a matter of rounding."
ONLY_ONE = "No other change that was tried gives a plan."


@dataclass(slots=True)
class _Offers:
    """Offers proved so far, in the order they were found."""

    problem: Problem
    seed: int
    deadline: float
    proven: list[Relaxation]
    tries: int = TRIES
    failed: int = 0
    most_failed: int = MOST_FAILED

    def late(self) -> bool:
        return time.monotonic() > self.deadline or self.failed >= self.most_failed

    def try_all(self, offers: Sequence[Relaxation], *, first: Collection[str] = ()) -> None:
        """Proves those of the `first` kinds, then the mildest, until enough are proved."""
        for offer in sorted(offers, key=lambda one: (one.kind not in first, _rank(one))):
            if self.late() or len(self.proven) >= WANTED:
                return
            shown = self._prove(offer)
            if shown is None or any(_contains(shown, one) for one in self.proven):
                continue
            self.proven = [one for one in self.proven if not _contains(one, shown)] + [shown]

    def _prove(self, offer: Relaxation) -> Relaxation | None:
        """The offer, enlarged or joined by others if needed, once a plan has been found with it."""
        joined = False
        for _ in range(self.tries):
            parts = offer.parts or (offer,)
            if any(part.kind in CAPS and part.amount > CAPS[part.kind](self.problem) + 1e-9 for part in parts):
                return None
            changed = apply_relaxation(self.problem, offer)
            if not _lets_in(changed, self.deadline):
                more = None if joined else _mixture(changed, self.deadline)
                if more is None:
                    return None
                offer, joined = combine([offer, more]), True
                continue
            until = min(self.deadline, time.monotonic() + PROOF_SECONDS)
            # The search of a real solve goes the same way up to its first plan; what it improves then is no proof.
            quick = replace(changed, iterations=0)
            run = attempt(quick, WAIVERS[-1], seed=self.seed, deadline=until, patience=PATIENCE, most_mended=1)
            if run.status == "solved":
                return offer
            self.failed += 1
            if self.late():
                return None
            offer = describe(self.problem, offer, offer.amount * GROWTH)
        return None


def explain(
    problem: Problem,
    *,
    reason: str,
    nearest: Attempt | None,
    seed: int,
    deadline: float,
    progress: Callable[[str, float], None],
) -> Infeasible:
    """Conflicts and proven relaxations of a problem that has no plan; at least eight seconds may be taken for it.

    `nearest` is what the search came to, if there was one.
    """
    deadline = max(deadline, time.monotonic() + LEAST_SECONDS)
    progress("explain", 0.0)
    offers = _Offers(problem, seed, deadline, [])
    cores: tuple[Core, ...] = ()
    if reason == "empty_slot":
        conflicts, certain = find_empty_slots(problem, deadline=deadline)
        if not certain:
            # A dish fits by less than the rounding that a proof is given: true as a search, not as a proof.
            reason = "not_found"
            conflicts = tuple(
                replace(one, codes=("not_found",), sentence=f"{BY_ROUNDING} {one.sentence}") for one in conflicts
            )
        progress("explain", 0.5)
        offers.try_all(window_relaxations(problem))
    else:
        conflicts, cores = find_conflicts(problem, seed=seed, deadline=deadline)
        progress("explain", 0.5)
        if cores:
            reason = "lp"
            _try_for_cores(offers, cores)
        else:
            reason = "not_found"
            missed = _nearest_miss(nearest)
            text = "No plan was found within these limits. None of them is impossible by itself."
            conflicts = (Conflict(("not_found",), f"{text}{say_miss(problem, missed)}", ()),)
            # Without a proof of what is wrong, these are guesses, and each costs a whole search.
            offers.tries, offers.most_failed = 1, MOST_GUESSED
            offers.try_all(_mends(missed))
            offers.try_all(small_steps(problem), first={kind for kind, _ in missed})
            offers.try_all(large_steps(problem))
    progress("explain", 1.0)
    proven = sorted(offers.proven, key=_rank)
    if len(proven) == 1 and not offers.late():
        proven = [replace(proven[0], sentence=f"{proven[0].sentence} {ONLY_ONE}")]
    return Infeasible(conflicts, tuple(proven), reason)


def _nearest_miss(run: Attempt | None) -> tuple[tuple[str, str], ...]:
    """The daily requirements, with their days, that the best plan of a search still breaks."""
    if run is None or run.found is None:
        return ()
    missed: list[tuple[str, str]] = []
    for number, (day, limits) in enumerate(zip(run.columns.days, run.limits, strict=True)):
        here = [place for place in run.positions if place.day == number]
        sums = np.sum([place.raw[:, run.found.choice[place.number]] for place in here], axis=0)
        outside = excess(np.asarray(sums, dtype=np.float64), limits)
        missed += [(DAY_ROWS[row], day.date) for row in np.flatnonzero(outside > 0) if row not in limits.prices]
    return tuple(missed)


def _mends(missed: Sequence[tuple[str, str]]) -> list[Relaxation]:
    """First steps for what the nearest plan misses, on the days where it does."""
    steps = {"energy": (3.0, 4.0), "carbs": (6.0, 2.0), "protein": (5.0, 2.0), "prep": (10.0, 0.5)}
    kinds = {kind for kind, _ in missed}
    if not kinds or not kinds <= set(steps):
        return []
    parts = [make_relaxation(kind, steps[kind][0], cost=steps[kind][1], day=date) for kind, date in missed]
    return [combine(parts)]


def _contains(larger: Relaxation, smaller: Relaxation) -> bool:
    """Whether one offer asks for all that the other asks for, and perhaps more."""

    def asks(offer: Relaxation) -> dict[tuple[str, str | None, str | None], float]:
        return {(part.kind, part.day, part.subject): part.amount for part in offer.parts or (offer,)}

    wanted = asks(larger)
    return all(wanted.get(key, -1.0) >= amount for key, amount in asks(smaller).items())


def _rank(offer: Relaxation) -> tuple[float, str, str, str]:
    return (offer.cost, offer.kind, offer.subject or "", offer.day or "")


def _try_for_cores(offers: _Offers, cores: Sequence[Core]) -> None:
    """One kind that every conflict holds is enough; else the cheapest mixtures; at last rules that are no limits."""
    problem = offers.problem
    kinds = [{kind for kind, _ in core.members} for core in cores]
    shared = [kind for kind in WEIGHTS if all(kind in held for held in kinds)]
    offers.try_all([offer for kind in shared for offer in _elastic(problem, {kind: WEIGHTS[kind]}, offers.deadline)])
    offers.try_all(_let_go(problem, cores))
    if len(offers.proven) < WANTED and not offers.late():
        left = dict(WEIGHTS)
        for _ in range(WANTED):
            mixture = _mixture(problem, offers.deadline, left)
            if mixture is None:
                break
            kinds_of = {part.kind for part in mixture.parts or (mixture,)}
            if len(kinds_of) <= MOST_KINDS and (mixture.kind == "combined" or mixture.kind not in shared):
                offers.try_all([mixture])
            dearest = max(mixture.parts or (mixture,), key=lambda part: part.cost)
            left.pop(dearest.kind, None)
    wider = make_relaxation("slot_window", WINDOW_STEP_KCAL, cost=WINDOW_COST)
    if _lets_in(apply_relaxation(problem, wider), offers.deadline):
        offers.try_all([wider])


def _let_go(problem: Problem, cores: Sequence[Core]) -> list[Relaxation]:
    """Meals that were locked, on the days where keeping them is part of every conflict of the day."""
    dates = {key for core in cores for kind, key in core.members if kind == "fixed" and key is not None}
    free = {meal.date for meal in problem.fixed if meal.reason != "eaten"}
    if not dates or not dates <= free:
        return []
    return [combine([make_relaxation("fixed", 1, cost=LET_GO_COST, day=date) for date in sorted(dates)])]


def _lets_in(problem: Problem, deadline: float) -> bool:
    """Whether the linear program has an answer: the cheap test before a search."""
    columns = build_columns(problem)
    if short_groups(columns):
        return False
    limits = tuple(day_limits(day, WAIVERS[-1]) for day in columns.days)
    shortfall = least_shortfall(columns, limits, seconds=max(0.1, deadline - time.monotonic()))
    return shortfall is not None and shortfall <= IMPOSSIBLE


def _mixture(problem: Problem, deadline: float, weights: dict[str, float] | None = None) -> Relaxation | None:
    """The cheapest set of relaxations that the linear program needs; None when it needs none or has no answer."""
    parts = _elastic(problem, dict(WEIGHTS) if weights is None else weights, deadline)
    return combine(parts) if parts else None


def _elastic(problem: Problem, weights: dict[str, float], deadline: float) -> list[Relaxation]:
    """What these kinds have to give, at least, for the linear program to have an answer."""
    seconds = deadline - time.monotonic()
    if seconds <= 0 or not weights:
        return []
    hurried = frozenset(day.date for day in problem.days) if "prep" in weights else frozenset[str]()
    columns = build_columns(problem, any_prep=hurried)
    if short_groups(columns):
        return []
    limits = tuple(day_limits(day, WAIVERS[-1]) for day in columns.days)
    outcome = solve_cheapest_miss(columns, limits, weights, seconds=seconds)
    if outcome.status != "optimal":
        return []
    return [offer for kind, weight in weights.items() for offer in from_slack(problem, kind, outcome.slack, weight)]
