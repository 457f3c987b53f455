"""`script/bench`: lists the benches of `script/bench.d`; `script/bench NAME [ARGUMENTS]` runs one.

A bench is a program `script/bench.d/NAME.py` whose docstring says in its first line what it measures and in what unit.
It runs in the development environment with the project's top folder as working folder and on the import path.
"""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

from script.support.console import end_on_terminate, fail
from script.support.environment import ROOT, ensure_environment

FOLDER = ROOT / "script" / "bench.d"


def find_benches(folder: Path) -> dict[str, Path]:
    """Benches by name, in order; a file whose name starts with an underscore is a helper of others."""
    return {path.stem: path for path in sorted(folder.glob("*.py")) if not path.name.startswith("_")}


def describe(path: Path) -> str:
    """The first line of a bench's docstring."""
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "no description").splitlines()[0]


def main() -> None:
    benches = find_benches(FOLDER)
    if len(sys.argv) < 2:
        if not benches:
            print("No benches yet: a bench is a program script/bench.d/NAME.py.")
        for name, path in benches.items():
            print(f"{name:24} {describe(path)}")
        return
    path = benches.get(sys.argv[1]) or fail(
        f"no bench {sys.argv[1]!r}; there is: {', '.join(benches) or 'none'}", code=2
    )
    end_on_terminate()
    python = ensure_environment(development=True)
    sys.stdout.flush()
    os.execve(python, [str(python), str(path), *sys.argv[2:]], {**os.environ, "PYTHONPATH": str(ROOT)})


if __name__ == "__main__":
    main()
