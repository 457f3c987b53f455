"""`python -m script.support.after_migrations [--load-catalogue] COMMAND …`: waits until the database is there and
migrated, then becomes COMMAND.

The image does not migrate by itself, and a worker or a beat without its tables only fails; the web server needs no such
wait. `nutrition-ai migrate` is all an operator has to do: the worker brings the catalogue up to date first.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

from script.support.roles import ROOT, say_json

PAUSE_SECONDS = 5.0
REMINDER_SECONDS = 60.0
LOAD_CATALOGUE = "--load-catalogue"


def wait_until(check: Callable[[], bool], *, say: Callable[[str], None], pause_seconds: float = PAUSE_SECONDS) -> None:
    """Returns when `check` says yes, telling at first and every minute what is waited for."""
    told_at: float | None = None
    while not check():
        if told_at is None or time.monotonic() - told_at >= REMINDER_SECONDS:
            told_at = time.monotonic()
            say("waiting for the database and its migrations (run: nutrition-ai migrate)")
        time.sleep(pause_seconds)


def is_migrated() -> bool:
    """Whether the database answers and no migration is pending."""
    check = [sys.executable, str(ROOT / "manage.py"), "migrate", "--check"]
    return subprocess.run(check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def main() -> None:
    command = sys.argv[1:]
    with_catalogue = command[:1] == [LOAD_CATALOGUE]
    if with_catalogue:
        command = command[1:]
    if not command:
        sys.exit("usage: python -m script.support.after_migrations [--load-catalogue] COMMAND …")
    wait_until(is_migrated, say=say_json)
    if with_catalogue:
        subprocess.run([sys.executable, str(ROOT / "manage.py"), "load_catalogue"], check=True)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
