"""What polling calendars costs: calendars a second and worker, CPU a poll, lag in seconds, answers 304 in per cent.

Real workers poll a server of many feeds on loopback addresses (Linux: 127.0.1.1 and up are free to use), on the test
PostgreSQL or, with `--sqlite`, on the embedded default. Four parts: the ordinary day (interval 900 s), everything due
at once and nothing new, everything due and everything new, and a large host that breaks and comes back (time runs 15
times as fast). `--calendars 200 --seconds 5` is a quick look.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from script.support.console import say
from script.support.services import Postgres, folder_for_services
from script.support.supervisor import end_with_parent

INTERVAL_SECONDS = 900
# In the part with an outage an hour passes in four minutes.
HASTE = 15
BEAT_SECONDS = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calendars", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=250)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=45, help="of each part but the two with everything due")
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="athleat-polling-", dir=folder_for_services()))
    folder.chmod(0o711)
    try:
        with database(folder, options.sqlite) as url:
            os.environ |= {
                "DATABASE_URL": url,
                "DATA_DIR": str(folder / "data"),
                "REDIS_URL": "",
                "ENVIRONMENT": "development",
                "LOG_LEVEL": "error",
                "JWT_SECRET": "a secret that all workers of this bench share",
                "CALENDAR_ALLOW_PRIVATE_HOSTS": "1",
                "CALENDAR_SYNC_INTERVAL_SECONDS": str(INTERVAL_SECONDS),
                "DJANGO_SETTINGS_MODULE": "nutrition_site.settings",
            }
            with feed_server(options) as port:
                measure(options, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def database(folder: Path, sqlite: bool) -> Iterator[str]:
    """The URL of an empty database."""
    if sqlite:
        yield f"sqlite:///{folder}/polling.sqlite3"
        return
    own = folder / "postgres"
    own.mkdir()
    server = Postgres(own)
    say("starting PostgreSQL …")
    try:
        yield server.start()
    finally:
        server.stop()


@contextlib.contextmanager
def feed_server(options: argparse.Namespace) -> Iterator[int]:
    """The port of a feed server that lives as long as this block."""
    argv = [sys.executable, "-m", "script.support.polling.feed_server", "--hosts", str(options.hosts)]
    argv += ["--seed", str(options.seed)]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


def ask(port: int, path: str) -> dict[str, Any]:
    """What the feed server answers to a word of control."""
    with urllib.request.urlopen(f"http://127.0.1.1:{port}{path}", timeout=10) as answer:
        figures: dict[str, Any] = json.loads(answer.read())
    return figures


def start_workers(options: argparse.Namespace, seconds: float, *, beat: float, haste: float = 1) -> list[Any]:
    """Workers that are ready and wait for a word."""
    argv = [sys.executable, "-m", "script.support.polling.worker", "--seconds", str(seconds), "--beat", str(beat)]
    argv += ["--shortest-pause", str(60 / haste)]
    environ = {**os.environ, "CALENDAR_SYNC_INTERVAL_SECONDS": str(int(INTERVAL_SECONDS / haste))}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "preexec_fn": end_with_parent}
    workers = [subprocess.Popen(argv, env=environ, **pipes) for _ in range(options.workers)]  # type: ignore[call-overload]
    for worker in workers:
        if worker.stdout.readline() != "ready\n":
            raise SystemExit("a worker did not start")
    return workers


def send_off(workers: list[Any]) -> None:
    """Lets them begin."""
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()


def finish(workers: list[Any]) -> dict[str, Any]:
    """The figures of all workers together."""
    total: dict[str, Any] = {}
    for worker in workers:
        output, _ = worker.communicate()
        if worker.returncode:
            raise SystemExit(f"a worker ended with exit code {worker.returncode}")
        for name, value in json.loads(output.splitlines()[-1]).items():
            total[name] = total[name] + value if name in total else value
    return total


def part(
    options: argparse.Namespace, port: int, title: str, seconds: float, *, beat: float, within_seconds: float
) -> None:
    """Runs the workers on calendars that fall due within so many seconds, and prints what it has cost."""
    from script.support.polling.world import schedule

    workers = start_workers(options, seconds, beat=beat)
    schedule(within_seconds=within_seconds, seed=options.seed)
    ask(port, "/-/stats?reset=1")
    before = database_counters()
    send_off(workers)
    figures = finish(workers)
    show(title, figures, ask(port, "/-/stats"), before)


def show(title: str, figures: dict[str, Any], stats: dict[str, Any], before: dict[str, float]) -> None:
    """Prints the figures of one part."""
    if not figures["polls"]:
        print(f"\n{title}\n  nothing fell due")
        return
    polls = figures["polls"]
    answers = stats["statuses"]
    fresh = answers.get("200", 0)
    late = sorted(figures["late"]) or [0.0]
    print(f"\n{title}")
    print(f"  polls {figures['polls']}, {polls / max(figures['busy_seconds'], 0.001):.1f} /s per busy worker")
    print(f"  answers {answers}, 304: {100 * answers.get('304', 0) / max(1, sum(answers.values())):.1f} %")
    print(f"  lag p50 {late[len(late) // 2]:.1f} s, p99 {late[int(len(late) * 0.99)]:.1f} s, max {late[-1]:.1f} s")
    print(f"  worker CPU {1000 * figures['cpu_seconds'] / polls:.1f} ms a poll")
    if fresh:
        print(f"  CPU of the process that reads a file {1000 * figures['child_cpu_seconds'] / fresh:.0f} ms each")
    claims = sorted(figures["claim_seconds"])
    if claims:
        print(f"  a claim: p50 {1000 * claims[len(claims) // 2]:.1f} ms, {polls / len(claims):.1f} calendars")
    after = database_counters()
    if after:
        changes = {name: (after[name] - value) / polls for name, value in before.items()}
        print(
            f"  database a poll: {changes['updated']:.1f} rows updated, {changes['inserted']:.1f} inserted, "
            f"{changes['commits']:.1f} commits, {changes['wal_bytes'] / 1000:.1f} kB of WAL"
        )
    print(
        f"  network a poll: {stats['received_bytes'] / polls:.0f} bytes out, {stats['sent_bytes'] / polls:.0f} bytes in"
    )
    peaks = {host: max(counts.values()) for host, counts in stats["per_second"].items()}
    if peaks:
        print(f"  most asked host: {max(peaks.values())} in one second, {stats['most_at_once']} at once")


def database_counters() -> dict[str, float]:
    """Counters of the PostgreSQL server; empty on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        # Sessions that have ended hand in their counts; our own may still hold some back.
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT tup_updated, tup_inserted, xact_commit, pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
            " FROM pg_stat_database WHERE datname = current_database()"
        )
        updated, inserted, commits, wal_bytes = cursor.fetchone()
    return {
        "updated": float(updated),
        "inserted": float(inserted),
        "commits": float(commits),
        "wal_bytes": float(wal_bytes),
    }


