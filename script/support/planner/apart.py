"""One problem in a process of its own: `python -m script.support.planner.apart MODE SECONDS` with a pickle on stdin.

MODE `ours` solves it with the planner, `highs` with the whole-week program. Prints one line of JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import resource
import subprocess
import sys
import time
from typing import Any

from script.support.environment import ROOT


def run_apart(mode: str, problem: Any, *, seconds: float = 0.0, hash_seed: str = "0") -> dict[str, Any]:
    """The answer of such a process; it stays on the processors of its parent."""
    command = [sys.executable, "-m", "script.support.planner.apart", mode, str(seconds)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        command, input=pickle.dumps(problem), cwd=ROOT, env=environment, capture_output=True, timeout=seconds + 120
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return json.loads(done.stdout)


def peak_mb() -> int:
    """The most memory this program has held; what its parent held before is not counted where the system can tell."""
    try:
        with open("/proc/self/status", encoding="utf-8") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    mode, seconds = sys.argv[1], float(sys.argv[2])
    problem = pickle.loads(sys.stdin.buffer.read())
    if mode == "highs":
        from script.support.planner.model import WeekModel

        started = time.perf_counter()
        model = WeekModel(problem)
        building = time.perf_counter() - started
        answer = model.solve(seconds=seconds)
        found = [(building + moment, value) for moment, value in answer.found]
        document = {"found": found, "objective": answer.objective, "bound": answer.bound, "status": answer.status}
    else:
        from planning.optimizer import solve

        started = time.perf_counter()
        plan = solve(problem)
        document = {"bytes": hashlib.sha256(repr(plan).encode()).hexdigest(), "seconds": time.perf_counter() - started}
    document["peak_mb"] = peak_mb()
    print(json.dumps(document))


if __name__ == "__main__":
    main()
