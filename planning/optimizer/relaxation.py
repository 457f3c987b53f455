"""The week as a linear program: its bound, its prices, and (with slacks) what an impossible week lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from planning.optimizer.assembly import DINNER, DURING, Assembly, Member, Name
from planning.optimizer.columns import Columns
from planning.optimizer.limits import DEVIATION_WEIGHT, DayLimits, Floats, Ints

__all__ = ["DEVIATION_WEIGHT", "DINNER", "DURING", "Basis", "Member", "Outcome", "WeekProgram"]


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a simplex run ended: the status of each named column and row, for a warm start on another subset."""

    columns: Mapping[Name, Any]
    rows: Mapping[Name, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An LP answer. `status` is optimal, infeasible or unknown.

    share: portion of each slot group that a column fills (0..1 per meal), quarters: its mean amount, reduced: reduced
    cost of every column at its better end, bound: a lower bound for every plan, slack: relative use of each slack.
    """

    status: str
    value: float = float("nan")
    bound: float = float("nan")
    share: Floats = field(default_factory=lambda: np.zeros(0))
    quarters: Floats = field(default_factory=lambda: np.zeros(0))
    reduced: Floats = field(default_factory=lambda: np.zeros(0))
    slack: Mapping[Member, float] = field(default_factory=dict)
    basis: Basis | None = field(default=None, repr=False, compare=False)


class WeekProgram:
    """Builds and solves the LP over a subset of the columns.

    `off` removes requirements by member (kind, day or tag); `slack` gives kinds an elastic slack at a weight per unit
    of relative violation; with `priced=False` only the slacks cost anything.
    """

    def __init__(
        self,
        columns: Columns,
        limits: tuple[DayLimits, ...],
        *,
        off: frozenset[Member] = frozenset(),
        slack: Mapping[str, float] | None = None,
        priced: bool = True,
    ) -> None:
        self.columns, self.limits, self.off, self.priced = columns, limits, off, priced
        self.slack = dict(slack or {})

    def solve(
        self,
        subset: Ints,
        *,
        seconds: float = 20.0,
        presolve: bool = False,
        warm: Basis | None = None,
        keep_basis: bool = False,
        steps: int | None = None,
    ) -> Outcome:
        """Solve over `subset` (column numbers, sorted) and price every column; `warm` is an earlier subset's basis.

        After `steps` iterations of the simplex method the status is unknown.

        The basis of the answer is kept only on demand: naming every column costs as much as reading the solution.
        """
        rows = Assembly(self.columns, self.limits, subset, off=self.off, slack=self.slack, priced=self.priced)
        rows.build()
        return _run(rows, seconds, presolve, warm, keep_basis, steps)


def _run(
    rows: Assembly, seconds: float, presolve: bool, warm: Basis | None, keep_basis: bool, steps: int | None
) -> Outcome:
    import highspy  # only here: the library must not be loaded before a worker process forks

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, setting in (
        ("output_flag", False),
        ("threads", 1),
        ("solver", "simplex"),
        # Rows are scaled by their targets already.
        ("simplex_scale_strategy", 0),
        ("presolve", "on" if presolve else "off"),
        ("random_seed", 0),
        ("time_limit", max(0.05, seconds)),
    ):
        solver.setOptionValue(name, setting)
    if steps is not None:
        solver.setOptionValue("simplex_iteration_limit", steps)
    solver.passModel(_model(highspy, rows))
    if warm is not None:
        # Columns were added to an optimum, so it is still primal feasible: the primal simplex goes on from there.
        solver.setOptionValue("simplex_strategy", 4)
        solver.setBasis(_basis(highspy, rows, warm))
    solver.run()
    status = solver.getModelStatus()
    known = highspy.HighsModelStatus
    if status == known.kInfeasible:
        return Outcome("infeasible")
    if status != known.kOptimal:
        if presolve or steps is not None:
            return Outcome("unknown")
        return _run(rows, seconds, True, None, keep_basis, steps)
    solution = solver.getSolution()
    return _outcome(
        rows,
        float(solver.getInfo().objective_function_value),
        np.array(solution.col_value),
        np.round(np.array(solution.row_dual), 9),
        _kept_basis(rows, solver.getBasis()) if keep_basis else None,
    )


def _kept_basis(rows: Assembly, basis: Any) -> Basis:
    return Basis(
        dict(zip(rows.column_names(), basis.col_status, strict=True)),
        dict(zip(rows.row_names, basis.row_status, strict=True)),
    )


def _model(highspy: Any, built: Assembly) -> Any:
    rows, cols = np.concatenate(built.row_parts), np.concatenate(built.col_parts)
    values = np.concatenate(built.value_parts)
    total = built.width + len(built.extra_cost)
    order = np.argsort(cols * len(built.row_low) + rows, kind="stable")
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = total, len(built.row_low)
    program.col_cost_ = np.concatenate([built.cost, np.array(built.extra_cost)])
    program.col_lower_ = np.zeros(total)
    program.col_upper_ = np.concatenate([np.full(built.width, np.inf), np.array(built.extra_high)])
    program.row_lower_, program.row_upper_ = np.array(built.row_low), np.array(built.row_high)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(cols, minlength=total))]).astype(np.int32)
    program.a_matrix_.index_ = rows[order].astype(np.int32)
    program.a_matrix_.value_ = values[order]
    return program


def _basis(highspy: Any, built: Assembly, warm: Basis) -> Any:
    status = highspy.HighsBasisStatus
    basis = highspy.HighsBasis()
    basis.col_status = [warm.columns.get(name, status.kLower) for name in built.column_names()]
    basis.row_status = [warm.rows.get(name, status.kBasic) for name in built.row_names]
    basis.valid = True
    return basis


def _outcome(built: Assembly, value: float, primal: Floats, dual: Floats, basis: Basis | None) -> Outcome:
    columns = built.columns
    size = len(columns.group)
    share, quarters = np.zeros(size), np.zeros(size)
    np.add.at(share, built.column, primal[: built.width])
    np.add.at(quarters, built.column, primal[: built.width] * built.amount)
    quarters = np.divide(quarters, share, out=np.zeros(size), where=share > 1e-9)
    slack: dict[Member, float] = {}
    for number, member in built.extra_member.items():
        if primal[number] > 1e-7:
            slack[member] = slack.get(member, 0.0) + float(primal[number])
    reduced = built.reduced(dual)
    bound = value
    for group in columns.groups:
        part = reduced[group.start : group.stop]
        if len(part):
            bound += len(group.needs) * min(0.0, float(np.min(part)))
    rounded = np.asarray(np.round(reduced, 9), dtype=np.float64)
    return Outcome("optimal", value, bound - 1e-6, share, quarters, rounded, slack, basis)
