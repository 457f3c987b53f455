"""The golden vectors: published worked examples and days derived from the specification."""

import json
import math
from numbers import Real
from pathlib import Path

import pytest

from planning import science

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "science_vectors.json").read_text())["vectors"]


def mismatches(expected, got, tolerance, path="result"):
    """List every value that differs by more than its tolerance; text, flags and unknowns must be equal."""
    if isinstance(expected, dict):
        found = []
        for key, value in expected.items():
            allowed = tolerance.get(key, tolerance) if isinstance(tolerance, dict) else tolerance
            found += mismatches(value, got[key], allowed, f"{path}.{key}")
        return found
    if isinstance(expected, list):
        if len(expected) != len(got):
            return [f"{path}: {len(got)} values instead of {len(expected)}"]
        pairs = enumerate(zip(expected, got, strict=True))
        return [text for index, (one, two) in pairs for text in mismatches(one, two, tolerance, f"{path}[{index}]")]
    if isinstance(expected, Real) and not isinstance(expected, bool):
        allowed = tolerance
        if isinstance(tolerance, dict):
            names = ("default", "value", "kcal")
            allowed = next((tolerance[name] for name in names if name in tolerance), 0.5)
        return (
            [] if math.isclose(expected, got, rel_tol=0, abs_tol=allowed + 1e-9) else [f"{path}: {got} != {expected}"]
        )
    return [] if expected == got else [f"{path}: {got!r} != {expected!r}"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['id']}-{vector['function']}")
def test_a_golden_vector_is_reproduced(vector):
    result = getattr(science, vector["function"])(**vector["inputs"])

    assert mismatches(vector["expected"], result, vector["tolerance"]) == [], vector["source"]["citation"]


def test_all_thirty_two_vectors_are_read():
    assert len(VECTORS) == 32
