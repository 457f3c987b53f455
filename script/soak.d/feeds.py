"""Damaged calendars: whatever a feed says, reading it ends in time and memory, with events or with a sentence.

    script/soak feeds --count 20000 [--seed 1] [--first 0] [--processes 2]

Each input is a calendar of the test corpus or a made-up one, with one to six kinds of damage, read in a process of its
own under the limits of the product. A crash is an error that nobody foresaw, an answer that is not well-formed, a
process that was ended by a limit, or one that had to be. Prints the counts by outcome; what failed is kept in
`<data folder>/soak/feeds/`. Ends with 1 when anything failed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import select
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from athletes.calendars.ical import READ_SECONDS
from athletes.calendars.ical_reader import MAX_OCCURRENCES, answer_request, limit_process
from script.support.console import end_on_terminate
from script.support.feeds.generator import make_feed
from script.support.feeds.mutations import mutate
from script.support.planner.store import data_folder
from tests.athletes.ics_cases import Case, read_cases

MOST_SHOWN = 20
# The limits on processor time and memory are the product's; other work on the machine stretches the clock on the wall.
WALL_SECONDS = 3 * READ_SECONDS
ZONES = ("Europe/Belgrade", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")
WINDOWS = ((date(2026, 10, 1), 30), (date(2026, 9, 1), 400), (date(2026, 3, 20), 14))


@dataclass(frozen=True)
class Outcome:
    """What became of one input; `crashed` says that it must not have."""

    number: int
    words: str
    crashed: bool
    seconds: float


def make_input(seed: int, number: int, cases: list[Case]) -> tuple[bytes, dict[str, str]]:
    """The file and the request of one number: the same for the same seed, whatever came before."""
    rng = random.Random(f"{seed}:{number}")
    zone, (first, days) = rng.choice(ZONES), rng.choice(WINDOWS)
    last = first + timedelta(days=days)
    if rng.random() < 0.6:
        case = rng.choice(cases)
        base = case.content
        if rng.random() < 0.8:
            zone, first, last = case.zone, case.first_day, case.last_day
    else:
        base = make_feed(rng)
    request = {"timezone": zone, "first_day": first.isoformat(), "last_day": last.isoformat()}
    return mutate(rng, base, [case.content for case in cases]), request


def read_apart(inputs: list[tuple[bytes, dict[str, str]]]) -> Iterator[tuple[str, bool, float]]:
    """Reads in forked processes, each input under the product's limits: (outcome in words, is it a crash, seconds).

    A process goes on with the next input until one ends it; the rest is for a new one.
    """
    done = 0
    while done < len(inputs):
        receiving, sending = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receiving)
            code = 1
            with suppress(BaseException):
                code = answer_into(sending, inputs[done:])
            os._exit(code)
        os.close(sending)
        started = time.monotonic()
        with os.fdopen(receiving, "rb", buffering=0) as stream:
            said = b""
            while select.select([stream], [], [], max(0.0, started + WALL_SECONDS - time.monotonic()))[0]:
                piece = stream.read(65536)
                if not piece:
                    break
                *lines, said = (said + piece).split(b"\n")
                for line in lines:
                    words, crashed = json.loads(line)
                    done += 1
                    yield words, crashed, time.monotonic() - started
                    started = time.monotonic()
            else:
                os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) or os.WEXITSTATUS(status):
            number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            done += 1
            yield f"ended by signal {number}" if number else "ended without an answer", True, time.monotonic() - started


def answer_into(sending: int, inputs: list[tuple[bytes, dict[str, str]]]) -> int:
    """The forked process: reads, judges its own answers, writes them down."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for content, request in inputs:
        limit_process()
        answer = answer_request(content, request)
        with suppress(AttributeError, ValueError, OSError):
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        os.write(sending, json.dumps(judge(answer, request)).encode() + b"\n")
    return 0


