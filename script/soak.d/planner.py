"""Random athletes over the real catalogue: every plan must pass the checker, every refusal must be true.

    script/soak planner --athletes 10000 [--seed 1] [--processes 2] [--resume] [--first 0]
        [--subset-every 10] [--offers-every 4]

Each athlete is entered, planned for on the product's own path (targets, rules, catalogue, solver, certificate) and
rolled back. Of every refusal each conflict is proved again by a second linear program. On every `--offers-every`th
athlete each offer is solved again, and on every `--subset-every`th a plan is found for each conflict with any one
member left out. One athlete in twenty is contrary on purpose: diets, allergies, minutes and money without regard to
each other. Results are one line of JSON an athlete in `<data folder>/soak/planner-<seed>/`, beside the problems of what
failed; `--resume` goes on there.
Ends with 1 when anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from script.support.console import end_on_terminate
from script.support.environment import ROOT
from script.support.planner.store import copy_store, data_folder, prepare_store

PROGRESS_SECONDS = 10.0
MOST_SHOWN = 20
MOST_CRASHES = 20


class Worker:
    """One process and the athletes it still has to try."""

    def __init__(
        self, number: int, seed: int, folder: Path, store: Path, every: tuple[int, int], todo: list[int]
    ) -> None:
        self.results = folder / f"worker-{number}.jsonl"
        self.now = self.results.with_suffix(".now")
        self.copy = folder / f"worker-{number}.sqlite3"
        self.log = folder / f"worker-{number}.log"
        self.seed, self.every, self.todo = seed, every, todo
        copy_store(store, self.copy)
        self.start()

    def start(self) -> None:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{self.copy}", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "script.support.planner.soak", str(self.seed), str(self.results)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *map(str, self.every)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        stream = self.process.stdin
        if stream is None:
            raise RuntimeError("a worker without an input")
        stream.write("\n".join(map(str, self.todo)).encode())
        stream.close()

    def crashed(self) -> int | None:
        """The athlete that a worker died on, after noting it as a failure; None while all is well."""
        if self.process.poll() in (None, 0):
            return None
        number = int(self.now.read_text()) if self.now.exists() else -1
        failure = f"the process ended with {self.process.returncode}; see {self.log}"
        record = {"seed": self.seed, "number": number, "outcome": "error", "failures": [failure]}
        with self.results.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record) + "\n")
        return number


def read_records(folder: Path) -> dict[int, dict[str, Any]]:
    """The latest record of every athlete; a line cut short by a kill counts for nothing."""
    records = {}
    for path in sorted(folder.glob("worker-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            records[record["number"]] = record
    return records


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def summarize(records: dict[int, dict[str, Any]], *, wall_seconds: float, processes: int) -> str:
    """The figures of a run, for people."""
    rows = list(records.values())
    plans = [row for row in rows if row["outcome"] == "plan"]
    refused = [row for row in rows if row["outcome"] == "refused"]

    def total(name: str) -> int:
        return sum(int(row.get(name) or 0) for row in rows)

    def having(name: str) -> int:
        return sum(bool(row.get(name)) for row in rows)

    outcomes = Counter(row["outcome"] for row in rows)
    lines = [f"athletes {len(rows)}: " + ", ".join(f"{count} {name}" for name, count in outcomes.items())]
    lines.append(f"plans that fail the checker {having('checker_failures')}, excluded foods served {total('excluded')}")
    lines.append(f"plans with a waived soft limit {having('waivers')}, searches cut short {having('truncated')}")
    for name, group in (("plan", plans), ("refusal", refused)):
        seconds = [row["cpu_seconds"] for row in group if "cpu_seconds" in row]
        if seconds:
            shown = ", ".join(f"p{round(100 * s)} {percentile(seconds, s):.3f}" for s in (0.9, 0.99))
            lines.append(f"processor seconds to a {name}: median {statistics.median(seconds):.3f}, {shown}, ")
            lines[-1] += f"max {max(seconds):.3f}; {3600 / statistics.mean(seconds):,.0f} an hour and core"
    gaps = [row["gap"] for row in plans if row.get("gap") is not None]
    if gaps:
        middle, high = 100 * statistics.median(gaps), 100 * percentile(gaps, 0.9)
        lines.append(f"gap to the bound: median {middle:.1f} %, p90 {high:.1f} %")
    reasons = Counter(row.get("reason") for row in refused)
    lines.append("refusals by reason: " + (", ".join(f"{reason} {n}" for reason, n in reasons.items()) or "none"))
    offers = Counter(min(2, len(row.get("offers", []))) for row in refused)
    lines.append(f"refusals with two offers {offers[2]}, with one {offers[1]}, with none {offers[0]}")
    lines.append(f"conflicts {total('conflicts')}, proved again {total('proved')}, told as minimal {total('verified')}")
    lines[-1] += f", subsets planned again {total('subsets')}, offers planned again {total('offers_tried')}"
    contrary = [row for row in rows if row.get("contrary")]
    usual = [row for row in rows if not row.get("contrary")]
    for name, group in (("contrary", contrary), ("usual", usual)):
        if group:
            count = sum(row["outcome"] == "refused" for row in group)
            lines.append(f"{name} athletes {len(group)}, {count} refused ({100 * count / len(group):.1f} %)")
    peaks = [row["peak_mb"] for row in rows if "peak_mb" in row]
    if peaks and wall_seconds:
        rate = len(rows) / wall_seconds * 3600 / processes
        lines.append(f"peak memory {max(peaks)} MB a process; {rate:,.0f} athletes judged an hour and process")
    return "\n".join(lines)


def main() -> int:
    end_on_terminate()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--athletes", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="number of the first athlete")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--subset-every", type=int, default=10)
    parser.add_argument("--offers-every", type=int, default=4)
    parser.add_argument("--resume", action="store_true", help="go on with what the folder of this seed holds")
    arguments = parser.parse_args()
    folder = data_folder("soak") / f"planner-{arguments.seed}"
    if not arguments.resume:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = range(arguments.first, arguments.first + arguments.athletes)
    done = {number for number in read_records(folder) if number in wanted}
    todo = [number for number in wanted if number not in done]
    print(f"{len(todo)} athletes to try, {len(done)} done before; results in {folder}", flush=True)
    store = prepare_store(folder)
    processes = max(1, min(arguments.processes, len(todo)))
    workers = [
        Worker(
            place,
            arguments.seed,
            folder,
            store,
            (arguments.subset_every, arguments.offers_every),
            todo[place::processes],
        )
        for place in range(processes)
        if todo
    ]
    started, shown, crashes = time.monotonic(), 0.0, 0
    try:
        while any(worker.process.poll() is None for worker in workers):
            time.sleep(0.5)
            for worker in workers:
                number = worker.crashed()
                if number is not None and crashes < MOST_CRASHES:
                    crashes += 1
                    finished = read_records(folder)
                    worker.todo = [one for one in worker.todo if one not in finished]
                    worker.start()
            if time.monotonic() - shown >= PROGRESS_SECONDS:
                shown = time.monotonic()
                records = [r for n, r in read_records(folder).items() if n in wanted]
                failed = sum(bool(row["failures"]) for row in records)
                print(
                    f"{shown - started:6.0f} s  {len(records)} of {len(wanted)}, {failed} failed, "
                    f"{sum(row['outcome'] == 'refused' for row in records)} refused",
                    flush=True,
                )
    finally:
        for worker in workers:
            if worker.process.poll() is None:
                worker.process.terminate()
    records = {number: row for number, row in read_records(folder).items() if number in wanted}
    summary = summarize(records, wall_seconds=time.monotonic() - started, processes=processes)
    failed = [row for row in records.values() if row["failures"]]
    print(summary)
    for row in failed[:MOST_SHOWN]:
        again = f"script/soak planner --athletes 1 --first {row['number']} --seed {row['seed']}"
        print(f"FAILED {row['seed']}:{row['number']} {row['failures'][0].strip()[-600:]}\n  again: {again}")
        if row.get("pickle"):
            print(f"  problem: {row['pickle']}")
    missing = len(wanted) - len(records)
    if missing:
        print(f"{missing} athletes were not tried")
    (folder / "summary.json").write_text(json.dumps({"summary": summary, "failed": failed}, indent=1), encoding="utf-8")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
