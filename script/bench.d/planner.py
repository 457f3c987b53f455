"""How soon, how good and how steady a verified week is: seconds, gaps and ratios against two baselines in the same run.

    script/bench planner [--quick] [--athletes 30] [--baseline-athletes 6] [--core N]

Thirty frozen athletes over synthetic catalogues of 200, 500 and 2,000 recipes from three seeds, the thirty people of
the tests over the real catalogue, and these again over the real one enlarged to 2,000. Everything runs on one pinned
core. A plan counts when the independent checker passes it, and the time of the check counts too. Baselines: the whole
week as one HiGHS program (one thread, seven seconds, a process of its own), and a peer's rule by kilocalories. Raw
results go to `<data folder>/bench/`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import Any

from script.support.planner.store import data_folder, prepare_store

SIZES = (200, 500, 2000)
LIMITS = (0.15, 0.25, 0.5, 1.0)
HIGHS_SECONDS = 7.0
RESOLVED = 12


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return {
        "processor": name,
        "cores": os.cpu_count(),
        "load_before": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "highspy": version("highspy"),
        "numpy": version("numpy"),
    }


def measure(name: str, problem: Any, check: Callable[[Any], bool]) -> dict[str, Any]:
    """One solve and its check, in wall and processor seconds."""
    from planning.optimizer import Solved, solve

    wall, processor = time.perf_counter(), time.process_time()
    answer = solve(problem)
    verified = isinstance(answer, Solved) and check(answer)
    row = {"name": name, "seconds": time.perf_counter() - wall, "cpu": time.process_time() - processor}
    if not isinstance(answer, Solved):
        return row | {"outcome": "explained" if answer.conflicts else "unexplained", "reason": answer.reason}
    row |= {"outcome": "verified" if verified else "refused by the checker", "objective": answer.objective}
    return row | {"bound": answer.lp_bound, "gap": answer.gap, "waivers": len(answer.relaxed), "answer": answer}


def share(values: Iterable[bool]) -> str:
    kept = list(values)
    return f"{sum(kept)}/{len(kept)}"


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def spread(values: list[float], *, digits: int = 3) -> str:
    if not values:
        return "nothing to measure"
    parts = [f"median {statistics.median(values):.{digits}f}"]
    parts += [f"p{round(100 * part)} {percentile(values, part):.{digits}f}" for part in (0.9, 0.99)]
    return ", ".join([*parts, f"max {max(values):.{digits}f}"])


def tell_set(name: str, rows: list[dict[str, Any]]) -> None:
    """The lines of one set of problems."""
    verified = [row for row in rows if row["outcome"] == "verified"]
    times, cpu = [row["seconds"] for row in verified], [row["cpu"] for row in verified]
    counts = {kind: sum(row["outcome"] == kind for row in rows) for kind in sorted({row["outcome"] for row in rows})}
    print(f"\n{name}: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()) + f" of {len(rows)}")
    if not verified:
        return
    print(f"  seconds to a verified plan   {spread(times)}")
    print(f"  processor seconds            {spread(cpu)}")
    print("  within " + ", ".join(f"{limit} s: {share(value <= limit for value in times)}" for limit in LIMITS))
    gaps = [100 * row["gap"] for row in verified if row["gap"] is not None]
    print(f"  gap to the LP bound, %       {spread(gaps, digits=1)}")
    print(f"  plans an hour and core       {3600 / statistics.mean(cpu):,.0f}")


def synthetic_sets(athletes: int, seeds: tuple[int, ...], kept: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The frozen athletes at each size; the cases of the middle size and first seed are kept for the comparisons."""
    from script.support.planner.worlds import synthetic_cases

    sets: dict[str, list[dict[str, Any]]] = {}
    for size in SIZES:
        rows = []
        for seed in seeds:
            for case in synthetic_cases(size, seed=seed, athletes=athletes):
                row = measure(case.name, case.problem, lambda answer, case=case: case.check(answer).ok)
                rows.append(row)
                if size == 500 and seed == 1:
                    kept[case.name] = (case, row)
        sets[f"synthetic, {size} recipes, seeds {', '.join(map(str, seeds))}"] = rows
        tell_set(list(sets)[-1], rows)
    return sets


