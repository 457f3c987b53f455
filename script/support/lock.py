"""`script/lock [--upgrade]`: every package the `.in` files lead to, pinned with its hashes, for Python 3.11 and newer.

Without `--upgrade` a version stays as long as the `.in` files allow it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

from script.support.console import end_on_terminate, fail, say
from script.support.environment import ROOT, ensure_environment, read_pip_settings, uv_environment

FLOOR = "3.11"


def lock(python: Path, source: str, target: str, *, upgrade: bool, constraints: str | None = None) -> None:
    """Writes `target` from `source`; ends the process when they cannot be resolved."""
    argv = [
        str(python),
        "-m",
        "uv",
        "pip",
        "compile",
        source,
        "--output-file",
        target,
        "--universal",
        "--generate-hashes",
    ]
    argv += ["--python-version", FLOOR, "--quiet"]
    argv += ["--custom-compile-command", "script/lock", "--no-emit-index-url"]
    argv += ["--constraints", constraints] if constraints else []
    argv += ["--upgrade"] if upgrade else []
    environ = uv_environment(os.environ, read_pip_settings(python))
    if subprocess.run(argv, cwd=ROOT, env=environ, check=False).returncode != 0:
        fail(f"{source} could not be resolved (see above); {target} is unchanged.")
    check_portable(ROOT / target)
    say(f"wrote {target}")


def check_portable(path: Path) -> None:
    """A lock is the same for everybody: ends the process when `path` names an index or a folder of this machine."""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if re.search(r"://|^--(?:index|extra|find)|file:", line) or str(ROOT) in line:
            fail(f"{path.name}, line {number}, names a place of this machine: {line.strip()}")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="script/lock", description="Writes the two requirements files from the .in files."
    )
    parser.add_argument("--upgrade", action="store_true", help="take the newest allowed version of everything")
    arguments = parser.parse_args()
    end_on_terminate()
    python = ensure_environment(development=True)
    lock(python, "requirements.in", "requirements.txt", upgrade=arguments.upgrade)
    # The runtime lock decides, so that tests run on exactly what is deployed.
    lock(
        python, "requirements-dev.in", "requirements-dev.txt", upgrade=arguments.upgrade, constraints="requirements.txt"
    )
    lock(python, "requirements-e2e.in", "requirements-e2e.txt", upgrade=arguments.upgrade)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
