"""Fifty weeks made impossible on purpose: every refusal must name the cause, be minimal, and offer only what works.

    script/soak refusals [--athletes 5]

Ten causes for each athlete. Each conflict is proved by a second linear program, a plan is found with any one member of
it left out, and every offer is solved again. Ends with 1 when anything fails.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import replace

from planning.optimizer import Infeasible, Problem, Solved, apply_relaxation, solve
from planning.optimizer.scopes import day_scope, with_only
from script.support.planner.causes import Hopeless, hopeless_cases
from script.support.planner.model import least_miss
from script.support.planner.reading import Reading

DAILY = ("energy", "carbs", "protein", "protein_cap", "fat", "prep", "fixed")


def faults_of(case: Hopeless, answer: Solved | Infeasible) -> list[str]:
    """What is wrong with the refusal of one case."""
    if isinstance(answer, Solved):
        return ["it was planned"]
    if answer.reason == "not_found":
        return ["nothing was proved"]
    found = []
    if not any(case.cause in conflict.codes for conflict in answer.conflicts):
        found.append(f"{case.cause} is not named: {[conflict.sentence for conflict in answer.conflicts]}")
    for conflict in answer.conflicts:
        members = frozenset(member for member in conflict.members if member[0] != "slot")
        if "empty_slot" in conflict.codes:
            found += [] if slot_is_empty(case, conflict.codes[1]) else [f"not empty: {conflict.sentence}"]
            continue
        if not (least_miss(free(case, members), members) or 0.0) > 1e-6:
            found.append(f"it can hold: {conflict.sentence}")
        if not conflict.verified:
            found.append(f"not shown to be minimal: {conflict.sentence}")
        for member in sorted(members, key=str):
            rest = with_only(case.problem, members - {member})
            days = {key for kind, key in members if kind in DAILY and key}
            if len(days) == 1 and all(kind in DAILY for kind, _ in members):
                rest = day_scope(rest, days.pop())
            if not isinstance(solve(rest), Solved):
                found.append(f"no plan without {member}: {conflict.sentence}")
    for offer in answer.relaxations:
        if not isinstance(solve(apply_relaxation(case.problem, offer)), Solved):
            found.append(f"offered in vain: {offer.sentence}")
    return found


def free(case: Hopeless, members: frozenset[tuple[str, str | None]]) -> Problem:
    """The problem without the kept meals and times that are not members: they shape which dishes there are."""
    problem = case.problem
    days = tuple(day if ("prep", day.date) in members else replace(day, prep_minutes=None) for day in problem.days)
    return replace(problem, days=days, fixed=tuple(meal for meal in problem.fixed if ("fixed", meal.date) in members))


def slot_is_empty(case: Hopeless, slot: str) -> bool:
    reading = Reading(case.problem, loose=True)
    for number, meals in enumerate(reading.groups):
        families = {reading.dishes[option.dish].family for option in reading.options if option.group == number}
        if meals.slot == slot and len(families) < len(meals.needs):
            return True
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--athletes", type=int, default=5)
    arguments = parser.parse_args()
    seconds, failed, offers, cases = [], 0, [], list(hopeless_cases(arguments.athletes))
    for case in cases:
        started = time.process_time()
        answer = solve(case.problem)
        seconds.append(time.process_time() - started)
        wrong = faults_of(case, answer)
        failed += bool(wrong)
        offers.append(len(answer.relaxations) if isinstance(answer, Infeasible) else 0)
        told = answer.conflicts[0].sentence if isinstance(answer, Infeasible) else "a plan"
        print(f"{'FAILED' if wrong else 'ok':6} {case.name:34} {seconds[-1]:6.2f} s  {told[:150]}", flush=True)
        for text in wrong:
            print(f"       {text}")
    print(
        f"{len(cases)} refusals, {failed} wrong; processor seconds median {statistics.median(seconds):.2f}, "
        f"max {max(seconds):.2f}; with two offers {sum(count >= 2 for count in offers)}, one {offers.count(1)}"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
