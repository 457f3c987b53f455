"""`script/test`: everything needed, then the whole suite on PostgreSQL and Redis, its core on the embedded default."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from script.support.console import end_on_terminate, fail, say
from script.support.environment import ROOT, ensure_environment
from script.support.services import Postgres, Redis, Server, ServiceError, folder_for_services
from script.support.supervisor import end_with_parent

CLOSING_LINE = re.compile(r"^(?:=+ )?(?:\d+ \w+|no tests ran).* in \d+(?:\.\d+)?s(?: \(.*\))?(?: =+)?$")
COLORS = re.compile(r"\x1b\[[0-9;]*m")
# The tests say themselves what they need of these; a value from this shell would change what they see or have them
# reach outside.
NEUTRAL = frozenset(
    {
        *("AI_BACKEND", "AI_BASE_URL", "ALLOWED_HOSTS", "ALLOWED_ORIGINS", "ANTHROPIC_API_KEY", "CSRF_TRUSTED_ORIGINS"),
        *("DATABASE_REPLICA_URL", "FIELD_ENCRYPTION_KEYS", "GOOGLE_API_BASE_URL", "IMAGE_BUILD", "JWT_SECRET"),
        *("NUTRITION_AI_API_KEY", "NUTRITION_AI_API_SECRET", "PORT", "SEED_DEMO", "SENTRY_DSN", "SMTP_HOST"),
        *("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "TLS_CERT_PATH", "TLS_KEY_PATH"),
        # Where nothing compiled may be kept, each of the many processes compiles the product and the tests anew.
        "PYTHONDONTWRITEBYTECODE",
    }
)
# One process more than there are cores: some tests wait for servers, processes and clocks.
PROCESSES = min(8, (os.cpu_count() or 1) + 1)
PARALLEL = ["-p", "script.support.pytest_workers", "-n", str(PROCESSES)]
# Samples of what the soaks do in the thousands have a run of their own: `script/soak samples`.
WHOLE = ["-m", "not long"]
CORE = ["-m", "core and not once and not long"]
SAMPLES = ["-m", "long"]
CORE_MARK = "mark.core"
LONG_MARK = "mark.long"
# Where the processes of a parallel run read the name of the database that they copy (`tests/first_database.py`).
FIRST_DATABASE = "TEST_FIRST_DATABASE"


@dataclass(frozen=True)
class Outcome:
    """One run of pytest: what it ran on, its exit code and its closing line (None when it printed none)."""

    label: str
    code: int
    closing_line: str | None


def suite_environment(data_folder: Path, *, database_url: str, redis_url: str) -> dict[str, str]:
    """The environment of a run: nothing of this shell that the tests could notice."""
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in NEUTRAL}
    return kept | {
        "ENVIRONMENT": "development",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "DATA_DIR": str(data_folder),
        "LOG_LEVEL": "info",
    }


def run_pytest(python: Path, label: str, arguments: Sequence[str], environ: dict[str, str]) -> Outcome:
    """Runs pytest, passing its output on as it comes."""
    say(f"tests on {label} …")
    color = ["--color=yes"] if sys.stdout.isatty() else []
    argv = [str(python), "-m", "pytest", *color, *arguments]
    # A group of its own, so that the processes of a parallel run can be ended with it.
    child = subprocess.Popen(
        argv,
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    assert child.stdout is not None
    tail = b""
    try:
        while chunk := os.read(child.stdout.fileno(), 65536):
            sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
            tail = (tail + chunk)[-20000:]
        code = child.wait()
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
    return Outcome(label, code, find_closing_line(tail.decode(errors="replace")))


def find_closing_line(output: str) -> str | None:
    """pytest's last line, `=== 3 passed in 0.10s ===`, without its colors."""
    lines = [COLORS.sub("", line).strip() for line in output.splitlines()]
    return next((line for line in reversed(lines) if CLOSING_LINE.match(line)), None)


