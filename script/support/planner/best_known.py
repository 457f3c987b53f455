"""Best-known plans of the frozen athletes by HiGHS alone, run for minutes.

    python -m script.support.planner.best_known [--seconds 120] [--size 500] [--seed 1] [--athletes 30]

Nothing of ours helps it: no warm start, no bound, no plan. The file says for each problem which solver found the value,
when, in how many seconds and with which bound; a value is never replaced by one of our own search. Restartable: what
the file holds for the same problem and objective is skipped.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from script.support.environment import ROOT
from script.support.planner.model import WeekModel
from script.support.planner.reading import OBJECTIVE_VERSION
from script.support.planner.worlds import digest, synthetic_cases

FILE = ROOT / "script" / "bench.d" / "best_known.json"


def read_best_known(path: Path = FILE) -> dict[str, dict[str, Any]]:
    """The frozen values by the name of the problem; empty before there are any."""
    return json.loads(path.read_text(encoding="utf-8"))["values"] if path.exists() else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--athletes", type=int, default=30)
    parser.add_argument("--file", type=Path, default=FILE)
    arguments = parser.parse_args()
    os.nice(10)
    for case in synthetic_cases(arguments.size, seed=arguments.seed, athletes=arguments.athletes):
        values = read_best_known(arguments.file)
        known = values.get(case.name)
        if known and (known["problem"], known["objective_version"]) == (digest(case.problem), OBJECTIVE_VERSION):
            continue
        processor = time.process_time()
        answer = WeekModel(case.problem).solve(seconds=arguments.seconds)
        processor = time.process_time() - processor
        values[case.name] = {
            "problem": digest(case.problem),
            "objective_version": OBJECTIVE_VERSION,
            "objective": None if answer.objective is None else round(answer.objective, 6),
            "bound": None if answer.bound is None else round(answer.bound, 6),
            "status": answer.status,
            "solver": f"HiGHS (highspy {version('highspy')}), whole week, delta form, 1 thread, no warm start",
            "seconds": round(answer.seconds, 1),
            "processor_seconds": round(processor, 1),
            "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        }
        text = json.dumps({"values": values}, indent=1, sort_keys=True)
        arguments.file.write_text(text + "\n", encoding="utf-8")
        print(case.name, answer.status, answer.objective, answer.bound, f"{answer.seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