def judge(answer: dict[str, Any], request: dict[str, str]) -> tuple[str, bool]:
    """The outcome in words, and whether it is a crash."""
    if "unexpected" in answer:
        return f"unexpected: {answer['unexpected']}", True
    if "error" in answer:
        words = re.sub(r"\(.*\)", "(…)", answer["error"])
        return f"refused: {words}", not answer["error"].isprintable() or "too large" in words
    fault = fault_of(json.loads(json.dumps(answer["events"])), request)
    if fault:
        return fault, True
    return ("read, with events" if answer["events"] else "read, without events"), False


def fault_of(events: list[dict[str, Any]], request: dict[str, str]) -> str:
    """What is not well-formed about an answer, empty when nothing is."""
    zone = ZoneInfo(request["timezone"])
    if len(events) > MAX_OCCURRENCES:
        return "more events than are allowed"
    if len({event["external_id"] for event in events}) < len(events):
        return "two events of one name"
    for event in events:
        if event["all_day"]:
            day = date.fromisoformat(event["starts_at"])
        else:
            begin = datetime.fromisoformat(event["starts_at"])
            day = begin.astimezone(zone).date()
            if event["ends_at"] and not begin < datetime.fromisoformat(event["ends_at"]):
                return "an event that ends before it begins"
        if not request["first_day"] <= day.isoformat() <= request["last_day"]:
            return "an event outside the window"
        if len(event["title"]) > 500 or len(event["description"]) > 4000 or len(event["external_id"]) > 500:
            return "a text that is too long"
        texts = (event["title"], event["description"], *event["categories"])
        if any(ord(mark) < 32 and mark not in "\n\t" for text in texts for mark in text):
            return "a control character in a text"
        for text in (*texts, event["external_id"]):
            text.encode()
    return ""


def work(task: tuple[int, int, int]) -> list[Outcome]:
    """The inputs from `first` to before `last`, of one worker process."""
    seed, first, last = task
    warnings.simplefilter("ignore")
    cases = read_cases()
    # Imported before the forks, which then share it.
    answer_request(cases[0].content, {"timezone": "UTC", "first_day": "2026-10-01", "last_day": "2026-10-31"})
    found = []
    inputs = [make_input(seed, number, cases) for number in range(first, last)]
    for (content, _), number, (words, crashed, seconds) in zip(
        inputs, range(first, last), read_apart(inputs), strict=True
    ):
        found.append(Outcome(number, words, crashed, seconds))
        if crashed:
            (data_folder("soak/feeds") / f"{seed}-{number}.ics").write_bytes(content)
    return found


def tasks(seed: int, first: int, count: int, processes: int) -> Iterator[tuple[int, int, int]]:
    block = max(50, min(250, count // processes))
    for start in range(first, first + count, block):
        yield seed, start, min(start + block, first + count)


def main() -> int:
    end_on_terminate()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    started, outcomes = time.monotonic(), []
    todo = list(tasks(arguments.seed, arguments.first, arguments.count, arguments.processes))
    with multiprocessing.get_context("spawn").Pool(min(arguments.processes, len(todo) or 1)) as pool:
        for found in pool.imap_unordered(work, todo):
            outcomes += found
            failed = sum(one.crashed for one in outcomes)
            if arguments.count >= 5000:
                spent = time.monotonic() - started
                print(f"{spent:6.0f} s  {len(outcomes)} of {arguments.count}, {failed} failed", flush=True)
    counts = Counter(one.words for one in outcomes)
    for words, count in sorted(counts.items(), key=lambda row: -row[1]):
        print(f"{count:7}  {words}")
    seconds = sorted(one.seconds for one in outcomes) or [0.0]
    wall = time.monotonic() - started
    print(f"seconds to an input: median {seconds[len(seconds) // 2]:.3f}, max {seconds[-1]:.3f}; {wall:.0f} s in all")
    crashed = sorted((one for one in outcomes if one.crashed), key=lambda one: one.number)
    print(f"{len(outcomes)} inputs, {len(crashed)} crashes")
    for one in crashed[:MOST_SHOWN]:
        again = f"script/soak feeds --count 1 --first {one.number} --seed {arguments.seed}"
        print(f"FAILED {one.number}: {one.words}\n  again: {again}")
    return 1 if crashed or len(outcomes) < arguments.count else 0


if __name__ == "__main__":
    sys.exit(main())
