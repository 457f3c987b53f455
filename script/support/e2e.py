"""`script/e2e`: the product as `script/server` starts it, and tests that use it in a real Chromium as people do.

The server has a folder, a port and a database of its own, with the demo in it; all of them go when the tests are done.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from script.support.console import end_on_terminate, fail, say
from script.support.environment import ROOT, ensure_browser_environment, ensure_environment
from script.support.server import answers
from script.support.services import free_port
from script.support.supervisor import end_child, end_with_parent
from script.support.test_suite import NEUTRAL

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TESTS = ROOT / "tests" / "e2e"
START_SECONDS = 180
LINES_SHOWN_OF_A_FAILURE = 40


def find_browser(environ: Mapping[str, str]) -> str | None:
    """The Chromium to drive: what `CHROMIUM` names, else the first of the known names on PATH; None without any."""
    if environ.get("CHROMIUM"):
        return shutil.which(environ["CHROMIUM"], path=environ.get("PATH"))
    found = (shutil.which(name, path=environ.get("PATH")) for name in BROWSERS)
    return next((path for path in found if path), None)


def server_environment(environ: Mapping[str, str], *, folder: Path, port: int) -> dict[str, str]:
    """The environment of the server: nothing of this shell or of a `.env` file that reaches outside of the machine."""
    kept = {name: value for name, value in environ.items() if name.removesuffix("_FILE") not in NEUTRAL}
    # An empty value is none at all, and keeps the one of a file out.
    names = [*NEUTRAL, "DATABASE_URL", "REDIS_URL", "PUBLIC_URL"]
    silenced = dict.fromkeys([*names, *(f"{name}_FILE" for name in names)], "")
    return {
        **kept,
        **silenced,
        "ENVIRONMENT": "development",
        "DATA_DIR": str(folder),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SEED_DEMO": "1",
        "RATE_LIMIT_REQUESTS_PER_MINUTE": "100000",
        # Every story makes accounts, all from one address; who signs up names another, as a proxy does.
        "TRUSTED_PROXIES": "127.0.0.1",
        "LOG_LEVEL": "warn",
    }


@contextlib.contextmanager
def running_server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The product at `port`, ready; ended with this block. A server that does not start ends the process."""
    log = folder / "server.log"
    environ = server_environment(os.environ, folder=folder / "data", port=port)
    started = time.monotonic()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "script.support.server"],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent,
        )
    try:
        while not answers("127.0.0.1", port, tls=False):
            if server.poll() is not None or time.monotonic() - started > START_SECONDS:
                lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_SHOWN_OF_A_FAILURE:]
                fail("\n".join([*lines, "athleat: the server did not start (see above)."]))
            time.sleep(0.2)
        say(f"the product is running after {time.monotonic() - started:.1f} s")
        yield server
    finally:
        end_child(server)


def seed_people(python: Path, folder: Path, port: int) -> None:
    """Adds the people of the stories to the database of the running product. `python` is the product's own."""
    environ = server_environment(os.environ, folder=folder / "data", port=port)
    seeding = subprocess.run([str(python), "-m", "tests.e2e.seed"], cwd=ROOT, env=environ, timeout=START_SECONDS)
    if seeding.returncode != 0:
        fail("the people of the stories could not be made (see above).")


def run_tests(python: Path, browser: str, folder: Path, port: int, arguments: list[str]) -> int:
    """Runs the stories; returns pytest's exit code."""
    environ = {
        **{name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
        "CHROMIUM": browser,
        "E2E_BASE_URL": f"http://127.0.0.1:{port}",
        "E2E_MAIL_FOLDER": str(folder / "data" / "mail"),
    }
    color = ["--color=yes"] if sys.stdout.isatty() else []
    named = any((ROOT / argument.split("::")[0]).exists() for argument in arguments)
    argv = [str(python), "-m", "pytest", "-c", str(TESTS / "pytest.ini"), "--rootdir", str(ROOT)]
    argv += ["--confcutdir", str(TESTS), *color, *arguments, *([] if named else [str(TESTS)])]
    child = subprocess.Popen(argv, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, preexec_fn=end_with_parent)
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def main() -> None:
    end_on_terminate()
    browser = find_browser(os.environ)
    if browser is None:
        if os.environ.get("CHROMIUM"):
            fail(f"CHROMIUM={os.environ['CHROMIUM']} is not a program that can be run.")
        fail(
            f"no Chromium was found (CHROMIUM, {', '.join(BROWSERS)}). On Debian and Ubuntu 'apt install chromium' "
            "brings one; or set CHROMIUM to the path of a Chromium or Chrome."
        )
    product_python = ensure_environment()
    python = ensure_browser_environment()
    folder = Path(tempfile.mkdtemp(prefix="athleat-e2e-"))
    try:
        port = free_port()
        say(f"stories in {browser} …")
        with running_server(folder, port):
            seed_people(product_python, folder, port)
            code = run_tests(python, browser, folder, port, sys.argv[1:])
        sys.exit(code)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        fail("stopped.", code=130)
