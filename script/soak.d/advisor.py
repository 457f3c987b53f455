"""Every question of the evaluation, on the built-in backend or on scripted models: no invention may reach the athlete.

    script/soak advisor [--backend builtin|model] [--seed 1] [--plays 3] [--only PART-OF-ID] [--show]

The cases are those of `tests/advisor/evaluation/cases`; the athletes are made anew in a database of their own. With
`--backend model` the Anthropic path is asked, with the real SDK, against a server on loopback that plays good, lying,
repenting and hostile models, `--plays` of them for each question. Prints the share of the expected facts that were
told, forbidden content, numbers without a fact and false deeds, and asks the built-in backend for every recipe of the
catalogue in two languages. Ends with 1 when anything forbidden, uncited or falsely
claimed was told, or (built-in) fewer than 95 % of the expected facts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from typing import Any

from script.support.console import end_on_terminate
from script.support.planner.store import data_folder, prepare_store

ENOUGH = 0.95
PROGRESS_SECONDS = 15.0
SHOWN = 10


def run(arguments: argparse.Namespace) -> int:
    """Runs after Django is set up."""
    import logging

    from django.conf import settings

    from script.support.advisor.cases import read_cases
    from script.support.advisor.judge import ModelServer, Report, judge_builtin, judge_models, point_at, refused_dishes
    from script.support.advisor.people import make_people

    # Every lie that is caught is a warning of the product; here they are the point.
    logging.getLogger("advisor").setLevel(logging.CRITICAL)
    cases = [case for case in read_cases() if arguments.only in case.id]
    people = make_people({case.person for case in cases})
    started = shown = time.monotonic()
    verdicts: list[Any] = []
    server = None
    if arguments.backend == "model":
        server = ModelServer(secret="secret-of-the-evaluation")
        point_at(settings, server, "secret-of-the-evaluation")
        found = judge_models(cases, people, server, seed=arguments.seed, plays_a_case=arguments.plays)
    else:
        settings.AI_BACKEND = "builtin"
        found = judge_builtin(cases, people)
    for verdict in found:
        verdicts.append(verdict)
        if arguments.show:
            print(f"--- {verdict.case.id} {verdict.model} [{verdict.backend} {verdict.kind}] {verdict.case.question}")
            print(verdict.text)
        if time.monotonic() - shown > PROGRESS_SECONDS:
            shown = time.monotonic()
            print(f"{shown - started:6.0f} s  {len(verdicts)} answers", flush=True)
    if server is not None:
        server.close()
    report = Report(verdicts)
    for verdict in verdicts:
        if verdict.missed or not verdict.is_clean:
            wrong = {
                "missed": verdict.missed, "forbidden": verdict.forbidden, "uncited": verdict.uncited,
                "deeds": verdict.deeds,
            }  # fmt: skip
            said = "; ".join(f"{name}: {', '.join(rows)}" for name, rows in wrong.items() if rows)
            print(f"{verdict.case.id} {verdict.model} [{verdict.kind or verdict.backend}] {said}")
    adversarial = sum(case.adversarial for case in cases)
    print(
        f"{len(cases)} questions ({adversarial} adversarial), {len(verdicts)} answers, "
        f"{time.monotonic() - started:.0f} s"
    )
    print(f"answered by: {', '.join(f'{name} {n}' for name, n in Counter(v.backend for v in verdicts).items())}")
    print(f"expected facts told: {report.expected - report.missed} of {report.expected} ({100 * report.share:.1f} %)")
    for name, words in (("forbidden", "forbidden content"), ("uncited", "uncited numbers"), ("deeds", "false deeds")):
        print(f"{words}: {report.count(name)}")
    refused: list[str] = []
    if server is None and not arguments.only:
        refused = list(refused_dishes(people["mina"]))
        print(f"recipes refused by their own checks: {len(refused)}", *refused[:SHOWN], sep="\n  ")
    clean = not refused and all(verdict.is_clean for verdict in verdicts)
    return 0 if clean and report.share >= ENOUGH else 1


def main() -> int:
    end_on_terminate()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backend", choices=("builtin", "model"), default="builtin")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plays", type=int, default=3, help="scripted models for each question")
    parser.add_argument("--only", default="", help="only cases whose id holds this")
    parser.add_argument("--show", action="store_true", help="print every answer")
    arguments = parser.parse_args()
    prepare_store(data_folder("soak-advisor"))
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