def summarize(outcomes: Sequence[Outcome]) -> str:
    """One block a run; a failed run comes last, so that the last closing line is never better than the whole."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.code != 0)
    blocks = []
    for outcome in ordered:
        verdict = "passed" if outcome.code == 0 else f"FAILED (exit code {outcome.code})"
        blocks.append(f"{outcome.label}: {verdict}\n{outcome.closing_line or 'pytest printed no closing line'}")
    return "\n".join(blocks)


def separate(environ: MutableMapping[str, str]) -> None:
    """Gives a process of a parallel run a Redis database and a data folder of its own; changes nothing in a run of one.

    Otherwise one process would clear the cache under the other's test.
    """
    worker = environ.get("PYTEST_XDIST_WORKER", "")
    if not worker.startswith("gw"):
        return
    if environ.get("REDIS_URL"):
        environ["REDIS_URL"] = f"{environ['REDIS_URL'].rstrip('/')}/{int(worker[2:]) + 1}"
    environ["DATA_DIR"] = str(Path(environ["DATA_DIR"]) / worker)


def files_with(mark: str, folder: Path) -> list[str]:
    """The test files that have anything to do with a mark: collecting all takes as long as running the core."""
    files = sorted(folder.rglob("test_*.py"))
    return [str(path) for path in files if mark in path.read_text(encoding="utf-8")]


@contextlib.contextmanager
def folder_for_runs() -> Iterator[Path]:
    """A folder for what the services and the tests write; it is gone after this block."""
    folder = Path(tempfile.mkdtemp(prefix="athleat-test-", dir=folder_for_services()))
    # PostgreSQL may run as another user, who has to reach its part of this folder.
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def services(folder: Path) -> Iterator[tuple[str, str]]:
    """URLs of PostgreSQL and Redis: those of the environment, else of servers that live as long as this block."""
    urls = {"DATABASE_URL": os.environ.get("DATABASE_URL", ""), "REDIS_URL": os.environ.get("REDIS_URL", "")}
    kinds: dict[str, type[Postgres] | type[Redis]] = {"DATABASE_URL": Postgres, "REDIS_URL": Redis}
    started: list[Server] = []
    try:
        for name, kind in kinds.items():
            if not urls[name]:
                own = folder / kind.name.lower()
                own.mkdir()
                server = kind(own)
                started.append(server)
                say(f"starting {kind.name} …")
                urls[name] = server.start()
        yield urls["DATABASE_URL"], urls["REDIS_URL"]
    finally:
        for running in reversed(started):
            running.stop()


def run_suite(python: Path, arguments: Sequence[str]) -> list[Outcome]:
    """With arguments one run on PostgreSQL and Redis; else the core on the embedded default and all of it there."""
    outcomes = []
    with folder_for_runs() as folder:
        if not arguments:
            embedded = suite_environment(folder / "embedded", database_url="", redis_url="")
            core = [*CORE, *PARALLEL, *files_with(CORE_MARK, ROOT / "tests")]
            outcomes.append(run_pytest(python, "SQLite and in-process cache (core)", core, embedded))
        whole = arguments or [*WHOLE, *processes()]
        outcomes.append(run_with_services(python, "PostgreSQL and Redis", whole, folder))
    return outcomes


def run_samples(python: Path, arguments: Sequence[str]) -> Outcome:
    """What `script/test` without arguments leaves out, on PostgreSQL and Redis."""
    samples = [*SAMPLES, *processes(), *files_with(LONG_MARK, ROOT / "tests"), *arguments]
    with folder_for_runs() as folder:
        return run_with_services(python, "samples of the soaks", samples, folder)


def run_with_services(python: Path, label: str, arguments: Sequence[str], folder: Path) -> Outcome:
    with services(folder) as (database_url, redis_url):
        environ = suite_environment(folder / "full", database_url=database_url, redis_url=redis_url)
        return run_pytest(python, label, arguments, environ)


def processes() -> list[str]:
    """In a Redis that was lent only the one database that its URL names may be touched: one process."""
    return [] if os.environ.get("REDIS_URL") else PARALLEL


def main() -> None:
    end_on_terminate()
    python = ensure_environment(development=True)
    if Path(sys.executable).absolute() != python.absolute():
        # What follows uses the installed packages.
        os.execv(python, [str(python), "-m", "script.support.test_suite", *sys.argv[1:]])
    try:
        outcomes = run_suite(python, sys.argv[1:])
    except ServiceError as error:
        fail(str(error))
    if len(outcomes) > 1:
        print(summarize(outcomes), flush=True)
    sys.exit(next((outcome.code for outcome in outcomes if outcome.code != 0), 0))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        fail("stopped.", code=130)
