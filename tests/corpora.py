"""A corpus in one test: each of its cases is tried, and the failure names every case that does not hold."""

from __future__ import annotations

import functools
import inspect
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Test = Callable[..., None]
# Of a long case, or of what a check says about it, the beginning tells which it is.
LONGEST_TOLD = 600


def for_every(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Test], Test]:
    """Tries a test with every case of a corpus, as `pytest.mark.parametrize` does, but as one test.

    `names` are the parameters that a case fills: one name takes the case as it is, several take it apart. The other
    parameters are fixtures, which all cases share: a case must leave them as it found them. Two of these above each
    other try every pair. A corpus without a case is refused, for it would prove nothing.
    """
    wanted = (names,) if isinstance(names, str) else names
    corpus = [(case,) if isinstance(names, str) else tuple(case) for case in cases]
    assert corpus, f"no case of {', '.join(wanted)}"

    def decorate(test: Test) -> Test:
        parameters = inspect.signature(test).parameters

        @functools.wraps(test)
        def whole(**fixtures: Any) -> None:
            failing = []
            for case in corpus:
                # What a test may raise is no reason to leave the rest of the corpus untried.
                try:
                    test(**fixtures, **dict(zip(wanted, case, strict=True)))
                except (Exception, pytest.fail.Exception) as error:
                    reason = f"{type(error).__name__}: {short(str(error))}"
                    failing.append(f"{told(case)}\n{textwrap.indent(reason, '    ')}")
            if failing:
                pytest.fail(f"{len(failing)} of {len(corpus)} cases fail:\n" + "\n".join(failing), pytrace=False)

        fixtures = [parameter for name, parameter in parameters.items() if name not in wanted]
        whole.__signature__ = inspect.Signature(fixtures)  # type: ignore[attr-defined]
        return whole

    return decorate


def told(case: tuple[Any, ...]) -> str:
    """A case by the names that its parts have, or as they are written in Python."""
    return short(", ".join(getattr(part, "name", None) or repr(part) for part in case))


def short(text: str) -> str:
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + " …"
