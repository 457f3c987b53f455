"""Reading what strangers wrote in a process of its own, which can be ended; a thread cannot.

`limit_process` is for the child, `ask_child` for whoever waits for it. This module knows nothing of Django, so that a
child that imports it starts fast.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_LOADER_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class ChildAnswer:
    """What a child wrote. `finished` is False when it was ended by a limit: then `output` may stop anywhere."""

    output: bytes
    finished: bool
    timed_out: bool = False


def limit_process(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Limits this process from now on, as far as the system knows such limits; beyond them it is ended.

    May be called again: then the processor's seconds count anew.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        # A parent that ignores this signal would have handed that down, and the limit would end nothing.
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        spent = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(spent.ru_utime + spent.ru_stime) + cpu_seconds
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = seconds if hardest == resource.RLIM_INFINITY else min(seconds, hardest)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hardest))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def ask_child(*, module: str, content: bytes, seconds: float) -> ChildAnswer:
    """Runs `main()` of a module as a program with `content` as its standard input, for at most `seconds`."""
    # Imported here, for the child imports this module too and would pay for it.
    import subprocess

    try:
        # No environment but what the loader needs: a file that finds a hole in the parser finds no secret there.
        child = subprocess.run(
            # Without the search for site packages, and imported so that its bytecode is kept: half of the start.
            [sys.executable, "-S", "-s", "-c", f"import sys; from {module} import main; sys.exit(main())"],
            input=content,
            capture_output=True,
            timeout=seconds,
            cwd=_PROJECT,
            env={
                "PYTHONPATH": _import_path(),
                "PYTHONIOENCODING": "utf-8",
                **{name: os.environ[name] for name in _LOADER_VARIABLES if name in os.environ},
            },
            check=False,
        )
    except subprocess.TimeoutExpired as ended:
        return ChildAnswer(ended.stdout or b"", finished=False, timed_out=True)
    return ChildAnswer(child.stdout, finished=child.returncode == 0)


def _import_path() -> str:
    """Where the project and its libraries are: named to the child, who then need not look for them."""
    return os.pathsep.join(dict.fromkeys([str(_PROJECT), *(path for path in sys.path if os.path.isabs(path))]))
