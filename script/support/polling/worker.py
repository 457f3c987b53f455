"""One worker of `script/bench polling`: woken like a real one, reads what is due, and writes down what it cost.

Run as `python -m script.support.polling.worker --seconds 60 --beat 15`; says "ready", begins when it is sent a line,
and prints one JSON object at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--beat", type=float, required=True, help="seconds from one wake-up to the next")
    parser.add_argument("--shortest-pause", type=float, default=60, help="of a host in trouble, in seconds")
    options = parser.parse_args()
    django.setup()
    from datetime import timedelta

    from athletes.services import hosts, polling

    hosts.SHORTEST_PAUSE = timedelta(seconds=options.shortest_pause)
    late: list[float] = []
    claim_seconds: list[float] = []
    claim_due = polling.claim_due

    def claim_and_note(*, limit: int) -> list[polling.Claim]:
        began = time.perf_counter()
        claims = claim_due(limit=limit)
        if claims:
            claim_seconds.append(time.perf_counter() - began)
        late.extend(claim.late_seconds for claim in claims)
        return claims

    polling.claim_due = claim_and_note
    print("ready", flush=True)
    sys.stdin.readline()
    began, cpu = time.monotonic(), os.times()
    polls, busy = 0, 0.0
    stop = began + options.seconds
    # Workers are not woken in step.
    woken = began + (os.getpid() % 10) / 10 * min(options.beat, options.seconds / 4)
    while (moment := time.monotonic()) < stop:
        if moment < woken:
            time.sleep(min(0.05, woken - moment))
            continue
        woken = moment + options.beat
        while time.monotonic() < stop:
            start = time.monotonic()
            done = polling.read_due(seconds=min(polling.READ_SECONDS, stop - start))
            busy += time.monotonic() - start if done else 0.0
            polls += done
            if not done:
                break
    ended = os.times()
    child_cpu = ended.children_user + ended.children_system - cpu.children_user - cpu.children_system
    print(
        json.dumps(
            {
                "polls": polls,
                "busy_seconds": busy,
                "cpu_seconds": ended.user + ended.system - cpu.user - cpu.system,
                "child_cpu_seconds": child_cpu,
                "late": late,
                "claim_seconds": claim_seconds,
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main()
