"""`script/server`: everything needed, then the running product on the embedded default."""

from __future__ import annotations

import fcntl
import http.client
import os
import ssl
import subprocess
import sys
from pathlib import Path
from typing import IO

from script.support import roles
from script.support.console import end_on_terminate, fail, say
from script.support.environment import ROOT, ensure_environment, venv_folder
from script.support.preflight import Refusal, check_folder, check_port, check_tls, read_env_file
from script.support.supervisor import Child, Supervisor

GRACE_SECONDS = 10
PREPARE = "script.support.prepare"
# In a container or a fresh virtual machine everybody is root; Celery would say at length that it should not be.
QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
FALSE_WORDS = {"0", "false", "no", "off"}


def answers(host: str, port: int, *, tls: bool) -> bool:
    """Whether the web server answers here and now."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    if tls:
        # The certificate names the public host, and only liveness is asked for.
        context = ssl._create_unverified_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(local, port, timeout=2, context=context)
    else:
        connection = http.client.HTTPConnection(local, port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def hold_folder(folder: Path) -> IO[str]:
    """Takes the data folder for this process: two servers on one folder would each trust a cache of their own."""
    handle = (folder / "server.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refusal(f"another script/server is using {folder}. Stop it, or set DATA_DIR to another folder.") from None
    return handle


def prepare_database(python: Path, *, demo: bool) -> str:
    """Runs the preparation in the installed environment; returns the demo's sign-ins."""
    argv = [str(python), "-m", PREPARE] + ([] if demo else ["--no-demo"])
    child = subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        sign_ins, _ = child.communicate()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
    if child.returncode != 0:
        fail("the database could not be prepared (see above).")
    return sign_ins


def main() -> None:
    end_on_terminate()
    for name, value in read_env_file(ROOT / ".env").items():
        os.environ.setdefault(name, value)
    host = os.environ.get("HOST") or "127.0.0.1"
    data_folder = Path(os.environ.get("DATA_DIR") or ROOT / "var")
    try:
        port = roles.port_of(os.environ)
        check_tls(os.environ)
        check_port(host, port)
        check_folder(data_folder, name="DATA_DIR")
        held = hold_folder(data_folder)
        check_folder(venv_folder(), name="VENV")
    except Refusal as refusal:
        fail(str(refusal))
    python = ensure_environment()
    demo = (os.environ.get("SEED_DEMO") or "1").lower() not in FALSE_WORDS
    sign_ins = prepare_database(python, demo=demo)

    environ = dict(os.environ)
    tls = bool(environ.get("TLS_CERT_PATH"))
    web_argv, web_env = roles.web(str(python), host=host, port=port, environ=environ)
    children = [
        Child("the web server", web_argv, web_env),
        # The broker of files can hand a worker a message that is not written yet, and that ends the worker. Pages must
        # not go with it: what was to be done stands in the database.
        Child(
            "the worker",
            roles.worker(str(python), environ=environ, with_beat=True),
            {**environ, **QUIET},
            essential=False,
        ),
    ]

    def announce() -> None:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        print(f"\n  AthlEAT is running at {'https' if tls else 'http'}://{shown}:{port}/", flush=True)
        for line in sign_ins.strip().splitlines():
            print(f"  {line}")
        print("  Stop it with Ctrl-C.\n", flush=True)

    say("starting …")
    supervisor = Supervisor(
        children,
        say=say,
        grace_seconds=GRACE_SECONDS,
        is_ready=lambda: answers(host, port, tls=tls),
        when_ready=announce,
    )
    code = supervisor.run()
    held.close()
    say("stopped.")
    sys.exit(code)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        fail("stopped.", code=130)