def real_sets(athletes: int) -> dict[str, list[dict[str, Any]]]:
    """The people of the tests over the real catalogue, and over it with jittered copies of its dishes."""
    from django.db import transaction

    from planning.services.inputs import gather_inputs
    from planning.services.proof import certify
    from script.support.planner.worlds import enlarge
    from tests.planning import people

    real, large = [], []
    for person in people.thirty_people()[:athletes]:
        with transaction.atomic():
            inputs = gather_inputs(athlete=people.settle(person), first=people.MONDAY, count=7)
            name = f"person-{person.number:02}"

            def check(answer: Any, inputs: Any = inputs) -> bool:
                return bool(certify(inputs, answer)["ok"])

            real.append(measure(f"real-{name}", inputs.problem, check))
            bigger = enlarge(inputs.problem, 2000)
            large.append(measure(f"enlarged-{name}", bigger, partial(_check_copy, bigger)))
            transaction.set_rollback(True)
    sets = {"real catalogue": real, "real catalogue enlarged to 2,000": large}
    for name, rows in sets.items():
        tell_set(name, rows)
    return sets


def _check_copy(problem: Any, answer: Any) -> bool:
    """The checker on dishes that are no recipes: each is made of one food of its own with exactly its nutrients."""
    from planning.checker import CheckFood, CheckItem, CheckRecipe, WeekRules, check_plan
    from planning.services.proof import _day

    foods, recipes = {}, {}
    for dish in problem.dishes:
        energy, protein, carbs, fat, fiber, sodium = (None if one is None else one / 25 for one in dish.per_quarter)
        foods[dish.key] = CheckFood(dish.key, energy, protein, carbs, fat, fiber, sodium, tags=dish.tags)
        recipes[dish.key] = CheckRecipe(
            id=dish.key,
            slots=dish.slots,
            ingredients=((dish.key, 100.0),),
            family=dish.family,
            min_quarters=dish.min_quarters,
            max_quarters=dish.max_quarters,
            prep_minutes=dish.prep_minutes,
            batchable=dish.batchable,
            step_quarters=dish.step_quarters,
            keeps_days=dish.keeps_days,
            cost_milli_per_serving=None if dish.cost_milli is None else dish.cost_milli * 4,
        )
    items = [
        CheckItem(one.date, one.slot, one.index, one.dish_key, one.quarters / 4, one.leftover_of)
        for one in answer.items
    ]
    rules = problem.rules
    return check_plan(
        days=[_day(day) for day in problem.days],
        items=items,
        foods=foods,
        recipes=recipes,
        rules=WeekRules(
            max_repeats_per_week=rules.max_repeats_per_week,
            weekly_max=rules.weekly_max,
            weekly_min=rules.weekly_min,
            adjacent_dinner=rules.adjacent_dinner,
            budget_milli=problem.budget_milli,
            waived=frozenset((waiver.kind, waiver.date) for waiver in answer.relaxed),
        ),
    ).ok


