"""The one rule for an unspecified sex: compute with both references and take the mean."""

from __future__ import annotations

from collections.abc import Callable

from planning.science.types import Sex


def average_over_sex(sex: Sex | None, calculate: Callable[[Sex], float]) -> float:
    """Return calculate(sex), or the mean of the results for M and F when sex is None."""
    if sex is not None:
        return calculate(sex)
    return (calculate("M") + calculate("F")) / 2
