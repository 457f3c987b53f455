"""Talking to the person at the terminal: short lines, progress on long steps, one clear line on refusal."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import NoReturn

HEARTBEAT_SECONDS = 10
LINES_SHOWN_OF_A_FAILURE = 30


def say(message: str) -> None:
    """One line on standard output, at once."""
    print(f"athleat: {message}", flush=True)


def fail(message: str, *, code: int = 1) -> NoReturn:
    """One line on standard error, then the process ends with `code`."""
    sys.stdout.flush()
    print(f"athleat: {message}", file=sys.stderr, flush=True)
    raise SystemExit(code)


def end_on_terminate() -> None:
    """TERM and HUP end the process like Ctrl-C does: through the `finally` blocks, so that no child is left behind."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    # A shell that starts a command in the background has it ignore INT; Ctrl-C from a wrapper must still work.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class StepFailed(Exception):
    """A step's command ended with an error; `output` holds its last lines."""

    def __init__(self, label: str, code: int, output: str) -> None:
        super().__init__(f"{label}: exit code {code}")
        self.output = output


def run_step(label: str, argv: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: str | None = None) -> None:
    """Runs a command quietly, telling every ten seconds that it still runs. Raises `StepFailed` when it fails."""
    say(f"{label} …")
    started = time.monotonic()
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        child = subprocess.Popen(argv, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            while True:
                try:
                    code = child.wait(timeout=HEARTBEAT_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    say(f"{label} … {time.monotonic() - started:.0f} s")
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()
        if code != 0:
            log.seek(0)
            # pip names every package that another Python version would have needed.
            lines = [line for line in log if not line.startswith("Ignoring ")]
            raise StepFailed(label, code, "".join(lines[-LINES_SHOWN_OF_A_FAILURE:]))
    say(f"{label}: done in {time.monotonic() - started:.1f} s")
