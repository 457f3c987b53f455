"""Food search over HTTP in milliseconds (p50, p95, p99, 16 clients), and its ratio to a bare list in the same run.

    script/bench search [--seconds 10] [--clients 16] [--only sqlite|postgresql]

Starts the real web server on SQLite and on PostgreSQL, with the whole food table. Two loads each, search and bare list
by turns so that both meet the same machine: `typing`, where each client asks four times a second as somebody who types
does, and `flat out`, where each asks again at once; there the times say how long the queue is, and only the ratio tells
something. The queries are words of cooks in three languages, half-typed words and misspelled ones.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from script.support import roles
from script.support.environment import ROOT
from script.support.services import Postgres, folder_for_services, free_port
from script.support.supervisor import end_with_parent
from script.support.web_bench import quantile, wait_for

QUERIES = [
    *("oats", "oat", "banana", "eggs", "brown rice", "chicken breast", "milk", "greek yogurt", "peanut butter", "beef"),
    *("tomatoes", "strawberry", "olive oil", "pasta", "cheese", "salmon", "lentils cooked", "apple juice", "honey"),
    *("ch", "chic", "chick", "bro", "quin", "sw", "sweet po", "cott", "alm", "a", "be"),
    *(
        "brocoli",
        "quiona",
        "chiken brest",
        "zuchinni",
        "avacado",
        "mozarela",
        "spinnach",
        "blueberrys",
        "peanut batter",
    ),
    *("jogurt", "piletina", "ovsene pahuljice", "krompir", "Haferflocken", "Süßkartoffel", "пилетина", "xqzzqx"),
    *("", "cereal ready to eat", "bread whole wheat", "raw vegetables", "oat OR milk", "%"),
]
MAKE_CLIENTS = """
import sys, time, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_catalogue", stdout=sys.stderr)
from athletes.authentication import make_access_token
from athletes.models import User
for number in range(int(sys.argv[1])):
    user = User.objects.create_user(email=f"client{number}@example.com", password=None)
    print(make_access_token(user, issued_at=int(time.time())))
"""
PAUSE_SECONDS = 0.25
Paths = Callable[[int], str]


def search_path(number: int) -> str:
    """The number-th search of a run."""
    return f"/v1/foods?search={quote(QUERIES[number % len(QUERIES)])}&limit=20"


def bare_path(number: int) -> str:
    """The number-th page of the bare list: as many different ones as there are queries."""
    return f"/bare?page={number % len(QUERIES) + 1}"


@contextlib.contextmanager
def server(folder: Path, database_url: str, clients: int) -> Iterator[tuple[int, list[str]]]:
    """(port, tokens) of a running web server with a filled database."""
    environ = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environ |= {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder),
        "ENVIRONMENT": "development",
        "DJANGO_SETTINGS_MODULE": "nutrition_site.settings",
        "RATE_LIMIT_REQUESTS_PER_MINUTE": "1000000000",
        "LOG_LEVEL": "error",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).resolve().parent)]),
    }
    made = subprocess.run(
        [sys.executable, "-c", MAKE_CLIENTS, str(clients)], cwd=ROOT, env=environ, stdout=subprocess.PIPE, check=True
    )
    port = free_port()
    argv, web_environ = roles.web(sys.executable, host="127.0.0.1", port=port, environ=environ)
    argv[-1] = "_search_site:application"
    child = subprocess.Popen(argv, cwd=ROOT, env=web_environ, stdout=subprocess.DEVNULL, preexec_fn=end_with_parent)
    try:
        wait_for(port, child)
        yield port, made.stdout.decode().split()
    finally:
        child.terminate()
        child.wait(30)


def measure(port: int, tokens: list[str], paths: Paths, *, seconds: float, pause_seconds: float) -> list[float]:
    """Milliseconds of every request that the clients got answered within the time; ends when one is not a 200."""
    taken: list[list[float]] = [[] for _ in tokens]
    refused: list[str] = []
    ends = time.monotonic() + seconds

    def ask(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {tokens[client]}"}
        number = client * 7
        time.sleep(pause_seconds * client / len(tokens))
        while time.monotonic() < ends and not refused:
            started = time.perf_counter()
            connection.request("GET", paths(number), headers=headers)
            answer = connection.getresponse()
            answer.read()
            spent = time.perf_counter() - started
            if answer.status != 200:
                refused.append(f"{answer.status} for {paths(number)}")
            taken[client].append(1000 * spent)
            number += 1
            time.sleep(max(0.0, pause_seconds - spent))
        connection.close()

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(len(tokens))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused:
        sys.exit(f"the server answered {refused[0]}")
    return sorted(milliseconds for rows in taken for milliseconds in rows)


def report(label: str, port: int, tokens: list[str], *, seconds: float, pause_seconds: float) -> None:
    """Measures both paths in four turns each and prints their quantiles and ratios."""
    found: dict[str, list[float]] = {"search": [], "bare list": []}
    turns: list[tuple[str, Paths]] = [("search", search_path), ("bare list", bare_path)] * 4
    for name, paths in turns:
        found[name] += measure(port, tokens, paths, seconds=seconds / 4, pause_seconds=pause_seconds)
    shares = (0.5, 0.95, 0.99)
    for name, rows in found.items():
        rows.sort()
        values = "  ".join(f"p{100 * share:.0f} {quantile(rows, share):7.1f} ms" for share in shares)
        print(f"{label:24} {name:10} {values}   {len(rows)} requests")
    ratios = (quantile(found["search"], share) / quantile(found["bare list"], share) for share in shares)
    values = "  ".join(f"p{100 * share:.0f} {ratio:7.2f} x " for share, ratio in zip(shares, ratios, strict=True))
    print(f"{label:24} {'ratio':10} {values}", flush=True)


def run(name: str, folder: Path, database_url: str, options: argparse.Namespace) -> None:
    """Both loads on one database."""
    with server(folder, database_url, options.clients) as (port, tokens):
        for paths in (search_path, bare_path):
            measure(port, tokens, paths, seconds=1.0, pause_seconds=0.0)
        report(f"{name}, typing", port, tokens, seconds=options.seconds, pause_seconds=PAUSE_SECONDS)
        report(f"{name}, flat out", port, tokens, seconds=options.seconds, pause_seconds=0.0)


def main() -> None:
    """Runs the bench on the databases that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each load is measured")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="athleat-bench-", dir=folder_for_services()))
    folder.chmod(0o711)
    try:
        if options.only != "postgresql":
            (folder / "sqlite").mkdir()
            run("SQLite", folder / "sqlite", "", options)
        if options.only != "sqlite":
            (folder / "postgresql").mkdir()
            (folder / "data").mkdir()
            database = Postgres(folder / "postgresql")
            try:
                run("PostgreSQL", folder / "data", database.start(), options)
            finally:
                database.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