def compare_with_highs(kept: dict[str, Any], athletes: int) -> list[dict[str, Any]]:
    """The whole week as one program, beside our plan of the same athlete."""
    from script.support.planner.apart import run_apart

    rows = []
    for name, (case, ours) in list(kept.items())[:athletes]:
        theirs = run_apart("highs", case.problem, seconds=HIGHS_SECONDS)
        first = theirs["found"][0][0] if theirs["found"] else None
        equal = next((moment for moment, value in theirs["found"] if value <= ours.get("objective", 0) + 1e-6), None)
        rows.append({"name": name, "first": first, "equal": equal, **theirs, "ours": ours["seconds"]})
        rows[-1]["our_objective"] = ours.get("objective")
    firsts = [row["first"] if row["first"] is not None else HIGHS_SECONDS for row in rows]
    equals = [row["equal"] if row["equal"] is not None else HIGHS_SECONDS for row in rows]
    ours = [row["ours"] for row in rows]
    late = sum(row["equal"] is None for row in rows)
    if not rows:
        return rows
    print(f"\nwhole-week HiGHS, {len(rows)} athletes, 500 recipes, 1 thread, {HIGHS_SECONDS:g} s")
    print(f"  its first plan after, s      {spread(firsts, digits=2)}; {sum(r['first'] is None for r in rows)} without")
    print(f"  ours verified after, s       {spread(ours, digits=2)}")
    ratio = statistics.median(first / our for first, our in zip(firsts, ours, strict=True))
    none = " or more" if any(row["first"] is None for row in rows) else ""
    print(f"  times sooner, median         {ratio:.0f}{none} (at least 20 wanted)")
    ratio = statistics.median(equal / our for equal, our in zip(equals, ours, strict=True))
    more = " or more" if late else ""
    print(f"  times sooner at our quality  {ratio:.0f}{more}; not within its time {late}/{len(rows)}")
    print(f"  its peak memory              {max(row['peak_mb'] for row in rows)} MB")
    return rows


def compare_with_best_known(kept: dict[str, Any]) -> list[dict[str, Any]]:
    """Our objectives beside the frozen values of other solvers run for minutes."""
    from script.support.planner.best_known import read_best_known
    from script.support.planner.reading import OBJECTIVE_VERSION
    from script.support.planner.worlds import digest

    rows, values = [], read_best_known()
    for name, (case, ours) in kept.items():
        known = values.get(name)
        same = known and (known["problem"], known["objective_version"]) == (digest(case.problem), OBJECTIVE_VERSION)
        if same and known["objective"] is not None and "objective" in ours:
            over = ours["objective"] / known["objective"] - 1
            rows.append({"name": name, "over": over, "seconds": known["seconds"], "status": known["status"]})
    print(f"\nfrozen best-known values: {len(rows)} of {len(kept)} problems have one")
    if rows:
        over = [100 * row["over"] for row in rows]
        print(
            f"  ours above them, %           {spread(over, digits=1)}; below them {share(value < 0 for value in over)}"
        )
        print(f"  found by HiGHS in            {statistics.median(row['seconds'] for row in rows):.0f} s each")
    return rows


def compare_with_greedy(kept: dict[str, Any]) -> dict[str, Any]:
    """The peer's rule on the same athletes, judged by the same checker."""
    from script.support.planner.greedy import plan_greedily

    passed, off, seconds = 0, [], []
    for number, (case, _) in enumerate(kept.values()):
        started = time.perf_counter()
        plan = plan_greedily(case.problem, seed=number)
        seconds.append(time.perf_counter() - started)
        if plan is None:
            continue
        certificate = case.check(plan)
        passed += certificate.ok
        rows = [
            row for row in certificate.rows if row.name == "carbs_g" and row.low is not None and row.high is not None
        ]
        off += [abs(row.value / ((row.low + row.high) / 2) - 1) for row in rows]
    print(f"\nby kilocalories alone (best of 200 random portions): {passed}/{len(kept)} pass the checker")
    if off:
        print(f"  carbohydrate off its target, %  {spread([100 * value for value in off], digits=0)}")
        print(f"  seconds                         {spread(seconds)}")
    return {"passed": passed, "of": len(kept), "carbs_off": off, "seconds": seconds}


