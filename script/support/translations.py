"""`script/translations extract|compile|check`: the texts of the product in other languages."""

from __future__ import annotations

import subprocess
import sys

from script.support.console import end_on_terminate
from script.support.environment import ROOT, ensure_environment


def main() -> None:
    end_on_terminate()
    python = ensure_environment(development=True)
    command = [str(python), "-m", "script.support.translating", *sys.argv[1:]]
    raise SystemExit(subprocess.run(command, cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
