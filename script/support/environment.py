"""The project's virtual environment: made once, filled from the hash-locked requirements, left alone while they stand.

uv installs in a tenth of pip's time, so it is fetched first (its version and hashes are those of the development lock)
and pip does the work where uv has no build or cannot reach what pip can. uv reads none of pip's settings, so they are
handed over.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from script.support.console import StepFailed, fail, run_step, say

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = {"runtime": "requirements.txt", "development": "requirements-dev.txt", "browser": "requirements-e2e.txt"}
STAMP = ".athleat-installed.json"
LOCK_FILE = ".athleat-lock"
OFFLINE_SIGNS = re.compile(
    r"name resolution|resolve host|dns error|connection (?:refused|reset|error)|newconnectionerror|timed out"
    r"|network is unreachable|client error \(connect\)|max retries|no matching distribution",
    re.IGNORECASE,
)


def venv_folder() -> Path:
    """The environment's folder: `VENV`, or `.venv` at the top of the project."""
    return Path(os.environ.get("VENV") or ROOT / ".venv")


def ensure_environment(*, development: bool = False, folder: Path | None = None) -> Path:
    """Makes and fills the environment where needed; returns its Python. Failure ends the process with a clear line."""
    # The development lock holds every runtime package at the same version.
    return _ensure(folder or venv_folder(), "development" if development else "runtime", also=["runtime"])


def ensure_browser_environment() -> Path:
    """The same for what drives a browser, in a folder of its own: the product and its tests need none of it."""
    venv = venv_folder()
    return _ensure(venv.with_name(f"{venv.name}-e2e"), "browser", also=[])


def _ensure(venv: Path, kind: str, *, also: list[str]) -> Path:
    python = venv / "bin" / "python"
    if _works(python) and _stamp(venv).get(kind) == _digest(kind, python):
        return python
    with _only_one(venv):
        if not _works(python):
            _make(venv)
        if _stamp(venv).get(kind) != _digest(kind, python):
            _install(python, ROOT / LOCKS[kind])
            (venv / STAMP).write_text(json.dumps({name: _digest(name, python) for name in (kind, *also)}))
    return python


def _digest(kind: str, python: Path) -> str:
    interpreter = os.path.realpath(python)
    return hashlib.sha256((ROOT / LOCKS[kind]).read_bytes() + interpreter.encode()).hexdigest()


