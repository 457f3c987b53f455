"""One athlete of the soak, from random profile to judged answer, and the worker that goes through many of them."""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from script.support.planner.apart import peak_mb

# Long, so that a busy machine does not turn a search into a refusal: the figures are in processor seconds.
DEADLINE_SECONDS = 90.0


def try_athlete(
    seed: int, number: int, *, dump: Path | None = None, subsets: bool = True, offers: bool = True
) -> dict[str, Any]:
    """Plans for one random athlete and judges the answer; nothing stays in the database.

    Conflicts are always proved again; plans are sought for their `subsets` and with the `offers` when these are set.

    The record holds the outcome (plan, refused, macros), solve seconds, and `failures`: what must not happen.
    """
    from django.db import transaction

    from script.support.planner.athletes import random_person, settle

    record: dict[str, Any] = {"seed": seed, "number": number, "outcome": "error", "failures": []}
    held: dict[str, Any] = {}
    try:
        with transaction.atomic():
            person = random_person(seed, number)
            record["contrary"] = person.contrary
            _plan(settle(person), person, record, held, subsets=subsets, offers=offers)
            transaction.set_rollback(True)
    except Exception:
        record["failures"].append(traceback.format_exc(limit=8))
    odd = record["outcome"] == "refused" and record["reason"] == "not_found"
    if (record["failures"] or odd) and dump is not None:
        dump.mkdir(parents=True, exist_ok=True)
        path = dump / f"{'failure' if record['failures'] else 'not-found'}-{seed}-{number}.pickle"
        path.write_bytes(pickle.dumps({"record": record, **held}))
        record["pickle"] = str(path)
    return record


def _plan(
    athlete: Any, person: Any, record: dict[str, Any], held: dict[str, Any], *, subsets: bool, offers: bool
) -> None:
    from planning.optimizer import Solved, solve
    from planning.services.inputs import gather_inputs
    from planning.services.proof import certify
    from planning.services.solving import PlanInfeasible, refuse_impossible_days
    from planning.services.targets import ProfileOutOfRange
    from script.support.planner import judge

    try:
        inputs = gather_inputs(athlete=athlete, first=person.first, count=person.count)
    except ProfileOutOfRange as refusal:
        record |= {"outcome": "out_of_range", "reason": str(refusal.details)}
        return
    held["problem"] = inputs.problem
    record |= {"days": person.count, "dishes": len(inputs.problem.dishes)}
    try:
        refuse_impossible_days(inputs)
    except PlanInfeasible as refusal:
        record |= {"outcome": "macros", "reason": refusal.extra["reason"], "conflicts": len(refusal.extra["conflicts"])}
        record["failures"] += _macros_are_impossible(inputs)
        return
    started, processor = time.perf_counter(), time.process_time()
    answer = solve(inputs.problem, deadline_seconds=DEADLINE_SECONDS)
    record["seconds"] = round(time.perf_counter() - started, 4)
    record["cpu_seconds"] = round(time.process_time() - processor, 4)
    if isinstance(answer, Solved):
        record |= {"outcome": "plan", "waivers": len(answer.relaxed), "gap": answer.gap, "truncated": answer.truncated}
        certificate = certify(inputs, answer)
        faults = [f"{fault['code']} {fault['date']} {fault['message']}" for fault in certificate["violations"]]
        record["checker_failures"], record["failures"] = len(faults), faults
        excluded = judge.excluded_foods(athlete, inputs.catalogue, answer.items)
        record["excluded"] = len(excluded)
        record["failures"] += excluded
        return
    held["answer"] = answer
    _judge_refusal(inputs, answer, record, subsets=subsets, offers=offers)


