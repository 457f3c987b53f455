"""A pytest plugin for parallel runs, loaded with `-p`: hence before Django reads its settings from the environment."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from script.support.environment import ROOT
from script.support.supervisor import end_with_parent
from script.support.test_suite import FIRST_DATABASE, separate

LEADS = "PYTEST_XDIST_WORKER" not in os.environ
_making: subprocess.Popen[bytes] | None = None

separate(os.environ)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Has the first database made while the processes of the run start and collect their tests."""
    global _making
    if not LEADS or config.option.collectonly:
        return
    folder = Path(os.environ["DATA_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    announced = folder / "first-database.txt"
    # Whoever wants to read the name waits for this lock, which ends with the process that has it: however it ends.
    with announced.open("w") as lock, announced.with_suffix(".log").open("w") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _making = subprocess.Popen(
            [sys.executable, "-m", "tests.first_database", _name(), str(announced)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock.fileno()],
            preexec_fn=end_with_parent,
        )
    os.environ[FIRST_DATABASE] = str(announced)


def pytest_unconfigure() -> None:
    """On a server that outlives the run no database is left."""
    if _making is None:
        return
    _making.terminate()
    _making.wait()
    from tests.first_database import remove_database

    # Whoever ends a run early may find it half made, and not announced yet.
    remove_database(Path(os.environ.pop(FIRST_DATABASE)).read_text(encoding="utf-8") or _name())


def _name() -> str:
    return f"first_{os.getpid()}"
