"""The advisor over HTTP in milliseconds: built-in answers (p50, p95, 16 clients), and what a stream adds to its model.

    script/bench advisor [--seconds 20] [--clients 16] [--only builtin|stream]

Starts the real web server with an athlete, a week of training and a plan for each client. `built-in`: each client asks
every two seconds, as fast as anybody types, and reads the own profile between its questions, so that both meet the same
machine; the ratio is to that bare read. `stream`: a model of our own on loopback says one sentence after 50 ms; the
overhead is the time to the first checked words less the time the model took for that sentence.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from script.support import roles
from script.support.environment import ROOT
from script.support.services import folder_for_services, free_port
from script.support.supervisor import end_with_parent
from script.support.web_bench import quantile, wait_for

QUESTIONS = [
    "What do I eat today?",
    "How much carbohydrate do I need tomorrow, and why?",
    "What should I eat the night before my long run?",
    "What do I still need to buy?",
    "Is my plan up to date?",
    "What is in 80 g of oats?",
    "May I eat peanuts?",
    "What should I eat after my intervals?",
    "How does my week look?",
    "What is for dinner tomorrow?",
]
MAKE_CLIENTS = """
import sys, time, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_catalogue", stdout=sys.stderr)
from datetime import date, datetime, timedelta
from athletes.authentication import make_access_token
from athletes.models import Athlete, User
from athletes.services.events import create_event
from nutrition_site.kernel.clock import today
from planning.services.plans import create_meal_plan
day = today("UTC")
for number in range(int(sys.argv[1])):
    user = User.objects.create_user(email=f"client{number}@example.com", password=None)
    athlete = Athlete.objects.create(
        user=user, name="Client", sport="run", birth_date="1994-05-17", sex="F", height_cm=168.0, weight_kg=61.0
    )
    for offset, title in ((1, "Intervals 6x800 60 min"), (3, "Easy run 45 min"), (5, "Long run 2 h")):
        start = datetime.combine(day + timedelta(days=offset), datetime.min.time()).replace(hour=9)
        create_event(by=user, athlete=athlete, values={"title": title, "starts_at": start})
    athlete.refresh_from_db()
    create_meal_plan(athlete=athlete, first=day, count=7, by=user)
    print(make_access_token(user, issued_at=int(time.time())), athlete.pk)