def _stamp(venv: Path) -> dict[str, str]:
    try:
        content = json.loads((venv / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _works(python: Path) -> bool:
    try:
        return subprocess.run([str(python), "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def _only_one(venv: Path) -> Iterator[None]:
    """Two commands started at once in a fresh clone take turns."""
    try:
        venv.mkdir(parents=True, exist_ok=True)
        handle = (venv / LOCK_FILE).open("w")
    except OSError as error:
        fail(f"cannot write to {venv}: {error.strerror}. Set VENV to a folder that you may write to.")
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another command is installing; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(venv: Path) -> None:
    label = f"making the virtual environment with Python {platform.python_version()}"
    try:
        if Path(sys.prefix).resolve() == venv.resolve():
            # Made by a tool that leaves pip out; this very process runs in it, so it is completed, not made anew.
            run_step("adding pip to the virtual environment", [sys.executable, "-m", "ensurepip", "--upgrade"])
            return
        if not (venv / "pyvenv.cfg").exists() and any(path.name != LOCK_FILE for path in venv.iterdir()):
            fail(f"{venv} holds something else than a virtual environment. Remove it, or set VENV to another folder.")
        # An unfinished or moved environment leaves links that a second `venv` run would keep.
        for name in ("bin", "lib", "lib64", "include", "pyvenv.cfg", STAMP):
            _remove(venv / name)
        run_step(label, [sys.executable, "-m", "venv", str(venv)])
    except StepFailed as error:
        fail(f"{error.output.strip()}\nathleat: could not make the virtual environment in {venv}.")
    except OSError as error:
        fail(f"cannot write to {venv}: {error.strerror}. Set VENV to a folder that you may write to.")


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)


def _install(python: Path, lock: Path) -> None:
    count = len(re.findall(r"^[A-Za-z0-9]\S*==", lock.read_text(), re.MULTILINE))
    label = f"installing {count} packages of {lock.name}"
    pip_env = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    uv = _get_uv(python, pip_env)
    if uv is not None:
        command = [str(uv), "pip", "install", "--python", str(python), "--require-hashes", "-r", str(lock)]
        try:
            run_step(label, command, env=uv_environment(pip_env, read_pip_settings(python)))
            return
        except StepFailed:
            say("uv could not install them; trying with pip")
    try:
        pip = [str(python), "-m", "pip", "install", "--require-hashes", "-r", str(lock)]
        run_step(label + (" with pip" if uv else ""), pip, env=pip_env)
    except StepFailed as error:
        reason = "the packages could not be installed (see above)."
        if OFFLINE_SIGNS.search(error.output):
            reason = (
                "the package index could not be reached or lacks a package. The first start needs the network, or pip "
                "settings that name an index or a folder of wheels; later starts need neither."
            )
        fail(f"{error.output.strip()}\nathleat: {reason}")


def _get_uv(python: Path, env: Mapping[str, str]) -> Path | None:
    uv = python.parent / "uv"
    development_lock = (ROOT / LOCKS["development"]).read_text()
    pinned = re.search(r"^uv==(\S+)(?: \\\n +--hash=\S+)+", development_lock, re.MULTILINE)
    if pinned is None:
        return None
    if uv.exists():
        version = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False)
        if version.returncode == 0 and version.stdout.split()[1:2] == [pinned[1]]:
            return uv
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirement:
        requirement.write(pinned[0] + "\n")
        requirement.flush()
        pip = [str(python), "-m", "pip", "install", "--only-binary=:all:", "--require-hashes", "-r", requirement.name]
        try:
            run_step("getting the installer", pip, env=env)
        except StepFailed:
            return None
    return uv if uv.exists() else None


def read_pip_settings(python: Path) -> dict[str, str]:
    """pip's settings for `install`, whatever file or variable they come from; the more specific one wins, as in pip."""
    listing = subprocess.run([str(python), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.stdout.splitlines():
        match = re.fullmatch(r"(global|install|:env:)\.([a-z-]+)='(.*)'", line)
        if match:
            found[match[1]][match[2]] = match[3].replace("\\n", " ").strip()
    return {**found["global"], **found["install"], **found[":env:"]}


def uv_environment(env: Mapping[str, str], pip_settings: Mapping[str, str]) -> dict[str, str]:
    """`env` with pip's settings in uv's words. What the user set for uv stays.

    Every file is held to its hash, so taking the best match of all indexes, as pip does, lets no stranger's package in.
    """
    translated = {
        "UV_DEFAULT_INDEX": pip_settings.get("index-url"),
        "UV_INDEX": pip_settings.get("extra-index-url"),
        "UV_FIND_LINKS": ",".join(pip_settings.get("find-links", "").split()),
        "UV_NO_INDEX": "1" if pip_settings.get("no-index", "").lower() in {"1", "true", "yes", "on"} else None,
        "UV_INSECURE_HOST": pip_settings.get("trusted-host"),
        "UV_HTTP_TIMEOUT": pip_settings.get("timeout") or pip_settings.get("default-timeout"),
        "SSL_CERT_FILE": pip_settings.get("cert"),
        "SSL_CLIENT_CERT": pip_settings.get("client-cert"),
        "ALL_PROXY": pip_settings.get("proxy"),
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_NO_PROGRESS": "1",
    }
    home = env.get("HOME", "")
    if not env.get("UV_CACHE_DIR") and not env.get("XDG_CACHE_HOME") and not (home and os.access(home, os.W_OK)):
        translated["UV_NO_CACHE"] = "1"
    return {**{name: value for name, value in translated.items() if value}, **env}
