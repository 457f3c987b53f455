"""Runs several processes as one program: `script/server` and the container image both use it.

Children get their own process group, so a Ctrl-C reaches only the supervisor, which passes it on as TERM, once. The end
of an essential child ends everything; another child is started again, with growing pauses. As process 1 of a container
it also reaps what its children leave behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_POLL_SECONDS = 0.2
IDLE_POLL_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
PATIENCE_SECONDS = 20.0
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_child(child: subprocess.Popen[bytes]) -> None:
    """Ends a process started here, gently first."""
    child.terminate()
    try:
        child.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def end_with_parent() -> None:
    """Has the kernel send TERM when the supervisor dies without a chance to do so itself (Linux only)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True)
class Child:
    """A process to run. When an `essential` one ends, all end; others are started again."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None
    essential: bool = True


@dataclass
class _Running:
    child: Child
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause_seconds: float = 1.0
    start_again_at: float | None = field(default=None)


class Supervisor:
    """Starts `children`, forwards INT, TERM and HUP to them as TERM, and waits for all of them.

    `is_ready` is asked several times a second until it says yes; then `when_ready` is called once.
    A child that has not ended `grace_seconds` after TERM, or at a second signal, is killed.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        say: Callable[[str], None],
        grace_seconds: float = 30.0,
        is_ready: Callable[[], bool] | None = None,
        when_ready: Callable[[], None] | None = None,
    ) -> None:
        self._slots = [_Running(child) for child in children]
        self._say = say
        self._grace_seconds = grace_seconds
        self._is_ready = is_ready
        self._when_ready = when_ready
        self._signals: list[int] = []

    def run(self) -> int:
        """Runs until told to stop or until an essential child ends; returns the exit code for the whole."""
        with self._wakeups() as wakeup:
            code = 0
            try:
                for slot in self._slots:
                    self._start(slot)
                code = self._watch(wakeup)
            except OSError as error:
                self._say(f"could not start: {error}")
                code = 1
            finally:
                self._stop_all(wakeup)
            return code

    @contextlib.contextmanager
    def _wakeups(self) -> Iterator[socket.socket]:
        """Signals end a wait at once: Python writes a byte to a socket that the loop selects on."""
        reading, writing = socket.socketpair()
        reading.setblocking(False)
        writing.setblocking(False)
        earlier = {number: signal.getsignal(number) for number in (*STOP_SIGNALS, signal.SIGCHLD)}
        earlier_fd = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        try:
            for number in STOP_SIGNALS:
                signal.signal(number, lambda received, _frame: self._signals.append(received))
            signal.signal(signal.SIGCHLD, lambda *_: None)
            yield reading
        finally:
            for number, handler in earlier.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(earlier_fd)
            reading.close()
            writing.close()

    def _start(self, slot: _Running) -> None:
        slot.start_again_at = None
        slot.started = time.monotonic()
        slot.process = subprocess.Popen(
            list(slot.child.argv),
            env=None if slot.child.env is None else dict(slot.child.env),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def _watch(self, wakeup: socket.socket) -> int:
        announced = self._is_ready is None
        while True:
            for slot, code in self._reap():
                if slot.child.essential:
                    others = " stopping the others." if len(self._slots) > 1 else ""
                    self._say(f"{slot.child.name} ended unexpectedly ({describe_exit(code)});{others or ' stopping.'}")
                    return code if code > 0 else 1
                self._plan_restart(slot, code)
            if self._signals:
                return 0
            for slot in self._slots:
                if slot.start_again_at is not None and time.monotonic() >= slot.start_again_at:
                    self._start(slot)
            if not announced and self._is_ready is not None and self._is_ready():
                announced = True
                if self._when_ready is not None:
                    self._when_ready()
            self._wait(wakeup, READY_POLL_SECONDS if not announced else IDLE_POLL_SECONDS)

    def _plan_restart(self, slot: _Running, code: int) -> None:
        if time.monotonic() - slot.started > STEADY_SECONDS:
            slot.pause_seconds = 1.0
        self._say(f"{slot.child.name} ended ({describe_exit(code)}); starting it again in {slot.pause_seconds:.0f} s")
        slot.start_again_at = time.monotonic() + slot.pause_seconds
        slot.pause_seconds = min(slot.pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def _wait(self, wakeup: socket.socket, seconds: float) -> None:
        if select.select([wakeup], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                while wakeup.recv(512):
                    pass

    def _reap(self) -> list[tuple[_Running, int]]:
        """Children that have ended since the last call. Orphans handed to process 1 are reaped and forgotten."""
        ended: list[tuple[_Running, int]] = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if pid == 0:
                return ended
            for slot in self._slots:
                if slot.process is not None and slot.process.pid == pid:
                    code = os.waitstatus_to_exitcode(status)
                    # Popen would wait for a process that `waitpid` above has already taken.
                    slot.process.returncode = code
                    slot.process = None
                    # What the child itself had started (a pool, an embedded beat) must not outlive it.
                    _signal_group(pid, signal.SIGKILL)
                    ended.append((slot, code))

    def _stop_all(self, wakeup: socket.socket) -> None:
        alive = [slot for slot in self._slots if slot.process is not None]
        for slot in alive:
            assert slot.process is not None
            slot.process.send_signal(signal.SIGTERM)
        signals_seen = len(self._signals)
        deadline = time.monotonic() + self._grace_seconds
        killed = False
        while any(slot.process is not None for slot in self._slots):
            self._reap()
            running = [slot for slot in self._slots if slot.process is not None]
            if running and not killed and (time.monotonic() >= deadline or len(self._signals) > signals_seen):
                killed = True
                self._say("killing " + ", ".join(slot.child.name for slot in running))
                for slot in running:
                    assert slot.process is not None
                    _signal_group(slot.process.pid, signal.SIGKILL)
            if running:
                self._wait(wakeup, READY_POLL_SECONDS)


def _signal_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def describe_exit(code: int) -> str:
    """`exit code 3`, or the name of the signal that ended the process."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
