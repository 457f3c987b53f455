"""`script/soak`: lists the soaks of `script/soak.d`; `script/soak NAME [ARGUMENTS]` runs one.

A soak is a program `script/soak.d/NAME.py` that tries many random cases and ends with 1 when one of them fails. It runs
as a bench does: in the development environment, with the project's top folder as working folder and on the import path.
"""

from __future__ import annotations

import os
import sys

from script.support.bench import describe, find_benches
from script.support.console import end_on_terminate, fail
from script.support.environment import ROOT, ensure_environment

FOLDER = ROOT / "script" / "soak.d"


def main() -> None:
    soaks = find_benches(FOLDER)
    if len(sys.argv) < 2:
        for name, path in soaks.items():
            print(f"{name:24} {describe(path)}")
        return
    path = soaks.get(sys.argv[1]) or fail(f"no soak {sys.argv[1]!r}; there is: {', '.join(soaks) or 'none'}", code=2)
    end_on_terminate()
    python = ensure_environment(development=True)
    sys.stdout.flush()
    # A soak may be called like an app; without -P it would be imported in the app's place.
    os.execve(python, [str(python), "-P", str(path), *sys.argv[2:]], {**os.environ, "PYTHONPATH": str(ROOT)})


if __name__ == "__main__":
    main()
