"""Processes that a test starts, and kills, and a database for them: neither has to begin from nothing.

Loading the product takes a process two seconds, migrating an empty database and loading the catalogue more than that.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection

from tests.first_database import copy_database, disconnect, remove_database

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 120
_numbers = count(1)


class Born:
    """A process of a nursery: it can be killed, and what it has printed so far can be read."""

    def __init__(self, nursery: Nursery, number: int, output: Path) -> None:
        self.nursery, self.number, self.output = nursery, number, output

    def printed(self) -> list[str]:
        return self.output.read_text(encoding="utf-8").splitlines() if self.output.exists() else []

    def wait_for(self, line: str) -> None:
        """Until it has printed this line."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while line not in self.printed():
            assert time.monotonic() < deadline, self.printed()
            time.sleep(0.02)

    def kill(self) -> None:
        os.kill(self.number, signal.SIGKILL)
        assert self.wait() == -signal.SIGKILL

    def wait(self) -> int:
        """Its exit code, once it has ended; a signal that ended it is negative."""
        return self.nursery.order(wait=self.number)


class Nursery:
    """A process in which the product is loaded and no database is open; every other one is a fork of it.

    `modules` are loaded and `learn` (Python that starts no thread) is run beforehand. `environ` holds for all of them,
    hence also their database and their folder.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str], *modules: str, learn: str = "") -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery", *modules],
            cwd=ROOT,
            env={**environ, "DJANGO_SETTINGS_MODULE": "nutrition_site.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        if learn:
            assert self.order(learn=learn) == 0

    def order(self, **order: Any) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        # An order is answered by one line, so nothing of it can be left in the buffer.
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE_SECONDS)
        assert ready, f"no answer to {order}"
        return int(self._process.stdout.readline())

    def start(self, code: str) -> Born:
        """A process that runs this Python and ends."""
        output = self.folder / f"process-{next(_numbers)}.txt"
        return Born(self, self.order(code=code, output=str(output)), output)

    def run(self, code: str) -> list[str]:
        """The lines that a process printed which ran this Python to its end."""
        born = self.start(code)
        assert born.wait() == 0, "\n".join(born.printed())
        return born.printed()

    def close(self) -> None:
        """Ends it, and whichever of its processes a failed test left behind."""
        with self._process:
            os.killpg(self._process.pid, signal.SIGKILL)


@contextmanager
def database_copy(folder: Path) -> Iterator[str]:
    """The address (`DATABASE_URL`) of a copy of the test database as it is now; there until the end of the block.

    It lies on the PostgreSQL server of the run, or in a SQLite file in the folder. The caller is in no transaction, for
    PostgreSQL copies only what nobody is connected to.
    """
    place = connection.settings_dict
    if connection.vendor != "postgresql":
        copy = folder / "copy.sqlite3"
        copy_database(place["NAME"], str(copy))
        yield f"sqlite:///{copy}"
        return
    name = f"copy_{os.getpid()}_{next(_numbers)}"
    disconnect()
    copy_database(place["NAME"], name)
    login = f"{place['USER']}:{place['PASSWORD']}@" if place["USER"] else ""
    try:
        yield f"postgres://{login}{place['HOST']}:{place['PORT']}/{name}"
    finally:
        remove_database(name)