def outage(options: argparse.Namespace, port: int) -> None:
    """A host with a fifth of all calendars breaks for a fifth of the time and comes back."""
    from athletes.models import CalendarConnection
    from nutrition_site.kernel.clock import now
    from script.support.polling.world import schedule

    large = f"127.0.1.1:{port}"
    interval = INTERVAL_SECONDS / HASTE
    workers = start_workers(options, options.seconds, beat=1, haste=HASTE)
    count = schedule(within_seconds=interval, host=large, seed=options.seed, limit=2000)
    ask(port, "/-/stats?reset=1")
    send_off(workers)
    began = time.time()
    time.sleep(options.seconds / 5)
    broke = time.time()
    ask(port, "/-/outage?host=127.0.1.1&on=1")
    time.sleep(options.seconds / 5)
    mended = time.time()
    ask(port, "/-/outage?host=127.0.1.1&on=0")
    finish(workers)
    ended = time.time()
    stats = ask(port, "/-/stats")
    seconds = {int(second): asked for second, asked in stats["per_second"].get("127.0.1.1", {}).items()}
    print(f"\nAn outage: one host with {count} calendars, time {HASTE} times as fast")
    for title, start, stop in (("before", began, broke), ("broken", broke, mended), ("after", mended, ended)):
        counts = [seconds.get(second, 0) for second in range(int(start) + 1, int(stop))]
        mean = sum(counts) / max(1, len(counts))
        print(f"  {title:7} {mean:5.1f} questions /s, at most {max(counts, default=0)}")
    crowd = [second for second, asked in seconds.items() if second > mended and asked > 1]
    print(f"  asked as before {min(crowd, default=ended) - mended:.0f} s after it came back")
    print(f"  at most {stats['most_at_once']} at once; due at even pace: {count / interval:.1f} /s")
    left = CalendarConnection.objects.filter(host=large, next_sync_at__lt=now() + timedelta(days=1)).exclude(
        status="ok"
    )
    print(f"  calendars that still show a failure: {left.count()}")


def measure(options: argparse.Namespace, port: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from script.support.polling.world import make_calendars

    say("making tables and calendars …")
    call_command("migrate", verbosity=0)
    make_calendars(count=options.calendars, hosts=options.hosts, port=port, share_of_first=0.2, seed=options.seed)
    if database_counters():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{options.calendars} calendars on {options.hosts} hosts {ask(port, '/-/stats')['kinds']}")
    print(f"{options.workers} workers; one in a hundred feeds has changed unless said otherwise")
    title = "An ordinary day: interval 900 s, workers woken every 15 s"
    part(options, port, title, options.seconds, beat=BEAT_SECONDS, within_seconds=INTERVAL_SECONDS)
    some = min(options.seconds, 20)
    ask(port, "/-/changed?share=0")
    part(options, port, "Everything due at once, nothing new", some, beat=0.5, within_seconds=0)
    ask(port, "/-/changed?share=1")
    part(options, port, "Everything due at once, everything new", some, beat=0.5, within_seconds=0)
    ask(port, "/-/changed?share=0")
    outage(options, port)


if __name__ == "__main__":
    main()
