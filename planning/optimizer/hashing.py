"""Fingerprint of a problem: same inputs, same hash, in any process and for any dictionary order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from planning.optimizer.types import ENGINE_VERSION, Dish, Problem, check_problem


@lru_cache(maxsize=1)
def _libraries() -> tuple[str, str]:
    return version("highspy"), version("numpy")


def engine_versions() -> dict[str, str]:
    """Versions that may change a plan although its inputs stay the same."""
    highspy, numpy = _libraries()
    return {"engine": ENGINE_VERSION, "highspy": highspy, "numpy": numpy}


def inputs_hash(problem: Problem) -> str:
    """`sha256:…` over canonical JSON of every field of the problem and the solver versions.

    Days, slots, dishes, fixed and previous meals are sets in meaning, so their order does not count;
    3 and 3.0 are the same number.
    """
    check_problem(problem)
    rest = {
        item.name: _canonical(getattr(problem, item.name), item.name)
        for item in fields(problem)
        if item.name != "dishes"
    }
    digest = hashlib.sha256(_text({"problem": rest, "versions": engine_versions()}).encode("ascii"))
    for text in sorted(_dish_text(dish) for dish in problem.dishes):
        digest.update(b"\n" + text.encode("ascii"))
    return "sha256:" + digest.hexdigest()


def derive_seed(problem: Problem) -> int:
    """The problem's own seed, else the first 32 bits of its hash."""
    if problem.seed is not None:
        return problem.seed
    return int(inputs_hash(problem).removeprefix("sha256:")[:8], 16)


# Dishes are most of a problem and the same ones from solve to solve: equal dishes have equal texts.
@lru_cache(maxsize=16384)
def _dish_text(dish: Dish) -> str:
    return _text(_canonical(dish))


def _text(document: Any) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


# What a problem rarely asks for is no part of its hash while it does not.
_UNASKED = {"fat_most_g", "before"}
_ORDERED = {"per_quarter", "leftover_of"}


def _canonical(value: Any, name: str = "") -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        known = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {
            name: _canonical(entry, name) for name, entry in known if entry not in (None, ()) or name not in _UNASKED
        }
    if isinstance(value, dict):
        return {str(key): _canonical(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list, set, frozenset)):
        entries = [_canonical(entry) for entry in value]
        if name in _ORDERED:
            return entries
        return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
