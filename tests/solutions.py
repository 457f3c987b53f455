"""Weeks that the planner has solved in this run: the same problem is solved once, however many tests begin with it."""

from __future__ import annotations

from planning.optimizer.hashing import inputs_hash
from planning.optimizer.solve import Progress
from planning.optimizer.solve import solve as solve_anew
from planning.optimizer.types import Infeasible, Problem, Solved

# With less time than this the clock may decide what is found, and that is what such a test is about.
LEAST_SECONDS = 5.0


class Solutions:
    """Stands in the services for the planner's `solve`, which gives equal answers to equal problems.

    That it does, `tests/planning/optimizer` shows on the planner itself, of which nothing is remembered; so it is with
    what processes of their own solve. An answer that the clock cut short is never kept.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[Solved | Infeasible, list[tuple[str, float]]]] = {}

    def __call__(
        self, problem: Problem, *, deadline_seconds: float = 20.0, progress: Progress | None = None
    ) -> Solved | Infeasible:
        told: list[tuple[str, float]] = []

        def note(stage: str, fraction: float) -> None:
            told.append((stage, fraction))
            if progress is not None:
                progress(stage, fraction)

        if deadline_seconds < LEAST_SECONDS:
            return solve_anew(problem, deadline_seconds=deadline_seconds, progress=progress)
        key = inputs_hash(problem)
        if key not in self._known:
            answer = solve_anew(problem, deadline_seconds=deadline_seconds, progress=note)
            if not answer.truncated:
                self._known[key] = answer, told
            return answer
        answer, stages = self._known[key]
        if progress is not None:
            for stage, fraction in stages:
                progress(stage, fraction)
        return answer

    def forget(self) -> None:
        """The next plan is searched for anew."""
        self._known.clear()