def _judge_refusal(inputs: Any, answer: Any, record: dict[str, Any], *, subsets: bool, offers: bool) -> None:
    from planning.services.refusals import name_food_rules, withheld_dishes
    from script.support.planner import judge

    problem = inputs.problem
    started = time.perf_counter()
    answer = name_food_rules(inputs, answer)
    record |= {
        "outcome": "refused",
        "reason": answer.reason,
        "truncated": answer.truncated,
        "naming_seconds": round(time.perf_counter() - started, 4),
        "sentences": [conflict.sentence for conflict in answer.conflicts],
        "offers": [offer.sentence for offer in answer.relaxations],
        "verified": sum(conflict.verified for conflict in answer.conflicts),
        "conflicts": len(answer.conflicts),
        "proved": 0,
        "subsets": 0,
    }
    withheld = withheld_dishes(inputs.athlete, inputs.catalogue, {dish.key for dish in problem.dishes})
    failures: list[str] = record["failures"]
    processor = time.process_time()
    if not answer.conflicts:
        failures.append("a refusal without a reason")
    for conflict in answer.conflicts:
        if answer.reason == "not_found":
            continue
        doubt = judge.conflict_holds(problem, conflict, withheld)
        record["proved"] += doubt is None
        failures += [doubt] if doubt else []
        if subsets and conflict.verified:
            wrong = judge.subsets_are_possible(inputs, problem, conflict, withheld)
            record["subsets"] += sum(member[0] != "slot" for member in conflict.members)
            failures += wrong
    for offer in answer.relaxations if offers else ():
        record["offers_tried"] = record.get("offers_tried", 0) + 1
        failures += judge.offer_works(inputs, problem, offer)
    record["judge_cpu_seconds"] = round(time.process_time() - processor, 4)


def _macros_are_impossible(inputs: Any) -> list[str]:
    """The arithmetic of a day that is refused before any dish is looked at, in kcal."""
    from planning import mapping, science
    from planning.science.constants import number

    wrong = []
    overrides = inputs.athlete.macro_overrides or {}
    for day in inputs.days:
        targets = day.targets
        if "MACRO_INFEASIBLE" in targets.warnings:
            weight = science.fill_profile(mapping.science_profile(inputs.athlete, on=day.date)).weight_kg
            share = 0.15 if targets.loading else max(0.20, overrides.get("fat_min_pct", 0.0) / 100)
            by_mass = 0.0 if targets.loading else 9 * number("fat.floor_g_per_kg") * (weight or 0.0)
            fat = max(share * targets.energy_kcal, by_mass)
            least = 4 * targets.protein_low_g + 4 * targets.carbs_low_g + fat
            if least <= targets.energy_kcal - 1:
                wrong.append(f"{day.date}: {targets.energy_kcal:.0f} kcal do hold at least {least:.0f} kcal of food")
    return wrong


def work(seed: int, numbers: Iterable[int], results: Path, *, subset_every: int, offers_every: int) -> None:
    """Tries these athletes one after another, one line of JSON each; what was begun last stands in `results.now`."""
    import gc

    now = results.with_suffix(".now")
    with results.open("a", encoding="utf-8") as stream:
        for count, number in enumerate(numbers):
            now.write_text(str(number), encoding="utf-8")
            subsets, offers = number % subset_every == 0, number % offers_every == 0
            record = try_athlete(seed, number, dump=results.parent, subsets=subsets, offers=offers)
            record["peak_mb"] = peak_mb()
            stream.write(json.dumps(record) + "\n")
            stream.flush()
            if count % 50 == 49:
                gc.collect()
    now.unlink(missing_ok=True)


def main() -> None:
    """`python -m script.support.planner.soak SEED RESULTS SUBSET_EVERY OFFERS_EVERY`, numbers on standard input."""
    import django

    django.setup()
    seed, results = int(sys.argv[1]), Path(sys.argv[2])
    every, offers_every = int(sys.argv[3]), int(sys.argv[4])
    numbers = [int(line) for line in sys.stdin.read().split()]
    os.nice(5)
    work(seed, numbers, results, subset_every=every, offers_every=offers_every)


if __name__ == "__main__":
    main()
