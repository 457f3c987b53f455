"""The weekly plan solver: pure Python, numpy and HiGHS, no Django.

`solve(problem)` returns `Solved` or `Infeasible`; `planning.checker` decides whether a plan may be stored.
"""

from planning.optimizer.diff import Change, Diff, diff
from planning.optimizer.hashing import derive_seed, engine_versions, inputs_hash
from planning.optimizer.relax import apply_relaxation
from planning.optimizer.solve import solve
from planning.optimizer.types import (
    ENGINE_VERSION,
    NUTRIENTS,
    OBJECTIVE_VERSION,
    Conflict,
    Coverage,
    DayNeed,
    Dish,
    Fixed,
    Infeasible,
    Item,
    Previous,
    Problem,
    ProblemError,
    Relaxation,
    Rules,
    SlotNeed,
    Solved,
    Waiver,
)

__all__ = [
    "ENGINE_VERSION",
    "NUTRIENTS",
    "OBJECTIVE_VERSION",
    "Change",
    "Conflict",
    "Coverage",
    "DayNeed",
    "Diff",
    "Dish",
    "Fixed",
    "Infeasible",
    "Item",
    "Previous",
    "Problem",
    "ProblemError",
    "Relaxation",
    "Rules",
    "SlotNeed",
    "Solved",
    "Waiver",
    "apply_relaxation",
    "derive_seed",
    "diff",
    "engine_versions",
    "inputs_hash",
    "solve",
]
