"""`script/check`: what can be found wrong without running the product. Every check runs, whatever the others say."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from script.support.console import end_on_terminate, fail
from script.support.environment import ROOT, ensure_environment

STRICT = ("planning/science", "planning/optimizer", "planning/checker", "nutrition_site/kernel")
SCHEMA_FILES = ("docs/openapi.yaml", "docs/openapi.yml", "docs/openapi.json")
DIFFERENCES_SHOWN = 40


@dataclass(frozen=True)
class Result:
    """What one check found: whether it is content, and what to show when it is not."""

    name: str
    passed: bool
    output: str
    seconds: float


def run_command(python: Path, environ: dict[str, str], arguments: list[str]) -> tuple[bool, str]:
    """Whether the command ended well, and what it printed."""
    done = subprocess.run(
        [str(python), *arguments],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode == 0, done.stdout + done.stderr


def check_schema(python: Path, environ: dict[str, str], folder: Path) -> tuple[bool, str]:
    """Whether the committed OpenAPI description is what the code describes now."""
    committed = next((ROOT / name for name in SCHEMA_FILES if (ROOT / name).exists()), None)
    if committed is None:
        return False, f"no committed description: {' or '.join(SCHEMA_FILES)}"
    fresh = folder / committed.name
    layout = ["--format", "openapi-json"] if committed.suffix == ".json" else []
    passed, output = run_command(python, environ, ["manage.py", "spectacular", *layout, "--file", str(fresh)])
    if not passed:
        return False, output
    before, now = (path.read_text(encoding="utf-8").splitlines() for path in (committed, fresh))
    if before == now:
        return True, ""
    name = str(committed.relative_to(ROOT))
    lines = list(difflib.unified_diff(before, now, name, "the code", lineterm="", n=2))[:DIFFERENCES_SHOWN]
    return False, "\n".join(
        [*lines, f"if the change is meant: python manage.py spectacular {' '.join([*layout, '--file', name])}"]
    )


def checks(python: Path, environ: dict[str, str], folder: Path) -> dict[str, Callable[[], tuple[bool, str]]]:
    """Every check by name; the slow ones first, because two run at a time."""
    strict = [path for path in STRICT if (ROOT / path).exists()]

    def command(*arguments: str) -> Callable[[], tuple[bool, str]]:
        return lambda: run_command(python, environ, list(arguments))

    # import-linter is no module that `-m` runs, and its installed script breaks when the environment is moved.
    lint_imports = "from importlinter.cli import lint_imports_command as run; run()"
    return {
        "types": command("-m", "mypy", "--follow-imports=silent", *strict),
        "directions between packages": command("-c", lint_imports),
        "migrations": command("manage.py", "makemigrations", "--check", "--dry-run"),
        "API schema": lambda: check_schema(python, environ, folder),
        "translations": command("-m", "script.support.translating", "check"),
        "lint": command("-m", "ruff", "check", "."),
        "format": command("-m", "ruff", "format", "--check", "."),
    }


def run_check(name: str, check: Callable[[], tuple[bool, str]]) -> Result:
    started = time.monotonic()
    passed, output = check()
    return Result(name, passed, output.strip(), time.monotonic() - started)


def main() -> None:
    end_on_terminate()
    python = ensure_environment(development=True)
    started = time.monotonic()
    failed = []
    with tempfile.TemporaryDirectory(prefix="athleat-check-") as temporary:
        environ = {
            **os.environ,
            "ENVIRONMENT": "development",
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "DATA_DIR": temporary,
        }
        jobs = checks(python, environ, Path(temporary))
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            for result in pool.map(run_check, jobs, jobs.values()):
                print(f"{'ok    ' if result.passed else 'FAILED'} {result.name} ({result.seconds:.1f} s)", flush=True)
                if not result.passed:
                    failed.append(result.name)
                    print(result.output, flush=True)
    took = f"in {time.monotonic() - started:.1f} s"
    if failed:
        fail(f"{len(failed)} of {len(jobs)} checks failed {took}: {', '.join(failed)}")
    print(f"athleat: all {len(jobs)} checks passed {took}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
