"""How near each way of learning expenditure comes to the truth of simulated athletes: mean absolute error, kcal/d.

Prints the table of docs/science.md: 400 athletes, 84 days, mean over seeds, 90 % coverage in brackets. Arguments:
`--seeds N` (default 3), `--athletes N` (default 400).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import perf_counter

import numpy as np

from tests.planning.science import expenditure_simulation as sim

DAYS = (14, 28, 56, 84)
Answer = tuple[float, float | None]


def scalar(*, rho: float | None = None, window: int = 14, hop: int = 14, inflation: float | None = None) -> Callable:
    """An estimator that runs the product's filter with these settings."""

    def estimate(cohort: sim.Cohort) -> Callable[[int], tuple[np.ndarray, np.ndarray]]:
        steps = sim.run_product_filter(cohort, rho=rho, window=window, hop=hop, inflation=inflation)
        return lambda day: sim.at_day(steps, day)

    return estimate


def simple(function: Callable[[sim.Cohort, int], np.ndarray]) -> Callable:
    """An estimator that states no uncertainty."""
    return lambda cohort: lambda day: (function(cohort, day), None)


def two_state(cohort: sim.Cohort) -> Callable[[int], tuple[np.ndarray, np.ndarray]]:
    return lambda day: sim.two_state_filter(cohort, day)


ESTIMATORS: dict[str, tuple[Callable, int]] = {
    "formula only": (simple(sim.formula_only), 14),
    "naive two-point 14 d, 7700": (simple(sim.naive_two_point), 14),
    "scalar 14 d, 7700": (scalar(rho=sim.KCAL_PER_KG_RULE), 14),
    "scalar 14 d, Forbes rho (product)": (scalar(), 14),
    "scalar 21 d, weekly hop, R x3": (scalar(window=21, hop=7, inflation=3), 21),
    "scalar 28 d, weekly hop, R x4": (scalar(window=28, hop=7, inflation=4), 28),
    "2-state daily filter": (two_state, 14),
}
SCENARIOS: dict[str, dict[str, float]] = {
    "steady": {},
    "cut of 400 kcal": {"goal_kcal": -400.0},
    "food logged 10 % short": {"log_bias": -0.10},
    "menstrual water 0.4 kg": {"menstrual_kg": 0.4},
}


def measure(
    estimator: Callable, cohorts: list[sim.Cohort], first: int
) -> tuple[list[tuple[float, float, float | None] | None], float]:
    """(mean absolute error, bias, coverage) on each day, and seconds taken."""
    began = perf_counter()
    sums: list[list[tuple[float, float, float | None]]] = [[] for _ in DAYS]
    for cohort in cohorts:
        at = estimator(cohort)
        for row, day in zip(sums, DAYS, strict=True):
            if day < first:
                continue
            x, sd = at(day)
            covered = None if sd is None else sim.coverage(cohort, day, x, sd)
            row.append((sim.error(cohort, day, x), float((x - cohort.truth(day)).mean()), covered))
    cells = []
    for row in sums:
        if not row:
            cells.append(None)
            continue
        errors, biases, covers = zip(*row, strict=True)
        known = [value for value in covers if value is not None]
        cells.append((float(np.mean(errors)), float(np.mean(biases)), float(np.mean(known)) if known else None))
    return cells, perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--athletes", type=int, default=400)
    options = parser.parse_args()
    for title, settings in SCENARIOS.items():
        cohorts = [sim.simulate(seed=seed, athletes=options.athletes, **settings) for seed in range(options.seeds)]
        print(f"\n{title}: MAE, bias [90 % coverage], {options.seeds} x {options.athletes} athletes")
        print(f"{'':36}" + "".join(f"{'d' + str(day):>20}" for day in DAYS) + f"{'s':>7}")
        for name, (estimator, first) in ESTIMATORS.items():
            cells, seconds = measure(estimator, cohorts, first)
            texts = []
            for cell in cells:
                if cell is None:
                    texts.append("-")
                    continue
                error, bias, covered = cell
                texts.append(f"{error:.0f}, {bias:+.0f}" + ("" if covered is None else f" [{covered:.2f}]"))
            print(f"{name:36}" + "".join(f"{text:>20}" for text in texts) + f"{seconds:7.1f}")


if __name__ == "__main__":
    main()