def resolve(kept: dict[str, Any], athletes: int) -> list[dict[str, Any]]:
    """Hardest and easiest day exchanged: meals changed with the price on changes, and without it."""
    from planning.optimizer import Previous, Solved, diff, solve
    from script.support.planner.worlds import swap_hardest_and_easiest

    rows = []
    for name, (case, row) in list(kept.items())[:athletes]:
        before = row.get("answer")
        if before is None:
            continue
        moved = swap_hardest_and_easiest(case.problem)
        previous = tuple(
            Previous(one.date, one.slot, one.index, one.dish_key, one.quarters, one.leftover_of) for one in before.items
        )
        started = time.perf_counter()
        kept_answer = solve(replace(moved, previous=previous))
        seconds, free = time.perf_counter() - started, solve(moved)
        if not isinstance(kept_answer, Solved) or not isinstance(free, Solved):
            rows.append({"name": name, "changed": None, "free": None, "seconds": seconds})
            continue
        changed, other = (
            sum(change.dish_changed for change in diff(before.items, answer.items).changed)
            for answer in (kept_answer, free)
        )
        rows.append({"name": name, "changed": changed, "free": other, "seconds": seconds, "meals": len(before.items)})
    done = [row for row in rows if row["free"]]
    if done:
        ratios = [row["changed"] / row["free"] for row in done]
        print(f"\nre-solve after hardest and easiest day are exchanged, {len(done)} of {len(rows)} athletes")
        print(f"  meals changed                {spread([row['changed'] for row in done], digits=0)}")
        print(f"  without the price on changes {spread([row['free'] for row in done], digits=0)}")
        print(f"  ratio, % (at most 25 wanted) {spread([100 * ratio for ratio in ratios], digits=0)}")
        print(f"  seconds                      {spread([row['seconds'] for row in done])}")
    return rows


def same_bytes(kept: dict[str, Any], athletes: int) -> dict[str, Any]:
    """The same problem in two fresh processes with different hash seeds, and what such a process needs."""
    from script.support.planner.apart import run_apart

    equal, peaks = 0, []
    chosen = list(kept.values())[:athletes]
    for case, _ in chosen:
        first, second = (run_apart("ours", case.problem, hash_seed=seed) for seed in ("1", "2"))
        equal += first["bytes"] == second["bytes"]
        peaks += [first["peak_mb"], second["peak_mb"]]
    print(f"\nbytes equal in two fresh processes: {equal}/{len(chosen)}; peak memory of one {max(peaks)} MB")
    return {"equal": equal, "of": len(chosen), "peak_mb": max(peaks)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="eight athletes, one seed, within a minute")
    parser.add_argument("--athletes", type=int, default=None)
    parser.add_argument("--baseline-athletes", type=int, default=None)
    parser.add_argument("--core", type=int, default=None, help="the core to stay on; the last one by default")
    arguments = parser.parse_args()
    athletes = arguments.athletes or (8 if arguments.quick else 30)
    baseline = arguments.baseline_athletes
    baseline = baseline if baseline is not None else (2 if arguments.quick else 6)
    seeds = (1,) if arguments.quick else (1, 2, 3)
    known = machine()
    if hasattr(os, "sched_setaffinity"):
        core = arguments.core if arguments.core is not None else max(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {core})
        known["pinned_core"] = core
    print(f"{known['processor']}, {known['cores']} cores, pinned to one; Python {known['python']}, "
          f"HiGHS {known['highspy']}, numpy {known['numpy']}; load before {known['load_before']}")  # fmt: skip
    folder = data_folder("bench")
    started = time.monotonic()
    prepare_store(folder)
    kept: dict[str, Any] = {}
    sets = synthetic_sets(athletes, seeds, kept) | real_sets(athletes)
    bare = {name: [{k: v for k, v in row.items() if k != "answer"} for row in rows] for name, rows in sets.items()}
    results: dict[str, Any] = {
        "machine": known,
        "highs": compare_with_highs(kept, baseline),
        "best_known": compare_with_best_known(kept),
        "greedy": compare_with_greedy(kept),
        "resolve": resolve(kept, 4 if arguments.quick else RESOLVED),
        "bytes": same_bytes(kept, 2 if arguments.quick else 4),
        "sets": bare,
        "seconds": time.monotonic() - started,
    }
    path = folder / f"planner-{datetime.datetime.now(tz=datetime.UTC):%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(f"\n{results['seconds']:.0f} s; raw results in {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