"""
PAUSE_SECONDS = 2.0
MODEL_SECONDS = 0.05
# Two sentences: the first can leave only when the second begins.
SENTENCE = "You trained well this week. "
REST = "Now rest."


class Model:
    """A model on loopback: one sentence after a while, then the rest. Notes how long each first sentence took."""

    def __init__(self) -> None:
        self.took: list[float] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                began = time.perf_counter()
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                usage = {"input_tokens": 11, "output_tokens": 7}
                message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "bench", "content": []}
                self._send("message_start", {"message": {**message, "stop_reason": None, "usage": usage}})
                self._send("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})
                time.sleep(MODEL_SECONDS)
                self._say(SENTENCE)
                self._say(REST)
                model.took.append(time.perf_counter() - began)
                self._send("content_block_stop", {"index": 0})
                ending = {"stop_reason": "end_turn", "stop_sequence": None}
                self._send("message_delta", {"delta": ending, "usage": {"output_tokens": 7}})
                self._send("message_stop", {})
                self.close_connection = True

            def _say(self, text: str) -> None:
                self._send("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": text}})

            def _send(self, name: str, data: dict[str, Any]) -> None:
                self.wfile.write(f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode())
                self.wfile.flush()

            def log_message(self, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"


@contextlib.contextmanager
def server(folder: Path, clients: int, **more: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """(port, [(token, athlete id)]) of a running web server."""
    environ = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environ |= {
        "DATABASE_URL": "",
        "DATA_DIR": str(folder),
        "ENVIRONMENT": "development",
        "DJANGO_SETTINGS_MODULE": "nutrition_site.settings",
        "RATE_LIMIT_REQUESTS_PER_MINUTE": "1000000000",
        "RATE_LIMIT_ADVISOR_PER_DAY": "1000000",
        "LOG_LEVEL": "error",
        **more,
    }
    made = subprocess.run(
        [sys.executable, "-c", MAKE_CLIENTS, str(clients)], cwd=ROOT, env=environ, stdout=subprocess.PIPE, check=True
    )
    port = free_port()
    argv, web_environ = roles.web(sys.executable, host="127.0.0.1", port=port, environ=environ)
    child = subprocess.Popen(argv, cwd=ROOT, env=web_environ, stdout=subprocess.DEVNULL, preexec_fn=end_with_parent)
    try:
        wait_for(port, child)
        rows = [line.split() for line in made.stdout.decode().splitlines()]
        yield port, [(token, athlete) for token, athlete in rows]
    finally:
        child.terminate()
        child.wait(30)


def ask_builtin(port: int, people: list[tuple[str, str]], *, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of every question and of every bare read between two of them."""
    found: dict[str, list[float]] = {"built-in answer": [], "bare read": []}
    refused: list[str] = []
    ends = time.monotonic() + seconds

    def talk(client: int) -> None:
        token, athlete = people[client]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        time.sleep(PAUSE_SECONDS * client / len(people))
        number = client
        while time.monotonic() < ends and not refused:
            for name in found:
                began = time.perf_counter()
                if name == "bare read":
                    connection.request("GET", f"/v1/athletes/{athlete}", headers=headers)
                else:
                    body = json.dumps({"message": QUESTIONS[number % len(QUESTIONS)]})
                    connection.request("POST", f"/v1/athletes/{athlete}/advisor/chat", body, headers)
                answer = connection.getresponse()
                text = answer.read()
                spent = time.perf_counter() - began
                if answer.status != 200:
                    refused.append(f"{answer.status} for {QUESTIONS[number % len(QUESTIONS)]}: {text[:200]!r}")
                found[name].append(1000 * spent)
                time.sleep(max(0.0, PAUSE_SECONDS / 2 - spent))
            number += 1
        connection.close()

    threads = [threading.Thread(target=talk, args=(client,)) for client in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused:
        sys.exit(f"the server answered {refused[0]}")
    return {name: sorted(rows) for name, rows in found.items()}


def first_words(port: int, token: str, athlete: str) -> float:
    """Seconds until the first words of a streamed answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "text/event-stream"}
    began = time.perf_counter()
    connection.request("POST", f"/v1/athletes/{athlete}/advisor/chat", json.dumps({"message": "How was it?"}), headers)
    answer = connection.getresponse()
    if answer.status != 200:
        sys.exit(f"the server answered {answer.status}: {answer.read(300)!r}")
    while line := answer.readline():
        if line.startswith(b"event: token"):
            spent = time.perf_counter() - began
            answer.read()
            connection.close()
            return spent
    sys.exit("a stream ended without words")


def told(label: str, rows: list[float]) -> str:
    values = "  ".join(f"p{100 * share:.0f} {quantile(rows, share):7.1f} ms" for share in (0.5, 0.95, 0.99))
    return f"{label:28} {values}   {len(rows)}"


def run_builtin(folder: Path, clients: int, seconds: float) -> None:
    """Questions to the built-in advisor, and their ratio to a bare read."""
    with server(folder, clients, AI_BACKEND="builtin") as (port, people):
        ask_builtin(port, people, seconds=4)
        found = ask_builtin(port, people, seconds=seconds)
    for name, rows in found.items():
        print(told(name, rows))
    ratios = (quantile(found["built-in answer"], s) / quantile(found["bare read"], s) for s in (0.5, 0.95, 0.99))
    print(f"{'ratio':28} {'  '.join(f'{ratio:7.1f} x' for ratio in ratios)}", flush=True)


def run_stream(folder: Path, questions: int) -> None:
    """What our side adds to the time until a model's first words."""
    model = Model()
    more = {"AI_BACKEND": "anthropic", "AI_BASE_URL": model.url, "NUTRITION_AI_API_KEY": "bench"}
    with server(folder, 1, **more) as (port, people):
        token, athlete = people[0]
        for _ in range(3):
            first_words(port, token, athlete)
        model.took.clear()
        whole = [first_words(port, token, athlete) for _ in range(questions)]
    own = sorted(1000 * (all_of_it - its) for all_of_it, its in zip(whole, model.took, strict=True))
    print(told("first words, the whole", sorted(1000 * one for one in whole)))
    print(told("first words, beyond the model", own), flush=True)


def main() -> None:
    """Runs the parts that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="how long built-in answers are measured")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--questions", type=int, default=60, help="how many answers are streamed")
    parser.add_argument("--only", choices=["builtin", "stream"])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="athleat-bench-", dir=folder_for_services()))
    try:
        for name in ("builtin", "stream"):
            (folder / name).mkdir()
        if options.only != "stream":
            run_builtin(folder / "builtin", options.clients, options.seconds)
        if options.only != "builtin":
            run_stream(folder / "stream", options.questions)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
